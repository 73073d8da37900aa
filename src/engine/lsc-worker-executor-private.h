/* lsc-worker-executor-private.h: the parts of the worker executor among themselves.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-executor-house.h"
#include "lsc-worker-executor.h"
#include "lsc-worker-process.h"

G_BEGIN_DECLS

struct _LscWorkerExecutor
{
  LscExecutor parent_instance;

  /* Owned copies of the options. */
  LscExecutorKind kind;
  guint           n_retries;
  gint64          timeout_ns;
  gint64          grace_ns;
  gint64          origin_ns;
  gboolean        one_core;
  guint           n_calls;
  gboolean        is_measured;
  LscObserveMode  observe;
  char           *program_id;
  GBytes         *settings;
  LscTextList    *inputs;
  char           *worker_program;
  char          **worker_arguments;   /* nullable, as the next */
  char          **worker_environment; /* changes of it */
  gboolean        is_python;
  char           *launcher_program;
  gboolean        is_outside;
  LscCollector   *collector;

  /* Sizes. */
  guint   n_slots; /* P */
  guint   n_lanes; /* T */
  guint32 ring_capacity;
  gsize   pipe_bytes;

  /* What goes on. */
  LscExecutorHouse   house;
  LscBacklog         backlog;
  GPtrArray         *processes; /* (element-type LscWorkerProcess): all there ever were; id - 1 */
  LscWorkerProcess **slots;     /* who is in a place now; borrowed, nullable */
  guint             *fruitless; /* deaths in a row without a task, for each slot */
  gboolean          *closed;    /* for each slot: asked to end, nobody takes its place */
  guint              n_alive;
  guint              n_since_drain; /* results */
  gint64             looked_ns;     /* when the lanes' tasks were looked at last */
};

/* lsc-worker-executor.c */
void lsc_worker_executor_spawn (LscWorkerExecutor *self, guint slot);
void lsc_worker_executor_give_up (LscWorkerExecutor *self, GError *error);
void lsc_worker_executor_note (LscWorkerExecutor *self, guint worker, const char *text);
/* Ends the run when no task is open. */
void lsc_worker_executor_check_done (LscWorkerExecutor *self);

/* lsc-worker-plan.c: what is started, and how large */
#define LSC_MIN_RING_CAPACITY 4096u
void lsc_worker_executor_set_program (LscWorkerExecutor              *self,
                                      const LscWorkerExecutorOptions *options);
/* P, T, the rings and the pipes; after the program is known. */
void    lsc_worker_executor_choose_sizes (LscWorkerExecutor *self, guint n_workers, guint n_tasks);
guint64 lsc_worker_executor_get_rings_bytes (LscWorkerExecutor *self);
/* A process of Python's pool has begun: its counters are wanted. */
void lsc_worker_executor_watch_pid (gpointer user_data, gint32 pid);

/* lsc-worker-asks.c: requests to one lane */
void lsc_worker_executor_ask_lane (LscWorkerExecutor *self, guint worker, LscLaneRequest request);
/* Ends those that were asked to and did not within the grace time. */
void lsc_worker_executor_press (LscWorkerExecutor *self, gint64 now_ns);
/* Whether it ended because of what it was asked for. */
gboolean lsc_worker_process_ended_as_asked (LscWorkerProcess *process, int wait_status);
/* Puts the mark of a wait on its lane, when somebody had asked for its end. */
void lsc_worker_executor_mark_joined (LscWorkerExecutor  *self,
                                      LscWorkerProcess   *process,
                                      const LscWireChild *child);

/* lsc-worker-feed.c: the way of tasks and results */
void lsc_worker_executor_feed (LscWorkerExecutor *self, LscWorkerProcess *process);
void lsc_worker_executor_feed_all (LscWorkerExecutor *self);
void lsc_worker_executor_drain (LscWorkerExecutor *self);
/* An attempt has ended badly: FALSE when there is none left. */
gboolean lsc_worker_executor_try_again (LscWorkerExecutor *self, guint index);
void     lsc_worker_executor_end_task (LscWorkerExecutor *self,
                                       guint              index,
                                       LscTask           *task,
                                       const char        *output,
                                       gsize              length);

extern const LscWorkerEvents lsc_worker_executor_events;

/* lsc-worker-loss.c: what becomes of the tasks of those that die */
void lsc_worker_executor_process_exited (LscWorkerExecutor  *self,
                                         LscWorkerProcess   *process,
                                         const LscWireChild *child);
/* Looks what the lanes are on: tells the sink, and kills what is overdue. */
void lsc_worker_executor_look (LscWorkerExecutor *self, gint64 now_ns);

G_END_DECLS

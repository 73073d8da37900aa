/* lsc-worker-process.h: one worker process, as the engine sees it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to the run's thread. Its pipes, what is under way in them, and how
 * much it is given ahead. What it says goes to its events; it starts and ends
 * nothing by itself.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-collector.h"
#include "lsc-launcher-client.h"
#include "lsc-wire.h"

G_BEGIN_DECLS

typedef struct _LscWorkerProcess LscWorkerProcess;

typedef struct
{
  void (*ready) (gpointer user_data, LscWorkerProcess *process);
  /* `is_unfit`: whatever it had been asked. */
  void (*refused) (gpointer          user_data,
                   LscWorkerProcess *process,
                   const char       *why,
                   gboolean          is_unfit);
  void (*started) (gpointer user_data, LscWorkerProcess *process, const LscWireStarted *started);
  void (*result) (gpointer user_data, LscWorkerProcess *process, const LscWireResult *result);
  /* After each batch of results. */
  void (*read) (gpointer user_data, LscWorkerProcess *process);
  void (*printed) (gpointer          user_data,
                   LscWorkerProcess *process,
                   LscOutputKind     kind,
                   guint32           task,
                   guint             worker,
                   gint64            time_ns,
                   const char       *bytes,
                   gsize             length);
  /* It said what can't be understood. */
  void (*broken) (gpointer user_data, LscWorkerProcess *process);
} LscWorkerEvents;

struct _LscWorkerProcess
{
  /* Who it is; set by lsc_worker_process_new(). */
  guint32     id;           /* with the launcher */
  guint       slot;         /* place among the run's processes, from 0 */
  guint       first_worker; /* number of its first lane, from 1 */
  guint       n_lanes;
  char       *segment_path;
  LscSegment *segment; /* owned until the collector has it, borrowed then */

  /* What the executor knows of it. */
  gint32              pid; /* 0 until it was spawned */
  LscCollectorProcess lanes;
  gboolean            is_ready;
  LscWireLock         lock;
  char               *interpreter; /* what it says it is; NULL: it does not say */
  gboolean            is_gone;
  gboolean            was_deaf;     /* it is gone and has read nothing of what it was told */
  gboolean            was_killed;   /* by us */
  gboolean            is_leaving;   /* all its lanes were asked to end: it gets no more tasks */
  gboolean           *asked;        /* for each lane */
  gint64              terminate_ns; /* when it was sent SIGTERM; 0: it was not */
  guint32             overdue_task; /* what it was killed for, or LSC_NO_TASK */
  guint               n_in_flight;
  guint64             n_ended;     /* tasks, for good or not */
  gint64              expected_ns; /* for a task: quick to rise, slow to fall */
  guint32            *on_lane;     /* the task last seen on each lane */

  /* Its own. */
  const LscWorkerEvents *events;
  gpointer               user_data;
  int                    task_fd;
  int                    result_fd;
  int                    print_fds[2];
  GSource               *task_source; /* waits until the pipe takes more */
  GSource               *result_source;
  GSource               *print_sources[2];
  LscWireBuffer          tasks;
  guint64                n_told; /* bytes of them that are in the pipe, or were */
  LscWireReader          results;
};

/* What a worker is set up with; the texts are borrowed. */
typedef struct
{
  LscExecutorKind kind;
  gboolean        one_core;
  gint64          timeout_ns;
  guint           n_calls;
  const char     *program_id;
  GBytes         *settings;
  const char     *program;     /* the worker's path */
  char *const    *arguments;   /* nullable, as the next */
  char *const    *environment; /* changes of it */
  const char     *run_folder;
  guint32         ring_capacity;
  gsize           pipe_bytes; /* 0: as they are */
} LscWorkerSetup;

LscWorkerProcess *lsc_worker_process_new (guint32                id,
                                          guint                  slot,
                                          guint                  first_worker,
                                          guint                  n_lanes,
                                          const LscWorkerEvents *events,
                                          gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void              lsc_worker_process_free (LscWorkerProcess *self);

/* Makes its segment and its pipes and asks the launcher for it. Tasks may be given at once. */
gboolean lsc_worker_process_spawn (LscWorkerProcess     *self,
                                   const LscWorkerSetup *setup,
                                   LscLauncherClient    *launcher,
                                   GError              **error);
/* Begins to read what it says. */
void lsc_worker_process_listen (LscWorkerProcess *self);

void lsc_worker_process_add_task (LscWorkerProcess *self,
                                  guint32           index,
                                  const char       *input,
                                  gsize             length);
/* Sends what was added, as far as the pipe takes it; the rest follows by itself. */
void lsc_worker_process_flush (LscWorkerProcess *self);
/* No more tasks: what was not sent yet is dropped, and the worker retires after what it has. */
void lsc_worker_process_close_tasks (LscWorkerProcess *self);
/* Asks the tasks to end. */
void lsc_worker_process_request_stop (LscWorkerProcess *self);
/* It is dead: reads all that it said, then closes the pipes. */
void lsc_worker_process_drain (LscWorkerProcess *self);

G_END_DECLS

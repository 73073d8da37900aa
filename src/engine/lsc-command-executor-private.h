/* lsc-command-executor-private.h: the parts of the command executor among themselves.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-command-executor.h"
#include "lsc-command-pipes.h"
#include "lsc-command.h"
#include "lsc-executor-house.h"

G_BEGIN_DECLS

/* One attempt at a task. */
typedef struct
{
  guint32         id; /* with the launcher */
  guint           index;
  guint           place; /* once it has begun */
  gint32          pid;   /* 0: it has not begun */
  gint64          start_ns;
  LscTaskStatus   ended_as; /* what it was ended for, or LSC_TASK_PENDING */
  gint64          kill_ns;  /* when SIGKILL follows SIGTERM; 0: never */
  LscCommandPipe *out;
  LscCommandPipe *err;
} LscCommandJob;

/* Where commands run, one after the other. */
typedef struct
{
  LscLane       *lane; /* borrowed; NULL before the first */
  LscCommandJob *job;  /* borrowed; NULL: free */
  LscUsage       sum;
  gboolean       is_closed;
  gboolean       is_asked; /* it was asked for, by a user */
} LscCommandPlace;

/* What may be left of one that was ended. */
typedef struct
{
  guint32 id;
  gint64  kill_ns;
} LscCommandLeftover;

struct _LscCommandExecutor
{
  LscExecutor parent_instance;

  /* Owned copies of the options. */
  guint           n_places;
  guint           n_retries;
  gint64          timeout_ns;
  gint64          grace_ns;
  gint64          origin_ns;
  gboolean        one_core;
  gboolean        is_measured;
  LscObserveMode  observe;
  LscSettings    *settings;
  LscCommandLine *line;
  char          **changes; /* to the environment; with a place for the input's */
  LscTextList    *inputs;
  char           *launcher_program;
  LscRecorder    *recorder;
  LscCollector   *collector;

  /* What goes on. */
  LscExecutorHouse house;
  LscBacklog       backlog;
  LscCommandPipes *pipes;
  int              null_fd;
  guint32          last_id;
  GHashTable      *jobs; /* id -> LscCommandJob, owned */
  LscCommandPlace *places;
  guint            n_running;
  guint            n_open_places;
  GArray          *leftovers; /* LscCommandLeftover */
  gsize            results_bytes;
  guint            n_not_started;   /* tasks whose command could not be executed */
  char            *why_not_started; /* what the first of them was told */
};

/* lsc-command-executor.c */
/* Takes the error; ends everything. */
void lsc_command_executor_give_up (LscCommandExecutor *self, GError *error);
void lsc_command_executor_check_done (LscCommandExecutor *self);

/* lsc-command-feed.c: the beginning of tasks */
void lsc_command_executor_feed (LscCommandExecutor *self);
void lsc_command_executor_spawned (LscCommandExecutor *self, const LscWireChild *child);
void lsc_command_job_free (LscCommandJob *job);

/* lsc-command-end.c: the end of tasks */
void lsc_command_executor_spawn_failed (LscCommandExecutor *self, const LscWireChild *child);
void lsc_command_executor_exited (LscCommandExecutor *self, const LscWireChild *child);
/* Ends what takes too long, kills what was asked to end and did not. */
void lsc_command_executor_look (LscCommandExecutor *self, gint64 now_ns);
/* One place is asked for something. */
void lsc_command_executor_ask_place (LscCommandExecutor *self,
                                     guint               number,
                                     LscLaneRequest      request,
                                     gint64              now_ns);
/* Those that nobody will tell about any more. */
void lsc_command_executor_end_all (LscCommandExecutor *self, gint64 now_ns);

extern const LscLauncherEvents lsc_command_executor_events;

G_END_DECLS

/* lsc-run.h: one execution of a workload in one mode.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All functions belong to the main thread and none of them waits. A run has a
 * thread of its own (executor, collector, recorder); what it says arrives in
 * the main context that was the thread default when the run was made.
 * Finalizing a run that goes on terminates it first.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-clock.h"
#include "lsc-engine-error.h"
#include "lsc-lane-request.h"
#include "lsc-observe-mode.h"
#include "lsc-recording.h"
#include "lsc-run-usage.h"
#include "lsc-workload.h"

G_BEGIN_DECLS

/* More are refused. */
#define LSC_MAX_WORKERS 512u

/* Between SIGTERM and SIGKILL, when nothing else is said. */
#define LSC_DEFAULT_GRACE_NS (3 * LSC_NS_PER_S)

typedef enum
{
  LSC_RUN_READY,
  LSC_RUN_RUNNING,
  LSC_RUN_STOPPING, /* stop() or terminate() was called */
  LSC_RUN_FINISHED, /* every task has ended, one way or another */
  LSC_RUN_STOPPED,  /* stopped before that */
  LSC_RUN_FAILED,   /* could not be run, or gave up: lsc_run_get_error() */
} LscRunState;

typedef struct
{
  LscWorkload    *workload; /* not run: only described */
  LscSettings    *settings; /* copied */
  LscTextList    *inputs;   /* frozen */
  LscExecutorKind executor;
  guint           n_workers;
  gboolean        one_core;
  guint           n_retries;  /* of crashed, failed and timed-out tasks; 0: as the settings say */
  gint64          timeout_ns; /* for a task; 0: as the settings say, if they do */
  gint64          grace_ns;   /* from SIGTERM to SIGKILL for one worker; 0: the default */
  /* A sample: nobody watches. The launcher reads no counters; the recording is in memory, has no
   * spans and no states, and little of what is printed. All else is as always. */
  gboolean       measured;
  guint          n_calls; /* 2 or more: each task is called so often in a row; not for commands */
  LscObserveMode observe; /* what is measured is not observed */
  const char    *recording_path; /* NULL: a temporary one; NULL when it is measured */
  const char    *output_folder;  /* all that tasks print goes into files there; NULL: no files */
} LscRunOptions;

/* Whether an interpreter's lock lets one thread compute at a time. */
typedef enum
{
  LSC_RUN_LOCK_UNKNOWN, /* there is no interpreter, or it has not said so */
  LSC_RUN_LOCK_ON,
  LSC_RUN_LOCK_OFF,
} LscRunLock;

#define LSC_TYPE_RUN (lsc_run_get_type ())
G_DECLARE_FINAL_TYPE (LscRun, lsc_run, LSC, RUN, GObject)

/* Signals, in the main context:
 *   "changed"  (void)  state or progress are different; at most 20 times a second
 *   "finished" (void)  once; the state is one of the last three
 */

/* Checks what can be checked without starting anything. */
LscRun *lsc_run_new (const LscRunOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void lsc_run_start (LscRun *self);
/* Asks the tasks to end; those that have not begun never do. Before start(): it never starts. */
void lsc_run_stop (LscRun *self);
/* Kills every process of the run, now. */
void lsc_run_terminate (LscRun *self);

/* One worker, from 1. FALSE with a translated reason when it makes no sense, or no sense any more.
 */
gboolean lsc_run_can_ask (LscRun *self, guint worker, LscLaneRequest request, const char **why_not);
/* Nothing happens when it can't be asked. What comes of it is seen on its lane. */
void lsc_run_ask (LscRun *self, guint worker, LscLaneRequest request);

LscRunState   lsc_run_get_state (LscRun *self);
gboolean      lsc_run_is_over (LscRun *self);
const GError *lsc_run_get_error (LscRun *self);
/* From lsc_run_start() on; NULL before, and when it could not be made. Borrowed. */
LscRecording   *lsc_run_get_recording (LscRun *self);
LscExecutorKind lsc_run_get_executor (LscRun *self);
guint           lsc_run_get_n_workers (LscRun *self);
guint           lsc_run_get_n_tasks (LscRun *self);
guint           lsc_run_get_n_finished (LscRun *self);
/* Done, not failed in any way. */
guint lsc_run_get_n_done (LscRun *self);
/* Time since start(), or the wall time when it is over: to the last task's end (process starts
 * included, taking the house down not), or to when it was stopped. 0 before. */
gint64 lsc_run_get_elapsed_ns (LscRun *self);
/* What it took, when it is over; nothing is known before. */
void lsc_run_get_usage (LscRun *self, LscRunUsage *usage);
/* From the tasks that have finished; -1 while it can't be told. */
gint64     lsc_run_get_time_left_ns (LscRun *self);
LscRunLock lsc_run_get_lock (LscRun *self);
/* What runs the tasks, as it says itself when it is ready: "Python 3.11.7"; NULL where there is no
 * such thing. */
const char *lsc_run_get_interpreter (LscRun *self);
gboolean    lsc_run_is_on_one_core (LscRun *self);
/* The launcher's pid; 0 without. For tests and for messages. */
gint32 lsc_run_get_launcher_pid (LscRun *self);

/* Cores that this process may use (affinity), at least 1; and the largest number of workers that
 * the window offers. */
guint lsc_engine_get_n_cores (void);
/* "AMD EPYC, 2 cores, Linux 6.18", untranslated. */
char *lsc_engine_dup_machine (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

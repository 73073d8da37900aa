/* lsc-profiler-private.h: the parts of a profiler among themselves, and what tests need.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include "lsc-executor.h"
#include "lsc-machine.h"
#include "lsc-profiler-sample.h"
#include "lsc-profiler.h"

G_BEGIN_DECLS

/* In place of processes and of what they used. */
typedef struct
{
  LscExecutor *(*make_executor) (guint cell, gpointer user_data);
  /* Of a run that is over. */
  void (*get_usage) (guint cell, LscRun *run, LscRunUsage *usage, gpointer user_data);
  gpointer user_data;
} LscProfilerHooks;

LscProfiler *lsc_profiler_new_with_hooks (const LscProfilerOptions *options,
                                          const LscProfilerHooks   *hooks, /* nullable; copied */
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is run before each run; all owned, all NULL: nothing. */
typedef struct
{
  LscWorkload *workload;
  LscSettings *settings;
  LscTextList *inputs;
} LscProfilerPrepare;

/* A cell at work. */
typedef struct
{
  /* Owned */
  LscWorkload *workload;
  LscSettings *settings;
  LscSettings *measured_settings; /* the same, but nothing that failed is tried again */
  LscTextList *inputs;            /* those of this cell only */
  LscRun      *warm_up_run;       /* watched; nullable */
  GArray      *durations_ns;      /* of double: how long its samples took, all in all */

  LscExecutorKind executor;
  guint           n_workers;
  gboolean        is_single; /* one input by itself */

  /* Its batches: lsc-profiler-batch.h. */
  guint       work;    /* cells with the same number are of one workload with the same settings */
  guint       group;   /* the same, and of the same inputs */
  guint       n_calls; /* that each task is asked for; 1: no batch */
  guint       n_looks; /* runs that looked whether a batch is long enough */
  gboolean    is_long; /* nothing more has to be looked at */
  LscRunUsage first;   /* the warm-up's */

  double   expected_ns; /* how long its last run took that was no sample; all in all */
  gboolean warm_up_failed;
  guint    n_done;      /* samples */
  guint    n_failed;    /* in a row, the warm-up counted */
  guint    n_timed_out; /* the same */
} LscProfilerPart;

typedef enum
{
  LSC_PROFILER_READY,
  LSC_PROFILER_WARM_UP,
  LSC_PROFILER_BATCHES, /* is a batch long enough? */
  LSC_PROFILER_ROUNDS,
  LSC_PROFILER_OVER,
} LscProfilerPhase;

struct _LscProfiler
{
  GObject parent_instance;

  /* Owned */
  GArray       *parts; /* of LscProfilerPart */
  LscProfile   *profile;
  LscClock     *clock;
  GMainContext *context;
  GError       *error; /* the first; of use when nothing is left */
  guint        *order; /* of this round */
  LscRun       *run;   /* that goes on */
  GSource      *guard; /* ends a run that takes too long, or does not end when it is asked to */
  GSource      *pause; /* no "changed" before it ends */
  GSource      *tick;  /* time goes by, even when nothing else happens */
  GSource      *next;  /* goes on */
  GSource      *idle;  /* says that it is over */

  /* As they were asked for; 0 stands for nothing any more. */
  LscProfilerHooks   hooks;
  LscProfilerPrepare prepare;
  gboolean           ignores_exit;
  gboolean           one_core;
  gboolean           watched;
  guint              n_retries;
  gint64             timeout_ns;
  gint64             cell_timeout_ns;
  gint64             grace_ns;
  guint              min_rounds;
  guint              max_rounds;
  gint64             max_time_ns;
  double             width;

  LscProfilerPhase phase;
  guint            at; /* the next one of the warm-up, of the batches or of this round's order */
  guint            round;
  gint             current;     /* cell; -1: none */
  gboolean         prepares;    /* the run under way is no cell's */
  gboolean         is_prepared; /* it may begin */
  gboolean         timed_out;   /* the run under way */
  gboolean         stopped;     /* by the user */
  gboolean         has_news;    /* since the last "changed" */
  gboolean         has_begun;
  LscMachineMark   begin;        /* what the machine had done before */
  gint64           start_ns;     /* by the clock */
  gint64           run_start_ns; /* the same, of the run under way */
  double           fraction;
};

#define LSC_PROFILER_PART(self, cell) (&g_array_index ((self)->parts, LscProfilerPart, cell))

/* lsc-profiler.c */
void lsc_profiler_say_changed (LscProfiler *self);
void lsc_profiler_say_run_added (LscProfiler *self, guint cell);
void lsc_profiler_say_sample_added (LscProfiler *self, guint cell);
/* It is over at once; who wants to know is told by the main loop. */
void lsc_profiler_end (LscProfiler *self, LscProfileEnd end);

/* lsc-profiler-next.c: what comes next. Starts it, or ends the whole. */
void     lsc_profiler_go_on (LscProfiler *self);
gboolean lsc_profiler_can_measure (LscProfiler *self, guint cell);
/* Whether the time that was allowed is used up. */
gboolean lsc_profiler_is_late (LscProfiler *self);

/* lsc-profiler-run.c: one run of a cell. FALSE: it can't be run, and the profile says why. */
gboolean lsc_profiler_begin_run (LscProfiler *self, guint cell);
/* Terminates the run under way after so long. */
void lsc_profiler_guard_run (LscProfiler *self, gint64 time_ns);
/* Nobody wants to know of it any more. */
void lsc_profiler_drop_run (LscProfiler *self);

G_END_DECLS

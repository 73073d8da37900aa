/* lsc-profiler.h: an experiment: the same cells, measured round after round.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; nothing here waits. Each cell is warmed up once. Then each round runs every cell
 * once, in an order of its own, until all intervals are narrow enough, or the rounds or the time
 * are used up. One run goes on at a time. What it says arrives in the main context that was the
 * thread default when it was made. Finalizing one that goes on terminates it.
 */

#pragma once

#include "lsc-profile.h"
#include "lsc-run.h"

G_BEGIN_DECLS

/* What stands for 0 in the options. */
#define LSC_PROFILER_MIN_ROUNDS  10u
#define LSC_PROFILER_MAX_ROUNDS  50u
#define LSC_PROFILER_MAX_TIME_NS (180 * LSC_NS_PER_S)
#define LSC_PROFILER_WIDTH       0.02

/* One thing that is measured. lsc-profiler-cells.h makes many of them at once. */
typedef struct
{
  LscWorkload    *workload;
  LscSettings    *settings; /* copied */
  LscTextList    *inputs;   /* frozen, all of them */
  gint            input;    /* -1: all of them, else only this one, by itself: in sequence only */
  LscExecutorKind executor;
  guint           n_workers;
  const char     *command;      /* for LscProfileCell.command */
  double          sized_for_ns; /* as LscProfileCell.sized_for_ns */
} LscProfilerCell;

typedef struct
{
  const LscProfilerCell *cells;
  guint                  n_cells;
  const char            *title;
  gboolean               one_core;
  guint  n_retries;       /* of the warm-up; never of a sample: a failed task fails its sample */
  gint64 timeout_ns;      /* of a task; 0: as its settings say, if they do */
  gint64 cell_timeout_ns; /* of a whole run: it is terminated and timed out; 0: none */
  gint64 grace_ns;        /* from SIGTERM to SIGKILL; 0: the default */
  guint  min_rounds;      /* 0: 10 */
  guint  max_rounds;      /* 0: 50; where it is less than min_rounds, it wins */
  /* 0: 3 min. From the start, warm-up included; looked at between two samples and never cuts one.
   * However short it is, one round of everything is finished: without it there is no figure. For
   * "no longer than that" pass 1. What does not end by itself is ended by cell_timeout_ns. */
  gint64   max_time_ns;
  double   width;   /* 0: 0.02: half of the interval over the median */
  guint64  seed;    /* 0: chosen */
  gboolean watched; /* the warm-up is watched and its recordings are kept */
  /* Run before each run, to its end, and no part of it; nullable. Of this the workload, the
   * settings and the inputs count. Where it fails the cell is not measured any more. */
  const LscProfilerCell *prepare;
  gboolean  ignores_exit; /* a command may end with any exit status; a signal is a failure */
  LscClock *clock;        /* nullable: the system's */
} LscProfilerOptions;

#define LSC_TYPE_PROFILER (lsc_profiler_get_type ())
G_DECLARE_FINAL_TYPE (LscProfiler, lsc_profiler, LSC, PROFILER, GObject)

/* Signals, in the main context:
 *   "changed"      (void)                    at most 20 times a second
 *   "run-added"    (guint cell, LscRun *run) a warm-up that is watched begins
 *   "sample-added" (guint cell)              the profile has one more
 *   "finished"     (void)                    once
 */

/* Refuses what can't be measured whatever happens: no cells, a workload that does not end by
 * itself, an input by itself in a mode other than sequential. A cell that can't be run gets a
 * `problem` in the profile when its turn comes. */
LscProfiler *lsc_profiler_new (const LscProfilerOptions *options,
                               GError                  **error) G_GNUC_WARN_UNUSED_RESULT;

void lsc_profiler_start (LscProfiler *self);
/* Ends it and keeps what was measured. The run under way is dropped: it is asked to end, and
 * killed after the grace time. */
void lsc_profiler_stop (LscProfiler *self);
/* The same, with every process of that run killed now. */
void lsc_profiler_terminate (LscProfiler *self);

/* Borrowed; filled as it goes. Its cells are those of the options, in that order. */
LscProfile *lsc_profiler_get_profile (LscProfiler *self);
gboolean    lsc_profiler_is_over (LscProfiler *self);
/* Why it could not go on: no cell is left that could be measured. NULL otherwise. */
const GError *lsc_profiler_get_error (LscProfiler *self);

/* The one that runs now, or did last; -1 before the first and when it is over. */
gint     lsc_profiler_get_current_cell (LscProfiler *self);
gboolean lsc_profiler_is_warming_up (LscProfiler *self);
/* From 0; of the last one when it is over. */
guint lsc_profiler_get_round (LscProfiler *self);
/* 0 to 1; never goes back. */
double lsc_profiler_get_fraction (LscProfiler *self);
/* From how long each cell takes and how many rounds its interval still seems to need, at most what
 * is allowed. -1: can't be told, some cell has not been seen yet. */
gint64 lsc_profiler_get_time_left_ns (LscProfiler *self);

/* The warm-up of a cell, borrowed; NULL before it began or when nothing is watched. */
LscRun *lsc_profiler_get_run (LscProfiler *self, guint cell);
/* What runs now, borrowed; NULL for nothing. */
LscRun *lsc_profiler_get_current_run (LscProfiler *self);

G_END_DECLS

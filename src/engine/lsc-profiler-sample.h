/* lsc-profiler-sample.h: what a run that is over says of its cell.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; only reads.
 */

#pragma once

#include "lsc-profile.h"
#include "lsc-run.h"

G_BEGIN_DECLS

/* What a run used; -1 unknown. */
typedef struct
{
  gint64  wall_ns;     /* from the first process' start to the last task's end */
  gint64  start_up_ns; /* from there to the first task's start */
  gint64  tasks_ns;    /* from the first task's start to the last task's end */
  gint64  user_ns;     /* of all processes */
  gint64  system_ns;
  gint64  peak_rss_bytes;
  gint64  sum_rss_bytes;
  gint64  n_voluntary;
  gint64  n_involuntary;
  gint64  n_minor_faults;
  gint64  n_major_faults;
  guint64 n_calls; /* that its tasks told of; 0: none */
  gint64  calls_ns;
} LscProfilerUsage;

/* From what its recording says. */
void lsc_profiler_read_usage (LscRun *run, LscProfilerUsage *usage);

/* How a time is taken of a run. */
typedef struct
{
  guint    n_calls;   /* that each task was asked for */
  gboolean is_single; /* one input by itself */
} LscProfilerCalls;

/* `status` and `exit` are the run's; `timed_out`: it was ended because it took too long. */
LscSampleStatus lsc_profiler_judge (LscRun *run, gboolean timed_out, gint *exit);

/* As LscSample.wall_ns of LscProfileCell.n_calls; -1 unknown. */
double lsc_profiler_get_wall_ns (const LscProfilerUsage *usage, const LscProfilerCalls *calls);

void lsc_profiler_fill_sample (LscRun                 *run,
                               const LscProfilerUsage *usage,
                               const LscProfilerCalls *calls,
                               LscSample              *sample);

/* What is wrong with a run that failed, in a sentence; translated. */
char *lsc_profiler_describe_failure (LscRun *run) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

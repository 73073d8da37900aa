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

/* How a time is taken of a run. */
typedef struct
{
  guint    n_calls;   /* that each task was asked for */
  gboolean is_single; /* one input by itself */
} LscProfilerCalls;

/* `status` and `exit` are the run's; `timed_out`: it was ended because it took too long. */
LscSampleStatus
lsc_profiler_judge (LscRun *run, gboolean timed_out, gboolean ignores_exit, gint *exit);

/* As LscSample.wall_ns of LscProfileCell.n_calls; -1 unknown. */
double lsc_profiler_get_wall_ns (const LscRunUsage *usage, const LscProfilerCalls *calls);

/* All that is not `round`, `status` and `exit`, which are set. */
void lsc_profiler_fill_sample (LscRun                 *run,
                               const LscRunUsage      *usage,
                               const LscProfilerCalls *calls,
                               LscSample              *sample);

/* What is wrong with a run that failed, in a sentence; translated. */
char *lsc_profiler_describe_failure (LscRun *run) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* profiler-support.h: experiments with real processes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-profiler-cells.h"
#include "test-support.h"

G_BEGIN_DECLS

/* With these cells; asserted to be possible. */
LscProfiler *profiler_support_new (const LscProfilerOptions *options,
                                   LscProfilerCells         *cells) G_GNUC_WARN_UNUSED_RESULT;
/* To its end. */
LscProfiler *profiler_support_run (const LscProfilerOptions *options,
                                   LscProfilerCells         *cells) G_GNUC_WARN_UNUSED_RESULT;
void         profiler_support_wait_over (LscProfiler *profiler);

/* In sequence, on threads, on processes: the first `n_modes` of them. Takes the inputs. `...`:
 * settings, name and value, NULL. */
void profiler_support_add (LscProfilerCells *cells,
                           const char       *workload_id,
                           LscTextList      *inputs,
                           guint             n_modes,
                           const guint      *counts,
                           guint             n_counts,
                           ...) G_GNUC_NULL_TERMINATED;
/* Once. */
void profiler_support_add_command (LscProfilerCells *cells, const char *command);
/* For a shell; its settings let it be tried again five times. */
void profiler_support_add_script (LscProfilerCells *cells, const char *script);

const LscProfileCell *profiler_support_get_cell (LscProfiler *profiler, guint cell);
guint profiler_support_count (LscProfiler *profiler, guint cell, LscSampleStatus status);

/* So many, all done, each with figures that can be true. */
void profiler_support_assert_samples (LscProfiler *profiler, guint cell, guint n_rounds);

#define assert_end(profiler, end) \
  g_assert_cmpint (lsc_profile_get_end (lsc_profiler_get_profile (profiler)), ==, end)

#define assert_problem(profiler, cell, part) \
  g_assert_nonnull (strstr (profiler_support_get_cell (profiler, cell)->problem, part))

G_END_DECLS

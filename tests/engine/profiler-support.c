/* profiler-support.c: experiments with real processes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-catalogue.h"
#include "profiler-support.h"

static const LscExecutorKind modes[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS,
                                         LSC_EXECUTOR_PROCESSES };

static gboolean
is_over (gpointer user_data)
{
  return lsc_profiler_is_over (user_data);
}

LscProfiler *
profiler_support_new (const LscProfilerOptions *options, LscProfilerCells *cells)
{
  LscProfilerOptions own = *options;
  g_autoptr (GError) error = NULL;
  LscProfiler *profiler;

  own.cells = lsc_profiler_cells_get (cells, &own.n_cells);
  profiler = lsc_profiler_new (&own, &error);
  g_assert_no_error (error);
  return profiler;
}

LscProfiler *
profiler_support_run (const LscProfilerOptions *options, LscProfilerCells *cells)
{
  LscProfiler *profiler = profiler_support_new (options, cells);

  lsc_profiler_start (profiler);
  profiler_support_wait_over (profiler);
  return profiler;
}

void
profiler_support_wait_over (LscProfiler *profiler)
{
  support_wait (is_over, profiler);
}

void
profiler_support_add (LscProfilerCells *cells,
                      const char       *workload_id,
                      LscTextList      *inputs,
                      guint             n_modes,
                      const guint      *counts,
                      guint             n_counts,
                      ...)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new (workload_id);
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autoptr (LscTextList) owned = inputs;
  va_list     more;
  const char *id;

  va_start (more, n_counts);
  while ((id = va_arg (more, const char *)) != NULL)
    g_assert_true (lsc_settings_set (settings, id, va_arg (more, const char *), NULL));
  va_end (more);
  lsc_profiler_cells_add (cells, workload, settings, inputs, modes, n_modes, counts, n_counts);
}

void
profiler_support_add_command (LscProfilerCells *cells, const char *command)
{
  profiler_support_add (cells, "command", support_make_inputs ("1", NULL), 1, NULL, 0, "command",
                        command, NULL);
}

void
profiler_support_add_script (LscProfilerCells *cells, const char *script)
{
  profiler_support_add (cells, "command", support_make_inputs ("1", NULL), 1, NULL, 0, "command",
                        script, "shell", "true", "retry", "5", NULL);
}

const LscProfileCell *
profiler_support_get_cell (LscProfiler *profiler, guint cell)
{
  return lsc_profile_get_cell (lsc_profiler_get_profile (profiler), cell);
}

guint
profiler_support_count (LscProfiler *profiler, guint cell, LscSampleStatus status)
{
  return lsc_profile_count_samples (lsc_profiler_get_profile (profiler), cell, status);
}

void
profiler_support_assert_samples (LscProfiler *profiler, guint cell, guint n_rounds)
{
  guint            n;
  const LscSample *samples =
      lsc_profile_get_samples (lsc_profiler_get_profile (profiler), cell, &n);

  g_assert_cmpstr (profiler_support_get_cell (profiler, cell)->problem, ==, NULL);
  g_assert_cmpuint (n, ==, n_rounds);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (samples[i].status, ==, LSC_SAMPLE_DONE);
      g_assert_cmpuint (samples[i].round, ==, i);
      g_assert_cmpfloat (samples[i].wall_ns, >, 0);
      g_assert_cmpfloat (samples[i].start_up_ns, >=, 0);
      g_assert_cmpfloat (samples[i].user_ns + samples[i].system_ns, >, 0);
      g_assert_cmpint (samples[i].peak_rss_bytes, >, 100000);
      g_assert_cmpint (samples[i].sum_rss_bytes, >=, samples[i].peak_rss_bytes);
      g_assert_cmpint (samples[i].n_voluntary, >=, 0);
      g_assert_cmpint (samples[i].n_minor_faults, >, 0);
    }
  g_assert_cmpfloat (profiler_support_get_cell (profiler, cell)->warm_up_ns, >, 0);
}

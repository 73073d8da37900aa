/* lsc-profiled-programs.c: how long programs take, as a profile says.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-profiled-programs.h"

#include "lsc-catalogue.h"
#include "lsc-profiler-cells.h"

static void
add_cell (LscProfilerCells *cells, const char *command)
{
  static const LscExecutorKind in_sequence = LSC_EXECUTOR_SEQUENTIAL;
  static const guint           one = 1;
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("command");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (GError) error = NULL;

  lsc_text_list_append (inputs, "1", -1);
  lsc_text_list_freeze (inputs);
  if (!lsc_settings_set (settings, "command", command, &error))
    g_error ("%s", error->message);
  lsc_profiler_cells_add_modes (cells, workload, settings, inputs, &in_sequence, 1, &one, 1);
}

static void
take_walls (LscProfile *profile, guint cell, guint n_rounds, double *walls)
{
  guint            n = 0;
  const LscSample *samples = lsc_profile_get_samples (profile, cell, &n);

  if (n != n_rounds)
    g_error ("%u samples instead of %u", n, n_rounds);
  for (guint i = 0; i < n; i++)
    {
      if (samples[i].status != LSC_SAMPLE_DONE)
        g_error ("%s failed", lsc_profile_get_cell (profile, cell)->command);
      walls[i] = samples[i].wall_ns;
    }
}

void
lsc_profile_programs (const char *const *commands,
                      guint              n_commands,
                      guint              n_rounds,
                      guint64            seed,
                      double            *times)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;
  g_autoptr (GError) error = NULL;
  LscProfilerOptions options = {
    .min_rounds = n_rounds, .max_rounds = n_rounds, .max_time_ns = G_MAXINT64, .seed = seed
  };

  for (guint i = 0; i < n_commands; i++)
    add_cell (cells, commands[i]);
  options.cells = lsc_profiler_cells_get (cells, &options.n_cells);
  profiler = lsc_profiler_new (&options, &error);
  if (profiler == NULL)
    g_error ("%s", error->message);
  lsc_profiler_start (profiler);
  while (!lsc_profiler_is_over (profiler))
    g_main_context_iteration (NULL, TRUE);
  if (lsc_profiler_get_error (profiler) != NULL)
    g_error ("%s", lsc_profiler_get_error (profiler)->message);
  for (guint i = 0; i < n_commands; i++)
    take_walls (lsc_profiler_get_profile (profiler), i, n_rounds, &times[i * n_rounds]);
}

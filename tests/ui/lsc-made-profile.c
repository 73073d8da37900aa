/* lsc-made-profile.c: a profile with figures that one can work out by hand, for tests.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-made-profile.h"

static const struct
{
  LscExecutorKind executor;
  guint           n_workers;
  const char     *command;
  double          middle_s;
} cells[] = {
  { LSC_EXECUTOR_SEQUENTIAL, 1, "gil, in sequence", 3.0 },
  { LSC_EXECUTOR_THREADS, 2, "gil, threads, 2 workers", 3.0 },
  { LSC_EXECUTOR_PROCESSES, 2, "gil, processes, 2 workers", 1.5 },
};

void
lsc_made_profile_add (LscProfile *profile, guint cell, double wall_s)
{
  const LscSample sample = {
    .round = lsc_profile_count_samples (profile, cell, LSC_SAMPLE_DONE),
    .status = LSC_SAMPLE_DONE,
    .wall_ns = wall_s * 1e9,
    .user_ns = 2.9e9,
    .system_ns = 0.1e9,
    .start_up_ns = 20e6,
    .peak_rss_bytes = 12000000 + 1000000 * (gint64)cell,
    .sum_rss_bytes = 12000000 * (gint64)cells[cell].n_workers,
    .n_voluntary = 40,
    .n_involuntary = 7,
    .n_minor_faults = 1500,
    .n_major_faults = -1,
  };

  lsc_profile_add_sample (profile, cell, &sample);
}

LscProfile *
lsc_made_profile_new (guint n)
{
  LscProfile    *profile = lsc_profile_new ();
  LscConditions *conditions = lsc_profile_get_conditions (profile);

  lsc_profile_set_title (profile, "Threads and the GIL");
  lsc_profile_set_start_us (profile, G_GINT64_CONSTANT (1795000000000000));
  lsc_profile_set_seed (profile, 7);
  lsc_profile_set_end (profile, LSC_PROFILE_ROUNDS);
  conditions->machine = g_strdup ("0123456789abcdef");
  conditions->cpu = g_strdup ("Some processor");
  conditions->kernel = g_strdup ("Linux 6.1.0");
  conditions->n_cores = 4;
  conditions->load_before = 0.25;
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      const LscProfileCell cell = {
        .workload_id = (char *)"gil",
        .workload_name = (char *)"Threads and the GIL",
        .command = (char *)cells[i].command,
        .executor = cells[i].executor,
        .n_workers = cells[i].n_workers,
        .n_tasks = 24,
        .n_calls = 1,
        .warm_up_ns = cells[i].middle_s * 1e9,
      };

      lsc_profile_add_cell (profile, &cell);
      for (guint j = 0; j < n; j++)
        lsc_made_profile_add (profile, i,
                              cells[i].middle_s * (1 + 0.01 * ((double)j - (n - 1) / 2.0)));
    }
  return profile;
}

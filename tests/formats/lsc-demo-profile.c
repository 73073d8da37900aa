/* lsc-demo-profile.c: a profile with everything in it that one can have, for tests.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-demo-profile.h"

#include <math.h>

static void
add_sample (LscProfile *profile, guint cell, guint round, double wall_s, LscSampleStatus status)
{
  const LscSample sample = {
    .round = round,
    .status = status,
    .exit = status == LSC_SAMPLE_FAILED ? 3 : (status == LSC_SAMPLE_TIMED_OUT ? -1 : 0),
    .wall_ns = wall_s * 1e9,
    .user_ns = 1.5e9,
    .system_ns = 0.25e9,
    .start_up_ns = 1234567.0 + round,
    .peak_rss_bytes = 1000000 + 1000 * (gint64)round,
    .sum_rss_bytes = 2000000 + (gint64)round,
    .n_voluntary = 10 + round,
    .n_involuntary = 20 + round,
    .n_minor_faults = G_GINT64_CONSTANT (3000000000) + round,
    .n_major_faults = round == 0 ? -1 : 0,
  };

  lsc_profile_add_sample (profile, cell, &sample);
}

static void
add_cells (LscProfile *profile)
{
  LscProfileCell cell = {
    .workload_id = (char *)"primes",
    .workload_name = (char *)"Primes",
    .command = (char *)"primes, sequential",
    .settings = (char *)"from=1 to=100",
    .inputs = (char *)"0123456789abcdef",
    .sized_for_ns = 1.0 / 3.0,
    .executor = LSC_EXECUTOR_SEQUENTIAL,
    .n_workers = 1,
    .n_tasks = 100,
    .n_calls = 1,
    .warm_up_ns = 2.5e9,
  };

  lsc_profile_add_cell (profile, &cell);

  cell.input = (char *)"a \"quoted\", \\ 소수\n\t\x1b";
  cell.command = (char *)"primes | threads, 2 workers";
  cell.executor = LSC_EXECUTOR_THREADS;
  cell.n_workers = 2;
  cell.one_core = TRUE;
  cell.n_calls = 1000;
  cell.warm_up_ns = -1.0;
  cell.lock = LSC_PROFILE_LOCK_ON;
  lsc_profile_add_cell (profile, &cell);

  cell.input = NULL;
  cell.settings = NULL;
  cell.command = (char *)"primes, processes, 4 workers";
  cell.executor = LSC_EXECUTOR_PROCESSES;
  cell.n_workers = 4;
  cell.one_core = FALSE;
  cell.n_calls = 1;
  cell.lock = LSC_PROFILE_LOCK_OFF;
  cell.problem = (char *)"There is no such program.";
  lsc_profile_add_cell (profile, &cell);
}

LscProfile *
lsc_demo_profile_new (void)
{
  LscProfile    *profile = lsc_profile_new ();
  LscConditions *conditions = lsc_profile_get_conditions (profile);

  lsc_profile_set_title (profile, "Are “threads” faster?");
  lsc_profile_set_start_us (profile, G_GINT64_CONSTANT (1764200000123456));
  lsc_profile_set_seed (profile, G_GUINT64_CONSTANT (18446744073709551615));
  add_cells (profile);
  add_sample (profile, 0, 0, 2.0, LSC_SAMPLE_DONE);
  add_sample (profile, 0, 1, 1.0, LSC_SAMPLE_DONE);
  add_sample (profile, 0, 2, 4.0, LSC_SAMPLE_DONE);
  add_sample (profile, 0, 3, 0.1, LSC_SAMPLE_FAILED);
  add_sample (profile, 1, 0, 0.7, LSC_SAMPLE_DONE);
  add_sample (profile, 1, 1, 9.0, LSC_SAMPLE_TIMED_OUT);
  lsc_profile_set_reference (profile, 1);
  lsc_profile_set_end (profile, LSC_PROFILE_TIME);

  conditions->machine = g_strdup ("0123456789abcdef");
  conditions->cpu = g_strdup ("AMD EPYC 7B13");
  conditions->kernel = g_strdup ("Linux 6.18.5");
  conditions->n_cores = 4;
  conditions->load_before = 0.1;
  conditions->load_after = NAN;
  conditions->pressure = 1.0 / 3.0;
  return profile;
}

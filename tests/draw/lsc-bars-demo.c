/* lsc-bars-demo.c: profiles that were never measured, to be drawn.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-draw-tests"
#include "config.h"

#include "lsc-bars-demo.h"

static void
add_cell (LscProfile *profile, const LscBarsDemo *demo)
{
  g_autofree char *command =
      g_strdup_printf ("%s, %s, %u workers", demo->input != NULL ? demo->input : demo->workload,
                       lsc_executor_kind_get_nick (demo->executor), demo->n_workers);
  LscProfileCell cell = {
    .workload_id = (char *)demo->workload,
    .workload_name = (char *)demo->workload,
    .input = (char *)demo->input,
    .command = command,
    .settings = (char *)"",
    .executor = demo->executor,
    .n_workers = MAX (demo->n_workers, 1),
    .n_tasks = 24,
    .n_calls = MAX (demo->n_calls, 1),
    .warm_up_ns = demo->median_ns > 0.0 ? demo->median_ns * 1.02 : -1.0,
    .problem = (char *)demo->problem,
  };

  lsc_profile_add_cell (profile, &cell);
}

static void
add_samples (LscProfile *profile, guint index, const LscBarsDemo *demo, guint n_rounds)
{
  guint              n = demo->n > 0 ? demo->n : demo->median_ns > 0.0 ? n_rounds : 0;
  g_autofree double *shares = g_new (double, n + 1);
  GRand             *rand = g_rand_new_with_seed (index + 1);

  for (guint i = 0; i < n; i++)
    shares[i] = n > 1 ? 2.0 * i / (n - 1) - 1.0 : 0.0;
  for (guint i = n; i > 1; i--)
    {
      guint  other = (guint)g_rand_int_range (rand, 0, (gint32)i);
      double kept = shares[i - 1];

      shares[i - 1] = shares[other];
      shares[other] = kept;
    }
  g_rand_free (rand);

  for (guint i = 0; i < n + demo->n_failed + demo->n_timed_out; i++)
    {
      /* Near the median they lie closer together. */
      double    share = i < n ? shares[i] * ABS (shares[i]) : 0.0;
      LscSample sample = {
        .round = i,
        .status = i < n                    ? LSC_SAMPLE_DONE
                  : i < n + demo->n_failed ? LSC_SAMPLE_FAILED
                                           : LSC_SAMPLE_TIMED_OUT,
        .exit = i < n ? 0 : 1,
        .wall_ns = demo->median_ns * (1.0 + share * demo->spread),
        .user_ns = demo->median_ns,
        .system_ns = demo->median_ns / 100.0,
        .start_up_ns = demo->start_up_ns > 0.0 ? demo->start_up_ns : -1.0,
        .peak_rss_bytes = demo->memory > 0.0 ? (gint64)demo->memory : -1,
        .sum_rss_bytes = demo->sum_memory > 0.0 ? (gint64)demo->sum_memory : (gint64)demo->memory,
        .n_voluntary = 10,
        .n_involuntary = 3,
        .n_minor_faults = 900,
        .n_major_faults = 0,
      };

      if (demo->memory <= 0.0)
        sample.sum_rss_bytes = -1;
      if (demo->far > 0.0 && i + 1 == n)
        sample.wall_ns = demo->median_ns * demo->far;
      lsc_profile_add_sample (profile, index, &sample);
    }
}

LscProfile *
lsc_bars_demo_new (const char *title, const LscBarsDemo *cells, guint n_cells, guint n_rounds)
{
  LscProfile    *profile = lsc_profile_new ();
  LscConditions *conditions = lsc_profile_get_conditions (profile);

  lsc_profile_set_title (profile, title);
  lsc_profile_set_seed (profile, 1);
  conditions->n_cores = 4;
  conditions->kernel = g_strdup ("Linux 6.18.5");
  conditions->python = g_strdup ("Python 3.11.7");
  conditions->load_before = 0.2;
  conditions->load_after = 0.3;
  for (guint i = 0; i < n_cells; i++)
    add_cell (profile, &cells[i]);
  for (guint i = 0; i < n_cells; i++)
    add_samples (profile, i, &cells[i], n_rounds);
  lsc_profile_set_end (profile, LSC_PROFILE_PRECISE);

  return profile;
}

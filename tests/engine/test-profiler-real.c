/* test-profiler-real.c: small experiments with real processes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lsc-catalogue.h"
#include "lsc-main-thread.h"
#include "lsc-profiler-cells.h"
#include "test-support.h"

static const LscExecutorKind three_modes[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS,
                                               LSC_EXECUTOR_PROCESSES };

static gboolean
is_over (gpointer user_data)
{
  return lsc_profiler_is_over (user_data);
}

static LscProfiler *
run_profile (const LscProfilerOptions *options, LscProfilerCells *cells)
{
  LscProfilerOptions own = *options;
  g_autoptr (GError) error = NULL;
  LscProfiler *profiler;

  own.cells = lsc_profiler_cells_get (cells, &own.n_cells);
  profiler = lsc_profiler_new (&own, &error);
  g_assert_no_error (error);
  lsc_profiler_start (profiler);
  support_wait (is_over, profiler);
  return profiler;
}

static void
test_primes (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("primes");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autoptr (LscTextList) inputs =
      support_make_inputs ("112272535095293", "115280095190773", "1099726899285419", NULL);
  const guint counts[] = { 1, 2 };
  g_autoptr (LscProfiler) profiler = NULL;
  LscProfile *profile;

  lsc_profiler_cells_add (cells, workload, settings, inputs, three_modes, 3, counts, 2);
  profiler = run_profile (
      &(LscProfilerOptions){ .title = "Primes", .max_rounds = 3, .watched = TRUE, .seed = 7 },
      cells);
  profile = lsc_profiler_get_profile (profiler);

  g_assert_cmpuint (lsc_profile_get_n_cells (profile), ==, 5);
  g_assert_cmpint (lsc_profile_get_end (profile), ==, LSC_PROFILE_ROUNDS);
  g_assert_cmpuint (lsc_profile_get_seed (profile), ==, 7);
  for (guint i = 0; i < 5; i++)
    {
      guint            n;
      const LscSample *samples = lsc_profile_get_samples (profile, i, &n);

      g_assert_cmpuint (n, ==, 3);
      for (guint j = 0; j < n; j++)
        {
          g_assert_cmpint (samples[j].status, ==, LSC_SAMPLE_DONE);
          g_assert_cmpuint (samples[j].round, ==, j);
          g_assert_cmpfloat (samples[j].wall_ns, >, 0);
          g_assert_cmpfloat (samples[j].user_ns, >, 0);
          g_assert_cmpint (samples[j].peak_rss_bytes, >, 100000);
        }
      g_assert_cmpfloat (lsc_profile_get_cell (profile, i)->warm_up_ns, >, 0);
      g_assert_true (lsc_run_is_over (lsc_profiler_get_run (profiler, i)));
    }
}

int
main (int argc, char **argv)
{
  int status;

  lsc_main_thread_init ();
  g_test_init (&argc, &argv, NULL);
  support_use_runtime_dir ();
  g_test_add_func ("/profiler-real/primes", test_primes);
  status = g_test_run ();
  support_assert_nothing_left ();
  return status;
}

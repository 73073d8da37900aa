/* test-profiler-progress.c: how far an experiment is, and what it says while it goes on.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-profiler-progress.h"
#include "mock-profiler.h"
#include "test-support.h"

/* 1 s and 3 s. */
static double
get_wall_s (guint cell, guint run)
{
  return cell == 0 ? 1 : 3;
}

static const MockWorld world = { .get_wall_s = get_wall_s };

typedef struct
{
  MockRig *rig;
  double   fraction;
  gint64   left_ns[64]; /* after each sample */
  guint    n;
} Look;

static void
look_cb (LscProfiler *profiler, guint cell, gpointer user_data)
{
  Look  *look = user_data;
  double fraction = lsc_profiler_get_fraction (profiler);

  g_assert_cmpfloat (fraction, >=, look->fraction);
  g_assert_cmpfloat (fraction, >, 0);
  g_assert_cmpfloat (fraction, <=, 1);
  look->fraction = fraction;
  look->left_ns[look->n++] = lsc_profiler_get_time_left_ns (profiler);
}

/* Of five rounds; the clock goes on with the runs and with nothing else, so that what is left is
 * exactly what the samples to come will take. */
static void
test_time_left (void)
{
  g_autoptr (MockRig) rig = mock_rig_new (2, &world, &(LscProfilerOptions){ .max_rounds = 5 });
  Look   look = { rig };
  gint64 left_ns = 5 * 4 * LSC_NS_PER_S;
  guint  n;

  g_signal_connect (rig->profiler, "sample-added", G_CALLBACK (look_cb), &look);
  g_assert_cmpint (lsc_profiler_get_time_left_ns (rig->profiler), ==, -1);
  g_assert_cmpfloat (lsc_profiler_get_fraction (rig->profiler), ==, 0);
  mock_rig_run (rig);

  g_assert_cmpuint (look.n, ==, 10);
  for (guint i = 0; i < look.n; i++)
    {
      left_ns -= g_array_index (rig->samples, guint, i) == 0 ? LSC_NS_PER_S : 3 * LSC_NS_PER_S;
      g_assert_cmpint (look.left_ns[i], ==, left_ns);
    }
  g_assert_cmpfloat (lsc_profiler_get_fraction (rig->profiler), ==, 1);
  lsc_profile_get_samples (mock_rig_get_profile (rig), 0, &n);
  g_assert_cmpuint (n, ==, 5);
}

/* Never more than the time that is allowed: of 30 s 4 are gone with the warm-up. */
static void
test_time_allowed (void)
{
  g_autoptr (MockRig) rig =
      mock_rig_new (2, &world, &(LscProfilerOptions){ .max_time_ns = 30 * LSC_NS_PER_S });
  Look   look = { rig };
  gint64 left_ns = 26 * LSC_NS_PER_S;

  g_signal_connect (rig->profiler, "sample-added", G_CALLBACK (look_cb), &look);
  mock_rig_run (rig);
  for (guint i = 0; i + 1 < look.n; i++)
    {
      left_ns -= g_array_index (rig->samples, guint, i) == 0 ? LSC_NS_PER_S : 3 * LSC_NS_PER_S;
      g_assert_cmpint (look.left_ns[i], ==, left_ns);
    }
}

/* ---- guesses --------------------------------------------------------------------------------- */

static LscProfile *
make_profile (const double *walls, guint n)
{
  LscProfile *profile = lsc_profile_new ();

  lsc_profile_add_cell (profile, &(LscProfileCell){ .command = (char *)"x" });
  for (guint i = 0; i < n; i++)
    lsc_profile_add_sample (profile, 0, &(LscSample){ .round = i, .wall_ns = walls[i] });
  return profile;
}

/* Twelve values from 89 to 111: their interval is from the third to the tenth (2 P (Binomial (12,
 * 1/2) < 3) is 3.86 %, < 4 14.6 %), 93 to 107, so half of it is 7 % of the median, 100. It would
 * take (7 / 3.5)^2 = 4 times as many for 3.5 %. A thirteenth makes it precise at 8 %: two looks in
 * a row are needed, and twelve values. */
static void
test_guess (void)
{
  const double walls[] = { 89, 111, 91, 109, 93, 107, 95, 105, 97, 103, 99, 101, 100 };
  g_autoptr (LscProfile) profile = make_profile (walls, 12);
  g_autoptr (LscProfile) longer = make_profile (walls, 13);

  g_assert_cmpuint (lsc_profiler_guess_rounds (profile, 10, 1000, 0.035), ==, 48);
  g_assert_cmpuint (lsc_profiler_guess_rounds (profile, 10, 40, 0.035), ==, 40);
  g_assert_cmpuint (lsc_profiler_guess_rounds (profile, 20, 1000, 0.08), ==, 20);
  g_assert_false (lsc_profiler_is_precise (longer, 10, 0.0699));
  g_assert_true (lsc_profiler_is_precise (longer, 10, 0.08));
  g_assert_false (lsc_profiler_is_precise (longer, 14, 0.08));
  lsc_profile_set_problem (longer, 0, "It fails.");
  g_assert_false (lsc_profiler_is_precise (longer, 10, 0.08));
}

/* A cell whose every third sample fails needs half as many rounds again; the others do not count.
 */
static void
test_guess_with_failures (void)
{
  const double walls[] = { 89, 111, 91, 109, 93, 107, 95, 105, 97, 103, 99, 101 };
  g_autoptr (LscProfile) profile = make_profile (walls, 12);

  for (guint i = 0; i < 6; i++)
    lsc_profile_add_sample (
        profile, 0, &(LscSample){ .round = 12 + i, .status = LSC_SAMPLE_FAILED, .wall_ns = 1e9 });
  g_assert_cmpuint (lsc_profiler_guess_rounds (profile, 10, 1000, 0.035), ==, 72);
}

/* ---- signals --------------------------------------------------------------------------------- */

/* Hundreds of samples a second, but a picture of them is not drawn that often: no two within 50 ms,
 * besides those at the two ends. */
static void
test_changed (void)
{
  g_autoptr (MockRig) rig =
      mock_rig_new (2, &world,
                    &(LscProfilerOptions){ .min_rounds = 200,
                                           .max_rounds = 200,
                                           .max_time_ns = 10000 * LSC_NS_PER_S,
                                           .watched = TRUE });
  gint64 start_us = g_get_monotonic_time ();

  mock_rig_run (rig);
  g_assert_cmpuint (rig->samples->len, ==, 400);
  g_assert_cmpuint (rig->n_changed, >, 0);
  g_assert_cmpint (rig->n_changed, <=, (g_get_monotonic_time () - start_us) / 50000 + 2);
  g_assert_cmpuint (rig->n_finished, ==, 1);

  /* The warm-up's runs are kept, and no others. */
  g_assert_cmpuint (rig->added->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (lsc_profiler_get_run (rig->profiler, i) == rig->added->pdata[i]);
      g_assert_nonnull (lsc_run_get_recording (rig->added->pdata[i]));
    }
}

static void
test_unwatched (void)
{
  g_autoptr (MockRig) rig = mock_rig_new (2, &world, &(LscProfilerOptions){ .max_rounds = 2 });

  mock_rig_run (rig);
  g_assert_cmpuint (rig->added->len, ==, 0);
  g_assert_null (lsc_profiler_get_run (rig->profiler, 0));
  g_assert_cmpfloat (lsc_profile_get_cell (mock_rig_get_profile (rig), 1)->warm_up_ns, ==, 3e9);
}

/* All that a run used stands in its sample. */
static void
test_sample (void)
{
  g_autoptr (MockRig) rig = mock_rig_new (2, &world, &(LscProfilerOptions){ .max_rounds = 1 });
  guint            n;
  const LscSample *sample;

  mock_rig_run (rig);
  sample = lsc_profile_get_samples (mock_rig_get_profile (rig), 1, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpfloat (sample->wall_ns, ==, 3e9);
  g_assert_cmpfloat (sample->start_up_ns, ==, 0.75e9);
  g_assert_cmpfloat (sample->user_ns, ==, 1.5e9);
  g_assert_cmpfloat (sample->system_ns, ==, 0.375e9);
  g_assert_cmpint (sample->peak_rss_bytes, ==, 1001);
  g_assert_cmpint (sample->sum_rss_bytes, ==, 2001);
  g_assert_cmpint (sample->n_voluntary, ==, 3);
  g_assert_cmpint (sample->n_involuntary, ==, 4);
  g_assert_cmpint (sample->n_minor_faults, ==, 5);
  g_assert_cmpint (sample->n_major_faults, ==, 6);
  g_assert_cmpint (sample->exit, ==, 0);
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/profiler-progress/time-left", test_time_left);
  g_test_add_func ("/profiler-progress/time-allowed", test_time_allowed);
  g_test_add_func ("/profiler-progress/guess", test_guess);
  g_test_add_func ("/profiler-progress/guess-with-failures", test_guess_with_failures);
  g_test_add_func ("/profiler-progress/changed", test_changed);
  g_test_add_func ("/profiler-progress/unwatched", test_unwatched);
  g_test_add_func ("/profiler-progress/sample", test_sample);
  return support_run_tests ();
}

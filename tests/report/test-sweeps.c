/* test-sweeps.c: what more workers gain.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where all samples of a cell are the same (spread=0), a band is as narrow as can be: the speed-up
 * is the ratio of the two times, however rounds are drawn.
 */

#include "config.h"

#include "lsc-report-demo.h"

#include <math.h>

static void
test_against_sequence (void)
{
  g_autoptr (LscProfile) profile =
      lsc_demo_profile_new ("P4 ms=800 spread=0; T2 ms=3200 spread=0; S ms=3200 spread=0; P1 "
                            "ms=3300 spread=0; P2 ms=1600 "
                            "spread=0");
  g_autoptr (LscReport) report = lsc_report_new (profile);
  const LscSweep *sweep;

  /* Threads with one number are none. */
  g_assert_cmpuint (lsc_report_get_n_sweeps (report), ==, 1);
  sweep = lsc_report_get_sweep (report, 0);
  g_assert_cmpstr (sweep->workload_name, ==, "Work");
  g_assert_cmpint (sweep->executor, ==, LSC_EXECUTOR_PROCESSES);
  g_assert_cmpuint (sweep->reference, ==, 2);
  g_assert_cmpuint (sweep->n, ==, 3);

  g_assert_cmpuint (sweep->points[0].cell, ==, 3);
  g_assert_cmpuint (sweep->points[0].n_workers, ==, 1);
  lsc_demo_assert_near (sweep->points[0].speed_up, 3200.0 / 3300);
  g_assert_cmpuint (sweep->points[1].cell, ==, 4);
  lsc_demo_assert_near (sweep->points[1].speed_up, 2);
  g_assert_cmpuint (sweep->points[2].cell, ==, 0);
  g_assert_cmpuint (sweep->points[2].n_workers, ==, 4);
  lsc_demo_assert_near (sweep->points[2].speed_up, 4);
  lsc_demo_assert_near (sweep->points[2].low, 4);
  lsc_demo_assert_near (sweep->points[2].high, 4);
  /* The most are faster than all others. */
  g_assert_cmpint (sweep->enough, ==, 2);
}

static void
test_against_fewest (void)
{
  g_autoptr (LscProfile) profile =
      lsc_demo_profile_new ("T4 ms=1000 spread=0; T2 ms=2000 spread=0; T3 ms=1000 spread=0");
  g_autoptr (LscReport) report = lsc_report_new (profile);
  const LscSweep *sweep = lsc_report_get_sweep (report, 0);

  g_assert_cmpuint (sweep->reference, ==, 1);
  lsc_demo_assert_near (sweep->points[0].speed_up, 1);
  lsc_demo_assert_near (sweep->points[1].speed_up, 2);
  g_assert_cmpint (sweep->enough, ==, 1);
}

/* What slowed a round down slowed all of its cells: the speed-up does not move with it. */
static void
test_by_rounds (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S n=0; P2 n=0; P4 n=0");
  g_autoptr (LscReport) report = NULL;
  const LscSweep *sweep;

  for (guint round = 0; round < 12; round++)
    {
      double slow = 1 + 0.1 * (round % 4);

      lsc_demo_profile_add_time (profile, 0, round, 3200 * slow);
      lsc_demo_profile_add_time (profile, 1, round, 1600 * slow);
      lsc_demo_profile_add_time (profile, 2, round, 800 * slow);
    }
  report = lsc_report_new (profile);
  sweep = lsc_report_get_sweep (report, 0);
  lsc_demo_assert_near (sweep->points[1].speed_up, 4);
  lsc_demo_assert_near (sweep->points[1].low, 4);
  lsc_demo_assert_near (sweep->points[1].high, 4);
}

/* The same seed, the same bands. */
static void
test_seed (void)
{
  g_autoptr (LscProfile) profile =
      lsc_demo_profile_new ("S spread=8; P2 ms=60 spread=20; P4 ms=40");
  g_autoptr (LscReport) one = lsc_report_new (profile);
  g_autoptr (LscReport) two = lsc_report_new (profile);
  const LscSweepPoint *first = lsc_report_get_sweep (one, 0)->points;
  const LscSweepPoint *second = lsc_report_get_sweep (two, 0)->points;

  g_assert_cmpfloat (first->low, <, first->speed_up);
  g_assert_cmpfloat (first->high, >, first->speed_up);
  g_assert_true (first->low == second->low && first->high == second->high);
}

static void
test_without_figures (void)
{
  g_autoptr (LscProfile) profile =
      lsc_demo_profile_new ("S; P2 ms=50; P4 n=0 failed=2 problem=No.; P8 ms=50");
  g_autoptr (LscReport) report = lsc_report_new (profile);
  g_autoptr (LscProfile) none = lsc_demo_profile_new ("S n=0; P2 n=0; P4 n=0");
  g_autoptr (LscReport) empty = lsc_report_new (none);
  const LscSweep *sweep = lsc_report_get_sweep (report, 0);

  /* It keeps its place, and nothing is said of it. */
  g_assert_cmpuint (sweep->n, ==, 3);
  lsc_demo_assert_near (sweep->points[1].speed_up, NAN);
  lsc_demo_assert_near (sweep->points[2].speed_up, 2);
  g_assert_cmpint (sweep->enough, ==, 0);

  sweep = lsc_report_get_sweep (empty, 0);
  lsc_demo_assert_near (sweep->points[0].speed_up, NAN);
  lsc_demo_assert_near (sweep->points[0].low, NAN);
  g_assert_cmpint (sweep->enough, ==, -1);
}

/* Calls by themselves, and one with its start. */
static void
test_not_alike (void)
{
  g_autoptr (LscProfile) profile =
      lsc_demo_profile_new ("S calls=100; P2 ms=50 calls=100; P4 ms=50; P8 ms=50 calls=200");
  g_autoptr (LscReport) report = lsc_report_new (profile);
  const LscSweep *sweep = lsc_report_get_sweep (report, 0);

  lsc_demo_assert_near (sweep->points[0].speed_up, 2);
  lsc_demo_assert_near (sweep->points[1].speed_up, NAN);
  lsc_demo_assert_near (sweep->points[2].speed_up, 2);
  g_assert_cmpint (sweep->enough, ==, 0);
}

static void
test_not_mixed (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new (
      "P1; P2; P1 settings=n=2; P2 settings=n=2; P1 id=other name=Other; P2 onecore=1");
  g_autoptr (LscReport) report = lsc_report_new (profile);

  g_assert_cmpuint (lsc_report_get_n_sweeps (report), ==, 2);
  g_assert_cmpuint (lsc_report_get_sweep (report, 0)->reference, ==, 0);
  g_assert_cmpuint (lsc_report_get_sweep (report, 1)->reference, ==, 2);
}

/* Another's file may call its rounds what it likes. */
static void
test_odd_rounds (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("P1 n=0; P2 n=0");
  g_autoptr (LscReport) report = NULL;

  for (guint i = 0; i < 8; i++)
    {
      lsc_demo_profile_add_time (profile, 0, G_MAXUINT - 100 * i, 100);
      lsc_demo_profile_add_time (profile, 1, G_MAXUINT - 100 * i, 50);
    }
  report = lsc_report_new (profile);
  lsc_demo_assert_near (lsc_report_get_sweep (report, 0)->points[1].speed_up, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/sweeps/against-sequence", test_against_sequence);
  g_test_add_func ("/report/sweeps/against-fewest", test_against_fewest);
  g_test_add_func ("/report/sweeps/by-rounds", test_by_rounds);
  g_test_add_func ("/report/sweeps/seed", test_seed);
  g_test_add_func ("/report/sweeps/without-figures", test_without_figures);
  g_test_add_func ("/report/sweeps/not-alike", test_not_alike);
  g_test_add_func ("/report/sweeps/not-mixed", test_not_mixed);
  g_test_add_func ("/report/sweeps/odd-rounds", test_odd_rounds);
  return g_test_run ();
}

/* test-figures.c: what a cell's samples come to.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Medians, quartiles, deviation and the ratio's interval are R's: quantile (type = 7), sd (),
 * wilcox.test (log (a), log (b), conf.int = TRUE, exact = TRUE); the median's interval is from
 * pbinom ().
 */

#include "config.h"

#include "lsc-report-demo.h"

#include <math.h>

#define MS 1e6

static const double first_ms[] = {
  102.1, 99.8, 100.4, 101.7, 98.9, 100.9, 99.5, 103.2, 100.0, 101.1
};
static const double second_ms[] = { 78.3, 77.1, 76.9, 79.4, 78.0, 77.7, 80.1, 76.5, 78.8, 77.4 };

static void
test_median (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S n=0");
  g_autoptr (LscReport) report = NULL;
  const LscCellFigures *figures;
  const double         *walls;
  guint                 n;

  for (guint i = 0; i < G_N_ELEMENTS (second_ms); i++)
    lsc_demo_profile_add_time (profile, 0, i, second_ms[i]);
  report = lsc_report_new (profile);

  g_assert_cmpuint (lsc_report_get_n_cells (report), ==, 1);
  figures = lsc_report_get_figures (report, 0);
  g_assert_cmpuint (figures->n, ==, 10);
  lsc_demo_assert_near (figures->wall.min, 76.5 * MS);
  lsc_demo_assert_near (figures->wall.lower_quartile, 77.175 * MS);
  lsc_demo_assert_near (figures->wall.median, 77.85 * MS);
  lsc_demo_assert_near (figures->wall.upper_quartile, 78.675 * MS);
  lsc_demo_assert_near (figures->wall.max, 80.1 * MS);
  lsc_demo_assert_near (figures->wall.mean, 78.02 * MS);
  g_assert_cmpfloat_with_epsilon (figures->wall.deviation, 1.14581363619 * MS, 1);
  lsc_demo_assert_near (figures->low, 76.9 * MS);
  lsc_demo_assert_near (figures->high, 79.4 * MS);

  /* In order of time. */
  walls = lsc_report_get_walls (report, 0, &n);
  g_assert_cmpuint (n, ==, 10);
  for (guint i = 0; i < n; i++)
    lsc_demo_assert_near (walls[i], second_ms[i] * MS);
}

/* One comparison by itself has the plain interval. */
static void
test_verdict (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S n=0; T2 n=0");
  g_autoptr (LscReport) report = NULL;
  const LscVerdict *verdict;

  for (guint i = 0; i < G_N_ELEMENTS (first_ms); i++)
    {
      lsc_demo_profile_add_time (profile, 0, i, first_ms[i]);
      lsc_demo_profile_add_time (profile, 1, i, second_ms[i]);
    }
  report = lsc_report_new (profile);

  verdict = &lsc_report_get_figures (report, 1)->verdict;
  g_assert_cmpint (verdict->kind, ==, LSC_VERDICT_FASTER);
  g_assert_cmpfloat_with_epsilon (verdict->ratio, 1.29206947565, 1e-9);
  g_assert_cmpfloat_with_epsilon (verdict->low, 1.27411167513, 1e-9);
  g_assert_cmpfloat_with_epsilon (verdict->high, 1.30897435897, 1e-9);
  lsc_demo_assert_text (lsc_report_dup_verdict (report, 1), "1.29× faster (1.27–1.31)");
  g_assert_cmpint (lsc_report_get_figures (report, 0)->verdict.kind, ==, LSC_VERDICT_NONE);
  g_assert_cmpint (lsc_report_get_figures (report, 0)->reference, ==, 0);
  g_assert_cmpint (lsc_report_get_figures (report, 1)->reference, ==, 0);
}

/* More comparisons, more chances to be wrong: intervals get wider. */
static void
test_corrected_together (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S n=0; T2 n=0; P2; P3; P4; P5; P6");
  g_autoptr (LscReport) report = NULL;
  const LscVerdict *verdict;

  for (guint i = 0; i < G_N_ELEMENTS (first_ms); i++)
    {
      lsc_demo_profile_add_time (profile, 0, i, first_ms[i]);
      lsc_demo_profile_add_time (profile, 1, i, second_ms[i]);
    }
  report = lsc_report_new (profile);

  verdict = &lsc_report_get_figures (report, 1)->verdict;
  g_assert_cmpfloat (verdict->confidence, >, 0.95);
  g_assert_cmpfloat_with_epsilon (verdict->ratio, 1.29206947565, 1e-9);
  g_assert_cmpfloat (verdict->low, <, 1.274);
  g_assert_cmpfloat (verdict->high, >, 1.309);
}

/* Those that failed are counted, and nothing else. */
static void
test_failures (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S ms=100 n=8 failed=2 timedout=1");
  g_autoptr (LscReport) report = lsc_report_new (profile);
  const LscCellFigures *figures = lsc_report_get_figures (report, 0);
  guint                 n;

  g_assert_cmpuint (figures->n, ==, 8);
  g_assert_cmpuint (figures->n_failed, ==, 2);
  g_assert_cmpuint (figures->n_timed_out, ==, 1);
  lsc_report_get_walls (report, 0, &n);
  g_assert_cmpuint (n, ==, 8);
  g_assert_true (figures->warnings & LSC_WARNING_FAILURES);
}

/* What a broken file may hold is no time. */
static void
test_no_times (void)
{
  static const double bad[] = { NAN, INFINITY, 0, -5, 1e30 };
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S n=6");
  g_autoptr (LscReport) report = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    lsc_demo_profile_add_time (profile, 0, 6 + i, bad[i]);
  report = lsc_report_new (profile);
  g_assert_cmpuint (lsc_report_get_figures (report, 0)->n, ==, 6);
  g_assert_cmpuint (lsc_report_get_figures (report, 0)->n_failed, ==, G_N_ELEMENTS (bad));
  g_assert_true (isfinite (lsc_report_get_figures (report, 0)->wall.mean));
}

static void
test_cores_and_memory (void)
{
  g_autoptr (LscProfile) profile =
      lsc_demo_profile_new ("T4 cores=3.8 mem=15000000; T2 calls=100 cores=1.9; S");
  g_autoptr (LscReport) report = lsc_report_new (profile);
  const LscCellFigures *figures = lsc_report_get_figures (report, 0);

  lsc_demo_assert_near (figures->cores, 3.8);
  lsc_demo_assert_near (figures->user, 0.75 * 3.8 * 100 * MS);
  lsc_demo_assert_near (figures->memory.median, 15e6);
  lsc_demo_assert_near (figures->memory.max, 15e6);

  /* Of a batch: CPU time and wall time are not of the same. */
  lsc_demo_assert_near (lsc_report_get_figures (report, 1)->cores, NAN);

  figures = lsc_report_get_figures (report, 2);
  lsc_demo_assert_near (figures->cores, NAN);
  lsc_demo_assert_near (figures->user, NAN);
  lsc_demo_assert_near (figures->start_up, NAN);
  lsc_demo_assert_near (figures->memory.median, NAN);
  lsc_demo_assert_near (figures->memory.deviation, NAN);
  lsc_demo_assert_near (figures->sum_memory, NAN);
  lsc_demo_assert_near (figures->n_voluntary, NAN);
  lsc_demo_assert_near (figures->n_major_faults, NAN);
}

static void
test_few (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S n=1; T2 n=5; P2 n=6; A n=0");
  g_autoptr (LscReport) report = lsc_report_new (profile);

  g_assert_true (isfinite (lsc_report_get_figures (report, 0)->wall.median));
  lsc_demo_assert_near (lsc_report_get_figures (report, 0)->wall.deviation, NAN);
  lsc_demo_assert_near (lsc_report_get_figures (report, 1)->low, NAN);
  g_assert_true (isfinite (lsc_report_get_figures (report, 2)->low));
  lsc_demo_assert_near (lsc_report_get_figures (report, 3)->wall.median, NAN);
  g_assert_cmpuint (lsc_report_get_figures (report, 3)->n, ==, 0);
}

/* The report is of the moment at which it was made. */
static void
test_immutable (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S n=6");
  g_autoptr (LscReport) report = lsc_report_new (profile);

  lsc_demo_profile_add_time (profile, 0, 6, 900);
  lsc_profile_set_end (profile, LSC_PROFILE_STOPPED);
  g_assert_cmpuint (lsc_report_get_figures (report, 0)->n, ==, 6);
  lsc_demo_assert_text (lsc_report_dup_detail (report), "Measured in 6 rounds.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/figures/median", test_median);
  g_test_add_func ("/report/figures/verdict", test_verdict);
  g_test_add_func ("/report/figures/corrected-together", test_corrected_together);
  g_test_add_func ("/report/figures/failures", test_failures);
  g_test_add_func ("/report/figures/no-times", test_no_times);
  g_test_add_func ("/report/figures/cores-and-memory", test_cores_and_memory);
  g_test_add_func ("/report/figures/few", test_few);
  g_test_add_func ("/report/figures/immutable", test_immutable);
  return g_test_run ();
}

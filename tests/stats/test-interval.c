/* test-interval.c: the interval of a median, and when it is narrow enough.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ranks marked R are of R 4.2: qbinom ((1 - confidence) / 2, n, 0.5).
 */

#include "config.h"

#include "lsc-samples.h"

#include <math.h>

/* 1 .. n in some order: the value tells its rank. */
static double *
ranks (guint n)
{
  double *values = g_new (double, n);

  for (guint i = 0; i < n; i++)
    values[i] = 1.0 + (i * 7 + 3) % n;
  return values;
}

static void
test_ranks (void)
{
  static const struct
  {
    guint n; /* no multiple of 7 */
    guint rank;
  } cases[] = { /* R */ { 6, 1 }, { 8, 1 },      { 9, 2 },   { 10, 2 },   { 11, 2 },
                { 12, 3 },        { 15, 4 },     { 16, 4 },  { 17, 5 },   { 20, 6 },
                { 25, 8 },        { 30, 10 },    { 50, 18 }, { 100, 40 }, { 1000, 469 },
                { 2000, 956 },    { 5001, 2431 } };
  double low = 0.0;
  double high = 0.0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint              n = cases[i].n;
      g_autofree double *values = ranks (n);

      g_assert_true (lsc_stats_median_interval (values, n, 0.95, &low, &high));
      g_assert_cmpfloat (low, ==, cases[i].rank);
      g_assert_cmpfloat (high, ==, n + 1 - cases[i].rank);
    }
}

/* Five have one of 2^-5 on each side: 93.75 %, and that to the last bit. */
static void
test_few (void)
{
  g_autofree double *values = ranks (6);
  double             low = 7.0;
  double             high = 7.0;

  for (guint n = 0; n < LSC_MIN_FOR_INTERVAL; n++)
    g_assert_false (lsc_stats_median_interval (values, n, 0.95, &low, &high));
  g_assert_cmpfloat (low, ==, 7.0);
  g_assert_true (lsc_stats_median_interval ((double[]){ 3, 1, 4, 5, 2 }, 5, 0.9375, &low, &high));
  g_assert_cmpfloat (low, ==, 1.0);
  g_assert_cmpfloat (high, ==, 5.0);
  g_assert_false (lsc_stats_median_interval (values, 5, 0.93751, &low, &high));
  g_assert_false (lsc_stats_median_interval (values, 1, 0.5, &low, &high));
}

static void
test_refused (void)
{
  static const double bad[] = { NAN, INFINITY, -INFINITY };
  double              low = 7.0;
  double              high = 7.0;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      double values[] = { 1, 2, 3, 4, bad[i], 5, 6, 7, 8, 9, 10, 11, 12, 13 };

      g_assert_false (lsc_stats_median_interval (values, 14, 0.95, &low, &high));
      g_assert_false (lsc_stats_is_precise (values, 14, 1000.0));
    }
  g_assert_cmpfloat (low, ==, 7.0);
}

static void
test_properties (void)
{
  static const double levels[] = { 0.5, 0.8, 0.9, 0.95, 0.99, 0.999 };

  for (guint n = 12; n < 80; n += 3)
    {
      g_autofree double *values = g_new (double, n);
      double             inner[2] = { INFINITY, -INFINITY };
      double             median = 0.0;

      for (guint i = 0; i < n; i++)
        values[i] = (i * 31) % 17 + 5.0; /* with ties */
      g_assert_true (lsc_stats_quantile (values, n, 0.5, &median));
      for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
        {
          double low = 0.0;
          double high = 0.0;

          g_assert_true (lsc_stats_median_interval (values, n, levels[i], &low, &high));
          g_assert_cmpfloat (low, <=, MIN (median, inner[0]));
          g_assert_cmpfloat (high, >=, MAX (median, inner[1]));
          inner[0] = low;
          inner[1] = high;
        }
    }
}

/* ---- precise enough ------------------------------------------------------------------------- */

static void
test_constant (void)
{
  static const double same[] = { 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5 };
  double              low = 0.0;
  double              high = 0.0;

  g_assert_true (lsc_stats_median_interval (same, 12, 0.95, &low, &high));
  g_assert_cmpfloat (low, ==, 5.0);
  g_assert_cmpfloat (high, ==, 5.0);
  g_assert_true (lsc_stats_is_precise (same, 12, 0.0));
  for (guint n = 0; n < LSC_MIN_FOR_PRECISION; n++)
    g_assert_false (lsc_stats_is_precise (same, n, 0.02));
}

/* By hand: eleven values have their interval from the second to the tenth of them, twelve from the
 * third to the tenth (R). */
static void
test_two_looks (void)
{
  static const double first[] = { 100, 98, 102, 98, 102, 100, 100, 98, 102, 90, 110, 100 };
  static const double second[] = { 100, 98, 103, 97, 102, 100, 100, 98, 102, 90, 110, 100 };

  /* From 98 to 102 with eleven, and with twelve. */
  g_assert_true (lsc_stats_is_precise (first, 12, 0.02));
  g_assert_false (lsc_stats_is_precise (first, 12, 0.0199));
  g_assert_false (lsc_stats_is_precise (first, 11, 0.02));
  /* From 97 to 103, then from 98 to 102: narrow now, but not before. */
  g_assert_false (lsc_stats_is_precise (second, 12, 0.02));
  g_assert_true (lsc_stats_is_precise (second, 12, 0.03));
}

static void
test_scaling (void)
{
  for (double scale = 1e-9; scale < 1e10; scale *= 1000.0)
    {
      double values[16];

      for (guint i = 0; i < G_N_ELEMENTS (values); i++)
        values[i] = scale * (100.0 + i % 4);
      g_assert_true (lsc_stats_is_precise (values, 16, 0.02));
      g_assert_false (lsc_stats_is_precise (values, 16, 0.01));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stats/interval/ranks", test_ranks);
  g_test_add_func ("/stats/interval/few", test_few);
  g_test_add_func ("/stats/interval/refused", test_refused);
  g_test_add_func ("/stats/interval/properties", test_properties);
  g_test_add_func ("/stats/interval/constant", test_constant);
  g_test_add_func ("/stats/interval/two-looks", test_two_looks);
  g_test_add_func ("/stats/interval/scaling", test_scaling);

  return g_test_run ();
}

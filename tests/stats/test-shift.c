/* test-shift.c: ratios with their intervals.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures marked R are of R 4.2: wilcox.test (log (x), log (y), exact = TRUE, conf.int = TRUE) for
 * ratios and intervals.
 */

#include "config.h"

#include "lsc-shift.h"
#include "lsc-test-times.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NEAR 1e-9

static void
assert_ratio (const double *reference,
              guint         n_reference,
              const double *values,
              guint         n,
              double        confidence,
              double        ratio,
              double        low,
              double        high)
{
  double got[3];

  g_assert_true (
      lsc_stats_ratio (reference, n_reference, values, n, confidence, &got[0], &got[1], &got[2]));
  g_assert_cmpfloat_with_epsilon (got[0], ratio, NEAR);
  g_assert_cmpfloat_with_epsilon (got[1], low, NEAR);
  g_assert_cmpfloat_with_epsilon (got[2], high, NEAR);
}

static void
test_ratio (void)
{
  /* R */
  assert_ratio (older, N_OLDER, newer, N_NEWER, 0.95, 1.1182889543021817, 1.0794844253490870,
                1.1630196936542672);
  assert_ratio (older, N_OLDER, newer, N_NEWER, 0.99, 1.1182889543021817, 1.0644468313641242,
                1.1863839285714290);
  /* The other way round it is the inverse. */
  assert_ratio (newer, N_NEWER, older, N_OLDER, 0.95, 1.0 / 1.1182889543021817,
                1.0 / 1.1630196936542672, 1.0 / 1.0794844253490870);
}

/* Hollander and Wolfe's example of water in placental membranes: a shift of 0.305, 96 % interval
 * from -0.15 to 0.76 (R's help of wilcox.test has the data, and gives the same). */
static void
test_published (void)
{
  static const double at_term[] = { 0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46 };
  static const double early[] = { 1.15, 0.88, 0.90, 0.74, 1.21 };
  double              first[G_N_ELEMENTS (at_term)];
  double              second[G_N_ELEMENTS (early)];

  for (guint i = 0; i < G_N_ELEMENTS (at_term); i++)
    first[i] = exp (at_term[i]);
  for (guint i = 0; i < G_N_ELEMENTS (early); i++)
    second[i] = exp (early[i]);
  assert_ratio (first, 10, second, 5, 0.96, exp (0.305), exp (-0.15), exp (0.76));
}

/* Rows whose n * m differences are, in hundredths, all whole numbers from 1 - m on: the lower end
 * of the interval tells its rank. */
static guint
find_rank (guint n, guint m, double confidence)
{
  g_autofree double *first = g_new (double, n);
  g_autofree double *second = g_new (double, m);
  double             ratio = 0.0;
  double             low = 0.0;
  double             high = 0.0;

  for (guint i = 0; i < n; i++)
    first[i] = exp (0.01 * i * m);
  for (guint i = 0; i < m; i++)
    second[i] = exp (0.01 * i);
  g_assert_true (lsc_stats_ratio (first, n, second, m, confidence, &ratio, &low, &high));
  return isnan (low) ? 0 : (guint)lrint (100.0 * log (low)) + m;
}

/* R: qwilcox ((1 - confidence) / 2, n, m) */
static void
test_ranks (void)
{
  static const struct
  {
    guint n;
    guint m;
    guint rank_95;
    guint rank_99;
  } cases[] = { { 4, 4, 1, 0 },       { 4, 5, 2, 0 },       { 5, 5, 3, 1 },
                { 6, 6, 6, 3 },       { 10, 10, 24, 17 },   { 12, 10, 30, 22 },
                { 20, 20, 128, 106 }, { 28, 28, 273, 236 }, { 6, 30, 44, 31 },
                { 29, 29, 295, 256 }, { 40, 40, 597, 534 }, { 50, 30, 553, 493 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint slack = cases[i].n + cases[i].m > 56 ? 1 : 0; /* the normal law: wider, if anything */
      guint rank_95 = find_rank (cases[i].n, cases[i].m, 0.95);
      guint rank_99 = find_rank (cases[i].m, cases[i].n, 0.99);

      g_assert_cmpuint (rank_95, <=, cases[i].rank_95);
      g_assert_cmpuint (rank_95 + slack, >=, cases[i].rank_95);
      g_assert_cmpuint (rank_99, <=, cases[i].rank_99);
      g_assert_cmpuint (rank_99 + 3 * slack, >=, cases[i].rank_99);
    }
}

/* Too many for the exact law: the ranks of the formula, worked out in R: floor (nm/2 - qnorm (.975)
 * sqrt (nm (n + m + 1) / 12)) = 758 of sort (outer (log (x), log (y), "-")). */
static void
test_many (void)
{
  const double *first = ramp (40, 100.37, 0.37);
  const double *second = ramp (50, 90.41, 0.41);

  assert_ratio (first, 40, second, 50, 0.95, 1.07097929737, 1.04509309542, 1.09813580605);
}

/* A million differences, with ties: against all of them, sorted. */
static int
compare_doubles (const void *a, const void *b)
{
  double first = *(const double *)a;
  double second = *(const double *)b;

  return (first > second) - (first < second);
}

static void
test_million (void)
{
  const guint n = 1000;
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autofree double *first = g_new (double, n);
  g_autofree double *second = g_new (double, n);
  g_autofree double *all = g_new (double, n *n);
  double             ratio = 0.0;
  double             low = 0.0;
  double             high = 0.0;
  guint              rank = 0;

  for (guint i = 0; i < n; i++)
    {
      first[i] = g_rand_int_range (random, 1000, 1500);
      second[i] = g_rand_int_range (random, 900, 5000);
    }
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      all[i * n + j] = log (first[i]) - log (second[j]);
  qsort (all, n * n, sizeof *all, compare_doubles);
  rank = (guint)floor (n * n / 2.0 - 1.959963984540054 * sqrt (n * n * (2.0 * n + 1) / 12.0));

  g_assert_true (lsc_stats_ratio (first, n, second, n, 0.95, &ratio, &low, &high));
  g_assert_cmpfloat (ratio, ==, exp ((all[n * n / 2 - 1] + all[n * n / 2]) / 2.0));
  g_assert_cmpfloat (low, ==, exp (all[rank - 1]));
  g_assert_cmpfloat (high, ==, exp (all[n * n - rank]));
}

static void
test_few (void)
{
  static const double three[] = { 7.1, 7.9, 8.3 };
  static const double two[] = { 6.2, 7.0 };
  double              ratio = 0.0;
  double              low = 0.0;
  double              high = 0.0;

  /* Of 20 ways to mix 3 and 3, one is 5 %, and two ends are 10 %. Of 70 for 4 and 4: 2.9 %. */
  g_assert_true (lsc_stats_ratio (older, 3, newer, 3, 0.95, &ratio, &low, &high));
  g_assert_cmpfloat (ratio, >, 1.0);
  g_assert_true (isnan (low) && isnan (high));
  g_assert_true (lsc_stats_ratio (older, 4, newer, 4, 0.95, &ratio, &low, &high));
  /* All of 16: from the smallest to the largest. */
  g_assert_cmpfloat_with_epsilon (low, 9.82 / 9.97, NEAR);
  g_assert_cmpfloat_with_epsilon (high, 11.14 / 8.96, NEAR);

  /* R: exp (median (outer (log (x), log (y), "-"))) */
  g_assert_true (lsc_stats_ratio (three, 3, two, 2, 0.95, &ratio, &low, &high));
  g_assert_cmpfloat_with_epsilon (ratio, 1.16526138758, NEAR);
  g_assert_true (lsc_stats_ratio (three, 1, two, 1, 0.95, &ratio, &low, &high));
  g_assert_cmpfloat_with_epsilon (ratio, 7.1 / 6.2, NEAR);
  g_assert_true (isnan (low) && isnan (high));
}

static void
test_constant (void)
{
  static const double same[] = { 5, 5, 5, 5, 5, 5, 5, 5 };
  static const double other[] = { 4, 4, 4, 4, 4, 4, 4 };

  assert_ratio (same, 8, same, 8, 0.95, 1.0, 1.0, 1.0);
  assert_ratio (same, 8, other, 7, 0.95, 1.25, 1.25, 1.25);
}

static void
test_refused (void)
{
  static const double bad[] = { NAN, INFINITY, -INFINITY, 0.0, -1.0, 1e-200, 1e200 };
  double              values[N_NEWER];
  double              got[3] = { 7.0, 7.0, 7.0 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      memcpy (values, newer, sizeof values);
      values[i] = bad[i];
      g_assert_false (
          lsc_stats_ratio (older, N_OLDER, values, N_NEWER, 0.95, &got[0], &got[1], &got[2]));
      g_assert_false (
          lsc_stats_ratio (values, N_NEWER, older, N_OLDER, 0.95, &got[0], &got[1], &got[2]));
    }
  g_assert_false (lsc_stats_ratio (older, 0, newer, N_NEWER, 0.95, &got[0], &got[1], &got[2]));
  g_assert_false (lsc_stats_ratio (older, N_OLDER, NULL, 0, 0.95, &got[0], &got[1], &got[2]));
  g_assert_cmpfloat (got[0], ==, 7.0);
}

/* An interval of a higher level holds that of a lower one, at sizes on both sides of where the
 * exact law ends (28 a side). */
static void
test_nested (void)
{
  static const double levels[] = { 0.90, 0.95, 0.975, 0.99, 0.999 };

  for (guint n = 20; n < 40; n++)
    {
      const double *first = ramp (n % 7 == 0 ? n + 1 : n, 100.0, 0.3);
      const double *second = ramp (n % 7 == 0 ? n + 1 : n, 97.0, 0.4);
      double        inner[2] = { 1.0, 1.0 };

      for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
        {
          double got[3];

          g_assert_true (
              lsc_stats_ratio (first, n, second, n, levels[i], &got[0], &got[1], &got[2]));
          g_assert_cmpfloat (got[1], <=, got[0]);
          g_assert_cmpfloat (got[2], >=, got[0]);
          if (i > 0)
            {
              g_assert_cmpfloat (got[1], <=, inner[0]);
              g_assert_cmpfloat (got[2], >=, inner[1]);
            }
          memcpy (inner, &got[1], sizeof inner);
        }
    }
}
int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stats/shift/ratio", test_ratio);
  g_test_add_func ("/stats/shift/published", test_published);
  g_test_add_func ("/stats/shift/ranks", test_ranks);
  g_test_add_func ("/stats/shift/many", test_many);
  g_test_add_func ("/stats/shift/million", test_million);
  g_test_add_func ("/stats/shift/few", test_few);
  g_test_add_func ("/stats/shift/constant", test_constant);
  g_test_add_func ("/stats/shift/refused", test_refused);
  g_test_add_func ("/stats/shift/nested", test_nested);

  return g_test_run ();
}

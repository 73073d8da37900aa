/* test-samples.c: quantiles, summary, outliers, modes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures marked R are of R 4.2: quantile (x, type = 7), mean, sd.
 */

#include "config.h"

#include "lsc-samples.h"
#include "lsc-sorted.h"

#include <math.h>
#include <string.h>

#define NEAR 1e-12

static const double times[] = { 10.21, 10.53, 9.82,  11.14, 10.05, 10.36,
                                14.97, 10.78, 10.19, 9.91,  10.42, 10.63 };
#define N G_N_ELEMENTS (times)

static void
test_summary (void)
{
  static const struct
  {
    double p;
    double value;
  } quantiles[] = { { 0, 9.82 },    { 0.1, 9.924 },    { 0.25, 10.155 },
                    { 0.5, 10.39 }, { 0.75, 10.6675 }, { 1, 14.97 } }; /* R */
  LscSummary summary;
  double     quantile = 0.0;

  for (guint i = 0; i < G_N_ELEMENTS (quantiles); i++)
    {
      g_assert_true (lsc_stats_quantile (times, N, quantiles[i].p, &quantile));
      g_assert_cmpfloat_with_epsilon (quantile, quantiles[i].value, NEAR);
    }
  g_assert_true (lsc_stats_summarize (times, N, &summary));
  g_assert_cmpfloat_with_epsilon (summary.mean, 10.750833333333333, NEAR); /* R */
  g_assert_cmpfloat_with_epsilon (summary.deviation, 1.3800820682, 1e-9);  /* R */
  g_assert_cmpfloat (summary.min, ==, 9.82);
  g_assert_cmpfloat_with_epsilon (summary.lower_quartile, 10.155, NEAR);
  g_assert_cmpfloat_with_epsilon (summary.median, 10.39, NEAR);
  g_assert_cmpfloat_with_epsilon (summary.upper_quartile, 10.6675, NEAR);
  g_assert_cmpfloat (summary.max, ==, 14.97);
}

/* Large ones that hardly differ: the deviation of 1, 2, 3 and 4 is sqrt (5 / 3), by hand. */
static void
test_large (void)
{
  static const double large[] = { 1e12 + 1, 1e12 + 4, 1e12 + 2, 1e12 + 3 };
  LscSummary          summary;

  g_assert_true (lsc_stats_summarize (large, 4, &summary));
  g_assert_cmpfloat_with_epsilon (summary.deviation, sqrt (5.0 / 3.0), 1e-9);
  g_assert_cmpfloat (summary.mean, ==, 1e12 + 2.5);
}

static void
test_one (void)
{
  const double value = 42.0;
  LscSummary   summary;
  LscOutlier   flag = LSC_OUTLIER_FAR;
  double       got = 0.0;

  g_assert_true (lsc_stats_summarize (&value, 1, &summary));
  g_assert_cmpfloat (summary.mean, ==, 42.0);
  g_assert_true (isnan (summary.deviation));
  g_assert_cmpfloat (summary.min, ==, 42.0);
  g_assert_cmpfloat (summary.lower_quartile, ==, 42.0);
  g_assert_cmpfloat (summary.upper_quartile, ==, 42.0);
  g_assert_cmpfloat (summary.max, ==, 42.0);
  g_assert_true (lsc_stats_quantile (&value, 1, 0.9, &got));
  g_assert_cmpfloat (got, ==, 42.0);
  g_assert_true (lsc_stats_flag_outliers (&value, 1, &flag));
  g_assert_cmpint (flag, ==, LSC_OUTLIER_NONE);
  g_assert_false (lsc_stats_modality (&value, 1, &got));
}

static void
test_refused (void)
{
  static const double bad[] = { NAN, INFINITY, -INFINITY, 1e200 };
  LscSummary          summary = { .mean = 7.0 };
  LscOutlier          flags[N] = { LSC_OUTLIER_MILD };
  double              got = 7.0;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      double values[N];

      memcpy (values, times, sizeof values);
      values[i * 2] = bad[i];
      g_assert_false (lsc_stats_summarize (values, N, &summary));
      g_assert_false (lsc_stats_quantile (values, N, 0.5, &got));
      g_assert_false (lsc_stats_flag_outliers (values, N, flags));
      g_assert_false (lsc_stats_modality (values, N, &got));
    }
  g_assert_false (lsc_stats_summarize (times, 0, &summary));
  g_assert_false (lsc_stats_quantile (NULL, 0, 0.5, &got));
  g_assert_false (lsc_stats_flag_outliers (NULL, 0, flags));
  g_assert_cmpfloat (summary.mean, ==, 7.0);
  g_assert_cmpint (flags[0], ==, LSC_OUTLIER_MILD);
  g_assert_cmpfloat (got, ==, 7.0);
}

/* By hand: quartiles of 11 and 13 have their fences at 8 and 16, and at 5 and 19. */
static void
test_outliers (void)
{
  static const struct
  {
    double     value;
    LscOutlier flag;
  } cases[] = { { 16, LSC_OUTLIER_NONE },   { 16.01, LSC_OUTLIER_MILD }, { 8, LSC_OUTLIER_NONE },
                { 7.99, LSC_OUTLIER_MILD }, { 19, LSC_OUTLIER_MILD },    { 19.01, LSC_OUTLIER_FAR },
                { 5, LSC_OUTLIER_MILD },    { 4.99, LSC_OUTLIER_FAR } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* One on the other side balances it: of 9, the quartiles are the third and the seventh. */
      double     values[] = { cases[i].value, 11, 11, 12, 12, 12, 13, 13, 24 - cases[i].value };
      LscOutlier flags[G_N_ELEMENTS (values)];

      g_assert_true (lsc_stats_flag_outliers (values, G_N_ELEMENTS (values), flags));
      g_assert_cmpint (flags[0], ==, cases[i].flag);
      for (guint j = 1; j < 8; j++)
        g_assert_cmpint (flags[j], ==, LSC_OUTLIER_NONE);
      g_assert_cmpint (flags[8], ==, cases[i].flag);
    }
}

static void
test_constant (void)
{
  static const double same[] = { 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5 };
  LscSummary          summary;
  LscOutlier          flags[12];
  double              m_value = 0.0;

  g_assert_true (lsc_stats_summarize (same, 12, &summary));
  g_assert_cmpfloat (summary.deviation, ==, 0.0);
  g_assert_cmpfloat (summary.mean, ==, 5.0);
  g_assert_true (lsc_stats_flag_outliers (same, 12, flags));
  for (guint i = 0; i < 12; i++)
    g_assert_cmpint (flags[i], ==, LSC_OUTLIER_NONE);
  g_assert_true (lsc_stats_modality (same, 12, &m_value));
  g_assert_cmpfloat (m_value, ==, 2.0);
}

/* To the last bit: the sum of the same numbers in another order is not. */
static void
test_order (void)
{
  double     shuffled[N];
  LscSummary first;
  LscSummary second;
  double     modes[2];

  for (guint i = 0; i < N; i++)
    shuffled[(i * 5 + 2) % N] = times[i];
  memset (&first, 0, sizeof first);
  memset (&second, 0, sizeof second);
  g_assert_true (lsc_stats_summarize (times, N, &first));
  g_assert_true (lsc_stats_summarize (shuffled, N, &second));
  g_assert_cmpmem (&first, sizeof first, &second, sizeof second);
  g_assert_true (lsc_stats_modality (times, N, &modes[0]));
  g_assert_true (lsc_stats_modality (shuffled, N, &modes[1]));
  g_assert_cmpfloat (modes[0], ==, modes[1]);
  g_assert_cmpfloat (times[6], ==, 14.97);
}

/* ---- modes: the values of a law at its (i + 1/2) / n, so that there is no chance in it ------- */

typedef double (*Law) (double p);

/* A logistic law: a hill with tails, whose quantiles are a formula. */
static double
hill (double p)
{
  return 100.0 + log (p / (1.0 - p));
}

static double
skewed (double p)
{
  return 100.0 - log (1.0 - p); /* exponential */
}

static double
two_hills (double p)
{
  return p < 0.5 ? hill (2.0 * p) : 12.0 + hill (2.0 * p - 1.0);
}

static double
three_hills (double p)
{
  return p < 1 / 3.0   ? hill (3.0 * p)
         : p < 2 / 3.0 ? 15.0 + hill (3.0 * p - 1.0)
                       : 30.0 + hill (3.0 * p - 2.0);
}

static double
far_off (double p)
{
  return p < 0.9 ? hill (p / 0.9) : 10000.0 + p;
}

static double
measure_modes (Law law, guint n, double scale)
{
  g_autofree double *values = g_new (double, n);
  double             m_value = 0.0;

  for (guint i = 0; i < n; i++)
    values[n - 1 - i] = scale * law ((i + 0.5) / n);
  g_assert_true (lsc_stats_modality (values, n, &m_value));
  return m_value;
}

static void
test_modes (void)
{
  for (guint n = 20; n <= 120; n += 20)
    {
      g_assert_cmpfloat (measure_modes (hill, n, 1.0), <, LSC_MANY_MODES);
      g_assert_cmpfloat (measure_modes (skewed, n, 1.0), <, LSC_MANY_MODES);
      g_assert_cmpfloat (measure_modes (far_off, n, 1.0), <, LSC_MANY_MODES);
      g_assert_cmpfloat (measure_modes (two_hills, n, 1.0), >, LSC_MANY_MODES);
      g_assert_cmpfloat_with_epsilon (measure_modes (two_hills, n, 1.0),
                                      measure_modes (two_hills, n, 1024.0), NEAR);
    }
  /* With much to go by it is 2 for each hill. */
  g_assert_cmpfloat_with_epsilon (measure_modes (hill, 10000, 1.0), 2.0, 0.05);
  g_assert_cmpfloat_with_epsilon (measure_modes (two_hills, 10000, 1.0), 4.0, 0.1);
  g_assert_cmpfloat_with_epsilon (measure_modes (three_hills, 10000, 1.0), 6.0, 0.15);
}

static void
test_few_for_modes (void)
{
  double m_value = 7.0;

  g_assert_false (lsc_stats_modality (times, 9, &m_value));
  g_assert_cmpfloat (m_value, ==, 7.0);
  g_assert_true (lsc_stats_modality (times, 10, &m_value));
}

/* Found without putting all of it in order: the same as in order; with many that are equal, as
 * medians of the same few times are. */
static void
test_unsorted (void)
{
  static const double ps[] = { 0.0, 0.025, 0.5, 0.975, 1.0 };
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (guint i = 0; i < 500; i++)
    {
      guint   n = 1 + (guint)g_rand_int_range (random, 0, 60);
      gint32  n_different = g_rand_int_range (random, 1, 50);
      double  values[60];
      double *sorted;

      for (guint j = 0; j < n; j++)
        values[j] = 1.0 + g_rand_int_range (random, 0, n_different) / 7.0;
      sorted = lsc_sorted_new (values, n);
      for (guint j = 0; j < G_N_ELEMENTS (ps); j++)
        g_assert_cmpfloat (lsc_unsorted_interpolate (values, n, ps[j]), ==,
                           lsc_sorted_interpolate (sorted, n, ps[j]));
      g_free (sorted);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stats/samples/summary", test_summary);
  g_test_add_func ("/stats/samples/large", test_large);
  g_test_add_func ("/stats/samples/unsorted", test_unsorted);
  g_test_add_func ("/stats/samples/one", test_one);
  g_test_add_func ("/stats/samples/refused", test_refused);
  g_test_add_func ("/stats/samples/outliers", test_outliers);
  g_test_add_func ("/stats/samples/constant", test_constant);
  g_test_add_func ("/stats/samples/order", test_order);
  g_test_add_func ("/stats/samples/modes", test_modes);
  g_test_add_func ("/stats/samples/few-for-modes", test_few_for_modes);

  return g_test_run ();
}

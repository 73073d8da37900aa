/* test-shift.c: ratios with their intervals, and verdicts.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures marked R are of R 4.2: wilcox.test (log (x), log (y), exact = TRUE, conf.int = TRUE) for
 * ratios and intervals, twice its one-sided p values at mu = log (1.02) for what decides a verdict.
 */

#include "config.h"

#include "lsc-shift.h"

#include <math.h>
#include <string.h>

#define NEAR 1e-9

static const double older[] = { 10.21, 10.53, 9.82,  11.14, 10.05, 10.36,
                                14.97, 10.78, 10.19, 9.91,  10.42, 10.63 };
static const double newer[] = { 9.14, 9.45, 8.96, 9.97, 9.08, 9.29, 9.31, 9.62, 8.83, 9.54 };
#define N_OLDER G_N_ELEMENTS (older)
#define N_NEWER G_N_ELEMENTS (newer)

static const double *
scale (const double *values, guint n, double factor)
{
  double *scaled = g_new (double, n);

  for (guint i = 0; i < n; i++)
    scaled[i] = values[i] * factor;
  g_test_queue_free (scaled);
  return scaled;
}

/* 100, 100 + step and so on, in some other order than theirs. */
static const double *
ramp (guint n, double first, double step)
{
  double *values = g_new (double, n);

  for (guint i = 0; i < n; i++)
    values[(i * 7 + 3) % n] = first + i * step; /* n is no multiple of 7 */
  g_test_queue_free (values);
  return values;
}

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
  LscComparisonInput  inputs[] = { { same, 8, same, 8 }, { same, 8, other, 7 } };
  LscVerdict          verdicts[2];

  assert_ratio (same, 8, same, 8, 0.95, 1.0, 1.0, 1.0);
  assert_ratio (same, 8, other, 7, 0.95, 1.25, 1.25, 1.25);
  lsc_stats_compare (inputs, 2, LSC_DEFAULT_BAND, 0.95, verdicts);
  g_assert_cmpint (verdicts[0].kind, ==, LSC_VERDICT_SAME);
  g_assert_cmpint (verdicts[1].kind, ==, LSC_VERDICT_FASTER);
  /* Also where the band is nothing. */
  lsc_stats_compare (inputs, 2, 0.0, 0.95, verdicts);
  g_assert_cmpint (verdicts[0].kind, ==, LSC_VERDICT_SAME);
  g_assert_cmpint (verdicts[1].kind, ==, LSC_VERDICT_FASTER);
}

static void
test_refused (void)
{
  static const double bad[] = { NAN, INFINITY, -INFINITY, 0.0, -1.0, 1e-200, 1e200 };
  double              values[N_NEWER];
  double              got[3] = { 7.0, 7.0, 7.0 };
  LscVerdict          verdict;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      LscComparisonInput input = { older, N_OLDER, values, N_NEWER };

      memcpy (values, newer, sizeof values);
      values[i] = bad[i];
      g_assert_false (
          lsc_stats_ratio (older, N_OLDER, values, N_NEWER, 0.95, &got[0], &got[1], &got[2]));
      g_assert_false (
          lsc_stats_ratio (values, N_NEWER, older, N_OLDER, 0.95, &got[0], &got[1], &got[2]));
      lsc_stats_compare (&input, 1, LSC_DEFAULT_BAND, 0.95, &verdict);
      g_assert_cmpint (verdict.kind, ==, LSC_VERDICT_NONE);
      g_assert_true (isnan (verdict.ratio) && isnan (verdict.low) && isnan (verdict.confidence));
    }
  g_assert_false (lsc_stats_ratio (older, 0, newer, N_NEWER, 0.95, &got[0], &got[1], &got[2]));
  g_assert_false (lsc_stats_ratio (older, N_OLDER, NULL, 0, 0.95, &got[0], &got[1], &got[2]));
  g_assert_cmpfloat (got[0], ==, 7.0);
}

/* ---- verdicts ------------------------------------------------------------------------------- */

typedef struct
{
  double         factor; /* of the newer times, against the older ones */
  LscVerdictKind kind;
  double         alpha; /* of the interval */
} Expected;

static void
assert_verdicts (const Expected *expected, guint n)
{
  g_autofree LscComparisonInput *inputs = g_new (LscComparisonInput, n);
  g_autofree LscVerdict         *verdicts = g_new (LscVerdict, n);

  for (guint i = 0; i < n; i++)
    inputs[i] =
        (LscComparisonInput){ older, N_OLDER, scale (newer, N_NEWER, expected[i].factor), N_NEWER };
  lsc_stats_compare (inputs, n, 0.02, 0.95, verdicts);
  for (guint i = 0; i < n; i++)
    {
      double got[3];

      g_assert_cmpint (verdicts[i].kind, ==, expected[i].kind);
      g_assert_cmpuint (verdicts[i].n, ==, N_NEWER);
      g_assert_cmpfloat_with_epsilon (1.0 - verdicts[i].confidence, expected[i].alpha, NEAR);
      /* The interval is the one of that level, and says what the verdict says. */
      g_assert_true (lsc_stats_ratio (older, N_OLDER, inputs[i].values, N_NEWER,
                                      verdicts[i].confidence, &got[0], &got[1], &got[2]));
      g_assert_cmpfloat (verdicts[i].ratio, ==, got[0]);
      g_assert_cmpfloat_with_epsilon (verdicts[i].low, got[1], NEAR);
      g_assert_cmpfloat_with_epsilon (verdicts[i].high, got[2], NEAR);
      g_assert_true ((verdicts[i].low > 1.02) == (verdicts[i].kind == LSC_VERDICT_FASTER));
      g_assert_true ((verdicts[i].high < 1 / 1.02) == (verdicts[i].kind == LSC_VERDICT_SLOWER));
    }
}

/* p by R at these factors: 0.95: 3.1e-6; 1.0545 and 1.1955: 0.02996; 1.0575: 0.04257, 1.059:
 * 0.05032; 1.12: more than 1. */
static void
test_one (void)
{
  assert_verdicts ((Expected[]){ { 0.95, LSC_VERDICT_FASTER, 0.05 } }, 1);
  assert_verdicts ((Expected[]){ { 1.0575, LSC_VERDICT_FASTER, 0.05 } }, 1);
  assert_verdicts ((Expected[]){ { 1.059, LSC_VERDICT_UNKNOWN, 0.05 } }, 1);
  assert_verdicts ((Expected[]){ { 1.12, LSC_VERDICT_UNKNOWN, 0.05 } }, 1);
  assert_verdicts ((Expected[]){ { 1.1955, LSC_VERDICT_SLOWER, 0.05 } }, 1);
}

/* Levels by hand: 2 * 0.05 / (2 k - d): 0.025 and 0.0333 for two, 0.0167, 0.02 and 0.025 for three.
 */
static void
test_step_down (void)
{
  /* Each by itself would be decided; neither is clear enough to go first. */
  assert_verdicts ((Expected[]){ { 1.0545, LSC_VERDICT_UNKNOWN, 0.025 },
                                 { 1.1955, LSC_VERDICT_UNKNOWN, 0.025 } },
                   2);
  /* After a clear one, which comes last here. */
  assert_verdicts (
      (Expected[]){ { 1.0545, LSC_VERDICT_FASTER, 0.1 / 3 }, { 0.95, LSC_VERDICT_FASTER, 0.025 } },
      2);
  assert_verdicts (
      (Expected[]){ { 1.0575, LSC_VERDICT_UNKNOWN, 0.1 / 3 }, { 0.95, LSC_VERDICT_FASTER, 0.025 } },
      2);
  /* After two that are equally clear: no value of one side reaches any of the other's. */
  assert_verdicts ((Expected[]){ { 0.95, LSC_VERDICT_FASTER, 0.1 / 6 },
                                 { 1.0545, LSC_VERDICT_UNKNOWN, 0.025 },
                                 { 0.90, LSC_VERDICT_FASTER, 0.1 / 6 } },
                   3);
}

/* What is the same frees nothing for the others, and what can't be compared takes nothing. */
static void
test_step_down_other (void)
{
  const double      *flat = ramp (12, 100.0, 0.01);
  const double      *border = scale (newer, N_NEWER, 1.0545);
  LscComparisonInput inputs[] = { { older, N_OLDER, border, N_NEWER },
                                  { flat, 12, flat, 12 },
                                  { older, N_OLDER, newer, 0 },
                                  { older, 3, newer, 3 } };
  LscVerdict         verdicts[4];

  lsc_stats_compare (inputs, 4, 0.02, 0.95, verdicts);
  g_assert_cmpint (verdicts[0].kind, ==, LSC_VERDICT_UNKNOWN);
  g_assert_cmpfloat_with_epsilon (verdicts[0].confidence, 0.975, NEAR);
  g_assert_cmpint (verdicts[1].kind, ==, LSC_VERDICT_SAME);
  g_assert_cmpfloat_with_epsilon (verdicts[1].ratio, 1.0, NEAR);
  g_assert_cmpint (verdicts[2].kind, ==, LSC_VERDICT_NONE);
  g_assert_cmpint (verdicts[3].kind, ==, LSC_VERDICT_NONE);
  g_assert_cmpuint (verdicts[3].n, ==, 3);
  lsc_stats_compare (NULL, 0, 0.02, 0.95, NULL);
}

/* Same: R's two one-sided p at both edges. 60 values within 1 %, 3 % off: not the same. */
static void
test_same (void)
{
  const double      *first = ramp (60, 100.0, 0.01);
  const double      *near = ramp (60, 101.0, 0.01);
  const double      *edge = ramp (60, 102.0, 0.01);
  LscComparisonInput inputs[] = { { first, 60, near, 60 } };
  LscVerdict         verdict;

  lsc_stats_compare (inputs, 1, 0.02, 0.95, &verdict);
  g_assert_cmpint (verdict.kind, ==, LSC_VERDICT_SAME);
  g_assert_cmpfloat (verdict.high, <, 1.0);
  /* 1 % slower is slower for who asks for half a per cent. */
  lsc_stats_compare (inputs, 1, 0.005, 0.95, &verdict);
  g_assert_cmpint (verdict.kind, ==, LSC_VERDICT_SLOWER);
  /* On the edge nothing is known. */
  inputs[0].values = edge;
  lsc_stats_compare (inputs, 1, 0.02, 0.95, &verdict);
  g_assert_cmpint (verdict.kind, ==, LSC_VERDICT_UNKNOWN);
}

/* ---- properties ------------------------------------------------------------------------------ */

static void
test_order (void)
{
  double             first[N_OLDER];
  double             second[N_NEWER];
  LscComparisonInput inputs[] = { { older, N_OLDER, newer, N_NEWER },
                                  { newer, N_NEWER, older, N_OLDER },
                                  { first, N_OLDER, second, N_NEWER },
                                  { second, N_NEWER, first, N_OLDER } };
  LscVerdict         sorted[2];
  LscVerdict         shuffled[2];

  for (guint i = 0; i < N_OLDER; i++)
    first[(i * 5 + 2) % N_OLDER] = older[i];
  for (guint i = 0; i < N_NEWER; i++)
    second[(i * 3 + 1) % N_NEWER] = newer[i];
  lsc_stats_compare (inputs, 2, 0.02, 0.95, sorted);
  lsc_stats_compare (inputs + 2, 2, 0.02, 0.95, shuffled);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (sorted[i].kind, ==, shuffled[i].kind);
      g_assert_true (sorted[i].ratio == shuffled[i].ratio && sorted[i].low == shuffled[i].low &&
                     sorted[i].high == shuffled[i].high &&
                     sorted[i].confidence == shuffled[i].confidence);
    }
}

static void
test_scaling (void)
{
  static const double factors[] = { 0.95, 1.0545, 1.059, 1.12, 1.1955 };

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      const double      *values = scale (newer, N_NEWER, factors[i]);
      LscComparisonInput inputs[] = { { older, N_OLDER, values, N_NEWER },
                                      { scale (older, N_OLDER, 1000.0), N_OLDER,
                                        scale (values, N_NEWER, 1000.0), N_NEWER } };
      LscVerdict         verdicts[2];

      lsc_stats_compare (&inputs[0], 1, 0.02, 0.95, &verdicts[0]);
      lsc_stats_compare (&inputs[1], 1, 0.02, 0.95, &verdicts[1]);
      g_assert_cmpint (verdicts[0].kind, ==, verdicts[1].kind);
      g_assert_cmpfloat_with_epsilon (verdicts[0].low, verdicts[1].low, NEAR);
      g_assert_cmpfloat_with_epsilon (verdicts[0].high, verdicts[1].high, NEAR);
    }
}

/* The order of the comparisons does not matter either. */
static void
test_order_of_comparisons (void)
{
  static const double factors[] = { 0.95, 0.93, 1.0545, 1.2, 1.059, 0.98 };
  const guint         n = G_N_ELEMENTS (factors);
  LscComparisonInput  inputs[2][G_N_ELEMENTS (factors)];
  LscVerdict          verdicts[2][G_N_ELEMENTS (factors)];

  for (guint i = 0; i < n; i++)
    {
      inputs[0][i] =
          (LscComparisonInput){ older, N_OLDER, scale (newer, N_NEWER, factors[i]), N_NEWER };
      inputs[1][n - 1 - i] = inputs[0][i];
    }
  lsc_stats_compare (inputs[0], n, 0.02, 0.95, verdicts[0]);
  lsc_stats_compare (inputs[1], n, 0.02, 0.95, verdicts[1]);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (verdicts[0][i].kind, ==, verdicts[1][n - 1 - i].kind);
      g_assert_cmpfloat (verdicts[0][i].low, ==, verdicts[1][n - 1 - i].low);
      g_assert_cmpfloat (verdicts[0][i].confidence, ==, verdicts[1][n - 1 - i].confidence);
    }
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
  g_test_add_func ("/stats/shift/many", test_many);
  g_test_add_func ("/stats/shift/million", test_million);
  g_test_add_func ("/stats/shift/few", test_few);
  g_test_add_func ("/stats/shift/constant", test_constant);
  g_test_add_func ("/stats/shift/refused", test_refused);
  g_test_add_func ("/stats/shift/one", test_one);
  g_test_add_func ("/stats/shift/step-down", test_step_down);
  g_test_add_func ("/stats/shift/step-down-other", test_step_down_other);
  g_test_add_func ("/stats/shift/same", test_same);
  g_test_add_func ("/stats/shift/order", test_order);
  g_test_add_func ("/stats/shift/scaling", test_scaling);
  g_test_add_func ("/stats/shift/order-of-comparisons", test_order_of_comparisons);
  g_test_add_func ("/stats/shift/nested", test_nested);

  return g_test_run ();
}

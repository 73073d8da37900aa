/* test-verdicts.c: what is called faster, slower, the same, or not yet known.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures marked R are of R 4.2: twice the one-sided p value of wilcox.test (log (x), log (y), mu =
 * log (1.02), exact = TRUE) is what decides a verdict; mu = 0 for equals.
 */

#include "config.h"

#include "lsc-shift.h"
#include "lsc-test-times.h"

#include <math.h>
#include <string.h>

#define NEAR 1e-9

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

/* Noisy times. R: 0.72 of them differ by more than 2 % with p = 0.030, but from what is equal only
 * with 0.021, which is more than a fifth of 0.05; with 0.68 of them it is 0.014 and 0.0090. */
static void
test_equals (void)
{
  static const double noisy[] = { 59.51,  70.82,  78.43,  84.84, 90.95,  96.96,
                                  103.27, 110.08, 117.99, 127.7, 141.31, 168.22 };
  static const double other[] = { 61.1, 73.3, 81.7, 89.1, 96.3, 103.8, 112.3, 122.4, 136.5, 163.8 };
  LscComparisonInput  inputs[] = { { noisy, 12, scale (other, 10, 0.72), 10 },
                                   { scale (other, 10, 0.72), 10, noisy, 12 },
                                   { noisy, 12, scale (other, 10, 0.68), 10 } };
  LscVerdict          verdict;

  for (guint i = 0; i < 2; i++)
    {
      lsc_stats_compare (&inputs[i], 1, 0.02, 0.95, &verdict);
      g_assert_cmpint (verdict.kind, ==, LSC_VERDICT_UNKNOWN);
      g_assert_cmpfloat_with_epsilon (verdict.confidence, 0.99, NEAR);
      /* R, conf.level = 0.99 */
      g_assert_cmpfloat_with_epsilon (i == 0 ? verdict.low : 1.0 / verdict.high, 0.947602226504,
                                      NEAR);
      g_assert_cmpfloat_with_epsilon (i == 0 ? verdict.high : 1.0 / verdict.low, 2.038046613592,
                                      NEAR);
    }
  lsc_stats_compare (&inputs[2], 1, 0.02, 0.95, &verdict);
  g_assert_cmpint (verdict.kind, ==, LSC_VERDICT_FASTER);
  g_assert_cmpfloat_with_epsilon (verdict.confidence, 0.95, NEAR);
}

/* Of 70 ways to mix 4 and 4 two are the ends: 2.9 %, no fifth of 5. Of 252 for 5 and 5: 0.8 %. */
static void
test_fewest (void)
{
  LscComparisonInput input = { older, 4, scale (newer, N_NEWER, 0.5), 4 };
  LscVerdict         verdict;

  lsc_stats_compare (&input, 1, 0.02, 0.95, &verdict);
  g_assert_cmpint (verdict.kind, ==, LSC_VERDICT_NONE);
  g_assert_cmpuint (verdict.n, ==, 4);
  input.n = input.n_reference = 5;
  lsc_stats_compare (&input, 1, 0.02, 0.95, &verdict);
  g_assert_cmpint (verdict.kind, ==, LSC_VERDICT_FASTER);
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

/* 60 times within 0.6 % of each other, by hand. */
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

static void
test_constant (void)
{
  static const double same[] = { 5, 5, 5, 5, 5, 5, 5, 5 };
  static const double other[] = { 4, 4, 4, 4, 4, 4, 4 };
  LscComparisonInput  inputs[] = { { same, 8, same, 8 }, { same, 8, other, 7 } };
  LscVerdict          verdicts[2];

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
  LscComparisonInput  inputs[] = { { older, N_OLDER, values, N_NEWER },
                                   { values, N_NEWER, older, N_OLDER } };
  LscVerdict          verdicts[2];

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      memcpy (values, newer, sizeof values);
      values[i] = bad[i];
      lsc_stats_compare (inputs, 2, LSC_DEFAULT_BAND, 0.95, verdicts);
      for (guint j = 0; j < 2; j++)
        {
          g_assert_cmpint (verdicts[j].kind, ==, LSC_VERDICT_NONE);
          g_assert_true (isnan (verdicts[j].ratio) && isnan (verdicts[j].low) &&
                         isnan (verdicts[j].confidence));
        }
    }
}

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
/* ---- how often they are wrong: experiments with a seed, 20 times a side ---------------------- */

#define N_TIMES 20u

static void
draw (GRand *random, double noise, double level, double *times)
{
  for (guint i = 0; i < N_TIMES; i++)
    {
      double sum = -6.0; /* twelve uniform ones are about a normal one */

      for (guint j = 0; j < 12; j++)
        sum += g_rand_double (random);
      times[i] = level * exp (noise * sum);
    }
}

/* Of 5,000 equals 1 in 100 is 50, and 3 deviations of such a count more 71. By their 95 % intervals
 * alone it would be about 190. */
static void
test_equals_are_not_different (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint n_wrong = 0;

  for (guint i = 0; i < 5000; i++)
    {
      double             first[N_TIMES];
      double             second[N_TIMES];
      LscComparisonInput input = { first, N_TIMES, second, N_TIMES };
      LscVerdict         verdict;

      draw (random, 0.5, 100.0, first);
      draw (random, 0.5, 100.0, second);
      lsc_stats_compare (&input, 1, 0.02, 0.95, &verdict);
      n_wrong += verdict.kind != LSC_VERDICT_UNKNOWN;
    }
  g_assert_cmpuint (n_wrong, <=, 71);
  g_assert_cmpuint (n_wrong, >, 0);
}

/* Five with one reference, 2 % faster all of them, which is still the same. Each may be wrong by
 * one end of its interval: 2,000 experiments have 50 with a wrong one at most, and 3 deviations
 * more 71. Each by itself at 95 % would be wrong in 2.5 of 100, one of five in about 160. */
static void
test_several_are_not_wrong (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  guint n_wrong = 0;

  for (guint i = 0; i < 2000; i++)
    {
      double             times[6][N_TIMES];
      LscComparisonInput inputs[5];
      LscVerdict         verdicts[5];
      gboolean           is_wrong = FALSE;

      for (guint j = 0; j < 6; j++)
        draw (random, 0.02, j == 0 ? 102.0 : 100.0, times[j]);
      for (guint j = 0; j < 5; j++)
        inputs[j] = (LscComparisonInput){ times[0], N_TIMES, times[j + 1], N_TIMES };
      lsc_stats_compare (inputs, 5, 0.02, 0.95, verdicts);
      for (guint j = 0; j < 5; j++)
        is_wrong = is_wrong || verdicts[j].kind == LSC_VERDICT_FASTER ||
                   verdicts[j].kind == LSC_VERDICT_SLOWER;
      n_wrong += is_wrong;
    }
  g_assert_cmpuint (n_wrong, <=, 71);
  g_assert_cmpuint (n_wrong, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stats/verdicts/one", test_one);
  g_test_add_func ("/stats/verdicts/step-down", test_step_down);
  g_test_add_func ("/stats/verdicts/step-down-other", test_step_down_other);
  g_test_add_func ("/stats/verdicts/equals", test_equals);
  g_test_add_func ("/stats/verdicts/fewest", test_fewest);
  g_test_add_func ("/stats/verdicts/same", test_same);
  g_test_add_func ("/stats/verdicts/constant", test_constant);
  g_test_add_func ("/stats/verdicts/refused", test_refused);
  g_test_add_func ("/stats/verdicts/order", test_order);
  g_test_add_func ("/stats/verdicts/scaling", test_scaling);
  g_test_add_func ("/stats/verdicts/order-of-comparisons", test_order_of_comparisons);
  g_test_add_func ("/stats/verdicts/equals-are-not-different", test_equals_are_not_different);
  g_test_add_func ("/stats/verdicts/several-are-not-wrong", test_several_are_not_wrong);

  return g_test_run ();
}

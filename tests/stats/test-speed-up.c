/* test-speed-up.c: speed-up with its bands, and how many workers are enough.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-speed-up.h"

#include "lsc-samples.h"
#include "lsc-shift.h"

#include <math.h>
#include <string.h>

#define NEAR 1e-12

static const double times[] = {
  10.0, 5.3, 4.1, /* a round */
  12.0, 6.1, 3.9, /**/
  9.5,  5.0, 4.4, /**/
  11.0, 5.9, 4.0, /**/
  10.4, 5.2, 4.6, /**/
  13.1, 6.4, 3.7, /**/
};
static const LscRounds rounds = { times, 6, 3 };

/* Of all 6^6 = 46,656 ways to draw, by numpy: numpy.quantile of the ratios of medians. Each is one
 * of few ratios, which so many resamples find exactly. */
static void
test_all_draws (void)
{
  LscSpeedUp got[3];

  g_assert_true (lsc_stats_speed_up (&rounds, 0, 0.95, 200000, 11, got));
  g_assert_cmpfloat (got[0].value, ==, 1.0);
  g_assert_cmpfloat (got[0].low, ==, 1.0);
  g_assert_cmpfloat (got[0].high, ==, 1.0);
  g_assert_cmpfloat_with_epsilon (got[1].value, 1.9107142857142858, NEAR);
  g_assert_cmpfloat_with_epsilon (got[1].low, 1.8644067796610169, NEAR);
  g_assert_cmpfloat_with_epsilon (got[1].high, 2.008, NEAR);
  g_assert_cmpfloat_with_epsilon (got[2].value, 2.641975308641975, NEAR);
  g_assert_cmpfloat_with_epsilon (got[2].low, 2.2608695652173916, NEAR);
  g_assert_cmpfloat_with_epsilon (got[2].high, 3.3026315789473686, NEAR);
}

/* What slows a whole round down slows nothing down: bands of no width, by hand. */
static void
test_rounds_stay_whole (void)
{
  double     values[2 * 20];
  LscRounds  slowed = { values, 20, 2 };
  LscSpeedUp got[2];

  for (guint i = 0; i < 20; i++)
    {
      values[2 * i] = 4.0 * (i + 1);
      values[2 * i + 1] = i + 1;
    }
  g_assert_true (lsc_stats_speed_up (&slowed, 0, 0.95, LSC_BOOTSTRAP_RESAMPLES, 1, got));
  g_assert_cmpfloat_with_epsilon (got[1].low, 4.0, NEAR);
  g_assert_cmpfloat_with_epsilon (got[1].high, 4.0, NEAR);
}

/* 40 rounds of 4 cells, some of them not measured. */
static LscRounds
make_noise (double *values, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < 40; i++)
    for (guint j = 0; j < 4; j++)
      {
        double noise = g_rand_double_range (random, 1.0, 1.3);

        values[4 * i + j] = j == 2 && i % 3 == 0 ? NAN : noise * 8.0 / (j + 1);
      }
  return (LscRounds){ values, 40, 4 };
}

static void
test_seed (void)
{
  double     values[160];
  LscRounds  noise = make_noise (values, 1);
  LscSpeedUp first[4];
  LscSpeedUp second[4];
  LscSpeedUp other[4];

  g_assert_true (lsc_stats_speed_up (&noise, 0, 0.95, 1000, G_GUINT64_CONSTANT (5) << 40, first));
  g_assert_true (lsc_stats_speed_up (&noise, 0, 0.95, 1000, G_GUINT64_CONSTANT (5) << 40, second));
  g_assert_true (lsc_stats_speed_up (&noise, 0, 0.95, 1000, G_GUINT64_CONSTANT (6) << 40, other));
  g_assert_cmpmem (first, sizeof first, second, sizeof second);
  g_assert_cmpfloat (first[3].low, !=, other[3].low);
}

static void
test_bands (void)
{
  static const double levels[] = { 0.5, 0.8, 0.95, 0.99 };

  for (guint32 seed = 0; seed < 20; seed++)
    {
      double     values[160];
      LscRounds  noise = make_noise (values, seed);
      LscSpeedUp before[4];

      for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
        {
          LscSpeedUp got[4];

          g_assert_true (lsc_stats_speed_up (&noise, 0, levels[i], 1000, seed, got));
          for (guint j = 0; j < 4; j++)
            {
              g_assert_cmpfloat (got[j].low, <=, got[j].value);
              g_assert_cmpfloat (got[j].high, >=, got[j].value);
              if (i == 0)
                continue;
              g_assert_cmpfloat (got[j].low, <=, before[j].low);
              g_assert_cmpfloat (got[j].high, >=, before[j].high);
              g_assert_cmpfloat (got[j].value, ==, before[j].value);
            }
          memcpy (before, got, sizeof got);
        }
    }
}

static void
test_scaling (void)
{
  double     values[160];
  LscRounds  noise = make_noise (values, 3);
  LscSpeedUp first[4];
  LscSpeedUp second[4];

  g_assert_true (lsc_stats_speed_up (&noise, 1, 0.95, 1000, 3, first));
  for (guint i = 0; i < 160; i++)
    values[i] *= 1000.0;
  g_assert_true (lsc_stats_speed_up (&noise, 1, 0.95, 1000, 3, second));
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpfloat_with_epsilon (first[i].value, second[i].value, NEAR);
      g_assert_cmpfloat_with_epsilon (first[i].low, second[i].low, NEAR);
      g_assert_cmpfloat_with_epsilon (first[i].high, second[i].high, NEAR);
    }
}

static void
test_not_measured (void)
{
  double     values[4 * 10];
  LscRounds  some = { values, 10, 4 };
  LscSpeedUp got[4];

  for (guint i = 0; i < 10; i++)
    {
      values[4 * i] = 8.0;
      values[4 * i + 1] = i < LSC_MIN_FOR_INTERVAL ? 4.0 : NAN;
      values[4 * i + 2] = i < LSC_MIN_FOR_INTERVAL - 1 ? 2.0 : INFINITY;
      values[4 * i + 3] = i == 0 ? -1.0 : i == 1 ? 0.0 : NAN;
    }
  g_assert_true (lsc_stats_speed_up (&some, 0, 0.95, 1000, 3, got));
  g_assert_cmpfloat (got[1].value, ==, 2.0);
  g_assert_cmpfloat (got[1].low, ==, 2.0);
  g_assert_cmpfloat (got[1].high, ==, 2.0);
  g_assert_cmpfloat (got[2].value, ==, 4.0);
  g_assert_true (isnan (got[2].low) && isnan (got[2].high));
  g_assert_true (isnan (got[3].value) && isnan (got[3].low) && isnan (got[3].high));

  /* Too few for a band when the reference has too few. */
  g_assert_true (lsc_stats_speed_up (&some, 2, 0.95, 1000, 3, got));
  g_assert_cmpfloat (got[0].value, ==, 0.25);
  g_assert_true (isnan (got[0].low) && isnan (got[0].high));
  got[0].value = 7.0;
  g_assert_false (lsc_stats_speed_up (&some, 3, 0.95, 1000, 3, got));
  g_assert_cmpfloat (got[0].value, ==, 7.0);
}

/* ---- enough workers ------------------------------------------------------------------------- */

/* 20 rounds; each cell takes its own time with a spread of `spread`, different in each round. */
static gint
find_enough (const double *levels, guint n, double spread)
{
  g_autofree double *values = g_new (double, 20 * n);
  g_autofree guint  *cells = g_new (guint, n);
  LscRounds          made = { values, 20, n };

  for (guint i = 0; i < 20; i++)
    for (guint j = 0; j < n; j++)
      values[i * n + j] = levels[j] * (1.0 + spread * ((i * (2 * j + 3) + j) % 20) / 20.0);
  for (guint j = 0; j < n; j++)
    cells[j] = j;
  return lsc_stats_enough_workers (&made, cells, n, LSC_DEFAULT_BAND, LSC_DEFAULT_CONFIDENCE);
}

static void
test_enough (void)
{
  g_assert_cmpint (find_enough ((double[]){ 100, 50, 25 }, 3, 0.01), ==, 2);
  g_assert_cmpint (find_enough ((double[]){ 100, 50, 50.1 }, 3, 0.01), ==, 1);
  g_assert_cmpint (find_enough ((double[]){ 100, 50, 70 }, 3, 0.01), ==, 1);
  g_assert_cmpint (find_enough ((double[]){ 100, 101, 100 }, 3, 0.005), ==, 0);
  /* Two are no better than one, but four are. */
  g_assert_cmpint (find_enough ((double[]){ 100, 100, 60 }, 3, 0.01), ==, 2);
  /* 3 % with a spread of 10 %: nobody knows yet. */
  g_assert_cmpint (find_enough ((double[]){ 100, 97 }, 2, 0.1), ==, -1);
  /* What is not known between two that are beaten does not matter. */
  g_assert_cmpint (find_enough ((double[]){ 100, 97, 50 }, 3, 0.1), ==, 2);
  g_assert_cmpint (find_enough ((double[]){ 100 }, 1, 0.1), ==, -1);
}

static void
test_enough_not_measured (void)
{
  double      values[3 * 20];
  LscRounds   some = { values, 20, 3 };
  const guint cells[] = { 2, 0 };

  for (guint i = 0; i < 20; i++)
    {
      values[3 * i] = 50.0 + i * 0.01;
      values[3 * i + 1] = NAN;
      values[3 * i + 2] = i % 2 == 0 ? 100.0 + i * 0.01 : NAN;
    }
  g_assert_cmpint (lsc_stats_enough_workers (&some, cells, 2, 0.02, 0.95), ==, 1);
  g_assert_cmpint (lsc_stats_enough_workers (&some, (const guint[]){ 0, 1 }, 2, 0.02, 0.95), ==,
                   -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stats/speed-up/all-draws", test_all_draws);
  g_test_add_func ("/stats/speed-up/rounds-stay-whole", test_rounds_stay_whole);
  g_test_add_func ("/stats/speed-up/seed", test_seed);
  g_test_add_func ("/stats/speed-up/bands", test_bands);
  g_test_add_func ("/stats/speed-up/scaling", test_scaling);
  g_test_add_func ("/stats/speed-up/not-measured", test_not_measured);
  g_test_add_func ("/stats/speed-up/enough", test_enough);
  g_test_add_func ("/stats/speed-up/enough-not-measured", test_enough_not_measured);

  return g_test_run ();
}

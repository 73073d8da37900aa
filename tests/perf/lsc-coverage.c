/* lsc-coverage.c: how often the 95 % interval of a median holds the median, and the band of a
 * speed-up the speed-up.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times are drawn from laws that runs of programs have, and from real runs, measured here once and
 * resampled. The true median is known. Usage: lsc-coverage SPIN [EXPERIMENTS]
 * Prints a line for each law: its name; per cent covered with 6, 10, 20 and 50 values, with as many
 * as the profiler takes (until they are precise to 2 %, at most 50), and if it stopped at the first
 * narrow interval; how many values it took, on average. The last line: the band of a speed-up of 2,
 * where rounds slow down as a whole, with 6, 10, 20 and 50 rounds.
 */

#include "config.h"

#include <locale.h>
#include <math.h>

#include "lsc-samples.h"
#include "lsc-speed-up.h"
#include "lsc-timed-program.h"

#define CONFIDENCE  0.95
#define WIDTH       0.02
#define MOST        50u
#define FIRST_LOOK  10u
#define N_RUNS      2000u
#define N_DRAWS     1000000u
#define SPEED_UP    2.0
#define N_RESAMPLES 1000u

static const guint sizes[] = { 6, 10, 20, 50 };

typedef struct
{
  const char *name;
  double (*draw) (GRand *random);
} Law;

/* Box and Muller (1958). */
static double
draw_normal (GRand *random)
{
  double radius = sqrt (-2.0 * log (1.0 - g_rand_double (random)));

  return radius * cos (2.0 * G_PI * g_rand_double (random));
}

static double
draw_lognormal (GRand *random)
{
  return exp (0.05 * draw_normal (random));
}

static double
draw_heavy (GRand *random)
{
  return exp (0.5 * draw_normal (random));
}

/* One in 20 takes three times as long. */
static double
draw_outliers (GRand *random)
{
  return exp (0.04 * draw_normal (random)) * (g_rand_double (random) < 0.05 ? 3.0 : 1.0);
}

/* Two in five take 10 % longer. */
static double
draw_bimodal (GRand *random)
{
  return exp (0.01 * draw_normal (random)) * (g_rand_double (random) < 0.4 ? 1.1 : 1.0);
}

/* The hardest: nearly as many on the one side of a wide gap as on the other. */
static double
draw_even (GRand *random)
{
  return exp (0.005 * draw_normal (random)) * (g_rand_double (random) < 0.45 ? 1.5 : 1.0);
}

static const Law laws[] = {
  { "lognormal-5%", draw_lognormal },       { "lognormal-50%", draw_heavy },
  { "lognormal-and-3x-5%", draw_outliers }, { "bimodal-60-40-10%", draw_bimodal },
  { "bimodal-55-45-50%", draw_even },
};

/* As many as are looked at from a law, or from measured ones. */
static void
draw_values (const Law    *law,
             const double *pool,
             guint         n_pool,
             GRand        *random,
             double       *values,
             guint         n)
{
  for (guint i = 0; i < n; i++)
    values[i] = law != NULL ? law->draw (random) : pool[g_rand_int_range (random, 0, (gint)n_pool)];
}

static gboolean
is_covered (const double *values, guint n, double median)
{
  double low = 0.0;
  double high = 0.0;

  return lsc_stats_median_interval (values, n, CONFIDENCE, &low, &high) && low <= median &&
         median <= high;
}

static guint
find_end (const double *values)
{
  guint n = LSC_MIN_FOR_PRECISION;

  while (n < MOST && !lsc_stats_is_precise (values, n, WIDTH))
    n++;
  return n;
}

static guint
find_first_narrow (const double *values)
{
  guint n = FIRST_LOOK;

  for (; n < MOST; n++)
    {
      double low = 0.0;
      double high = 0.0;
      double median = 0.0;

      if (lsc_stats_median_interval (values, n, CONFIDENCE, &low, &high) &&
          lsc_stats_quantile (values, n, 0.5, &median) && (high - low) / 2.0 <= WIDTH * median)
        break;
    }
  return n;
}

static void
print_coverage (const char   *name,
                const Law    *law,
                const double *pool,
                guint         n_pool,
                double        median,
                guint         n_experiments)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint   n_fixed[G_N_ELEMENTS (sizes)] = { 0 };
  guint   n_stopped = 0;
  guint   n_first = 0;
  guint64 n_taken = 0;

  for (guint i = 0; i < n_experiments; i++)
    {
      double values[MOST];
      guint  n = 0;

      draw_values (law, pool, n_pool, random, values, MOST);
      for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
        n_fixed[j] += is_covered (values, sizes[j], median);
      n = find_end (values);
      n_taken += n;
      n_stopped += is_covered (values, n, median);
      n_first += is_covered (values, find_first_narrow (values), median);
    }
  g_print ("%s", name);
  for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
    g_print (" %.1f", 100.0 * n_fixed[j] / n_experiments);
  g_print (" %.1f %.1f %.1f\n", 100.0 * n_stopped / n_experiments, 100.0 * n_first / n_experiments,
           (double)n_taken / n_experiments);
}

static void
print_law (const Law *law, guint n_experiments)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autofree double *values = g_new (double, N_DRAWS);
  double             median = 0.0;

  draw_values (law, NULL, 0, random, values, N_DRAWS);
  lsc_stats_quantile (values, N_DRAWS, 0.5, &median);
  print_coverage (law->name, law, NULL, 0, median, n_experiments);
}

static void
print_program (const char *name, const char *const *argv, guint n_experiments)
{
  g_autofree double *pool = g_new (double, N_RUNS);
  double             median = 0.0;

  for (guint i = 0; i < N_RUNS; i++)
    pool[i] = lsc_time_program (argv);
  lsc_stats_quantile (pool, N_RUNS, 0.5, &median);
  print_coverage (name, NULL, pool, N_RUNS, median, n_experiments);
}

static gboolean
is_in_band (GRand *random, guint n_rounds, guint64 seed)
{
  double     times[2 * MOST];
  LscRounds  rounds = { times, n_rounds, 2 };
  LscSpeedUp got[2];

  for (guint i = 0; i < n_rounds; i++)
    {
      double common = exp (0.1 * draw_normal (random));

      times[2 * i] = common * SPEED_UP * draw_lognormal (random);
      times[2 * i + 1] = common * draw_lognormal (random);
    }
  return lsc_stats_speed_up (&rounds, 0, CONFIDENCE, N_RESAMPLES, seed, got) &&
         got[1].low <= SPEED_UP && SPEED_UP <= got[1].high;
}

static void
print_bands (guint n_experiments)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  g_print ("speed-up-bands");
  for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
    {
      guint n_covered = 0;

      for (guint i = 0; i < n_experiments; i++)
        n_covered += is_in_band (random, sizes[j], i);
      g_print (" %.1f", 100.0 * n_covered / n_experiments);
    }
  g_print ("\n");
}

int
main (int argc, char **argv)
{
  guint            n_experiments = argc > 2 ? (guint)g_ascii_strtoull (argv[2], NULL, 10) : 5000;
  g_autofree char *steps = NULL;

  setlocale (LC_ALL, "C");
  if (argc < 2 || n_experiments == 0)
    {
      g_printerr ("usage: lsc-coverage SPIN [EXPERIMENTS]\n");
      return 2;
    }
  for (guint i = 0; i < G_N_ELEMENTS (laws); i++)
    print_law (&laws[i], n_experiments);
  steps = g_strdup_printf ("%" G_GUINT64_FORMAT, lsc_calibrate_spin (argv[1], 2e6));
  print_program ("runs-of-true", (const char *const[]){ "/bin/true", NULL }, n_experiments);
  print_program ("runs-of-2-ms", (const char *const[]){ argv[1], steps, NULL }, n_experiments);
  print_bands (n_experiments);
  return 0;
}

/* lsc-speed-up.c: what more workers gain, with bands by bootstrap.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A resample is how often each round was drawn. A cell's median in it is found by a walk through
 * its times, sorted once, that adds up these numbers: nothing is copied or sorted again.
 */

#define G_LOG_DOMAIN "lanescope-stats"

#include "config.h"

#include "lsc-speed-up.h"

#include "lsc-samples.h"
#include "lsc-sorted.h"

#include <math.h>
#include <stdlib.h>

typedef struct
{
  double time;
  guint  round;
} Timed;

/* A cell's measured times in ascending order. */
typedef struct
{
  Timed *times;
  guint  n;
} Column;

static int
compare_times (const void *a, const void *b)
{
  const Timed *first = a;
  const Timed *second = b;

  if (first->time != second->time)
    return first->time < second->time ? -1 : 1;
  return (first->round > second->round) - (first->round < second->round);
}

static double
get_time (const LscRounds *rounds, guint round, guint cell)
{
  return rounds->times[(gsize)round * rounds->n_cells + cell];
}

static Column
sort_column (const LscRounds *rounds, guint cell)
{
  Column column = { g_new (Timed, rounds->n_rounds), 0 };

  for (guint i = 0; i < rounds->n_rounds; i++)
    {
      double value = get_time (rounds, i, cell);

      if (lsc_is_time (value))
        column.times[column.n++] = (Timed){ value, i };
    }
  if (column.n > 0)
    qsort (column.times, column.n, sizeof *column.times, compare_times);
  return column;
}

static double
find_median (const Column *column)
{
  double upper = column->times[column->n / 2].time;

  return column->n % 2 == 1 ? upper : (column->times[column->n / 2 - 1].time + upper) / 2.0;
}

/* The median when round i counts n_drawn[i] times; NAN: none of its rounds was drawn. */
static double
find_drawn_median (const Column *column, const guint *n_drawn, guint n_rounds)
{
  guint  n = column->n == n_rounds ? n_rounds : 0;
  guint  passed = 0;
  guint  i = 0;
  double lower = 0.0;

  /* Of all rounds as many are drawn as there are. */
  for (guint j = 0; column->n < n_rounds && j < column->n; j++)
    n += n_drawn[column->times[j].round];
  if (n == 0)
    return NAN;

  /* The one with (n - 1) / 2 before it, then the one with n / 2. */
  while (passed + n_drawn[column->times[i].round] <= (n - 1) / 2)
    passed += n_drawn[column->times[i++].round];
  lower = column->times[i].time;
  while (passed + n_drawn[column->times[i].round] <= n / 2)
    passed += n_drawn[column->times[i++].round];
  return n % 2 == 1 ? lower : (lower + column->times[i].time) / 2.0;
}

static void
draw (GRand *random, guint *n_drawn, guint n_rounds)
{
  for (guint i = 0; i < n_rounds; i++)
    n_drawn[i] = 0;
  for (guint i = 0; i < n_rounds; i++)
    n_drawn[((guint64)g_rand_int (random) * n_rounds) >> 32]++;
}

/* n_resamples ratios for each cell, one cell after the other. NAN where a resample has none. */
static double *
resample (const Column *columns,
          guint         n_cells,
          guint         reference,
          guint         n_rounds,
          guint         n_resamples,
          guint64       seed)
{
  double           *ratios = g_new (double, (gsize)n_cells *n_resamples);
  g_autofree guint *n_drawn = g_new (guint, n_rounds);
  guint32           words[] = { (guint32)seed, (guint32)(seed >> 32) };
  g_autoptr (GRand) random = g_rand_new_with_seed_array (words, G_N_ELEMENTS (words));

  for (guint i = 0; i < n_resamples; i++)
    {
      double of_reference = 0.0;

      draw (random, n_drawn, n_rounds);
      of_reference = find_drawn_median (&columns[reference], n_drawn, n_rounds);
      for (guint j = 0; j < n_cells; j++)
        ratios[(gsize)j * n_resamples + i] =
            of_reference / find_drawn_median (&columns[j], n_drawn, n_rounds);
    }
  return ratios;
}

/* A percentile interval, which always holds the value itself. */
static void
find_band (double *ratios, guint n_resamples, double confidence, LscSpeedUp *speed_up)
{
  double low;
  double high;
  guint  n = 0;

  for (guint i = 0; i < n_resamples; i++)
    {
      if (isnan (ratios[i]))
        continue;
      if (ratios[i] > LSC_LARGEST_VALUE)
        return;
      ratios[n++] = ratios[i];
    }
  if (n == 0)
    return;
  low = lsc_unsorted_interpolate (ratios, n, (1.0 - confidence) / 2.0);
  high = lsc_unsorted_interpolate (ratios, n, (1.0 + confidence) / 2.0);
  speed_up->low = MIN (low, speed_up->value);
  speed_up->high = MAX (high, speed_up->value);
}

gboolean
lsc_stats_speed_up (const LscRounds *rounds,
                    guint            reference,
                    double           confidence,
                    guint            n_resamples,
                    guint64          seed,
                    LscSpeedUp      *speed_ups)
{
  g_autofree Column *columns = NULL;
  g_autofree double *ratios = NULL;
  guint              n_cells = rounds->n_cells;
  gboolean           is_known = FALSE;

  g_return_val_if_fail (reference < n_cells, FALSE);
  g_return_val_if_fail (confidence > 0.0 && confidence < 1.0, FALSE);
  g_return_val_if_fail (speed_ups != NULL, FALSE);

  columns = g_new0 (Column, n_cells);
  for (guint i = 0; i < n_cells; i++)
    columns[i] = sort_column (rounds, i);
  is_known = columns[reference].n > 0;
  if (columns[reference].n >= LSC_MIN_FOR_INTERVAL)
    ratios = resample (columns, n_cells, reference, rounds->n_rounds, n_resamples, seed);

  for (guint i = 0; i < n_cells && is_known; i++)
    {
      speed_ups[i] = (LscSpeedUp){ NAN, NAN, NAN };
      if (columns[i].n == 0)
        continue;
      speed_ups[i].value = find_median (&columns[reference]) / find_median (&columns[i]);
      if (columns[i].n >= LSC_MIN_FOR_INTERVAL && ratios != NULL)
        find_band (&ratios[(gsize)i * n_resamples], n_resamples, confidence, &speed_ups[i]);
    }
  for (guint i = 0; i < n_cells; i++)
    g_free (columns[i].times);
  return is_known;
}

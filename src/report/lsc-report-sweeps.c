/* lsc-report-sweeps.c: what more workers gain.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-report-private.h"

#include <math.h>
#include <stdlib.h>

/* While it goes on, the bands are made anew with every sample, and need not be as fine. */
#define LIVE_RESAMPLES 1000u
/* All pairs of these are compared at once: of more, it takes long and is hardly ever sure. */
#define MAX_FOR_ENOUGH      32u
#define MAX_FOR_ENOUGH_LIVE 12u

void
lsc_report_sweep_free (gpointer pointer)
{
  LscSweep *sweep = pointer;

  g_free ((gpointer)sweep->workload_name);
  g_free ((gpointer)sweep->points);
  g_free (sweep);
}

static gint
compare_points (gconstpointer a, gconstpointer b)
{
  const LscSweepPoint *first = a;
  const LscSweepPoint *second = b;

  return (first->n_workers > second->n_workers) - (first->n_workers < second->n_workers);
}

/* By workers; each number once. */
static GArray *
list_points (LscReport *self, guint first, gboolean *taken)
{
  const LscProfileCell *cell = lsc_profile_get_cell (self->profile, first);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GArray *points = g_array_new (FALSE, FALSE, sizeof (LscSweepPoint));

  for (guint i = first; i < self->n_cells; i++)
    {
      const LscProfileCell *other = lsc_profile_get_cell (self->profile, i);
      LscSweepPoint         point = { i, other->n_workers, NAN, NAN, NAN };

      if (taken[i] || other->executor != cell->executor || !lsc_report_is_same_work (cell, other))
        continue;
      taken[i] = TRUE;
      if (g_hash_table_add (seen, GUINT_TO_POINTER (other->n_workers)))
        g_array_append_val (points, point);
    }
  g_array_sort (points, compare_points);
  return points;
}

/* In sequence; else the fewest workers. */
static guint
find_reference (LscReport *self, GArray *points)
{
  guint                 first = g_array_index (points, LscSweepPoint, 0).cell;
  const LscProfileCell *cell = lsc_profile_get_cell (self->profile, first);

  for (guint i = 0; i < self->n_cells; i++)
    {
      const LscProfileCell *other = lsc_profile_get_cell (self->profile, i);

      if (other->executor == LSC_EXECUTOR_SEQUENTIAL && lsc_report_is_same_work (cell, other) &&
          lsc_report_can_be_reference (self, i))
        return i;
    }
  for (guint i = 0; i < points->len; i++)
    {
      guint index = g_array_index (points, LscSweepPoint, i).cell;

      if (lsc_report_can_be_reference (self, index))
        return index;
    }
  return first;
}

/* ---- the table of rounds -------------------------------------------------------------- */

/* Of all usable samples; whatever their rounds are called, they get rows one after another. */
static GHashTable *
number_rounds (LscReport *self, const guint *cells, guint n_cells)
{
  GHashTable *rows = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_cells; i++)
    {
      guint            n;
      const LscSample *samples = lsc_profile_get_samples (self->profile, cells[i], &n);

      for (guint k = 0; k < n; k++)
        {
          gpointer round = GUINT_TO_POINTER (samples[k].round);

          if (lsc_report_is_usable (&samples[k]) && !g_hash_table_contains (rows, round))
            g_hash_table_insert (rows, round, GUINT_TO_POINTER (g_hash_table_size (rows)));
        }
    }
  return rows;
}

static gboolean
is_comparable (LscReport *self, guint cell, guint reference)
{
  return self->figures[cell].n > 0 &&
         lsc_report_is_alike (lsc_profile_get_cell (self->profile, cell),
                              lsc_profile_get_cell (self->profile, reference));
}

/* The last of the cells is the reference. */
static double *
make_times (LscReport *self, const guint *cells, guint n_cells, guint *n_rounds)
{
  g_autoptr (GHashTable) rows = number_rounds (self, cells, n_cells);
  double *times;

  *n_rounds = g_hash_table_size (rows);
  times = g_new (double, (gsize)*n_rounds *n_cells);
  for (gsize i = 0; i < (gsize)*n_rounds * n_cells; i++)
    times[i] = NAN;

  for (guint i = 0; i < n_cells; i++)
    {
      guint            n;
      const LscSample *samples = lsc_profile_get_samples (self->profile, cells[i], &n);

      for (guint k = 0; k < n && is_comparable (self, cells[i], cells[n_cells - 1]); k++)
        {
          guint row;

          if (!lsc_report_is_usable (&samples[k]))
            continue;
          row = GPOINTER_TO_UINT (g_hash_table_lookup (rows, GUINT_TO_POINTER (samples[k].round)));
          times[(gsize)row * n_cells + i] = samples[k].wall_ns;
        }
    }
  return times;
}

/* ---- a series ------------------------------------------------------------------------- */

/* Among those that have figures to compare: the index in `points`; -1: not yet known. */
static gint
find_enough (LscReport *self, const LscRounds *rounds, GArray *points, guint reference)
{
  g_autofree guint *columns = g_new (guint, points->len);
  g_autofree guint *indices = g_new (guint, points->len);
  guint             max = lsc_report_goes_on (self) ? MAX_FOR_ENOUGH_LIVE : MAX_FOR_ENOUGH;
  guint             n = 0;
  gint              enough;

  for (guint i = 0; i < points->len; i++)
    {
      if (!is_comparable (self, g_array_index (points, LscSweepPoint, i).cell, reference))
        continue;
      columns[n] = i;
      indices[n++] = i;
    }
  if (n < 2 || n > max)
    return -1;
  enough = lsc_stats_enough_workers (rounds, columns, n, LSC_DEFAULT_BAND, LSC_DEFAULT_CONFIDENCE);
  return enough >= 0 ? (gint)indices[enough] : -1;
}

static void
fill_points (LscReport *self, GArray *points, guint reference, gint *enough)
{
  g_autofree guint      *cells = g_new (guint, points->len + 1);
  g_autofree LscSpeedUp *speed_ups = g_new0 (LscSpeedUp, points->len + 1);
  g_autofree double     *times = NULL;
  LscRounds              rounds = { .n_cells = points->len + 1 };

  for (guint i = 0; i < points->len; i++)
    cells[i] = g_array_index (points, LscSweepPoint, i).cell;
  cells[points->len] = reference;
  times = make_times (self, cells, rounds.n_cells, &rounds.n_rounds);
  rounds.times = times;

  if (lsc_stats_speed_up (&rounds, points->len, LSC_DEFAULT_CONFIDENCE,
                          lsc_report_goes_on (self) ? LIVE_RESAMPLES : LSC_BOOTSTRAP_RESAMPLES,
                          lsc_profile_get_seed (self->profile), speed_ups))
    for (guint i = 0; i < points->len; i++)
      {
        LscSweepPoint *point = &g_array_index (points, LscSweepPoint, i);

        point->speed_up = speed_ups[i].value;
        point->low = speed_ups[i].low;
        point->high = speed_ups[i].high;
      }
  *enough = find_enough (self, &rounds, points, reference);
}

static void
add_sweep (LscReport *self, GArray *points)
{
  guint                 first = g_array_index (points, LscSweepPoint, 0).cell;
  const LscProfileCell *cell = lsc_profile_get_cell (self->profile, first);
  LscSweep             *sweep = g_new0 (LscSweep, 1);

  sweep->workload_name = g_strdup (cell->workload_name);
  sweep->executor = cell->executor;
  sweep->reference = find_reference (self, points);
  fill_points (self, points, sweep->reference, &sweep->enough);
  sweep->n = points->len;
  sweep->points = g_memdup2 (points->data, points->len * sizeof (LscSweepPoint));
  g_ptr_array_add (self->sweeps, sweep);
}

void
lsc_report_make_sweeps (LscReport *self)
{
  g_autofree gboolean *taken = g_new0 (gboolean, self->n_cells);

  for (guint i = 0; i < self->n_cells; i++)
    {
      const LscProfileCell *cell = lsc_profile_get_cell (self->profile, i);
      g_autoptr (GArray) points = NULL;

      if (taken[i] || !lsc_executor_kind_has_workers (cell->executor))
        continue;
      points = list_points (self, i, taken);
      if (points->len > 1)
        add_sweep (self, points);
    }
}

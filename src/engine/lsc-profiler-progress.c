/* lsc-profiler-progress.c: how far an experiment is: what its samples say of that.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-profiler"

#include "config.h"

#include "lsc-profiler-progress.h"

#include <math.h>

#include "lsc-samples.h"

/* Half the 95 % interval of a median, in standard deviations over the root of n, where the values
 * are about normal: 1.96 * sqrt (pi / 2). */
#define HALF_INTERVAL 2.456

/* Wall times of the samples that are done. */
static double *
list_walls (LscProfile *profile, guint cell, guint *n)
{
  guint            n_all;
  const LscSample *samples = lsc_profile_get_samples (profile, cell, &n_all);
  double          *walls = g_new (double, n_all);

  *n = 0;
  for (guint i = 0; i < n_all; i++)
    {
      if (samples[i].status == LSC_SAMPLE_DONE)
        walls[(*n)++] = samples[i].wall_ns;
    }
  return walls;
}

/* Half of the median's 95 % interval over the median; NAN: there is none. */
static double
get_width (const double *walls, guint n)
{
  double low;
  double high;
  double median;

  if (!lsc_stats_median_interval (walls, n, 0.95, &low, &high) ||
      !lsc_stats_quantile (walls, n, 0.5, &median) || median <= 0)
    return NAN;
  return (high - low) / 2 / median;
}

static gboolean
is_cell_precise (LscProfile *profile, guint cell, guint min_rounds, double width)
{
  guint              n;
  g_autofree double *walls = list_walls (profile, cell, &n);

  return n >= min_rounds && lsc_stats_is_precise (walls, n, width);
}

gboolean
lsc_profiler_is_precise (LscProfile *profile, guint min_rounds, double width)
{
  guint n_left = 0;

  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    {
      if (lsc_profile_get_cell (profile, i)->problem != NULL)
        continue;
      n_left++;
      if (!is_cell_precise (profile, i, min_rounds, width))
        return FALSE;
    }
  return n_left > 0;
}

/* Samples of this cell. */
static double
guess_samples (const double *walls, guint n, double width)
{
  double     found = get_width (walls, n);
  LscSummary summary;

  if (isfinite (found))
    return n * (found / width) * (found / width);
  if (n < 3 || !lsc_stats_summarize (walls, n, &summary) || summary.median <= 0)
    return 0;
  found = HALF_INTERVAL * summary.deviation / summary.median;
  return (found / width) * (found / width);
}

guint
lsc_profiler_guess_rounds (LscProfile *profile, guint min_rounds, guint max_rounds, double width)
{
  double rounds = MAX (min_rounds, LSC_MIN_FOR_PRECISION);

  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    {
      guint              n;
      guint              n_all;
      g_autofree double *walls = list_walls (profile, i, &n);

      if (lsc_profile_get_cell (profile, i)->problem != NULL || n == 0)
        continue;
      lsc_profile_get_samples (profile, i, &n_all);
      /* Samples that fail make more rounds. */
      rounds = MAX (rounds, guess_samples (walls, n, width) * n_all / n);
    }
  return (guint)MIN (ceil (rounds), (double)max_rounds);
}

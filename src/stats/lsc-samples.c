/* lsc-samples.c: what a row of measured values says by itself.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-stats"

#include "config.h"

#include "lsc-samples.h"

#include "lsc-sorted.h"

#include <math.h>

#define MILD_FENCE 1.5
#define FAR_FENCE  3.0

gboolean
lsc_stats_quantile (const double *values, guint n, double p, double *quantile)
{
  g_autofree double *sorted = NULL;

  g_return_val_if_fail (p >= 0.0 && p <= 1.0, FALSE);
  g_return_val_if_fail (quantile != NULL, FALSE);

  sorted = lsc_sorted_new (values, n);
  if (sorted == NULL)
    return FALSE;
  *quantile = lsc_sorted_interpolate (sorted, n, p);
  return TRUE;
}

gboolean
lsc_stats_summarize (const double *values, guint n, LscSummary *summary)
{
  g_autofree double *sorted = NULL;
  double             mean = 0.0;
  double             squares = 0.0;

  g_return_val_if_fail (summary != NULL, FALSE);

  sorted = lsc_sorted_new (values, n);
  if (sorted == NULL)
    return FALSE;

  /* Welford: large values with a small spread lose nothing. From the sorted ones, so that their
   * order does not matter to the last bit either. */
  for (guint i = 0; i < n; i++)
    {
      double step = sorted[i] - mean;

      mean += step / (i + 1);
      squares += step * (sorted[i] - mean);
    }
  summary->mean = mean;
  summary->deviation = n > 1 ? sqrt (squares / (n - 1)) : NAN;
  summary->min = sorted[0];
  summary->lower_quartile = lsc_sorted_interpolate (sorted, n, 0.25);
  summary->median = lsc_sorted_interpolate (sorted, n, 0.5);
  summary->upper_quartile = lsc_sorted_interpolate (sorted, n, 0.75);
  summary->max = sorted[n - 1];
  return TRUE;
}

static LscOutlier
judge (double value, double lower, double upper)
{
  double range = upper - lower;
  double beyond = MAX (lower - value, value - upper);

  if (beyond > FAR_FENCE * range)
    return LSC_OUTLIER_FAR;
  return beyond > MILD_FENCE * range ? LSC_OUTLIER_MILD : LSC_OUTLIER_NONE;
}

gboolean
lsc_stats_flag_outliers (const double *values, guint n, LscOutlier *flags)
{
  g_autofree double *sorted = NULL;
  double             lower = 0.0;
  double             upper = 0.0;

  g_return_val_if_fail (flags != NULL, FALSE);

  sorted = lsc_sorted_new (values, n);
  if (sorted == NULL)
    return FALSE;
  lower = lsc_sorted_interpolate (sorted, n, 0.25);
  upper = lsc_sorted_interpolate (sorted, n, 0.75);
  for (guint i = 0; i < n; i++)
    flags[i] = judge (values[i], lower, upper);
  return TRUE;
}

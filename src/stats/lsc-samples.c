/* lsc-samples.c: what a row of measured values says by itself.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-stats"

#include "config.h"

#include "lsc-samples.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int
compare_doubles (const void *a, const void *b)
{
  double first = *(const double *)a;
  double second = *(const double *)b;

  return (first > second) - (first < second);
}

/* NULL when one of them is not finite. */
static double *
sort (const double *values, guint n)
{
  g_autofree double *sorted = g_new (double, n);

  for (guint i = 0; i < n; i++)
    {
      if (!isfinite (values[i]))
        return NULL;
      sorted[i] = values[i];
    }
  qsort (sorted, n, sizeof *sorted, compare_doubles);
  return g_steal_pointer (&sorted);
}

/* Type 7: the value at (n - 1) p, between its neighbours. */
static double
interpolate (const double *sorted, guint n, double p)
{
  double at = p * (n - 1);
  guint  below = (guint)floor (at);
  double share = at - below;

  if (below + 1 >= n)
    return sorted[n - 1];
  return sorted[below] + share * (sorted[below + 1] - sorted[below]);
}

gboolean
lsc_stats_quantile (const double *values, guint n, double p, double *quantile)
{
  g_autofree double *sorted = NULL;

  g_return_val_if_fail (p >= 0.0 && p <= 1.0, FALSE);
  g_return_val_if_fail (quantile != NULL, FALSE);

  if (n == 0)
    return FALSE;
  sorted = sort (values, n);
  if (sorted == NULL)
    return FALSE;
  *quantile = interpolate (sorted, n, p);
  return TRUE;
}

gboolean
lsc_stats_summarize (const double *values, guint n, LscSummary *summary)
{
  g_autofree double *sorted = NULL;
  double             mean = 0.0;
  double             squares = 0.0;

  g_return_val_if_fail (summary != NULL, FALSE);

  if (n == 0)
    return FALSE;
  sorted = sort (values, n);
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
  summary->lower_quartile = interpolate (sorted, n, 0.25);
  summary->median = interpolate (sorted, n, 0.5);
  summary->upper_quartile = interpolate (sorted, n, 0.75);
  summary->max = sorted[n - 1];
  return TRUE;
}

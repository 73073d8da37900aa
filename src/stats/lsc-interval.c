/* lsc-interval.c: the interval of a median, by order statistics, and when it is narrow enough.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How many of n values lie below the median is a coin tossed n times, whatever they are. So the
 * median lies below the k-th smallest value with the chance that such coins show fewer than k
 * heads, and above the k-th largest with the same.
 */

#define G_LOG_DOMAIN "lanescope-stats"

#include "config.h"

#include "lsc-samples.h"

#include "lsc-sorted.h"

#include <math.h>

/* 2^-n is a normal double up to here. */
#define MOST_EXACT 1000u

/* P (Binomial (n, 1/2) = i) after that of i - 1. Below MOST_EXACT from the one before: its counts
 * are whole numbers, so that a chance that equals its limit is seen to. */
static double
heads (guint n, guint i, double before)
{
  if (n > MOST_EXACT)
    return exp (lgamma (n + 1.0) - lgamma (i + 1.0) - lgamma (n - i + 1.0) - n * G_LN2);
  return i == 0 ? ldexp (1.0, -(int)n) : before * (n - i + 1) / i;
}

/* The largest k with 2 P (Binomial (n, 1/2) < k) <= alpha; 0: none. */
static guint
find_rank (guint n, double alpha)
{
  double below = 0.0;
  double chance = 0.0;

  for (guint k = 0; k < n; k++)
    {
      chance = heads (n, k, chance);
      below += chance;
      if (2.0 * below > alpha)
        return k;
    }
  return n;
}

gboolean
lsc_stats_median_interval (const double *values,
                           guint         n,
                           double        confidence,
                           double       *low,
                           double       *high)
{
  g_autofree double *sorted = NULL;
  guint              rank = 0;

  g_return_val_if_fail (confidence > 0.0 && confidence < 1.0, FALSE);
  g_return_val_if_fail (low != NULL && high != NULL, FALSE);

  sorted = lsc_sorted_new (values, n);
  if (sorted == NULL)
    return FALSE;
  rank = find_rank (n, 1.0 - confidence);
  if (rank == 0)
    return FALSE;
  *low = sorted[rank - 1];
  *high = sorted[n - rank];
  return TRUE;
}

static gboolean
is_narrow (const double *values, guint n, double width)
{
  double median = 0.0;
  double low = 0.0;
  double high = 0.0;

  return lsc_stats_quantile (values, n, 0.5, &median) &&
         lsc_stats_median_interval (values, n, 0.95, &low, &high) &&
         (high - low) / 2.0 <= width * median;
}

gboolean
lsc_stats_is_precise (const double *values, guint n, double width)
{
  return n >= LSC_MIN_FOR_PRECISION && is_narrow (values, n - 1, width) &&
         is_narrow (values, n, width);
}

/* lsc-sorted.c: values in order, checked.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-stats"

#include "config.h"

#include "lsc-sorted.h"

#include <math.h>
#include <stdlib.h>

static int
compare_doubles (const void *a, const void *b)
{
  double first = *(const double *)a;
  double second = *(const double *)b;

  return (first > second) - (first < second);
}

gboolean
lsc_is_time (double value)
{
  return value >= 1.0 / LSC_LARGEST_VALUE && value <= LSC_LARGEST_VALUE;
}

double *
lsc_sorted_new (const double *values, guint n)
{
  g_autofree double *sorted = NULL;

  if (n == 0)
    return NULL;
  sorted = g_new (double, n);
  for (guint i = 0; i < n; i++)
    {
      if (!(fabs (values[i]) <= LSC_LARGEST_VALUE))
        return NULL;
      sorted[i] = values[i] + 0.0; /* the two zeros are one value */
    }
  qsort (sorted, n, sizeof *sorted, compare_doubles);
  return g_steal_pointer (&sorted);
}

double *
lsc_sorted_new_logs (const double *values, guint n)
{
  double *sorted = lsc_sorted_new (values, n);

  if (sorted == NULL)
    return NULL;
  if (!lsc_is_time (sorted[0]))
    {
      g_free (sorted);
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    sorted[i] = log (sorted[i]);
  return sorted;
}

double
lsc_sorted_interpolate (const double *sorted, guint n, double p)
{
  double at = p * (n - 1);
  guint  below = (guint)floor (at);
  double share = at - below;

  if (below + 1 >= n)
    return sorted[n - 1];
  return sorted[below] + share * (sorted[below + 1] - sorted[below]);
}

static void
swap (double *a, double *b)
{
  double kept = *a;

  *a = *b;
  *b = kept;
}

/* Hoare's selection: values[rank] is then what it would be in order, with none larger before it and
 * none smaller behind it. */
static void
select_rank (double *values, guint n, guint rank)
{
  gint64 first = 0;
  gint64 last = (gint64)n - 1;

  while (first < last)
    {
      double pivot = values[first + (last - first) / 2];
      gint64 i = first;
      gint64 j = last;

      while (i <= j)
        {
          while (values[i] < pivot)
            i++;
          while (values[j] > pivot)
            j--;
          if (i <= j)
            swap (&values[i++], &values[j--]);
        }
      if (rank <= j)
        last = j;
      else if (rank >= i)
        first = i;
      else
        return;
    }
}

double
lsc_unsorted_interpolate (double *values, guint n, double p)
{
  double at = p * (n - 1);
  guint  below = (guint)floor (at);
  double next = INFINITY;

  select_rank (values, n, MIN (below, n - 1));
  if (below + 1 >= n)
    return values[n - 1];
  for (guint i = below + 1; i < n; i++)
    next = MIN (next, values[i]);
  return values[below] + (at - below) * (next - values[below]);
}

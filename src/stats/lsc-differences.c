/* lsc-differences.c: all differences between two rows of numbers, in order.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-stats"

#include "config.h"

#include "lsc-differences.h"

#include <math.h>

/* Also tells the largest of those that it counts: -INFINITY when there is none. */
static guint64
walk (const LscDifferences *self, double limit, double *largest)
{
  guint64 count = 0;
  guint   from = 0; /* those of the second row before it make too large a difference */

  *largest = -INFINITY;
  for (guint i = 0; i < self->n_first; i++)
    {
      while (from < self->n_second && self->first[i] - self->second[from] > limit)
        from++;
      if (from == self->n_second)
        break;
      *largest = MAX (*largest, self->first[i] - self->second[from]);
      count += self->n_second - from;
    }
  return count;
}

guint64
lsc_differences_count_at_most (const LscDifferences *self, double limit)
{
  double largest = 0.0;

  return walk (self, limit, &largest);
}

guint64
lsc_differences_count_below (const LscDifferences *self, double limit)
{
  return lsc_differences_count_at_most (self, nextafter (limit, -INFINITY));
}

double
lsc_differences_select (const LscDifferences *self, guint64 rank)
{
  double below = self->first[0] - self->second[self->n_second - 1];
  double above = self->first[self->n_first - 1] - self->second[0];

  /* The smallest limit that counts more than `rank`, between two that are known to count at most
   * that and more: `above` is always one of the differences. */
  if (lsc_differences_count_at_most (self, below) > rank)
    return below;
  for (;;)
    {
      double  middle = below + (above - below) / 2.0;
      double  largest = 0.0;
      guint64 count = 0;

      if (!(middle > below && middle < above))
        return above;
      count = walk (self, middle, &largest);
      if (count == rank + 1)
        return largest;
      if (count > rank)
        above = largest;
      else
        below = middle;
    }
}

double
lsc_differences_get_median (const LscDifferences *self)
{
  guint64 n = (guint64)self->n_first * self->n_second;
  double  upper = lsc_differences_select (self, n / 2);

  if (n % 2 == 1)
    return upper;
  return (lsc_differences_select (self, n / 2 - 1) + upper) / 2.0;
}

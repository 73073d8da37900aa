/* lsc-differences.h: all differences between two rows of numbers, in order. Of this room only.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * There are n * m of them, and none is ever kept: as both rows are sorted, a walk along the edge
 * between those above and those below a limit counts them in n + m steps, and a bisection over such
 * counts finds any one. A million take a fraction of a millisecond.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `first` minus `second`, both ascending. Borrowed. */
typedef struct
{
  const double *first;
  guint         n_first;
  const double *second;
  guint         n_second;
} LscDifferences;

/* How many are at most that, and how many are less. */
guint64 lsc_differences_count_at_most (const LscDifferences *self, double limit);
guint64 lsc_differences_count_below (const LscDifferences *self, double limit);
/* The one with `rank` smaller ones before it, from 0. */
double lsc_differences_select (const LscDifferences *self, guint64 rank);
double lsc_differences_get_median (const LscDifferences *self);

G_END_DECLS

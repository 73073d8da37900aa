/* lsc-sorted.h: values in order, checked. Of this room only.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No figure of a program is larger; squares, differences and ratios of such do not overflow. */
#define LSC_LARGEST_VALUE 1e150

/* What can be the time of something: above zero, finite, not beyond what is calculated with. */
gboolean lsc_is_time (double value);
/* A copy in ascending order. NULL when there are none, or one is not finite or too large. */
double *lsc_sorted_new (const double *values, guint n) G_GNUC_WARN_UNUSED_RESULT;
/* The same of the logarithms; all must be times. */
double *lsc_sorted_new_logs (const double *values, guint n) G_GNUC_WARN_UNUSED_RESULT;
/* Type 7: the value at (n - 1) p, between its neighbours. */
double lsc_sorted_interpolate (const double *sorted, guint n, double p);
/* The same of values in any order, which are put into another one: where only a few such figures
 * are asked for it is much cheaper. All must be numbers. */
double lsc_unsorted_interpolate (double *values, guint n, double p);

G_END_DECLS

/* lsc-test-times.h: times for the tests of comparisons.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

static const double older[] = { 10.21, 10.53, 9.82,  11.14, 10.05, 10.36,
                                14.97, 10.78, 10.19, 9.91,  10.42, 10.63 };
static const double newer[] = { 9.14, 9.45, 8.96, 9.97, 9.08, 9.29, 9.31, 9.62, 8.83, 9.54 };
#define N_OLDER G_N_ELEMENTS (older)
#define N_NEWER G_N_ELEMENTS (newer)

static inline const double *
scale (const double *values, guint n, double factor)
{
  double *scaled = g_new (double, n);

  for (guint i = 0; i < n; i++)
    scaled[i] = values[i] * factor;
  g_test_queue_free (scaled);
  return scaled;
}

/* `first`, `first` + step and so on, in some other order than theirs. */
static inline const double *
ramp (guint n, double first, double step)
{
  double *values = g_new (double, n);

  for (guint i = 0; i < n; i++)
    values[(i * 7 + 3) % n] = first + i * step; /* n is no multiple of 7 */
  g_test_queue_free (values);
  return values;
}

/* lsc-profiler-order.c: the order of cells in each round.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-profiler"

#include "config.h"

#include "lsc-profiler-order.h"

void
lsc_profiler_make_order (guint64 seed, guint round, guint n, guint *order)
{
  const guint32 seeds[] = { (guint32)seed, (guint32)(seed >> 32), round };
  g_autoptr (GRand) random = g_rand_new_with_seed_array (seeds, G_N_ELEMENTS (seeds));

  for (guint i = 0; i < n; i++)
    order[i] = i;
  /* Fisher and Yates: each order is as likely as any other. */
  for (guint i = n; i > 1; i--)
    {
      guint other = (guint)g_rand_int_range (random, 0, (gint32)i);
      guint kept = order[i - 1];

      order[i - 1] = order[other];
      order[other] = kept;
    }
}

guint64
lsc_profiler_choose_seed (void)
{
  return MAX (g_random_int (), 1);
}

/* lsc-profiler-order.h: the order of cells in each round.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure functions; any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Puts 0 to n - 1 in the order of this round: the same for the same seed, round and n, whatever
 * became of the rounds before. `order` has room for n. */
void lsc_profiler_make_order (guint64 seed, guint round, guint n, guint *order);

/* One that nobody chose, not 0, and short enough to be typed again. */
guint64 lsc_profiler_choose_seed (void);

G_END_DECLS

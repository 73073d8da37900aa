/* lsc-speed-up.h: what more workers gain, with bands by bootstrap.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers in, numbers out; any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LSC_BOOTSTRAP_RESAMPLES 10000u

/* Row r of `times` is round r, with the times of all cells in it; NAN, or what is no time above
 * zero: not measured there. */
typedef struct
{
  const double *times; /* n_rounds * n_cells */
  guint         n_rounds;
  guint         n_cells;
} LscRounds;

typedef struct
{
  double value; /* median of the reference over the median of the cell; NAN: not measured */
  double low;   /* percentile interval of the resampled, which holds the value; NAN below
                   LSC_MIN_FOR_INTERVAL rounds of either */
  double high;
} LscSpeedUp;

/* Speed-up of each cell against `reference`, whole rounds resampled with replacement: what slowed a
 * round down slowed all of its cells (Kalibera and Jones, ISMM 2013). The same seed gives the same
 * bands. `speed_ups` has room for n_cells. FALSE when the reference has no time. Efficiency is
 * speed-up over workers. */
gboolean lsc_stats_speed_up (const LscRounds *rounds,
                             guint            reference,
                             double           confidence,
                             guint            n_resamples,
                             guint64          seed,
                             LscSpeedUp      *speed_ups);

/* The smallest number of workers that no larger one beats: the index in `cells` (by workers,
 * ascending) of the first that no later one is FASTER than; -1 when the data does not say so yet (a
 * comparison that it hangs on is not yet known) or there is only one. All pairs are compared, as
 * one experiment. */
gint lsc_stats_enough_workers (const LscRounds *rounds,
                               const guint     *cells,
                               guint            n,
                               double           band,
                               double           confidence);

G_END_DECLS

/* lsc-rank-law.h: how often so few pairs are in the wrong order by chance. Of this room only.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The law of Mann and Whitney's U (1947): of n * m pairs, one of each side, in how many the first
 * is the larger one, when both sides come from one law without ties. Exact as long as its counts
 * are whole numbers in a double (28 values a side, or 10 against 150); beyond that the normal law,
 * half a pair on the safe side.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 n_pairs;
  double *at_most; /* P (U <= i), below the half; NULL: normal */
  guint64 n_exact;
  double  deviation;
} LscRankLaw;

void lsc_rank_law_init (LscRankLaw *self, guint n, guint m);
void lsc_rank_law_clear (LscRankLaw *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LscRankLaw, lsc_rank_law_clear)

/* P (U <= count), never too small. */
double lsc_rank_law_tail (const LscRankLaw *self, guint64 count);
/* The largest rank r with 2 P (U < r) <= alpha: the r-th smallest and the r-th largest of all
 * differences are the ends of an interval that misses the shift at most that often. 0: none. */
guint64 lsc_rank_law_find_rank (const LscRankLaw *self, double alpha);

G_END_DECLS

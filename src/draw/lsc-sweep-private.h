/* lsc-sweep-private.h: what the parts of the curves' painter share.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-bars-painter-private.h"

G_BEGIN_DECLS

/* The path of a mode's marker around a point; not filled. */
void lsc_sweep_marker (LscFrame *frame, LscExecutorKind executor, double x, double y);
/* Around the point that is enough. */
void lsc_sweep_ring (LscFrame *frame, double x, double y);
/* Names of the curves at their ends, none over another. */
void lsc_sweep_paint_labels (LscBarsFrame *frame, const LscBarsChart *chart, LscChartKind kind);
/* Moves `n` middles, in ascending order, apart to at least `pitch` and between `top` and `bottom`,
 * each as little as that allows. */
void lsc_sweep_spread (double *middles, guint n, double pitch, double top, double bottom);

G_END_DECLS

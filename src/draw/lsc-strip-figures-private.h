/* lsc-strip-figures-private.h: the figures that a timing bar is drawn from.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain numbers, any thread.
 */

#pragma once

#include "lsc-scene.h"

G_BEGIN_DECLS

LscStripFigures *lsc_strip_figures_copy (const LscStripFigures *self); /* of NULL: NULL */
void             lsc_strip_figures_clear (LscStripFigures *self);
void             lsc_strip_figures_free (LscStripFigures *self); /* nullable */

/* How far to the right it is drawn: bar, whisker, quartiles, and samples that do not lie so far off
 * that they would squeeze all else. 0: nothing is known. */
double lsc_strip_figures_get_reach_ns (const LscStripFigures *self);
/* Whether there is a median to draw. */
gboolean lsc_strip_figures_has_bar (const LscStripFigures *self);
/* Whether a strip's bar is a timing bar. */
gboolean lsc_strip_is_measured (const LscStrip *strip);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscStripFigures, lsc_strip_figures_free)

G_END_DECLS

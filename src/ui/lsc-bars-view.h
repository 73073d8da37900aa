/* lsc-bars-view.h: the widget that shows a profile's bars, and goes from one to the next.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. As high as its width asks for: for a scroller. Draws only when something changed.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-bars.h"
#include "lsc-baseline.h"

G_BEGIN_DECLS

#define LSC_TYPE_BARS_VIEW (lsc_bars_view_get_type ())
G_DECLARE_FINAL_TYPE (LscBarsView, lsc_bars_view, LSC, BARS_VIEW, GtkWidget)

/* Signals "cell-activated" (guint cell); "focus-changed"; "menu" (double x, double y): the bar that
 * has the focus wants one. */

/* `report` is of `profile` as it is now; both NULL: nothing is shown. `baseline` (nullable): what
 * is said of a bar says it, too. The focus stays with its cell while the profile is the same. */
void lsc_bars_view_set_profile (LscBarsView *self,
                                LscProfile  *profile,
                                LscReport   *report,
                                LscBaseline *baseline);
void lsc_bars_view_set_order (LscBarsView *self, LscBarsOrder order);

/* What is drawn, for pictures of the same. */
void lsc_bars_view_get_request (LscBarsView *self, LscBarsRequest *request);
/* -1: none. */
gint lsc_bars_view_get_focus (LscBarsView *self);
/* No bar has it any more. */
void lsc_bars_view_clear_focus (LscBarsView *self);
/* Puts the focus on a cell's bar, and into sight. FALSE: it is not shown. */
gboolean lsc_bars_view_focus_cell (LscBarsView *self, guint cell);
/* All that is known of a bar, in words. */
char *lsc_bars_view_dup_text (LscBarsView *self, guint cell) G_GNUC_WARN_UNUSED_RESULT;
/* How long the last painting took, µs. */
gint64 lsc_bars_view_get_paint_us (LscBarsView *self);

G_END_DECLS

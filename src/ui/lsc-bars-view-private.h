/* lsc-bars-view-private.h: the insides of the widget of bars, for the files that make it up.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-bars-view.h"

G_BEGIN_DECLS

struct _LscBarsView
{
  GtkWidget parent_instance;

  /* Owned */
  LscProfile     *profile; /* nullable; with it the report */
  LscReport      *report;
  LscBaseline    *baseline; /* nullable; with it its words: */
  char           *note;
  char          **against;
  LscBarsLayout  *layout; /* NULL: to be made anew */
  LscBarsPainter *painter;
  GPtrArray      *items; /* of LscTimelineItem, children: the nth bar from the top */
  char           *font;

  LscBarsOrder order;
  double       font_scale;
  gint         focus; /* a cell; -1: none */
  gint64       paint_us;
  guint        items_timer;
  gboolean     has_texts; /* of all items */
};

/* NULL: there is nothing to show, or no room yet. */
LscBarsLayout *lsc_bars_view_ensure_layout (LscBarsView *self, int width);
void           lsc_bars_view_activate_focus (LscBarsView *self);
void           lsc_bars_view_emit_menu (LscBarsView *self, double x, double y);

/* ---- lsc-bars-view-items.c: as a list, for screen readers and the focus ------------------ */

/* Makes the children that stand for bars; their texts follow, at most once a second. */
void lsc_bars_view_items_update (LscBarsView *self);
void lsc_bars_view_items_allocate (LscBarsView *self);
void lsc_bars_view_items_clear (LscBarsView *self);
/* To the child that stands for the focus. */
gboolean lsc_bars_view_items_grab_focus (LscBarsView *self);

/* ---- lsc-bars-view-input.c: keys, clicks and the pointer --------------------------------- */

void lsc_bars_view_input_init (LscBarsView *self);
void lsc_bars_view_input_class_init (GtkWidgetClass *widget_class);

G_END_DECLS

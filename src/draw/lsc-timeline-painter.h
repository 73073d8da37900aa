/* lsc-timeline-painter.h: draws a timeline on any cairo context.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same painter draws in the window, into pictures and in the tests.
 * Text is shaped once and kept: a painter belongs to one thread.
 */

#pragma once

#include <cairo.h>

#include "lsc-scene.h"
#include "lsc-theme.h"
#include "lsc-timeline-layout.h"

G_BEGIN_DECLS

/* What is seen, and what is brought out. */
typedef struct
{
  gint64 from_ns;     /* at the plot's left edge */
  gint64 to_ns;       /* at its right edge */
  double scroll_y_px; /* rows above this are out of sight */

  /* The lane with the focus, and its span; NULL, -1: none. */
  LscLane *focus_lane;
  guint    focus_depth;
  gint64   focus_start_ns;
  gboolean focus_visible; /* whole row outlined, for the keyboard */

  /* A marked range of time; none when equal. */
  gint64 range_from_ns;
  gint64 range_to_ns;

  /* A line where the pointer is; -1: none. */
  gint64 pointer_ns;
} LscTimelineView;

void lsc_timeline_view_init_whole (LscTimelineView *view, LscScene *scene);

#define LSC_TYPE_TIMELINE_PAINTER (lsc_timeline_painter_get_type ())
G_DECLARE_FINAL_TYPE (LscTimelinePainter, lsc_timeline_painter, LSC, TIMELINE_PAINTER, GObject)

/* `font`: a Pango description such as "Cantarell 11"; NULL for the platform's sans. Its
 * family counts: sizes follow the rows, by the layout's text scale. */
LscTimelinePainter *lsc_timeline_painter_new (const char *font) G_GNUC_WARN_UNUSED_RESULT;

void lsc_timeline_painter_set_font (LscTimelinePainter *self, const char *font);
void lsc_timeline_painter_set_theme (LscTimelinePainter *self, const LscTheme *theme);

/* Draws all: (title, ruler, rows, legend) within width x height of the layout. `height_px` is what
 * is visible; rows are clipped between the ruler, which stays, and the legend. */
void lsc_timeline_painter_draw (LscTimelinePainter    *self,
                                cairo_t               *cr,
                                LscScene              *scene,
                                LscTimelineLayout     *layout,
                                const LscTimelineView *view,
                                double                 height_px);

/* Time at an x, and x of a time. */
gint64 lsc_timeline_view_x_to_ns (const LscTimelineView *view, LscTimelineLayout *layout, double x);
double
lsc_timeline_view_ns_to_x (const LscTimelineView *view, LscTimelineLayout *layout, gint64 time_ns);

G_END_DECLS

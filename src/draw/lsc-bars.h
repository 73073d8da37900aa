/* lsc-bars.h: the picture of a profile: timing bars, memory, worker sweep.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A layout says where everything is, a painter draws it: in the window, into pictures, in the
 * tests. A layout is made anew when the figures, the size or the order change (it is cheap) and
 * does not look at profile and report again: it copies what it needs. One thread for each.
 *
 *   layout = lsc_bars_layout_new (profile, report, &request);
 *   gtk_widget_set_size_request (area, -1, ceil (lsc_bars_layout_get_height (layout)));
 *   lsc_bars_painter_draw (painter, cr, layout, focused_cell);
 */

#pragma once

#include <cairo.h>

#include "lsc-profile.h"
#include "lsc-report.h"
#include "lsc-scene.h"
#include "lsc-theme.h"

G_BEGIN_DECLS

/* How cells follow each other within their group. */
typedef enum
{
  LSC_BARS_AS_MEASURED,   /* the profile's order */
  LSC_BARS_FASTEST_FIRST, /* by median; what has no figures comes last, here and below */
  LSC_BARS_BY_NAME,       /* mode or name, then workers */
  LSC_BARS_BY_MEMORY,     /* the least first */
} LscBarsOrder;

/* What to make it for. */
typedef struct
{
  double width_px;
  double height_px;        /* 0: as high as needed (the window, which scrolls); else rows are made
                              to fit, and what does not fit is counted in the picture */
  double       text_scale; /* 1, and 0: normal; projectors and large text more */
  gboolean     with_title; /* pictures: the profile's title, the report's answer and subtitle */
  gboolean     with_legend;
  gboolean     with_memory;     /* beside the times; below them where it is narrow */
  gboolean     with_sweep;      /* speed-up curves; nothing where no worker counts were compared */
  gboolean     with_efficiency; /* beside (narrow: below) the speed-up */
  LscBarsOrder order;
  /* Borrowed, and copied by whoever keeps the request; nullable. */
  const char        *note;    /* with the title: what has to be known of the comparison */
  const char *const *against; /* a text for each cell, beside its verdict: how it compares with what
                                 is not in the picture; "": nothing */
} LscBarsRequest;

/* ---- layout --------------------------------------------------------------------------------- */

#define LSC_TYPE_BARS_LAYOUT (lsc_bars_layout_get_type ())
G_DECLARE_FINAL_TYPE (LscBarsLayout, lsc_bars_layout, LSC, BARS_LAYOUT, GObject)

/* `report` must be of `profile` as it is now. */
LscBarsLayout *lsc_bars_layout_new (LscProfile           *profile,
                                    LscReport            *report,
                                    const LscBarsRequest *request) G_GNUC_WARN_UNUSED_RESULT;

/* What it was made for. */
const LscBarsRequest *lsc_bars_layout_get_request (LscBarsLayout *self);
/* Of the whole picture, px; as needed, or the request's where that is more. */
double lsc_bars_layout_get_height (LscBarsLayout *self);
/* Cells that the request's height left no place for. */
guint lsc_bars_layout_get_n_hidden (LscBarsLayout *self);

/* The cell whose row, memory bar or point on a curve is at a place; -1: none. */
gint lsc_bars_layout_find_cell (LscBarsLayout *self, double x, double y);
/* A cell's row, px: to scroll to it, to put a focus or a tooltip there. FALSE: not shown. */
gboolean lsc_bars_layout_get_cell_box (LscBarsLayout *self,
                                       guint          cell,
                                       double        *x,
                                       double        *y,
                                       double        *width,
                                       double        *height);
/* Cells as they stand from top to bottom, for the keyboard: position to cell; -1 past the end. */
gint lsc_bars_layout_get_nth_cell (LscBarsLayout *self, guint position);
/* The other way; -1: not shown. */
gint lsc_bars_layout_get_position (LscBarsLayout *self, guint cell);

/* ---- painter -------------------------------------------------------------------------------- */

#define LSC_TYPE_BARS_PAINTER (lsc_bars_painter_get_type ())
G_DECLARE_FINAL_TYPE (LscBarsPainter, lsc_bars_painter, LSC, BARS_PAINTER, GObject)

/* Keep one for many frames: it keeps shaped texts. `font`: as lsc_timeline_painter_new(). */
LscBarsPainter *lsc_bars_painter_new (const char *font) G_GNUC_WARN_UNUSED_RESULT;
void            lsc_bars_painter_set_font (LscBarsPainter *self, const char *font);
void            lsc_bars_painter_set_theme (LscBarsPainter *self, const LscTheme *theme);

/* Draws all of it from 0, 0 to width and height, the page's ground included. What lies outside of
 * the context's clip costs nothing: clip to what is in sight. `focused_cell`: its row is outlined;
 * -1: none. */
void
lsc_bars_painter_draw (LscBarsPainter *self, cairo_t *cr, LscBarsLayout *layout, gint focused_cell);

/* ---- on the timeline ------------------------------------------------------------------------ */

/* Makes a strip's bar the timing bar of a cell: lsc_scene_set_measured() with what the report has
 * of it. Without any sample the strip's bar is the run's own. */
void lsc_bars_measure_strip (LscScene *scene, guint strip, LscReport *report, guint cell);

/* ---- in words ------------------------------------------------------------------------------- */

/* The bar of a cell for who cannot see it: "Threads, 4 workers: median 3.19 s, 95 % interval 3.15 s
 * to 3.24 s, same; 24 runs; peak memory 15 MB". Translated. */
char *lsc_bars_dup_cell_text (LscReport *report, guint cell) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

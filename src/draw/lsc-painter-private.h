/* lsc-painter-private.h: what the painter's parts share during one frame.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pangocairo.h>

#include "lsc-curves-private.h"
#include "lsc-lane-counters.h"
#include "lsc-ruler.h"
#include "lsc-timeline-painter.h"

G_BEGIN_DECLS

/* Of states that were only looked at now and then. */
#define LSC_SAMPLED_ALPHA 0.55

/* ---- text -------------------------------------------------------------------- */

typedef enum
{
  LSC_TEXT_NAME,
  LSC_TEXT_HEAD,
  LSC_TEXT_BAR, /* figures on a time bar */
  LSC_TEXT_SMALL,
  LSC_TEXT_LABEL, /* on a task's block */
  LSC_TEXT_TITLE,
  LSC_TEXT_SUBTITLE,
} LscTextRole;

#define LSC_N_TEXT_ROLES 7

/* Shaped once, drawn often. Borrowed from the cache until the next frame. */
typedef struct
{
  PangoLayout *layout;
  double       width;
  double       height;
  guint64      used; /* the frame */
} LscText;

typedef struct _LscTextCache LscTextCache;

LscTextCache *lsc_text_cache_new (void);
void          lsc_text_cache_free (LscTextCache *cache);
void          lsc_text_cache_set_font (LscTextCache *cache, const char *font);
void          lsc_text_cache_begin_frame (LscTextCache *cache, cairo_t *cr, double scale);

const LscText *lsc_text_cache_get (LscTextCache *cache, LscTextRole role, const char *text);
/* With "…" in its middle or at its end where it is too wide; NULL when not even that fits. */
const LscText *
lsc_text_cache_fit_middle (LscTextCache *cache, LscTextRole role, const char *text, double width);
const LscText *
lsc_text_cache_fit_end (LscTextCache *cache, LscTextRole role, const char *text, double width);
/* A new layout that wraps, for what is drawn once. */
PangoLayout *lsc_text_cache_new_paragraph (LscTextCache *cache,
                                           LscTextRole   role,
                                           const char   *text,
                                           double        width,
                                           int           max_lines);

/* ---- a frame -------------------------------------------------------------------- */

/* Where a text was drawn: for who checks that none covers another. */
typedef struct
{
  double      x;
  double      y;
  double      width;
  double      height;
  const char *text; /* borrowed, as LscText */
} LscTextBox;

/* Of a timeline, or of a profile's bars: then without scene, layout and what follows from them. */
typedef struct
{
  cairo_t               *cr;
  LscScene              *scene;
  LscTimelineLayout     *layout;
  const LscTimelineView *view;
  const LscTheme        *theme;
  LscTextCache          *texts;
  GArray                *pieces;     /* of LscPiece; scratch */
  GArray                *states;     /* of LscStatePiece; scratch */
  GArray                *boxes;      /* of LscBox; scratch */
  GArray                *busy;       /* of float; scratch */
  GArray                *unknown;    /* of float; scratch */
  GArray                *memory;     /* of LscMemoryPixel; scratch */
  GArray                *text_boxes; /* of LscTextBox; nullable */

  double   scale;     /* of text and rows */
  double   device;    /* device pixels in a px */
  gboolean in_pixels; /* drawn on an image, not into a file of paths */
  double   width;
  double   height;
  double   plot_x;
  double   plot_right;
  guint    n_px; /* the plot's width in device pixels */
  double   rows_top;
  double   rows_bottom;

  LscRuler      ruler;
  LscCurveScale curves;
  LscFeatures   seen; /* what was drawn, for the legend */
} LscFrame;

/* What does not follow from a layout; all else is 0. */
void lsc_frame_init (LscFrame *frame, cairo_t *cr, const LscTheme *theme, LscTextCache *texts);

static inline double
lsc_frame_x (const LscFrame *frame, gint64 time_ns)
{
  const LscTimelineView *view = frame->view;

  return frame->plot_x +
         ((double)(time_ns - view->from_ns) / (double)(view->to_ns - view->from_ns)) *
             (frame->plot_right - frame->plot_x);
}

/* To the nearest device pixel. */
double lsc_frame_snap (const LscFrame *frame, double x);
/* Of an interval, snapped, at least one device pixel wide and inside the plot, a
 * little over its edges where it goes on; FALSE when out of sight. */
gboolean
lsc_frame_interval (const LscFrame *frame, gint64 start_ns, gint64 end_ns, double *x0, double *x1);
/* All device pixels that an interval in sight touches. */
void
lsc_frame_touched (const LscFrame *frame, gint64 start_ns, gint64 end_ns, double *x0, double *x1);
void lsc_frame_set_color (const LscFrame *frame, const LscColor *color, double alpha);
void lsc_frame_rounded (const LscFrame *frame,
                        double          x,
                        double          y,
                        double          width,
                        double          height,
                        double          radius);
/* As rounded, of snapped numbers. In pixels it is made of rectangles, which cairo fills
 * many times as fast as arcs. */
void lsc_frame_block (const LscFrame *frame,
                      double          x,
                      double          y,
                      double          width,
                      double          height,
                      double          radius);
void lsc_frame_clip_plot (const LscFrame *frame, double y, double height);
/* Diagonals, in the colour that is set, within the clip. */
void lsc_frame_hatch (const LscFrame *frame,
                      double          x,
                      double          y,
                      double          width,
                      double          height,
                      double          pitch,
                      gboolean        rising);
/* Fills the path with rising lines; y and height are of the row. */
void lsc_frame_fill_hatched (const LscFrame *frame,
                             const LscColor *color,
                             double          alpha,
                             double          y,
                             double          height,
                             double          pitch);
/* A small cross around a point. */
void lsc_frame_cross (const LscFrame *frame, double x, double y, double size);

/* The glyph of a mark: over the height, or in the middle of it. */
void     lsc_frame_mark (LscFrame *frame, LscFeatures feature, double x, double y, double height);
gboolean lsc_frame_was_joined (LscFrame *frame, const LscStrip *strip, const LscLane *lane);

/* Left edge and middle of the text. */
void lsc_frame_text (const LscFrame *frame,
                     const LscText  *text,
                     const LscColor *color,
                     double          x,
                     double          y_middle);

/* A small label on a ground of its own, its middle at x, kept within the plot. */
void lsc_frame_pill (const LscFrame *frame,
                     const char     *text,
                     const LscColor *ground,
                     const LscColor *color,
                     double          x,
                     double          y_middle);

/* Ticks as close as their labels allow, for the view and the plot. */
void lsc_frame_choose_ruler (LscFrame *frame);

/* ---- the parts -------------------------------------------------------------------- */

void lsc_paint_title (LscFrame *frame);
void lsc_paint_grid (LscFrame *frame);
void lsc_paint_ruler (LscFrame *frame);
void lsc_paint_strip_row (LscFrame *frame, const LscRow *row, double y);
void lsc_paint_band_row (LscFrame *frame, const LscRow *row, double y);
void lsc_paint_curves_row (LscFrame *frame, const LscRow *row, double y);
/* As in a row of curves: an area; a line at y. */
void lsc_paint_cpu_swatch (LscFrame *frame, double x, double y, double width, double height);
void
lsc_paint_memory_swatch (LscFrame *frame, gboolean is_dashed, double x, double y, double width);
void lsc_paint_head_row (LscFrame *frame, guint index, double y);
void lsc_paint_lane_row (LscFrame *frame, guint index, double y);
void lsc_paint_spans (LscFrame *frame, const LscStrip *strip, const LscRow *row, double y);
void lsc_paint_core (LscFrame *frame, const LscStrip *strip, const LscRow *row, double y);
void lsc_paint_states (LscFrame *frame, const LscStrip *strip, const LscRow *row, double y);
/* Within a box of the plot; `frame->states` has them then. */
void lsc_paint_lane_states (LscFrame *frame, LscLane *lane, gint64 now_ns, double y, double height);
void lsc_paint_marks (LscFrame       *frame,
                      const LscStrip *strip,
                      const LscLane  *lane,
                      double          y,
                      double          height);
void lsc_paint_focus (LscFrame *frame, guint index, double y);
void lsc_paint_range (LscFrame *frame);
void lsc_paint_pointer (LscFrame *frame);
void lsc_paint_legend (LscFrame *frame);

G_END_DECLS

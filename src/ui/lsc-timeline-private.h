/* lsc-timeline-private.h: what the timeline's files share.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lsc-timeline.c has the type and puts everything together; -render draws,
 * -navigate moves the view,
 * -gestures and -keys turn what the user does into views, -focus knows what is
 * under a point and what comes next, -hover tells about it, -lens magnifies it,
 * -hand-off goes from one switch to the next, -a11y keeps the
 * list of lanes for screen readers. Only these files include this.
 */

#pragma once

#include "lsc-timeline.h"
#include "lsc-timeline-lens.h"
#include "lsc-timeline-overview.h"
#include "lsc-timeline-zoom.h"

G_BEGIN_DECLS

/* A surface that GTK may still hold is not drawn on again before two others were. */
#define LSC_TIMELINE_N_SURFACES 3

/* While a run goes on, painting may take one over this of a core, and laying out another: what is
 * measured runs on the same machine. */
#define LSC_TIMELINE_LIVE_SHARE 10

struct _LscTimeline
{
  GtkWidget parent_instance;

  /* Owned */
  LscScene           *scene;
  LscTimelineLayout  *layout; /* NULL: has to be made */
  LscTimelinePainter *painter;
  GtkAdjustment      *vadjustment;
  cairo_surface_t    *surfaces[LSC_TIMELINE_N_SURFACES];
  char               *font;
  GPtrArray          *items; /* LscTimelineItem, borrowed: our children */

  /* Borrowed */
  const LscTheme *theme;

  /* Children */
  GtkWidget           *hint;
  LscTimelineOverview *overview;
  GtkWidget           *scrollbar;

  /* What is seen */
  LscTimelineZoom  zoom;
  LscTimelineFocus focus;
  LscRecording    *focus_recording; /* owned: keeps the lane alive */
  gboolean         focus_visible;   /* moved by the keyboard: outlined */
  LscTimelineLens  lens;
  gboolean         shows_curves;
  double           text_scale;
  double           font_scale; /* the platform's size over GNOME's */

  /* What the layout was made from, when, and what that took. */
  guint64 asked_key;
  guint64 data_key;
  double  layout_width;
  gint64  laid_out_us;
  gint64  layout_us;

  /* Drawing */
  guint    surface;       /* the newest of the ring */
  gboolean surface_valid; /* still what should be seen */
  gint64   paint_us;      /* what the last painting took */
  gint64   painted_us;    /* when that was */
  guint    delayed_paint; /* source: a live change that waits */
  double   pointer_x;     /* -1: not over the plot */
  double   pointer_y;
  gboolean selecting; /* a range is being dragged */

  /* Gestures */
  double          drag_x;
  double          drag_y;
  LscTimelineZoom drag_zoom;
  double          drag_scroll;
  gboolean        drag_pans;
  double          pinch_scale;

  guint    a11y_timer;
  int      a11y_height; /* the widget's, when the items were last looked at */
  gboolean updating_items;
};

/* ---- lsc-timeline.c --------------------------------------------------------------- */

/* Made when needed; NULL without a scene or without room. */
LscTimelineLayout *lsc_timeline_ensure_layout (LscTimeline *self);
gboolean           lsc_timeline_is_empty (LscTimeline *self);
/* There is something to lay out anew, and it is time for it. */
gboolean lsc_timeline_layout_is_old (LscTimeline *self);
void     lsc_timeline_update_adjustment (LscTimeline *self, double canvas_height);
/* Where the painted part is: below the overview, beside the scrollbar. */
void lsc_timeline_get_canvas (LscTimeline *self, graphene_rect_t *canvas);
void lsc_timeline_fill_view (LscTimeline *self, LscTimelineView *view);
/* The view is another one, by the user. */
void lsc_timeline_view_changed (LscTimeline *self);
/* The furthest edge of what is still running; -1 for none. */
gint64 lsc_timeline_get_live_ns (LscTimeline *self);
void   lsc_timeline_emit_focus_changed (LscTimeline *self);
void   lsc_timeline_emit_menu (LscTimeline *self, double x, double y);

/* ---- lsc-timeline-navigate.c --------------------------------------------------------- */

void lsc_timeline_navigate_class_init (GtkWidgetClass *widget_class);
void lsc_timeline_scroll_by (LscTimeline *self, double delta_px);
void lsc_timeline_pan (LscTimeline *self, double delta_px);
void lsc_timeline_go_live (LscTimeline *self);
void lsc_timeline_go_start (LscTimeline *self);
/* Hides or shows a mode's lanes. */
gboolean lsc_timeline_toggle_focus (LscTimeline *self);
/* Opens the head that has the focus, or folds it; FALSE when there is nothing to do. */
gboolean lsc_timeline_fold_focus (LscTimeline *self, gboolean opens);
void     lsc_timeline_show_exactly (LscTimeline *self, gint64 from_ns, gint64 to_ns);
/* After the user moved the view: follow the live edge only when it can be seen. */
void lsc_timeline_update_follow (LscTimeline *self);

/* ---- lsc-timeline-render.c ---------------------------------------------------------- */

void lsc_timeline_render_init (LscTimeline *self);
void lsc_timeline_render_clear (LscTimeline *self);
void lsc_timeline_update_theme (LscTimeline *self);
void lsc_timeline_update_font (LscTimeline *self);
/* Paint anew at the next frame. */
void lsc_timeline_invalidate (LscTimeline *self);
/* The same, but not so often that painting takes more than a small share of a core. */
void lsc_timeline_invalidate_live (LscTimeline *self);
void lsc_timeline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

/* ---- lsc-timeline-focus.c ------------------------------------------------------------ */

/* What is at a point of the canvas. */
/* The whole run, small, above the timeline. */
#define LSC_TIMELINE_OVERVIEW_PX 30

typedef struct
{
  const LscRow *row; /* NULL: nothing */
  gboolean      in_plot;
  gint64        time_ns;
  gboolean      has_span;
  LscSpan       span;
  guint64       n_spans; /* in the pixel under the point */
} LscTimelineHit;

void     lsc_timeline_hit (LscTimeline *self, double x, double y, LscTimelineHit *hit);
void     lsc_timeline_clear_focus (LscTimeline *self);
void     lsc_timeline_focus_hit (LscTimeline *self, const LscTimelineHit *hit);
void     lsc_timeline_focus_row (LscTimeline *self, const LscRow *row);
gboolean lsc_timeline_row_has_focus (LscTimeline *self, const LscRow *row);
/* By rows and by spans; FALSE at the end. */
gboolean lsc_timeline_move_lane (LscTimeline *self, int step);
gboolean lsc_timeline_move_span (LscTimeline *self, int step);
void     lsc_timeline_zoom_to_focus (LscTimeline *self);
void     lsc_timeline_set_range (LscTimeline *self, gint64 from_ns, gint64 to_ns);
/* Open spans and the figures of a live lane go on. */
void lsc_timeline_refresh_focus (LscTimeline *self);

/* ---- lsc-timeline-hover.c -------------------------------------------------------------- */

void lsc_timeline_hover_init (LscTimeline *self);
/* "14 tasks": what is in the range; the painter tells how long it is. */
char *lsc_timeline_dup_range_text (LscTimeline *self);

/* ---- lsc-timeline-lens.c -------------------------------------------------------------- */

void     lsc_timeline_lens_class_init (GtkWidgetClass *widget_class);
void     lsc_timeline_lens_init (LscTimeline *self);
void     lsc_timeline_lens_clear (LscTimeline *self);
gboolean lsc_timeline_lens_is_shown (LscTimeline *self);
/* The strip that is meant, and the time where the keyboard is. */
guint  lsc_timeline_lens_get_strip (LscTimeline *self);
gint64 lsc_timeline_lens_get_focus_ns (LscTimeline *self);
/* It looks where the focus is, until the pointer moves. */
void lsc_timeline_lens_keys_moved (LscTimeline *self);
/* Where the words of the hand-off have place, below its lane. */
double lsc_timeline_lens_get_y (LscTimeline *self, const graphene_rect_t *canvas);
void   lsc_timeline_lens_snapshot (LscTimeline           *self,
                                   GtkSnapshot           *snapshot,
                                   const graphene_rect_t *canvas);

/* ---- lsc-timeline-hand-off.c ----------------------------------------------------------- */

typedef struct
{
  LscLane *lane;
  guint    row;
  guint    rank; /* the lowest are shown when there are too many */
} LscLensLane;

void lsc_timeline_hand_off_class_init (GtkWidgetClass *widget_class);
/* The hand-off that was gone to is not meant any more. */
void lsc_timeline_lens_forget (LscTimeline *self);
/* Of it: three lines; NULL for none. */
const char *lsc_timeline_lens_get_words (LscTimeline *self);
char       *lsc_timeline_dup_hand_off_text (const LscStrip *strip, const LscHandOff *hand_off);
/* How much around one is shown, so that it can be seen. */
gint64 lsc_timeline_get_hand_off_width (const LscHandOff *hand_off);
/* (element-type LscLensLane): of a strip, those whose states were seen. */
GArray *lsc_timeline_list_lens_lanes (LscTimeline *self, guint strip, gboolean in_sight);
/* The lanes alone. */
LscLane **lsc_timeline_get_lens_lanes (GArray *lanes);

/* ---- lsc-timeline-gestures.c, lsc-timeline-keys.c --------------------------------------- */

void lsc_timeline_gestures_init (LscTimeline *self);
void lsc_timeline_keys_class_init (GtkWidgetClass *widget_class);

/* ---- lsc-timeline-a11y.c ------------------------------------------------------------------ */

void lsc_timeline_a11y_update (LscTimeline *self);
/* Soon, at most about once a second while live. */
void     lsc_timeline_a11y_queue (LscTimeline *self);
void     lsc_timeline_a11y_allocate (LscTimeline *self);
void     lsc_timeline_a11y_clear (LscTimeline *self);
gboolean lsc_timeline_a11y_grab_focus (LscTimeline *self);
/* Whether any of a row is within what is scrolled to. */
gboolean lsc_timeline_is_in_sight (LscTimeline *self, const LscRow *row);

G_END_DECLS

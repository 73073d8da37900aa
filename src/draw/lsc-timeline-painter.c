/* lsc-timeline-painter.c: draws a timeline on any cairo context.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread. Owns shaped texts and scratch arrays, which are used again in the
 * next frame. Only rows in sight are asked for; what a row costs follows from the
 * plot's pixels.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-timeline-painter.h"

#include <math.h>

#include "lsc-painter-blocks-private.h"

struct _LscTimelinePainter
{
  GObject parent_instance;

  /* Owned */
  LscTextCache *texts;
  GArray       *pieces;
  GArray       *states;
  GArray       *boxes;
  GArray       *busy;
  GArray       *unknown;
  GArray       *memory;

  /* Constant data */
  const LscTheme *theme;
};

G_DEFINE_FINAL_TYPE (LscTimelinePainter, lsc_timeline_painter, G_TYPE_OBJECT)

static void
lsc_timeline_painter_finalize (GObject *object)
{
  LscTimelinePainter *self = LSC_TIMELINE_PAINTER (object);

  lsc_text_cache_free (self->texts);
  g_array_unref (self->pieces);
  g_array_unref (self->states);
  g_array_unref (self->boxes);
  g_array_unref (self->busy);
  g_array_unref (self->unknown);
  g_array_unref (self->memory);

  G_OBJECT_CLASS (lsc_timeline_painter_parent_class)->finalize (object);
}

static void
lsc_timeline_painter_class_init (LscTimelinePainterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_timeline_painter_finalize;
}

static void
lsc_timeline_painter_init (LscTimelinePainter *self)
{
  self->texts = lsc_text_cache_new ();
  self->pieces = g_array_new (FALSE, FALSE, sizeof (LscPiece));
  self->states = g_array_new (FALSE, FALSE, sizeof (LscStatePiece));
  self->boxes = g_array_new (FALSE, FALSE, sizeof (LscBox));
  self->busy = g_array_new (FALSE, FALSE, sizeof (float));
  self->unknown = g_array_new (FALSE, FALSE, sizeof (float));
  self->memory = g_array_new (FALSE, FALSE, sizeof (LscMemoryPixel));
  self->theme = lsc_theme_get (LSC_THEME_LIGHT);
}

LscTimelinePainter *
lsc_timeline_painter_new (const char *font)
{
  LscTimelinePainter *self = g_object_new (LSC_TYPE_TIMELINE_PAINTER, NULL);

  lsc_timeline_painter_set_font (self, font);

  return self;
}

void
lsc_timeline_painter_set_font (LscTimelinePainter *self, const char *font)
{
  g_return_if_fail (LSC_IS_TIMELINE_PAINTER (self));

  lsc_text_cache_set_font (self->texts, font);
}

void
lsc_timeline_painter_set_theme (LscTimelinePainter *self, const LscTheme *theme)
{
  g_return_if_fail (LSC_IS_TIMELINE_PAINTER (self));
  g_return_if_fail (theme != NULL);

  self->theme = theme;
}

/* ---- time and x ----------------------------------------------------------------- */

void
lsc_timeline_view_init_whole (LscTimelineView *view, LscScene *scene)
{
  gint64 end_ns;

  g_return_if_fail (view != NULL);
  g_return_if_fail (LSC_IS_SCENE (scene));

  end_ns = lsc_scene_get_end_ns (scene);
  *view = (LscTimelineView){
    /* A little air behind the longest one, so that its end is seen. */
    .to_ns = end_ns + end_ns / 50,
    .focus_start_ns = -1,
    .pointer_ns = -1,
  };
}

gint64
lsc_timeline_view_x_to_ns (const LscTimelineView *view, LscTimelineLayout *layout, double x)
{
  double plot_x;
  double plot_width;

  g_return_val_if_fail (view != NULL, 0);

  lsc_timeline_layout_get_plot (layout, &plot_x, &plot_width);
  if (view->to_ns <= view->from_ns)
    return view->from_ns;

  return view->from_ns +
         (gint64)llround ((x - plot_x) / plot_width * (double)(view->to_ns - view->from_ns));
}

double
lsc_timeline_view_ns_to_x (const LscTimelineView *view, LscTimelineLayout *layout, gint64 time_ns)
{
  double plot_x;
  double plot_width;

  g_return_val_if_fail (view != NULL, 0.0);

  lsc_timeline_layout_get_plot (layout, &plot_x, &plot_width);
  if (view->to_ns <= view->from_ns)
    return plot_x;

  return plot_x +
         (double)(time_ns - view->from_ns) / (double)(view->to_ns - view->from_ns) * plot_width;
}

/* ---- a frame -------------------------------------------------------------------- */

static void
paint_row (LscFrame *frame, guint index, double y)
{
  const LscRow *row = lsc_timeline_layout_get_row (frame->layout, index);

  switch (row->kind)
    {
    case LSC_ROW_STRIP:
      lsc_paint_strip_row (frame, row, y);
      break;
    case LSC_ROW_BAND:
      lsc_paint_band_row (frame, row, y);
      break;
    case LSC_ROW_LANE:
      lsc_paint_lane_row (frame, index, y);
      break;
    case LSC_ROW_CURVES:
      lsc_paint_curves_row (frame, row, y);
      break;
    case LSC_ROW_PROCESS:
    case LSC_ROW_REST:
    case LSC_ROW_CORES:
    case LSC_ROW_MORE:
      lsc_paint_head_row (frame, index, y);
      break;
    default:
      break;
    }
}

/* The first row that reaches below y. */
static guint
find_first_row (LscTimelineLayout *layout, double y)
{
  guint low = 0;
  guint high = lsc_timeline_layout_get_n_rows (layout);

  while (low < high)
    {
      guint         middle = low + (high - low) / 2;
      const LscRow *row = lsc_timeline_layout_get_row (layout, middle);

      if (row->y + row->height <= y)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static void
paint_rows (LscFrame *frame)
{
  guint  n = lsc_timeline_layout_get_n_rows (frame->layout);
  double offset = frame->rows_top - frame->view->scroll_y_px;
  guint  i = find_first_row (frame->layout, frame->view->scroll_y_px);

  while (i < n && lsc_timeline_layout_get_row (frame->layout, i)->y + offset < frame->rows_bottom)
    {
      const LscRow *row = lsc_timeline_layout_get_row (frame->layout, i);
      guint         strip_index = row->strip;
      LscStrip     *strip = lsc_scene_get_strip (frame->scene, strip_index);
      double        lanes_top = -1.0;
      double        bottom = 0.0;

      lsc_recording_begin_read (strip->recording);
      for (; i < n && (row = lsc_timeline_layout_get_row (frame->layout, i))->strip == strip_index;
           i++)
        {
          double y = row->y + offset;

          if (y >= frame->rows_bottom)
            break;
          paint_row (frame, i, y);
          lsc_paint_focus (frame, i, y);
          if (row->kind != LSC_ROW_STRIP && lanes_top < 0.0)
            lanes_top = y;
          bottom = y + row->height;
        }
      if (lanes_top >= 0.0)
        lsc_paint_marks (frame, strip, NULL, lanes_top, bottom - lanes_top);
      lsc_recording_end_read (strip->recording);
    }
}

static void
paint_frame (LscFrame *frame)
{
  cairo_t *cr = frame->cr;

  cairo_rectangle (cr, 0.0, 0.0, frame->width, frame->height);
  lsc_frame_set_color (frame, &frame->theme->page, 1.0);
  cairo_fill (cr);

  lsc_paint_title (frame);
  lsc_frame_choose_ruler (frame);
  lsc_paint_ruler (frame);

  if (frame->rows_bottom > frame->rows_top)
    {
      cairo_save (cr);
      cairo_rectangle (cr, 0.0, frame->rows_top, frame->width,
                       frame->rows_bottom - frame->rows_top);
      cairo_clip (cr);
      lsc_paint_grid (frame);
      paint_rows (frame);
      cairo_restore (cr);
      lsc_paint_range (frame);
      lsc_paint_pointer (frame);
    }
  lsc_paint_legend (frame);
}

void
lsc_timeline_painter_draw (LscTimelinePainter    *self,
                           cairo_t               *cr,
                           LscScene              *scene,
                           LscTimelineLayout     *layout,
                           const LscTimelineView *view,
                           double                 height_px)
{
  const LscLayoutRequest *request;
  LscTimelineView         seen;
  LscFrame                frame = { 0 };
  double                  plot_width;

  g_return_if_fail (LSC_IS_TIMELINE_PAINTER (self));
  g_return_if_fail (cr != NULL);
  g_return_if_fail (LSC_IS_SCENE (scene));
  g_return_if_fail (LSC_IS_TIMELINE_LAYOUT (layout));
  g_return_if_fail (view != NULL);

  request = lsc_timeline_layout_get_request (layout);
  if (!(request->width_px > 0.0) || !(height_px > 0.0))
    return;

  seen = *view;
  if (seen.to_ns <= seen.from_ns)
    seen.to_ns = seen.from_ns + 1;

  lsc_frame_init (&frame, cr, self->theme, self->texts);
  frame.scene = scene;
  frame.layout = layout;
  frame.view = &seen;
  frame.pieces = self->pieces;
  frame.states = self->states;
  frame.boxes = self->boxes;
  frame.busy = self->busy;
  frame.unknown = self->unknown;
  frame.memory = self->memory;
  frame.scale = request->text_scale;
  frame.width = request->width_px;
  frame.height = height_px;
  lsc_timeline_layout_get_plot (layout, &frame.plot_x, &plot_width);
  frame.plot_right = frame.plot_x + plot_width;
  frame.n_px = MAX ((guint)(plot_width * frame.device), 1);
  frame.rows_top = lsc_timeline_layout_get_top_height (layout);
  frame.rows_bottom = height_px - lsc_timeline_layout_get_bottom_height (layout);

  if (lsc_scene_get_shows_curves (scene))
    lsc_curve_scale_init (&frame.curves, scene);
  cairo_save (cr);
  lsc_text_cache_begin_frame (self->texts, cr, frame.scale);
  paint_frame (&frame);
  cairo_restore (cr);
}

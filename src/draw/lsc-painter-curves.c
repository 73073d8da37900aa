/* lsc-painter-curves.c: how much of the cores a process used, and its memory.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame, within begin_read and end_read
 * of the strip's recording. CPU time is an area, memory a line over it; where what
 * is shared is divided, the line is dashed. Where nothing is known nothing is drawn.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include <math.h>

#include "lsc-painter-private.h"

#define PAD_PX      3.0
#define LINE_PX     1.5
#define DASHED_PX   1.0
#define KEY_PX      7.0 /* the sample of a colour before its label */
#define KEY_GAP_PX  4.0
#define LEAST_CORES 1e-4f
#define AREA_WEIGHT 0.42
#define DASH_PX     3.0
#define DASH_GAP_PX 2.0

typedef struct
{
  double top;
  double bottom;
} Box;

void
lsc_paint_cpu_swatch (LscFrame *frame, double x, double y, double width, double height)
{
  LscColor color = lsc_theme_get_cpu_area (frame->theme);
  double   half = floor (width / 2.0);
  double   middle = y + floor (height / 2.0);
  double   unit = 1.0 / frame->device;

  cairo_rectangle (frame->cr, x, middle, half, y + height - middle);
  cairo_rectangle (frame->cr, x + half, y, width - half, height);
  lsc_frame_set_color (frame, &color, 1.0);
  cairo_fill (frame->cr);
  cairo_rectangle (frame->cr, x, middle, half, unit);
  cairo_rectangle (frame->cr, x + half, y, width - half, unit);
  lsc_frame_set_color (frame, &frame->theme->running, 1.0);
  cairo_fill (frame->cr);
}

/* Whole pixels, and on them: a level is a sharp line then. */
static double
get_line_width (const LscFrame *frame, gboolean is_dashed)
{
  double unit = 1.0 / frame->device;

  return MAX (lsc_frame_snap (frame, (is_dashed ? DASHED_PX : LINE_PX) * frame->scale), unit);
}

static void
stroke_memory (LscFrame *frame, gboolean is_dashed)
{
  const double dashes[] = { DASH_PX * frame->scale, DASH_GAP_PX * frame->scale };

  cairo_save (frame->cr);
  if (is_dashed)
    cairo_set_dash (frame->cr, dashes, G_N_ELEMENTS (dashes), 0.0);
  cairo_set_line_width (frame->cr, get_line_width (frame, is_dashed));
  lsc_frame_set_color (frame, &frame->theme->memory, 1.0);
  cairo_stroke (frame->cr);
  cairo_restore (frame->cr);
}

void
lsc_paint_memory_swatch (LscFrame *frame, gboolean is_dashed, double x, double y, double width)
{
  cairo_move_to (frame->cr, x, y);
  cairo_line_to (frame->cr, x + width, y);
  stroke_memory (frame, is_dashed);
}

/* ---- the curves ------------------------------------------------------------------------- */

/* Of the area at a pixel; something for anything. */
static double
get_area_height (const LscFrame *frame, guint px, double height)
{
  float cores = g_array_index (frame->busy, float, px);

  if (cores < LEAST_CORES)
    return 0.0;
  return MAX (lsc_frame_snap (frame, height * MIN (cores / frame->curves.cores, 1.0)),
              1.0 / frame->device);
}

/* Once below the edge, once the edge itself. */
static void
add_area (LscFrame *frame, const Box *box, gboolean is_edge)
{
  double unit = 1.0 / frame->device;

  cairo_new_path (frame->cr);
  for (guint i = 0; i < frame->n_px;)
    {
      double level = get_area_height (frame, i, box->bottom - box->top);
      guint  end = i + 1;

      while (end < frame->n_px && get_area_height (frame, end, box->bottom - box->top) == level)
        end++;
      if (level > 0.0)
        cairo_rectangle (frame->cr, frame->plot_x + i * unit, box->bottom - level, (end - i) * unit,
                         is_edge ? unit : level);
      i = end;
    }
}

static void
paint_cpu (LscFrame *frame, const LscLane *process, const Box *box)
{
  LscColor area = lsc_theme_get_cpu_area (frame->theme);

  g_array_set_size (frame->busy, frame->n_px);
  lsc_lane_query_cores (process, frame->view->from_ns, frame->view->to_ns, frame->n_px,
                        (float *)(gpointer)frame->busy->data);
  add_area (frame, box, FALSE);
  lsc_frame_set_color (frame, &area, 1.0);
  cairo_fill (frame->cr);
  add_area (frame, box, TRUE);
  lsc_frame_set_color (frame, &frame->theme->running, 1.0);
  cairo_fill (frame->cr);
}

static double
get_memory_y (const LscFrame *frame, const Box *box, guint64 bytes, double line_width)
{
  double share = MIN ((double)bytes / frame->curves.bytes, 1.0);
  double y = box->bottom - (box->bottom - box->top) * share;

  return lsc_frame_snap (frame, y - line_width / 2.0) + line_width / 2.0;
}

/* What lasted for less than a pixel is a stroke up or down. */
static void
paint_memory (LscFrame       *frame,
              const LscStrip *strip,
              const LscLane  *process,
              LscCounterKind  kind,
              const Box      *box)
{
  double          unit = 1.0 / frame->device;
  double          width = get_line_width (frame, kind == LSC_COUNTER_PSS_BYTES);
  gboolean        is_drawing = FALSE;
  LscMemoryPixel  before = { 0 };
  LscMemoryPixel *pixels;

  g_array_set_size (frame->memory, frame->n_px);
  pixels = (LscMemoryPixel *)(gpointer)frame->memory->data;
  lsc_lane_query_memory (process, kind, frame->view->from_ns, frame->view->to_ns, frame->n_px,
                         strip->now_ns, pixels);
  cairo_new_path (frame->cr);
  for (guint i = 0; i < frame->n_px; i++)
    {
      const LscMemoryPixel *pixel = &pixels[i];
      double                x = frame->plot_x + i * unit;

      if (is_drawing &&
          (!pixel->is_known || pixel->high != before.last || pixel->low != before.last))
        cairo_line_to (frame->cr, x, get_memory_y (frame, box, before.last, width));
      if (pixel->is_known && !is_drawing)
        cairo_move_to (frame->cr, x, get_memory_y (frame, box, pixel->last, width));
      else if (pixel->is_known && (pixel->high != before.last || pixel->low != before.last))
        {
          cairo_line_to (frame->cr, x, get_memory_y (frame, box, pixel->high, width));
          cairo_line_to (frame->cr, x, get_memory_y (frame, box, pixel->low, width));
          cairo_line_to (frame->cr, x, get_memory_y (frame, box, pixel->last, width));
        }
      is_drawing = pixel->is_known;
      before = *pixel;
    }
  if (is_drawing)
    cairo_line_to (frame->cr, frame->plot_right, get_memory_y (frame, box, before.last, width));
  stroke_memory (frame, kind == LSC_COUNTER_PSS_BYTES);
}

/* ---- beside them ------------------------------------------------------------------------- */

/* `in_short` where the label does not fit; may be NULL. */
static void
paint_label (LscFrame *frame, const char *label, const char *in_short, double y_middle)
{
  double         x = LSC_NAME_X_PX * frame->scale;
  double         room = frame->plot_x - x - 6.0 * frame->scale;
  const LscText *text = lsc_text_cache_get (frame->texts, LSC_TEXT_SMALL, label);

  if (text->width > room)
    text = lsc_text_cache_fit_end (frame->texts, LSC_TEXT_SMALL,
                                   in_short != NULL ? in_short : label, room);

  if (text != NULL)
    lsc_frame_text (frame, text, &frame->theme->dim_text, x, y_middle);
}

static void
paint_labels (LscFrame *frame, double y, double height)
{
  g_autofree char *cores = lsc_curve_scale_dup_cores (&frame->curves);
  g_autofree char *bytes = lsc_curve_scale_dup_bytes (&frame->curves);
  g_autofree char *short_bytes = lsc_curve_scale_dup_short_bytes (&frame->curves);
  double           s = frame->scale;
  double           x = (LSC_NAME_X_PX - KEY_PX - KEY_GAP_PX) * s;

  paint_label (frame, cores, NULL, y + height * 0.27);
  paint_label (frame, bytes, short_bytes, y + height * 0.73);
  lsc_paint_cpu_swatch (frame, x, y + height * 0.27 - KEY_PX * s / 2.0, KEY_PX * s, KEY_PX * s);
  lsc_paint_memory_swatch (frame, FALSE, x, y + height * 0.73, KEY_PX * s);
}

void
lsc_paint_curves_row (LscFrame *frame, const LscRow *row, double y)
{
  const LscStrip *strip = lsc_scene_get_strip (frame->scene, row->strip);
  double          s = frame->scale;
  double          unit = 1.0 / frame->device;
  const Box       box = { lsc_frame_snap (frame, y + PAD_PX * s),
                          lsc_frame_snap (frame, y + row->height - PAD_PX * s) };

  paint_labels (frame, y, row->height);

  cairo_save (frame->cr);
  lsc_frame_clip_plot (frame, y, row->height);
  /* The ends of the scale. */
  cairo_rectangle (frame->cr, frame->plot_x, box.bottom, frame->plot_right - frame->plot_x, unit);
  cairo_rectangle (frame->cr, frame->plot_x, box.top, frame->plot_right - frame->plot_x, unit);
  lsc_frame_set_color (frame, &frame->theme->grid, 1.0);
  cairo_fill (frame->cr);
  paint_cpu (frame, row->lane, &box);
  paint_memory (frame, strip, row->lane, LSC_COUNTER_PSS_BYTES, &box);
  paint_memory (frame, strip, row->lane, LSC_COUNTER_RSS_BYTES, &box);
  cairo_restore (frame->cr);
}

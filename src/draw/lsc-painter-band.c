/* lsc-painter-band.c: how many lanes of a strip are at work at each moment.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame, within begin_read and end_read
 * of the strip's recording.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-painter-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LEAST_BUSY 1e-4f /* what is less is a rounding error of the mean */

/* By the kernel's account where it has one, else by the lanes' own. */
static float
query_busy (LscFrame *frame, const LscStrip *strip, gboolean *is_exact)
{
  float most = 0.0f;

  g_array_set_size (frame->busy, frame->n_px);
  g_array_set_size (frame->unknown, frame->n_px);
  *is_exact = lsc_recording_query_running (
      strip->recording, frame->view->from_ns, frame->view->to_ns, frame->n_px, strip->now_ns,
      (float *)(gpointer)frame->busy->data, (float *)(gpointer)frame->unknown->data);
  if (!*is_exact)
    lsc_recording_query_busy (strip->recording, frame->view->from_ns, frame->view->to_ns,
                              frame->n_px, strip->now_ns, (float *)(gpointer)frame->busy->data);
  for (guint i = 0; i < frame->n_px; i++)
    most = MAX (most, g_array_index (frame->busy, float, i));

  return most;
}

/* Of the band at a pixel; something for anything. */
static double
busy_height (const LscFrame *frame, guint px, double height, double full)
{
  float busy = g_array_index (frame->busy, float, px);

  if (busy < LEAST_BUSY)
    return 0.0;

  return MAX (lsc_frame_snap (frame, height * busy / full), 1.0 / frame->device);
}

/* A dotted line on top where not all was recorded: there may have been more. */
static void
paint_unknown (LscFrame *frame, double top)
{
  static const double dots[] = { 1.0, 2.0 };
  double              unit = 1.0 / frame->device;

  cairo_new_path (frame->cr);
  for (guint i = 0; i < frame->n_px; i++)
    if (g_array_index (frame->unknown, float, i) > LEAST_BUSY)
      {
        cairo_move_to (frame->cr, frame->plot_x + i * unit, top + 0.5);
        cairo_line_to (frame->cr, frame->plot_x + (i + 1) * unit, top + 0.5);
      }
  cairo_save (frame->cr);
  cairo_set_dash (frame->cr, dots, G_N_ELEMENTS (dots), 0.0);
  cairo_set_line_width (frame->cr, 1.0);
  lsc_frame_set_color (frame, &frame->theme->waiting, 1.0);
  cairo_stroke (frame->cr);
  cairo_restore (frame->cr);
}

void
lsc_paint_band_row (LscFrame *frame, const LscRow *row, double y)
{
  const LscStrip  *strip = lsc_scene_get_strip (frame->scene, row->strip);
  double           s = frame->scale;
  double           top = lsc_frame_snap (frame, y + 4.0 * s);
  double           bottom = lsc_frame_snap (frame, y + row->height - 4.0 * s);
  double           unit = 1.0 / frame->device;
  gboolean         is_exact;
  float            most = query_busy (frame, strip, &is_exact);
  guint            up_to = (guint)ceil (most - 1e-3);
  double           full = MAX (MAX (up_to, strip->n_workers), 1);
  LscColor         fill = lsc_color_mix (&frame->theme->page, &frame->theme->band, 0.55);
  g_autofree char *label = NULL;
  const LscText   *text;

  cairo_rectangle (frame->cr, frame->plot_x, bottom, frame->plot_right - frame->plot_x, unit);
  lsc_frame_set_color (frame, &frame->theme->grid, 1.0);
  cairo_fill (frame->cr);

  for (guint i = 0; i < frame->n_px;)
    {
      double level = busy_height (frame, i, bottom - top, full);
      guint  end = i + 1;

      while (end < frame->n_px && busy_height (frame, end, bottom - top, full) == level)
        end++;
      if (level > 0.0)
        cairo_rectangle (frame->cr, frame->plot_x + i * unit, bottom - level, (end - i) * unit,
                         level);
      i = end;
    }
  lsc_frame_set_color (frame, &fill, 1.0);
  cairo_fill (frame->cr);
  if (is_exact)
    paint_unknown (frame, top);
  if (most > 0.0f)
    frame->seen |= is_exact ? LSC_FEATURE_RUNNING_BAND : LSC_FEATURE_BAND;

  if (is_exact)
    /* Translators: beside a small graph: how many threads were on a core at each moment, at most so
     * many. */
    label = g_strdup_printf (_ ("running, up to %u"), MAX (up_to, 1));
  else
    /* Translators: beside a small graph: how many threads or processes worked at each moment, at
     * most so many. */
    label = g_strdup_printf (_ ("at work, up to %u"), MAX (up_to, 1));
  text = lsc_text_cache_fit_end (frame->texts, LSC_TEXT_SMALL, label,
                                 frame->plot_x - (LSC_NAME_X_PX + 8.0) * s);
  if (text != NULL && most > 0.0f)
    lsc_frame_text (frame, text, &frame->theme->dim_text, LSC_NAME_X_PX * s, (top + bottom) / 2.0);
}

/* lsc-painter-strip.c: the head of a strip and its time bar.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame, within begin_read and end_read
 * of the strip's recording.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-strip-words-private.h"

#define DOT_PX 5.5

static void
paint_bar (LscFrame *frame, const LscStrip *strip, double x0, double x1, double y)
{
  const LscColor *strong = &frame->theme->executors[strip->executor];
  LscColor        ground = lsc_theme_get_bar (frame->theme, strip->executor);
  double          height = LSC_STRIP_BAR_PX * frame->scale;
  double          radius = 3.0 * frame->scale;

  cairo_save (frame->cr);
  lsc_frame_clip_plot (frame, y, height);
  if (strip->live)
    {
      /* It is still growing: its right end is open, with a strong edge. */
      cairo_save (frame->cr);
      cairo_rectangle (frame->cr, x0, y, x1 - x0, height);
      cairo_clip (frame->cr);
      lsc_frame_rounded (frame, x0, y, x1 - x0 + 2.0 * radius, height, radius);
      lsc_frame_set_color (frame, &ground, 1.0);
      cairo_fill (frame->cr);
      cairo_rectangle (frame->cr, x1 - 2.0 * frame->scale, y, 2.0 * frame->scale, height);
      lsc_frame_set_color (frame, strong, 1.0);
      cairo_fill (frame->cr);
      cairo_restore (frame->cr);
    }
  else
    {
      lsc_frame_rounded (frame, x0, y, x1 - x0, height, radius);
      lsc_frame_set_color (frame, &ground, 1.0);
      cairo_fill (frame->cr);
    }
  cairo_restore (frame->cr);
}

static void
paint_head (LscFrame *frame, const LscStrip *strip, double y_middle)
{
  double           s = frame->scale;
  double           x = LSC_NAME_X_PX * s;
  double           room = frame->plot_x - 8.0 * s;
  g_autofree char *detail = NULL;
  const LscText   *text;

  cairo_arc (frame->cr, (LSC_PAD_PX + DOT_PX) * s, y_middle, DOT_PX * s, 0.0, 2.0 * G_PI);
  lsc_frame_set_color (frame, &frame->theme->executors[strip->executor], 1.0);
  cairo_fill (frame->cr);

  text = lsc_text_cache_fit_end (frame->texts, LSC_TEXT_HEAD, lsc_strip_get_name (strip), room - x);
  if (text == NULL)
    return;
  lsc_frame_text (frame, text, &frame->theme->text, x, y_middle);
  x += text->width + 7.0 * s;

  detail = lsc_strip_dup_detail (strip);
  if (detail == NULL)
    return;
  text = lsc_text_cache_get (frame->texts, LSC_TEXT_SMALL, detail);
  if (x + text->width <= room)
    lsc_frame_text (frame, text, &frame->theme->dim_text, x, y_middle + 0.5 * s);
}

void
lsc_paint_strip_row (LscFrame *frame, const LscRow *row, double y)
{
  const LscStrip *strip = lsc_scene_get_strip (frame->scene, row->strip);
  double          s = frame->scale;
  double          bar_y = lsc_frame_snap (frame, y + LSC_STRIP_BAR_TOP_PX * s);
  double          y_middle = bar_y + LSC_STRIP_BAR_PX * s / 2.0;
  double          unit = 1.0 / frame->device;
  LscBarRoom      room;
  double          x0;
  double          x1;

  if (row->strip > 0)
    {
      cairo_rectangle (frame->cr, LSC_PAD_PX * s, lsc_frame_snap (frame, y),
                       frame->width - 2.0 * LSC_PAD_PX * s, unit);
      lsc_frame_set_color (frame, &frame->theme->separator, 1.0);
      cairo_fill (frame->cr);
    }

  paint_head (frame, strip, y_middle);

  if (lsc_strip_is_measured (strip))
    {
      lsc_paint_measured_strip (frame, strip, row, y, bar_y);
      return;
    }
  /* Out of sight, or nothing yet: the figures stand at the plot's start. */
  x0 = x1 = frame->plot_x;
  if (strip->now_ns > 0 && lsc_frame_interval (frame, 0, strip->now_ns, &x0, &x1))
    paint_bar (frame, strip, x0, x1, bar_y);
  room.inside_from = MAX (x0, frame->plot_x);
  room.inside_to = room.behind_from = MIN (x1, frame->plot_right);
  lsc_strip_paint_figures (frame, strip, 0.0, &room, y_middle);
  lsc_strip_paint_note (frame, strip, &room, y_middle);
}

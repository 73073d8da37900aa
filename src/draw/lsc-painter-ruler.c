/* lsc-painter-ruler.c: title, ruler and grid, and what is laid over the plot.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-painter-private.h"

#include <math.h>

#include "lsc-units.h"

#define LABEL_GAP_PX  4.0
#define MIN_TICK_PX   64.0
#define TICK_SPACE_PX 18.0 /* between a label and the next tick */

void
lsc_paint_title (LscFrame *frame)
{
  const char *title = lsc_scene_get_title (frame->scene);
  const char *subtitle = lsc_scene_get_subtitle (frame->scene);
  double      s = frame->scale;
  double      x = LSC_PAD_PX * s;
  double      y = LSC_PAD_PX * s;
  double      width = frame->width - 2.0 * x;

  if (!lsc_timeline_layout_get_request (frame->layout)->with_title)
    return;

  if (title != NULL)
    {
      const LscText *text = lsc_text_cache_fit_end (frame->texts, LSC_TEXT_TITLE, title, width);

      if (text != NULL)
        lsc_frame_text (frame, text, &frame->theme->text, x, y + LSC_TITLE_LINE_PX * s / 2.0);
      y += LSC_TITLE_LINE_PX * s;
    }
  if (subtitle != NULL)
    {
      double       left = lsc_timeline_layout_get_title_height (frame->layout) - y;
      int          lines = MAX ((int)(left / (LSC_SUBTITLE_LINE_PX * s)), 1);
      PangoLayout *layout =
          lsc_text_cache_new_paragraph (frame->texts, LSC_TEXT_SUBTITLE, subtitle, width, lines);

      lsc_frame_set_color (frame, &frame->theme->dim_text, 1.0);
      cairo_move_to (frame->cr, x, y);
      pango_cairo_show_layout (frame->cr, layout);
      g_object_unref (layout);
    }
}

void
lsc_frame_choose_ruler (LscFrame *frame)
{
  double width = frame->plot_right - frame->plot_x;
  double least = MIN_TICK_PX * frame->scale;

  for (guint tries = 0; tries < 8; tries++)
    {
      LscRuler        *ruler = &frame->ruler;
      g_autofree char *label = NULL;
      double           needed;

      lsc_ruler_init (ruler, frame->view->from_ns, frame->view->to_ns, width, least);
      if (ruler->n == 0)
        return;
      label = lsc_ruler_format (ruler, ruler->first_ns + (ruler->n - 1) * ruler->step_ns);
      needed = lsc_text_cache_get (frame->texts, LSC_TEXT_SMALL, label)->width +
               TICK_SPACE_PX * frame->scale;
      if (needed <=
          width * (double)ruler->step_ns / (double)(frame->view->to_ns - frame->view->from_ns))
        return;
      least = MAX (needed, least * 1.2);
    }
}

void
lsc_paint_grid (LscFrame *frame)
{
  const LscRuler *ruler = &frame->ruler;
  double          half = 0.5 / frame->device;

  for (guint i = 0; i < ruler->n; i++)
    {
      double x =
          lsc_frame_snap (frame, lsc_frame_x (frame, ruler->first_ns + i * ruler->step_ns)) + half;

      cairo_move_to (frame->cr, x, frame->rows_top);
      cairo_line_to (frame->cr, x, frame->rows_bottom);
    }
  cairo_set_line_width (frame->cr, 2.0 * half);
  lsc_frame_set_color (frame, &frame->theme->grid, 1.0);
  cairo_stroke (frame->cr);
}

void
lsc_paint_ruler (LscFrame *frame)
{
  const LscRuler  *ruler = &frame->ruler;
  const LscTheme  *theme = frame->theme;
  double           s = frame->scale;
  double           top = lsc_timeline_layout_get_title_height (frame->layout);
  double           middle = top + LSC_RULER_HEIGHT_PX * s / 2.0;
  double           half = 0.5 / frame->device;
  g_autofree char *base = lsc_ruler_format_base (ruler);

  for (guint i = 0; i < ruler->n; i++)
    {
      gint64           at_ns = ruler->first_ns + i * ruler->step_ns;
      double           x = lsc_frame_snap (frame, lsc_frame_x (frame, at_ns)) + half;
      g_autofree char *label = lsc_ruler_format (ruler, at_ns);
      const LscText   *text = lsc_text_cache_get (frame->texts, LSC_TEXT_SMALL, label);

      cairo_move_to (frame->cr, x, middle - 6.0 * s);
      cairo_line_to (frame->cr, x, frame->rows_top);
      cairo_set_line_width (frame->cr, 2.0 * half);
      lsc_frame_set_color (frame, &theme->grid, 1.0);
      cairo_stroke (frame->cr);
      if (x + LABEL_GAP_PX * s + text->width <= frame->width - 2.0)
        lsc_frame_text (frame, text, &theme->dim_text, x + LABEL_GAP_PX * s, middle);
    }

  if (base != NULL)
    {
      const LscText *text = lsc_text_cache_fit_end (frame->texts, LSC_TEXT_SMALL, base,
                                                    frame->plot_x - LSC_PAD_PX * s);

      if (text != NULL)
        lsc_frame_text (frame, text, &theme->dim_text, frame->plot_x - text->width - 8.0 * s,
                        middle);
    }

  if (frame->view->scroll_y_px > 0.0)
    {
      cairo_rectangle (frame->cr, 0.0, frame->rows_top - 2.0 * half, frame->width, 2.0 * half);
      lsc_frame_set_color (frame, &theme->separator, 1.0);
      cairo_fill (frame->cr);
    }
}

void
lsc_paint_range (LscFrame *frame)
{
  const LscTimelineView *view = frame->view;
  gint64                 from_ns = MIN (view->range_from_ns, view->range_to_ns);
  gint64                 to_ns = MAX (view->range_from_ns, view->range_to_ns);
  double                 s = frame->scale;
  double                 top = lsc_timeline_layout_get_title_height (frame->layout);
  double                 unit = 1.0 / frame->device;
  g_autofree char       *duration = NULL;
  double                 x0;
  double                 x1;

  if (from_ns == to_ns || !lsc_frame_interval (frame, from_ns, to_ns, &x0, &x1))
    return;

  cairo_save (frame->cr);
  lsc_frame_clip_plot (frame, top, frame->rows_bottom - top);
  cairo_rectangle (frame->cr, x0, frame->rows_top, x1 - x0, frame->rows_bottom - frame->rows_top);
  lsc_frame_set_color (frame, &frame->theme->selection, 0.14);
  cairo_fill (frame->cr);
  cairo_rectangle (frame->cr, x0, frame->rows_top, unit, frame->rows_bottom - frame->rows_top);
  cairo_rectangle (frame->cr, x1 - unit, frame->rows_top, unit,
                   frame->rows_bottom - frame->rows_top);
  lsc_frame_set_color (frame, &frame->theme->selection, 0.9);
  cairo_fill (frame->cr);
  cairo_restore (frame->cr);

  duration = lsc_format_duration (to_ns - from_ns);
  lsc_frame_pill (frame, duration, &frame->theme->selection, &frame->theme->page,
                  (MAX (x0, frame->plot_x) + MIN (x1, frame->plot_right)) / 2.0,
                  top + LSC_RULER_HEIGHT_PX * s / 2.0);
}

void
lsc_paint_pointer (LscFrame *frame)
{
  gint64           at_ns = frame->view->pointer_ns;
  LscRuler         finer = frame->ruler;
  g_autofree char *label = NULL;
  double           unit = 1.0 / frame->device;
  double           top = lsc_timeline_layout_get_title_height (frame->layout);
  double           x;

  if (at_ns < 0 || at_ns < frame->view->from_ns || at_ns > frame->view->to_ns)
    return;

  x = lsc_frame_snap (frame, lsc_frame_x (frame, at_ns));
  cairo_rectangle (frame->cr, x, frame->rows_top, unit, frame->rows_bottom - frame->rows_top);
  lsc_frame_set_color (frame, &frame->theme->text, 0.5);
  cairo_fill (frame->cr);

  /* Two digits more than the ticks have. */
  finer.step_ns = MAX (finer.step_ns / 100, 1);
  label = lsc_ruler_format (&finer, at_ns);
  lsc_frame_pill (frame, label, &frame->theme->text, &frame->theme->page, x,
                  top + LSC_RULER_HEIGHT_PX * frame->scale / 2.0);
}

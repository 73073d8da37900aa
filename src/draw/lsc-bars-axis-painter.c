/* lsc-bars-axis-painter.c: ticks, grid, and the lines that references draw through it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include <math.h>

#include "lsc-bars-painter-private.h"

void
lsc_paint_bars_axis (LscBarsFrame *frame, const LscBarsAxis *axis, double x, gboolean bytes)
{
  LscFrame *base = &frame->base;
  double    s = base->scale;
  double    half = 0.5 / base->device;
  double    middle = axis->bottom + LSC_BARS_TICKS_PX * s / 2.0;
  double    free_from = -1e9;

  if (!lsc_bars_frame_sees (frame, axis->top, axis->bottom - axis->top + LSC_BARS_TICKS_PX * s))
    return;

  for (guint i = 0; i < axis->n; i++)
    {
      double           at = lsc_frame_snap (base, lsc_bars_axis_x (axis, x, i * axis->step)) + half;
      g_autofree char *label =
          bytes ? lsc_bars_axis_format_bytes (axis, i) : lsc_bars_axis_format_time (axis, i);
      const LscText *text = lsc_text_cache_get (base->texts, LSC_TEXT_SMALL, label);
      double         left = at - text->width / 2.0;

      cairo_move_to (base->cr, at, axis->top);
      cairo_line_to (base->cr, at, axis->bottom);
      cairo_set_line_width (base->cr, 2.0 * half);
      lsc_frame_set_color (base, i == 0 ? &base->theme->separator : &base->theme->grid, 1.0);
      cairo_stroke (base->cr);
      left = MIN (left, base->width - text->width - 2.0);
      if (left < free_from || axis->n < 2)
        continue;
      lsc_frame_text (base, text, &base->theme->dim_text, left, middle);
      free_from = left + text->width + 6.0 * s;
    }
}

void
lsc_paint_bars_axes (LscBarsFrame *frame)
{
  LscBarsLayout *layout = frame->layout;

  for (guint i = 0; i < layout->axes->len; i++)
    {
      const LscBarsGroup *group = &g_array_index (layout->groups, LscBarsGroup, i);

      if (layout->own_axes && group->first >= layout->rows->len - layout->n_hidden)
        continue;
      lsc_paint_bars_axis (frame, &g_array_index (layout->axes, LscBarsAxis, i), layout->plot_x,
                           FALSE);
    }
}

/* A line at the reference's median through its group: how far each bar is from it. */
void
lsc_paint_bars_references (LscBarsFrame *frame)
{
  static const double dashes[] = { 3.0, 3.0 };
  LscFrame           *base = &frame->base;
  LscBarsLayout      *layout = frame->layout;
  double              half = 0.5 / base->device;

  cairo_save (base->cr);
  cairo_set_dash (base->cr, dashes, 2, 0.0);
  cairo_set_line_width (base->cr, MAX (base->scale, 2.0 * half));
  lsc_frame_set_color (base, &base->theme->dim_text, 0.8);
  for (guint i = 0; i < layout->rows->len; i++)
    {
      const LscBarsRow   *row = lsc_bars_layout_row (layout, i);
      const LscBarsGroup *group = &g_array_index (layout->groups, LscBarsGroup, row->group);
      const LscBarsAxis  *axis = &g_array_index (layout->axes, LscBarsAxis, row->axis);
      guint  last = MIN (group->first + group->n, layout->rows->len - layout->n_hidden);
      double x;

      if (!row->is_reference || group->n < 2 || last <= group->first ||
          !lsc_strip_figures_has_bar (&row->figures))
        continue;
      x = lsc_frame_snap (base, lsc_bars_axis_x (axis, layout->plot_x, row->figures.median_ns));
      cairo_move_to (base->cr, x - half, lsc_bars_layout_row (layout, group->first)->y);
      cairo_line_to (base->cr, x - half,
                     lsc_bars_layout_row (layout, last - 1)->y +
                         lsc_bars_layout_row (layout, last - 1)->height);
    }
  cairo_stroke (base->cr);
  cairo_restore (base->cr);
}

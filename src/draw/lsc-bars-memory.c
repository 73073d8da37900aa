/* lsc-bars-memory.c: the panel of peak memory, beside the times or below them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lsc-bars-painter-private.h"

#define BAR_HEIGHT_PX 12.0 /* below the times */
#define SUM_ALPHA     0.35

LscColor
lsc_bars_sum_color (const LscTheme *theme)
{
  return lsc_color_mix (&theme->page, &theme->memory, SUM_ALPHA);
}

static void
paint_bar (LscBarsFrame *frame, const LscBarsRow *row, double y, double height)
{
  LscFrame          *base = &frame->base;
  const LscTheme    *theme = base->theme;
  const LscBarsAxis *axis = &frame->layout->memory_axis;
  double             x0 = lsc_frame_snap (base, frame->layout->memory_x);
  double             unit = 1.0 / base->device;
  double             x1 = lsc_frame_snap (base, lsc_bars_axis_x (axis, x0, row->memory));
  double             end = MAX (x1, x0 + unit);
  const LscText     *text;
  double             x;

  if (isfinite (row->sum_memory))
    {
      LscColor pale = lsc_bars_sum_color (theme);

      end = lsc_frame_snap (base, lsc_bars_axis_x (axis, x0, row->sum_memory));
      lsc_frame_rounded (base, x0, y, end - x0, height, 2.0 * base->scale);
      lsc_frame_set_color (base, &pale, 1.0);
      cairo_fill (base->cr);
      lsc_frame_rounded (base, x0 + unit / 2.0, y + unit / 2.0, end - x0 - unit, height - unit,
                         2.0 * base->scale);
      cairo_set_line_width (base->cr, unit);
      lsc_frame_set_color (base, &theme->memory, 1.0);
      cairo_stroke (base->cr);
    }
  lsc_frame_rounded (base, x0, y, MAX (x1 - x0, unit), height, 2.0 * base->scale);
  lsc_frame_set_color (base, &theme->memory, 1.0);
  cairo_fill (base->cr);

  x = end + LSC_BARS_FIGURE_PX * base->scale;
  text = lsc_text_cache_fit_end (base->texts, LSC_TEXT_NAME, row->memory_text, base->width - x);
  if (text != NULL)
    lsc_bars_frame_text (frame, text, &theme->dim_text, x, y + height / 2.0);
}

static void
paint_caption (LscBarsFrame *frame)
{
  LscFrame      *base = &frame->base;
  double         x = frame->layout->memory_x;
  double         room = base->width - LSC_BARS_PAD_PX * base->scale - x;
  const char    *words = _ ("Peak memory, largest process");
  const LscText *text = lsc_text_cache_get (base->texts, LSC_TEXT_SMALL, words);

  if (text->width > room)
    text = lsc_text_cache_fit_end (base->texts, LSC_TEXT_SMALL, _ ("Peak memory"), room);
  if (text != NULL)
    lsc_frame_text (base, text, &base->theme->dim_text, x, frame->layout->memory_caption_y);
}

static void
paint_heads (LscBarsFrame *frame)
{
  LscFrame      *base = &frame->base;
  LscBarsLayout *layout = frame->layout;
  double         x = LSC_BARS_PAD_PX * base->scale;

  for (guint i = 0; i < layout->groups->len; i++)
    {
      const LscBarsGroup *group = &g_array_index (layout->groups, LscBarsGroup, i);
      const LscText      *text;

      if (group->memory_head_y < 0.0)
        continue;
      text =
          lsc_text_cache_fit_middle (base->texts, LSC_TEXT_BAR, group->name, base->width - 2.0 * x);
      if (text != NULL)
        lsc_bars_frame_text (frame, text, &base->theme->text, x,
                             group->memory_head_y + LSC_BARS_MEMORY_PX * base->scale * 0.6);
    }
}

void
lsc_paint_bars_memory (LscBarsFrame *frame)
{
  LscBarsLayout        *layout = frame->layout;
  LscFrame             *base = &frame->base;
  const LscBarsDensity *density = layout->density;
  double                s = base->scale;

  paint_caption (frame);
  lsc_paint_bars_axis (frame, &layout->memory_axis, layout->memory_x, TRUE);
  if (layout->memory_below)
    paint_heads (frame);
  for (guint i = 0; i < layout->rows->len; i++)
    {
      const LscBarsRow *row = lsc_bars_layout_row (layout, i);
      double            y = row->y + density->bar_y * s;
      double            height = density->bar * s;

      if (layout->memory_below)
        {
          if (row->memory_height <= 0.0 ||
              !lsc_bars_frame_sees (frame, row->memory_y, row->memory_height))
            continue;
          height = MIN (BAR_HEIGHT_PX * s, row->memory_height - 3.0 * s);
          y = row->memory_y + (row->memory_height - height) / 2.0;
          lsc_bars_paint_label (frame, row, NAN, layout->memory_x - LSC_BARS_GAP_PX * s,
                                row->memory_y + row->memory_height / 2.0);
        }
      else if (row->height <= 0.0 || !lsc_bars_frame_sees (frame, row->y, row->height))
        continue;
      else
        y += lsc_bars_layout_get_above (layout);

      if (isfinite (row->memory))
        paint_bar (frame, row, lsc_frame_snap (base, y), lsc_frame_snap (base, height));
    }
}

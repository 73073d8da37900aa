/* lsc-bars-legend.c: explains what is in the picture of a profile, and nothing else.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lsc-sweep-private.h"

#define GAP_PX 8.0 /* between a swatch and its words */

const char *
lsc_bars_feature_get_label (LscBarsFeatures feature)
{
  switch (feature)
    {
    case LSC_BARS_MEDIAN:
      /* Translators: these stand in the legend of the timing bars, behind a sample of each. */
      return _ ("median");
    case LSC_BARS_INTERVAL:
      /* xgettext:no-c-format */
      return _ ("95 % interval");
    case LSC_BARS_QUARTILES:
      return _ ("middle half of the runs");
    case LSC_BARS_MINIMUM:
      return _ ("fastest run");
    case LSC_BARS_SAMPLE:
      return _ ("one run");
    case LSC_BARS_OUTLIER:
      return _ ("one run, far off");
    case LSC_BARS_START_UP:
      return _ ("start-up");
    case LSC_BARS_UNKNOWN:
      return _ ("not yet known");
    case LSC_BARS_REFERENCE:
      return _ ("median of the reference");
    case LSC_BARS_SUM_MEMORY:
      return _ ("memory of all processes, at most");
    case LSC_BARS_BAND:
      return _ ("95 % band");
    case LSC_BARS_ENOUGH:
      return _ ("more workers gain nothing");
    default:
      return "";
    }
}

/* What is shown: curves may have given way. */
static gboolean
is_shown (const LscBarsLayout *layout, LscBarsFeatures feature)
{
  if (!(layout->features & feature))
    return FALSE;
  if (feature & (LSC_BARS_BAND | LSC_BARS_ENOUGH))
    return layout->with_charts;
  if (feature & LSC_BARS_SUM_MEMORY)
    return layout->with_memory;
  if (feature & (LSC_BARS_SAMPLE | LSC_BARS_OUTLIER))
    return layout->density->dots > 0.0;

  return TRUE;
}

double
lsc_bars_layout_legend_height (LscBarsLayout *self)
{
  double s = self->scale;
  double room = self->request.width_px - 2.0 * LSC_BARS_PAD_PX * s;
  double x = 0.0;
  guint  lines = 1;

  for (guint i = 0; i < LSC_N_BARS_FEATURES; i++)
    {
      double width;

      if (!is_shown (self, 1u << i))
        continue;
      width =
          (LSC_LEGEND_SWATCH_PX + GAP_PX +
           lsc_bars_text_width (lsc_bars_feature_get_label (1u << i), LSC_NAME_FONT_PX, FALSE)) *
          s;
      if (x > 0.0 && x + width > room)
        {
          lines++;
          x = 0.0;
        }
      x += width + LSC_LEGEND_GAP_PX * s;
    }

  return ceil (lines * LSC_LEGEND_LINE_PX * s);
}

/* ---- swatches ------------------------------------------------------------------------------- */

/* A small timing bar with one part of it. */
static void
paint_bar_swatch (LscFrame       *frame,
                  LscBarsFeatures feature,
                  double          x,
                  double          y,
                  double          width,
                  double          height)
{
  LscStripFigures figures = {
    .n = 2,
    .median_ns = width,
    .low_ns = NAN,
    .high_ns = NAN,
    .min_ns = NAN,
    .lower_quartile_ns = NAN,
    .upper_quartile_ns = NAN,
    .is_known = feature != LSC_BARS_UNKNOWN,
  };
  LscTimingBar bar = {
    .figures = &figures,
    .executor = LSC_EXECUTOR_SEQUENTIAL,
    .start_up_ns = feature == LSC_BARS_START_UP ? width * 0.55 : NAN,
    .origin_x = x,
    .min_x = 0.0,
    .max_x = frame->width,
    .px_per_ns = 1.0,
    .y = y,
    .height = height,
  };

  if (feature == LSC_BARS_QUARTILES)
    {
      figures.median_ns = width * 0.7;
      figures.lower_quartile_ns = width * 0.4;
      figures.upper_quartile_ns = width;
    }
  else if (feature == LSC_BARS_MINIMUM)
    figures.min_ns = width * 0.6;
  lsc_paint_timing_bar (frame, &bar);
}

static void
paint_band_swatch (LscFrame *frame, double x, double y, double width, double height)
{
  const LscColor *color = &frame->theme->executors[LSC_EXECUTOR_PROCESSES];

  cairo_rectangle (frame->cr, x, y, width, height);
  lsc_frame_set_color (frame, color, 0.18);
  cairo_fill (frame->cr);
  cairo_rectangle (frame->cr, x, y + height / 2.0 - 1.0, width, 2.0);
  lsc_frame_set_color (frame, color, 1.0);
  cairo_fill (frame->cr);
}

static void
paint_sum_swatch (LscFrame *frame, double x, double y, double width, double height)
{
  LscColor pale = lsc_bars_sum_color (frame->theme);

  cairo_rectangle (frame->cr, x, y, width, height);
  lsc_frame_set_color (frame, &pale, 1.0);
  cairo_fill (frame->cr);
  cairo_rectangle (frame->cr, x, y, floor (width * 0.4), height);
  lsc_frame_set_color (frame, &frame->theme->memory, 1.0);
  cairo_fill (frame->cr);
  cairo_rectangle (frame->cr, x + 0.5, y + 0.5, width - 1.0, height - 1.0);
  cairo_set_line_width (frame->cr, 1.0);
  cairo_stroke (frame->cr);
}

static void
paint_reference_swatch (LscFrame *frame, double x, double y, double width, double height)
{
  static const double dashes[] = { 3.0, 3.0 };

  x = floor (x + width / 2.0) + 0.5;
  cairo_save (frame->cr);
  cairo_set_dash (frame->cr, dashes, 2, 0.0);
  cairo_move_to (frame->cr, x, y - 1.0);
  cairo_line_to (frame->cr, x, y + height + 1.0);
  cairo_set_line_width (frame->cr, frame->scale);
  lsc_frame_set_color (frame, &frame->theme->dim_text, 0.8);
  cairo_stroke (frame->cr);
  cairo_restore (frame->cr);
}

static void
paint_swatch (LscFrame       *frame,
              LscBarsFeatures feature,
              double          x,
              double          y,
              double          width,
              double          height)
{
  double middle = y + height / 2.0;
  double radius = 1.8 * frame->scale;

  switch (feature)
    {
    case LSC_BARS_INTERVAL:
      lsc_paint_whisker (frame, &frame->theme->text, x, x + width - 1.0, middle, height * 0.8);
      break;
    case LSC_BARS_SAMPLE:
      lsc_frame_set_color (frame, &frame->theme->text, 0.55);
      lsc_paint_sample (frame, LSC_OUTLIER_NONE, x + width / 2.0, middle, radius);
      break;
    case LSC_BARS_OUTLIER:
      lsc_frame_set_color (frame, &frame->theme->text, 0.9);
      lsc_paint_sample (frame, LSC_OUTLIER_MILD, x + width * 0.3, middle, radius);
      lsc_paint_sample (frame, LSC_OUTLIER_FAR, x + width * 0.7, middle, radius);
      break;
    case LSC_BARS_REFERENCE:
      paint_reference_swatch (frame, x, y, width, height);
      break;
    case LSC_BARS_SUM_MEMORY:
      paint_sum_swatch (frame, x, y, width, height);
      break;
    case LSC_BARS_BAND:
      paint_band_swatch (frame, x, y, width, height);
      break;
    case LSC_BARS_ENOUGH:
      lsc_sweep_marker (frame, LSC_EXECUTOR_PROCESSES, x + width / 2.0, middle);
      lsc_frame_set_color (frame, &frame->theme->executors[LSC_EXECUTOR_PROCESSES], 1.0);
      cairo_fill (frame->cr);
      lsc_sweep_ring (frame, x + width / 2.0, middle);
      break;
    case LSC_BARS_MEDIAN:
    case LSC_BARS_QUARTILES:
    case LSC_BARS_MINIMUM:
    case LSC_BARS_START_UP:
    case LSC_BARS_UNKNOWN:
    default:
      paint_bar_swatch (frame, feature, x, y, width, height);
      break;
    }
}

void
lsc_paint_bars_legend (LscBarsFrame *frame)
{
  LscFrame      *base = &frame->base;
  LscBarsLayout *layout = frame->layout;
  double         s = base->scale;
  double         left = LSC_BARS_PAD_PX * s;
  double         swatch = LSC_LEGEND_SWATCH_PX * s;
  double         gap = GAP_PX * s;
  double         height = 12.0 * s;
  double         x = left;
  double         y = layout->legend_y + LSC_LEGEND_LINE_PX * s / 2.0;

  if (layout->legend_y < 0.0 || layout->legend_y > frame->bottom)
    return;

  for (guint i = 0; i < LSC_N_BARS_FEATURES; i++)
    {
      const LscText *text;

      if (!is_shown (layout, 1u << i))
        continue;
      text =
          lsc_text_cache_fit_end (base->texts, LSC_TEXT_NAME, lsc_bars_feature_get_label (1u << i),
                                  base->width - 2.0 * left - swatch - gap);
      if (text == NULL)
        continue;
      if (x > left && x + swatch + gap + text->width > base->width - left)
        {
          x = left;
          y += LSC_LEGEND_LINE_PX * s;
        }
      paint_swatch (base, 1u << i, x, lsc_frame_snap (base, y - height / 2.0), swatch, height);
      lsc_frame_text (base, text, &base->theme->dim_text, x + swatch + gap, y);
      x += swatch + gap + text->width + LSC_LEGEND_GAP_PX * s;
    }
}

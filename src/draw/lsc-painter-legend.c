/* lsc-painter-legend.c: explains what is in the picture, and nothing else.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame. What a scene has decides on the
 * space; whether something is merged depends on the zoom.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-timing-bar-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

const char *
lsc_feature_get_label (LscFeatures feature)
{
  switch (feature)
    {
    case LSC_FEATURE_TASK:
      /* Translators: these stand in the legend of the timeline, behind a sample of each. */
      return _ ("task");
    case LSC_FEATURE_MERGED:
      return _ ("many short tasks (height: share of the time)");
    case LSC_FEATURE_STEP:
      return _ ("step of a task");
    case LSC_FEATURE_RUNNING_TASK:
      return _ ("still running");
    case LSC_FEATURE_FAILED:
      return _ ("failed");
    case LSC_FEATURE_STOPPED:
      return _ ("stopped");
    case LSC_FEATURE_BAND:
      return _ ("lanes at work");
    case LSC_FEATURE_RUNNING_BAND:
      /* Translators: how many threads were on a core at each moment. */
      return _ ("threads running");
    case LSC_FEATURE_STOP_ASKED:
      return _ ("asked to stop");
    case LSC_FEATURE_ON_CORE:
      return _ ("on a core (height: share of the time)");
    case LSC_FEATURE_PREEMPTED:
      return _ ("pushed off its core");
    case LSC_FEATURE_WORKING:
      return _ ("working");
    case LSC_FEATURE_WAITING:
      return _ ("waiting");
    case LSC_FEATURE_JOIN_ASKED:
      /* Translators: somebody began to wait for the end of a thread or process. */
      return _ ("join asked for");
    case LSC_FEATURE_JOINED:
      /* Translators: a thread or process has ended, and whoever waited for that knows. */
      return _ ("joined");
    case LSC_FEATURE_TERMINATE_ASKED:
      /* Translators: a process was sent a signal that ends it. */
      return _ ("told to terminate");
    case LSC_FEATURE_MEASURED:
      /* Translators: of several measured runs; beside a bar with a whisker. */
      /* xgettext:no-c-format */
      return _ ("median and 95 % interval");
    case LSC_FEATURE_SAMPLE:
      return _ ("one measured run");
    case LSC_FEATURE_NOT_KNOWN:
      return _ ("not yet known");
    case LSC_FEATURE_SAMPLED:
      /* Translators: what a thread did, as far as looks now and then tell; beside a pale block. */
      return _ ("paler: looked at now and then");
    case LSC_FEATURE_NOT_RECORDED:
      return _ ("not recorded");
    case LSC_FEATURE_CPU:
      return _ ("cores that a process used");
    case LSC_FEATURE_MEMORY:
      return _ ("its memory");
    case LSC_FEATURE_SHARED_MEMORY:
      /* Translators: memory of a process where what several processes share is divided among them;
       * looked at now and then. */
      return _ ("the same, what is shared divided (sampled)");
    default:
      return "";
    }
}

static void
paint_step_swatch (LscFrame *frame, double x, double y, double width, double height)
{
  double third = floor (width / 3.0);

  for (guint i = 0; i < 3; i++)
    {
      cairo_rectangle (frame->cr, x + i * third, y + height / 2.0 - 3.0, third - 1.0, 6.0);
      lsc_frame_set_color (frame, &frame->theme->categories[i + 1], 1.0);
      cairo_fill (frame->cr);
    }
}

static void
paint_box_swatch (LscFrame       *frame,
                  const LscColor *color,
                  double          x,
                  double          y,
                  double          width,
                  double          height)
{
  cairo_rectangle (frame->cr, x, y, width, height);
  lsc_frame_set_color (frame, color, 1.0);
  cairo_fill (frame->cr);
}

static void
paint_stair_swatch (LscFrame       *frame,
                    const LscColor *color,
                    double          x,
                    double          y,
                    double          width,
                    double          height)
{
  static const double steps[] = { 0.55, 1.0, 0.75, 0.35 };
  const guint         n = G_N_ELEMENTS (steps);
  double              step = width / n;

  for (guint i = 0; i < n; i++)
    cairo_rectangle (frame->cr, x + i * step, y + height - floor (height * steps[i]), step,
                     floor (height * steps[i]));
  lsc_frame_set_color (frame, color, 1.0);
  cairo_fill (frame->cr);
}

static void
paint_hatched_swatch (LscFrame *frame,
                      gboolean  failed,
                      double    x,
                      double    y,
                      double    width,
                      double    height)
{
  const LscTheme *theme = frame->theme;
  const LscColor *color = failed ? &theme->failed : &theme->waiting;
  LscColor        ground =
      failed ? lsc_theme_get_failed_ground (theme) : lsc_theme_get_stopped_ground (theme);
  LscColor lines = lsc_color_mix (&ground, color, 0.55);

  cairo_save (frame->cr);
  lsc_frame_rounded (frame, x, y, width, height, 2.0 * frame->scale);
  lsc_frame_set_color (frame, &ground, 1.0);
  cairo_fill_preserve (frame->cr);
  cairo_clip (frame->cr);
  lsc_frame_set_color (frame, &lines, 1.0);
  lsc_frame_hatch (frame, x, y, width, height, 6.0 * frame->scale, failed);
  cairo_restore (frame->cr);
  lsc_frame_rounded (frame, x + 0.5, y + 0.5, width - 1.0, height - 1.0, 2.0 * frame->scale);
  cairo_set_line_width (frame->cr, 1.0);
  lsc_frame_set_color (frame, color, 1.0);
  cairo_stroke (frame->cr);
}

static void
paint_preempted_swatch (LscFrame *frame, double x, double y, double width, double height)
{
  cairo_save (frame->cr);
  cairo_rectangle (frame->cr, x, y, width, height);
  lsc_frame_set_color (frame, &frame->theme->preempted, 0.35);
  cairo_fill_preserve (frame->cr);
  cairo_clip (frame->cr);
  lsc_frame_set_color (frame, &frame->theme->preempted, 1.0);
  lsc_frame_hatch (frame, x, y, width, height, 4.0 * frame->scale, TRUE);
  cairo_restore (frame->cr);
}

static void
paint_running_swatch (LscFrame *frame, double x, double y, double width, double height)
{
  cairo_rectangle (frame->cr, x, y, width, height);
  lsc_frame_set_color (frame, &frame->theme->tasks[0], 0.6);
  cairo_fill (frame->cr);
  cairo_move_to (frame->cr, x + width, y + 0.5);
  cairo_line_to (frame->cr, x + 0.5, y + 0.5);
  cairo_line_to (frame->cr, x + 0.5, y + height - 0.5);
  cairo_line_to (frame->cr, x + width, y + height - 0.5);
  cairo_set_line_width (frame->cr, 1.0);
  lsc_frame_set_color (frame, &frame->theme->merged, 1.0);
  cairo_stroke (frame->cr);
}

/* As a gap on a lane. */
static void
paint_gap_swatch (LscFrame *frame, double x, double y, double width, double height)
{
  static const double dots[] = { 1.0, 2.0 };

  cairo_move_to (frame->cr, x + 0.5, y + height);
  cairo_line_to (frame->cr, x + 0.5, y + 0.5);
  cairo_line_to (frame->cr, x + width - 0.5, y + 0.5);
  cairo_line_to (frame->cr, x + width - 0.5, y + height);
  cairo_save (frame->cr);
  cairo_set_dash (frame->cr, dots, G_N_ELEMENTS (dots), 0.0);
  cairo_set_line_width (frame->cr, 1.0);
  lsc_frame_set_color (frame, &frame->theme->waiting, 1.0);
  cairo_stroke (frame->cr);
  cairo_restore (frame->cr);
}

static void
paint_category_swatch (LscFrame *frame, guint category, double x, double y, double width)
{
  cairo_rectangle (frame->cr, x, y - 3.0, width, 6.0);
  lsc_frame_set_color (frame, &frame->theme->categories[category], 1.0);
  cairo_fill (frame->cr);
}

static void
paint_swatch (LscFrame *frame, LscFeatures feature, double x, double y, double width, double height)
{
  const LscTheme *theme = frame->theme;
  LscColor        band = lsc_color_mix (&theme->page, &theme->band, 0.55);

  switch (feature)
    {
    case LSC_FEATURE_TASK:
      lsc_frame_rounded (frame, x, y, width, height, 2.0 * frame->scale);
      lsc_frame_set_color (frame, &theme->tasks[0], 1.0);
      cairo_fill (frame->cr);
      break;
    case LSC_FEATURE_MERGED:
      paint_stair_swatch (frame, &theme->merged, x, y, width, height);
      break;
    case LSC_FEATURE_STEP:
      paint_step_swatch (frame, x, y, width, height);
      break;
    case LSC_FEATURE_RUNNING_TASK:
      paint_running_swatch (frame, x, y, width, height);
      break;
    case LSC_FEATURE_FAILED:
    case LSC_FEATURE_STOPPED:
      paint_hatched_swatch (frame, feature == LSC_FEATURE_FAILED, x, y, width, height);
      break;
    case LSC_FEATURE_BAND:
    case LSC_FEATURE_RUNNING_BAND:
      paint_stair_swatch (frame, &band, x, y, width, height);
      break;
    case LSC_FEATURE_STOP_ASKED:
    case LSC_FEATURE_JOIN_ASKED:
    case LSC_FEATURE_JOINED:
    case LSC_FEATURE_TERMINATE_ASKED:
      lsc_frame_mark (frame, feature, x + floor (width / 2.0), y - 1.0, height + 2.0);
      break;
    case LSC_FEATURE_WORKING:
      paint_box_swatch (frame, &theme->running, x, y + 1.0, width, height - 2.0);
      break;
    case LSC_FEATURE_ON_CORE:
      paint_stair_swatch (frame, &theme->running, x, y, width, height);
      break;
    case LSC_FEATURE_PREEMPTED:
      paint_preempted_swatch (frame, x, y, width, height);
      break;
    case LSC_FEATURE_MEASURED:
      lsc_paint_whisker (frame, &theme->text, x, x + width - 1.0, y + height / 2.0, height * 0.8);
      break;
    case LSC_FEATURE_SAMPLE:
      lsc_frame_set_color (frame, &theme->text, 0.55);
      lsc_paint_sample (frame, LSC_OUTLIER_NONE, x + width / 2.0, y + height / 2.0,
                        1.8 * frame->scale);
      break;
    case LSC_FEATURE_NOT_KNOWN:
      lsc_paint_unknown (frame, LSC_EXECUTOR_SEQUENTIAL, x, y, width, height);
      break;
    case LSC_FEATURE_SAMPLED:
      cairo_rectangle (frame->cr, x, y, width, height);
      lsc_frame_set_color (frame, &theme->running, LSC_SAMPLED_ALPHA);
      cairo_fill (frame->cr);
      break;
    case LSC_FEATURE_CPU:
      lsc_paint_cpu_swatch (frame, x, y, width, height);
      break;
    case LSC_FEATURE_MEMORY:
    case LSC_FEATURE_SHARED_MEMORY:
      lsc_paint_memory_swatch (frame, feature == LSC_FEATURE_SHARED_MEMORY, x,
                               y + floor (height / 2.0), width);
      break;
    case LSC_FEATURE_NOT_RECORDED:
      paint_gap_swatch (frame, x, y, width, height);
      break;
    case LSC_FEATURE_WAITING:
      paint_box_swatch (frame, &theme->waiting, x, y + floor (height / 2.0), width,
                        MAX (1.0, frame->scale));
      break;
    default:
      break;
    }
}

void
lsc_paint_legend (LscFrame *frame)
{
  g_autoptr (GArray) items = lsc_timeline_layout_list_legend (frame->layout);
  double s = frame->scale;
  double bottom = lsc_timeline_layout_get_bottom_height (frame->layout);
  double swatch = LSC_LEGEND_SWATCH_PX * s;
  double height = 12.0 * s;
  double x = LSC_PAD_PX * s;
  double y = frame->height - bottom + (LSC_PAD_PX / 2.0 + LSC_LEGEND_LINE_PX / 2.0) * s;

  if (bottom <= 0.0)
    return;

  for (guint i = 0; i < items->len; i++)
    {
      const LscLegendItem *item = &g_array_index (items, LscLegendItem, i);
      const LscText       *text;

      if (item->feature == LSC_FEATURE_MERGED && !(frame->seen & item->feature))
        continue;
      text = lsc_text_cache_fit_end (frame->texts, LSC_TEXT_NAME, item->label,
                                     frame->width - 2.0 * LSC_PAD_PX * s - swatch - 8.0 * s);
      if (text == NULL)
        continue;
      if (x > LSC_PAD_PX * s && x + swatch + 8.0 * s + text->width > frame->width - LSC_PAD_PX * s)
        {
          x = LSC_PAD_PX * s;
          y += LSC_LEGEND_LINE_PX * s;
        }
      if (item->category < LSC_N_CATEGORIES)
        paint_category_swatch (frame, item->category, x, lsc_frame_snap (frame, y), swatch);
      else
        paint_swatch (frame, item->feature, x, lsc_frame_snap (frame, y - height / 2.0), swatch,
                      height);
      lsc_frame_text (frame, text, &frame->theme->dim_text, x + swatch + 8.0 * s, y);
      x += swatch + 8.0 * s + text->width + LSC_LEGEND_GAP_PX * s;
    }
}

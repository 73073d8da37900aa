/* lsc-painter-measured.c: the timing bar in the head of a strip that was measured.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame, within begin_read and end_read
 * of the strip's recording. The lanes below are of one run that was watched, the bar is of the
 * others.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-strip-words-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lsc-units.h"

/* Below the name: the lanes are of another run than the bar. */
static void
paint_watched (LscFrame *frame, const LscStrip *strip, double y_middle)
{
  double           x = LSC_NAME_X_PX * frame->scale;
  g_autofree char *time = NULL;
  g_autofree char *words = NULL;
  const LscText   *text;

  if (strip->now_ns <= 0)
    return;
  time = lsc_format_duration (strip->now_ns);
  words = strip->live
              /* Translators: above the lanes of a run that goes on, below a bar of several
               * measured ones. */
              ? g_strdup_printf (_ ("watched now: %s"), time)
              /* Translators: above the lanes of one run, below a bar of several measured ones: how
               * long that one took. */
              : g_strdup_printf (_ ("watched once: %s"), time);
  text = lsc_text_cache_fit_end (frame->texts, LSC_TEXT_SMALL, words,
                                 frame->plot_x - 6.0 * frame->scale - x);
  if (text != NULL)
    lsc_frame_text (frame, text, &frame->theme->dim_text, x, y_middle);
}

/* Verdict and number of samples, or as much of them as there is place for. */
static void
paint_verdict (LscFrame       *frame,
               const LscStrip *strip,
               const LscText  *verdict,
               const LscText  *count,
               LscBarRoom     *room,
               double          y_middle)
{
  const LscStripFigures *measured = strip->measured;
  const LscTheme        *theme = frame->theme;
  LscTextRole            role = measured->is_sure ? LSC_TEXT_BAR : LSC_TEXT_NAME;
  double                 gap = LSC_STRIP_WORDS_GAP_PX * frame->scale;
  double                 width = count->width + (verdict != NULL ? verdict->width + gap : 0.0);
  gboolean               is_behind = width <= lsc_strip_room_behind (frame, room);
  gboolean               plain = is_behind && !measured->is_sure;
  double                 x = room->behind_from + gap;

  if (!is_behind && width > lsc_strip_room_inside (frame, room))
    {
      if (verdict != NULL)
        lsc_strip_paint_words (frame, strip, role, measured->verdict,
                               measured->is_sure ? &theme->text : &theme->dim_text, FALSE, room,
                               y_middle);
      return;
    }
  if (!is_behind)
    {
      x = room->inside_to - LSC_STRIP_BAR_PAD_PX * frame->scale - width;
      lsc_strip_paint_ground (frame, strip, x - gap / 2.0, width + gap, y_middle);
      room->inside_to = x;
    }
  else
    room->behind_from = x + width;
  if (verdict != NULL)
    {
      lsc_frame_text (frame, verdict, plain ? &theme->dim_text : &theme->text, x, y_middle);
      x += verdict->width + gap;
    }
  lsc_frame_text (frame, count, is_behind ? &theme->dim_text : &theme->text, x, y_middle);
}

static LscTimingBar
get_timing_bar (LscFrame *frame, const LscStrip *strip, const LscRow *row, double bar_y)
{
  double   s = frame->scale;
  gboolean has_samples = row->height > (LSC_STRIP_HEIGHT_PX + 1.0) * s;

  return (LscTimingBar){
    .figures = strip->measured,
    .executor = strip->executor,
    .start_up_ns = NAN,
    .origin_x = lsc_frame_x (frame, 0),
    .px_per_ns =
        (frame->plot_right - frame->plot_x) / (double)(frame->view->to_ns - frame->view->from_ns),
    .reach_ns = INFINITY,
    .min_x = frame->plot_x,
    .max_x = frame->plot_right,
    .y = bar_y,
    .height = lsc_frame_snap (frame, LSC_STRIP_BAR_PX * s),
    .dots_y = bar_y + (LSC_STRIP_BAR_PX + 3.0) * s,
    .dots_height = has_samples ? LSC_SAMPLES_PX * s - 2.0 : 0.0,
  };
}

void
lsc_paint_measured_strip (LscFrame       *frame,
                          const LscStrip *strip,
                          const LscRow   *row,
                          double          y,
                          double          bar_y)
{
  const LscStripFigures *measured = strip->measured;
  double                 s = frame->scale;
  double                 y_middle = bar_y + LSC_STRIP_BAR_PX * s / 2.0;
  LscTimingBar           bar = get_timing_bar (frame, strip, row, bar_y);
  LscTextRole            role = measured->is_sure ? LSC_TEXT_BAR : LSC_TEXT_NAME;
  /* Translators: how many samples a figure is of. */
  g_autofree char *count = g_strdup_printf (_ ("n = %u"), measured->n);
  const LscText   *count_text = lsc_text_cache_get (frame->texts, LSC_TEXT_SMALL, count);
  const LscText   *verdict = NULL;
  LscBarRoom       room;

  cairo_save (frame->cr);
  lsc_frame_clip_plot (frame, y, row->height);
  lsc_paint_timing_bar (frame, &bar);
  lsc_paint_samples (frame, &bar, NULL);
  cairo_restore (frame->cr);

  room.inside_from = CLAMP (bar.origin_x, frame->plot_x, frame->plot_right);
  room.inside_to = fmin (lsc_timing_bar_x (&bar, measured->median_ns),
                         fmin (lsc_timing_bar_x (&bar, measured->low_ns),
                               lsc_timing_bar_x (&bar, measured->lower_quartile_ns)));
  room.inside_to = CLAMP (room.inside_to, frame->plot_x, frame->plot_right);
  room.behind_from = CLAMP (lsc_timing_bar_get_right (&bar), frame->plot_x, frame->plot_right);
  if (measured->verdict != NULL)
    verdict = lsc_text_cache_get (frame->texts, role, measured->verdict);

  lsc_strip_paint_figures (frame, strip, verdict != NULL ? verdict->width : 0.0, &room, y_middle);
  paint_verdict (frame, strip, verdict, count_text, &room, y_middle);
  lsc_strip_paint_note (frame, strip, &room, y_middle);
  if (bar.dots_height > 0.0)
    paint_watched (frame, strip, bar_y + (LSC_STRIP_BAR_PX + 9.0) * s);
}

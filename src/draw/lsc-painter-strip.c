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

#include "lsc-timing-bar-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lsc-bars-private.h"
#include "lsc-units.h"

#define BAR_TOP_PX    13.0
#define BAR_HEIGHT_PX 18.0
#define BAR_PAD_PX    8.0
#define DOT_PX        5.5
#define MAX_FIGURES   3
#define WORDS_GAP_PX  10.0

static gboolean
is_measured (const LscStrip *strip)
{
  return strip->measured != NULL && lsc_strip_figures_has_bar (strip->measured);
}

/* ---- figures ------------------------------------------------------------------- */

static char *
format_cores (const LscStrip *strip)
{
  LscRecordingInfo info;
  double           running = lsc_recording_get_mean_running (strip->recording, strip->now_ns);
  guint            n_cores;

  if (!(running > 0.0))
    return NULL;

  lsc_recording_get_info (strip->recording, &info);
  n_cores = info.one_core ? 1 : info.n_cores;
  if (n_cores == 0)
    /* Translators: how many processor cores a run had busy on average, "1.95 cores". */
    return g_strdup_printf (_ ("%.2f cores"), running);

  /* Translators: how many of the machine's processor cores a run had busy on average: "1.95 of 4
   * cores". */
  return g_strdup_printf (ngettext ("%.2f of %u core", "%.2f of %u cores", n_cores), running,
                          n_cores);
}

static char *
format_memory (const LscStrip *strip)
{
  gint64           peak_bytes = lsc_recording_get_peak_rss_bytes (strip->recording);
  g_autofree char *bytes = NULL;

  if (peak_bytes <= 0)
    return NULL;

  bytes = lsc_format_bytes ((guint64)peak_bytes);
  if (strip->executor == LSC_EXECUTOR_PROCESSES && strip->n_workers > 1)
    /* Translators: the most memory that one of several processes used: "14 MB a process". */
    return g_strdup_printf (_ ("%s a process"), bytes);

  return g_steal_pointer (&bytes);
}

/* From the most to the least important. */
static guint
collect_figures (const LscStrip *strip, char *figures[MAX_FIGURES])
{
  guint n = 0;

  if (is_measured (strip))
    figures[n] = lsc_bars_format_time (strip->measured->median_ns);
  else if (strip->now_ns > 0)
    figures[n] = lsc_format_duration (strip->now_ns);
  else
    return 0;
  n++;
  figures[n] = format_cores (strip);
  n += figures[n] != NULL;
  figures[n] = format_memory (strip);
  n += figures[n] != NULL;

  return n;
}

static char *
join_figures (char *figures[MAX_FIGURES], guint n)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? "   " : "", figures[i]);

  return g_string_free (joined, FALSE);
}

/* ---- the bar ------------------------------------------------------------------- */

static void
paint_bar (LscFrame *frame, const LscStrip *strip, double x0, double x1, double y)
{
  const LscColor *strong = &frame->theme->executors[strip->executor];
  LscColor        ground = lsc_theme_get_bar (frame->theme, strip->executor);
  double          height = BAR_HEIGHT_PX * frame->scale;
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

/* Words on a hatched bar have a plain ground. */
static void
paint_ground (LscFrame *frame, const LscStrip *strip, double x, double width, double y_middle)
{
  double height = (BAR_HEIGHT_PX - 4.0) * frame->scale;

  if (is_measured (strip) && !strip->measured->is_known)
    lsc_paint_unknown_ground (frame, strip->executor, x, y_middle - height / 2.0, width, height);
}

/* Where there is place beside the figures. */
typedef struct
{
  double inside_from; /* within the bar */
  double inside_to;
  double behind_from; /* behind it, up to the picture's edge */
} LscBarRoom;

static double
room_inside (const LscFrame *frame, const LscBarRoom *room)
{
  return room->inside_to - room->inside_from - 3.0 * BAR_PAD_PX * frame->scale;
}

static double
room_behind (const LscFrame *frame, const LscBarRoom *room)
{
  return frame->width - room->behind_from - WORDS_GAP_PX * frame->scale - 4.0;
}

/* Some figures: within the bar, else behind it. Takes their place out of the room. */
static gboolean
place_figures (const LscFrame *frame,
               const LscText  *text,
               LscBarRoom     *room,
               double         *x,
               gboolean       *is_inside)
{
  double pad = BAR_PAD_PX * frame->scale;

  *is_inside = text->width + 2.0 * pad <= room->inside_to - room->inside_from;
  if (*is_inside)
    {
      *x = room->inside_from + pad;
      room->inside_from = *x + text->width;
      return TRUE;
    }
  *x = room->behind_from + pad;
  if (*x + text->width > frame->plot_right)
    return FALSE;

  room->behind_from = *x + text->width;
  return TRUE;
}

/* As many figures as there is place for; words that are `words_width` wide have precedence over
 * all but the first. */
static void
paint_figures (LscFrame       *frame,
               const LscStrip *strip,
               double          words_width,
               LscBarRoom     *room,
               double          y_middle)
{
  char  *figures[MAX_FIGURES + 1] = { NULL };
  guint  n = collect_figures (strip, figures);
  double pad = BAR_PAD_PX * frame->scale;

  for (guint shown = n; shown > 0; shown--)
    {
      g_autofree char *joined = join_figures (figures, shown);
      const LscText   *text = lsc_text_cache_get (frame->texts, LSC_TEXT_BAR, joined);
      LscBarRoom       left = *room;
      gboolean         is_inside;
      double           x;

      if (!place_figures (frame, text, &left, &x, &is_inside))
        continue;
      if (shown > 1 && words_width > room_inside (frame, &left) &&
          words_width > room_behind (frame, &left))
        continue;

      if (is_inside)
        paint_ground (frame, strip, x - pad / 2.0, text->width + pad, y_middle);
      else
        {
          /* The grid is not to run through it. */
          cairo_rectangle (frame->cr, x - pad / 2.0, y_middle - text->height / 2.0,
                           text->width + pad, text->height);
          lsc_frame_set_color (frame, &frame->theme->page, 1.0);
          cairo_fill (frame->cr);
        }
      lsc_frame_text (frame, text, &frame->theme->text, x, y_middle);
      *room = left;
      break;
    }
  for (guint i = 0; i < n; i++)
    g_free (figures[i]);
}

/* Behind the bar; at its end, within, when there is more place. Takes its place out of the room. */
static void
paint_words (LscFrame       *frame,
             const LscStrip *strip,
             LscTextRole     role,
             const char     *words,
             const LscColor *color,
             gboolean        failed,
             LscBarRoom     *room,
             double          y_middle)
{
  double         s = frame->scale;
  double         cross = failed ? 14.0 * s : 0.0;
  double         x = room->behind_from + WORDS_GAP_PX * s;
  double         behind = room_behind (frame, room) - cross;
  double         inside = room_inside (frame, room) - cross;
  const LscText *text = lsc_text_cache_get (frame->texts, role, words);
  gboolean       is_inside = text->width > behind && inside > behind;

  text = lsc_text_cache_fit_end (frame->texts, role, words, is_inside ? inside : behind);
  if (is_inside)
    {
      if (text == NULL)
        return;
      color = &frame->theme->text;
      x = room->inside_to - BAR_PAD_PX * s - text->width - cross;
      paint_ground (frame, strip, x - BAR_PAD_PX * s / 2.0, text->width + cross + BAR_PAD_PX * s,
                    y_middle);
      room->inside_to = x;
    }
  if (failed)
    {
      cairo_set_line_width (frame->cr, 1.8 * s);
      lsc_frame_set_color (frame, color, 1.0);
      lsc_frame_cross (frame, x + 4.0 * s, y_middle, 7.0 * s);
      cairo_stroke (frame->cr);
      x += 14.0 * s;
    }
  if (text == NULL)
    return;
  lsc_frame_text (frame, text, color, x, y_middle);
  if (!is_inside)
    room->behind_from = x + text->width;
}

static void
paint_note (LscFrame *frame, const LscStrip *strip, LscBarRoom *room, double y_middle)
{
  const LscTheme *theme = frame->theme;
  const char     *note = strip->note != NULL ? strip->note : _ ("did not run");

  if (strip->note != NULL || strip->failed)
    paint_words (frame, strip, LSC_TEXT_NAME, note,
                 strip->failed ? &theme->failed : &theme->dim_text, strip->failed, room, y_middle);
}

/* ---- the timing bar ----------------------------------------------------------------- */

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
  double                 gap = WORDS_GAP_PX * frame->scale;
  double                 width = count->width + (verdict != NULL ? verdict->width + gap : 0.0);
  gboolean               is_behind = width <= room_behind (frame, room);
  gboolean               plain = is_behind && !measured->is_sure;
  double                 x = room->behind_from + gap;

  if (!is_behind && width > room_inside (frame, room))
    {
      if (verdict != NULL)
        paint_words (frame, strip, role, measured->verdict,
                     measured->is_sure ? &theme->text : &theme->dim_text, FALSE, room, y_middle);
      return;
    }
  if (!is_behind)
    {
      x = room->inside_to - BAR_PAD_PX * frame->scale - width;
      paint_ground (frame, strip, x - gap / 2.0, width + gap, y_middle);
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
    .min_x = frame->plot_x,
    .max_x = frame->plot_right,
    .y = bar_y,
    .height = lsc_frame_snap (frame, BAR_HEIGHT_PX * s),
    .dots_y = bar_y + (BAR_HEIGHT_PX + 3.0) * s,
    .dots_height = has_samples ? LSC_SAMPLES_PX * s - 2.0 : 0.0,
  };
}

static void
paint_measured (LscFrame *frame, const LscStrip *strip, const LscRow *row, double y, double bar_y)
{
  const LscStripFigures *measured = strip->measured;
  double                 s = frame->scale;
  double                 y_middle = bar_y + BAR_HEIGHT_PX * s / 2.0;
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

  paint_figures (frame, strip, verdict != NULL ? verdict->width : 0.0, &room, y_middle);
  paint_verdict (frame, strip, verdict, count_text, &room, y_middle);
  paint_note (frame, strip, &room, y_middle);
  if (bar.dots_height > 0.0)
    paint_watched (frame, strip, bar_y + (BAR_HEIGHT_PX + 9.0) * s);
}

/* ---- the row -------------------------------------------------------------------------- */

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
  double          bar_y = lsc_frame_snap (frame, y + BAR_TOP_PX * s);
  double          y_middle = bar_y + BAR_HEIGHT_PX * s / 2.0;
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

  if (is_measured (strip))
    {
      paint_measured (frame, strip, row, y, bar_y);
      return;
    }
  /* Out of sight, or nothing yet: the figures stand at the plot's start. */
  x0 = x1 = frame->plot_x;
  if (strip->now_ns > 0 && lsc_frame_interval (frame, 0, strip->now_ns, &x0, &x1))
    paint_bar (frame, strip, x0, x1, bar_y);
  room.inside_from = MAX (x0, frame->plot_x);
  room.inside_to = room.behind_from = MIN (x1, frame->plot_right);
  paint_figures (frame, strip, 0.0, &room, y_middle);
  paint_note (frame, strip, &room, y_middle);
}

/* lsc-painter-strip.c: the head of a strip, its time bar, its band.
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

#include "lsc-units.h"

#define BAR_TOP_PX    13.0
#define BAR_HEIGHT_PX 18.0
#define BAR_PAD_PX    8.0
#define DOT_PX        5.5
#define MAX_FIGURES   3
#define LEAST_BUSY    1e-4f /* what is less is a rounding error of the mean */

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

  if (strip->now_ns <= 0)
    return 0;

  figures[n] = lsc_format_duration (strip->now_ns);
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

/* Where there is place left beside the figures. */
typedef struct
{
  double inside_from; /* within the bar */
  double inside_to;
  double behind_from; /* behind it, up to the picture's edge */
} LscBarRoom;

/* The figures, as many as there is place for: within the bar, else behind it. */
static LscBarRoom
paint_figures (LscFrame *frame, const LscStrip *strip, double x0, double x1, double y_middle)
{
  char  *figures[MAX_FIGURES + 1] = { NULL };
  guint  n = collect_figures (strip, figures);
  double pad = BAR_PAD_PX * frame->scale;

  LscBarRoom room = { .inside_from = x0, .inside_to = x1, .behind_from = x1 };

  for (guint shown = n; shown > 0; shown--)
    {
      g_autofree char *joined = join_figures (figures, shown);
      const LscText   *text = lsc_text_cache_get (frame->texts, LSC_TEXT_BAR, joined);

      if (text->width + 2.0 * pad <= x1 - x0)
        {
          lsc_frame_text (frame, text, &frame->theme->text, x0 + pad, y_middle);
          room.inside_from = x0 + pad + text->width;
          break;
        }
      if (x1 + pad + text->width <= frame->plot_right)
        {
          /* The grid is not to run through it. */
          cairo_rectangle (frame->cr, x1 + pad / 2.0, y_middle - text->height / 2.0,
                           text->width + pad, text->height);
          lsc_frame_set_color (frame, &frame->theme->page, 1.0);
          cairo_fill (frame->cr);
          lsc_frame_text (frame, text, &frame->theme->text, x1 + pad, y_middle);
          room.behind_from = x1 + pad + text->width;
          break;
        }
    }
  for (guint i = 0; i < n; i++)
    g_free (figures[i]);

  return room;
}

/* Behind the bar; at its end, within, when there is more place. */
static void
paint_note (LscFrame *frame, const LscStrip *strip, const LscBarRoom *room, double y_middle)
{
  const char     *note = strip->note != NULL ? strip->note : _ ("did not run");
  const LscColor *color = strip->failed ? &frame->theme->failed : &frame->theme->dim_text;
  double          s = frame->scale;
  double          cross = strip->failed ? 14.0 * s : 0.0;
  double          x = room->behind_from + 10.0 * s;
  double          behind = frame->width - x - cross - 4.0;
  double          inside = room->inside_to - room->inside_from - cross - 3.0 * BAR_PAD_PX * s;
  const LscText  *text;

  if (strip->note == NULL && !strip->failed)
    return;

  text = lsc_text_cache_get (frame->texts, LSC_TEXT_NAME, note);
  if (text->width > behind && inside > behind)
    {
      text = lsc_text_cache_fit_end (frame->texts, LSC_TEXT_NAME, note, inside);
      if (text == NULL)
        return;
      color = &frame->theme->text;
      x = room->inside_to - BAR_PAD_PX * s - text->width - cross;
    }
  else
    text = lsc_text_cache_fit_end (frame->texts, LSC_TEXT_NAME, note, behind);
  if (strip->failed)
    {
      cairo_set_line_width (frame->cr, 1.8 * s);
      lsc_frame_set_color (frame, color, 1.0);
      lsc_frame_cross (frame, x + 4.0 * s, y_middle, 7.0 * s);
      cairo_stroke (frame->cr);
      x += 14.0 * s;
    }
  if (text != NULL)
    lsc_frame_text (frame, text, color, x, y_middle);
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

  if (strip->now_ns <= 0 || !lsc_frame_interval (frame, 0, strip->now_ns, &x0, &x1))
    {
      /* Out of sight, or nothing yet: the figures stand at the plot's start. */
      room = paint_figures (frame, strip, frame->plot_x, frame->plot_x, y_middle);
      paint_note (frame, strip, &room, y_middle);
      return;
    }
  paint_bar (frame, strip, x0, x1, bar_y);
  room =
      paint_figures (frame, strip, MAX (x0, frame->plot_x), MIN (x1, frame->plot_right), y_middle);
  paint_note (frame, strip, &room, y_middle);
}

/* ---- the band ------------------------------------------------------------------ */

static float
query_busy (LscFrame *frame, const LscStrip *strip)
{
  float most = 0.0f;

  g_array_set_size (frame->busy, frame->n_px);
  lsc_recording_query_busy (strip->recording, frame->view->from_ns, frame->view->to_ns, frame->n_px,
                            strip->now_ns, (float *)frame->busy->data);
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

void
lsc_paint_band_row (LscFrame *frame, const LscRow *row, double y)
{
  const LscStrip  *strip = lsc_scene_get_strip (frame->scene, row->strip);
  double           s = frame->scale;
  double           top = lsc_frame_snap (frame, y + 4.0 * s);
  double           bottom = lsc_frame_snap (frame, y + row->height - 4.0 * s);
  double           unit = 1.0 / frame->device;
  float            most = query_busy (frame, strip);
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
  if (most > 0.0f)
    frame->seen |= LSC_FEATURE_BAND;

  /* Translators: beside a small graph: how many threads or processes worked at each moment, at most
   * so many. */
  label = g_strdup_printf (_ ("at work, up to %u"), MAX (up_to, 1));
  text = lsc_text_cache_fit_end (frame->texts, LSC_TEXT_SMALL, label,
                                 frame->plot_x - (LSC_NAME_X_PX + 8.0) * s);
  if (text != NULL && most > 0.0f)
    lsc_frame_text (frame, text, &frame->theme->dim_text, LSC_NAME_X_PX * s, (top + bottom) / 2.0);
}

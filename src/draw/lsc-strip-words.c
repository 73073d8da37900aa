/* lsc-strip-words.c: the words on and behind a strip's bar.
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

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lsc-bars-private.h"
#include "lsc-units.h"

#define MAX_FIGURES 3

/* ---- figures ------------------------------------------------------------------- */

static char *
format_cores (const LscStrip *strip)
{
  LscRecordingInfo info;
  double           running = lsc_strip_is_measured (strip)
                                 ? strip->measured->cores
                                 : lsc_recording_get_mean_running (strip->recording, strip->now_ns);
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
  double           peak_bytes = lsc_strip_is_measured (strip)
                                    ? strip->measured->memory
                                    : (double)lsc_recording_get_peak_rss_bytes (strip->recording);
  g_autofree char *bytes = NULL;

  if (!(peak_bytes > 0.0))
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

  if (lsc_strip_is_measured (strip))
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

/* ---- where they go ----------------------------------------------------------------- */

/* Words on a hatched bar have a plain ground. */
void
lsc_strip_paint_ground (LscFrame       *frame,
                        const LscStrip *strip,
                        double          x,
                        double          width,
                        double          y_middle)
{
  double height = (LSC_STRIP_BAR_PX - 4.0) * frame->scale;

  if (lsc_strip_is_measured (strip) && !strip->measured->is_known)
    lsc_paint_unknown_ground (frame, strip->executor, x, y_middle - height / 2.0, width, height);
}

double
lsc_strip_room_inside (const LscFrame *frame, const LscBarRoom *room)
{
  return room->inside_to - room->inside_from - 3.0 * LSC_STRIP_BAR_PAD_PX * frame->scale;
}

double
lsc_strip_room_behind (const LscFrame *frame, const LscBarRoom *room)
{
  return frame->width - room->behind_from - LSC_STRIP_WORDS_GAP_PX * frame->scale - 4.0;
}

/* Some figures: within the bar, else behind it. Takes their place out of the room. */
static gboolean
place_figures (const LscFrame *frame,
               const LscText  *text,
               LscBarRoom     *room,
               double         *x,
               gboolean       *is_inside)
{
  double pad = LSC_STRIP_BAR_PAD_PX * frame->scale;

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

static void
paint_placed (LscFrame       *frame,
              const LscStrip *strip,
              const LscText  *text,
              double          x,
              gboolean        is_inside,
              double          y_middle)
{
  double pad = LSC_STRIP_BAR_PAD_PX * frame->scale;

  if (is_inside)
    lsc_strip_paint_ground (frame, strip, x - pad / 2.0, text->width + pad, y_middle);
  else
    {
      /* The grid is not to run through it. */
      cairo_rectangle (frame->cr, x - pad / 2.0, y_middle - text->height / 2.0, text->width + pad,
                       text->height);
      lsc_frame_set_color (frame, &frame->theme->page, 1.0);
      cairo_fill (frame->cr);
    }
  lsc_frame_text (frame, text, &frame->theme->text, x, y_middle);
}

/* As many figures as there is place for; words that are `words_width` wide have precedence over
 * all but the first. On a timing bar there are rather fewer than that they stand behind it, where
 * the verdict is. */
void
lsc_strip_paint_figures (LscFrame       *frame,
                         const LscStrip *strip,
                         double          words_width,
                         LscBarRoom     *room,
                         double          y_middle)
{
  char    *figures[MAX_FIGURES + 1] = { NULL };
  guint    n = collect_figures (strip, figures);
  gboolean is_done = n == 0;

  for (gboolean only_inside = lsc_strip_is_measured (strip); !is_done; only_inside = FALSE)
    {
      for (guint shown = n; shown > 0 && !is_done; shown--)
        {
          g_autofree char *joined = join_figures (figures, shown);
          const LscText   *text = lsc_text_cache_get (frame->texts, LSC_TEXT_BAR, joined);
          LscBarRoom       left = *room;
          gboolean         is_inside;
          double           x;

          if (!place_figures (frame, text, &left, &x, &is_inside) || (only_inside && !is_inside))
            continue;
          if (shown > 1 && words_width > lsc_strip_room_inside (frame, &left) &&
              words_width > lsc_strip_room_behind (frame, &left))
            continue;
          paint_placed (frame, strip, text, x, is_inside, y_middle);
          *room = left;
          is_done = TRUE;
        }
      is_done |= !only_inside;
    }
  for (guint i = 0; i < n; i++)
    g_free (figures[i]);
}

/* Behind the bar; at its end, within, when there is more place. Takes its place out of the room. */
void
lsc_strip_paint_words (LscFrame       *frame,
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
  double         x = room->behind_from + LSC_STRIP_WORDS_GAP_PX * s;
  double         behind = lsc_strip_room_behind (frame, room) - cross;
  double         inside = lsc_strip_room_inside (frame, room) - cross;
  const LscText *text = lsc_text_cache_get (frame->texts, role, words);
  gboolean       is_inside = text->width > behind && inside > behind;

  text = lsc_text_cache_fit_end (frame->texts, role, words, is_inside ? inside : behind);
  if (is_inside)
    {
      if (text == NULL)
        return;
      color = &frame->theme->text;
      x = room->inside_to - LSC_STRIP_BAR_PAD_PX * s - text->width - cross;
      lsc_strip_paint_ground (frame, strip, x - LSC_STRIP_BAR_PAD_PX * s / 2.0,
                              text->width + cross + LSC_STRIP_BAR_PAD_PX * s, y_middle);
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

void
lsc_strip_paint_note (LscFrame *frame, const LscStrip *strip, LscBarRoom *room, double y_middle)
{
  const LscTheme *theme = frame->theme;
  const char     *note = strip->note != NULL ? strip->note : _ ("did not run");

  if (strip->note != NULL || strip->failed)
    lsc_strip_paint_words (frame, strip, LSC_TEXT_NAME, note,
                           strip->failed ? &theme->failed : &theme->dim_text, strip->failed, room,
                           y_middle);
}

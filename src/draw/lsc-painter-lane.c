/* lsc-painter-lane.c: a lane's row: its name, its life, its end; the focus.
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
#include <signal.h>

#include "lsc-units.h"

static char *
format_signal (int number)
{
  /* clang-format off */
  static const struct
  {
    int         number;
    const char *name;
  } names[] = {
    { SIGHUP, "SIGHUP" }, { SIGINT, "SIGINT" }, { SIGQUIT, "SIGQUIT" }, { SIGILL, "SIGILL" },
    { SIGTRAP, "SIGTRAP" }, { SIGABRT, "SIGABRT" }, { SIGBUS, "SIGBUS" }, { SIGFPE, "SIGFPE" },
    { SIGKILL, "SIGKILL" }, { SIGUSR1, "SIGUSR1" }, { SIGSEGV, "SIGSEGV" }, { SIGUSR2, "SIGUSR2" },
    { SIGPIPE, "SIGPIPE" }, { SIGALRM, "SIGALRM" }, { SIGTERM, "SIGTERM" }, { SIGXCPU, "SIGXCPU" },
    { SIGXFSZ, "SIGXFSZ" }, { SIGSYS, "SIGSYS" },
  };
  /* clang-format on */

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].number == number)
      return g_strdup (names[i].name);

  /* Translators: a signal of the operating system that has no well-known name, by its number. */
  return g_strdup_printf (_ ("signal %d"), number);
}

static gboolean
ended_badly (const LscLane *lane)
{
  LscLaneEnd end = lsc_lane_get_end (lane);

  return end == LSC_LANE_SIGNALED || (end == LSC_LANE_EXITED && lsc_lane_get_end_value (lane) != 0);
}

/* What is to be said of a lane beside it; NULL for nothing. */
static char *
format_remark (const LscLane *lane, const LscLane *life, gboolean joined)
{
  guint64          n_lost = lsc_lane_get_n_lost (lane);
  g_autofree char *end = NULL;
  g_autofree char *lost = NULL;

  if (life != lane)
    n_lost += lsc_lane_get_n_lost (life);
  if (ended_badly (life) && lsc_lane_get_end (life) == LSC_LANE_SIGNALED)
    {
      g_autofree char *name = format_signal (lsc_lane_get_end_value (life));

      /* Translators: at the end of a process on the timeline; the name of a signal: "killed by
       * SIGKILL". */
      end = g_strdup_printf (_ ("killed by %s"), name);
    }
  else if (ended_badly (life))
    /* Translators: at the end of a process on the timeline; its exit status. */
    end = g_strdup_printf (_ ("exit status %d"), lsc_lane_get_end_value (life));
  /* Worth a word only where somebody waited for it. */
  else if (joined && lsc_lane_get_end (life) == LSC_LANE_EXITED)
    end = g_strdup_printf (_ ("exit status %d"), lsc_lane_get_end_value (life));
  else if (joined)
    /* Translators: at the end of a thread on the timeline: its function has returned. */
    end = g_strdup (_ ("returned"));

  if (n_lost > 0)
    {
      g_autofree char *count = lsc_format_count (n_lost);

      /* Translators: beside a lane of the timeline; the number with its grouping: "1,200 records
       * lost". */
      lost = g_strdup_printf (
          ngettext ("%s record lost", "%s records lost", (gulong)MIN (n_lost, G_MAXINT)), count);
    }
  if (end != NULL && lost != NULL)
    return g_strdup_printf ("%s, %s", end, lost);

  return end != NULL ? g_steal_pointer (&end) : g_steal_pointer (&lost);
}

static void
paint_name (LscFrame *frame, guint index, const LscRow *row, double y_middle)
{
  double           x = LSC_NAME_X_PX * frame->scale;
  g_autofree char *name = NULL;
  const LscText   *text;

  if (!lsc_timeline_layout_row_has_name (frame->layout, index))
    return;

  name = lsc_timeline_layout_dup_row_name (frame->layout, index);
  text = lsc_text_cache_fit_end (frame->texts, LSC_TEXT_NAME, name,
                                 frame->plot_x - x - 8.0 * frame->scale);
  if (text != NULL)
    lsc_frame_text (frame, text,
                    row->lane == frame->view->focus_lane ? &frame->theme->text
                                                         : &frame->theme->dim_text,
                    x, y_middle);
}

/* A thin line from its start to its end: where nothing stands on it, the lane had nothing to do. */
static void
paint_life (LscFrame *frame, const LscStrip *strip, const LscLane *life, double y_middle)
{
  gint64 end_ns = lsc_lane_get_end_ns (life);
  double unit = 1.0 / frame->device;
  double x0;
  double x1;

  if (end_ns < 0)
    end_ns = strip->now_ns;
  if (!lsc_frame_interval (frame, lsc_lane_get_start_ns (life),
                           MAX (end_ns, lsc_lane_get_start_ns (life)), &x0, &x1))
    return;

  cairo_rectangle (frame->cr, x0, lsc_frame_snap (frame, y_middle), x1 - x0, unit);
  lsc_frame_set_color (frame, &frame->theme->separator, 1.0);
  cairo_fill (frame->cr);
}

/* Where the process died: a line with a cross on top. */
static void
paint_end_mark (LscFrame *frame, const LscLane *life, double y, double height)
{
  gint64 end_ns = lsc_lane_get_end_ns (life);
  double s = frame->scale;
  double x0;
  double x1;

  if (end_ns < 0 || !ended_badly (life) || !lsc_frame_interval (frame, end_ns, end_ns, &x0, &x1))
    return;

  cairo_rectangle (frame->cr, x0, y - 2.0 * s, 2.0 * s, height + 4.0 * s);
  lsc_frame_set_color (frame, &frame->theme->failed, 1.0);
  cairo_fill (frame->cr);
  if (height < 8.0 * s)
    return;
  cairo_set_line_width (frame->cr, 2.0 * s);
  lsc_frame_cross (frame, x0 + 10.0 * s, y + height / 2.0, 7.0 * s);
  cairo_stroke (frame->cr);
}

/* The whole run was ended, and how a process ended says nothing more: not worth covering what it
 * did. */
static gboolean
ended_with_run (const LscStrip *strip, const LscLane *lane, const LscLane *life)
{
  return strip->note != NULL && lsc_lane_get_n_lost (lane) == 0 && lsc_lane_get_n_lost (life) == 0;
}

static void
paint_remark (LscFrame       *frame,
              const LscStrip *strip,
              const LscRow   *row,
              const LscLane  *life,
              double          y,
              double          height)
{
  gboolean joined =
      lsc_frame_was_joined (frame, strip, row->lane) || lsc_frame_was_joined (frame, strip, life);
  g_autofree char *remark = format_remark (row->lane, life, joined);
  gint64           end_ns = lsc_lane_get_end_ns (life);
  gboolean         bad = ended_badly (life);
  double           s = frame->scale;
  const LscText   *text;
  double           wanted;
  double           left;
  double           room;
  double           end_x;
  double           x;

  if (remark == NULL || height < 8.0 * s)
    return;

  text = lsc_text_cache_get (frame->texts, LSC_TEXT_SMALL, remark);
  left = frame->plot_x + 6.0 * s;
  room = frame->plot_right - text->width - 6.0 * s;
  end_x = lsc_frame_x (frame, end_ns >= 0 ? end_ns : strip->now_ns);
  wanted = end_x + (bad || joined ? 18.0 : 8.0) * s;
  /* In front of the mark, where there is no place behind it. */
  if ((joined || bad) && wanted > room)
    room = MIN (room, end_x - text->width - (joined ? 16.0 : 8.0) * s);
  x = MAX (MIN (wanted, room), left);
  if (x < wanted && bad && ended_with_run (strip, row->lane, life))
    return;
  if (x != wanted)
    {
      /* No place behind the lane: at the plot's edge, on a ground of its own. */
      cairo_rectangle (frame->cr, x - 5.0 * s, y, text->width + 11.0 * s, height);
      lsc_frame_set_color (frame, &frame->theme->page, 0.92);
      cairo_fill (frame->cr);
    }
  lsc_frame_text (frame, text, bad ? &frame->theme->failed : &frame->theme->dim_text, x,
                  y + height / 2.0);
}

/* Last: they are small. */
static void
paint_marks (LscFrame *frame, const LscStrip *strip, const LscRow *row, LscLane *life, double y)
{
  double block_y;
  double block_height;

  lsc_timeline_layout_get_span_box (frame->layout, row, 0, &block_y, &block_height);
  lsc_paint_marks (frame, strip, row->lane, y + block_y - 2.0, block_height + 4.0);
  if (life != row->lane)
    lsc_paint_marks (frame, strip, life, y + block_y - 2.0, block_height + 4.0);
}

void
lsc_paint_lane_row (LscFrame *frame, guint index, double y)
{
  const LscRow   *row = lsc_timeline_layout_get_row (frame->layout, index);
  const LscStrip *strip = lsc_scene_get_strip (frame->scene, row->strip);
  LscLane        *life = lsc_timeline_layout_get_life_lane (frame->layout, index);
  double          block_y;
  double          block_height;

  lsc_timeline_layout_get_span_box (frame->layout, row, 0, &block_y, &block_height);
  block_y = lsc_frame_snap (frame, y + block_y);
  paint_name (frame, index, row, block_y + block_height / 2.0);

  cairo_save (frame->cr);
  cairo_rectangle (frame->cr, frame->plot_x, y - 1.0, frame->plot_right - frame->plot_x,
                   row->height + 2.0);
  cairo_clip (frame->cr);
  if (!row->is_bare)
    paint_life (frame, strip, life, block_y + block_height / 2.0);
  if (lsc_lane_get_kind (row->lane) == LSC_LANE_CORE)
    lsc_paint_core (frame, strip, row, y);
  else
    lsc_paint_spans (frame, strip, row, y);
  lsc_paint_states (frame, strip, row, y);
  paint_end_mark (frame, life, block_y, block_height);
  paint_remark (frame, strip, row, life, block_y, block_height);
  paint_marks (frame, strip, row, life, y);
  cairo_restore (frame->cr);
}

/* ---- focus ---------------------------------------------------------------------- */

static void
paint_focus_span (LscFrame *frame, const LscStrip *strip, const LscRow *row, double y)
{
  const LscTimelineView *view = frame->view;
  double                 s = frame->scale;
  LscSpan                span;
  double                 box_y;
  double                 box_height;
  double                 x0;
  double                 x1;

  if (view->focus_start_ns < 0 || !lsc_lane_find_span (row->lane, view->focus_depth,
                                                       view->focus_start_ns, strip->now_ns, &span))
    return;
  if (!lsc_frame_interval (frame, span.start_ns, span.end_ns, &x0, &x1))
    return;
  lsc_timeline_layout_get_span_box (frame->layout, row, view->focus_depth, &box_y, &box_height);
  if (box_height <= 0.0)
    return;

  box_y = lsc_frame_snap (frame, y + box_y);
  cairo_save (frame->cr);
  cairo_rectangle (frame->cr, frame->plot_x - 2.0 * s, y - 2.0,
                   frame->plot_right - frame->plot_x + 4.0 * s, row->height + 4.0);
  cairo_clip (frame->cr);
  if (x1 - x0 >= 6.0)
    x1 -= 1.0;
  lsc_frame_rounded (frame, x0 - s, box_y - s, x1 - x0 + 2.0 * s, box_height + 2.0 * s, 3.0 * s);
  cairo_set_line_width (frame->cr, 2.0 * s);
  lsc_frame_set_color (frame, &frame->theme->focus, 1.0);
  cairo_stroke (frame->cr);
  cairo_restore (frame->cr);
}

void
lsc_paint_focus (LscFrame *frame, guint index, double y)
{
  const LscRow   *row = lsc_timeline_layout_get_row (frame->layout, index);
  const LscStrip *strip = lsc_scene_get_strip (frame->scene, row->strip);
  double          s = frame->scale;

  if (frame->view->focus_lane == NULL || row->lane != frame->view->focus_lane ||
      row->kind == LSC_ROW_CURVES)
    return;

  if (frame->view->focus_visible)
    {
      lsc_frame_rounded (frame, (LSC_PAD_PX - 5.0) * s, y + 0.5,
                         frame->width - 2.0 * (LSC_PAD_PX - 5.0) * s, row->height - 1.0, 5.0 * s);
      cairo_set_line_width (frame->cr, 1.5 * s);
      lsc_frame_set_color (frame, &frame->theme->focus, 0.8);
      cairo_stroke (frame->cr);
    }
  if (row->kind == LSC_ROW_LANE)
    paint_focus_span (frame, strip, row, y);
}

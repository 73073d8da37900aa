/* lsc-painter-states.c: what the kernel saw of a lane.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame, within begin_read and end_read
 * of the strip's recording. Each state is as high as its share of the time: running
 * from the bottom up, pre-empted on top of it. So four threads that take turns look
 * like a quarter each, and not like four that run. Told apart without colour: running
 * is solid, pre-empted hatched, waiting a thin line, blocked a thicker one, not
 * recorded a gap between dotted edges. What was sampled is paler.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-painter-private.h"

#include <math.h>

#define MIN_HATCH_PX 4.0

typedef struct
{
  LscFrame *frame;
  double    y;
  double    height;
  gboolean  sampled; /* only those that were, or only the others */
} States;

/* Of a state on the whole height; something for anything. */
static double
share_height (const States *states, const LscStatePiece *piece, LscState state)
{
  double share = piece->shares[state];

  if (share <= 0.0)
    return 0.0;
  return MAX (lsc_frame_snap (states->frame, states->height * MIN (share, 1.0)),
              1.0 / states->frame->device);
}

/* Pieces of more than one state are of a pixel or so: each is drawn on all that it touches, or
 * there would be gaps that are none. */
static gboolean
get_interval (const States *states, const LscStatePiece *piece, double *x0, double *x1)
{
  if (piece->sampled != states->sampled ||
      !lsc_frame_interval (states->frame, piece->start_ns, piece->end_ns, x0, x1))
    return FALSE;
  if (piece->n_states > 1)
    lsc_frame_touched (states->frame, piece->start_ns, piece->end_ns, x0, x1);
  return TRUE;
}

static const LscStatePiece *
get_piece (const States *states, guint index)
{
  return &g_array_index (states->frame->states, LscStatePiece, index);
}

/* ---- to the path ------------------------------------------------------------------ */

static void
add_running (const States *states)
{
  for (guint i = 0; i < states->frame->states->len; i++)
    {
      const LscStatePiece *piece = get_piece (states, i);
      double               height = share_height (states, piece, LSC_STATE_RUNNING);
      double               x0;
      double               x1;

      if (height > 0.0 && get_interval (states, piece, &x0, &x1))
        cairo_rectangle (states->frame->cr, x0, states->y + states->height - height, x1 - x0,
                         height);
    }
}

static void
add_preempted (const States *states)
{
  for (guint i = 0; i < states->frame->states->len; i++)
    {
      const LscStatePiece *piece = get_piece (states, i);
      double               height = share_height (states, piece, LSC_STATE_PREEMPTED);
      double               below = share_height (states, piece, LSC_STATE_RUNNING);
      double               x0;
      double               x1;

      if (height <= 0.0 || !get_interval (states, piece, &x0, &x1))
        continue;
      below = MIN (below, states->height - height);
      cairo_rectangle (states->frame->cr, x0, states->y + states->height - below - height, x1 - x0,
                       height);
    }
}

/* A line on the ground. */
static void
add_line (const States *states, LscState state, double width)
{
  for (guint i = 0; i < states->frame->states->len; i++)
    {
      const LscStatePiece *piece = get_piece (states, i);
      double               x0;
      double               x1;

      if (piece->shares[state] > 0.0f && get_interval (states, piece, &x0, &x1))
        cairo_rectangle (states->frame->cr, x0, states->y + states->height - width, x1 - x0, width);
    }
}

/* ---- on the page ------------------------------------------------------------------ */

static void
paint_lines (const States *states, double alpha)
{
  LscFrame *frame = states->frame;
  double    line = MAX (1.0, lsc_frame_snap (frame, frame->scale));

  add_line (states, LSC_STATE_WAITING, line);
  add_line (states, LSC_STATE_BLOCKED, 2.0 * line);
  lsc_frame_set_color (frame, &frame->theme->waiting, alpha);
  cairo_fill (frame->cr);
}

static void
paint_preempted (const States *states, double alpha)
{
  LscFrame       *frame = states->frame;
  const LscColor *color = &frame->theme->preempted;

  cairo_new_path (frame->cr);
  add_preempted (states);
  if (!cairo_has_current_point (frame->cr))
    return;

  lsc_frame_set_color (frame, color, 0.4 * alpha);
  cairo_fill_preserve (frame->cr);
  lsc_frame_fill_hatched (frame, color, alpha, states->y, states->height,
                          MIN_HATCH_PX * frame->scale);
}

/* Where nothing but a gap is, its edges from top to bottom; where it shares a pixel, its top. */
static void
paint_gaps (const States *states)
{
  static const double dots[] = { 1.0, 2.0 };
  LscFrame           *frame = states->frame;

  cairo_new_path (frame->cr);
  for (guint i = 0; i < frame->states->len; i++)
    {
      const LscStatePiece *piece = get_piece (states, i);
      double               x0;
      double               x1;

      if (piece->shares[LSC_STATE_NOT_RECORDED] <= 0.0f || !get_interval (states, piece, &x0, &x1))
        continue;
      cairo_move_to (frame->cr, x0, states->y + 0.5);
      cairo_line_to (frame->cr, x1, states->y + 0.5);
      if (piece->n_states > 1)
        continue;
      cairo_move_to (frame->cr, x0 + 0.5, states->y);
      cairo_line_to (frame->cr, x0 + 0.5, states->y + states->height);
      cairo_move_to (frame->cr, x1 - 0.5, states->y);
      cairo_line_to (frame->cr, x1 - 0.5, states->y + states->height);
    }
  if (!cairo_has_current_point (frame->cr))
    return;

  cairo_save (frame->cr);
  cairo_set_dash (frame->cr, dots, G_N_ELEMENTS (dots), 0.0);
  cairo_set_line_width (frame->cr, 1.0);
  lsc_frame_set_color (frame, &frame->theme->waiting, 1.0);
  cairo_stroke (frame->cr);
  cairo_restore (frame->cr);
}

static void
paint_all (States *states, gboolean sampled)
{
  LscFrame *frame = states->frame;
  double    alpha = sampled ? LSC_SAMPLED_ALPHA : 1.0;

  states->sampled = sampled;
  paint_lines (states, alpha);
  add_running (states);
  lsc_frame_set_color (frame, &frame->theme->running, alpha);
  cairo_fill (frame->cr);
  paint_preempted (states, alpha);
  paint_gaps (states);
}

void
lsc_paint_lane_states (LscFrame *frame, LscLane *lane, gint64 now_ns, double y, double height)
{
  States states = { .frame = frame, .y = y, .height = height };

  lsc_lane_query_states (lane, frame->view->from_ns, frame->view->to_ns, frame->n_px, now_ns,
                         frame->states);
  if (frame->states->len == 0)
    return;
  paint_all (&states, FALSE);
  paint_all (&states, TRUE);
}

void
lsc_paint_states (LscFrame *frame, const LscStrip *strip, const LscRow *row, double y)
{
  double box_y;
  double height;

  if (!lsc_lane_has_states (row->lane))
    return;
  lsc_timeline_layout_get_state_box (frame->layout, row, &box_y, &height);
  if (height <= 0.0)
    return;
  lsc_paint_lane_states (frame, row->lane, strip->now_ns, lsc_frame_snap (frame, y + box_y),
                         MAX (lsc_frame_snap (frame, height), 1.0));
}

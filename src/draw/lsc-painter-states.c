/* lsc-painter-states.c: what the kernel saw of a lane.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame, within begin_read and end_read
 * of the strip's recording. Told apart without colour: running is solid and as
 * high as its share of the time, pre-empted is hatched, waiting a thin line,
 * not recorded a gap between dotted edges. Sampled states are paler.
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
  double    alpha;
} States;

static void
add_states (const States *states, LscState state, double top, double height, gboolean by_share)
{
  LscFrame *frame = states->frame;

  for (guint i = 0; i < frame->pieces->len; i++)
    {
      const LscPiece *piece = &g_array_index (frame->pieces, LscPiece, i);
      double share = by_share ? MAX (lsc_frame_snap (frame, height * MIN (piece->coverage, 1.0f)),
                                     1.0 / frame->device)
                              : height;
      double x0;
      double x1;

      if (piece->category != state ||
          !lsc_frame_interval (frame, piece->start_ns, piece->end_ns, &x0, &x1))
        continue;
      cairo_rectangle (frame->cr, x0, top + height - share, x1 - x0, share);
    }
}

static void
paint_preempted (const States *states)
{
  LscFrame       *frame = states->frame;
  const LscColor *color = &frame->theme->preempted;

  cairo_new_path (frame->cr);
  add_states (states, LSC_STATE_PREEMPTED, states->y, states->height, FALSE);
  if (!cairo_has_current_point (frame->cr))
    return;

  lsc_frame_set_color (frame, color, 0.35 * states->alpha);
  cairo_fill_preserve (frame->cr);
  cairo_save (frame->cr);
  cairo_clip (frame->cr);
  lsc_frame_set_color (frame, color, states->alpha);
  lsc_frame_hatch (frame, frame->plot_x, states->y, frame->plot_right - frame->plot_x,
                   states->height, MIN_HATCH_PX * frame->scale, TRUE);
  cairo_restore (frame->cr);
}

static void
paint_gaps (const States *states)
{
  static const double dots[] = { 1.0, 2.0 };
  LscFrame           *frame = states->frame;

  for (guint i = 0; i < frame->pieces->len; i++)
    {
      const LscPiece *piece = &g_array_index (frame->pieces, LscPiece, i);
      double          x0;
      double          x1;

      if (piece->category != LSC_STATE_NOT_RECORDED ||
          !lsc_frame_interval (frame, piece->start_ns, piece->end_ns, &x0, &x1))
        continue;
      cairo_move_to (frame->cr, x0 + 0.5, states->y);
      cairo_line_to (frame->cr, x0 + 0.5, states->y + states->height);
      cairo_move_to (frame->cr, x1 - 0.5, states->y);
      cairo_line_to (frame->cr, x1 - 0.5, states->y + states->height);
    }
  cairo_save (frame->cr);
  cairo_set_dash (frame->cr, dots, G_N_ELEMENTS (dots), 0.0);
  cairo_set_line_width (frame->cr, 1.0);
  lsc_frame_set_color (frame, &frame->theme->waiting, 1.0);
  cairo_stroke (frame->cr);
  cairo_restore (frame->cr);
}

void
lsc_paint_states (LscFrame *frame, const LscStrip *strip, const LscRow *row, double y)
{
  const LscTimelineView *view = frame->view;
  States                 states = { .frame = frame };
  double                 line = MAX (1.0, frame->scale);

  if (!lsc_lane_has_states (row->lane))
    return;
  lsc_timeline_layout_get_state_box (frame->layout, row, &states.y, &states.height);
  if (states.height <= 0.0)
    return;

  states.y = lsc_frame_snap (frame, y + states.y);
  states.height = MAX (lsc_frame_snap (frame, states.height), 1.0);
  states.alpha = lsc_lane_get_source (row->lane) == LSC_SOURCE_SAMPLED ? 0.6 : 1.0;

  lsc_lane_query (row->lane, LSC_TRACK_STATES, 0, view->from_ns, view->to_ns, frame->n_px,
                  strip->now_ns, frame->pieces);
  if (frame->pieces->len == 0)
    return;

  add_states (&states, LSC_STATE_WAITING, lsc_frame_snap (frame, states.y + states.height / 2.0),
              line, FALSE);
  add_states (&states, LSC_STATE_BLOCKED, lsc_frame_snap (frame, states.y + states.height / 2.0),
              line, FALSE);
  lsc_frame_set_color (frame, &frame->theme->waiting, states.alpha);
  cairo_fill (frame->cr);
  add_states (&states, LSC_STATE_RUNNING, states.y, states.height, TRUE);
  lsc_frame_set_color (frame, &frame->theme->running, states.alpha);
  cairo_fill (frame->cr);
  paint_preempted (&states);
  paint_gaps (&states);
}

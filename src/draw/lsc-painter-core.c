/* lsc-painter-core.c: which thread was on a core.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame, within begin_read and end_read
 * of the strip's recording. A thread has the same colour on every core, so that it
 * can be followed from one to another, and its name where there is room. Where a
 * pixel has several, the height is the share of the time in which any was there.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-painter-private.h"

#define MIN_LABEL_PX 30.0
#define LABEL_PAD_PX 4.0

/* Pale enough for text on it. */
static LscColor
get_color (const LscFrame *frame, guint group)
{
  const LscTheme *theme = frame->theme;

  return group == LSC_N_CATEGORIES ? theme->merged
                                   : lsc_color_mix (&theme->page, &theme->categories[group], 0.45);
}

/* Of several nobody can be told from the others. */
static guint
get_group (const LscPiece *piece)
{
  return piece->n_spans > 1 || piece->task == LSC_NO_TASK ? LSC_N_CATEGORIES
                                                          : piece->task % LSC_N_CATEGORIES;
}

static void
add_pieces (LscFrame *frame, guint group, double y, double height)
{
  for (guint i = 0; i < frame->pieces->len; i++)
    {
      const LscPiece *piece = &g_array_index (frame->pieces, LscPiece, i);
      double          share = height;
      double          x0;
      double          x1;

      if (get_group (piece) != group ||
          !lsc_frame_interval (frame, piece->start_ns, piece->end_ns, &x0, &x1))
        continue;
      if (piece->n_spans > 1)
        {
          lsc_frame_touched (frame, piece->start_ns, piece->end_ns, &x0, &x1);
          share = MAX (lsc_frame_snap (frame, height * MIN (piece->coverage, 1.0f)),
                       1.0 / frame->device);
        }
      cairo_rectangle (frame->cr, x0, y + height - share, x1 - x0, share);
    }
}

/* What it was called then; one of ours as its row is. */
static char *
dup_name (const LscStrip *strip, const LscPiece *piece)
{
  LscLane *lane = piece->task < lsc_recording_get_n_lanes (strip->recording)
                      ? lsc_recording_get_lane (strip->recording, piece->task)
                      : NULL;

  if (lane != NULL && lsc_lane_is_own (lane))
    return lsc_lane_dup_label (lane);
  return g_strdup (lsc_recording_get_string (strip->recording, piece->name));
}

static void
paint_names (LscFrame *frame, const LscStrip *strip, double y, double height)
{
  double s = frame->scale;

  for (guint i = 0; i < frame->pieces->len; i++)
    {
      const LscPiece  *piece = &g_array_index (frame->pieces, LscPiece, i);
      g_autofree char *name = NULL;
      const LscText   *text;
      double           x0;
      double           x1;

      if (piece->n_spans > 1 ||
          !lsc_frame_interval (frame, piece->start_ns, piece->end_ns, &x0, &x1))
        continue;
      x0 = MAX (x0, frame->plot_x) + LABEL_PAD_PX * s;
      x1 = MIN (x1, frame->plot_right) - LABEL_PAD_PX * s;
      if (x1 - x0 < MIN_LABEL_PX * s)
        continue;
      name = dup_name (strip, piece);
      text = lsc_text_cache_fit_end (frame->texts, LSC_TEXT_LABEL, name, x1 - x0);
      if (text != NULL)
        lsc_frame_text (frame, text, &frame->theme->text, x0, y + height / 2.0);
    }
}

void
lsc_paint_core (LscFrame *frame, const LscStrip *strip, const LscRow *row, double y)
{
  const LscTimelineView *view = frame->view;
  double                 top;
  double                 height;

  lsc_timeline_layout_get_span_box (frame->layout, row, 0, &top, &height);
  if (height <= 0.0)
    return;
  top = lsc_frame_snap (frame, y + top);
  height = MAX (lsc_frame_snap (frame, height), 1.0);
  lsc_lane_query (row->lane, LSC_TRACK_SPANS, 0, view->from_ns, view->to_ns, frame->n_px,
                  strip->now_ns, frame->pieces);
  for (guint group = 0; group <= LSC_N_CATEGORIES; group++)
    {
      LscColor color = get_color (frame, group);

      add_pieces (frame, group, top, height);
      lsc_frame_set_color (frame, &color, 1.0);
      cairo_fill (frame->cr);
    }
  if (height >= 12.5 * frame->scale)
    paint_names (frame, strip, top, height);
}

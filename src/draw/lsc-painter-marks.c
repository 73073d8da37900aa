/* lsc-painter-marks.c: what was asked of a run or of one lane, and the join.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame, within begin_read and end_read
 * of the strip's recording. Each kind has a shape of its own.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-painter-private.h"

#include <math.h>

#define GLYPH_PX 4.5 /* from the middle of a glyph to its edge */

static void
add_diamond (LscFrame *frame, double x, double y, double radius)
{
  cairo_move_to (frame->cr, x, y - radius);
  cairo_line_to (frame->cr, x + radius, y);
  cairo_line_to (frame->cr, x, y + radius);
  cairo_line_to (frame->cr, x - radius, y);
  cairo_close_path (frame->cr);
}

static void
stroke_line (LscFrame *frame, double x, double y, double height, double dash, double gap)
{
  const double dashes[] = { dash, gap };

  cairo_save (frame->cr);
  if (gap > 0.0)
    cairo_set_dash (frame->cr, dashes, G_N_ELEMENTS (dashes), 0.0);
  cairo_move_to (frame->cr, x, y);
  cairo_line_to (frame->cr, x, y + height);
  cairo_set_line_width (frame->cr, 1.25 * frame->scale);
  cairo_stroke (frame->cr);
  cairo_restore (frame->cr);
}

/* On a rim of the page's colour, so that it is seen on a block. */
static void
paint_diamond (LscFrame *frame, double x, double y, gboolean filled)
{
  const LscTheme *theme = frame->theme;
  double          radius = GLYPH_PX * frame->scale;

  add_diamond (frame, x, y, radius + 1.5 * frame->scale);
  lsc_frame_set_color (frame, &theme->page, 1.0);
  cairo_fill (frame->cr);
  add_diamond (frame, x, y, radius);
  lsc_frame_set_color (frame, &theme->text, 1.0);
  if (filled)
    cairo_fill_preserve (frame->cr);
  cairo_set_line_width (frame->cr, 1.25 * frame->scale);
  cairo_stroke (frame->cr);
}

/* A line with an arrow head that points down on it. */
static void
paint_terminate (LscFrame *frame, double x, double y, double height)
{
  double size = GLYPH_PX * frame->scale;

  lsc_frame_set_color (frame, &frame->theme->failed, 1.0);
  stroke_line (frame, x, y, height, 0.0, 0.0);
  cairo_move_to (frame->cr, x - size, y);
  cairo_line_to (frame->cr, x + size, y);
  cairo_line_to (frame->cr, x, y + 1.6 * size);
  cairo_close_path (frame->cr);
  cairo_fill (frame->cr);
}

void
lsc_frame_mark (LscFrame *frame, LscFeatures feature, double x, double y, double height)
{
  x = floor (x) + 0.5;
  switch ((guint)feature)
    {
    case LSC_FEATURE_STOP_ASKED:
      lsc_frame_set_color (frame, &frame->theme->failed, 0.9);
      stroke_line (frame, x, y, height, 4.0, 3.0);
      break;
    case LSC_FEATURE_JOIN_ASKED:
      lsc_frame_set_color (frame, &frame->theme->text, 0.9);
      stroke_line (frame, x, y, height, 1.5, 2.0);
      paint_diamond (frame, x, y + height / 2.0, FALSE);
      break;
    case LSC_FEATURE_JOINED:
      paint_diamond (frame, x, y + height / 2.0, TRUE);
      break;
    case LSC_FEATURE_TERMINATE_ASKED:
      paint_terminate (frame, x, y, height);
      break;
    default:
      break;
    }
}

/* Those of a lane, over its row; `lane` NULL: those of the run, over all its rows. */
void
lsc_paint_marks (LscFrame       *frame,
                 const LscStrip *strip,
                 const LscLane  *lane,
                 double          y,
                 double          height)
{
  guint n;

  if (!(lsc_timeline_layout_get_features (frame->layout) & LSC_FEATURES_OF_MARKS))
    return;

  n = MIN (lsc_recording_get_n_marks (strip->recording), LSC_MAX_MARKS);
  for (guint i = 0; i < n; i++)
    {
      LscMark mark;
      double  x0;
      double  x1;

      lsc_recording_get_mark (strip->recording, i, &mark);
      if (mark.lane == lane && lsc_layout_get_mark_feature (mark.kind) != 0 &&
          lsc_frame_interval (frame, mark.time_ns, mark.time_ns, &x0, &x1))
        lsc_frame_mark (frame, lsc_layout_get_mark_feature (mark.kind), x0, y, height);
    }
}

gboolean
lsc_frame_was_joined (LscFrame *frame, const LscStrip *strip, const LscLane *lane)
{
  guint n;

  if (!(lsc_timeline_layout_get_features (frame->layout) & LSC_FEATURE_JOINED))
    return FALSE;

  n = MIN (lsc_recording_get_n_marks (strip->recording), LSC_MAX_MARKS);
  for (guint i = 0; i < n; i++)
    {
      LscMark mark;

      lsc_recording_get_mark (strip->recording, i, &mark);
      if (mark.lane == lane && mark.kind == LSC_MARK_JOINED)
        return TRUE;
    }
  return FALSE;
}

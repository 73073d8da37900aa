/* lsc-painter-heads.c: rows that stand for others: processes, the rest, cores, what has no place.
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

#define TRIANGLE_PX     7.0
#define TRIANGLE_GAP_PX 9.0 /* in front of the name */

/* Points to the right while what it stands for is folded, else down to it. */
static void
paint_triangle (LscFrame *frame, gboolean is_folded, double x, double y_middle)
{
  double a = TRIANGLE_PX * frame->scale;
  double h = a / 2.0;

  cairo_new_path (frame->cr);
  if (is_folded)
    {
      cairo_move_to (frame->cr, x - h / 2.0, y_middle - h);
      cairo_line_to (frame->cr, x + h / 2.0 + frame->scale, y_middle);
      cairo_line_to (frame->cr, x - h / 2.0, y_middle + h);
    }
  else
    {
      cairo_move_to (frame->cr, x - h, y_middle - h / 2.0);
      cairo_line_to (frame->cr, x + h, y_middle - h / 2.0);
      cairo_line_to (frame->cr, x, y_middle + h / 2.0 + frame->scale);
    }
  cairo_close_path (frame->cr);
  lsc_frame_set_color (frame, &frame->theme->dim_text, 1.0);
  cairo_fill (frame->cr);
}

void
lsc_paint_head_row (LscFrame *frame, guint index, double y)
{
  const LscRow    *row = lsc_timeline_layout_get_row (frame->layout, index);
  g_autofree char *label = lsc_timeline_layout_dup_head (frame->layout, index);
  double           s = frame->scale;
  double           x = LSC_NAME_X_PX * s;
  gboolean         is_process = row->kind == LSC_ROW_PROCESS;
  /* Of a process, in the column of names: something may stand beside it. */
  double         room = (is_process ? frame->plot_x : frame->width) - x - 8.0 * s;
  const LscText *text = lsc_text_cache_fit_end (frame->texts, LSC_TEXT_NAME, label, room);

  if (row->can_fold)
    paint_triangle (frame, row->is_folded, x - TRIANGLE_GAP_PX * s, y + row->height / 2.0);
  if (text != NULL)
    lsc_frame_text (frame, text, is_process ? &frame->theme->text : &frame->theme->dim_text, x,
                    y + row->height / 2.0);
}

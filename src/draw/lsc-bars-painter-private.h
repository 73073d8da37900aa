/* lsc-bars-painter-private.h: what the parts of the bars' painter share during one frame.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-bars-private.h"
#include "lsc-painter-private.h"
#include "lsc-timing-bar-private.h"

G_BEGIN_DECLS

typedef struct
{
  LscFrame       base; /* without a timeline's scene, layout and view */
  LscBarsLayout *layout;
  double         top; /* what is in sight, px */
  double         bottom;
  gint           focused_cell;
} LscBarsFrame;

static inline gboolean
lsc_bars_frame_sees (const LscBarsFrame *frame, double y, double height)
{
  return y < frame->bottom && y + height > frame->top;
}

/* A text on the page's own ground, so that no grid runs through it. Returns its right edge. */
double lsc_bars_frame_text (LscBarsFrame   *frame,
                            const LscText  *text,
                            const LscColor *color,
                            double          x,
                            double          y_middle);
/* Name and small print that end at `right`, or begin at `left`: the other is NAN. */
void lsc_bars_paint_label (LscBarsFrame     *frame,
                           const LscBarsRow *row,
                           double            left,
                           double            right,
                           double            y_middle);

void lsc_paint_bars_row (LscBarsFrame *frame, const LscBarsRow *row);
void lsc_paint_bars_axis (LscBarsFrame *frame, const LscBarsAxis *axis, double x, gboolean bytes);
void lsc_paint_bars_axes (LscBarsFrame *frame);
/* A line at the reference's median through its group: how far each bar is from it. */
void lsc_paint_bars_references (LscBarsFrame *frame);
void lsc_paint_bars_memory (LscBarsFrame *frame);
void lsc_paint_sweep (LscBarsFrame *frame);
void lsc_paint_bars_legend (LscBarsFrame *frame);

/* The colour of memory: an executor's would say something that is not meant. */
LscColor lsc_bars_sum_color (const LscTheme *theme);

/* Keeps where texts are drawn; NULL: no more. (element-type LscTextBox) */
void lsc_bars_painter_set_text_boxes (LscBarsPainter *self, GArray *boxes);

G_END_DECLS

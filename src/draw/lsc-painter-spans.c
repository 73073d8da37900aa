/* lsc-painter-spans.c: the tasks of a lane, and the steps inside them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame, within begin_read and end_read
 * of the strip's recording. One query a depth, then one path and one fill for
 * each look: what costs is the number of fills, not of pieces.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-painter-blocks-private.h"

#include <math.h>

#define MIN_BLOCK_PX   3.0 /* narrower ones look like merged ones */
#define MIN_ROUNDED_PX 5.0
#define MIN_LABEL_PX   28.0
#define RADIUS_PX      2.0
#define LABEL_PAD_PX   5.0

/* Alternates from task to task on a lane, and stays what it is when the view
 * moves: workers take every n-th task in turn, or tasks one after another. */
static guint
shade_of (const LscBlocks *blocks, const LscPiece *piece)
{
  guint n = MAX (blocks->strip->n_workers, 1);

  if (piece->task == LSC_NO_TASK)
    return 0;

  return n % 2 == 1 ? piece->task & 1 : (piece->task + piece->task / n) & 1;
}

static LscLook
look_of (const LscBlocks *blocks, const LscPiece *piece, double width)
{
  if (lsc_task_status_is_failure ((LscTaskStatus)piece->status))
    return LSC_LOOK_FAILED;
  if (piece->status == LSC_TASK_STOPPED)
    return LSC_LOOK_STOPPED;
  if (piece->n_spans > 1 || width * blocks->frame->device < MIN_BLOCK_PX)
    return LSC_LOOK_MERGED;
  if (piece->open)
    return LSC_LOOK_RUNNING;

  return shade_of (blocks, piece) == 0 ? LSC_LOOK_EVEN : LSC_LOOK_ODD;
}

/* From the frame's pieces. */
static void
place_boxes (LscBlocks *blocks)
{
  LscFrame *frame = blocks->frame;

  g_array_set_size (frame->boxes, 0);
  for (guint i = 0; i < frame->pieces->len; i++)
    {
      const LscPiece *piece = &g_array_index (frame->pieces, LscPiece, i);
      LscBox          box = { .piece = piece, .is_merged = piece->n_spans > 1 };

      if (!lsc_frame_interval (frame, piece->start_ns, piece->end_ns, &box.x0, &box.x1))
        continue;
      box.look = look_of (blocks, piece, box.x1 - box.x0);
      blocks->looks |= 1u << box.look;
      if (box.is_merged)
        blocks->looks |= 1u << LSC_LOOK_MERGED;
      g_array_append_val (frame->boxes, box);
    }
  blocks->boxes = (const LscBox *)(gpointer)frame->boxes->data;
  blocks->n = frame->boxes->len;
}

/* Room for a gap between blocks that touch. */
static double
block_width (double x0, double x1)
{
  return x1 - x0 >= MIN_ROUNDED_PX ? x1 - x0 - 1.0 : x1 - x0;
}

/* To the path; smaller by `inset` at each side. */
static void
add_block (const LscBlocks *blocks, const LscBox *box, double inset)
{
  double width = block_width (box->x0, box->x1);

  if (width < MIN_ROUNDED_PX - 1.0)
    cairo_rectangle (blocks->frame->cr, box->x0 + inset, blocks->y + inset,
                     MAX (width - 2.0 * inset, 0.0), blocks->height - 2.0 * inset);
  else
    lsc_frame_block (blocks->frame, box->x0 + inset, blocks->y + inset, width - 2.0 * inset,
                     blocks->height - 2.0 * inset,
                     MIN (RADIUS_PX * blocks->frame->scale, blocks->height / 5.0));
}

static void
fill_looks (const LscBlocks *blocks, LscLook look, double inset, const LscColor *color)
{
  for (guint i = 0; i < blocks->n; i++)
    if (blocks->boxes[i].look == look)
      add_block (blocks, &blocks->boxes[i], inset);
  lsc_frame_set_color (blocks->frame, color, 1.0);
  cairo_fill (blocks->frame->cr);
}

static void
paint_plain (const LscBlocks *blocks, LscLook look)
{
  const LscTheme *theme = blocks->frame->theme;
  double          inset = 0.0;

  if (!(blocks->looks & 1u << look))
    return;

  if (theme->task_edge.alpha > 0.0)
    {
      fill_looks (blocks, look, 0.0, &theme->task_edge);
      inset = blocks->frame->scale;
    }
  fill_looks (blocks, look, inset, &theme->tasks[look == LSC_LOOK_ODD]);
  blocks->frame->seen |= LSC_FEATURE_TASK;
}

/* The page under blocks, so that the lane's line does not show between those that touch. */
static void
paint_ground (const LscBlocks *blocks)
{
  LscFrame *frame = blocks->frame;
  double    left = 0.0;
  double    right = -1.0;

  for (guint i = 0; i < blocks->n; i++)
    {
      const LscBox *box = &blocks->boxes[i];

      if (box->x0 > right)
        {
          if (right > left)
            cairo_rectangle (frame->cr, left, blocks->y, right - left, blocks->height);
          left = box->x0;
        }
      right = MAX (right, box->x1);
    }
  if (right > left)
    cairo_rectangle (frame->cr, left, blocks->y, right - left, blocks->height);
  lsc_frame_set_color (frame, &frame->theme->page, 1.0);
  cairo_fill (frame->cr);
}

/* Of an area whose height is the share of the time that is covered. */
static double
merged_height (const LscBlocks *blocks, const LscBox *box)
{
  double height =
      box->is_merged ? blocks->height * MIN (box->piece->coverage, 1.0f) : blocks->height;

  return MAX (lsc_frame_snap (blocks->frame, height), 2.0 / blocks->frame->device);
}

/* Neighbours of one height become one rectangle. */
static void
paint_merged (const LscBlocks *blocks)
{
  LscFrame *frame = blocks->frame;
  double    left = 0.0;
  double    right = -1.0;
  double    level = 0.0;

  if (!(blocks->looks & 1u << LSC_LOOK_MERGED))
    return;

  for (guint i = 0; i < blocks->n; i++)
    {
      const LscBox *box = &blocks->boxes[i];
      double        x0 = box->x0;
      double        x1 = box->x1;
      double        height;

      if (box->look != LSC_LOOK_MERGED && !box->is_merged)
        continue;
      if (box->is_merged)
        {
          /* Every pixel it touches: rounding each end by itself would show gaps that are none. */
          lsc_frame_touched (frame, box->piece->start_ns, box->piece->end_ns, &x0, &x1);
          frame->seen |= LSC_FEATURE_MERGED;
        }
      height = merged_height (blocks, box);
      if (right >= x0 && height == level)
        {
          right = MAX (right, x1);
          continue;
        }
      if (right > left)
        cairo_rectangle (frame->cr, left, blocks->y + blocks->height - level, right - left, level);
      left = MAX (right, x0);
      right = MAX (x1, left + 1.0 / frame->device);
      level = height;
    }
  if (right > left)
    cairo_rectangle (frame->cr, left, blocks->y + blocks->height - level, right - left, level);
  lsc_frame_set_color (frame, &frame->theme->merged, 1.0);
  cairo_fill (frame->cr);
}

/* Open at the right, where it goes on. */
static void
paint_running (const LscBlocks *blocks)
{
  LscFrame *frame = blocks->frame;
  cairo_t  *cr = frame->cr;
  double    half = 0.5 / frame->device;

  for (guint i = 0; i < blocks->n; i++)
    {
      const LscBox *box = &blocks->boxes[i];

      if (box->look != LSC_LOOK_RUNNING)
        continue;
      cairo_rectangle (cr, box->x0, blocks->y, box->x1 - box->x0, blocks->height);
      lsc_frame_set_color (frame, &frame->theme->tasks[shade_of (blocks, box->piece)], 0.6);
      cairo_fill (cr);
      cairo_move_to (cr, box->x1, blocks->y + half);
      cairo_line_to (cr, box->x0 + half, blocks->y + half);
      cairo_line_to (cr, box->x0 + half, blocks->y + blocks->height - half);
      cairo_line_to (cr, box->x1, blocks->y + blocks->height - half);
      cairo_set_line_width (cr, 2.0 * half);
      lsc_frame_set_color (frame, &frame->theme->merged, 1.0);
      cairo_stroke (cr);
      frame->seen |= LSC_FEATURE_RUNNING_TASK;
    }
}

/* ---- labels --------------------------------------------------------------------- */

static const char *
label_of (const LscBlocks *blocks, const LscPiece *piece, LscTaskTable *tasks)
{
  if (piece->task != LSC_NO_TASK && tasks != NULL && piece->task < lsc_task_table_get_n (tasks))
    return lsc_task_table_get_input (tasks, piece->task);

  return lsc_recording_get_string (blocks->strip->recording, piece->name);
}

static void
paint_label (const LscBlocks *blocks, const LscBox *box, const char *label)
{
  LscFrame      *frame = blocks->frame;
  const LscText *text;
  double         s = frame->scale;
  double         x = MAX (box->x0, frame->plot_x) + LABEL_PAD_PX * s;
  double         right = MIN (box->x1 - 1.0, frame->plot_right) - 4.0 * s;

  if (box->look == LSC_LOOK_FAILED)
    x += 9.0 * s;
  text = lsc_text_cache_fit_middle (frame->texts, LSC_TEXT_LABEL, label, right - x);
  if (text == NULL)
    return;

  if (box->look == LSC_LOOK_FAILED || box->look == LSC_LOOK_STOPPED)
    {
      LscColor ground = box->look == LSC_LOOK_FAILED ? lsc_theme_get_failed_ground (frame->theme)
                                                     : lsc_theme_get_stopped_ground (frame->theme);

      cairo_rectangle (frame->cr, x - 2.0, blocks->y + 1.0, text->width + 4.0,
                       blocks->height - 2.0);
      lsc_frame_set_color (frame, &ground, 1.0);
      cairo_fill (frame->cr);
    }
  lsc_frame_text (frame, text, &frame->theme->text, x, blocks->y + blocks->height / 2.0);
}

static void
paint_labels (const LscBlocks *blocks)
{
  LscFrame     *frame = blocks->frame;
  LscTaskTable *tasks = lsc_recording_get_tasks (blocks->strip->recording);

  if (blocks->height < 12.5 * frame->scale)
    return;

  for (guint i = 0; i < blocks->n; i++)
    {
      const LscBox *box = &blocks->boxes[i];
      const char   *label;

      if (box->is_merged || MIN (box->x1, frame->plot_right) - MAX (box->x0, frame->plot_x) <
                                MIN_LABEL_PX * frame->scale)
        continue;
      label = label_of (blocks, box->piece, tasks);
      if (label != NULL && *label != '\0')
        paint_label (blocks, box, label);
    }
}

/* ---- steps inside tasks ----------------------------------------------------------- */

static void
paint_steps (const LscBlocks *blocks)
{
  LscFrame *frame = blocks->frame;

  for (guint category = 0; category < LSC_N_CATEGORIES; category++)
    {
      for (guint i = 0; i < blocks->n; i++)
        {
          const LscBox *box = &blocks->boxes[i];

          if (box->piece->category % LSC_N_CATEGORIES != category)
            continue;
          cairo_rectangle (frame->cr, box->x0, blocks->y,
                           box->x1 - box->x0 > 3.0 ? box->x1 - box->x0 - 0.5 : box->x1 - box->x0,
                           blocks->height);
          frame->seen |= LSC_FEATURE_STEP;
        }
      lsc_frame_set_color (frame, &frame->theme->categories[category], 1.0);
      cairo_fill (frame->cr);
    }
}

void
lsc_paint_spans (LscFrame *frame, const LscStrip *strip, const LscRow *row, double y)
{
  const LscTimelineView *view = frame->view;
  guint                  n_depths = lsc_lane_get_n_depths (row->lane);

  for (guint depth = 0; depth < n_depths; depth++)
    {
      LscBlocks blocks = { .frame = frame, .strip = strip };

      lsc_timeline_layout_get_span_box (frame->layout, row, depth, &blocks.y, &blocks.height);
      if (blocks.height <= 0.0 || blocks.y + blocks.height > row->height)
        break;
      blocks.y = lsc_frame_snap (frame, y + blocks.y);
      blocks.height = MAX (lsc_frame_snap (frame, blocks.height), 1.0);

      lsc_lane_query (row->lane, LSC_TRACK_SPANS, depth, view->from_ns, view->to_ns, frame->n_px,
                      strip->now_ns, frame->pieces);
      place_boxes (&blocks);
      if (blocks.n == 0)
        continue;
      if (depth > 0)
        {
          paint_steps (&blocks);
          continue;
        }
      paint_ground (&blocks);
      paint_plain (&blocks, LSC_LOOK_EVEN);
      paint_plain (&blocks, LSC_LOOK_ODD);
      paint_merged (&blocks);
      paint_running (&blocks);
      lsc_blocks_paint_troubled (&blocks, LSC_LOOK_STOPPED);
      lsc_blocks_paint_troubled (&blocks, LSC_LOOK_FAILED);
      paint_labels (&blocks);
      lsc_blocks_paint_crosses (&blocks);
    }
}

/* lsc-timeline-focus.c: what is under a point, what has the focus, what comes next.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Lanes are read between begin_read and end_read of their recording.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-private.h"

/* A span narrower than the pointer is precise is still hit. */
#define REACH_PX 3.0

static LscStrip *
get_strip (LscTimeline *self, const LscRow *row)
{
  return lsc_scene_get_strip (self->scene, row->strip);
}

/* ---- what is where ---------------------------------------------------------------- */

static gboolean
find_span_near (LscLane *lane,
                guint    depth,
                gint64   time_ns,
                gint64   reach_ns,
                gint64   now_ns,
                LscSpan *span)
{
  LscSpan  after;
  gboolean has_after;

  if (lsc_lane_find_span (lane, depth, time_ns, now_ns, span))
    return TRUE;
  has_after = lsc_lane_next_span (lane, depth, time_ns, now_ns, &after) &&
              after.start_ns - time_ns <= reach_ns;
  if (lsc_lane_previous_span (lane, depth, time_ns, now_ns, span) &&
      time_ns - span->end_ns <= reach_ns)
    {
      if (has_after && after.start_ns - time_ns < time_ns - span->end_ns)
        *span = after;
      return TRUE;
    }
  if (has_after)
    *span = after;
  return has_after;
}

static void
hit_span (LscTimeline *self, const LscRow *row, double y, gint64 reach_ns, LscTimelineHit *hit)
{
  LscStrip   *strip = get_strip (self, row);
  LscRangeSum sum;
  guint       depth = 0;

  lsc_recording_begin_read (strip->recording);
  for (guint i = 0; i < lsc_lane_get_n_depths (row->lane); i++)
    {
      double box_y;
      double box_height;

      lsc_timeline_layout_get_span_box (self->layout, row, i, &box_y, &box_height);
      if (y >= box_y && y < box_y + box_height)
        depth = i;
    }
  if (lsc_lane_get_n_depths (row->lane) > 0)
    {
      gint64 px_ns = (gint64)((double)reach_ns / REACH_PX);

      hit->has_span =
          find_span_near (row->lane, depth, hit->time_ns, reach_ns, strip->now_ns, &hit->span);
      hit->n_spans = hit->has_span ? 1 : 0;
      /* A span that is wider than the pixel is what is meant, though its neighbour may touch the
       * pixel too. */
      if (hit->has_span && hit->span.end_ns - hit->span.start_ns < px_ns)
        {
          lsc_lane_sum (row->lane, LSC_TRACK_SPANS, depth, hit->time_ns,
                        hit->time_ns + MAX (px_ns, 1), strip->now_ns, &sum);
          hit->n_spans = MAX (sum.n_spans, 1);
        }
    }
  lsc_recording_end_read (strip->recording);
}

void
lsc_timeline_hit (LscTimeline *self, double x, double y, LscTimelineHit *hit)
{
  LscTimelineLayout *layout = lsc_timeline_ensure_layout (self);
  LscTimelineView    view;
  graphene_rect_t    canvas;
  double             plot_x;
  double             plot_width;
  double             top;

  *hit = (LscTimelineHit){ .row = NULL };
  if (layout == NULL)
    return;

  lsc_timeline_get_canvas (self, &canvas);
  top = canvas.origin.y + lsc_timeline_layout_get_top_height (layout);
  lsc_timeline_layout_get_plot (layout, &plot_x, &plot_width);
  lsc_timeline_fill_view (self, &view);
  hit->time_ns = lsc_timeline_view_x_to_ns (&view, layout, x);
  hit->in_plot = x >= plot_x && x <= plot_x + plot_width;
  if (y < top ||
      y >= canvas.origin.y + canvas.size.height - lsc_timeline_layout_get_bottom_height (layout))
    return;

  y += view.scroll_y_px - top;
  hit->row = lsc_timeline_layout_find_row (layout, y, NULL);
  if (hit->row != NULL && hit->in_plot &&
      (hit->row->kind == LSC_ROW_LANE || hit->row->kind == LSC_ROW_PROCESS))
    hit_span (self, hit->row, y - hit->row->y,
              (gint64)((double)lsc_timeline_zoom_get_span_ns (&self->zoom) / MAX (plot_width, 1) *
                       REACH_PX),
              hit);
}

/* ---- what has the focus -------------------------------------------------------------- */

static void
set_focus (LscTimeline *self, const LscTimelineFocus *focus)
{
  LscRecording *recording =
      focus->strip < 0 ? NULL : lsc_scene_get_strip (self->scene, focus->strip)->recording;

  g_set_object (&self->focus_recording, recording);
  self->focus = *focus;
  lsc_timeline_invalidate (self);
  lsc_timeline_a11y_queue (self);
  lsc_timeline_emit_focus_changed (self);
}

void
lsc_timeline_clear_focus (LscTimeline *self)
{
  self->focus_visible = FALSE;
  lsc_timeline_lens_forget (self);
  if (self->focus.strip < 0 && self->focus.range_from_ns == self->focus.range_to_ns)
    return;
  set_focus (self, &(LscTimelineFocus){ .strip = -1 });
}

static gboolean
is_focusable (const LscRow *row)
{
  return row->kind != LSC_ROW_BAND && row->kind != LSC_ROW_MORE && row->kind != LSC_ROW_CURVES;
}

/* One that has no lane of its own, and is no strip either. */
static LscRowKind
get_head (const LscRow *row)
{
  return row->kind == LSC_ROW_REST || row->kind == LSC_ROW_CORES ? row->kind : LSC_ROW_STRIP;
}

gboolean
lsc_timeline_row_has_focus (LscTimeline *self, const LscRow *row)
{
  if (!is_focusable (row) || self->focus.strip != (gint)row->strip)
    return FALSE;
  return self->focus.lane == row->lane && self->focus.head == get_head (row);
}

void
lsc_timeline_focus_hit (LscTimeline *self, const LscTimelineHit *hit)
{
  LscTimelineFocus focus = { .strip = -1 };

  if (hit->row != NULL && hit->row->kind != LSC_ROW_MORE)
    {
      focus.strip = (gint)hit->row->strip;
      focus.lane = hit->row->lane;
      focus.head = get_head (hit->row);
      focus.has_span = hit->has_span;
      focus.span = hit->span;
    }
  self->focus_visible = FALSE;
  lsc_timeline_lens_forget (self);
  set_focus (self, &focus);
}

static void
scroll_to_row (LscTimeline *self, const LscRow *row)
{
  gtk_adjustment_clamp_page (self->vadjustment, row->y, row->y + row->height);
}

void
lsc_timeline_focus_row (LscTimeline *self, const LscRow *row)
{
  LscTimelineFocus focus = self->focus;

  if (!is_focusable (row))
    return;
  if (focus.strip != (gint)row->strip || focus.lane != row->lane)
    focus.has_span = FALSE;
  focus.strip = (gint)row->strip;
  focus.lane = row->lane;
  focus.head = get_head (row);
  self->focus_visible = TRUE;
  scroll_to_row (self, row);
  set_focus (self, &focus);
}

static const LscRow *
find_focus_row (LscTimeline *self, guint *index)
{
  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (self->layout); i++)
    {
      const LscRow *row = lsc_timeline_layout_get_row (self->layout, i);

      if (lsc_timeline_row_has_focus (self, row))
        {
          *index = i;
          return row;
        }
    }
  return NULL;
}

gboolean
lsc_timeline_toggle_focus (LscTimeline *self)
{
  LscTimelineLayout *layout = lsc_timeline_ensure_layout (self);
  const LscRow      *row = NULL;
  guint              index;

  if (layout == NULL || self->focus.range_from_ns != self->focus.range_to_ns)
    return FALSE;
  row = find_focus_row (self, &index);
  if (row == NULL || !lsc_timeline_layout_toggle_row (layout, row))
    return FALSE;
  lsc_timeline_scene_changed (self);
  return TRUE;
}

gboolean
lsc_timeline_fold_focus (LscTimeline *self, gboolean opens)
{
  LscTimelineLayout *layout = lsc_timeline_ensure_layout (self);
  const LscRow      *row;
  guint              index;

  if (layout == NULL)
    return FALSE;
  row = find_focus_row (self, &index);
  return row != NULL && row->can_fold && row->is_folded == opens &&
         lsc_timeline_toggle_focus (self);
}

/* From one lane's span to what the other lane did at that time. */
static void
focus_row_keeping_time (LscTimeline *self, const LscRow *row, const LscTimelineFocus *before)
{
  LscTimelineFocus focus;

  lsc_timeline_focus_row (self, row);
  if (!before->has_span || self->focus.lane == NULL)
    return;

  focus = self->focus;
  lsc_recording_begin_read (self->focus_recording);
  if (lsc_lane_get_n_depths (focus.lane) > 0)
    focus.has_span = find_span_near (focus.lane, 0, before->span.start_ns, G_MAXINT64 / 4,
                                     get_strip (self, row)->now_ns, &focus.span);
  lsc_recording_end_read (self->focus_recording);
  set_focus (self, &focus);
}

gboolean
lsc_timeline_move_lane (LscTimeline *self, int step)
{
  LscTimelineLayout *layout = lsc_timeline_ensure_layout (self);
  LscTimelineFocus   before = self->focus;
  guint              n_rows;
  guint              index = 0;
  gint64             i;

  if (layout == NULL)
    return FALSE;
  n_rows = lsc_timeline_layout_get_n_rows (layout);
  i = find_focus_row (self, &index) != NULL ? (gint64)index + step
                                            : (step > 0 ? 0 : (gint64)n_rows - 1);
  for (; i >= 0 && i < n_rows; i += step)
    {
      const LscRow *row = lsc_timeline_layout_get_row (layout, (guint)i);

      if (is_focusable (row))
        {
          focus_row_keeping_time (self, row, &before);
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
lsc_timeline_move_span (LscTimeline *self, int step)
{
  LscTimelineFocus focus = self->focus;
  LscStrip        *strip;
  gboolean         found = FALSE;

  if (lsc_timeline_ensure_layout (self) == NULL)
    return FALSE;
  if (focus.strip < 0 || focus.lane == NULL)
    return lsc_timeline_move_lane (self, 1);

  strip = lsc_scene_get_strip (self->scene, focus.strip);
  lsc_recording_begin_read (strip->recording);
  if (lsc_lane_get_n_depths (focus.lane) > 0)
    {
      guint  depth = focus.has_span ? focus.span.depth : 0;
      gint64 from_ns = focus.has_span ? focus.span.start_ns
                                      : (step > 0 ? self->zoom.from_ns - 1 : self->zoom.to_ns);

      found = step > 0
                  ? lsc_lane_next_span (focus.lane, depth, from_ns, strip->now_ns, &focus.span)
                  : lsc_lane_previous_span (focus.lane, depth, from_ns, strip->now_ns, &focus.span);
    }
  lsc_recording_end_read (strip->recording);
  if (!found)
    return FALSE;

  focus.has_span = TRUE;
  self->focus_visible = TRUE;
  lsc_timeline_zoom_reveal (&self->zoom, focus.span.start_ns, focus.span.end_ns);
  lsc_timeline_update_follow (self);
  set_focus (self, &focus);
  lsc_timeline_view_changed (self);
  return TRUE;
}

/* ---- a task ------------------------------------------------------------------------ */

/* Spans of tasks that take turns may lie close together: some more are looked at. */
#define MAX_NEIGHBOURS 64

static gboolean
find_task_on_lane (LscLane *lane, guint index, const LscTask *task, gint64 now_ns, LscSpan *span)
{
  for (guint depth = 0; depth < lsc_lane_get_n_depths (lane); depth++)
    {
      gint64 time_ns = task->start_ns - 1;

      if (lsc_lane_find_span (lane, depth, task->start_ns, now_ns, span) && span->task == index)
        return TRUE;
      for (guint i = 0; i < MAX_NEIGHBOURS; i++, time_ns = span->start_ns)
        {
          if (!lsc_lane_next_span (lane, depth, time_ns, now_ns, span))
            break;
          if (span->task == index)
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
find_task (LscStrip *strip, guint index, LscTimelineFocus *focus)
{
  LscTaskTable *tasks = lsc_recording_get_tasks (strip->recording);
  gboolean      found = FALSE;
  LscTask       task;

  if (tasks == NULL || index >= lsc_task_table_get_n (tasks))
    return FALSE;
  lsc_task_table_get (tasks, index, &task);
  if (task.status == LSC_TASK_PENDING || task.start_ns < 0)
    return FALSE;

  lsc_recording_begin_read (strip->recording);
  for (guint i = 0; i < lsc_recording_get_n_lanes (strip->recording) && !found; i++)
    {
      LscLane *lane = lsc_recording_get_lane (strip->recording, i);

      if (!lsc_lane_is_own (lane) ||
          (lsc_lane_get_worker (lane) != 0 && lsc_lane_get_worker (lane) != task.worker))
        continue;
      found = find_task_on_lane (lane, index, &task, strip->now_ns, &focus->span);
      if (found)
        focus->lane = lane;
    }
  lsc_recording_end_read (strip->recording);
  focus->has_span = found;
  return found;
}

gboolean
lsc_timeline_focus_task (LscTimeline *self, guint strip, guint task)
{
  LscTimelineFocus focus = { .strip = (gint)strip };
  const LscRow    *row = NULL;
  guint            index;
  gint64           length_ns;

  g_return_val_if_fail (LSC_IS_TIMELINE (self), FALSE);

  if (self->scene == NULL || strip >= lsc_scene_get_n_strips (self->scene) ||
      !find_task (lsc_scene_get_strip (self->scene, strip), task, &focus))
    return FALSE;

  self->focus_visible = TRUE;
  set_focus (self, &focus);
  /* With what came before and after, so that one sees where it is. */
  length_ns = MAX (focus.span.end_ns - focus.span.start_ns, 1);
  lsc_timeline_show_range (self, MAX (focus.span.start_ns - 2 * length_ns, 0),
                           focus.span.end_ns + 2 * length_ns);
  if (lsc_timeline_ensure_layout (self) != NULL)
    row = find_focus_row (self, &index);
  if (row != NULL)
    scroll_to_row (self, row);
  return TRUE;
}

gboolean
lsc_timeline_focus_strip (LscTimeline *self, guint strip)
{
  LscTimelineFocus focus = { .strip = (gint)strip };
  const LscRow    *row = NULL;
  guint            index;

  g_return_val_if_fail (LSC_IS_TIMELINE (self), FALSE);

  if (self->scene == NULL || strip >= lsc_scene_get_n_strips (self->scene))
    return FALSE;
  self->focus_visible = TRUE;
  set_focus (self, &focus);
  lsc_timeline_fit (self);
  if (lsc_timeline_ensure_layout (self) != NULL)
    row = find_focus_row (self, &index);
  if (row != NULL)
    scroll_to_row (self, row);
  return TRUE;
}

void
lsc_timeline_zoom_to_focus (LscTimeline *self)
{
  if (self->focus.range_from_ns != self->focus.range_to_ns)
    lsc_timeline_show_range (self, self->focus.range_from_ns, self->focus.range_to_ns);
  else if (self->focus.has_span)
    lsc_timeline_show_range (self, self->focus.span.start_ns, self->focus.span.end_ns);
  else if (self->focus.lane != NULL)
    {
      gint64 end_ns = lsc_lane_get_end_ns (self->focus.lane);

      lsc_timeline_show_range (
          self, lsc_lane_get_start_ns (self->focus.lane),
          end_ns >= 0 ? end_ns : lsc_scene_get_strip (self->scene, self->focus.strip)->now_ns);
    }
  else if (self->focus.strip >= 0)
    lsc_timeline_show_range (self, 0, lsc_scene_get_strip (self->scene, self->focus.strip)->now_ns);
}

void
lsc_timeline_set_range (LscTimeline *self, gint64 from_ns, gint64 to_ns)
{
  LscTimelineFocus focus = self->focus;

  focus.range_from_ns = MAX (MIN (from_ns, to_ns), 0);
  focus.range_to_ns = MAX (MAX (from_ns, to_ns), 0);
  focus.has_span = FALSE;
  lsc_timeline_lens_forget (self);
  set_focus (self, &focus);
}

void
lsc_timeline_refresh_focus (LscTimeline *self)
{
  LscSpan   span;
  LscStrip *strip;

  if (self->focus.strip < 0)
    return;
  if (self->focus.strip >= (gint)lsc_scene_get_n_strips (self->scene) ||
      lsc_scene_get_strip (self->scene, self->focus.strip)->recording != self->focus_recording)
    {
      lsc_timeline_clear_focus (self);
      return;
    }
  if (!self->focus.has_span || self->focus.span.status != LSC_TASK_RUNNING)
    return;

  strip = lsc_scene_get_strip (self->scene, self->focus.strip);
  lsc_recording_begin_read (strip->recording);
  if (lsc_lane_find_span (self->focus.lane, self->focus.span.depth, self->focus.span.start_ns,
                          strip->now_ns, &span))
    self->focus.span = span;
  lsc_recording_end_read (strip->recording);
}

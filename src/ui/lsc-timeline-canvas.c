/* lsc-timeline-canvas.c: where the timeline draws, and what is laid out there.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. The layout is the widget's; it is made when it is asked for.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-private.h"

#include "lsc-clock.h"

gboolean
lsc_timeline_is_empty (LscTimeline *self)
{
  return self->scene == NULL || lsc_scene_get_n_strips (self->scene) == 0;
}

void
lsc_timeline_get_canvas (LscTimeline *self, graphene_rect_t *canvas)
{
  int top_px = lsc_timeline_is_empty (self) ? 0 : LSC_TIMELINE_OVERVIEW_PX;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self)) - top_px;

  graphene_rect_init (canvas, 0, (float)top_px, (float)width, (float)MAX (height, 0));
}

/* What a legend explains once it has happened; steps have names. */
static guint64
count_events (LscRecording *recording)
{
  LscTaskTable *tasks = lsc_recording_get_tasks (recording);
  guint64       n = lsc_recording_get_n_marks (recording) * G_GUINT64_CONSTANT (16777259) +
              lsc_recording_get_n_strings (recording);

  for (guint i = LSC_TASK_FAILED; tasks != NULL && i <= LSC_TASK_TIMED_OUT; i++)
    n = n * 2 + (lsc_task_table_get_n_with_status (tasks, (LscTaskStatus)i) > 0);
  return n;
}

/* What is folded; and while a run goes on, once a second, who did little may have done more. */
static guint64
get_fold_key (const LscStrip *strip)
{
  guint64 key = (guint64)(strip->live ? strip->now_ns / LSC_NS_PER_S : 0) << 2;

  if (strip->toggled != NULL)
    {
      GHashTableIter iter;
      gpointer       lane;

      g_hash_table_iter_init (&iter, strip->toggled);
      while (g_hash_table_iter_next (&iter, &lane, NULL))
        key += (guint64)GPOINTER_TO_UINT (lane) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
    }
  return key * 4 + strip->shows_rest * 2 + strip->shows_cores;
}

/* A number that is another one when there are other rows, or more to explain. */
guint64
lsc_timeline_get_layout_key (LscTimeline *self)
{
  guint64 key = 14695981039346656037u;
  guint   n_strips = lsc_scene_get_n_strips (self->scene);

  for (guint i = 0; i < n_strips; i++)
    {
      LscStrip *strip = lsc_scene_get_strip (self->scene, i);
      guint     n_lanes = lsc_recording_get_n_lanes (strip->recording);

      key = (key ^ (n_lanes * 8 + strip->collapsed * 4 + strip->failed * 2 + strip->live)) *
            1099511628211u;
      key = (key ^ get_fold_key (strip)) * 1099511628211u;
      key = (key ^ count_events (strip->recording)) * 1099511628211u;
      /* A timing bar has a stretch for its samples, and its part of the legend. */
      if (strip->measured != NULL)
        key = (key ^ (2 + strip->measured->is_known)) * 1099511628211u;
      for (guint j = 0; j < n_lanes; j++)
        {
          LscLane *lane = lsc_recording_get_lane (strip->recording, j);

          key = (key ^ (lsc_lane_get_n_depths (lane) * 2 + lsc_lane_has_states (lane))) *
                1099511628211u;
        }
    }
  return key;
}

void
lsc_timeline_update_adjustment (LscTimeline *self, double canvas_height)
{
  double rows = lsc_timeline_layout_get_rows_height (self->layout);
  double page = canvas_height - lsc_timeline_layout_get_top_height (self->layout) -
                lsc_timeline_layout_get_bottom_height (self->layout);

  page = MAX (page, 1);
  gtk_adjustment_configure (
      self->vadjustment,
      CLAMP (gtk_adjustment_get_value (self->vadjustment), 0, MAX (rows - page, 0)), 0,
      MAX (rows, page), 40, page * 0.9, page);
  gtk_widget_set_child_visible (self->scrollbar, rows > page);
}

static void
make_layout (LscTimeline *self, const graphene_rect_t *canvas)
{
  LscLayoutRequest request = {
    .width_px = canvas->size.width,
    .height_px = 0,
    .text_scale = self->text_scale * self->font_scale,
    .with_title = FALSE,
    .with_legend = TRUE,
  };

  g_clear_object (&self->layout);
  self->layout = lsc_timeline_layout_new (self->scene, &request);
  self->layout_key = lsc_timeline_get_layout_key (self);
  self->layout_width = canvas->size.width;
  lsc_timeline_a11y_queue (self);
}

LscTimelineLayout *
lsc_timeline_ensure_layout (LscTimeline *self)
{
  graphene_rect_t canvas;

  if (lsc_timeline_is_empty (self))
    return NULL;
  lsc_timeline_get_canvas (self, &canvas);
  if (canvas.size.width < 1 || canvas.size.height < 1)
    return NULL;
  if (self->layout == NULL || self->layout_width != canvas.size.width)
    {
      make_layout (self, &canvas);
      lsc_timeline_update_adjustment (self, canvas.size.height);
    }
  return self->layout;
}

void
lsc_timeline_fill_view (LscTimeline *self, LscTimelineView *view)
{
  *view = (LscTimelineView){
    .from_ns = self->zoom.from_ns,
    .to_ns = self->zoom.to_ns,
    .scroll_y_px = gtk_adjustment_get_value (self->vadjustment),
    .focus_lane = self->focus.lane,
    .focus_start_ns = self->focus.has_span ? self->focus.span.start_ns : -1,
    .focus_depth = self->focus.has_span ? self->focus.span.depth : 0,
    .focus_visible = self->focus_visible && self->focus.lane != NULL,
    .range_from_ns = self->focus.range_from_ns,
    .range_to_ns = self->focus.range_to_ns,
    .pointer_ns = -1,
  };
}

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

#include <time.h>

#include "lsc-clock.h"

/* A layout of few lanes: it may be made for each frame. */
#define CHEAP_US 1000

#define FIRST_KEY 14695981039346656037u

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

/* What is folded. */
static guint64
get_fold_key (const LscStrip *strip)
{
  guint64 key = 0;

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

static guint64
mix (guint64 key, guint64 value)
{
  return (key ^ value) * 1099511628211u;
}

/* A number that is another one when the user, or what goes on with a run, asks for other rows. */
static guint64
get_asked_key (LscTimeline *self)
{
  guint64 key = FIRST_KEY;

  for (guint i = 0; i < lsc_scene_get_n_strips (self->scene); i++)
    {
      const LscStrip *strip = lsc_scene_get_strip (self->scene, i);

      key = mix (key, strip->collapsed * 4 + strip->failed * 2 + strip->live);
      key = mix (key, get_fold_key (strip));
      /* A timing bar has a stretch for its samples, and its part of the legend. */
      if (strip->measured != NULL)
        key = mix (key, 2 + strip->measured->is_known);
    }
  return key;
}

/* The same when data is there that has other rows, or more to explain; and while a run goes on,
 * once a second: who did little may have done more. */
static guint64
get_data_key (LscTimeline *self)
{
  guint64 key = FIRST_KEY;

  for (guint i = 0; i < lsc_scene_get_n_strips (self->scene); i++)
    {
      const LscStrip *strip = lsc_scene_get_strip (self->scene, i);

      key = mix (key, lsc_recording_get_shape (strip->recording));
      key = mix (key, count_events (strip->recording));
      if (strip->live)
        key = mix (key, (guint64)(strip->now_ns / LSC_NS_PER_S));
    }
  return key;
}

/* Lanes may come by the thousand a second: while a run goes on, only so often that laying them out
 * takes a small share of a core. */
static gboolean
is_due (LscTimeline *self)
{
  return self->layout_us < CHEAP_US || lsc_timeline_get_live_ns (self) < 0 ||
         g_get_monotonic_time () >= self->laid_out_us + self->layout_us * LSC_TIMELINE_LIVE_SHARE;
}

gboolean
lsc_timeline_layout_is_old (LscTimeline *self)
{
  return self->layout == NULL || self->asked_key != get_asked_key (self) ||
         (self->data_key != get_data_key (self) && is_due (self));
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

/* Of this thread: it doesn't count for how long others pushed it off its core. */
static gint64
get_cpu_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
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
  gint64 start_us = get_cpu_us ();

  g_clear_object (&self->layout);
  self->asked_key = get_asked_key (self);
  self->data_key = get_data_key (self);
  self->layout = lsc_timeline_layout_new (self->scene, &request);
  self->layout_width = canvas->size.width;
  self->laid_out_us = g_get_monotonic_time ();
  self->layout_us = get_cpu_us () - start_us;
  g_debug ("laid out in %" G_GINT64_FORMAT " µs", self->layout_us);
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

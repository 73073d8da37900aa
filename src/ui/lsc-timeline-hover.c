/* lsc-timeline-hover.c: tells about what is under the pointer, and about a range.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-timeline-text.h"
#include "lsc-units.h"

static char *
dup_state (LscTimeline *self, const LscTimelineHit *hit)
{
  double plot_x;
  double plot_width;

  if (hit->row->kind != LSC_ROW_LANE || !hit->in_plot)
    return NULL;
  lsc_timeline_layout_get_plot (self->layout, &plot_x, &plot_width);
  return lsc_timeline_text_state (
      lsc_scene_get_strip (self->scene, hit->row->strip), hit->row->lane, hit->time_ns,
      (gint64)((double)lsc_timeline_zoom_get_span_ns (&self->zoom) / MAX (plot_width, 1)));
}

/* NULL where nothing is. */
static char *
dup_hit_text (LscTimeline *self, const LscTimelineHit *hit)
{
  LscStrip        *strip = lsc_scene_get_strip (self->scene, hit->row->strip);
  g_autofree char *lane = NULL;
  g_autofree char *what = NULL;
  g_autofree char *count = NULL;
  g_autofree char *state = NULL;

  if (hit->row->lane == NULL)
    return lsc_timeline_text_strip (strip);
  if (hit->row->kind == LSC_ROW_CURVES)
    return hit->in_plot ? lsc_timeline_text_counters_at (strip, hit->row->lane, hit->time_ns)
                        : lsc_timeline_text_counters (strip, hit->row->lane);
  if (!hit->in_plot)
    return lsc_timeline_text_lane (strip, hit->row->lane);

  lane = lsc_timeline_text_lane_name (strip, hit->row->lane);
  state = dup_state (self, hit);
  if (!hit->has_span)
    return state != NULL ? g_strdup_printf ("%s\n%s", state, lane) : NULL;
  if (hit->n_spans > 1)
    {
      count = lsc_format_count (hit->n_spans);
      /* Translators: so many tasks lie within one pixel; %s is a number with its grouping */
      what = g_strdup_printf (_ ("%s tasks here; zoom in to see them"), count);
    }
  else
    what = lsc_timeline_text_span (strip, &hit->span);
  return state != NULL ? g_strdup_printf ("%s\n%s\n%s", what, lane, state)
                       : g_strdup_printf ("%s\n%s", what, lane);
}

static gboolean
query_tooltip_cb (LscTimeline *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  LscTimelineHit   hit;
  g_autofree char *text = NULL;
  LscRecording    *recording;

  if (keyboard || self->selecting || lsc_timeline_lens_is_shown (self) ||
      lsc_timeline_is_empty (self))
    return FALSE;
  lsc_timeline_hit (self, x, y, &hit);
  if (hit.row == NULL || (hit.row->kind != LSC_ROW_STRIP && hit.row->lane == NULL))
    return FALSE;

  recording = lsc_scene_get_strip (self->scene, hit.row->strip)->recording;
  lsc_recording_begin_read (recording);
  text = dup_hit_text (self, &hit);
  lsc_recording_end_read (recording);
  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  /* Another one when the pointer is on something else. */
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle){ x - 3, y - 3, 6, 6 });
  return TRUE;
}

static void
motion_cb (LscTimeline *self, double x, double y)
{
  LscTimelineLayout *layout = lsc_timeline_ensure_layout (self);
  graphene_rect_t    canvas;
  double             plot_x;
  double             plot_width;
  double             line_x = -1;

  if (layout == NULL)
    return;
  lsc_timeline_get_canvas (self, &canvas);
  lsc_timeline_layout_get_plot (layout, &plot_x, &plot_width);
  if (x >= plot_x && x <= plot_x + plot_width && y >= canvas.origin.y)
    line_x = x;
  if (line_x == self->pointer_x && (y == self->pointer_y || !lsc_timeline_lens_is_shown (self)))
    {
      self->pointer_y = y;
      return;
    }
  self->lens.by_keys = FALSE;
  self->pointer_y = y;
  self->pointer_x = line_x;
  /* The lanes stay as they are painted. */
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (LscTimeline *self)
{
  if (self->pointer_x < 0)
    return;
  self->pointer_x = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lsc_timeline_hover_init (LscTimeline *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

/* ---- a range ------------------------------------------------------------------------- */

static guint64
count_tasks (const LscStrip *strip, gint64 from_ns, gint64 to_ns)
{
  guint64 n = 0;

  for (guint i = 0; i < lsc_recording_get_n_worker_lanes (strip->recording); i++)
    {
      LscLane    *lane = lsc_recording_get_worker_lane (strip->recording, i);
      LscRangeSum sum;

      if (lsc_lane_get_n_depths (lane) == 0)
        continue;
      lsc_lane_sum (lane, LSC_TRACK_SPANS, 0, from_ns, to_ns, strip->now_ns, &sum);
      n += sum.n_spans;
    }
  return n;
}

char *
lsc_timeline_dup_range_text (LscTimeline *self)
{
  gint64           from_ns = self->focus.range_from_ns;
  gint64           to_ns = self->focus.range_to_ns;
  g_autofree char *count = NULL;
  guint64          n = 0;

  for (guint i = 0; i < lsc_scene_get_n_strips (self->scene); i++)
    {
      const LscStrip *strip = lsc_scene_get_strip (self->scene, i);

      lsc_recording_begin_read (strip->recording);
      n += count_tasks (strip, from_ns, to_ns);
      lsc_recording_end_read (strip->recording);
    }
  count = lsc_format_count (n);
  return g_strdup_printf (ngettext ("%s task", "%s tasks", n), count);
}

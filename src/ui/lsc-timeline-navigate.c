/* lsc-timeline-navigate.c: zooming, panning and following, by whatever means.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-private.h"

#include "lsc-main-thread.h"

/* Of the width, for a key press. */
#define PAN_SHARE 0.15

/* ---- moving about ------------------------------------------------------------------ */

static void
set_follow (LscTimeline *self, gboolean follow)
{
  if (self->zoom.follow == follow)
    return;
  self->zoom.follow = follow;
  g_object_notify (G_OBJECT (self), "follow");
}

/* After the user moved the view: follow the live edge only when it can be seen. */
void
lsc_timeline_update_follow (LscTimeline *self)
{
  gint64 live_ns = lsc_timeline_get_live_ns (self);

  if (live_ns < 0)
    return;
  set_follow (self,
              self->zoom.whole || (live_ns >= self->zoom.from_ns && live_ns <= self->zoom.to_ns));
}

void
lsc_timeline_zoom (LscTimeline *self, double factor, double x_px)
{
  LscTimelineLayout *layout;
  LscTimelineView    view;

  g_return_if_fail (LSC_IS_TIMELINE (self));
  lsc_assert_main_thread ();

  layout = lsc_timeline_ensure_layout (self);
  if (layout == NULL)
    return;
  lsc_timeline_fill_view (self, &view);
  lsc_timeline_zoom_by (&self->zoom, factor, lsc_timeline_view_x_to_ns (&view, layout, x_px));
  lsc_timeline_update_follow (self);
  lsc_timeline_view_changed (self);
}

void
lsc_timeline_fit (LscTimeline *self)
{
  g_return_if_fail (LSC_IS_TIMELINE (self));
  lsc_assert_main_thread ();

  lsc_timeline_zoom_fit (&self->zoom);
  lsc_timeline_update_follow (self);
  lsc_timeline_view_changed (self);
}

void
lsc_timeline_show_range (LscTimeline *self, gint64 from_ns, gint64 to_ns)
{
  g_return_if_fail (LSC_IS_TIMELINE (self));
  lsc_assert_main_thread ();

  lsc_timeline_zoom_show (&self->zoom, from_ns, to_ns);
  lsc_timeline_update_follow (self);
  lsc_timeline_view_changed (self);
}

void
lsc_timeline_pan (LscTimeline *self, double delta_px)
{
  LscTimelineLayout *layout = lsc_timeline_ensure_layout (self);
  double             x;
  double             width;

  if (layout == NULL)
    return;
  lsc_timeline_layout_get_plot (layout, &x, &width);
  lsc_timeline_zoom_pan (&self->zoom, (gint64)(delta_px / MAX (width, 1) *
                                               lsc_timeline_zoom_get_span_ns (&self->zoom)));
  lsc_timeline_update_follow (self);
  lsc_timeline_view_changed (self);
}

void
lsc_timeline_scroll_by (LscTimeline *self, double delta_px)
{
  gtk_adjustment_set_value (self->vadjustment,
                            gtk_adjustment_get_value (self->vadjustment) + delta_px);
}

void
lsc_timeline_go_live (LscTimeline *self)
{
  gint64 live_ns = lsc_timeline_get_live_ns (self);

  set_follow (self, TRUE);
  if (self->scene != NULL)
    lsc_timeline_zoom_reveal (&self->zoom,
                              live_ns >= 0 ? live_ns : lsc_scene_get_end_ns (self->scene),
                              live_ns >= 0 ? live_ns : lsc_scene_get_end_ns (self->scene));
  lsc_timeline_view_changed (self);
}

void
lsc_timeline_go_start (LscTimeline *self)
{
  lsc_timeline_zoom_pan (&self->zoom, -self->zoom.from_ns);
  lsc_timeline_update_follow (self);
  lsc_timeline_view_changed (self);
}

gboolean
lsc_timeline_get_follow (LscTimeline *self)
{
  g_return_val_if_fail (LSC_IS_TIMELINE (self), FALSE);
  return self->zoom.follow;
}

void
lsc_timeline_set_follow (LscTimeline *self, gboolean follow)
{
  g_return_if_fail (LSC_IS_TIMELINE (self));
  lsc_assert_main_thread ();

  if (follow && !self->zoom.follow)
    lsc_timeline_go_live (self);
  else
    set_follow (self, follow);
}

void
lsc_timeline_show_exactly (LscTimeline *self, gint64 from_ns, gint64 to_ns)
{
  self->zoom.whole = FALSE;
  self->zoom.from_ns = from_ns;
  self->zoom.to_ns = to_ns;
  /* Narrows it to what there is. */
  lsc_timeline_zoom_pan (&self->zoom, 0);
  if (lsc_timeline_zoom_get_span_ns (&self->zoom) >= self->zoom.scale_ns)
    lsc_timeline_zoom_fit (&self->zoom);
  lsc_timeline_update_follow (self);
  lsc_timeline_view_changed (self);
}

/* ---- actions ------------------------------------------------------------------- */

static void
pan_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscTimeline *self = LSC_TIMELINE (widget);
  double       step_px = gtk_widget_get_width (widget) * PAN_SHARE;

  lsc_timeline_pan (self, g_str_has_suffix (name, "left") ? -step_px : step_px);
}

static void
zoom_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscTimeline *self = LSC_TIMELINE (widget);
  double       factor = g_str_has_suffix (name, "in") ? 1.5 : 1 / 1.5;
  double       x = self->pointer_x;

  if (x < 0 && lsc_timeline_ensure_layout (self) != NULL)
    {
      double width;

      lsc_timeline_layout_get_plot (self->layout, &x, &width);
      x += width / 2;
    }
  lsc_timeline_zoom (self, factor, x);
}

static void
fit_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lsc_timeline_fit (LSC_TIMELINE (widget));
}

static void
fit_selection_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lsc_timeline_zoom_to_focus (LSC_TIMELINE (widget));
}

void
lsc_timeline_navigate_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "timeline.zoom-in", NULL, zoom_action_cb);
  gtk_widget_class_install_action (widget_class, "timeline.zoom-out", NULL, zoom_action_cb);
  gtk_widget_class_install_action (widget_class, "timeline.fit", NULL, fit_action_cb);
  gtk_widget_class_install_action (widget_class, "timeline.fit-selection", NULL,
                                   fit_selection_action_cb);
  gtk_widget_class_install_action (widget_class, "timeline.pan-left", NULL, pan_action_cb);
  gtk_widget_class_install_action (widget_class, "timeline.pan-right", NULL, pan_action_cb);
  gtk_widget_class_install_property_action (widget_class, "timeline.follow", "follow");
}

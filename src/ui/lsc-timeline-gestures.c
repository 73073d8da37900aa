/* lsc-timeline-gestures.c: wheel, drag, click and pinch.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. The wheel scrolls lanes, with Shift it pans, with Ctrl it zooms
 * at the pointer. The main button marks a range, on the ruler it pans; the
 * middle one pans everywhere, the secondary one opens a lane's menu.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-private.h"

#include <math.h>

#define WHEEL_STEP_PX 60.0
#define WHEEL_FACTOR  1.25
/* A hand that trembles does not mark a range. */
#define DRAG_PX 4.0

/* ---- wheel and pinch ------------------------------------------------------------------ */

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, LscTimeline *self)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  /* A touchpad says pixels, a wheel says clicks. */
  double step = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL
                    ? WHEEL_STEP_PX
                    : 1;

  if (lsc_timeline_is_empty (self))
    return FALSE;
  if ((state & GDK_CONTROL_MASK) != 0)
    {
      double x =
          self->pointer_x >= 0 ? self->pointer_x : gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;

      lsc_timeline_zoom (self, pow (WHEEL_FACTOR, -dy * step / WHEEL_STEP_PX), x);
      return TRUE;
    }
  if ((state & GDK_SHIFT_MASK) != 0)
    {
      dx += dy;
      dy = 0;
    }
  if (dx != 0)
    lsc_timeline_pan (self, dx * step);
  if (dy != 0)
    lsc_timeline_scroll_by (self, dy * step);
  return TRUE;
}

static void
pinch_begin_cb (LscTimeline *self)
{
  self->pinch_scale = 1;
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, LscTimeline *self)
{
  double x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
  double y;

  gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  if (scale <= 0 || self->pinch_scale <= 0)
    return;
  lsc_timeline_zoom (self, scale / self->pinch_scale, x);
  self->pinch_scale = scale;
}

/* ---- drag -------------------------------------------------------------------------------- */

static gboolean
is_on_ruler (LscTimeline *self, double y)
{
  graphene_rect_t canvas;

  lsc_timeline_get_canvas (self, &canvas);
  return y >= canvas.origin.y &&
         y < canvas.origin.y + lsc_timeline_layout_get_top_height (self->layout);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, LscTimeline *self)
{
  guint  button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  double plot_x;
  double plot_width;

  if (lsc_timeline_ensure_layout (self) == NULL ||
      (button != GDK_BUTTON_PRIMARY && button != GDK_BUTTON_MIDDLE))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  lsc_timeline_layout_get_plot (self->layout, &plot_x, &plot_width);
  self->drag_pans = button == GDK_BUTTON_MIDDLE || is_on_ruler (self, y);
  if (!self->drag_pans && (x < plot_x || x > plot_x + plot_width))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->drag_x = x;
  self->drag_y = y;
  self->drag_zoom = self->zoom;
  self->drag_scroll = gtk_adjustment_get_value (self->vadjustment);
}

static void
drag_pan (LscTimeline *self, double dx, double dy)
{
  double plot_x;
  double plot_width;
  gint64 span_ns = lsc_timeline_zoom_get_span_ns (&self->drag_zoom);
  gint64 delta_ns;

  lsc_timeline_layout_get_plot (self->layout, &plot_x, &plot_width);
  delta_ns =
      self->drag_zoom.from_ns - (gint64)(dx / MAX (plot_width, 1) * span_ns) - self->zoom.from_ns;
  if (!self->zoom.whole)
    lsc_timeline_zoom_pan (&self->zoom, delta_ns);
  gtk_adjustment_set_value (self->vadjustment, self->drag_scroll - dy);
  lsc_timeline_update_follow (self);
  lsc_timeline_view_changed (self);
}

static void
drag_mark (LscTimeline *self, double dx)
{
  LscTimelineView view;
  double          plot_x;
  double          plot_width;
  double          x0;
  double          x1;

  lsc_timeline_layout_get_plot (self->layout, &plot_x, &plot_width);
  lsc_timeline_fill_view (self, &view);
  x0 = self->drag_x;
  x1 = CLAMP (self->drag_x + dx, plot_x, plot_x + plot_width);
  self->selecting = TRUE;
  lsc_timeline_set_range (self, lsc_timeline_view_x_to_ns (&view, self->layout, x0),
                          lsc_timeline_view_x_to_ns (&view, self->layout, x1));
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, LscTimeline *self)
{
  if (lsc_timeline_ensure_layout (self) == NULL)
    return;
  if (!self->selecting && gtk_gesture_get_sequence_state (GTK_GESTURE (gesture),
                                                          gtk_gesture_single_get_current_sequence (
                                                              GTK_GESTURE_SINGLE (gesture))) !=
                              GTK_EVENT_SEQUENCE_CLAIMED)
    {
      if (hypot (dx, dy) < DRAG_PX || (!self->drag_pans && fabs (dx) < DRAG_PX))
        return;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    }
  if (self->drag_pans)
    drag_pan (self, dx, dy);
  else
    drag_mark (self, dx);
}

static void
drag_end_cb (LscTimeline *self)
{
  self->selecting = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- click ------------------------------------------------------------------------------- */

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, LscTimeline *self)
{
  LscTimelineHit hit;

  if (lsc_timeline_is_empty (self))
    return;
  lsc_timeline_hit (self, x, y, &hit);
  if (n_press == 1)
    {
      lsc_timeline_focus_hit (self, &hit);
      gtk_widget_grab_focus (GTK_WIDGET (self));
      if (hit.row != NULL && hit.row->can_fold)
        lsc_timeline_toggle_focus (self);
    }
  else if (n_press == 2 && hit.row != NULL && hit.row->kind == LSC_ROW_STRIP)
    lsc_timeline_toggle_focus (self);
  else if (n_press == 2)
    lsc_timeline_zoom_to_focus (self);
}

/* ---- menu -------------------------------------------------------------------------------- */

static void
menu_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, LscTimeline *self)
{
  LscTimelineHit hit;

  if (lsc_timeline_is_empty (self))
    return;
  lsc_timeline_hit (self, x, y, &hit);
  if (hit.row == NULL || (hit.row->kind != LSC_ROW_LANE && hit.row->kind != LSC_ROW_PROCESS))
    return;
  lsc_timeline_focus_hit (self, &hit);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  lsc_timeline_emit_menu (self, x, y);
}

gboolean
lsc_timeline_open_menu (LscTimeline *self)
{
  graphene_rect_t canvas;
  double          plot_x;
  double          plot_width;
  double          y;

  if (lsc_timeline_ensure_layout (self) == NULL || self->focus.lane == NULL)
    return FALSE;
  lsc_timeline_get_canvas (self, &canvas);
  lsc_timeline_layout_get_plot (self->layout, &plot_x, &plot_width);
  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (self->layout); i++)
    {
      const LscRow *row = lsc_timeline_layout_get_row (self->layout, i);

      if (!lsc_timeline_row_has_focus (self, row))
        continue;
      y = canvas.origin.y + lsc_timeline_layout_get_top_height (self->layout) + row->y +
          row->height - gtk_adjustment_get_value (self->vadjustment);
      lsc_timeline_emit_menu (self, plot_x, y);
      return TRUE;
    }
  return FALSE;
}

void
lsc_timeline_gestures_init (LscTimeline *self)
{
  GtkWidget          *widget = GTK_WIDGET (self);
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *menu = gtk_gesture_click_new ();

  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (widget, scroll);

  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));

  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (menu));
}

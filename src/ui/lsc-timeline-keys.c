/* lsc-timeline-keys.c: the timeline without a mouse.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bindings of the class: they work wherever the focus is within the timeline.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-private.h"

static gboolean
move_lane_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  LscTimeline *self = LSC_TIMELINE (widget);

  if (lsc_timeline_is_empty (self))
    return FALSE;
  lsc_timeline_lens_keys_moved (self);
  if (lsc_timeline_move_lane (self, g_variant_get_int32 (args)))
    lsc_timeline_a11y_grab_focus (self);
  else
    gtk_widget_error_bell (widget);
  return TRUE;
}

static gboolean
move_span_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  LscTimeline *self = LSC_TIMELINE (widget);

  if (lsc_timeline_is_empty (self))
    return FALSE;
  lsc_timeline_lens_keys_moved (self);
  if (lsc_timeline_fold_focus (self, g_variant_get_int32 (args) > 0) ||
      lsc_timeline_move_span (self, g_variant_get_int32 (args)))
    lsc_timeline_a11y_grab_focus (self);
  else
    gtk_widget_error_bell (widget);
  return TRUE;
}

static gboolean
start_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  lsc_timeline_go_start (LSC_TIMELINE (widget));
  return TRUE;
}

static gboolean
end_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  lsc_timeline_go_live (LSC_TIMELINE (widget));
  return TRUE;
}

static gboolean
page_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  LscTimeline *self = LSC_TIMELINE (widget);

  lsc_timeline_scroll_by (self, g_variant_get_int32 (args) *
                                    gtk_adjustment_get_page_increment (self->vadjustment));
  return TRUE;
}

/* Into a span; a head opens and closes what it stands for. */
static gboolean
activate_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  LscTimeline *self = LSC_TIMELINE (widget);

  if (!lsc_timeline_toggle_focus (self))
    lsc_timeline_zoom_to_focus (self);
  return TRUE;
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  LscTimeline *self = LSC_TIMELINE (widget);

  if (lsc_timeline_lens_is_shown (self))
    lsc_timeline_set_lens (self, FALSE);
  else if (self->focus.range_from_ns != self->focus.range_to_ns)
    lsc_timeline_set_range (self, 0, 0);
  else if (self->focus.strip >= 0)
    {
      lsc_timeline_clear_focus (self);
      GTK_WIDGET_GET_CLASS (widget)->grab_focus (widget);
    }
  else
    return FALSE;
  return TRUE;
}

/* Beside the lane that has the focus. */
static gboolean
menu_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  return lsc_timeline_open_menu (LSC_TIMELINE (widget));
}

static void
bind_action (GtkWidgetClass *widget_class, const guint *keys, const char *action)
{
  for (; *keys != 0; keys++)
    gtk_widget_class_add_binding_action (widget_class, *keys, 0, action, NULL);
}

static void
bind_callback (GtkWidgetClass *widget_class,
               guint           key,
               guint           keypad_key,
               GtkShortcutFunc callback,
               int             step)
{
  gtk_widget_class_add_binding (widget_class, key, 0, callback, "i", step);
  gtk_widget_class_add_binding (widget_class, keypad_key, 0, callback, "i", step);
}

void
lsc_timeline_keys_class_init (GtkWidgetClass *widget_class)
{
  static const guint zoom_in[] = { GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add, GDK_KEY_w, 0 };
  static const guint zoom_out[] = { GDK_KEY_minus, GDK_KEY_KP_Subtract, GDK_KEY_s, 0 };
  static const guint fit[] = { GDK_KEY_0, GDK_KEY_KP_0, 0 };
  static const guint fit_selection[] = { GDK_KEY_f, 0 };
  static const guint lens[] = { GDK_KEY_l, 0 };
  static const guint hand_off[] = { GDK_KEY_n, 0 };
  static const guint left[] = { GDK_KEY_a, 0 };
  static const guint right[] = { GDK_KEY_d, 0 };

  bind_action (widget_class, zoom_in, "timeline.zoom-in");
  bind_action (widget_class, zoom_out, "timeline.zoom-out");
  bind_action (widget_class, fit, "timeline.fit");
  bind_action (widget_class, fit_selection, "timeline.fit-selection");
  bind_action (widget_class, lens, "timeline.lens");
  bind_action (widget_class, hand_off, "timeline.next-hand-off");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_SHIFT_MASK,
                                       "timeline.previous-hand-off", NULL);
  bind_action (widget_class, left, "timeline.pan-left");
  bind_action (widget_class, right, "timeline.pan-right");

  /* Of the worker that the lane is of: whoever shows the timeline has these actions. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_x, 0, "lane.stop", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, 0, "lane.join", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, GDK_SHIFT_MASK,
                                       "lane.terminate", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_cb, NULL);

  bind_callback (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, move_lane_cb, -1);
  bind_callback (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, move_lane_cb, 1);
  bind_callback (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, move_span_cb, -1);
  bind_callback (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, move_span_cb, 1);
  bind_callback (widget_class, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, page_cb, -1);
  bind_callback (widget_class, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, page_cb, 1);
  bind_callback (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, start_cb, 0);
  bind_callback (widget_class, GDK_KEY_End, GDK_KEY_KP_End, end_cb, 0);
  bind_callback (widget_class, GDK_KEY_Return, GDK_KEY_KP_Enter, activate_cb, 0);
  bind_callback (widget_class, GDK_KEY_space, GDK_KEY_KP_Space, activate_cb, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

/* lsc-bars-view-input.c: the bars under keys, clicks and the pointer.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Arrows go from bar to bar, Enter and a double click lead on, hovering tells the
 * figures.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-bars-view-private.h"

static gint
find_cell (LscBarsView *self, double x, double y)
{
  LscBarsLayout *layout =
      lsc_bars_view_ensure_layout (self, gtk_widget_get_width (GTK_WIDGET (self)));

  return layout != NULL ? lsc_bars_layout_find_cell (layout, x, y) : -1;
}

/* ---- keys ---------------------------------------------------------------------------- */

static gboolean
go_to (LscBarsView *self, LscBarsLayout *layout, gint position)
{
  gint cell = position >= 0 ? lsc_bars_layout_get_nth_cell (layout, (guint)position) : -1;

  if (cell >= 0)
    return lsc_bars_view_focus_cell (self, (guint)cell);
  gtk_widget_error_bell (GTK_WIDGET (self));
  return TRUE;
}

static gboolean
move_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  LscBarsView   *self = LSC_BARS_VIEW (widget);
  LscBarsLayout *layout = lsc_bars_view_ensure_layout (self, gtk_widget_get_width (widget));
  gint           position = -1;

  if (layout == NULL)
    return FALSE;
  if (self->focus >= 0)
    position = lsc_bars_layout_get_position (layout, (guint)self->focus);
  return go_to (self, layout, MAX (position, 0) + (position >= 0 ? g_variant_get_int32 (args) : 0));
}

/* To the first, or the last. */
static gboolean
go_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  LscBarsView   *self = LSC_BARS_VIEW (widget);
  LscBarsLayout *layout = lsc_bars_view_ensure_layout (self, gtk_widget_get_width (widget));
  gint           position = 0;

  if (layout == NULL)
    return FALSE;
  while (g_variant_get_int32 (args) > 0 &&
         lsc_bars_layout_get_nth_cell (layout, (guint)position + 1) >= 0)
    position++;
  return go_to (self, layout, position);
}

static gboolean
activate_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  lsc_bars_view_activate_focus (LSC_BARS_VIEW (widget));
  return TRUE;
}

static gboolean
menu_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  LscBarsView   *self = LSC_BARS_VIEW (widget);
  LscBarsLayout *layout = lsc_bars_view_ensure_layout (self, gtk_widget_get_width (widget));
  double         x;
  double         y;
  double         width;
  double         height;

  if (layout == NULL || self->focus < 0 ||
      !lsc_bars_layout_get_cell_box (layout, (guint)self->focus, &x, &y, &width, &height))
    return FALSE;
  lsc_bars_view_emit_menu (self, x + width / 3, y + height);
  return TRUE;
}

static void
bind (GtkWidgetClass *widget_class, guint key, guint keypad_key, GtkShortcutFunc callback, int step)
{
  gtk_widget_class_add_binding (widget_class, key, 0, callback, "i", step);
  gtk_widget_class_add_binding (widget_class, keypad_key, 0, callback, "i", step);
}

void
lsc_bars_view_input_class_init (GtkWidgetClass *widget_class)
{
  bind (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, move_cb, 1);
  bind (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, move_cb, 1);
  bind (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, move_cb, -1);
  bind (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, move_cb, -1);
  bind (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, go_cb, -1);
  bind (widget_class, GDK_KEY_End, GDK_KEY_KP_End, go_cb, 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_ISO_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_cb, NULL);
}

/* ---- clicks -------------------------------------------------------------------------- */

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, LscBarsView *self)
{
  gint cell = find_cell (self, x, y);

  if (cell < 0)
    {
      lsc_bars_view_clear_focus (self);
      return;
    }
  lsc_bars_view_focus_cell (self, (guint)cell);
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) == GDK_BUTTON_SECONDARY)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      lsc_bars_view_emit_menu (self, x, y);
    }
  else if (n_press == 2)
    lsc_bars_view_activate_focus (self);
}

static void
add_click (LscBarsView *self, guint button)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/* ---- the pointer --------------------------------------------------------------------- */

static gboolean
query_tooltip_cb (LscBarsView *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  gint             cell = keyboard ? self->focus : find_cell (self, x, y);
  g_autofree char *text = NULL;
  double           box[4];

  if (cell < 0 || self->report == NULL)
    return FALSE;
  text = lsc_bars_view_dup_text (self, (guint)cell);
  gtk_tooltip_set_text (tooltip, text);
  if (lsc_bars_layout_get_cell_box (self->layout, (guint)cell, &box[0], &box[1], &box[2], &box[3]))
    gtk_tooltip_set_tip_area (tooltip,
                              &(GdkRectangle){ x - 3, (int)box[1], 6, MAX ((int)box[3], 1) });
  return TRUE;
}

void
lsc_bars_view_input_init (LscBarsView *self)
{
  add_click (self, GDK_BUTTON_PRIMARY);
  add_click (self, GDK_BUTTON_SECONDARY);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

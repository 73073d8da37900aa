/* lsc-measurements-actions.c: what is done with a bar or a row of the measurements.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. What is meant is the bar with the focus, or the selected row, whichever of the two
 * was used last.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-measurements-page-private.h"

/* ---- which --------------------------------------------------------------------------- */

/* A menu has the focus while it is open, and changes nothing. */
static void
bars_entered_cb (LscMeasurementsPage *self)
{
  self->is_about_table = FALSE;
  lsc_measurements_page_emit_focus_changed (self);
}

static void
table_entered_cb (LscMeasurementsPage *self)
{
  self->is_about_table = TRUE;
  lsc_measurements_page_emit_focus_changed (self);
}

static void
follow_focus (LscMeasurementsPage *self, gpointer widget, GCallback entered)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "enter", entered, self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, focus);
}

static gboolean
is_about_table (LscMeasurementsPage *self)
{
  return self->is_about_table || lsc_bars_view_get_focus (self->bars) < 0;
}

gint
lsc_measurements_actions_get_cell (LscMeasurementsPage *self)
{
  return self->is_about_table ? lsc_measurements_table_get_selected (self->table)
                              : lsc_bars_view_get_focus (self->bars);
}

/* ---- actions ------------------------------------------------------------------------- */

static void
show_in_timeline_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscMeasurementsPage *self = LSC_MEASUREMENTS_PAGE (widget);
  gint                 cell = lsc_measurements_actions_get_cell (self);

  if (cell >= 0)
    lsc_measurements_page_emit_activated (self, (guint)cell);
}

static void
use_as_reference_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscMeasurementsPage *self = LSC_MEASUREMENTS_PAGE (widget);
  gint                 cell = lsc_measurements_actions_get_cell (self);

  if (cell >= 0)
    lsc_measurements_page_emit_reference (self, (guint)cell);
}

static void
set_clipboard (LscMeasurementsPage *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscMeasurementsPage *self = LSC_MEASUREMENTS_PAGE (widget);
  g_autofree char     *text = NULL;

  if (self->report == NULL)
    return;
  text = is_about_table (self)
             ? lsc_measurements_table_dup_text (self->table, FALSE)
             : lsc_bars_view_dup_text (self->bars, (guint)lsc_bars_view_get_focus (self->bars));
  set_clipboard (self, text);
}

static void
copy_table_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscMeasurementsPage *self = LSC_MEASUREMENTS_PAGE (widget);
  g_autofree char     *text = lsc_measurements_table_dup_text (self->table, TRUE);

  set_clipboard (self, text);
}

/* ---- the menu ------------------------------------------------------------------------ */

static void
menu_closed_cb (LscMeasurementsPage *self)
{
  if (self->bars != NULL)
    gtk_widget_set_has_tooltip (GTK_WIDGET (self->bars), TRUE);
}

static void
pop_up (LscMeasurementsPage *self, GtkWidget *where, double x, double y)
{
  GdkRectangle point = { 0, 0, 1, 1 };

  gtk_widget_translate_coordinates (where, GTK_WIDGET (self), x, y, &x, &y);
  point.x = (int)x;
  point.y = (int)y;
  /* What is said of a bar would cover what can be done with it. */
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->bars), FALSE);
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->cell_menu);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      g_signal_connect_object (self->popover, "closed", G_CALLBACK (menu_closed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &point);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
bars_menu_cb (LscMeasurementsPage *self, double x, double y)
{
  pop_up (self, GTK_WIDGET (self->bars), x, y);
}

static void
table_menu_cb (LscMeasurementsPage *self, double x, double y)
{
  self->is_about_table = TRUE;
  pop_up (self, GTK_WIDGET (self->table), x, y);
}

/* ---- all of them --------------------------------------------------------------------- */

void
lsc_measurements_actions_update (LscMeasurementsPage *self)
{
  static const char *const names[] = { "measurements.copy", "measurements.copy-table",
                                       "measurements.show-in-timeline",
                                       "measurements.use-as-reference" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), names[i], self->report != NULL);
}

void
lsc_measurements_actions_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "measurements.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "measurements.copy-table", NULL, copy_table_cb);
  gtk_widget_class_install_action (widget_class, "measurements.show-in-timeline", NULL,
                                   show_in_timeline_cb);
  gtk_widget_class_install_action (widget_class, "measurements.use-as-reference", NULL,
                                   use_as_reference_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK,
                                       "measurements.copy", NULL);
}

void
lsc_measurements_actions_init (LscMeasurementsPage *self)
{
  g_signal_connect_object (self->bars, "cell-activated",
                           G_CALLBACK (lsc_measurements_page_emit_activated), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "cell-activated",
                           G_CALLBACK (lsc_measurements_page_emit_activated), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bars, "menu", G_CALLBACK (bars_menu_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "menu", G_CALLBACK (table_menu_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bars, "focus-changed",
                           G_CALLBACK (lsc_measurements_page_emit_focus_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "selection-changed",
                           G_CALLBACK (lsc_measurements_page_emit_focus_changed), self,
                           G_CONNECT_SWAPPED);
  follow_focus (self, self->bars, G_CALLBACK (bars_entered_cb));
  follow_focus (self, self->table, G_CALLBACK (table_entered_cb));
  lsc_measurements_actions_update (self);
}

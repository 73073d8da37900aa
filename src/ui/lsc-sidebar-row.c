/* lsc-sidebar-row.c: a row of the list of workloads and opened files.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-sidebar-row.h"

#include <glib/gi18n-lib.h>

#include "lsc-opened-file.h"
#include "lsc-workload.h"

/* A long name is no reason for a wide sidebar. */
#define LONGEST_CHARS 20

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LONGEST_CHARS);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

/* What can be done with one of the user's own. */
static GMenuModel *
make_menu (LscWorkload *workload)
{
  static const struct
  {
    const char *label;
    const char *action;
  } items[] = {
    { N_ ("_Edit…"), "win.edit-workload" },
    { N_ ("_Duplicate"), "win.duplicate-workload" },
    { N_ ("E_xport…"), "win.export-workload" },
    { N_ ("_Remove"), "win.remove-workload" },
  };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (items[i].label), NULL);

      g_menu_item_set_action_and_target (item, items[i].action, "s",
                                         lsc_workload_get_id (workload));
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static gboolean
popup_cb (GtkWidget *row, GVariant *args, gpointer user_data)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (user_data));
  return TRUE;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_menu_button_popup (GTK_MENU_BUTTON (user_data));
}

static void
add_menu (GtkWidget *row, GtkWidget *box, LscWorkload *workload)
{
  GtkWidget          *button = gtk_menu_button_new ();
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  g_autoptr (GMenuModel) menu = make_menu (workload);
  g_autofree char *label = NULL;

  /* Translators: a button at a workload's name; %s is the name */
  label = g_strdup_printf (_ ("Edit, copy or remove %s"), lsc_workload_get_name (workload));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "row-menu");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_box_append (GTK_BOX (box), button);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), button);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Shift>F10|Menu"),
                        gtk_callback_action_new (popup_cb, button, NULL)));
  gtk_widget_add_controller (row, keys);
}

static GtkWidget *
make_workload_row (LscWorkload *workload)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_widget_set_visible (spinner, FALSE);
  gtk_box_append (GTK_BOX (box), make_label (lsc_workload_get_name (workload)));
  gtk_box_append (GTK_BOX (box), spinner);
  if (lsc_workload_get_path (workload) != NULL)
    add_menu (row, box, workload);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, lsc_workload_get_summary (workload));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, lsc_workload_get_name (workload),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, lsc_workload_get_summary (workload), -1);
  g_object_set_data (G_OBJECT (row), "lsc-spinner", spinner);
  return row;
}

static GtkWidget *
make_file_row (LscOpenedFile *opened)
{
  GtkWidget  *row = gtk_list_box_row_new ();
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget  *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget  *file_name = make_label (lsc_opened_file_get_file_name (opened));
  GtkWidget  *close = gtk_button_new_from_icon_name ("window-close-symbolic");
  const char *tooltip = _ ("Close this file");

  gtk_widget_set_tooltip_text (row, lsc_opened_file_get_file_name (opened));
  gtk_label_set_ellipsize (GTK_LABEL (file_name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (file_name, "caption");
  gtk_widget_add_css_class (file_name, "dim-label");
  gtk_box_append (GTK_BOX (texts), make_label (lsc_opened_file_get_name (opened)));
  gtk_box_append (GTK_BOX (texts), file_name);
  gtk_widget_set_margin_top (texts, 4);
  gtk_widget_set_margin_bottom (texts, 4);

  gtk_widget_add_css_class (close, "flat");
  gtk_widget_add_css_class (close, "circular");
  gtk_widget_set_valign (close, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (close, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  g_object_set_data (G_OBJECT (row), "lsc-close", close);

  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), close);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, lsc_opened_file_get_name (opened),
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, lsc_opened_file_get_file_name (opened), -1);
  return row;
}

GtkWidget *
lsc_sidebar_row_new (gpointer item)
{
  GtkWidget *row = LSC_IS_WORKLOAD (item) ? make_workload_row (item) : make_file_row (item);

  g_object_set_data_full (G_OBJECT (row), "lsc-item", g_object_ref (item), g_object_unref);
  return row;
}

gpointer
lsc_sidebar_row_get_item (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "lsc-item");
}

GtkWidget *
lsc_sidebar_row_get_spinner (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "lsc-spinner");
}

GtkWidget *
lsc_sidebar_row_get_close (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "lsc-close");
}

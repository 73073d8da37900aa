/* lsc-column-view.c: what GTK 4.8's column view has no call for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-column-view.h"

void
lsc_column_view_set_is_number (GtkColumnViewColumn *column, gboolean is_number)
{
  g_object_set_data (G_OBJECT (column), "lsc-is-number", GINT_TO_POINTER (is_number));
}

static gboolean
has_title (GtkWidget *widget, const char *title)
{
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), title) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_title (child, title))
      return TRUE;
  return FALSE;
}

/* They do not always stand in the order of the columns: after one was put between others. */
GtkWidget *
lsc_column_view_find_heading (GtkColumnView *view, GtkColumnViewColumn *column)
{
  GtkWidget *heading = gtk_widget_get_first_child (GTK_WIDGET (view));

  heading = heading != NULL ? gtk_widget_get_first_child (heading) : NULL;
  while (heading != NULL && !has_title (heading, gtk_column_view_column_get_title (column)))
    heading = gtk_widget_get_next_sibling (heading);
  return heading;
}

void
lsc_column_view_align_headings (GtkColumnView *view)
{
  GListModel *shown = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (shown); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (shown, i);
      GtkWidget *heading = lsc_column_view_find_heading (view, column);
      GtkWidget *box = heading != NULL ? gtk_widget_get_first_child (heading) : NULL;

      if (box != NULL && g_object_get_data (G_OBJECT (column), "lsc-is-number") != NULL)
        gtk_widget_set_halign (box, GTK_ALIGN_END);
    }
}

void
lsc_column_view_set_child (GtkListItem *item, GtkWidget *child)
{
  gtk_list_item_set_child (item, child);
  g_object_set_data (G_OBJECT (child), "lsc-list-item", item);
}

guint
lsc_column_view_pick (GtkColumnView *view, double x, double y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (view), x, y, GTK_PICK_DEFAULT);

  for (; widget != NULL && widget != GTK_WIDGET (view); widget = gtk_widget_get_parent (widget))
    {
      GtkWidget   *child = gtk_widget_get_first_child (widget);
      GtkListItem *item = g_object_get_data (G_OBJECT (widget), "lsc-list-item");

      /* Around what a cell shows there is some room that is the cell's own. */
      if (item == NULL && child != NULL)
        item = g_object_get_data (G_OBJECT (child), "lsc-list-item");
      if (item != NULL)
        return gtk_list_item_get_position (item);
    }
  return GTK_INVALID_LIST_POSITION;
}

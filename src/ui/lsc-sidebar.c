/* lsc-sidebar.c: the list of workloads, with a search.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Rows stand in the catalogue's order, below a heading for each group.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-sidebar.h"

#include <glib/gi18n-lib.h>

struct _LscSidebar
{
  GtkWidget parent_instance;

  /* Template */
  GtkEditable *search;
  GtkListBox  *list;
  GtkRevealer *problems_revealer;
  GtkLabel    *problems_label;
  GtkWidget   *problems_close;

  /* Owned */
  LscCatalogue       *catalogue;
  GtkFilterListModel *shown;
  LscWorkload        *selected;
  LscWorkload        *running;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscSidebar, lsc_sidebar, GTK_TYPE_WIDGET)

static LscWorkload *
get_row_workload (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "lsc-workload");
}

static GtkWidget *
make_row_cb (gpointer item, gpointer user_data)
{
  LscWorkload *workload = LSC_WORKLOAD (item);
  GtkWidget   *row = gtk_list_box_row_new ();
  GtkWidget   *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget   *label = gtk_label_new (lsc_workload_get_name (workload));
  GtkWidget   *spinner = gtk_spinner_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_visible (spinner, FALSE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, lsc_workload_get_summary (workload));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, lsc_workload_get_name (workload),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, lsc_workload_get_summary (workload),
                                  -1);
  g_object_set_data_full (G_OBJECT (row), "lsc-workload", g_object_ref (workload), g_object_unref);
  g_object_set_data (G_OBJECT (row), "lsc-spinner", spinner);
  return row;
}

static void
update_header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *group = lsc_workload_get_group (get_row_workload (row));
  GtkWidget  *header;

  if (before != NULL && g_strcmp0 (lsc_workload_get_group (get_row_workload (before)), group) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  header = gtk_label_new (group);
  gtk_label_set_xalign (GTK_LABEL (header), 0);
  gtk_widget_add_css_class (header, "group-heading");
  gtk_list_box_row_set_header (row, header);
}

static gboolean
contains_folded (const char *text, const char *needle)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, needle) != NULL;
}

static gboolean
filter_cb (gpointer item, gpointer user_data)
{
  LscSidebar      *self = user_data;
  LscWorkload     *workload = LSC_WORKLOAD (item);
  g_autofree char *needle = g_utf8_casefold (gtk_editable_get_text (self->search), -1);

  g_strstrip (needle);
  return contains_folded (lsc_workload_get_name (workload), needle) || contains_folded (lsc_workload_get_summary (workload), needle);
}

/* Rows that come back after a search are new ones. */
static void
show_state (LscSidebar *self)
{
  GtkListBoxRow *row;

  gtk_list_box_unselect_all (self->list);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      LscWorkload *workload = get_row_workload (row);
      GtkWidget   *spinner = g_object_get_data (G_OBJECT (row), "lsc-spinner");

      if (workload == self->selected)
        gtk_list_box_select_row (self->list, row);
      gtk_widget_set_visible (spinner, workload == self->running);
      gtk_spinner_set_spinning (GTK_SPINNER (spinner), workload == self->running);
    }
}

static void
search_changed_cb (LscSidebar *self)
{
  if (self->shown == NULL)
    return;
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->shown), GTK_FILTER_CHANGE_DIFFERENT);
  show_state (self);
}

static void
row_activated_cb (LscSidebar *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, get_row_workload (row));
}

/* Enter in the search takes the first that is left, and the list is whole again. */
static void
search_activated_cb (LscSidebar *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  if (row == NULL)
    return;
  row_activated_cb (self, row);
  gtk_editable_set_text (self->search, "");
}

static void
stop_search_cb (LscSidebar *self)
{
  gtk_editable_set_text (self->search, "");
}

static void
show_problems (LscSidebar *self)
{
  GPtrArray *problems = lsc_catalogue_get_problems (self->catalogue);
  GString   *text;

  if (problems == NULL || problems->len == 0)
    return;
  text = g_string_new (NULL);
  g_string_printf (text, ngettext ("%u workload file can’t be used:", "%u workload files can’t be used:", problems->len), problems->len);
  for (guint i = 0; i < problems->len; i++)
    {
      const GError *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (text, "\n%s", problem->message);
    }
  gtk_label_set_label (self->problems_label, text->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problems_label), text->str);
  gtk_revealer_set_reveal_child (self->problems_revealer, TRUE);
  g_string_free (text, TRUE);
}

static void
dismiss_cb (LscSidebar *self)
{
  gtk_revealer_set_reveal_child (self->problems_revealer, FALSE);
}

void
lsc_sidebar_set_catalogue (LscSidebar *self, LscCatalogue *catalogue)
{
  g_return_if_fail (LSC_IS_SIDEBAR (self));
  g_return_if_fail (LSC_IS_CATALOGUE (catalogue));

  if (!g_set_object (&self->catalogue, catalogue))
    return;
  g_clear_object (&self->shown);
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (catalogue)),
                                           GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL)));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), make_row_cb, self, NULL);
  show_state (self);
  show_problems (self);
}

void
lsc_sidebar_select (LscSidebar *self, LscWorkload *workload)
{
  g_return_if_fail (LSC_IS_SIDEBAR (self));

  if (g_set_object (&self->selected, workload))
    show_state (self);
}

void
lsc_sidebar_set_running (LscSidebar *self, LscWorkload *workload)
{
  g_return_if_fail (LSC_IS_SIDEBAR (self));

  if (g_set_object (&self->running, workload))
    show_state (self);
}

void
lsc_sidebar_focus_search (LscSidebar *self)
{
  g_return_if_fail (LSC_IS_SIDEBAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
lsc_sidebar_dispose (GObject *object)
{
  LscSidebar *self = LSC_SIDEBAR (object);
  GtkWidget  *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  /* Its filter looks at the search. */
  g_clear_object (&self->shown);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->selected);
  g_clear_object (&self->running);
  G_OBJECT_CLASS (lsc_sidebar_parent_class)->dispose (object);
}

static void
lsc_sidebar_class_init (LscSidebarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lsc_sidebar_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", LSC_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LSC_TYPE_WORKLOAD);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/lanescope/Lanescope/lsc-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, LscSidebar, search);
  gtk_widget_class_bind_template_child (widget_class, LscSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, LscSidebar, problems_revealer);
  gtk_widget_class_bind_template_child (widget_class, LscSidebar, problems_label);
  gtk_widget_class_bind_template_child (widget_class, LscSidebar, problems_close);
}

static void
lsc_sidebar_init (LscSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_list_box_set_header_func (self->list, update_header_cb, self, NULL);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (stop_search_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->problems_close, "clicked", G_CALLBACK (dismiss_cb), self, G_CONNECT_SWAPPED);
}

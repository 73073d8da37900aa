/* lsc-sidebar.c: the list of workloads and opened files, with a search.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Rows stand in the catalogue's order, below a heading for each group;
 * files come last.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-sidebar.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-sidebar-row.h"

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
  GListStore         *lists; /* the catalogue, then lists of files */
  GtkFilterListModel *shown; /* what the search leaves of all */
  GObject            *selected;
  LscWorkload        *running;
};

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_FILE_CHOSEN,
  SIGNAL_FILE_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscSidebar, lsc_sidebar, GTK_TYPE_WIDGET)

/* ---- rows --------------------------------------------------------------------- */

static void
close_clicked_cb (LscSidebar *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  /* The row goes with what it stands for. */
  g_autoptr (LscOpenedFile) opened = g_object_ref (lsc_sidebar_row_get_item (row));

  g_signal_emit (self, signals[SIGNAL_FILE_CLOSED], 0, opened);
}

static GtkWidget *
make_row_cb (gpointer item, gpointer user_data)
{
  GtkWidget *row = lsc_sidebar_row_new (item);
  GtkWidget *close = lsc_sidebar_row_get_close (row);

  if (close != NULL)
    g_signal_connect_object (close, "clicked", G_CALLBACK (close_clicked_cb), user_data,
                             G_CONNECT_SWAPPED);
  return row;
}

static const char *
get_row_group (GtkListBoxRow *row)
{
  gpointer item = lsc_sidebar_row_get_item (GTK_WIDGET (row));

  return LSC_IS_WORKLOAD (item) ? lsc_workload_get_group (item) : lsc_opened_file_get_group (item);
}

static void
update_header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *group = get_row_group (row);
  GtkWidget  *header;

  if (before != NULL && g_strcmp0 (get_row_group (before), group) == 0)
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
  g_autofree char *needle = g_utf8_casefold (gtk_editable_get_text (self->search), -1);

  g_strstrip (needle);
  if (LSC_IS_OPENED_FILE (item))
    return contains_folded (lsc_opened_file_get_name (item), needle) ||
           contains_folded (lsc_opened_file_get_file_name (item), needle);
  return contains_folded (lsc_workload_get_name (item), needle) ||
         contains_folded (lsc_workload_get_summary (item), needle);
}

/* A workload that was changed is another object with the same id. */
static gboolean
is_same (gpointer a, gpointer b)
{
  return a == b || (LSC_IS_WORKLOAD (a) && LSC_IS_WORKLOAD (b) &&
                    strcmp (lsc_workload_get_id (a), lsc_workload_get_id (b)) == 0);
}

/* Rows that come back after a search are new ones. */
static void
show_state (LscSidebar *self)
{
  GtkListBoxRow *row;

  gtk_list_box_unselect_all (self->list);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      gpointer   item = lsc_sidebar_row_get_item (GTK_WIDGET (row));
      GtkWidget *spinner = lsc_sidebar_row_get_spinner (GTK_WIDGET (row));

      if (is_same (item, self->selected))
        gtk_list_box_select_row (self->list, row);
      if (spinner == NULL)
        continue;
      gtk_widget_set_visible (spinner, is_same (item, self->running));
      gtk_spinner_set_spinning (GTK_SPINNER (spinner), is_same (item, self->running));
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
  gpointer item = lsc_sidebar_row_get_item (GTK_WIDGET (row));

  g_signal_emit (self, signals[LSC_IS_WORKLOAD (item) ? SIGNAL_CHOSEN : SIGNAL_FILE_CHOSEN], 0,
                 item);
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

  gtk_revealer_set_reveal_child (self->problems_revealer, problems->len > 0);
  if (problems->len == 0)
    return;
  text = g_string_new (NULL);
  g_string_printf (text,
                   ngettext ("%u workload file can’t be used:", "%u workload files can’t be used:",
                             problems->len),
                   problems->len);
  for (guint i = 0; i < problems->len; i++)
    {
      const GError *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (text, "\n%s", problem->message);
    }
  gtk_label_set_label (self->problems_label, text->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problems_label), text->str);
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

  if (self->catalogue == catalogue)
    return;
  if (self->catalogue != NULL)
    g_signal_handlers_disconnect_by_data (self->catalogue, self);
  g_set_object (&self->catalogue, catalogue);
  g_clear_object (&self->shown);
  g_list_store_remove_all (self->lists);
  g_list_store_append (self->lists, catalogue);
  self->shown = gtk_filter_list_model_new (
      G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (g_object_ref (self->lists)))),
      GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL)));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), make_row_cb, self, NULL);
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (catalogue, "problems-changed", G_CALLBACK (show_problems), self,
                           G_CONNECT_SWAPPED);
  show_state (self);
  show_problems (self);
}

void
lsc_sidebar_add_files (LscSidebar *self, GListModel *files)
{
  g_return_if_fail (LSC_IS_SIDEBAR (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  g_list_store_append (self->lists, files);
}

void
lsc_sidebar_select (LscSidebar *self, GObject *item)
{
  g_return_if_fail (LSC_IS_SIDEBAR (self));

  if (g_set_object (&self->selected, item))
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
lsc_sidebar_set_still (LscSidebar *self, gboolean is_still)
{
  g_return_if_fail (LSC_IS_SIDEBAR (self));

  /* The spinner's animation is the style's. */
  if (is_still)
    gtk_widget_add_css_class (GTK_WIDGET (self), "still");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "still");
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
  g_clear_object (&self->lists);
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

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", LSC_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, LSC_TYPE_WORKLOAD);
  signals[SIGNAL_FILE_CHOSEN] =
      g_signal_new ("file-chosen", LSC_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, LSC_TYPE_OPENED_FILE);
  signals[SIGNAL_FILE_CLOSED] =
      g_signal_new ("file-closed", LSC_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, LSC_TYPE_OPENED_FILE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/lanescope/Lanescope/lsc-sidebar.ui");
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

  self->lists = g_list_store_new (G_TYPE_LIST_MODEL);
  gtk_list_box_set_header_func (self->list, update_header_cb, self, NULL);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (stop_search_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->problems_close, "clicked", G_CALLBACK (dismiss_cb), self,
                           G_CONNECT_SWAPPED);
}

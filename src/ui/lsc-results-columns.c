/* lsc-results-columns.c: what the columns of the results show.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. A cell is filled when its row comes into sight, and again when
 * the row's task has ended.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-results-columns.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-units.h"

/* A cell is one line; all of a text is in the tooltip, as far as one can read it. */
#define MAX_CELL_BYTES    300
#define MAX_TOOLTIP_BYTES 2000

typedef enum
{
  COLUMN_NUMBER,
  COLUMN_INPUT,
  COLUMN_RESULT,
  COLUMN_STATUS,
  COLUMN_TIME,
  COLUMN_WORKER,
} ColumnId;

typedef struct
{
  ColumnId               id;
  LscResultsDescribeFunc describe;
  gpointer               user_data;
} Column;

const char *
lsc_results_status_icon (LscTaskStatus status)
{
  switch (status)
    {
    case LSC_TASK_RUNNING:
      return "media-playback-start-symbolic";
    case LSC_TASK_DONE:
      return "object-select-symbolic";
    case LSC_TASK_FAILED:
      return "dialog-error-symbolic";
    case LSC_TASK_CRASHED:
      return "dialog-warning-symbolic";
    case LSC_TASK_STOPPED:
      return "media-playback-stop-symbolic";
    case LSC_TASK_TIMED_OUT:
      return "alarm-symbolic";
    case LSC_TASK_PENDING:
    default:
      return "content-loading-symbolic";
    }
}

/* ---- texts --------------------------------------------------------------------------- */

static char *
cut (const char *text, gsize max_bytes, gboolean one_line)
{
  gsize length = one_line ? strcspn (text, "\r\n") : strlen (text);

  if (length <= max_bytes && text[length] == '\0')
    return g_strdup (text);
  while (length > max_bytes)
    length = (gsize)(g_utf8_find_prev_char (text, text + MIN (length, max_bytes + 1)) - text);
  return g_strdup_printf ("%.*s…", (int)length, text);
}

static char *
dup_time (const LscTask *task)
{
  if (task->status <= LSC_TASK_RUNNING || task->start_ns < 0 || task->end_ns < 0)
    return g_strdup ("");
  return lsc_format_duration (task->end_ns - task->start_ns);
}

static char *
dup_cell (ColumnId id, LscResultsRow *row)
{
  LscTask task;

  lsc_results_row_get_task (row, &task);
  switch (id)
    {
    case COLUMN_NUMBER:
      return lsc_format_count ((guint64)lsc_results_row_get_index (row) + 1);
    case COLUMN_INPUT:
      return cut (lsc_results_row_get_input (row), MAX_CELL_BYTES, TRUE);
    case COLUMN_RESULT:
      return task.status <= LSC_TASK_RUNNING
                 ? g_strdup ("")
                 : cut (lsc_results_row_get_output (row), MAX_CELL_BYTES, TRUE);
    case COLUMN_STATUS:
      return g_strdup (lsc_task_status_get_label (task.status));
    case COLUMN_TIME:
      return dup_time (&task);
    case COLUMN_WORKER:
    default:
      return task.worker > 0 ? g_strdup_printf ("%u", task.worker) : g_strdup ("");
    }
}

/* Tabs and line ends would be other cells. */
static void
append_field (GString *text, const char *field)
{
  for (; *field != '\0'; field++)
    g_string_append_c (text, *field == '\t' || *field == '\n' || *field == '\r' ? ' ' : *field);
}

void
lsc_results_columns_append_text (GString *text, LscTaskTable *tasks, guint index)
{
  const char      *output = lsc_task_table_get_output (tasks, index);
  g_autofree char *time = NULL;
  LscTask          task;

  lsc_task_table_get (tasks, index, &task);
  time = dup_time (&task);
  g_string_append_printf (text, "%u\t", index + 1);
  append_field (text, lsc_task_table_get_input (tasks, index));
  g_string_append_c (text, '\t');
  append_field (text, task.status > LSC_TASK_RUNNING && output != NULL ? output : "");
  g_string_append_printf (text, "\t%s\t%s\t", lsc_task_status_get_label (task.status), time);
  if (task.worker > 0)
    g_string_append_printf (text, "%u", task.worker);
  g_string_append_c (text, '\n');
}

/* ---- cells --------------------------------------------------------------------------- */

static gboolean
is_cut (GtkWidget *inscription)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (
      inscription, gtk_inscription_get_text (GTK_INSCRIPTION (inscription)));
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width > gtk_widget_get_width (inscription);
}

static gboolean
query_tooltip_cb (GtkWidget   *label,
                  int          x,
                  int          y,
                  gboolean     keyboard,
                  GtkTooltip  *tooltip,
                  GtkListItem *item)
{
  const Column    *column = g_object_get_data (G_OBJECT (item), "column");
  LscResultsRow   *row = gtk_list_item_get_item (item);
  g_autofree char *text = NULL;

  if (row == NULL)
    return FALSE;
  if (column->id == COLUMN_RESULT && lsc_results_row_get_status (row) == LSC_TASK_DONE &&
      column->describe != NULL)
    text = column->describe (row, column->user_data);
  if (text == NULL || *text == '\0')
    {
      /* Only what the cell does not show itself. */
      const char *whole = column->id == COLUMN_INPUT ? lsc_results_row_get_input (row)
                                                     : lsc_results_row_get_output (row);

      if (strpbrk (whole, "\r\n") == NULL && !is_cut (label))
        return FALSE;
      g_free (text);
      text = cut (whole, MAX_TOOLTIP_BYTES, FALSE);
    }
  gtk_tooltip_set_text (tooltip, text);
  return *text != '\0';
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const Column *column)
{
  /* Not a label: a row's size does not depend on its texts, and those out of sight are not shaped.
   */
  GtkWidget *label = gtk_inscription_new (NULL);

  g_object_set_data (G_OBJECT (item), "column", (gpointer)column);
  g_object_set_data (G_OBJECT (item), "label", label);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (label),
                                     column->id == COLUMN_INPUT
                                         ? GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE
                                         : GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_inscription_set_xalign (
      GTK_INSCRIPTION (label),
      column->id == COLUMN_NUMBER || column->id == COLUMN_TIME || column->id == COLUMN_WORKER ? 1
                                                                                              : 0);
  if (column->id != COLUMN_STATUS)
    gtk_widget_add_css_class (label, "numeric");
  if (column->id == COLUMN_NUMBER)
    gtk_widget_add_css_class (label, "dim-label");
  if (column->id == COLUMN_WORKER)
    gtk_widget_set_margin_end (label, 12);
  if (column->id == COLUMN_INPUT || column->id == COLUMN_RESULT)
    {
      gtk_widget_set_has_tooltip (label, TRUE);
      g_signal_connect (label, "query-tooltip", G_CALLBACK (query_tooltip_cb), item);
    }

  if (column->id == COLUMN_STATUS)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *icon = gtk_image_new ();

      g_object_set_data (G_OBJECT (item), "icon", icon);
      gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      gtk_box_append (GTK_BOX (box), icon);
      gtk_box_append (GTK_BOX (box), label);
      gtk_list_item_set_child (item, box);
    }
  else
    gtk_list_item_set_child (item, label);
}

static void
set_status_class (GtkWidget *widget, LscTaskStatus status)
{
  gboolean failed =
      status == LSC_TASK_FAILED || status == LSC_TASK_CRASHED || status == LSC_TASK_TIMED_OUT;

  gtk_widget_remove_css_class (widget, failed ? "dim-label" : "error");
  if (failed)
    gtk_widget_add_css_class (widget, "error");
  else if (status != LSC_TASK_DONE)
    gtk_widget_add_css_class (widget, "dim-label");
  else
    gtk_widget_remove_css_class (widget, "dim-label");
}

static void
fill_cell (GtkListItem *item)
{
  const Column    *column = g_object_get_data (G_OBJECT (item), "column");
  GtkWidget       *label = g_object_get_data (G_OBJECT (item), "label");
  LscResultsRow   *row = gtk_list_item_get_item (item);
  g_autofree char *text = dup_cell (column->id, row);

  gtk_inscription_set_text (GTK_INSCRIPTION (label), text);
  if (column->id != COLUMN_STATUS)
    return;
  gtk_image_set_from_icon_name (g_object_get_data (G_OBJECT (item), "icon"),
                                lsc_results_status_icon (lsc_results_row_get_status (row)));
  set_status_class (gtk_list_item_get_child (item), lsc_results_row_get_status (row));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_signal_connect_object (gtk_list_item_get_item (item), "notify::status", G_CALLBACK (fill_cell),
                           item, G_CONNECT_SWAPPED);
  fill_cell (item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), fill_cell, item);
}

static void
column_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
append_column (GtkColumnView         *view,
               const char            *title,
               ColumnId               id,
               int                    width,
               LscResultsDescribeFunc describe,
               gpointer               user_data)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);
  Column *data = g_new (Column, 1);

  *data = (Column){ id, describe, user_data };
  /* The closure owns the data, and lives as long as the factory. */
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), data, column_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  gtk_column_view_column_set_resizable (column, TRUE);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, width);
  else
    gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_append_column (view, column);
}

void
lsc_results_columns_append (GtkColumnView         *view,
                            LscResultsDescribeFunc describe,
                            gpointer               user_data)
{
  /* Translators: heading of the column with the numbers of the tasks */
  append_column (view, _ ("No."), COLUMN_NUMBER, 90, describe, user_data);
  append_column (view, _ ("Input"), COLUMN_INPUT, 0, describe, user_data);
  append_column (view, _ ("Result"), COLUMN_RESULT, 0, describe, user_data);
  append_column (view, _ ("Status"), COLUMN_STATUS, 130, describe, user_data);
  append_column (view, _ ("Time"), COLUMN_TIME, 100, describe, user_data);
  append_column (view, _ ("Worker"), COLUMN_WORKER, 80, describe, user_data);
}

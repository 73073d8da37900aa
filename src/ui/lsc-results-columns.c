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

#include "lsc-column-view.h"
#include "lsc-units.h"

/* A cell is one line; all of a text is in the tooltip, as far as one can read it. */
#define MAX_CELL_BYTES    300
#define MAX_TOOLTIP_BYTES 2000

typedef struct
{
  LscResultsBy  by;
  const char   *title;    /* N_() */
  int           width_px; /* 0: what is left */
  gboolean      is_number;
  LscTaskTraits trait; /* shown when one of the tasks has it; 0: always */
} ColumnInfo;

static const ColumnInfo infos[] = {
  /* Translators: heading of the column with the numbers of the tasks */
  { LSC_RESULTS_BY_NUMBER, N_ ("No."), 90, TRUE, 0 },
  { LSC_RESULTS_BY_INPUT, N_ ("Input"), 0, FALSE, 0 },
  { LSC_RESULTS_BY_RESULT, N_ ("Result"), 0, FALSE, 0 },
  { LSC_RESULTS_BY_STATUS, N_ ("Status"), 130, FALSE, 0 },
  /* Translators: heading of the column with exit statuses and signals */
  { LSC_RESULTS_BY_EXIT, N_ ("Exit"), 90, TRUE, LSC_TASK_HAS_EXIT },
  { LSC_RESULTS_BY_TIME, N_ ("Time"), 100, TRUE, 0 },
  { LSC_RESULTS_BY_CPU, N_ ("CPU time"), 100, TRUE, LSC_TASK_HAS_CPU },
  { LSC_RESULTS_BY_MEMORY, N_ ("Memory"), 100, TRUE, LSC_TASK_HAS_MEMORY },
  /* Translators: heading of the column that says how often a task was started */
  { LSC_RESULTS_BY_ATTEMPTS, N_ ("Attempts"), 95, TRUE, LSC_TASK_HAS_RETRIES },
  { LSC_RESULTS_BY_WORKER, N_ ("Worker"), 90, TRUE, 0 },
};

typedef struct
{
  const ColumnInfo      *info;
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
dup_duration (gint64 duration_ns)
{
  return duration_ns >= 0 ? lsc_format_duration (duration_ns) : g_strdup ("");
}

static char *
dup_exit (const LscTask *task)
{
  if (task->status <= LSC_TASK_RUNNING || (task->signal <= 0 && task->exit < 0))
    return g_strdup ("");
  return task->signal > 0 ? lsc_format_signal (task->signal) : g_strdup_printf ("%d", task->exit);
}

static char *
dup_count (guint count)
{
  return count > 0 ? g_strdup_printf ("%u", count) : g_strdup ("");
}

/* What a column says of a task; `input` and `output` as they are, cut by whoever shows them. */
static char *
dup_value (LscResultsBy by, guint index, const LscTask *task, const char *input, const char *output)
{
  gboolean ended = task->status > LSC_TASK_RUNNING;

  switch (by)
    {
    case LSC_RESULTS_BY_NUMBER:
      return g_strdup_printf ("%u", index + 1);
    case LSC_RESULTS_BY_INPUT:
      return g_strdup (input);
    case LSC_RESULTS_BY_RESULT:
      return g_strdup (ended && output != NULL ? output : "");
    case LSC_RESULTS_BY_STATUS:
      return g_strdup (lsc_task_status_get_label (task->status));
    case LSC_RESULTS_BY_EXIT:
      return dup_exit (task);
    case LSC_RESULTS_BY_TIME:
      return dup_duration (lsc_results_get_time_ns (task));
    case LSC_RESULTS_BY_CPU:
      return dup_duration (lsc_results_get_cpu_ns (task));
    case LSC_RESULTS_BY_MEMORY:
      return ended && task->peak_rss_bytes >= 0 ? lsc_format_bytes ((guint64)task->peak_rss_bytes)
                                                : g_strdup ("");
    case LSC_RESULTS_BY_ATTEMPTS:
      return dup_count (ended ? task->attempts : 0);
    case LSC_RESULTS_BY_WORKER:
    default:
      return dup_count (task->worker);
    }
}

static char *
dup_cell (LscResultsBy by, LscResultsRow *row)
{
  g_autofree char *value = NULL;
  LscTask          task;

  lsc_results_row_get_task (row, &task);
  if (by == LSC_RESULTS_BY_NUMBER)
    return lsc_format_count ((guint64)lsc_results_row_get_index (row) + 1);
  if (by == LSC_RESULTS_BY_INPUT)
    return cut (lsc_results_row_get_input (row), MAX_CELL_BYTES, TRUE);
  if (by == LSC_RESULTS_BY_RESULT && task.status > LSC_TASK_RUNNING)
    return cut (lsc_results_row_get_output (row), MAX_CELL_BYTES, TRUE);
  return dup_value (by, lsc_results_row_get_index (row), &task, "", NULL);
}

/* ---- as text ------------------------------------------------------------------------- */

static gboolean
is_shown (const ColumnInfo *info, LscTaskTraits traits)
{
  return info->trait == 0 || (traits & info->trait) != 0;
}

/* Tabs and line ends would be other cells. */
static void
append_field (GString *text, const char *field)
{
  for (; *field != '\0'; field++)
    g_string_append_c (text, *field == '\t' || *field == '\n' || *field == '\r' ? ' ' : *field);
}

void
lsc_results_columns_append_headings (GString *text, LscTaskTraits traits)
{
  for (guint i = 0; i < G_N_ELEMENTS (infos); i++)
    if (is_shown (&infos[i], traits))
      g_string_append_printf (text, i > 0 ? "\t%s" : "%s", _ (infos[i].title));
  g_string_append_c (text, '\n');
}

void
lsc_results_columns_append_text (GString      *text,
                                 LscTaskTable *tasks,
                                 guint         index,
                                 LscTaskTraits traits)
{
  const char *input = lsc_task_table_get_input (tasks, index);
  const char *output = lsc_task_table_get_output (tasks, index);
  LscTask     task;

  lsc_task_table_get (tasks, index, &task);
  for (guint i = 0; i < G_N_ELEMENTS (infos); i++)
    {
      g_autofree char *value = NULL;

      if (!is_shown (&infos[i], traits))
        continue;
      if (i > 0)
        g_string_append_c (text, '\t');
      value = dup_value (infos[i].by, index, &task, input, output);
      append_field (text, value);
    }
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
  if (column->info->by == LSC_RESULTS_BY_RESULT &&
      lsc_results_row_get_status (row) == LSC_TASK_DONE && column->describe != NULL)
    text = column->describe (row, column->user_data);
  if (text == NULL || *text == '\0')
    {
      /* Only what the cell does not show itself. */
      const char *whole = column->info->by == LSC_RESULTS_BY_INPUT
                              ? lsc_results_row_get_input (row)
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
                                     column->info->by == LSC_RESULTS_BY_INPUT
                                         ? GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE
                                         : GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (label), column->info->is_number ? 1 : 0);
  if (column->info->by != LSC_RESULTS_BY_STATUS)
    gtk_widget_add_css_class (label, "numeric");
  if (column->info->by == LSC_RESULTS_BY_NUMBER)
    gtk_widget_add_css_class (label, "dim-label");
  if (column->info->by == LSC_RESULTS_BY_WORKER)
    gtk_widget_set_margin_end (label, 12);
  if (column->info->by == LSC_RESULTS_BY_MEMORY)
    gtk_widget_set_tooltip_text (label, _ ("The most that the task’s process had, or one of the "
                                           "children that it waited for"));
  if (column->info->by == LSC_RESULTS_BY_INPUT || column->info->by == LSC_RESULTS_BY_RESULT)
    {
      gtk_widget_set_has_tooltip (label, TRUE);
      g_signal_connect (label, "query-tooltip", G_CALLBACK (query_tooltip_cb), item);
    }

  if (column->info->by == LSC_RESULTS_BY_STATUS)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *icon = gtk_image_new ();

      g_object_set_data (G_OBJECT (item), "icon", icon);
      gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      gtk_box_append (GTK_BOX (box), icon);
      gtk_box_append (GTK_BOX (box), label);
      lsc_column_view_set_child (item, box);
    }
  else
    lsc_column_view_set_child (item, label);
}

static void
set_status_class (GtkWidget *widget, LscTaskStatus status)
{
  gboolean failed = lsc_task_status_is_failure (status);

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
  g_autofree char *text = dup_cell (column->info->by, row);

  gtk_inscription_set_text (GTK_INSCRIPTION (label), text);
  if (column->info->by != LSC_RESULTS_BY_STATUS)
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

/* ---- sorting ------------------------------------------------------------------------- */

/* Which column was asked, of a question that is put to the whole view's sorter. */
static const ColumnInfo *asked;

/* The model sorts, on a thread and without an object for each row. What is asked for here are only
 * the arrows in the headings, and which column's counts. */
static int
ask_column (gconstpointer a, gconstpointer b, gpointer info)
{
  if (asked == NULL)
    asked = info;
  return GTK_ORDERING_SMALLER;
}

void
lsc_results_columns_read_sort (GtkColumnView *view, LscResultsQuery *query)
{
  /* Two, because nobody is asked how one compares to itself. */
  g_autoptr (GObject) one = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) other = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering ordering;

  asked = NULL;
  ordering = gtk_sorter_compare (gtk_column_view_get_sorter (view), one, other);
  query->by = asked != NULL ? asked->by : LSC_RESULTS_BY_NUMBER;
  query->descending = asked != NULL && ordering == GTK_ORDERING_LARGER;
}

/* ---- columns ------------------------------------------------------------------------- */

static GtkColumnViewColumn *
make_column (const ColumnInfo *info, LscResultsDescribeFunc describe, gpointer user_data)
{
  GtkListItemFactory  *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column = gtk_column_view_column_new (_ (info->title), factory);
  g_autoptr (GtkSorter) sorter =
      GTK_SORTER (gtk_custom_sorter_new (ask_column, (gpointer)info, NULL));
  Column *data = g_new (Column, 1);

  *data = (Column){ info, describe, user_data };
  /* The closure owns the data, and lives as long as the factory. */
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), data, column_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  lsc_column_view_set_is_number (column, info->is_number);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_sorter (column, sorter);
  if (info->width_px > 0)
    gtk_column_view_column_set_fixed_width (column, info->width_px);
  else
    gtk_column_view_column_set_expand (column, TRUE);
  return column;
}

void
lsc_results_columns_append (GtkColumnView         *view,
                            LscResultsDescribeFunc describe,
                            gpointer               user_data)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (infos); i++)
    g_ptr_array_add (columns, make_column (&infos[i], describe, user_data));
  g_object_set_data_full (G_OBJECT (view), "results-columns", columns,
                          (GDestroyNotify)g_ptr_array_unref);
  lsc_results_columns_show (view, 0);
}

/* Columns that are only invisible keep their width free in GTK 4.8. */
void
lsc_results_columns_show (GtkColumnView *view, LscTaskTraits traits)
{
  GPtrArray *columns = g_object_get_data (G_OBJECT (view), "results-columns");
  guint      position = 0;
  gboolean   changed = FALSE;

  for (guint i = 0; i < columns->len; i++)
    {
      GtkColumnViewColumn *column = g_ptr_array_index (columns, i);
      gboolean             is_there = gtk_column_view_column_get_column_view (column) == view;

      if (is_there && !is_shown (&infos[i], traits))
        gtk_column_view_remove_column (view, column);
      if (!is_there && is_shown (&infos[i], traits))
        gtk_column_view_insert_column (view, position, column);
      changed = changed || is_there != is_shown (&infos[i], traits);
      position += is_shown (&infos[i], traits) ? 1 : 0;
    }
  if (changed)
    lsc_column_view_align_headings (view);
}

/* lsc-measurement-columns.c: the columns of the table of measurements.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. A cell is filled when its row comes into sight, and again when the row changes.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-measurement-columns.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-column-view.h"

/* A column that would move with every sample is a nuisance. */
#define NUMBER_CHARS   7
#define INTERVAL_CHARS 16
#define TEXT_CHARS     14
#define VERDICT_CHARS  20

typedef struct
{
  const char *nick;
  const char *title;       /* N_() */
  const char *explanation; /* N_(); nullable */
  int         width_chars;
  gboolean    is_number;
  gboolean    is_default;
} ColumnInfo;

static const ColumnInfo infos[LSC_N_MEASUREMENTS] = {
  [LSC_MEASUREMENT_WHAT] = { "what", N_ ("What"), NULL, TEXT_CHARS, FALSE, TRUE },
  [LSC_MEASUREMENT_WORKERS] = { "workers", N_ ("Workers"), NULL, 3, TRUE, FALSE },
  /* Translators: heading of the column that says how many samples there are */
  [LSC_MEASUREMENT_SAMPLES] = { "samples", N_ ("n"), N_ ("How many samples the figures are of"), 3,
                                TRUE, TRUE },
  [LSC_MEASUREMENT_MEDIAN] = { "median", N_ ("Median"),
                               N_ ("Half of the samples were faster, half slower"), NUMBER_CHARS,
                               TRUE, TRUE },
  /* xgettext:no-c-format */
  [LSC_MEASUREMENT_INTERVAL] = { "interval", N_ ("95 % interval"),
                                 N_ ("Where the median would lie in 95 of 100 such experiments; "
                                     "from six samples on"),
                                 INTERVAL_CHARS, TRUE, TRUE },
  [LSC_MEASUREMENT_MIN] = { "min", N_ ("Minimum"), NULL, NUMBER_CHARS, TRUE, TRUE },
  [LSC_MEASUREMENT_LOWER_QUARTILE] = { "lower-quartile", N_ ("Lower quartile"),
                                       N_ ("A quarter of the samples were faster"), NUMBER_CHARS,
                                       TRUE, FALSE },
  [LSC_MEASUREMENT_UPPER_QUARTILE] = { "upper-quartile", N_ ("Upper quartile"),
                                       N_ ("A quarter of the samples were slower"), NUMBER_CHARS,
                                       TRUE, FALSE },
  [LSC_MEASUREMENT_MAX] = { "max", N_ ("Maximum"), NULL, NUMBER_CHARS, TRUE, FALSE },
  [LSC_MEASUREMENT_MEAN] = { "mean", N_ ("Mean"), NULL, NUMBER_CHARS, TRUE, FALSE },
  [LSC_MEASUREMENT_DEVIATION] = { "deviation", N_ ("Standard deviation"), NULL, NUMBER_CHARS, TRUE,
                                  FALSE },
  /* Translators: heading: CPU time in programs themselves, not in the kernel */
  [LSC_MEASUREMENT_USER] = { "user", N_ ("User"),
                             N_ ("CPU time of all its processes, outside the kernel"), NUMBER_CHARS,
                             TRUE, FALSE },
  /* Translators: heading: CPU time in the kernel */
  [LSC_MEASUREMENT_SYSTEM] = { "system", N_ ("System"),
                               N_ ("CPU time of all its processes, in the kernel"), NUMBER_CHARS,
                               TRUE, FALSE },
  [LSC_MEASUREMENT_START_UP] = { "start-up", N_ ("Start-up"),
                                 N_ ("From the first process to the first task"), NUMBER_CHARS,
                                 TRUE, FALSE },
  [LSC_MEASUREMENT_CORES] = { "cores", N_ ("Cores"), N_ ("How many were busy, on average"), 5, TRUE,
                              TRUE },
  [LSC_MEASUREMENT_MEMORY] = { "memory", N_ ("Memory"), N_ ("Of the largest process, at its peak"),
                               NUMBER_CHARS, TRUE, TRUE },
  [LSC_MEASUREMENT_ALL_MEMORY] = { "all-memory", N_ ("All processes"),
                                   N_ ("The peaks of all processes together: at most so much "
                                       "memory was used at once. What they share is counted in "
                                       "each."),
                                   NUMBER_CHARS, TRUE, FALSE },
  /* Translators: heading: how often a thread gave up its core to wait */
  [LSC_MEASUREMENT_WAITS] = { "waits", N_ ("Waits"),
                              N_ ("How often a thread gave up its core, to wait"), NUMBER_CHARS,
                              TRUE, FALSE },
  /* Translators: heading: how often a thread was pushed off its core */
  [LSC_MEASUREMENT_PUSHES] = { "pushed-off", N_ ("Pushed off"),
                               N_ ("How often a thread was pushed off its core"), NUMBER_CHARS,
                               TRUE, FALSE },
  [LSC_MEASUREMENT_MINOR_FAULTS] = { "minor-faults", N_ ("Minor faults"),
                                     N_ ("Pages that were mapped without reading a disk"),
                                     NUMBER_CHARS, TRUE, FALSE },
  [LSC_MEASUREMENT_MAJOR_FAULTS] = { "major-faults", N_ ("Major faults"),
                                     N_ ("Pages that were read from a disk"), NUMBER_CHARS, TRUE,
                                     FALSE },
  /* Translators: heading of the column that says how much faster or slower */
  [LSC_MEASUREMENT_VERDICT] = { "verdict", N_ ("Compared"),
                                N_ ("With what all are compared with; in brackets the interval"),
                                VERDICT_CHARS, FALSE, TRUE },
  [LSC_MEASUREMENT_BASELINE] = { "baseline", N_ ("Against baseline"),
                                 N_ ("Compared with the same in the baseline"), VERDICT_CHARS,
                                 FALSE, FALSE },
};

const char *
lsc_measurement_column_get_nick (LscMeasurement column)
{
  g_return_val_if_fail (column < LSC_N_MEASUREMENTS, NULL);
  return infos[column].nick;
}

const char *
lsc_measurement_column_get_title (LscMeasurement column)
{
  g_return_val_if_fail (column < LSC_N_MEASUREMENTS, NULL);
  return _ (infos[column].title);
}

const char *
lsc_measurement_column_get_explanation (LscMeasurement column)
{
  g_return_val_if_fail (column < LSC_N_MEASUREMENTS, NULL);
  return infos[column].explanation != NULL ? _ (infos[column].explanation) : NULL;
}

gboolean
lsc_measurement_column_is_default (LscMeasurement column)
{
  g_return_val_if_fail (column < LSC_N_MEASUREMENTS, FALSE);
  return infos[column].is_default;
}

/* ---- cells --------------------------------------------------------------------------- */

static void
set_class (GtkWidget *widget, const char *name, gboolean is_so)
{
  if (is_so)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
fill_cell (GtkListItem *item)
{
  LscMeasurement     column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (item), "column"));
  GtkWidget         *label = gtk_list_item_get_child (item);
  LscMeasurementRow *row = gtk_list_item_get_item (item);
  g_autofree char   *text = lsc_measurement_row_dup_text (row, column);
  gboolean           is_in_trouble = lsc_measurement_row_is_in_trouble (row);

  if (strcmp (gtk_label_get_label (GTK_LABEL (label)), text) != 0)
    gtk_label_set_label (GTK_LABEL (label), text);
  if (column == LSC_MEASUREMENT_VERDICT || column == LSC_MEASUREMENT_BASELINE)
    {
      LscVerdictKind kind = lsc_measurement_row_get_verdict (row, column);

      set_class (label, "sure", kind == LSC_VERDICT_FASTER);
      set_class (label, "dim-label",
                 !is_in_trouble && (kind == LSC_VERDICT_UNKNOWN || kind == LSC_VERDICT_NONE));
    }
  if (column == LSC_MEASUREMENT_SAMPLES || column == LSC_MEASUREMENT_VERDICT)
    set_class (label, "error", is_in_trouble);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  LscMeasurement    column = GPOINTER_TO_UINT (data);
  const ColumnInfo *info = &infos[column];
  GtkWidget        *label = gtk_label_new (NULL);

  g_object_set_data (G_OBJECT (item), "column", data);
  gtk_label_set_xalign (GTK_LABEL (label), info->is_number ? 1 : 0);
  gtk_label_set_width_chars (GTK_LABEL (label), info->width_chars);
  gtk_widget_add_css_class (label, "numeric");
  lsc_column_view_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_signal_connect_object (gtk_list_item_get_item (item), "changed", G_CALLBACK (fill_cell), item,
                           G_CONNECT_SWAPPED);
  fill_cell (item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), fill_cell, item);
}

/* ---- columns ------------------------------------------------------------------------- */

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer column)
{
  return lsc_measurement_row_compare ((LscMeasurementRow *)a, (LscMeasurementRow *)b,
                                      GPOINTER_TO_UINT (column));
}

static GtkColumnViewColumn *
make_column (LscMeasurement column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter =
      GTK_SORTER (gtk_custom_sorter_new (compare_cb, GUINT_TO_POINTER (column), NULL));
  GtkColumnViewColumn *made =
      gtk_column_view_column_new (lsc_measurement_column_get_title (column), factory);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  lsc_column_view_set_is_number (made, infos[column].is_number);
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_column_set_sorter (made, sorter);
  return made;
}

void
lsc_measurement_columns_append (GtkColumnView *view)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < LSC_N_MEASUREMENTS; i++)
    g_ptr_array_add (columns, make_column (i));
  g_object_set_data_full (G_OBJECT (view), "lsc-columns", columns,
                          (GDestroyNotify)g_ptr_array_unref);
}

/* What a heading means, where it does not say it itself. */
static void
explain_headings (GtkColumnView *view)
{
  GPtrArray *columns = g_object_get_data (G_OBJECT (view), "lsc-columns");

  for (guint i = 0; i < columns->len; i++)
    {
      GtkColumnViewColumn *column = g_ptr_array_index (columns, i);
      GtkWidget           *heading = NULL;

      if (gtk_column_view_column_get_column_view (column) == view)
        heading = lsc_column_view_find_heading (view, column);
      if (heading != NULL && infos[i].explanation != NULL)
        gtk_widget_set_tooltip_text (heading, _ (infos[i].explanation));
    }
}

/* Columns that are only invisible keep their width free in GTK 4.8. */
void
lsc_measurement_columns_show (GtkColumnView *view, const gboolean *is_shown)
{
  GPtrArray *columns = g_object_get_data (G_OBJECT (view), "lsc-columns");
  guint      position = 0;
  gboolean   changed = FALSE;

  for (guint i = 0; i < columns->len; i++)
    {
      GtkColumnViewColumn *column = g_ptr_array_index (columns, i);
      gboolean             is_there = gtk_column_view_column_get_column_view (column) == view;

      if (is_there && !is_shown[i])
        gtk_column_view_remove_column (view, column);
      if (!is_there && is_shown[i])
        gtk_column_view_insert_column (view, position, column);
      changed = changed || is_there != is_shown[i];
      position += is_shown[i] ? 1 : 0;
    }
  if (!changed)
    return;
  lsc_column_view_align_headings (view);
  explain_headings (view);
}

/* ---- as text ------------------------------------------------------------------------- */

static void
append_field (GString *text, gboolean is_first, const char *field)
{
  if (!is_first)
    g_string_append_c (text, '\t');
  /* Tabs and line ends would be other cells. */
  for (; *field != '\0'; field++)
    g_string_append_c (text, *field == '\t' || *field == '\n' || *field == '\r' ? ' ' : *field);
}

static void
append_row (GString *text, GtkColumnView *view, LscMeasurementRow *row)
{
  GPtrArray *columns = g_object_get_data (G_OBJECT (view), "lsc-columns");
  gboolean   is_first = TRUE;

  for (guint i = 0; i < columns->len; i++)
    {
      g_autofree char *field = NULL;

      if (gtk_column_view_column_get_column_view (g_ptr_array_index (columns, i)) != view)
        continue;
      field = row != NULL ? lsc_measurement_row_dup_text (row, i)
                          : g_strdup (lsc_measurement_column_get_title (i));
      append_field (text, is_first, field);
      is_first = FALSE;
    }
  g_string_append_c (text, '\n');
}

char *
lsc_measurement_columns_dup_text (GtkColumnView *view, const GtkBitset *rows)
{
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (view));
  GString    *text = g_string_new (NULL);

  append_row (text, view, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (LscMeasurementRow) row = g_list_model_get_item (model, i);

      if (rows == NULL || gtk_bitset_contains (rows, i))
        append_row (text, view, row);
    }
  return g_string_free (text, FALSE);
}

/* test-measurements.c: the page of measurements, with profiles that were made up.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Needs a display: run by run-under-xvfb.sh. What is expected is worked out by hand from the
 * samples of lsc-made-profile.c.
 */

#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "lsc-bars-view.h"
#include "lsc-column-view.h"
#include "lsc-find-widget.h"
#include "lsc-inspector-facts.h"
#include "lsc-made-profile.h"
#include "lsc-measurement-row.h"
#include "lsc-measurements-page.h"
#include "lsc-timeline-item.h"
#include "lsc-wait-until.h"

typedef struct
{
  GtkWidget           *window;
  LscMeasurementsPage *page;
  GtkColumnView       *view;
  GListModel          *rows; /* as they are shown */
  LscBarsView         *bars;
  LscProfile          *profile;
  gint                 cell; /* of the last signal; -1: none came */
  gint                 reference;
} Fixture;

static void
activated_cb (Fixture *fixture, guint cell)
{
  fixture->cell = (gint)cell;
}

static void
reference_cb (Fixture *fixture, guint cell)
{
  fixture->reference = (gint)cell;
}

static void
show (Fixture *fixture)
{
  g_autoptr (LscReport) report = lsc_report_new (fixture->profile);

  lsc_measurements_page_set_profile (fixture->page, fixture->profile, report);
}

static GtkWidget *
find_type (Fixture *fixture, GType type)
{
  return find (GTK_WIDGET (fixture->page), is_type, GSIZE_TO_POINTER (type));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = gtk_window_new ();
  fixture->page = lsc_measurements_page_new ();
  fixture->cell = -1;
  fixture->reference = -1;
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 800);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  g_signal_connect_swapped (fixture->page, "cell-activated", G_CALLBACK (activated_cb), fixture);
  g_signal_connect_swapped (fixture->page, "reference-chosen", G_CALLBACK (reference_cb), fixture);
  fixture->view = GTK_COLUMN_VIEW (find_type (fixture, GTK_TYPE_COLUMN_VIEW));
  fixture->bars = LSC_BARS_VIEW (find_type (fixture, LSC_TYPE_BARS_VIEW));
  fixture->rows = G_LIST_MODEL (gtk_column_view_get_model (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (fixture->page)));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (fixture->window), NULL);
  if (data != NULL)
    {
      fixture->profile = lsc_made_profile_new (GPOINTER_TO_UINT (data));
      show (fixture);
      wait_until (gtk_widget_get_mapped (GTK_WIDGET (fixture->bars)) &&
                  gtk_widget_get_width (GTK_WIDGET (fixture->bars)) > 0);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = GTK_WIDGET (fixture->page);

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *)&page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  wait_until (page == NULL);
  g_clear_object (&fixture->profile);
}

static LscMeasurementRow *
get_row (Fixture *fixture, guint position)
{
  LscMeasurementRow *row = g_list_model_get_item (fixture->rows, position);

  g_assert_nonnull (row);
  g_object_unref (row);
  return row;
}

/* A unit does not leave its figure at a line's end; here that is of no interest. Takes the text. */
static char *
with_plain_spaces (char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\302\240", -1);

  g_free (text);
  return g_strjoinv (" ", parts);
}

static void
assert_text (Fixture *fixture, guint position, LscMeasurement column, const char *expected)
{
  g_autofree char *text =
      with_plain_spaces (lsc_measurement_row_dup_text (get_row (fixture, position), column));

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
is_on_screen (Fixture *fixture, const char *text)
{
  GtkWidget *label = find (GTK_WIDGET (fixture->page), has_text, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

/* ---- figures ------------------------------------------------------------------------- */

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = find (GTK_WIDGET (fixture->page), has_label, "_Measure Precisely");

  g_assert_true (is_on_screen (fixture, "Nothing measured yet"));
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_mapped (button));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.measure");
  g_assert_cmpuint (g_list_model_get_n_items (fixture->rows), ==, 0);

  fixture->profile = lsc_made_profile_new (11);
  show (fixture);
  g_assert_false (is_on_screen (fixture, "Nothing measured yet"));
  lsc_measurements_page_set_profile (fixture->page, NULL, NULL);
  g_assert_true (is_on_screen (fixture, "Nothing measured yet"));
  g_assert_cmpuint (g_list_model_get_n_items (fixture->rows), ==, 0);
}

/* 11 samples of 3 s, 1 % apart: from 2.85 to 3.15 s, quartiles the 3.5th from each side by linear
 * interpolation: 3 s * (1 -+ 0.025). The interval of the median is the 2nd value from each side:
 * 2 * P (Binomial (11, 1/2) < 2) = 1.2 % is the most that is not above 5 %. */
static void
test_rows (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (g_list_model_get_n_items (fixture->rows), ==, 3);
  assert_text (fixture, 0, LSC_MEASUREMENT_SAMPLES, "11");
  assert_text (fixture, 0, LSC_MEASUREMENT_MEDIAN, "3.00 s");
  assert_text (fixture, 0, LSC_MEASUREMENT_MIN, "2.85 s");
  assert_text (fixture, 0, LSC_MEASUREMENT_MAX, "3.15 s");
  assert_text (fixture, 0, LSC_MEASUREMENT_INTERVAL, "2.88 s – 3.12 s");
  assert_text (fixture, 0, LSC_MEASUREMENT_USER, "2.90 s");
  assert_text (fixture, 0, LSC_MEASUREMENT_SYSTEM, "100 ms");
  assert_text (fixture, 0, LSC_MEASUREMENT_START_UP, "20.0 ms");
  assert_text (fixture, 0, LSC_MEASUREMENT_CORES, "1.00");
  assert_text (fixture, 0, LSC_MEASUREMENT_MEMORY, "12 MB");
  assert_text (fixture, 0, LSC_MEASUREMENT_WAITS, "40");
  assert_text (fixture, 0, LSC_MEASUREMENT_MAJOR_FAULTS, "unknown");
  assert_text (fixture, 0, LSC_MEASUREMENT_WORKERS, "");
  assert_text (fixture, 1, LSC_MEASUREMENT_WORKERS, "2");
  assert_text (fixture, 2, LSC_MEASUREMENT_MEDIAN, "1.50 s");
  assert_text (fixture, 2, LSC_MEASUREMENT_CORES, "2.00");
  assert_text (fixture, 2, LSC_MEASUREMENT_ALL_MEMORY, "24 MB");
  /* What the machine does not tell is said to be unknown. */
  g_assert_true (is_on_screen (fixture, "Frequency governor"));
  g_assert_true (is_on_screen (fixture, "unknown"));
  g_assert_true (is_on_screen (fixture, "0.25 before"));
}

static void
test_few (Fixture *fixture, gconstpointer data)
{
  assert_text (fixture, 0, LSC_MEASUREMENT_SAMPLES, "1");
  assert_text (fixture, 0, LSC_MEASUREMENT_MEDIAN, "3.00 s");
  assert_text (fixture, 0, LSC_MEASUREMENT_INTERVAL, "not yet");
  assert_text (fixture, 0, LSC_MEASUREMENT_DEVIATION, "");
}

static void
sort_by (Fixture *fixture, const char *title, GtkSortType type)
{
  GListModel *columns = gtk_column_view_get_columns (fixture->view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (strcmp (gtk_column_view_column_get_title (column), title) == 0)
        {
          gtk_column_view_sort_by_column (fixture->view, column, type);
          return;
        }
    }
  g_assert_not_reached ();
}

static guint
get_cell (Fixture *fixture, guint position)
{
  return lsc_measurement_row_get_cell (get_row (fixture, position));
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  sort_by (fixture, "Median", GTK_SORT_ASCENDING);
  g_assert_cmpuint (get_cell (fixture, 0), ==, 2);
  sort_by (fixture, "Memory", GTK_SORT_DESCENDING);
  g_assert_cmpuint (get_cell (fixture, 0), ==, 2);
  g_assert_cmpuint (get_cell (fixture, 1), ==, 1);
  g_assert_cmpuint (get_cell (fixture, 2), ==, 0);
}

/* A sample that changes the order takes the row along, not the selection to another one. */
static void
test_settles (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *selection = gtk_column_view_get_model (fixture->view);
  LscMeasurementRow *row;

  sort_by (fixture, "Median", GTK_SORT_ASCENDING);
  gtk_selection_model_select_item (selection, 0, TRUE);
  row = get_row (fixture, 0);
  g_assert_true (lsc_bars_view_focus_cell (fixture->bars, 2));

  /* Processes become the slowest. */
  for (guint i = 0; i < 30; i++)
    {
      lsc_made_profile_add (fixture->profile, 2, 9);
      show (fixture);
    }
  wait_until (get_cell (fixture, 2) == 2);
  g_assert_true (get_row (fixture, 2) == row);
  g_assert_true (gtk_selection_model_is_selected (selection, 2));
  g_assert_false (gtk_selection_model_is_selected (selection, 0));
  assert_text (fixture, 2, LSC_MEASUREMENT_SAMPLES, "41");
  assert_text (fixture, 2, LSC_MEASUREMENT_MEDIAN, "9.00 s");
  g_assert_cmpint (lsc_bars_view_get_focus (fixture->bars), ==, 2);
}

/* ---- from here to there -------------------------------------------------------------- */

static void
test_activate (Fixture *fixture, gconstpointer data)
{
  sort_by (fixture, "Median", GTK_SORT_ASCENDING);
  g_signal_emit_by_name (fixture->view, "activate", 0u);
  g_assert_cmpint (fixture->cell, ==, 2);

  g_assert_true (lsc_bars_view_focus_cell (fixture->bars, 1));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "measurements.show-in-timeline", NULL);
  g_assert_cmpint (fixture->cell, ==, 1);
}

static void
test_reference (Fixture *fixture, gconstpointer data)
{
  GtkDropDown *chooser = GTK_DROP_DOWN (find_type (fixture, GTK_TYPE_DROP_DOWN));

  g_assert_cmpuint (gtk_drop_down_get_selected (chooser), ==, 0);
  g_assert_cmpint (fixture->reference, ==, -1);
  gtk_drop_down_set_selected (chooser, 2);
  g_assert_cmpint (fixture->reference, ==, 2);
  /* The page waits for whoever makes the report. */
  lsc_profile_set_reference (fixture->profile, 2);
  show (fixture);
  g_assert_cmpint (lsc_measurement_row_get_verdict (get_row (fixture, 0), LSC_MEASUREMENT_VERDICT),
                   ==, LSC_VERDICT_SLOWER);
  g_assert_cmpint (lsc_measurement_row_get_verdict (get_row (fixture, 2), LSC_MEASUREMENT_VERDICT),
                   ==, LSC_VERDICT_NONE);
}

static void
text_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  *(char **)data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static char *
dup_clipboard (Fixture *fixture)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture->window), NULL, text_cb, &text);
  wait_until (text != NULL);
  return with_plain_spaces (text);
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *selection = gtk_column_view_get_model (fixture->view);
  g_autofree char   *rows = NULL;
  g_autofree char   *all = NULL;
  g_autofree char   *bar = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) all_lines = NULL;
  g_auto (GStrv) titles = NULL;
  g_auto (GStrv) fields = NULL;

  gtk_selection_model_select_item (selection, 1, TRUE);
  gtk_selection_model_select_item (selection, 2, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "measurements.copy", NULL);
  rows = dup_clipboard (fixture);
  lines = g_strsplit (rows, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  titles = g_strsplit (lines[0], "\t", -1);
  fields = g_strsplit (lines[2], "\t", -1);
  g_assert_cmpuint (g_strv_length (fields), ==, g_strv_length (titles));
  g_assert_cmpstr (titles[0], ==, "What");
  g_assert_cmpstr (titles[1], ==, "Median");
  g_assert_cmpstr (fields[1], ==, "1.50 s");
  g_assert_nonnull (strstr (fields[0], "Processes"));

  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "measurements.copy-table", NULL);
  all = dup_clipboard (fixture);
  all_lines = g_strsplit (all, "\n", -1);
  g_assert_cmpuint (g_strv_length (all_lines), ==, 5);

  /* Of a bar, its figures in words. */
  g_assert_true (lsc_bars_view_focus_cell (fixture->bars, 2));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "measurements.copy", NULL);
  bar = dup_clipboard (fixture);
  g_assert_nonnull (strstr (bar, "1.50 s"));
}

/* ---- the bars ------------------------------------------------------------------------ */

static gboolean
says (LscTimelineItem *item, const char *what)
{
  g_autofree char *label = with_plain_spaces (g_strdup (lsc_timeline_item_get_label (item)));

  return strstr (label, what) != NULL;
}

static LscTimelineItem *
get_item (Fixture *fixture, guint position)
{
  GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (fixture->bars));

  for (guint i = 0; i < position && item != NULL; i++)
    item = gtk_widget_get_next_sibling (item);
  g_assert_true (LSC_IS_TIMELINE_ITEM (item));
  return LSC_TIMELINE_ITEM (item);
}

/* A screen reader has a text for each bar, from top to bottom, and the focus is on the bar's. */
static void
test_bars_as_list (Fixture *fixture, gconstpointer data)
{
  LscTimelineItem *first = get_item (fixture, 0);

  g_assert_true (says (first, "3.00 s"));
  g_assert_true (says (get_item (fixture, 2), "1.50 s"));
  g_assert_true (lsc_bars_view_focus_cell (fixture->bars, 2));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (get_item (fixture, 2))));

  /* The fastest stands first, and takes the focus along. */
  lsc_bars_view_set_order (fixture->bars, LSC_BARS_FASTEST_FIRST);
  wait_until (says (first, "1.50 s"));
  g_assert_cmpint (lsc_bars_view_get_focus (fixture->bars), ==, 2);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (first)));
}

/* A bar that stands under a heading says it, and so does its row. */
static void
test_groups (Fixture *fixture, gconstpointer data)
{
  static const char *const workloads[] = { "structures-c", "structures-python" };
  static const char *const inputs[] = { "build_set", "build_list" };

  fixture->profile = lsc_profile_new ();
  for (guint i = 0; i < 4; i++)
    {
      const LscProfileCell cell = { .workload_id = (char *)workloads[i / 2],
                                    .workload_name = (char *)workloads[i / 2],
                                    .input = (char *)inputs[i % 2],
                                    .command = (char *)inputs[i % 2],
                                    .executor = LSC_EXECUTOR_SEQUENTIAL,
                                    .n_workers = 1,
                                    .n_tasks = 1,
                                    .n_calls = 1,
                                    .warm_up_ns = -1 };

      lsc_profile_add_cell (fixture->profile, &cell);
    }
  show (fixture);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (fixture->bars)) &&
              gtk_widget_get_width (GTK_WIDGET (fixture->bars)) > 0 &&
              lsc_timeline_item_get_label (get_item (fixture, 0)) != NULL);
  {
    g_autoptr (LscReport) report = lsc_report_new (fixture->profile);

    g_assert_cmpuint (lsc_report_get_n_groups (report), ==, 2);
    for (guint i = 0; i < 4; i++)
      {
        const char      *group = lsc_report_get_group_name (report, i % 2);
        g_autofree char *what =
            lsc_measurement_row_dup_text (get_row (fixture, i), LSC_MEASUREMENT_WHAT);
        g_autofree char *bar = lsc_bars_view_dup_text (fixture->bars, i);

        g_assert_true (g_str_has_prefix (what, group));
        g_assert_true (g_str_has_prefix (bar, group));
      }
  }
}

/* Tab comes to the bars, to the table and out of the page again: nothing on the way keeps it. */
static void
test_tab (Fixture *fixture, gconstpointer data)
{
  gboolean was_on_bars = FALSE;
  gboolean was_in_table = FALSE;
  guint    n = 0;

  while (n++ < 40 && gtk_widget_child_focus (GTK_WIDGET (fixture->page), GTK_DIR_TAB_FORWARD))
    {
      was_on_bars |= gtk_widget_get_focus_child (GTK_WIDGET (fixture->bars)) != NULL;
      was_in_table |= gtk_widget_get_focus_child (GTK_WIDGET (fixture->view)) != NULL;
    }
  g_assert_cmpuint (n, <, 40);
  g_assert_true (was_on_bars);
  g_assert_true (was_in_table);
}

/* ---- the inspector ------------------------------------------------------------------- */

static char *
find_fact (GPtrArray *facts, const char *label)
{
  return with_plain_spaces (g_strdup (lsc_inspector_facts_find (facts, label)));
}

static void
assert_fact (GPtrArray *facts, const char *label, const char *expected)
{
  g_autofree char *value = find_fact (facts, label);

  g_assert_cmpstr (value, ==, expected);
}

static const char *
get_heading (GPtrArray *facts)
{
  return ((LscFact *)g_ptr_array_index (facts, 0))->label;
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* All figures of the bar that has the focus, and what the table does not show; the way to its
 * timeline, which a file has not. */
static void
test_facts_of_bar (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) facts = NULL;
  guint n = 0;

  g_signal_connect_swapped (fixture->page, "focus-changed", G_CALLBACK (count_cb), &n);
  g_assert_false (lsc_measurements_page_has_timeline (fixture->page));
  g_assert_true (lsc_bars_view_focus_cell (fixture->bars, 2));
  g_assert_cmpuint (n, >, 0);
  facts = lsc_measurements_page_make_facts (fixture->page);
  g_assert_cmpstr (get_heading (facts), ==, "Processes, 2 workers");
  assert_fact (facts, "Median", "1.50 s");
  assert_fact (facts, "Samples", "11");
  assert_fact (facts, "Lower quartile", "1.46 s"); /* 1.5 s * (1 - 0.025) */
  assert_fact (facts, "Workers", "2");

  g_assert_true (lsc_measurements_page_has_timeline (fixture->page));
  lsc_measurements_page_activate_focus (fixture->page);
  g_assert_cmpint (fixture->cell, ==, 2);
  lsc_measurements_page_set_file (fixture->page, "made.json", NULL);
  g_assert_false (lsc_measurements_page_has_timeline (fixture->page));
}

/* Without a focus all of them are told in short; so when it is taken away. */
static void
test_facts_of_all (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) facts = lsc_measurements_page_make_facts (fixture->page);
      guint n_headings = 0;

      for (guint j = 0; j < facts->len; j++)
        n_headings += ((LscFact *)g_ptr_array_index (facts, j))->kind == LSC_FACT_HEADING;
      g_assert_cmpuint (n_headings, ==, 3);
      g_assert_cmpstr (get_heading (facts), ==, "Sequential");
      assert_fact (facts, "Median", "3.00 s");
      g_assert_null (lsc_inspector_facts_find (facts, "Minimum"));

      g_assert_true (lsc_bars_view_focus_cell (fixture->bars, 1));
      lsc_bars_view_clear_focus (fixture->bars);
    }
  lsc_measurements_page_set_profile (fixture->page, NULL, NULL);
  {
    g_autoptr (GPtrArray) nothing = lsc_measurements_page_make_facts (fixture->page);

    g_assert_cmpstr (get_heading (nothing), ==, "Nothing to see yet");
  }
}

/* What is told follows the samples that come in. */
static void
test_facts_follow (Fixture *fixture, gconstpointer data)
{
  guint n = 0;

  g_assert_true (lsc_bars_view_focus_cell (fixture->bars, 1));
  g_signal_connect_swapped (fixture->page, "focus-changed", G_CALLBACK (count_cb), &n);
  lsc_made_profile_add (fixture->profile, 1, 3.0);
  show (fixture);
  wait_until (n > 0);
  {
    g_autoptr (GPtrArray) facts = lsc_measurements_page_make_facts (fixture->page);

    assert_fact (facts, "Samples", "12");
  }
}

/* ---- baselines ----------------------------------------------------------------------- */

static gboolean
is_alarm (GtkWidget *widget, gconstpointer unused)
{
  return gtk_widget_has_css_class (widget, "alarm");
}

static void
test_baseline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscProfile) old = lsc_made_profile_new (11);
  GListModel *columns = gtk_column_view_get_columns (fixture->view);
  guint       n = g_list_model_get_n_items (columns);

  /* The processes were twice as fast then, on another machine. */
  for (guint i = 0; i < 40; i++)
    lsc_made_profile_add (old, 2, 0.75 + 0.0001 * i);
  g_free (lsc_profile_get_conditions (old)->machine);
  lsc_profile_get_conditions (old)->machine = g_strdup ("fedcba9876543210");
  lsc_measurements_page_set_baseline (fixture->page, old, "old.json");

  g_assert_cmpuint (g_list_model_get_n_items (columns), ==, n + 1);
  g_assert_cmpint (lsc_measurement_row_get_verdict (get_row (fixture, 2), LSC_MEASUREMENT_BASELINE),
                   ==, LSC_VERDICT_SLOWER);
  g_assert_true (is_on_screen (fixture, "old.json"));
  {
    GtkWidget *alarm = find (GTK_WIDGET (fixture->page), is_alarm, NULL);

    g_assert_nonnull (alarm);
    g_assert_true (gtk_widget_get_mapped (alarm));
  }

  lsc_measurements_page_set_baseline (fixture->page, NULL, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (columns), ==, n);
  g_assert_false (gtk_widget_get_mapped (find (GTK_WIDGET (fixture->page), is_alarm, NULL)));
}

/* Chosen columns are there, in the order of the table, and are remembered. */
static void
test_columns (Fixture *fixture, gconstpointer data)
{
  static const char *const wanted[] = { "mean", "min", NULL };
  GListModel              *columns = gtk_column_view_get_columns (fixture->view);
  g_auto (GStrv) chosen = NULL;
  g_autofree char *titles = NULL;

  g_object_set (fixture->page, "columns", wanted, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (columns), ==, 3);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "columns.median", NULL);
  g_object_get (fixture->page, "columns", &chosen, NULL);
  titles = g_strjoinv (" ", chosen);
  g_assert_cmpstr (titles, ==, "median min mean");
  g_assert_cmpuint (g_list_model_get_n_items (columns), ==, 4);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();

#define ADD(path, n, func) g_test_add (path, Fixture, GUINT_TO_POINTER (n), set_up, func, tear_down)
  ADD ("/ui/measurements/empty", 0, test_empty);
  ADD ("/ui/measurements/rows", 11, test_rows);
  ADD ("/ui/measurements/few", 1, test_few);
  ADD ("/ui/measurements/sort", 11, test_sort);
  ADD ("/ui/measurements/settles", 11, test_settles);
  ADD ("/ui/measurements/activate", 11, test_activate);
  ADD ("/ui/measurements/reference", 11, test_reference);
  ADD ("/ui/measurements/copy", 11, test_copy);
  ADD ("/ui/measurements/bars-as-list", 11, test_bars_as_list);
  ADD ("/ui/measurements/tab", 11, test_tab);
  ADD ("/ui/measurements/groups", 0, test_groups);
  ADD ("/ui/measurements/facts-of-bar", 11, test_facts_of_bar);
  ADD ("/ui/measurements/facts-of-all", 11, test_facts_of_all);
  ADD ("/ui/measurements/facts-follow", 11, test_facts_follow);
  ADD ("/ui/measurements/baseline", 11, test_baseline);
  ADD ("/ui/measurements/columns", 11, test_columns);

  return g_test_run ();
}

/* test-pages.c: the pages of results and of output, used as one does: found, sorted, copied,
 * gone to.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Needs a display: run by run-under-xvfb.sh.
 */

#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "lsc-demo-recording.h"
#include "lsc-output-model.h"
#include "lsc-output-page.h"
#include "lsc-results-model.h"
#include "lsc-results-page.h"
#include "lsc-timeline.h"
#include "lsc-wait-until.h"

/* Of the demo recording: task 9 (index 8) fails, task 17 (index 16) crashes. */
#define N_TASKS 24
#define FAILED  8
#define CRASHED 16

typedef struct
{
  LscScene       *scene;
  GtkWidget      *window;
  LscResultsPage *results;
  LscOutputPage  *output;
  LscTimeline    *timeline;
  GListModel     *rows; /* of the results' view */
  guint           strip;
  guint           task;
  guint           n_signals;
} Fixture;

static void
task_cb (Fixture *fixture, guint strip, guint task)
{
  fixture->strip = strip;
  fixture->task = task;
  fixture->n_signals++;
}

static GtkWidget *
find (gpointer root, GType type)
{
  GtkWidget *widget = root;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_button (gpointer root, const char *label)
{
  GtkWidget *widget = root;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const LscExecutorKind kinds[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_PROCESSES };
  GtkWidget                   *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->scene = lsc_scene_new ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (LscRecording) recording = lsc_demo_recording_new (kinds[i], 3, N_TASKS);
      guint index = lsc_scene_add_strip (fixture->scene, recording, kinds[i], i == 0 ? 1 : 3);

      lsc_scene_get_strip (fixture->scene, index)->now_ns = lsc_recording_get_wall_ns (recording);
    }
  fixture->window = gtk_window_new ();
  fixture->results = lsc_results_page_new ();
  fixture->output = lsc_output_page_new ();
  fixture->timeline = lsc_timeline_new ();
  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *pages[] = { GTK_WIDGET (fixture->results), GTK_WIDGET (fixture->output),
                             GTK_WIDGET (fixture->timeline) };

      gtk_widget_set_vexpand (pages[i], TRUE);
      gtk_box_append (GTK_BOX (box), pages[i]);
    }
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 800);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  g_signal_connect_swapped (fixture->results, "task-activated", G_CALLBACK (task_cb), fixture);
  g_signal_connect_swapped (fixture->results, "task-output", G_CALLBACK (task_cb), fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (fixture->window), NULL);
  lsc_results_page_set_scene (fixture->results, fixture->scene, NULL, NULL);
  lsc_output_page_set_scene (fixture->output, fixture->scene);
  lsc_timeline_set_scene (fixture->timeline, fixture->scene);
  wait_until (find (fixture->results, GTK_TYPE_COLUMN_VIEW) != NULL);
  fixture->rows = G_LIST_MODEL (
      gtk_column_view_get_model (GTK_COLUMN_VIEW (find (fixture->results, GTK_TYPE_COLUMN_VIEW))));
  wait_until (g_list_model_get_n_items (fixture->rows) == N_TASKS);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GtkWidget *results = GTK_WIDGET (fixture->results);
  GtkWidget *output = GTK_WIDGET (fixture->output);

  g_object_add_weak_pointer (G_OBJECT (results), (gpointer *)&results);
  g_object_add_weak_pointer (G_OBJECT (output), (gpointer *)&output);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  wait_until (results == NULL && output == NULL);
  g_object_unref (fixture->scene);
}

static guint
get_task (Fixture *fixture, guint position)
{
  g_autoptr (LscResultsRow) row = g_list_model_get_item (fixture->rows, position);

  return lsc_results_row_get_index (row);
}

static void
type_text (gpointer page, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (page, GTK_TYPE_SEARCH_ENTRY)), text);
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
  return text;
}

static gboolean
has_content (Fixture *fixture)
{
  return gdk_clipboard_get_content (gtk_widget_get_clipboard (fixture->window)) != NULL;
}

/* ---- results --------------------------------------------------------------------------------- */

static void
test_find (Fixture *fixture, gconstpointer data)
{
  LscTaskTable *tasks =
      lsc_recording_get_tasks (lsc_scene_get_strip (fixture->scene, 1)->recording);
  const char *wanted = lsc_task_table_get_input (tasks, 5);

  type_text (fixture->results, wanted);
  wait_until (g_list_model_get_n_items (fixture->rows) < N_TASKS);
  for (guint i = 0; i < g_list_model_get_n_items (fixture->rows); i++)
    {
      guint index = get_task (fixture, i);

      g_assert_true (strstr (lsc_task_table_get_input (tasks, index), wanted) != NULL ||
                     strstr (lsc_task_table_get_output (tasks, index), wanted) != NULL);
    }
  type_text (fixture->results, "");
  wait_until (g_list_model_get_n_items (fixture->rows) == N_TASKS);
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (find (fixture->results, GTK_TYPE_COLUMN_VIEW));
  g_autoptr (GtkColumnViewColumn) numbers =
      g_list_model_get_item (gtk_column_view_get_columns (view), 0);

  gtk_column_view_sort_by_column (view, numbers, GTK_SORT_DESCENDING);
  g_assert_cmpuint (get_task (fixture, 0), ==, N_TASKS - 1);
  g_assert_cmpuint (get_task (fixture, N_TASKS - 1), ==, 0);
  gtk_column_view_sort_by_column (view, numbers, GTK_SORT_ASCENDING);
  g_assert_cmpuint (get_task (fixture, 0), ==, 0);
}

/* From a row to its task, whatever stands above it. */
static void
test_go_to (Fixture *fixture, gconstpointer data)
{
  GtkColumnView   *view = GTK_COLUMN_VIEW (find (fixture->results, GTK_TYPE_COLUMN_VIEW));
  GtkWidget       *failures = NULL;
  LscTimelineFocus focus;

  failures = find_button (fixture->results, "Only failures");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (failures), TRUE);
  wait_until (g_list_model_get_n_items (fixture->rows) == 2);
  g_signal_emit_by_name (view, "activate", 1u);
  g_assert_cmpuint (fixture->n_signals, ==, 1);
  g_assert_cmpuint (fixture->strip, ==, 1);
  g_assert_cmpuint (fixture->task, ==, CRASHED);

  g_assert_true (lsc_timeline_focus_task (fixture->timeline, fixture->strip, fixture->task));
  lsc_timeline_get_focus (fixture->timeline, &focus);
  g_assert_cmpint (focus.strip, ==, 1);
  g_assert_true (focus.has_span);
  g_assert_cmpuint (focus.span.task, ==, CRASHED);
  g_assert_cmpuint (focus.span.status, ==, LSC_TASK_CRASHED);
  g_assert_false (lsc_timeline_focus_task (fixture->timeline, 1, N_TASKS));
  g_assert_false (lsc_timeline_focus_task (fixture->timeline, 2, 0));

  gtk_selection_model_select_item (gtk_column_view_get_model (view), 0, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->results), "results.show-output", NULL);
  g_assert_cmpuint (fixture->n_signals, ==, 2);
  g_assert_cmpuint (fixture->task, ==, FAILED);
}

/* The selected rows with their headings, and all without a selection. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  GtkColumnView   *view = GTK_COLUMN_VIEW (find (fixture->results, GTK_TYPE_COLUMN_VIEW));
  g_autofree char *some = NULL;
  g_auto (GStrv) lines = NULL;

  gtk_selection_model_select_item (gtk_column_view_get_model (view), 3, TRUE);
  gtk_selection_model_select_item (gtk_column_view_get_model (view), 7, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (fixture->results), "results.copy", NULL);
  wait_until (has_content (fixture));
  some = dup_clipboard (fixture);
  lines = g_strsplit (some, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_prefix (lines[0], "No.\tInput\tResult\tStatus\t"));
  g_assert_true (g_str_has_prefix (lines[1], "4\t"));
  g_assert_true (g_str_has_prefix (lines[2], "8\t"));
}

/* ---- output ---------------------------------------------------------------------------------- */

/* Only that task's line, until the user wants all again. */
static void
test_output (Fixture *fixture, gconstpointer data)
{
  GtkListView    *view = GTK_LIST_VIEW (find (fixture->output, GTK_TYPE_LIST_VIEW));
  GListModel     *lines = G_LIST_MODEL (gtk_list_view_get_model (view));
  LscOutputStore *store =
      lsc_recording_get_output (lsc_scene_get_strip (fixture->scene, 1)->recording);
  guint            n_all = (guint)lsc_output_store_get_n_lines (store);
  g_autofree char *text = NULL;
  g_autofree char *printed = NULL;

  wait_until (g_list_model_get_n_items (lines) == n_all);
  lsc_output_page_show_task (fixture->output, 1, 5);
  wait_until (g_list_model_get_n_items (lines) == 1);
  {
    g_autoptr (LscOutputRow) row = g_list_model_get_item (lines, 0);

    g_assert_cmpuint (lsc_output_row_get_line (row)->task, ==, 5);
    printed = g_strdup_printf ("%s\n", lsc_output_row_get_line (row)->text);
  }
  gtk_widget_activate_action (GTK_WIDGET (fixture->output), "output.copy", NULL);
  wait_until (has_content (fixture));
  text = dup_clipboard (fixture);
  g_assert_cmpstr (text, ==, printed);

  g_signal_emit_by_name (find_button (fixture->output, "Task 6  ✕"), "clicked");
  wait_until (g_list_model_get_n_items (lines) == n_all);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/ui/pages/find", test_find);
  ADD ("/ui/pages/sort", test_sort);
  ADD ("/ui/pages/go-to", test_go_to);
  ADD ("/ui/pages/copy", test_copy);
  ADD ("/ui/pages/output", test_output);

  return g_test_run ();
}

/* test-widgets.c: every widget of the window is made, does what it shows, and goes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Needs a display: run by run-under-xvfb.sh.
 */

#include "config.h"

#include <glib/gstdio.h>

#include "lsc-application.h"
#include "lsc-code-indenter.h"
#include "lsc-code-panel.h"
#include "lsc-code-view.h"
#include "lsc-demo-recording.h"
#include "lsc-lines-editor.h"
#include "lsc-main-thread.h"
#include "lsc-mode-toggle.h"
#include "lsc-parameter-form.h"
#include "lsc-picture-dialog.h"
#include "lsc-run-bar.h"
#include "lsc-sidebar.h"
#include "lsc-window.h"
#include "lsc-workload-page.h"
#include "lsc-wrap-layout.h"

/* The window must work, whole, on a screen this wide. */
#define NARROW_PX 600

static gboolean
settled_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
settle (guint ms)
{
  gboolean is_settled = FALSE;

  g_timeout_add (ms, settled_cb, &is_settled);
  while (!is_settled)
    g_main_context_iteration (NULL, TRUE);
}

typedef gboolean (*Match) (GtkWidget *widget, gconstpointer data);

static GtkWidget *
find (GtkWidget *widget, Match match, gconstpointer data)
{
  if (match (widget, data))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, match, data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_label (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_BUTTON (widget) &&
         g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), data) == 0;
}

static gboolean
is_mode (GtkWidget *widget, gconstpointer data)
{
  return LSC_IS_MODE_TOGGLE (widget) &&
         lsc_mode_toggle_get_kind (LSC_MODE_TOGGLE (widget)) == GPOINTER_TO_UINT (data);
}

static gboolean
is_visible_problem (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "problem") &&
         gtk_widget_get_visible (widget) && *gtk_label_get_label (GTK_LABEL (widget)) != '\0';
}

static gboolean
is_type (GtkWidget *widget, gconstpointer data)
{
  return G_TYPE_CHECK_INSTANCE_TYPE (widget, GPOINTER_TO_SIZE (data));
}

static gboolean
is_entry_with_text (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_ENTRY (widget) &&
         g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (widget)), data) == 0;
}

/* No widget between it and `root` is hidden. */
static gboolean
is_shown_in (GtkWidget *widget, GtkWidget *root)
{
  for (; widget != root; widget = gtk_widget_get_parent (widget))
    if (!gtk_widget_get_visible (widget))
      return FALSE;
  return TRUE;
}

static LscSession *
make_session (void)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("primes");

  return lsc_session_new (workload);
}

/* ---- parts -------------------------------------------------------------------- */

static void
test_wrap_layout (void)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  int        minimum;
  int        natural;

  gtk_widget_set_layout_manager (
      box, g_object_new (LSC_TYPE_WRAP_LAYOUT, "spacing", 10, "line-spacing", 5, NULL));
  for (guint i = 0; i < 5; i++)
    {
      GtkWidget *child = gtk_drawing_area_new ();

      gtk_widget_set_size_request (child, 100, 20);
      gtk_box_append (GTK_BOX (box), child);
    }

  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);
  g_assert_cmpint (natural, ==, 5 * 100 + 4 * 10);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 540, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 20);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 539, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 2 * 20 + 5);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 210, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 3 * 20 + 2 * 5);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, 100, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 5 * 20 + 4 * 5);
  g_assert_finalize_object (box);
}

static void
test_form (void)
{
  g_autoptr (LscSession) session = make_session ();
  LscInputs        *inputs = lsc_session_get_inputs (session);
  LscParameterForm *form = g_object_ref_sink (lsc_parameter_form_new ());
  GtkWidget        *entry;
  GtkWidget        *lines;

  lsc_parameter_form_set_inputs (form, inputs);
  lsc_inputs_set_text (inputs, "inputs", "range");
  entry = find (GTK_WIDGET (form), is_entry_with_text, "1000000");
  g_assert_nonnull (entry);
  g_assert_null (find (GTK_WIDGET (form), is_visible_problem, NULL));

  /* Typing reaches the inputs; what is wrong is said at once. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "18446744073709551616");
  g_assert_nonnull (lsc_inputs_get_problem (inputs, "to"));
  g_assert_nonnull (find (GTK_WIDGET (form), is_visible_problem, NULL));
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "18446744073709551615");
  g_assert_null (find (GTK_WIDGET (form), is_visible_problem, NULL));
  g_assert_false (gtk_widget_has_css_class (entry, "error"));

  /* Others' changes show; fields come and go with the choice. */
  lsc_inputs_set_text (inputs, "to", "55");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "55");
  lines = find (GTK_WIDGET (form), is_type, GSIZE_TO_POINTER (LSC_TYPE_LINES_EDITOR));
  g_assert_nonnull (lines);
  g_assert_false (is_shown_in (lines, GTK_WIDGET (form)));
  g_assert_true (is_shown_in (entry, GTK_WIDGET (form)));
  lsc_inputs_set_text (inputs, "inputs", "list");
  g_assert_true (is_shown_in (lines, GTK_WIDGET (form)));
  g_assert_false (is_shown_in (entry, GTK_WIDGET (form)));
  g_assert_finalize_object (form);
}

/* More lines than a text view should lay out are not put into it. */
static void
test_many_lines (void)
{
  GtkWidget *editor = g_object_ref_sink (lsc_lines_editor_new ("Numbers", "One a line"));
  GtkWidget *view = find (editor, is_type, GSIZE_TO_POINTER (GTK_TYPE_TEXT_VIEW));
  GtkWidget *stack = find (editor, is_type, GSIZE_TO_POINTER (GTK_TYPE_STACK));
  g_autoptr (GString) many = g_string_new (NULL);

  lsc_lines_editor_set_text (LSC_LINES_EDITOR (editor), "1\n2\n3");
  g_assert_cmpint (gtk_text_buffer_get_line_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view))),
                   ==, 3);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "text");
  for (guint i = 0; i < 10001; i++)
    g_string_append_printf (many, "%u\n", i);
  lsc_lines_editor_set_text (LSC_LINES_EDITOR (editor), many->str);
  g_assert_cmpint (gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view))),
                   ==, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "many");
  g_assert_finalize_object (editor);
}

static void
check_indent (const char *line, const char *expected)
{
  g_autofree char *indent = lsc_code_indenter_dup_indent (line, 4);

  g_assert_cmpstr (indent, ==, expected);
}

static void
test_code_indenter (void)
{
  check_indent ("def f (x):", "    ");
  check_indent ("    for i in x:  ", "        ");
  check_indent ("    y = x", "    ");
  check_indent ("        return y", "    ");
  check_indent ("\tif x:", "\t    ");
  check_indent ("    returned = 1", "    ");
  check_indent ("    pass", "");
  check_indent ("pass", "");
  check_indent ("# Note:", "");
  check_indent ("", "");
}

static void
edited_cb (LscCodeView *view, const char *text, gpointer user_data)
{
  char **edited = user_data;

  g_free (*edited);
  *edited = g_strdup (text);
}

/* What the program shows is no edit of the user's; what the user types is. */
static void
test_code_view (void)
{
  GtkWidget       *view = g_object_ref_sink (lsc_code_view_new ());
  GtkWidget       *text_view = find (view, is_type, GSIZE_TO_POINTER (GTK_TYPE_TEXT_VIEW));
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text_view));
  g_autofree char *edited = NULL;
  g_autofree char *text = NULL;

  g_signal_connect (view, "edited", G_CALLBACK (edited_cb), &edited);
  lsc_code_view_set_language (LSC_CODE_VIEW (view), "python");
  lsc_code_view_set_text (LSC_CODE_VIEW (view), "def f (x):\n    return x\n");
  g_assert_null (edited);
  g_assert_false (gtk_text_view_get_editable (GTK_TEXT_VIEW (text_view)));
  g_assert_false (gtk_text_buffer_get_can_undo (buffer));

  lsc_code_view_set_editable (LSC_CODE_VIEW (view), TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, "# mine\n", -1);
  g_assert_cmpstr (edited, ==, "# mine\ndef f (x):\n    return x\n");
  gtk_text_buffer_undo (buffer);
  text = lsc_code_view_dup_text (LSC_CODE_VIEW (view));
  g_assert_cmpstr (text, ==, "def f (x):\n    return x\n");

  /* Of a line that is not there, or of none. */
  lsc_code_view_set_problem (LSC_CODE_VIEW (view), 900, "Line 900: too far");
  g_assert_nonnull (find (view, is_visible_problem, NULL));
  lsc_code_view_set_problem (LSC_CODE_VIEW (view), 0, "No such file");
  lsc_code_view_set_problem (LSC_CODE_VIEW (view), 0, NULL);
  g_assert_null (find (view, is_visible_problem, NULL));
  g_assert_finalize_object (view);
}

static void
test_run_bar (void)
{
  g_autoptr (LscSession) session = make_session ();
  GtkWidget *bar = g_object_ref_sink (g_object_new (LSC_TYPE_RUN_BAR, NULL));
  GtkWidget *threads;
  GtkWidget *async;
  GtkWidget *run;

  lsc_run_bar_set_session (LSC_RUN_BAR (bar), session);
  threads = find (bar, is_mode, GUINT_TO_POINTER (LSC_EXECUTOR_THREADS));
  async = find (bar, is_mode, GUINT_TO_POINTER (LSC_EXECUTOR_ASYNC));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (threads)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (threads), FALSE);
  g_assert_false (lsc_session_get_mode (session, LSC_EXECUTOR_THREADS));
  lsc_session_set_mode (session, LSC_EXECUTOR_THREADS, TRUE);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (threads)));

  /* A mode that makes no sense is off, with the reason. */
  g_assert_cmpint (
      gtk_widget_get_sensitive (async), ==,
      lsc_workload_supports (lsc_session_get_workload (session), NULL, LSC_EXECUTOR_ASYNC, NULL));
  g_assert_nonnull (gtk_widget_get_tooltip_text (async));

  /* Off only while another workload is in the way. */
  run = find (bar, has_label, "Run");
  g_assert_nonnull (run);
  g_assert_true (gtk_widget_get_sensitive (run));
  lsc_run_bar_set_blocker (LSC_RUN_BAR (bar), "Empty tasks is still running");
  g_assert_false (gtk_widget_get_sensitive (run));
  lsc_run_bar_set_blocker (LSC_RUN_BAR (bar), NULL);
  g_assert_true (gtk_widget_get_sensitive (run));
  g_assert_finalize_object (bar);
}

static void
test_sidebar (void)
{
  g_autoptr (LscCatalogue) catalogue = lsc_catalogue_new ("/nonexistent");
  GtkWidget     *sidebar = g_object_ref_sink (g_object_new (LSC_TYPE_SIDEBAR, NULL));
  GtkWidget     *list = find (sidebar, is_type, GSIZE_TO_POINTER (GTK_TYPE_LIST_BOX));
  GtkWidget     *search = find (sidebar, is_type, GSIZE_TO_POINTER (GTK_TYPE_SEARCH_ENTRY));
  GtkListBoxRow *row;
  g_autoptr (LscWorkload) primes = lsc_catalogue_find (catalogue, "primes", NULL);
  guint n = 0;

  lsc_sidebar_set_catalogue (LSC_SIDEBAR (sidebar), catalogue);
  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), n) != NULL)
    n++;
  g_assert_cmpuint (n, ==, g_list_model_get_n_items (G_LIST_MODEL (catalogue)));
  lsc_sidebar_select (LSC_SIDEBAR (sidebar), G_OBJECT (primes));
  g_assert_nonnull (gtk_list_box_get_selected_row (GTK_LIST_BOX (list)));

  gtk_editable_set_text (GTK_EDITABLE (search), "  PRIMES ");
  g_signal_emit_by_name (search, "search-changed");
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0);
  g_assert_nonnull (row);
  g_assert_true (gtk_list_box_get_selected_row (GTK_LIST_BOX (list)) == row);
  gtk_editable_set_text (GTK_EDITABLE (search), "no workload is called this");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  g_assert_finalize_object (sidebar);
}

/* The code is there until there is something to see, or as long as the user wants it. */
static void
test_page_code (void)
{
  g_autoptr (LscSession) session = make_session ();
  GtkWidget *page = g_object_ref_sink (g_object_new (LSC_TYPE_WORKLOAD_PAGE, NULL));
  GtkWidget *panel = find (page, is_type, GSIZE_TO_POINTER (LSC_TYPE_CODE_PANEL));
  GtkWidget *button = find (page, has_label, "Code");

  g_assert_false (gtk_widget_get_visible (button));
  lsc_workload_page_set_session (LSC_WORKLOAD_PAGE (page), session);
  g_assert_true (gtk_widget_get_visible (button));
  g_assert_true (gtk_widget_get_visible (panel));
  lsc_session_start (session);
  while (lsc_session_get_state (session) == LSC_SESSION_PREPARING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (gtk_widget_get_visible (panel));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_assert_true (gtk_widget_get_visible (panel));
  lsc_session_terminate (session);
  while (lsc_session_get_state (session) != LSC_SESSION_IDLE)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_get_visible (panel));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), FALSE);
  g_assert_false (gtk_widget_get_visible (panel));
  g_assert_finalize_object (page);
}

static void
test_workload_page (void)
{
  g_autoptr (LscSession) session = make_session ();
  g_autoptr (LscSession) other = make_session ();
  GtkWidget *page = g_object_ref_sink (g_object_new (LSC_TYPE_WORKLOAD_PAGE, NULL));

  lsc_workload_page_set_session (LSC_WORKLOAD_PAGE (page), session);
  g_assert_true (lsc_timeline_get_scene (lsc_workload_page_get_timeline (
                     LSC_WORKLOAD_PAGE (page))) == lsc_session_get_scene (session));
  lsc_workload_page_set_session (LSC_WORKLOAD_PAGE (page), other);
  g_assert_true (lsc_timeline_get_scene (lsc_workload_page_get_timeline (
                     LSC_WORKLOAD_PAGE (page))) == lsc_session_get_scene (other));
  g_assert_finalize_object (page);
}

/* ---- windows ------------------------------------------------------------------ */

/* Made, shown, closed; nothing holds it afterwards. */
static void
check_goes (GtkWindow *window)
{
  gpointer alive = window;

  g_object_add_weak_pointer (G_OBJECT (window), &alive);
  gtk_window_present (window);
  settle (300);
  gtk_window_destroy (window);
  settle (300);
  g_assert_null (alive);
}

static void
test_picture_dialog (void)
{
  g_autoptr (LscScene) scene = lsc_scene_new ();
  LscTimelineView view;

  lsc_scene_set_title (scene, "Threads: 1.9× faster");
  lsc_timeline_view_init_whole (&view, scene);
  check_goes (GTK_WINDOW (lsc_picture_dialog_new (NULL, scene, &view, "primes")));
}

static LscApplication *application;

static void
test_window (void)
{
  LscWindow *window = lsc_window_new (GTK_APPLICATION (application));
  int        minimum;

  gtk_window_present (GTK_WINDOW (window));
  settle (200);
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  g_assert_cmpint (minimum, <=, NARROW_PX);

  /* Scripts reach everything by its action. */
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "run"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "stop"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "export-picture"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "page",
                                  g_variant_new_string ("results"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "page",
                                  g_variant_new_string ("no such page"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "choose-workload",
                                  g_variant_new_string ("no such workload"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "set-parameter",
                                  g_variant_new ("(ss)", "no such parameter", "1"));
  g_action_group_activate_action (G_ACTION_GROUP (window), "set-mode",
                                  g_variant_new ("(sb)", "sequential", FALSE));
  g_action_group_activate_action (G_ACTION_GROUP (window), "set-mode",
                                  g_variant_new ("(sb)", "threads", FALSE));
  g_action_group_activate_action (G_ACTION_GROUP (window), "set-mode",
                                  g_variant_new ("(sb)", "processes", FALSE));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "run"));
  g_action_group_change_action_state (G_ACTION_GROUP (window), "projector",
                                      g_variant_new_boolean (TRUE));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (window), "projector"));
  check_goes (GTK_WINDOW (window));
}

static LscTimeline *
find_timeline (LscWindow *window)
{
  return LSC_TIMELINE (find (GTK_WIDGET (window), is_type, GSIZE_TO_POINTER (LSC_TYPE_TIMELINE)));
}

static guint
count_rows (LscWindow *window)
{
  GtkWidget *sidebar = find (GTK_WIDGET (window), is_type, GSIZE_TO_POINTER (LSC_TYPE_SIDEBAR));
  GtkWidget *list = find (sidebar, is_type, GSIZE_TO_POINTER (GTK_TYPE_LIST_BOX));
  guint      n = 0;

  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), n) != NULL)
    n++;
  return n;
}

/* A recording is looked at in place of a workload, once however often it is opened, and goes. */
static void
test_recording (void)
{
  g_autoptr (LscRecording) recording = lsc_demo_recording_new (LSC_EXECUTOR_THREADS, 2, 12);
  g_autofree char *folder = g_dir_make_tmp ("lanescope-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "mine.lanescope", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  LscWindow *window = lsc_window_new (GTK_APPLICATION (application));
  LscScene  *before = lsc_timeline_get_scene (find_timeline (window));
  guint      n_rows = count_rows (window);

  lsc_recording_save (recording, path, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "close-recording"));
  for (guint i = 0; i < 2; i++)
    {
      lsc_window_open_file (window, file);
      settle (300);
      g_assert_cmpuint (count_rows (window), ==, n_rows + 1);
    }
  g_assert_cmpuint (lsc_scene_get_n_strips (lsc_timeline_get_scene (find_timeline (window))), ==,
                    1);
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "share-picture"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "run"));

  g_action_group_activate_action (G_ACTION_GROUP (window), "close-recording", NULL);
  g_assert_cmpuint (count_rows (window), ==, n_rows);
  g_assert_true (lsc_timeline_get_scene (find_timeline (window)) == before);
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "run"));
  check_goes (GTK_WINDOW (window));
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  lsc_main_thread_init ();

  /* Registered, not run: GTK and the actions are there, no window is. */
  application = lsc_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  g_test_add_func ("/widgets/wrap-layout", test_wrap_layout);
  g_test_add_func ("/widgets/form", test_form);
  g_test_add_func ("/widgets/many-lines", test_many_lines);
  g_test_add_func ("/widgets/code-indenter", test_code_indenter);
  g_test_add_func ("/widgets/code-view", test_code_view);
  g_test_add_func ("/widgets/run-bar", test_run_bar);
  g_test_add_func ("/widgets/sidebar", test_sidebar);
  g_test_add_func ("/widgets/page-code", test_page_code);
  g_test_add_func ("/widgets/workload-page", test_workload_page);
  g_test_add_func ("/widgets/picture-dialog", test_picture_dialog);
  g_test_add_func ("/widgets/whole", test_window);
  g_test_add_func ("/widgets/recording", test_recording);

  status = g_test_run ();
  g_object_unref (application);
  return status;
}

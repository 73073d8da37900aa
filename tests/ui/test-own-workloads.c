/* test-own-workloads.c: workloads of the user's own in the window: made, changed, dropped, asked
 * about.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Needs a display and a home folder of its own: run by run-under-xvfb.sh.
 */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "lsc-application.h"
#include "lsc-approval-dialog.h"
#include "lsc-entry-editor.h"
#include "lsc-main-thread.h"
#include "lsc-sidebar-row.h"
#include "lsc-window-private.h"
#include "lsc-workload-dialog.h"

/* A guard against waiting forever, not a measure. */
#define GUARD_S 60

static LscApplication *application;

/* ---- waiting and finding -------------------------------------------------------------- */

typedef gboolean (*Condition) (gpointer data);

static gboolean
guard_cb (gpointer user_data)
{
  g_error ("waited %d s for %s in vain", GUARD_S, (const char *)user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for (Condition condition, gpointer data, const char *what)
{
  guint guard = g_timeout_add_seconds (GUARD_S, guard_cb, (gpointer)what);
  guint tick = g_timeout_add (20, tick_cb, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_source_remove (guard);
}

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* By the id in the template, or what a script sees it by. */
static gpointer
child (gpointer window, GType window_type, const char *id)
{
  return gtk_widget_get_template_child (GTK_WIDGET (window), window_type, id);
}

static gpointer
get_child (LscWorkloadDialog *dialog, const char *id)
{
  return child (dialog, LSC_TYPE_WORKLOAD_DIALOG, id);
}

/* The first field of the form that is shown: the command. */
static GtkEditable *
find_command (LscWorkloadDialog *dialog)
{
  GtkWidget *form = gtk_stack_get_visible_child (get_child (dialog, "forms"));
  GtkWidget *editor = find_type (form, LSC_TYPE_ENTRY_EDITOR);

  return GTK_EDITABLE (find_type (editor, GTK_TYPE_ENTRY));
}

static gpointer
find_toplevel (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static gboolean
has_toplevel (gpointer type)
{
  return find_toplevel (GPOINTER_TO_SIZE (type)) != NULL;
}

static gboolean
has_no_toplevel (gpointer type)
{
  return !has_toplevel (type);
}

static gboolean
is_sensitive (gpointer widget)
{
  return gtk_widget_get_sensitive (widget);
}

static gboolean
is_visible (gpointer widget)
{
  return gtk_widget_get_visible (widget);
}

static gboolean
exists (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static char *
in_library (const char *name)
{
  return g_build_filename (lsc_library_get_folder (lsc_library_get_default ()), name, NULL);
}

static void
assert_text (const char *path, const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static void
write_own (const char *name, const char *text)
{
  g_autofree char *path = in_library (name);

  g_mkdir_with_parents (lsc_library_get_folder (lsc_library_get_default ()), 0700);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
empty_library (void)
{
  const char *folder = lsc_library_get_folder (lsc_library_get_default ());
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = in_library (name);

      g_remove (path);
    }
}

/* ---- the dialog ----------------------------------------------------------------------- */

/* What is typed is what the file says; a name is proposed. */
static void
test_create (void)
{
  g_autofree char   *path = in_library ("sort-a-b.workload");
  LscWorkloadDialog *dialog = lsc_workload_dialog_new (NULL, lsc_library_get_default ());
  GtkWidget         *accept = get_child (dialog, "accept_button");
  GtkWidget         *problem = get_child (dialog, "problem");

  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_false (gtk_widget_get_visible (problem));

  /* Half a word is no command yet: it is said, and nothing can be made of it. */
  gtk_editable_set_text (find_command (dialog), "/usr/bin/sort \"a");
  wait_for (is_visible, problem, "what is wrong");
  g_assert_false (gtk_widget_get_sensitive (accept));

  gtk_editable_set_text (find_command (dialog), "/usr/bin/sort \"a b\" {}");
  wait_for (is_sensitive, accept, "Create");
  g_assert_false (gtk_widget_get_visible (problem));
  g_assert_cmpstr (gtk_editable_get_text (get_child (dialog, "name_entry")), ==, "sort a b");
  gtk_editable_set_text (get_child (dialog, "summary_entry"), "Sorts.");
  g_signal_emit_by_name (accept, "clicked");
  wait_for (exists, path, "the file");
  wait_for (has_no_toplevel, GSIZE_TO_POINTER (LSC_TYPE_WORKLOAD_DIALOG), "the dialog to go");
  assert_text (path, "[Workload]\nName=sort a b\nSummary=Sorts.\nKind=command\n\n[Parameters]\n"
                     "command=/usr/bin/sort \"a b\" {}\ninputs=repeat\n");
  empty_library ();
}

/* A name of the user's own stays; without one nothing is made. */
static void
test_name (void)
{
  LscWorkloadDialog *dialog = lsc_workload_dialog_new (NULL, lsc_library_get_default ());
  GtkEditable       *name = get_child (dialog, "name_entry");
  GtkWidget         *accept = get_child (dialog, "accept_button");

  gtk_window_present (GTK_WINDOW (dialog));
  gtk_editable_set_text (find_command (dialog), "true");
  wait_for (is_sensitive, accept, "Create");
  gtk_editable_set_text (name, "Mine");
  gtk_editable_set_text (find_command (dialog), "false");
  g_assert_cmpstr (gtk_editable_get_text (name), ==, "Mine");
  gtk_editable_set_text (name, "  ");
  g_assert_false (gtk_widget_get_sensitive (accept));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_edit (void)
{
  g_autofree char *path = in_library ("mine.workload");
  g_autoptr (LscWorkload) workload = NULL;
  LscWorkloadDialog *dialog;
  GtkWidget         *accept;

  write_own ("mine.workload", "[Workload]\nName=Mine\nQuestion=Well?\nKind=command\n[Parameters]\n"
                              "command=true\nretry=3\n");
  workload = lsc_workload_file_load (path, NULL);
  g_assert_true (lsc_library_approve (lsc_library_get_default (), workload, NULL));
  dialog = lsc_workload_dialog_new_for (NULL, lsc_library_get_default (), workload);
  accept = get_child (dialog, "accept_button");
  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_cmpstr (gtk_editable_get_text (find_command (dialog)), ==, "true");
  g_assert_cmpstr (gtk_editable_get_text (get_child (dialog, "name_entry")), ==, "Mine");
  gtk_editable_set_text (find_command (dialog), "false");
  wait_for (is_sensitive, accept, "Save");
  g_signal_emit_by_name (accept, "clicked");
  wait_for (has_no_toplevel, GSIZE_TO_POINTER (LSC_TYPE_WORKLOAD_DIALOG), "the dialog to go");
  assert_text (path, "[Workload]\nName=Mine\nQuestion=Well?\nKind=command\n\n[Parameters]\n"
                     "command=false\nretry=3\ninputs=repeat\n");

  /* The user has seen what it executes. */
  g_clear_object (&workload);
  workload = lsc_workload_file_load (path, NULL);
  g_assert_true (lsc_library_is_approved (lsc_library_get_default (), workload));
  empty_library ();
}

/* ---- the window ----------------------------------------------------------------------- */

static LscWindow *
open_window (void)
{
  LscWindow *window = lsc_window_new (GTK_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
close_window (LscWindow *window)
{
  gpointer alive = window;

  g_object_add_weak_pointer (G_OBJECT (window), &alive);
  gtk_window_destroy (GTK_WINDOW (window));
  while (alive != NULL)
    g_main_context_iteration (NULL, TRUE);
  empty_library ();
}

static void
drop (LscWindow *window, const char *const *paths)
{
  g_autoslist (GFile) files = NULL;

  for (; *paths != NULL; paths++)
    files = g_slist_append (files, g_file_new_for_path (*paths));
  lsc_window_drop_files (window, files);
}

static const char *
get_shown_id (LscWindow *window)
{
  return lsc_workload_get_id (lsc_session_get_workload (window->session));
}

static gboolean
is_idle (gpointer window)
{
  return ((LscWindow *)window)->running == NULL;
}

static gboolean
is_busy (gpointer window)
{
  return !is_idle (window);
}

static gboolean
has_strip (gpointer window)
{
  return lsc_scene_get_n_strips (lsc_session_get_scene (((LscWindow *)window)->session)) > 0;
}

static void
activate (LscWindow *window, const char *action, GVariant *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), action, parameter);
}

/* A file from elsewhere comes into the list, and does not run before it is allowed. */
static void
test_import_and_ask (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanescope-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "foreign.workload", NULL);
  g_autofree char *proof = g_build_filename (folder, "ran", NULL);
  g_autofree char *text = g_strdup_printf (
      "[Workload]\nName=Foreign\nKind=command\n[Parameters]\ncommand=touch %s\n", proof);
  const char *const  paths[] = { path, "/etc", "/etc/passwd", NULL };
  LscWindow         *window = open_window ();
  guint              n = g_list_model_get_n_items (G_LIST_MODEL (window->catalogue));
  LscApprovalDialog *dialog;

  g_file_set_contents (path, text, -1, NULL);
  drop (window, paths);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (window->catalogue)), ==, n + 1);
  g_assert_cmpstr (get_shown_id (window), ==, "foreign");

  /* The same once more is there already. */
  drop (window, paths);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (window->catalogue)), ==, n + 1);

  activate (window, "run", NULL);
  wait_for (has_toplevel, GSIZE_TO_POINTER (LSC_TYPE_APPROVAL_DIALOG), "the question");
  dialog = find_toplevel (LSC_TYPE_APPROVAL_DIALOG);
  g_assert_true (gtk_window_get_default_widget (GTK_WINDOW (dialog)) ==
                 child (dialog, LSC_TYPE_APPROVAL_DIALOG, "cancel_button"));
  g_signal_emit_by_name (child (dialog, LSC_TYPE_APPROVAL_DIALOG, "cancel_button"), "clicked");
  wait_for (has_no_toplevel, GSIZE_TO_POINTER (LSC_TYPE_APPROVAL_DIALOG), "the question to go");
  g_assert_true (is_idle (window));
  g_assert_false (
      lsc_library_is_approved (window->library, lsc_session_get_workload (window->session)));

  activate (window, "run", NULL);
  wait_for (has_toplevel, GSIZE_TO_POINTER (LSC_TYPE_APPROVAL_DIALOG), "the question");
  dialog = find_toplevel (LSC_TYPE_APPROVAL_DIALOG);
  g_assert_false (g_file_test (proof, G_FILE_TEST_EXISTS));
  g_signal_emit_by_name (child (dialog, LSC_TYPE_APPROVAL_DIALOG, "run_button"), "clicked");
  g_assert_true (
      lsc_library_is_approved (window->library, lsc_session_get_workload (window->session)));
  wait_for (has_strip, window, "the run");
  wait_for (is_idle, window, "its end");
  g_assert_true (g_file_test (proof, G_FILE_TEST_EXISTS));
  close_window (window);
  g_remove (path);
  g_remove (proof);
  g_rmdir (folder);
}

static GtkDropTarget *
find_drop_target (LscWindow *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  return NULL;
}

/* Whoever holds files over the window sees that they may be dropped. */
static void
test_highlight (void)
{
  static const char *const paths[] = { "/bin/true", NULL };
  LscWindow               *window = open_window ();
  GtkDropTarget           *target = find_drop_target (window);
  GtkWidget               *highlighted = GTK_WIDGET (window->toasts);
  g_autoslist (GFile) files = g_slist_append (NULL, g_file_new_for_path (paths[0]));
  g_auto (GValue) value = G_VALUE_INIT;
  GdkDragAction action = 0;
  gboolean      is_taken = FALSE;

  g_signal_emit_by_name (target, "enter", 10.0, 10.0, &action);
  g_assert_cmpint (action, ==, GDK_ACTION_COPY);
  g_assert_true (gtk_widget_has_css_class (highlighted, "drop-here"));
  g_signal_emit_by_name (target, "leave");
  g_assert_false (gtk_widget_has_css_class (highlighted, "drop-here"));

  g_signal_emit_by_name (target, "enter", 10.0, 10.0, &action);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  g_signal_emit_by_name (target, "drop", &value, 10.0, 10.0, &is_taken);
  g_assert_true (is_taken);
  g_assert_false (gtk_widget_has_css_class (highlighted, "drop-here"));
  wait_for (has_toplevel, GSIZE_TO_POINTER (LSC_TYPE_WORKLOAD_DIALOG), "a dialog");
  gtk_window_close (find_toplevel (LSC_TYPE_WORKLOAD_DIALOG));
  close_window (window);
}

/* Programs that are dropped become commands, one dialog after the other. */
static void
test_drop_programs (void)
{
  static const char *const paths[] = { "/bin/true", "/bin/false", NULL };
  LscWindow               *window = open_window ();
  LscWorkloadDialog       *first;
  LscWorkloadDialog       *second;

  drop (window, paths);
  wait_for (has_toplevel, GSIZE_TO_POINTER (LSC_TYPE_WORKLOAD_DIALOG), "a dialog");
  first = find_toplevel (LSC_TYPE_WORKLOAD_DIALOG);
  g_assert_cmpstr (gtk_editable_get_text (find_command (first)), ==, "/bin/true {}");
  gtk_window_close (GTK_WINDOW (first));
  wait_for (has_toplevel, GSIZE_TO_POINTER (LSC_TYPE_WORKLOAD_DIALOG), "another dialog");
  second = find_toplevel (LSC_TYPE_WORKLOAD_DIALOG);
  g_assert_cmpstr (gtk_editable_get_text (find_command (second)), ==, "/bin/false {}");
  gtk_window_close (GTK_WINDOW (second));
  wait_for (has_no_toplevel, GSIZE_TO_POINTER (LSC_TYPE_WORKLOAD_DIALOG), "the dialog to go");
  close_window (window);
}

static GtkListBox *
get_list (LscWindow *window)
{
  return GTK_LIST_BOX (find_type (GTK_WIDGET (window->sidebar), GTK_TYPE_LIST_BOX));
}

static gboolean
is_row (LscWindow *window, GtkWidget *row, const char *id)
{
  gpointer item = lsc_sidebar_row_get_item (row);

  return LSC_IS_WORKLOAD (item) && strcmp (lsc_workload_get_id (item), id) == 0;
}

static GtkWidget *
find_row (LscWindow *window, const char *id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (get_list (window), i)) != NULL; i++)
    if (is_row (window, GTK_WIDGET (row), id))
      return GTK_WIDGET (row);
  return NULL;
}

/* The list, and what is selected in it, follow; what did not change keeps its row. */
static void
test_sidebar_follows (void)
{
  LscWindow *window;
  GtkWidget *row;
  GtkWidget *selected;

  write_own ("kept.workload", "[Workload]\nName=Kept\nKind=builtin\nProgram=primes\n");
  write_own ("mine.workload", "[Workload]\nName=Mine\nKind=builtin\nProgram=primes\n");
  window = open_window ();
  row = find_row (window, "kept");
  g_assert_nonnull (row);
  activate (window, "choose-workload", g_variant_new_string ("mine"));
  activate (window, "duplicate-workload", g_variant_new_string ("mine"));
  g_assert_cmpstr (get_shown_id (window), ==, "copy-of-mine");
  selected = GTK_WIDGET (gtk_list_box_get_selected_row (get_list (window)));
  g_assert_true (is_row (window, selected, "copy-of-mine"));

  /* What is shown and removed leaves the page to its neighbour, and comes back to it. */
  activate (window, "remove-workload", g_variant_new_string ("copy-of-mine"));
  g_assert_null (find_row (window, "copy-of-mine"));
  g_assert_cmpstr (get_shown_id (window), ==, "kept");
  activate (window, "undo-remove", g_variant_new_uint32 (0));
  g_assert_cmpstr (get_shown_id (window), ==, "copy-of-mine");
  g_assert_true (find_row (window, "kept") == row);
  close_window (window);
}

/* A run goes on with what it began with; the next one is of what the file says then. */
static void
test_changed_while_it_runs (void)
{
  static const char text[] = "[Workload]\nName=Long\nKind=builtin\nProgram=primes\n[Parameters]\n"
                             "inputs=list\nnumbers=18446744073709551557;18446744073709551557;\n";
  g_autofree char  *path = in_library ("long.workload");
  LscWindow        *window;
  LscWorkload      *before;

  write_own ("long.workload", text);
  window = open_window ();
  activate (window, "choose-workload", g_variant_new_string ("long"));
  for (guint kind = 0; kind < LSC_N_EXECUTOR_KINDS; kind++)
    lsc_session_set_mode (window->session, kind, kind == LSC_EXECUTOR_SEQUENTIAL);
  before = lsc_session_get_workload (window->session);
  activate (window, "run", NULL);
  wait_for (is_busy, window, "the run");
  wait_for (has_strip, window, "the lane");

  /* Removing it here would take away the way back to its Stop. */
  activate (window, "remove-workload", g_variant_new_string ("long"));
  assert_text (path, text);

  write_own ("long.workload", "[Workload]\nName=Longer\nKind=builtin\nProgram=primes\n");
  lsc_catalogue_reload (window->catalogue);
  g_assert_true (lsc_session_get_workload (window->session) == before);
  g_assert_true (is_busy (window));
  g_assert_true (gtk_widget_get_visible (lsc_sidebar_row_get_spinner (find_row (window, "long"))));

  activate (window, "terminate", NULL);
  wait_for (is_idle, window, "the end of the run");
  g_assert_cmpstr (lsc_workload_get_name (lsc_session_get_workload (window->session)), ==,
                   "Longer");
  g_assert_cmpstr (lsc_workload_get_name (lsc_session_get_run_workload (window->session)), ==,
                   "Long");
  g_assert_true (has_strip (window));
  close_window (window);
}

/* Gone from the disk while it runs: the run goes on; afterwards there is nothing to be run. */
static void
test_gone_while_it_runs (void)
{
  g_autofree char *path = in_library ("long.workload");
  LscWindow       *window;

  write_own ("long.workload", "[Workload]\nName=Long\nKind=builtin\nProgram=primes\n[Parameters]\n"
                              "inputs=list\nnumbers=18446744073709551557;\n");
  window = open_window ();
  activate (window, "choose-workload", g_variant_new_string ("long"));
  activate (window, "run", NULL);
  wait_for (has_strip, window, "the lane");
  g_remove (path);
  lsc_catalogue_reload (window->catalogue);
  g_assert_null (find_row (window, "long"));
  g_assert_true (is_busy (window));
  g_assert_cmpstr (get_shown_id (window), ==, "long");
  activate (window, "terminate", NULL);
  wait_for (is_idle, window, "the end of the run");
  g_assert_true (has_strip (window));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "run"));
  close_window (window);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  lsc_main_thread_init ();
  application = lsc_application_new ();
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  g_test_add_func ("/own-workloads/create", test_create);
  g_test_add_func ("/own-workloads/name", test_name);
  g_test_add_func ("/own-workloads/edit", test_edit);
  g_test_add_func ("/own-workloads/import-and-ask", test_import_and_ask);
  g_test_add_func ("/own-workloads/highlight", test_highlight);
  g_test_add_func ("/own-workloads/drop-programs", test_drop_programs);
  g_test_add_func ("/own-workloads/sidebar-follows", test_sidebar_follows);
  g_test_add_func ("/own-workloads/changed-while-it-runs", test_changed_while_it_runs);
  g_test_add_func ("/own-workloads/gone-while-it-runs", test_gone_while_it_runs);

  status = g_test_run ();
  g_object_unref (application);
  return status;
}

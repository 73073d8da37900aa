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
#include "lsc-code-panel.h"
#include "lsc-demo-recording.h"
#include "lsc-find-widget.h"
#include "lsc-lane-menu.h"
#include "lsc-main-thread.h"
#include "lsc-mode-toggle.h"
#include "lsc-picture-dialog.h"
#include "lsc-run-bar.h"
#include "lsc-sidebar.h"
#include "lsc-timeline-item.h"
#include "lsc-window.h"
#include "lsc-workload-page.h"
#include "lsc-wrap-layout.h"

/* The window must work, whole, on a screen this wide. */
#define NARROW_PX 600

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

  /* A worker is named after what it is. */
  g_assert_nonnull (find (bar, has_text, "_Workers"));
  lsc_session_set_mode (session, LSC_EXECUTOR_THREADS, FALSE);
  g_assert_nonnull (find (bar, has_text, "_Processes"));
  lsc_session_set_mode (session, LSC_EXECUTOR_PROCESSES, FALSE);
  lsc_session_set_mode (session, LSC_EXECUTOR_THREADS, TRUE);
  g_assert_nonnull (find (bar, has_text, "_Threads"));

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

static gboolean
is_lane (GtkWidget *widget, gconstpointer prefix)
{
  return LSC_IS_TIMELINE_ITEM (widget) && gtk_widget_get_visible (widget) &&
         g_str_has_prefix (lsc_timeline_item_get_label (LSC_TIMELINE_ITEM (widget)), prefix);
}

static gboolean
is_reason (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget) &&
         gtk_widget_has_css_class (widget, "dim-label") &&
         *gtk_label_get_label (GTK_LABEL (widget)) != '\0';
}

/* On a lane of a run that goes on, not on others; what can't be asked says why. */
static void
test_lane_menu (void)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("loop");
  g_autoptr (LscSession) session = lsc_session_new (workload);
  GtkWidget      *page = g_object_ref_sink (g_object_new (LSC_TYPE_WORKLOAD_PAGE, NULL));
  GtkWidget      *menu = g_object_ref_sink (g_object_new (LSC_TYPE_LANE_MENU, NULL));
  GtkWidget      *window = gtk_window_new ();
  LscTimeline    *timeline = lsc_workload_page_get_timeline (LSC_WORKLOAD_PAGE (page));
  LscLaneActions *actions = lsc_workload_page_get_lane_actions (LSC_WORKLOAD_PAGE (page));
  GtkWidget      *stop = find (menu, has_label, "Ask to Stop");
  GtkWidget      *terminate = find (menu, has_label, "Terminate");
  GtkWidget      *lane;
  LscRun         *run;

  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  lsc_workload_page_set_session (LSC_WORKLOAD_PAGE (page), session);
  lsc_lane_menu_set_actions (LSC_LANE_MENU (menu), actions);
  g_assert_false (gtk_widget_get_visible (menu));

  lsc_session_start (session);
  while (lsc_session_get_n_runs (session) == 0 ||
         !lsc_run_can_ask (lsc_session_get_run (session, 0), 1, LSC_LANE_ASK_STOP, NULL))
    g_main_context_iteration (NULL, TRUE);
  run = lsc_session_get_run (session, 0);
  g_assert_false (lsc_lane_actions_has_lane (actions));
  g_assert_false (lsc_timeline_open_menu (timeline));
  while ((lane = find (GTK_WIDGET (timeline), is_lane, "thread 1")) == NULL)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_activate_action (lane, "item.pick", NULL);
  g_assert_true (lsc_lane_actions_has_lane (actions));
  g_assert_true (gtk_widget_get_visible (menu));
  g_assert_true (gtk_widget_get_sensitive (stop));
  g_assert_false (gtk_widget_get_sensitive (terminate));
  g_assert_nonnull (find (menu, is_reason, NULL));
  g_assert_true (lsc_timeline_open_menu (timeline));

  g_signal_emit_by_name (stop, "clicked");
  while (lsc_run_get_n_finished (run) == 0)
    g_main_context_iteration (NULL, TRUE);
  while (gtk_widget_get_sensitive (stop))
    g_main_context_iteration (NULL, TRUE);
  lsc_session_stop (session);
  while (lsc_session_get_state (session) != LSC_SESSION_IDLE)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (gtk_widget_get_visible (menu));
  g_assert_finalize_object (menu);
  gtk_window_destroy (GTK_WINDOW (window));
  settle (100);
  g_assert_finalize_object (page);
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
  g_autoptr (LscPicture) picture = NULL;
  LscTimelineView view;

  lsc_scene_set_title (scene, "Threads: 1.9× faster");
  lsc_timeline_view_init_whole (&view, scene);
  picture = lsc_picture_new_timeline (scene, &view);
  check_goes (GTK_WINDOW (lsc_picture_dialog_new (NULL, picture, "primes")));
}

static LscApplication *application;

static LscTimeline *
find_timeline (LscWindow *window)
{
  return LSC_TIMELINE (find (GTK_WIDGET (window), is_type, GSIZE_TO_POINTER (LSC_TYPE_TIMELINE)));
}

static void
test_window (void)
{
  LscWindow *window = lsc_window_new (GTK_APPLICATION (application));
  gboolean   shows_curves;
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
  g_object_get (find_timeline (window), "shows-curves", &shows_curves, NULL);
  g_assert_false (shows_curves);
  g_action_group_change_action_state (G_ACTION_GROUP (window), "curves",
                                      g_variant_new_boolean (TRUE));
  g_object_get (find_timeline (window), "shows-curves", &shows_curves, NULL);
  g_assert_true (shows_curves);
  check_goes (GTK_WINDOW (window));
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

/* What a key is for must not depend on which action is found first. */
static void
test_keys (void)
{
  GtkApplication *keys = GTK_APPLICATION (application);
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (keys);

  g_assert_cmpuint (g_strv_length (actions), >, 0);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) accels = gtk_application_get_accels_for_action (keys, actions[i]);

      for (guint j = 0; accels[j] != NULL; j++)
        {
          g_auto (GStrv) takers = gtk_application_get_actions_for_accel (keys, accels[j]);
          g_autofree char *text = g_strjoinv (", ", takers);

          g_test_message ("%s: %s", accels[j], text);
          g_assert_cmpstr (text, ==, actions[i]);
        }
    }
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

  g_test_add_func ("/widgets/keys", test_keys);
  g_test_add_func ("/widgets/wrap-layout", test_wrap_layout);
  g_test_add_func ("/widgets/run-bar", test_run_bar);
  g_test_add_func ("/widgets/sidebar", test_sidebar);
  g_test_add_func ("/widgets/lane-menu", test_lane_menu);
  g_test_add_func ("/widgets/page-code", test_page_code);
  g_test_add_func ("/widgets/workload-page", test_workload_page);
  g_test_add_func ("/widgets/picture-dialog", test_picture_dialog);
  g_test_add_func ("/widgets/whole", test_window);
  g_test_add_func ("/widgets/recording", test_recording);

  status = g_test_run ();
  g_object_unref (application);
  return status;
}

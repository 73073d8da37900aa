/* lsc-window.c: the window.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. One session for each workload that was looked at; at most one of
 * them runs, because two runs at once would measure each other.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-window-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-kept-choices.h"
#include "lsc-main-thread.h"
#include "lsc-preferences.h"

/* How often Output, Results and the inspector follow a run. */
#define REFRESH_MS 250

G_DEFINE_FINAL_TYPE (LscWindow, lsc_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- the pages follow --------------------------------------------------------- */

static gboolean
refresh_cb (gpointer user_data)
{
  LscWindow *self = user_data;

  lsc_output_page_scene_changed (self->output_page);
  lsc_results_page_scene_changed (self->results_page);
  lsc_inspector_scene_changed (self->inspector);
  return G_SOURCE_CONTINUE;
}

static void
set_refreshing (LscWindow *self, gboolean refreshes)
{
  if (refreshes && self->refresh_id == 0)
    self->refresh_id = g_timeout_add (REFRESH_MS, refresh_cb, self);
  if (!refreshes)
    g_clear_handle_id (&self->refresh_id, g_source_remove);
}

/* ---- from one page to another ------------------------------------------------- */

static void
task_activated_cb (LscWindow *self, guint strip, guint task)
{
  LscTimeline *timeline = lsc_workload_page_get_timeline (self->workload_page);

  if (lsc_timeline_focus_task (timeline, strip, task))
    {
      adw_view_stack_set_visible_child_name (self->pages, "timeline");
      gtk_widget_grab_focus (GTK_WIDGET (timeline));
    }
  else
    lsc_window_say (self, _ ("This task is not on the timeline."));
}

static void
task_output_cb (LscWindow *self, guint strip, guint task)
{
  lsc_output_page_show_task (self->output_page, strip, task);
  adw_view_stack_set_visible_child_name (self->pages, "output");
}

void
lsc_window_show_scene (LscWindow   *self,
                       LscScene    *scene,
                       LscWorkload *workload,
                       LscSettings *settings)
{
  lsc_output_page_set_scene (self->output_page, scene);
  lsc_results_page_set_scene (self->results_page, scene, workload, settings);
  lsc_inspector_set_workload (self->inspector, workload, settings);
}

void
lsc_window_show_session_scene (LscWindow *self)
{
  LscSettings *settings = lsc_session_get_run_settings (self->session);
  LscWorkload *workload = lsc_session_get_run_workload (self->session);

  if (settings == NULL)
    {
      settings = lsc_inputs_get_settings (lsc_session_get_inputs (self->session));
      workload = lsc_session_get_workload (self->session);
    }
  lsc_window_show_scene (self, lsc_session_get_scene (self->session), workload, settings);
}

LscScene *
lsc_window_get_scene (LscWindow *self)
{
  if (LSC_IS_OPENED_RECORDING (self->opened))
    return lsc_opened_recording_get_scene (LSC_OPENED_RECORDING (self->opened));
  if (self->opened != NULL)
    return NULL;
  lsc_session_sync_scene (self->session);
  return lsc_session_get_scene (self->session);
}

/* ---- sessions ----------------------------------------------------------------- */

static void
show_blocker (LscWindow *self)
{
  g_autofree char *reason = NULL;

  if (self->running != NULL && self->running != self->session)
    /* Translators: %s is a workload's name */
    reason = g_strdup_printf (_ ("%s is still running"),
                              lsc_workload_get_name (lsc_session_get_workload (self->running)));
  else if (self->running == NULL &&
           !lsc_window_library_has (self, lsc_session_get_workload (self->session)))
    reason = g_strdup (_ ("Its file was removed, or is broken"));
  lsc_workload_page_set_blocker (self->workload_page, reason);
}

static gboolean
is_shown (LscWindow *self, LscSession *session)
{
  return self->session == session && self->opened == NULL;
}

/* Nobody looks at measured rounds. */
static gboolean
is_watched (LscWindow *self)
{
  return self->running != NULL && is_shown (self, self->running) &&
         lsc_session_is_watching (self->running);
}

void
lsc_window_update (LscWindow *self)
{
  set_refreshing (self, is_watched (self));
  show_blocker (self);
  lsc_window_share_update_menu (self);
  lsc_window_actions_update (self);
}

static void
session_changed_cb (LscWindow *self, LscSession *session)
{
  gboolean is_busy = lsc_session_get_state (session) != LSC_SESSION_IDLE;

  if (is_busy && self->running != session)
    {
      self->running = session;
      lsc_sidebar_set_running (self->sidebar, lsc_session_get_workload (session));
    }
  else if (!is_busy && self->running == session)
    {
      self->running = NULL;
      lsc_sidebar_set_running (self->sidebar, NULL);
      lsc_window_library_follow (self, session);
      /* It had to wait: measuring would have disturbed the run. */
      lsc_inputs_prepare (lsc_session_get_inputs (self->session));
    }
  set_refreshing (self, is_watched (self));
  if (is_shown (self, session))
    lsc_window_profile_progressed (self);
  lsc_sidebar_set_still (self->sidebar,
                         self->running != NULL && !lsc_session_is_watching (self->running));
  show_blocker (self);
  lsc_window_actions_update (self);
}

static void
scene_replaced_cb (LscWindow *self, LscSession *session)
{
  if (is_shown (self, session))
    lsc_window_show_session_scene (self);
}

static void
scene_changed_cb (LscWindow *self, LscSession *session)
{
  if (is_shown (self, session))
    refresh_cb (self);
  lsc_window_actions_update (self);
}

static void
profile_changed_cb (LscWindow *self, LscSession *session)
{
  if (!is_shown (self, session))
    return;
  lsc_window_profile_changed (self);
  /* The strips tell what was measured. */
  lsc_inspector_scene_changed (self->inspector);
}

static void
message_cb (LscWindow *self, const char *message)
{
  lsc_window_say (self, message);
}

static void
finished_cb (LscWindow *self)
{
  lsc_window_share_update_menu (self);
  if (self->is_closing)
    gtk_window_destroy (GTK_WINDOW (self));
}

void
lsc_window_keep_choices (LscWindow *self)
{
  GSettings     *preferences = lsc_preferences_get ();
  GHashTableIter iter;
  gpointer       session;

  if (preferences == NULL || self->session == NULL)
    return;
  g_settings_set_string (preferences, "workload",
                         lsc_workload_get_id (lsc_session_get_workload (self->session)));
  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &session))
    lsc_kept_choices_keep (session);
}

static LscSession *
get_session (LscWindow *self, LscWorkload *workload)
{
  LscSession *session = g_hash_table_lookup (self->sessions, lsc_workload_get_id (workload));

  if (session != NULL)
    return session;
  session = lsc_session_new (workload);
  lsc_kept_choices_restore (session);
  g_hash_table_insert (self->sessions, g_strdup (lsc_workload_get_id (workload)), session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "scene-replaced", G_CALLBACK (scene_replaced_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "scene-changed", G_CALLBACK (scene_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "profile-changed", G_CALLBACK (profile_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "message", G_CALLBACK (message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "outside-needed", G_CALLBACK (lsc_window_offer_outside), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
  return session;
}

void
lsc_window_show_workload (LscWindow *self, LscWorkload *workload)
{
  LscSession *session = get_session (self, workload);

  lsc_sidebar_select (self->sidebar, G_OBJECT (workload));
  if (is_shown (self, session))
    return;
  self->session = session;
  g_clear_object (&self->opened);
  gtk_window_set_title (GTK_WINDOW (self), lsc_workload_get_name (workload));
  lsc_workload_page_set_session (self->workload_page, session);
  lsc_window_show_session_scene (self);
  lsc_window_show_profile (self);
  if (self->running == NULL)
    lsc_inputs_prepare (lsc_session_get_inputs (session));
  lsc_window_update (self);
}

gboolean
lsc_window_choose (LscWindow *self, const char *workload_id, GError **error)
{
  g_autoptr (LscWorkload) workload = lsc_catalogue_find (self->catalogue, workload_id, error);

  if (workload == NULL)
    return FALSE;
  lsc_window_show_workload (self, workload);
  return TRUE;
}

void
lsc_window_choose_workload (LscWindow *self, LscWorkload *workload)
{
  lsc_window_show_workload (self, workload);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

/* ---- the window --------------------------------------------------------------- */

static gboolean
lsc_window_close_request (GtkWindow *window)
{
  if (!lsc_window_may_close (LSC_WINDOW (window)))
    return GDK_EVENT_STOP;
  return GTK_WINDOW_CLASS (lsc_window_parent_class)->close_request (window);
}

static void
back_cb (LscWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
show_first_workload (LscWindow *self)
{
  GSettings       *preferences = lsc_preferences_get ();
  g_autofree char *id =
      preferences != NULL ? g_settings_get_string (preferences, "workload") : NULL;
  g_autoptr (LscWorkload) first = NULL;

  if (id != NULL && *id != '\0' && lsc_window_choose (self, id, NULL))
    return;
  first = g_list_model_get_item (G_LIST_MODEL (self->catalogue), 0);
  if (first != NULL)
    lsc_window_show_workload (self, first);
}

static void
bind_preferences (LscWindow *self)
{
  GSettings *preferences = lsc_preferences_get ();

  if (preferences == NULL)
    return;
  g_settings_bind (preferences, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (preferences, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (preferences, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
}

static void
forget_sessions (LscWindow *self)
{
  GHashTableIter iter;
  gpointer       session;

  self->session = NULL;
  self->running = NULL;
  if (self->sessions == NULL)
    return;
  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &session))
    g_signal_handlers_disconnect_by_data (session, self);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
}

static void
lsc_window_dispose (GObject *object)
{
  LscWindow *self = LSC_WINDOW (object);

  set_refreshing (self, FALSE);
  g_clear_handle_id (&self->close_guard_id, g_source_remove);
  g_clear_weak_pointer (&self->toast);
  forget_sessions (self);
  g_clear_object (&self->opened);
  g_clear_object (&self->recordings);
  g_clear_object (&self->profiles);
  lsc_window_baselines_clear (self);
  g_clear_pointer (&self->removals, g_ptr_array_unref);
  g_queue_clear_full (&self->waiting_files, g_object_unref);
  if (self->catalogue != NULL)
    g_signal_handlers_disconnect_by_data (self->catalogue, self);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (lsc_window_parent_class)->dispose (object);
}

static void
lsc_window_class_init (LscWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lsc_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = lsc_window_close_request;

  g_type_ensure (LSC_TYPE_SIDEBAR);
  g_type_ensure (LSC_TYPE_MEASUREMENTS_PAGE);
  g_type_ensure (LSC_TYPE_WORKLOAD_PAGE);
  g_type_ensure (LSC_TYPE_OUTPUT_PAGE);
  g_type_ensure (LSC_TYPE_RESULTS_PAGE);
  g_type_ensure (LSC_TYPE_INSPECTOR);
  g_type_ensure (LSC_TYPE_LANE_MENU);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/lanescope/Lanescope/lsc-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LscWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LscWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, LscWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, LscWindow, content);
  gtk_widget_class_bind_template_child (widget_class, LscWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, LscWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, LscWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, LscWindow, timeline_stack);
  gtk_widget_class_bind_template_child (widget_class, LscWindow, workload_page);
  gtk_widget_class_bind_template_child (widget_class, LscWindow, measurements_page);
  gtk_widget_class_bind_template_child (widget_class, LscWindow, output_page);
  gtk_widget_class_bind_template_child (widget_class, LscWindow, results_page);
  gtk_widget_class_bind_template_child (widget_class, LscWindow, inspector);
  gtk_widget_class_bind_template_child (widget_class, LscWindow, lane_menu);
  gtk_widget_class_bind_template_child (widget_class, LscWindow, recordings_menu);
}

static void
lsc_window_init (LscWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->library = g_object_ref (lsc_library_get_default ());
  self->catalogue = lsc_catalogue_new (lsc_library_get_folder (self->library));
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  g_signal_connect_object (self->sidebar, "chosen", G_CALLBACK (lsc_window_choose_workload), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->back_button, "clicked", G_CALLBACK (back_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workload_page, "failed", G_CALLBACK (message_cb), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_object (self->results_page, "task-activated", G_CALLBACK (task_activated_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->results_page, "task-output", G_CALLBACK (task_output_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->output_page, "task-activated", G_CALLBACK (task_activated_cb),
                           self, G_CONNECT_SWAPPED);

  lsc_window_actions_init (self);
  bind_preferences (self);
  lsc_inspector_set_timeline (self->inspector,
                              lsc_workload_page_get_timeline (self->workload_page));
  lsc_inspector_set_measurements (self->inspector, self->measurements_page);
  lsc_lane_menu_set_actions (self->lane_menu,
                             lsc_workload_page_get_lane_actions (self->workload_page));
  lsc_sidebar_set_catalogue (self->sidebar, self->catalogue);
  lsc_window_recordings_init (self);
  lsc_window_profiles_init (self);
  lsc_window_library_init (self);
  lsc_window_files_init (self);
  adw_leaflet_set_visible_child (self->leaflet, self->content);
  show_first_workload (self);
}

LscWindow *
lsc_window_new (GtkApplication *application)
{
  lsc_assert_main_thread ();
  return g_object_new (LSC_TYPE_WINDOW, "application", application, NULL);
}

/* lsc-window-actions.c: what can be done in the window, by keys, menus and scripts.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-window-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-preferences.h"
#include "lsc-show-folder.h"

/* On a projector, seen from the last row. */
#define PROJECTOR_TEXT_SCALE 1.5

/* ---- running ------------------------------------------------------------------ */

static void
run_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lsc_window_run (user_data);
}

static void
measure_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lsc_window_measure (user_data);
}

/* Stop and Terminate mean the run that goes on, also when another workload is looked at. */
static void
stop_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow *self = user_data;

  if (self->running != NULL)
    lsc_session_stop (self->running);
}

static void
terminate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow *self = user_data;

  if (self->running != NULL)
    lsc_session_terminate (self->running);
}

/* ---- recordings --------------------------------------------------------------- */

static void
open_recording_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lsc_window_choose_recording (user_data);
}

static void
close_recording_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lsc_window_close_file (user_data);
}

/* ---- choosing ----------------------------------------------------------------- */

static void
choose_workload_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lsc_window_choose (self, g_variant_get_string (parameter, NULL), &error))
    lsc_window_say (self, error->message);
}

static void
set_parameter_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow  *self = user_data;
  const char *id;
  const char *text;

  g_variant_get (parameter, "(&s&s)", &id, &text);
  if (lsc_inputs_get_text (lsc_session_get_inputs (self->session), id) == NULL)
    {
      g_autofree char *message =
          g_strdup_printf (_ ("%s has no parameter “%s”"),
                           lsc_workload_get_name (lsc_session_get_workload (self->session)), id);

      lsc_window_say (self, message);
      return;
    }
  lsc_inputs_set_text (lsc_session_get_inputs (self->session), id, text);
}

static void
set_mode_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow      *self = user_data;
  LscExecutorKind kind;
  const char     *nick;
  gboolean        chosen;

  g_variant_get (parameter, "(&sb)", &nick, &chosen);
  if (lsc_executor_kind_from_nick (nick, &kind))
    lsc_session_set_mode (self->session, kind, chosen);
}

static void
set_workers_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow *self = user_data;

  lsc_session_set_n_workers (self->session, g_variant_get_uint32 (parameter));
}

static void
set_one_core_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow *self = user_data;

  lsc_session_set_one_core (self->session, g_variant_get_boolean (parameter));
}

/* ---- looking ------------------------------------------------------------------ */

static void
page_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow  *self = user_data;
  const char *name = g_variant_get_string (parameter, NULL);

  if (adw_view_stack_get_child_by_name (self->pages, name) != NULL)
    adw_view_stack_set_visible_child_name (self->pages, name);
}

static void
focus_search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow *self = user_data;

  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  lsc_sidebar_focus_search (self->sidebar);
}

static void
show_projector (LscWindow *self, gboolean is_on)
{
  g_object_set (lsc_workload_page_get_timeline (self->workload_page), "text-scale",
                is_on ? PROJECTOR_TEXT_SCALE : 1.0, NULL);
  if (is_on)
    gtk_widget_add_css_class (GTK_WIDGET (self), "projector");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "projector");
}

static void
change_projector_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  LscWindow *self = user_data;
  GSettings *preferences = lsc_preferences_get ();

  g_simple_action_set_state (action, state);
  show_projector (self, g_variant_get_boolean (state));
  if (preferences != NULL)
    g_settings_set_boolean (preferences, "projector", g_variant_get_boolean (state));
}

static void
next_hand_off_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow *self = user_data;

  adw_view_stack_set_visible_child_name (self->pages, "timeline");
  if (!lsc_timeline_go_to_hand_off (lsc_workload_page_get_timeline (self->workload_page), 1))
    lsc_window_say (self, _ ("No thread was seen taking over from another after this."));
}

static void
change_curves_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  LscWindow *self = user_data;
  GSettings *preferences = lsc_preferences_get ();

  g_simple_action_set_state (action, state);
  g_object_set (lsc_workload_page_get_timeline (self->workload_page), "shows-curves",
                g_variant_get_boolean (state), NULL);
  if (preferences != NULL)
    g_settings_set_boolean (preferences, "curves", g_variant_get_boolean (state));
}

/* ---- sharing ------------------------------------------------------------------ */

static void
copy_picture_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lsc_window_share_copy (user_data);
}

static void
share_picture_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lsc_window_share_picture (user_data);
}

static void
export_picture_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lsc_window_share_export (user_data, g_variant_get_string (parameter, NULL));
}

static void
save_recording_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lsc_window_share_save_recording (user_data, g_variant_get_uint32 (parameter));
}

static void
show_folder_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lsc_show_folder (GTK_WINDOW (user_data), g_variant_get_string (parameter, NULL));
}

/* ---- all of them -------------------------------------------------------------- */

static const GActionEntry entries[] = {
  { .name = "run", .activate = run_cb },
  { .name = "measure", .activate = measure_cb },
  { .name = "stop", .activate = stop_cb },
  { .name = "terminate", .activate = terminate_cb },
  { .name = "choose-workload", .activate = choose_workload_cb, .parameter_type = "s" },
  { .name = "set-parameter", .activate = set_parameter_cb, .parameter_type = "(ss)" },
  { .name = "set-mode", .activate = set_mode_cb, .parameter_type = "(sb)" },
  { .name = "set-workers", .activate = set_workers_cb, .parameter_type = "u" },
  { .name = "set-one-core", .activate = set_one_core_cb, .parameter_type = "b" },
  { .name = "open-recording", .activate = open_recording_cb },
  { .name = "close-recording", .activate = close_recording_cb },
  { .name = "page", .activate = page_cb, .parameter_type = "s" },
  { .name = "focus-search", .activate = focus_search_cb },
  { .name = "projector", .state = "false", .change_state = change_projector_cb },
  { .name = "next-hand-off", .activate = next_hand_off_cb },
  { .name = "curves", .state = "false", .change_state = change_curves_cb },
  { .name = "copy-picture", .activate = copy_picture_cb },
  { .name = "share-picture", .activate = share_picture_cb },
  { .name = "export-picture", .activate = export_picture_cb, .parameter_type = "s" },
  { .name = "save-recording", .activate = save_recording_cb, .parameter_type = "u" },
  { .name = "show-folder", .activate = show_folder_cb, .parameter_type = "s" },
};

static void
set_enabled (LscWindow *self, const char *name, gboolean is_enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)), is_enabled);
}

static gboolean
has_something_to_draw (LscWindow *self)
{
  LscScene *scene = lsc_window_get_scene (self);

  return lsc_window_looks_at_profile (self) ||
         (scene != NULL && lsc_scene_get_n_strips (scene) > 0);
}

void
lsc_window_actions_update (LscWindow *self)
{
  static const char *const choices[] = { "set-parameter", "set-mode", "set-workers",
                                         "set-one-core" };
  gboolean                 is_file = self->opened != NULL;
  gboolean                 is_startable;
  gboolean                 has_picture = has_something_to_draw (self);

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    set_enabled (self, choices[i], !is_file);
  set_enabled (self, "close-recording", is_file);
  is_startable = !is_file && self->running == NULL &&
                 lsc_window_library_has (self, lsc_session_get_workload (self->session));
  set_enabled (self, "run", is_startable && lsc_session_can_run (self->session, NULL));
  set_enabled (self, "measure", is_startable && lsc_session_can_measure (self->session, NULL));
  set_enabled (self, "stop",
               self->running != NULL &&
                   lsc_session_get_state (self->running) != LSC_SESSION_STOPPING);
  set_enabled (self, "terminate", self->running != NULL);
  set_enabled (self, "copy-picture", has_picture);
  set_enabled (self, "share-picture", has_picture);
  set_enabled (self, "export-picture", has_picture);
  lsc_window_profiles_update_actions (self);
}

void
lsc_window_actions_init (LscWindow *self)
{
  g_autoptr (GPropertyAction) inspector = NULL;
  g_autoptr (GPropertyAction) lens = NULL;
  GSettings *preferences = lsc_preferences_get ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  inspector = g_property_action_new ("show-inspector", self->flap, "reveal-flap");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (inspector));
  lens =
      g_property_action_new ("lens", lsc_workload_page_get_timeline (self->workload_page), "lens");
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (lens));

  lsc_window_output_init (self);
  if (preferences != NULL)
    {
      g_autoptr (GAction) grace = g_settings_create_action (preferences, "grace-seconds");

      g_action_map_add_action (G_ACTION_MAP (self), grace);
    }
  if (preferences != NULL && g_settings_get_boolean (preferences, "curves"))
    g_action_group_change_action_state (G_ACTION_GROUP (self), "curves",
                                        g_variant_new_boolean (TRUE));
  if (preferences != NULL && g_settings_get_boolean (preferences, "projector"))
    g_action_group_change_action_state (G_ACTION_GROUP (self), "projector",
                                        g_variant_new_boolean (TRUE));
}

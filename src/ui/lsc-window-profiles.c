/* lsc-window-profiles.c: profiles in the window: measured here, or opened from files.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; files are read on worker threads.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-window-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-kept-baselines.h"
#include "lsc-preferences.h"

/* ---- showing ------------------------------------------------------------------ */

static void
get_shown (LscWindow *self, LscProfile **profile, LscReport **report)
{
  *profile = NULL;
  *report = NULL;
  if (LSC_IS_OPENED_PROFILE (self->opened))
    {
      *profile = lsc_opened_profile_get_profile (LSC_OPENED_PROFILE (self->opened));
      *report = lsc_opened_profile_get_report (LSC_OPENED_PROFILE (self->opened));
    }
  else if (self->opened == NULL)
    {
      *profile = lsc_session_get_profile (self->session);
      *report = lsc_session_get_report (self->session);
    }
}

static void
show_progress (LscWindow *self)
{
  g_autofree char *text = NULL;

  if (self->opened == NULL && lsc_session_is_measuring (self->session))
    text = lsc_session_dup_progress (self->session);
  lsc_measurements_page_set_progress (self->measurements_page, text,
                                      text != NULL ? lsc_session_get_fraction (self->session) : 0);
}

void
lsc_window_show_profile (LscWindow *self)
{
  LscOpenedProfile *file =
      LSC_IS_OPENED_PROFILE (self->opened) ? LSC_OPENED_PROFILE (self->opened) : NULL;
  LscProfile *profile;
  LscReport  *report;

  get_shown (self, &profile, &report);
  gtk_stack_set_visible_child_name (self->timeline_stack, file != NULL ? "profile" : "workload");
  lsc_measurements_page_set_file (self->measurements_page,
                                  file != NULL ? lsc_opened_file_get_name (LSC_OPENED_FILE (file))
                                               : NULL,
                                  file != NULL ? lsc_opened_profile_get_facts (file) : NULL);
  lsc_measurements_page_set_profile (self->measurements_page, profile, report);
  show_progress (self);
  lsc_window_baselines_follow (self);
}

void
lsc_window_profile_changed (LscWindow *self)
{
  LscProfile *before = lsc_measurements_page_get_profile (self->measurements_page);
  LscProfile *profile;
  LscReport  *report;

  get_shown (self, &profile, &report);
  lsc_measurements_page_set_profile (self->measurements_page, profile, report);
  show_progress (self);
  if (profile == before)
    return;
  lsc_window_baselines_follow (self);
  lsc_window_actions_update (self);
}

void
lsc_window_profile_progressed (LscWindow *self)
{
  show_progress (self);
}

gboolean
lsc_window_looks_at_profile (LscWindow *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "measurements") == 0 &&
         lsc_measurements_page_get_profile (self->measurements_page) != NULL;
}

/* ---- from the page ------------------------------------------------------------ */

static void
cell_activated_cb (LscWindow *self, guint cell)
{
  LscTimeline *timeline = lsc_workload_page_get_timeline (self->workload_page);
  gint         strip = self->opened == NULL ? lsc_session_find_strip (self->session, cell) : -1;

  if (self->opened != NULL)
    lsc_window_say (self, _ ("A file of measurements has no timelines."));
  else if (strip < 0 || !lsc_timeline_focus_strip (timeline, (guint)strip))
    lsc_window_say (self, _ ("Its run is not on the timeline."));
  else
    {
      adw_view_stack_set_visible_child_name (self->pages, "timeline");
      gtk_widget_grab_focus (GTK_WIDGET (timeline));
    }
}

static void
set_reference (LscWindow *self, guint cell)
{
  LscProfile *profile;
  LscReport  *report;

  get_shown (self, &profile, &report);
  if (profile == NULL || cell >= lsc_profile_get_n_cells (profile))
    return;
  if (LSC_IS_OPENED_PROFILE (self->opened))
    {
      lsc_opened_profile_set_reference (LSC_OPENED_PROFILE (self->opened), cell);
      lsc_window_profile_changed (self);
    }
  else
    lsc_session_set_reference (self->session, cell);
}

/* ---- opening ------------------------------------------------------------------ */

void
lsc_window_show_opened_profile (LscWindow *self, LscOpenedProfile *opened)
{
  lsc_sidebar_select (self->sidebar, G_OBJECT (opened));
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  if (g_set_object (&self->opened, LSC_OPENED_FILE (opened)))
    {
      gtk_window_set_title (GTK_WINDOW (self), lsc_opened_file_get_name (LSC_OPENED_FILE (opened)));
      lsc_workload_page_set_session (self->workload_page, NULL);
      lsc_window_show_scene (self, NULL, NULL, NULL);
      lsc_window_show_profile (self);
    }
  adw_view_stack_set_visible_child_name (self->pages, "measurements");
  lsc_window_update (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LscWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LscOpenedProfile) opened = lsc_opened_profile_load_finish (result, &error);

  /* Closed meanwhile: nobody to show it to. */
  if (self->session == NULL)
    return;
  if (opened == NULL)
    {
      lsc_window_say_not_opened (self, lsc_opened_profile_get_loaded_file (result), error->message);
      return;
    }
  lsc_window_add_opened (self->profiles, LSC_OPENED_FILE (opened));
  lsc_window_show_opened_profile (self, opened);
}

void
lsc_window_open_profile (LscWindow *self, GFile *file)
{
  lsc_opened_profile_load_async (file, loaded_cb, g_object_ref (self));
}

/* ---- all of it ---------------------------------------------------------------- */

static void
set_enabled (LscWindow *self, const char *name, gboolean is_enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)), is_enabled);
}

/* NULL: they are of what the timeline shows, or of nothing that was run here. */
static char *
dup_when (LscWindow *self, LscProfile *profile)
{
  g_autoptr (GDateTime) start = NULL;
  g_autofree char *time = NULL;

  if (profile == NULL || self->opened != NULL || lsc_session_shows_profile (self->session))
    return NULL;
  start = g_date_time_new_from_unix_local (lsc_profile_get_start_us (profile) / G_USEC_PER_SEC);
  time = start != NULL ? g_date_time_format (start, "%X") : NULL;
  if (time == NULL)
    return NULL;
  /* Translators: above figures; %s is a time of day. */
  return g_strdup_printf (_ ("These are of the measuring that began at %s, not of the run that the "
                             "timeline shows."),
                          time);
}

static const char *
get_why_not (LscWindow *self)
{
  const char *hint = NULL;

  if (self->opened != NULL)
    return NULL;
  if (self->running == self->session)
    return _ ("A run goes on. Measuring can begin when it has ended.");
  if (self->running != NULL)
    return _ ("Another workload runs. Measuring can begin when it has ended.");
  return lsc_session_can_measure (self->session, &hint) ? NULL : hint;
}

static void
update_words (LscWindow *self, LscProfile *profile)
{
  g_autofree char *when = dup_when (self, profile);

  lsc_measurements_page_set_words (self->measurements_page, when, get_why_not (self));
}

void
lsc_window_profiles_update_actions (LscWindow *self)
{
  static const char *const of_any[] = { "save-measurements", "save-measurements-to",
                                        "export-table",      "export-table-to",
                                        "export-samples",    "set-reference",
                                        "use-baseline",      "open-baseline",
                                        "open-baseline-file" };
  LscProfile              *profile = lsc_measurements_page_get_profile (self->measurements_page);
  gboolean                 is_whole =
      profile != NULL && (self->opened != NULL || !lsc_session_is_measuring (self->session));

  update_words (self, profile);
  for (guint i = 0; i < G_N_ELEMENTS (of_any); i++)
    set_enabled (self, of_any[i], profile != NULL);
  set_enabled (self, "keep-baseline", is_whole);
  set_enabled (self, "remove-baseline", profile != NULL && lsc_kept_baselines_has (profile));
}

static void
set_reference_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  set_reference (user_data, g_variant_get_uint32 (parameter));
}

static const GActionEntry entries[] = {
  { .name = "set-reference", .activate = set_reference_cb, .parameter_type = "u" },
};

/* The picture is of the page that is looked at. */
static void
page_changed_cb (LscWindow *self)
{
  const char *page = adw_view_stack_get_visible_child_name (self->pages);

  if (self->session == NULL)
    return;
  lsc_window_actions_update (self);
  lsc_inspector_show_measurements (self->inspector, g_strcmp0 (page, "measurements") == 0);
}

void
lsc_window_profiles_init (LscWindow *self)
{
  GSettings *preferences = lsc_preferences_get ();

  self->profiles = g_list_store_new (LSC_TYPE_OPENED_PROFILE);
  lsc_sidebar_add_files (self->sidebar, G_LIST_MODEL (self->profiles));
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->measurements_page, "cell-activated",
                           G_CALLBACK (cell_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->measurements_page, "reference-chosen", G_CALLBACK (set_reference),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (page_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (preferences != NULL)
    g_settings_bind (preferences, "measurement-columns", self->measurements_page, "columns",
                     G_SETTINGS_BIND_DEFAULT);
  lsc_window_profile_save_init (self);
  lsc_window_baselines_init (self);
}

/* lsc-window-baselines.c: what the shown measurements are compared with.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; files are read on worker threads. A baseline that was kept is used by itself when
 * something newer of that workload is shown, unless the user wanted none.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-window-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-kept-baselines.h"

static LscProfile *
get_profile (LscWindow *self)
{
  return lsc_measurements_page_get_profile (self->measurements_page);
}

/* ---- which -------------------------------------------------------------------- */

static void
set_choice (LscWindow *self, const char *choice)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "use-baseline");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (choice));
}

static void
use_none (LscWindow *self)
{
  set_choice (self, "none");
  lsc_measurements_page_set_baseline (self->measurements_page, NULL, NULL);
}

/* The same experiment: comparing it with itself says nothing. */
static gboolean
is_same (LscProfile *a, LscProfile *b)
{
  return lsc_profile_get_start_us (a) == lsc_profile_get_start_us (b) &&
         lsc_profile_get_seed (a) == lsc_profile_get_seed (b);
}

/* "of 24 November 2026, 15:04": when it was measured. */
static char *
dup_kept_name (LscProfile *old)
{
  gint64 start_us = lsc_profile_get_start_us (old);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (start_us / G_USEC_PER_SEC);

  if (start_us <= 0 || date == NULL)
    /* Translators: a baseline that was kept, of unknown date */
    return g_strdup (_ ("Kept"));
  /* Translators: a baseline by its date, for g_date_time_format(): "of 24 November 2026, 15:04" */
  return g_date_time_format (date, _ ("of %-d %B %Y, %H:%M"));
}

/* What is loaded is for the profile that was shown then. */
typedef struct
{
  LscWindow  *window;
  LscProfile *profile;
  gboolean    is_kept;
  gboolean    is_asked; /* by the user, not for them */
} Loading;

static void
show_loaded (const Loading *loading, LscOpenedProfile *opened)
{
  LscWindow       *self = loading->window;
  LscProfile      *old = lsc_opened_profile_get_profile (opened);
  g_autofree char *name = NULL;

  if (loading->is_kept && !loading->is_asked && is_same (old, loading->profile))
    return;
  name = loading->is_kept ? dup_kept_name (old)
                          : g_strdup (lsc_opened_file_get_file_name (LSC_OPENED_FILE (opened)));
  set_choice (self, loading->is_kept ? "kept" : "file");
  lsc_measurements_page_set_baseline (self->measurements_page, old, name);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Loading *loading = user_data;
  g_autoptr (LscWindow) self = loading->window;
  g_autoptr (LscProfile) profile = loading->profile;
  g_autofree Loading *owned = loading;
  g_autoptr (GError) error = NULL;
  g_autoptr (LscOpenedProfile) opened = lsc_opened_profile_load_finish (result, &error);

  /* Closed, or something else is shown meanwhile. */
  if (self->session == NULL || get_profile (self) != profile)
    return;
  if (opened != NULL)
    show_loaded (loading, opened);
  else
    {
      lsc_window_say_not_opened (self, lsc_opened_profile_get_loaded_file (result), error->message);
      use_none (self);
    }
}

static void
load (LscWindow *self, GFile *file, gboolean is_kept, gboolean is_asked)
{
  Loading *loading = g_new0 (Loading, 1);

  loading->window = g_object_ref (self);
  loading->profile = g_object_ref (get_profile (self));
  loading->is_kept = is_kept;
  loading->is_asked = is_asked;
  lsc_opened_profile_load_async (file, loaded_cb, loading);
}

static void
load_kept (LscWindow *self, gboolean is_asked)
{
  g_autofree char *path = lsc_kept_baselines_dup_path (get_profile (self));
  g_autoptr (GFile) file = g_file_new_for_path (path);

  load (self, file, TRUE, is_asked);
}

void
lsc_window_baselines_follow (LscWindow *self)
{
  LscProfile      *profile = get_profile (self);
  g_autofree char *path = NULL;

  if (profile == self->baselines.compared)
    return;
  g_set_object (&self->baselines.compared, profile);
  use_none (self);
  if (profile == NULL)
    return;
  path = lsc_kept_baselines_dup_path (profile);
  if (g_hash_table_contains (self->baselines.unwanted, path) || !lsc_kept_baselines_has (profile))
    return;
  load_kept (self, FALSE);
}

/* ---- by the user -------------------------------------------------------------- */

static void
change_use_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  LscWindow       *self = user_data;
  g_autofree char *path = NULL;

  if (get_profile (self) == NULL)
    return;
  path = lsc_kept_baselines_dup_path (get_profile (self));
  if (strcmp (g_variant_get_string (state, NULL), "kept") == 0 &&
      !lsc_kept_baselines_has (get_profile (self)))
    {
      lsc_window_say (self, _ ("No baseline was kept of this workload yet."));
      return;
    }
  if (strcmp (g_variant_get_string (state, NULL), "kept") == 0)
    {
      g_hash_table_remove (self->baselines.unwanted, path);
      load_kept (self, TRUE);
      return;
    }
  g_hash_table_add (self->baselines.unwanted, g_steal_pointer (&path));
  use_none (self);
}

static void
take_file (LscWindow *self, GFile *file)
{
  if (get_profile (self) != NULL)
    load (self, file, FALSE, TRUE);
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  lsc_window_choose_files (user_data, _ ("Choose a Baseline"), _ ("Measurements"), "*.json",
                           take_file);
}

static void
open_file_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));

  take_file (user_data, file);
}

/* ---- keeping and removing ----------------------------------------------------- */

/* With a way back. Takes the change. */
static void
say_changed (LscWindow *self, LscBaselineChange *change, const char *text)
{
  AdwToast        *toast;
  g_autofree char *markup = g_markup_escape_text (text, -1);

  g_ptr_array_add (self->baselines.changes, change);
  toast = adw_toast_new (markup);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo-baseline");
  adw_toast_set_action_target_value (toast,
                                     g_variant_new_uint32 (self->baselines.changes->len - 1));
  lsc_window_add_toast (self, toast);
  lsc_window_actions_update (self);
}

static void
keep_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow       *self = user_data;
  LscProfile      *profile = get_profile (self);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  LscBaselineChange *change;

  if (profile == NULL)
    return;
  change = lsc_kept_baselines_keep (profile, &error);
  if (change == NULL)
    {
      lsc_window_say (self, error->message);
      return;
    }
  path = lsc_kept_baselines_dup_path (profile);
  g_hash_table_remove (self->baselines.unwanted, path);
  say_changed (self, change, _ ("Kept. Later measurements are compared with this one."));
}

static void
remove_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow  *self = user_data;
  LscProfile *profile = get_profile (self);
  GVariant   *state;
  g_autoptr (GError) error = NULL;
  LscBaselineChange *change;

  if (profile == NULL)
    return;
  change = lsc_kept_baselines_remove (profile, &error);
  if (change == NULL)
    {
      lsc_window_say (self, error->message);
      return;
    }
  state = g_action_group_get_action_state (G_ACTION_GROUP (self), "use-baseline");
  if (strcmp (g_variant_get_string (state, NULL), "kept") == 0)
    use_none (self);
  g_variant_unref (state);
  say_changed (self, change, _ ("The kept baseline was removed."));
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LscWindow *self = user_data;
  guint      index = g_variant_get_uint32 (parameter);
  g_autoptr (GError) error = NULL;

  if (index >= self->baselines.changes->len)
    return;
  if (!lsc_kept_baselines_undo (g_ptr_array_index (self->baselines.changes, index), &error))
    lsc_window_say (self, error->message);
  lsc_window_actions_update (self);
}

/* ---- all of it ---------------------------------------------------------------- */

static const GActionEntry entries[] = {
  { .name = "use-baseline",
    .parameter_type = "s",
    .state = "'none'",
    .change_state = change_use_cb },
  { .name = "open-baseline", .activate = open_cb },
  { .name = "open-baseline-file", .activate = open_file_cb, .parameter_type = "s" },
  { .name = "keep-baseline", .activate = keep_cb },
  { .name = "remove-baseline", .activate = remove_cb },
  { .name = "undo-baseline", .activate = undo_cb, .parameter_type = "u" },
};

void
lsc_window_baselines_init (LscWindow *self)
{
  self->baselines.unwanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->baselines.changes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)lsc_baseline_change_free);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

void
lsc_window_baselines_clear (LscWindow *self)
{
  g_clear_object (&self->baselines.compared);
  g_clear_pointer (&self->baselines.unwanted, g_hash_table_unref);
  g_clear_pointer (&self->baselines.changes, g_ptr_array_unref);
}

/* lsc-window-profile-save.c: measurements leave the window: as JSON, as tables.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; files are written on worker threads.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-file-chooser.h"
#include "lsc-window-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-profile-save.h"
#include "lsc-save-dialog.h"

/* ---- saving ------------------------------------------------------------------- */

/* What a background job needs to tell where its file went. */
typedef struct
{
  LscWindow *window;
  char      *path;
} Saving;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  g_autoptr (LscWindow) window = saving->window;
  g_autofree char *path = saving->path;
  g_autoptr (GError) error = NULL;

  g_free (saving);
  lsc_profile_save_finish (result, &error);
  /* Closed meanwhile: nobody to tell. */
  if (window->session == NULL)
    return;
  if (error != NULL)
    lsc_window_say (window, error->message);
  else
    lsc_window_share_say_saved (window, path);
}

static void
save (LscWindow *self, LscProfile *profile, LscProfileFile kind, const char *path)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->window = g_object_ref (self);
  saving->path = g_strdup (path);
  lsc_profile_save_async (profile, kind, path, saved_cb, saving);
}

static void
save_to (LscWindow *self, GVariant *path, gboolean is_table)
{
  LscProfile *profile = lsc_measurements_page_get_profile (self->measurements_page);
  const char *text = g_variant_get_string (path, NULL);

  if (profile != NULL)
    save (self, profile, is_table ? lsc_profile_file_of_table (text) : LSC_PROFILE_FILE_JSON, text);
}

/* ---- where to ----------------------------------------------------------------- */

/* Goes with its dialog. */
typedef struct
{
  LscWindow     *window;
  LscProfile    *profile;
  LscProfileFile kind;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->window);
  g_object_unref (choice->profile);
  g_free (choice);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, const Choice *choice)
{
  g_autoptr (GtkNativeDialog) owned = dialog;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  LscProfileFile   kind = choice->kind;

  if (response != GTK_RESPONSE_ACCEPT || choice->window->session == NULL)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path == NULL)
    {
      lsc_window_say (choice->window, _ ("Choose a folder on this computer"));
      return;
    }
  if (kind == LSC_PROFILE_FILE_CSV)
    kind = lsc_profile_file_of_table (path);
  save (choice->window, choice->profile, kind, path);
}

static void
ask (LscWindow *self, const char *title, LscProfileFile kind, const char *ending)
{
  LscProfile           *profile = lsc_measurements_page_get_profile (self->measurements_page);
  g_autofree char      *base = lsc_window_share_dup_file_name (self);
  g_autofree char      *name = g_strconcat (base, ending, NULL);
  GtkFileChooserNative *chooser;
  Choice               *choice;

  if (profile == NULL)
    return;
  choice = g_new0 (Choice, 1);
  choice->window = g_object_ref (self);
  choice->profile = g_object_ref (profile);
  choice->kind = kind;
  chooser = lsc_file_chooser_new (title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  if (kind == LSC_PROFILE_FILE_CSV)
    {
      lsc_save_dialog_add_filter (GTK_FILE_CHOOSER (chooser), _ ("CSV, for spreadsheets"), "csv");
      lsc_save_dialog_add_filter (GTK_FILE_CHOOSER (chooser), _ ("Markdown, for texts"), "md");
    }
  g_object_set_data_full (G_OBJECT (chooser), "choice", choice, choice_free);
  g_signal_connect (chooser, "response", G_CALLBACK (chosen_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* ---- actions ------------------------------------------------------------------ */

static void
save_measurements_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask (user_data, _ ("Save Measurements"), LSC_PROFILE_FILE_JSON, ".json");
}

static void
save_measurements_to_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  save_to (user_data, parameter, FALSE);
}

static void
export_table_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask (user_data, _ ("Export Table"), LSC_PROFILE_FILE_CSV, ".csv");
}

static void
export_table_to_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  save_to (user_data, parameter, TRUE);
}

static void
export_samples_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask (user_data, _ ("Export Samples"), LSC_PROFILE_FILE_SAMPLES_CSV, "-samples.csv");
}

static const GActionEntry entries[] = {
  { .name = "save-measurements", .activate = save_measurements_cb },
  { .name = "save-measurements-to", .activate = save_measurements_to_cb, .parameter_type = "s" },
  { .name = "export-table", .activate = export_table_cb },
  { .name = "export-table-to", .activate = export_table_to_cb, .parameter_type = "s" },
  { .name = "export-samples", .activate = export_samples_cb },
};

void
lsc_window_profile_save_init (LscWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

/* lsc-window-output.c: all that tasks print is kept in files, if the user wants it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. An action that is on while there is a folder; switching it on asks for one.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-file-chooser.h"
#include "lsc-window-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-preferences.h"

/* What is kept, and the menu says so. */
static void
set_folder (LscWindow *self, const char *folder)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "keep-output");

  lsc_preferences_set_output_folder (folder);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (folder != NULL));
}

static void
chosen_cb (GtkFileChooserNative *chooser, int response, LscWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        {
          g_autofree char *shown = g_filename_display_name (path);
          /* Translators: %s is a folder. */
          g_autofree char *message =
              g_strdup_printf (_ ("From the next run on, all output is kept in %s"), shown);

          set_folder (self, path);
          lsc_window_say (self, message);
        }
      else
        lsc_window_say (self, _ ("Output can only be kept in a folder of this computer."));
    }
  g_object_unref (chooser);
}

static void
choose_folder (LscWindow *self)
{
  GtkFileChooserNative *chooser =
      lsc_file_chooser_new (_ ("Keep All Output in…"), GTK_WINDOW (self),
                            GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Keep It There"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
change_keep_output_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  LscWindow *self = user_data;

  if (g_variant_get_boolean (state))
    {
      choose_folder (self);
      return;
    }
  set_folder (self, NULL);
  lsc_window_say (self, _ ("Output is no longer kept in files."));
}

void
lsc_window_output_init (LscWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "keep-output", .state = "false", .change_state = change_keep_output_cb },
  };
  g_autofree char *folder = lsc_preferences_dup_output_folder ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  if (folder != NULL)
    set_folder (self, folder);
}

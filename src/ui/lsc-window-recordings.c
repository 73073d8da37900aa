/* lsc-window-recordings.c: recordings come into the window, and files leave it.
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

/* ---- opening ------------------------------------------------------------------ */

void
lsc_window_say_not_opened (LscWindow *self, GFile *file, const char *reason)
{
  g_autofree char  *uri = g_file_get_parse_name (file);
  g_autofree char  *name = g_filename_display_basename (uri);
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), NULL, reason));

  /* Translators: %s is a file's name */
  adw_message_dialog_format_heading (dialog, _ ("“%s” Can’t Be Opened"), name);
  adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* A file that is opened once more takes the place of what was read of it before. */
void
lsc_window_add_opened (GListStore *list, LscOpenedFile *opened)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (LscOpenedFile) other = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (!g_file_equal (lsc_opened_file_get_file (other), lsc_opened_file_get_file (opened)))
        continue;
      g_list_store_splice (list, i, 1, (gpointer *)&opened, 1);
      return;
    }
  g_list_store_append (list, opened);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LscWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LscOpenedRecording) opened = lsc_opened_recording_load_finish (result, &error);

  /* Closed meanwhile: nobody to show it to. */
  if (self->session == NULL)
    return;
  if (opened == NULL)
    {
      lsc_window_say_not_opened (self, lsc_opened_recording_get_loaded_file (result),
                                 error->message);
      return;
    }
  lsc_window_add_opened (self->recordings, LSC_OPENED_FILE (opened));
  lsc_window_show_recording (self, opened);
}

void
lsc_window_open_recording (LscWindow *self, GFile *file)
{
  lsc_opened_recording_load_async (file, G_LIST_MODEL (self->catalogue), loaded_cb,
                                   g_object_ref (self));
}

void
lsc_window_choose_recording (LscWindow *self)
{
  lsc_window_choose_files (self, _ ("Open"), _ ("Recordings and measurements"),
                           "*.lanescope;*.json", lsc_window_open_file);
}

/* ---- showing ------------------------------------------------------------------ */

void
lsc_window_show_recording (LscWindow *self, LscOpenedRecording *opened)
{
  LscScene *scene = lsc_opened_recording_get_scene (opened);

  lsc_sidebar_select (self->sidebar, G_OBJECT (opened));
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  if (g_set_object (&self->opened, LSC_OPENED_FILE (opened)))
    {
      gtk_window_set_title (GTK_WINDOW (self), lsc_opened_recording_get_name (opened));
      lsc_workload_page_set_recording (self->workload_page, opened);
      lsc_window_show_scene (self, scene, lsc_opened_recording_get_workload (opened),
                             lsc_opened_recording_get_settings (opened));
      lsc_window_show_profile (self);
    }
  lsc_window_update (self);
}

static void
file_chosen_cb (LscWindow *self, LscOpenedFile *opened)
{
  if (LSC_IS_OPENED_PROFILE (opened))
    lsc_window_show_opened_profile (self, LSC_OPENED_PROFILE (opened));
  else
    lsc_window_show_recording (self, LSC_OPENED_RECORDING (opened));
}

/* The window goes back to the workload that was looked at before. */
static void
file_closed_cb (LscWindow *self, LscOpenedFile *opened)
{
  GListStore *list = LSC_IS_OPENED_PROFILE (opened) ? self->profiles : self->recordings;
  guint       position;

  if (self->opened == opened)
    lsc_window_show_workload (self, lsc_session_get_workload (self->session));
  if (g_list_store_find (list, opened, &position))
    g_list_store_remove (list, position);
}

void
lsc_window_close_file (LscWindow *self)
{
  g_autoptr (LscOpenedFile) opened = self->opened != NULL ? g_object_ref (self->opened) : NULL;

  if (opened != NULL)
    file_closed_cb (self, opened);
}

void
lsc_window_recordings_init (LscWindow *self)
{
  self->recordings = g_list_store_new (LSC_TYPE_OPENED_RECORDING);
  lsc_sidebar_add_files (self->sidebar, G_LIST_MODEL (self->recordings));
  g_signal_connect_object (self->sidebar, "file-chosen", G_CALLBACK (file_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar, "file-closed", G_CALLBACK (file_closed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* lsc-save-dialog.c: asks for a file that something of a page is saved to, and says how it went.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-save-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lsc-file-chooser.h"

/* Goes with its dialog. */
typedef struct
{
  GtkWidget     *widget;
  LscSaveFunc    save;
  gpointer       data;
  GDestroyNotify free_data;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->widget);
  saving->free_data (saving->data);
  g_free (saving);
}

static void
response_cb (GtkFileChooserNative *chooser, int response, Saving *saving)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      saving->save (saving->widget, file, saving->data);
    }
  g_object_unref (chooser);
}

void
lsc_save_dialog_show (GtkWidget     *widget,
                      const char    *title,
                      const char    *file_name,
                      LscSaveFunc    save,
                      gpointer       data,
                      GDestroyNotify free_data)
{
  GtkRoot              *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *chooser;
  Saving               *saving = g_new0 (Saving, 1);

  saving->widget = g_object_ref (widget);
  saving->save = save;
  saving->data = data;
  saving->free_data = free_data;
  chooser = lsc_file_chooser_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                  GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), file_name);
  g_object_set_data_full (G_OBJECT (chooser), "saving", saving, saving_free);
  g_signal_connect (chooser, "response", G_CALLBACK (response_cb), saving);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
lsc_save_dialog_add_filter (GtkFileChooser *chooser, const char *name, const char *suffix)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, suffix);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
show_error (GtkWidget *widget, const char *heading, const char *message)
{
  GtkRoot   *root = gtk_widget_get_root (widget);
  GtkWidget *dialog =
      adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
lsc_save_dialog_say (GtkWidget    *widget,
                     const char   *saved,
                     const char   *not_saved,
                     const GError *error)
{
  GtkWidget *overlay;

  if (error != NULL)
    {
      show_error (widget, not_saved, error->message);
      return;
    }
  overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (saved));
}

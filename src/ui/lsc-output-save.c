/* lsc-output-save.c: asks for a file and saves the output there.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; the file is written by a GTask.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-output-save.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lsc-output-text.h"

/* Goes with its dialog. */
typedef struct
{
  GtkWidget      *widget;
  LscOutputStore *store;
  LscTaskTable   *tasks; /* nullable */
  LscOutputQuery  query;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->widget);
  g_object_unref (saving->store);
  g_clear_object (&saving->tasks);
  lsc_output_query_clear (&saving->query);
  g_free (saving);
}

static void
show_error (GtkWidget *widget, const char *message)
{
  GtkRoot   *root = gtk_widget_get_root (widget);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _ ("The output was not saved"), message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = lsc_output_text_finish (result, &error);
  GtkWidget       *overlay;

  if (error != NULL)
    {
      show_error (widget, error->message);
      return;
    }
  overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (_ ("Output saved")));
}

static void
response_cb (GtkFileChooserNative *chooser, int response, Saving *saving)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

      lsc_output_text_async (NULL, saving->store, saving->tasks, &saving->query, file, NULL,
                             saved_cb, g_object_ref (saving->widget));
    }
  g_object_unref (chooser);
}

void
lsc_output_save (GtkWidget            *widget,
                 LscOutputStore       *store,
                 LscTaskTable         *tasks,
                 const LscOutputQuery *query)
{
  GtkRoot              *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *chooser;
  Saving               *saving = g_new0 (Saving, 1);

  g_return_if_fail (LSC_IS_OUTPUT_STORE (store));

  saving->widget = g_object_ref (widget);
  saving->store = g_object_ref (store);
  saving->tasks = tasks != NULL ? g_object_ref (tasks) : NULL;
  lsc_output_query_set (&saving->query, query);
  chooser = gtk_file_chooser_native_new (_ ("Save output"),
                                         GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                         GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  /* Translators: a proposed file name */
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _ ("output.txt"));
  g_object_set_data_full (G_OBJECT (chooser), "saving", saving, saving_free);
  g_signal_connect (chooser, "response", G_CALLBACK (response_cb), saving);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

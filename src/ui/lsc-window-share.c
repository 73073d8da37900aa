/* lsc-window-share.c: pictures and recordings leave the window.
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

#include "lsc-picture-dialog.h"
#include "lsc-picture-job.h"

void
lsc_window_share_say_saved (LscWindow *self, const char *path)
{
  AdwToast        *toast;
  g_autofree char *base = g_filename_display_basename (path);
  g_autofree char *text = g_strdup_printf (_ ("“%s” was saved"), base);
  g_autofree char *markup = g_markup_escape_text (text, -1);

  toast = adw_toast_new (markup);
  adw_toast_set_button_label (toast, _ ("Open Folder"));
  adw_toast_set_action_name (toast, "win.show-folder");
  adw_toast_set_action_target_value (toast, g_variant_new_string (path));
  lsc_window_add_toast (self, toast);
}

/* In the window's own colours. */
static void
get_options (LscPictureOptions *options)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  *options = (LscPictureOptions){
    .format = LSC_PICTURE_PNG,
    .width_px = 1200,
    .scale = 2,
    .theme = adw_style_manager_get_dark (style) ? LSC_THEME_DARK : LSC_THEME_LIGHT,
    .with_legend = TRUE,
  };
}

/* ---- pictures ----------------------------------------------------------------- */

/* Of the page that is looked at. */
static LscPicture *
make_picture (LscWindow *self)
{
  LscTimelineView view;
  LscBarsRequest  request;

  if (lsc_window_looks_at_profile (self))
    {
      lsc_measurements_page_get_request (self->measurements_page, &request);
      return lsc_picture_new_bars (lsc_measurements_page_get_profile (self->measurements_page),
                                   &request);
    }
  lsc_timeline_get_view (lsc_workload_page_get_timeline (self->workload_page), &view);
  return lsc_picture_new_timeline (lsc_window_get_scene (self), &view);
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LscWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = lsc_picture_render_finish (result, &error);

  if (self->session == NULL)
    return;
  if (png == NULL ||
      !lsc_picture_copy_to_clipboard (gtk_widget_get_clipboard (GTK_WIDGET (self)), png, &error))
    lsc_window_say (self, error != NULL ? error->message
                                        : _ ("The picture could not be put on the clipboard"));
  else
    lsc_window_say (self, _ ("The picture is on the clipboard"));
}

void
lsc_window_share_copy (LscWindow *self)
{
  g_autoptr (LscPicture) picture = make_picture (self);
  LscPictureOptions options;

  get_options (&options);
  lsc_picture_render_async (picture, &options, NULL, rendered_cb, g_object_ref (self));
}

static void
copied_cb (LscWindow *self)
{
  lsc_window_say (self, _ ("The picture is on the clipboard"));
}

static void
saved_cb (LscWindow *self, const char *path)
{
  lsc_window_share_say_saved (self, path);
}

/* "primes": the id without what a file's name can't have; a recording's own name without what
 * follows the dot. */
char *
lsc_window_share_dup_file_name (LscWindow *self)
{
  char *base;
  char *dot;

  if (self->opened == NULL)
    return g_path_get_basename (lsc_workload_get_id (lsc_session_get_workload (self->session)));

  base = g_strdup (lsc_opened_file_get_file_name (self->opened));
  dot = strrchr (base, '.');
  if (dot != NULL && dot != base)
    *dot = '\0';
  return base;
}

void
lsc_window_share_picture (LscWindow *self)
{
  LscPictureDialog *dialog;
  g_autoptr (LscPicture) picture = make_picture (self);
  g_autofree char *name = lsc_window_share_dup_file_name (self);

  dialog = lsc_picture_dialog_new (GTK_WINDOW (self), picture, name);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "copied", G_CALLBACK (copied_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* What a background job needs to tell where its file went. */
typedef struct
{
  LscWindow *window;
  char      *path;
} Saving;

static Saving *
saving_new (LscWindow *self, const char *path)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->window = g_object_ref (self);
  saving->path = g_strdup (path);
  return saving;
}

/* Consumes `saving`. */
static void
end_saving (Saving *saving, const GError *error)
{
  /* Closed meanwhile: nobody to tell. */
  if (saving->window->session == NULL)
    g_debug ("The window is gone");
  else if (error != NULL)
    lsc_window_say (saving->window, error->message);
  else
    lsc_window_share_say_saved (saving->window, saving->path);
  g_object_unref (saving->window);
  g_free (saving->path);
  g_free (saving);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  lsc_picture_save_finish (result, &error);
  end_saving (user_data, error);
}

void
lsc_window_share_export (LscWindow *self, const char *path)
{
  g_autoptr (LscPicture) picture = make_picture (self);
  g_autofree char  *full = lsc_picture_dup_path (path);
  LscPictureOptions options;

  get_options (&options);
  lsc_picture_save_async (picture, &options, full, NULL, exported_cb, saving_new (self, full));
}

/* ---- recordings --------------------------------------------------------------- */

static void
save_recording_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (lsc_recording_save (LSC_RECORDING (source), task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
recording_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  end_saving (user_data, error);
}

static void
recording_chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (LscWindow) self = LSC_WINDOW (g_object_steal_data (G_OBJECT (dialog), "lsc-window"));
  g_autoptr (LscRecording) recording = user_data;
  g_autoptr (GtkNativeDialog) owned = dialog;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GTask) task = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path == NULL)
    return;

  task = g_task_new (recording, NULL, recording_saved_cb, saving_new (self, path));
  g_task_set_source_tag (task, recording_chosen_cb);
  g_task_set_task_data (task, g_steal_pointer (&path), g_free);
  g_task_run_in_thread (task, save_recording_worker);
}

void
lsc_window_share_save_recording (LscWindow *self, guint index)
{
  GtkFileChooserNative *chooser;
  LscRun               *run;
  g_autofree char      *id = lsc_window_share_dup_file_name (self);
  g_autofree char      *name = NULL;

  if (self->opened != NULL || index >= lsc_session_get_n_runs (self->session))
    return;
  run = lsc_session_get_run (self->session, index);
  if (!lsc_recording_is_finished (lsc_run_get_recording (run)))
    {
      lsc_window_say (self, _ ("This run goes on. Its recording can be saved when it is over."));
      return;
    }

  name = g_strdup_printf ("%s-%s.lanescope", id,
                          lsc_executor_kind_get_nick (lsc_run_get_executor (run)));
  chooser = lsc_file_chooser_new (_ ("Save Recording"), GTK_WINDOW (self),
                                  GTK_FILE_CHOOSER_ACTION_SAVE, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_object_set_data_full (G_OBJECT (chooser), "lsc-window", g_object_ref (self), g_object_unref);
  g_signal_connect (chooser, "response", G_CALLBACK (recording_chosen_cb),
                    g_object_ref (lsc_run_get_recording (run)));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
lsc_window_share_update_menu (LscWindow *self)
{
  /* What is shown from a file is there already. */
  guint n = self->opened == NULL ? lsc_session_get_n_runs (self->session) : 0;

  g_menu_remove_all (self->recordings_menu);
  for (guint i = 0; i < n; i++)
    {
      LscRun *run = lsc_session_get_run (self->session, i);
      g_autoptr (GMenuItem) item = NULL;
      g_autofree char *label = NULL;

      if (!lsc_recording_is_finished (lsc_run_get_recording (run)))
        continue;
      /* Translators: a menu item that saves a mode's recording: "Threads…" */
      label = g_strdup_printf (_ ("%s…"), lsc_executor_kind_get_label (lsc_run_get_executor (run)));
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "win.save-recording", "u", i);
      g_menu_append_item (self->recordings_menu, item);
    }
}

/* lsc-picture-dialog.c: a picture, as it will be, before it is saved.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; every picture, the preview too, is made by a picture job.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-picture-dialog.h"

#include <glib/gi18n-lib.h>

#include "lsc-file-chooser.h"
#include "lsc-picture-job.h"
#include "lsc-save-dialog.h"

#define PREVIEW_DELAY_MS 150

struct _LscPictureDialog
{
  AdwWindow parent_instance;

  /* Template */
  GtkWidget       *cancel_button;
  GtkWidget       *save_button;
  GtkWidget       *copy_button;
  AdwToastOverlay *toasts;
  GtkPicture      *preview;
  GtkEditable     *title_row;
  AdwComboRow     *part_row;
  AdwComboRow     *theme_row;
  GtkSpinButton   *width;
  AdwComboRow     *scale_row;

  /* Owned */
  LscPicture           *picture;
  char                 *name;
  char                 *saving_path;
  GtkFileChooserNative *chooser;
  GCancellable         *preview_cancellable;
  GCancellable         *cancellable; /* of everything else; cancelled when the dialog goes */

  guint preview_delay_id;
};

enum
{
  SIGNAL_SAVED,
  SIGNAL_COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscPictureDialog, lsc_picture_dialog, ADW_TYPE_WINDOW)

static void
say (LscPictureDialog *self, const char *message)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (message));
}

/* In the order of the rows' lists. */
static void
get_options (LscPictureDialog *self, LscPictureOptions *options)
{
  static const LscThemeVariant themes[] = { LSC_THEME_LIGHT, LSC_THEME_DARK,
                                            LSC_THEME_LIGHT_CONTRAST, LSC_THEME_DARK_CONTRAST };

  *options = (LscPictureOptions){
    .format = LSC_PICTURE_PNG,
    .width_px = gtk_spin_button_get_value (self->width),
    .scale = 1.0 + adw_combo_row_get_selected (self->scale_row),
    .theme = themes[MIN (adw_combo_row_get_selected (self->theme_row), G_N_ELEMENTS (themes) - 1)],
    .with_legend = TRUE,
    .view = adw_combo_row_get_selected (self->part_row) == 1 ? lsc_picture_get_view (self->picture)
                                                             : NULL,
  };
}

/* ---- preview ------------------------------------------------------------------ */

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LscPictureDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = lsc_picture_render_finish (result, &error);
  g_autoptr (GdkTexture) texture = NULL;

  if (png != NULL)
    texture = gdk_texture_new_from_bytes (png, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_widget_set_sensitive (self->save_button, texture != NULL);
  gtk_widget_set_sensitive (self->copy_button, texture != NULL);
  gtk_picture_set_paintable (self->preview, GDK_PAINTABLE (texture));
  if (texture == NULL)
    say (self, error->message);
}

static gboolean
preview_cb (gpointer user_data)
{
  LscPictureDialog *self = user_data;
  LscPictureOptions options;

  self->preview_delay_id = 0;
  self->preview_cancellable = g_cancellable_new ();
  lsc_picture_set_title (self->picture, gtk_editable_get_text (self->title_row));
  get_options (self, &options);
  options.scale = 1.0;
  lsc_picture_render_async (self->picture, &options, self->preview_cancellable, previewed_cb,
                            g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
changed_cb (LscPictureDialog *self)
{
  g_clear_handle_id (&self->preview_delay_id, g_source_remove);
  if (self->preview_cancellable != NULL)
    g_cancellable_cancel (self->preview_cancellable);
  g_clear_object (&self->preview_cancellable);
  self->preview_delay_id = g_timeout_add (PREVIEW_DELAY_MS, preview_cb, self);
}

/* ---- copying and saving ------------------------------------------------------- */

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LscPictureDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = lsc_picture_render_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (self->copy_button, TRUE);
  if (png == NULL ||
      !lsc_picture_copy_to_clipboard (gtk_widget_get_clipboard (GTK_WIDGET (self)), png, &error))
    {
      say (self,
           error != NULL ? error->message : _ ("The picture could not be put on the clipboard"));
      return;
    }
  g_signal_emit (self, signals[SIGNAL_COPIED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
copy_cb (LscPictureDialog *self)
{
  LscPictureOptions options;

  gtk_widget_set_sensitive (self->copy_button, FALSE);
  lsc_picture_set_title (self->picture, gtk_editable_get_text (self->title_row));
  get_options (self, &options);
  lsc_picture_render_async (self->picture, &options, self->cancellable, rendered_cb,
                            g_object_ref (self));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LscPictureDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  gboolean is_saved = lsc_picture_save_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (!is_saved)
    {
      say (self, error->message);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, self->saving_path);
  gtk_window_close (GTK_WINDOW (self));
}

static void
chosen_cb (LscPictureDialog *self, int response)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char  *path = NULL;
  LscPictureOptions options;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file == NULL)
    return;
  path = g_file_get_path (file);
  if (path == NULL)
    {
      say (self, _ ("Choose a folder on this computer"));
      return;
    }

  g_free (self->saving_path);
  self->saving_path = lsc_picture_dup_path (path);
  /* The chooser asked only about the name without the ending. */
  if (g_strcmp0 (path, self->saving_path) != 0 &&
      g_file_test (self->saving_path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *base = g_path_get_basename (self->saving_path);
      g_autofree char *message =
          g_strdup_printf (_ ("“%s” is there already. Choose another name."), base);

      say (self, message);
      return;
    }
  gtk_widget_set_sensitive (self->save_button, FALSE);
  lsc_picture_set_title (self->picture, gtk_editable_get_text (self->title_row));
  get_options (self, &options);
  lsc_picture_save_async (self->picture, &options, self->saving_path, self->cancellable, saved_cb,
                          g_object_ref (self));
}

static void
save_cb (LscPictureDialog *self)
{
  g_autofree char *file_name = g_strconcat (self->name, ".png", NULL);

  if (self->chooser != NULL)
    return;
  self->chooser = lsc_file_chooser_new (_ ("Save Picture"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), file_name);
  lsc_save_dialog_add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("PNG, for slides and chats"),
                              "png");
  lsc_save_dialog_add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("SVG, for editing"), "svg");
  lsc_save_dialog_add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("PDF, for print"), "pdf");
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- the window --------------------------------------------------------------- */

static void
lsc_picture_dialog_dispose (GObject *object)
{
  LscPictureDialog *self = LSC_PICTURE_DIALOG (object);

  g_clear_handle_id (&self->preview_delay_id, g_source_remove);
  if (self->preview_cancellable != NULL)
    g_cancellable_cancel (self->preview_cancellable);
  g_clear_object (&self->preview_cancellable);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (lsc_picture_dialog_parent_class)->dispose (object);
}

static void
lsc_picture_dialog_finalize (GObject *object)
{
  LscPictureDialog *self = LSC_PICTURE_DIALOG (object);

  g_clear_object (&self->picture);
  g_free (self->name);
  g_free (self->saving_path);
  G_OBJECT_CLASS (lsc_picture_dialog_parent_class)->finalize (object);
}

static void
lsc_picture_dialog_class_init (LscPictureDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lsc_picture_dialog_dispose;
  object_class->finalize = lsc_picture_dialog_finalize;

  signals[SIGNAL_SAVED] = g_signal_new ("saved", LSC_TYPE_PICTURE_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_COPIED] = g_signal_new ("copied", LSC_TYPE_PICTURE_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/lanescope/Lanescope/lsc-picture-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LscPictureDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, LscPictureDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, LscPictureDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, LscPictureDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, LscPictureDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, LscPictureDialog, title_row);
  gtk_widget_class_bind_template_child (widget_class, LscPictureDialog, part_row);
  gtk_widget_class_bind_template_child (widget_class, LscPictureDialog, theme_row);
  gtk_widget_class_bind_template_child (widget_class, LscPictureDialog, width);
  gtk_widget_class_bind_template_child (widget_class, LscPictureDialog, scale_row);
}

static void
lsc_picture_dialog_init (LscPictureDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->cancel_button, "clicked", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->copy_button, "clicked", G_CALLBACK (copy_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (save_cb), self,
                           G_CONNECT_SWAPPED);
}

LscPictureDialog *
lsc_picture_dialog_new (GtkWindow *parent, LscPicture *picture, const char *name)
{
  LscPictureDialog *self;
  const char       *title;

  g_return_val_if_fail (LSC_IS_PICTURE (picture), NULL);

  self = g_object_new (LSC_TYPE_PICTURE_DIALOG, "transient-for", parent, NULL);
  self->picture = lsc_picture_copy (picture);
  self->name = g_strdup (name);

  gtk_widget_set_visible (GTK_WIDGET (self->part_row), lsc_picture_has_view (picture));
  title = lsc_picture_get_title (picture);
  gtk_editable_set_text (self->title_row, title != NULL ? title : "");
  if (adw_style_manager_get_dark (adw_style_manager_get_default ()))
    adw_combo_row_set_selected (self->theme_row, 1);

  g_signal_connect_object (self->title_row, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->part_row, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->theme_row, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scale_row, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->width, "value-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
  return self;
}

/* lsc-lines-editor.c: many inputs, one a line: typed, or a file's.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; files are read by GIO in the background.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-lines-editor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lsc-file-chooser.h"
#include "lsc-units.h"

/* What the text view still scrolls smoothly. */
#define MAX_VIEW_LINES 10000u
#define MAX_VIEW_BYTES (1u << 20)
/* Ten million inputs of 25 bytes. */
#define MAX_FILE_BYTES (G_GINT64_CONSTANT (256) << 20)

struct _LscLinesEditor
{
  GtkWidget parent_instance;

  /* Template */
  GtkStack    *stack;
  GtkTextView *view;
  GtkLabel    *many_title;
  GtkLabel    *many_count;
  GtkWidget   *open_button;
  GtkWidget   *clear_button;

  /* Owned */
  GtkFileChooserNative *chooser;
  GCancellable         *cancellable;
  char                 *file_name; /* of the lines, when they are a file's */

  gboolean is_setting;
};

enum
{
  SIGNAL_EDITED,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscLinesEditor, lsc_lines_editor, GTK_TYPE_WIDGET)

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (const char *line = text; line != NULL && *line != '\0'; n++)
    {
      line = strchr (line, '\n');
      if (line != NULL)
        line++;
    }
  return n;
}

static char *
dup_view_text (LscLinesEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter    start;
  GtkTextIter    end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* Setting what is there already would move the cursor of who types. */
static gboolean
shows_text (LscLinesEditor *self, const char *text)
{
  g_autofree char *shown = NULL;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "text") != 0)
    return FALSE;
  shown = dup_view_text (self);
  return g_strcmp0 (shown, text) == 0;
}

void
lsc_lines_editor_set_text (LscLinesEditor *self, const char *text)
{
  g_autofree char *count = NULL;
  g_autofree char *label = NULL;
  guint            n;

  g_return_if_fail (LSC_IS_LINES_EDITOR (self));

  if (shows_text (self, text))
    return;

  n = count_lines (text);
  self->is_setting = TRUE;
  if (n > MAX_VIEW_LINES || strlen (text) > MAX_VIEW_BYTES)
    {
      count = lsc_format_count (n);
      label = g_strdup_printf (ngettext ("%s line", "%s lines", n), count);
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), "", 0);
      gtk_label_set_label (self->many_title,
                           self->file_name != NULL ? self->file_name : _ ("Many inputs"));
      gtk_label_set_label (self->many_count, label);
      gtk_stack_set_visible_child_name (self->stack, "many");
    }
  else
    {
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
      gtk_stack_set_visible_child_name (self->stack, "text");
    }
  self->is_setting = FALSE;
}

static void
emit_edited (LscLinesEditor *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, text);
}

static void
emit_failed (LscLinesEditor *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
}

static void
buffer_changed_cb (LscLinesEditor *self)
{
  g_autofree char *text = NULL;

  if (self->is_setting)
    return;
  text = dup_view_text (self);
  g_clear_pointer (&self->file_name, g_free);
  emit_edited (self, text);
}

static void
clear_cb (LscLinesEditor *self)
{
  g_clear_pointer (&self->file_name, g_free);
  lsc_lines_editor_set_text (self, "");
  emit_edited (self, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* ---- files -------------------------------------------------------------------- */

static void
take_contents (LscLinesEditor *self, const char *name, const char *contents, gsize length)
{
  g_autofree char *message = NULL;

  if (!g_utf8_validate (contents, (gssize)length, NULL))
    {
      message = g_strdup_printf (
          _ ("“%s” is not a text file in UTF-8. Choose a plain text file with one input a line."),
          name);
      emit_failed (self, message);
      return;
    }
  g_free (self->file_name);
  self->file_name = g_strdup (name);
  lsc_lines_editor_set_text (self, contents);
  emit_edited (self, contents);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LscLinesEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *display_name = g_filename_display_name (name);
  gsize            length;

  if (g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error))
    take_contents (self, display_name, contents, length);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    emit_failed (self, error->message);
}

static void
sized_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LscLinesEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char *message = NULL;

  info = g_file_query_info_finish (G_FILE (source), result, &error);
  if (info == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        emit_failed (self, error->message);
      return;
    }
  if (g_file_info_get_size (info) > MAX_FILE_BYTES)
    {
      message = g_strdup_printf (
          _ ("“%s” is larger than 256 MB. Split it, or run it with lanescope-cli."),
          g_file_info_get_display_name (info));
      emit_failed (self, message);
      return;
    }
  g_file_load_contents_async (G_FILE (source), self->cancellable, loaded_cb, g_object_ref (self));
}

static void
chosen_cb (LscLinesEditor *self, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
      g_file_query_info_async (
          file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME,
          G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->cancellable, sized_cb,
          g_object_ref (self));
    }
  g_clear_object (&self->chooser);
}

static void
open_cb (LscLinesEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;
  self->chooser = lsc_file_chooser_new (_ ("Open Inputs"), GTK_WINDOW (root),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- the widget --------------------------------------------------------------- */

static void
lsc_lines_editor_dispose (GObject *object)
{
  LscLinesEditor *self = LSC_LINES_EDITOR (object);
  GtkWidget      *child;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->file_name, g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lsc_lines_editor_parent_class)->dispose (object);
}

static void
lsc_lines_editor_class_init (LscLinesEditorClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lsc_lines_editor_dispose;

  signals[SIGNAL_EDITED] = g_signal_new ("edited", LSC_TYPE_LINES_EDITOR, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", LSC_TYPE_LINES_EDITOR, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/lanescope/Lanescope/lsc-lines-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, LscLinesEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, LscLinesEditor, view);
  gtk_widget_class_bind_template_child (widget_class, LscLinesEditor, many_title);
  gtk_widget_class_bind_template_child (widget_class, LscLinesEditor, many_count);
  gtk_widget_class_bind_template_child (widget_class, LscLinesEditor, open_button);
  gtk_widget_class_bind_template_child (widget_class, LscLinesEditor, clear_button);
}

static void
lsc_lines_editor_init (LscLinesEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed",
                           G_CALLBACK (buffer_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->open_button, "clicked", G_CALLBACK (open_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->clear_button, "clicked", G_CALLBACK (clear_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
lsc_lines_editor_new (const char *label, const char *description)
{
  LscLinesEditor *self = g_object_new (LSC_TYPE_LINES_EDITOR, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  return GTK_WIDGET (self);
}

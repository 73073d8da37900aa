/* lsc-entry-editor.c: a line of text, with what helps to fill it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-entry-editor.h"

#include <glib/gi18n-lib.h>

#include "lsc-file-chooser.h"
#include "lsc-sandbox.h"

#define SUGGESTIONS_HEIGHT_PX 320
#define MAX_CHARS             48

struct _LscEntryEditor
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *line;
  GtkWidget *note;

  /* Owned by the line */
  GtkWidget *entry;
  GtkWidget *unit;
  GtkWidget *suggestions; /* a menu button */
  GtkWidget *list;        /* in its popover */

  /* Owned */
  GtkFileChooserNative *chooser;
  GCancellable         *looking; /* whether the path is there */

  LscEntryKind kind;
  LscSuggest   suggest;
  gpointer     suggest_data;
  gboolean     has_own_note; /* others know better what to say */
  gboolean     is_outside;   /* the path is none of the sandbox's */
  gboolean     is_setting;   /* the program changes the text, not the user */
};

enum
{
  SIGNAL_EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscEntryEditor, lsc_entry_editor, GTK_TYPE_WIDGET)

/* ---- the note ----------------------------------------------------------------- */

static void
show_note (LscEntryEditor *self, const char *note, gboolean is_problem)
{
  gtk_label_set_label (GTK_LABEL (self->note), note != NULL ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);
  gtk_widget_remove_css_class (self->note, is_problem ? "dim-label" : "problem");
  gtk_widget_add_css_class (self->note, is_problem ? "problem" : "dim-label");
}

void
lsc_entry_editor_set_note (LscEntryEditor *self, const char *note, gboolean is_problem)
{
  g_return_if_fail (LSC_IS_ENTRY_EDITOR (self));

  self->has_own_note = note != NULL;
  show_note (self, note, is_problem);
}

/* Whether a portal has given it to a sandbox: then it is alone in its folder. */
static gboolean
is_document (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *documents = g_build_filename (g_get_user_runtime_dir (), "doc", "", NULL);

  return lsc_sandbox_get () != NULL && path != NULL && g_str_has_prefix (path, documents);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LscEntryEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  gboolean    wants_folder = self->kind == LSC_ENTRY_FOLDER;
  gboolean    is_folder;
  const char *note = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  is_folder = info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) && lsc_sandbox_get () != NULL)
    /* Translators: below a path that was typed; the program runs in a Flatpak. */
    note = _ ("The sandbox does not see this. Choose it in the dialog");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    note = wants_folder ? _ ("There is no such folder") : _ ("There is no such file");
  else if (error != NULL)
    note = error->message;
  else if (wants_folder && !is_folder)
    note = _ ("This is not a folder");
  else if (!wants_folder && is_folder)
    note = _ ("This is a folder, not a file");
  if (self->has_own_note || self->is_outside)
    return;
  if (note == NULL && !is_folder && is_document (G_FILE (source)))
    /* Translators: below a file that was chosen in a dialog; the program runs in a Flatpak. */
    show_note (self, _ ("The sandbox sees only this file, not those beside it"), FALSE);
  else
    show_note (self, note, TRUE);
}

/* Whether what was typed is there. */
static void
look (LscEntryEditor *self)
{
  const char *text = lsc_entry_editor_get_text (self);
  g_autoptr (GFile) file = NULL;
  g_autofree char *program = NULL;

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  if (self->has_own_note || self->kind == LSC_ENTRY_TEXT)
    return;
  show_note (self, NULL, FALSE);
  if (*text == '\0' || self->is_outside)
    return;
  if (self->kind == LSC_ENTRY_PROGRAM)
    {
      program = g_find_program_in_path (text);
      if (program == NULL)
        show_note (self, _ ("There is no such program"), TRUE);
      return;
    }
  self->looking = g_cancellable_new ();
  file = g_file_new_for_path (text);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, self->looking, looked_cb, g_object_ref (self));
}

void
lsc_entry_editor_set_outside (LscEntryEditor *self, gboolean is_outside)
{
  g_return_if_fail (LSC_IS_ENTRY_EDITOR (self));

  if (self->is_outside == is_outside)
    return;
  self->is_outside = is_outside;
  look (self);
}

void
lsc_entry_editor_set_label (LscEntryEditor *self, const char *label, const char *description)
{
  g_return_if_fail (LSC_IS_ENTRY_EDITOR (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description != NULL ? description : "", -1);
}

/* ---- the text ----------------------------------------------------------------- */

void
lsc_entry_editor_set_text (LscEntryEditor *self, const char *text)
{
  g_return_if_fail (LSC_IS_ENTRY_EDITOR (self));
  g_return_if_fail (text != NULL);

  if (g_strcmp0 (lsc_entry_editor_get_text (self), text) != 0)
    {
      self->is_setting = TRUE;
      gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
      self->is_setting = FALSE;
    }
  look (self);
}

const char *
lsc_entry_editor_get_text (LscEntryEditor *self)
{
  g_return_val_if_fail (LSC_IS_ENTRY_EDITOR (self), NULL);
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

void
lsc_entry_editor_set_unit (LscEntryEditor *self, const char *unit)
{
  g_return_if_fail (LSC_IS_ENTRY_EDITOR (self));

  gtk_label_set_label (GTK_LABEL (self->unit), unit != NULL ? unit : "");
  gtk_widget_set_visible (self->unit, unit != NULL);
}

void
lsc_entry_editor_set_purpose (LscEntryEditor *self, GtkInputPurpose purpose)
{
  g_return_if_fail (LSC_IS_ENTRY_EDITOR (self));

  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), purpose);
  /* A number needs no more room than a number. */
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 12);
}

void
lsc_entry_editor_set_invalid (LscEntryEditor *self, gboolean is_invalid)
{
  g_return_if_fail (LSC_IS_ENTRY_EDITOR (self));

  if (is_invalid)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
      is_invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
changed_cb (LscEntryEditor *self)
{
  if (self->is_setting)
    return;
  look (self);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, lsc_entry_editor_get_text (self));
}

/* As if the user had typed it. */
static void
take (LscEntryEditor *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/* ---- choosing a file ---------------------------------------------------------- */

static void
chosen_cb (LscEntryEditor *self, int response)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
      path = file != NULL ? g_file_get_path (file) : NULL;
    }
  g_clear_object (&self->chooser);
  /* A name in another encoding can't be a setting. */
  if (path != NULL && g_utf8_validate (path, -1, NULL))
    take (self, path);
  else if (path != NULL || file != NULL)
    show_note (self, _ ("Only files of this computer, with a name in UTF-8, can be used"), TRUE);
}

static void
choose_cb (LscEntryEditor *self)
{
  const char          *text = lsc_entry_editor_get_text (self);
  gboolean             wants_folder = self->kind == LSC_ENTRY_FOLDER;
  GtkFileChooserAction action =
      wants_folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_OPEN;

  if (self->chooser != NULL)
    return;
  self->chooser =
      lsc_file_chooser_new (wants_folder ? _ ("Choose a Folder") : _ ("Choose a File"),
                            GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), action, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (g_path_is_absolute (text))
    {
      g_autoptr (GFile) file = g_file_new_for_path (text);

      gtk_file_chooser_set_file (GTK_FILE_CHOOSER (self->chooser), file, NULL);
    }
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- suggestions -------------------------------------------------------------- */

static void
row_activated_cb (LscEntryEditor *self, GtkListBoxRow *row)
{
  const char *value = g_object_get_data (G_OBJECT (row), "value");

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->suggestions));
  if (value != NULL)
    take (self, value);
}

static void
add_row (LscEntryEditor *self, const char *value, const char *text)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (label), (int)MIN (g_utf8_strlen (text, -1), MAX_CHARS));
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  gtk_widget_set_margin_start (label, 6);
  gtk_widget_set_margin_end (label, 6);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), value != NULL);
  gtk_widget_set_sensitive (row, value != NULL);
  g_object_set_data_full (G_OBJECT (row), "value", g_strdup (value), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
fill_suggestions_cb (GtkMenuButton *button, gpointer user_data)
{
  LscEntryEditor *self = user_data;
  g_autoptr (GStrvBuilder) value_builder = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) label_builder = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;
  g_auto (GStrv) labels = NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  self->suggest (value_builder, label_builder, self->suggest_data);
  values = g_strv_builder_end (value_builder);
  labels = g_strv_builder_end (label_builder);
  for (guint i = 0; values[i] != NULL; i++)
    add_row (self, values[i], labels[i]);
  if (values[0] == NULL)
    add_row (self, NULL, _ ("Nothing to suggest"));
}

static GtkWidget *
make_suggestions (LscEntryEditor *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller),
                                              SUGGESTIONS_HEIGHT_PX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_widget_add_css_class (popover, "menu");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "pan-down-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), fill_suggestions_cb, self, NULL);
  gtk_widget_set_tooltip_text (button, _ ("Suggestions"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Suggestions"), -1);
  return button;
}

void
lsc_entry_editor_set_suggest (LscEntryEditor *self, LscSuggest suggest, gpointer user_data)
{
  g_return_if_fail (LSC_IS_ENTRY_EDITOR (self));

  self->suggest = suggest;
  self->suggest_data = user_data;
  gtk_widget_set_visible (self->suggestions, suggest != NULL);
}

/* ---- the widget --------------------------------------------------------------- */

static gboolean
lsc_entry_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (LSC_ENTRY_EDITOR (widget)->entry);
}

static void
lsc_entry_editor_dispose (GObject *object)
{
  LscEntryEditor *self = LSC_ENTRY_EDITOR (object);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  g_clear_pointer (&self->note, gtk_widget_unparent);
  G_OBJECT_CLASS (lsc_entry_editor_parent_class)->dispose (object);
}

static void
lsc_entry_editor_class_init (LscEntryEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lsc_entry_editor_dispose;
  widget_class->grab_focus = lsc_entry_editor_grab_focus;

  signals[SIGNAL_EDITED] = g_signal_new ("edited", LSC_TYPE_ENTRY_EDITOR, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
lsc_entry_editor_init (LscEntryEditor *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget        *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 4);

  self->entry = gtk_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->suggestions = make_suggestions (self);
  gtk_widget_set_visible (self->suggestions, FALSE);
  self->unit = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->unit, "dim-label");
  gtk_widget_set_visible (self->unit, FALSE);

  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->suggestions);
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (self->line), box);
  gtk_box_append (GTK_BOX (self->line), self->unit);
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));

  self->note = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->note), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (self->note), 44);
  gtk_widget_add_css_class (self->note, "caption");
  gtk_widget_set_visible (self->note, FALSE);
  gtk_widget_set_parent (self->note, GTK_WIDGET (self));
}

GtkWidget *
lsc_entry_editor_new (LscEntryKind kind)
{
  LscEntryEditor *self = g_object_new (LSC_TYPE_ENTRY_EDITOR, NULL);
  GtkWidget      *box = gtk_widget_get_first_child (self->line);
  GtkWidget      *button;
  const char     *label = kind == LSC_ENTRY_FOLDER ? _ ("Choose a folder") : _ ("Choose a file");

  self->kind = kind;
  if (kind == LSC_ENTRY_TEXT)
    return GTK_WIDGET (self);
  button = gtk_button_new_from_icon_name ("document-open-symbolic");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return GTK_WIDGET (self);
}

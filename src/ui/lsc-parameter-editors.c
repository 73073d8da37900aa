/* lsc-parameter-editors.c: the editor of a field, by its parameter's type.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Integers are typed into an entry: a GtkSpinButton holds a double,
 * which cannot tell 18446744073709551615 from its neighbours.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-parameter-form-private.h"

#include "lsc-code-view.h"
#include "lsc-entry-editor.h"
#include "lsc-lines-editor.h"
#include "lsc-parameter-help.h"

/* Of a text of many lines. */
#define TEXT_HEIGHT_PX 110
#define CODE_HEIGHT_PX 220

static void
set_text (LscParameterField *field, const char *text)
{
  LscParameterForm *self = field->form;

  if (self->is_setting)
    return;
  self->is_setting = TRUE;
  lsc_inputs_set_text (self->inputs, field->parameter->id, text);
  self->is_setting = FALSE;
}

static void
edited_cb (GtkWidget *editor, const char *text, gpointer user_data)
{
  set_text (user_data, text);
}

static void
lines_failed_cb (LscLinesEditor *editor, const char *message, gpointer user_data)
{
  LscParameterField *field = user_data;

  lsc_parameter_form_emit_failed (field->form, message);
}

static void
switch_changed_cb (GtkSwitch *editor, GParamSpec *pspec, gpointer user_data)
{
  set_text (user_data, gtk_switch_get_active (editor) ? "true" : "false");
}

static void
choice_changed_cb (GtkDropDown *drop_down, GParamSpec *pspec, gpointer user_data)
{
  LscParameterField *field = user_data;
  guint              selected = gtk_drop_down_get_selected (drop_down);

  if (selected != GTK_INVALID_LIST_POSITION)
    set_text (field, field->parameter->choices[selected].value);
}

static GtkWidget *
make_choice (LscParameterField *field)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *drop_down;

  for (const LscChoice *choice = field->parameter->choices; choice->value != NULL; choice++)
    gtk_string_list_append (labels, lsc_choice_get_label (choice));
  drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (choice_changed_cb), field);
  return drop_down;
}

static GtkWidget *
make_switch (LscParameterField *field)
{
  GtkWidget *editor = gtk_switch_new ();

  g_signal_connect (editor, "notify::active", G_CALLBACK (switch_changed_cb), field);
  return editor;
}

static GtkWidget *
make_entry (LscParameterField *field, LscEntryKind kind)
{
  const LscParameter *parameter = field->parameter;
  GtkWidget          *editor = lsc_entry_editor_new (kind);
  LscEntryEditor     *entry = LSC_ENTRY_EDITOR (editor);

  lsc_entry_editor_set_label (entry, lsc_parameter_get_label (parameter),
                              lsc_parameter_get_description (parameter));
  lsc_entry_editor_set_unit (entry, lsc_parameter_get_unit (parameter));
  if (parameter->type == LSC_PARAMETER_INTEGER)
    lsc_entry_editor_set_purpose (entry, GTK_INPUT_PURPOSE_DIGITS);
  else if (parameter->type == LSC_PARAMETER_SECONDS)
    lsc_entry_editor_set_purpose (entry, GTK_INPUT_PURPOSE_NUMBER);
  lsc_parameter_help_suggest (entry, parameter, field->form->guide);
  g_signal_connect (editor, "edited", G_CALLBACK (edited_cb), field);
  return editor;
}

static GtkWidget *
make_lines (LscParameterField *field)
{
  GtkWidget *editor = lsc_lines_editor_new (lsc_parameter_get_label (field->parameter),
                                            lsc_parameter_get_description (field->parameter));

  g_signal_connect (editor, "edited", G_CALLBACK (edited_cb), field);
  g_signal_connect (editor, "failed", G_CALLBACK (lines_failed_cb), field);
  return editor;
}

static GtkWidget *
make_multiline (LscParameterField *field)
{
  const LscParameter *parameter = field->parameter;
  GtkWidget          *editor = lsc_code_view_new ();

  lsc_code_view_set_label (LSC_CODE_VIEW (editor), lsc_parameter_get_label (parameter),
                           lsc_parameter_get_description (parameter));
  lsc_code_view_set_language (LSC_CODE_VIEW (editor), parameter->language);
  lsc_code_view_set_editable (LSC_CODE_VIEW (editor), TRUE);
  gtk_widget_set_size_request (editor, -1,
                               parameter->language != NULL ? CODE_HEIGHT_PX : TEXT_HEIGHT_PX);
  g_signal_connect (editor, "edited", G_CALLBACK (edited_cb), field);
  return editor;
}

GtkWidget *
lsc_parameter_field_make_editor (LscParameterField *field)
{
  switch (field->parameter->type)
    {
    case LSC_PARAMETER_CHOICE:
      return make_choice (field);
    case LSC_PARAMETER_LINES:
      return make_lines (field);
    case LSC_PARAMETER_MULTILINE:
      return make_multiline (field);
    case LSC_PARAMETER_SWITCH:
      return make_switch (field);
    case LSC_PARAMETER_FILE:
      return make_entry (field, LSC_ENTRY_FILE);
    case LSC_PARAMETER_FOLDER:
      return make_entry (field, LSC_ENTRY_FOLDER);
    case LSC_PARAMETER_PROGRAM:
      return make_entry (field, LSC_ENTRY_PROGRAM);
    case LSC_PARAMETER_INTEGER:
    case LSC_PARAMETER_TEXT:
    case LSC_PARAMETER_SECONDS:
    default:
      return make_entry (field, LSC_ENTRY_TEXT);
    }
}

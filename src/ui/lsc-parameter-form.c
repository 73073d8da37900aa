/* lsc-parameter-form.c: a form made from a workload's parameters.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-parameter-form-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-code-view.h"
#include "lsc-entry-editor.h"
#include "lsc-lines-editor.h"
#include "lsc-parameter-help.h"

#define SPACING_PX 18

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscParameterForm, lsc_parameter_form, GTK_TYPE_WIDGET)

void
lsc_parameter_form_emit_failed (LscParameterForm *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
}

/* ---- showing ------------------------------------------------------------------ */

static void
show_choice (LscParameterField *field, const char *value)
{
  const LscChoice *choices = field->parameter->choices;

  for (guint i = 0; choices[i].value != NULL; i++)
    if (g_strcmp0 (choices[i].value, value) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (field->editor), i);
}

static void
show_value (LscParameterField *field)
{
  const char *text = lsc_inputs_get_text (field->form->inputs, field->parameter->id);

  field->form->is_setting = TRUE;
  switch (field->parameter->type)
    {
    case LSC_PARAMETER_CHOICE:
      show_choice (field, text);
      break;
    case LSC_PARAMETER_LINES:
      lsc_lines_editor_set_text (LSC_LINES_EDITOR (field->editor), text);
      break;
    case LSC_PARAMETER_MULTILINE:
      lsc_code_view_set_text (LSC_CODE_VIEW (field->editor), text);
      break;
    case LSC_PARAMETER_SWITCH:
      gtk_switch_set_active (GTK_SWITCH (field->editor), g_strcmp0 (text, "true") == 0);
      break;
    case LSC_PARAMETER_INTEGER:
    case LSC_PARAMETER_TEXT:
    case LSC_PARAMETER_FILE:
    case LSC_PARAMETER_FOLDER:
    case LSC_PARAMETER_PROGRAM:
    case LSC_PARAMETER_SECONDS:
    default:
      lsc_entry_editor_set_text (LSC_ENTRY_EDITOR (field->editor), text);
    }
  field->form->is_setting = FALSE;
}

static void
show_problem (LscParameterField *field)
{
  const char *problem = lsc_inputs_get_problem (field->form->inputs, field->parameter->id);

  gtk_label_set_label (GTK_LABEL (field->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (field->problem, problem != NULL);
  if (LSC_IS_ENTRY_EDITOR (field->editor))
    lsc_entry_editor_set_invalid (LSC_ENTRY_EDITOR (field->editor), problem != NULL);
}

static void
show_used (LscParameterForm *self)
{
  LscSettings *settings = lsc_inputs_get_settings (self->inputs);
  gboolean     has_advanced = FALSE;

  for (guint i = 0; i < self->fields->len; i++)
    {
      LscParameterField *field = g_ptr_array_index (self->fields, i);
      gboolean           is_used = lsc_settings_is_used (settings, field->parameter->id);

      gtk_widget_set_visible (field->box, is_used);
      has_advanced |= is_used && field->parameter->advanced;
    }
  gtk_widget_set_visible (self->expander, has_advanced);
}

static void
show_code_problem (LscCodeView *view, LscPythonGuide *guide)
{
  guint       line;
  const char *problem = lsc_python_guide_get_code_problem (guide, &line);

  lsc_code_view_set_problem (view, line, problem);
}

/* What is known besides: about a Python function, and the code that it is in. */
static void
show_help (LscParameterForm *self)
{
  LscSettings *settings = lsc_inputs_get_settings (self->inputs);

  for (guint i = 0; i < self->fields->len; i++)
    {
      LscParameterField *field = g_ptr_array_index (self->fields, i);

      if (LSC_IS_ENTRY_EDITOR (field->editor))
        lsc_parameter_help_show (LSC_ENTRY_EDITOR (field->editor), field->parameter, self->guide,
                                 settings);
      else if (LSC_IS_CODE_VIEW (field->editor) && self->guide != NULL &&
               field->parameter->language != NULL)
        show_code_problem (LSC_CODE_VIEW (field->editor), self->guide);
    }
}

/* The user's own typing must not be written back: it would move the cursor. */
static void
value_changed_cb (LscParameterForm *self, const char *id)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      LscParameterField *field = g_ptr_array_index (self->fields, i);

      if (g_strcmp0 (field->parameter->id, id) != 0)
        continue;
      if (!self->is_setting)
        show_value (field);
      show_problem (field);
    }
  show_used (self);
  show_help (self);
}

/* ---- making ------------------------------------------------------------------- */

static GtkWidget *
make_text (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* The name above the editor; beside it when that is a switch. */
static void
put_together (LscParameterField *field)
{
  gboolean   is_switch = field->parameter->type == LSC_PARAMETER_SWITCH;
  GtkWidget *title = make_text (lsc_parameter_get_label (field->parameter), "heading");
  GtkWidget *line;

  if (!is_switch)
    {
      gtk_box_append (GTK_BOX (field->box), title);
      gtk_box_append (GTK_BOX (field->box), field->editor);
      return;
    }
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_valign (field->editor, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), field->editor);
  gtk_box_append (GTK_BOX (field->box), line);
}

static LscParameterField *
make_field (LscParameterForm *self, const LscParameter *parameter)
{
  LscParameterField *field = g_new0 (LscParameterField, 1);
  const char        *description = lsc_parameter_get_description (parameter);

  field->form = self;
  field->parameter = parameter;
  field->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  field->editor = lsc_parameter_field_make_editor (field);
  field->problem = make_text ("", "problem");
  gtk_widget_set_visible (field->problem, FALSE);

  put_together (field);
  gtk_box_append (GTK_BOX (field->box), field->problem);
  if (description != NULL && *description != '\0')
    {
      GtkWidget *label = make_text (description, "caption");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (field->box), label);
    }

  if (GTK_IS_DROP_DOWN (field->editor) || GTK_IS_SWITCH (field->editor))
    gtk_accessible_update_property (GTK_ACCESSIBLE (field->editor), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    lsc_parameter_get_label (parameter),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    description != NULL ? description : "", -1);
  gtk_box_append (GTK_BOX (parameter->advanced ? self->advanced : self->plain), field->box);
  return field;
}

static void
field_free (gpointer data)
{
  LscParameterField *field = data;

  g_signal_handlers_disconnect_by_data (field->editor, field);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (field->box)), field->box);
  g_free (field);
}

void
lsc_parameter_form_set_filter (LscParameterForm  *self,
                               LscParameterFilter filter,
                               gpointer           user_data)
{
  g_return_if_fail (LSC_IS_PARAMETER_FORM (self));
  g_return_if_fail (self->inputs == NULL);

  self->filter = filter;
  self->filter_data = user_data;
}

void
lsc_parameter_form_set_inputs (LscParameterForm *self, LscInputs *inputs)
{
  const LscParameter *parameters;
  guint               n;

  g_return_if_fail (LSC_IS_PARAMETER_FORM (self));
  g_return_if_fail (inputs == NULL || LSC_IS_INPUTS (inputs));

  if (self->inputs == inputs)
    return;
  if (self->inputs != NULL)
    g_signal_handlers_disconnect_by_func (self->inputs, G_CALLBACK (value_changed_cb), self);
  if (self->guide != NULL)
    g_signal_handlers_disconnect_by_func (self->guide, G_CALLBACK (show_help), self);
  g_ptr_array_set_size (self->fields, 0);
  self->guide = inputs != NULL ? lsc_python_guide_get (inputs) : NULL;
  g_set_object (&self->inputs, inputs);
  if (inputs == NULL)
    return;

  parameters = lsc_workload_get_parameters (lsc_inputs_get_workload (inputs), &n);
  for (guint i = 0; i < n; i++)
    {
      LscParameterField *field;

      if (self->filter != NULL && !self->filter (&parameters[i], self->filter_data))
        continue;
      field = make_field (self, &parameters[i]);
      g_ptr_array_add (self->fields, field);
      show_value (field);
      show_problem (field);
    }
  show_used (self);
  show_help (self);
  g_signal_connect_object (inputs, "value-changed", G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->guide != NULL)
    g_signal_connect_object (self->guide, "changed", G_CALLBACK (show_help), self,
                             G_CONNECT_SWAPPED);
}

/* ---- the widget --------------------------------------------------------------- */

static void
lsc_parameter_form_dispose (GObject *object)
{
  LscParameterForm *self = LSC_PARAMETER_FORM (object);

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->plain, gtk_widget_unparent);
  g_clear_pointer (&self->expander, gtk_widget_unparent);
  g_clear_object (&self->inputs);
  G_OBJECT_CLASS (lsc_parameter_form_parent_class)->dispose (object);
}

static void
lsc_parameter_form_class_init (LscParameterFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lsc_parameter_form_dispose;

  signals[SIGNAL_FAILED] = g_signal_new ("failed", LSC_TYPE_PARAMETER_FORM, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
lsc_parameter_form_init (LscParameterForm *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING_PX);
  self->plain = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING_PX);
  self->expander = gtk_expander_new (_ ("Advanced"));
  self->advanced = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING_PX);
  gtk_widget_set_margin_top (self->advanced, SPACING_PX / 2);
  gtk_expander_set_child (GTK_EXPANDER (self->expander), self->advanced);
  gtk_widget_set_parent (self->plain, GTK_WIDGET (self));
  gtk_widget_set_parent (self->expander, GTK_WIDGET (self));
  self->fields = g_ptr_array_new_with_free_func (field_free);
}

LscParameterForm *
lsc_parameter_form_new (void)
{
  return g_object_new (LSC_TYPE_PARAMETER_FORM, NULL);
}

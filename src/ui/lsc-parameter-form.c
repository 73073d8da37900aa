/* lsc-parameter-form.c: a form made from a workload's parameters.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Integers are typed into an entry: a GtkSpinButton holds a double,
 * which cannot tell 18446744073709551615 from its neighbours.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-parameter-form.h"

#include <glib/gi18n-lib.h>

#include "lsc-lines-editor.h"

#define SPACING_PX 18

/* A field: name, editor, description, what is wrong. */
typedef struct
{
  LscParameterForm   *form;
  const LscParameter *parameter; /* constant */
  GtkWidget          *box;
  GtkWidget          *editor;
  GtkWidget          *problem;
} Field;

struct _LscParameterForm
{
  GtkWidget parent_instance;

  /* Owned */
  LscInputs *inputs;
  GPtrArray *fields; /* (element-type Field) */

  /* Children */
  GtkWidget *plain;
  GtkWidget *expander;
  GtkWidget *advanced; /* inside of the expander */

  LscParameterFilter filter;
  gpointer           filter_data;

  gboolean is_setting; /* the program changes an editor, not the user */
};

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscParameterForm, lsc_parameter_form, GTK_TYPE_WIDGET)

/* ---- showing ------------------------------------------------------------------ */

static void
show_choice (Field *field, const char *value)
{
  const LscChoice *choices = field->parameter->choices;

  for (guint i = 0; choices[i].value != NULL; i++)
    if (g_strcmp0 (choices[i].value, value) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (field->editor), i);
}

static void
show_value (Field *field)
{
  const char *text = lsc_inputs_get_text (field->form->inputs, field->parameter->id);

  field->form->is_setting = TRUE;
  switch (field->parameter->type)
    {
    case LSC_PARAMETER_CHOICE:
      show_choice (field, text);
      break;
    case LSC_PARAMETER_LINES:
    case LSC_PARAMETER_MULTILINE:
      lsc_lines_editor_set_text (LSC_LINES_EDITOR (field->editor), text);
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
      if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (field->editor)), text) != 0)
        gtk_editable_set_text (GTK_EDITABLE (field->editor), text);
    }
  field->form->is_setting = FALSE;
}

static void
show_problem (Field *field)
{
  const char *problem = lsc_inputs_get_problem (field->form->inputs, field->parameter->id);

  gtk_label_set_label (GTK_LABEL (field->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (field->problem, problem != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (field->editor, "error");
  else
    gtk_widget_remove_css_class (field->editor, "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (field->editor), GTK_ACCESSIBLE_STATE_INVALID,
      problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
show_used (LscParameterForm *self)
{
  LscSettings *settings = lsc_inputs_get_settings (self->inputs);
  gboolean     has_advanced = FALSE;

  for (guint i = 0; i < self->fields->len; i++)
    {
      Field   *field = g_ptr_array_index (self->fields, i);
      gboolean is_used = lsc_settings_is_used (settings, field->parameter->id);

      gtk_widget_set_visible (field->box, is_used);
      has_advanced |= is_used && field->parameter->advanced;
    }
  gtk_widget_set_visible (self->expander, has_advanced);
}

/* The user's own typing must not be written back: it would move the cursor. */
static void
value_changed_cb (LscParameterForm *self, const char *id)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = g_ptr_array_index (self->fields, i);

      if (g_strcmp0 (field->parameter->id, id) != 0)
        continue;
      if (!self->is_setting)
        show_value (field);
      show_problem (field);
    }
  show_used (self);
}

/* ---- changing ----------------------------------------------------------------- */

static void
set_text (Field *field, const char *text)
{
  LscParameterForm *self = field->form;

  if (self->is_setting)
    return;
  self->is_setting = TRUE;
  lsc_inputs_set_text (self->inputs, field->parameter->id, text);
  self->is_setting = FALSE;
}

static void
entry_changed_cb (GtkEditable *editable, gpointer user_data)
{
  set_text (user_data, gtk_editable_get_text (editable));
}

static void
lines_edited_cb (LscLinesEditor *editor, const char *text, gpointer user_data)
{
  set_text (user_data, text);
}

static void
lines_failed_cb (LscLinesEditor *editor, const char *message, gpointer user_data)
{
  Field *field = user_data;

  g_signal_emit (field->form, signals[SIGNAL_FAILED], 0, message);
}

static void
switch_changed_cb (GtkSwitch *editor, GParamSpec *pspec, gpointer user_data)
{
  set_text (user_data, gtk_switch_get_active (editor) ? "true" : "false");
}

static void
choice_changed_cb (GtkDropDown *drop_down, GParamSpec *pspec, gpointer user_data)
{
  Field *field = user_data;
  guint  selected = gtk_drop_down_get_selected (drop_down);

  if (selected != GTK_INVALID_LIST_POSITION)
    set_text (field, field->parameter->choices[selected].value);
}

/* ---- making ------------------------------------------------------------------- */

static GtkWidget *
make_choice (Field *field)
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
make_switch (Field *field)
{
  GtkWidget *editor = gtk_switch_new ();

  gtk_widget_set_halign (editor, GTK_ALIGN_START);
  g_signal_connect (editor, "notify::active", G_CALLBACK (switch_changed_cb), field);
  return editor;
}

static GtkWidget *
make_entry (Field *field)
{
  GtkWidget *entry = gtk_entry_new ();

  if (field->parameter->type == LSC_PARAMETER_INTEGER)
    gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 20);
  g_signal_connect (entry, "changed", G_CALLBACK (entry_changed_cb), field);
  return entry;
}

static GtkWidget *
make_editor (Field *field)
{
  const LscParameter *parameter = field->parameter;

  switch (parameter->type)
    {
    case LSC_PARAMETER_CHOICE:
      return make_choice (field);
    case LSC_PARAMETER_LINES:
    case LSC_PARAMETER_MULTILINE:
      {
        GtkWidget *editor = lsc_lines_editor_new (lsc_parameter_get_label (parameter),
                                                  lsc_parameter_get_description (parameter));

        g_signal_connect (editor, "edited", G_CALLBACK (lines_edited_cb), field);
        g_signal_connect (editor, "failed", G_CALLBACK (lines_failed_cb), field);
        return editor;
      }
    case LSC_PARAMETER_SWITCH:
      return make_switch (field);
    case LSC_PARAMETER_INTEGER:
    case LSC_PARAMETER_TEXT:
    case LSC_PARAMETER_FILE:
    case LSC_PARAMETER_FOLDER:
    case LSC_PARAMETER_PROGRAM:
    case LSC_PARAMETER_SECONDS:
    default:
      return make_entry (field);
    }
}

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

static Field *
make_field (LscParameterForm *self, const LscParameter *parameter)
{
  Field      *field = g_new0 (Field, 1);
  GtkWidget  *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget  *title;
  const char *unit = lsc_parameter_get_unit (parameter);
  const char *description = lsc_parameter_get_description (parameter);

  field->form = self;
  field->parameter = parameter;
  field->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  field->editor = make_editor (field);
  field->problem = make_text ("", "problem");
  gtk_widget_set_visible (field->problem, FALSE);
  gtk_widget_set_hexpand (field->editor, TRUE);

  title = make_text (lsc_parameter_get_label (parameter), "heading");
  gtk_box_append (GTK_BOX (field->box), title);
  gtk_box_append (GTK_BOX (line), field->editor);
  if (unit != NULL)
    {
      GtkWidget *unit_label = gtk_label_new (unit);

      gtk_widget_add_css_class (unit_label, "dim-label");
      gtk_box_append (GTK_BOX (line), unit_label);
    }
  gtk_box_append (GTK_BOX (field->box), line);
  gtk_box_append (GTK_BOX (field->box), field->problem);
  if (description != NULL && *description != '\0')
    {
      GtkWidget *label = make_text (description, "caption");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (field->box), label);
    }

  if (!LSC_IS_LINES_EDITOR (field->editor))
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
  Field *field = data;

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
  g_ptr_array_set_size (self->fields, 0);
  g_set_object (&self->inputs, inputs);
  if (inputs == NULL)
    return;

  parameters = lsc_workload_get_parameters (lsc_inputs_get_workload (inputs), &n);
  for (guint i = 0; i < n; i++)
    {
      Field *field;

      if (self->filter != NULL && !self->filter (&parameters[i], self->filter_data))
        continue;
      field = make_field (self, &parameters[i]);
      g_ptr_array_add (self->fields, field);
      show_value (field);
      show_problem (field);
    }
  show_used (self);
  g_signal_connect_object (inputs, "value-changed", G_CALLBACK (value_changed_cb), self,
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

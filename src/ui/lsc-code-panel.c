/* lsc-code-panel.c: what a task of a workload does, as code: to read, or the user's own to edit.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-code-panel.h"

#include <glib/gi18n-lib.h>

#include "lsc-code-view.h"
#include "lsc-python-guide.h"

/* Who writes wants to see some lines; the copy button is as high as two. */
#define MIN_EDITED_PX 220
#define MIN_READ_PX   48

struct _LscCodePanel
{
  GtkWidget parent_instance;

  /* Owned */
  LscInputs *inputs;

  /* Children */
  GtkWidget   *overlay;
  LscCodeView *view;

  LscPythonGuide     *guide;  /* borrowed from the inputs; NULL: no Python workload */
  const LscParameter *edited; /* constant; NULL: read-only */

  gboolean has_code;
  gboolean is_setting; /* the user types: what comes back is not written over it */
};

enum
{
  PROP_HAS_CODE = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LscCodePanel, lsc_code_panel, GTK_TYPE_WIDGET)

/* ---- showing ------------------------------------------------------------------ */

gboolean
lsc_code_panel_edits (const LscParameter *parameter)
{
  return parameter->type == LSC_PARAMETER_MULTILINE && parameter->language != NULL;
}

/* The one whose text is the code, with these settings. */
static const LscParameter *
find_edited (LscCodePanel *self)
{
  LscSettings        *settings = lsc_inputs_get_settings (self->inputs);
  const LscParameter *parameters;
  guint               n;

  parameters = lsc_settings_get_parameters (settings, &n);
  for (guint i = 0; i < n; i++)
    if (lsc_code_panel_edits (&parameters[i]) && lsc_settings_is_used (settings, parameters[i].id))
      return &parameters[i];
  return NULL;
}

static void
show_problem (LscCodePanel *self)
{
  guint       line = 0;
  const char *problem =
      self->guide != NULL ? lsc_python_guide_get_code_problem (self->guide, &line) : NULL;

  lsc_code_view_set_problem (self->view, line, problem);
}

static void
set_has_code (LscCodePanel *self, gboolean has_code)
{
  if (self->has_code == has_code)
    return;
  self->has_code = has_code;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_CODE]);
}

static void
show_code (LscCodePanel *self)
{
  LscWorkload     *workload = lsc_inputs_get_workload (self->inputs);
  g_autofree char *code = NULL;

  self->edited = find_edited (self);
  if (self->edited != NULL)
    code = g_strdup (lsc_inputs_get_text (self->inputs, self->edited->id));
  else
    /* Nothing will be written into the empty line after the last one. */
    code = g_strchomp (lsc_workload_dup_code (workload, lsc_inputs_get_settings (self->inputs)));
  lsc_code_view_set_language (self->view, self->edited != NULL
                                              ? self->edited->language
                                              : lsc_workload_get_language (workload));
  lsc_code_view_set_editable (self->view, self->edited != NULL);
  lsc_code_view_set_text (self->view, code);
  set_has_code (self, self->edited != NULL || *code != '\0');
}

static void
value_changed_cb (LscCodePanel *self)
{
  if (!self->is_setting)
    show_code (self);
}

void
lsc_code_panel_set_inputs (LscCodePanel *self, LscInputs *inputs)
{
  g_return_if_fail (LSC_IS_CODE_PANEL (self));
  g_return_if_fail (inputs == NULL || LSC_IS_INPUTS (inputs));

  if (self->inputs == inputs)
    return;
  if (self->inputs != NULL)
    g_signal_handlers_disconnect_by_func (self->inputs, G_CALLBACK (value_changed_cb), self);
  if (self->guide != NULL)
    g_signal_handlers_disconnect_by_func (self->guide, G_CALLBACK (show_problem), self);
  self->guide = inputs != NULL ? lsc_python_guide_get (inputs) : NULL;
  g_set_object (&self->inputs, inputs);
  if (inputs == NULL)
    {
      self->edited = NULL;
      set_has_code (self, FALSE);
      return;
    }
  g_signal_connect_object (inputs, "value-changed", G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->guide != NULL)
    g_signal_connect_object (self->guide, "changed", G_CALLBACK (show_problem), self,
                             G_CONNECT_SWAPPED);
  show_code (self);
  show_problem (self);
}

gboolean
lsc_code_panel_get_has_code (LscCodePanel *self)
{
  g_return_val_if_fail (LSC_IS_CODE_PANEL (self), FALSE);
  return self->has_code;
}

int
lsc_code_panel_get_whole_height (LscCodePanel *self)
{
  int height;

  g_return_val_if_fail (LSC_IS_CODE_PANEL (self), 0);

  height = lsc_code_view_get_whole_height (self->view);
  return MAX (height, self->edited != NULL ? MIN_EDITED_PX : MIN_READ_PX);
}

/* ---- what the user does ------------------------------------------------------- */

static void
edited_cb (LscCodePanel *self, const char *text)
{
  if (self->edited == NULL)
    return;
  self->is_setting = TRUE;
  lsc_inputs_set_text (self->inputs, self->edited->id, text);
  self->is_setting = FALSE;
}

static void
copy_cb (LscCodePanel *self)
{
  g_autofree char *text = lsc_code_view_dup_text (self->view);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

/* ---- the widget --------------------------------------------------------------- */

static void
lsc_code_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_HAS_CODE)
    g_value_set_boolean (value, LSC_CODE_PANEL (object)->has_code);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
lsc_code_panel_dispose (GObject *object)
{
  LscCodePanel *self = LSC_CODE_PANEL (object);

  g_clear_object (&self->inputs);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (lsc_code_panel_parent_class)->dispose (object);
}

static void
lsc_code_panel_class_init (LscCodePanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lsc_code_panel_dispose;
  G_OBJECT_CLASS (klass)->get_property = lsc_code_panel_get_property;

  properties[PROP_HAS_CODE] = g_param_spec_boolean ("has-code", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPERTIES, properties);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
lsc_code_panel_init (LscCodePanel *self)
{
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  self->view = LSC_CODE_VIEW (lsc_code_view_new ());
  lsc_code_view_set_label (self->view, _ ("Code"), _ ("What a task does"));
  g_signal_connect_object (self->view, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);

  gtk_widget_set_halign (copy, GTK_ALIGN_END);
  gtk_widget_set_valign (copy, GTK_ALIGN_START);
  gtk_widget_set_margin_top (copy, 4);
  gtk_widget_set_margin_end (copy, 16); /* beside the scrollbar */
  gtk_widget_set_tooltip_text (copy, _ ("Copy code"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Copy code"), -1);
  gtk_widget_add_css_class (copy, "flat");
  g_signal_connect_object (copy, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);

  self->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->view));
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), copy);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
}

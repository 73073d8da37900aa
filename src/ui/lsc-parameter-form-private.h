/* lsc-parameter-form-private.h: a form's insides, for the files that make it up.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-parameter-form.h"
#include "lsc-python-guide.h"

G_BEGIN_DECLS

/* A field: name, editor, description, what is wrong. */
typedef struct
{
  LscParameterForm   *form;
  const LscParameter *parameter; /* constant */
  GtkWidget          *box;
  GtkWidget          *editor;
  GtkWidget          *problem;
} LscParameterField;

struct _LscParameterForm
{
  GtkWidget parent_instance;

  /* Owned */
  LscInputs *inputs;
  GPtrArray *fields; /* (element-type LscParameterField) */

  LscPythonGuide *guide; /* borrowed from the inputs; NULL: no Python workload */

  /* Children */
  GtkWidget *plain;
  GtkWidget *expander;
  GtkWidget *advanced; /* inside of the expander */

  LscParameterFilter filter;
  gpointer           filter_data;

  gboolean is_setting; /* the program changes an editor, not the user */
};

/* lsc-parameter-form.c */
void lsc_parameter_form_emit_failed (LscParameterForm *self, const char *message);

/* lsc-parameter-editors.c */
/* The editor that the parameter's type wants; what the user does to it reaches the inputs. */
GtkWidget *lsc_parameter_field_make_editor (LscParameterField *field) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* lsc-parameter-form.h: a form made from a workload's parameters.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Shows and changes an LscInputs; what is wrong stands below the
 * field while it is typed.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-inputs.h"

G_BEGIN_DECLS

#define LSC_TYPE_PARAMETER_FORM (lsc_parameter_form_get_type ())
G_DECLARE_FINAL_TYPE (LscParameterForm, lsc_parameter_form, LSC, PARAMETER_FORM, GtkWidget)

/* Signal "failed" (const char *message): a file could not be read. */
LscParameterForm *lsc_parameter_form_new (void) G_GNUC_WARN_UNUSED_RESULT;

typedef gboolean (*LscParameterFilter) (const LscParameter *parameter, gpointer user_data);

/* Which parameters it has fields for; NULL: all of them. Before lsc_parameter_form_set_inputs(). */
void lsc_parameter_form_set_filter (LscParameterForm  *self,
                                    LscParameterFilter filter,
                                    gpointer           user_data);
/* Nullable. Makes the fields anew. What is advanced is behind an expander. */
void lsc_parameter_form_set_inputs (LscParameterForm *self, LscInputs *inputs);

G_END_DECLS

/* lsc-code-panel.h: what a task of a workload does, as code: to read, or the user's own to edit.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Follows the inputs: the code that is shown is that of the settings.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-inputs.h"

G_BEGIN_DECLS

#define LSC_TYPE_CODE_PANEL (lsc_code_panel_get_type ())
G_DECLARE_FINAL_TYPE (LscCodePanel, lsc_code_panel, LSC, CODE_PANEL, GtkWidget)

/* Property "has-code" (gboolean, read-only): there is something to show. */

/* Nullable. */
void     lsc_code_panel_set_inputs (LscCodePanel *self, LscInputs *inputs);
gboolean lsc_code_panel_get_has_code (LscCodePanel *self);
/* As much as it can use, px. */
int lsc_code_panel_get_whole_height (LscCodePanel *self);
/* A parameter whose text is code: it is edited here, and needs no field in a form beside. */
gboolean lsc_code_panel_edits (const LscParameter *parameter);

G_END_DECLS

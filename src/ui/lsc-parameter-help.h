/* lsc-parameter-help.h: what the window knows about a parameter's value, beside its field.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Of the parameters of a Python workload: the interpreter, and the function.
 */

#pragma once

#include "lsc-entry-editor.h"
#include "lsc-python-guide.h"

G_BEGIN_DECLS

/* Suggestions for its field. `guide` outlives the editor. */
void lsc_parameter_help_suggest (LscEntryEditor     *editor,
                                 const LscParameter *parameter,
                                 LscPythonGuide     *guide);
/* Says below it what is known now. */
void lsc_parameter_help_show (LscEntryEditor     *editor,
                              const LscParameter *parameter,
                              LscPythonGuide     *guide,
                              LscSettings        *settings);

G_END_DECLS

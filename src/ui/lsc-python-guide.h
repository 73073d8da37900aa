/* lsc-python-guide.h: what is known about the Python that a workload would run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Follows the inputs: a moment after the last key the interpreter is asked what it
 * is, and which functions the file or the code defines. Nothing of the user's is run.
 */

#pragma once

#include "lsc-inputs.h"
#include "lsc-python-answer.h"

G_BEGIN_DECLS

#define LSC_TYPE_PYTHON_GUIDE (lsc_python_guide_get_type ())
G_DECLARE_FINAL_TYPE (LscPythonGuide, lsc_python_guide, LSC, PYTHON_GUIDE, GObject)

/* Signal "changed" (void). */

/* The one of these inputs, borrowed: it lives as long as they do. NULL: no Python workload. */
LscPythonGuide *lsc_python_guide_get (LscInputs *inputs);
/* Again: the workload was approved just now. Of one that is not, nothing is asked. */
void lsc_python_guide_ask (LscPythonGuide *self);

/* NULL while it is not known, or not there. */
const LscPythonInfo *lsc_python_guide_get_info (LscPythonGuide *self);
/* What is wrong with the interpreter; NULL: nothing that is known. */
const char *lsc_python_guide_get_info_problem (LscPythonGuide *self);

/* (element-type LscPythonFunction); NULL while they are not known, or can't be. */
GPtrArray *lsc_python_guide_get_functions (LscPythonGuide *self);
/* NULL: the functions are not known, or it is none of them. */
const LscPythonFunction *lsc_python_guide_find_function (LscPythonGuide *self, const char *name);
/* What is wrong with the file or the code; NULL: nothing that is known. `line`: 0 for none. */
const char *lsc_python_guide_get_code_problem (LscPythonGuide *self, guint *line);

/* Interpreters on PATH and in a virtual environment beside the file. */
void lsc_python_guide_suggest_interpreters (LscPythonGuide *self, GStrvBuilder *values);

G_END_DECLS

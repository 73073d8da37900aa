/* lsc-python-source.h: a look at Python code: where a function is in it, and of what kind.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure functions over text; any thread. Lines, strings and brackets are told apart as Python
 * does, and no more is understood: it is quick enough for every key that is pressed. Whoever
 * wants all functions asks an interpreter (lsc-python-probe.h).
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LSC_PYTHON_NO_FUNCTION, /* not defined in this text, as far as can be seen */
  LSC_PYTHON_DEF,
  LSC_PYTHON_ASYNC_DEF,
} LscPythonDefinition;

/* What `function` is in `code`: its last definition that stands at the beginning of a line, or
 * indented outside of all functions and classes. */
LscPythonDefinition lsc_python_source_find (const char *code, const char *function);

/* Its text from its decorators to its end; NULL when it is not there. */
char *lsc_python_source_dup_function (const char *code,
                                      const char *function) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

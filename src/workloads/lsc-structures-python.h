/* lsc-structures-python.h: the built-in workload that builds sets, lists, tuples and strings in
 * Python.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-python-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_STRUCTURES_PYTHON (lsc_structures_python_get_type ())
G_DECLARE_FINAL_TYPE (LscStructuresPython,
                      lsc_structures_python,
                      LSC,
                      STRUCTURES_PYTHON,
                      LscPythonWorkload)

LscWorkload *lsc_structures_python_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

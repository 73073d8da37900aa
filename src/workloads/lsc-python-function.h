/* lsc-python-function.h: the template of workloads that are a Python function of the user's.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-python-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_PYTHON_FUNCTION_WORKLOAD (lsc_python_function_workload_get_type ())
G_DECLARE_FINAL_TYPE (LscPythonFunctionWorkload,
                      lsc_python_function_workload,
                      LSC,
                      PYTHON_FUNCTION_WORKLOAD,
                      LscPythonWorkload)

LscWorkload *lsc_python_function_workload_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

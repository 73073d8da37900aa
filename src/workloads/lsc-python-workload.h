/* lsc-python-workload.h: what all workloads have in common whose tasks run in Python.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib/gi18n-lib.h>

#include "lsc-workload.h"

G_BEGIN_DECLS

/* An element of an array of parameters: the interpreter. What is said of it (N_()). */
/* clang-format off */
#define LSC_PYTHON_PARAMETER(interpreter_description) \
  {                                                   \
      .id = "python",                                 \
      .label = N_ ("Python"),                         \
      .description = interpreter_description,         \
      .type = LSC_PARAMETER_PROGRAM,                  \
      .default_value = "python3",                     \
      .minimum = 1,                                   \
  }
/* clang-format on */

/* Its tasks only compute, unless a class says that calls can overlap on one thread. */
#define LSC_TYPE_PYTHON_WORKLOAD (lsc_python_workload_get_type ())
G_DECLARE_DERIVABLE_TYPE (LscPythonWorkload, lsc_python_workload, LSC, PYTHON_WORKLOAD, LscWorkload)

struct _LscPythonWorkloadClass
{
  LscWorkloadClass parent_class;
};

G_END_DECLS

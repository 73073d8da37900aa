/* lsc-python-workload.c: what all workloads have in common whose tasks run in Python.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing here runs Python: src/python does, in an interpreter that the engine starts.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-python-workload.h"

G_DEFINE_ABSTRACT_TYPE (LscPythonWorkload, lsc_python_workload, LSC_TYPE_WORKLOAD)

static LscWorkloadKind
lsc_python_workload_get_kind (LscWorkload *workload)
{
  return LSC_WORKLOAD_PYTHON;
}

static gboolean
lsc_python_workload_supports (LscWorkload    *workload,
                              LscSettings    *settings,
                              LscExecutorKind kind,
                              const char    **why_not)
{
  LscWorkloadClass *parent_class = LSC_WORKLOAD_CLASS (lsc_python_workload_parent_class);

  if (kind != LSC_EXECUTOR_ASYNC)
    return parent_class->supports (workload, settings, kind, why_not);

  *why_not = _ ("It only computes and never waits: on one thread there is nothing to overlap.");
  return FALSE;
}

static void
lsc_python_workload_class_init (LscPythonWorkloadClass *klass)
{
  LscWorkloadClass *workload_class = LSC_WORKLOAD_CLASS (klass);

  workload_class->get_kind = lsc_python_workload_get_kind;
  workload_class->supports = lsc_python_workload_supports;
}

static void
lsc_python_workload_init (LscPythonWorkload *self)
{
}

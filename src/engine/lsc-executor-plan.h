/* lsc-executor-plan.h: what an executor is made of, and which one it is.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The run's thread.
 */

#pragma once

#include "lsc-collector.h"
#include "lsc-executor.h"
#include "lsc-python-host.h"
#include "lsc-workload.h"

G_BEGIN_DECLS

/* All of it is borrowed. */
typedef struct
{
  LscWorkload    *workload;
  GBytes         *settings; /* serialized */
  LscTextList    *inputs;
  LscExecutorKind kind;
  guint           n_workers;
  gboolean        one_core;
  guint           n_retries;
  gint64          timeout_ns;
  gint64          grace_ns;
  const char     *worker_program;
  LscPythonHost  *python_host; /* nullable: in its place */
  const char     *launcher_program;
  LscRecorder    *recorder;
  LscCollector   *collector;
  gint64          origin_ns;
} LscExecutorPlan;

/* What such a workload is run with; any thread. A program that is not needed stays NULL. */
gboolean     lsc_executor_plan_find_programs (LscWorkload    *workload,
                                              LscSettings    *settings,
                                              char          **worker_program,
                                              LscPythonHost **python_host,
                                              char          **launcher_program,
                                              GError        **error);
LscExecutor *lsc_executor_plan_make (const LscExecutorPlan *plan) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

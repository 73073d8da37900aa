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

/* Executors borrow all of it. */
typedef struct
{
  LscWorkload    *workload;
  GBytes         *settings; /* serialized */
  LscTextList    *inputs;
  LscExecutorKind kind;
  guint           n_workers;
  gboolean        one_core;
  gboolean        is_measured;
  LscObserveMode  observe;
  guint           n_calls; /* of each task, in a row; not of commands */
  guint           n_retries;
  gint64          timeout_ns;
  gint64          grace_ns;
  char           *worker_program; /* nullable */
  LscPythonHost  *python_host;    /* nullable: in its place */
  char           *launcher_program;
  gboolean        is_outside; /* of the sandbox */
  LscRecorder    *recorder;
  LscCollector   *collector;
  gint64          origin_ns;
} LscExecutorPlan;

/* What its workload is run with; any thread. A program that is not needed stays NULL. */
gboolean
lsc_executor_plan_find_programs (LscExecutorPlan *plan, LscSettings *settings, GError **error);
LscExecutor *lsc_executor_plan_make (const LscExecutorPlan *plan) G_GNUC_WARN_UNUSED_RESULT;
/* For whoever owns what is in it, but the recorder and the collector. */
void lsc_executor_plan_clear (LscExecutorPlan *plan);

G_END_DECLS

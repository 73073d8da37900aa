/* lsc-executor-plan.c: what an executor is made of, and which one it is.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-executor-plan"

#include "config.h"

#include "lsc-executor-plan.h"

#include "lsc-command-executor.h"
#include "lsc-outside.h"
#include "lsc-programs.h"
#include "lsc-worker-executor.h"

gboolean
lsc_executor_plan_find_programs (LscExecutorPlan *plan, LscSettings *settings, GError **error)
{
  switch (lsc_workload_get_kind (plan->workload))
    {
    case LSC_WORKLOAD_PYTHON:
      plan->python_host = lsc_python_host_new (settings, error);
      if (plan->python_host == NULL)
        return FALSE;
      break;
    case LSC_WORKLOAD_BUILTIN:
      plan->worker_program = lsc_programs_find (LSC_PROGRAM_WORKER, error);
      if (plan->worker_program == NULL)
        return FALSE;
      break;
    case LSC_WORKLOAD_COMMAND:
    default:
      break;
    }
  plan->is_outside = lsc_outside_is_chosen (settings);
  plan->launcher_program = lsc_programs_find (LSC_PROGRAM_LAUNCHER, error);
  return plan->launcher_program != NULL;
}

static LscExecutor *
make_for_commands (const LscExecutorPlan *plan)
{
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (plan->workload);
  const LscCommandExecutorOptions options = {
    .n_workers = plan->n_workers,
    .one_core = plan->one_core,
    .is_measured = plan->is_measured,
    .observe = plan->observe,
    .n_retries = plan->n_retries,
    .timeout_ns = plan->timeout_ns,
    .grace_ns = plan->grace_ns,
    .settings = settings,
    .inputs = plan->inputs,
    .launcher_program = plan->launcher_program,
    .recorder = plan->recorder,
    .collector = plan->collector,
    .origin_ns = plan->origin_ns,
  };

  gsize       length;
  const char *bytes = g_bytes_get_data (plan->settings, &length);

  /* They passed all checks before they were serialized. */
  lsc_settings_deserialize (settings, bytes, length, NULL);
  return lsc_command_executor_new (&options);
}

static LscExecutor *
make_for_workers (const LscExecutorPlan *plan)
{
  const LscWorkerExecutorOptions options = {
    .kind = plan->kind,
    .n_workers = plan->n_workers,
    .one_core = plan->one_core,
    .is_measured = plan->is_measured,
    .observe = plan->observe,
    .n_retries = plan->n_retries,
    .timeout_ns = plan->timeout_ns,
    .n_calls = plan->n_calls,
    .grace_ns = plan->grace_ns,
    .program_id = lsc_workload_get_program_id (plan->workload),
    .settings = plan->settings,
    .inputs = plan->inputs,
    .worker_program = plan->worker_program,
    .python_host = plan->python_host,
    .launcher_program = plan->launcher_program,
    .is_outside = plan->is_outside,
    .collector = plan->collector,
    .origin_ns = plan->origin_ns,
  };

  return lsc_worker_executor_new (&options);
}

LscExecutor *
lsc_executor_plan_make (const LscExecutorPlan *plan)
{
  switch (lsc_workload_get_kind (plan->workload))
    {
    case LSC_WORKLOAD_COMMAND:
      return make_for_commands (plan);
    case LSC_WORKLOAD_BUILTIN:
    case LSC_WORKLOAD_PYTHON:
    default:
      return make_for_workers (plan);
    }
}

void
lsc_executor_plan_clear (LscExecutorPlan *plan)
{
  g_clear_object (&plan->workload);
  g_clear_object (&plan->inputs);
  g_clear_pointer (&plan->settings, g_bytes_unref);
  g_clear_pointer (&plan->worker_program, g_free);
  g_clear_pointer (&plan->python_host, lsc_python_host_free);
  g_clear_pointer (&plan->launcher_program, g_free);
}

/* lsc-run-checks.c: what can be checked of a run before anything is started.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-run"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "lsc-command-check.h"
#include "lsc-outer-start.h"
#include "lsc-outside.h"
#include "lsc-run-private.h"
#include "lsc-sandbox.h"

static gboolean
check_tasks (const LscRunOptions *options, GError **error)
{
  guint n_tasks = lsc_text_list_get_n (options->inputs);

  if (n_tasks == 0)
    {
      g_set_error_literal (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_NO_INPUTS,
                           _ ("There is nothing to do: a run needs at least one input."));
      return FALSE;
    }
  if (n_tasks > LSC_MAX_TASKS)
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_TOO_MANY,
                   _ ("A run can hold at most %u tasks, not %u. Use larger chunks."), LSC_MAX_TASKS,
                   n_tasks);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_mode (const LscRunOptions *options, GError **error)
{
  const char *why_not = NULL;

  if (!lsc_workload_supports (options->workload, options->settings, options->executor, &why_not))
    {
      g_set_error_literal (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_UNSUPPORTED,
                           why_not != NULL ? why_not
                                           : _ ("This workload can't be run in this mode."));
      return FALSE;
    }
  if (options->executor == LSC_EXECUTOR_CLUSTER)
    {
      /* Translators: %s is the name of a mode, such as "Cluster". */
      g_set_error (
          error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_UNSUPPORTED,
          _ ("The mode “%s” is not part of this version. Choose sequential, async, threads or "
             "processes."),
          lsc_executor_kind_get_label (options->executor));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_workers (const LscRunOptions *options, GError **error)
{
  if (!lsc_executor_kind_has_workers (options->executor))
    return TRUE;

  if (options->n_workers == 0)
    {
      g_set_error_literal (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_WORKERS,
                           _ ("A run needs at least 1 worker."));
      return FALSE;
    }
  if (options->n_workers > LSC_MAX_WORKERS)
    {
      g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_WORKERS,
                   _ ("A run can have at most %u workers, not %u."), LSC_MAX_WORKERS,
                   options->n_workers);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_recording_path (const LscRunOptions *options, GError **error)
{
  g_autofree char *folder = NULL;

  if (options->recording_path == NULL)
    return TRUE;

  folder = g_path_get_dirname (options->recording_path);
  if (access (folder, W_OK | X_OK) == 0)
    return TRUE;

  g_set_error (error, LSC_MODEL_ERROR, LSC_MODEL_ERROR_WRITE,
               _ ("The recording can't be written to %s: the folder is not there or not writable. "
                  "Choose another one."),
               folder);
  return FALSE;
}

/* Only where it is the command itself that would be started. */
static gboolean
check_command (const LscRunOptions *options, GError **error)
{
  if (lsc_outside_is_chosen (options->settings) && !lsc_outer_start_check (error))
    return FALSE;
  return lsc_workload_get_kind (options->workload) != LSC_WORKLOAD_COMMAND ||
         lsc_command_check (options->settings, error);
}

gboolean
lsc_run_check_options (const LscRunOptions *options, GError **error)
{
  return check_mode (options, error) && check_workers (options, error) &&
         check_tasks (options, error) && check_recording_path (options, error) &&
         check_command (options, error);
}

void
lsc_run_prepare_outside (LscRunOptions *options)
{
  g_autofree char *folder = NULL;

  if (!lsc_outside_is_chosen (options->settings))
    return;

  lsc_outside_rename_documents (options->settings);
  if (lsc_workload_get_kind (options->workload) != LSC_WORKLOAD_COMMAND ||
      *lsc_settings_get (options->settings, "folder") != '\0')
    return;
  folder = lsc_sandbox_dup_outer_folder (lsc_sandbox_get ());
  lsc_settings_set (options->settings, "folder", folder, NULL);
}

void
lsc_run_apply_limits (LscRunOptions *options)
{
  gint64 timeout_ns;
  guint  n_retries;

  lsc_workload_get_limits (options->workload, options->settings, &timeout_ns, &n_retries);
  if (options->timeout_ns == 0)
    options->timeout_ns = timeout_ns;
  if (options->n_retries == 0)
    options->n_retries = n_retries;
}

const char *
lsc_run_check_request (const LscRunOptions *options, LscLaneRequest request)
{
  LscExecutorKind executor = options->executor;

  switch (lsc_workload_get_kind (options->workload))
    {
    case LSC_WORKLOAD_PYTHON:
      if (executor == LSC_EXECUTOR_THREADS || executor == LSC_EXECUTOR_PROCESSES)
        return _ ("It belongs to a pool of Python’s own, which ends as a whole.");
      if (request == LSC_LANE_ASK_JOIN)
        return _ ("Python is joined when its tasks have ended.");
      break;
    case LSC_WORKLOAD_BUILTIN:
    case LSC_WORKLOAD_COMMAND:
    default:
      break;
    }
  if (request == LSC_LANE_TERMINATE && executor == LSC_EXECUTOR_THREADS)
    return _ ("A thread can’t be ended from outside: it shares its memory and its locks with the "
              "others of its process. Terminate all to end the process.");
  return NULL;
}

LscLane *
lsc_run_find_lane (LscRecording *recording, guint worker)
{
  for (guint i = lsc_recording_get_n_lanes (recording); i > 0; i--)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i - 1);

      if (lsc_lane_get_worker (lane) == worker)
        return lane;
    }
  return NULL;
}

/* lsc-task-status.c: names of the ways in which a task ends.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-task-table.h"

#include <glib/gi18n-lib.h>

static const char *const nicks[] = { "pending", "running", "done",     "failed",
                                     "crashed", "stopped", "timed-out" };

static const char *const labels[] = {
  /* Translators: what has become of a task, as a word in a table. */
  N_ ("Waiting"), N_ ("Running"), N_ ("Done"),      N_ ("Failed"),
  N_ ("Crashed"), N_ ("Stopped"), N_ ("Timed out"),
};

const char *
lsc_task_status_get_nick (LscTaskStatus status)
{
  g_return_val_if_fail ((guint)status < G_N_ELEMENTS (nicks), "unknown");

  return nicks[status];
}

const char *
lsc_task_status_get_label (LscTaskStatus status)
{
  g_return_val_if_fail ((guint)status < G_N_ELEMENTS (labels), "");

  return _ (labels[status]);
}

LscTaskTraits
lsc_task_get_traits (const LscTask *task)
{
  guint traits = 0;

  if (task->status <= LSC_TASK_RUNNING)
    return 0;
  if (task->exit >= 0 || task->signal > 0)
    traits |= LSC_TASK_HAS_EXIT;
  if (task->attempts > 1)
    traits |= LSC_TASK_HAS_RETRIES;
  if (task->start_ns >= 0 && task->user_ns + task->system_ns > 0)
    traits |= LSC_TASK_HAS_CPU;
  if (task->peak_rss_bytes >= 0)
    traits |= LSC_TASK_HAS_MEMORY;
  return (LscTaskTraits)traits;
}

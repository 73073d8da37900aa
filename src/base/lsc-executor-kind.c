/* lsc-executor-kind.c: names of the ways in which tasks can be run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constant tables; any thread.
 */

#define G_LOG_DOMAIN "lsc-base"

#include "config.h"

#include "lsc-executor-kind.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *nick;
  const char *label;
  gboolean    has_workers;
} kinds[LSC_N_EXECUTOR_KINDS] = {
  /* Translators: these five say how tasks are run; short, they are the words on buttons.
   * Sequential: one after the other. */
  [LSC_EXECUTOR_SEQUENTIAL] = { "sequential", N_ ("Sequential"), FALSE },
  /* Translators: how tasks are run: all on one thread, which does another task while one waits. */
  [LSC_EXECUTOR_ASYNC] = { "async", N_ ("Async"), FALSE },
  /* Translators: how tasks are run: on several threads of one process. */
  [LSC_EXECUTOR_THREADS] = { "threads", N_ ("Threads"), TRUE },
  /* Translators: how tasks are run: on several processes. */
  [LSC_EXECUTOR_PROCESSES] = { "processes", N_ ("Processes"), TRUE },
  /* Translators: how tasks are run: on several machines. */
  [LSC_EXECUTOR_CLUSTER] = { "cluster", N_ ("Cluster"), TRUE },
};

const char *
lsc_executor_kind_get_nick (LscExecutorKind kind)
{
  g_return_val_if_fail ((guint)kind < LSC_N_EXECUTOR_KINDS, "");

  return kinds[kind].nick;
}

gboolean
lsc_executor_kind_from_nick (const char *nick, LscExecutorKind *kind)
{
  g_return_val_if_fail (nick != NULL, FALSE);

  for (guint i = 0; i < LSC_N_EXECUTOR_KINDS; i++)
    {
      if (g_str_equal (nick, kinds[i].nick))
        {
          if (kind != NULL)
            *kind = (LscExecutorKind)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
lsc_executor_kind_get_label (LscExecutorKind kind)
{
  g_return_val_if_fail ((guint)kind < LSC_N_EXECUTOR_KINDS, "");

  return _ (kinds[kind].label);
}

gboolean
lsc_executor_kind_has_workers (LscExecutorKind kind)
{
  g_return_val_if_fail ((guint)kind < LSC_N_EXECUTOR_KINDS, FALSE);

  return kinds[kind].has_workers;
}

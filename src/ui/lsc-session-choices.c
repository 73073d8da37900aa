/* lsc-session-choices.c: how a session's workload is to be run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-session-private.h"

/* What can be chosen on a small machine, too. */
#define MIN_MAX_WORKERS 16

static gboolean
supports (LscSession *self, LscExecutorKind kind)
{
  return lsc_workload_supports (self->workload, lsc_inputs_get_settings (self->inputs), kind, NULL);
}

void
lsc_session_set_mode (LscSession *self, LscExecutorKind kind, gboolean chosen)
{
  g_return_if_fail (LSC_IS_SESSION (self));
  g_return_if_fail ((guint)kind < LSC_N_EXECUTOR_KINDS);

  chosen = chosen && supports (self, kind);
  if (self->modes[kind] == chosen)
    return;
  self->modes[kind] = chosen;
  g_signal_emit_by_name (self, "changed");
}

gboolean
lsc_session_get_mode (LscSession *self, LscExecutorKind kind)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), FALSE);
  g_return_val_if_fail ((guint)kind < LSC_N_EXECUTOR_KINDS, FALSE);
  /* What was chosen comes back when the settings allow it again. */
  return self->modes[kind] && supports (self, kind);
}

guint
lsc_session_get_max_workers (void)
{
  /* More than there are cores make sense where tasks wait. */
  return CLAMP (4 * lsc_engine_get_n_cores (), MIN_MAX_WORKERS, LSC_MAX_WORKERS);
}

void
lsc_session_set_n_workers (LscSession *self, guint n_workers)
{
  g_return_if_fail (LSC_IS_SESSION (self));

  n_workers = CLAMP (n_workers, 1, lsc_session_get_max_workers ());
  if (self->n_workers == n_workers)
    return;
  self->n_workers = n_workers;
  g_signal_emit_by_name (self, "changed");
}

guint
lsc_session_get_n_workers (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), 1);
  return self->n_workers;
}

void
lsc_session_set_one_core (LscSession *self, gboolean one_core)
{
  g_return_if_fail (LSC_IS_SESSION (self));

  one_core = !!one_core;
  if (self->one_core == one_core)
    return;
  self->one_core = one_core;
  g_signal_emit_by_name (self, "changed");
}

gboolean
lsc_session_get_one_core (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), FALSE);
  return self->one_core;
}

/* All that make sense, so that they can be compared. Of what ends only when it is stopped one is
 * enough to begin with, with a worker for each task. */
void
lsc_session_choose_modes (LscSession *self)
{
  if (lsc_workload_is_endless (self->workload))
    {
      g_autoptr (LscTextList) tasks = lsc_workload_make_inputs (
          self->workload, lsc_inputs_get_settings (self->inputs), 0, NULL);

      self->modes[LSC_EXECUTOR_THREADS] = supports (self, LSC_EXECUTOR_THREADS);
      if (tasks != NULL)
        lsc_session_set_n_workers (self, lsc_text_list_get_n (tasks));
      return;
    }
  for (guint kind = 0; kind < LSC_EXECUTOR_CLUSTER; kind++)
    self->modes[kind] = supports (self, kind);
}

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

#include <glib/gi18n-lib.h>

#include "lsc-catalogue.h"

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
  lsc_session_check_choices (self);
  lsc_session_tell (self, "changed");
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
  lsc_session_tell (self, "changed");
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
  lsc_session_tell (self, "changed");
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

gboolean
lsc_session_can_run (LscSession *self, const char **hint)
{
  LscExecutorKind kinds[LSC_N_EXECUTOR_KINDS];
  gboolean        can;

  g_return_val_if_fail (LSC_IS_SESSION (self), FALSE);

  can = lsc_session_get_kinds (self, kinds) > 0;
  if (hint != NULL)
    *hint = can ? NULL : _ ("Choose at least one mode to run");
  return can;
}

guint
lsc_session_get_kinds (LscSession *self, LscExecutorKind kinds[LSC_N_EXECUTOR_KINDS])
{
  guint n = 0;

  for (guint kind = 0; kind < LSC_N_EXECUTOR_KINDS; kind++)
    if (lsc_session_get_mode (self, kind))
      kinds[n++] = kind;
  return n;
}

/* ---- measuring ---------------------------------------------------------------- */

gboolean
lsc_session_is_suite (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), FALSE);
  return lsc_workload_is_suite (self->workload);
}

LscWorkload *
lsc_session_get_companion (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);
  return self->companion;
}

LscInputs *
lsc_session_get_companion_inputs (LscSession *self)
{
  return self->measure->with_companion ? self->companion_inputs : NULL;
}

void
lsc_session_find_companion (LscSession *self)
{
  const char *id = lsc_workload_get_companion (self->workload);

  g_clear_object (&self->companion);
  g_clear_object (&self->companion_inputs);
  if (id == NULL)
    return;
  self->companion = lsc_builtin_workload_new (id);
  self->companion_inputs = lsc_inputs_new (self->companion);
}

/* Both are to do the same work. */
void
lsc_session_follow_inputs (LscSession *self)
{
  const LscParameter *parameters;
  guint               n;

  if (self->companion_inputs == NULL)
    return;
  parameters = lsc_workload_get_parameters (self->companion, &n);
  for (guint i = 0; i < n; i++)
    {
      const char *text = lsc_inputs_get_text (self->inputs, parameters[i].id);

      if (text != NULL &&
          g_strcmp0 (lsc_inputs_get_text (self->companion_inputs, parameters[i].id), text) != 0)
        lsc_inputs_set_text (self->companion_inputs, parameters[i].id, text);
    }
}

const LscMeasureChoices *
lsc_session_get_measure_choices (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);
  return self->measure;
}

void
lsc_session_set_measure_choices (LscSession *self, const LscMeasureChoices *choices)
{
  g_autoptr (LscMeasureChoices) copy = NULL;

  g_return_if_fail (LSC_IS_SESSION (self));
  g_return_if_fail (choices != NULL);

  copy = lsc_measure_choices_copy (choices);
  lsc_measure_choices_clamp (copy);
  if (lsc_measure_choices_equal (self->measure, copy))
    return;
  lsc_measure_choices_free (self->measure);
  self->measure = g_steal_pointer (&copy);
  lsc_session_check_choices (self);
  lsc_session_tell (self, "changed");
}

GArray *
lsc_session_get_counts (LscSession *self, GError **error)
{
  return lsc_measure_choices_get_counts (self->measure, self->n_workers, lsc_engine_get_n_cores (),
                                         lsc_session_get_max_workers (), error);
}

void
lsc_session_check_choices (LscSession *self)
{
  g_autoptr (GArray) counts = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->measure_problem, g_free);
  if (!lsc_session_can_choose_counts (self, NULL))
    return;
  counts = lsc_session_get_counts (self, &error);
  if (counts == NULL)
    self->measure_problem = g_strdup (error->message);
}

const char *
lsc_session_get_measure_problem (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);
  return self->measure_problem;
}

gboolean
lsc_session_can_choose_counts (LscSession *self, const char **why_not)
{
  LscExecutorKind kinds[LSC_N_EXECUTOR_KINDS];
  guint           n;

  g_return_val_if_fail (LSC_IS_SESSION (self), FALSE);

  n = lsc_session_get_kinds (self, kinds);
  for (guint i = 0; i < n && !lsc_session_is_suite (self); i++)
    if (lsc_executor_kind_has_workers (kinds[i]))
      return TRUE;
  if (why_not != NULL)
    *why_not = _ ("The chosen modes have one worker by nature.");
  return FALSE;
}

gboolean
lsc_session_can_measure (LscSession *self, const char **hint)
{
  const char *why_not = NULL;

  g_return_val_if_fail (LSC_IS_SESSION (self), FALSE);

  if (lsc_workload_is_endless (self->workload))
    why_not = _ ("It runs until it is stopped: there is no time to measure");
  else if (!lsc_session_is_suite (self) && !lsc_session_can_run (self, NULL))
    why_not = _ ("Choose at least one mode to measure");
  else
    why_not = self->measure_problem;
  if (hint != NULL)
    *hint = why_not;
  return why_not == NULL;
}

/* lsc-session.c: one workload in the window: its choices, its run, its picture.
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

#include "lsc-main-thread.h"
#include "lsc-preferences.h"

enum
{
  SIGNAL_CHANGED,
  SIGNAL_SCENE_REPLACED,
  SIGNAL_SCENE_CHANGED,
  SIGNAL_PROFILE_CHANGED,
  SIGNAL_MESSAGE,
  SIGNAL_OUTSIDE_NEEDED,
  SIGNAL_FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscSession, lsc_session, G_TYPE_OBJECT)

void
lsc_session_set_state (LscSession *self, LscSessionState state)
{
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
lsc_session_say (LscSession *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, message);
}

void
lsc_session_say_error (LscSession *self, const GError *error)
{
  if (g_error_matches (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NOT_IN_SANDBOX) ||
      g_error_matches (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NOT_ALLOWED))
    g_signal_emit (self, signals[SIGNAL_OUTSIDE_NEEDED], 0, error);
  else
    lsc_session_say (self, error->message);
}

void
lsc_session_tell (LscSession *self, const char *signal)
{
  g_signal_emit_by_name (self, signal);
}

/* ---- the comparison ----------------------------------------------------------- */

static void
run_added_cb (LscSession *self, LscRun *run)
{
  lsc_session_add_strip (self, run);
  g_signal_emit (self, signals[SIGNAL_SCENE_CHANGED], 0);
}

static void
comparison_changed_cb (LscSession *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
say_failures (LscSession *self)
{
  for (guint i = 0; i < lsc_session_get_n_runs (self); i++)
    {
      LscRun          *run = lsc_comparison_get_run (self->comparison, i);
      const GError    *error = lsc_run_get_error (run);
      g_autofree char *message = NULL;

      if (lsc_run_get_state (run) != LSC_RUN_FAILED || error == NULL)
        continue;
      /* Translators: a mode ("Threads") and what went wrong with it */
      message = g_strdup_printf (
          _ ("%s: %s"), lsc_executor_kind_get_label (lsc_run_get_executor (run)), error->message);
      lsc_session_say (self, message);
    }
}

static void
comparison_finished_cb (LscSession *self)
{
  lsc_session_sync_scene (self);
  lsc_session_update_title (self);
  lsc_session_learn_speed (self);
  lsc_session_set_state (self, LSC_SESSION_IDLE);
  g_signal_emit (self, signals[SIGNAL_SCENE_CHANGED], 0);
  say_failures (self);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
}

void
lsc_session_drop_comparison (LscSession *self)
{
  if (self->comparison == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->comparison, self);
  g_clear_object (&self->comparison);
}

static LscComparison *
make_comparison (LscSession *self, GError **error)
{
  LscExecutorKind  kinds[LSC_N_EXECUTOR_KINDS];
  guint            n_kinds = lsc_session_get_kinds (self, kinds);
  LscRunOptions    options = { 0 };
  g_autofree char *folder = lsc_preferences_dup_run_folder (lsc_workload_get_id (self->workload));

  options.workload = self->workload;
  options.settings = lsc_inputs_get_settings (self->inputs);
  options.inputs = lsc_inputs_get_list (self->inputs);
  options.n_workers = self->n_workers;
  options.one_core = self->one_core;
  options.grace_ns = lsc_preferences_get_grace_ns ();
  options.output_folder = folder;
  return lsc_comparison_new (&options, kinds, n_kinds, error);
}

static void
start_now (LscSession *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscComparison) comparison = make_comparison (self, &error);

  if (comparison == NULL)
    {
      lsc_session_set_state (self, LSC_SESSION_IDLE);
      lsc_session_say_error (self, error);
      return;
    }

  lsc_session_replace_scene (self);
  self->comparison = g_steal_pointer (&comparison);
  g_signal_connect_object (self->comparison, "run-added", G_CALLBACK (run_added_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comparison, "changed", G_CALLBACK (comparison_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comparison, "finished", G_CALLBACK (comparison_finished_cb), self,
                           G_CONNECT_SWAPPED);
  lsc_session_set_state (self, LSC_SESSION_RUNNING);
  lsc_comparison_start (self->comparison);
}

/* What the inputs wait for; NULL: they are all there, or something is wrong with them. */
static LscInputs *
find_unready (LscSession *self)
{
  LscInputs *companion = self->measures ? lsc_session_get_companion_inputs (self) : NULL;

  if (!lsc_inputs_is_ready (self->inputs))
    return self->inputs;
  return companion != NULL && !lsc_inputs_is_ready (companion) ? companion : NULL;
}

static const char *
find_problem (LscSession *self)
{
  LscInputs  *companion = self->measures ? lsc_session_get_companion_inputs (self) : NULL;
  const char *problem = lsc_inputs_get_first_problem (self->inputs);

  if (problem == NULL && companion != NULL)
    problem = lsc_inputs_get_first_problem (companion);
  return problem;
}

static void
start_if_ready (LscSession *self)
{
  LscInputs  *unready;
  const char *problem;

  if (self->state != LSC_SESSION_PREPARING)
    return;
  unready = find_unready (self);
  if (unready != NULL)
    {
      lsc_inputs_prepare (unready);
      return;
    }

  problem = find_problem (self);
  if (problem != NULL)
    {
      lsc_session_set_state (self, LSC_SESSION_IDLE);
      lsc_session_say (self, problem);
    }
  else if (self->measures)
    lsc_session_start_measuring (self);
  else
    start_now (self);
}

static void
inputs_changed_cb (LscSession *self)
{
  lsc_session_follow_inputs (self);
  lsc_session_check_choices (self);
  start_if_ready (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
companion_changed_cb (LscSession *self)
{
  start_if_ready (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
prepare (LscSession *self, gboolean measures)
{
  self->measures = measures;
  lsc_inputs_prepare (self->inputs);
  lsc_session_set_state (self, LSC_SESSION_PREPARING);
  start_if_ready (self);
}

void
lsc_session_start (LscSession *self)
{
  const char *hint;

  g_return_if_fail (LSC_IS_SESSION (self));
  lsc_assert_main_thread ();

  if (self->state != LSC_SESSION_IDLE)
    return;
  if (!lsc_session_can_run (self, &hint))
    lsc_session_say (self, hint);
  else
    prepare (self, FALSE);
}

void
lsc_session_measure (LscSession *self)
{
  const char *hint;

  g_return_if_fail (LSC_IS_SESSION (self));
  lsc_assert_main_thread ();

  if (self->state != LSC_SESSION_IDLE)
    return;
  if (!lsc_session_can_measure (self, &hint))
    lsc_session_say (self, hint);
  else
    prepare (self, TRUE);
}

void
lsc_session_stop (LscSession *self)
{
  g_return_if_fail (LSC_IS_SESSION (self));
  lsc_assert_main_thread ();

  if (self->state == LSC_SESSION_PREPARING)
    lsc_session_set_state (self, LSC_SESSION_IDLE);
  if (self->state != LSC_SESSION_RUNNING)
    return;
  lsc_session_set_state (self, LSC_SESSION_STOPPING);
  if (self->profiler != NULL)
    lsc_profiler_stop (self->profiler);
  else
    lsc_comparison_stop (self->comparison);
}

void
lsc_session_terminate (LscSession *self)
{
  g_return_if_fail (LSC_IS_SESSION (self));
  lsc_assert_main_thread ();

  if (self->state == LSC_SESSION_PREPARING)
    lsc_session_set_state (self, LSC_SESSION_IDLE);
  if (self->state == LSC_SESSION_IDLE)
    return;
  lsc_session_set_state (self, LSC_SESSION_STOPPING);
  if (self->profiler != NULL)
    lsc_profiler_terminate (self->profiler);
  else
    lsc_comparison_terminate (self->comparison);
}

LscWorkload *
lsc_session_get_workload (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);
  return self->workload;
}

LscInputs *
lsc_session_get_inputs (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);
  return self->inputs;
}

LscSessionState
lsc_session_get_state (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), LSC_SESSION_IDLE);
  return self->state;
}

LscScene *
lsc_session_get_scene (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);
  return self->scene;
}

LscSettings *
lsc_session_get_run_settings (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);
  return self->run_settings;
}

LscWorkload *
lsc_session_get_run_workload (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);
  return self->run_workload;
}

/* ---- the object --------------------------------------------------------------- */

static void
lsc_session_dispose (GObject *object)
{
  LscSession *self = LSC_SESSION (object);

  lsc_session_drop_comparison (self);
  lsc_session_drop_profiler (self);
  g_clear_object (&self->profile);
  g_clear_object (&self->report);
  g_clear_object (&self->companion);
  g_clear_object (&self->companion_inputs);
  g_clear_object (&self->inputs);
  g_clear_object (&self->scene);
  g_clear_object (&self->run_settings);
  g_clear_object (&self->run_workload);
  g_clear_object (&self->workload);
  G_OBJECT_CLASS (lsc_session_parent_class)->dispose (object);
}

static void
lsc_session_finalize (GObject *object)
{
  LscSession *self = LSC_SESSION (object);

  g_clear_pointer (&self->measure, lsc_measure_choices_free);
  g_clear_pointer (&self->measure_problem, g_free);
  g_clear_pointer (&self->strip_cells, g_array_unref);
  G_OBJECT_CLASS (lsc_session_parent_class)->finalize (object);
}

static void
lsc_session_class_init (LscSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lsc_session_dispose;
  object_class->finalize = lsc_session_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LSC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SCENE_REPLACED] = g_signal_new (
      "scene-replaced", LSC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SCENE_CHANGED] = g_signal_new (
      "scene-changed", LSC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROFILE_CHANGED] = g_signal_new (
      "profile-changed", LSC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_OUTSIDE_NEEDED] =
      g_signal_new ("outside-needed", LSC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", LSC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", LSC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
}

static void
lsc_session_init (LscSession *self)
{
  self->scene = lsc_scene_new ();
  self->measure = lsc_measure_choices_new ();
  self->strip_cells = g_array_new (FALSE, FALSE, sizeof (guint));
}

static void
take_workload (LscSession *self, LscWorkload *workload)
{
  if (self->inputs != NULL)
    g_signal_handlers_disconnect_by_data (self->inputs, self);
  g_clear_object (&self->inputs);
  g_set_object (&self->workload, workload);
  self->inputs = lsc_inputs_new (workload);
  g_signal_connect_object (self->inputs, "changed", G_CALLBACK (inputs_changed_cb), self,
                           G_CONNECT_SWAPPED);
  lsc_session_find_companion (self);
  if (self->companion_inputs != NULL)
    g_signal_connect_object (self->companion_inputs, "changed", G_CALLBACK (companion_changed_cb),
                             self, G_CONNECT_SWAPPED);
}

void
lsc_session_set_workload (LscSession *self, LscWorkload *workload)
{
  g_return_if_fail (LSC_IS_SESSION (self));
  g_return_if_fail (LSC_IS_WORKLOAD (workload));
  g_return_if_fail (self->state == LSC_SESSION_IDLE);
  lsc_assert_main_thread ();

  if (self->workload == workload)
    return;
  take_workload (self, workload);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

LscSession *
lsc_session_new (LscWorkload *workload)
{
  LscSession *self;

  g_return_val_if_fail (LSC_IS_WORKLOAD (workload), NULL);
  lsc_assert_main_thread ();

  self = g_object_new (LSC_TYPE_SESSION, NULL);
  take_workload (self, workload);
  self->n_workers = MIN (MAX (lsc_engine_get_n_cores (), 2), lsc_session_get_max_workers ());
  lsc_session_choose_modes (self);
  return self;
}

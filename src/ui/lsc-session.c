/* lsc-session.c: one workload in the window: its choices, its run, its picture.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Every run gets a scene of its own, so that a picture that is
 * being saved keeps what it shows.
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
  SIGNAL_MESSAGE,
  SIGNAL_FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscSession, lsc_session, G_TYPE_OBJECT)

static void
set_state (LscSession *self, LscSessionState state)
{
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
say (LscSession *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, message);
}

/* ---- the comparison ----------------------------------------------------------- */

static void
run_added_cb (LscSession *self, LscRun *run)
{
  guint     index;
  LscStrip *strip;

  index = lsc_scene_add_strip (self->scene, lsc_run_get_recording (run), lsc_run_get_executor (run),
                               lsc_run_get_n_workers (run));
  strip = lsc_scene_get_strip (self->scene, index);
  strip->live = TRUE;
  strip->now_ns = lsc_run_get_elapsed_ns (run);
  lsc_session_sync_scene (self);
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
      say (self, message);
    }
}

static void
comparison_finished_cb (LscSession *self)
{
  lsc_session_sync_scene (self);
  lsc_session_update_title (self);
  set_state (self, LSC_SESSION_IDLE);
  g_signal_emit (self, signals[SIGNAL_SCENE_CHANGED], 0);
  say_failures (self);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
}

static void
drop_comparison (LscSession *self)
{
  if (self->comparison == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->comparison, self);
  g_clear_object (&self->comparison);
}

static void
let_go_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_ptr_array_set_size (task_data, 0);
}

/* What was recorded of a million tasks takes longer to unmap and to delete than a frame
 * has. Called when nobody else holds it any more. */
static void
let_go_elsewhere (GPtrArray *recordings)
{
  g_autoptr (GTask) task = NULL;

  if (recordings->len == 0)
    return;
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, let_go_elsewhere);
  g_task_set_task_data (task, g_ptr_array_ref (recordings), (GDestroyNotify)g_ptr_array_unref);
  g_task_run_in_thread (task, let_go_worker);
}

static GPtrArray *
get_recordings (LscSession *self)
{
  GPtrArray *recordings = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < lsc_scene_get_n_strips (self->scene); i++)
    g_ptr_array_add (recordings, g_object_ref (lsc_scene_get_strip (self->scene, i)->recording));
  return recordings;
}

static void
start_now (LscSession *self)
{
  g_autoptr (GPtrArray) old = get_recordings (self);
  g_autoptr (LscComparison) comparison = NULL;
  g_autoptr (GError) error = NULL;
  LscExecutorKind  kinds[LSC_N_EXECUTOR_KINDS];
  guint            n_kinds = 0;
  LscRunOptions    options = { 0 };
  g_autofree char *folder = lsc_preferences_dup_run_folder (lsc_workload_get_id (self->workload));

  for (guint kind = 0; kind < LSC_N_EXECUTOR_KINDS; kind++)
    if (lsc_session_get_mode (self, kind))
      kinds[n_kinds++] = kind;

  options.workload = self->workload;
  options.settings = lsc_inputs_get_settings (self->inputs);
  options.inputs = lsc_inputs_get_list (self->inputs);
  options.n_workers = self->n_workers;
  options.one_core = self->one_core;
  options.grace_ns = lsc_preferences_get_grace_ns ();
  options.output_folder = folder;

  comparison = lsc_comparison_new (&options, kinds, n_kinds, &error);
  if (comparison == NULL)
    {
      set_state (self, LSC_SESSION_IDLE);
      say (self, error->message);
      return;
    }

  drop_comparison (self);
  self->comparison = g_steal_pointer (&comparison);
  g_signal_connect_object (self->comparison, "run-added", G_CALLBACK (run_added_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comparison, "changed", G_CALLBACK (comparison_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comparison, "finished", G_CALLBACK (comparison_finished_cb), self,
                           G_CONNECT_SWAPPED);

  g_clear_object (&self->run_settings);
  self->run_settings = lsc_settings_copy (options.settings);
  g_set_object (&self->run_workload, self->workload);
  g_object_unref (self->scene);
  self->scene = lsc_scene_new ();
  lsc_session_update_title (self);
  lsc_session_update_subtitle (self);
  g_signal_emit (self, signals[SIGNAL_SCENE_REPLACED], 0);
  let_go_elsewhere (old);

  set_state (self, LSC_SESSION_RUNNING);
  lsc_comparison_start (self->comparison);
}

/* The inputs are ready, or something is wrong with them. */
static void
start_if_ready (LscSession *self)
{
  const char *problem;

  if (self->state != LSC_SESSION_PREPARING || !lsc_inputs_is_ready (self->inputs))
    return;

  problem = lsc_inputs_get_first_problem (self->inputs);
  if (problem != NULL)
    {
      set_state (self, LSC_SESSION_IDLE);
      say (self, problem);
      return;
    }
  start_now (self);
}

static void
inputs_changed_cb (LscSession *self)
{
  start_if_ready (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
lsc_session_can_run (LscSession *self, const char **hint)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), FALSE);

  for (guint kind = 0; kind < LSC_N_EXECUTOR_KINDS; kind++)
    if (lsc_session_get_mode (self, kind))
      {
        if (hint != NULL)
          *hint = NULL;
        return TRUE;
      }
  if (hint != NULL)
    *hint = _ ("Choose at least one mode to run");
  return FALSE;
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
    {
      say (self, hint);
      return;
    }

  lsc_inputs_prepare (self->inputs);
  set_state (self, LSC_SESSION_PREPARING);
  start_if_ready (self);
}

void
lsc_session_stop (LscSession *self)
{
  g_return_if_fail (LSC_IS_SESSION (self));
  lsc_assert_main_thread ();

  if (self->state == LSC_SESSION_PREPARING)
    set_state (self, LSC_SESSION_IDLE);
  if (self->state != LSC_SESSION_RUNNING)
    return;
  set_state (self, LSC_SESSION_STOPPING);
  lsc_comparison_stop (self->comparison);
}

void
lsc_session_terminate (LscSession *self)
{
  g_return_if_fail (LSC_IS_SESSION (self));
  lsc_assert_main_thread ();

  if (self->state == LSC_SESSION_PREPARING)
    set_state (self, LSC_SESSION_IDLE);
  if (self->state == LSC_SESSION_IDLE)
    return;
  set_state (self, LSC_SESSION_STOPPING);
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

  drop_comparison (self);
  g_clear_object (&self->inputs);
  g_clear_object (&self->scene);
  g_clear_object (&self->run_settings);
  g_clear_object (&self->run_workload);
  g_clear_object (&self->workload);
  G_OBJECT_CLASS (lsc_session_parent_class)->dispose (object);
}

static void
lsc_session_class_init (LscSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lsc_session_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LSC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SCENE_REPLACED] = g_signal_new (
      "scene-replaced", LSC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SCENE_CHANGED] = g_signal_new (
      "scene-changed", LSC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", LSC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", LSC_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
}

static void
lsc_session_init (LscSession *self)
{
  self->scene = lsc_scene_new ();
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

/* lsc-run.c: one execution of a workload in one mode, as the main thread sees it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-run"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-main-thread.h"
#include "lsc-output-files.h"
#include "lsc-run-private.h"
#include "lsc-run-thread.h"
#include "lsc-sources.h"
#include "lsc-usage-meter.h"

#define CHANGED_INTERVAL_MS 50

struct _LscRun
{
  GObject parent_instance;

  /* Owned */
  LscRunOptions options; /* with references and copies */
  LscRunThread *thread;
  GMainContext *context;
  GSource      *timer; /* looks for changes while it runs */
  GSource      *idle;  /* an end without a thread */
  GError       *error;

  LscRunState state;
  guint       seen_finished;
  guint       seen_changes;
  gboolean    state_changed;
  guint8     *asked; /* for each worker: a bit for each request */
};

enum
{
  CHANGED,
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscRun, lsc_run, G_TYPE_OBJECT)

/* ---- the life ------------------------------------------------------------------------- */

static void
finish (LscRun *self, LscRunState state, const GError *error)
{
  g_autoptr (LscRun) alive = g_object_ref (self);

  lsc_source_drop (&self->timer);
  self->state = state;
  if (error != NULL && self->error == NULL)
    self->error = g_error_copy (error);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[FINISHED], 0);
}

static void
thread_ended_cb (gpointer user_data)
{
  LscRun *self = user_data;

  finish (self, lsc_run_thread_get_end (self->thread), lsc_run_thread_get_error (self->thread));
}

static gboolean
look_cb (gpointer user_data)
{
  LscRun *self = user_data;
  guint   n_finished = lsc_run_get_n_finished (self);
  guint   n_changes = lsc_run_thread_get_n_changes (self->thread);

  if (n_finished == self->seen_finished && n_changes == self->seen_changes && !self->state_changed)
    return G_SOURCE_CONTINUE;

  self->seen_finished = n_finished;
  self->seen_changes = n_changes;
  self->state_changed = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_CONTINUE;
}

static gboolean
end_without_thread_cb (gpointer user_data)
{
  LscRun *self = user_data;

  g_clear_pointer (&self->idle, g_source_unref);
  finish (self, self->state, NULL);
  return G_SOURCE_REMOVE;
}

/* The state is what it is at once; the signals come from the main loop. */
static void
end_without_thread (LscRun *self, LscRunState state)
{
  self->state = state;
  self->idle = g_idle_source_new ();
  g_source_set_priority (self->idle, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->idle, end_without_thread_cb, self, NULL);
  g_source_attach (self->idle, self->context);
}

void
lsc_run_start (LscRun *self)
{
  gboolean started;

  lsc_assert_main_thread ();
  g_return_if_fail (LSC_IS_RUN (self));

  if (self->state != LSC_RUN_READY)
    return;

  g_main_context_push_thread_default (self->context);
  started =
      lsc_run_thread_start (self->thread, &self->options, thread_ended_cb, self, &self->error);
  g_main_context_pop_thread_default (self->context);
  if (!started)
    {
      end_without_thread (self, LSC_RUN_FAILED);
      return;
    }

  self->state = LSC_RUN_RUNNING;
  self->state_changed = TRUE;
  self->timer = g_timeout_source_new (CHANGED_INTERVAL_MS);
  g_source_set_callback (self->timer, look_cb, self, NULL);
  g_source_attach (self->timer, self->context);
}

static void
request (LscRun *self, LscRequest request)
{
  if (self->state == LSC_RUN_READY)
    {
      end_without_thread (self, LSC_RUN_STOPPED);
      return;
    }
  if (self->state != LSC_RUN_RUNNING && self->state != LSC_RUN_STOPPING)
    return;

  self->state_changed |= self->state != LSC_RUN_STOPPING;
  self->state = LSC_RUN_STOPPING;
  lsc_run_thread_request (self->thread, request);
}

void
lsc_run_stop (LscRun *self)
{
  lsc_assert_main_thread ();
  g_return_if_fail (LSC_IS_RUN (self));

  request (self, LSC_REQUEST_STOP);
}

void
lsc_run_terminate (LscRun *self)
{
  lsc_assert_main_thread ();
  g_return_if_fail (LSC_IS_RUN (self));

  request (self, LSC_REQUEST_TERMINATE);
}

/* ---- one worker ------------------------------------------------------------------------ */

/* NULL, or why it can't be asked now. */
static const char *
get_obstacle (LscRun *self, guint worker, LscLaneRequest request)
{
  guint    asked = self->asked[worker];
  LscLane *lane;

  if (lsc_run_is_over (self))
    return _ ("The run is over.");
  lane = self->state != LSC_RUN_READY
             ? lsc_run_find_lane (lsc_run_thread_get_recording (self->thread), worker)
             : NULL;
  if (lane == NULL)
    return _ ("It has not begun yet.");
  if (lsc_lane_get_end (lane) != LSC_LANE_ALIVE)
    return _ ("It has ended already.");
  if (asked & 1u << LSC_LANE_TERMINATE)
    return _ ("It is being terminated.");
  if (asked & 1u << request)
    return request == LSC_LANE_ASK_STOP ? _ ("It was asked to stop already.")
                                        : _ ("It is waited for already.");
  return NULL;
}

gboolean
lsc_run_can_ask (LscRun *self, guint worker, LscLaneRequest request, const char **why_not)
{
  const char *reason;

  lsc_assert_main_thread ();
  g_return_val_if_fail (LSC_IS_RUN (self), FALSE);
  g_return_val_if_fail ((guint)request < LSC_N_LANE_REQUESTS, FALSE);

  if (worker == 0 || worker > self->options.n_workers)
    reason = _ ("There is no such worker in this run.");
  else
    reason = lsc_run_check_request (&self->options, request);
  if (reason == NULL)
    reason = get_obstacle (self, worker, request);
  if (why_not != NULL)
    *why_not = reason;
  return reason == NULL;
}

void
lsc_run_ask (LscRun *self, guint worker, LscLaneRequest request)
{
  if (!lsc_run_can_ask (self, worker, request, NULL))
    return;

  self->asked[worker] |= (guint8)(1u << request);
  self->state_changed = TRUE;
  lsc_run_thread_ask (self->thread, worker, request);
}

/* ---- the type ---------------------------------------------------------------------------- */

static void
lsc_run_finalize (GObject *object)
{
  LscRun *self = LSC_RUN (object);

  lsc_source_drop (&self->timer);
  lsc_source_drop (&self->idle);
  if (self->thread != NULL)
    {
      lsc_run_thread_detach (self->thread);
      lsc_run_thread_unref (self->thread);
    }
  g_clear_object (&self->options.workload);
  g_clear_object (&self->options.settings);
  g_clear_object (&self->options.inputs);
  g_free ((char *)self->options.recording_path);
  g_free ((char *)self->options.output_folder);
  g_free (self->asked);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (lsc_run_parent_class)->finalize (object);
}

static void
lsc_run_class_init (LscRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_run_finalize;

  signals[CHANGED] = g_signal_new ("changed", LSC_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[FINISHED] = g_signal_new ("finished", LSC_TYPE_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
}

static void
lsc_run_init (LscRun *self)
{
  self->context = g_main_context_ref_thread_default ();
}

LscRun *
lsc_run_new_with_executor (const LscRunOptions *options, LscExecutor *executor, GError **error)
{
  g_autoptr (LscRun) self = NULL;
  g_autoptr (LscExecutor) owned = executor;

  lsc_assert_main_thread ();
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (LSC_IS_WORKLOAD (options->workload), NULL);
  g_return_val_if_fail (LSC_IS_SETTINGS (options->settings), NULL);
  g_return_val_if_fail (LSC_IS_TEXT_LIST (options->inputs), NULL);
  g_return_val_if_fail (!options->measured || options->recording_path == NULL, NULL);

  if (!lsc_run_check_options (options, error))
    return NULL;
  if (options->output_folder != NULL && !lsc_output_files_check (options->output_folder, error))
    return NULL;

  self = g_object_new (LSC_TYPE_RUN, NULL);
  self->options = *options;
  self->options.workload = g_object_ref (options->workload);
  self->options.settings = lsc_settings_copy (options->settings);
  self->options.inputs = g_object_ref (options->inputs);
  self->options.recording_path = g_strdup (options->recording_path);
  self->options.output_folder = g_strdup (options->output_folder);
  if (!lsc_executor_kind_has_workers (options->executor))
    self->options.n_workers = 1;
  if (self->options.grace_ns == 0)
    self->options.grace_ns = LSC_DEFAULT_GRACE_NS;
  self->asked = g_new0 (guint8, self->options.n_workers + 1);
  lsc_run_apply_limits (&self->options);
  lsc_run_prepare_outside (&self->options);

  self->thread = lsc_run_thread_new (&self->options, g_steal_pointer (&owned), error);
  if (self->thread == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

LscRun *
lsc_run_new (const LscRunOptions *options, GError **error)
{
  return lsc_run_new_with_executor (options, NULL, error);
}

/* ---- what there is to know ------------------------------------------------------------------ */

LscRunState
lsc_run_get_state (LscRun *self)
{
  g_return_val_if_fail (LSC_IS_RUN (self), LSC_RUN_FAILED);

  return self->state;
}

gboolean
lsc_run_is_over (LscRun *self)
{
  g_return_val_if_fail (LSC_IS_RUN (self), TRUE);

  return self->state == LSC_RUN_FINISHED || self->state == LSC_RUN_STOPPED ||
         self->state == LSC_RUN_FAILED;
}

const GError *
lsc_run_get_error (LscRun *self)
{
  g_return_val_if_fail (LSC_IS_RUN (self), NULL);

  return self->error;
}

LscRecording *
lsc_run_get_recording (LscRun *self)
{
  g_return_val_if_fail (LSC_IS_RUN (self), NULL);

  return lsc_run_thread_get_recording (self->thread);
}

LscExecutorKind
lsc_run_get_executor (LscRun *self)
{
  g_return_val_if_fail (LSC_IS_RUN (self), LSC_EXECUTOR_SEQUENTIAL);

  return self->options.executor;
}

guint
lsc_run_get_n_workers (LscRun *self)
{
  g_return_val_if_fail (LSC_IS_RUN (self), 0);

  return self->options.n_workers;
}

guint
lsc_run_get_n_tasks (LscRun *self)
{
  g_return_val_if_fail (LSC_IS_RUN (self), 0);

  return lsc_text_list_get_n (self->options.inputs);
}

/* NULL before there are any. */
static LscTaskTable *
get_tasks (LscRun *self)
{
  LscRecording *recording = lsc_run_thread_get_recording (self->thread);

  return recording != NULL ? lsc_recording_get_tasks (recording) : NULL;
}

guint
lsc_run_get_n_finished (LscRun *self)
{
  LscTaskTable *tasks;

  g_return_val_if_fail (LSC_IS_RUN (self), 0);

  tasks = get_tasks (self);
  return tasks != NULL ? lsc_task_table_get_n_finished (tasks) : 0;
}

guint
lsc_run_get_n_done (LscRun *self)
{
  LscTaskTable *tasks;

  g_return_val_if_fail (LSC_IS_RUN (self), 0);

  tasks = get_tasks (self);
  return tasks != NULL ? lsc_task_table_get_n_with_status (tasks, LSC_TASK_DONE) : 0;
}

gint64
lsc_run_get_elapsed_ns (LscRun *self)
{
  g_return_val_if_fail (LSC_IS_RUN (self), 0);

  if (self->state == LSC_RUN_READY)
    return 0;
  if (lsc_run_is_over (self))
    return lsc_run_thread_get_wall_ns (self->thread);

  return lsc_clock_get_system_now_ns () - lsc_run_thread_get_origin_ns (self->thread);
}

void
lsc_run_get_usage (LscRun *self, LscRunUsage *usage)
{
  g_return_if_fail (LSC_IS_RUN (self));

  if (lsc_run_is_over (self))
    *usage = *lsc_run_thread_get_usage (self->thread);
  else
    lsc_run_usage_init (usage);
}

gint64
lsc_run_get_time_left_ns (LscRun *self)
{
  guint n_tasks;
  guint n_finished;

  g_return_val_if_fail (LSC_IS_RUN (self), -1);

  if (lsc_run_is_over (self))
    return 0;
  n_tasks = lsc_run_get_n_tasks (self);
  n_finished = lsc_run_get_n_finished (self);
  if (self->state == LSC_RUN_READY || n_finished == 0)
    return -1;

  return (gint64)((double)lsc_run_get_elapsed_ns (self) / n_finished * (n_tasks - n_finished));
}

LscRunLock
lsc_run_get_lock (LscRun *self)
{
  g_return_val_if_fail (LSC_IS_RUN (self), LSC_RUN_LOCK_UNKNOWN);

  return lsc_run_thread_get_lock (self->thread);
}

const char *
lsc_run_get_interpreter (LscRun *self)
{
  g_return_val_if_fail (LSC_IS_RUN (self), NULL);

  return lsc_run_thread_get_interpreter (self->thread);
}

gboolean
lsc_run_is_on_one_core (LscRun *self)
{
  g_return_val_if_fail (LSC_IS_RUN (self), FALSE);

  return self->options.one_core;
}

gint32
lsc_run_get_launcher_pid (LscRun *self)
{
  g_return_val_if_fail (LSC_IS_RUN (self), 0);

  return lsc_run_thread_get_launcher_pid (self->thread);
}

/* lsc-run-thread.c: the thread behind a run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Executor, collector and recorder live on this thread, in a GMainContext of
 * its own. The main thread sends requests, and learns of the end by an idle source
 * in its own context.
 */

#define G_LOG_DOMAIN "lsc-run-thread"

#include "config.h"

#include <pthread.h>
#include <signal.h>

#include "lsc-clock.h"
#include "lsc-executor-plan.h"
#include "lsc-gaps.h"
#include "lsc-run-output.h"
#include "lsc-run-private.h"
#include "lsc-run-thread.h"
#include "lsc-usage-meter.h"

#define TICK_MS 10
/* Time limits and requests are looked after, and nothing else has to be soon. */
#define MEASURED_TICK_MS 50
#define RECORDER_TICKS   10

struct _LscRunThread
{
  gatomicrefcount refs;

  /* Constant once the thread runs. */
  LscExecutorPlan plan; /* what it has is owned, but the recorder and the collector */
  LscRecording   *recording;
  LscRunOutput   *output;
  GMainContext   *context;      /* the run's */
  GMainContext   *main_context; /* whom it tells */
  LscRunRequests *requests;

  /* Atomics. */
  gint  n_changes;
  gint  launcher_pid;
  gint  lock;        /* LscRunLock */
  char *interpreter; /* set once */

  /* The main thread's. */
  GThread *thread;
  void (*ended) (gpointer user_data);
  gpointer user_data;

  /* The run's thread's, from its start on. */
  LscRecorder  *recorder;
  LscExecutor  *executor;
  LscCollector *collector;
  guint         n_ticks;
  gint64        first_start_ns; /* of a task, as all below; -1: none */
  gint64        last_end_ns;
  gboolean      over;

  /* The run's thread's until it has announced its end, the main thread's then. */
  LscRunState end;
  gint64      wall_ns;
  LscRunUsage usage;
  GError     *error;
};

static LscRunThread *
run_thread_ref (LscRunThread *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
lsc_run_thread_unref (LscRunThread *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_clear_object (&self->executor);
  g_clear_object (&self->collector);
  g_clear_object (&self->recorder);
  g_clear_object (&self->recording);
  g_clear_pointer (&self->output, lsc_run_output_free);
  g_clear_pointer (&self->requests, lsc_run_requests_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->main_context, g_main_context_unref);
  g_clear_error (&self->error);
  g_free (self->interpreter);
  lsc_executor_plan_clear (&self->plan);
  g_free (self);
}

/* ---- what the executor says: the run's thread ---------------------------------------- */

static void
task_ended_cb (gpointer       user_data,
               guint          index,
               const LscTask *task,
               const char    *output,
               gsize          length)
{
  LscRunThread *self = user_data;
  LscTask       row = *task;

  if (row.start_ns >= 0)
    {
      row.start_ns -= self->plan.origin_ns;
      if (self->first_start_ns < 0 || row.start_ns < self->first_start_ns)
        self->first_start_ns = row.start_ns;
    }
  if (row.end_ns >= 0)
    {
      row.end_ns -= self->plan.origin_ns;
      self->last_end_ns = MAX (self->last_end_ns, row.end_ns);
    }
  lsc_run_output_end_task (self->output, index, row.worker);
  lsc_task_table_set (lsc_recording_get_tasks (self->recording), index, &row, output,
                      (gssize)length);
}

static void
task_started_cb (gpointer user_data, guint index, guint worker, gint64 time_ns)
{
  LscRunThread *self = user_data;

  lsc_task_table_set_running (lsc_recording_get_tasks (self->recording), index, worker,
                              time_ns - self->plan.origin_ns);
  g_atomic_int_inc (&self->n_changes);
}

static void
printed_cb (gpointer      user_data,
            LscOutputKind kind,
            guint32       task,
            guint         worker,
            gint64        time_ns,
            const char   *bytes,
            gsize         length)
{
  LscRunThread *self = user_data;

  lsc_run_output_take (self->output, kind, task, worker, time_ns, bytes, length);
  g_atomic_int_inc (&self->n_changes);
}

static void
told_lock_cb (gpointer user_data, gboolean is_on)
{
  LscRunThread *self = user_data;

  g_atomic_int_set (&self->lock, is_on ? LSC_RUN_LOCK_ON : LSC_RUN_LOCK_OFF);
}

static void
told_interpreter_cb (gpointer user_data, const char *name)
{
  LscRunThread *self = user_data;

  if (self->interpreter == NULL)
    g_atomic_pointer_set (&self->interpreter, g_strdup (name));
}

static void
told_usage_cb (gpointer user_data, const LscRunUsage *usage)
{
  LscRunThread *self = user_data;

  self->usage = *usage;
  if (self->first_start_ns >= 0)
    lsc_run_usage_set_tasks (&self->usage, self->first_start_ns + self->plan.origin_ns,
                             self->last_end_ns + self->plan.origin_ns);
  if (self->plan.python_host != NULL && self->plan.kind == LSC_EXECUTOR_PROCESSES)
    lsc_run_usage_set_pool (&self->usage, self->recording, self->plan.n_workers);
}

static void
finished_cb (gpointer user_data, const GError *error)
{
  LscRunThread *self = user_data;
  guint n_stopped = lsc_task_table_get_n_with_status (lsc_recording_get_tasks (self->recording),
                                                      LSC_TASK_STOPPED);

  if (error != NULL)
    {
      self->error = g_error_copy (error);
      self->end = LSC_RUN_FAILED;
    }
  else
    self->end = n_stopped > 0 ? LSC_RUN_STOPPED : LSC_RUN_FINISHED;

  if (self->end == LSC_RUN_FINISHED)
    self->wall_ns = self->last_end_ns;
  else
    self->wall_ns = lsc_clock_get_system_now_ns () - self->plan.origin_ns;
  self->over = TRUE;
}

static const LscExecutorSink sink = {
  .task_ended = task_ended_cb,
  .task_started = task_started_cb,
  .printed = printed_cb,
  .told_lock = told_lock_cb,
  .told_interpreter = told_interpreter_cb,
  .told_usage = told_usage_cb,
  .finished = finished_cb,
};

/* ---- requests ---------------------------------------------------------------------- */

static void
requested_cb (gpointer user_data, LscRequest request)
{
  LscRunThread *self = user_data;

  if (self->over)
    return;
  lsc_recorder_add_mark (self->recorder, NULL,
                         lsc_clock_get_system_now_ns () - self->plan.origin_ns, LSC_MARK_STOP_ASKED,
                         0, 0);
  if (request == LSC_REQUEST_STOP)
    lsc_executor_stop (self->executor);
  else
    lsc_executor_terminate (self->executor);
}

static void
asked_cb (gpointer user_data, guint worker, LscLaneRequest request)
{
  LscRunThread *self = user_data;

  if (!self->over)
    lsc_executor_ask (self->executor, worker, request);
}

static const LscRequestFuncs request_funcs = {
  .requested = requested_cb,
  .asked = asked_cb,
};

void
lsc_run_thread_request (LscRunThread *self, LscRequest request)
{
  lsc_run_requests_send (self->requests, request);
}

void
lsc_run_thread_ask (LscRunThread *self, guint worker, LscLaneRequest request)
{
  lsc_run_requests_ask (self->requests, worker, request);
}

/* ---- the thread --------------------------------------------------------------------- */

static gboolean
tick_cb (gpointer user_data)
{
  LscRunThread *self = user_data;

  lsc_executor_tick (self->executor);
  if (++self->n_ticks % RECORDER_TICKS == 0)
    lsc_recorder_tick (self->recorder, lsc_clock_get_system_now_ns () - self->plan.origin_ns);
  return G_SOURCE_CONTINUE;
}

static gboolean
announce_cb (gpointer user_data)
{
  LscRunThread *self = user_data;

  /* Its last act was to send this: there is nothing to wait for. */
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
  if (self->ended != NULL)
    self->ended (self->user_data);
  return G_SOURCE_REMOVE;
}

static void
announce (LscRunThread *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, announce_cb, self, (GDestroyNotify)lsc_run_thread_unref);
  g_source_attach (source, self->main_context);
}

static void
run (LscRunThread *self)
{
  g_autoptr (GSource) tick =
      g_timeout_source_new (self->plan.is_measured ? MEASURED_TICK_MS : TICK_MS);

  g_source_set_callback (tick, tick_cb, self, NULL);
  g_source_attach (tick, self->context);
  lsc_run_requests_attach (self->requests, self->context);

  lsc_recorder_begin (self->recorder);
  self->collector = lsc_collector_new (self->recorder);
  if (self->executor == NULL)
    {
      self->plan.recorder = self->recorder;
      self->plan.collector = self->collector;
      self->executor = lsc_executor_plan_make (&self->plan);
    }
  lsc_executor_set_sink (self->executor, &sink, self);
  if (lsc_workload_is_endless (self->plan.workload) && self->plan.kind != LSC_EXECUTOR_ASYNC)
    lsc_gaps_note_left_out (self->recorder, lsc_text_list_get_n (self->plan.inputs),
                            self->plan.n_workers);
  lsc_executor_start (self->executor);
  g_atomic_int_set (&self->launcher_pid, lsc_executor_get_launcher_pid (self->executor));

  while (!self->over)
    g_main_context_iteration (self->context, TRUE);

  g_atomic_int_set (&self->launcher_pid, 0);
  g_source_destroy (tick);
  lsc_run_requests_detach (self->requests);
  g_clear_object (&self->executor);
  lsc_run_output_end (self->output, lsc_clock_get_system_now_ns ());
  if (!self->plan.is_measured)
    lsc_gaps_note_records (self->recorder, self->collector,
                           lsc_clock_get_system_now_ns () - self->plan.origin_ns);
  lsc_recorder_finish (self->recorder, self->wall_ns);
  /* Only now is it known, and what goes on in memory has a place for it still. */
  lsc_gaps_note_file (self->recorder, lsc_clock_get_system_now_ns () - self->plan.origin_ns);
  g_clear_object (&self->collector);
  g_clear_object (&self->recorder);
}

static gpointer
run_worker (gpointer user_data)
{
  LscRunThread *self = user_data;
  sigset_t      pipe_signal;

  /* A worker that dies while it is written to shows by its exit. */
  sigemptyset (&pipe_signal);
  sigaddset (&pipe_signal, SIGPIPE);
  pthread_sigmask (SIG_BLOCK, &pipe_signal, NULL);

  g_main_context_push_thread_default (self->context);
  run (self);
  g_main_context_pop_thread_default (self->context);

  announce (self);
  return NULL;
}

/* ---- the main thread ------------------------------------------------------------------ */

LscRunThread *
lsc_run_thread_new (const LscRunOptions *options, LscExecutor *executor, GError **error)
{
  g_autoptr (LscExecutor) owned = executor;
  g_autoptr (LscRunThread) self = g_new0 (LscRunThread, 1);

  g_atomic_ref_count_init (&self->refs);
  self->first_start_ns = -1;
  lsc_run_usage_init (&self->usage);
  self->plan = (LscExecutorPlan){
    .workload = g_object_ref (options->workload),
    .settings = lsc_settings_serialize (options->settings),
    .inputs = g_object_ref (options->inputs),
    .kind = options->executor,
    .n_workers = options->n_workers,
    .one_core = options->one_core,
    .is_measured = options->measured,
    .observe = options->observe,
    .n_calls = options->n_calls,
    .n_retries = options->n_retries,
    .timeout_ns = options->timeout_ns,
    .grace_ns = options->grace_ns,
  };
  self->executor = g_steal_pointer (&owned);
  if (self->executor == NULL &&
      !lsc_executor_plan_find_programs (&self->plan, options->settings, error))
    return NULL;

  self->context = g_main_context_new ();
  self->requests = lsc_run_requests_new (&request_funcs, self);
  return g_steal_pointer (&self);
}

gboolean
lsc_run_thread_start (LscRunThread        *self,
                      const LscRunOptions *options,
                      void (*ended) (gpointer user_data),
                      gpointer user_data,
                      GError **error)
{
  self->plan.origin_ns = lsc_clock_get_system_now_ns ();
  self->main_context = g_main_context_ref_thread_default ();
  self->output = lsc_run_output_new (options->output_folder, options->measured, error);
  if (self->output == NULL)
    return FALSE;
  self->recorder = lsc_run_make_recorder (options, self->plan.origin_ns, error);
  if (self->recorder == NULL)
    return FALSE;

  self->recording = g_object_ref (lsc_recorder_get_recording (self->recorder));
  lsc_run_output_begin (self->output, self->recorder, self->plan.origin_ns);
  self->ended = ended;
  self->user_data = user_data;
  self->thread = g_thread_try_new ("lsc-run", run_worker, run_thread_ref (self), error);
  if (self->thread != NULL)
    return TRUE;

  lsc_run_thread_unref (self);
  lsc_recorder_finish (self->recorder, 0);
  return FALSE;
}

void
lsc_run_thread_detach (LscRunThread *self)
{
  self->ended = NULL;
  self->user_data = NULL;
  if (self->thread == NULL)
    return;

  lsc_run_thread_request (self, LSC_REQUEST_TERMINATE);
  g_clear_pointer (&self->thread, g_thread_unref);
}

LscRecording *
lsc_run_thread_get_recording (LscRunThread *self)
{
  return self->recording;
}

gint64
lsc_run_thread_get_origin_ns (LscRunThread *self)
{
  return self->plan.origin_ns;
}

LscRunLock
lsc_run_thread_get_lock (LscRunThread *self)
{
  return (LscRunLock)g_atomic_int_get (&self->lock);
}

const char *
lsc_run_thread_get_interpreter (LscRunThread *self)
{
  return g_atomic_pointer_get (&self->interpreter);
}

gint32
lsc_run_thread_get_launcher_pid (LscRunThread *self)
{
  return (gint32)g_atomic_int_get (&self->launcher_pid);
}

guint
lsc_run_thread_get_n_changes (LscRunThread *self)
{
  return (guint)g_atomic_int_get (&self->n_changes);
}

LscRunState
lsc_run_thread_get_end (LscRunThread *self)
{
  return self->end;
}

gint64
lsc_run_thread_get_wall_ns (LscRunThread *self)
{
  return self->wall_ns;
}

const LscRunUsage *
lsc_run_thread_get_usage (LscRunThread *self)
{
  return &self->usage;
}

const GError *
lsc_run_thread_get_error (LscRunThread *self)
{
  return self->error;
}

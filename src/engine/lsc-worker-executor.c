/* lsc-worker-executor.c: tasks on worker processes: their beginning and their end.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to the run's thread. Owns its house (lsc-executor-house.c) and the worker
 * processes; the collector is the run's and has the segments. Its end begins with workers
 * that retire.
 */

#define G_LOG_DOMAIN "lsc-worker-executor"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <signal.h>

#include "lsc-clock.h"
#include "lsc-worker-executor-private.h"

/* Workers that have nothing to do and do not end are ended after this. */
#define RETIRE_GRACE_NS (5 * LSC_NS_PER_S)

#define SEGMENT_BYTES (1u << 20) /* a segment's other parts, at most about */

G_DEFINE_FINAL_TYPE (LscWorkerExecutor, lsc_worker_executor, LSC_TYPE_EXECUTOR)

void
lsc_worker_executor_note (LscWorkerExecutor *self, guint worker, const char *text)
{
  lsc_executor_house_note (&self->house, worker, text);
}

/* ---- the end ------------------------------------------------------------------------- */

static void
say_over (LscWorkerExecutor *self)
{
  lsc_collector_set_pid_func (self->collector, NULL, NULL);
  lsc_executor_house_say_over (&self->house);
}

static void
begin_ending (LscWorkerExecutor *self)
{
  lsc_executor_house_begin_ending (&self->house);
  for (guint i = 0; i < self->n_slots; i++)
    {
      if (self->slots[i] != NULL)
        lsc_worker_process_close_tasks (self->slots[i]);
    }
}

static void
check_retired (LscWorkerExecutor *self)
{
  if (self->house.phase != LSC_PHASE_ENDING || self->n_alive > 0)
    return;

  /* After a stop, whatever the tasks may have started goes as well. */
  if (self->house.stopped)
    lsc_executor_house_kill_all (&self->house);
  else
    lsc_executor_house_close (&self->house);
}

/* Every worker was asked to end and did: nobody is left for what is still open. */
static gboolean
is_deserted (LscWorkerExecutor *self)
{
  return self->n_alive == 0 && self->backlog.n_open > 0;
}

void
lsc_worker_executor_check_done (LscWorkerExecutor *self)
{
  if (self->house.phase == LSC_PHASE_RUNNING && is_deserted (self))
    {
      self->house.stopped = TRUE;
      begin_ending (self);
    }
  else if (self->house.phase == LSC_PHASE_RUNNING && self->backlog.n_open == 0)
    begin_ending (self);
  check_retired (self);
}

/* Takes the error. */
void
lsc_worker_executor_give_up (LscWorkerExecutor *self, GError *error)
{
  lsc_executor_house_give_up (&self->house, error);
}

/* ---- what the launcher says ------------------------------------------------------------ */

static LscWorkerProcess *
find_process (LscWorkerExecutor *self, guint32 id)
{
  return id >= 1 && id <= self->processes->len ? g_ptr_array_index (self->processes, id - 1) : NULL;
}

static void
spawned_cb (gpointer user_data, const LscWireChild *child)
{
  LscWorkerExecutor *self = user_data;
  LscWorkerProcess  *process = find_process (self, child->id);
  g_autofree char   *name = NULL;

  if (process == NULL || process->pid != 0)
    return;

  process->pid = child->pid;
  if (self->is_python && self->kind == LSC_EXECUTOR_PROCESSES)
    name = g_strdup ("pool");
  else if (self->n_slots > 1 || self->n_lanes == 1)
    name = g_strdup_printf ("worker %u", process->first_worker);
  else
    name = g_strdup ("worker");
  process->lanes = lsc_collector_add_worker (self->collector, process->segment, child->pid,
                                             process->first_worker, name,
                                             (gint64)child->time_ns - self->origin_ns);
  lsc_worker_process_listen (process);
}

static void
spawn_failed_cb (gpointer user_data, const LscWireChild *child)
{
  LscWorkerExecutor *self = user_data;
  LscWorkerProcess  *process = find_process (self, child->id);

  if (process == NULL || process->is_gone)
    return;

  process->is_gone = TRUE;
  self->n_alive--;
  self->slots[process->slot] = NULL;
  lsc_worker_executor_give_up (self, g_error_new (LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
                                                  _ ("%s could not be started: %s."),
                                                  self->worker_program, g_strerror (child->error)));
}

static void
exited_cb (gpointer user_data, const LscWireChild *child)
{
  LscWorkerExecutor *self = user_data;
  LscWorkerProcess  *process = find_process (self, child->id);

  if (process == NULL)
    return;

  lsc_worker_executor_process_exited (self, process, child);
  lsc_worker_executor_check_done (self);
}

static void
all_gone_cb (gpointer user_data, guint n_survivors)
{
  LscWorkerExecutor *self = user_data;

  lsc_executor_house_all_gone (&self->house, n_survivors);
}

static void
gone_cb (gpointer user_data, const GError *error)
{
  LscWorkerExecutor *self = user_data;

  lsc_executor_house_gone (&self->house, error,
                           _ ("The program that starts and watches the workers did not end as "
                              "it should. All tasks had ended before."));
  for (guint i = 0; i < self->n_slots; i++)
    {
      LscWireChild child = { .wait_status = SIGKILL,
                             .time_ns = (guint64)lsc_clock_get_system_now_ns () };

      if (self->slots[i] == NULL)
        continue;
      child.id = self->slots[i]->id;
      child.pid = self->slots[i]->pid;
      lsc_worker_executor_process_exited (self, self->slots[i], &child);
    }
  lsc_worker_executor_drain (self);
  say_over (self);
}

static const LscLauncherEvents launcher_events = {
  .spawned = spawned_cb,
  .spawn_failed = spawn_failed_cb,
  .exited = exited_cb,
  .all_gone = all_gone_cb,
  .gone = gone_cb,
};

/* ---- the beginning -------------------------------------------------------------------- */

static gboolean
start_launcher (LscWorkerExecutor *self, GError **error)
{
  const LscHouseSetup setup = {
    .launcher_program = self->launcher_program,
    .is_outside = self->is_outside,
    .collector = self->collector,
    .n_processes = self->n_slots,
    .n_at_once = self->n_slots,
    .is_measured = self->is_measured,
    .observe = self->observe,
    .size_bytes =
        lsc_worker_executor_get_rings_bytes (self) + (guint64)(self->n_slots + 1) * SEGMENT_BYTES,
    .ring_capacity = LSC_MIN_RING_CAPACITY * 4,
    .events = &launcher_events,
  };

  if (!lsc_executor_house_open (&self->house, &setup, error))
    return FALSE;

  lsc_collector_set_pid_func (self->collector, lsc_worker_executor_watch_pid, self);
  return TRUE;
}

void
lsc_worker_executor_spawn (LscWorkerExecutor *self, guint slot)
{
  const LscWorkerSetup setup = {
    .kind = self->kind,
    .one_core = self->one_core,
    .timeout_ns = self->timeout_ns,
    .n_calls = self->n_calls,
    .program_id = self->program_id,
    .settings = self->settings,
    .program = self->worker_program,
    .arguments = self->worker_arguments,
    .environment = self->worker_environment,
    .run_folder = self->house.run_folder,
    .ring_capacity = self->ring_capacity,
    .pipe_bytes = self->pipe_bytes,
  };
  g_autoptr (GError) error = NULL;
  LscWorkerProcess *process =
      lsc_worker_process_new (self->processes->len + 1, slot, slot * self->n_lanes + 1,
                              self->n_lanes, &lsc_worker_executor_events, self);

  g_ptr_array_add (self->processes, process);
  if (!lsc_worker_process_spawn (process, &setup, self->house.launcher, &error))
    {
      process->is_gone = TRUE;
      lsc_worker_executor_give_up (self, g_steal_pointer (&error));
      return;
    }
  self->slots[slot] = process;
  self->n_alive++;
}

static void
lsc_worker_executor_start (LscExecutor *executor)
{
  LscWorkerExecutor *self = LSC_WORKER_EXECUTOR (executor);

  g_return_if_fail (self->house.phase == LSC_PHASE_NEW);

  self->house.phase = LSC_PHASE_RUNNING;
  if (!start_launcher (self, &self->house.error))
    {
      say_over (self);
      return;
    }

  for (guint i = 0; i < self->n_slots && self->house.phase == LSC_PHASE_RUNNING; i++)
    lsc_worker_executor_spawn (self, i);
  lsc_worker_executor_feed_all (self);
}

/* ---- while it runs ---------------------------------------------------------------------- */

static void
lsc_worker_executor_stop (LscExecutor *executor)
{
  LscWorkerExecutor *self = LSC_WORKER_EXECUTOR (executor);

  if (self->house.phase != LSC_PHASE_RUNNING)
    return;

  self->house.stopped = TRUE;
  for (guint i = 0; i < self->n_slots; i++)
    {
      if (self->slots[i] != NULL)
        lsc_worker_process_request_stop (self->slots[i]);
    }
  begin_ending (self);
  check_retired (self);
}

static void
lsc_worker_executor_terminate (LscExecutor *executor)
{
  lsc_executor_house_terminate (&LSC_WORKER_EXECUTOR (executor)->house);
}

static void
lsc_worker_executor_tick (LscExecutor *executor)
{
  LscWorkerExecutor *self = LSC_WORKER_EXECUTOR (executor);
  gint64             now_ns = lsc_clock_get_system_now_ns ();

  lsc_launcher_client_read (self->house.launcher);
  lsc_worker_executor_drain (self);
  lsc_worker_executor_look (self, now_ns);
  lsc_worker_executor_press (self, now_ns);

  /* Whoever stops C code ends it himself when it takes too long; Python code he can't reach. */
  if (self->house.phase == LSC_PHASE_ENDING && (!self->house.stopped || self->is_python) &&
      now_ns - self->house.ending_ns > RETIRE_GRACE_NS)
    {
      if (self->house.stopped)
        lsc_worker_executor_note (
            self, 0,
            _ ("Python code that did not see the stop was ended with its process: nobody can "
               "interrupt what runs on a Python thread."));
      else
        lsc_worker_executor_note (self, 0,
                                  _ ("Workers that did not end by themselves were ended."));
      lsc_executor_house_kill_all (&self->house);
    }
}

static void
lsc_worker_executor_ask (LscExecutor *executor, guint worker, LscLaneRequest request)
{
  lsc_worker_executor_ask_lane (LSC_WORKER_EXECUTOR (executor), worker, request);
}

static gint32
lsc_worker_executor_get_launcher_pid (LscExecutor *executor)
{
  return lsc_executor_house_get_launcher_pid (&LSC_WORKER_EXECUTOR (executor)->house);
}

/* ---- the type --------------------------------------------------------------------------- */

static void
lsc_worker_executor_finalize (GObject *object)
{
  LscWorkerExecutor *self = LSC_WORKER_EXECUTOR (object);

  lsc_executor_house_clear (&self->house);
  g_clear_pointer (&self->processes, g_ptr_array_unref);
  g_clear_object (&self->collector);
  g_clear_object (&self->inputs);
  g_clear_pointer (&self->settings, g_bytes_unref);
  lsc_backlog_clear (&self->backlog);
  g_free (self->slots);
  g_free (self->fruitless);
  g_free (self->closed);
  g_free (self->program_id);
  g_free (self->worker_program);
  g_strfreev (self->worker_arguments);
  g_strfreev (self->worker_environment);
  g_free (self->launcher_program);
  G_OBJECT_CLASS (lsc_worker_executor_parent_class)->finalize (object);
}

static void
lsc_worker_executor_class_init (LscWorkerExecutorClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  LscExecutorClass *executor_class = LSC_EXECUTOR_CLASS (klass);

  object_class->finalize = lsc_worker_executor_finalize;
  executor_class->start = lsc_worker_executor_start;
  executor_class->stop = lsc_worker_executor_stop;
  executor_class->terminate = lsc_worker_executor_terminate;
  executor_class->tick = lsc_worker_executor_tick;
  executor_class->ask = lsc_worker_executor_ask;
  executor_class->get_launcher_pid = lsc_worker_executor_get_launcher_pid;
}

static void
lsc_worker_executor_init (LscWorkerExecutor *self)
{
  self->processes = g_ptr_array_new_with_free_func ((GDestroyNotify)lsc_worker_process_free);
}

LscExecutor *
lsc_worker_executor_new (const LscWorkerExecutorOptions *options)
{
  LscWorkerExecutor *self = g_object_new (LSC_TYPE_WORKER_EXECUTOR, NULL);
  guint              n_tasks = lsc_text_list_get_n (options->inputs);

  self->kind = options->kind;
  self->n_retries = options->n_retries;
  self->timeout_ns = options->timeout_ns;
  self->grace_ns = options->grace_ns;
  self->origin_ns = options->origin_ns;
  self->one_core = options->one_core;
  self->n_calls = options->n_calls;
  self->is_measured = options->is_measured;
  self->observe = options->observe;
  self->program_id = g_strdup (options->program_id);
  self->settings = g_bytes_ref (options->settings);
  self->inputs = g_object_ref (options->inputs);
  lsc_worker_executor_set_program (self, options);
  self->launcher_program = g_strdup (options->launcher_program);
  self->is_outside = options->is_outside;
  self->collector = g_object_ref (options->collector);

  lsc_worker_executor_choose_sizes (self, options->n_workers, n_tasks);
  lsc_backlog_init (&self->backlog, n_tasks);
  lsc_executor_house_init (&self->house, LSC_EXECUTOR (self), &self->backlog);
  self->slots = g_new0 (LscWorkerProcess *, self->n_slots);
  self->fruitless = g_new0 (guint, self->n_slots);
  self->closed = g_new0 (gboolean, self->n_slots);
  return LSC_EXECUTOR (self);
}

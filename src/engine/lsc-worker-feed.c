/* lsc-worker-feed.c: gives tasks to worker processes and takes their results.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every task passes here twice, so nothing is allocated, looked up or emitted
 * for one.
 */

#define G_LOG_DOMAIN "lsc-worker-feed"

#include "config.h"

#include <signal.h>

#include "lsc-feed-limit.h"
#include "lsc-worker-executor-private.h"

void
lsc_worker_executor_feed (LscWorkerExecutor *self, LscWorkerProcess *process)
{
  guint limit;
  guint index;

  if (self->house.phase != LSC_PHASE_RUNNING || process->is_gone || process->was_killed ||
      process->is_leaving)
    return;

  limit = lsc_feed_limit_get (&(LscFeedSituation){
      .overlaps = self->kind == LSC_EXECUTOR_ASYNC,
      .n_processes = self->n_slots,
      .n_lanes = self->n_lanes,
      .ring_capacity = self->ring_capacity,
      .n_waiting = lsc_backlog_get_n_waiting (&self->backlog),
      .has_ended_any = process->n_ended > 0,
      .expected_ns = process->expected_ns,
  });
  /* In batches: half of it is enough to go on with. */
  if (process->n_in_flight >= limit || (limit > 2 && process->n_in_flight > limit / 2))
    return;

  while (process->n_in_flight < limit && lsc_backlog_take (&self->backlog, process->slot, &index))
    {
      gsize       length;
      const char *input = lsc_text_list_get (self->inputs, index, &length);

      lsc_worker_process_add_task (process, index, input, length);
    }
  lsc_worker_process_flush (process);
}

void
lsc_worker_executor_feed_all (LscWorkerExecutor *self)
{
  for (guint i = 0; i < self->n_slots; i++)
    {
      if (self->slots[i] != NULL)
        lsc_worker_executor_feed (self, self->slots[i]);
    }
}

void
lsc_worker_executor_drain (LscWorkerExecutor *self)
{
  self->n_since_drain = 0;
  lsc_collector_drain (self->collector);
}

gboolean
lsc_worker_executor_try_again (LscWorkerExecutor *self, guint index)
{
  return lsc_executor_house_try_again (&self->house, index, self->n_retries);
}

void
lsc_worker_executor_end_task (LscWorkerExecutor *self,
                              guint              index,
                              LscTask           *task,
                              const char        *output,
                              gsize              length)
{
  lsc_executor_house_end_task (&self->house, index, task, output, length);
}

/* ---- what processes say ------------------------------------------------------------ */

/* Where long tasks are mixed with short ones, the next is taken for a long one for some
 * time: to be wrong about that costs a few trips, to queue long ones behind each other
 * costs their whole time. */
static void
update_expected (LscWorkerProcess *process, gint64 duration_ns)
{
  gint64 difference = duration_ns - process->expected_ns;

  if (process->n_ended++ == 0)
    process->expected_ns = duration_ns;
  else
    process->expected_ns += difference > 0 ? difference / 2 : difference / 64;
}

static void
broken_cb (gpointer user_data, LscWorkerProcess *process)
{
  LscWorkerExecutor *self = user_data;

  g_debug ("worker process %u said what can't be understood", process->id);
  if (process->is_gone)
    return;
  process->was_killed = TRUE;
  lsc_launcher_client_kill (self->house.launcher, process->id, SIGKILL, LSC_WIRE_PROCESS);
}

/* One of a pool of processes that belong to the worker, not to us, did the task; and if it crashed,
 * its lane says how that one ended. */
static void
set_writer (LscWorkerExecutor *self, LscWorkerProcess *process, guint ring, LscTask *task)
{
  LscLane *lane = NULL;
  gint64   start_ns = task->start_ns - self->origin_ns;

  task->pid = lsc_collector_get_writer (self->collector, process->lanes, ring, start_ns, &lane);
  if (lane == NULL || task->pid == process->pid || task->status == LSC_TASK_CRASHED)
    {
      lsc_worker_executor_drain (self);
      task->pid = lsc_collector_get_writer (self->collector, process->lanes, ring, start_ns, &lane);
    }
  if (task->status != LSC_TASK_CRASHED || lane == NULL)
    return;
  if (lsc_lane_get_end (lane) == LSC_LANE_SIGNALED)
    task->signal = lsc_lane_get_end_value (lane);
  else if (lsc_lane_get_end (lane) == LSC_LANE_EXITED)
    task->exit = lsc_lane_get_end_value (lane);
}

static void
started_cb (gpointer user_data, LscWorkerProcess *process, const LscWireStarted *started)
{
  LscWorkerExecutor *self = user_data;

  if (!lsc_backlog_has (&self->backlog, process->slot, started->index))
    {
      broken_cb (self, process);
      return;
    }
  lsc_executor_say_task_started (LSC_EXECUTOR (self), started->index,
                                 process->first_worker + started->lane, (gint64)started->time_ns);
}

static void
result_cb (gpointer user_data, LscWorkerProcess *process, const LscWireResult *result)
{
  LscWorkerExecutor *self = user_data;
  guint              index = result->index;
  LscTask            task;

  if (G_UNLIKELY (!lsc_backlog_has (&self->backlog, process->slot, index)))
    {
      broken_cb (self, process);
      return;
    }

  process->n_in_flight--;
  self->n_since_drain++;
  update_expected (process, (gint64)(result->end_ns - result->start_ns));

  if (G_UNLIKELY (lsc_task_status_is_failure ((LscTaskStatus)result->status)) &&
      lsc_worker_executor_try_again (self, index))
    return;

  lsc_executor_house_add_calls (&self->house, result->n_calls, result->calls_ns);
  task = (LscTask){
    .status = (LscTaskStatus)result->status,
    .exit = -1,
    .worker = process->first_worker + result->lane,
    .pid = process->pid,
    .start_ns = (gint64)result->start_ns,
    .end_ns = (gint64)result->end_ns,
    .user_ns = (gint64)result->user_ns,
    .system_ns = (gint64)result->system_ns,
    .peak_rss_bytes = -1,
  };
  if (self->is_python && self->kind == LSC_EXECUTOR_PROCESSES)
    set_writer (self, process, result->lane, &task);
  lsc_worker_executor_end_task (self, index, &task, result->output, result->output_length);
}

static void
read_cb (gpointer user_data, LscWorkerProcess *process)
{
  LscWorkerExecutor *self = user_data;

  if (self->n_since_drain >= self->ring_capacity / 8)
    lsc_worker_executor_drain (self);
  lsc_worker_executor_feed (self, process);
  lsc_worker_executor_check_done (self);
}

static void
ready_cb (gpointer user_data, LscWorkerProcess *process)
{
  if (process->interpreter != NULL)
    lsc_executor_say_interpreter (user_data, process->interpreter);
  if (process->lock != LSC_WIRE_LOCK_UNKNOWN)
    lsc_executor_say_lock (user_data, process->lock == LSC_WIRE_LOCK_ON);
}

static void
refused_cb (gpointer user_data, LscWorkerProcess *process, const char *why, gboolean is_unfit)
{
  LscWorkerExecutor *self = user_data;
  LscEngineError code = self->is_python ? LSC_ENGINE_ERROR_PYTHON_FILE : LSC_ENGINE_ERROR_REFUSED;

  if (is_unfit)
    code = LSC_ENGINE_ERROR_NO_INTERPRETER;

  lsc_worker_executor_give_up (self, g_error_new_literal (LSC_ENGINE_ERROR, code, why));
}

static void
printed_cb (gpointer          user_data,
            LscWorkerProcess *process,
            LscOutputKind     kind,
            guint32           task,
            guint             worker,
            gint64            time_ns,
            const char       *bytes,
            gsize             length)
{
  LscWorkerExecutor *self = user_data;

  if (task != LSC_NO_TASK && task >= self->backlog.n_tasks)
    task = LSC_NO_TASK;
  lsc_executor_say_printed (LSC_EXECUTOR (self), kind, task, worker, time_ns, bytes, length);
}

const LscWorkerEvents lsc_worker_executor_events = {
  .ready = ready_cb,
  .refused = refused_cb,
  .started = started_cb,
  .result = result_cb,
  .read = read_cb,
  .printed = printed_cb,
  .broken = broken_cb,
};

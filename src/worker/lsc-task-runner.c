/* lsc-task-runner.c: one task after another, step by step.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything that a task needs (its data, its input's copy, its result) is kept
 * for the next one, so that a small task costs no allocation.
 */

#include "config.h"

#define G_LOG_DOMAIN "lanescope-worker"

#include "lsc-task-runner.h"

#include <poll.h>
#include <string.h>

/* A stop is seen at least this often while a task waits. */
#define WAIT_SLICE_NS G_GINT64_CONSTANT (20000000)
/* What a frame can hold beside its other fields. */
#define MAX_RESULT (LSC_WIRE_MAX_FRAME - 1024u)
#define KEPT_BYTES (1u << 20)
/* What was printed is sent this often at least. */
#define CALLS_A_LOOK 64u

static void
keep_text (char **place, gsize *capacity, const char *text, gsize length)
{
  if (length + 1 > *capacity || (*capacity > KEPT_BYTES && length < KEPT_BYTES))
    {
      *capacity = MAX (length + 1, 256);
      g_free (*place);
      *place = g_malloc (*capacity);
    }
  if (length > 0)
    memcpy (*place, text, length);
  (*place)[length] = '\0';
}

/* ---- what a task may ask for ------------------------------------------------------ */

static void
context_set_result (LscTaskContext *context, const char *text, gssize length)
{
  LscTaskRunner *runner = (LscTaskRunner *)context;
  gsize          n = length < 0 ? strlen (text) : (gsize)length;

  if (n > MAX_RESULT)
    {
      context->fail (context, "The result is longer than 16 MB");
      return;
    }
  /* A task that has failed keeps its reason. */
  if (runner->status == LSC_TASK_FAILED)
    return;
  keep_text (&runner->result, &runner->result_capacity, text, n);
  runner->result_length = n;
}

static void
context_fail (LscTaskContext *context, const char *reason)
{
  LscTaskRunner *runner = (LscTaskRunner *)context;

  runner->result_length = MIN (strlen (reason), MAX_RESULT);
  keep_text (&runner->result, &runner->result_capacity, reason, runner->result_length);
  runner->status = LSC_TASK_FAILED;
}

static void
context_print (LscTaskContext *context, const char *text, gssize length)
{
  LscTaskRunner *runner = (LscTaskRunner *)context;

  if (runner->n_called > 0)
    return;
  lsc_worker_lane_print (runner->lane, runner->index, text,
                         length < 0 ? strlen (text) : (gsize)length, lsc_worker_now_ns ());
}

static void
context_wait_until (LscTaskContext *context, gint64 time_ns)
{
  LscTaskRunner *runner = (LscTaskRunner *)context;

  runner->wait_until_ns = time_ns;
}

static void
context_wait_fd (LscTaskContext *context, int fd, gboolean for_writing)
{
  LscTaskRunner *runner = (LscTaskRunner *)context;

  runner->wait_fd = fd;
  runner->wait_events = for_writing ? POLLOUT : POLLIN;
}

static void
context_begin_span (LscTaskContext *context, const char *name, guint category)
{
  LscTaskRunner *runner = (LscTaskRunner *)context;

  if (runner->depth < LSC_RUNNER_MAX_DEPTH && runner->n_called == 0)
    {
      LscOpenSpan *span = &runner->open[runner->depth];

      span->name = lsc_worker_lane_get_name (runner->lane, name);
      span->category = (guint16)(category % LSC_N_CATEGORIES);
      lsc_worker_lane_span_begins (runner->lane, runner->index, span->name, span->category,
                                   lsc_worker_now_ns ());
    }
  runner->depth++;
}

static void
context_end_span (LscTaskContext *context)
{
  LscTaskRunner *runner = (LscTaskRunner *)context;

  g_return_if_fail (runner->depth > 0);
  if (runner->depth <= LSC_RUNNER_MAX_DEPTH && runner->n_called == 0)
    lsc_worker_lane_span_ends (runner->lane, runner->index, LSC_TASK_DONE, lsc_worker_now_ns ());
  runner->depth--;
}

static gboolean
context_stop_requested (LscTaskContext *context)
{
  LscTaskRunner *runner = (LscTaskRunner *)context;

  return lsc_worker_lane_stop_requested (runner->lane);
}

static gint64
context_get_now_ns (LscTaskContext *context)
{
  return lsc_worker_now_ns ();
}

static void
context_tell_call (LscTaskContext *context, gint64 call_ns)
{
  LscTaskRunner *runner = (LscTaskRunner *)context;

  runner->n_told++;
  runner->told_ns += call_ns;
}

/* ---- the life of a task ------------------------------------------------------------ */

void
lsc_task_runner_init (LscTaskRunner *runner,
                      LscWorkerLane *lane,
                      const LscTaskClass *class,
                      LscSettings *settings)
{
  memset (runner, 0, sizeof *runner);
  runner->context = (LscTaskContext){
    .set_result = context_set_result,
    .fail = context_fail,
    .print = context_print,
    .wait_until = context_wait_until,
    .wait_fd = context_wait_fd,
    .begin_span = context_begin_span,
    .end_span = context_end_span,
    .stop_requested = context_stop_requested,
    .get_now_ns = context_get_now_ns,
    .tell_call = context_tell_call,
  };
  runner->lane = lane;
  lane->tells_states = class->waits;
  runner->class = class;
  runner->n_calls = 1;
  runner->settings = g_object_ref (settings);
  runner->data = g_malloc0 (MAX (class->size, 1));
}

void
lsc_task_runner_set_n_calls (LscTaskRunner *runner, guint n_calls)
{
  if (!runner->class->sees_stop && !runner->class->is_endless)
    runner->n_calls = MAX (n_calls, 1);
}

void
lsc_task_runner_clear (LscTaskRunner *runner)
{
  g_clear_object (&runner->settings);
  g_clear_pointer (&runner->data, g_free);
  g_clear_pointer (&runner->input, g_free);
  g_clear_pointer (&runner->result, g_free);
}

void
lsc_task_runner_prepare (LscTaskRunner *runner, guint32 index, const char *input, gsize length)
{
  runner->index = index;
  runner->status = LSC_TASK_DONE;
  runner->result_length = 0;
  runner->depth = 0;
  runner->told_to_stop = FALSE;
  runner->user_ns = 0;
  runner->system_ns = 0;
  runner->n_called = 0;
  runner->n_done = 0;
  runner->n_told = 0;
  runner->told_ns = 0;
  keep_text (&runner->input, &runner->input_capacity, input, length);
  runner->input_length = length;
  memset (runner->data, 0, runner->class->size);
}

static LscStep
begin_call (LscTaskRunner *runner)
{
  const LscTaskClass *class = runner->class;

  if (class->init == NULL || class->init (runner->data, &runner->context, runner->settings,
                                          runner->input, runner->input_length))
    return LSC_STEP_AGAIN;
  if (runner->status != LSC_TASK_FAILED)
    runner->context.fail (&runner->context, "The input can't be used");
  return LSC_STEP_DONE;
}

static void
end_call (LscTaskRunner *runner)
{
  if (runner->class->clear != NULL)
    runner->class->clear (runner->data);
  /* Spans that the task left open end with it. */
  while (runner->depth > 0)
    runner->context.end_span (&runner->context);
}

/* One is done. Whether another one follows. */
static gboolean
has_more_calls (LscTaskRunner *runner)
{
  if (runner->status != LSC_TASK_DONE)
    return FALSE;
  runner->n_done++;
  return runner->n_done < runner->n_calls;
}

/* The same once more, as if it were the first time. A stop is seen here as well. */
static LscStep
call_again (LscTaskRunner *runner)
{
  if (lsc_worker_lane_stop_requested (runner->lane))
    {
      runner->status = LSC_TASK_STOPPED;
      return LSC_STEP_DONE;
    }
  end_call (runner);
  runner->n_called++;
  runner->result_length = 0;
  memset (runner->data, 0, runner->class->size);
  if (runner->n_called % CALLS_A_LOOK == 0)
    lsc_worker_lane_flush_old (runner->lane, TRUE, lsc_worker_now_ns ());
  return begin_call (runner);
}

LscStep
lsc_task_runner_begin (LscTaskRunner *runner)
{
  lsc_worker_lane_make_room (runner->lane);
  runner->start_ns = lsc_worker_now_ns ();
  if (runner->takes_turns)
    {
      lsc_worker_lane_put_started (runner->lane, runner->index, runner->start_ns);
      lsc_worker_lane_turn_begins (runner->lane, runner->index, runner->start_ns, runner->start_ns);
    }
  else
    lsc_worker_lane_task_begins (runner->lane, runner->index, runner->start_ns);

  runner->calls_begin_ns = runner->n_calls > 1 ? lsc_worker_now_ns () : runner->start_ns;
  return begin_call (runner);
}

LscStep
lsc_task_runner_step (LscTaskRunner *runner)
{
  LscStep step;

  runner->wait_until_ns = 0;
  runner->wait_fd = -1;
  step = runner->class->step (runner->data, &runner->context);
  if (step == LSC_STEP_DONE)
    return has_more_calls (runner) ? call_again (runner) : step;

  if (!runner->class->sees_stop && lsc_worker_lane_stop_requested (runner->lane))
    {
      runner->status = LSC_TASK_STOPPED;
      return LSC_STEP_DONE;
    }
  lsc_worker_lane_flush_old (runner->lane, TRUE, lsc_worker_now_ns ());
  return step;
}

static void
end_turn (LscTaskRunner *runner, LscTaskStatus status, gint64 now_ns)
{
  lsc_worker_lane_turn_ends (runner->lane, runner->index, (guint8)status, now_ns, &runner->user_ns,
                             &runner->system_ns);
}

static LscWireResult
make_result (const LscTaskRunner *runner, gint64 now_ns)
{
  LscWireResult result = {
    .index = runner->index,
    .status = (guint8)runner->status,
    .start_ns = (guint64)runner->start_ns,
    .end_ns = (guint64)now_ns,
    .n_calls = runner->n_told,
    .calls_ns = (guint64)MAX (runner->told_ns, 0),
    .output = runner->result,
    .output_length = (guint32)runner->result_length,
  };

  if (runner->n_told == 0)
    {
      result.n_calls = runner->n_done;
      result.calls_ns = (guint64)(now_ns - runner->calls_begin_ns);
    }
  return result;
}

void
lsc_task_runner_end (LscTaskRunner *runner)
{
  LscWireResult result;
  gint64        now_ns;
  guint64       wall_ns;

  end_call (runner);
  now_ns = lsc_worker_now_ns ();
  result = make_result (runner, now_ns);
  if (!runner->takes_turns)
    {
      lsc_worker_lane_task_ends (runner->lane, &result);
      return;
    }

  end_turn (runner, runner->status, now_ns);
  /* Read in microseconds, at each end of a turn: together they can be a little too much. */
  wall_ns = (guint64)(now_ns - runner->start_ns);
  result.user_ns = MIN (runner->user_ns, wall_ns);
  result.system_ns = MIN (runner->system_ns, wall_ns - result.user_ns);
  lsc_worker_lane_put_result (runner->lane, &result, now_ns);
}

gboolean
lsc_task_runner_take_stop (LscTaskRunner *runner)
{
  if (!runner->class->sees_stop || runner->told_to_stop)
    return FALSE;

  runner->told_to_stop = TRUE;
  return TRUE;
}

/* Whether a stop cuts the waiting short. */
static gboolean
is_stopped (LscTaskRunner *runner)
{
  return lsc_worker_lane_stop_requested (runner->lane) &&
         (!runner->class->sees_stop || !runner->told_to_stop);
}

static gboolean
is_wait_over (LscTaskRunner *runner)
{
  if (runner->wait_until_ns > 0)
    return runner->wait_until_ns <= lsc_worker_now_ns ();

  return runner->wait_fd < 0;
}

static void
sleep_until_over (LscTaskRunner *runner)
{
  struct pollfd fd = { .fd = runner->wait_fd, .events = runner->wait_events };
  nfds_t        n_fds = runner->wait_fd >= 0 ? 1 : 0;

  while (!is_stopped (runner))
    {
      gint64          left_ns = WAIT_SLICE_NS;
      struct timespec slice = { 0 };

      if (runner->wait_until_ns > 0)
        left_ns = runner->wait_until_ns - lsc_worker_now_ns ();
      if (left_ns <= 0)
        return;

      slice.tv_nsec = MIN (left_ns, WAIT_SLICE_NS);
      if (ppoll (&fd, n_fds, &slice, NULL) > 0)
        return;
    }
}

LscStep
lsc_task_runner_wait (LscTaskRunner *runner)
{
  /* What came before should not wait with it. */
  lsc_worker_lane_flush (runner->lane, TRUE);

  if (!is_wait_over (runner))
    {
      lsc_worker_lane_set_state (runner->lane, LSC_STATE_WAITING, lsc_worker_now_ns ());
      sleep_until_over (runner);
      lsc_worker_lane_set_state (runner->lane, LSC_STATE_RUNNING, lsc_worker_now_ns ());
    }
  if (!is_stopped (runner) || lsc_task_runner_take_stop (runner))
    return LSC_STEP_AGAIN;

  runner->status = LSC_TASK_STOPPED;
  return LSC_STEP_DONE;
}

void
lsc_task_runner_run (LscTaskRunner *runner, guint32 index, const char *input, gsize length)
{
  LscStep step;

  lsc_task_runner_prepare (runner, index, input, length);
  step = lsc_task_runner_begin (runner);
  while (step != LSC_STEP_DONE)
    {
      step = lsc_task_runner_step (runner);
      if (step == LSC_STEP_WAIT)
        step = lsc_task_runner_wait (runner);
    }
  lsc_task_runner_end (runner);
}

/* ---- taking turns --------------------------------------------------------------------- */

void
lsc_task_runner_pause (LscTaskRunner *runner)
{
  gint64 now_ns = lsc_worker_now_ns ();

  for (guint i = MIN (runner->depth, LSC_RUNNER_MAX_DEPTH); i > 0; i--)
    lsc_worker_lane_span_ends (runner->lane, runner->index, LSC_TASK_DONE, now_ns);
  end_turn (runner, LSC_TASK_DONE, now_ns);
}

void
lsc_task_runner_resume (LscTaskRunner *runner)
{
  gint64 now_ns;

  lsc_worker_lane_make_room (runner->lane);
  now_ns = lsc_worker_now_ns ();
  lsc_worker_lane_turn_begins (runner->lane, runner->index, runner->start_ns, now_ns);
  for (guint i = 0; i < MIN (runner->depth, LSC_RUNNER_MAX_DEPTH); i++)
    lsc_worker_lane_span_begins (runner->lane, runner->index, runner->open[i].name,
                                 runner->open[i].category, now_ns);
}

void
lsc_task_runner_give_up (LscTaskRunner *runner, LscTaskStatus status, const char *reason)
{
  runner->status = status;
  runner->result_length = reason != NULL ? strlen (reason) : 0;
  keep_text (&runner->result, &runner->result_capacity, reason, runner->result_length);
}

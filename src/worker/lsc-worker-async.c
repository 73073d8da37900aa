/* lsc-worker-async.c: all tasks on one thread, which does another one while one waits.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every task that comes is opened and stands in a line for the thread. One that
 * has the thread keeps it until it says WAIT, or until it says AGAIN while others
 * stand in line: waiting overlaps, computing does not. What tasks wait for is
 * seen by a GMainContext: a source for each descriptor, and one clock for all
 * times, since thousands of sources would have to be looked at in every turn of
 * the loop.
 */

#include "config.h"

#define G_LOG_DOMAIN "lanescope-worker"

#include <glib-unix.h>

#include "lsc-task-runner.h"
#include "lsc-units.h"
#include "lsc-worker-modes.h"

/* How often a stop is looked for while everybody waits. */
#define LOOK_INTERVAL_MS 20
/* While tasks compute, what others wait for is looked at this often. */
#define LOOK_INTERVAL_NS G_GINT64_CONSTANT (1000000)
#define KEPT_RUNNERS     256

typedef struct
{
  const LscWorkerMode *mode;
  LscWorkerLane        lane;
  GMainContext        *context;
  GSource             *pipe_source; /* NULL: no more tasks come */
  GSource             *clock;       /* ready when the first of `waiting` is due */
  GQueue               line;        /* of OpenTask: who can go on, in order */
  GSequence           *waiting;     /* of OpenTask, by the time when they are due */
  GQueue               open;        /* of OpenTask: all that are under way */
  GPtrArray           *spare;       /* of OpenTask */
  gint64               looked_ns;
} Async;

/* A task that is under way. */
typedef struct
{
  Async         *async;
  LscTaskRunner  runner;
  gboolean       has_begun;
  gint64         due_ns;
  GList          open_link;
  GList          link;  /* in the line */
  GSequenceIter *place; /* among those that wait; NULL: not there */
  GSource       *fd_source;
} OpenTask;

static void
open_task_free (gpointer data)
{
  OpenTask *task = data;

  lsc_task_runner_clear (&task->runner);
  g_free (task);
}

/* ---- waiting -------------------------------------------------------------------------- */

static gint
compare_due (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const OpenTask *task_a = a;
  const OpenTask *task_b = b;

  return (task_a->due_ns > task_b->due_ns) - (task_a->due_ns < task_b->due_ns);
}

static void
set_clock (Async *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->waiting);
  gint64         due_us = -1;

  if (!g_sequence_iter_is_end (first))
    {
      const OpenTask *task = g_sequence_get (first);

      /* Not before it is due. */
      due_us = task->due_ns / 1000 + (task->due_ns % 1000 != 0 ? 1 : 0);
    }
  g_source_set_ready_time (self->clock, due_us);
}

static void
end_wait (OpenTask *task)
{
  g_clear_pointer (&task->place, g_sequence_remove);
  if (task->fd_source != NULL)
    g_source_destroy (task->fd_source);
  g_clear_pointer (&task->fd_source, g_source_unref);
}

static void
queue_up (OpenTask *task)
{
  end_wait (task);
  g_queue_push_tail_link (&task->async->line, &task->link);
}

static gboolean
fd_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  queue_up (user_data);
  return G_SOURCE_REMOVE;
}

/* When it may not wait any longer; 0: never. */
static gint64
get_deadline_ns (const OpenTask *task)
{
  gint64 timeout_ns = task->async->mode->timeout_ns;

  return timeout_ns > 0 ? task->runner.start_ns + timeout_ns : 0;
}

static void
begin_wait (OpenTask *task)
{
  LscTaskRunner *runner = &task->runner;
  gint64         deadline_ns = get_deadline_ns (task);

  if (runner->wait_until_ns == 0 && runner->wait_fd < 0)
    {
      queue_up (task);
      return;
    }

  task->due_ns = runner->wait_until_ns;
  if (deadline_ns > 0 && (task->due_ns == 0 || deadline_ns < task->due_ns))
    task->due_ns = deadline_ns;
  if (task->due_ns > 0)
    task->place = g_sequence_insert_sorted (task->async->waiting, task, compare_due, NULL);
  if (runner->wait_fd >= 0)
    {
      task->fd_source = g_unix_fd_source_new (runner->wait_fd, (GIOCondition)runner->wait_events);
      g_source_set_callback (task->fd_source, G_SOURCE_FUNC (fd_cb), task, NULL);
      g_source_attach (task->fd_source, task->async->context);
    }
}

static gboolean
clock_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  Async *self = user_data;
  gint64 now_ns = lsc_worker_now_ns ();

  for (;;)
    {
      GSequenceIter *first = g_sequence_get_begin_iter (self->waiting);
      OpenTask      *task;

      if (g_sequence_iter_is_end (first))
        break;
      task = g_sequence_get (first);
      if (task->due_ns > now_ns)
        break;
      queue_up (task);
    }
  set_clock (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
clock_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs clock_funcs = {
  .dispatch = clock_dispatch,
};

/* ---- tasks --------------------------------------------------------------------------- */

static void
open_task (Async *self, const LscWireTask *wire)
{
  OpenTask *task = NULL;

  if (self->spare->len > 0)
    task = g_ptr_array_steal_index_fast (self->spare, self->spare->len - 1);
  else
    {
      task = g_new0 (OpenTask, 1);
      task->async = self;
      task->open_link.data = task;
      task->link.data = task;
      lsc_task_runner_init (&task->runner, &self->lane, self->mode->class, self->mode->settings);
      lsc_task_runner_set_n_calls (&task->runner, self->mode->n_calls);
      task->runner.takes_turns = TRUE;
    }

  task->has_begun = FALSE;
  lsc_task_runner_prepare (&task->runner, wire->index, wire->input, wire->input_length);
  g_queue_push_tail_link (&self->open, &task->open_link);
  queue_up (task);
}

static void
close_task (OpenTask *task)
{
  Async *self = task->async;

  g_queue_unlink (&self->open, &task->open_link);
  if (self->spare->len < KEPT_RUNNERS)
    g_ptr_array_add (self->spare, task);
  else
    open_task_free (task);
}

static LscPipeState
open_those_read (Async *self)
{
  LscPipeState state;
  LscWireTask  task;

  while ((state = lsc_task_pipe_next (self->mode->tasks, &task)) == LSC_PIPE_READY)
    open_task (self, &task);
  return state;
}

static gboolean
pipe_cb (gint fd, GIOCondition condition, gpointer user_data)
{
  Async       *self = user_data;
  LscPipeState state = lsc_task_pipe_fill (self->mode->tasks);

  if (state == LSC_PIPE_READY)
    state = open_those_read (self);
  if (state != LSC_PIPE_END)
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->pipe_source, g_source_unref);
  return G_SOURCE_REMOVE;
}

/* ---- the loop -------------------------------------------------------------------------- */

static void
look (Async *self, gboolean may_sleep)
{
  if (may_sleep)
    {
      lsc_worker_lane_flush (&self->lane, FALSE);
      lsc_worker_lane_set_state (&self->lane,
                                 self->open.length > 0 ? LSC_STATE_WAITING : LSC_STATE_UNKNOWN,
                                 lsc_worker_now_ns ());
    }
  set_clock (self);
  g_main_context_iteration (self->context, may_sleep);
  self->looked_ns = lsc_worker_now_ns ();
}

/* Whether the task that computes lets another one go first. */
static gboolean
has_rival (Async *self)
{
  if (lsc_worker_now_ns () - self->looked_ns > LOOK_INTERVAL_NS)
    look (self, FALSE);
  return self->line.length > 0;
}

static gboolean
is_overdue (OpenTask *task)
{
  gint64 deadline_ns = get_deadline_ns (task);

  return deadline_ns > 0 && lsc_worker_now_ns () >= deadline_ns;
}

static void
say_overdue (OpenTask *task)
{
  g_autofree char *limit = lsc_format_duration (task->async->mode->timeout_ns);
  g_autofree char *reason = g_strdup_printf ("took longer than %s", limit);

  lsc_task_runner_give_up (&task->runner, LSC_TASK_TIMED_OUT, reason);
}

/* The thread is the task's until it gives it up. */
static void
take_turn (OpenTask *task)
{
  Async         *self = task->async;
  LscTaskRunner *runner = &task->runner;
  LscStep        step = LSC_STEP_AGAIN;

  if (!task->has_begun)
    step = lsc_task_runner_begin (runner);
  else
    lsc_task_runner_resume (runner);
  task->has_begun = TRUE;

  while (step == LSC_STEP_AGAIN)
    {
      if (is_overdue (task))
        {
          say_overdue (task);
          step = LSC_STEP_DONE;
          break;
        }
      step = lsc_task_runner_step (runner);
      if (step == LSC_STEP_AGAIN && has_rival (self))
        break;
    }

  if (step == LSC_STEP_DONE)
    {
      lsc_task_runner_end (runner);
      close_task (task);
      return;
    }
  lsc_task_runner_pause (runner);
  if (step == LSC_STEP_AGAIN)
    queue_up (task);
  else
    begin_wait (task);
}

static void
stop_task (OpenTask *task)
{
  gboolean waits = task->place != NULL || task->fd_source != NULL;

  if (lsc_task_runner_take_stop (&task->runner))
    {
      if (waits)
        queue_up (task);
      return;
    }
  if (task->async->mode->class->sees_stop)
    return;

  if (!waits)
    g_queue_unlink (&task->async->line, &task->link);
  end_wait (task);
  lsc_task_runner_resume (&task->runner);
  lsc_task_runner_give_up (&task->runner, LSC_TASK_STOPPED, NULL);
  lsc_task_runner_end (&task->runner);
  close_task (task);
}

/* All end, but those that see to it themselves. One that has not begun was never here. */
static void
stop_all (Async *self)
{
  GList *next;

  for (GList *link = self->open.head; link != NULL; link = next)
    {
      OpenTask *task = link->data;

      next = link->next;
      if (task->has_begun)
        {
          stop_task (task);
          continue;
        }
      g_queue_unlink (&self->line, &task->link);
      close_task (task);
    }
}

/* Whether there is, or will be, anything to do. */
static gboolean
goes_on (Async *self)
{
  if (lsc_worker_lane_is_over (&self->lane) && self->pipe_source != NULL)
    {
      g_source_destroy (self->pipe_source);
      g_clear_pointer (&self->pipe_source, g_source_unref);
    }
  if (lsc_worker_lane_stop_requested (&self->lane))
    stop_all (self);
  return self->pipe_source != NULL || self->open.length > 0;
}

static gboolean
look_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static GSource *
attach (Async *self, GSource *source, GSourceFunc callback)
{
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, self->context);
  return source;
}

static void
async_clear (Async *self)
{
  g_clear_pointer (&self->pipe_source, g_source_unref);
  g_source_destroy (self->clock);
  g_source_unref (self->clock);
  g_ptr_array_unref (self->spare);
  g_sequence_free (self->waiting);
  g_main_context_unref (self->context);
}

void
lsc_worker_run_async (const LscWorkerMode *mode)
{
  g_autofree Async *self = g_new0 (Async, 1);
  g_autoptr (GSource) looker = g_timeout_source_new (LOOK_INTERVAL_MS);

  self->mode = mode;
  self->context = g_main_context_new ();
  self->waiting = g_sequence_new (NULL);
  self->spare = g_ptr_array_new_with_free_func (open_task_free);
  mode->tasks->is_of_one_lane = TRUE;
  lsc_worker_lane_start (&self->lane, mode->segment, mode->results, 0);
  self->clock = attach (self, g_source_new (&clock_funcs, sizeof (GSource)), clock_cb);
  self->pipe_source =
      attach (self, g_unix_fd_source_new (mode->tasks->fd, G_IO_IN | G_IO_HUP | G_IO_ERR),
              G_SOURCE_FUNC (pipe_cb));
  attach (self, looker, look_cb);
  mode->ready (mode->results);

  /* Some came with the setup. An end is seen by the source. */
  open_those_read (self);
  while (goes_on (self))
    {
      /* Those that stand in line now: who comes in between is behind them. */
      for (guint n = self->line.length; n > 0 && self->line.length > 0; n--)
        {
          GList *link = g_queue_pop_head_link (&self->line);

          take_turn (link->data);
          if (lsc_worker_now_ns () - self->looked_ns > LOOK_INTERVAL_NS)
            break;
        }
      look (self, self->line.length == 0);
    }

  g_source_destroy (looker);
  lsc_worker_lane_retire (&self->lane);
  async_clear (self);
}

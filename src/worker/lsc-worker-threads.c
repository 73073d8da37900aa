/* lsc-worker-threads.c: tasks on the threads of a GThreadPool.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The main thread reads tasks into a queue; the pool's threads take them out,
 * one at a time, so that a long task never keeps others from a free thread. An
 * item of the pool is not a task but a turn: "run tasks until there are none".
 * At most one turn a thread is under way, so the pool's lock and its wake-ups,
 * which cost several small tasks, are paid only when a thread had run dry.
 *
 * Nothing gets lost between a thread that gives up its turn and a main thread
 * that sees a turn under way: the one lowers the count and then looks at the
 * queue again, the other fills the queue and then looks at the count.
 */

#include "config.h"

#define G_LOG_DOMAIN "lanescope-worker"

#include <pthread.h>

#include "lsc-task-queue.h"
#include "lsc-task-runner.h"
#include "lsc-worker-modes.h"

/* While the queue is full: thousands of tasks are ahead, nobody is in need. */
#define FULL_SLEEP_US 200

typedef enum
{
  ITEM_START = 1, /* every thread takes one, and becomes a lane */
  ITEM_TURN,
  ITEM_RETIRE, /* every thread takes one */
} Item;

typedef struct
{
  LscWorkerLane lane;
  LscTaskRunner runner;
} PoolThread;

typedef struct
{
  const LscWorkerMode *mode;
  GThreadPool         *pool;
  LscTaskQueue         queue;
  guint                n_lanes;  /* atomic */
  guint                n_active; /* atomic: turns that are asked for or under way */
  pthread_barrier_t    barrier;
} Threads;

static GPrivate this_thread = G_PRIVATE_INIT (NULL);

/* ---- in the pool ------------------------------------------------------------------ */

static void
start_lane (Threads *self)
{
  PoolThread *thread = g_aligned_alloc0 (1, sizeof *thread, 64);
  guint       number = __atomic_fetch_add (&self->n_lanes, 1, __ATOMIC_RELAXED);

  lsc_worker_lane_start (&thread->lane, self->mode->segment, self->mode->results, number);
  lsc_task_runner_init (&thread->runner, &thread->lane, self->mode->class, self->mode->settings);
  g_private_set (&this_thread, thread);
  pthread_barrier_wait (&self->barrier);
}

static void
retire_lane (Threads *self)
{
  PoolThread *thread = g_private_get (&this_thread);

  lsc_worker_lane_retire (&thread->lane);
  lsc_task_runner_clear (&thread->runner);
  g_private_set (&this_thread, NULL);
  g_aligned_free (thread);
  pthread_barrier_wait (&self->barrier);
}

static void
run_tasks (Threads *self, PoolThread *thread)
{
  LscTakenTask task;

  while (!lsc_segment_stop_requested (self->mode->segment) &&
         lsc_task_queue_take (&self->queue, &task))
    {
      lsc_task_runner_run (&thread->runner, task.index, task.input, task.length);
      g_free (task.to_free);
    }
  lsc_worker_lane_flush (&thread->lane, FALSE);
}

static void
take_turn (Threads *self)
{
  PoolThread *thread = g_private_get (&this_thread);

  for (;;)
    {
      guint n_active;

      run_tasks (self, thread);
      n_active = __atomic_sub_fetch (&self->n_active, 1, __ATOMIC_SEQ_CST);
      if (lsc_segment_stop_requested (self->mode->segment) ||
          lsc_task_queue_is_empty (&self->queue))
        return;
      /* A task came in between. Take the turn back, unless others have all of them. */
      do
        if (n_active >= self->mode->n_threads)
          return;
      while (!__atomic_compare_exchange_n (&self->n_active, &n_active, n_active + 1, FALSE,
                                           __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
    }
}

static void
pool_cb (gpointer data, gpointer user_data)
{
  Threads *self = user_data;

  switch ((Item)GPOINTER_TO_UINT (data))
    {
    case ITEM_START:
      start_lane (self);
      break;
    case ITEM_TURN:
      take_turn (self);
      break;
    case ITEM_RETIRE:
      retire_lane (self);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* ---- the main thread ---------------------------------------------------------------- */

static void
push_all (Threads *self, Item item)
{
  for (guint i = 0; i < self->mode->n_threads; i++)
    g_thread_pool_push (self->pool, GUINT_TO_POINTER (item), NULL);
}

/* A thread more for the task that was just put, if one is free. */
static void
offer_turn (Threads *self)
{
  guint n_active = __atomic_load_n (&self->n_active, __ATOMIC_SEQ_CST);

  while (n_active < self->mode->n_threads)
    if (__atomic_compare_exchange_n (&self->n_active, &n_active, n_active + 1, FALSE,
                                     __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
      {
        g_thread_pool_push (self->pool, GUINT_TO_POINTER (ITEM_TURN), NULL);
        return;
      }
}

static void
put_task (Threads *self, const LscWireTask *task)
{
  while (!lsc_task_queue_put (&self->queue, task))
    {
      if (lsc_segment_stop_requested (self->mode->segment))
        return;
      g_usleep (FULL_SLEEP_US);
    }
  offer_turn (self);
}

static void
read_tasks (Threads *self)
{
  LscTaskPipe *tasks = self->mode->tasks;
  LscPipeState state = LSC_PIPE_READY;

  while (state != LSC_PIPE_END)
    {
      LscWireTask task;

      while ((state = lsc_task_pipe_next (tasks, &task)) == LSC_PIPE_READY)
        put_task (self, &task);
      if (state == LSC_PIPE_END)
        return;
      state = lsc_task_pipe_fill (tasks);
      if (state == LSC_PIPE_EMPTY)
        state = lsc_task_pipe_wait (tasks);
    }
}

gboolean
lsc_worker_run_threads (const LscWorkerMode *mode, GError **error)
{
  Threads *self = g_aligned_alloc0 (1, sizeof *self, 64);
  GError  *local_error = NULL;

  self->mode = mode;
  self->pool = g_thread_pool_new (pool_cb, self, (int)mode->n_threads, TRUE, &local_error);
  if (local_error != NULL)
    {
      /* The few threads that did start have nothing to do and go with the process. */
      g_propagate_error (error, local_error);
      return FALSE;
    }
  lsc_task_queue_init (&self->queue);
  pthread_barrier_init (&self->barrier, NULL, mode->n_threads);

  push_all (self, ITEM_START);
  mode->ready (mode->results);
  read_tasks (self);
  push_all (self, ITEM_RETIRE);
  g_thread_pool_free (self->pool, FALSE, TRUE);

  pthread_barrier_destroy (&self->barrier);
  lsc_task_queue_clear (&self->queue);
  g_aligned_free (self);
  return TRUE;
}

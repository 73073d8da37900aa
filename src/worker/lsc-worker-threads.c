/* lsc-worker-threads.c: tasks on the threads of a GThreadPool.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The main thread reads tasks into a queue; the threads take them out, one at a
 * time, so that a long task never keeps others from a free thread. A thread goes
 * to sleep only when it found the queue empty, and only then costs a task a lock
 * and a wake-up.
 *
 * The pool is an exclusive one, and an item of it is not a task but the whole life of
 * a lane. So a thread comes back to the pool only when its lane has ended, and the
 * pool, which was made smaller by one before that, lets go of that very thread: each
 * of them can be asked to end, and is waited for, by itself.
 *
 * Nothing gets lost between a thread that goes to sleep and a main thread that
 * sees nobody asleep: the one raises the count and then looks at the queue again,
 * the other fills the queue and then looks at the count.
 */

#include "config.h"

#define G_LOG_DOMAIN "lanescope-worker"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "lsc-task-queue.h"
#include "lsc-task-runner.h"
#include "lsc-worker-modes.h"

/* While the queue is full: thousands of tasks are ahead, nobody is in need. */
#define FULL_SLEEP_US 200
#define JOIN_SLEEP_US 50

typedef struct _Threads Threads;

typedef struct
{
  Threads      *threads;
  guint         number;
  gboolean      is_joined; /* the main thread's */
  gint          is_out;    /* atomic: it ends, and can be joined */
  LscWorkerLane lane;      /* the thread's own, the main thread's once it is joined */
  LscTaskRunner runner;
} PoolThread;

struct _Threads
{
  const LscWorkerMode *mode;
  LscTaskQueue         queue;
  GThreadPool         *pool;
  PoolThread         **threads;  /* n_threads, each aligned for its lane */
  guint                n_living; /* the main thread's: not joined */
  pthread_barrier_t    start;
  int                  out_fd; /* an eventfd: a thread has ended */
  gint                 ending; /* atomic: no more tasks will come */

  GMutex lock;
  GCond  work;
  guint  n_lanes;  /* not ended; under the lock */
  guint  n_asleep; /* changed under the lock, looked at without it */
  guint  n_wakes;  /* sleepers that were woken and have not noticed; under the lock */
};

/* ---- a thread of the pool ------------------------------------------------------------ */

static gboolean
is_over (PoolThread *self)
{
  return lsc_worker_lane_is_over (&self->lane) || (g_atomic_int_get (&self->threads->ending) &&
                                                   lsc_task_queue_is_empty (&self->threads->queue));
}

static void
run_tasks (PoolThread *self)
{
  LscTakenTask task;

  while (!lsc_worker_lane_is_over (&self->lane) &&
         lsc_task_queue_take (&self->threads->queue, &task))
    {
      lsc_task_runner_run (&self->runner, task.index, task.input, task.length);
      g_free (task.to_free);
    }
  lsc_worker_lane_flush (&self->lane, FALSE);
}

static void
sleep_until_work (PoolThread *self)
{
  Threads *threads = self->threads;

  g_mutex_lock (&threads->lock);
  __atomic_add_fetch (&threads->n_asleep, 1, __ATOMIC_SEQ_CST);
  while (threads->n_wakes == 0 && lsc_task_queue_is_empty (&threads->queue) && !is_over (self))
    g_cond_wait (&threads->work, &threads->lock);

  /* Whoever woke it has taken it from the count. */
  if (threads->n_wakes > 0)
    threads->n_wakes--;
  else
    __atomic_sub_fetch (&threads->n_asleep, 1, __ATOMIC_SEQ_CST);
  g_mutex_unlock (&threads->lock);
}

/* The pool keeps one thread less from here on: this one, which is the next to come back to it. */
static void
leave_pool (Threads *self)
{
  g_mutex_lock (&self->lock);
  g_thread_pool_set_max_threads (self->pool, (int)--self->n_lanes, NULL);
  g_mutex_unlock (&self->lock);
}

static void
live_cb (gpointer data, gpointer user_data)
{
  PoolThread          *self = data;
  Threads             *threads = user_data;
  const LscWorkerMode *mode = threads->mode;
  g_autoptr (LscSettings) settings = lsc_settings_copy (mode->settings);
  const guint64 one = 1;

  /* No lane ends before each thread has one: a thread that comes late would find the pool smaller
   * already and leave in place of another. */
  pthread_barrier_wait (&threads->start);
  lsc_worker_lane_start (&self->lane, mode->segment, mode->results, self->number);
  lsc_task_runner_init (&self->runner, &self->lane, mode->class, settings);
  lsc_task_runner_set_n_calls (&self->runner, mode->n_calls);
  for (;;)
    {
      run_tasks (self);
      if (is_over (self))
        break;
      sleep_until_work (self);
    }
  lsc_worker_lane_retire (&self->lane);
  lsc_task_runner_clear (&self->runner);

  leave_pool (threads);
  g_atomic_int_set (&self->is_out, TRUE);
  /* Never full: it holds a sum. */
  if (write (threads->out_fd, &one, sizeof one) < 0)
    g_assert_not_reached ();
}

/* ---- the main thread ------------------------------------------------------------------ */

static void
wake_one (Threads *self)
{
  if (__atomic_load_n (&self->n_asleep, __ATOMIC_SEQ_CST) == 0)
    return;

  g_mutex_lock (&self->lock);
  if (self->n_asleep > 0)
    {
      __atomic_sub_fetch (&self->n_asleep, 1, __ATOMIC_SEQ_CST);
      self->n_wakes++;
      g_cond_signal (&self->work);
    }
  g_mutex_unlock (&self->lock);
}

/* All look whether it is over for them. */
static void
wake_all (Threads *self)
{
  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->work);
  g_mutex_unlock (&self->lock);
}

static void
join (Threads *self, PoolThread *thread)
{
  thread->is_joined = TRUE;
  self->n_living--;
  /* It has nothing left to do but to leave the pool. */
  while (g_thread_pool_get_num_threads (self->pool) > self->n_living)
    g_usleep (JOIN_SLEEP_US);
  /* The end of every run is like that; worth a mark where somebody asked for it. */
  if (lsc_worker_lane_is_over (&thread->lane))
    lsc_worker_lane_mark (&thread->lane, LSC_MARK_JOINED, lsc_worker_now_ns ());
}

static void
join_those_out (Threads *self)
{
  guint64 n;

  if (read (self->out_fd, &n, sizeof n) < 0)
    return;
  for (guint i = 0; i < self->mode->n_threads; i++)
    if (!self->threads[i]->is_joined && g_atomic_int_get (&self->threads[i]->is_out))
      join (self, self->threads[i]);
}

/* A request to one lane wakes nobody up. */
static void
look_around (Threads *self)
{
  gboolean asked = FALSE;

  join_those_out (self);
  for (guint i = 0; i < self->mode->n_threads && !asked; i++)
    asked = !self->threads[i]->is_joined && lsc_segment_get_asked (self->mode->segment, i) != 0;
  if (asked)
    wake_all (self);
}

static void
put_task (Threads *self, const LscWireTask *task)
{
  while (!lsc_task_queue_put (&self->queue, task))
    {
      if (lsc_segment_stop_requested (self->mode->segment))
        return;
      look_around (self);
      if (self->n_living == 0)
        return;
      g_usleep (FULL_SLEEP_US);
    }
  wake_one (self);
}

static void
read_tasks (Threads *self)
{
  LscTaskPipe *tasks = self->mode->tasks;
  LscPipeState state = LSC_PIPE_READY;

  tasks->wake_fd = self->out_fd;
  while (state != LSC_PIPE_END && self->n_living > 0)
    {
      LscWireTask task;

      while ((state = lsc_task_pipe_next (tasks, &task)) == LSC_PIPE_READY)
        put_task (self, &task);
      if (state == LSC_PIPE_END)
        return;
      look_around (self);
      state = lsc_task_pipe_fill (tasks);
      if (state == LSC_PIPE_EMPTY)
        state = lsc_task_pipe_wait (tasks);
    }
}

static void
end_threads (Threads *self)
{
  g_atomic_int_set (&self->ending, TRUE);
  wake_all (self);
  while (self->n_living > 0)
    {
      struct pollfd fd = { .fd = self->out_fd, .events = POLLIN };

      poll (&fd, 1, -1);
      join_those_out (self);
    }
  g_thread_pool_free (self->pool, FALSE, TRUE);
  pthread_barrier_destroy (&self->start);
}

static gboolean
start_threads (Threads *self, GError **error)
{
  guint   n = self->mode->n_threads;
  GError *local_error = NULL;

  /* A thread that leaves the pool ends, and is not kept for another one. */
  g_thread_pool_set_max_unused_threads (0);
  self->pool = g_thread_pool_new (live_cb, self, (int)n, TRUE, &local_error);
  if (local_error != NULL)
    {
      /* The few threads that did start have nothing to do and go with the process. */
      g_propagate_error (error, local_error);
      return FALSE;
    }
  self->n_living = n;
  self->n_lanes = n;
  pthread_barrier_init (&self->start, NULL, n);
  for (guint i = 0; i < n; i++)
    {
      self->threads[i]->threads = self;
      self->threads[i]->number = i;
      g_thread_pool_push (self->pool, self->threads[i], NULL);
    }
  return TRUE;
}

static Threads *
threads_new (const LscWorkerMode *mode)
{
  Threads *self = g_aligned_alloc0 (1, sizeof *self, 64);

  self->mode = mode;
  self->out_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  g_mutex_init (&self->lock);
  g_cond_init (&self->work);
  lsc_task_queue_init (&self->queue);
  self->threads = g_new0 (PoolThread *, mode->n_threads);
  for (guint i = 0; i < mode->n_threads; i++)
    self->threads[i] = g_aligned_alloc0 (1, sizeof (PoolThread), 64);
  return self;
}

static void
threads_free (Threads *self)
{
  for (guint i = 0; i < self->mode->n_threads; i++)
    g_aligned_free (self->threads[i]);
  g_free (self->threads);
  lsc_task_queue_clear (&self->queue);
  g_cond_clear (&self->work);
  g_mutex_clear (&self->lock);
  if (self->out_fd >= 0)
    close (self->out_fd);
  g_aligned_free (self);
}

gboolean
lsc_worker_run_threads (const LscWorkerMode *mode, GError **error)
{
  Threads *self = threads_new (mode);
  gboolean started = FALSE;

  if (self->out_fd < 0)
    g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno), g_strerror (errno));
  else
    started = start_threads (self, error);
  if (started)
    {
      mode->ready (mode->results);
      read_tasks (self);
      end_threads (self);
    }
  threads_free (self);
  return started;
}

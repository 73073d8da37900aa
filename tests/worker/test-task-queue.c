/* test-task-queue.c: every task comes out once, whoever takes it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lsc-task-queue.h"

static char *
make_input (guint32 index, gsize *length)
{
  /* Around the length from which an input does not fit into a slot. */
  *length = index % (2 * LSC_TASK_QUEUE_SHORT);
  return g_strnfill (*length, (char)('a' + index % 26));
}

static void
check_input (const LscTakenTask *task)
{
  gsize            length;
  g_autofree char *expected = make_input (task->index, &length);

  g_assert_cmpmem (task->input, task->length, expected, length);
}

static gboolean
put (LscTaskQueue *queue, guint32 index)
{
  gsize            length;
  g_autofree char *input = make_input (index, &length);

  return lsc_task_queue_put (queue, &(LscWireTask){ index, input, (guint32)length });
}

static void
test_order (void)
{
  LscTaskQueue *queue = g_aligned_alloc0 (1, sizeof *queue, 64);
  LscTakenTask  task;
  guint32       n_put = 0;
  guint32       n_taken = 0;

  lsc_task_queue_init (queue);
  g_assert_false (lsc_task_queue_take (queue, &task));
  g_assert_true (lsc_task_queue_is_empty (queue));

  /* Several laps, and full each time. */
  for (guint lap = 0; lap < 5; lap++)
    {
      while (put (queue, n_put))
        n_put++;
      g_assert_cmpuint (n_put - n_taken, ==, LSC_TASK_QUEUE_SIZE);
      for (guint i = 0; i < LSC_TASK_QUEUE_SIZE - 7 * lap; i++)
        {
          g_assert_false (lsc_task_queue_is_empty (queue));
          g_assert_true (lsc_task_queue_take (queue, &task));
          g_assert_cmpuint (task.index, ==, n_taken++);
          check_input (&task);
          g_free (task.to_free);
        }
    }
  /* What is left is freed with the queue. */
  lsc_task_queue_clear (queue);
  g_aligned_free (queue);
}

#define N_TASKS   200000
#define N_THREADS 3

typedef struct
{
  LscTaskQueue queue;
  guint8       taken[N_TASKS];
  gint         n_taken;
} Shared;

static gpointer
taker_worker (gpointer data)
{
  Shared      *shared = data;
  LscTakenTask task;

  while (g_atomic_int_get (&shared->n_taken) < N_TASKS)
    {
      if (!lsc_task_queue_take (&shared->queue, &task))
        {
          g_thread_yield ();
          continue;
        }
      check_input (&task);
      g_free (task.to_free);
      g_assert_cmpuint (__atomic_add_fetch (&shared->taken[task.index], 1, __ATOMIC_RELAXED), ==,
                        1);
      g_atomic_int_inc (&shared->n_taken);
    }
  return NULL;
}

static void
test_threads (void)
{
  Shared  *shared = g_aligned_alloc0 (1, sizeof *shared, 64);
  GThread *threads[N_THREADS];

  lsc_task_queue_init (&shared->queue);
  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("taker", taker_worker, shared);
  for (guint32 i = 0; i < N_TASKS; i++)
    while (!put (&shared->queue, i))
      g_thread_yield ();
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);

  g_assert_cmpint (shared->n_taken, ==, N_TASKS);
  g_assert_true (lsc_task_queue_is_empty (&shared->queue));
  lsc_task_queue_clear (&shared->queue);
  g_aligned_free (shared);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/task-queue/order", test_order);
  g_test_add_func ("/task-queue/threads", test_threads);
  return g_test_run ();
}

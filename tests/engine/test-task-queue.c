/* test-task-queue.c: which task goes next.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-task-queue.h"

static void
assert_takes (LscTaskQueue *queue, guint slot, guint expected)
{
  guint index = G_MAXUINT;

  g_assert_true (lsc_task_queue_take (queue, slot, &index));
  g_assert_cmpuint (index, ==, expected);
  g_assert_true (lsc_task_queue_has (queue, slot, index));
}

/* What a lost worker had comes first and in order, as if never given out; what is
 * tried again comes last. */
static void
test_order (void)
{
  LscTaskQueue queue;
  guint        index = 0;

  lsc_task_queue_init (&queue, 6);
  g_assert_cmpuint (lsc_task_queue_get_n_waiting (&queue), ==, 6);
  assert_takes (&queue, 0, 0);
  assert_takes (&queue, 1, 1);
  assert_takes (&queue, 0, 2);
  assert_takes (&queue, 0, 3);
  lsc_task_queue_end (&queue, 0);
  lsc_task_queue_retry (&queue, 1);
  g_assert_cmpuint (lsc_task_queue_get_attempts (&queue, 1), ==, 1);

  g_assert_cmpuint (lsc_task_queue_give_back (&queue, 0), ==, 2);
  g_assert_cmpuint (lsc_task_queue_get_attempts (&queue, 2), ==, 0);
  g_assert_false (lsc_task_queue_has (&queue, 0, 2));
  g_assert_cmpuint (lsc_task_queue_get_n_waiting (&queue), ==, 5);

  assert_takes (&queue, 1, 2);
  assert_takes (&queue, 1, 3);
  assert_takes (&queue, 1, 4);
  assert_takes (&queue, 1, 5);
  assert_takes (&queue, 0, 1);
  g_assert_false (lsc_task_queue_take (&queue, 0, &index));
  g_assert_cmpuint (queue.n_open, ==, 5);
  g_assert_true (lsc_task_queue_has_ended (&queue, 0));
  lsc_task_queue_clear (&queue);
}

/* Many attempts of many tasks: each is handed out as often as it was tried, and
 * the queue of those to try again does not grow without end. */
static void
test_many_retries (void)
{
  LscTaskQueue queue;
  guint        n_taken = 0;
  guint        index = 0;

  lsc_task_queue_init (&queue, 500);
  while (lsc_task_queue_take (&queue, 0, &index))
    {
      n_taken++;
      if (lsc_task_queue_get_attempts (&queue, index) < 20)
        lsc_task_queue_retry (&queue, index);
      else
        lsc_task_queue_end (&queue, index);
    }
  g_assert_cmpuint (n_taken, ==, 500 * 21);
  g_assert_cmpuint (queue.n_open, ==, 0);
  g_assert_cmpuint (queue.again->len, <, 5000);
  lsc_task_queue_clear (&queue);
}

/* An index that nobody can have is nobody's. */
static void
test_strange_index (void)
{
  LscTaskQueue queue;
  guint        index = 0;

  lsc_task_queue_init (&queue, 2);
  g_assert_true (lsc_task_queue_take (&queue, 3, &index));
  g_assert_false (lsc_task_queue_has (&queue, 3, 2));
  g_assert_false (lsc_task_queue_has (&queue, 3, G_MAXUINT32));
  g_assert_false (lsc_task_queue_has (&queue, 2, index));
  lsc_task_queue_clear (&queue);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/task-queue/order", test_order);
  g_test_add_func ("/engine/task-queue/many-retries", test_many_retries);
  g_test_add_func ("/engine/task-queue/strange-index", test_strange_index);
  return g_test_run ();
}

/* lsc-task-queue.c: tasks on their way from the main thread to the pool.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * D. Vyukov's bounded queue, for one producer. A slot's turn says whose it is:
 * at position p it is the producer's while turn == p, a consumer's while
 * turn == p + 1, and the producer's again, a lap later, from p + size on.
 */

#include "config.h"

#define G_LOG_DOMAIN "lanescope-worker"

#include "lsc-task-queue.h"

#include <string.h>

#define MASK (LSC_TASK_QUEUE_SIZE - 1)

G_STATIC_ASSERT (sizeof (LscTaskSlot) == 64);

void
lsc_task_queue_init (LscTaskQueue *queue)
{
  memset (queue, 0, sizeof *queue);
  queue->slots = g_aligned_alloc0 (LSC_TASK_QUEUE_SIZE, sizeof (LscTaskSlot), 64);
  for (guint i = 0; i < LSC_TASK_QUEUE_SIZE; i++)
    queue->slots[i].turn = i;
}

void
lsc_task_queue_clear (LscTaskQueue *queue)
{
  LscTakenTask task;

  while (lsc_task_queue_take (queue, &task))
    g_free (task.to_free);
  g_clear_pointer (&queue->slots, g_aligned_free);
}

gboolean
lsc_task_queue_put (LscTaskQueue *queue, const LscWireTask *task)
{
  guint64      tail = queue->tail;
  LscTaskSlot *slot = &queue->slots[tail & MASK];

  if (__atomic_load_n (&slot->turn, __ATOMIC_ACQUIRE) != tail)
    return FALSE;

  slot->index = task->index;
  slot->length = task->input_length;
  if (task->input_length <= sizeof slot->input)
    memcpy (slot->input, task->input, task->input_length);
  else
    slot->long_input = g_memdup2 (task->input, task->input_length);

  __atomic_store_n (&slot->turn, tail + 1, __ATOMIC_RELEASE);
  /* In one order with the count of active threads: see lsc-worker-threads.c. */
  __atomic_store_n (&queue->tail, tail + 1, __ATOMIC_SEQ_CST);
  return TRUE;
}

gboolean
lsc_task_queue_take (LscTaskQueue *queue, LscTakenTask *task)
{
  guint64      head = __atomic_load_n (&queue->head, __ATOMIC_RELAXED);
  LscTaskSlot *slot;

  for (;;)
    {
      guint64 turn;

      slot = &queue->slots[head & MASK];
      turn = __atomic_load_n (&slot->turn, __ATOMIC_ACQUIRE);
      if (turn == head + 1)
        {
          if (__atomic_compare_exchange_n (&queue->head, &head, head + 1, TRUE, __ATOMIC_RELAXED,
                                           __ATOMIC_RELAXED))
            break;
        }
      else if (turn <= head)
        return FALSE;
      else
        head = __atomic_load_n (&queue->head, __ATOMIC_RELAXED);
    }

  task->index = slot->index;
  task->length = slot->length;
  task->to_free = NULL;
  task->input = task->place;
  if (slot->length <= sizeof slot->input)
    memcpy (task->place, slot->input, slot->length);
  else
    task->input = task->to_free = slot->long_input;
  __atomic_store_n (&slot->turn, head + LSC_TASK_QUEUE_SIZE, __ATOMIC_RELEASE);
  return TRUE;
}

gboolean
lsc_task_queue_is_empty (LscTaskQueue *queue)
{
  return __atomic_load_n (&queue->head, __ATOMIC_SEQ_CST) >=
         __atomic_load_n (&queue->tail, __ATOMIC_SEQ_CST);
}

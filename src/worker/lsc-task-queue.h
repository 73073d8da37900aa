/* lsc-task-queue.h: tasks on their way from the main thread to the pool.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A ring of slots without a lock: one thread puts in, any thread takes out. A
 * slot holds a short input itself, so that a task costs no allocation.
 */

#pragma once

#include <glib.h>

#include "lsc-wire.h"

#define LSC_TASK_QUEUE_SIZE  4096u /* a power of two */
#define LSC_TASK_QUEUE_SHORT 40

/* A cache line each, so that neighbours don't slow each other down. */
typedef struct
{
  guint64 turn; /* = position: free to be filled; position + 1: filled */
  guint32 index;
  guint32 length;
  char   *long_input; /* of inputs that are not short */
  char    input[LSC_TASK_QUEUE_SHORT];
} LscTaskSlot;

typedef struct
{
  LscTaskSlot *slots;
  _Alignas(64) guint64 head; /* taken so far */
  _Alignas(64) guint64 tail; /* put so far; the putting thread's */
} LscTaskQueue;

/* What was taken. `text` is `place`, or `to_free`. */
typedef struct
{
  guint32     index;
  guint32     length;
  const char *input;
  char       *to_free; /* nullable; g_free */
  char        place[LSC_TASK_QUEUE_SHORT];
} LscTakenTask;

void     lsc_task_queue_init (LscTaskQueue *queue);
void     lsc_task_queue_clear (LscTaskQueue *queue);
gboolean lsc_task_queue_put (LscTaskQueue *queue, const LscWireTask *task); /* FALSE: full */
gboolean lsc_task_queue_take (LscTaskQueue *queue, LscTakenTask *task);     /* FALSE: empty */
/* By any thread; may have changed already. */
gboolean lsc_task_queue_is_empty (LscTaskQueue *queue);

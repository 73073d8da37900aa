/* lsc-ring.h: writing one record, inline.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. The hot path of everything that is recorded: no lock, no
 * allocation, no system call but the clock (which is none on most machines).
 * A writer belongs to one thread.
 */

#pragma once

#include <time.h>

#include "lsc-segment.h"

/* In shared memory. What the producer writes and what the consumer writes are on
 * separate cache lines. What is left of the producer's line is its own to use. */
struct LscRingShared
{
  _Alignas(64) uint64_t head; /* how many records were committed; the commit word */
  uint64_t lost;              /* how many found the ring full */
  uint64_t task_start_ns;
  uint32_t task;
  uint32_t asked;             /* LSC_ASKED_*; by the reading process, rarely */
  _Alignas(64) uint64_t tail; /* how many records were consumed */
};

_Static_assert(sizeof (struct LscRingShared) == 128, "part of the shared-memory format");

/* CLOCK_MONOTONIC, ns. */
static inline uint64_t
lsc_trace_now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * UINT64_C (1000000000) + (uint64_t)now.tv_nsec;
}

/* The slow path of lsc_ring_write(): looks at the consumer's end again, counts the loss if
 * there is still no room. */
bool lsc_ring_writer_make_room (LscRingWriter *writer);

/* Appends one record. Never waits: when the ring is full the record is lost and
 * counted, and the answer is false. */
static inline bool
lsc_ring_write (LscRingWriter *writer, const LscRecord *record)
{
  uint64_t   head = writer->head;
  LscRecord *slot = &writer->records[head & writer->mask];

  if (__builtin_expect (head - writer->tail_seen > writer->mask, 0) &&
      !lsc_ring_writer_make_room (writer))
    return false;

  /* Field by field: copied as a whole, a record that was just put together is
   * read back in wider pieces than it was written in, and the core waits. */
  slot->time_ns = record->time_ns;
  slot->lane = record->lane;
  slot->kind = record->kind;
  slot->category = record->category;
  slot->name = record->name;
  slot->task = record->task;
  slot->value = record->value;
  writer->head = head + 1;
  __atomic_store_n (&writer->shared->head, head + 1, __ATOMIC_RELEASE);
  return true;
}

/* What this lane alone is asked for: LSC_ASKED_* bits. */
static inline uint32_t
lsc_ring_get_asked (const LscRingWriter *writer)
{
  return __atomic_load_n (&writer->shared->asked, __ATOMIC_RELAXED);
}

/* Says which task this lane is on from `start_ns`, LSC_NO_TASK for none. The start
 * goes first: who sees a task sees its start, or a newer one. */
static inline void
lsc_ring_set_task (LscRingWriter *writer, uint32_t task, uint64_t start_ns)
{
  __atomic_store_n (&writer->shared->task_start_ns, start_ns, __ATOMIC_RELAXED);
  __atomic_store_n (&writer->shared->task, task, __ATOMIC_RELEASE);
}

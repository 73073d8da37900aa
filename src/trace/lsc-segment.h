/* lsc-segment.h: one process's shared memory: its rings, its strings.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. A segment is a file, mapped by the process that writes it and by
 * the collector that reads it. Each ring has one producer thread and one
 * consumer thread. Strings are added by the producing process (any thread,
 * rarely, before the record that names them) and read by the collector.
 * Whatever is in the shared memory may be garbage when a writer went wild: the
 * reading side checks every offset and never crashes on it.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lsc-record.h"

#define LSC_SEGMENT_MAX_RINGS     1024
#define LSC_RING_DEFAULT_CAPACITY 65536u /* records; a power of two */

typedef struct LscSegment LscSegment; /* a mapping, private to this process */

/* Makes the file at `path` (which must not exist, mode 0600) and maps it.
 * `n_rings` 1..LSC_SEGMENT_MAX_RINGS, `capacity` a power of two.
 * Returns NULL with errno set. */
LscSegment *lsc_segment_create (const char *path, uint32_t n_rings, uint32_t capacity);

/* Maps an existing one. Returns NULL with errno set; EPROTO when it is no
 * segment, is cut, or is of another version. */
LscSegment *lsc_segment_open (const char *path);

/* Unmaps; leaves the file. */
void lsc_segment_close (LscSegment *segment);

uint32_t lsc_segment_get_n_rings (const LscSegment *segment);

/* ---- writing side ------------------------------------------------------- */

/* Adds a string (copied, at most 1023 bytes, cut at a UTF-8 character) and
 * returns its id; the same text may get several ids. 0 when there is no space:
 * the record then goes without a name. Any thread of the producing process. */
uint32_t lsc_segment_add_string (LscSegment *segment, const char *text);

/* The producer's end of one ring; keep it in the writing thread's own memory. */
typedef struct
{
  struct LscRingShared *shared;
  LscRecord            *records;
  uint64_t              head;
  uint64_t              tail_seen;
  uint64_t              mask;
} LscRingWriter;

void lsc_ring_writer_init (LscRingWriter *writer, LscSegment *segment, uint32_t ring);

/* lsc-ring.h has the inline functions that write one record, and
 * lsc_ring_set_task(), which publishes the task that the lane is on. */

/* Set once by the reading side: tasks are asked to end. Any thread may look; costs a load. */
void lsc_segment_request_stop (LscSegment *segment);
bool lsc_segment_stop_requested (const LscSegment *segment);

/* The same for one lane; once asked it takes no more tasks. */
#define LSC_ASKED_STOP 1u /* its task is asked to end */
#define LSC_ASKED_JOIN 2u /* it ends after its task */

/* Adds to what a ring's lane is asked for. */
void lsc_segment_ask (LscSegment *segment, uint32_t ring, uint32_t asked);
/* LSC_ASKED_* bits, by any thread; 0 for none. */
uint32_t lsc_segment_get_asked (const LscSegment *segment, uint32_t ring);

/* ---- reading side: the collector's thread -------------------------------- */

/* Copies up to `max` records, in order, and frees their places.
 * Returns how many; 0 when the ring is empty. A head that no writer can have written is
 * counted as a ring full of lost records, and reading goes on from there. */
size_t lsc_segment_read (LscSegment *segment, uint32_t ring, LscRecord *records, size_t max);

/* Records that found the ring full since the start. They are lost, counted. */
uint64_t lsc_segment_get_lost (const LscSegment *segment, uint32_t ring);

/* The task that the ring's lane said it is on, LSC_NO_TASK for none, and when it
 * began. To be trusted for a dead writer. */
uint32_t lsc_segment_get_task (const LscSegment *segment, uint32_t ring, uint64_t *start_ns);

/* The text of a string id, copied into `buffer` and NUL-terminated, cut where it
 * does not fit (1024 bytes always do); false when the id is not a string's. The bytes
 * need not be UTF-8. */
bool lsc_segment_get_string (const LscSegment *segment, uint32_t id, char *buffer, size_t size);

/* lsc-perf-event.c: one record of a perf ring, taken apart.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * perf_event_open(2) has the layouts. Records begin at multiples of 8 and may go on at the ring's
 * begin.
 */

#include "config.h"

#include "lsc-perf-event.h"

#include <linux/perf_event.h>
#include <string.h>

#define HEADER_SIZE ((uint32_t)sizeof (struct perf_event_header))
/* What each record ends with: u32 pid, u32 tid, u64 time, u32 core, u32 reserved. */
#define TRAILER_SIZE 24u
/* The longest that concerns us is COMM: two words, a name, the trailer. */
#define MAX_SIZE 128u

static uint32_t
get_u32 (const uint8_t *at)
{
  uint32_t value;

  memcpy (&value, at, sizeof value);
  return value;
}

static uint64_t
get_u64 (const uint8_t *at)
{
  uint64_t value;

  memcpy (&value, at, sizeof value);
  return value;
}

/* u32 pid, ppid, tid, ptid; u64 time */
static bool
parse_task (const uint8_t *body, uint32_t size, LscPerfEvent *event)
{
  if (size < 24)
    return false;
  event->pid = get_u32 (body);
  event->parent_pid = get_u32 (body + 4);
  event->tid = get_u32 (body + 8);
  event->parent_tid = get_u32 (body + 12);
  return true;
}

/* u32 pid, tid; the name with its NUL. Whose name it is says the body; who gave it, the trailer. */
static bool
parse_comm (const uint8_t *body, uint32_t size, LscPerfEvent *event)
{
  uint32_t length = size - 8;

  if (size < 8)
    return false;
  event->pid = get_u32 (body);
  event->tid = get_u32 (body + 4);
  if (length > sizeof event->name - 1)
    length = sizeof event->name - 1;
  memcpy (event->name, body + 8, length);
  return true;
}

/* u64 id, lost */
static bool
parse_lost (const uint8_t *body, uint32_t size, LscPerfEvent *event)
{
  if (size < 16)
    return false;
  event->n_lost = get_u64 (body + 8);
  return true;
}

bool
lsc_perf_event_parse (const uint8_t *record, uint32_t size, LscPerfEvent *event)
{
  struct perf_event_header header;
  const uint8_t           *body = record + HEADER_SIZE;
  const uint8_t           *trailer;
  uint32_t                 body_size;

  *event = (LscPerfEvent){ 0 };
  if (size < HEADER_SIZE + TRAILER_SIZE)
    return false;
  memcpy (&header, record, sizeof header);
  body_size = size - HEADER_SIZE - TRAILER_SIZE;
  trailer = record + size - TRAILER_SIZE;
  event->pid = get_u32 (trailer);
  event->tid = get_u32 (trailer + 4);
  event->time_ns = get_u64 (trailer + 8);
  event->core = get_u32 (trailer + 16);

  switch (header.type)
    {
    case PERF_RECORD_SWITCH:
      event->kind = (header.misc & PERF_RECORD_MISC_SWITCH_OUT) != 0 ? LSC_PERF_OUT : LSC_PERF_IN;
      event->is_preempted = (header.misc & PERF_RECORD_MISC_SWITCH_OUT_PREEMPT) != 0;
      return true;
    case PERF_RECORD_FORK:
      event->kind = LSC_PERF_FORK;
      return parse_task (body, body_size, event);
    case PERF_RECORD_EXIT:
      event->kind = LSC_PERF_EXIT;
      return parse_task (body, body_size, event);
    case PERF_RECORD_COMM:
      event->kind = (header.misc & PERF_RECORD_MISC_COMM_EXEC) != 0 ? LSC_PERF_EXEC : LSC_PERF_COMM;
      return parse_comm (body, body_size, event);
    case PERF_RECORD_LOST:
      event->kind = LSC_PERF_LOST;
      return parse_lost (body, body_size, event);
    default:
      return true;
    }
}

/* In one piece: where it is, or copied. */
static const uint8_t *
get_record (const uint8_t *data, uint64_t size, uint64_t offset, uint32_t length, uint8_t *copy)
{
  uint64_t n_to_end = size - offset;

  if (n_to_end >= length)
    return data + offset;
  memcpy (copy, data + offset, n_to_end);
  memcpy (copy + n_to_end, data, length - n_to_end);
  return copy;
}

int
lsc_perf_event_next (const uint8_t *data,
                     uint64_t       size,
                     uint64_t       head,
                     uint64_t      *tail,
                     LscPerfEvent  *event)
{
  struct perf_event_header header;
  uint8_t                  copy[MAX_SIZE];
  uint64_t                 left = head - *tail;
  uint64_t                 offset = *tail & (size - 1);

  if (left == 0)
    return 0;
  if (left <= size && left >= HEADER_SIZE && size - offset >= HEADER_SIZE)
    {
      memcpy (&header, data + offset, sizeof header);
      if (header.size >= HEADER_SIZE && header.size <= left)
        {
          *tail += header.size;
          *event = (LscPerfEvent){ 0 };
          if (header.size > MAX_SIZE)
            return 1;
          if (lsc_perf_event_parse (get_record (data, size, offset, header.size, copy), header.size,
                                    event))
            return 1;
        }
    }
  *tail = head;
  return -1;
}

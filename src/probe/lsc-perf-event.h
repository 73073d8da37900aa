/* lsc-perf-event.h: one record of a perf ring, taken apart.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. Pure: bytes in, fields out. For events that lsc-perf-set.c has opened, whose records
 * all end with the thread, the time and the core.
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef enum
{
  LSC_PERF_OTHER, /* nothing that concerns us */
  LSC_PERF_FORK,  /* `tid` is there, made by `parent_tid` */
  LSC_PERF_EXIT,  /* `tid` has gone; or goes on where it may not be seen */
  LSC_PERF_COMM,  /* `tid` is called `name` */
  LSC_PERF_EXEC,  /* and executes another program */
  LSC_PERF_IN,    /* `tid` goes onto `core` */
  LSC_PERF_OUT,   /* `tid` goes off `core` */
  LSC_PERF_LOST,  /* `n_lost` records have found no room before this one */
} LscPerfKind;

typedef struct
{
  LscPerfKind kind;
  uint64_t    time_ns; /* of the clock that was asked for */
  uint32_t    core;
  uint32_t    pid; /* 0 or UINT32_MAX: of one that has gone, or is not in our pid namespace */
  uint32_t    tid;
  uint32_t    parent_pid; /* of FORK and EXIT */
  uint32_t    parent_tid;
  bool        is_preempted; /* OUT: it could have run on */
  uint64_t    n_lost;
  char        name[16]; /* always ends with NUL */
} LscPerfEvent;

/* One whole record. False when its lengths make no sense. */
bool lsc_perf_event_parse (const uint8_t *record, uint32_t size, LscPerfEvent *event);

/* The record at `*tail` of a ring of `size` bytes, a power of two of at least 64; `*tail` then is
 * past it. 1: an event; 0: nothing is left before `head`; -1: it makes no sense, and what is left
 * before `head` is skipped. */
int lsc_perf_event_next (const uint8_t *data,
                         uint64_t       size,
                         uint64_t       head,
                         uint64_t      *tail,
                         LscPerfEvent  *event);

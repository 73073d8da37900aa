/* lsc-perf-set.c: perf events on every core, for all that this thread starts from now on.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One event a core, each with its own ring, because an event for all cores can not be mapped when
 * it is inherited.
 */

#include "config.h"

#include "lsc-perf-set.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "lsc-perf-event.h"
#include "lsc-perf-sight.h"

/* Of a kernel from 6.0 on; headers may be older. */
#ifndef PERF_FORMAT_LOST
#define PERF_FORMAT_LOST (1U << 4)
#endif

#define MIN_PAGES 2u
/* The longest records that concern us have 56 bytes, and what tells of a loss before one 48. */
#define FULL_SPACE 256u
/* Of a ring. What is run may leave us no core for long: hundreds of threads that want one come
 * before us, each in its turn. */
#define MOST_BYTES  (UINT32_C (1) << 20)
#define LEAST_BYTES (UINT32_C (256) << 10)
/* Of all rings. */
#define ALL_BYTES (UINT32_C (4) << 20)
/* With so much in one we are woken; the rest is for what comes until we are on a core. */
#define WAKE_UP_BYTES (UINT32_C (128) << 10)

/* As measured: half of what a switch costs, as each has an end and a begin; and what each event
 * costs a thread that is made, and again one that ends. */
#define COST_OF_SWITCH_NS  550u
#define COST_OF_INHERIT_NS 700u

typedef struct
{
  int                          fd;
  uint32_t                     core;
  struct perf_event_mmap_page *page;
  const uint8_t               *data;
  uint64_t                     last_ns;     /* up to here it is known what was lost */
  uint64_t                     n_lost;      /* by its records */
  uint64_t                     n_lost_told; /* by ours */
  uint64_t                     cost_ns;     /* since it was taken */
} Ring;

struct LscPerfSet
{
  Ring        *rings;
  uint32_t     n_rings;
  int          guard; /* -1 */
  uint32_t     n_pages;
  size_t       page_size;
  bool         tells_lost;
  LscPerfSight sight;
  uint64_t     last_drain_ns;
  uint64_t     horizon_ns;
};

/* ---- opening ------------------------------------------------------------------------ */

static uint32_t
get_wake_up_bytes (const LscPerfSet *set)
{
  uint64_t half = set->n_pages * set->page_size / 2;

  return half < WAKE_UP_BYTES ? (uint32_t)half : WAKE_UP_BYTES;
}

static int
open_event (LscPerfSet *set, uint32_t core)
{
  struct perf_event_attr attributes = {
    .type = PERF_TYPE_SOFTWARE,
    .size = sizeof attributes,
    .config = PERF_COUNT_SW_DUMMY,
    .sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_CPU,
    .read_format = set->tells_lost ? PERF_FORMAT_LOST : 0,
    .sample_id_all = 1,
    .disabled = 1,
    .enable_on_exec = 1,
    .inherit = 1,
    .exclude_kernel = 1,
    .exclude_hv = 1,
    .task = 1,
    .comm = 1,
    .comm_exec = 1,
    .context_switch = 1,
    .use_clockid = 1,
    .clockid = CLOCK_MONOTONIC,
    .watermark = 1,
    .wakeup_watermark = get_wake_up_bytes (set),
  };
  long fd = syscall (SYS_perf_event_open, &attributes, 0, (int)core, -1, PERF_FLAG_FD_CLOEXEC);

  if (fd < 0 && errno == EINVAL && set->tells_lost)
    {
      set->tells_lost = false;
      return open_event (set, core);
    }
  return (int)fd;
}

/* Where a core goes from this thread to a child of its that has all its events, the kernel lets the
 * two exchange them: then ours have been enabled when the child executes, and what is started later
 * is never seen. An event that no child inherits keeps them apart. */
static int
open_guard (void)
{
  struct perf_event_attr attributes = {
    .type = PERF_TYPE_SOFTWARE,
    .size = sizeof attributes,
    .config = PERF_COUNT_SW_DUMMY,
    .disabled = 1,
    .exclude_kernel = 1,
    .exclude_hv = 1,
  };

  return (int)syscall (SYS_perf_event_open, &attributes, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

static void
close_rings (LscPerfSet *set)
{
  for (uint32_t i = 0; i < set->n_rings; i++)
    {
      munmap (set->rings[i].page, (set->n_pages + 1) * set->page_size);
      close (set->rings[i].fd);
    }
  set->n_rings = 0;
  if (set->guard >= 0)
    close (set->guard);
  set->guard = -1;
}

/* A core that is not there is no error. */
static bool
open_ring (LscPerfSet *set, uint32_t core)
{
  int   fd = open_event (set, core);
  void *memory;

  if (fd < 0)
    return errno == ENODEV;
  memory =
      mmap (NULL, (set->n_pages + 1) * set->page_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (memory == MAP_FAILED)
    {
      int error = errno;

      close (fd);
      errno = error;
      return false;
    }
  set->rings[set->n_rings++] = (Ring){
    .fd = fd,
    .core = core,
    .page = memory,
    .data = (const uint8_t *)memory + set->page_size,
    .last_ns = lsc_trace_now_ns (),
  };
  return true;
}

static bool
open_rings (LscPerfSet *set, uint32_t n_cores)
{
  bool is_open;
  int  error;

  set->guard = open_guard ();
  is_open = set->guard >= 0;
  for (uint32_t core = 0; is_open && core < n_cores; core++)
    is_open = open_ring (set, core);
  if (is_open && set->n_rings > 0)
    return true;
  error = is_open ? ENODEV : errno;
  close_rings (set);
  errno = error;
  return false;
}

static uint32_t
choose_pages (const LscPerfSet *set, uint64_t n_cores)
{
  uint64_t bytes = MOST_BYTES;

  while (bytes > LEAST_BYTES && bytes * n_cores > ALL_BYTES)
    bytes /= 2;
  return bytes / set->page_size > MIN_PAGES ? (uint32_t)(bytes / set->page_size) : MIN_PAGES;
}

LscPerfSet *
lsc_perf_set_open (uint32_t n_pages)
{
  LscPerfSet *set = calloc (1, sizeof *set);
  long        n_cores = sysconf (_SC_NPROCESSORS_CONF);
  int         error = ENOMEM;

  if (set != NULL && n_cores > 0)
    set->rings = calloc ((size_t)n_cores, sizeof *set->rings);
  if (set != NULL && set->rings != NULL)
    {
      set->page_size = (size_t)sysconf (_SC_PAGESIZE);
      set->tells_lost = true;
      set->n_pages = n_pages > 0 ? n_pages : choose_pages (set, (uint64_t)n_cores);
      for (; set->n_pages >= MIN_PAGES; set->n_pages /= 2)
        {
          if (open_rings (set, (uint32_t)n_cores))
            return set;
          error = errno;
          /* What a user may lock is shared by all that the user runs. */
          if (error != EPERM && error != ENOMEM)
            break;
        }
      free (set->rings);
    }
  free (set);
  errno = error;
  return NULL;
}

void
lsc_perf_set_free (LscPerfSet *set)
{
  if (set == NULL)
    return;
  close_rings (set);
  free (set->rings);
  free (set);
}

uint32_t
lsc_perf_set_get_n_cores (const LscPerfSet *set)
{
  return set->n_rings;
}

int
lsc_perf_set_get_fd (const LscPerfSet *set, uint32_t i)
{
  return set->rings[i].fd;
}

uint32_t
lsc_perf_set_get_n_pages (const LscPerfSet *set)
{
  return set->n_pages;
}

/* ---- reading ------------------------------------------------------------------------- */

/* When it began is told on its own, so that it comes before what others saw meanwhile: mostly
 * nothing that is later has been written. */
static void
add_loss (const LscPerfSet *set, Ring *ring, LscMerge *merge, uint64_t time_ns, uint64_t n_lost)
{
  uint64_t  past_us = time_ns > ring->last_ns ? (time_ns - ring->last_ns + 999) / 1000 : 0;
  LscRecord begin = {
    .time_ns = ring->last_ns,
    .lane = ring->core,
    .kind = LSC_RECORD_LOSS,
    .task = LSC_NO_TASK,
  };
  LscRecord record = begin;

  record.time_ns = time_ns;
  record.name = past_us < UINT32_MAX ? (uint32_t)past_us : UINT32_MAX;
  record.value = n_lost;
  if (begin.time_ns >= set->horizon_ns)
    lsc_merge_add (merge, &begin);
  lsc_merge_add (merge, &record);
  if (time_ns > ring->last_ns)
    ring->last_ns = time_ns;
}

/* The record that tells of a loss comes with the next one that finds room, which need not come. By
 * now there is room: what was lost was lost until now. */
static void
tell_lost (const LscPerfSet *set, Ring *ring, LscMerge *merge)
{
  uint64_t now_ns = lsc_trace_now_ns ();
  uint64_t counts[2]; /* the event's, and what it has lost, on whichever thread */

  if (set->tells_lost && read (ring->fd, counts, sizeof counts) == (ssize_t)sizeof counts &&
      counts[1] > ring->n_lost_told)
    {
      add_loss (set, ring, merge, now_ns, counts[1] - ring->n_lost_told);
      ring->n_lost_told = counts[1];
    }
}

static void
add_cost (LscPerfSet *set, Ring *ring, LscPerfKind kind)
{
  if (kind == LSC_PERF_IN || kind == LSC_PERF_OUT)
    ring->cost_ns += COST_OF_SWITCH_NS;
  else if (kind == LSC_PERF_FORK || kind == LSC_PERF_EXIT)
    ring->cost_ns += COST_OF_INHERIT_NS * set->n_rings;
}

static void
drain_ring (LscPerfSet *set, Ring *ring, LscMerge *merge)
{
  uint64_t     head = __atomic_load_n (&ring->page->data_head, __ATOMIC_ACQUIRE);
  uint64_t     tail = ring->page->data_tail;
  uint64_t     size = set->n_pages * set->page_size;
  bool         was_full = size - (head - tail) < FULL_SPACE;
  LscPerfEvent event;
  int          result;

  while ((result = lsc_perf_event_next (ring->data, size, head, &tail, &event)) != 0)
    {
      if (result < 0)
        {
          add_loss (set, ring, merge, lsc_trace_now_ns (), 1);
          continue;
        }
      if (event.kind == LSC_PERF_LOST)
        {
          ring->n_lost += event.n_lost;
          if (ring->n_lost > ring->n_lost_told)
            {
              add_loss (set, ring, merge, event.time_ns, ring->n_lost - ring->n_lost_told);
              ring->n_lost_told = ring->n_lost;
            }
        }
      else if (event.kind != LSC_PERF_OTHER)
        {
          add_cost (set, ring, event.kind);
          lsc_perf_sight_add (&set->sight, &event, merge);
        }
      if (event.time_ns > ring->last_ns)
        ring->last_ns = event.time_ns;
    }
  __atomic_store_n (&ring->page->data_tail, tail, __ATOMIC_RELEASE);
  if (was_full)
    tell_lost (set, ring, merge);
}

void
lsc_perf_set_drain (LscPerfSet *set, LscMerge *merge)
{
  uint64_t now_ns = lsc_trace_now_ns ();

  for (uint32_t i = 0; i < set->n_rings; i++)
    drain_ring (set, &set->rings[i], merge);
  set->horizon_ns = set->last_drain_ns;
  set->last_drain_ns = now_ns;
}

void
lsc_perf_set_tell_lost (LscPerfSet *set, LscMerge *merge)
{
  for (uint32_t i = 0; i < set->n_rings; i++)
    tell_lost (set, &set->rings[i], merge);
}

void
lsc_perf_set_set_watch (LscPerfSet *set, LscProcWatch *watch)
{
  set->sight.watch = watch;
}

uint64_t
lsc_perf_set_get_horizon_ns (const LscPerfSet *set)
{
  return set->horizon_ns;
}

/* ---- accounts ------------------------------------------------------------------------- */

uint64_t
lsc_perf_set_take_worst_ns (LscPerfSet *set)
{
  uint64_t worst_ns = 0;

  for (uint32_t i = 0; i < set->n_rings; i++)
    {
      if (set->rings[i].cost_ns > worst_ns)
        worst_ns = set->rings[i].cost_ns;
      set->rings[i].cost_ns = 0;
    }
  return worst_ns;
}

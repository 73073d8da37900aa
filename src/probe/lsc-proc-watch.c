/* lsc-proc-watch.c: watches a run without perf events, and beside them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <poll.h>
#include <stdlib.h>

#include "lsc-proc-watch-private.h"
#include "lsc-ring.h"

/* How often the connector is read: it holds some hundred events. */
#define READ_INTERVAL_NS UINT64_C (4000000)
/* Beside perf events it tells how processes end: it is read when so many may have come, but it
 * holds four times as many. */
#define CALM_INTERVAL_NS UINT64_C (40000000)
#define CALM_MESSAGES    128
/* Of a core, so much at most is spent on reading it at once, on the average of a second. */
#define HURRY_SHARE  100
#define MAX_HURRY_NS INT64_C (10000000)
/* At the end of a run, what is under way is waited for so long at most. */
#define MAX_AWAIT_NS UINT64_C (200000000)

/* ---- life ---------------------------------------------------------------------------------- */

static void
tell_sampler (LscProcWatch *self)
{
  const LscSamplerOthers others = {
    .lifecycle = self->connector != NULL || self->has_perf,
    .switches = self->has_perf,
    .statuses = self->connector != NULL,
  };

  if (self->sampler != NULL)
    lsc_sampler_set_others (self->sampler, &others);
}

LscProcWatch *
lsc_proc_watch_new (LscMerge *merge, const LscProcWatchOptions *options)
{
  LscProcWatch *self = calloc (1, sizeof *self);

  if (self == NULL)
    return NULL;
  self->merge = merge;
  self->roster = lsc_roster_new (merge);
  if (options->samples && self->roster != NULL)
    self->sampler = lsc_sampler_new (self->roster, merge);
  if (self->roster == NULL || (options->samples && self->sampler == NULL))
    {
      lsc_proc_watch_free (self);
      return NULL;
    }
  if (options->permille > 0 && self->sampler != NULL)
    lsc_sampler_set_budget (self->sampler, options->permille);
  if (options->connector)
    self->connector = lsc_connector_open (options->connector_bytes);
  self->read_ns = lsc_trace_now_ns ();
  self->interval_ns = READ_INTERVAL_NS;
  tell_sampler (self);
  return self;
}

void
lsc_proc_watch_free (LscProcWatch *self)
{
  if (self == NULL)
    return;
  lsc_connector_close (self->connector);
  lsc_sampler_free (self->sampler);
  lsc_roster_free (self->roster);
  free (self->events.items);
  free (self->children.items);
  free (self->ended.items);
  free (self->tellings.items);
  free (self);
}

uint32_t
lsc_proc_watch_get_watched (const LscProcWatch *self)
{
  return (self->connector != NULL ? LSC_WATCH_LIFECYCLE | LSC_WATCH_STATUSES : 0) |
         (self->sampler != NULL ? LSC_WATCH_SAMPLES : 0);
}

void
lsc_proc_watch_set_perf (LscProcWatch *self, bool is_there)
{
  /* What the connector tells of the time until now they have told already. */
  if (self->has_perf && !is_there)
    self->perf_until_ns = lsc_trace_now_ns ();
  self->has_perf = is_there;
  tell_sampler (self);
  self->read_due_ns = 0;
  /* Without them, what they have just told is all that is known. */
  if (!is_there && self->sampler != NULL)
    lsc_sampler_search (self->sampler);
}

uint64_t
lsc_proc_watch_get_horizon_ns (const LscProcWatch *self)
{
  return self->horizon_ns;
}

uint64_t
lsc_proc_watch_get_n_lost (const LscProcWatch *self)
{
  return self->n_dropped +
         (self->connector != NULL ? lsc_connector_get_n_lost (self->connector) : 0);
}

uint64_t
lsc_proc_watch_get_due_ns (const LscProcWatch *self)
{
  uint64_t due_ns = UINT64_MAX;

  /* Perf events are taken often enough, and it looks when they are. */
  if (self->sampler != NULL && !self->has_perf)
    due_ns = lsc_sampler_get_due_ns (self->sampler);
  if (self->connector != NULL && self->read_due_ns < due_ns)
    due_ns = self->read_due_ns;
  return due_ns;
}

/* ---- what the launcher sees -----------------------------------------------------------------
 */

bool
lsc_ids_add (LscIds *ids, pid_t id)
{
  if (ids->n == ids->capacity)
    {
      size_t capacity = ids->capacity > 0 ? 2 * ids->capacity : 64;
      pid_t *items = realloc (ids->items, capacity * sizeof *items);

      if (items == NULL)
        return false;
      ids->items = items;
      ids->capacity = capacity;
    }
  ids->items[ids->n++] = id;
  return true;
}

static bool
take_child (LscIds *children, pid_t pid)
{
  for (size_t i = 0; i < children->n; i++)
    if (children->items[i] == pid)
      {
        children->items[i] = children->items[--children->n];
        return true;
      }
  return false;
}

void
lsc_proc_watch_child (LscProcWatch *self, pid_t pid, uint64_t time_ns)
{
  LscProcess    *old = lsc_roster_find_process (self->roster, pid);
  LscThread     *thread;
  const LscSight sight = {
    .time_ns = time_ns,
    .sight = LSC_SIGHT_LAUNCHER,
    .tid = pid,
    .pid = pid,
  };

  /* One of the same number, whose end nobody has told yet. */
  if (old != NULL)
    lsc_roster_end_process (self->roster, old, time_ns, LSC_SIGHT_LAUNCHER);
  thread = lsc_roster_start (self->roster, &sight);
  if (thread == NULL || !lsc_ids_add (&self->children, pid))
    {
      self->n_dropped++;
      return;
    }
  thread->process->is_child = true;
  thread->process->is_counted = true;
  thread->is_by_perf = self->has_perf;
}

void
lsc_proc_watch_reaped (LscProcWatch *self, pid_t pid, uint32_t status, uint64_t time_ns)
{
  LscProcess     *process = lsc_roster_find_process (self->roster, pid);
  bool            is_child = take_child (&self->children, pid);
  const LscRecord record = {
    .time_ns = time_ns,
    .lane = (uint32_t)pid,
    .kind = LSC_RECORD_PROCESS_END,
    .category = LSC_SIGHT_LAUNCHER,
    .task = (uint32_t)pid,
    .value = status,
  };

  if (process != NULL && !is_child)
    lsc_roster_set_status (process, status, LSC_SIGHT_LAUNCHER);
  /* Where others tell of ends they will have something to say of its threads. */
  if (process != NULL && self->connector == NULL && !self->has_perf)
    lsc_roster_end_process (self->roster, process, time_ns, LSC_SIGHT_LAUNCHER);
  if (is_child)
    (void)lsc_merge_add (self->merge, &record);
}

void
lsc_proc_watch_set_counted (LscProcWatch *self, pid_t pid)
{
  LscProcess *process = lsc_roster_find_process (self->roster, pid);

  if (process != NULL)
    process->is_counted = true;
}

/* ---- from the loop ----------------------------------------------------------------------------
 */

int
lsc_proc_watch_get_fd (const LscProcWatch *self)
{
  return self->connector != NULL && !self->has_perf && self->hurry_ns > 0
             ? lsc_connector_get_fd (self->connector)
             : -1;
}

/* When to read it again, of which `n` messages were read after so long. */
static uint64_t
choose_interval (const LscProcWatch *self, size_t n, uint64_t since_ns)
{
  uint64_t interval_ns = 2 * self->interval_ns;

  if (!self->has_perf)
    return READ_INTERVAL_NS;
  if (n > 0 && since_ns / n < interval_ns / CALM_MESSAGES)
    interval_ns = since_ns / n * CALM_MESSAGES;
  if (interval_ns > CALM_INTERVAL_NS)
    return CALM_INTERVAL_NS;
  return interval_ns > READ_INTERVAL_NS ? interval_ns : READ_INTERVAL_NS;
}

/* Reads it, and keeps account of what that costs. */
static void
read_connector (LscProcWatch *self, uint64_t now_ns)
{
  uint64_t since_ns = now_ns - self->read_ns;
  size_t   n;

  self->hurry_ns += (int64_t)(since_ns / HURRY_SHARE);
  if (self->hurry_ns > MAX_HURRY_NS)
    self->hurry_ns = MAX_HURRY_NS;
  n = lsc_proc_watch_read_connector (self, now_ns);
  self->interval_ns = choose_interval (self, n, since_ns);
  self->read_due_ns = now_ns + self->interval_ns;
  self->hurry_ns -= (int64_t)(lsc_trace_now_ns () - now_ns);
}

void
lsc_proc_watch_advance (LscProcWatch *self, uint64_t now_ns, uint64_t known_ns)
{
  uint64_t horizon_ns = self->connector != NULL ? self->read_ns : now_ns;
  bool     is_hurried = lsc_proc_watch_get_fd (self) >= 0;

  lsc_proc_watch_take_tellings (self);
  if (self->connector != NULL && (is_hurried || now_ns >= self->read_due_ns))
    read_connector (self, now_ns);
  lsc_proc_watch_take_events (self, known_ns);
  lsc_proc_watch_confirm_ends (self, now_ns, known_ns);
  if (self->sampler != NULL)
    {
      lsc_sampler_set_known (self->sampler, known_ns);
      lsc_sampler_advance (self->sampler, lsc_trace_now_ns ());
    }
  if (horizon_ns > self->horizon_ns)
    self->horizon_ns = horizon_ns;
}

/* How those have ended of which perf events have told: the connector is about to. */
static void
await_ends (LscProcWatch *self, uint64_t until_ns)
{
  struct pollfd fd = { .fd = lsc_connector_get_fd (self->connector), .events = POLLIN };

  while (self->ended.n > 0 && lsc_trace_now_ns () < until_ns)
    {
      poll (&fd, 1, 1);
      self->read_due_ns = 0;
      lsc_proc_watch_advance (self, lsc_trace_now_ns (), UINT64_MAX);
    }
}

void
lsc_proc_watch_finish (LscProcWatch *self)
{
  uint64_t now_ns = lsc_trace_now_ns ();

  self->read_due_ns = 0;
  lsc_proc_watch_advance (self, now_ns, UINT64_MAX);
  if (self->connector != NULL)
    await_ends (self, now_ns + MAX_AWAIT_NS);
  if (self->sampler != NULL)
    lsc_sampler_finish (self->sampler, now_ns);
}

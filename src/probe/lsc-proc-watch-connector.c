/* lsc-proc-watch-connector.c: what the connector tells of a run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It tells of every process on the machine; what is made by one of the roster belongs into it. What
 * it tells is held back until perf events have told of the same time, so that each thread is known
 * to be theirs, or not.
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "lsc-proc-files.h"
#include "lsc-proc-watch-private.h"

/* The connector and perf events tell the same within so much, but for ends. */
#define SAME_NS UINT64_C (10000)

/* What this process makes is told by whoever does: it may come to nothing. */
static bool
is_ours (const LscProcWatch *self, const LscConnectorEvent *event)
{
  return lsc_roster_find_process (self->roster, event->pid) != NULL ||
         lsc_roster_find_process (self->roster, event->maker_pid) != NULL;
}

static void
take_fork (LscProcWatch *self, const LscConnectorEvent *event)
{
  LscThread *thread = lsc_roster_find (self->roster, event->tid);
  bool       is_first = event->tid == event->pid;
  LscSight   sight = {
      .time_ns = event->time_ns,
      .sight = LSC_SIGHT_CONNECTOR,
      .tid = event->tid,
      .pid = event->pid,
      /* Which thread of the process made another one is not told. */
      .maker_tid = is_first ? event->maker_tid : 0,
      .maker_pid = is_first ? event->maker_pid : event->pid,
  };

  if (!is_ours (self, event))
    return;
  /* It had that already: the end of the one before was lost. */
  if (thread != NULL && thread->has_fork)
    lsc_roster_end (self->roster, thread, event->time_ns, LSC_SIGHT_CONNECTOR);
  thread = lsc_roster_start (self->roster, &sight);
  if (thread != NULL)
    thread->has_fork = true;
}

/* What it is called is not told here: perf events have, or it can be read as long as it has not
 * been waited for. */
static bool
find_name (const LscThread         *first,
           bool                     is_by_perf,
           const LscConnectorEvent *event,
           char                     name[LSC_PROC_NAME_SIZE])
{
  if (!is_by_perf || first == NULL || first->perf_end_ns > 0 || first->name[0] == '\0')
    return lsc_proc_read_name (event->pid, name);
  memcpy (name, first->name, LSC_PROC_NAME_SIZE);
  return true;
}

static void
take_exec (LscProcWatch *self, const LscConnectorEvent *event)
{
  LscProcess *process = lsc_roster_find_process (self->roster, event->pid);
  LscThread  *first = lsc_roster_find (self->roster, event->pid);
  bool        is_by_perf = lsc_proc_watch_is_by_perf (self, first, event->time_ns);
  char        name[LSC_PROC_NAME_SIZE];
  LscSight    sight = {
       .time_ns = event->time_ns,
       .sight = is_by_perf ? LSC_SIGHT_PERF : LSC_SIGHT_CONNECTOR,
       .tid = event->pid,
       .pid = event->pid,
  };

  if (process == NULL)
    return;
  sight.maker_pid = process->parent;
  if (find_name (first, is_by_perf, event, name))
    sight.name = name;
  /* Perf events said before that it has ended: it executes what another user owns, and only that
   * is hidden from them. */
  if (first != NULL && first->perf_end_ns > 0 && first->perf_end_ns < event->time_ns)
    {
      sight.sight = LSC_SIGHT_CONNECTOR;
      lsc_roster_revive (self->roster, first, &sight);
    }
  else
    lsc_roster_execute (self->roster, process, &sight);
}

static void
take_name (LscProcWatch *self, const LscConnectorEvent *event)
{
  LscThread *thread = lsc_roster_find (self->roster, event->tid);

  if (thread != NULL && !lsc_proc_watch_is_by_perf (self, thread, event->time_ns))
    lsc_roster_rename (self->roster, thread, event->time_ns, event->name);
}

/* A process ends as its first thread did, unless all were ended together: then each ended as the
 * process does. Where the first and the last differ nobody can tell which it was. */
static void
note_status (LscThread *thread, uint32_t status)
{
  LscProcess *process = thread->process;
  bool        is_last = process->threads == thread && thread->next == NULL;

  if (is_last && (!process->has_first || process->first_status == status))
    lsc_roster_set_status (process, status, LSC_SIGHT_CONNECTOR);
  if (thread->id == process->id)
    {
      process->has_first = true;
      process->first_status = status;
    }
}

static void
take_exit (LscProcWatch *self, const LscConnectorEvent *event)
{
  LscThread *thread = lsc_roster_find (self->roster, event->tid);

  /* Of one of the same number, before. */
  if (thread == NULL || event->time_ns < thread->start_ns)
    return;
  note_status (thread, event->value);
  lsc_roster_end (self->roster, thread, event->time_ns, LSC_SIGHT_CONNECTOR);
}

static void
take_event (LscProcWatch *self, const LscConnectorEvent *event)
{
  switch (event->kind)
    {
    case LSC_CONNECTOR_FORK:
      take_fork (self, event);
      break;
    case LSC_CONNECTOR_EXEC:
      take_exec (self, event);
      break;
    case LSC_CONNECTOR_NAME:
      take_name (self, event);
      break;
    case LSC_CONNECTOR_EXIT:
      take_exit (self, event);
      break;
    case LSC_CONNECTOR_ACK:
    case LSC_CONNECTOR_OTHER:
      break;
    }
}

static void
hold_event_cb (const LscConnectorEvent *event, void *user_data)
{
  LscProcWatch  *self = user_data;
  LscHeldEvents *events = &self->events;

  if (!self->has_perf && events->n == 0)
    {
      take_event (self, event);
      return;
    }
  if (events->n == events->capacity)
    {
      size_t             capacity = events->capacity > 0 ? 2 * events->capacity : 256;
      LscConnectorEvent *items = realloc (events->items, capacity * sizeof *items);

      if (items == NULL)
        {
          self->n_dropped++;
          return;
        }
      events->items = items;
      events->capacity = capacity;
    }
  events->items[events->n++] = *event;
}

void
lsc_proc_watch_take_events (LscProcWatch *self, uint64_t known_ns)
{
  LscHeldEvents *events = &self->events;
  size_t         n = 0;

  while (n < events->n && (!self->has_perf || events->items[n].time_ns + SAME_NS <= known_ns))
    take_event (self, &events->items[n++]);
  for (size_t i = n; i < events->n; i++)
    events->items[i - n] = events->items[i];
  events->n -= n;
}

static void
tell_loss (LscProcWatch *self, uint64_t now_ns)
{
  uint64_t        n_lost = lsc_proc_watch_get_n_lost (self);
  const LscRecord record = {
    .time_ns = now_ns,
    .lane = LSC_ALL_CORES,
    .kind = LSC_RECORD_LOSS,
    .category = LSC_SIGHT_CONNECTOR,
    .name = (uint32_t)((now_ns - self->read_ns) / 1000),
    .task = LSC_NO_TASK,
    .value = n_lost - self->n_lost,
  };

  if (n_lost == self->n_lost)
    return;
  self->n_lost = n_lost;
  self->lost_ns = now_ns;
  /* Beside perf events no state and no start is missing, at most how something ended. */
  if (!self->has_perf)
    (void)lsc_merge_add (self->merge, &record);
  if (self->sampler != NULL)
    lsc_sampler_search (self->sampler);
}

size_t
lsc_proc_watch_read_connector (LscProcWatch *self, uint64_t now_ns)
{
  size_t n = lsc_connector_read (self->connector, hold_event_cb, self);

  tell_loss (self, now_ns);
  self->read_ns = now_ns;
  return n;
}

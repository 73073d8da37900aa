/* lsc-proc-watch-perf.c: what perf events tell of a run, for the watch to know.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Perf events say of a program that becomes another user's that it has ended, too: each end is
 * confirmed, by the connector or by a look.
 */

#include "config.h"

#include <stdlib.h>

#include "lsc-proc-files.h"
#include "lsc-proc-status.h"
#include "lsc-proc-watch-private.h"

/* Of an end the connector tells so much later at most. */
#define END_NS UINT64_C (5000000)

void
lsc_proc_watch_perf_start (LscProcWatch *self,
                           pid_t         tid,
                           pid_t         pid,
                           pid_t         maker_pid,
                           uint64_t      time_ns)
{
  LscThread     *thread = lsc_roster_find (self->roster, tid);
  const LscSight sight = {
    .time_ns = time_ns,
    .sight = LSC_SIGHT_PERF,
    .tid = tid,
    .pid = pid,
    .maker_pid = maker_pid,
  };

  /* It had that already: nobody has told of the end of the one before yet. */
  if (thread != NULL && thread->has_perf_fork)
    lsc_roster_end (self->roster, thread, time_ns, LSC_SIGHT_PERF);
  thread = lsc_roster_start (self->roster, &sight);
  if (thread == NULL)
    return;
  thread->is_by_perf = true;
  thread->has_perf_fork = true;
}

void
lsc_proc_watch_perf_execute (LscProcWatch *self, pid_t pid, uint64_t time_ns)
{
  LscProcess    *process = lsc_roster_find_process (self->roster, pid);
  const LscSight sight = {
    .time_ns = time_ns,
    .sight = LSC_SIGHT_PERF,
    .tid = pid,
    .pid = pid,
  };

  if (process != NULL)
    lsc_roster_execute (self->roster, process, &sight);
}

void
lsc_proc_watch_perf_end (LscProcWatch *self, pid_t tid, uint64_t time_ns)
{
  LscThread *thread = lsc_roster_find (self->roster, tid);
  LscIds    *ended = &self->ended;

  if (thread == NULL || time_ns < thread->start_ns)
    return;
  if (ended->n == ended->capacity)
    {
      size_t capacity = ended->capacity > 0 ? 2 * ended->capacity : 64;
      pid_t *items = realloc (ended->items, capacity * sizeof *items);

      if (items == NULL)
        return;
      ended->items = items;
      ended->capacity = capacity;
    }
  thread->perf_end_ns = time_ns;
  ended->items[ended->n++] = tid;
}

void
lsc_proc_watch_perf_hidden (LscProcWatch *self, pid_t tid)
{
  LscThread *thread = lsc_roster_find (self->roster, tid);

  if (thread != NULL)
    thread->is_by_perf = false;
}

/* Perf events say of one that becomes another user's program that it has ended, too. */
static void
confirm_end (LscProcWatch *self, LscThread *thread, uint64_t now_ns)
{
  LscProcess *process = thread->process;
  bool        is_last = process->threads == thread && thread->next == NULL;
  LscProcStat stat;
  LscSight    sight = {
       .time_ns = now_ns,
       .sight = LSC_SIGHT_PROC,
       .tid = thread->id,
       .pid = process->id,
       .maker_pid = process->parent,
  };
  uint32_t status;

  if (lsc_proc_read_stat (process->id, thread->id, &stat))
    {
      if (stat.state != 'Z' && stat.state != 'X')
        {
          sight.name = stat.name;
          lsc_roster_revive (self->roster, thread, &sight);
          return;
        }
      if (is_last && self->connector == NULL && !process->is_child &&
          lsc_proc_status_may_know (process->id))
        lsc_roster_set_status (process, stat.exit_code, LSC_SIGHT_PROC);
    }
  else if (is_last && !process->is_child && lsc_proc_status_read (process->pidfd, &status))
    lsc_roster_set_status (process, status, LSC_SIGHT_PROC);
  lsc_roster_end (self->roster, thread, thread->perf_end_ns, LSC_SIGHT_PERF);
}

void
lsc_proc_watch_confirm_ends (LscProcWatch *self, uint64_t now_ns, uint64_t known_ns)
{
  LscIds *ended = &self->ended;
  size_t  n_kept = 0;

  for (size_t i = 0; i < ended->n; i++)
    {
      LscThread *thread = lsc_roster_find (self->roster, ended->items[i]);

      /* The connector has told, or it has executed another program. */
      if (thread == NULL || thread->perf_end_ns == 0)
        continue;
      if (self->connector != NULL && self->has_perf && thread->perf_end_ns + END_NS > known_ns)
        ended->items[n_kept++] = thread->id;
      else
        confirm_end (self, thread, now_ns);
    }
  ended->n = n_kept;
}

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
#include <string.h>

#include "lsc-proc-files.h"
#include "lsc-proc-status.h"
#include "lsc-proc-watch-private.h"

/* Of an end the connector tells so much later as a rule, */
#define END_NS UINT64_C (5000000)
/* and so much at most: a thread that ends may have to wait for a core between the two. */
#define MAX_END_NS UINT64_C (1000000000)

/* ---- what they tell ------------------------------------------------------------------------ */

/* Each core tells for itself, so that an end may come before its begin: all wait until those of the
 * same time are there. */
static void
hold (LscProcWatch *self, const LscPerfTelling *telling)
{
  LscPerfTellings *tellings = &self->tellings;

  if (tellings->n == tellings->capacity)
    {
      size_t          capacity = tellings->capacity > 0 ? 2 * tellings->capacity : 256;
      LscPerfTelling *items = realloc (tellings->items, capacity * sizeof *items);

      if (items == NULL)
        {
          self->n_dropped++;
          return;
        }
      tellings->items = items;
      tellings->capacity = capacity;
    }
  tellings->items[tellings->n++] = *telling;
}

void
lsc_proc_watch_perf_start (LscProcWatch *self,
                           pid_t         tid,
                           pid_t         pid,
                           pid_t         maker_pid,
                           uint64_t      time_ns)
{
  hold (self, &(LscPerfTelling){
                  .time_ns = time_ns,
                  .kind = LSC_PERF_TELLS_START,
                  .tid = tid,
                  .pid = pid,
                  .maker_pid = maker_pid,
              });
}

void
lsc_proc_watch_perf_execute (LscProcWatch *self, pid_t pid, const char *name, uint64_t time_ns)
{
  LscPerfTelling telling = {
    .time_ns = time_ns,
    .kind = LSC_PERF_TELLS_EXEC,
    .tid = pid,
    .pid = pid,
  };

  memcpy (telling.name, name, strnlen (name, sizeof telling.name - 1));
  hold (self, &telling);
}

void
lsc_proc_watch_perf_end (LscProcWatch *self, pid_t tid, uint64_t time_ns)
{
  hold (self, &(LscPerfTelling){ .time_ns = time_ns, .kind = LSC_PERF_TELLS_END, .tid = tid });
}

void
lsc_proc_watch_perf_hidden (LscProcWatch *self, pid_t tid, uint64_t time_ns)
{
  hold (self, &(LscPerfTelling){ .time_ns = time_ns, .kind = LSC_PERF_TELLS_HIDDEN, .tid = tid });
}

/* Who makes a thread may have to wait for a core after the connector has told and before perf
 * events do; the new one does nothing before that. */
bool
lsc_proc_watch_has_told_start (const LscProcWatch *self, pid_t tid, uint64_t time_ns)
{
  const LscThread *thread = lsc_roster_find (self->roster, tid);

  if (thread == NULL || thread->has_perf_fork || thread->perf_end_ns > 0)
    return false;
  /* If that one has ended before, this is another one. */
  for (size_t i = 0; i < self->events.n; i++)
    if (self->events.items[i].kind == LSC_CONNECTOR_EXIT && self->events.items[i].tid == tid &&
        self->events.items[i].time_ns < time_ns)
      return false;
  for (size_t i = 0; i < self->tellings.n; i++)
    if (self->tellings.items[i].tid == tid && self->tellings.items[i].time_ns < time_ns)
      return false;
  return true;
}

bool
lsc_proc_watch_is_by_perf (const LscProcWatch *self, const LscThread *thread, uint64_t time_ns)
{
  return (self->has_perf || time_ns < self->perf_until_ns) &&
         (thread == NULL || thread->is_by_perf);
}

/* ---- what that means ----------------------------------------------------------------------- */

static void
take_start (LscProcWatch *self, const LscPerfTelling *telling)
{
  LscThread     *thread = lsc_roster_find (self->roster, telling->tid);
  const LscSight sight = {
    .time_ns = telling->time_ns,
    .sight = LSC_SIGHT_PERF,
    .tid = telling->tid,
    .pid = telling->pid,
    .maker_pid = telling->maker_pid,
  };

  /* It had that already: nobody has told of the end of the one before yet. */
  if (thread != NULL && thread->has_perf_fork)
    lsc_roster_end (self->roster, thread, telling->time_ns, LSC_SIGHT_PERF);
  thread = lsc_roster_start (self->roster, &sight);
  if (thread == NULL)
    return;
  thread->is_by_perf = true;
  thread->has_perf_fork = true;
}

static void
take_exec (LscProcWatch *self, const LscPerfTelling *telling)
{
  LscProcess    *process = lsc_roster_find_process (self->roster, telling->pid);
  const LscSight sight = {
    .time_ns = telling->time_ns,
    .sight = LSC_SIGHT_PERF,
    .tid = telling->pid,
    .pid = telling->pid,
    .name = telling->name,
  };

  if (process != NULL)
    lsc_roster_execute (self->roster, process, &sight);
}

static void
take_end (LscProcWatch *self, const LscPerfTelling *telling)
{
  LscThread *thread = lsc_roster_find (self->roster, telling->tid);

  if (thread == NULL || telling->time_ns < thread->start_ns)
    return;
  if (!lsc_ids_add (&self->ended, telling->tid))
    {
      self->n_dropped++;
      return;
    }
  thread->perf_end_ns = telling->time_ns;
}

static void
take_hidden (LscProcWatch *self, const LscPerfTelling *telling)
{
  LscThread *thread = lsc_roster_find (self->roster, telling->tid);

  if (thread != NULL)
    thread->is_by_perf = false;
}

static int
compare_times (const void *a, const void *b)
{
  const LscPerfTelling *first = a;
  const LscPerfTelling *second = b;

  if (first->time_ns != second->time_ns)
    return first->time_ns < second->time_ns ? -1 : 1;
  return (int)first->kind - (int)second->kind;
}

void
lsc_proc_watch_take_tellings (LscProcWatch *self)
{
  LscPerfTellings *tellings = &self->tellings;

  if (tellings->n > 1)
    qsort (tellings->items, tellings->n, sizeof *tellings->items, compare_times);
  for (size_t i = 0; i < tellings->n; i++)
    {
      const LscPerfTelling *telling = &tellings->items[i];

      if (telling->kind == LSC_PERF_TELLS_START)
        take_start (self, telling);
      else if (telling->kind == LSC_PERF_TELLS_EXEC)
        take_exec (self, telling);
      else if (telling->kind == LSC_PERF_TELLS_HIDDEN)
        take_hidden (self, telling);
      else
        take_end (self, telling);
    }
  tellings->n = 0;
}

static bool
connector_may_tell (const LscProcWatch *self, const LscThread *thread, uint64_t now_ns)
{
  return self->connector != NULL && thread->perf_end_ns > self->lost_ns &&
         now_ns < thread->perf_end_ns + MAX_END_NS;
}

/* Perf events say of one that becomes another user's program that it has ended, too. False when it
 * is too early to tell. */
static bool
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
  uint64_t end_ns = thread->perf_end_ns;
  uint32_t status;

  if (lsc_proc_read_stat (process->id, thread->id, &stat))
    {
      if (stat.state != 'Z' && stat.state != 'X' && !stat.is_exiting)
        {
          sight.name = stat.name;
          lsc_roster_revive (self->roster, thread, &sight);
          return true;
        }
      /* How it ends it will say a little later. */
      if (stat.is_exiting && stat.state != 'Z' && stat.state != 'X' &&
          now_ns < thread->perf_end_ns + END_NS)
        return false;
      if (is_last && self->connector == NULL && !process->is_child &&
          lsc_proc_status_may_know (process->id))
        lsc_roster_set_status (process, stat.exit_code, LSC_SIGHT_PROC);
    }
  else if (is_last && !process->is_child && lsc_proc_status_read (process->pidfd, &status))
    lsc_roster_set_status (process, status, LSC_SIGHT_PROC);
  if (connector_may_tell (self, thread, now_ns))
    return false;
  /* What was known before that is written already. */
  if (self->connector != NULL && end_ns < self->horizon_ns)
    end_ns = self->horizon_ns;
  lsc_roster_end (self->roster, thread, end_ns, LSC_SIGHT_PERF);
  return true;
}

void
lsc_proc_watch_confirm_ends (LscProcWatch *self, uint64_t now_ns, uint64_t known_ns)
{
  LscIds *ended = &self->ended;
  size_t  n_kept = 0;

  /* Of what the connector has told since it was read nobody knows yet. */
  if (self->connector != NULL && self->read_ns < known_ns)
    known_ns = self->read_ns;
  for (size_t i = 0; i < ended->n; i++)
    {
      LscThread *thread = lsc_roster_find (self->roster, ended->items[i]);

      /* The connector has told, or it has executed another program. */
      if (thread == NULL || thread->perf_end_ns == 0)
        continue;
      if ((self->connector != NULL && thread->perf_end_ns + END_NS > known_ns) ||
          !confirm_end (self, thread, now_ns))
        ended->items[n_kept++] = ended->items[i];
    }
  ended->n = n_kept;
}

/* lsc-perf-sight.c: from what perf tells to records.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A program that runs as another user, or may not be read, is out of sight from its exec on: perf
 * says that the thread has exited, a few microseconds after it executed, and it goes on. So such an
 * end is looked at again.
 */

#include "config.h"

#include "lsc-perf-sight.h"

#include <errno.h>
#include <signal.h>

#include "lsc-proc-files.h"

/* Nothing that is executed has ended so soon after it. */
#define MIN_LIFE_NS 200000u

/* False for one that is dead, even if nobody has waited for it. */
static bool
is_alive (uint32_t pid)
{
  LscProcStat stat;

  if (kill ((pid_t)pid, 0) != 0 && errno != EPERM)
    return false;
  /* It may be hidden, as one that has ended never is. */
  if (!lsc_proc_read_stat ((pid_t)pid, (pid_t)pid, &stat))
    return kill ((pid_t)pid, 0) == 0 || errno == EPERM;
  return stat.state != 'Z' && stat.state != 'X' && !stat.is_exiting;
}

static bool
has_just_executed (const LscPerfSight *sight, const LscPerfEvent *event)
{
  for (uint32_t i = 0; i < LSC_PERF_N_EXECS; i++)
    if (sight->execs[i].pid == event->pid && event->time_ns - sight->execs[i].time_ns < MIN_LIFE_NS)
      return true;
  return false;
}

static void
remember_exec (LscPerfSight *sight, const LscPerfEvent *event)
{
  uint32_t i = sight->n_execs++ % LSC_PERF_N_EXECS;

  sight->execs[i].pid = event->pid;
  sight->execs[i].time_ns = event->time_ns;
}

static void
describe_exit (const LscPerfSight *sight, const LscPerfEvent *event, LscRecord *record)
{
  record->kind = LSC_RECORD_THREAD_END;
  record->category = LSC_SIGHT_PERF;
  if (event->tid == event->pid && has_just_executed (sight, event) && is_alive (event->pid))
    {
      record->kind = LSC_RECORD_SAMPLE;
      record->category = LSC_STATE_NOT_RECORDED;
    }
}

/* Who watches beside perf events is to know whom they tell of. */
static void
tell_watch (LscProcWatch *watch, const LscPerfEvent *event, const LscRecord *record)
{
  if (record->kind == LSC_RECORD_THREAD_START)
    lsc_proc_watch_perf_start (watch, (pid_t)event->tid, (pid_t)event->pid,
                               (pid_t)event->parent_pid, event->time_ns);
  else if (event->kind == LSC_PERF_EXEC)
    lsc_proc_watch_perf_execute (watch, (pid_t)event->pid, event->name, event->time_ns);
  else if (record->kind == LSC_RECORD_THREAD_END)
    lsc_proc_watch_perf_end (watch, (pid_t)event->tid, event->time_ns);
  else if (event->kind == LSC_PERF_EXIT)
    lsc_proc_watch_perf_hidden (watch, (pid_t)event->tid, event->time_ns);
}

void
lsc_perf_sight_add (LscPerfSight *sight, const LscPerfEvent *event, LscMerge *merge)
{
  LscRecord record = { .time_ns = event->time_ns, .lane = event->tid, .task = event->pid };

  /* Its last switch, when its number has been given up; or not in our namespace. */
  if ((int32_t)event->tid <= 0)
    return;
  switch (event->kind)
    {
    case LSC_PERF_FORK:
      record.kind = LSC_RECORD_THREAD_START;
      record.category = LSC_SIGHT_PERF;
      record.value = (uint64_t)event->parent_pid << 32 | event->parent_tid;
      break;
    case LSC_PERF_EXIT:
      describe_exit (sight, event, &record);
      break;
    case LSC_PERF_EXEC:
      remember_exec (sight, event);
      record.category = 1;
      record.value = event->core;
      record.kind = LSC_RECORD_THREAD_NAME;
      record.name = lsc_merge_get_name (merge, event->name);
      break;
    case LSC_PERF_COMM:
      record.kind = LSC_RECORD_THREAD_NAME;
      record.name = lsc_merge_get_name (merge, event->name);
      break;
    case LSC_PERF_IN:
      record.kind = LSC_RECORD_SWITCH_IN;
      record.category = (uint16_t)event->core;
      break;
    case LSC_PERF_OUT:
      record.kind = LSC_RECORD_SWITCH_OUT;
      record.category = (uint16_t)event->core;
      record.value = event->is_preempted;
      break;
    case LSC_PERF_LOST:
    case LSC_PERF_OTHER:
    default:
      return;
    }
  if (record.kind != LSC_RECORD_THREAD_START || sight->watch == NULL ||
      !lsc_proc_watch_has_told_start (sight->watch, (pid_t)event->tid, event->time_ns))
    lsc_merge_add (merge, &record);
  if (sight->watch != NULL)
    tell_watch (sight->watch, event, &record);
}

/* lsc-observer-own.c: threads and processes that are the run's own, and have their lanes from it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mostly the run says so first, since what is seen is told late. A thread that takes a ring of a
 * segment long after it began, such as one of a pool of Python's, has a lane by then.
 */

#define G_LOG_DOMAIN "lsc-observe"

#include "config.h"

#include "lsc-observer-private.h"

static LscSeenProcess *
ensure_living_process (LscObserver *self, gint32 pid)
{
  LscSeenProcess *process = lsc_observer_find_process (self, (guint32)pid);

  return process != NULL && !process->has_ended ? process : lsc_observer_new_process (self, pid);
}

void
lsc_observer_claim_process (LscObserver *self, gint32 pid, LscLane *lane)
{
  LscSeenProcess *process = ensure_living_process (self, pid);

  if (process->lane != NULL && !process->is_claimed)
    lsc_recorder_end_lane (
        self->recorder, process->lane,
        MAX (lsc_lane_get_start_ns (process->lane), lsc_lane_get_start_ns (lane)), LSC_LANE_RETIRED,
        0, LSC_TASK_STOPPED);
  process->lane = lane;
  process->is_claimed = TRUE;
}

void
lsc_observer_claim_thread (LscObserver *self, gint32 pid, gint32 tid, LscLane *lane)
{
  LscSeenProcess *process = ensure_living_process (self, pid);
  LscSeenThread  *thread = lsc_observer_find (self, (guint32)tid);

  lsc_recorder_set_states_late (self->recorder, lane, TRUE);
  if (thread != NULL && (!thread->is_alive || thread->process->pid != pid))
    {
      if (thread->is_alive)
        lsc_observer_end_unseen (self, thread, thread->since_ns);
      lsc_observer_forget (self, thread);
      thread = NULL;
    }
  if (thread == NULL)
    thread = lsc_observer_new_thread (self, process, tid);
  else if (thread->lane != NULL && !thread->is_claimed)
    lsc_recorder_end_lane (self->recorder, thread->lane, thread->since_ns, LSC_LANE_RETIRED, 0,
                           LSC_TASK_STOPPED);
  thread->lane = lane;
  thread->is_claimed = TRUE;

  /* It was seen before: what it does goes on here. */
  if (!thread->is_alive || !thread->has_state)
    return;
  thread->has_state = FALSE;
  lsc_observer_put_state (self, thread, thread->since_ns, thread->state, thread->state_name,
                          thread->is_sampled);
}

LscLane *
lsc_observer_adopt_thread (LscObserver *self,
                           gint32       pid,
                           gint32       tid,
                           guint        worker,
                           const char  *name)
{
  LscSeenThread *thread = lsc_observer_find (self, (guint32)tid);

  if (thread == NULL || !thread->is_alive || thread->is_claimed || thread->lane == NULL ||
      thread->process->pid != pid)
    return NULL;
  lsc_recorder_adopt_lane (self->recorder, thread->lane, worker, name);
  lsc_recorder_set_states_late (self->recorder, thread->lane, TRUE);
  thread->is_claimed = TRUE;
  return thread->lane;
}

LscLane *
lsc_observer_adopt_process (LscObserver *self, gint32 pid, const char *name)
{
  LscSeenProcess *process = lsc_observer_find_process (self, (guint32)pid);

  if (process == NULL || process->has_ended || process->is_claimed || process->lane == NULL)
    return NULL;
  lsc_recorder_adopt_lane (self->recorder, process->lane, 0, name);
  process->is_claimed = TRUE;
  return process->lane;
}

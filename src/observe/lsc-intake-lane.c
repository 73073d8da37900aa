/* lsc-intake-lane.c: the lanes that one process writes about: when they begin, and when they end.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The collector's thread.
 */

#define G_LOG_DOMAIN "lsc-observe"

#include "config.h"

#include "lsc-intake-private.h"

/* One after the other in one ring. Far more than threads that a pool starts anew. */
#define MAX_LANES_PER_RING 1000
#define MAX_CHILDREN_NS    (G_MAXINT64 / 4096)

/* Of a process that has no segment; one that was seen before has a lane. */
static LscLane *
start_process_lane (LscIntakeProcess *self, gint32 pid, const char *name, gint64 time_ns)
{
  LscObserver *observer = self->intake->observer;
  LscLane     *lane = observer != NULL ? lsc_observer_adopt_process (observer, pid, name) : NULL;

  if (lane == NULL)
    {
      lane = lsc_recorder_add_lane (self->intake->recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN,
                                    pid, pid, 0, name, time_ns);
      if (observer != NULL)
        lsc_observer_claim_process (observer, pid, lane);
    }
  if (self->process_started != NULL)
    self->process_started (self->user_data, pid, lane);
  return lane;
}

static LscLane *
start_thread_lane (LscIntakeProcess *self,
                   LscIntakeRing    *ring,
                   gint32            tid,
                   guint             worker,
                   const char       *name,
                   gint64            time_ns)
{
  LscObserver *observer = tid > 0 ? self->intake->observer : NULL;
  LscLane     *lane = NULL;

  if (observer != NULL)
    lane = lsc_observer_adopt_thread (observer, ring->pid, tid, worker, name);
  if (lane != NULL)
    return lane;
  lane = lsc_recorder_add_lane (self->intake->recorder, LSC_LANE_THREAD,
                                ring->process_lane != NULL ? ring->process_lane : self->lane,
                                LSC_SOURCE_OWN, ring->pid, tid, worker, name, time_ns);
  if (observer != NULL)
    lsc_observer_claim_thread (observer, ring->pid, tid, lane);
  return lane;
}

void
lsc_intake_start_lane (LscIntakeProcess *self,
                       LscIntakeRing    *ring,
                       gint64            time_ns,
                       guint64           tid,
                       gint32            pid,
                       guint32           name)
{
  guint            worker = self->first_worker + (guint)(ring - self->rings);
  g_autofree char *default_name = NULL;
  char             text[LSC_INTAKE_MAX_STRING_SIZE];
  g_autofree char *given_name = NULL;

  if (tid > G_MAXINT32)
    {
      self->intake->n_bad++;
      tid = 0;
    }
  if (name != 0 && lsc_segment_get_string (self->segment, name, text, sizeof text))
    given_name = g_utf8_make_valid (text, -1);
  if (self->n_rings > 1 && pid == 0)
    default_name = g_strdup_printf ("thread %u", worker);
  else
    default_name = g_strdup_printf ("worker %u", worker);

  ring->process_lane = NULL;
  ring->pid = self->pid;
  if (pid != 0)
    {
      ring->pid = pid;
      ring->process_lane = start_process_lane (self, pid, default_name, time_ns);
    }
  ring->lane = start_thread_lane (self, ring, (gint32)tid, worker,
                                  given_name != NULL ? given_name : default_name, time_ns);
  ring->start_ns = time_ns;
  ring->is_waited_for = FALSE;
  ring->n_lanes++;
  ring->has_ended = FALSE;
  ring->n_open = 0;
  ring->usage = LSC_INTAKE_UNKNOWN_USAGE;
  ring->n_lost_before_lane = ring->n_lost;
  /* What came before the first lane is told with it. */
  if (ring->n_lanes > 1)
    ring->n_dropped = 0;
}

/* A sum of what a process that went wild may have said. */
static void
add_bounded (gint64 *sum_ns, gint64 value_ns)
{
  *sum_ns = MIN (*sum_ns + CLAMP (value_ns, 0, MAX_CHILDREN_NS), MAX_CHILDREN_NS);
}

/* The lane of a process that has no segment of its own ends with that of its thread. */
static void
end_process_lane (LscIntakeProcess *self,
                  LscIntakeRing    *ring,
                  gint64            time_ns,
                  LscLaneEnd        end,
                  gint              end_value,
                  LscTaskStatus     open_status)
{
  if (self->process_ended != NULL)
    self->process_ended (self->user_data, ring->pid);
  lsc_recorder_set_usage (self->intake->recorder, ring->process_lane, &ring->usage);
  lsc_recorder_end_lane (self->intake->recorder, ring->process_lane, time_ns, end, end_value,
                         open_status);
  if (ring->is_waited_for)
    {
      add_bounded (&self->children_user_ns, ring->usage.user_ns);
      add_bounded (&self->children_system_ns, ring->usage.system_ns);
    }
}

void
lsc_intake_end_lane (LscIntakeProcess *self,
                     LscIntakeRing    *ring,
                     gint64            time_ns,
                     LscLaneEnd        end,
                     gint              end_value,
                     LscTaskStatus     open_status)
{
  lsc_intake_release_states (self, ring, TRUE);
  lsc_recorder_set_usage (self->intake->recorder, ring->lane, &ring->usage);
  lsc_recorder_end_lane (self->intake->recorder, ring->lane, time_ns, end, end_value, open_status);
  if (ring->process_lane != NULL)
    end_process_lane (self, ring, time_ns, end, end_value, open_status);
  ring->has_ended = TRUE;
  ring->n_open = 0;
}

/* Of the process that the lane is of, when it is not the segment's; else 0. */
static gint32
get_pid (LscIntakeProcess *self, const LscRecord *record)
{
  if (record->task == LSC_NO_TASK || record->task == (guint32)self->pid)
    return 0;
  if (record->task > 0 && record->task <= G_MAXINT32)
    return (gint32)record->task;

  self->intake->n_bad++;
  return 0;
}

gboolean
lsc_intake_ensure_lane (LscIntakeProcess *self,
                        LscIntakeRing    *ring,
                        const LscRecord  *record,
                        gint64            time_ns)
{
  if (record->kind == LSC_RECORD_LANE_START)
    {
      if ((ring->lane != NULL && !ring->has_ended) || ring->n_lanes >= MAX_LANES_PER_RING)
        return FALSE;
      lsc_intake_start_lane (self, ring, time_ns, record->value, get_pid (self, record),
                             record->name);
      ring->is_waited_for = record->category == 1;
      return TRUE;
    }

  /* Its start was lost, or never written. */
  if (ring->lane == NULL)
    {
      self->intake->n_bad++;
      lsc_intake_start_lane (self, ring, time_ns, 0, 0, 0);
    }
  /* Whoever waited for its end says so after it. */
  return !ring->has_ended || record->kind == LSC_RECORD_MARK;
}

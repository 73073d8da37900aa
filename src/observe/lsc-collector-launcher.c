/* lsc-collector-launcher.c: what the launcher tells: counters of processes, and what it sees.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The run's thread. Counters may come before the process is known: they wait for it.
 */

#define G_LOG_DOMAIN "lsc-observe"

#include "config.h"

#include "lsc-clock.h"
#include "lsc-collector-private.h"
#include "lsc-lane-counters.h"
#include "lsc-ring.h"

/* Of the launcher's segment. */
#define COUNTERS_RING 0u
#define SIGHTS_RING   1u

#define MAX_WAITING 4096
#define MAX_DEAD    4096u
/* By then it is known whether the launcher watches. */
#define PATIENCE_NS LSC_NS_PER_S

void
lsc_collector_prepare (LscCollector *self)
{
  LscTaskTable *tasks = lsc_recording_get_tasks (lsc_recorder_get_recording (self->recorder));

  lsc_intake_see_now (&self->intake);
  self->intake.n_tasks = tasks != NULL ? lsc_task_table_get_n (tasks) : LSC_NO_TASK;
}

/* ---- the launcher's counters --------------------------------------------------------- */

static void
add_counter (LscCollector *self, LscCounterTarget *target, const LscWaitingCounter *counter)
{
  gint64  time_ns;
  guint64 before_ns = counter->kind == LSC_COUNTER_CPU_NS ? target->before_ns : 0;

  if (target->lane == NULL)
    return;

  /* Another one was quicker: there are two rings. */
  time_ns = (gint64)(counter->time_ns - (guint64)self->intake.origin_ns);
  if ((counter->is_seen || target->is_seen[counter->kind]) &&
      time_ns <= target->last_ns[counter->kind])
    return;
  time_ns = lsc_intake_get_time (&self->intake, counter->time_ns, target->last_ns[counter->kind]);
  target->last_ns[counter->kind] = time_ns;
  target->is_seen[counter->kind] = counter->is_seen;
  lsc_recorder_add_counter (self->recorder, target->lane, time_ns, counter->kind,
                            before_ns + counter->value);
}

static void
let_wait (LscCollector *self, const LscWaitingCounter *counter)
{
  /* The oldest are of processes that nobody will ever ask for. */
  if (self->waiting->len >= MAX_WAITING)
    {
      g_array_remove_range (self->waiting, 0, MAX_WAITING / 2);
      self->n_lost_counters += MAX_WAITING / 2;
    }
  g_array_append_vals (self->waiting, counter, 1);
}

static void
take_counter (LscCollector *self, const LscRecord *record, gboolean is_seen)
{
  LscWaitingCounter counter = {
    .pid = (gint32)record->lane,
    .kind = (LscCounterKind)record->category,
    .time_ns = record->time_ns,
    .value = record->value,
    .is_seen = is_seen,
  };
  LscCounterTarget *target;

  if (record->kind != LSC_RECORD_COUNTER || counter.pid <= 0 ||
      record->category < LSC_COUNTER_CPU_NS || record->category > LSC_COUNTER_SWITCHES)
    {
      self->intake.n_bad++;
      return;
    }

  target = g_hash_table_lookup (self->targets, GINT_TO_POINTER (counter.pid));
  if (target != NULL)
    add_counter (self, target, &counter);
  else if (!is_seen)
    let_wait (self, &counter);
}

/* ---- what the launcher sees ---------------------------------------------------------- */

static guint32
get_name (LscCollector *self, guint32 name)
{
  char             text[LSC_INTAKE_MAX_STRING_SIZE];
  g_autofree char *valid = NULL;
  gpointer         known;

  if (name == 0)
    return 0;
  if (!g_hash_table_lookup_extended (self->names, GUINT_TO_POINTER (name), NULL, &known))
    {
      if (!lsc_segment_get_string (self->launcher, name, text, sizeof text))
        return 0;
      valid = g_utf8_make_valid (text, -1);
      known = GUINT_TO_POINTER (lsc_recorder_add_string (self->recorder, valid));
      g_hash_table_insert (self->names, GUINT_TO_POINTER (name), known);
    }
  return GPOINTER_TO_UINT (known);
}

static void
take_sight (LscCollector *self, const LscRecord *record)
{
  gboolean has_name = record->kind == LSC_RECORD_THREAD_START ||
                      record->kind == LSC_RECORD_THREAD_NAME || record->kind == LSC_RECORD_WATCH;

  if (record->kind == LSC_RECORD_COUNTER)
    {
      take_counter (self, record, TRUE);
      return;
    }
  self->last_sight_ns = lsc_intake_get_time (&self->intake, record->time_ns, self->last_sight_ns);
  if (!lsc_observer_take (self->observer, record, self->last_sight_ns,
                          has_name ? get_name (self, record->name) : 0))
    self->n_bad_sights++;
}

static gsize
drain_ring (LscCollector *self, guint ring)
{
  gsize n_all = 0;
  gsize n;

  do
    {
      n = lsc_segment_read (self->launcher, ring, self->buffer, LSC_COLLECTOR_BATCH);
      for (gsize i = 0; i < n; i++)
        if (ring == SIGHTS_RING)
          take_sight (self, &self->buffer[i]);
        else
          take_counter (self, &self->buffer[i], FALSE);
      n_all += n;
    }
  while (n == LSC_COLLECTOR_BATCH && n_all < LSC_COLLECTOR_MAX_PER_RING);
  return n_all;
}

gsize
lsc_collector_drain_launcher (LscCollector *self)
{
  if (self->launcher == NULL)
    return 0;
  return drain_ring (self, COUNTERS_RING) +
         (self->observer != NULL ? drain_ring (self, SIGHTS_RING) : 0);
}

static void
seen_process_started_cb (gpointer user_data, gint32 pid, LscLane *lane)
{
  lsc_collector_watch_pid (user_data, pid, lane);
}

static gboolean
is_dead (gpointer key, gpointer value, gpointer user_data)
{
  return ((LscCounterTarget *)value)->lane == NULL;
}

/* What is told of it a little later goes nowhere. */
static void
seen_process_ended_cb (gpointer user_data, gint32 pid)
{
  LscCollector     *self = user_data;
  LscCounterTarget *target = g_hash_table_lookup (self->targets, GINT_TO_POINTER (pid));

  if (target == NULL)
    return;
  if (++self->n_dead_targets > MAX_DEAD)
    {
      g_hash_table_foreach_remove (self->targets, is_dead, NULL);
      self->n_dead_targets = 0;
    }
  target->lane = NULL;
}

LscLane *
lsc_collector_start_process (LscCollector *self, gint32 pid, const char *name, gint64 time_ns)
{
  LscLane *lane = NULL;

  if (self->observer != NULL)
    lane = lsc_observer_adopt_process (self->observer, pid, name);
  if (lane != NULL)
    return lane;
  lane = lsc_recorder_add_lane (self->recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN, pid, pid, 0,
                                name, time_ns);
  if (self->observer != NULL)
    lsc_observer_claim_process (self->observer, pid, lane);
  return lane;
}

void
lsc_collector_claim_place (LscCollector *self, gint32 pid, LscLane *lane)
{
  g_return_if_fail (LSC_IS_COLLECTOR (self));
  g_return_if_fail (lane != NULL);

  if (self->observer == NULL)
    return;
  lsc_observer_claim_process (self->observer, pid, lane);
  lsc_observer_claim_thread (self->observer, pid, pid, lane);
}

void
lsc_collector_add_launcher (LscCollector *self, LscSegment *segment)
{
  const LscObserverEvents events = {
    .process_started = seen_process_started_cb,
    .process_ended = seen_process_ended_cb,
    .user_data = self,
  };

  g_return_if_fail (LSC_IS_COLLECTOR (self));
  g_return_if_fail (segment != NULL);
  g_return_if_fail (self->launcher == NULL);

  self->launcher = segment;
  if (lsc_segment_get_n_rings (segment) <= SIGHTS_RING)
    return;
  self->names = g_hash_table_new (NULL, NULL);
  self->observer = lsc_observer_new (self->recorder, &events);
  lsc_collector_prepare (self);
  self->intake.observer = self->observer;
  self->intake.patience_ns = self->intake.latest_ns + PATIENCE_NS;
}

void
lsc_collector_watch_pid (LscCollector *self, gint32 pid, LscLane *lane)
{
  LscCounterTarget *target;
  guint             n_kept = 0;

  g_return_if_fail (LSC_IS_COLLECTOR (self));
  g_return_if_fail (lane != NULL);

  target = g_hash_table_lookup (self->targets, GINT_TO_POINTER (pid));
  /* Where it was seen before it is its own it goes on: what it has used is counted already. */
  if (target != NULL && target->lane == lane)
    return;
  target = g_new0 (LscCounterTarget, 1);
  target->lane = lane;
  (void)lsc_lane_get_last_counter (lane, LSC_COUNTER_CPU_NS, &target->before_ns);
  g_hash_table_insert (self->targets, GINT_TO_POINTER (pid), target);

  lsc_collector_prepare (self);
  for (guint i = 0; i < self->waiting->len; i++)
    {
      LscWaitingCounter counter = g_array_index (self->waiting, LscWaitingCounter, i);

      if (counter.pid == pid)
        add_counter (self, target, &counter);
      else
        g_array_index (self->waiting, LscWaitingCounter, n_kept++) = counter;
    }
  g_array_set_size (self->waiting, n_kept);
}

void
lsc_collector_forget_pid (LscCollector *self, gint32 pid)
{
  g_return_if_fail (LSC_IS_COLLECTOR (self));

  lsc_collector_prepare (self);
  lsc_collector_drain_launcher (self);
  g_hash_table_remove (self->targets, GINT_TO_POINTER (pid));
}

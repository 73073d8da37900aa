/* lsc-recorder-states.c: what lanes were doing, and what they turned out to be.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The recorder's thread. Whoever watches a lane from outside knows its states a little later than
 * the lane says that it has ended: then they are cut at its end.
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-recorder-private.h"

/* Between begin_change and end_change: readers meet it in the sum or open, never in both. */
static void
count_closed (LscLane *lane)
{
  gint64 *sum_ns;

  if (!lane->in_state)
    return;
  sum_ns = &lane->states_ns[lsc_open_get_state (&lane->state)];
  __atomic_store_n (sum_ns, *sum_ns + lane->states->last_end_ns - lane->state.start_ns,
                    __ATOMIC_RELEASE);
}

static void
close_state (LscRecorder *self, LscLane *lane, gint64 time_ns)
{
  if (lane->in_state)
    lsc_recorder_append (self, lane, LSC_TRACK_STATES, 0, lane->states, &lane->state, time_ns,
                         lsc_open_get_state_status (&lane->state));
}

void
lsc_recorder_end_states (LscRecorder *self, LscLane *lane, gint64 time_ns)
{
  if (!lane->in_state)
    return;
  time_ns = lsc_recorder_see (self, time_ns);
  if (lane->end_ns >= 0)
    time_ns = MIN (time_ns, MAX (lane->end_ns, lane->state.start_ns));
  close_state (self, lane, time_ns);
  lsc_recorder_begin_change (lane);
  count_closed (lane);
  __atomic_store_n (&lane->in_state, 0, __ATOMIC_RELEASE);
  lsc_recorder_end_change (lane);
}

static void
set_state (LscRecorder *self,
           LscLane     *lane,
           gint64       time_ns,
           LscState     state,
           guint        name,
           guint        status)
{
  LscTrack *track;

  time_ns = lsc_recorder_see (self, time_ns);
  if (self->is_bare)
    return;
  if (lane->end_ns >= 0 && time_ns >= lane->end_ns)
    {
      lsc_recorder_end_states (self, lane, lane->end_ns);
      return;
    }
  track = lsc_lane_ensure_track (lane, LSC_TRACK_STATES, 0);
  close_state (self, lane, time_ns);
  time_ns = lsc_recorder_clamp_start (lane, track, time_ns);
  lsc_recorder_begin_change (lane);
  count_closed (lane);
  lsc_recorder_open_at (&lane->state, track, time_ns, name,
                        MIN ((guint)state, LSC_N_LOOKS - 1) | status << 8, LSC_NO_TASK);
  __atomic_store_n (&lane->in_state, 1, __ATOMIC_RELEASE);
  lsc_recorder_end_change (lane);
}

void
lsc_recorder_set_state (LscRecorder *self,
                        LscLane     *lane,
                        gint64       time_ns,
                        LscState     state,
                        guint        name)
{
  set_state (self, lane, time_ns, state, name, 0);
}

void
lsc_recorder_set_sampled_state (LscRecorder *self,
                                LscLane     *lane,
                                gint64       time_ns,
                                LscState     state,
                                guint        name)
{
  set_state (self, lane, time_ns, state, name, LSC_STATE_STATUS_SAMPLED);
}

void
lsc_recorder_explain_state (LscRecorder *self, LscLane *lane, guint reason)
{
  (void)self;
  if (!lane->in_state)
    return;
  lsc_recorder_begin_change (lane);
  __atomic_store_n (&lane->state.name_task, (guint64)reason << 32 | LSC_NO_TASK, __ATOMIC_RELEASE);
  lsc_recorder_end_change (lane);
}

void
lsc_recorder_set_states_late (LscRecorder *self, LscLane *lane, gboolean are_late)
{
  (void)self;
  lane->states_are_late = are_late;
}

/* ---- what they turn out to be -------------------------------------------------------------- */

void
lsc_recorder_rename_lane (LscRecorder *self, LscLane *lane, const char *name)
{
  const char *kept = lsc_recording_keep_text (self->recording, name);

  if (lane->name == kept)
    return;
  __atomic_store_n (&lane->name, kept, __ATOMIC_RELEASE);
  lsc_recorder_mark_changed (self, lane);
}

void
lsc_recorder_set_source (LscRecorder *self, LscLane *lane, LscSource source)
{
  if (lane->source == (guint32)source)
    return;
  __atomic_store_n (&lane->source, (guint32)source, __ATOMIC_RELAXED);
  lsc_recorder_mark_changed (self, lane);
}

void
lsc_recorder_set_seen (LscRecorder *self, LscLane *lane, LscLane *creator)
{
  g_return_if_fail (creator == NULL || creator->index < lane->index);

  __atomic_store_n (&lane->creator, creator, __ATOMIC_RELEASE);
  __atomic_store_n (&lane->is_own, FALSE, __ATOMIC_RELAXED);
  lsc_recorder_mark_changed (self, lane);
}

void
lsc_recorder_adopt_lane (LscRecorder *self, LscLane *lane, guint worker, const char *name)
{
  __atomic_store_n (&lane->worker, worker, __ATOMIC_RELAXED);
  __atomic_store_n (&lane->is_own, TRUE, __ATOMIC_RELAXED);
  if (worker > 0)
    lsc_digest_add_worker (&self->recording->digest, lane);
  lsc_digest_add_account (&self->recording->digest, lane);
  lsc_recorder_mark_changed (self, lane);
  lsc_recorder_rename_lane (self, lane, name);
}

void
lsc_recorder_add_watch (LscRecorder *self,
                        gint64       time_ns,
                        guint        watches,
                        gint         refusal,
                        guint32      word)
{
  LscStoredWatch *watch = LSC_LOG_NEXT (&self->recording->watches, LscStoredWatch);

  watch->time_ns = lsc_recorder_see (self, time_ns);
  watch->watches = watches;
  watch->refusal = refusal;
  watch->word = word;
  lsc_log_publish (&self->recording->watches);
}

/* lsc-observer-states.c: what threads were doing, and who was on which core.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every switch is seen, or a look is all there is. What a thread did before the first look nobody
 * knows.
 */

#define G_LOG_DOMAIN "lsc-observe"

#include "config.h"

#include "lsc-observer-private.h"

#include "lsc-clock.h"

/* ---- states ------------------------------------------------------------------------------ */

void
lsc_observer_put_state (LscObserver   *self,
                        LscSeenThread *thread,
                        gint64         time_ns,
                        LscState       state,
                        guint          name,
                        gboolean       is_sampled)
{
  if (thread->has_state && thread->state == state && thread->state_name == name &&
      thread->is_sampled == is_sampled)
    return;
  thread->has_state = TRUE;
  thread->state = state;
  thread->state_name = name;
  thread->is_sampled = is_sampled;
  thread->since_ns = MAX (time_ns, thread->since_ns);
  if (thread->lane == NULL)
    return;
  if (is_sampled)
    {
      lsc_recorder_set_source (self->recorder, thread->lane, LSC_SOURCE_SAMPLED);
      lsc_recorder_set_sampled_state (self->recorder, thread->lane, thread->since_ns, state, name);
      return;
    }
  if (lsc_lane_get_source (thread->lane) == LSC_SOURCE_OWN)
    lsc_recorder_set_source (self->recorder, thread->lane, LSC_SOURCE_EXACT);
  lsc_recorder_set_state (self->recorder, thread->lane, thread->since_ns, state, name);
}

void
lsc_observer_put_off_core (LscObserver *self, LscSeenThread *thread, gint64 time_ns, LscState state)
{
  if (self->n_losing > 0)
    lsc_observer_put_gap (self, thread, time_ns);
  else
    lsc_observer_put_state (self, thread, time_ns, state, LSC_REASON_UNKNOWN, FALSE);
}

void
lsc_observer_put_unseen (LscObserver *self, LscSeenThread *thread)
{
  if (!thread->has_state)
    lsc_observer_put_state (self, thread, thread->since_ns, LSC_STATE_UNKNOWN, 0, TRUE);
}

/* ---- cores ------------------------------------------------------------------------------- */

LscSeenCore *
lsc_observer_get_core (LscObserver *self, guint number, gint64 time_ns)
{
  g_autofree char *name = NULL;
  LscSeenCore     *core;

  if (number >= LSC_OBSERVER_MAX_CORES)
    return NULL;
  if (number >= self->cores->len)
    g_array_set_size (self->cores, number + 1);
  core = &g_array_index (self->cores, LscSeenCore, number);
  if (core->lane == NULL)
    {
      name = g_strdup_printf ("core %u", number);
      core->lane = lsc_recorder_add_lane (self->recorder, LSC_LANE_CORE, NULL, LSC_SOURCE_EXACT, 0,
                                          0, 0, name, time_ns);
      lsc_recorder_set_seen (self->recorder, core->lane, NULL);
    }
  return core;
}

void
lsc_observer_end_core_span (LscObserver *self, LscSeenCore *core, gint64 time_ns)
{
  if (core->thread == NULL)
    return;
  core->thread = NULL;
  core->left_ns = time_ns;
  lsc_recorder_end_span (self->recorder, core->lane, time_ns, LSC_TASK_DONE);
}

void
lsc_observer_leave_core (LscObserver *self, LscSeenThread *thread, gint64 time_ns)
{
  LscSeenCore *core;

  if (thread->core >= self->cores->len)
    return;
  core = &g_array_index (self->cores, LscSeenCore, thread->core);
  if (core->thread == thread)
    lsc_observer_end_core_span (self, core, time_ns);
}

void
lsc_observer_run (LscObserver *self, LscSeenThread *thread, gint64 time_ns, guint number)
{
  LscSeenCore   *core = lsc_observer_get_core (self, number, time_ns);
  LscSeenThread *other;

  /* It went on, by exec: the core's span does. */
  if (thread->has_state && thread->state == LSC_STATE_RUNNING && !thread->is_sampled &&
      (core == NULL || core->thread == thread))
    return;
  lsc_observer_leave_core (self, thread, time_ns);
  other = core != NULL ? core->thread : NULL;
  if (other != NULL)
    {
      /* How it left the core was not seen. */
      lsc_observer_end_core_span (self, core, time_ns);
      lsc_observer_put_off_core (self, other, time_ns, LSC_STATE_UNKNOWN);
    }
  thread->core = core != NULL ? number : LSC_CORE_UNKNOWN;
  lsc_observer_put_state (self, thread, time_ns, LSC_STATE_RUNNING, thread->core, FALSE);
  if (core == NULL)
    return;
  core->thread = thread;
  lsc_recorder_begin_span (self->recorder, core->lane, time_ns, thread->name,
                           thread->process->category,
                           thread->lane != NULL ? lsc_lane_get_index (thread->lane) : LSC_NO_TASK);
}

/* ---- switches ------------------------------------------------------------------------------ */

/* What comes after the end of a thread belongs to its end. NULL: not to be told. */
static LscSeenThread *
get_switching (LscObserver *self, const LscRecord *record, gint64 time_ns, gboolean *is_echo)
{
  LscSeenThread *thread = lsc_observer_find (self, record->lane);

  *is_echo = thread != NULL && thread->has_ended && time_ns - thread->end_ns < LSC_NS_PER_S;
  if (*is_echo)
    return NULL;
  return lsc_observer_ensure (self, record, time_ns);
}

gboolean
lsc_observer_switch_in (LscObserver *self, const LscRecord *record, gint64 time_ns)
{
  gboolean       is_echo;
  LscSeenThread *thread;

  if (record->category >= LSC_OBSERVER_MAX_CORES)
    return FALSE;
  thread = get_switching (self, record, time_ns, &is_echo);
  if (thread == NULL)
    return is_echo;
  /* The connector told of it before perf events did: until now it was on no core. */
  if (!thread->has_state && (thread->sights & 1u << LSC_SIGHT_CONNECTOR) != 0 &&
      self->n_losing == 0 && self->lost_ns <= thread->since_ns)
    lsc_observer_put_off_core (self, thread, thread->since_ns, LSC_STATE_WAITING);
  thread->is_exact = TRUE;
  lsc_observer_resolve_in (self, thread);
  lsc_observer_run (self, thread, time_ns, record->category);
  return TRUE;
}

gboolean
lsc_observer_switch_out (LscObserver *self, const LscRecord *record, gint64 time_ns)
{
  gboolean       is_echo;
  LscSeenThread *thread;

  if (record->value > 1)
    return FALSE;
  thread = get_switching (self, record, time_ns, &is_echo);
  if (thread == NULL)
    return is_echo;
  thread->is_exact = TRUE;
  lsc_observer_resolve_out (self, thread, record->category);
  lsc_observer_leave_core (self, thread, time_ns);
  if (record->value == 1)
    thread->n_involuntary++;
  else
    thread->n_voluntary++;
  lsc_observer_put_off_core (self, thread, time_ns,
                             record->value == 1 ? LSC_STATE_PREEMPTED : LSC_STATE_WAITING);
  return TRUE;
}

/* ---- samples ------------------------------------------------------------------------------- */

/* Switches are known better than by a look: it only tells what they were for. After a loss it tells
 * that a thread waits, but not since when; whether one that can run does so is a guess. */
static void
explain (LscObserver *self, LscSeenThread *thread, gint64 time_ns, LscState state, guint reason)
{
  if (state != LSC_STATE_WAITING && state != LSC_STATE_BLOCKED)
    return;
  if (thread->is_unresolved)
    {
      thread->is_unresolved = FALSE;
      lsc_observer_put_state (self, thread, time_ns, LSC_STATE_WAITING, reason, FALSE);
      return;
    }
  if (thread->state != LSC_STATE_WAITING || thread->state_name != LSC_REASON_UNKNOWN ||
      reason == LSC_REASON_UNKNOWN)
    return;
  thread->state_name = reason;
  if (thread->lane != NULL)
    lsc_recorder_explain_state (self->recorder, thread->lane, reason);
}

gboolean
lsc_observer_sample (LscObserver *self, const LscRecord *record, gint64 time_ns)
{
  LscSeenThread *thread = lsc_observer_find (self, record->lane);
  LscState       state = (LscState)record->category;
  guint          reason = (guint)(record->value >> 16);
  guint          core = (guint)record->value & G_MAXUINT16;

  if (record->category >= LSC_N_STATES || record->value >> 16 >= LSC_N_REASONS)
    return FALSE;
  /* Looked at while it ended. */
  if (thread != NULL && thread->has_ended && time_ns - thread->end_ns < LSC_NS_PER_S)
    return TRUE;
  thread = lsc_observer_ensure (self, record, time_ns);
  if (thread == NULL)
    return FALSE;

  if (state == LSC_STATE_NOT_RECORDED)
    {
      lsc_observer_leave_core (self, thread, time_ns);
      thread->is_exact = thread->is_lost = thread->is_unresolved = FALSE;
      thread->has_gap = TRUE;
      lsc_observer_put_state (self, thread, time_ns, state, 0, FALSE);
    }
  else if (thread->is_exact)
    explain (self, thread, time_ns, state, reason);
  /* One that tells its states itself knows them better. */
  else if (thread->lane == NULL || thread->has_state || !lsc_lane_has_states (thread->lane) ||
           lsc_lane_get_source (thread->lane) != LSC_SOURCE_OWN)
    {
      lsc_observer_put_unseen (self, thread);
      lsc_observer_put_state (self, thread, time_ns, state,
                              state == LSC_STATE_RUNNING ? core : reason, TRUE);
    }
  return TRUE;
}

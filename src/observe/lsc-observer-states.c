/* lsc-observer-states.c: what threads were doing, and who was on which core.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * After a loss it is not known what a thread did until something is seen of it again: only then
 * what it has done since the loss was over is told, and what came before is a gap.
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
lsc_observer_resolve (LscObserver *self, LscSeenThread *thread, gboolean was_running)
{
  if (!thread->is_unresolved)
    return;
  thread->is_unresolved = FALSE;
  if (was_running)
    lsc_observer_put_state (self, thread, thread->gap_end_ns, LSC_STATE_RUNNING, LSC_CORE_UNKNOWN,
                            FALSE);
  else
    lsc_observer_put_state (self, thread, thread->gap_end_ns, LSC_STATE_WAITING, LSC_REASON_UNKNOWN,
                            FALSE);
}

/* ---- cores ------------------------------------------------------------------------------- */

/* NULL: there is no such core. */
static LscSeenCore *
get_core (LscObserver *self, guint number, gint64 time_ns)
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

static void
end_core_span (LscObserver *self, LscSeenCore *core, gint64 time_ns)
{
  if (core->thread == NULL)
    return;
  core->thread = NULL;
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
    end_core_span (self, core, time_ns);
}

void
lsc_observer_run (LscObserver *self, LscSeenThread *thread, gint64 time_ns, guint number)
{
  LscSeenCore   *core = get_core (self, number, time_ns);
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
      end_core_span (self, core, time_ns);
      lsc_observer_put_state (self, other, time_ns, LSC_STATE_UNKNOWN, 0, FALSE);
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
  thread->is_exact = TRUE;
  lsc_observer_resolve (self, thread, FALSE);
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
  lsc_observer_resolve (self, thread, TRUE);
  lsc_observer_leave_core (self, thread, time_ns);
  if (record->value == 1)
    thread->n_involuntary++;
  else
    thread->n_voluntary++;
  lsc_observer_put_state (self, thread, time_ns,
                          record->value == 1 ? LSC_STATE_PREEMPTED : LSC_STATE_WAITING,
                          LSC_REASON_UNKNOWN, FALSE);
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
      thread->is_exact = thread->is_unresolved = FALSE;
      thread->has_gap = TRUE;
      lsc_observer_put_state (self, thread, time_ns, state, 0, FALSE);
    }
  else if (thread->is_exact)
    explain (self, thread, time_ns, state, reason);
  /* One that tells its states itself knows them better. */
  else if (thread->lane == NULL || thread->has_state || !lsc_lane_has_states (thread->lane) ||
           lsc_lane_get_source (thread->lane) != LSC_SOURCE_OWN)
    lsc_observer_put_state (self, thread, time_ns, state,
                            state == LSC_STATE_RUNNING ? core : reason, TRUE);
  return TRUE;
}

/* ---- what is not seen ------------------------------------------------------------------------ */

/* Whether a thread may have done something on a core without being seen. One that runs on another
 * core can't. */
static gboolean
is_hit (const LscSeenThread *thread, guint32 core)
{
  if (!thread->is_alive || !thread->is_exact)
    return FALSE;
  return core == LSC_ALL_CORES || !thread->has_state || thread->state != LSC_STATE_RUNNING ||
         thread->core == core || thread->core == LSC_CORE_UNKNOWN;
}

static void
hit_threads (LscObserver *self, guint32 core, gint64 from_ns, gint64 to_ns)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->threads);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      LscSeenThread *thread = value;

      if (!is_hit (thread, core))
        continue;
      lsc_observer_leave_core (self, thread, MAX (from_ns, thread->since_ns));
      lsc_observer_put_state (self, thread, MAX (from_ns, thread->since_ns), LSC_STATE_NOT_RECORDED,
                              0, FALSE);
      thread->is_unresolved = TRUE;
      thread->has_gap = TRUE;
      thread->gap_end_ns = to_ns;
    }
}

static void
hit_core (LscObserver *self, LscSeenCore *core, gint64 from_ns, gint64 to_ns)
{
  if (core->lane == NULL)
    return;
  end_core_span (self, core, from_ns);
  from_ns = MAX (from_ns, MAX (core->known_ns, lsc_lane_get_start_ns (core->lane)));
  if (from_ns >= to_ns || (self->watches & LSC_WATCH_SWITCHES) == 0)
    return;
  lsc_recorder_set_state (self->recorder, core->lane, from_ns, LSC_STATE_NOT_RECORDED, 0);
  lsc_recorder_end_states (self->recorder, core->lane, to_ns);
  core->known_ns = to_ns;
}

gboolean
lsc_observer_lose (LscObserver *self, const LscRecord *record, gint64 time_ns)
{
  gint64       from_ns = MAX (time_ns - (gint64)record->name * 1000, 0);
  gboolean     is_of_all = record->lane == LSC_ALL_CORES;
  LscSeenCore *core;

  if (record->value == 0)
    return TRUE;
  /* Messages about processes of the whole machine: no switch is missing. */
  if (record->category == LSC_SIGHT_CONNECTOR)
    {
      if ((self->watches & LSC_WATCH_SWITCHES) == 0)
        self->n_unheard += record->value;
      return TRUE;
    }
  /* Those of all are counted on the first. */
  core = get_core (self, is_of_all ? 0 : record->lane, from_ns);
  if (core == NULL)
    return FALSE;
  hit_threads (self, record->lane, from_ns, time_ns);
  if (!is_of_all)
    hit_core (self, core, from_ns, time_ns);
  else
    for (guint i = 0; i < self->cores->len; i++)
      hit_core (self, &g_array_index (self->cores, LscSeenCore, i), from_ns, time_ns);

  core->n_lost += record->value;
  lsc_recorder_set_lost (self->recorder, core->lane, core->n_lost);
  return TRUE;
}

/* Nobody sees switches from now on. */
static void
stop_switches (LscObserver *self, gint64 time_ns)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->threads);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      LscSeenThread *thread = value;

      if (!thread->is_alive || !thread->is_exact)
        continue;
      lsc_observer_leave_core (self, thread, time_ns);
      lsc_observer_put_state (self, thread, time_ns, LSC_STATE_NOT_RECORDED, 0, FALSE);
      thread->is_exact = thread->is_unresolved = FALSE;
      thread->has_gap = TRUE;
    }
  for (guint i = 0; i < self->cores->len; i++)
    {
      LscSeenCore *core = &g_array_index (self->cores, LscSeenCore, i);

      if (core->lane != NULL)
        lsc_recorder_set_state (self->recorder, core->lane, time_ns, LSC_STATE_NOT_RECORDED, 0);
    }
}

static void
begin_switches (LscObserver *self, gint64 time_ns)
{
  for (guint i = 0; i < self->cores->len; i++)
    {
      LscSeenCore *core = &g_array_index (self->cores, LscSeenCore, i);

      if (core->lane != NULL)
        lsc_recorder_end_states (self->recorder, core->lane, time_ns);
      core->known_ns = time_ns;
    }
}

gboolean
lsc_observer_watch (LscObserver *self, const LscRecord *record, gint64 time_ns, guint32 name)
{
  guint before = self->watches;

  if (record->value > G_MAXINT)
    return FALSE;
  self->watches = record->category;
  self->watched |= record->category;
  self->has_watch = TRUE;
  lsc_recorder_add_watch (self->recorder, time_ns, record->category, (gint)record->value, name);
  if ((before & ~self->watches & LSC_WATCH_SWITCHES) != 0)
    stop_switches (self, time_ns);
  else if ((self->watches & ~before & LSC_WATCH_SWITCHES) != 0)
    begin_switches (self, time_ns);
  return TRUE;
}

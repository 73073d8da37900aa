/* lsc-observer-losses.c: what nobody saw.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * While records of a core are lost, any thread that is not seen on another one may be there: what
 * it does is not recorded. After that it is not known where it is until something is seen of it
 * again.
 */

#define G_LOG_DOMAIN "lsc-observe"

#include "config.h"

#include "lsc-observer-private.h"

/* ---- after a loss ------------------------------------------------------------------------- */

void
lsc_observer_put_gap (LscObserver *self, LscSeenThread *thread, gint64 time_ns)
{
  lsc_observer_put_state (self, thread, time_ns, LSC_STATE_NOT_RECORDED, 0, FALSE);
  thread->is_lost = TRUE;
  thread->is_unresolved = FALSE;
  thread->has_gap = TRUE;
}

/* It was on no core, but whether it waited or was pushed off nobody saw. */
void
lsc_observer_resolve_in (LscObserver *self, LscSeenThread *thread)
{
  if (thread->is_unresolved)
    lsc_observer_put_state (self, thread, thread->gap_end_ns, LSC_STATE_UNKNOWN, 0, FALSE);
  thread->is_lost = thread->is_unresolved = FALSE;
}

/* It has been on this core since records of it were not lost any more: how it came there would have
 * been seen otherwise. */
void
lsc_observer_resolve_out (LscObserver *self, LscSeenThread *thread, guint number)
{
  gboolean     is_open = thread->is_lost || thread->is_unresolved;
  gint64       from_ns = self->known_ns;
  LscSeenCore *core;

  thread->is_lost = thread->is_unresolved = FALSE;
  if (!is_open || number >= LSC_OBSERVER_MAX_CORES)
    return;
  if (number < self->cores->len)
    from_ns = MAX (from_ns, g_array_index (self->cores, LscSeenCore, number).known_ns);
  if (from_ns <= thread->since_ns)
    return;
  core = lsc_observer_get_core (self, number, from_ns);
  if (!core->is_losing && core->thread == NULL && core->left_ns <= from_ns)
    lsc_observer_run (self, thread, from_ns, number);
}

/* Whoever ends does so on a core. */
void
lsc_observer_resolve_end (LscObserver *self, LscSeenThread *thread)
{
  if (thread->is_unresolved)
    lsc_observer_put_state (self, thread, thread->gap_end_ns, LSC_STATE_RUNNING, LSC_CORE_UNKNOWN,
                            FALSE);
  thread->is_lost = thread->is_unresolved = FALSE;
}

/* ---- a loss ------------------------------------------------------------------------------- */

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
hit_threads (LscObserver *self, guint32 core, gint64 from_ns)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->threads);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      LscSeenThread *thread = value;
      gint64         gap_ns = MAX (from_ns, thread->since_ns);

      if (!is_hit (thread, core))
        continue;
      lsc_observer_leave_core (self, thread, gap_ns);
      lsc_observer_put_gap (self, thread, gap_ns);
    }
}

static void
release_threads (LscObserver *self, gint64 to_ns)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->threads);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      LscSeenThread *thread = value;

      if (!thread->is_lost)
        continue;
      thread->is_lost = FALSE;
      thread->is_unresolved = TRUE;
      thread->gap_end_ns = to_ns;
    }
}

static void
begin_gap (LscObserver *self, LscSeenCore *core, gint64 from_ns)
{
  if (core->lane == NULL || core->is_losing)
    return;
  core->is_losing = TRUE;
  self->n_losing++;
  lsc_observer_end_core_span (self, core, from_ns);
  from_ns = MAX (from_ns, MAX (core->known_ns, lsc_lane_get_start_ns (core->lane)));
  lsc_recorder_set_state (self->recorder, core->lane, from_ns, LSC_STATE_NOT_RECORDED, 0);
}

static void
end_gap (LscObserver *self, LscSeenCore *core, gint64 to_ns)
{
  if (!core->is_losing)
    return;
  core->is_losing = FALSE;
  self->n_losing--;
  lsc_recorder_end_states (self->recorder, core->lane, to_ns);
  core->known_ns = to_ns;
}

static void
begin_loss (LscObserver *self, guint32 number, gint64 from_ns)
{
  hit_threads (self, number, from_ns);
  if (number != LSC_ALL_CORES)
    begin_gap (self, &g_array_index (self->cores, LscSeenCore, number), from_ns);
  else
    for (guint i = 0; i < self->cores->len; i++)
      begin_gap (self, &g_array_index (self->cores, LscSeenCore, i), from_ns);
}

/* One of all takes with it what others end with. */
static void
end_loss (LscObserver *self, guint32 number, gint64 to_ns)
{
  if (number != LSC_ALL_CORES)
    end_gap (self, &g_array_index (self->cores, LscSeenCore, number), to_ns);
  else
    for (guint i = 0; i < self->cores->len; i++)
      end_gap (self, &g_array_index (self->cores, LscSeenCore, i), to_ns);
  if (number == LSC_ALL_CORES)
    self->known_ns = to_ns;
  self->lost_ns = to_ns;
  if (self->n_losing == 0)
    release_threads (self, to_ns);
}

gboolean
lsc_observer_lose (LscObserver *self, const LscRecord *record, gint64 time_ns)
{
  gint64       from_ns = MAX (time_ns - (gint64)record->name * 1000, 0);
  gboolean     is_of_all = record->lane == LSC_ALL_CORES;
  LscSeenCore *core;

  /* Messages about processes of the whole machine: no switch is missing. */
  if (record->category == LSC_SIGHT_CONNECTOR)
    {
      if ((self->watches & LSC_WATCH_SWITCHES) == 0)
        self->n_unheard += record->value;
      return TRUE;
    }
  /* Those of all are counted on the first. */
  core = lsc_observer_get_core (self, is_of_all ? 0 : record->lane, from_ns);
  if (core == NULL)
    return FALSE;
  core->n_lost += record->value;
  lsc_recorder_set_lost (self->recorder, core->lane, core->n_lost);
  if ((self->watches & LSC_WATCH_SWITCHES) == 0)
    return TRUE;

  if (is_of_all || !core->is_losing)
    begin_loss (self, record->lane, from_ns);
  if (record->value > 0)
    end_loss (self, record->lane, time_ns);
  return TRUE;
}

/* ---- nobody sees any --------------------------------------------------------------------- */

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
      thread->is_exact = thread->is_lost = thread->is_unresolved = FALSE;
      thread->has_gap = TRUE;
    }
  self->n_losing = 0;
  for (guint i = 0; i < self->cores->len; i++)
    {
      LscSeenCore *core = &g_array_index (self->cores, LscSeenCore, i);

      core->is_losing = FALSE;
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

/* lsc-observer.c: what the launcher's records of threads and processes mean.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The collector's thread. A state machine without a clock: all that it knows comes from records.
 */

#define G_LOG_DOMAIN "lsc-observe"

#include "config.h"

#include "lsc-observer-private.h"

LscObserver *
lsc_observer_new (LscRecorder *recorder, const LscObserverEvents *events)
{
  LscObserver *self = g_new0 (LscObserver, 1);

  self->recorder = recorder;
  self->events = *events;
  self->threads = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)lsc_seen_thread_free);
  self->processes =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)lsc_seen_process_unref);
  self->cores = g_array_new (FALSE, TRUE, sizeof (LscSeenCore));
  g_queue_init (&self->ended);
  return self;
}

void
lsc_observer_free (LscObserver *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->threads);
  g_hash_table_unref (self->processes);
  g_array_unref (self->cores);
  g_free (self);
}

static gboolean
end_thread (LscObserver *self, const LscRecord *record, gint64 time_ns)
{
  LscSeenThread *thread = lsc_observer_find (self, record->lane);
  /* The connector tells a little later: what perf events did not tell before was lost. */
  gboolean is_seen =
      record->category == LSC_SIGHT_PERF ||
      (record->category == LSC_SIGHT_CONNECTOR && (self->watches & LSC_WATCH_SWITCHES) == 0);

  if (record->category > LSC_SIGHT_PROC || record->lane == 0 || record->lane > G_MAXINT32)
    return FALSE;
  /* All else of a short one may be lost; its last switch comes yet. */
  if ((thread == NULL || (!thread->is_alive && !thread->has_ended)) &&
      record->category == LSC_SIGHT_PERF && (self->watches & LSC_WATCH_SWITCHES) != 0)
    thread = lsc_observer_ensure (self, record, time_ns);
  /* Two may say so. */
  if (thread == NULL || !thread->is_alive)
    return TRUE;
  if (is_seen)
    lsc_observer_end (self, thread, time_ns);
  else
    lsc_observer_end_unseen (self, thread, time_ns);
  return TRUE;
}

gboolean
lsc_observer_take (LscObserver *self, const LscRecord *record, gint64 time_ns, guint32 name)
{
  lsc_observer_forget_old (self, time_ns);

  switch ((LscRecordKind)record->kind)
    {
    case LSC_RECORD_THREAD_START:
      return lsc_observer_start (self, record, time_ns, name);
    case LSC_RECORD_THREAD_NAME:
      return lsc_observer_rename (self, record, time_ns, name);
    case LSC_RECORD_THREAD_END:
      return end_thread (self, record, time_ns);
    case LSC_RECORD_SWITCH_IN:
      return lsc_observer_switch_in (self, record, time_ns);
    case LSC_RECORD_SWITCH_OUT:
      return lsc_observer_switch_out (self, record, time_ns);
    case LSC_RECORD_SAMPLE:
      return lsc_observer_sample (self, record, time_ns);
    case LSC_RECORD_THREAD_USAGE:
      return lsc_observer_set_usage (self, record);
    case LSC_RECORD_PROCESS_END:
      return lsc_observer_end_process (self, record, time_ns);
    case LSC_RECORD_LOSS:
      return lsc_observer_lose (self, record, time_ns);
    case LSC_RECORD_WATCH:
      return lsc_observer_watch (self, record, time_ns, name);
    case LSC_RECORD_MOVED:
      self->n_moved += record->value;
      return TRUE;
    case LSC_RECORD_NONE:
    case LSC_RECORD_LANE_START:
    case LSC_RECORD_LANE_END:
    case LSC_RECORD_SPAN_BEGIN:
    case LSC_RECORD_SPAN_END:
    case LSC_RECORD_STATE:
    case LSC_RECORD_COUNTER:
    case LSC_RECORD_MARK:
    case LSC_RECORD_USAGE:
    default:
      return FALSE;
    }
}

gboolean
lsc_observer_get_watched (LscObserver *self, guint *watches)
{
  *watches = self->watched;
  return self->has_watch;
}

guint64
lsc_observer_get_n_unheard (LscObserver *self)
{
  return self->n_unheard;
}

guint64
lsc_observer_get_n_moved (LscObserver *self)
{
  return self->n_moved;
}

guint64
lsc_observer_get_n_beyond (LscObserver *self)
{
  return self->n_beyond;
}

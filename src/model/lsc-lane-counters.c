/* lsc-lane-counters.c: what was counted of a process, between two times and by pixels.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading threads. Values are found by halving; what lies within a pixel is asked of the
 * counter's levels, or follows from the values at its edges.
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-lane-counters.h"

#include "lsc-lane-private.h"
#include "lsc-recording.h"

/* NULL when there is no value. */
static const LscCounter *
get_counter (const LscLane *lane, guint kind)
{
  const LscCounter *counter = lsc_lane_get_counter (lane, kind);

  return counter != NULL && lsc_log_get_n (&counter->values) > 0 ? counter : NULL;
}

static LscCounterValue
get_value (const LscCounter *counter, guint64 index)
{
  return *LSC_LOG_AT (&counter->values, LscCounterValue, index);
}

gboolean
lsc_lane_has_counter (const LscLane *lane, LscCounterKind kind)
{
  g_return_val_if_fail (lane != NULL, FALSE);
  g_return_val_if_fail (kind > 0 && (guint)kind < LSC_N_COUNTERS, FALSE);

  return get_counter (lane, kind) != NULL;
}

gboolean
lsc_lane_get_last_counter (const LscLane *lane, LscCounterKind kind, guint64 *value)
{
  const LscCounter *counter;

  g_return_val_if_fail (lane != NULL && value != NULL, FALSE);
  g_return_val_if_fail (kind > 0 && (guint)kind < LSC_N_COUNTERS, FALSE);

  counter = get_counter (lane, kind);
  if (counter == NULL)
    return FALSE;
  *value = get_value (counter, lsc_log_get_n (&counter->values) - 1).value;
  return TRUE;
}

double
lsc_lane_get_most_cores (const LscLane *lane)
{
  const LscCounter *counter;

  g_return_val_if_fail (lane != NULL, 0);

  counter = lsc_lane_get_counter (lane, LSC_COUNTER_CPU_NS);
  return counter != NULL ? (double)__atomic_load_n (&counter->steepest, __ATOMIC_RELAXED) / 1e3 : 0;
}

void
lsc_recording_foreach_counter (LscRecording  *self,
                               LscLane       *lane,
                               LscCounterKind kind,
                               gint64         from_ns,
                               gint64         to_ns,
                               LscCounterFunc func,
                               gpointer       user_data)
{
  const LscCounter *counter;
  guint64           n;

  g_return_if_fail (lane != NULL);
  g_return_if_fail (kind > 0 && (guint)kind < LSC_N_COUNTERS);

  counter = get_counter (lane, kind);
  if (counter == NULL)
    return;
  n = lsc_log_get_n (&counter->values);
  for (guint64 i = lsc_counter_find (counter, from_ns); i < n; i++)
    {
      LscCounterValue value = get_value (counter, i);

      if (value.time_ns >= to_ns || !func (value.time_ns, value.value, user_data))
        return;
    }
}

/* ---- what adds up --------------------------------------------------------------------- */

/* A counter, and what is known of it beside its values. */
typedef struct
{
  const LscCounter *counter;
  guint64           n;
  guint64           at;       /* nothing before this value is asked for any more */
  gint64            start_ns; /* it was 0 then; G_MAXINT64: nobody knows */
  LscCounterValue   last;     /* or a time later, when it was the same */
} Sum;

/* One that was found while it ran had used something already. */
static gboolean
began_at_nothing (const LscLane *lane, const LscCounterValue *first)
{
  return lsc_lane_is_own (lane) || (first->time_ns > lane->start_ns &&
                                    first->value <= (guint64)(first->time_ns - lane->start_ns));
}

static gboolean
sum_init (Sum *sum, const LscLane *lane, LscCounterKind kind)
{
  LscCounterValue first;

  sum->counter = get_counter (lane, kind);
  if (sum->counter == NULL)
    return FALSE;
  sum->n = lsc_log_get_n (&sum->counter->values);
  sum->at = 0;
  first = get_value (sum->counter, 0);
  sum->last = get_value (sum->counter, sum->n - 1);
  sum->last.time_ns =
      MAX (sum->last.time_ns, __atomic_load_n (&sum->counter->repeat_ns, __ATOMIC_ACQUIRE));
  sum->start_ns = G_MAXINT64;
  if (kind == LSC_COUNTER_CPU_NS && first.time_ns >= lane->start_ns &&
      began_at_nothing (lane, &first))
    sum->start_ns = lane->start_ns;
  return TRUE;
}

static gint64
sum_get_begin (const Sum *sum)
{
  return MIN (sum->start_ns, get_value (sum->counter, 0).time_ns);
}

/* The values around a time that it is known at: before, and at or after it. */
static void
sum_get_around (const Sum *sum, gint64 time_ns, LscCounterValue *before, LscCounterValue *after)
{
  guint64 i = MIN (lsc_counter_find_from (sum->counter, sum->at, time_ns), sum->n);

  *after = i < sum->n ? get_value (sum->counter, i) : sum->last;
  if (i > 0)
    *before = get_value (sum->counter, i - 1);
  else if (sum->start_ns != G_MAXINT64)
    *before = (LscCounterValue){ sum->start_ns, 0 };
  else
    *before = *after;
}

/* At a time that it is known at. */
static double
sum_get_value (const Sum *sum, gint64 time_ns)
{
  LscCounterValue before, after;
  double          share;

  sum_get_around (sum, time_ns, &before, &after);
  if (after.time_ns <= before.time_ns || after.value < before.value)
    return (double)after.value;
  share = (double)(time_ns - before.time_ns) / (double)(after.time_ns - before.time_ns);
  return (double)before.value + (double)(after.value - before.value) * CLAMP (share, 0.0, 1.0);
}

gboolean
lsc_lane_sum_counter (const LscLane *lane,
                      LscCounterKind kind,
                      gint64         from_ns,
                      gint64         to_ns,
                      guint64       *growth)
{
  Sum sum;

  g_return_val_if_fail (lane != NULL && growth != NULL, FALSE);
  g_return_val_if_fail (kind > 0 && (guint)kind < LSC_N_COUNTERS, FALSE);

  *growth = 0;
  if (!sum_init (&sum, lane, kind))
    return FALSE;
  from_ns = MAX (from_ns, sum_get_begin (&sum));
  to_ns = MIN (to_ns, sum.last.time_ns);
  if (from_ns >= to_ns)
    return FALSE;
  *growth = (guint64)MAX (sum_get_value (&sum, to_ns) - sum_get_value (&sum, from_ns) + 0.5, 0.0);
  return TRUE;
}

gboolean
lsc_lane_find_cores (const LscLane *lane, gint64 time_ns, double *cores)
{
  LscCounterValue before, after;
  Sum             sum;

  g_return_val_if_fail (lane != NULL && cores != NULL, FALSE);

  if (!sum_init (&sum, lane, LSC_COUNTER_CPU_NS) || time_ns < sum_get_begin (&sum) ||
      time_ns > sum.last.time_ns)
    return FALSE;
  /* At its very start the time after it is what there is. */
  sum_get_around (&sum, MAX (time_ns, sum_get_begin (&sum) + 1), &before, &after);
  if (after.time_ns <= before.time_ns)
    return FALSE;
  *cores = after.value > before.value
               ? (double)(after.value - before.value) / (double)(after.time_ns - before.time_ns)
               : 0.0;
  return TRUE;
}

void
lsc_lane_query_cores (const LscLane *lane, gint64 from_ns, gint64 to_ns, guint n_px, float *cores)
{
  double px_ns = (double)(to_ns - from_ns) / n_px;
  gint64 begin_ns;
  gint64 at_ns = 0;
  double value = 0;
  Sum    sum;

  g_return_if_fail (lane != NULL && cores != NULL);
  g_return_if_fail (to_ns > from_ns && n_px > 0);

  for (guint i = 0; i < n_px; i++)
    cores[i] = -1;
  if (!sum_init (&sum, lane, LSC_COUNTER_CPU_NS))
    return;

  begin_ns = sum_get_begin (&sum);
  for (guint i = 0; i < n_px; i++)
    {
      gint64 a_ns = MAX (from_ns + (gint64)(px_ns * i), begin_ns);
      gint64 b_ns = MIN (from_ns + (gint64)(px_ns * (i + 1)), sum.last.time_ns);
      double end;

      if (a_ns >= b_ns)
        continue;
      /* Mostly the end of the pixel before. */
      if (at_ns != a_ns)
        value = sum_get_value (&sum, a_ns);
      sum.at = MIN (lsc_counter_find_from (sum.counter, sum.at, b_ns), sum.n);
      end = sum_get_value (&sum, b_ns);
      cores[i] = (float)(MAX (end - value, 0.0) / (double)(b_ns - a_ns));
      at_ns = b_ns;
      value = end;
    }
}

/* ---- memory ------------------------------------------------------------------------------ */

gboolean
lsc_lane_get_peak (const LscLane *lane,
                   LscCounterKind kind,
                   gint64         from_ns,
                   gint64         to_ns,
                   gint64         now_ns,
                   guint64       *bytes)
{
  const LscCounter *counter;
  gint64            open_end_ns;
  guint64           first, end;

  g_return_val_if_fail (lane != NULL && bytes != NULL, FALSE);
  g_return_val_if_fail (kind > 0 && (guint)kind < LSC_N_COUNTERS, FALSE);

  counter = get_counter (lane, kind);
  open_end_ns = lsc_lane_get_open_end (lane, now_ns);
  if (open_end_ns < to_ns)
    to_ns = open_end_ns + 1;
  if (counter == NULL || from_ns >= to_ns)
    return FALSE;
  /* What it was at the beginning stood in a value before. */
  first = lsc_counter_find (counter, from_ns + 1);
  first -= first > 0 ? 1 : 0;
  end = lsc_counter_find (counter, to_ns);
  if (first >= end)
    return FALSE;
  *bytes = lsc_counter_get_extremes (counter, first, end).high;
  return TRUE;
}

gint64
lsc_lane_get_peak_rss (const LscLane *lane, gboolean *is_sampled)
{
  const LscCounter *counter;
  LscUsage          usage;
  gint64            seen = -1;

  g_return_val_if_fail (lane != NULL, -1);

  lsc_lane_get_usage (lane, &usage);
  *is_sampled = usage.peak_rss_bytes < 0 || !lsc_lane_is_own (lane);
  if (!*is_sampled)
    return usage.peak_rss_bytes;
  counter = get_counter (lane, LSC_COUNTER_RSS_BYTES);
  if (counter != NULL)
    seen = (gint64)lsc_counter_get_extremes (counter, 0, lsc_log_get_n (&counter->values)).high;
  return MAX (seen, usage.peak_rss_bytes);
}

gboolean
lsc_lane_find_memory (const LscLane *lane,
                      LscCounterKind kind,
                      gint64         time_ns,
                      gint64         now_ns,
                      guint64       *bytes)
{
  return lsc_lane_get_peak (lane, kind, time_ns, time_ns + 1, now_ns, bytes);
}

void
lsc_lane_query_memory (const LscLane  *lane,
                       LscCounterKind  kind,
                       gint64          from_ns,
                       gint64          to_ns,
                       guint           n_px,
                       gint64          now_ns,
                       LscMemoryPixel *pixels)
{
  double            px_ns = (double)(to_ns - from_ns) / n_px;
  const LscCounter *counter;
  gint64            end_ns;
  guint64           first;

  g_return_if_fail (lane != NULL && pixels != NULL);
  g_return_if_fail (!lsc_counter_adds_up (kind));
  g_return_if_fail (to_ns > from_ns && n_px > 0);

  for (guint i = 0; i < n_px; i++)
    pixels[i] = (LscMemoryPixel){ FALSE };
  counter = get_counter (lane, kind);
  if (counter == NULL)
    return;

  end_ns = lsc_lane_get_open_end (lane, now_ns);
  first = lsc_counter_find (counter, from_ns);
  for (guint i = 0; i < n_px; i++)
    {
      gint64      a_ns = from_ns + (gint64)(px_ns * i);
      gint64      b_ns = MAX (from_ns + (gint64)(px_ns * (i + 1)), a_ns + 1);
      guint64     end = lsc_counter_find_from (counter, first, b_ns);
      LscExtremes in;

      /* With what it was when the pixel began. */
      if (end > 0 && a_ns <= end_ns)
        {
          in = lsc_counter_get_extremes (counter, first > 0 ? first - 1 : 0, end);
          pixels[i] = (LscMemoryPixel){ TRUE, in.low, in.high, get_value (counter, end - 1).value };
        }
      first = end;
    }
}

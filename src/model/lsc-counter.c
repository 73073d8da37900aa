/* lsc-counter.c: the values of one counter of a lane.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See the header for who may do what.
 */

#include "config.h"

#include "lsc-counter-private.h"

#define FANOUT 32u

/* How steep it is says less the shorter the time is: clocks are read one after the other. */
#define LEAST_SPAN_NS G_GINT64_CONSTANT (40000000)
#define MAX_LOOK_BACK 8u

/* ---- appending -------------------------------------------------------------------- */

static LscExtremes
get_entry (const LscCounter *counter, guint level, guint64 index)
{
  guint64 value;

  if (level > 0)
    return *LSC_LOG_AT (&counter->levels[level - 1], LscExtremes, index);
  value = LSC_LOG_AT (&counter->values, LscCounterValue, index)->value;
  return (LscExtremes){ value, value };
}

static void
widen (LscExtremes *extremes, const LscExtremes *other)
{
  extremes->low = MIN (extremes->low, other->low);
  extremes->high = MAX (extremes->high, other->high);
}

/* A value is new: and with it an entry of each level that it makes full. */
static void
summarise (LscCounter *counter)
{
  guint64 n = counter->values.n;

  for (guint level = 0; level < LSC_COUNTER_LEVELS && n % FANOUT == 0; level++)
    {
      LscExtremes  all = { G_MAXUINT64, 0 };
      LscExtremes *entry;

      if (counter->levels == NULL)
        __atomic_store_n (&counter->levels, g_new0 (LscLog, LSC_COUNTER_LEVELS), __ATOMIC_RELEASE);
      for (guint64 i = n - FANOUT; i < n; i++)
        {
          LscExtremes part = get_entry (counter, level, i);

          widen (&all, &part);
        }
      entry = LSC_LOG_NEXT (&counter->levels[level], LscExtremes);
      *entry = all;
      lsc_log_publish (&counter->levels[level]);
      n = counter->levels[level].n;
    }
}

static void
measure_steepness (LscCounter *counter)
{
  guint64                n = counter->values.n;
  const LscCounterValue *last = LSC_LOG_AT (&counter->values, LscCounterValue, n - 1);

  for (guint64 back = 2; back <= MIN (n, MAX_LOOK_BACK); back++)
    {
      const LscCounterValue *before = LSC_LOG_AT (&counter->values, LscCounterValue, n - back);
      gint64                 span_ns = last->time_ns - before->time_ns;
      guint64                thousandths;

      if (span_ns < LEAST_SPAN_NS)
        continue;
      thousandths = last->value <= before->value
                        ? 0
                        : (guint64)((double)(last->value - before->value) / (double)span_ns * 1e3);
      if (thousandths > counter->steepest)
        __atomic_store_n (&counter->steepest, thousandths, __ATOMIC_RELAXED);
      return;
    }
}

void
lsc_counter_push (LscCounter *counter, guint kind, gint64 time_ns, guint64 value)
{
  LscCounterValue *place = LSC_LOG_NEXT (&counter->values, LscCounterValue);

  place->time_ns = time_ns;
  place->value = value;
  lsc_log_publish (&counter->values);
  if (lsc_counter_adds_up (kind))
    measure_steepness (counter);
  else
    summarise (counter);
}

void
lsc_counter_append (LscCounter *counter, guint kind, gint64 time_ns, guint64 value)
{
  if (counter->values.n > 0)
    {
      const LscCounterValue *last =
          LSC_LOG_AT (&counter->values, LscCounterValue, counter->values.n - 1);

      time_ns = MAX (time_ns, MAX (last->time_ns, counter->repeat_ns));
      if (value == last->value)
        {
          __atomic_store_n (&counter->repeat_ns, time_ns, __ATOMIC_RELEASE);
          return;
        }
    }
  lsc_counter_settle (counter, kind);
  lsc_counter_push (counter, kind, time_ns, value);
}

void
lsc_counter_settle (LscCounter *counter, guint kind)
{
  const LscCounterValue *last;

  if (counter->repeat_ns == 0)
    return;
  last = LSC_LOG_AT (&counter->values, LscCounterValue, counter->values.n - 1);
  /* A level holds by itself until it changes. */
  if (lsc_counter_adds_up (kind) && counter->repeat_ns > last->time_ns)
    lsc_counter_push (counter, kind, counter->repeat_ns, last->value);
  __atomic_store_n (&counter->repeat_ns, 0, __ATOMIC_RELEASE);
}

void
lsc_counter_clear (LscCounter *counter)
{
  lsc_log_clear (&counter->values);
  for (guint i = 0; counter->levels != NULL && i < LSC_COUNTER_LEVELS; i++)
    lsc_log_clear (&counter->levels[i]);
  g_clear_pointer (&counter->levels, g_free);
}

/* ---- looking ------------------------------------------------------------------------ */

static gboolean
is_before (const LscCounter *counter, guint64 index, gint64 time_ns)
{
  return LSC_LOG_AT (&counter->values, LscCounterValue, index)->time_ns < time_ns;
}

static guint64
find_between (const LscCounter *counter, guint64 low, guint64 high, gint64 time_ns)
{
  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;

      if (is_before (counter, middle, time_ns))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint64
lsc_counter_find (const LscCounter *counter, gint64 time_ns)
{
  return find_between (counter, 0, lsc_log_get_n (&counter->values), time_ns);
}

guint64
lsc_counter_find_from (const LscCounter *counter, guint64 first, gint64 time_ns)
{
  guint64 n = lsc_log_get_n (&counter->values);
  guint64 low = first;
  guint64 step = 1;

  while (low + step <= n && is_before (counter, low + step - 1, time_ns))
    {
      low += step;
      step *= 2;
    }
  return find_between (counter, low, MIN (low + step, n), time_ns);
}

LscExtremes
lsc_counter_get_extremes (const LscCounter *counter, guint64 first, guint64 end)
{
  const LscLog *levels = __atomic_load_n (&counter->levels, __ATOMIC_ACQUIRE);
  LscExtremes   all = { G_MAXUINT64, 0 };

  while (first < end)
    {
      guint       level = 0;
      guint64     width = 1;
      LscExtremes part;

      /* The widest entry that begins here, and is there already. */
      while (level < LSC_COUNTER_LEVELS && levels != NULL && first % (width * FANOUT) == 0 &&
             first + width * FANOUT <= end &&
             first / (width * FANOUT) < lsc_log_get_n (&levels[level]))
        {
          level++;
          width *= FANOUT;
        }
      part = get_entry (counter, level, first / width);
      widen (&all, &part);
      first += width;
    }
  return all;
}

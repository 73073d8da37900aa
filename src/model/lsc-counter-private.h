/* lsc-counter-private.h: the values of one counter of a lane.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread appends, any thread reads what is below the published counts. A value that
 * is the same as before is not kept again: only until when it was so. Above the values of
 * memory lie levels: the least and the most of 32 values, of 32 of those, and so on, so
 * that a look at a pixel costs the same whether there are ten values in it or a million.
 */

#pragma once

#include "lsc-lane.h"
#include "lsc-log-private.h"

#define LSC_COUNTER_LEVELS 4u

/* As in files. */
typedef struct
{
  gint64  time_ns;
  guint64 value;
} LscCounterValue;

typedef struct
{
  guint64 low;
  guint64 high;
} LscExtremes;

typedef struct
{
  LscLog  values; /* LscCounterValue */
  LscLog *levels; /* atomic; LSC_COUNTER_LEVELS of LscExtremes; NULL while there are few values */
  gint64  repeat_ns; /* atomic; the last value was told again then, as the same; 0: it was not */
  guint64 steepest; /* atomic; of what adds up: the most in a second, in thousandths of ns per ns */
} LscCounter;

/* Whether it adds up, as CPU time does; else it is a level, as memory is. */
static inline gboolean
lsc_counter_adds_up (guint kind)
{
  return kind != LSC_COUNTER_RSS_BYTES && kind != LSC_COUNTER_PSS_BYTES;
}

/* Times must not decrease: an earlier one is moved to the last. */
void lsc_counter_append (LscCounter *counter, guint kind, gint64 time_ns, guint64 value);
/* The same, in order and as it is: of files. */
void lsc_counter_push (LscCounter *counter, guint kind, gint64 time_ns, guint64 value);
/* Nothing more will come soon: keeps until when the last value was so. */
void lsc_counter_settle (LscCounter *counter, guint kind);
void lsc_counter_clear (LscCounter *counter);

/* The first value at or after a time: its index, the number of values for none. */
guint64 lsc_counter_find (const LscCounter *counter, gint64 time_ns);
/* The same for one that is at `first` or later, and mostly near it. */
guint64 lsc_counter_find_from (const LscCounter *counter, guint64 first, gint64 time_ns);
/* Of the values first to end - 1, at least one. */
LscExtremes lsc_counter_get_extremes (const LscCounter *counter, guint64 first, guint64 end);

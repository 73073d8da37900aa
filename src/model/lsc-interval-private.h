/* lsc-interval-private.h: one stored span or state, 24 bytes, in memory and in files.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* A duration ends at 104 days. */
#define LSC_INTERVAL_DURATION_BITS 53
/* No time is as late as this; sums of times and durations stay far from overflow. */
#define LSC_MAX_TIME_NS     (G_MAXINT64 / 4)
#define LSC_INTERVAL_MAX_NS ((G_GINT64_CONSTANT (1) << LSC_INTERVAL_DURATION_BITS) - 1)

/* The status of a state that was sampled; of others it is 0. */
#define LSC_STATE_STATUS_SAMPLED 1u

typedef struct
{
  gint64  start_ns;
  guint64 bits; /* duration, above it 8 bits of category and 3 of status */
  guint32 name;
  guint32 task;
} LscInterval;

G_STATIC_ASSERT (sizeof (LscInterval) == 24);

static inline guint64
lsc_interval_pack (gint64 duration_ns, guint8 category, guint8 status)
{
  return (guint64)duration_ns | (guint64)category << LSC_INTERVAL_DURATION_BITS |
         (guint64)(status & 7) << (LSC_INTERVAL_DURATION_BITS + 8);
}

static inline gint64
lsc_interval_get_duration (const LscInterval *interval)
{
  return (gint64)(interval->bits & (guint64)LSC_INTERVAL_MAX_NS);
}

static inline gint64
lsc_interval_get_end (const LscInterval *interval)
{
  return interval->start_ns + lsc_interval_get_duration (interval);
}

static inline guint8
lsc_interval_get_category (const LscInterval *interval)
{
  return (guint8)(interval->bits >> LSC_INTERVAL_DURATION_BITS);
}

static inline guint8
lsc_interval_get_status (const LscInterval *interval)
{
  return (guint8)(interval->bits >> (LSC_INTERVAL_DURATION_BITS + 8)) & 7;
}

/* Whether it is seen in [from, to): one without a length where it stands. */
static inline gboolean
lsc_interval_is_over (const LscInterval *interval, gint64 from_ns)
{
  return interval->start_ns < from_ns && lsc_interval_get_end (interval) <= from_ns;
}

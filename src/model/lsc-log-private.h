/* lsc-log-private.h: an append-only array whose elements never move.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread appends, any thread reads what is below the published count.
 * Segments double in size, so that growing never copies. Zero-filled memory is
 * an empty log.
 */

#pragma once

#include <glib.h>

#define LSC_LOG_SEGMENTS    40
#define LSC_LOG_FIRST_SHIFT 3 /* the first segment has 8 elements */

typedef struct
{
  guint8 *segments[LSC_LOG_SEGMENTS];
  guint64 n; /* atomic */
} LscLog;

static inline guint64
lsc_log_get_n (const LscLog *log)
{
  return __atomic_load_n (&log->n, __ATOMIC_ACQUIRE);
}

static inline guint
lsc_log_get_segment (guint64 index, guint64 *offset)
{
  guint64 place = index + (1u << LSC_LOG_FIRST_SHIFT);
  guint   top = 63 - (guint)__builtin_clzll (place);

  *offset = place - (G_GUINT64_CONSTANT (1) << top);
  return top - LSC_LOG_FIRST_SHIFT;
}

/* An element below the count that lsc_log_get_n() told. */
static inline gpointer
lsc_log_at (const LscLog *log, gsize size, guint64 index)
{
  guint64 offset;
  guint   segment = lsc_log_get_segment (index, &offset);

  return log->segments[segment] + offset * size;
}

#define LSC_LOG_AT(log, Type, index) ((Type *)lsc_log_at ((log), sizeof (Type), (index)))

/* The zero-filled place of the next element: fill it, then lsc_log_publish(). */
static inline gpointer
lsc_log_next (LscLog *log, gsize size)
{
  guint64 offset;
  guint   segment = lsc_log_get_segment (log->n, &offset);

  if (log->segments[segment] == NULL)
    log->segments[segment] =
        (guint8 *)g_malloc0_n ((gsize)1 << (segment + LSC_LOG_FIRST_SHIFT), size);
  return log->segments[segment] + offset * size;
}

#define LSC_LOG_NEXT(log, Type) ((Type *)lsc_log_next ((log), sizeof (Type)))

static inline void
lsc_log_publish (LscLog *log)
{
  __atomic_store_n (&log->n, log->n + 1, __ATOMIC_RELEASE);
}

static inline void
lsc_log_clear (LscLog *log)
{
  for (guint i = 0; i < LSC_LOG_SEGMENTS; i++)
    g_free (log->segments[i]);
}

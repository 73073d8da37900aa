/* lsc-lane-counters.h: what was counted of a process: CPU time, memory, faults, switches.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Within lsc_recording_begin_read() and lsc_recording_end_read(), as lsc-lane.h. All values are
 * samples, some ten to twenty a second. What adds up (CPU time, faults, switches) went on evenly
 * between two of them as far as anybody knows; memory was what it was at the last one.
 */

#pragma once

#include "lsc-lane.h"

G_BEGIN_DECLS

gboolean lsc_lane_has_counter (const LscLane *lane, LscCounterKind kind);
/* FALSE: nobody told. */
gboolean lsc_lane_get_last_counter (const LscLane *lane, LscCounterKind kind, guint64 *value);
/* The CPU time that it used in a second, at its most, in cores; 0: not known. */
double lsc_lane_get_most_cores (const LscLane *lane);

/* By how much a counter that adds up grew; FALSE where nothing is known of any part of it. */
gboolean lsc_lane_sum_counter (const LscLane *lane,
                               LscCounterKind kind,
                               gint64         from_ns,
                               gint64         to_ns,
                               guint64       *growth);
/* The most that memory was between two times; FALSE: nobody told. */
gboolean lsc_lane_get_peak (const LscLane *lane,
                            LscCounterKind kind,
                            gint64         from_ns,
                            gint64         to_ns,
                            gint64         now_ns,
                            guint64       *bytes);

/* The most memory that a process had, bytes; -1: nobody told. Of one of ours that has ended it is
 * what the kernel told; else the most that was seen, and then it is sampled. */
gint64 lsc_lane_get_peak_rss (const LscLane *lane, gboolean *is_sampled);

/* How many cores it used at a time: the mean between the values around it. */
gboolean lsc_lane_find_cores (const LscLane *lane, gint64 time_ns, double *cores);
/* Memory at a time. */
gboolean lsc_lane_find_memory (const LscLane *lane,
                               LscCounterKind kind,
                               gint64         time_ns,
                               gint64         now_ns,
                               guint64       *bytes);

/**
 * lsc_lane_query_cores:
 * @from_ns: start of the view
 * @to_ns: end of the view, after @from_ns
 * @n_px: width of the view in pixels, at least 1
 * @cores: n_px values
 *
 * How many cores a process used on average in each pixel; negative where nobody knows. The
 * cost grows with the pixels, not with the values.
 */
void
lsc_lane_query_cores (const LscLane *lane, gint64 from_ns, gint64 to_ns, guint n_px, float *cores);

/* Memory within a pixel. */
typedef struct
{
  gboolean is_known;
  guint64  low;
  guint64  high; /* also of what lasted for less than the pixel */
  guint64  last; /* at its end */
} LscMemoryPixel;

/* The same of memory: LSC_COUNTER_RSS_BYTES or LSC_COUNTER_PSS_BYTES. */
void lsc_lane_query_memory (const LscLane  *lane,
                            LscCounterKind  kind,
                            gint64          from_ns,
                            gint64          to_ns,
                            guint           n_px,
                            gint64          now_ns,
                            LscMemoryPixel *pixels);

G_END_DECLS

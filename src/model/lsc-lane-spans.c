/* lsc-lane-spans.c: single spans of a lane: found, walked, summed up.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading threads; each function holds the read lock while it looks. What is open
 * is read before the count of what is closed, so that a span which closes
 * meanwhile is met once and not twice.
 */

#include "config.h"

#include "lsc-lane-private.h"

static void
fill_closed (LscSpan *span, const LscInterval *interval, guint depth)
{
  span->start_ns = interval->start_ns;
  span->end_ns = lsc_interval_get_end (interval);
  span->name = interval->name;
  span->task = interval->task;
  span->category = lsc_interval_get_category (interval);
  span->status = lsc_interval_get_status (interval);
  span->depth = (guint8)depth;
}

static void
fill_open (LscSpan *span, const LscOpen *open, guint depth, gint64 now_ns)
{
  span->start_ns = open->start_ns;
  span->end_ns = MAX (now_ns, open->start_ns);
  span->name = (guint32)(open->name_task >> 32);
  span->task = (guint32)open->name_task;
  span->category = (guint8)open->category;
  span->status = LSC_TASK_RUNNING;
  span->depth = (guint8)depth;
}

gboolean
lsc_lane_find_span (LscLane *lane, guint depth, gint64 time_ns, gint64 now_ns, LscSpan *span)
{
  LscSnapshot snapshot;
  gboolean    found = FALSE;
  guint64     at;

  lsc_lane_lock (lane);
  lsc_lane_take_snapshot (lane, LSC_TRACK_SPANS, depth, &snapshot);
  /* The last that has started: one without a length may stand before what covers the time. */
  at = snapshot.n > 0 && time_ns < G_MAXINT64
           ? lsc_track_find_start (snapshot.track, snapshot.n, time_ns + 1)
           : 0;
  if (snapshot.is_open && snapshot.open.start_ns <= time_ns && time_ns <= now_ns)
    {
      fill_open (span, &snapshot.open, depth, now_ns);
      found = TRUE;
    }
  else if (at > 0)
    {
      fill_closed (span, lsc_track_get (snapshot.track, at - 1), depth);
      found = span->end_ns > time_ns || span->start_ns == time_ns;
    }
  lsc_lane_unlock (lane);
  return found;
}

gboolean
lsc_lane_next_span (LscLane *lane, guint depth, gint64 time_ns, gint64 now_ns, LscSpan *span)
{
  LscSnapshot snapshot;
  gboolean    found = FALSE;
  guint64     at;

  if (time_ns == G_MAXINT64)
    return FALSE;
  lsc_lane_lock (lane);
  lsc_lane_take_snapshot (lane, LSC_TRACK_SPANS, depth, &snapshot);
  at = snapshot.n > 0 ? lsc_track_find_start (snapshot.track, snapshot.n, time_ns + 1) : 0;
  if (at < snapshot.n)
    {
      fill_closed (span, lsc_track_get (snapshot.track, at), depth);
      found = TRUE;
    }
  else if (snapshot.is_open && snapshot.open.start_ns > time_ns)
    {
      fill_open (span, &snapshot.open, depth, now_ns);
      found = TRUE;
    }
  lsc_lane_unlock (lane);
  return found;
}

gboolean
lsc_lane_previous_span (LscLane *lane, guint depth, gint64 time_ns, gint64 now_ns, LscSpan *span)
{
  LscSnapshot snapshot;
  gboolean    found = FALSE;

  lsc_lane_lock (lane);
  lsc_lane_take_snapshot (lane, LSC_TRACK_SPANS, depth, &snapshot);
  if (snapshot.is_open && snapshot.open.start_ns < time_ns)
    {
      fill_open (span, &snapshot.open, depth, now_ns);
      found = TRUE;
    }
  else if (snapshot.n > 0)
    {
      guint64 at = lsc_track_find_start (snapshot.track, snapshot.n, time_ns);

      if (at > 0)
        {
          fill_closed (span, lsc_track_get (snapshot.track, at - 1), depth);
          found = TRUE;
        }
    }
  lsc_lane_unlock (lane);
  return found;
}

static void
add_to_sum (LscRangeSum *sum, gint64 start_ns, gint64 end_ns, gint64 from_ns, gint64 to_ns)
{
  sum->n_spans++;
  sum->covered_ns += MAX (MIN (end_ns, to_ns) - MAX (start_ns, from_ns), 0);
  sum->longest_ns = MAX (sum->longest_ns, end_ns - start_ns);
}

/* Blocks that lie within the range count as a whole, by their nodes. */
static void
sum_closed (const LscSnapshot *snapshot, gint64 from_ns, gint64 to_ns, LscRangeSum *sum)
{
  guint64 at = lsc_track_find (snapshot->track, snapshot->n, from_ns);
  guint64 end = lsc_track_find_start (snapshot->track, snapshot->n, to_ns);
  guint64 n_nodes = lsc_track_get_n_nodes (snapshot->track, 0);

  while (at < end)
    {
      guint64            block = at / LSC_BLOCK_INTERVALS;
      const LscInterval *interval;

      if (at % LSC_BLOCK_INTERVALS == 0 && block < n_nodes && end - at >= LSC_BLOCK_INTERVALS)
        {
          const LscNode *node = lsc_track_get_node (snapshot->track, 0, block);

          if (node->t0_ns >= from_ns && node->t1_ns <= to_ns)
            {
              sum->n_spans += LSC_BLOCK_INTERVALS;
              sum->covered_ns += node->covered_ns;
              sum->longest_ns = MAX (sum->longest_ns, node->longest_ns);
              at += LSC_BLOCK_INTERVALS;
              continue;
            }
        }
      interval = lsc_track_get (snapshot->track, at);
      add_to_sum (sum, interval->start_ns, lsc_interval_get_end (interval), from_ns, to_ns);
      at++;
    }
}

void
lsc_lane_sum (LscLane     *lane,
              LscTrackKind track,
              guint        depth,
              gint64       from_ns,
              gint64       to_ns,
              gint64       now_ns,
              LscRangeSum *sum)
{
  LscSnapshot snapshot;

  *sum = (LscRangeSum){ 0 };
  lsc_lane_lock (lane);
  lsc_lane_take_snapshot (lane, track, depth, &snapshot);
  if (snapshot.n > 0)
    sum_closed (&snapshot, from_ns, to_ns, sum);
  if (snapshot.is_open && snapshot.open.start_ns < to_ns &&
      (now_ns > from_ns || snapshot.open.start_ns >= from_ns))
    add_to_sum (sum, snapshot.open.start_ns, MAX (now_ns, snapshot.open.start_ns), from_ns, to_ns);
  lsc_lane_unlock (lane);
}

void
lsc_lane_foreach_span (LscLane    *lane,
                       guint       depth,
                       gint64      from_ns,
                       gint64      to_ns,
                       gint64      now_ns,
                       LscSpanFunc func,
                       gpointer    user_data)
{
  LscSnapshot snapshot;
  LscSpan     span;

  lsc_lane_lock (lane);
  lsc_lane_take_snapshot (lane, LSC_TRACK_SPANS, depth, &snapshot);
  for (guint64 i = snapshot.n > 0 ? lsc_track_find (snapshot.track, snapshot.n, from_ns) : 0;
       i < snapshot.n; i++)
    {
      fill_closed (&span, lsc_track_get (snapshot.track, i), depth);
      if (span.start_ns >= to_ns)
        break;
      func (&span, user_data);
    }
  if (snapshot.is_open && snapshot.open.start_ns < to_ns &&
      (now_ns > from_ns || snapshot.open.start_ns >= from_ns))
    {
      fill_open (&span, &snapshot.open, depth, now_ns);
      func (&span, user_data);
    }
  lsc_lane_unlock (lane);
}

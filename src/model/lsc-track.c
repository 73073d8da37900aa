/* lsc-track.c: appends intervals, seals blocks, finds intervals by time.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A block is published by its pointer, an interval by the count, a node by its
 * level's count, in this order. A tail starts small, since there may be
 * thousands of quiet tracks, and moves while it grows; what it leaves behind is
 * retired, not freed.
 */

#include "config.h"

#include "lsc-track-private.h"

#include <string.h>

#define TAIL_FIRST_CAPACITY 32u

LscTrack *
lsc_track_new (LscTrackKind kind)
{
  LscTrack *track = g_new0 (LscTrack, 1);

  track->kind = kind;
  return track;
}

void
lsc_track_free (LscTrack *track)
{
  if (track == NULL)
    return;
  for (guint64 i = 0; i < lsc_log_get_n (&track->blocks); i++)
    {
      LscBlock *block = LSC_LOG_AT (&track->blocks, LscBlock, i);

      if (!block->mapped)
        g_free ((gpointer)block->intervals);
    }
  lsc_log_clear (&track->blocks);
  for (guint level = 0; track->levels != NULL && level < LSC_TRACK_LEVELS; level++)
    {
      for (guint64 i = 0; i < lsc_log_get_n (&track->levels[level]); i++)
        lsc_node_clear (LSC_LOG_AT (&track->levels[level], LscNode, i));
      lsc_log_clear (&track->levels[level]);
    }
  g_free (track->levels);
  g_free (track);
}

/* ---- appending ---------------------------------------------------------------- */

static void
set_block (LscTrack *track, guint64 index, const LscInterval *intervals, gboolean mapped)
{
  gboolean  is_new = index == track->blocks.n;
  LscBlock *block = is_new ? LSC_LOG_NEXT (&track->blocks, LscBlock)
                           : LSC_LOG_AT (&track->blocks, LscBlock, index);

  block->mapped = mapped;
  __atomic_store_n (&block->intervals, intervals, __ATOMIC_RELEASE);
  if (is_new)
    lsc_log_publish (&track->blocks);
}

static void
grow_tail (LscTrack *track, guint used, GPtrArray *retired)
{
  guint        capacity = track->tail == NULL ? TAIL_FIRST_CAPACITY
                                              : MIN (track->tail_capacity * 4, LSC_BLOCK_INTERVALS);
  LscInterval *grown;

  /* A track that filled a block will fill the next one. */
  if (track->n >= LSC_BLOCK_INTERVALS)
    capacity = LSC_BLOCK_INTERVALS;
  grown = g_new (LscInterval, capacity);
  if (used > 0)
    memcpy (grown, track->tail, used * sizeof *grown);
  if (track->tail != NULL)
    g_ptr_array_add (retired, track->tail);
  track->tail = grown;
  track->tail_capacity = capacity;
  set_block (track, track->n / LSC_BLOCK_INTERVALS, grown, FALSE);
}

/* Makes the block's node, and those above that are complete with it. */
static void
add_nodes (LscTrack *track, const LscInterval *intervals)
{
  if (track->levels == NULL)
    __atomic_store_n (&track->levels, g_new0 (LscLog, LSC_TRACK_LEVELS), __ATOMIC_RELEASE);
  lsc_node_init_intervals (LSC_LOG_NEXT (&track->levels[0], LscNode), track->kind, intervals,
                           LSC_BLOCK_INTERVALS);
  lsc_log_publish (&track->levels[0]);

  for (guint level = 1; level < LSC_TRACK_LEVELS; level++)
    {
      LscLog        *below = &track->levels[level - 1];
      guint64        first = track->levels[level].n * LSC_NODE_FAN;
      const LscNode *children[LSC_NODE_FAN];

      if (below->n < first + LSC_NODE_FAN)
        return;
      for (guint i = 0; i < LSC_NODE_FAN; i++)
        children[i] = LSC_LOG_AT (below, LscNode, first + i);
      lsc_node_init_nodes (LSC_LOG_NEXT (&track->levels[level], LscNode), children);
      lsc_log_publish (&track->levels[level]);
    }
}

gboolean
lsc_track_append (LscTrack *track, const LscInterval *interval, GPtrArray *retired)
{
  guint used = (guint)(track->n % LSC_BLOCK_INTERVALS);

  if (track->tail == NULL || used == track->tail_capacity)
    grow_tail (track, used, retired);
  track->tail[used] = *interval;
  track->last_end_ns = lsc_interval_get_end (interval);
  __atomic_store_n (&track->n, track->n + 1, __ATOMIC_RELEASE);
  if (used + 1 < LSC_BLOCK_INTERVALS)
    return FALSE;

  add_nodes (track, track->tail);
  track->tail = NULL;
  track->tail_capacity = 0;
  return TRUE;
}

void
lsc_track_replace_block (LscTrack          *track,
                         guint64            index,
                         const LscInterval *mapped,
                         GPtrArray         *retired)
{
  LscBlock *block = LSC_LOG_AT (&track->blocks, LscBlock, index);

  g_ptr_array_add (retired, (gpointer)block->intervals);
  set_block (track, index, mapped, TRUE);
}

void
lsc_track_append_mapped (LscTrack *track, const LscInterval *mapped)
{
  set_block (track, track->n / LSC_BLOCK_INTERVALS, mapped, TRUE);
  g_clear_pointer (&track->tail, g_free);
  track->tail_capacity = 0;
  track->last_end_ns = lsc_interval_get_end (&mapped[LSC_BLOCK_INTERVALS - 1]);
  __atomic_store_n (&track->n, (track->n / LSC_BLOCK_INTERVALS + 1) * LSC_BLOCK_INTERVALS,
                    __ATOMIC_RELEASE);
  add_nodes (track, mapped);
}

/* ---- searching ---------------------------------------------------------------- */

static inline gboolean
is_before (gint64 start_ns, gint64 end_ns, gint64 time_ns, gboolean by_start)
{
  return start_ns < time_ns && (by_start || end_ns <= time_ns);
}

/* Sealed blocks are told apart by their nodes, so that only one block's memory is
 * looked at. A node's end may be 1 ns late; the search inside makes up for it. */
static guint64
find (const LscTrack *track, guint64 n, gint64 time_ns, gboolean by_start)
{
  guint64 lo = 0;
  guint64 hi = MIN (lsc_track_get_n_nodes (track, 0), n / LSC_BLOCK_INTERVALS);
  guint64 end;

  while (lo < hi)
    {
      guint64        middle = lo + (hi - lo) / 2;
      const LscNode *node = lsc_track_get_node (track, 0, middle);

      if (node->t1_ns <= time_ns)
        lo = middle + 1;
      else
        hi = middle;
    }

  /* The one sought is in block `lo`, or is the first after it. */
  end = MIN (n, (lo + 1) * LSC_BLOCK_INTERVALS);
  if (lo >= lsc_track_get_n_nodes (track, 0))
    end = n;
  lo = lo * LSC_BLOCK_INTERVALS;
  hi = end;
  while (lo < hi)
    {
      guint64            middle = lo + (hi - lo) / 2;
      const LscInterval *interval = lsc_track_get (track, middle);

      if (is_before (interval->start_ns, lsc_interval_get_end (interval), time_ns, by_start))
        lo = middle + 1;
      else
        hi = middle;
    }
  return lo;
}

guint64
lsc_track_find (const LscTrack *track, guint64 n, gint64 time_ns)
{
  return find (track, n, time_ns, FALSE);
}

guint64
lsc_track_find_start (const LscTrack *track, guint64 n, gint64 time_ns)
{
  return find (track, n, time_ns, TRUE);
}

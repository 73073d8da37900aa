/* lsc-track-private.h: the closed intervals of one depth of a lane, and their nodes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread appends. A reader holds the recording's read lock, so that the
 * memory that it looks at is not given back meanwhile; what was appended before
 * it looked at the counts is there for it, whole.
 */

#pragma once

#include "lsc-detail-private.h"
#include "lsc-log-private.h"

#define LSC_BLOCK_INTERVALS 1024u
#define LSC_TRACK_LEVELS    7 /* 16^6 blocks of 1024 */

typedef struct
{
  const LscInterval *intervals; /* atomic: on the heap, later in the mapped file */
  gboolean           mapped;    /* the appending thread's */
} LscBlock;

typedef struct
{
  LscLog  blocks; /* LscBlock; all but the last are full */
  guint64 n;      /* atomic: intervals published */
  LscLog *levels; /* atomic: LSC_TRACK_LEVELS of LscNode; NULL before the first full block */

  /* The appending thread's. */
  LscTrackKind kind;
  LscInterval *tail; /* the last block while it is not full; owned */
  guint        tail_capacity;
  gint64       last_end_ns;
  guint64      n_written; /* to the file */
} LscTrack;

LscTrack *lsc_track_new (LscTrackKind kind);
void      lsc_track_free (LscTrack *track);

/* ---- the appending thread's ------------------------------------------------- */

/* The interval starts at or after the track's last_end_ns. Memory that readers may
 * still look at goes to `retired`. TRUE when that filled a block, which
 * can go to the file now. */
gboolean lsc_track_append (LscTrack *track, const LscInterval *interval, GPtrArray *retired);
/* Lets a full block live in the mapped file from now on. The heap's copy is retired. */
void lsc_track_replace_block (LscTrack          *track,
                              guint64            block,
                              const LscInterval *mapped,
                              GPtrArray         *retired);
/* For a file that is being opened: a full mapped block as the next one, in place of an
 * unfinished one. Checked by the caller. */
void lsc_track_append_mapped (LscTrack *track, const LscInterval *mapped);

/* ---- reading ------------------------------------------------------------------ */

static inline guint64
lsc_track_get_n (const LscTrack *track)
{
  return __atomic_load_n (&track->n, __ATOMIC_ACQUIRE);
}

static inline guint64
lsc_track_get_n_nodes (const LscTrack *track, guint level)
{
  const LscLog *levels = __atomic_load_n (&track->levels, __ATOMIC_ACQUIRE);

  return levels != NULL ? lsc_log_get_n (&levels[level]) : 0;
}

/* One below that count. */
static inline const LscNode *
lsc_track_get_node (const LscTrack *track, guint level, guint64 index)
{
  const LscLog *levels = __atomic_load_n (&track->levels, __ATOMIC_ACQUIRE);

  return LSC_LOG_AT (&levels[level], LscNode, index);
}

static inline const LscInterval *
lsc_track_get_block (const LscTrack *track, guint64 block)
{
  return __atomic_load_n (&LSC_LOG_AT (&track->blocks, LscBlock, block)->intervals,
                          __ATOMIC_ACQUIRE);
}

static inline const LscInterval *
lsc_track_get (const LscTrack *track, guint64 index)
{
  return lsc_track_get_block (track, index / LSC_BLOCK_INTERVALS) + index % LSC_BLOCK_INTERVALS;
}

/* The first of `n` intervals that ends after this time or starts at it or after. */
guint64 lsc_track_find (const LscTrack *track, guint64 n, gint64 time_ns);
/* The first that starts at this time or after. */
guint64 lsc_track_find_start (const LscTrack *track, guint64 n, gint64 time_ns);

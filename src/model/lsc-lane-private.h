/* lsc-lane-private.h: a lane inside its recording.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the appending thread changes after the lane was announced is atomic.
 */

#pragma once

#include <pthread.h>

#include "lsc-lane.h"
#include "lsc-track-private.h"

#define LSC_LANE_MAX_DEPTHS 16u
#define LSC_N_COUNTERS      4u /* kinds below this */

/* An open span, or the state that the lane is in. */
typedef struct
{
  gint64  start_ns;
  guint64 name_task; /* name << 32 | task */
  guint64 ordinal;   /* how many had been closed on its track when it opened */
  guint64 category;
} LscOpen;

typedef struct
{
  gint64  time_ns;
  guint64 value;
} LscCounterValue;

struct _LscLane
{
  /* Never change. */
  guint            index;
  LscLaneKind      kind;
  LscSource        source;
  LscLane         *parent;
  gint32           pid;
  gint32           tid;
  guint            worker;
  char            *name;
  gint64           start_ns;
  pthread_mutex_t *read_lock; /* the recording's */

  /* Atomic. */
  gint64    end_ns; /* -1 while it lives */
  gint32    end;
  gint32    end_value;
  gint64    usage[6];  /* in the order of LscUsage */
  guint64   n_lost;    /* as told */
  guint64   n_refused; /* deeper than LSC_LANE_MAX_DEPTHS, or of no known kind */
  guint64   n_clamped; /* out of order */
  guint32   n_depths;
  LscTrack *spans[LSC_LANE_MAX_DEPTHS];
  LscTrack *states;
  LscLog    counters[LSC_N_COUNTERS]; /* LscCounterValue */

  /* What is open: behind open_seq, which is odd while it changes. */
  guint32 open_seq;
  guint32 n_open;
  guint32 in_state;
  LscOpen open[LSC_LANE_MAX_DEPTHS];
  LscOpen state;

  /* The appending thread's. */
  guint    n_too_deep;
  gboolean changed; /* not yet in the file as it is */
  guint64  n_counters_written[LSC_N_COUNTERS];
};

LscLane *
lsc_lane_new (guint index, LscLaneKind kind, LscLane *parent, LscSource source, const char *name);
void lsc_lane_free (LscLane *lane);

/* The appending thread's. */
LscTrack *lsc_lane_ensure_track (LscLane *lane, LscTrackKind kind, guint depth);

/* NULL when there is none. */
LscTrack *lsc_lane_get_track (const LscLane *lane, LscTrackKind kind, guint depth);
/* What is open on a track; call it before looking at the track's count. */
gboolean lsc_lane_get_open (const LscLane *lane, LscTrackKind kind, guint depth, LscOpen *open);
/* Whether it has been closed since. */
static inline gboolean
lsc_lane_is_closed (const LscOpen *open, guint64 n)
{
  return n > open->ordinal;
}

/* Looks at the track and fills `pieces`; the read lock is held. */
void lsc_lane_query_locked (LscLane     *lane,
                            LscTrackKind kind,
                            guint        depth,
                            gint64       from_ns,
                            gint64       to_ns,
                            guint        n_px,
                            gint64       now_ns,
                            GArray      *pieces);

static inline void
lsc_lane_lock (const LscLane *lane)
{
  pthread_mutex_lock (lane->read_lock);
}

static inline void
lsc_lane_unlock (const LscLane *lane)
{
  pthread_mutex_unlock (lane->read_lock);
}

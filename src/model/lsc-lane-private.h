/* lsc-lane-private.h: a lane inside its recording.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the appending thread changes after the lane was announced is atomic.
 */

#pragma once

#include <pthread.h>

#include "lsc-counter-private.h"
#include "lsc-digest-private.h"
#include "lsc-lane.h"
#include "lsc-track-private.h"

#define LSC_LANE_MAX_DEPTHS 16u
#define LSC_N_COUNTERS      6u /* kinds below this */
#define LSC_N_COUNTERS_V1   4u /* those that the first version of the file knows */

/* An open span, or the state that the lane is in. */
typedef struct
{
  gint64  start_ns;
  guint64 name_task; /* name << 32 | task */
  guint64 ordinal;   /* how many had been closed on its track when it opened */
  guint64 category;  /* of a state with its status above the lowest byte */
} LscOpen;

static inline guint8
lsc_open_get_category (const LscOpen *open)
{
  return (guint8)open->category;
}

static inline guint8
lsc_open_get_state_status (const LscOpen *open)
{
  return (guint8)(open->category >> 8);
}

/* Of the state that it is in. */
static inline guint8
lsc_open_get_state (const LscOpen *open)
{
  guint8 state = lsc_open_get_category (open);

  return state < LSC_N_STATES ? state : LSC_STATE_UNKNOWN;
}

/* The share of each state in a piece. */
typedef struct
{
  float of[LSC_N_STATES];
} LscShares;

struct _LscLane
{
  /* Never change. */
  guint            index;
  LscLaneKind      kind;
  LscLane         *parent;
  gint32           pid;
  gint32           tid;
  gint64           start_ns;
  pthread_mutex_t *read_lock; /* the recording's */
  LscDigest       *digest;    /* the recording's; NULL before it is there */

  /* Atomic. What is asked of all lanes comes first. */
  guint32     worker;
  guint32     is_own;
  guint32     source;
  guint32     n_depths;
  LscTrack   *states;
  const char *name;    /* one of the recording's strings */
  LscLane    *creator; /* nullable */
  gint64      end_ns;  /* -1 while it lives */
  gint32      end;
  gint32      end_value;
  gint64      usage[6];  /* in the order of LscUsage */
  guint64     n_lost;    /* as told */
  guint64     n_refused; /* deeper than LSC_LANE_MAX_DEPTHS, or of no known kind */
  guint64     n_clamped; /* out of order */
  LscTrack   *spans[LSC_LANE_MAX_DEPTHS];
  LscCounter *counters; /* LSC_N_COUNTERS; NULL before the first value */

  /* What is open: behind open_seq, which is odd while it changes. */
  guint32 open_seq;
  guint32 n_open;
  guint32 in_state;
  LscOpen state;
  gint64  states_ns[LSC_N_STATES]; /* of all that it was in before */
  LscOpen open[LSC_LANE_MAX_DEPTHS];

  /* The appending thread's. */
  guint    n_too_deep;
  gboolean states_are_late; /* they may come after the lane's end */
  gboolean changed;         /* not yet in the file as it is */
  gboolean in_workers;      /* of the digest */
  gboolean in_accounts;
  guint64  n_counters_written[LSC_N_COUNTERS];
};

/* `name` stays as long as the recording does. */
LscLane *
lsc_lane_new (guint index, LscLaneKind kind, LscLane *parent, LscSource source, const char *name);
void lsc_lane_free (LscLane *lane);

/* The appending thread's. */
LscTrack   *lsc_lane_ensure_track (LscLane *lane, LscTrackKind kind, guint depth);
LscCounter *lsc_lane_ensure_counter (LscLane *lane, guint kind);
/* Of one that was read from a file: how long it was in each state. */
void lsc_lane_sum_up (LscLane *lane);

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

/* NULL when it has none at all. */
static inline const LscCounter *
lsc_lane_get_counter (const LscLane *lane, guint kind)
{
  const LscCounter *counters = __atomic_load_n (&lane->counters, __ATOMIC_ACQUIRE);

  return counters != NULL ? &counters[kind] : NULL;
}

static inline guint64
lsc_lane_get_n_counters (const LscLane *lane, guint kind)
{
  const LscCounter *counter = lsc_lane_get_counter (lane, kind);

  return counter != NULL ? lsc_log_get_n (&counter->values) : 0;
}

/* Where what is open ends: now, but not after the lane. */
static inline gint64
lsc_lane_get_open_end (const LscLane *lane, gint64 now_ns)
{
  gint64 end_ns = lsc_lane_get_end_ns (lane);

  return end_ns >= 0 ? MIN (now_ns, end_ns) : now_ns;
}

/* A track and what is open on it, at one moment. */
typedef struct
{
  LscTrack *track; /* NULL: nothing */
  guint64   n;
  gboolean  is_open;
  LscOpen   open;
} LscSnapshot;

/* The read lock is held. */
void lsc_lane_take_snapshot (LscLane *lane, LscTrackKind kind, guint depth, LscSnapshot *snapshot);

/* Looks at the track and fills `pieces`, and the shares of states beside them (nullable); the read
 * lock is held. */
void lsc_lane_query_locked (LscLane     *lane,
                            LscTrackKind kind,
                            guint        depth,
                            gint64       from_ns,
                            gint64       to_ns,
                            guint        n_px,
                            gint64       now_ns,
                            GArray      *pieces,
                            GArray      *shares);

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

/* lsc-lane.c: what a lane is, and what is open on it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stack of open spans is small and changes at every span, so it is read
 * under a sequence count: a reader that met a change looks again.
 */

#include "config.h"

#include "lsc-lane-private.h"

LscLane *
lsc_lane_new (guint index, LscLaneKind kind, LscLane *parent, LscSource source, const char *name)
{
  LscLane *lane = g_new0 (LscLane, 1);

  lane->index = index;
  lane->kind = kind;
  lane->parent = parent;
  lane->source = source;
  lane->name = name != NULL ? name : "";
  lane->is_own = TRUE;
  lane->end_ns = -1;
  for (guint i = 0; i < G_N_ELEMENTS (lane->usage); i++)
    lane->usage[i] = -1;
  return lane;
}

void
lsc_lane_free (LscLane *lane)
{
  for (guint i = 0; i < LSC_LANE_MAX_DEPTHS; i++)
    lsc_track_free (lane->spans[i]);
  lsc_track_free (lane->states);
  for (guint i = 0; lane->counters != NULL && i < LSC_N_COUNTERS; i++)
    lsc_counter_clear (&lane->counters[i]);
  g_free (lane->counters);
  g_free (lane);
}

LscTrack *
lsc_lane_ensure_track (LscLane *lane, LscTrackKind kind, guint depth)
{
  LscTrack **place = kind == LSC_TRACK_STATES ? &lane->states : &lane->spans[depth];

  if (*place != NULL)
    return *place;
  __atomic_store_n (place, lsc_track_new (kind), __ATOMIC_RELEASE);
  if (kind == LSC_TRACK_SPANS && lane->n_depths <= depth)
    __atomic_store_n (&lane->n_depths, depth + 1, __ATOMIC_RELEASE);
  if (lane->digest != NULL)
    lsc_digest_change_shape (lane->digest);
  return *place;
}

LscCounter *
lsc_lane_ensure_counter (LscLane *lane, guint kind)
{
  if (lane->counters == NULL)
    __atomic_store_n (&lane->counters, g_new0 (LscCounter, LSC_N_COUNTERS), __ATOMIC_RELEASE);
  return &lane->counters[kind];
}

LscTrack *
lsc_lane_get_track (const LscLane *lane, LscTrackKind kind, guint depth)
{
  if (kind == LSC_TRACK_STATES)
    return __atomic_load_n (&lane->states, __ATOMIC_ACQUIRE);
  if (depth >= LSC_LANE_MAX_DEPTHS)
    return NULL;
  return __atomic_load_n (&lane->spans[depth], __ATOMIC_ACQUIRE);
}

gboolean
lsc_lane_get_open (const LscLane *lane, LscTrackKind kind, guint depth, LscOpen *open)
{
  const LscOpen *from =
      kind == LSC_TRACK_STATES ? &lane->state : &lane->open[MIN (depth, LSC_LANE_MAX_DEPTHS - 1)];
  guint32  before, after;
  gboolean is_open;

  /* Acquiring loads keep the second look at the count behind them. */
  do
    {
      before = __atomic_load_n (&lane->open_seq, __ATOMIC_ACQUIRE);
      if (kind == LSC_TRACK_STATES)
        is_open = __atomic_load_n (&lane->in_state, __ATOMIC_ACQUIRE) != 0;
      else
        is_open = depth < __atomic_load_n (&lane->n_open, __ATOMIC_ACQUIRE);
      open->start_ns = __atomic_load_n (&from->start_ns, __ATOMIC_ACQUIRE);
      open->name_task = __atomic_load_n (&from->name_task, __ATOMIC_ACQUIRE);
      open->ordinal = __atomic_load_n (&from->ordinal, __ATOMIC_ACQUIRE);
      open->category = __atomic_load_n (&from->category, __ATOMIC_ACQUIRE);
      after = __atomic_load_n (&lane->open_seq, __ATOMIC_RELAXED);
    }
  while (before != after || (before & 1) != 0);
  return is_open;
}

void
lsc_lane_take_snapshot (LscLane *lane, LscTrackKind kind, guint depth, LscSnapshot *snapshot)
{
  /* What is open first: what closes meanwhile is met once and not twice. */
  snapshot->is_open = lsc_lane_get_open (lane, kind, depth, &snapshot->open);
  snapshot->track = lsc_lane_get_track (lane, kind, depth);
  snapshot->n = snapshot->track != NULL ? lsc_track_get_n (snapshot->track) : 0;
  if (snapshot->track == NULL || lsc_lane_is_closed (&snapshot->open, snapshot->n))
    snapshot->is_open = FALSE;
}

/* ---- identity ------------------------------------------------------------------- */

guint
lsc_lane_get_index (const LscLane *lane)
{
  return lane->index;
}

LscLaneKind
lsc_lane_get_kind (const LscLane *lane)
{
  return lane->kind;
}

LscSource
lsc_lane_get_source (const LscLane *lane)
{
  return (LscSource)__atomic_load_n (&lane->source, __ATOMIC_RELAXED);
}

gboolean
lsc_lane_is_own (const LscLane *lane)
{
  return __atomic_load_n (&lane->is_own, __ATOMIC_RELAXED) != 0;
}

LscLane *
lsc_lane_get_parent (const LscLane *lane)
{
  return lane->parent;
}

LscLane *
lsc_lane_get_creator (const LscLane *lane)
{
  return __atomic_load_n (&lane->creator, __ATOMIC_ACQUIRE);
}

gint32
lsc_lane_get_pid (const LscLane *lane)
{
  return lane->pid;
}

gint32
lsc_lane_get_tid (const LscLane *lane)
{
  return lane->tid;
}

const char *
lsc_lane_get_name (const LscLane *lane)
{
  return __atomic_load_n (&lane->name, __ATOMIC_ACQUIRE);
}

guint
lsc_lane_get_worker (const LscLane *lane)
{
  return __atomic_load_n (&lane->worker, __ATOMIC_RELAXED);
}

/* ---- life ----------------------------------------------------------------------- */

gint64
lsc_lane_get_start_ns (const LscLane *lane)
{
  return lane->start_ns;
}

gint64
lsc_lane_get_end_ns (const LscLane *lane)
{
  return __atomic_load_n (&lane->end_ns, __ATOMIC_ACQUIRE);
}

LscLaneEnd
lsc_lane_get_end (const LscLane *lane)
{
  return (LscLaneEnd)__atomic_load_n (&lane->end, __ATOMIC_ACQUIRE);
}

gint
lsc_lane_get_end_value (const LscLane *lane)
{
  return __atomic_load_n (&lane->end_value, __ATOMIC_ACQUIRE);
}

void
lsc_lane_get_usage (const LscLane *lane, LscUsage *usage)
{
  gint64 *to[] = { &usage->user_ns,     &usage->system_ns,     &usage->run_delay_ns,
                   &usage->n_voluntary, &usage->n_involuntary, &usage->peak_rss_bytes };

  for (guint i = 0; i < G_N_ELEMENTS (to); i++)
    *to[i] = __atomic_load_n (&lane->usage[i], __ATOMIC_RELAXED);
}

guint64
lsc_lane_get_n_lost (const LscLane *lane)
{
  return __atomic_load_n (&lane->n_lost, __ATOMIC_RELAXED) +
         __atomic_load_n (&lane->n_refused, __ATOMIC_RELAXED);
}

guint64
lsc_lane_get_n_clamped (const LscLane *lane)
{
  return __atomic_load_n (&lane->n_clamped, __ATOMIC_RELAXED);
}

/* ---- what is on it ----------------------------------------------------------------- */

guint
lsc_lane_get_n_depths (const LscLane *lane)
{
  return __atomic_load_n (&lane->n_depths, __ATOMIC_ACQUIRE);
}

gboolean
lsc_lane_has_states (const LscLane *lane)
{
  return lsc_lane_get_track (lane, LSC_TRACK_STATES, 0) != NULL;
}

guint64
lsc_lane_get_n_spans (const LscLane *lane, guint depth)
{
  LscTrack *track;
  LscOpen   open;
  gboolean  is_open = lsc_lane_get_open (lane, LSC_TRACK_SPANS, depth, &open);
  guint64   n;

  track = lsc_lane_get_track (lane, LSC_TRACK_SPANS, depth);
  if (track == NULL)
    return 0;
  n = lsc_track_get_n (track);
  return n + (is_open && !lsc_lane_is_closed (&open, n) ? 1 : 0);
}

void
lsc_lane_query (LscLane     *lane,
                LscTrackKind track,
                guint        depth,
                gint64       from_ns,
                gint64       to_ns,
                guint        n_px,
                gint64       now_ns,
                GArray      *pieces)
{
  g_array_set_size (pieces, 0);
  g_return_if_fail (to_ns > from_ns && n_px > 0);

  lsc_lane_lock (lane);
  lsc_lane_query_locked (lane, track, depth, from_ns, to_ns, n_px, now_ns, pieces, NULL);
  lsc_lane_unlock (lane);
}

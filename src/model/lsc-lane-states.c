/* lsc-lane-states.c: what a lane was doing: drawn, found, summed up.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading threads; each function holds the read lock while it looks.
 */

#include "config.h"

#include "lsc-lane-private.h"

/* So far back it is looked for where a lane ran before. */
#define MAX_LOOK_BACK 64u

static gint64
get_overlap (gint64 start_ns, gint64 end_ns, gint64 from_ns, gint64 to_ns)
{
  return MAX (MIN (end_ns, to_ns) - MAX (start_ns, from_ns), 0);
}

/* ---- drawn and found ------------------------------------------------------------------- */

void
lsc_lane_query_states (LscLane *lane,
                       gint64   from_ns,
                       gint64   to_ns,
                       guint    n_px,
                       gint64   now_ns,
                       GArray  *pieces)
{
  g_autoptr (GArray) plain = NULL;
  g_autoptr (GArray) shares = NULL;

  g_array_set_size (pieces, 0);
  g_return_if_fail (to_ns > from_ns && n_px > 0);

  plain = g_array_new (FALSE, FALSE, sizeof (LscPiece));
  shares = g_array_new (FALSE, FALSE, sizeof (LscShares));
  lsc_lane_lock (lane);
  lsc_lane_query_locked (lane, LSC_TRACK_STATES, 0, from_ns, to_ns, n_px, now_ns, plain, shares);
  lsc_lane_unlock (lane);

  g_array_set_size (pieces, plain->len);
  for (guint i = 0; i < plain->len; i++)
    {
      const LscPiece *from = &g_array_index (plain, LscPiece, i);
      LscStatePiece  *piece = &g_array_index (pieces, LscStatePiece, i);

      *piece = (LscStatePiece){
        .start_ns = from->start_ns,
        .end_ns = from->end_ns,
        .n_states = from->n_spans,
        .open = from->open,
        .sampled = from->status != 0,
        .core_or_reason = from->n_spans == 1 ? (guint16)MIN (from->name, G_MAXUINT16) : 0,
      };
      memcpy (piece->shares, g_array_index (shares, LscShares, i).of, sizeof piece->shares);
      for (guint8 state = 1; state < LSC_N_STATES; state++)
        if (piece->shares[state] > piece->shares[piece->state])
          piece->state = state;
    }
}

static void
fill_piece (LscStatePiece *piece, guint8 state, guint8 status, guint32 name, gboolean is_open)
{
  *piece = (LscStatePiece){
    .n_states = 1,
    .state = state,
    .open = is_open,
    .sampled = status != 0,
    .core_or_reason = (guint16)MIN (name, G_MAXUINT16),
  };
  piece->shares[state] = 1;
}

static void
fill_closed (LscStatePiece *piece, const LscInterval *interval)
{
  fill_piece (piece, lsc_interval_get_state (interval), lsc_interval_get_status (interval),
              interval->name, FALSE);
  piece->start_ns = interval->start_ns;
  piece->end_ns = lsc_interval_get_end (interval);
}

static void
fill_open (LscStatePiece *piece, const LscOpen *open, gint64 now_ns)
{
  fill_piece (piece, lsc_open_get_state (open), lsc_open_get_state_status (open),
              (guint32)(open->name_task >> 32), TRUE);
  piece->start_ns = open->start_ns;
  piece->end_ns = MAX (now_ns, piece->start_ns);
}

gboolean
lsc_lane_find_state (LscLane *lane, gint64 time_ns, gint64 now_ns, LscStatePiece *piece)
{
  LscSnapshot snapshot;
  gboolean    found = FALSE;
  guint64     at;

  lsc_lane_lock (lane);
  lsc_lane_take_snapshot (lane, LSC_TRACK_STATES, 0, &snapshot);
  now_ns = lsc_lane_get_open_end (lane, now_ns);
  at = snapshot.n > 0 && time_ns < G_MAXINT64
           ? lsc_track_find_start (snapshot.track, snapshot.n, time_ns + 1)
           : 0;
  if (snapshot.is_open && snapshot.open.start_ns <= time_ns && time_ns <= now_ns)
    {
      fill_open (piece, &snapshot.open, now_ns);
      found = TRUE;
    }
  else if (at > 0)
    {
      fill_closed (piece, lsc_track_get (snapshot.track, at - 1));
      found = piece->end_ns > time_ns || piece->start_ns == time_ns;
    }
  lsc_lane_unlock (lane);
  return found;
}

void
lsc_lane_foreach_state (LscLane     *lane,
                        gint64       from_ns,
                        gint64       to_ns,
                        gint64       now_ns,
                        LscStateFunc func,
                        gpointer     user_data)
{
  LscSnapshot   snapshot;
  LscStatePiece piece;

  lsc_lane_lock (lane);
  lsc_lane_take_snapshot (lane, LSC_TRACK_STATES, 0, &snapshot);
  now_ns = lsc_lane_get_open_end (lane, now_ns);
  for (guint64 i = snapshot.n > 0 ? lsc_track_find (snapshot.track, snapshot.n, from_ns) : 0;
       i < snapshot.n; i++)
    {
      fill_closed (&piece, lsc_track_get (snapshot.track, i));
      if (piece.start_ns >= to_ns)
        break;
      func (&piece, user_data);
    }
  if (snapshot.is_open && snapshot.open.start_ns < to_ns && now_ns > from_ns)
    {
      fill_open (&piece, &snapshot.open, now_ns);
      func (&piece, user_data);
    }
  lsc_lane_unlock (lane);
}

/* ---- summed up --------------------------------------------------------------------------- */

typedef struct
{
  LscStateSums *sums;
  gint64        from_ns;
  gint64        to_ns;
  guint32       core; /* the last that it ran on, LSC_NO_CORE for none */
} Summing;

static void
count_core (Summing *summing, guint32 core)
{
  if (core == LSC_CORE_UNKNOWN)
    return;
  if (summing->core != LSC_NO_CORE && summing->core != core)
    summing->sums->n_migrations++;
  summing->core = core;
}

static void
add_state (Summing *summing,
           guint8   state,
           guint32  name,
           gint64   start_ns,
           gint64   end_ns,
           gboolean is_over)
{
  summing->sums->ns[state] += get_overlap (start_ns, end_ns, summing->from_ns, summing->to_ns);
  if (state != LSC_STATE_RUNNING)
    return;
  if (start_ns >= summing->from_ns)
    count_core (summing, name);
  else
    summing->core = name;
  if (is_over && end_ns > summing->from_ns && end_ns <= summing->to_ns)
    summing->sums->n_switches++;
}

static void
add_block (Summing *summing, const LscBlockStates *block)
{
  for (guint i = 0; i < LSC_N_STATES; i++)
    summing->sums->ns[i] += block->ns[i];
  if (block->n_running == 0)
    return;
  summing->sums->n_switches += block->n_running;
  summing->sums->n_migrations += block->n_migrations;
  count_core (summing, block->first_core);
  summing->core = block->last_core;
}

/* The core that the lane ran on last before an interval. */
static guint32
find_core_before (const LscSnapshot *snapshot, guint64 at)
{
  for (guint i = 0; i < MAX_LOOK_BACK && at > 0; i++)
    {
      const LscInterval *interval = lsc_track_get (snapshot->track, --at);

      if (lsc_interval_get_state (interval) == LSC_STATE_RUNNING)
        return interval->name;
    }
  return LSC_NO_CORE;
}

static void
sum_closed (Summing *summing, const LscSnapshot *snapshot)
{
  guint64 at = lsc_track_find (snapshot->track, snapshot->n, summing->from_ns);
  guint64 end = lsc_track_find_start (snapshot->track, snapshot->n, summing->to_ns);
  guint64 n_nodes = lsc_track_get_n_nodes (snapshot->track, 0);

  /* One that ended just there left its core just there. */
  summing->core = find_core_before (snapshot, at);
  while (at < end)
    {
      guint64            block = at / LSC_BLOCK_INTERVALS;
      const LscInterval *interval;

      if (at % LSC_BLOCK_INTERVALS == 0 && block < n_nodes && end - at >= LSC_BLOCK_INTERVALS)
        {
          const LscNode *node = lsc_track_get_node (snapshot->track, 0, block);

          if (node->t0_ns >= summing->from_ns && node->t1_ns <= summing->to_ns)
            {
              add_block (summing, node->block_states);
              at += LSC_BLOCK_INTERVALS;
              continue;
            }
        }
      interval = lsc_track_get (snapshot->track, at++);
      add_state (summing, lsc_interval_get_state (interval), interval->name, interval->start_ns,
                 lsc_interval_get_end (interval), TRUE);
    }
}

void
lsc_lane_sum_states (LscLane *lane, gint64 from_ns, gint64 to_ns, gint64 now_ns, LscStateSums *sums)
{
  Summing     summing = { .sums = sums, .from_ns = from_ns, .to_ns = to_ns, .core = LSC_NO_CORE };
  LscSnapshot snapshot;

  *sums = (LscStateSums){ 0 };
  lsc_lane_lock (lane);
  lsc_lane_take_snapshot (lane, LSC_TRACK_STATES, 0, &snapshot);
  if (snapshot.n > 0)
    sum_closed (&summing, &snapshot);
  if (snapshot.is_open && snapshot.open.start_ns < to_ns)
    add_state (&summing, lsc_open_get_state (&snapshot.open),
               (guint32)(snapshot.open.name_task >> 32), snapshot.open.start_ns,
               lsc_lane_get_open_end (lane, now_ns), FALSE);
  lsc_lane_unlock (lane);

  if (lsc_lane_get_source (lane) != LSC_SOURCE_EXACT || sums->ns[LSC_STATE_NOT_RECORDED] > 0)
    sums->n_switches = sums->n_migrations = -1;
}

/* All of its life: as it was added up while it came. */
static gint64
get_whole (const LscLane *lane, LscState state, gint64 now_ns)
{
  gint64  start_ns, sum_ns;
  guint8  open_state;
  guint32 before, after;

  do
    {
      before = __atomic_load_n (&lane->open_seq, __ATOMIC_ACQUIRE);
      sum_ns = __atomic_load_n (&lane->states_ns[state], __ATOMIC_ACQUIRE);
      start_ns = __atomic_load_n (&lane->state.start_ns, __ATOMIC_ACQUIRE);
      open_state = (guint8)__atomic_load_n (&lane->state.category, __ATOMIC_ACQUIRE);
      if (__atomic_load_n (&lane->in_state, __ATOMIC_ACQUIRE) == 0)
        start_ns = G_MAXINT64;
      after = __atomic_load_n (&lane->open_seq, __ATOMIC_RELAXED);
    }
  while (before != after || (before & 1) != 0);

  if (open_state >= LSC_N_STATES)
    open_state = LSC_STATE_UNKNOWN;
  if (open_state == state && start_ns != G_MAXINT64)
    sum_ns += MAX (lsc_lane_get_open_end (lane, now_ns) - start_ns, 0);
  return sum_ns;
}

gint64
lsc_lane_sum_state (LscLane *lane, LscState state, gint64 from_ns, gint64 to_ns, gint64 now_ns)
{
  LscStateSums sums;

  if (from_ns <= 0 && to_ns == G_MAXINT64)
    return get_whole (lane, state, now_ns);
  lsc_lane_sum_states (lane, from_ns, to_ns, now_ns, &sums);
  return sums.ns[state];
}

void
lsc_lane_sum_up (LscLane *lane)
{
  LscStateSums sums;

  if (lane->states == NULL)
    return;
  lsc_lane_sum_states (lane, 0, G_MAXINT64, 0, &sums);
  memcpy (lane->states_ns, sums.ns, sizeof lane->states_ns);
}

/* lsc-hand-off.c: one thread leaves its core, and another goes onto one.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading threads; the read lock is held while a track is looked at.
 */

#include "config.h"

#include "lsc-hand-off.h"

#include "lsc-clock.h"
#include "lsc-lane-private.h"

/* So close together an end and a beginning are one event. */
#define MAX_APART_NS (LSC_NS_PER_MS / 5)
/* A turn is at least so much of the lane's average stretch on a core, and no more is asked. */
#define LEAST_SHARE    8
#define MAX_LEAST_NS   LSC_NS_PER_MS
#define USUAL_LEAST_NS (LSC_NS_PER_MS / 50)

/* A stretch on a core. */
typedef struct
{
  gint64 start_ns;
  gint64 end_ns;
} Turn;

typedef struct
{
  LscLane    *lane;
  LscSnapshot snapshot;
  gint64      now_ns;
  gint64      least_ns;
  gboolean    has_turn; /* `turn` is the next to look at */
  Turn        turn;
} Walker;

/* ---- one lane ------------------------------------------------------------------------- */

static gint64
get_least_ns (LscLane *lane, gint64 now_ns)
{
  LscStateSums sums;

  lsc_lane_sum_states (lane, 0, MAX (now_ns, 1), now_ns, &sums);
  if (sums.n_switches <= 0)
    return USUAL_LEAST_NS;
  return MIN (sums.ns[LSC_STATE_RUNNING] / sums.n_switches / LEAST_SHARE, MAX_LEAST_NS);
}

/* The lock is held. */
static gboolean
get_turn (const Walker *walker, guint64 at, Turn *turn)
{
  if (at == walker->snapshot.n)
    {
      if (!walker->snapshot.is_open ||
          lsc_open_get_category (&walker->snapshot.open) != LSC_STATE_RUNNING)
        return FALSE;
      *turn = (Turn){ walker->snapshot.open.start_ns, walker->now_ns };
    }
  else
    {
      const LscInterval *interval = lsc_track_get (walker->snapshot.track, at);

      if (lsc_interval_get_state (interval) != LSC_STATE_RUNNING)
        return FALSE;
      *turn = (Turn){ interval->start_ns, lsc_interval_get_end (interval) };
    }
  return turn->end_ns - turn->start_ns >= MAX (walker->least_ns, 1);
}

/* The lock is held. */
static guint64
find_start (const Walker *walker, gint64 time_ns)
{
  return walker->snapshot.n > 0
             ? lsc_track_find_start (walker->snapshot.track, walker->snapshot.n, time_ns)
             : 0;
}

/* To the first turn that starts after a time, or the last before it. */
static void
move (Walker *walker, gint64 time_ns, int step)
{
  guint64 n = walker->snapshot.n;

  walker->has_turn = FALSE;
  lsc_lane_lock (walker->lane);
  if (step > 0)
    {
      for (guint64 at = find_start (walker, time_ns + 1); at <= n && !walker->has_turn; at++)
        walker->has_turn = get_turn (walker, at, &walker->turn) && walker->turn.start_ns > time_ns;
    }
  else
    {
      guint64 at = find_start (walker, time_ns);

      walker->has_turn =
          at == n && get_turn (walker, n, &walker->turn) && walker->turn.start_ns < time_ns;
      while (!walker->has_turn && at > 0)
        walker->has_turn = get_turn (walker, --at, &walker->turn);
    }
  lsc_lane_unlock (walker->lane);
}

/* The turn that ends nearest to a time, and started before it. */
static gboolean
find_end_near (const Walker *walker, gint64 time_ns, Turn *turn)
{
  gboolean found = FALSE;
  guint64  at = 0;

  lsc_lane_lock (walker->lane);
  if (walker->snapshot.n > 0)
    at = lsc_track_find (walker->snapshot.track, walker->snapshot.n, time_ns - MAX_APART_NS);
  for (; at < walker->snapshot.n; at++)
    {
      Turn other;

      if (lsc_track_get (walker->snapshot.track, at)->start_ns >= time_ns)
        break;
      if (!get_turn (walker, at, &other) || ABS (other.end_ns - time_ns) > MAX_APART_NS)
        continue;
      if (!found || ABS (other.end_ns - time_ns) < ABS (turn->end_ns - time_ns))
        *turn = other;
      found = TRUE;
    }
  lsc_lane_unlock (walker->lane);
  return found;
}

/* Whether it had a turn that ended between two times: then it was that one that went on. */
static gboolean
had_turn_since (const Walker *walker, gint64 from_ns, gint64 to_ns)
{
  gboolean found = FALSE;

  lsc_lane_lock (walker->lane);
  if (walker->snapshot.n > 0)
    {
      guint64 end = find_start (walker, to_ns);

      for (guint64 at = lsc_track_find (walker->snapshot.track, walker->snapshot.n, from_ns);
           at < end && !found; at++)
        {
          Turn turn;

          found = get_turn (walker, at, &turn) && turn.end_ns > from_ns;
        }
    }
  lsc_lane_unlock (walker->lane);
  return found;
}

/* The end of the last turn that ended before a time; -1: none. */
static gint64
find_last_end (const Walker *walker, gint64 time_ns)
{
  gint64 end_ns = -1;

  lsc_lane_lock (walker->lane);
  for (guint64 at = find_start (walker, time_ns); at > 0 && end_ns < 0;)
    {
      Turn turn;

      if (get_turn (walker, --at, &turn))
        end_ns = turn.end_ns;
    }
  lsc_lane_unlock (walker->lane);
  return end_ns;
}

/* ---- all of them ------------------------------------------------------------------------ */

static GArray *
list_walkers (LscLane *const *lanes, guint n_lanes, gint64 now_ns)
{
  GArray *walkers = g_array_new (FALSE, TRUE, sizeof (Walker));

  for (guint i = 0; i < n_lanes; i++)
    {
      Walker walker = { .lane = lanes[i] };

      if (lsc_lane_get_kind (lanes[i]) == LSC_LANE_CORE ||
          lsc_lane_get_source (lanes[i]) != LSC_SOURCE_EXACT || !lsc_lane_has_states (lanes[i]))
        continue;
      walker.least_ns = get_least_ns (lanes[i], now_ns);
      walker.now_ns = lsc_lane_get_open_end (lanes[i], now_ns);
      lsc_lane_lock (lanes[i]);
      lsc_lane_take_snapshot (lanes[i], LSC_TRACK_STATES, 0, &walker.snapshot);
      lsc_lane_unlock (lanes[i]);
      g_array_append_val (walkers, walker);
    }
  return walkers;
}

/* Whom the walker's turn came after. */
static gboolean
find_partner (GArray *walkers, const Walker *to, LscHandOff *hand_off)
{
  gboolean found = FALSE;

  for (guint i = 0; i < walkers->len; i++)
    {
      const Walker *from = &g_array_index (walkers, Walker, i);
      Turn          turn;

      if (from->lane == to->lane || !find_end_near (from, to->turn.start_ns, &turn) ||
          turn.end_ns >= to->turn.end_ns || had_turn_since (to, turn.end_ns, to->turn.start_ns))
        continue;
      if (found &&
          ABS (turn.end_ns - to->turn.start_ns) >= ABS (hand_off->left_ns - hand_off->ran_ns))
        continue;
      *hand_off = (LscHandOff){
        .from = from->lane,
        .to = to->lane,
        .left_ns = turn.end_ns,
        .ran_ns = to->turn.start_ns,
        .turn_ns = MIN (turn.end_ns - turn.start_ns, to->turn.end_ns - to->turn.start_ns),
      };
      found = TRUE;
    }
  return found;
}

/* The one whose turn comes first; NULL: there is none any more. */
static Walker *
pick (GArray *walkers, int step)
{
  Walker *picked = NULL;

  for (guint i = 0; i < walkers->len; i++)
    {
      Walker *walker = &g_array_index (walkers, Walker, i);

      if (walker->has_turn &&
          (picked == NULL || (walker->turn.start_ns - picked->turn.start_ns) * step < 0))
        picked = walker;
    }
  return picked;
}

/* Where there is none, all turns would be looked at: only those that start within `reach_ns` are.
 */
static gboolean
find_within (GArray *walkers, gint64 time_ns, int step, gint64 reach_ns, LscHandOff *hand_off)
{
  Walker *walker;

  for (guint i = 0; i < walkers->len; i++)
    move (&g_array_index (walkers, Walker, i), time_ns, step);
  while ((walker = pick (walkers, step)) != NULL &&
         ABS (walker->turn.start_ns - time_ns) <= reach_ns)
    {
      if (find_partner (walkers, walker, hand_off))
        {
          hand_off->rested_ns = find_last_end (walker, hand_off->ran_ns);
          return TRUE;
        }
      move (walker, walker->turn.start_ns, step);
    }
  return FALSE;
}

gboolean
lsc_hand_off_find (LscLane *const *lanes,
                   guint           n_lanes,
                   gint64          time_ns,
                   int             step,
                   gint64          now_ns,
                   LscHandOff     *hand_off)
{
  g_autoptr (GArray) walkers = NULL;

  g_return_val_if_fail (step == 1 || step == -1, FALSE);
  g_return_val_if_fail (hand_off != NULL, FALSE);

  walkers = list_walkers (lanes, n_lanes, now_ns);
  return find_within (walkers, time_ns, step, G_MAXINT64, hand_off);
}

gboolean
lsc_hand_off_find_near (LscLane *const *lanes,
                        guint           n_lanes,
                        gint64          time_ns,
                        gint64          reach_ns,
                        gint64          now_ns,
                        LscHandOff     *hand_off)
{
  g_autoptr (GArray) walkers = NULL;
  LscHandOff after;
  gboolean   has_after;
  gboolean   has_before;

  g_return_val_if_fail (reach_ns >= 0, FALSE);
  g_return_val_if_fail (hand_off != NULL, FALSE);

  walkers = list_walkers (lanes, n_lanes, now_ns);
  /* One that begins just then is after it. */
  has_after = find_within (walkers, time_ns - 1, 1, reach_ns + 1, &after);
  has_before = find_within (walkers, time_ns, -1, reach_ns, hand_off);
  if (has_after && (!has_before || after.ran_ns - time_ns < time_ns - hand_off->ran_ns))
    *hand_off = after;
  return has_before || has_after;
}

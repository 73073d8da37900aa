/* lsc-world-losses.c: what is told is so, even where not all is.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-world.h"

/* All of [from, to), by one loss or by several. */
static gboolean
is_lost (const World *world, guint core, gint64 from_ns, gint64 to_ns)
{
  for (guint i = 0; i < world->kernel->losses->len; i++)
    {
      const FakeLoss *loss = &g_array_index (world->kernel->losses, FakeLoss, i);

      if (core != LSC_ALL_CORES && loss->core != LSC_ALL_CORES && loss->core != core)
        continue;
      if (loss->from_ns > from_ns || from_ns > loss->to_ns)
        continue;
      from_ns = loss->to_ns;
      if (from_ns >= to_ns)
        return TRUE;
    }
  return FALSE;
}

/* A gap begins where a loss does, or where something was seen within one. */
static void
check_gap (const World *world, const LscStatePiece *gap)
{
  g_assert_true (is_lost (world, LSC_ALL_CORES, gap->start_ns, gap->start_ns));
}

/* That it is on no core may be all that is known. */
static gboolean
is_so (const LscStatePiece *told, const FakePiece *piece)
{
  if (told->state == LSC_STATE_UNKNOWN)
    return piece->state != LSC_STATE_RUNNING;
  return told->state == piece->state &&
         (told->state != LSC_STATE_RUNNING || told->core_or_reason == LSC_CORE_UNKNOWN ||
          told->core_or_reason == piece->core);
}

/* All of `told`, of which [from, to) is not so. */
static void
refute (const World         *world,
        const FakeTrack     *track,
        const LscStatePiece *told,
        const FakePiece     *piece,
        gint64               from_ns,
        gint64               to_ns)
{
  g_error ("Seed %u, thread %u: state %d on %d is told from %" G_GINT64_FORMAT
           " to %" G_GINT64_FORMAT " ns, but from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
           " it was in %d on %u.",
           world->seed, track->tid, told->state, told->core_or_reason, told->start_ns, told->end_ns,
           from_ns, to_ns, piece->state, piece->core);
}

static void
check_piece (const World *world, const FakeTrack *track, const LscStatePiece *told)
{
  gint64 known_ns = 0;

  for (guint i = 0; i < track->pieces->len; i++)
    {
      const FakePiece *piece = &g_array_index (track->pieces, FakePiece, i);
      gint64           from_ns = MAX (piece->start_ns, told->start_ns);
      gint64           to_ns = MIN (piece->end_ns, told->end_ns);

      if (from_ns >= to_ns)
        continue;
      known_ns += to_ns - from_ns;
      if (!is_so (told, piece))
        refute (world, track, told, piece, from_ns, to_ns);
    }
  /* It was there at all; who has ended, which was lost, is on a core for a moment yet, and looks as
   * if it waited then, until its process is known to be over. */
  if (known_ns != told->end_ns - told->start_ns && !track->has_lost_end)
    refute (world, track, told, &(FakePiece){ 0 }, known_ns, told->end_ns - told->start_ns);
}

void
world_check_true (World *world, const FakeTrack *track)
{
  g_autoptr (GArray) told = world_read_track (world, track);
  gint64 told_ns = 0;
  gint64 lived_ns = 0;

  for (guint i = 0; i < told->len; i++)
    {
      const LscStatePiece *piece = &g_array_index (told, LscStatePiece, i);

      told_ns += piece->end_ns - piece->start_ns;
      if (piece->state == LSC_STATE_NOT_RECORDED)
        check_gap (world, piece);
      else if (!piece->sampled)
        check_piece (world, track, piece);
    }
  for (guint i = 0; i < track->pieces->len; i++)
    {
      const FakePiece *piece = &g_array_index (track->pieces, FakePiece, i);

      lived_ns += piece->end_ns - piece->start_ns;
    }
  /* Something is told of all of its life, from when it was seen. */
  g_assert_true (told_ns >= lived_ns || track->has_lost_start);
}

/* Nobody can know who was on a core while nothing of it was told. */
void
world_check_core_gaps (World *world, guint core)
{
  g_autofree char *name = g_strdup_printf ("core %u", core);
  LscLane         *lane = scene_find (&world->scene, LSC_LANE_CORE, name);
  gint64           known_ns = lsc_lane_get_start_ns (lane);
  gint64           from_ns;
  LscStatePiece    piece;
  LscSpan          span;

  for (guint i = 0; i < world->kernel->losses->len; i++)
    {
      const FakeLoss *loss = &g_array_index (world->kernel->losses, FakeLoss, i);

      if (loss->core != core && loss->core != LSC_ALL_CORES)
        continue;
      /* One of all is told in microseconds. */
      from_ns = loss->from_ns + (loss->core == LSC_ALL_CORES ? 1000 : 0);
      for (gint64 at_ns = MAX (from_ns, known_ns); at_ns < loss->to_ns; at_ns += 500)
        {
          g_assert_true (lsc_lane_find_state (lane, at_ns, world->end_ns, &piece));
          g_assert_cmpint (piece.state, ==, LSC_STATE_NOT_RECORDED);
          g_assert_false (lsc_lane_find_span (lane, 0, at_ns, world->end_ns, &span));
        }
      known_ns = MAX (known_ns, loss->to_ns);
    }
}

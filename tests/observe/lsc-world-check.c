/* lsc-world-check.c: what was told is what happened.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-world.h"

/* ---- what was told ----------------------------------------------------------------------------
 */

/* What is there for no time at all is left out. */
static void
add_each (LscLane *lane, gint64 from_ns, gint64 to_ns, gint64 now_ns, GArray *pieces)
{
  LscStatePiece piece;

  for (gint64 at_ns = from_ns; at_ns < to_ns; at_ns++)
    if (lsc_lane_find_state (lane, at_ns, now_ns, &piece) && piece.end_ns > at_ns)
      {
        g_array_append_val (pieces, piece);
        at_ns = piece.end_ns - 1;
      }
}

/* Where a pixel is a nanosecond, there are few that are drawn as one. */
static GArray *
read_states (LscLane *lane, gint64 now_ns)
{
  g_autoptr (GArray) drawn = g_array_new (FALSE, FALSE, sizeof (LscStatePiece));
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (LscStatePiece));

  lsc_lane_query_states (lane, 0, now_ns, (guint)now_ns, now_ns, drawn);
  for (guint i = 0; i < drawn->len; i++)
    {
      const LscStatePiece *piece = &g_array_index (drawn, LscStatePiece, i);

      g_assert_cmpint (piece->start_ns, >=, lsc_lane_get_start_ns (lane));
      add_each (lane, piece->start_ns, piece->end_ns, now_ns, pieces);
    }
  return pieces;
}

GArray *
world_get_states (World *world, LscLane *lane)
{
  return g_ptr_array_index (world->states, lsc_lane_get_index (lane));
}

static void
add_states (World *world, LscLane *lane, GArray *pieces)
{
  GArray *states = world_get_states (world, lane);

  g_array_append_vals (pieces, states->data, states->len);
}

/* Sums are those of what there is; nothing overlaps, nothing comes after the end. */
static void
check_lane (World *world, LscLane *lane)
{
  GArray      *pieces = world_get_states (world, lane);
  gint64       ns[LSC_N_STATES] = { 0 };
  gint64       end_ns = lsc_lane_get_end_ns (lane);
  gint64       at_ns = 0;
  LscStateSums sums;

  g_assert_cmpuint (lsc_lane_get_n_clamped (lane), ==, 0);
  for (guint i = 0; i < pieces->len; i++)
    {
      const LscStatePiece *piece = &g_array_index (pieces, LscStatePiece, i);

      g_assert_cmpint (piece->start_ns, >=, at_ns);
      at_ns = piece->end_ns;
      ns[piece->state] += piece->end_ns - piece->start_ns;
    }
  g_assert_true (end_ns < 0 || at_ns <= end_ns);
  lsc_lane_sum_states (lane, 0, world->end_ns, world->end_ns, &sums);
  for (guint i = 0; i < LSC_N_STATES; i++)
    g_assert_cmpint (sums.ns[i], ==, ns[i]);
}

GArray *
world_read_track (World *world, const FakeTrack *track)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (LscStatePiece));
  guint   n = lsc_recording_get_n_lanes (world->scene.recording);

  if (track->lane != NULL)
    add_states (world, track->lane, pieces);
  for (guint i = 0; track->lane == NULL && i < n; i++)
    {
      LscLane *lane = lsc_recording_get_lane (world->scene.recording, i);

      if (lsc_lane_get_kind (lane) == LSC_LANE_THREAD &&
          lsc_lane_get_tid (lane) == (gint)track->tid)
        add_states (world, lane, pieces);
    }
  return pieces;
}

/* ---- nothing was lost ------------------------------------------------------------------------ */

static void
check_exact (World *world, const FakeTrack *track)
{
  g_autoptr (GArray) told = world_read_track (world, track);
  gint64 until_ns = world->kernel->unwatched_ns >= 0 ? world->kernel->unwatched_ns : world->end_ns;
  guint  n_told = 0;

  for (guint i = 0; i < track->pieces->len; i++)
    {
      const FakePiece     *piece = &g_array_index (track->pieces, FakePiece, i);
      const LscStatePiece *got = &g_array_index (told, LscStatePiece, n_told);

      if (piece->start_ns >= until_ns)
        break;
      g_assert_cmpuint (n_told++, <, told->len);
      g_assert_cmpint (got->start_ns, ==, piece->start_ns);
      g_assert_cmpint (got->end_ns, ==, MIN (piece->end_ns, until_ns));
      g_assert_cmpint (got->state, ==, piece->state);
      g_assert_false (got->sampled);
      if (piece->state == LSC_STATE_RUNNING)
        g_assert_cmpuint (got->core_or_reason, ==, piece->core);
      else if (piece->state == LSC_STATE_WAITING && piece->end_ns <= until_ns)
        g_assert_cmpuint (got->core_or_reason, ==, piece->reason);
    }
  /* Without switches only what looks saw is told. */
  for (; n_told < told->len; n_told++)
    {
      const LscStatePiece *got = &g_array_index (told, LscStatePiece, n_told);

      g_assert_cmpint (got->start_ns, >=, until_ns);
      g_assert_true (got->sampled || got->state == LSC_STATE_NOT_RECORDED);
    }
}

static LscLane *
find_lane (World *world, const FakeThread *thread)
{
  for (guint i = 0; i < lsc_recording_get_n_lanes (world->scene.recording); i++)
    {
      LscLane *lane = lsc_recording_get_lane (world->scene.recording, i);

      if (lsc_lane_get_kind (lane) == LSC_LANE_THREAD &&
          lsc_lane_get_tid (lane) == (gint)thread->tid &&
          lsc_lane_get_start_ns (lane) == thread->start_ns)
        return lane;
    }
  g_error ("Seed %u: thread %u of %" G_GINT64_FORMAT " ns has no lane.", world->seed, thread->tid,
           thread->start_ns);
}

static void
check_thread (World *world, const FakeThread *thread)
{
  LscLane *lane;
  LscUsage usage;

  if (thread->is_claimed)
    return;
  lane = find_lane (world, thread);
  g_assert_cmpint (lsc_lane_get_end_ns (lane), ==, thread->end_ns);
  g_assert_cmpint (lsc_lane_get_pid (lane), ==, thread->pid);
  if (thread->has_lost || world->kernel->unwatched_ns >= 0)
    return;
  lsc_lane_get_usage (lane, &usage);
  g_assert_cmpint (usage.n_voluntary, ==, thread->n_voluntary);
  g_assert_cmpint (usage.n_involuntary, ==, thread->n_involuntary);
}

/* ---- cores ------------------------------------------------------------------------------------
 */

/* Who ran there then. */
static gboolean
ran_there (const FakeTrack *track, guint core, gint64 from_ns, gint64 to_ns)
{
  for (guint i = 0; i < track->pieces->len; i++)
    {
      const FakePiece *piece = &g_array_index (track->pieces, FakePiece, i);

      if (piece->state == LSC_STATE_RUNNING && piece->core == core && piece->start_ns <= from_ns &&
          piece->end_ns >= to_ns)
        return TRUE;
    }
  return FALSE;
}

typedef struct
{
  World *world;
  guint  core;
  gint64 sum_ns;
} Spans;

static void
check_span_cb (const LscSpan *span, gpointer user_data)
{
  Spans      *spans = user_data;
  FakeKernel *kernel = spans->world->kernel;
  LscLane    *lane = lsc_recording_get_lane (spans->world->scene.recording, span->task);
  FakeTrack  *track =
      g_hash_table_lookup (kernel->tracks, GINT_TO_POINTER (lsc_lane_get_tid (lane)));
  gboolean found = track != NULL && ran_there (track, spans->core, span->start_ns, span->end_ns);

  spans->sum_ns += span->end_ns - span->start_ns;
  for (guint i = 0; i < kernel->claimed->len && !found; i++)
    found = ran_there (g_ptr_array_index (kernel->claimed, i), spans->core, span->start_ns,
                       span->end_ns);
  g_assert_true (found || kernel->losses->len > 0);
}

/* All that threads are said to have run on a core is what the core is said to have run. */
static void
check_core (World *world, guint core)
{
  g_autofree char *name = g_strdup_printf ("core %u", core);
  LscLane         *lane = scene_find (&world->scene, LSC_LANE_CORE, name);
  Spans            spans = { world, core, 0 };
  gint64           sum_ns = 0;

  for (guint i = 0; i < lsc_recording_get_n_lanes (world->scene.recording); i++)
    {
      LscLane *other = lsc_recording_get_lane (world->scene.recording, i);
      GArray  *pieces = world_get_states (world, other);

      for (guint j = 0; lsc_lane_get_kind (other) != LSC_LANE_CORE && j < pieces->len; j++)
        {
          const LscStatePiece *piece = &g_array_index (pieces, LscStatePiece, j);

          if (piece->state == LSC_STATE_RUNNING && !piece->sampled && piece->core_or_reason == core)
            sum_ns += piece->end_ns - piece->start_ns;
        }
    }
  lsc_lane_foreach_span (lane, 0, 0, world->end_ns, world->end_ns, check_span_cb, &spans);
  g_assert_cmpint (spans.sum_ns, ==, sum_ns);
  g_assert_cmpint (sum_ns, >, 0);
}

/* ---- all of it ------------------------------------------------------------------------------ */

static void
add_track (FakeTrack *whole, const FakeTrack *part)
{
  g_array_append_vals (whole->pieces, part->pieces->data, part->pieces->len);
  whole->has_lost_start |= part->has_lost_start;
  whole->has_lost_end |= part->has_lost_end;
}

/* One whose exec was lost may go on beside the lane that was claimed for it. */
static void
check_number (World *world, const FakeTrack *track, gboolean is_losing)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (FakePiece));
  FakeTrack whole = { .tid = track->tid, .pieces = pieces };

  if (!is_losing)
    {
      check_exact (world, track);
      return;
    }
  add_track (&whole, track);
  for (guint i = 0; i < world->kernel->claimed->len; i++)
    {
      const FakeTrack *part = g_ptr_array_index (world->kernel->claimed, i);

      if (part->tid != track->tid)
        continue;
      add_track (&whole, part);
      whole.has_lost_start = TRUE;
    }
  world_check_true (world, &whole);
}

/* What is one after another on a lane is told as one. */
static void
check_claimed (World *world, gboolean is_losing)
{
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < world->kernel->claimed->len; i++)
    {
      const FakeTrack *track = g_ptr_array_index (world->kernel->claimed, i);
      g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (FakePiece));
      FakeTrack whole = { .lane = track->lane, .pieces = pieces };

      if (!g_hash_table_add (done, track->lane))
        continue;
      for (guint j = i; j < world->kernel->claimed->len; j++)
        {
          const FakeTrack *part = g_ptr_array_index (world->kernel->claimed, j);

          if (part->lane == track->lane)
            add_track (&whole, part);
        }
      if (is_losing)
        world_check_true (world, &whole);
      else
        check_exact (world, &whole);
    }
}

void
world_check (World *world, gboolean is_losing)
{
  GHashTableIter iter;
  gpointer       track;

  world->states = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  for (guint i = 0; i < lsc_recording_get_n_lanes (world->scene.recording); i++)
    g_ptr_array_add (world->states, read_states (lsc_recording_get_lane (world->scene.recording, i),
                                                 world->end_ns));
  for (guint i = 0; i < lsc_recording_get_n_lanes (world->scene.recording); i++)
    check_lane (world, lsc_recording_get_lane (world->scene.recording, i));
  g_hash_table_iter_init (&iter, world->kernel->tracks);
  while (g_hash_table_iter_next (&iter, NULL, &track))
    check_number (world, track, is_losing);
  check_claimed (world, is_losing);
  for (guint i = 0; !is_losing && i < world->kernel->threads->len; i++)
    check_thread (world, g_ptr_array_index (world->kernel->threads, i));
  for (guint core = 0; core < FAKE_N_CORES; core++)
    {
      check_core (world, core);
      if (is_losing)
        world_check_core_gaps (world, core);
    }
}

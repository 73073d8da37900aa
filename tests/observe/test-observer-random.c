/* test-observer-random.c: whatever threads do, what is told of them is what they did.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A kernel that is made up does things at random, remembers them, and tells of them as the real one
 * does. Where nothing was lost, lanes say exactly that; where something was, they say nothing that
 * is not so, but for one thing: a loss is told when it is over, and until then one that was seen to
 * wait is shown to wait.
 */

#include "config.h"

#include <glib/gstdio.h>

#include "lsc-clock.h"
#include "lsc-collector.h"
#include "lsc-fake-kernel.h"
#include "lsc-test-cache.h"
#include "lsc-ring.h"
#include "observer-support.h"

#define N_STEPS  1500u
#define N_PLACES 2u

#define RING_CAPACITY 64u /* so little that it is full all the time */

typedef struct
{
  Scene       scene;
  FakeKernel *kernel;
  LscLane    *places[N_PLACES];
  guint       place_tids[N_PLACES];
  guint32     seed;
  gint64      end_ns;
  GPtrArray  *states; /* by lane, of LscStatePiece */

  /* What is told goes through a ring; NULL: it does not. */
  LscCollector *collector;
  LscSegment   *segment;
  LscRingWriter ring;
} World;

static void
send_cb (gpointer user_data, const LscRecord *record, const char *name)
{
  World    *world = user_data;
  LscRecord written = *record;
  guint32   id;

  if (world->collector == NULL)
    {
      id = name != NULL ? lsc_recorder_add_string (world->scene.recorder, name) : 0;
      g_assert_true (
          lsc_observer_take (world->scene.observer, record, (gint64)record->time_ns, id));
      return;
    }
  if (name != NULL)
    written.name = lsc_segment_add_string (world->segment, name);
  while (!lsc_ring_write (&world->ring, &written))
    g_assert_cmpuint (lsc_collector_drain (world->collector), >, 0);
}

/* The launcher's segment, as it is in a run. */
static void
make_ring (World *world)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "segment", NULL);
  LscSegment      *reading;

  world->segment = lsc_segment_create (path, 2, RING_CAPACITY);
  g_assert_nonnull (world->segment);
  reading = lsc_segment_open (path);
  g_assert_nonnull (reading);
  g_unlink (path);
  world->collector = lsc_collector_new (world->scene.recorder);
  lsc_collector_add_launcher (world->collector, reading);
  lsc_ring_writer_init (&world->ring, world->segment, 1);
}

static void
drop_ring (World *world)
{
  if (world->collector == NULL)
    return;
  while (lsc_collector_drain (world->collector) > 0)
    ;
  g_assert_cmpuint (lsc_collector_get_n_bad (world->collector), ==, 0);
  g_assert_finalize_object (world->collector);
  lsc_segment_close (world->segment);
}

/* ---- the run's own ----------------------------------------------------------------------------
 */

static void
spawn (World *world, guint place)
{
  guint    tid = fake_kernel_get_next_tid (world->kernel);
  LscLane *lane = world->places[place];

  if (tid == 0 || fake_kernel_is_taken (world->kernel, world->place_tids[place]))
    return;
  for (guint core = 0; core < FAKE_N_CORES; core++)
    if (world->kernel->cores[core].tid == 0)
      {
        if (world->collector != NULL)
          lsc_collector_claim_place (world->collector, (gint32)tid, lane);
        else
          {
            lsc_observer_claim_process (world->scene.observer, (gint32)tid, lane);
            lsc_observer_claim_thread (world->scene.observer, (gint32)tid, (gint32)tid, lane);
          }
        g_assert_nonnull (fake_kernel_spawn (world->kernel, lane));
        world->place_tids[place] = tid;
        return;
      }
}

/* A thread turns out to be the run's own, after it was seen. */
static void
claim_late (World *world)
{
  FakeThread *thread = fake_kernel_pick (world->kernel);
  LscLane    *lane;

  if (thread == NULL || thread->is_claimed || thread->has_lost || world->kernel->is_losing)
    return;
  if (world->kernel->unwatched_ns >= 0 || world->collector != NULL)
    return;
  if (g_rand_boolean (world->kernel->rand))
    {
      lane = lsc_observer_adopt_thread (world->scene.observer, (gint32)thread->pid,
                                        (gint32)thread->tid, 7, "adopted");
      g_assert_nonnull (lane);
      g_assert_true (lsc_lane_is_own (lane));
      thread->is_claimed = TRUE;
      return;
    }
  lane = lsc_recorder_add_lane (world->scene.recorder, LSC_LANE_THREAD, world->places[0],
                                LSC_SOURCE_OWN, (gint32)thread->pid, G_MAXINT32, 8, "claimed late",
                                thread->now.start_ns);
  lsc_observer_claim_thread (world->scene.observer, (gint32)thread->pid, (gint32)thread->tid, lane);
  fake_kernel_move (world->kernel, thread, lane);
}

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

static GArray *
get_states (World *world, LscLane *lane)
{
  return g_ptr_array_index (world->states, lsc_lane_get_index (lane));
}

static void
add_states (World *world, LscLane *lane, GArray *pieces)
{
  GArray *states = get_states (world, lane);

  g_array_append_vals (pieces, states->data, states->len);
}

/* Sums are those of what there is; nothing overlaps, nothing comes after the end. */
static void
check_lane (World *world, LscLane *lane)
{
  GArray      *pieces = get_states (world, lane);
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

static GArray *
read_track (World *world, const FakeTrack *track)
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
  g_autoptr (GArray) told = read_track (world, track);
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
      GArray  *pieces = get_states (world, other);

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

/* ---- something was lost -----------------------------------------------------------------------
 */

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

static gboolean
is_so (const LscStatePiece *told, const FakePiece *piece)
{
  if (told->state != LSC_STATE_RUNNING || piece->state != LSC_STATE_RUNNING)
    return told->state != LSC_STATE_RUNNING && piece->state != LSC_STATE_RUNNING;
  return told->core_or_reason == LSC_CORE_UNKNOWN || told->core_or_reason == piece->core;
}

/* It went onto a core, or off one, of which nothing was told then. */
static gboolean
is_hidden (const World         *world,
           const LscStatePiece *told,
           const FakePiece     *piece,
           gint64               from_ns,
           gint64               to_ns)
{
  return (piece->state == LSC_STATE_RUNNING &&
          (is_lost (world, piece->core, from_ns, to_ns) ||
           is_lost (world, piece->core, piece->end_ns, piece->end_ns))) ||
         (told->state == LSC_STATE_RUNNING && told->core_or_reason != LSC_CORE_UNKNOWN &&
          is_lost (world, told->core_or_reason, from_ns, to_ns));
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
      if (!is_so (told, piece) && !is_hidden (world, told, piece, from_ns, to_ns))
        refute (world, track, told, piece, from_ns, to_ns);
    }
  /* It was there at all. */
  if (known_ns != told->end_ns - told->start_ns &&
      (!track->has_lost_end ||
       (told->state == LSC_STATE_RUNNING &&
        !is_lost (world, told->core_or_reason, told->start_ns + known_ns, told->end_ns))))
    refute (world, track, told, &(FakePiece){ 0 }, known_ns, told->end_ns - told->start_ns);
}

static void
check_true (const World *world, const FakeTrack *track)
{
  g_autoptr (GArray) told = read_track ((World *)world, track);
  gint64 told_ns = 0;
  gint64 lived_ns = 0;

  for (guint i = 0; i < told->len; i++)
    {
      const LscStatePiece *piece = &g_array_index (told, LscStatePiece, i);

      g_assert_cmpint (piece->state, !=, LSC_STATE_UNKNOWN);
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
static void
check_core_gaps (World *world, guint core)
{
  g_autofree char *name = g_strdup_printf ("core %u", core);
  LscLane         *lane = scene_find (&world->scene, LSC_LANE_CORE, name);
  gint64           known_ns = lsc_lane_get_start_ns (lane);
  LscStatePiece    piece;
  LscSpan          span;

  for (guint i = 0; i < world->kernel->losses->len; i++)
    {
      const FakeLoss *loss = &g_array_index (world->kernel->losses, FakeLoss, i);

      if (loss->core != core && loss->core != LSC_ALL_CORES)
        continue;
      for (gint64 at_ns = MAX (loss->from_ns + 1000, known_ns); at_ns < loss->to_ns; at_ns += 500)
        {
          g_assert_true (lsc_lane_find_state (lane, at_ns, world->end_ns, &piece));
          g_assert_cmpint (piece.state, ==, LSC_STATE_NOT_RECORDED);
          /* One that was there before may have been seen on another core since. */
          g_assert_true (!lsc_lane_find_span (lane, 0, at_ns, world->end_ns, &span) ||
                         span.start_ns < loss->from_ns + 1000);
        }
      known_ns = loss->to_ns;
    }
}

/* ---- seeds ------------------------------------------------------------------------------------
 */

static void
world_run (World *world, gboolean is_losing, gboolean is_stopped)
{
  const LscRecord start = { .kind = LSC_RECORD_WATCH,
                            .category =
                                LSC_WATCH_SWITCHES | LSC_WATCH_LIFECYCLE | LSC_WATCH_SAMPLES,
                            .task = LSC_NO_TASK };

  for (guint i = 0; i < N_PLACES; i++)
    world->places[i] = lsc_recorder_add_lane (world->scene.recorder, LSC_LANE_PROCESS, NULL,
                                              LSC_SOURCE_OWN, 0, 0, i + 1, "place", 0);
  world->kernel = fake_kernel_new (world->seed, is_losing, send_cb, world);
  /* What is told late must not be told with numbers that are others' by then. */
  if (world->collector != NULL)
    world->kernel->n_tids = G_MAXINT32;
  send_cb (world, &start, NULL);
  fake_kernel_spawn (world->kernel, NULL);
  for (guint i = 0; i < N_STEPS; i++)
    {
      if (i % 50 == 0)
        spawn (world, i / 50 % N_PLACES);
      if (i % 70 == 0)
        fake_kernel_spawn (world->kernel, NULL);
      if (i % 90 == 0)
        claim_late (world);
      if (is_stopped && i == N_STEPS / 2)
        fake_kernel_stop_switches (world->kernel);
      fake_kernel_step (world->kernel);
    }
  fake_kernel_finish (world->kernel);
  drop_ring (world);
  world->end_ns = world->kernel->now_ns + LSC_NS_PER_MS;
  lsc_recorder_finish (world->scene.recorder, world->end_ns);
}

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
  check_true (world, &whole);
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
        check_true (world, &whole);
      else
        check_exact (world, &whole);
    }
}

static void
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
        check_core_gaps (world, core);
    }
}

static void
test_seeds (guint n_seeds, gboolean is_losing, gboolean is_stopped, gboolean has_ring)
{
  const char *only = g_getenv ("LSC_TEST_SEED");

  for (guint i = 0; i < n_seeds; i++)
    {
      World world = { .seed = only != NULL ? (guint32)g_ascii_strtoull (only, NULL, 10) : i };

      g_test_message ("seed %u", world.seed);
      scene_set_up (&world.scene, NULL);
      if (has_ring)
        make_ring (&world);
      world_run (&world, is_losing, is_stopped);
      world_check (&world, is_losing);
      g_ptr_array_unref (world.states);
      fake_kernel_free (world.kernel);
      scene_tear_down (&world.scene, NULL);
    }
}

static void
test_all_told (void)
{
  test_seeds (40, FALSE, FALSE, FALSE);
}

static void
test_stopped (void)
{
  test_seeds (20, FALSE, TRUE, FALSE);
}

static void
test_losses (void)
{
  test_seeds (150, TRUE, FALSE, FALSE);
}

static void
test_ring (void)
{
  test_seeds (20, FALSE, TRUE, TRUE);
}

static void
test_ring_losses (void)
{
  test_seeds (20, TRUE, FALSE, TRUE);
}

int
main (int argc, char *argv[])
{
  char *cache;
  int   status;

  g_test_init (&argc, &argv, NULL);
  cache = lsc_test_cache_enter ();
  g_test_add_func ("/observer/random/all-told", test_all_told);
  g_test_add_func ("/observer/random/stopped", test_stopped);
  g_test_add_func ("/observer/random/losses", test_losses);
  g_test_add_func ("/observer/random/ring", test_ring);
  g_test_add_func ("/observer/random/ring-losses", test_ring_losses);
  status = g_test_run ();
  lsc_test_cache_leave (cache);
  return status;
}

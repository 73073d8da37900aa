/* test-shares.c: states from afar and in sums, against a list of states walked naively; and what
 * lanes turn out to be while a run goes on.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "lsc-recorder.h"
#include "lsc-test-cache.h"

#define N_STATES_MANY 60000
/* A 255th of rounding on each side, and one more where cells of a level are merged again. */
#define TOLERANCE 0.012

typedef struct
{
  gint64   start_ns;
  gint64   end_ns;
  LscState state;
  guint    name;
} Known;

typedef struct
{
  LscRecorder  *recorder;
  LscRecording *recording;
  LscLane      *lane;
  GArray       *known; /* of Known */
  gint64        now_ns;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  LscRecordingInfo info = { .workload_id = "test" };

  fixture->recorder = lsc_recorder_new (NULL, &info, NULL, 0, NULL);
  fixture->recording = lsc_recorder_get_recording (fixture->recorder);
  fixture->lane = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_EXACT,
                                         1, 1, 0, "thread", 0);
  fixture->known = g_array_new (FALSE, FALSE, sizeof (Known));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_array_unref (fixture->known);
  g_object_unref (fixture->recorder);
}

static const Known *
known_at (const Fixture *fixture, guint i)
{
  return &g_array_index (fixture->known, Known, i);
}

static void
add (Fixture *fixture, gint64 duration_ns, LscState state, guint name)
{
  Known known = { fixture->now_ns, fixture->now_ns + duration_ns, state, name };

  lsc_recorder_set_state (fixture->recorder, fixture->lane, known.start_ns, state, name);
  g_array_append_val (fixture->known, known);
  fixture->now_ns = known.end_ns;
}

/* Runs, is pushed off or waits; now and then for long; rarely not recorded. */
static void
fill (Fixture *fixture, guint n, GRand *random)
{
  for (guint i = 0; i < n; i++)
    {
      gint64 longest_ns = g_rand_int_range (random, 0, 100) == 0 ? 3000000 : 20000;
      gint64 ns = g_rand_int_range (random, 0, (gint32)longest_ns);

      if (i % 2 == 0)
        add (fixture, ns, LSC_STATE_RUNNING, (guint)g_rand_int_range (random, 0, 3));
      else if (g_rand_int_range (random, 0, 500) == 0)
        add (fixture, ns, LSC_STATE_NOT_RECORDED, 0);
      else
        add (fixture, ns, g_rand_boolean (random) ? LSC_STATE_PREEMPTED : LSC_STATE_WAITING,
             (guint)g_rand_int_range (random, 0, LSC_N_REASONS));
    }
}

static void
sum_naively (const Fixture *fixture, gint64 from_ns, gint64 to_ns, double ns[LSC_N_STATES])
{
  for (guint i = 0; i < LSC_N_STATES; i++)
    ns[i] = 0;
  for (guint i = 0; i < fixture->known->len; i++)
    {
      const Known *known = known_at (fixture, i);

      ns[known->state] +=
          (double)MAX (MIN (known->end_ns, to_ns) - MAX (known->start_ns, from_ns), 0);
    }
}

static void
check_view (Fixture *fixture, gint64 from_ns, gint64 to_ns, guint n_px)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (LscStatePiece));
  double px_ns = (double)(to_ns - from_ns) / n_px;
  gint64 last_ns = G_MININT64;
  double drawn[LSC_N_STATES] = { 0 };
  double expected[LSC_N_STATES];

  lsc_lane_query_states (fixture->lane, from_ns, to_ns, n_px, fixture->now_ns, pieces);
  g_assert_cmpuint (pieces->len, >, 0);
  g_assert_cmpuint (pieces->len, <=, 2 * n_px + 2);
  for (guint i = 0; i < pieces->len; i++)
    {
      const LscStatePiece *piece = &g_array_index (pieces, LscStatePiece, i);
      double               length_ns = (double)(piece->end_ns - piece->start_ns);
      float                total = 0;

      g_assert_cmpint (piece->start_ns, >=, last_ns);
      last_ns = piece->end_ns;
      for (guint state = 0; state < LSC_N_STATES; state++)
        {
          total += piece->shares[state];
          g_assert_cmpfloat (piece->shares[piece->state], >=, piece->shares[state]);
          drawn[state] +=
              piece->shares[state] *
              (double)MAX (MIN (piece->end_ns, to_ns) - MAX (piece->start_ns, from_ns), 0);
        }
      g_assert_cmpfloat (total, <=, 1.0001);
      if (piece->n_states == 1)
        g_assert_cmpfloat (piece->shares[piece->state], ==, 1);
      else
        g_assert_cmpfloat (length_ns, <, 4 * px_ns + 2);
    }

  /* All in all, no state has got more or less. */
  sum_naively (fixture, MAX (from_ns, 0), MIN (to_ns, fixture->now_ns), expected);
  for (guint state = 0; state < LSC_N_STATES; state++)
    g_assert_cmpfloat (fabs (drawn[state] - expected[state]), <=,
                       TOLERANCE * (double)(to_ns - from_ns) + 2 * px_ns);
}

static void
test_views (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  fill (fixture, N_STATES_MANY, random);
  for (guint n_px = 1; n_px <= 2000; n_px *= 7)
    check_view (fixture, 0, fixture->now_ns, n_px);
  for (guint i = 0; i < 60; i++)
    {
      gint64 width_ns = (gint64)pow (10, g_rand_double_range (random, 3, 8.8));
      gint64 from_ns =
          (gint64)g_rand_double_range (random, 0, (double)(fixture->now_ns - width_ns / 2));

      check_view (fixture, from_ns, from_ns + width_ns, (guint)g_rand_int_range (random, 1, 1500));
    }
}

/* Piece by piece: four threads that take turns of 10 us on a core are a quarter each, wherever one
 * looks. */
static void
test_turns (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (LscStatePiece));

  for (guint i = 0; i < 20000; i++)
    {
      add (fixture, 10000, LSC_STATE_RUNNING, 0);
      add (fixture, 30000, i % 2 == 0 ? LSC_STATE_PREEMPTED : LSC_STATE_WAITING, 0);
    }
  lsc_lane_query_states (fixture->lane, 0, fixture->now_ns, 500, fixture->now_ns, pieces);
  for (guint i = 1; i + 1 < pieces->len; i++)
    {
      const LscStatePiece *piece = &g_array_index (pieces, LscStatePiece, i);

      g_assert_cmpuint (piece->n_states, >, 1);
      g_assert_cmpfloat_with_epsilon (piece->shares[LSC_STATE_RUNNING], 0.25, 0.05);
      g_assert_cmpfloat_with_epsilon (piece->shares[LSC_STATE_PREEMPTED], 0.375, 0.05);
      g_assert_cmpfloat_with_epsilon (piece->shares[LSC_STATE_WAITING], 0.375, 0.05);
      g_assert_false (piece->sampled);
    }
}

/* A microsecond of running in ten minutes of waiting, among a million other things. */
static void
test_rare (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (LscStatePiece));
  guint n_seen = 0;

  for (guint i = 0; i < 100000; i++)
    add (fixture, 3000000, LSC_STATE_WAITING, i % 4);
  add (fixture, 1000, LSC_STATE_RUNNING, 1);
  for (guint i = 0; i < 100000; i++)
    add (fixture, 3000000, LSC_STATE_WAITING, i % 4);

  lsc_lane_query_states (fixture->lane, 0, fixture->now_ns, 100, fixture->now_ns, pieces);
  for (guint i = 0; i < pieces->len; i++)
    n_seen += g_array_index (pieces, LscStatePiece, i).shares[LSC_STATE_RUNNING] > 0;
  /* Right at an edge a neighbour may have it, too. */
  g_assert_cmpuint (n_seen, >=, 1);
  g_assert_cmpuint (n_seen, <=, 2);
}

static void
check_sums (Fixture *fixture, gint64 from_ns, gint64 to_ns)
{
  LscStateSums sums;
  gint64       n_switches = 0;
  gint64       n_migrations = 0;
  gint         core = -1;
  double       expected[LSC_N_STATES];

  for (guint i = 0; i < fixture->known->len; i++)
    {
      const Known *known = known_at (fixture, i);

      if (known->state != LSC_STATE_RUNNING || known->start_ns >= to_ns)
        continue;
      if (core >= 0 && (guint)core != known->name && known->start_ns >= from_ns)
        n_migrations++;
      core = (gint)known->name;
      /* The last one goes on. */
      if (known->end_ns > from_ns && known->end_ns <= to_ns && i + 1 < fixture->known->len)
        n_switches++;
    }
  sum_naively (fixture, from_ns, to_ns, expected);

  lsc_lane_sum_states (fixture->lane, from_ns, to_ns, fixture->now_ns, &sums);
  for (guint state = 0; state < LSC_N_STATES; state++)
    {
      g_assert_cmpint (sums.ns[state], ==, (gint64)expected[state]);
      g_assert_cmpint (
          lsc_lane_sum_state (fixture->lane, (LscState)state, from_ns, to_ns, fixture->now_ns), ==,
          sums.ns[state]);
    }
  if (sums.ns[LSC_STATE_NOT_RECORDED] > 0)
    n_switches = n_migrations = -1;
  g_assert_cmpint (sums.n_switches, ==, n_switches);
  g_assert_cmpint (sums.n_migrations, ==, n_migrations);
}

static void
test_sums (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  fill (fixture, 9001, random);
  check_sums (fixture, 0, fixture->now_ns);
  for (guint i = 0; i < 300; i++)
    {
      gint64 a = (gint64)g_rand_double_range (random, 0, (double)fixture->now_ns);
      gint64 b = (gint64)g_rand_double_range (random, 0, (double)fixture->now_ns);

      check_sums (fixture, MIN (a, b), MAX (a, b) + 1);
      /* Right at the edges of what there is. */
      a = known_at (fixture, (guint)g_rand_int_range (random, 0, 4000))->start_ns;
      b = known_at (fixture, (guint)g_rand_int_range (random, 4000, 9000))->end_ns;
      check_sums (fixture, a, MAX (b, a + 1));
    }

  /* What was not seen switch by switch has none to count. */
  {
    LscStateSums sums;

    lsc_recorder_set_source (fixture->recorder, fixture->lane, LSC_SOURCE_SAMPLED);
    lsc_lane_sum_states (fixture->lane, 0, 1, fixture->now_ns, &sums);
    g_assert_cmpint (sums.n_switches, ==, -1);
    g_assert_cmpint (sums.n_migrations, ==, -1);
  }
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  LscStatePiece piece;

  add (fixture, 100, LSC_STATE_RUNNING, 5);
  lsc_recorder_set_sampled_state (fixture->recorder, fixture->lane, 100, LSC_STATE_BLOCKED, 0);
  lsc_recorder_explain_state (fixture->recorder, fixture->lane, LSC_REASON_DISK);

  g_assert_true (lsc_lane_find_state (fixture->lane, 99, 300, &piece));
  g_assert_cmpuint (piece.state, ==, LSC_STATE_RUNNING);
  g_assert_cmpuint (piece.core_or_reason, ==, 5);
  g_assert_false (piece.sampled);
  g_assert_true (lsc_lane_find_state (fixture->lane, 200, 300, &piece));
  g_assert_cmpuint (piece.state, ==, LSC_STATE_BLOCKED);
  g_assert_cmpuint (piece.core_or_reason, ==, LSC_REASON_DISK);
  g_assert_true (piece.sampled);
  g_assert_true (piece.open);
  g_assert_cmpint (piece.end_ns, ==, 300);
  g_assert_false (lsc_lane_find_state (fixture->lane, 301, 300, &piece));
}

/* A worker says that it has ended before those who watch it have told what it did last. */
static void
test_late (Fixture *fixture, gconstpointer data)
{
  LscStateSums sums;

  lsc_recorder_set_states_late (fixture->recorder, fixture->lane, TRUE);
  lsc_recorder_set_state (fixture->recorder, fixture->lane, 0, LSC_STATE_RUNNING, 0);
  lsc_recorder_end_lane (fixture->recorder, fixture->lane, 1000, LSC_LANE_RETIRED, 0,
                         LSC_TASK_DONE);
  /* Live, what is open ends with the lane. */
  lsc_lane_sum_states (fixture->lane, 0, 5000, 5000, &sums);
  g_assert_cmpint (sums.ns[LSC_STATE_RUNNING], ==, 1000);

  lsc_recorder_set_state (fixture->recorder, fixture->lane, 400, LSC_STATE_WAITING, 0);
  lsc_recorder_set_state (fixture->recorder, fixture->lane, 900, LSC_STATE_RUNNING, 1);
  /* After its end: its last steps in the kernel. */
  lsc_recorder_set_state (fixture->recorder, fixture->lane, 1100, LSC_STATE_WAITING, 0);
  lsc_recorder_end_states (fixture->recorder, fixture->lane, 1200);
  lsc_lane_sum_states (fixture->lane, 0, 5000, 5000, &sums);
  g_assert_cmpint (sums.ns[LSC_STATE_RUNNING], ==, 500);
  g_assert_cmpint (sums.ns[LSC_STATE_WAITING], ==, 500);
  g_assert_cmpuint (lsc_lane_get_n_clamped (fixture->lane), ==, 0);
}

/* ---- in files ------------------------------------------------------------------------------- */

static void
fill_turns (Fixture *fixture, LscLane *process, LscLane *thread)
{
  LscRecorder *recorder = fixture->recorder;

  lsc_recorder_set_seen (recorder, process, NULL);
  lsc_recorder_set_seen (recorder, thread, NULL);
  lsc_recorder_rename_lane (recorder, process, "sh");
  lsc_recorder_rename_lane (recorder, process, "gcc");
  lsc_recorder_adopt_lane (recorder, thread, 3, "worker 3");
  lsc_recorder_set_source (recorder, thread, LSC_SOURCE_SAMPLED);
  lsc_recorder_add_watch (recorder, 0, LSC_WATCH_SWITCHES | LSC_WATCH_LIFECYCLE, 0, 0);
  lsc_recorder_add_watch (recorder, 700, LSC_WATCH_SAMPLES, EPERM,
                          lsc_recorder_add_string (recorder, "budget"));
  lsc_recorder_add_counter (recorder, process, 10, LSC_COUNTER_PSS_BYTES, 33);
  lsc_recorder_add_counter (recorder, process, 20, LSC_COUNTER_FAULTS, 44);
  lsc_recorder_add_counter (recorder, process, 20, LSC_COUNTER_SWITCHES, 55);
  for (guint i = 0; i < 3000; i++)
    lsc_recorder_set_sampled_state (recorder, thread, i * 10,
                                    i % 2 == 0 ? LSC_STATE_RUNNING : LSC_STATE_WAITING, 0);
}

static gboolean
add_up (gint64 time_ns, guint64 value, gpointer user_data)
{
  guint64 *sum = user_data;

  *sum += value;
  return TRUE;
}

static void
check_turns (LscRecording *recording, const LscLane *made_process)
{
  LscLane      *process = lsc_recording_get_lane (recording, 1);
  LscLane      *thread = lsc_recording_get_lane (recording, 2);
  LscStatePiece piece;
  LscWatch      watch;
  guint64       sum = 0;

  g_assert_false (lsc_lane_is_own (process));
  g_assert_true (lsc_lane_is_own (thread));
  g_assert_true (lsc_lane_is_own (lsc_recording_get_lane (recording, 0)));
  g_assert_null (lsc_lane_get_creator (process));
  g_assert_true (lsc_lane_get_creator (lsc_recording_get_lane (recording, 3)) == process);
  g_assert_cmpstr (lsc_lane_get_name (process), ==, "gcc");
  g_assert_cmpstr (lsc_lane_get_name (thread), ==, "worker 3");
  g_assert_cmpuint (lsc_lane_get_worker (thread), ==, 3);
  g_assert_cmpint (lsc_lane_get_source (thread), ==, LSC_SOURCE_SAMPLED);
  g_assert_true (lsc_lane_find_state (thread, 10005, 30000, &piece));
  g_assert_true (piece.sampled);

  g_assert_cmpint (lsc_recording_get_observation (recording), ==, LSC_SOURCE_EXACT);
  g_assert_cmpuint (lsc_recording_get_n_watches (recording), ==, 2);
  lsc_recording_get_watch (recording, 1, &watch);
  g_assert_cmpint (watch.time_ns, ==, 700);
  g_assert_cmpuint (watch.watches, ==, LSC_WATCH_SAMPLES);
  g_assert_cmpint (watch.refusal, ==, EPERM);
  g_assert_cmpstr (watch.word, ==, "budget");

  for (LscCounterKind kind = LSC_COUNTER_PSS_BYTES; kind <= LSC_COUNTER_SWITCHES; kind++)
    lsc_recording_foreach_counter (recording, process, kind, 0, 1000, add_up, &sum);
  g_assert_cmpuint (sum, ==, 33 + 44 + 55);
  g_assert_true (made_process == NULL || made_process == process);
}

static void
test_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("lanescope-shares-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "saved.lanescope", NULL);
  g_autoptr (LscRecording) opened = NULL;
  g_autoptr (GError) error = NULL;
  LscLane *process = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_PROCESS, NULL,
                                            LSC_SOURCE_EXACT, 5, 5, 0, "make", 0);
  LscLane *thread = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, process,
                                           LSC_SOURCE_EXACT, 5, 6, 0, "make", 0);
  LscLane *child = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_PROCESS, NULL,
                                          LSC_SOURCE_EXACT, 7, 7, 0, "cc1", 0);

  lsc_recorder_set_seen (fixture->recorder, child, process);
  fill_turns (fixture, process, thread);
  check_turns (fixture->recording, process);
  lsc_recorder_finish (fixture->recorder, 40000);
  g_assert_true (lsc_recording_save (fixture->recording, path, NULL, &error));
  g_assert_no_error (error);
  opened = lsc_recording_open (path, NULL, &error);
  g_assert_no_error (error);
  check_turns (opened, NULL);
  g_unlink (path);
  g_rmdir (folder);
}

/* ---- the band -------------------------------------------------------------------------------- */

/* Core 0 is busy for the first half, core 1 for three quarters; of core 1 the last quarter is not
 * known. */
static void
test_running (Fixture *fixture, gconstpointer data)
{
  LscRecorder *recorder = fixture->recorder;
  float        lanes[4];
  float        unknown[4];
  LscLane     *cores[2];

  g_assert_false (lsc_recording_query_running (fixture->recording, 0, 400, 4, 400, lanes, unknown));
  lsc_recorder_add_watch (recorder, 0, LSC_WATCH_SWITCHES, 0, 0);
  for (guint i = 0; i < 2; i++)
    {
      cores[i] = lsc_recorder_add_lane (recorder, LSC_LANE_CORE, NULL, LSC_SOURCE_EXACT, 0, 0, 0,
                                        "core", 0);
      lsc_recorder_begin_span (recorder, cores[i], 0, 0, 0, 0);
      lsc_recorder_end_span (recorder, cores[i], i == 0 ? 200 : 300, LSC_TASK_DONE);
    }
  lsc_recorder_set_state (recorder, cores[1], 300, LSC_STATE_NOT_RECORDED, 0);

  g_assert_true (lsc_recording_query_running (fixture->recording, 0, 400, 4, 400, lanes, unknown));
  g_assert_cmpfloat_with_epsilon (lanes[0], 2, 0.001);
  g_assert_cmpfloat_with_epsilon (lanes[1], 2, 0.001);
  g_assert_cmpfloat_with_epsilon (lanes[2], 1, 0.001);
  g_assert_cmpfloat_with_epsilon (lanes[3], 0, 0.001);
  g_assert_cmpfloat_with_epsilon (unknown[2], 0, 0.001);
  g_assert_cmpfloat_with_epsilon (unknown[3], 1, 0.001);
  g_assert_cmpint (lsc_recording_get_watch_cost_ns (fixture->recording), >, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  char *cache;
  int   status;

  g_test_init (&argc, &argv, NULL);
  cache = lsc_test_cache_enter ();
  ADD ("/shares/views", test_views);
  ADD ("/shares/turns", test_turns);
  ADD ("/shares/rare", test_rare);
  ADD ("/shares/sums", test_sums);
  ADD ("/shares/find", test_find);
  ADD ("/shares/late", test_late);
  ADD ("/shares/file", test_file);
  ADD ("/shares/running", test_running);
  status = g_test_run ();
  lsc_test_cache_leave (cache);
  return status;
}

/* test-digest.c: what is known of all lanes together, without a look at each.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is expected is what the test itself added up while it told the recorder; of a recording that
 * was opened from its file it is the same.
 */

#include "config.h"

#include "lsc-clock.h"
#include "lsc-lane-counters.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"

#define N_LANES  40u
#define N_STEPS  20000u
#define MAX_STEP 1000

typedef struct
{
  LscLane *lane;
  gint     state; /* -1: none yet, or its states are over */
  gint64   since_ns;
  gint64   ns[LSC_N_STATES];
} Truth;

static LscRecorder *
new_recorder (const char *path)
{
  const LscRecordingInfo info = { .workload_id = "test", .workload_name = "Test", .n_workers = 2 };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (GError) error = NULL;
  LscRecorder *recorder;

  lsc_text_list_append (inputs, "input", -1);
  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (path, &info, inputs, 0, &error);
  g_assert_no_error (error);
  return recorder;
}

static LscLane *
add_lane (LscRecorder *recorder, LscLaneKind kind, guint worker)
{
  return lsc_recorder_add_lane (recorder, kind, NULL, LSC_SOURCE_EXACT, 1, 1, worker, "lane", 0);
}

static void
end_state (Truth *truth, gint64 now_ns)
{
  if (truth->state >= 0)
    truth->ns[truth->state] += now_ns - truth->since_ns;
  truth->since_ns = now_ns;
}

static void
check_sums (const Truth *truths, gint64 now_ns)
{
  for (guint i = 0; i < N_LANES; i++)
    for (gint state = 0; state < LSC_N_STATES; state++)
      {
        const Truth *truth = &truths[i];
        gint64       expected_ns =
            truth->ns[state] + (truth->state == state ? now_ns - truth->since_ns : 0);

        g_assert_cmpint (lsc_lane_sum_state (truth->lane, (LscState)state, 0, G_MAXINT64, now_ns),
                         ==, expected_ns);
      }
}

/* Lanes that change their states at random, or end, with some blocks full and others not. */
static void
test_sums (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "digest.lanescope", NULL);
  g_autoptr (LscRecorder) recorder = new_recorder (path);
  g_autoptr (LscRecording) opened = NULL;
  g_autoptr (GError) error = NULL;
  Truth  truths[N_LANES] = { { 0 } };
  gint64 now_ns = 0;

  for (guint i = 0; i < N_LANES; i++)
    truths[i] = (Truth){ .lane = add_lane (recorder, LSC_LANE_THREAD, 0), .state = -1 };
  for (guint step = 0; step < N_STEPS; step++)
    {
      /* One of them most often: more than a block of states. */
      Truth *truth = &truths[step % 3 == 0 ? 0 : g_test_rand_int_range (0, N_LANES)];

      now_ns += g_test_rand_int_range (0, MAX_STEP);
      if (lsc_lane_get_end_ns (truth->lane) >= 0)
        continue;
      end_state (truth, now_ns);
      if (truth != truths && g_test_rand_int_range (0, 500) == 0)
        {
          lsc_recorder_end_lane (recorder, truth->lane, now_ns, LSC_LANE_RETIRED, 0, LSC_TASK_DONE);
          truth->state = -1;
          continue;
        }
      truth->state = g_test_rand_int_range (0, LSC_N_STATES);
      lsc_recorder_set_state (recorder, truth->lane, now_ns, (LscState)truth->state, 0);
      if (step % 100 == 0)
        check_sums (truths, now_ns + 7);
    }
  lsc_recorder_finish (recorder, now_ns);
  check_sums (truths, now_ns);

  opened = lsc_recording_open (path, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_LANES; i++)
    truths[i].lane = lsc_recording_get_lane (opened, i);
  check_sums (truths, now_ns);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
check_workers (LscRecording *recording, guint n)
{
  g_assert_cmpuint (lsc_recording_get_n_worker_lanes (recording), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (lsc_lane_get_worker (lsc_recording_get_worker_lane (recording, i)), ==,
                      i + 1);
}

/* Also one whose number is known later; and each is there once. */
static void
test_workers (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "workers.lanescope", NULL);
  g_autoptr (LscRecorder) recorder = new_recorder (path);
  g_autoptr (LscRecording) opened = NULL;
  LscRecording *recording = lsc_recorder_get_recording (recorder);
  LscLane      *late;

  add_lane (recorder, LSC_LANE_PROCESS, 0);
  add_lane (recorder, LSC_LANE_THREAD, 1);
  late = add_lane (recorder, LSC_LANE_THREAD, 0);
  check_workers (recording, 1);
  lsc_recorder_adopt_lane (recorder, late, 2, "worker 2");
  lsc_recorder_adopt_lane (recorder, late, 2, "worker two");
  check_workers (recording, 2);
  lsc_recorder_finish (recorder, 10);

  opened = lsc_recording_open (path, NULL, NULL);
  g_assert_nonnull (opened);
  check_workers (opened, 2);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* What a timeline's rows depend on; what is drawn on them does not change it. */
static void
test_shape (void)
{
  g_autoptr (LscRecorder) recorder = new_recorder (NULL);
  LscRecording *recording = lsc_recorder_get_recording (recorder);
  LscLane      *lane = add_lane (recorder, LSC_LANE_THREAD, 0);
  guint64       shape = lsc_recording_get_shape (recording);

#define ASSERT_ANOTHER()                                             \
  g_assert_cmpuint (lsc_recording_get_shape (recording), !=, shape); \
  shape = lsc_recording_get_shape (recording)
  lsc_recorder_set_state (recorder, lane, 1, LSC_STATE_RUNNING, 0);
  ASSERT_ANOTHER ();
  lsc_recorder_begin_span (recorder, lane, 1, 0, LSC_CATEGORY_TASK, 0);
  ASSERT_ANOTHER ();
  lsc_recorder_begin_span (recorder, lane, 2, 0, LSC_CATEGORY_TASK, 0);
  ASSERT_ANOTHER ();
  add_lane (recorder, LSC_LANE_CORE, 0);
  ASSERT_ANOTHER ();
  lsc_recorder_adopt_lane (recorder, lane, 1, "worker 1");
  ASSERT_ANOTHER ();
#undef ASSERT_ANOTHER
  for (gint64 at = 3; at < 5000; at++)
    {
      lsc_recorder_set_state (recorder, lane, at, (LscState)(at % LSC_N_STATES), 0);
      lsc_recorder_end_span (recorder, lane, at, LSC_TASK_DONE);
      lsc_recorder_begin_span (recorder, lane, at, 0, LSC_CATEGORY_TASK, 0);
    }
  g_assert_cmpuint (lsc_recording_get_shape (recording), ==, shape);
  lsc_recorder_finish (recorder, 5000);
}

static void
tell_usage (LscRecorder *recorder, LscLane *lane, gint64 cpu_ns, gint64 peak_bytes)
{
  const LscUsage usage = { cpu_ns, 0, -1, -1, -1, peak_bytes };

  lsc_recorder_set_usage (recorder, lane, &usage);
}

static void
check_figures (LscRecording *recording, gint64 cpu_ns, gint64 peak_bytes, guint64 n_lost)
{
  g_assert_cmpint (lsc_recording_get_cpu_ns (recording), ==, cpu_ns);
  g_assert_cmpint (lsc_recording_get_peak_rss_bytes (recording), ==, peak_bytes);
  g_assert_cmpuint (lsc_recording_get_n_lost (recording), ==, n_lost);
}

/* CPU time is the sum over the run's own processes; memory the most of any process, and no
 * thread's. */
static void
test_figures (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "figures.lanescope", NULL);
  g_autoptr (LscRecorder) recorder = new_recorder (path);
  g_autoptr (LscRecording) opened = NULL;
  LscRecording *recording = lsc_recorder_get_recording (recorder);
  LscLane      *own = add_lane (recorder, LSC_LANE_PROCESS, 0);
  LscLane      *counted = add_lane (recorder, LSC_LANE_PROCESS, 0);
  LscLane      *seen = add_lane (recorder, LSC_LANE_PROCESS, 0);
  LscLane      *thread = add_lane (recorder, LSC_LANE_THREAD, 1);

  check_figures (recording, -1, -1, 0);
  lsc_recorder_set_seen (recorder, seen, own);
  tell_usage (recorder, own, 100, 5000);
  tell_usage (recorder, seen, 70, 9000);
  tell_usage (recorder, thread, 40, 20000);
  lsc_recorder_add_counter (recorder, counted, 1, LSC_COUNTER_CPU_NS, 11);
  lsc_recorder_add_counter (recorder, counted, 2, LSC_COUNTER_CPU_NS, 13);
  lsc_recorder_set_lost (recorder, thread, 3);
  lsc_recorder_set_lost (recorder, thread, 4);
  lsc_recorder_set_lost (recorder, own, 2);
  check_figures (recording, 113, 9000, 6);

  /* What was told first was too much. */
  tell_usage (recorder, seen, 70, 4000);
  check_figures (recording, 113, 5000, 6);
  lsc_recorder_adopt_lane (recorder, seen, 2, "worker 2");
  check_figures (recording, 183, 5000, 6);
  lsc_recorder_finish (recorder, 10);
  check_figures (recording, 183, 5000, 6);

  opened = lsc_recording_open (path, NULL, NULL);
  g_assert_nonnull (opened);
  check_figures (opened, 183, 5000, 6);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* While a process runs, the most that was seen of it; then what the kernel tells of one of ours. Of
 * another's the last look may have been long before its end. */
static void
test_memory_seen (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "memory.lanescope", NULL);
  g_autoptr (LscRecorder) recorder = new_recorder (path);
  g_autoptr (LscRecording) opened = NULL;
  LscRecording *recording = lsc_recorder_get_recording (recorder);
  LscLane      *own = add_lane (recorder, LSC_LANE_PROCESS, 0);
  LscLane      *seen = add_lane (recorder, LSC_LANE_PROCESS, 0);
  LscLane      *thread = add_lane (recorder, LSC_LANE_THREAD, 1);
  gboolean      is_sampled;

  lsc_recorder_set_seen (recorder, seen, own);
  g_assert_cmpint (lsc_lane_get_peak_rss (own, &is_sampled), ==, -1);
  tell_usage (recorder, seen, 1, 3000);
  lsc_recorder_add_counter (recorder, thread, 1, LSC_COUNTER_RSS_BYTES, 99000);
  lsc_recorder_add_counter (recorder, own, 1, LSC_COUNTER_RSS_BYTES, 9000);
  lsc_recorder_add_counter (recorder, own, 2, LSC_COUNTER_RSS_BYTES, 7000);
  g_assert_cmpint (lsc_recording_get_peak_rss_bytes (recording), ==, 9000);
  g_assert_cmpint (lsc_lane_get_peak_rss (own, &is_sampled), ==, 9000);
  g_assert_true (is_sampled);

  tell_usage (recorder, own, 1, 8000);
  g_assert_cmpint (lsc_recording_get_peak_rss_bytes (recording), ==, 8000);
  lsc_recorder_add_counter (recorder, own, 3, LSC_COUNTER_RSS_BYTES, 8500);
  g_assert_cmpint (lsc_lane_get_peak_rss (own, &is_sampled), ==, 8000);
  g_assert_false (is_sampled);

  lsc_recorder_add_counter (recorder, seen, 4, LSC_COUNTER_RSS_BYTES, 12000);
  lsc_recorder_add_counter (recorder, seen, 5, LSC_COUNTER_RSS_BYTES, 0);
  tell_usage (recorder, seen, 1, 4000);
  g_assert_cmpint (lsc_lane_get_peak_rss (seen, &is_sampled), ==, 12000);
  g_assert_true (is_sampled);
  g_assert_cmpint (lsc_recording_get_peak_rss_bytes (recording), ==, 12000);
  lsc_recorder_finish (recorder, 10);

  opened = lsc_recording_open (path, NULL, NULL);
  g_assert_nonnull (opened);
  g_assert_cmpint (lsc_recording_get_peak_rss_bytes (opened), ==, 12000);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

int
main (int argc, char **argv)
{
  char *folder = lsc_test_cache_enter ();
  int   result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/digest/sums", test_sums);
  g_test_add_func ("/model/digest/workers", test_workers);
  g_test_add_func ("/model/digest/shape", test_shape);
  g_test_add_func ("/model/digest/figures", test_figures);
  g_test_add_func ("/model/digest/memory-seen", test_memory_seen);
  result = g_test_run ();
  lsc_test_cache_leave (folder);
  return result;
}

/* test-states.c: lanes that tell waiting from working.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-clock.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"

#define MS LSC_NS_PER_MS

static LscRecorder *
new_recorder (void)
{
  const LscRecordingInfo info = { .workload_id = "test", .workload_name = "Test", .n_workers = 2 };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (GError) error = NULL;
  LscRecorder *recorder;

  lsc_text_list_append (inputs, "input", -1);
  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, 0, &error);
  g_assert_no_error (error);
  return recorder;
}

static LscLane *
add_worker (LscRecorder *recorder, guint worker)
{
  return lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_OWN, 1, 1, worker,
                                "worker", 0);
}

/* Worker 1 works, waits, works: 10, 60 and 30 ms. Worker 2 says nothing of waiting: 100 ms. */
static void
fill (LscRecorder *recorder, LscLane *waiter, LscLane *computer)
{
  lsc_recorder_begin_span (recorder, waiter, 0, 0, LSC_CATEGORY_TASK, 0);
  lsc_recorder_set_state (recorder, waiter, 0, LSC_STATE_RUNNING, 0);
  lsc_recorder_set_state (recorder, waiter, 10 * MS, LSC_STATE_WAITING, 0);
  lsc_recorder_set_state (recorder, waiter, 70 * MS, LSC_STATE_RUNNING, 0);
  lsc_recorder_begin_span (recorder, computer, 0, 0, LSC_CATEGORY_TASK, 0);
}

static void
end (LscRecorder *recorder, LscLane *waiter, LscLane *computer)
{
  lsc_recorder_set_state (recorder, waiter, 100 * MS, LSC_STATE_UNKNOWN, 0);
  lsc_recorder_end_span (recorder, waiter, 100 * MS, LSC_TASK_DONE);
  lsc_recorder_end_span (recorder, computer, 100 * MS, LSC_TASK_DONE);
}

static void
check_sums (LscLane *waiter, LscLane *computer)
{
  gint64 now_ns = 100 * MS;

  g_assert_cmpint (lsc_lane_sum_state (waiter, LSC_STATE_RUNNING, 0, now_ns, now_ns), ==, 40 * MS);
  g_assert_cmpint (lsc_lane_sum_state (waiter, LSC_STATE_WAITING, 0, now_ns, now_ns), ==, 60 * MS);
  /* Parts of it. */
  g_assert_cmpint (lsc_lane_sum_state (waiter, LSC_STATE_WAITING, 20 * MS, 30 * MS, now_ns), ==,
                   10 * MS);
  g_assert_cmpint (lsc_lane_sum_state (waiter, LSC_STATE_RUNNING, 5 * MS, 75 * MS, now_ns), ==,
                   10 * MS);
  g_assert_cmpint (lsc_lane_sum_state (waiter, LSC_STATE_PREEMPTED, 0, now_ns, now_ns), ==, 0);
  g_assert_cmpint (lsc_lane_sum_state (computer, LSC_STATE_RUNNING, 0, now_ns, now_ns), ==, 0);
}

static void
check_busy (LscRecording *recording)
{
  float lanes[10];

  lsc_recording_query_busy (recording, 0, 100 * MS, G_N_ELEMENTS (lanes), 100 * MS, lanes);
  for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
    g_assert_cmpfloat_with_epsilon (lanes[i], i == 0 || i >= 7 ? 2 : 1, 0.01);
  /* Each has a task all the time. */
  lsc_recording_query_tasks (recording, 0, 100 * MS, G_N_ELEMENTS (lanes), 100 * MS, lanes);
  for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
    g_assert_cmpfloat_with_epsilon (lanes[i], 2, 0.01);
}

/* While the last state is open, and when all is over. */
static void
test_sums (void)
{
  g_autoptr (LscRecorder) recorder = new_recorder ();
  LscRecording *recording = lsc_recorder_get_recording (recorder);
  LscLane      *waiter = add_worker (recorder, 1);
  LscLane      *computer = add_worker (recorder, 2);

  fill (recorder, waiter, computer);
  for (guint over = 0; over < 2; over++)
    {
      lsc_recording_begin_read (recording);
      check_sums (waiter, computer);
      check_busy (recording);
      lsc_recording_end_read (recording);
      if (!over)
        end (recorder, waiter, computer);
    }
  lsc_recorder_finish (recorder, 100 * MS);
}

/* More than a block of them. */
static void
test_many (void)
{
  g_autoptr (LscRecorder) recorder = new_recorder ();
  LscRecording *recording = lsc_recorder_get_recording (recorder);
  LscLane      *lane = add_worker (recorder, 1);
  gint64        end_ns = 5000 * 10;

  for (gint64 i = 0; i < 5000; i++)
    {
      lsc_recorder_set_state (recorder, lane, i * 10, LSC_STATE_RUNNING, 0);
      lsc_recorder_set_state (recorder, lane, i * 10 + 3, LSC_STATE_WAITING, 0);
    }
  lsc_recorder_finish (recorder, end_ns);
  lsc_recording_begin_read (recording);
  g_assert_cmpint (lsc_lane_sum_state (lane, LSC_STATE_RUNNING, 0, end_ns, end_ns), ==, 15000);
  g_assert_cmpint (lsc_lane_sum_state (lane, LSC_STATE_WAITING, 0, end_ns, end_ns), ==, 35000);
  g_assert_cmpint (lsc_lane_sum_state (lane, LSC_STATE_RUNNING, 40000, 40015, end_ns), ==, 6);
  lsc_recording_end_read (recording);
}

int
main (int argc, char **argv)
{
  char *folder = lsc_test_cache_enter ();
  int   result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/states/sums", test_sums);
  g_test_add_func ("/model/states/many", test_many);
  result = g_test_run ();
  lsc_test_cache_leave (folder);
  return result;
}

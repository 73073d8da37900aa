/* test-concurrent.c: a thread that appends while another one looks.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Most telling with -Db_sanitize=thread. Threads are pthreads, which the
 * sanitizer knows; the GLib of the system was not built for it.
 */

#include "config.h"

#include <pthread.h>

#include "lsc-clock.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"

#define N_SPANS  2000000u
#define N_LANES  2u
#define N_TASKS  20000u
#define LENGTH   300
#define GAP      100
#define PERIOD   (LENGTH + GAP)
#define TASK_DUE (N_SPANS / N_TASKS)

typedef struct
{
  LscRecorder  *recorder;
  LscRecording *recording;
  LscLane      *lanes[N_LANES];
  gint          finished; /* atomic */
} Fixture;

/* Each lane has spans of the same length, step inside span, and a state for each. */
static void *
append_worker (void *data)
{
  Fixture *fixture = (Fixture *)data;

  for (guint i = 0; i < N_SPANS; i++)
    {
      LscLane *lane = fixture->lanes[i % N_LANES];
      gint64   time_ns = (gint64)(i / N_LANES) * PERIOD;

      lsc_recorder_begin_span (fixture->recorder, lane, time_ns, 1, 0, i);
      if (i % 8 < N_LANES)
        {
          lsc_recorder_begin_span (fixture->recorder, lane, time_ns + 10, 2, 1, i);
          lsc_recorder_set_state (fixture->recorder, lane, time_ns,
                                  i % 16 < N_LANES ? LSC_STATE_RUNNING : LSC_STATE_WAITING, 1);
          lsc_recorder_end_span (fixture->recorder, lane, time_ns + 200, LSC_TASK_DONE);
        }
      lsc_recorder_end_span (fixture->recorder, lane, time_ns + LENGTH, LSC_TASK_DONE);

      if (i % TASK_DUE == 0)
        {
          LscTask task = { .status = LSC_TASK_DONE,
                           .exit = 0,
                           .worker = 1,
                           .attempts = 1,
                           .start_ns = time_ns,
                           .end_ns = time_ns + LENGTH,
                           .peak_rss_bytes = -1 };

          lsc_task_table_set_running (lsc_recording_get_tasks (fixture->recording), i / TASK_DUE, 1,
                                      time_ns);
          lsc_task_table_set (lsc_recording_get_tasks (fixture->recording), i / TASK_DUE, &task,
                              i / TASK_DUE % 2 == 0 ? "True" : "False", -1);
          lsc_output_store_append (lsc_recording_get_output (fixture->recording), LSC_OUTPUT_STDOUT,
                                   i, 1, time_ns, "a line\n", 7);
          lsc_recorder_add_counter (fixture->recorder, lane, time_ns, LSC_COUNTER_CPU_NS, i);
          lsc_recorder_add_mark (fixture->recorder, lane, time_ns, LSC_MARK_START,
                                 lsc_recorder_add_string (fixture->recorder, "mark"), i);
        }
      if (i % 1000 == 0)
        lsc_recorder_tick (fixture->recorder, time_ns);
    }
  lsc_recorder_finish (fixture->recorder, (gint64)(N_SPANS / N_LANES) * PERIOD);
  g_atomic_int_set (&fixture->finished, 1);
  return NULL;
}

/* What is there at any moment is a whole beginning of the regular pattern. */
static void
check_lane (Fixture *fixture, LscLane *lane, GArray *pieces)
{
  gint64      now_ns = lsc_recording_get_last_ns (fixture->recording);
  guint64     n = lsc_lane_get_n_spans (lane, 0);
  LscSpan     span;
  LscRangeSum sum;

  lsc_recording_begin_read (fixture->recording);
  lsc_lane_query (lane, LSC_TRACK_SPANS, 0, 0, MAX (now_ns, 1), 300, now_ns, pieces);
  for (guint i = 0; i < pieces->len; i++)
    {
      const LscPiece *piece = &g_array_index (pieces, LscPiece, i);

      g_assert_cmpint (piece->start_ns, <=, piece->end_ns);
      if (i > 0)
        g_assert_cmpint (g_array_index (pieces, LscPiece, i - 1).end_ns, <=, piece->start_ns);
      if (piece->n_spans == 1)
        g_assert_cmpint (piece->start_ns % PERIOD, ==, 0);
      if (piece->n_spans == 1 && !piece->open)
        g_assert_cmpint (piece->end_ns - piece->start_ns, ==, LENGTH);
    }
  lsc_lane_query (lane, LSC_TRACK_STATES, 0, MAX (now_ns - 100000, 0), now_ns + 1, 300, now_ns,
                  pieces);
  if (n > 2)
    {
      gint64 middle_ns = (gint64)(n / 2) * PERIOD;

      g_assert_true (lsc_lane_find_span (lane, 0, middle_ns, now_ns, &span));
      g_assert_cmpint (span.start_ns, ==, middle_ns);
      g_assert_true (lsc_lane_next_span (lane, 0, middle_ns - 1, now_ns, &span));
      g_assert_cmpint (span.start_ns, ==, middle_ns);
      lsc_lane_sum (lane, LSC_TRACK_SPANS, 0, 0, middle_ns, now_ns, &sum);
      g_assert_cmpuint (sum.n_spans, ==, n / 2);
      g_assert_cmpint (sum.covered_ns, ==, (gint64)(n / 2) * LENGTH);
    }
  lsc_recording_end_read (fixture->recording);
}

/* It runs for four periods and waits for four; a lane may be one period behind. */
static gint64
get_ran_ns (gint64 time_ns)
{
  return time_ns / (8 * PERIOD) * (4 * PERIOD) + MIN (time_ns % (8 * PERIOD), 4 * PERIOD);
}

/* A state that has just ended is in the sum or still open, and not both. */
static void
check_sum (Fixture *fixture, LscLane *lane)
{
  gint64 before_ns = lsc_recording_get_last_ns (fixture->recording);
  gint64 ran_ns = lsc_lane_sum_state (lane, LSC_STATE_RUNNING, 0, G_MAXINT64, before_ns);
  gint64 after_ns = lsc_recording_get_last_ns (fixture->recording);

  g_assert_cmpint (ran_ns, >=, get_ran_ns (before_ns) - PERIOD);
  g_assert_cmpint (ran_ns, <=, get_ran_ns (after_ns) + PERIOD);
}

static gboolean
check_sample_cb (gint64 time_ns, guint64 value, gpointer user_data)
{
  g_assert_cmpint (time_ns, ==, (gint64)(value / N_LANES) * PERIOD);
  return TRUE;
}

static void
check_rest (Fixture *fixture, guint round)
{
  LscTaskTable   *tasks = lsc_recording_get_tasks (fixture->recording);
  LscOutputStore *output = lsc_recording_get_output (fixture->recording);
  guint           n = lsc_task_table_get_n_finished (tasks);
  guint           n_marks = lsc_recording_get_n_marks (fixture->recording);
  guint64         n_lines = lsc_output_store_get_n_lines (output);

  /* Around the edge of what has ended. */
  for (guint i = n > 5 ? n - 5 : 0; i < MIN (n + 5, N_TASKS); i++)
    {
      LscTask     task;
      const char *text = lsc_task_table_get_output (tasks, i);

      lsc_task_table_get (tasks, i, &task);
      if (task.status == LSC_TASK_PENDING)
        continue;
      g_assert_cmpint (task.start_ns, ==, (gint64)(i * TASK_DUE / N_LANES) * PERIOD);
      if (task.status == LSC_TASK_DONE)
        g_assert_cmpint (task.end_ns - task.start_ns, ==, LENGTH);
      if (text != NULL)
        g_assert_cmpstr (text, ==, i % 2 == 0 ? "True" : "False");
    }
  if (n_lines > 0)
    {
      LscOutputLine line;

      g_assert_true (lsc_output_store_get_line (output, n_lines - 1, &line));
      g_assert_cmpstr (line.text, ==, "a line");
      lsc_output_line_clear (&line);
    }
  if (n_marks > 0)
    {
      LscMark mark;

      lsc_recording_get_mark (fixture->recording, n_marks - 1, &mark);
      g_assert_cmpstr (lsc_recording_get_string (fixture->recording, mark.name), ==, "mark");
    }
  if (round % 16 == 0)
    lsc_recording_foreach_counter (fixture->recording, fixture->lanes[0], LSC_COUNTER_CPU_NS, 0,
                                   G_MAXINT64, check_sample_cb, NULL);
}

static void
test_one_appends_one_reads (void)
{
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (LscPiece));
  LscRecordingInfo info = { .workload_id = "test" };
  Fixture          fixture = { 0 };
  pthread_t        thread;
  guint            round = 0;

  for (guint i = 0; i < N_TASKS; i++)
    lsc_text_list_append (inputs, "1", 1);
  lsc_text_list_freeze (inputs);
  fixture.recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  fixture.recording = LSC_RECORDING (g_object_ref (lsc_recorder_get_recording (fixture.recorder)));
  for (guint i = 0; i < N_LANES; i++)
    fixture.lanes[i] = lsc_recorder_add_lane (fixture.recorder, LSC_LANE_THREAD, NULL,
                                              LSC_SOURCE_OWN, 1, 1, i + 1, "thread", 0);

  g_assert_cmpint (pthread_create (&thread, NULL, append_worker, &fixture), ==, 0);
  while (!g_atomic_int_get (&fixture.finished))
    {
      for (guint i = 0; i < N_LANES; i++)
        {
          check_lane (&fixture, fixture.lanes[i], pieces);
          for (guint k = 0; k < 100; k++)
            check_sum (&fixture, fixture.lanes[i]);
        }
      check_rest (&fixture, round++);
    }
  pthread_join (thread, NULL);

  for (guint i = 0; i < N_LANES; i++)
    {
      check_lane (&fixture, fixture.lanes[i], pieces);
      g_assert_cmpuint (lsc_lane_get_n_spans (fixture.lanes[i], 0), ==, N_SPANS / N_LANES);
      g_assert_cmpuint (lsc_lane_get_n_clamped (fixture.lanes[i]), ==, 0);
    }
  g_assert_cmpuint (lsc_task_table_get_n_finished (lsc_recording_get_tasks (fixture.recording)), ==,
                    N_TASKS);
  g_test_message ("%u rounds of reading", round);
  g_object_unref (fixture.recorder);
  g_object_unref (fixture.recording);
}

int
main (int argc, char **argv)
{
  char *cache = lsc_test_cache_enter ();
  int   result;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/concurrent/one-appends-one-reads", test_one_appends_one_reads);
  result = g_test_run ();
  lsc_test_cache_leave (cache);
  return result;
}

/* test-life.c: what is open, nested, out of order, long; and figures over lanes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "lsc-clock.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"

#define HOUR_NS (3600 * LSC_NS_PER_S)

typedef struct
{
  LscRecorder  *recorder;
  LscRecording *recording;
  LscLane      *process;
  LscLane      *lane;
  GArray       *pieces;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  LscRecordingInfo info = { .workload_id = "test" };

  fixture->recorder = lsc_recorder_new (NULL, &info, NULL, 0, NULL);
  fixture->recording =
      LSC_RECORDING (g_object_ref (lsc_recorder_get_recording (fixture->recorder)));
  fixture->process = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_PROCESS, NULL,
                                            LSC_SOURCE_OWN, 7, 7, 0, "worker", 0);
  fixture->lane = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, fixture->process,
                                         LSC_SOURCE_OWN, 7, 8, 1, "thread 1", 0);
  fixture->pieces = g_array_new (FALSE, FALSE, sizeof (LscPiece));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_array_unref (fixture->pieces);
  g_object_unref (fixture->recorder);
  g_object_unref (fixture->recording);
}

static const LscPiece *
piece_at (Fixture *fixture, guint i)
{
  g_assert_cmpuint (i, <, fixture->pieces->len);
  return &g_array_index (fixture->pieces, LscPiece, i);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  LscSpan     span;
  LscRangeSum sum;

  lsc_recorder_begin_span (fixture->recorder, fixture->lane, 100, 0, 0, 5);
  lsc_recorder_begin_span (fixture->recorder, fixture->lane, 150,
                           lsc_recorder_add_string (fixture->recorder, "step"), 2, 5);

  g_assert_cmpuint (lsc_lane_get_n_depths (fixture->lane), ==, 2);
  g_assert_cmpuint (lsc_lane_get_n_spans (fixture->lane, 0), ==, 1);
  lsc_lane_query (fixture->lane, LSC_TRACK_SPANS, 1, 0, 1000, 10, 700, fixture->pieces);
  g_assert_cmpuint (fixture->pieces->len, ==, 1);
  g_assert_true (piece_at (fixture, 0)->open);
  g_assert_cmpint (piece_at (fixture, 0)->start_ns, ==, 150);
  g_assert_cmpint (piece_at (fixture, 0)->end_ns, ==, 700);
  g_assert_cmpuint (piece_at (fixture, 0)->category, ==, 2);
  g_assert_cmpuint (piece_at (fixture, 0)->status, ==, LSC_TASK_RUNNING);
  g_assert_cmpstr (lsc_recording_get_string (fixture->recording, piece_at (fixture, 0)->name), ==,
                   "step");

  g_assert_true (lsc_lane_find_span (fixture->lane, 0, 600, 700, &span));
  g_assert_cmpint (span.start_ns, ==, 100);
  g_assert_cmpint (span.end_ns, ==, 700);
  g_assert_cmpuint (span.task, ==, 5);
  g_assert_false (lsc_lane_find_span (fixture->lane, 0, 800, 700, &span));
  g_assert_true (lsc_lane_next_span (fixture->lane, 0, 0, 700, &span));
  g_assert_true (lsc_lane_previous_span (fixture->lane, 0, 200, 700, &span));
  lsc_lane_sum (fixture->lane, LSC_TRACK_SPANS, 0, 200, 400, 700, &sum);
  g_assert_cmpuint (sum.n_spans, ==, 1);
  g_assert_cmpint (sum.covered_ns, ==, 200);
  g_assert_cmpint (sum.longest_ns, ==, 600);

  /* The innermost ends first; then there is none, and nothing happens. */
  lsc_recorder_end_span (fixture->recorder, fixture->lane, 800, LSC_TASK_FAILED);
  g_assert_true (lsc_lane_find_span (fixture->lane, 1, 799, 900, &span));
  g_assert_cmpuint (span.status, ==, LSC_TASK_FAILED);
  lsc_recorder_end_span (fixture->recorder, fixture->lane, 900, LSC_TASK_DONE);
  lsc_recorder_end_span (fixture->recorder, fixture->lane, 950, LSC_TASK_DONE);
  lsc_lane_query (fixture->lane, LSC_TRACK_SPANS, 0, 0, 1000, 10, 2000, fixture->pieces);
  g_assert_cmpuint (fixture->pieces->len, ==, 1);
  g_assert_false (piece_at (fixture, 0)->open);
  g_assert_cmpint (piece_at (fixture, 0)->end_ns, ==, 900);
  g_assert_cmpuint (lsc_lane_get_n_spans (fixture->lane, 0), ==, 1);
}

static void
test_too_deep (Fixture *fixture, gconstpointer data)
{
  guint n = 40;
  guint depths;

  for (guint i = 0; i < n; i++)
    lsc_recorder_begin_span (fixture->recorder, fixture->lane, i, 0, 0, i);
  for (guint i = 0; i < n; i++)
    lsc_recorder_end_span (fixture->recorder, fixture->lane, 100 + i, LSC_TASK_DONE);
  depths = lsc_lane_get_n_depths (fixture->lane);
  g_assert_cmpuint (depths, >=, 8);
  /* What could not be kept is counted, and the rest is right. */
  g_assert_cmpuint (lsc_lane_get_n_lost (fixture->lane), ==, n - depths);
  g_assert_cmpuint (lsc_recording_get_n_lost (fixture->recording), ==, n - depths);
  for (guint depth = 0; depth < depths; depth++)
    {
      LscSpan span;

      g_assert_true (lsc_lane_next_span (fixture->lane, depth, -1, 0, &span));
      g_assert_cmpint (span.start_ns, ==, depth);
      g_assert_cmpint (span.end_ns, ==, 100 + n - 1 - depth);
    }
}

static void
test_out_of_order (Fixture *fixture, gconstpointer data)
{
  LscSpan span;

  lsc_recorder_begin_span (fixture->recorder, fixture->lane, 1000, 0, 0, 1);
  lsc_recorder_end_span (fixture->recorder, fixture->lane, 2000, LSC_TASK_DONE);
  g_assert_cmpuint (lsc_lane_get_n_clamped (fixture->lane), ==, 0);
  lsc_recorder_begin_span (fixture->recorder, fixture->lane, 1500, 0, 0, 2);
  lsc_recorder_end_span (fixture->recorder, fixture->lane, 1700, LSC_TASK_DONE);
  g_assert_cmpuint (lsc_lane_get_n_clamped (fixture->lane), >, 0);
  g_assert_true (lsc_lane_next_span (fixture->lane, 0, 1000, 0, &span));
  g_assert_cmpint (span.start_ns, ==, 2000);
  g_assert_cmpint (span.end_ns, ==, 2000);
  g_assert_cmpuint (span.task, ==, 2);
}

/* Whatever a writer that went wild says: what it said before and says after is kept. */
static void
test_wild_times (Fixture *fixture, gconstpointer data)
{
  const gint64     times[] = { 50, G_MAXINT64, G_MININT64, -1, G_MAXINT64 / 2, 60 };
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "wild.lanescope", NULL);
  g_autoptr (LscRecording) opened = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      lsc_recorder_begin_span (fixture->recorder, fixture->lane, times[i], 0, G_MAXUINT, i);
      lsc_recorder_set_state (fixture->recorder, fixture->lane, times[i], (LscState)77, 0);
      lsc_recorder_add_counter (fixture->recorder, fixture->lane, times[i], LSC_COUNTER_CPU_NS,
                                G_MAXUINT64);
      lsc_recorder_add_counter (fixture->recorder, fixture->lane, times[i], (LscCounterKind)77, 1);
      lsc_recorder_add_mark (fixture->recorder, fixture->lane, times[i], (LscMarkKind)77, 12345, 1);
      lsc_recorder_end_span (fixture->recorder, fixture->lane, times[G_N_ELEMENTS (times) - 1 - i],
                             LSC_TASK_DONE);
    }
  g_assert_cmpuint (lsc_lane_get_n_lost (fixture->lane), ==, G_N_ELEMENTS (times));
  lsc_lane_query (fixture->lane, LSC_TRACK_SPANS, 0, 0, 1000, 100, 0, fixture->pieces);
  g_assert_cmpuint (fixture->pieces->len, >, 0);
  lsc_recorder_finish (fixture->recorder, 70);

  g_assert_true (lsc_recording_save (fixture->recording, path, NULL, &error));
  opened = lsc_recording_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (lsc_recording_is_whole (opened));
  g_assert_cmpuint (lsc_lane_get_n_spans (lsc_recording_get_lane (opened, 1), 0), ==,
                    G_N_ELEMENTS (times));
  g_assert_cmpuint (lsc_recording_get_n_marks (opened), ==, G_N_ELEMENTS (times));
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_hours (Fixture *fixture, gconstpointer data)
{
  LscSpan span;

  lsc_recorder_begin_span (fixture->recorder, fixture->lane, 5, 0, 0, 1);
  lsc_recorder_end_span (fixture->recorder, fixture->lane, 100 * HOUR_NS, LSC_TASK_DONE);
  lsc_recorder_begin_span (fixture->recorder, fixture->lane, 100 * HOUR_NS, 0, 0, 2);
  lsc_recorder_end_span (fixture->recorder, fixture->lane, 100 * HOUR_NS, LSC_TASK_DONE);

  lsc_lane_query (fixture->lane, LSC_TRACK_SPANS, 0, 0, 200 * HOUR_NS, 100, 0, fixture->pieces);
  g_assert_cmpuint (fixture->pieces->len, ==, 2);
  g_assert_cmpint (piece_at (fixture, 0)->end_ns, ==, 100 * HOUR_NS);
  /* A span without a length, in 200 hours. */
  g_assert_cmpint (piece_at (fixture, 1)->start_ns, ==, 100 * HOUR_NS);
  g_assert_cmpuint (piece_at (fixture, 1)->task, ==, 2);
  /* A nanosecond of it. */
  lsc_lane_query (fixture->lane, LSC_TRACK_SPANS, 0, 50 * HOUR_NS, 50 * HOUR_NS + 1, 2000, 0,
                  fixture->pieces);
  g_assert_cmpuint (fixture->pieces->len, ==, 1);
  g_assert_cmpint (piece_at (fixture, 0)->start_ns, ==, 5);
  g_assert_true (lsc_lane_find_span (fixture->lane, 0, 99 * HOUR_NS, 0, &span));
  g_assert_cmpuint (span.task, ==, 1);
}

/* One that failed among very many that did not is not lost from sight. */
static void
test_worst_status (Fixture *fixture, gconstpointer data)
{
  guint n = 100000;
  guint n_failed = 0;

  for (guint i = 0; i < n; i++)
    {
      lsc_recorder_begin_span (fixture->recorder, fixture->lane, i * 100, 0, i % 10 == 0 ? 3 : 4,
                               i);
      lsc_recorder_end_span (fixture->recorder, fixture->lane, i * 100 + 50,
                             i == 77777  ? LSC_TASK_CRASHED
                             : i == 5000 ? LSC_TASK_FAILED
                                         : LSC_TASK_DONE);
    }
  lsc_lane_query (fixture->lane, LSC_TRACK_SPANS, 0, 0, n * 100, 20, 0, fixture->pieces);
  g_assert_cmpuint (fixture->pieces->len, ==, 20);
  for (guint i = 0; i < 20; i++)
    {
      const LscPiece *piece = piece_at (fixture, i);

      g_assert_cmpuint (piece->category, ==, 4);
      g_assert_cmpuint (piece->n_spans, >, 4500);
      g_assert_cmpuint (piece->n_spans, <, 5500);
      g_assert_cmpfloat_with_epsilon (piece->coverage, 0.5, 0.03);
      if (i == 1)
        g_assert_cmpuint (piece->status, ==, LSC_TASK_FAILED);
      if (i == 15)
        g_assert_cmpuint (piece->status, ==, LSC_TASK_CRASHED);
      n_failed += piece->status != LSC_TASK_DONE ? 1 : 0;
    }
  /* Right at an edge a neighbour may have it, too. */
  g_assert_cmpuint (n_failed, <=, 3);
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  LscRangeSum sum;

  g_assert_false (lsc_lane_has_states (fixture->lane));
  lsc_recorder_set_state (fixture->recorder, fixture->lane, 100, LSC_STATE_RUNNING, 3);
  lsc_recorder_set_state (fixture->recorder, fixture->lane, 300, LSC_STATE_WAITING, 0);
  g_assert_true (lsc_lane_has_states (fixture->lane));
  lsc_lane_query (fixture->lane, LSC_TRACK_STATES, 0, 0, 1000, 100, 600, fixture->pieces);
  g_assert_cmpuint (fixture->pieces->len, ==, 2);
  g_assert_cmpuint (piece_at (fixture, 0)->category, ==, LSC_STATE_RUNNING);
  g_assert_cmpuint (piece_at (fixture, 0)->name, ==, 3);
  g_assert_cmpint (piece_at (fixture, 0)->end_ns, ==, 300);
  g_assert_true (piece_at (fixture, 1)->open);
  g_assert_cmpint (piece_at (fixture, 1)->end_ns, ==, 600);

  lsc_recorder_end_lane (fixture->recorder, fixture->lane, 500, LSC_LANE_RETIRED, 0,
                         LSC_TASK_STOPPED);
  lsc_lane_sum (fixture->lane, LSC_TRACK_STATES, 0, 0, 1000, 900, &sum);
  g_assert_cmpuint (sum.n_spans, ==, 2);
  g_assert_cmpint (sum.covered_ns, ==, 400);
  g_assert_cmpuint (lsc_lane_get_n_depths (fixture->lane), ==, 0);
}

static void
test_end_of_lane (Fixture *fixture, gconstpointer data)
{
  LscSpan span;

  lsc_recorder_begin_span (fixture->recorder, fixture->lane, 100, 0, 0, 1);
  lsc_recorder_begin_span (fixture->recorder, fixture->lane, 200, 0, 1, 1);
  lsc_recorder_end_lane (fixture->recorder, fixture->lane, 300, LSC_LANE_SIGNALED, 9,
                         LSC_TASK_CRASHED);
  for (guint depth = 0; depth < 2; depth++)
    {
      g_assert_true (lsc_lane_next_span (fixture->lane, depth, 0, 1000, &span));
      g_assert_cmpint (span.end_ns, ==, 300);
      g_assert_cmpuint (span.status, ==, LSC_TASK_CRASHED);
    }
  g_assert_cmpint (lsc_lane_get_end (fixture->lane), ==, LSC_LANE_SIGNALED);
  g_assert_cmpint (lsc_lane_get_end_value (fixture->lane), ==, 9);
  g_assert_cmpint (lsc_lane_get_end_ns (fixture->lane), ==, 300);
  g_assert_cmpint (lsc_lane_get_end_ns (fixture->process), ==, -1);

  lsc_recorder_finish (fixture->recorder, 400);
  g_assert_cmpint (lsc_lane_get_end_ns (fixture->lane), ==, 300);
  g_assert_cmpint (lsc_lane_get_end_ns (fixture->process), ==, 400);
  g_assert_true (lsc_recording_is_finished (fixture->recording));
  g_assert_cmpint (lsc_recording_get_wall_ns (fixture->recording), ==, 400);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  LscLane *second = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_THREAD, fixture->process,
                                           LSC_SOURCE_OWN, 7, 9, 2, "thread 2", 0);
  float    busy[4];

  lsc_recorder_begin_span (fixture->recorder, fixture->lane, 0, 0, 0, 1);
  lsc_recorder_end_span (fixture->recorder, fixture->lane, 250, LSC_TASK_DONE);
  lsc_recorder_begin_span (fixture->recorder, second, 150, 0, 0, 2);
  /* Not a worker's: does not count. */
  lsc_recorder_begin_span (fixture->recorder, fixture->process, 0, 0, 0, 2);

  lsc_recording_query_busy (fixture->recording, 0, 400, G_N_ELEMENTS (busy), 350, busy);
  g_assert_cmpfloat_with_epsilon (busy[0], 1, 0.01);
  g_assert_cmpfloat_with_epsilon (busy[1], 1.5, 0.01);
  g_assert_cmpfloat_with_epsilon (busy[2], 1.5, 0.01);
  g_assert_cmpfloat_with_epsilon (busy[3], 0.5, 0.01);
}

static void
test_cpu (Fixture *fixture, gconstpointer data)
{
  LscLane *second = lsc_recorder_add_lane (fixture->recorder, LSC_LANE_PROCESS, NULL,
                                           LSC_SOURCE_OWN, 70, 70, 0, "worker 2", 0);
  LscUsage usage = { 500, 100, -1, -1, -1, 4096 };
  LscUsage kept;

  g_assert_cmpint (lsc_recording_get_cpu_ns (fixture->recording), ==, -1);
  g_assert_cmpfloat (lsc_recording_get_mean_running (fixture->recording, 1000), <, 0);
  g_assert_cmpint (lsc_recording_get_peak_rss_bytes (fixture->recording), ==, -1);
  lsc_recorder_add_counter (fixture->recorder, fixture->process, 100, LSC_COUNTER_CPU_NS, 90);
  lsc_recorder_add_counter (fixture->recorder, fixture->process, 200, LSC_COUNTER_CPU_NS, 180);
  lsc_recorder_add_counter (fixture->recorder, second, 200, LSC_COUNTER_CPU_NS, 20);
  g_assert_cmpint (lsc_recording_get_cpu_ns (fixture->recording), ==, 200);
  g_assert_cmpfloat_with_epsilon (lsc_recording_get_mean_running (fixture->recording, 400), 0.5,
                                  0.001);

  lsc_recorder_set_usage (fixture->recorder, second, &usage);
  lsc_recorder_end_lane (fixture->recorder, second, 300, LSC_LANE_EXITED, 0, LSC_TASK_STOPPED);
  g_assert_cmpint (lsc_recording_get_cpu_ns (fixture->recording), ==, 180 + 600);
  g_assert_cmpint (lsc_recording_get_peak_rss_bytes (fixture->recording), ==, 4096);
  /* What is not told later stays. */
  usage = (LscUsage){ -1, -1, 33, -1, -1, -1 };
  lsc_recorder_set_usage (fixture->recorder, second, &usage);
  lsc_lane_get_usage (second, &kept);
  g_assert_cmpint (kept.user_ns, ==, 500);
  g_assert_cmpint (kept.run_delay_ns, ==, 33);
  lsc_recorder_finish (fixture->recorder, 1000);
  g_assert_cmpfloat_with_epsilon (lsc_recording_get_mean_running (fixture->recording, 5), 0.78,
                                  0.001);
}

static void
count_cb (const LscSpan *span, gpointer user_data)
{
  guint *n = (guint *)user_data;

  g_assert_cmpuint (span->task, ==, 10 + *n);
  (*n)++;
}

static void
test_foreach (Fixture *fixture, gconstpointer data)
{
  guint n = 0;

  for (guint i = 0; i < 20; i++)
    {
      lsc_recorder_begin_span (fixture->recorder, fixture->lane, i * 100, 0, 0, i);
      if (i < 19)
        lsc_recorder_end_span (fixture->recorder, fixture->lane, i * 100 + 100, LSC_TASK_DONE);
    }
  lsc_lane_foreach_span (fixture->lane, 0, 1050, 1550, 5000, count_cb, &n);
  g_assert_cmpuint (n, ==, 6);
  n = 0;
  lsc_lane_foreach_span (fixture->lane, 0, 1000, 9000, 5000, count_cb, &n);
  g_assert_cmpuint (n, ==, 10);
}

static goffset
get_file_size (const char *path)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_size;
}

/* Who makes a recorder does not wait for a million inputs to be written: whoever runs it does that.
 */
static void
test_inputs_wait (void)
{
  static const LscRecordingInfo info = { .workload_id = "test" };
  g_autofree char              *folder = g_dir_make_tmp ("lanescope-XXXXXX", NULL);
  g_autofree char              *path = g_build_filename (folder, "inputs.lanescope", NULL);
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscRecorder) recorder = NULL;
  g_autoptr (LscRecording) again = NULL;
  g_autoptr (GError) error = NULL;
  goffset text_bytes = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup_printf ("input %u", i);

      lsc_text_list_append (inputs, text, -1);
      text_bytes += (goffset)strlen (text);
    }
  lsc_text_list_freeze (inputs);

  recorder = lsc_recorder_new (path, &info, inputs, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_file_size (path), <, 4096);
  lsc_recorder_begin (recorder);
  g_assert_cmpint (get_file_size (path), >, text_bytes);

  /* Once. */
  lsc_recorder_begin (recorder);
  lsc_recorder_finish (recorder, 1000);
  g_assert_cmpint (get_file_size (path), <, 2 * text_bytes);
  again = lsc_recording_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lsc_task_table_get_n (lsc_recording_get_tasks (again)), ==, 20000);
  g_assert_cmpstr (lsc_task_table_get_input (lsc_recording_get_tasks (again), 19999), ==,
                   "input 19999");

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  char *cache = lsc_test_cache_enter ();
  int   result;

  g_test_init (&argc, &argv, NULL);

  g_test_add ("/life/open", Fixture, NULL, set_up, test_open, tear_down);
  g_test_add ("/life/too-deep", Fixture, NULL, set_up, test_too_deep, tear_down);
  g_test_add ("/life/out-of-order", Fixture, NULL, set_up, test_out_of_order, tear_down);
  g_test_add ("/life/wild-times", Fixture, NULL, set_up, test_wild_times, tear_down);
  g_test_add ("/life/hours", Fixture, NULL, set_up, test_hours, tear_down);
  g_test_add ("/life/worst-status", Fixture, NULL, set_up, test_worst_status, tear_down);
  g_test_add ("/life/states", Fixture, NULL, set_up, test_states, tear_down);
  g_test_add ("/life/end-of-lane", Fixture, NULL, set_up, test_end_of_lane, tear_down);
  g_test_add ("/life/busy", Fixture, NULL, set_up, test_busy, tear_down);
  g_test_add ("/life/cpu", Fixture, NULL, set_up, test_cpu, tear_down);
  g_test_add_func ("/life/inputs-wait", test_inputs_wait);
  g_test_add ("/life/foreach", Fixture, NULL, set_up, test_foreach, tear_down);
  result = g_test_run ();
  lsc_test_cache_leave (cache);
  return result;
}

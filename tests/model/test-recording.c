/* test-recording.c: a recording while it grows, and when it comes back from a file.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "lsc-demo-recording.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"

static void
compare_spans (LscLane *a, LscLane *b, guint depth)
{
  LscSpan left, right;
  gint64  at_ns = -1;

  g_assert_cmpuint (lsc_lane_get_n_spans (a, depth), ==, lsc_lane_get_n_spans (b, depth));
  while (lsc_lane_next_span (a, depth, at_ns, 0, &left))
    {
      g_assert_true (lsc_lane_next_span (b, depth, at_ns, 0, &right));
      g_assert_cmpint (left.start_ns, ==, right.start_ns);
      g_assert_cmpint (left.end_ns, ==, right.end_ns);
      g_assert_cmpuint (left.name, ==, right.name);
      g_assert_cmpuint (left.task, ==, right.task);
      g_assert_cmpuint (left.category, ==, right.category);
      g_assert_cmpuint (left.status, ==, right.status);
      at_ns = left.start_ns;
    }
  g_assert_false (lsc_lane_next_span (b, depth, at_ns, 0, &right));
}

static gboolean
append_sample_cb (gint64 time_ns, guint64 value, gpointer user_data)
{
  g_string_append_printf ((GString *)user_data, "%" G_GINT64_FORMAT ":%" G_GUINT64_FORMAT " ",
                          time_ns, value);
  return TRUE;
}

static void
compare_counters (LscRecording *a, LscRecording *b, guint lane)
{
  for (guint kind = LSC_COUNTER_CPU_NS; kind <= LSC_COUNTER_RSS_BYTES; kind++)
    {
      g_autoptr (GString) left = g_string_new (NULL);
      g_autoptr (GString) right = g_string_new (NULL);

      lsc_recording_foreach_counter (a, lsc_recording_get_lane (a, lane), (LscCounterKind)kind, 0,
                                     G_MAXINT64, append_sample_cb, left);
      lsc_recording_foreach_counter (b, lsc_recording_get_lane (b, lane), (LscCounterKind)kind, 0,
                                     G_MAXINT64, append_sample_cb, right);
      g_assert_cmpstr (left->str, ==, right->str);
    }
}

static void
compare_lanes (LscRecording *a, LscRecording *b)
{
  g_assert_cmpuint (lsc_recording_get_n_lanes (a), ==, lsc_recording_get_n_lanes (b));
  for (guint i = 0; i < lsc_recording_get_n_lanes (a); i++)
    {
      LscLane *left = lsc_recording_get_lane (a, i);
      LscLane *right = lsc_recording_get_lane (b, i);
      LscUsage left_usage, right_usage;

      g_assert_cmpuint (lsc_lane_get_index (right), ==, i);
      g_assert_cmpint (lsc_lane_get_kind (left), ==, lsc_lane_get_kind (right));
      g_assert_cmpint (lsc_lane_get_source (left), ==, lsc_lane_get_source (right));
      g_assert_true ((lsc_lane_get_parent (left) == NULL) == (lsc_lane_get_parent (right) == NULL));
      if (lsc_lane_get_parent (left) != NULL)
        g_assert_cmpuint (lsc_lane_get_index (lsc_lane_get_parent (left)), ==,
                          lsc_lane_get_index (lsc_lane_get_parent (right)));
      g_assert_cmpint (lsc_lane_get_pid (left), ==, lsc_lane_get_pid (right));
      g_assert_cmpint (lsc_lane_get_tid (left), ==, lsc_lane_get_tid (right));
      g_assert_cmpuint (lsc_lane_get_worker (left), ==, lsc_lane_get_worker (right));
      g_assert_cmpstr (lsc_lane_get_name (left), ==, lsc_lane_get_name (right));
      g_assert_cmpint (lsc_lane_get_start_ns (left), ==, lsc_lane_get_start_ns (right));
      g_assert_cmpint (lsc_lane_get_end_ns (left), ==, lsc_lane_get_end_ns (right));
      g_assert_cmpint (lsc_lane_get_end (left), ==, lsc_lane_get_end (right));
      g_assert_cmpint (lsc_lane_get_end_value (left), ==, lsc_lane_get_end_value (right));
      g_assert_cmpuint (lsc_lane_get_n_lost (left), ==, lsc_lane_get_n_lost (right));
      lsc_lane_get_usage (left, &left_usage);
      lsc_lane_get_usage (right, &right_usage);
      g_assert_cmpmem (&left_usage, sizeof left_usage, &right_usage, sizeof right_usage);
      g_assert_cmpuint (lsc_lane_get_n_depths (left), ==, lsc_lane_get_n_depths (right));
      for (guint depth = 0; depth < lsc_lane_get_n_depths (left); depth++)
        compare_spans (left, right, depth);
      compare_counters (a, b, i);
    }
}

static void
compare_tasks (LscTaskTable *a, LscTaskTable *b)
{
  g_assert_cmpuint (lsc_task_table_get_n (a), ==, lsc_task_table_get_n (b));
  g_assert_cmpuint (lsc_task_table_get_n_finished (a), ==, lsc_task_table_get_n_finished (b));
  for (guint i = 0; i < lsc_task_table_get_n (a); i++)
    {
      LscTask left, right;

      lsc_task_table_get (a, i, &left);
      lsc_task_table_get (b, i, &right);
      g_assert_cmpint (left.status, ==, right.status);
      g_assert_cmpint (left.exit, ==, right.exit);
      g_assert_cmpint (left.signal, ==, right.signal);
      g_assert_cmpuint (left.worker, ==, right.worker);
      g_assert_cmpint (left.pid, ==, right.pid);
      g_assert_cmpuint (left.attempts, ==, right.attempts);
      g_assert_cmpint (left.start_ns, ==, right.start_ns);
      g_assert_cmpint (left.end_ns, ==, right.end_ns);
      g_assert_cmpint (left.user_ns, ==, right.user_ns);
      g_assert_cmpint (left.system_ns, ==, right.system_ns);
      g_assert_cmpint (left.peak_rss_bytes, ==, right.peak_rss_bytes);
      g_assert_cmpstr (lsc_task_table_get_input (a, i), ==, lsc_task_table_get_input (b, i));
      g_assert_cmpstr (lsc_task_table_get_output (a, i), ==, lsc_task_table_get_output (b, i));
    }
}

static void
compare_output (LscOutputStore *a, LscOutputStore *b)
{
  LscOutputLayout of_a, of_b;

  lsc_output_store_get_layout (a, &of_a);
  lsc_output_store_get_layout (b, &of_b);
  g_assert_cmpuint (of_a.n_lines, ==, of_b.n_lines);
  g_assert_cmpuint (of_a.n_cut, ==, of_b.n_cut);
  g_assert_cmpuint (of_a.n_rows, ==, of_b.n_rows);
  for (guint i = 0; i < of_a.n_rows; i++)
    {
      LscOutputLine left = { 0 }, right = { 0 };

      g_assert_true (lsc_output_store_get_row (a, of_a.n_trims, i, &left));
      g_assert_true (lsc_output_store_get_row (b, of_b.n_trims, i, &right));
      g_assert_cmpint (left.kind, ==, right.kind);
      g_assert_cmpuint (left.task, ==, right.task);
      g_assert_cmpuint (left.worker, ==, right.worker);
      g_assert_cmpint (left.time_ns, ==, right.time_ns);
      g_assert_cmpuint (left.number, ==, right.number);
      g_assert_cmpuint (left.n_cut, ==, right.n_cut);
      g_assert_cmpstr (left.text, ==, right.text);
      lsc_output_line_clear (&left);
      lsc_output_line_clear (&right);
    }
}

static void
compare (LscRecording *a, LscRecording *b)
{
  LscRecordingInfo left, right;

  lsc_recording_get_info (a, &left);
  lsc_recording_get_info (b, &right);
  g_assert_cmpstr (left.workload_id, ==, right.workload_id);
  g_assert_cmpstr (left.workload_name, ==, right.workload_name);
  g_assert_cmpstr (left.settings, ==, right.settings);
  g_assert_cmpstr (left.machine, ==, right.machine);
  g_assert_cmpint (left.executor, ==, right.executor);
  g_assert_cmpuint (left.n_workers, ==, right.n_workers);
  g_assert_cmpint (left.one_core, ==, right.one_core);
  g_assert_cmpint (left.wall_start_us, ==, right.wall_start_us);
  g_assert_cmpuint (left.n_cores, ==, right.n_cores);
  g_assert_cmpint (lsc_recording_get_origin_ns (a), ==, lsc_recording_get_origin_ns (b));
  g_assert_cmpint (lsc_recording_get_wall_ns (a), ==, lsc_recording_get_wall_ns (b));
  g_assert_cmpint (lsc_recording_get_last_ns (a), ==, lsc_recording_get_last_ns (b));
  g_assert_cmpint (lsc_recording_get_cpu_ns (a), ==, lsc_recording_get_cpu_ns (b));
  for (guint32 i = 0; i < 20; i++)
    g_assert_cmpstr (lsc_recording_get_string (a, i), ==, lsc_recording_get_string (b, i));
  compare_lanes (a, b);

  g_assert_cmpuint (lsc_recording_get_n_marks (a), ==, lsc_recording_get_n_marks (b));
  for (guint i = 0; i < lsc_recording_get_n_marks (a); i++)
    {
      LscMark left_mark, right_mark;

      lsc_recording_get_mark (a, i, &left_mark);
      lsc_recording_get_mark (b, i, &right_mark);
      g_assert_cmpint (left_mark.time_ns, ==, right_mark.time_ns);
      g_assert_cmpint (left_mark.kind, ==, right_mark.kind);
      g_assert_cmpuint (left_mark.name, ==, right_mark.name);
      g_assert_cmpuint (left_mark.value, ==, right_mark.value);
      g_assert_cmpuint (lsc_lane_get_index (left_mark.lane), ==,
                        lsc_lane_get_index (right_mark.lane));
    }
  compare_tasks (lsc_recording_get_tasks (a), lsc_recording_get_tasks (b));
  compare_output (lsc_recording_get_output (a), lsc_recording_get_output (b));
}

static char *
make_path (const char *name)
{
  return g_build_filename (g_get_user_cache_dir (), name, NULL);
}

static void
test_round_trip (gconstpointer data)
{
  LscExecutorKind kind = (LscExecutorKind)GPOINTER_TO_UINT (data);
  g_autoptr (LscRecording) recording = lsc_demo_recording_new (kind, 3, 5000);
  g_autoptr (LscRecording) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make_path ("round-trip.lanescope");
  guint64          n_dropped = 1;

  lsc_recording_save (recording, path, NULL, &error);
  g_assert_no_error (error);
  opened = lsc_recording_open (path, &n_dropped, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_dropped, ==, 0);
  g_assert_true (lsc_recording_is_whole (opened));
  compare (recording, opened);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* More output than is kept: what is left, and what is known of the rest, survives. */
static void
test_cut_output (void)
{
  LscRecordingInfo info = { .workload_id = "test" };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscRecorder) recorder = NULL;
  g_autoptr (LscRecording) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make_path ("cut-output.lanescope");
  LscOutputStore  *output;

  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  output = lsc_recording_get_output (lsc_recorder_get_recording (recorder));
  for (guint i = 0; i < 60000; i++)
    {
      g_autofree char *line = g_strdup_printf ("%u %0*d\n", i, (gint)(i % 1500), 0);

      lsc_output_store_append (output, LSC_OUTPUT_STDERR, i % 3000, 1 + i % 4, i, line,
                               strlen (line));
      if (i % 5000 == 0)
        lsc_recorder_tick (recorder, (gint64)i * 1000000);
    }
  lsc_recorder_finish (recorder, 1);
  g_assert_cmpuint (lsc_output_store_get_n_cut (output), >, 0);

  lsc_recording_save (lsc_recorder_get_recording (recorder), path, NULL, &error);
  g_assert_no_error (error);
  opened = lsc_recording_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (lsc_recording_is_whole (opened));
  compare (lsc_recorder_get_recording (recorder), opened);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
/* Memory that is this process's alone, kB: not the mapped file. */
static guint64
get_own_memory_kb (void)
{
  g_autofree char *status = NULL;
  const char      *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "RssAnon:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("RssAnon:"), NULL, 10);
}

/* 72 MB of spans live in the file. */
static void
test_memory (void)
{
  LscRecordingInfo info = { .workload_id = "test" };
  g_autoptr (LscRecorder) recorder = lsc_recorder_new (NULL, &info, NULL, 0, NULL);
  LscLane *lane = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_OWN, 1, 1, 1,
                                         "thread 1", 0);
  guint64  before_kb = get_own_memory_kb ();
  guint    n = 3000000;

  for (guint i = 0; i < n; i++)
    {
      lsc_recorder_begin_span (recorder, lane, (gint64)i * 1000, 0, 0, i);
      lsc_recorder_end_span (recorder, lane, (gint64)i * 1000 + 1 + i % 999, LSC_TASK_DONE);
      if (i % 10000 == 0)
        lsc_recorder_tick (recorder, (gint64)i * 1000);
    }
  g_assert_no_error ((GError *)lsc_recorder_get_error (recorder));
  g_assert_cmpuint (lsc_lane_get_n_spans (lane, 0), ==, n);
  g_assert_cmpuint (get_own_memory_kb () - before_kb, <, 16 * 1024);
}
#endif

int
main (int argc, char **argv)
{
  char *cache = lsc_test_cache_enter ();
  int   result;

  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/recording/round-trip/sequential",
                        GUINT_TO_POINTER (LSC_EXECUTOR_SEQUENTIAL), test_round_trip);
  g_test_add_data_func ("/recording/round-trip/threads", GUINT_TO_POINTER (LSC_EXECUTOR_THREADS),
                        test_round_trip);
  g_test_add_data_func ("/recording/round-trip/processes",
                        GUINT_TO_POINTER (LSC_EXECUTOR_PROCESSES), test_round_trip);
  g_test_add_func ("/recording/cut-output", test_cut_output);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  g_test_add_func ("/recording/memory", test_memory);
#endif
  result = g_test_run ();
  lsc_test_cache_leave (cache);
  return result;
}

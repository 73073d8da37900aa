/* test-formats.c: tables and traces, read back by other means.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include <glib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "lsc-chrome-trace.h"
#include "lsc-clock.h"
#include "lsc-demo-recording.h"
#include "lsc-new-file.h"
#include "lsc-recorder.h"
#include "lsc-spans-csv.h"

#define N_TASKS 30

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("lanescope-test-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "out", NULL);
}

/* That nothing else is left is checked with it. */
static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_csv (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscRecording) recording = lsc_demo_recording_new (LSC_EXECUTOR_PROCESSES, 2, N_TASKS);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) rows = NULL;
  guint n_task_rows = 0;

  g_assert_true (lsc_spans_csv_write (recording, fixture->path, &error));
  g_assert_no_error (error);
  text = read_file (fixture->path);
  rows = g_strsplit (text, "\r\n", -1);
  g_assert_cmpstr (rows[0], ==,
                   "lane,kind,pid,tid,worker,depth,name,task,status,start_s,end_s,duration_s");

  for (guint i = 1; *rows[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (rows[i], ",", -1);
      LscTask task;

      g_assert_cmpuint (g_strv_length (cells), ==, 12);
      g_assert_cmpstr (cells[1], ==, "thread");
      if (g_str_equal (cells[5], "0"))
        {
          guint index = (guint)g_ascii_strtoull (cells[7], NULL, 10);

          n_task_rows++;
          lsc_task_table_get (lsc_recording_get_tasks (recording), index, &task);
          /* A task is called by its input. */
          g_assert_cmpstr (cells[6], ==,
                           lsc_task_table_get_input (lsc_recording_get_tasks (recording), index));
          g_assert_cmpstr (cells[8], ==, lsc_task_status_get_nick (task.status));
          g_assert_cmpfloat_with_epsilon (g_ascii_strtod (cells[9], NULL),
                                          (double)task.start_ns / 1e9, 1e-9);
          g_assert_cmpfloat_with_epsilon (g_ascii_strtod (cells[10], NULL),
                                          (double)task.end_ns / 1e9, 1e-9);
        }
      else
        g_assert_true (g_str_equal (cells[6], "read") || g_str_equal (cells[6], "compute"));
    }
  g_assert_cmpuint (n_task_rows, ==, N_TASKS);
}

static void
test_chrome (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscRecording) recording = lsc_demo_recording_new (LSC_EXECUTOR_THREADS, 3, N_TASKS);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *events;
  guint      n_tasks = 0;
  guint      n_thread_names = 0;
  guint      n_counters = 0;

  g_assert_true (lsc_chrome_trace_write (recording, fixture->path, &error));
  g_assert_no_error (error);
  g_assert_true (json_parser_load_from_file (parser, fixture->path, &error));
  g_assert_no_error (error);

  events = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                         "traceEvents");
  for (guint i = 0; i < json_array_get_length (events); i++)
    {
      JsonObject *event = json_array_get_object_element (events, i);
      const char *phase = json_object_get_string_member (event, "ph");
      LscTask     task;

      if (g_str_equal (phase, "M") &&
          g_str_equal (json_object_get_string_member (event, "name"), "thread_name"))
        n_thread_names++;
      if (g_str_equal (phase, "C"))
        n_counters++;
      if (!g_str_equal (phase, "X") ||
          !g_str_equal (json_object_get_string_member (event, "cat"), "task"))
        continue;
      n_tasks++;
      lsc_task_table_get (
          lsc_recording_get_tasks (recording),
          (guint)json_object_get_int_member (json_object_get_object_member (event, "args"), "task"),
          &task);
      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (event, "ts"),
                                      (double)task.start_ns / 1e3, 1e-3);
      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (event, "dur"),
                                      (double)(task.end_ns - task.start_ns) / 1e3, 1e-3);
    }
  g_assert_cmpuint (n_tasks, ==, N_TASKS);
  g_assert_cmpuint (n_thread_names, ==, 3);
  g_assert_cmpuint (n_counters, >, 0);
}

/* A command's place, and what it started: on core 1, then waiting for a lock, then on core 0, where
 * it was lost of sight. */
static LscRecording *
make_seen (void)
{
  const LscRecordingInfo info = {
    .workload_id = "command",
    .workload_name = "Command",
    .executor = LSC_EXECUTOR_PROCESSES,
    .settings = "",
    .machine = "",
  };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscRecorder) recorder = NULL;
  LscLane *place;
  LscLane *process;
  LscLane *thread;
  LscLane *core;
  guint32  name;

  lsc_text_list_append (inputs, "first", -1);
  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, LSC_NS_PER_S, NULL);
  name = lsc_recorder_add_string (recorder, "cc1");
  place = lsc_recorder_add_lane (recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_EXACT, 0, 0, 1,
                                 "worker 1", 1000);
  lsc_recorder_begin_span (recorder, place, 1000, 0, LSC_CATEGORY_TASK, 0);
  lsc_recorder_set_state (recorder, place, 1500, LSC_STATE_WAITING, LSC_REASON_CHILD);
  process = lsc_recorder_add_lane (recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_EXACT, 70, 70, 0,
                                   "cc1", 2000);
  lsc_recorder_set_seen (recorder, process, place);
  thread = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, process, LSC_SOURCE_EXACT, 70, 71, 0,
                                  "cc1", 2000);
  lsc_recorder_set_seen (recorder, thread, NULL);
  core = lsc_recorder_add_lane (recorder, LSC_LANE_CORE, NULL, LSC_SOURCE_EXACT, 0, 0, 0, "core 1",
                                2000);
  lsc_recorder_set_seen (recorder, core, NULL);
  lsc_recorder_set_state (recorder, thread, 2001, LSC_STATE_RUNNING, 1);
  lsc_recorder_begin_span (recorder, core, 2001, name, 0, lsc_lane_get_index (thread));
  lsc_recorder_set_state (recorder, thread, 3000, LSC_STATE_WAITING, LSC_REASON_LOCK);
  lsc_recorder_end_span (recorder, core, 3000, LSC_TASK_DONE);
  lsc_recorder_set_state (recorder, thread, 4000, LSC_STATE_RUNNING, 0);
  lsc_recorder_set_state (recorder, thread, 5000, LSC_STATE_NOT_RECORDED, 0);
  lsc_recorder_end_lane (recorder, thread, 6000, LSC_LANE_RETIRED, 0, LSC_TASK_STOPPED);
  lsc_recorder_end_lane (recorder, process, 6000, LSC_LANE_EXITED, 0, LSC_TASK_STOPPED);
  lsc_recorder_end_span (recorder, place, 7000, LSC_TASK_DONE);
  lsc_recorder_end_lane (recorder, place, 7000, LSC_LANE_EXITED, 0, LSC_TASK_DONE);
  lsc_recorder_end_lane (recorder, core, 7000, LSC_LANE_RETIRED, 0, LSC_TASK_STOPPED);
  lsc_recorder_finish (recorder, 7000);
  return LSC_RECORDING (g_object_ref (lsc_recorder_get_recording (recorder)));
}

/* "NAME START+LENGTH ARGUMENTS; ..." of all events of a category, in nanoseconds. */
static char *
list_events (JsonArray *events, const char *category)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (events); i++)
    {
      JsonObject *event = json_array_get_object_element (events, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (event, "cat", NULL), category) !=
          0)
        continue;
      g_string_append_printf (text, "%s %.0f+%.0f", json_object_get_string_member (event, "name"),
                              json_object_get_double_member (event, "ts") * 1000,
                              json_object_get_double_member (event, "dur") * 1000);
      if (json_object_has_member (event, "args"))
        {
          g_autofree char *arguments =
              json_to_string (json_object_get_member (event, "args"), FALSE);

          g_string_append_printf (text, " %s", arguments);
        }
      g_string_append (text, "; ");
    }
  return g_string_free (text, FALSE);
}

/* Viewers draw what is on one row as a stack: nothing may begin in one and end after it. */
static void
check_rows (JsonArray *events)
{
  for (guint i = 0; i < json_array_get_length (events); i++)
    for (guint k = 0; k < json_array_get_length (events); k++)
      {
        JsonObject *a = json_array_get_object_element (events, i);
        JsonObject *b = json_array_get_object_element (events, k);
        double      start = json_object_get_double_member_with_default (a, "ts", 0);
        double      end = start + json_object_get_double_member_with_default (a, "dur", 0);
        double      other = json_object_get_double_member_with_default (b, "ts", 0);
        double      other_end = other + json_object_get_double_member_with_default (b, "dur", 0);

        if (json_object_get_int_member (a, "pid") == json_object_get_int_member (b, "pid") &&
            json_object_get_int_member_with_default (a, "tid", -1) ==
                json_object_get_int_member_with_default (b, "tid", -1))
          g_assert_false (start < other && other < end && end < other_end);
      }
}

static void
test_chrome_seen (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscRecording) recording = make_seen ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *states = NULL;
  g_autofree char *turns = NULL;
  g_autofree char *tasks = NULL;
  JsonArray       *events;

  g_assert_true (lsc_chrome_trace_write (recording, fixture->path, &error));
  g_assert_no_error (error);
  g_assert_true (json_parser_load_from_file (parser, fixture->path, &error));
  g_assert_no_error (error);
  events = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                         "traceEvents");
  states = list_events (events, "state");
  turns = list_events (events, "core");
  tasks = list_events (events, "task");
  g_assert_cmpstr (states, ==,
                   "waiting 1500+5500 {\"seen\":\"exact\",\"for\":\"child\"}; "
                   "running 2001+999 {\"seen\":\"exact\",\"core\":1}; "
                   "waiting 3000+1000 {\"seen\":\"exact\",\"for\":\"lock\"}; "
                   "running 4000+1000 {\"seen\":\"exact\",\"core\":0}; "
                   "not recorded 5000+1000 {}; ");
  g_assert_cmpstr (turns, ==, "cc1 2001+999 {\"pid\":70,\"tid\":71}; ");
  g_assert_cmpstr (tasks, ==, "first 1000+6000 {\"status\":\"done\",\"task\":0}; ");
  check_rows (events);
}

/* A core and a half for the first 100 ms, nothing for the next, half of one for the last. */
static void
test_chrome_counters (Fixture *fixture, gconstpointer user_data)
{
  const LscRecordingInfo info = { .workload_id = "command", .settings = "", .machine = "" };
  g_autoptr (LscRecorder) recorder = lsc_recorder_new (NULL, &info, NULL, 0, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const guint64 cpu_ms[] = { 150, 150, 200 };
  LscLane      *lane;
  JsonArray    *events;

  lane =
      lsc_recorder_add_lane (recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN, 70, 70, 1, "cc1", 0);
  for (guint i = 0; i < G_N_ELEMENTS (cpu_ms); i++)
    lsc_recorder_add_counter (recorder, lane, (i + 1) * 100 * LSC_NS_PER_MS, LSC_COUNTER_CPU_NS,
                              cpu_ms[i] * LSC_NS_PER_MS);
  lsc_recorder_add_counter (recorder, lane, 100 * LSC_NS_PER_MS, LSC_COUNTER_RSS_BYTES, 5000);
  lsc_recorder_add_counter (recorder, lane, 200 * LSC_NS_PER_MS, LSC_COUNTER_PSS_BYTES, 3000);
  lsc_recorder_end_lane (recorder, lane, 300 * LSC_NS_PER_MS, LSC_LANE_EXITED, 0, LSC_TASK_DONE);

  g_assert_true (
      lsc_chrome_trace_write (lsc_recorder_get_recording (recorder), fixture->path, &error));
  g_assert_no_error (error);
  g_assert_true (json_parser_load_from_file (parser, fixture->path, &error));
  g_assert_no_error (error);
  events = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                         "traceEvents");
  for (guint i = 0; i < json_array_get_length (events); i++)
    {
      JsonObject      *event = json_array_get_object_element (events, i);
      g_autofree char *args = NULL;

      if (!g_str_equal (json_object_get_string_member (event, "ph"), "C"))
        continue;
      args = json_to_string (json_object_get_member (event, "args"), FALSE);
      g_string_append_printf (seen, "%s@%.0f %s; ", json_object_get_string_member (event, "name"),
                              json_object_get_double_member (event, "ts"), args);
    }
  g_assert_cmpstr (seen->str, ==,
                   "CPU@0 {\"cores\":1.5}; CPU@100000 {\"cores\":0.0}; "
                   "CPU@200000 {\"cores\":0.5}; CPU@300000 {\"cores\":0.0}; "
                   "RSS@100000 {\"bytes\":5000}; PSS@200000 {\"bytes\":3000}; ");
}

static void
test_no_folder (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscRecording) recording = lsc_demo_recording_new (LSC_EXECUTOR_SEQUENTIAL, 1, 3);
  g_autofree char *path = g_build_filename (fixture->folder, "missing", "out.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (lsc_spans_csv_write (recording, path, &error));
  g_assert_error (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, path));
}

/* A disk that fills up, as far as this process can tell. */
static void
test_full_disk (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (LscRecording) recording = lsc_demo_recording_new (LSC_EXECUTOR_SEQUENTIAL, 1, 1000);
  const struct rlimit small = { .rlim_cur = 4096, .rlim_max = RLIM_INFINITY };
  struct rlimit       before;
  g_autoptr (GError) csv_error = NULL;
  g_autoptr (GError) chrome_error = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "the old one", -1, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (lsc_spans_csv_write (recording, fixture->path, &csv_error));
  g_assert_false (lsc_chrome_trace_write (recording, fixture->path, &chrome_error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  g_assert_error (csv_error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_WRITE);
  g_assert_error (chrome_error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_WRITE);
  text = read_file (fixture->path);
  g_assert_cmpstr (text, ==, "the old one");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/formats/csv", Fixture, NULL, set_up, test_csv, tear_down);
  g_test_add ("/formats/chrome", Fixture, NULL, set_up, test_chrome, tear_down);
  g_test_add ("/formats/chrome-seen", Fixture, NULL, set_up, test_chrome_seen, tear_down);
  g_test_add ("/formats/chrome-counters", Fixture, NULL, set_up, test_chrome_counters, tear_down);
  g_test_add ("/formats/no-folder", Fixture, NULL, set_up, test_no_folder, tear_down);
  g_test_add ("/formats/full-disk", Fixture, NULL, set_up, test_full_disk, tear_down);

  return g_test_run ();
}

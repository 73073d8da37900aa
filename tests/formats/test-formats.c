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
#include "lsc-demo-recording.h"
#include "lsc-new-file.h"
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
  g_test_add ("/formats/no-folder", Fixture, NULL, set_up, test_no_folder, tear_down);
  g_test_add ("/formats/full-disk", Fixture, NULL, set_up, test_full_disk, tear_down);

  return g_test_run ();
}

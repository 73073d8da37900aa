/* test-run-memory.c: the memory of a run while it goes on, and at its end.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A function takes a known amount of memory and keeps it until it is told to end: less can't be the
 * peak, and not more than an interpreter with it.
 */

#include "config.h"

#include <glib/gstdio.h>

#include "lsc-catalogue.h"
#include "test-support.h"

#define TAKEN_BYTES (96 * 1024 * 1024)
#define MOST_BYTES  (192 * 1024 * 1024)

/* A shell that asks others before the interpreter takes its place: each of those is a process that
 * ends while the interpreter has just begun. */
static const char shim[] = "#!/bin/sh\n"
                           "name=$(basename \"$0\")\n"
                           "where=$(dirname \"$0\")\n"
                           "test \"$where/$name\" = \"$0\" || exit 1\n"
                           "exec python3 \"$@\"\n";

static const char code[] = "import os, time\n"
                           "def take(path):\n"
                           "    memory = b'x' * (96 * 1024 * 1024)\n"
                           "    while not os.path.exists(path): time.sleep(0.01)\n"
                           "    return len(memory)\n";

typedef struct
{
  char *folder;
  char *program;
  char *end; /* a file: the function is to end */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("lanescope-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->program = g_build_filename (fixture->folder, "python-by-shell", NULL);
  fixture->end = g_build_filename (fixture->folder, "end", NULL);
  g_assert_true (g_file_set_contents_full (fixture->program, shim, -1, G_FILE_SET_CONTENTS_NONE,
                                           0755, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_unlink (fixture->program), ==, 0);
  g_assert_cmpint (g_unlink (fixture->end), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->program);
  g_free (fixture->end);
}

static gint64
get_peak (LscRun *run)
{
  return lsc_recording_get_peak_rss_bytes (lsc_run_get_recording (run));
}

static gboolean
has_taken (gpointer user_data)
{
  return get_peak (user_data) >= TAKEN_BYTES;
}

static void
test_by_shell (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("python");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autoptr (LscTextList) inputs = support_make_inputs (fixture->end, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LscRun) run = NULL;
  const LscRunOptions options = {
    .workload = workload,
    .settings = settings,
    .inputs = inputs,
    .executor = LSC_EXECUTOR_SEQUENTIAL,
    .n_workers = 1,
  };
  LscTask task;

  g_assert_true (lsc_settings_set (settings, "source", "code", NULL));
  g_assert_true (lsc_settings_set (settings, "code", code, NULL));
  g_assert_true (lsc_settings_set (settings, "function", "take", NULL));
  g_assert_true (lsc_settings_set (settings, "python", fixture->program, NULL));
  run = lsc_run_new (&options, &error);
  g_assert_no_error (error);
  lsc_run_start (run);
  support_wait (has_taken, run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_RUNNING);
  g_assert_cmpint (get_peak (run), <, MOST_BYTES);

  g_assert_true (g_file_set_contents (fixture->end, "", 0, &error));
  g_assert_no_error (error);
  support_wait_over (run);
  g_assert_no_error (lsc_run_get_error (run));
  g_assert_cmpint (get_peak (run), >=, TAKEN_BYTES);
  g_assert_cmpint (get_peak (run), <, MOST_BYTES);
  /* It shares its process with whatever else the worker does. */
  lsc_task_table_get (lsc_recording_get_tasks (lsc_run_get_recording (run)), 0, &task);
  g_assert_cmpint (task.status, ==, LSC_TASK_DONE);
  g_assert_cmpint (task.peak_rss_bytes, ==, -1);
}

int
main (int argc, char *argv[])
{
  support_init (&argc, &argv);
  g_test_add ("/engine/memory/by-shell", Fixture, NULL, set_up, test_by_shell, tear_down);
  return support_run_tests ();
}

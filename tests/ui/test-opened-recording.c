/* test-opened-recording.c: recordings from files: a whole one, a cut one, what is none.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lsc-catalogue.h"
#include "lsc-main-thread.h"
#include "lsc-opened-recording.h"
#include "lsc-recorder.h"

#define N_TASKS 3

typedef struct
{
  char         *folder;
  char         *path;
  LscCatalogue *catalogue;
  GAsyncResult *result;
} Fixture;

/* Tasks 1 and 2 are done, the third has failed, or another end. */
static void
write_tasks (LscRecorder *recorder, LscTaskStatus third)
{
  LscTaskTable *tasks = lsc_recording_get_tasks (lsc_recorder_get_recording (recorder));

  for (guint i = 0; i < N_TASKS; i++)
    {
      LscTask task = { 0 };

      task.status = i < 2 ? LSC_TASK_DONE : third;
      task.exit = -1;
      task.worker = 1;
      task.attempts = 1;
      task.start_ns = i * 10000000;
      task.end_ns = task.start_ns + 9000000;
      task.peak_rss_bytes = -1;
      lsc_task_table_set (tasks, i, &task, "True", -1);
    }
}

static void
write_recording (const char *path, const char *settings, LscTaskStatus third)
{
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscRecorder) recorder = NULL;
  g_autoptr (GError) error = NULL;
  LscRecordingInfo info = { 0 };
  LscLane         *lane;

  info.workload_id = "primes";
  info.workload_name = "Primes";
  info.executor = LSC_EXECUTOR_THREADS;
  info.n_workers = 4;
  info.settings = settings;
  info.wall_start_us = G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC;
  info.machine = "A machine";
  info.n_cores = 8;
  for (guint i = 0; i < N_TASKS; i++)
    lsc_text_list_append (inputs, "7", -1);
  lsc_text_list_freeze (inputs);

  recorder = lsc_recorder_new (path, &info, inputs, 0, &error);
  g_assert_no_error (error);
  lane = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_OWN, 1, 1, 1,
                                "thread 1", 0);
  for (guint i = 0; i < N_TASKS; i++)
    {
      lsc_recorder_begin_span (recorder, lane, i * 10000000,
                               lsc_recorder_add_string (recorder, "7"), 0, i);
      lsc_recorder_end_span (recorder, lane, i * 10000000 + 9000000, LSC_TASK_DONE);
    }
  write_tasks (recorder, third);
  lsc_recorder_finish (recorder, 29000000);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("lanescope-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "mine.lanescope", NULL);
  fixture->catalogue = lsc_catalogue_new (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_clear_object (&fixture->result);
  g_object_unref (fixture->catalogue);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Fixture *)user_data)->result = g_object_ref (result);
}

static LscOpenedRecording *
load (Fixture *fixture, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  lsc_opened_recording_load_async (file, G_LIST_MODEL (fixture->catalogue), loaded_cb, fixture);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_file_equal (lsc_opened_recording_get_loaded_file (fixture->result), file));
  return lsc_opened_recording_load_finish (fixture->result, error);
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscOpenedRecording) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *headline = NULL;
  g_autofree char *detail = NULL;
  const char      *facts;

  write_recording (fixture->path, "inputs=range from=5 to=99", LSC_TASK_FAILED);
  opened = load (fixture, fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lsc_opened_recording_get_name (opened), ==, "Primes, Threads");
  g_assert_cmpstr (lsc_opened_recording_get_file_name (opened), ==, "mine.lanescope");
  facts = lsc_opened_recording_get_facts (opened);
  g_assert_nonnull (strstr (facts, "4 workers"));
  g_assert_nonnull (strstr (facts, "from=5 to=99"));
  g_assert_nonnull (strstr (facts, "A machine"));
  g_assert_nonnull (strstr (facts, "November 2023"));

  problem = lsc_opened_recording_dup_problem (opened);
  g_assert_null (problem);
  headline = lsc_opened_recording_dup_headline (opened);
  g_assert_cmpstr (headline, ==, "Threads: 29.0\302\240ms with 4 workers.");
  detail = lsc_opened_recording_dup_detail (opened);
  g_assert_nonnull (strstr (detail, "1 of 3 tasks failed"));

  g_assert_cmpuint (lsc_scene_get_n_strips (lsc_opened_recording_get_scene (opened)), ==, 1);
  g_assert_null (lsc_scene_get_strip (lsc_opened_recording_get_scene (opened), 0)->note);
  /* Results are put into words with the settings that it was made with. */
  g_assert_cmpstr (lsc_workload_get_id (lsc_opened_recording_get_workload (opened)), ==, "primes");
  g_assert_cmpstr (lsc_settings_get (lsc_opened_recording_get_settings (opened), "to"), ==, "99");
}

/* One that was stopped did not take so long, and its tasks did not fail. */
static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscOpenedRecording) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *headline = NULL;
  g_autofree char *detail = NULL;

  write_recording (fixture->path, "", LSC_TASK_STOPPED);
  opened = load (fixture, fixture->path, &error);
  g_assert_no_error (error);
  headline = lsc_opened_recording_dup_headline (opened);
  g_assert_cmpstr (headline, ==, "Threads: stopped after 29.0\302\240ms.");
  detail = lsc_opened_recording_dup_detail (opened);
  g_assert_true (detail == NULL || strstr (detail, "failed") == NULL);
}

/* What is there is shown, and it is said that something is missing. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscOpenedRecording) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *headline = NULL;
  gsize            length;

  write_recording (fixture->path, "", LSC_TASK_FAILED);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize)length - 20, NULL));

  opened = load (fixture, fixture->path, &error);
  g_assert_no_error (error);
  problem = lsc_opened_recording_dup_problem (opened);
  g_assert_nonnull (problem);
  g_assert_nonnull (strstr (problem, "could not be read"));
  /* No answer from half a run. */
  headline = lsc_opened_recording_dup_headline (opened);
  g_assert_null (headline);
  g_assert_cmpuint (lsc_scene_get_n_strips (lsc_opened_recording_get_scene (opened)), ==, 1);
  g_assert_nonnull (lsc_scene_get_strip (lsc_opened_recording_get_scene (opened), 0)->note);
}

static void
test_no_recording (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscOpenedRecording) opened = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (
      g_file_set_contents (fixture->path, "Dear diary, today I have seen threads.\n", -1, NULL));
  opened = load (fixture, fixture->path, &error);
  g_assert_null (opened);
  g_assert_error (error, LSC_MODEL_ERROR, LSC_MODEL_ERROR_NOT_A_RECORDING);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscOpenedRecording) opened = NULL;
  g_autoptr (GError) error = NULL;

  opened = load (fixture, fixture->path, &error);
  g_assert_null (opened);
  g_assert_nonnull (error);
}

/* A recording of a later version may have settings that this one has never heard of. */
static void
test_unknown_settings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscOpenedRecording) opened = NULL;
  g_autoptr (GError) error = NULL;

  write_recording (fixture->path, "colour=blue", LSC_TASK_FAILED);
  opened = load (fixture, fixture->path, &error);
  g_assert_no_error (error);
  g_assert_null (lsc_opened_recording_get_workload (opened));
  g_assert_cmpstr (lsc_opened_recording_get_name (opened), ==, "Primes, Threads");
}

int
main (int argc, char *argv[])
{
  lsc_main_thread_init ();
  g_test_init (&argc, &argv, NULL);

#define add(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  add ("/ui/opened-recording/whole", test_whole);
  add ("/ui/opened-recording/stopped", test_stopped);
  add ("/ui/opened-recording/cut", test_cut);
  add ("/ui/opened-recording/no-recording", test_no_recording);
  add ("/ui/opened-recording/missing", test_missing);
  add ("/ui/opened-recording/unknown-settings", test_unknown_settings);
#undef add

  return g_test_run ();
}

/* test-run-loss.c: workers, launchers and hosts that are killed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   test-run-loss --host    runs something long and says who does it; to be killed
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-run-place.h"
#include "test-support.h"

/* The largest prime below 2^64: takes seconds. */
#define LONG_INPUT "18446744073709551557"

static const LscExecutorKind all_kinds[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS,
                                             LSC_EXECUTOR_PROCESSES };

static LscRun *
new_run (LscTextList *inputs, LscExecutorKind kind, guint n_retries)
{
  g_autoptr (GError) error = NULL;
  LscRunOptions options;
  LscRun       *run;

  support_options_init (&options, "primes", inputs, kind, 2);
  options.n_retries = n_retries;
  run = lsc_run_new (&options, &error);
  g_assert_no_error (error);
  support_options_clear (&options);
  return run;
}

/* Short ones around a long one: number 10 of 30. */
static LscTextList *
make_inputs (void)
{
  LscTextList *inputs = lsc_text_list_new ();

  for (guint i = 0; i < 30; i++)
    lsc_text_list_append (inputs, i == 10 ? LONG_INPUT : "7", -1);
  lsc_text_list_freeze (inputs);
  return inputs;
}

typedef struct
{
  LscRun *run;
  guint   index;
  gint32  not_pid;
  gint32  pid; /* found */
} Search;

/* The pid of the process whose lane has the task open. */
static gboolean
find_pid_of_task (gpointer user_data)
{
  Search       *search = user_data;
  LscRecording *recording = lsc_run_get_recording (search->run);

  lsc_recording_begin_read (recording);
  for (guint i = 0; i < lsc_recording_get_n_lanes (recording) && search->pid == 0; i++)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i);
      LscSpan  span;
      gint64   now_ns = lsc_run_get_elapsed_ns (search->run);

      if (lsc_lane_get_kind (lane) == LSC_LANE_THREAD &&
          lsc_lane_get_pid (lane) != search->not_pid &&
          lsc_lane_find_span (lane, 0, now_ns - 1, now_ns, &span) && span.task == search->index &&
          span.status == LSC_TASK_RUNNING)
        search->pid = lsc_lane_get_pid (lane);
    }
  lsc_recording_end_read (recording);
  return search->pid != 0;
}

static gint32
wait_for_task (LscRun *run, guint index, gint32 not_pid)
{
  Search search = { run, index, not_pid, 0 };

  support_wait (find_pid_of_task, &search);
  return search.pid;
}

static void
get_task (LscRun *run, guint index, LscTask *task)
{
  lsc_task_table_get (lsc_recording_get_tasks (lsc_run_get_recording (run)), index, task);
}

static LscLane *
find_process_lane (LscRun *run, gint32 pid)
{
  LscRecording *recording = lsc_run_get_recording (run);

  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i);

      if (lsc_lane_get_kind (lane) == LSC_LANE_PROCESS && lsc_lane_get_pid (lane) == pid)
        return lane;
    }
  return NULL;
}

/* ---- a worker ------------------------------------------------------------------------------- */

/* Costs the one task that it was on. */
static void
test_worker_killed (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
    {
      g_autoptr (LscRun) run = new_run (make_inputs (), all_kinds[k], 0);
      guint    n_processes = all_kinds[k] == LSC_EXECUTOR_PROCESSES ? 2 : 1;
      LscTask  task;
      LscLane *lane;
      gint32   pid;

      lsc_run_start (run);
      pid = wait_for_task (run, 10, 0);
      kill (pid, SIGKILL);
      support_wait_over (run);

      g_assert_no_error (lsc_run_get_error (run));
      g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
      g_assert_cmpuint (lsc_run_get_n_done (run), ==, 29);
      get_task (run, 10, &task);
      g_assert_cmpint (task.status, ==, LSC_TASK_CRASHED);
      g_assert_cmpint (task.signal, ==, SIGKILL);
      g_assert_cmpint (task.exit, ==, -1);
      g_assert_cmpint (task.pid, ==, pid);
      g_assert_cmpint (task.start_ns, >, 0);
      g_assert_cmpuint (task.attempts, ==, 1);

      lane = find_process_lane (run, pid);
      g_assert_nonnull (lane);
      g_assert_cmpint (lsc_lane_get_end (lane), ==, LSC_LANE_SIGNALED);
      g_assert_cmpint (lsc_lane_get_end_value (lane), ==, SIGKILL);
      /* A replacement, unless there was nothing left to do for one. */
      g_assert_cmpuint (support_count_lanes (run, LSC_LANE_PROCESS), <=, n_processes + 1);
      if (all_kinds[k] == LSC_EXECUTOR_SEQUENTIAL)
        g_assert_cmpuint (support_count_lanes (run, LSC_LANE_PROCESS), ==, 2);
    }
}

/* Retried as often as was asked, each time on another process. */
static void
test_worker_killed_twice (void)
{
  g_autoptr (LscRun) run = new_run (make_inputs (), LSC_EXECUTOR_PROCESSES, 1);
  LscTask task;
  gint32  first;
  gint32  second;

  lsc_run_start (run);
  first = wait_for_task (run, 10, 0);
  kill (first, SIGKILL);
  second = wait_for_task (run, 10, first);
  kill (second, SIGKILL);
  support_wait_over (run);

  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
  g_assert_cmpuint (lsc_run_get_n_done (run), ==, 29);
  get_task (run, 10, &task);
  g_assert_cmpint (task.status, ==, LSC_TASK_CRASHED);
  g_assert_cmpuint (task.attempts, ==, 2);
  g_assert_cmpint (task.pid, ==, second);
}

/* Tiny tasks by the thousand, workers killed again and again: none is lost but
 * those that they were on. */
static void
test_workers_killed_often (void)
{
  g_autoptr (LscRun) run = NULL;
  g_autoptr (GArray) pids = NULL;
  LscTextList *inputs = support_repeat_input ("1..20000", 3000);
  guint        n_crashed;

  run = new_run (inputs, LSC_EXECUTOR_PROCESSES, 0);
  lsc_run_start (run);
  for (guint i = 1; i <= 5; i++)
    {
      support_wait_finished (run, i * 200);
      g_clear_pointer (&pids, g_array_unref);
      pids = support_list_pids (run);
      kill (g_array_index (pids, gint32, pids->len - 1), SIGKILL);
    }
  support_wait_over (run);

  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
  n_crashed = support_count_status (run, LSC_TASK_CRASHED);
  g_assert_cmpuint (n_crashed, <=, 5);
  g_assert_cmpuint (lsc_run_get_n_done (run), ==, 3000 - n_crashed);
  /* Some may have been killed twice, before the first was noticed. */
  g_assert_cmpuint (support_count_lanes (run, LSC_LANE_PROCESS), >=, 3);
}

/* ---- the launcher ---------------------------------------------------------------------------- */

static void
test_launcher_killed (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
    {
      g_autoptr (LscRun) run =
          new_run (support_make_inputs ("7", LONG_INPUT, LONG_INPUT, "9", NULL), all_kinds[k], 0);
      g_autoptr (GArray) pids = NULL;
      g_auto (GStrv) folders = NULL;
      gint32 launcher;

      lsc_run_start (run);
      wait_for_task (run, 1, 0);
      support_wait_finished (run, 1);
      pids = support_list_pids (run);
      launcher = lsc_run_get_launcher_pid (run);
      kill (launcher, SIGKILL);
      support_wait_over (run);

      g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FAILED);
      g_assert_error (lsc_run_get_error (run), LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_LAUNCHER);
      g_assert_cmpuint (lsc_run_get_n_done (run), ==, 1);
      g_assert_cmpuint (support_count_status (run, LSC_TASK_STOPPED), ==, 3);
      g_assert_false (support_is_alive (launcher));
      for (guint i = 0; i < pids->len; i++)
        g_assert_false (support_is_alive (g_array_index (pids, gint32, i)));
      folders = support_list_run_folders ();
      g_assert_cmpstr (folders[0], ==, NULL);
    }
}

/* Workers that do not react any more are taken down as well. */
static void
test_terminate_stopped_worker (void)
{
  g_autoptr (LscRun) run =
      new_run (support_repeat_input (LONG_INPUT, 4), LSC_EXECUTOR_PROCESSES, 0);
  gint32 pid;

  lsc_run_start (run);
  pid = wait_for_task (run, 0, 0);
  kill (pid, SIGSTOP);
  lsc_run_stop (run);
  lsc_run_terminate (run);
  support_wait_over (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_STOPPED);
  g_assert_false (support_is_alive (pid));
}

/* ---- the host -------------------------------------------------------------------------------- */

static int
be_host (void)
{
  g_autoptr (LscRun) run =
      new_run (support_repeat_input (LONG_INPUT, 100), LSC_EXECUTOR_PROCESSES, 0);
  g_autoptr (GArray) pids = NULL;

  lsc_run_start (run);
  wait_for_task (run, 0, 0);
  wait_for_task (run, 1, 0);
  pids = support_list_pids (run);
  printf ("%d %d %d\n", lsc_run_get_launcher_pid (run), g_array_index (pids, gint32, 0),
          g_array_index (pids, gint32, 1));
  fflush (stdout);
  support_wait_over (run);
  return 1;
}

static gboolean
has_no_folders (gpointer user_data)
{
  g_auto (GStrv) folders = support_list_run_folders ();

  return folders[0] == NULL;
}

/* Folders of runs that are over, of one that is not, and others' folders. */
static void
test_clean (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *place = g_dir_make_tmp ("test-XXXXXX", &error);
  g_autofree char *left = g_build_filename (place, "lanescope-run-aaaaaa", NULL);
  g_autofree char *segment = g_build_filename (left, "worker-1", NULL);
  g_autofree char *pools = g_build_filename (left, "listener-abc", NULL);
  g_autofree char *used = g_build_filename (place, "lanescope-run-bbbbbb", NULL);
  g_autofree char *others = g_build_filename (place, "lanescope-run-cccccc", NULL);
  g_autofree char *file = g_build_filename (others, "notes.txt", NULL);
  g_autofree char *source = g_build_filename (place, "lanescope-source", NULL);
  int              lock;

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (left, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (used, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (others, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (source, 0700), ==, 0);
  g_assert_true (g_file_set_contents (segment, "", 0, NULL));
  g_assert_cmpint (mknod (pools, S_IFSOCK | 0600, 0), ==, 0);
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  lock = open (used, O_RDONLY | O_DIRECTORY);
  g_assert_cmpint (flock (lock, LOCK_SH), ==, 0);

  lsc_run_place_clean (place, 3600);
  g_assert_true (g_file_test (segment, G_FILE_TEST_EXISTS));
  lsc_run_place_clean (place, 0);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (used, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (source, G_FILE_TEST_EXISTS));

  close (lock);
  g_unlink (file);
  g_rmdir (others);
  g_rmdir (source);
  lsc_run_place_clean (place, 0);
  g_assert_cmpint (g_rmdir (place), ==, 0);
}

/* A run's folder is in use for as long as its launcher lives. */
static void
test_clean_living (void)
{
  g_autofree char *place = g_build_filename (g_getenv ("XDG_RUNTIME_DIR"), "lanescope", NULL);
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) after = NULL;
  LscRun *run = new_run (make_inputs (), LSC_EXECUTOR_THREADS, 0);

  lsc_run_start (run);
  support_wait_finished (run, 1);
  before = support_list_run_folders ();
  g_assert_cmpuint (g_strv_length (before), ==, 1);
  lsc_run_place_clean (place, 0);
  after = support_list_run_folders ();
  g_assert_cmpuint (g_strv_length (after), ==, 1);
  lsc_run_terminate (run);
  support_wait_over (run);
  g_object_unref (run);
}

static void
test_host_killed (void)
{
  const char *argv[] = { "/proc/self/exe", "--host", NULL };
  g_autoptr (GError) error = NULL;
  GPid   host;
  int    output;
  char   line[100];
  gint32 pids[3] = { 0 };
  FILE  *stream;

  g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &host,
                            NULL, &output, NULL, &error);
  g_assert_no_error (error);
  stream = fdopen (output, "r");
  g_assert_nonnull (fgets (line, sizeof line, stream));
  g_assert_cmpint (sscanf (line, "%d %d %d", &pids[0], &pids[1], &pids[2]), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (support_is_alive (pids[i]));

  kill (host, SIGKILL);
  waitpid (host, NULL, 0);
  for (guint i = 0; i < 3; i++)
    support_wait_gone (pids[i]);
  support_wait (has_no_folders, NULL);
  fclose (stream);
}

int
main (int argc, char **argv)
{
  if (argc == 2 && strcmp (argv[1], "--host") == 0)
    return be_host ();

  support_init (&argc, &argv);
  g_test_add_func ("/engine/loss/worker-killed", test_worker_killed);
  g_test_add_func ("/engine/loss/worker-killed-twice", test_worker_killed_twice);
  g_test_add_func ("/engine/loss/workers-killed-often", test_workers_killed_often);
  g_test_add_func ("/engine/loss/launcher-killed", test_launcher_killed);
  g_test_add_func ("/engine/loss/terminate-stopped-worker", test_terminate_stopped_worker);
  g_test_add_func ("/engine/loss/host-killed", test_host_killed);
  g_test_add_func ("/engine/loss/clean", test_clean);
  g_test_add_func ("/engine/loss/clean-living", test_clean_living);
  return support_run_tests ();
}

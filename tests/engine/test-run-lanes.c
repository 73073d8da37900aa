/* test-run-lanes.c: single workers of real runs that are asked to end; tasks that take turns.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "lsc-programs.h"
#include "test-support.h"
#include "lsc-units.h"

/* Nobody waits for the next round. */
#define HOURS "3600"

static LscRun *
new_run (const char     *workload,
         const char     *set,
         const char     *value,
         guint           n_tasks,
         LscExecutorKind kind,
         guint           n_workers,
         gint64          grace_ns)
{
  g_autoptr (GError) error = NULL;
  LscRunOptions options;
  LscRun       *run;

  support_options_init (&options, workload, support_repeat_input ("it", n_tasks), kind, n_workers);
  options.grace_ns = grace_ns;
  g_assert_true (lsc_settings_set (options.settings, set, value, &error));
  run = lsc_run_new (&options, &error);
  g_assert_no_error (error);
  support_options_clear (&options);
  return run;
}

static LscRun *
new_loops (guint n, LscExecutorKind kind, guint n_workers)
{
  return new_run ("loop", "interval", HOURS, n, kind, n_workers, 0);
}

/* ---- what is on lanes ------------------------------------------------------------------ */

/* The newest. */
static LscLane *
find_lane (LscRun *run, guint worker)
{
  LscRecording *recording = lsc_run_get_recording (run);
  LscLane      *found = NULL;

  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    if (lsc_lane_get_worker (lsc_recording_get_lane (recording, i)) == worker)
      found = lsc_recording_get_lane (recording, i);
  return found;
}

/* On a thread's lane or on that of its process. */
static guint
count_marks (LscRun *run, guint worker, LscMarkKind kind)
{
  LscRecording *recording = lsc_run_get_recording (run);
  LscLane      *lane = find_lane (run, worker);
  guint         n = 0;

  for (guint i = 0; lane != NULL && i < lsc_recording_get_n_marks (recording); i++)
    {
      LscMark mark;

      lsc_recording_get_mark (recording, i, &mark);
      n += mark.kind == kind && mark.lane == lane;
    }
  return n;
}

typedef struct
{
  LscRun *run;
  guint   n;
} Want;

static gboolean
are_at_work (gpointer user_data)
{
  Want         *want = user_data;
  LscTaskTable *tasks = lsc_recording_get_tasks (lsc_run_get_recording (want->run));

  /* The worker tells of a task, its ring of the lane: not in this order. */
  return tasks != NULL && lsc_task_table_get_n_with_status (tasks, LSC_TASK_RUNNING) >= want->n &&
         support_count_lanes (want->run, LSC_LANE_THREAD) >=
             MIN (want->n, lsc_run_get_n_workers (want->run));
}

static void
wait_at_work (LscRun *run, guint n)
{
  support_wait (are_at_work, &(Want){ run, n });
}

static gboolean
has_ended (gpointer user_data)
{
  Want    *want = user_data;
  LscLane *lane = find_lane (want->run, want->n);

  return lane != NULL && lsc_lane_get_end (lane) != LSC_LANE_ALIVE;
}

static void
wait_ended (LscRun *run, guint worker)
{
  support_wait (has_ended, &(Want){ run, worker });
}

static void
assert_refused (LscRun *run, guint worker, LscLaneRequest request, const char *reason)
{
  const char *why_not = NULL;

  g_assert_false (lsc_run_can_ask (run, worker, request, &why_not));
  g_assert_nonnull (strstr (why_not, reason));
}

static guint32
find_task_of (LscRun *run, guint worker)
{
  LscTaskTable *tasks = lsc_recording_get_tasks (lsc_run_get_recording (run));

  for (guint i = 0; i < lsc_task_table_get_n (tasks); i++)
    {
      LscTask task;

      lsc_task_table_get (tasks, i, &task);
      if (task.worker == worker)
        return i;
    }
  g_assert_not_reached ();
}

static LscTaskStatus
get_status (LscRun *run, guint32 index)
{
  LscTask task;

  lsc_task_table_get (lsc_recording_get_tasks (lsc_run_get_recording (run)), index, &task);
  return task.status;
}

/* ---- asked to end --------------------------------------------------------------------- */

/* One loop is stopped alone, one joined after it was stopped, the last two with the run, which is
 * then whole: every loop has come to its end. */
static void
check_loops (LscExecutorKind kind)
{
  g_autoptr (LscRun) run = new_loops (4, kind, 4);
  guint32 first;

  assert_refused (run, 1, LSC_LANE_ASK_STOP, "not begun");
  lsc_run_start (run);
  wait_at_work (run, 4);
  assert_refused (run, 0, LSC_LANE_ASK_STOP, "no such worker");
  assert_refused (run, 5, LSC_LANE_ASK_STOP, "no such worker");
  if (kind == LSC_EXECUTOR_THREADS)
    assert_refused (run, 1, LSC_LANE_TERMINATE, "thread can’t be ended from outside");

  first = find_task_of (run, 2);
  lsc_run_ask (run, 2, LSC_LANE_ASK_STOP);
  assert_refused (run, 2, LSC_LANE_ASK_STOP, "already");
  wait_ended (run, 2);
  support_wait_finished (run, 1);
  g_assert_cmpint (get_status (run, first), ==, LSC_TASK_DONE);
  assert_refused (run, 2, LSC_LANE_ASK_JOIN, "ended already");

  lsc_run_ask (run, 3, LSC_LANE_ASK_JOIN);
  lsc_run_ask (run, 3, LSC_LANE_ASK_STOP);
  wait_ended (run, 3);
  support_wait_finished (run, 2);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_RUNNING);

  lsc_run_stop (run);
  support_wait_over (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
  g_assert_cmpuint (lsc_run_get_n_done (run), ==, 4);
  g_assert_cmpuint (count_marks (run, 2, LSC_MARK_STOP_ASKED), ==, 1);
  g_assert_cmpuint (count_marks (run, 2, LSC_MARK_JOIN_ASKED), ==, 0);
  g_assert_cmpuint (count_marks (run, 3, LSC_MARK_JOIN_ASKED), ==, 1);
  for (guint worker = 1; worker <= 4; worker++)
    g_assert_cmpuint (count_marks (run, worker, LSC_MARK_JOINED), ==, 1);
  assert_refused (run, 1, LSC_LANE_ASK_STOP, "over");
  /* Nobody took the place of one that was asked to end. */
  g_assert_cmpuint (support_count_lanes (run, LSC_LANE_THREAD), ==, 4);
}

static void
test_loops_threads (void)
{
  check_loops (LSC_EXECUTOR_THREADS);
}

static void
test_loops_processes (void)
{
  check_loops (LSC_EXECUTOR_PROCESSES);
}

/* The last worker leaves: what nobody took is stopped, and the run with it. */
static void
test_deserted (void)
{
  const LscExecutorKind kinds[] = { LSC_EXECUTOR_THREADS, LSC_EXECUTOR_PROCESSES };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (LscRun) run = new_loops (3, kinds[i], 2);

      lsc_run_start (run);
      wait_at_work (run, 2);
      lsc_run_ask (run, 1, LSC_LANE_ASK_STOP);
      lsc_run_ask (run, 2, LSC_LANE_ASK_STOP);
      support_wait_over (run);
      g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_STOPPED);
      g_assert_cmpuint (lsc_run_get_n_done (run), ==, 2);
      g_assert_cmpuint (support_count_status (run, LSC_TASK_STOPPED), ==, 1);
    }
}

/* What a worker that leaves had ahead goes to the others. */
static void
test_handed_on (void)
{
  g_autoptr (LscRun) run = new_run ("ramen", "speed", "300", 12, LSC_EXECUTOR_PROCESSES, 2, 0);

  lsc_run_start (run);
  wait_at_work (run, 2);
  lsc_run_ask (run, 1, LSC_LANE_ASK_JOIN);
  support_wait_over (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
  g_assert_cmpuint (lsc_run_get_n_done (run), ==, 12);
  g_assert_cmpuint (count_marks (run, 1, LSC_MARK_JOINED), ==, 1);
  g_assert_cmpuint (support_count_lanes (run, LSC_LANE_PROCESS), ==, 2);
}

/* ---- terminated ------------------------------------------------------------------------- */

/* In front of the real worker: one that does not hear SIGTERM. */
static char *
make_deaf_worker (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *real = lsc_programs_find (LSC_PROGRAM_WORKER, &error);
  g_autofree char *folder = g_dir_make_tmp ("lanescope-deaf-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "lanescope-worker", NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\ntrap '' TERM\nexec '%s'\n", real);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents_full (path, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  return g_steal_pointer (&path);
}

static gboolean
is_at_its_end (gpointer user_data)
{
  return lsc_lane_get_end (user_data) != LSC_LANE_ALIVE;
}

/* One that does not hear SIGTERM gets SIGKILL after the grace time, which is long enough for one
 * that does, and has to wait for a core. */
static void
check_terminate (gboolean deaf, int signal)
{
  g_autoptr (LscRun) run = new_run ("loop", "interval", HOURS, 2, LSC_EXECUTOR_PROCESSES, 2,
                                    deaf ? 50 * LSC_NS_PER_MS : 50 * LSC_NS_PER_S);
  LscLane    *process;
  const char *why_not = NULL;
  guint32     index;

  lsc_run_start (run);
  wait_at_work (run, 2);
  index = find_task_of (run, 1);
  process = lsc_lane_get_parent (find_lane (run, 1));
  lsc_run_ask (run, 1, LSC_LANE_TERMINATE);
  /* It is, or has been. */
  g_assert_false (lsc_run_can_ask (run, 1, LSC_LANE_ASK_STOP, &why_not));
  g_assert_true (strstr (why_not, "being terminated") != NULL ||
                 strstr (why_not, "ended already") != NULL);
  wait_ended (run, 1);
  support_wait_finished (run, 1);
  /* Of that the launcher tells, and the lane's end its ring. */
  support_wait (is_at_its_end, process);
  g_assert_cmpint (get_status (run, index), ==, LSC_TASK_STOPPED);
  g_assert_cmpint (lsc_lane_get_end (process), ==, LSC_LANE_SIGNALED);
  g_assert_cmpint (lsc_lane_get_end_value (process), ==, signal);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_RUNNING);

  lsc_run_stop (run);
  support_wait_over (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_STOPPED);
  g_assert_cmpuint (lsc_run_get_n_done (run), ==, 1);
  g_assert_cmpuint (count_marks (run, 1, LSC_MARK_TERMINATE_ASKED), ==, deaf ? 2 : 1);
  g_assert_cmpuint (support_count_lanes (run, LSC_LANE_PROCESS), ==, 2);
}

static void
test_terminate (void)
{
  check_terminate (FALSE, SIGTERM);
}

static void
test_terminate_deaf (void)
{
  g_autofree char *old = g_strdup (g_getenv ("LSC_PROGRAM_DIR"));
  g_autofree char *worker = make_deaf_worker ();
  g_autofree char *folder = g_path_get_dirname (worker);
  g_autofree char *path = g_strconcat (folder, ":", old, NULL);

  g_setenv ("LSC_PROGRAM_DIR", path, TRUE);
  check_terminate (TRUE, SIGKILL);
  g_setenv ("LSC_PROGRAM_DIR", old, TRUE);
  g_assert_no_errno (g_unlink (worker));
  g_assert_no_errno (g_rmdir (folder));
}

/* ---- taking turns ------------------------------------------------------------------------ */

/* All are under way at once on one lane, whose spans are the turns; the table has the whole. */
static void
test_async (void)
{
  g_autoptr (LscRun) run = new_run ("ramen", "speed", "1000", 6, LSC_EXECUTOR_ASYNC, 3, 0);
  LscTaskTable *tasks;
  gint64        last_start_ns = 0;
  gint64        first_end_ns = G_MAXINT64;
  LscLane      *lane;

  g_assert_cmpuint (lsc_run_get_n_workers (run), ==, 1);
  lsc_run_start (run);
  support_wait_over (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
  g_assert_cmpuint (lsc_run_get_n_done (run), ==, 6);
  tasks = lsc_recording_get_tasks (lsc_run_get_recording (run));
  for (guint i = 0; i < 6; i++)
    {
      LscTask task;

      lsc_task_table_get (tasks, i, &task);
      g_assert_cmpuint (task.worker, ==, 1);
      last_start_ns = MAX (last_start_ns, task.start_ns);
      first_end_ns = MIN (first_end_ns, task.end_ns);
    }
  g_assert_cmpint (last_start_ns, <, first_end_ns);

  lane = find_lane (run, 1);
  lsc_recording_begin_read (lsc_run_get_recording (run));
  g_assert_cmpuint (lsc_lane_get_n_spans (lane, 0), ==, 6 * 3);
  g_assert_true (lsc_lane_has_states (lane));
  g_assert_cmpint (lsc_lane_sum_state (lane, LSC_STATE_RUNNING, 0, G_MAXINT64, 0), >, 0);
  lsc_recording_end_read (lsc_run_get_recording (run));
}

static gboolean
sleeps (gpointer user_data)
{
  LscRun       *run = user_data;
  LscRecording *recording = lsc_run_get_recording (run);
  gint64        waited_ns;

  lsc_recording_begin_read (recording);
  waited_ns = lsc_lane_sum_state (find_lane (run, 1), LSC_STATE_WAITING, 0, G_MAXINT64,
                                  lsc_run_get_elapsed_ns (run));
  lsc_recording_end_read (recording);
  return waited_ns > 0;
}

static gboolean
has_second_worker (gpointer user_data)
{
  LscRun *run = user_data;

  return support_count_lanes (run, LSC_LANE_THREAD) == 2 && find_lane (run, 1) != NULL;
}

/* Those that wait are queued again, and none is lost: nobody had the thread. */
static void
test_async_killed (void)
{
  g_autoptr (LscRun) run = new_loops (4, LSC_EXECUTOR_ASYNC, 1);
  g_autoptr (GArray) pids = NULL;
  LscLane *lane;

  lsc_run_start (run);
  wait_at_work (run, 4);
  support_wait (sleeps, run);
  lane = find_lane (run, 1);
  pids = support_list_pids (run);
  g_assert_cmpuint (pids->len, ==, 1);
  g_assert_no_errno (kill (g_array_index (pids, gint32, 0), SIGKILL));
  /* There may be another one for that worker already. */
  support_wait (is_at_its_end, lane);

  /* Another worker takes them up. */
  support_wait (has_second_worker, run);
  support_wait (sleeps, run);
  lsc_run_stop (run);
  support_wait_over (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
  g_assert_cmpuint (lsc_run_get_n_done (run), ==, 4);
}

/* Each waits for hours; all end at once. */
static void
test_async_stop (void)
{
  g_autoptr (LscRun) run = new_run ("ramen", "speed", "10", 500, LSC_EXECUTOR_ASYNC, 1, 0);

  lsc_run_start (run);
  wait_at_work (run, 2);
  lsc_run_stop (run);
  support_wait_over (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_STOPPED);
  g_assert_cmpuint (support_count_status (run, LSC_TASK_STOPPED), ==, 500);
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/engine/lanes/loops-threads", test_loops_threads);
  g_test_add_func ("/engine/lanes/loops-processes", test_loops_processes);
  g_test_add_func ("/engine/lanes/deserted", test_deserted);
  g_test_add_func ("/engine/lanes/handed-on", test_handed_on);
  g_test_add_func ("/engine/lanes/terminate", test_terminate);
  g_test_add_func ("/engine/lanes/terminate-deaf", test_terminate_deaf);
  g_test_add_func ("/engine/async/run", test_async);
  g_test_add_func ("/engine/async/killed", test_async_killed);
  g_test_add_func ("/engine/async/stop", test_async_stop);
  return support_run_tests ();
}

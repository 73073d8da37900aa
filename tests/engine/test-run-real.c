/* test-run-real.c: runs on worker processes, in every mode.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <sched.h>
#include <string.h>
#include <sys/resource.h>

#include "lsc-calibration.h"
#include "lsc-catalogue.h"
#include "test-support.h"

/* The largest prime below 2^64: takes seconds. */
#define LONG_INPUT "18446744073709551557"

static const LscExecutorKind all_kinds[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS,
                                             LSC_EXECUTOR_PROCESSES };

static void
run_to_end (LscRun *run)
{
  lsc_run_start (run);
  support_wait_over (run);
  g_assert_no_error (lsc_run_get_error (run));
}

/* ---- every mode ------------------------------------------------------------------------- */

/* Python's six numbers; the answers as its documentation has them. */
static void
test_six_answers (void)
{
  static const char *const expected[] = { "True", "True", "True", "True", "True", "False" };

  for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
    {
      LscTextList *inputs =
          support_make_inputs ("112272535095293", "112582705942171", "112272535095293",
                               "115280095190773", "115797848077099", "1099726899285419", NULL);
      g_autoptr (LscRun) run = support_new_run ("primes", inputs, all_kinds[k], 2);
      LscTaskTable *tasks;
      gint64        last_end_ns = 0;

      run_to_end (run);
      g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
      g_assert_cmpuint (lsc_run_get_n_done (run), ==, 6);
      tasks = lsc_recording_get_tasks (lsc_run_get_recording (run));
      for (guint i = 0; i < 6; i++)
        {
          LscTask task;

          lsc_task_table_get (tasks, i, &task);
          g_assert_cmpstr (lsc_task_table_get_output (tasks, i), ==, expected[i]);
          g_assert_cmpint (task.start_ns, >, 0);
          g_assert_cmpint (task.end_ns, >, task.start_ns);
          g_assert_cmpuint (task.attempts, ==, 1);
          g_assert_cmpint (task.pid, >, 0);
          last_end_ns = MAX (last_end_ns, task.end_ns);
        }
      /* To the last task's end, without taking the house down. */
      g_assert_cmpint (lsc_run_get_elapsed_ns (run), ==, last_end_ns);
      g_assert_cmpint (lsc_run_get_launcher_pid (run), ==, 0);
    }
}

typedef struct
{
  guint n_processes;
  guint n_threads;
} Lanes;

static Lanes
count_lanes (LscExecutorKind kind, guint n_workers, guint n_tasks)
{
  g_autoptr (LscRun) run =
      support_new_run ("empty", support_repeat_input ("1", n_tasks), kind, n_workers);
  Lanes lanes;

  run_to_end (run);
  lanes.n_processes = support_count_lanes (run, LSC_LANE_PROCESS);
  lanes.n_threads = support_count_lanes (run, LSC_LANE_THREAD);
  return lanes;
}

static void
assert_lanes (Lanes lanes, guint n_processes, guint n_threads)
{
  g_assert_cmpuint (lanes.n_processes, ==, n_processes);
  g_assert_cmpuint (lanes.n_threads, ==, n_threads);
}

static void
test_lanes (void)
{
  assert_lanes (count_lanes (LSC_EXECUTOR_SEQUENTIAL, 4, 10), 1, 1);
  assert_lanes (count_lanes (LSC_EXECUTOR_THREADS, 3, 10), 1, 3);
  assert_lanes (count_lanes (LSC_EXECUTOR_PROCESSES, 2, 10), 2, 2);
  /* Never more processes than tasks. */
  assert_lanes (count_lanes (LSC_EXECUTOR_PROCESSES, 8, 3), 3, 3);
}

/* Every process lane ends with what wait4 said of it. */
static void
test_usage (void)
{
  g_autoptr (LscRun) run = support_new_run ("primes", support_repeat_input ("115797848077099", 4),
                                            LSC_EXECUTOR_PROCESSES, 2);
  LscRecording *recording;

  run_to_end (run);
  recording = lsc_run_get_recording (run);
  lsc_recording_begin_read (recording);
  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i);
      LscUsage usage;

      if (lsc_lane_get_kind (lane) != LSC_LANE_PROCESS || !lsc_lane_is_own (lane))
        continue;
      lsc_lane_get_usage (lane, &usage);
      g_assert_cmpint (lsc_lane_get_end (lane), ==, LSC_LANE_EXITED);
      g_assert_cmpint (lsc_lane_get_end_value (lane), ==, 0);
      g_assert_cmpint (usage.user_ns, >, 0);
      g_assert_cmpint (usage.peak_rss_bytes, >, 0);
    }
  lsc_recording_end_read (recording);
}

static guint64
count_spans (LscRun *run)
{
  LscRecording *recording = lsc_run_get_recording (run);
  guint64       n = 0;

  lsc_recording_begin_read (recording);
  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    if (lsc_lane_is_own (lsc_recording_get_lane (recording, i)))
      n += lsc_lane_get_n_spans (lsc_recording_get_lane (recording, i), 0);
  lsc_recording_end_read (recording);
  return n;
}

/* What workers tell of themselves is never lost: they are given no more than their rings have room
 * for. What is seen of the cores may be, where nobody is left a core to look, and is told; the
 * tests of probe are about that. */
static guint64
count_lost (LscRun *run)
{
  LscRecording *recording = lsc_run_get_recording (run);
  guint64       n = 0;

  lsc_recording_begin_read (recording);
  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    if (lsc_lane_is_own (lsc_recording_get_lane (recording, i)))
      n += lsc_lane_get_n_lost (lsc_recording_get_lane (recording, i));
  lsc_recording_end_read (recording);
  return n;
}

/* Many tiny tasks: each is done once, and each has its span. */
static void
test_many (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
    {
      g_autoptr (LscRun) run =
          support_new_run ("empty", support_repeat_input ("42", 100000), all_kinds[k], 2);

      run_to_end (run);
      g_assert_cmpuint (lsc_run_get_n_done (run), ==, 100000);
      g_assert_cmpuint (count_lost (run), ==, 0);
      g_assert_cmpuint (count_spans (run), ==, 100000);
    }
}

/* As many workers as a run may have. */
static void
test_many_workers (void)
{
  static const LscExecutorKind kinds[] = { LSC_EXECUTOR_THREADS, LSC_EXECUTOR_PROCESSES };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      guint n_workers = kinds[k] == LSC_EXECUTOR_THREADS ? LSC_MAX_WORKERS : 64;
      g_autoptr (LscRun) run =
          support_new_run ("empty", support_repeat_input ("42", 3000), kinds[k], n_workers);

      run_to_end (run);
      g_assert_cmpuint (lsc_run_get_n_done (run), ==, 3000);
      g_assert_cmpuint (support_count_lanes (run, LSC_LANE_THREAD), ==, n_workers);
      g_assert_cmpuint (count_lost (run), ==, 0);
      g_assert_cmpuint (count_spans (run), ==, 3000);
    }
}

static gboolean
has_line (LscRun *run, LscOutputKind kind, const char *text)
{
  LscOutputStore *output = lsc_recording_get_output (lsc_run_get_recording (run));
  gboolean        found = FALSE;

  for (guint64 i = 0; i < lsc_output_store_get_n_lines (output) && !found; i++)
    {
      LscOutputLine line;

      if (!lsc_output_store_get_line (output, i, &line))
        continue;
      found = line.kind == kind && strstr (line.text, text) != NULL;
      lsc_output_line_clear (&line);
    }
  return found;
}

static void
test_output (void)
{
  g_autoptr (LscRun) run =
      support_new_run ("primes", support_make_inputs ("7", "8", NULL), LSC_EXECUTOR_PROCESSES, 2);

  run_to_end (run);
  g_assert_true (has_line (run, LSC_OUTPUT_STDOUT, "7 is prime: True"));
  g_assert_true (has_line (run, LSC_OUTPUT_STDOUT, "8 is prime: False"));
}

/* ---- where it runs --------------------------------------------------------------------------- */

static guint
count_allowed_cores (gint32 pid)
{
  cpu_set_t set;

  g_assert_cmpint (sched_getaffinity (pid, sizeof set, &set), ==, 0);
  return (guint)CPU_COUNT (&set);
}

static void
test_one_core (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscRun) run = NULL;
  g_autoptr (GArray) pids = NULL;
  LscRunOptions options;

  support_options_init (&options, "primes", support_repeat_input (LONG_INPUT, 4),
                        LSC_EXECUTOR_PROCESSES, 2);
  options.one_core = TRUE;
  run = lsc_run_new (&options, &error);
  g_assert_no_error (error);
  support_options_clear (&options);
  lsc_run_start (run);
  while (support_count_lanes (run, LSC_LANE_THREAD) < 2)
    g_main_context_iteration (NULL, TRUE);

  pids = support_list_pids (run);
  for (guint i = 0; i < pids->len; i++)
    g_assert_cmpuint (count_allowed_cores (g_array_index (pids, gint32, i)), ==, 1);
  lsc_run_terminate (run);
  support_wait_over (run);
}

static guint
count_open_files (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

/* Two runs side by side do not get into each other's way, and leave no descriptor open. */
static void
test_two_at_once (void)
{
  guint n_before = 0;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (LscRun) first =
          support_new_run ("empty", support_repeat_input ("42", 5000), LSC_EXECUTOR_PROCESSES, 2);
      g_autoptr (LscRun) second =
          support_new_run ("empty", support_repeat_input ("42", 5000), LSC_EXECUTOR_THREADS, 2);

      lsc_run_start (first);
      lsc_run_start (second);
      support_wait_over (first);
      support_wait_over (second);
      g_assert_cmpuint (lsc_run_get_n_done (first), ==, 5000);
      g_assert_cmpuint (lsc_run_get_n_done (second), ==, 5000);
      g_clear_object (&first);
      g_clear_object (&second);
      /* The first time, libraries may keep some for themselves. */
      if (i == 0)
        n_before = count_open_files ();
      else
        g_assert_cmpuint (count_open_files (), ==, n_before);
    }
}

static void
test_few_files (void)
{
  struct rlimit limit;
  g_autoptr (LscRun) run = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  limit.rlim_cur = limit.rlim_max = 200;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  run = support_new_run ("empty", support_repeat_input ("42", 1000), LSC_EXECUTOR_PROCESSES, 100);
  lsc_run_start (run);
  support_wait_over (run);
  g_assert_error (lsc_run_get_error (run), LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_WORKERS);
  g_assert_nonnull (strstr (lsc_run_get_error (run)->message, "Use 34 at most"));
}

/* ---- what goes wrong with tasks -------------------------------------------------------------- */

static LscRun *
new_run_with (LscTextList *inputs, LscExecutorKind kind, guint n_retries, gint64 timeout_ns)
{
  g_autoptr (GError) error = NULL;
  LscRunOptions options;
  LscRun       *run;

  support_options_init (&options, "primes", inputs, kind, 2);
  options.n_retries = n_retries;
  options.timeout_ns = timeout_ns;
  run = lsc_run_new (&options, &error);
  g_assert_no_error (error);
  support_options_clear (&options);
  return run;
}

/* A task that fails is tried as often as was asked, and never hides another. */
static void
test_retry (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
    {
      g_autoptr (LscRun) run =
          new_run_with (support_make_inputs ("7", "not a number", "9", NULL), all_kinds[k], 2, 0);
      LscTaskTable *tasks;
      LscTask       task;

      run_to_end (run);
      g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
      g_assert_cmpuint (lsc_run_get_n_done (run), ==, 2);
      tasks = lsc_recording_get_tasks (lsc_run_get_recording (run));
      lsc_task_table_get (tasks, 1, &task);
      g_assert_cmpint (task.status, ==, LSC_TASK_FAILED);
      g_assert_cmpuint (task.attempts, ==, 3);
      g_assert_nonnull (strstr (lsc_task_table_get_output (tasks, 1), "not a whole number"));
      g_assert_cmpuint (count_spans (run), ==, 5);
    }
}

static void
test_timeout (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
    {
      g_autoptr (LscRun) run = new_run_with (support_make_inputs ("7", LONG_INPUT, "9", "11", NULL),
                                             all_kinds[k], 0, 300 * LSC_NS_PER_MS);
      LscTask task;

      run_to_end (run);
      g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
      g_assert_cmpuint (lsc_run_get_n_done (run), ==, 3);
      lsc_task_table_get (lsc_recording_get_tasks (lsc_run_get_recording (run)), 1, &task);
      g_assert_cmpint (task.status, ==, LSC_TASK_TIMED_OUT);
      g_assert_cmpint (task.end_ns - task.start_ns, >=, 300 * LSC_NS_PER_MS);
      g_assert_true (has_line (run, LSC_OUTPUT_NOTE, "task 2 took longer than"));
    }
}

/* ---- calibration ----------------------------------------------------------------------------- */

static void
calibrated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  double *ns_per_unit = user_data;

  *ns_per_unit = lsc_calibration_get_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
is_set (gpointer user_data)
{
  return *(double *)user_data >= 0;
}

static void
test_calibration (void)
{
  g_autoptr (LscWorkload) primes = lsc_builtin_workload_new ("primes");
  g_autoptr (LscWorkload) empty = lsc_builtin_workload_new ("empty");
  double first = -1;
  double second = -1;
  double third = -1;

  g_assert_cmpfloat (lsc_calibration_peek (primes), ==, 0);
  /* Two at once share one measurement. */
  lsc_calibration_get_async (primes, NULL, calibrated_cb, &first);
  lsc_calibration_get_async (primes, NULL, calibrated_cb, &second);
  support_wait (is_set, &first);
  support_wait (is_set, &second);
  g_assert_cmpfloat (first, >, 0);
  g_assert_cmpfloat (second, ==, first);
  g_assert_cmpfloat (lsc_calibration_peek (primes), ==, first);
  /* A division takes between a tenth of a nanosecond and a microsecond. */
  g_assert_cmpfloat (first, >, 0.1);
  g_assert_cmpfloat (first, <, 1000);

  lsc_calibration_get_async (empty, NULL, calibrated_cb, &third);
  support_wait (is_set, &third);
  g_assert_cmpfloat (third, ==, 0);
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/engine/real/six-answers", test_six_answers);
  g_test_add_func ("/engine/real/lanes", test_lanes);
  g_test_add_func ("/engine/real/usage", test_usage);
  g_test_add_func ("/engine/real/many", test_many);
  g_test_add_func ("/engine/real/many-workers", test_many_workers);
  g_test_add_func ("/engine/real/output", test_output);
  g_test_add_func ("/engine/real/one-core", test_one_core);
  g_test_add_func ("/engine/real/two-at-once", test_two_at_once);
  g_test_add_func ("/engine/real/few-files", test_few_files);
  g_test_add_func ("/engine/real/retry", test_retry);
  g_test_add_func ("/engine/real/timeout", test_timeout);
  g_test_add_func ("/engine/real/calibration", test_calibration);
  return support_run_tests ();
}

/* test-run-mock.c: a run's states and signals, with an executor that runs nothing.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-calibration.h"
#include "lsc-comparison-private.h"
#include "lsc-main-thread.h"
#include "lsc-run-private.h"
#include "mock-executor.h"
#include "test-support.h"

typedef struct
{
  guint n_changed;
  guint n_finished;
  guint n_added;
} Signals;

static void
changed_cb (gpointer object, gpointer user_data)
{
  g_assert_true (lsc_main_thread_is_current ());
  ((Signals *)user_data)->n_changed++;
}

static void
finished_cb (gpointer object, gpointer user_data)
{
  g_assert_true (lsc_main_thread_is_current ());
  ((Signals *)user_data)->n_finished++;
}

static LscRun *
new_mock_run (const MockScript *script, MockCalls *calls, Signals *signals)
{
  g_autoptr (GError) error = NULL;
  LscRunOptions options;
  LscRun       *run;

  support_options_init (&options, "empty", support_repeat_input ("1", script->n_tasks),
                        LSC_EXECUTOR_THREADS, 2);
  run = lsc_run_new_with_executor (&options, mock_executor_new (script, calls), &error);
  g_assert_no_error (error);
  support_options_clear (&options);
  g_signal_connect (run, "changed", G_CALLBACK (changed_cb), signals);
  g_signal_connect (run, "finished", G_CALLBACK (finished_cb), signals);
  return run;
}

static void
spin (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* ---- a run -------------------------------------------------------------------------------- */

/* Tasks end last first; the table has them in input order. */
static void
test_order (void)
{
  const MockScript script = { .n_tasks = 5, .n_to_end = 5, .failing_task = 2 };
  MockCalls        calls = { 0 };
  Signals          signals = { 0 };
  g_autoptr (LscRun) run = new_mock_run (&script, &calls, &signals);
  LscTaskTable *tasks;

  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_READY);
  g_assert_cmpint (lsc_run_get_elapsed_ns (run), ==, 0);
  lsc_run_start (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_RUNNING);
  g_assert_nonnull (lsc_run_get_recording (run));
  support_wait_over (run);

  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
  g_assert_null (lsc_run_get_error (run));
  g_assert_cmpuint (lsc_run_get_n_finished (run), ==, 5);
  g_assert_cmpuint (lsc_run_get_n_done (run), ==, 4);
  g_assert_cmpuint (signals.n_finished, ==, 1);
  g_assert_cmpuint (signals.n_changed, >=, 1);
  g_assert_cmpint (lsc_run_get_elapsed_ns (run), >, 0);
  g_assert_cmpint (lsc_run_get_time_left_ns (run), ==, 0);
  g_assert_true (lsc_recording_is_finished (lsc_run_get_recording (run)));
  g_assert_cmpint (lsc_recording_get_wall_ns (lsc_run_get_recording (run)), ==,
                   lsc_run_get_elapsed_ns (run));

  tasks = lsc_recording_get_tasks (lsc_run_get_recording (run));
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *expected = g_strdup_printf ("output %u", i);
      LscTask          task;

      lsc_task_table_get (tasks, i, &task);
      g_assert_cmpint (task.status, ==, i == 2 ? LSC_TASK_FAILED : LSC_TASK_DONE);
      g_assert_cmpint (task.start_ns, >=, 0 - 1000);
      g_assert_cmpint (task.end_ns, <=, lsc_run_get_elapsed_ns (run));
      g_assert_cmpstr (lsc_task_table_get_output (tasks, i), ==, expected);
    }
  g_assert_cmpint (g_atomic_int_get (&calls.n_freed), ==, 1);
}

static void
test_error (void)
{
  g_autoptr (GError) error = g_error_new_literal (LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_REFUSED, "no");
  const MockScript script = {
    .n_tasks = 3, .n_to_end = 1, .failing_task = G_MAXUINT, .error = error
  };
  MockCalls calls = { 0 };
  Signals   signals = { 0 };
  g_autoptr (LscRun) run = new_mock_run (&script, &calls, &signals);

  lsc_run_start (run);
  support_wait_over (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FAILED);
  g_assert_error (lsc_run_get_error (run), LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_REFUSED);
  g_assert_cmpuint (lsc_run_get_n_done (run), ==, 1);
  g_assert_cmpuint (support_count_status (run, LSC_TASK_STOPPED), ==, 2);
}

/* A stop, then another, then Terminate twice: one end. */
static void
test_stop (void)
{
  const MockScript script = { .n_tasks = 10, .n_to_end = 4, .failing_task = G_MAXUINT };
  MockCalls        calls = { 0 };
  Signals          signals = { 0 };
  g_autoptr (LscRun) run = new_mock_run (&script, &calls, &signals);

  lsc_run_start (run);
  support_wait_finished (run, 4);
  lsc_run_stop (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_STOPPING);
  lsc_run_stop (run);
  lsc_run_terminate (run);
  lsc_run_terminate (run);
  support_wait_over (run);
  spin ();

  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_STOPPED);
  g_assert_cmpuint (signals.n_finished, ==, 1);
  g_assert_cmpuint (lsc_run_get_n_done (run), ==, 4);
  g_assert_cmpuint (support_count_status (run, LSC_TASK_STOPPED), ==, 6);
  g_assert_cmpint (g_atomic_int_get (&calls.n_stops) + g_atomic_int_get (&calls.n_terminates), >=,
                   1);
  g_assert_cmpint (g_atomic_int_get (&calls.n_stops), <=, 1);
  g_assert_cmpint (g_atomic_int_get (&calls.n_terminates), <=, 1);

  /* Nothing more happens to it. */
  lsc_run_stop (run);
  lsc_run_start (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_STOPPED);
}

static void
test_stop_before_start (void)
{
  const MockScript script = { .n_tasks = 2, .n_to_end = 2, .failing_task = G_MAXUINT };
  MockCalls        calls = { 0 };
  Signals          signals = { 0 };
  g_autoptr (LscRun) run = new_mock_run (&script, &calls, &signals);

  lsc_run_stop (run);
  g_assert_true (lsc_run_is_over (run));
  lsc_run_start (run);
  spin ();
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_STOPPED);
  g_assert_cmpuint (signals.n_finished, ==, 1);
  g_assert_cmpint (calls.n_starts, ==, 0);
  g_assert_cmpint (lsc_run_get_elapsed_ns (run), ==, 0);
}

static gboolean
was_freed (gpointer user_data)
{
  return g_atomic_int_get (&((MockCalls *)user_data)->n_freed) == 1;
}

/* Given up while it goes on: it ends by itself and says nothing more. */
static void
test_finalize_running (void)
{
  const MockScript script = { .n_tasks = 3, .n_to_end = 1, .failing_task = G_MAXUINT };
  MockCalls        calls = { 0 };
  Signals          signals = { 0 };
  LscRun          *run = new_mock_run (&script, &calls, &signals);

  lsc_run_start (run);
  support_wait_finished (run, 1);
  g_assert_finalize_object (run);
  signals = (Signals){ 0 };
  support_wait (was_freed, &calls);
  spin ();
  g_assert_cmpint (g_atomic_int_get (&calls.n_terminates), ==, 1);
  g_assert_cmpuint (signals.n_changed + signals.n_finished, ==, 0);
}

/* At most 20 times a second, however much happens; never while nothing does. */
static void
test_changed_is_rare (void)
{
  const MockScript script = { .n_tasks = 100000, .n_to_end = 99999, .failing_task = G_MAXUINT };
  MockCalls        calls = { 0 };
  Signals          signals = { 0 };
  g_autoptr (LscRun) run = new_mock_run (&script, &calls, &signals);
  gint64 begin_us = g_get_monotonic_time ();
  guint  n_before;

  lsc_run_start (run);
  support_wait_finished (run, 99999);
  g_assert_cmpuint (signals.n_changed, <=, (g_get_monotonic_time () - begin_us) / 50000 + 1);

  /* The last changes may still be told; then there is nothing to tell. */
  for (guint i = 0; i < 4; i++)
    g_main_context_iteration (NULL, TRUE);
  n_before = signals.n_changed;
  for (guint i = 0; i < 4; i++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (signals.n_changed, ==, n_before);
  lsc_run_stop (run);
  support_wait_over (run);
}

/* ---- what is refused ------------------------------------------------------------------------ */

static void
assert_refused (LscExecutorKind kind,
                guint           n_workers,
                LscTextList    *inputs,
                GQuark          domain,
                int             code,
                const char     *message)
{
  g_autoptr (GError) error = NULL;
  LscRunOptions options;

  support_options_init (&options, "empty", inputs, kind, n_workers);
  g_assert_null (lsc_run_new (&options, &error));
  g_assert_error (error, domain, code);
  if (message != NULL)
    g_assert_cmpstr (error->message, ==, message);
  support_options_clear (&options);
}

static void
test_refused (void)
{
  assert_refused (LSC_EXECUTOR_THREADS, 0, support_repeat_input ("1", 3), LSC_ENGINE_ERROR,
                  LSC_ENGINE_ERROR_WORKERS, "A run needs at least 1 worker.");
  assert_refused (LSC_EXECUTOR_PROCESSES, 513, support_repeat_input ("1", 3), LSC_ENGINE_ERROR,
                  LSC_ENGINE_ERROR_WORKERS, "A run can have at most 512 workers, not 513.");
  assert_refused (LSC_EXECUTOR_ASYNC, 1, support_repeat_input ("1", 3), LSC_ENGINE_ERROR,
                  LSC_ENGINE_ERROR_UNSUPPORTED, NULL);
  assert_refused (LSC_EXECUTOR_CLUSTER, 1, support_repeat_input ("1", 3), LSC_ENGINE_ERROR,
                  LSC_ENGINE_ERROR_UNSUPPORTED, NULL);
  assert_refused (LSC_EXECUTOR_THREADS, 1, support_repeat_input ("1", 0), LSC_WORKLOAD_ERROR,
                  LSC_WORKLOAD_ERROR_NO_INPUTS, NULL);
}

static void
test_refused_path (void)
{
  g_autoptr (GError) error = NULL;
  LscRunOptions options;

  support_options_init (&options, "empty", support_repeat_input ("1", 3), LSC_EXECUTOR_THREADS, 2);
  options.recording_path = "/nowhere/at/all.lanescope";
  g_assert_null (lsc_run_new (&options, &error));
  g_assert_error (error, LSC_MODEL_ERROR, LSC_MODEL_ERROR_WRITE);
  support_options_clear (&options);
}

/* ---- a comparison ---------------------------------------------------------------------------- */

typedef struct
{
  LscComparison *comparison;
  MockCalls      calls[3];
  Signals        signals;
} Compared;

static void
run_added_cb (LscComparison *comparison, LscRun *run, gpointer user_data)
{
  Compared *compared = user_data;

  /* Its strip can be drawn at once. */
  g_assert_nonnull (lsc_run_get_recording (run));
  g_assert_true (lsc_comparison_get_run (comparison, compared->signals.n_added) == run);
  compared->signals.n_added++;
  g_assert_cmpuint (lsc_comparison_get_n_runs (comparison), ==, compared->signals.n_added);
}

static void
compare (Compared *compared, const MockScript *scripts)
{
  const LscExecutorKind kinds[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS,
                                    LSC_EXECUTOR_PROCESSES };
  LscExecutor          *executors[3];
  g_autoptr (GError) error = NULL;
  LscRunOptions options;

  *compared = (Compared){ 0 };
  support_options_init (&options, "empty", support_repeat_input ("1", scripts[0].n_tasks),
                        LSC_EXECUTOR_THREADS, 2);
  for (guint i = 0; i < 3; i++)
    executors[i] = mock_executor_new (&scripts[i], &compared->calls[i]);
  compared->comparison = lsc_comparison_new_with_executors (&options, kinds, 3, executors, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    g_object_unref (executors[i]);
  g_signal_connect (compared->comparison, "changed", G_CALLBACK (changed_cb), &compared->signals);
  g_signal_connect (compared->comparison, "finished", G_CALLBACK (finished_cb), &compared->signals);
  g_signal_connect (compared->comparison, "run-added", G_CALLBACK (run_added_cb), compared);
  support_options_clear (&options);
}

static gboolean
is_compared (gpointer user_data)
{
  return lsc_comparison_is_over (user_data);
}

/* The second fails; the third runs all the same. */
static void
test_comparison (void)
{
  g_autoptr (GError) error = g_error_new_literal (LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN, "no");
  const MockScript scripts[3] = {
    { .n_tasks = 3, .n_to_end = 3, .failing_task = G_MAXUINT },
    { .n_tasks = 3, .n_to_end = 1, .failing_task = G_MAXUINT, .error = error },
    { .n_tasks = 3, .n_to_end = 3, .failing_task = G_MAXUINT },
  };
  Compared compared;

  compare (&compared, scripts);
  g_assert_cmpuint (lsc_comparison_get_n_modes (compared.comparison), ==, 3);
  g_assert_cmpuint (lsc_comparison_get_n_runs (compared.comparison), ==, 0);
  g_assert_null (lsc_comparison_get_current (compared.comparison));
  g_assert_cmpfloat (lsc_comparison_get_fraction (compared.comparison), ==, 0.0);

  lsc_comparison_start (compared.comparison);
  g_assert_nonnull (lsc_comparison_get_current (compared.comparison));
  support_wait (is_compared, compared.comparison);

  g_assert_cmpuint (compared.signals.n_added, ==, 3);
  g_assert_cmpuint (compared.signals.n_finished, ==, 1);
  g_assert_cmpint (lsc_run_get_state (lsc_comparison_get_run (compared.comparison, 0)), ==,
                   LSC_RUN_FINISHED);
  g_assert_cmpint (lsc_run_get_state (lsc_comparison_get_run (compared.comparison, 1)), ==,
                   LSC_RUN_FAILED);
  g_assert_cmpint (lsc_run_get_state (lsc_comparison_get_run (compared.comparison, 2)), ==,
                   LSC_RUN_FINISHED);
  g_assert_cmpuint (lsc_run_get_n_workers (lsc_comparison_get_run (compared.comparison, 0)), ==, 1);
  g_assert_cmpuint (lsc_run_get_n_workers (lsc_comparison_get_run (compared.comparison, 2)), ==, 2);
  g_assert_cmpfloat (lsc_comparison_get_fraction (compared.comparison), ==, 1.0);
  g_assert_null (lsc_comparison_get_current (compared.comparison));
  g_assert_finalize_object (compared.comparison);
}

/* A stop ends all of it: what has not begun never does. */
static void
test_comparison_stop (void)
{
  const MockScript script = { .n_tasks = 4, .n_to_end = 2, .failing_task = G_MAXUINT };
  const MockScript scripts[3] = { script, script, script };
  Compared         compared;

  compare (&compared, scripts);
  lsc_comparison_start (compared.comparison);
  support_wait_finished (lsc_comparison_get_current (compared.comparison), 2);
  g_assert_cmpfloat_with_epsilon (lsc_comparison_get_fraction (compared.comparison), 0.5 / 3, 1e-9);
  lsc_comparison_stop (compared.comparison);
  support_wait (is_compared, compared.comparison);

  g_assert_cmpuint (compared.signals.n_added, ==, 1);
  g_assert_cmpint (compared.calls[1].n_starts + compared.calls[2].n_starts, ==, 0);
  g_assert_finalize_object (compared.comparison);
}

/* ---- expectations ---------------------------------------------------------------------------- */

static void
test_expected (void)
{
  /* 1,000 units of 2 ns: 2,000 ns of work. */
  g_assert_cmpint (lsc_calibration_expect_ns (1000, 2, LSC_EXECUTOR_SEQUENTIAL, 8, 4, 100), ==,
                   2000);
  g_assert_cmpint (lsc_calibration_expect_ns (1000, 2, LSC_EXECUTOR_THREADS, 2, 4, 100), ==, 1000);
  g_assert_cmpint (lsc_calibration_expect_ns (1000, 2, LSC_EXECUTOR_PROCESSES, 8, 4, 100), ==, 500);
  g_assert_cmpint (lsc_calibration_expect_ns (1000, 2, LSC_EXECUTOR_PROCESSES, 8, 4, 1), ==, 2000);
  g_assert_cmpint (lsc_calibration_expect_ns (1000, 0, LSC_EXECUTOR_THREADS, 2, 4, 100), ==, -1);
}

/* What a busy virtual machine told of tasks that each take 4 ms, 1,581,139 divisions: the wall time
 * is longer, and the CPU time of some a fraction of what they used. */
static void
test_calibration_busy (void)
{
  const gint64     wall_ns[] = { 4080000,  4160000, 14110000, 16820000, 12120000,
                                 30600000, 8070000, 9550000,  21600000, 900000 };
  const gint64     cpu_ns[] = { 160000,  2480000, 3930000, 4160000, 3980000,
                                1490000, 3850000, 3910000, 4010000, 0 };
  const MockScript script = {
    .n_tasks = 10, .n_to_end = 10, .failing_task = 9, .wall_ns = wall_ns, .cpu_ns = cpu_ns
  };
  MockCalls calls = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LscRun) run = NULL;
  LscRunOptions options;
  double        ns_per_unit;

  support_options_init (&options, "primes", support_repeat_input ("10000000000037", script.n_tasks),
                        LSC_EXECUTOR_SEQUENTIAL, 1);
  run = lsc_run_new_with_executor (&options, mock_executor_new (&script, &calls), &error);
  g_assert_no_error (error);
  lsc_run_start (run);
  support_wait_over (run);

  ns_per_unit =
      lsc_calibration_evaluate (lsc_run_get_recording (run), options.workload, options.settings);
  support_options_clear (&options);
  g_assert_cmpfloat_with_epsilon (ns_per_unit, 4e6 / 1581139, 0.1);
}

static void
test_calibration_off (void)
{
  g_assert_false (lsc_calibration_is_off (3.0, 4.4));
  g_assert_true (lsc_calibration_is_off (3.0, 4.6));
  g_assert_false (lsc_calibration_is_off (3.0, 2.1));
  g_assert_true (lsc_calibration_is_off (3.0, 1.9));
  g_assert_false (lsc_calibration_is_off (-1.0, 8.6));
  g_assert_false (lsc_calibration_is_off (3.0, 0.0));
}

int
main (int argc, char **argv)
{
  int result;

  lsc_main_thread_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/run/order", test_order);
  g_test_add_func ("/engine/run/error", test_error);
  g_test_add_func ("/engine/run/stop", test_stop);
  g_test_add_func ("/engine/run/stop-before-start", test_stop_before_start);
  g_test_add_func ("/engine/run/finalize-running", test_finalize_running);
  g_test_add_func ("/engine/run/changed-is-rare", test_changed_is_rare);
  g_test_add_func ("/engine/run/refused", test_refused);
  g_test_add_func ("/engine/run/refused-path", test_refused_path);
  g_test_add_func ("/engine/comparison/failure", test_comparison);
  g_test_add_func ("/engine/comparison/stop", test_comparison_stop);
  g_test_add_func ("/engine/calibration/expected", test_expected);
  g_test_add_func ("/engine/calibration/busy", test_calibration_busy);
  g_test_add_func ("/engine/calibration/off", test_calibration_off);
  result = g_test_run ();
  return result;
}

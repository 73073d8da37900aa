/* test-run-end.c: runs that are stopped, terminated, given up.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-support.h"

/* The largest prime below 2^64: takes seconds. */
#define LONG_INPUT "18446744073709551557"

static const LscExecutorKind all_kinds[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS,
                                             LSC_EXECUTOR_PROCESSES };

static void
assert_all_gone (GArray *pids, gint32 launcher)
{
  g_auto (GStrv) folders = support_list_run_folders ();

  g_assert_cmpuint (pids->len, >, 0);
  for (guint i = 0; i < pids->len; i++)
    g_assert_false (support_is_alive (g_array_index (pids, gint32, i)));
  g_assert_cmpint (launcher, >, 0);
  g_assert_false (support_is_alive (launcher));
  g_assert_cmpstr (folders[0], ==, NULL);
}

typedef void (*EndFunc) (LscRun *run);

static void
end_in_the_middle (EndFunc end)
{
  for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
    {
      LscTextList *inputs =
          support_make_inputs ("7", "8", LONG_INPUT, LONG_INPUT, LONG_INPUT, LONG_INPUT, "9", NULL);
      g_autoptr (LscRun) run = support_new_run ("primes", inputs, all_kinds[k], 2);
      g_autoptr (GArray) pids = NULL;
      gint32 launcher;

      lsc_run_start (run);
      support_wait_finished (run, 2);
      pids = support_list_pids (run);
      launcher = lsc_run_get_launcher_pid (run);
      g_assert_true (support_is_alive (launcher));
      end (run);
      support_wait_over (run);

      g_assert_no_error (lsc_run_get_error (run));
      g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_STOPPED);
      assert_all_gone (pids, launcher);
      g_assert_cmpuint (lsc_run_get_n_done (run), ==, 2);
      g_assert_cmpuint (support_count_status (run, LSC_TASK_STOPPED), ==, 5);
    }
}

static void
test_stop (void)
{
  end_in_the_middle (lsc_run_stop);
}

static void
test_terminate (void)
{
  end_in_the_middle (lsc_run_terminate);
}

static void
stop_then_terminate (LscRun *run)
{
  lsc_run_stop (run);
  lsc_run_terminate (run);
  lsc_run_terminate (run);
}

static void
test_stop_then_terminate (void)
{
  end_in_the_middle (stop_then_terminate);
}

/* Before any of it has begun. */
static void
test_stop_at_once (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
    {
      g_autoptr (LscRun) run =
          support_new_run ("primes", support_repeat_input (LONG_INPUT, 10), all_kinds[k], 2);
      g_auto (GStrv) folders = NULL;

      lsc_run_start (run);
      lsc_run_stop (run);
      support_wait_over (run);
      g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_STOPPED);
      g_assert_cmpuint (support_count_status (run, LSC_TASK_STOPPED), ==, 10);
      folders = support_list_run_folders ();
      g_assert_cmpstr (folders[0], ==, NULL);
    }
}

/* Given up by its owner while it goes on. */
static void
test_finalize_running (void)
{
  LscRun *run =
      support_new_run ("primes", support_repeat_input (LONG_INPUT, 10), LSC_EXECUTOR_PROCESSES, 2);
  g_autoptr (GArray) pids = NULL;
  gint32 launcher;

  lsc_run_start (run);
  while (support_count_lanes (run, LSC_LANE_THREAD) < 2)
    g_main_context_iteration (NULL, TRUE);
  pids = support_list_pids (run);
  launcher = lsc_run_get_launcher_pid (run);
  g_assert_finalize_object (run);

  support_wait_gone (launcher);
  assert_all_gone (pids, launcher);
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/engine/end/stop", test_stop);
  g_test_add_func ("/engine/end/terminate", test_terminate);
  g_test_add_func ("/engine/end/stop-then-terminate", test_stop_then_terminate);
  g_test_add_func ("/engine/end/stop-at-once", test_stop_at_once);
  g_test_add_func ("/engine/end/finalize-running", test_finalize_running);
  return support_run_tests ();
}

/* test-profiler-real.c: small experiments with real processes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lsc-catalogue.h"
#include "profiler-support.h"

/* ---- what there is to measure ---------------------------------------------------------------- */

/* What there is on any Linux; the rest may be unknown. */
static void
assert_conditions (LscProfiler *profiler)
{
  const LscConditions *conditions =
      lsc_profile_get_conditions (lsc_profiler_get_profile (profiler));

  g_assert_true (g_str_has_prefix (conditions->kernel, "Linux "));
  g_assert_cmpuint (conditions->n_cores, ==, lsc_engine_get_n_cores ());
  g_assert_cmpfloat (conditions->load_before, >=, 0);
  /* Known only afterwards. */
  g_assert_cmpfloat (conditions->load_after, >=, 0);
}

/* Each of these takes far longer than 10 ms. */
static void
test_primes (void)
{
  const guint counts[] = { 1, 2 };
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;

  profiler_support_add (cells, "primes",
                        support_make_inputs ("112272535095293", "112582705942171",
                                             "115797848077099", "1099726899285419", NULL),
                        3, counts, 2, NULL);
  profiler = profiler_support_run (
      &(LscProfilerOptions){ .title = "Primes", .max_rounds = 3, .watched = TRUE, .seed = 7 },
      cells);

  g_assert_cmpuint (lsc_profile_get_n_cells (lsc_profiler_get_profile (profiler)), ==, 5);
  g_assert_cmpstr (lsc_profile_get_title (lsc_profiler_get_profile (profiler)), ==, "Primes");
  assert_end (profiler, LSC_PROFILE_ROUNDS);
  assert_conditions (profiler);
  g_assert_null (lsc_profile_get_conditions (lsc_profiler_get_profile (profiler))->python);
  for (guint i = 0; i < 5; i++)
    {
      LscRun *run = lsc_profiler_get_run (profiler, i);

      profiler_support_assert_samples (profiler, i, 3);
      g_assert_cmpuint (profiler_support_get_cell (profiler, i)->n_calls, ==, 1);
      g_assert_cmpint (profiler_support_get_cell (profiler, i)->lock, ==, LSC_PROFILE_LOCK_UNKNOWN);
      /* The timeline that a bar leads to: of the same mode, with everything in it. */
      g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
      g_assert_cmpint (lsc_run_get_executor (run), ==,
                       profiler_support_get_cell (profiler, i)->executor);
      g_assert_cmpuint (lsc_run_get_n_workers (run), ==,
                        profiler_support_get_cell (profiler, i)->n_workers);
      g_assert_cmpuint (support_count_lanes (run, LSC_LANE_THREAD) +
                            support_count_lanes (run, LSC_LANE_PROCESS),
                        >=, profiler_support_get_cell (profiler, i)->n_workers);
      g_assert_cmpuint (support_count_status (run, LSC_TASK_DONE), ==, 4);
    }
}

/* Far below a microsecond and far above one (how long a batch really is depends on what else the
 * machine does, and is tested with a mock): neither has the start of a process, some
 * milliseconds, in its figure. */
static void
test_short (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("primes");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autoptr (LscTextList) inputs = support_make_inputs ("7", "115280095190773", NULL);
  g_autoptr (LscProfiler) profiler = NULL;
  guint            n;
  const LscSample *quick;
  const LscSample *slow;

  lsc_profiler_cells_add_inputs (cells, workload, settings, inputs);
  profiler = profiler_support_run (&(LscProfilerOptions){ .max_rounds = 3 }, cells);
  g_assert_cmpstr (profiler_support_get_cell (profiler, 0)->input, ==, "7");
  g_assert_cmpuint (profiler_support_get_cell (profiler, 0)->n_tasks, ==, 1);
  g_assert_cmpuint (profiler_support_get_cell (profiler, 0)->n_calls, >=, 100);
  g_assert_cmpuint (profiler_support_get_cell (profiler, 1)->n_calls, >=, 2);
  g_assert_cmpuint (profiler_support_get_cell (profiler, 1)->n_calls, <,
                    profiler_support_get_cell (profiler, 0)->n_calls);
  quick = lsc_profile_get_samples (lsc_profiler_get_profile (profiler), 0, &n);
  slow = lsc_profile_get_samples (lsc_profiler_get_profile (profiler), 1, &n);
  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat (quick[i].wall_ns, >, 0);
      g_assert_cmpfloat (quick[i].wall_ns * 10, <, slow[i].wall_ns);
    }
}

static const char python_code[] = "def is_prime(n):\n"
                                  "    for i in range(3, int(n ** 0.5) + 1, 2):\n"
                                  "        if n % i == 0:\n"
                                  "            return False\n"
                                  "    return n > 1\n";

static void
test_python (void)
{
  const guint counts[] = { 2 };
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;
  const char *python;

  profiler_support_add (
      cells, "python",
      support_make_inputs ("1000000000039", "1000000000061", "1000000000063", NULL), 3, counts, 1,
      "source", "code", "code", python_code, "function", "is_prime", NULL);
  profiler =
      profiler_support_run (&(LscProfilerOptions){ .max_rounds = 2, .watched = TRUE }, cells);
  assert_end (profiler, LSC_PROFILE_ROUNDS);
  /* Once, though it ran three cells. */
  python = lsc_profile_get_conditions (lsc_profiler_get_profile (profiler))->python;
  g_assert_true (g_str_has_prefix (python, "Python 3."));
  g_assert_null (strchr (python, ','));
  for (guint i = 0; i < 3; i++)
    {
      LscRunLock lock = lsc_run_get_lock (lsc_profiler_get_run (profiler, i));

      profiler_support_assert_samples (profiler, i, 2);
      g_assert_cmpint (lock, !=, LSC_RUN_LOCK_UNKNOWN);
      g_assert_cmpint (profiler_support_get_cell (profiler, i)->lock, ==,
                       lock == LSC_RUN_LOCK_ON ? LSC_PROFILE_LOCK_ON : LSC_PROFILE_LOCK_OFF);
    }
}

/* A call of it is too short to be timed, in Python as well; in all modes the same number. */
static void
test_short_python (void)
{
  const guint counts[] = { 2 };
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;

  profiler_support_add (cells, "python", support_make_inputs ("1", "2", "3", NULL), 3, counts, 1,
                        "source", "code", "code", "def add(n):\n    return n + 1\n", "function",
                        "add", NULL);
  profiler = profiler_support_run (&(LscProfilerOptions){ .max_rounds = 2 }, cells);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (profiler_support_count (profiler, i, LSC_SAMPLE_DONE), ==, 2);
      g_assert_cmpuint (profiler_support_get_cell (profiler, i)->n_calls, >, 100);
      g_assert_cmpuint (profiler_support_get_cell (profiler, i)->n_calls, ==,
                        profiler_support_get_cell (profiler, 0)->n_calls);
    }
}

static void
test_command (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;

  profiler_support_add_command (cells, "true");
  profiler_support_add_command (cells, "sh -c 'exit 0'");
  profiler = profiler_support_run (&(LscProfilerOptions){ .max_rounds = 4 }, cells);
  assert_end (profiler, LSC_PROFILE_ROUNDS);
  for (guint i = 0; i < 2; i++)
    {
      profiler_support_assert_samples (profiler, i, 4);
      g_assert_cmpuint (profiler_support_get_cell (profiler, i)->n_calls, ==, 1);
    }
  g_assert_cmpstr (profiler_support_get_cell (profiler, 0)->command, ==, "true");
}

/* ---- the least there can be, and less -------------------------------------------------------- */

static void
test_no_time (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;

  profiler_support_add_command (cells, "true");
  profiler_support_add_command (cells, "sleep 0.01");
  profiler = profiler_support_run (&(LscProfilerOptions){ .max_time_ns = 1 }, cells);
  assert_end (profiler, LSC_PROFILE_TIME);
  profiler_support_assert_samples (profiler, 0, 1);
  profiler_support_assert_samples (profiler, 1, 1);
}

typedef struct
{
  LscProfiler *profiler;
  gint32       pid;
} Target;

static gboolean
has_pid (gpointer user_data)
{
  Target *target = user_data;
  LscRun *run = lsc_profiler_get_current_run (target->profiler);

  target->pid = run != NULL ? lsc_run_get_launcher_pid (run) : 0;
  return target->pid != 0;
}

/* It ignores SIGTERM: it is killed after the grace time. Nothing is left of it. */
static void
test_stop (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;
  Target target;

  profiler_support_add_script (cells, "trap '' TERM; sleep 1000; sleep 1000");
  profiler = profiler_support_new (&(LscProfilerOptions){ .grace_ns = LSC_NS_PER_S / 5 }, cells);
  lsc_profiler_start (profiler);
  target.profiler = profiler;
  support_wait (has_pid, &target);
  lsc_profiler_stop (profiler);
  profiler_support_wait_over (profiler);
  assert_end (profiler, LSC_PROFILE_STOPPED);
  g_assert_cmpuint (profiler_support_count (profiler, 0, LSC_SAMPLE_FAILED), ==, 0);
  support_wait_gone (target.pid);
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/profiler-real/primes", test_primes);
  g_test_add_func ("/profiler-real/short", test_short);
  g_test_add_func ("/profiler-real/python", test_python);
  g_test_add_func ("/profiler-real/short-python", test_short_python);
  g_test_add_func ("/profiler-real/command", test_command);
  g_test_add_func ("/profiler-real/no-time", test_no_time);
  g_test_add_func ("/profiler-real/stop", test_stop);
  return support_run_tests ();
}

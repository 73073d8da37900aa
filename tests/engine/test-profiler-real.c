/* test-profiler-real.c: small experiments with real processes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lsc-catalogue.h"
#include "lsc-main-thread.h"
#include "lsc-profiler-cells.h"
#include "test-support.h"

static const LscExecutorKind modes[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS,
                                         LSC_EXECUTOR_PROCESSES };

static gboolean
is_over (gpointer user_data)
{
  return lsc_profiler_is_over (user_data);
}

static LscProfiler *
new_profiler (const LscProfilerOptions *options, LscProfilerCells *cells)
{
  LscProfilerOptions own = *options;
  g_autoptr (GError) error = NULL;
  LscProfiler *profiler;

  own.cells = lsc_profiler_cells_get (cells, &own.n_cells);
  profiler = lsc_profiler_new (&own, &error);
  g_assert_no_error (error);
  return profiler;
}

static LscProfiler *
run_profiler (const LscProfilerOptions *options, LscProfilerCells *cells)
{
  LscProfiler *profiler = new_profiler (options, cells);

  lsc_profiler_start (profiler);
  support_wait (is_over, profiler);
  return profiler;
}

/* `...`: settings, name and value, NULL. */
static void G_GNUC_NULL_TERMINATED
add_cells (LscProfilerCells *cells,
           const char       *workload_id,
           LscTextList      *inputs,
           guint             n_modes,
           const guint      *counts,
           guint             n_counts,
           ...)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new (workload_id);
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autoptr (LscTextList) owned = inputs;
  va_list     more;
  const char *id;

  va_start (more, n_counts);
  while ((id = va_arg (more, const char *)) != NULL)
    g_assert_true (lsc_settings_set (settings, id, va_arg (more, const char *), NULL));
  va_end (more);
  lsc_profiler_cells_add (cells, workload, settings, inputs, modes, n_modes, counts, n_counts);
}

static void
add_command (LscProfilerCells *cells, const char *command)
{
  add_cells (cells, "command", support_make_inputs ("1", NULL), 1, NULL, 0, "command", command,
             NULL);
}

static void
add_script (LscProfilerCells *cells, const char *script)
{
  add_cells (cells, "command", support_make_inputs ("1", NULL), 1, NULL, 0, "command", script,
             "shell", "true", "retry", "5", NULL);
}

static const LscProfileCell *
get_cell (LscProfiler *profiler, guint cell)
{
  return lsc_profile_get_cell (lsc_profiler_get_profile (profiler), cell);
}

static guint
count (LscProfiler *profiler, guint cell, LscSampleStatus status)
{
  return lsc_profile_count_samples (lsc_profiler_get_profile (profiler), cell, status);
}

#define assert_end(profiler, end) \
  g_assert_cmpint (lsc_profile_get_end (lsc_profiler_get_profile (profiler)), ==, end)

#define assert_problem(profiler, cell, part) \
  g_assert_nonnull (strstr (get_cell (profiler, cell)->problem, part))

/* ---- what there is to measure -------------------------------------------------------------------
 */

static void
assert_samples (LscProfiler *profiler, guint cell, guint n_rounds)
{
  guint            n;
  const LscSample *samples =
      lsc_profile_get_samples (lsc_profiler_get_profile (profiler), cell, &n);

  g_assert_cmpstr (get_cell (profiler, cell)->problem, ==, NULL);
  g_assert_cmpuint (n, ==, n_rounds);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (samples[i].status, ==, LSC_SAMPLE_DONE);
      g_assert_cmpuint (samples[i].round, ==, i);
      g_assert_cmpfloat (samples[i].wall_ns, >, 0);
      g_assert_cmpfloat (samples[i].start_up_ns, >=, 0);
      g_assert_cmpfloat (samples[i].user_ns + samples[i].system_ns, >, 0);
      g_assert_cmpint (samples[i].peak_rss_bytes, >, 100000);
      g_assert_cmpint (samples[i].sum_rss_bytes, >=, samples[i].peak_rss_bytes);
      g_assert_cmpint (samples[i].n_voluntary, >=, 0);
      g_assert_cmpint (samples[i].n_minor_faults, >, 0);
    }
  g_assert_cmpfloat (get_cell (profiler, cell)->warm_up_ns, >, 0);
}

/* Each of these takes far longer than 10 ms. */
static void
test_primes (void)
{
  const guint counts[] = { 1, 2 };
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;

  add_cells (cells, "primes",
             support_make_inputs ("112272535095293", "112582705942171", "115797848077099",
                                  "1099726899285419", NULL),
             3, counts, 2, NULL);
  profiler = run_profiler (
      &(LscProfilerOptions){ .title = "Primes", .max_rounds = 3, .watched = TRUE, .seed = 7 },
      cells);

  g_assert_cmpuint (lsc_profile_get_n_cells (lsc_profiler_get_profile (profiler)), ==, 5);
  g_assert_cmpstr (lsc_profile_get_title (lsc_profiler_get_profile (profiler)), ==, "Primes");
  assert_end (profiler, LSC_PROFILE_ROUNDS);
  for (guint i = 0; i < 5; i++)
    {
      LscRun *run = lsc_profiler_get_run (profiler, i);

      assert_samples (profiler, i, 3);
      g_assert_cmpuint (get_cell (profiler, i)->n_calls, ==, 1);
      g_assert_cmpint (get_cell (profiler, i)->lock, ==, LSC_PROFILE_LOCK_UNKNOWN);
      /* The timeline that a bar leads to: of the same mode, with everything in it. */
      g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
      g_assert_cmpint (lsc_run_get_executor (run), ==, get_cell (profiler, i)->executor);
      g_assert_cmpuint (lsc_run_get_n_workers (run), ==, get_cell (profiler, i)->n_workers);
      g_assert_cmpuint (support_count_lanes (run, LSC_LANE_THREAD) +
                            support_count_lanes (run, LSC_LANE_PROCESS),
                        >=, get_cell (profiler, i)->n_workers);
      g_assert_cmpuint (support_count_status (run, LSC_TASK_DONE), ==, 4);
    }
}

/* Far below a microsecond and far above one: neither has the start of a process, some
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
  profiler = run_profiler (&(LscProfilerOptions){ .max_rounds = 3 }, cells);
  g_assert_cmpstr (get_cell (profiler, 0)->input, ==, "7");
  g_assert_cmpuint (get_cell (profiler, 0)->n_tasks, ==, 1);
  g_assert_cmpuint (get_cell (profiler, 0)->n_calls, >=, 100);
  g_assert_cmpuint (get_cell (profiler, 1)->n_calls, >=, 2);
  g_assert_cmpuint (get_cell (profiler, 1)->n_calls, <, get_cell (profiler, 0)->n_calls);
  quick = lsc_profile_get_samples (lsc_profiler_get_profile (profiler), 0, &n);
  slow = lsc_profile_get_samples (lsc_profiler_get_profile (profiler), 1, &n);
  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat (quick[i].wall_ns, >, 0);
      g_assert_cmpfloat (quick[i].wall_ns * get_cell (profiler, 0)->n_calls, >=, 9e6);
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

  add_cells (cells, "python",
             support_make_inputs ("112272535095293", "112582705942171", "115797848077099", NULL), 3,
             counts, 1, "source", "code", "code", python_code, "function", "is_prime", NULL);
  profiler = run_profiler (&(LscProfilerOptions){ .max_rounds = 2, .watched = TRUE }, cells);
  assert_end (profiler, LSC_PROFILE_ROUNDS);
  for (guint i = 0; i < 3; i++)
    {
      LscRunLock lock = lsc_run_get_lock (lsc_profiler_get_run (profiler, i));

      assert_samples (profiler, i, 2);
      g_assert_cmpint (lock, !=, LSC_RUN_LOCK_UNKNOWN);
      g_assert_cmpint (get_cell (profiler, i)->lock, ==,
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

  add_cells (cells, "python", support_make_inputs ("1", "2", "3", NULL), 3, counts, 1, "source",
             "code", "code", "def add(n):\n    return n + 1\n", "function", "add", NULL);
  profiler = run_profiler (&(LscProfilerOptions){ .max_rounds = 2 }, cells);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (count (profiler, i, LSC_SAMPLE_DONE), ==, 2);
      g_assert_cmpuint (get_cell (profiler, i)->n_calls, >, 100);
      g_assert_cmpuint (get_cell (profiler, i)->n_calls, ==, get_cell (profiler, 0)->n_calls);
    }
}

static void
test_command (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;

  add_command (cells, "true");
  add_command (cells, "sh -c 'exit 0'");
  profiler = run_profiler (&(LscProfilerOptions){ .max_rounds = 4 }, cells);
  assert_end (profiler, LSC_PROFILE_ROUNDS);
  for (guint i = 0; i < 2; i++)
    {
      assert_samples (profiler, i, 4);
      g_assert_cmpuint (get_cell (profiler, i)->n_calls, ==, 1);
    }
  g_assert_cmpstr (get_cell (profiler, 0)->command, ==, "true");
}

/* ---- bad input: the other one, which is well, is measured to the end
 * -------------------------------- */

static LscProfiler *
run_beside_true (LscProfilerCells *cells, const LscProfilerOptions *options)
{
  LscProfiler *profiler;

  add_command (cells, "true");
  profiler = run_profiler (options, cells);
  assert_samples (profiler, 1, options->max_rounds);
  assert_end (profiler, LSC_PROFILE_ROUNDS);
  return profiler;
}

static void
test_not_there (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfilerCells) alone = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;
  g_autoptr (LscProfiler) none = NULL;

  add_command (cells, "no-such-program-anywhere");
  profiler = run_beside_true (cells, &(LscProfilerOptions){ .max_rounds = 2 });
  assert_problem (profiler, 0, "no-such-program-anywhere");
  g_assert_cmpfloat (get_cell (profiler, 0)->warm_up_ns, ==, -1);
  g_assert_null (lsc_profiler_get_error (profiler));

  add_command (alone, "no-such-program-anywhere");
  none = run_profiler (&(LscProfilerOptions){ 0 }, alone);
  assert_end (none, LSC_PROFILE_FAILED);
  g_assert_error (lsc_profiler_get_error (none), LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_PROGRAM);
}

static void
test_fails_at_once (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;
  guint            n;
  const LscSample *samples;

  add_script (cells, "exit 7");
  profiler = run_beside_true (cells, &(LscProfilerOptions){ .max_rounds = 3 });
  samples = lsc_profile_get_samples (lsc_profiler_get_profile (profiler), 0, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (samples[0].status, ==, LSC_SAMPLE_FAILED);
  g_assert_cmpint (samples[0].exit, ==, 7);
  assert_problem (profiler, 0, "exit status 7");
}

static void
test_crashes (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;
  guint            n;
  const LscSample *samples;

  add_script (cells, "kill -SEGV $$");
  profiler = run_beside_true (cells, &(LscProfilerOptions){ .max_rounds = 2 });
  samples = lsc_profile_get_samples (lsc_profiler_get_profile (profiler), 0, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (samples[0].exit, ==, -1);
  assert_problem (profiler, 0, "SIGSEGV");
}

/* Its runs are counted in a file: those whose number can be divided by 3 fail. The warm-up, which
 * is the first, may try again; a sample may not, whatever the settings say. So the samples are the
 * runs 2 to 10. */
static void
test_fails_now_and_then (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("lanescope-test-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "count", NULL);
  g_autofree char *script =
      g_strdup_printf ("n=$(($(cat %s 2>/dev/null || echo 0) + 1)); echo $n >%s; test $((n %% 3)) "
                       "-ne 0",
                       path, path);
  g_autofree char *text = NULL;

  add_script (cells, script);
  profiler = run_beside_true (cells, &(LscProfilerOptions){ .max_rounds = 9 });
  g_assert_null (get_cell (profiler, 0)->problem);
  g_assert_cmpuint (count (profiler, 0, LSC_SAMPLE_FAILED), ==, 3);
  g_assert_cmpuint (count (profiler, 0, LSC_SAMPLE_DONE), ==, 6);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "10\n");
  g_remove (path);
  g_rmdir (folder);
}

/* One that does nothing, and one that prints without end. */
static void
test_never_ends (void)
{
  const char *const commands[] = { "sleep 1000", "yes" };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
      g_autoptr (LscProfiler) profiler = NULL;

      add_command (cells, commands[i]);
      profiler = run_beside_true (
          cells, &(LscProfilerOptions){ .max_rounds = 2, .cell_timeout_ns = LSC_NS_PER_S });
      g_assert_cmpuint (count (profiler, 0, LSC_SAMPLE_TIMED_OUT), ==, 1);
      g_assert_cmpuint (count (profiler, 0, LSC_SAMPLE_DONE), ==, 0);
      assert_problem (profiler, 0, "1.00");
    }
}

/* The limit is a task's. */
static void
test_task_timeout (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;

  add_command (cells, "sleep 1000");
  profiler = run_beside_true (
      cells, &(LscProfilerOptions){ .max_rounds = 2, .timeout_ns = LSC_NS_PER_S / 2 });
  g_assert_cmpuint (count (profiler, 0, LSC_SAMPLE_TIMED_OUT), ==, 1);
  g_assert_nonnull (get_cell (profiler, 0)->problem);
}

/* There is nothing to read: it ends. */
static void
test_reads_input (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;

  add_command (cells, "cat -");
  profiler = run_beside_true (cells, &(LscProfilerOptions){ .max_rounds = 2 });
  assert_samples (profiler, 0, 2);
}

static void
test_python_fails (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;

  add_cells (cells, "python", support_make_inputs ("1", NULL), 1, NULL, 0, "source", "code", "code",
             "def f(n):\n    raise ValueError('too small')\n", "function", "f", NULL);
  profiler = run_beside_true (cells, &(LscProfilerOptions){ .max_rounds = 1 });
  g_assert_cmpuint (count (profiler, 0, LSC_SAMPLE_FAILED), ==, 1);
  assert_problem (profiler, 0, "ValueError: too small");
}

/* ---- the least there can be, and less
 * -------------------------------------------------------------- */

static void
test_no_time (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;

  add_command (cells, "true");
  add_command (cells, "sleep 0.01");
  profiler = run_profiler (&(LscProfilerOptions){ .max_time_ns = 1 }, cells);
  assert_end (profiler, LSC_PROFILE_TIME);
  assert_samples (profiler, 0, 1);
  assert_samples (profiler, 1, 1);
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

  add_script (cells, "trap '' TERM; sleep 1000; sleep 1000");
  profiler = new_profiler (&(LscProfilerOptions){ .grace_ns = LSC_NS_PER_S / 5 }, cells);
  lsc_profiler_start (profiler);
  target.profiler = profiler;
  support_wait (has_pid, &target);
  lsc_profiler_stop (profiler);
  support_wait (is_over, profiler);
  assert_end (profiler, LSC_PROFILE_STOPPED);
  g_assert_cmpuint (count (profiler, 0, LSC_SAMPLE_FAILED), ==, 0);
  support_wait_gone (target.pid);
}

int
main (int argc, char **argv)
{
  int status;

  lsc_main_thread_init ();
  g_test_init (&argc, &argv, NULL);
  support_use_runtime_dir ();
  g_test_add_func ("/profiler-real/primes", test_primes);
  g_test_add_func ("/profiler-real/short", test_short);
  g_test_add_func ("/profiler-real/python", test_python);
  g_test_add_func ("/profiler-real/short-python", test_short_python);
  g_test_add_func ("/profiler-real/command", test_command);
  g_test_add_func ("/profiler-real/not-there", test_not_there);
  g_test_add_func ("/profiler-real/fails-at-once", test_fails_at_once);
  g_test_add_func ("/profiler-real/crashes", test_crashes);
  g_test_add_func ("/profiler-real/fails-now-and-then", test_fails_now_and_then);
  g_test_add_func ("/profiler-real/never-ends", test_never_ends);
  g_test_add_func ("/profiler-real/task-timeout", test_task_timeout);
  g_test_add_func ("/profiler-real/reads-input", test_reads_input);
  g_test_add_func ("/profiler-real/python-fails", test_python_fails);
  g_test_add_func ("/profiler-real/no-time", test_no_time);
  g_test_add_func ("/profiler-real/stop", test_stop);
  status = g_test_run ();
  support_assert_nothing_left ();
  return status;
}

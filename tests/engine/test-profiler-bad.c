/* test-profiler-bad.c: what is asked for and can not be measured, or not always.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "profiler-support.h"

/* The other cell is well, and is measured to the end. */
static LscProfiler *
run_beside_true (LscProfilerCells *cells, const LscProfilerOptions *options)
{
  LscProfiler *profiler;

  profiler_support_add_command (cells, "true");
  profiler = profiler_support_run (options, cells);
  profiler_support_assert_samples (profiler, 1, options->max_rounds);
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

  profiler_support_add_command (cells, "no-such-program-anywhere");
  profiler = run_beside_true (cells, &(LscProfilerOptions){ .max_rounds = 2 });
  assert_problem (profiler, 0, "no-such-program-anywhere");
  g_assert_cmpfloat (profiler_support_get_cell (profiler, 0)->warm_up_ns, ==, -1);
  g_assert_null (lsc_profiler_get_error (profiler));

  profiler_support_add_command (alone, "no-such-program-anywhere");
  none = profiler_support_run (&(LscProfilerOptions){ 0 }, alone);
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

  profiler_support_add_script (cells, "exit 7");
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

  profiler_support_add_script (cells, "kill -SEGV $$");
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

  profiler_support_add_script (cells, script);
  profiler = run_beside_true (cells, &(LscProfilerOptions){ .max_rounds = 9 });
  g_assert_null (profiler_support_get_cell (profiler, 0)->problem);
  g_assert_cmpuint (profiler_support_count (profiler, 0, LSC_SAMPLE_FAILED), ==, 3);
  g_assert_cmpuint (profiler_support_count (profiler, 0, LSC_SAMPLE_DONE), ==, 6);
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

      profiler_support_add_command (cells, commands[i]);
      profiler = run_beside_true (
          cells, &(LscProfilerOptions){ .max_rounds = 2, .cell_timeout_ns = LSC_NS_PER_S });
      g_assert_cmpuint (profiler_support_count (profiler, 0, LSC_SAMPLE_TIMED_OUT), ==, 1);
      g_assert_cmpuint (profiler_support_count (profiler, 0, LSC_SAMPLE_DONE), ==, 0);
      assert_problem (profiler, 0, "1.00");
    }
}

/* Where one run takes longer than all of them may, there is no other try. */
static void
test_never_ends_in_all (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;

  profiler_support_add_command (cells, "sleep 1000");
  profiler = profiler_support_run (
      &(LscProfilerOptions){ .max_time_ns = LSC_NS_PER_S / 2, .cell_timeout_ns = LSC_NS_PER_S / 2 },
      cells);
  assert_end (profiler, LSC_PROFILE_FAILED);
  assert_problem (profiler, 0, "It takes longer than 500");
  g_assert_cmpuint (profiler_support_count (profiler, 0, LSC_SAMPLE_TIMED_OUT), ==, 0);
  g_assert_error (lsc_profiler_get_error (profiler), LSC_ENGINE_ERROR,
                  LSC_ENGINE_ERROR_NOTHING_MEASURED);
}

/* ---- exit statuses that do not matter, and what goes before ---------------------------------- */

static void
test_ignores_exit (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;
  guint            n;
  const LscSample *samples;

  profiler_support_add_script (cells, "exit 7");
  profiler_support_add_script (cells, "kill -KILL $$");
  profiler =
      profiler_support_run (&(LscProfilerOptions){ .max_rounds = 3, .ignores_exit = TRUE }, cells);
  assert_end (profiler, LSC_PROFILE_ROUNDS);
  g_assert_null (profiler_support_get_cell (profiler, 0)->problem);
  samples = lsc_profile_get_samples (lsc_profiler_get_profile (profiler), 0, &n);
  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (samples[i].status, ==, LSC_SAMPLE_DONE);
      /* It is kept. */
      g_assert_cmpint (samples[i].exit, ==, 7);
    }
  /* It did not come to its own end. */
  assert_problem (profiler, 1, "SIGKILL");
}

/* A cell that is prepared by a script. */
static void
make_script_cell (LscProfilerCell *cell, const char *script)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  guint n;

  profiler_support_add_script (cells, script);
  *cell = lsc_profiler_cells_get (cells, &n)[0];
  g_object_ref (cell->workload);
  cell->settings = lsc_settings_copy (cell->settings);
  g_object_ref (cell->inputs);
  cell->command = NULL;
}

static void
clear_script_cell (LscProfilerCell *cell)
{
  g_clear_object (&cell->workload);
  g_clear_object (&cell->settings);
  g_clear_object (&cell->inputs);
}

/* Each run finds what was made for it alone: a folder that it removes, which can be made only where
 * it is not there. */
static void
test_prepare (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;
  g_autofree char *folder = g_dir_make_tmp ("lanescope-test-XXXXXX", NULL);
  g_autofree char *make = g_strdup_printf ("mkdir %s/made", folder);
  g_autofree char *remove = g_strdup_printf ("rmdir %s/made", folder);
  LscProfilerCell  prepare;

  make_script_cell (&prepare, make);
  profiler_support_add_script (cells, remove);
  profiler_support_add_script (cells, remove);
  profiler =
      profiler_support_run (&(LscProfilerOptions){ .max_rounds = 3, .prepare = &prepare }, cells);
  assert_end (profiler, LSC_PROFILE_ROUNDS);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_null (profiler_support_get_cell (profiler, i)->problem);
      profiler_support_assert_samples (profiler, i, 3);
    }
  clear_script_cell (&prepare);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_prepare_fails (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;
  LscProfilerCell prepare;

  make_script_cell (&prepare, "exit 3");
  profiler_support_add_command (cells, "true");
  profiler = profiler_support_run (
      &(LscProfilerOptions){ .prepare = &prepare, .ignores_exit = TRUE }, cells);
  assert_end (profiler, LSC_PROFILE_FAILED);
  assert_problem (profiler, 0, "What prepares it ends with exit status 3");
  g_assert_cmpuint (profiler_support_count (profiler, 0, LSC_SAMPLE_DONE), ==, 0);
  clear_script_cell (&prepare);
}

/* The limit is a task's. */
static void
test_task_timeout (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;

  profiler_support_add_command (cells, "sleep 1000");
  profiler = run_beside_true (
      cells, &(LscProfilerOptions){ .max_rounds = 2, .timeout_ns = LSC_NS_PER_S / 2 });
  g_assert_cmpuint (profiler_support_count (profiler, 0, LSC_SAMPLE_TIMED_OUT), ==, 1);
  g_assert_nonnull (profiler_support_get_cell (profiler, 0)->problem);
}

/* There is nothing to read: it ends. */
static void
test_reads_input (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;

  profiler_support_add_command (cells, "cat -");
  profiler = run_beside_true (cells, &(LscProfilerOptions){ .max_rounds = 2 });
  profiler_support_assert_samples (profiler, 0, 2);
}

static void
test_python_fails (void)
{
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  g_autoptr (LscProfiler) profiler = NULL;

  profiler_support_add (cells, "python", support_make_inputs ("1", NULL), 1, NULL, 0, "source",
                        "code", "code", "def f(n):\n    raise ValueError('too small')\n",
                        "function", "f", NULL);
  profiler = run_beside_true (cells, &(LscProfilerOptions){ .max_rounds = 1 });
  g_assert_cmpuint (profiler_support_count (profiler, 0, LSC_SAMPLE_FAILED), ==, 1);
  assert_problem (profiler, 0, "ValueError: too small");
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/profiler-bad/not-there", test_not_there);
  g_test_add_func ("/profiler-bad/fails-at-once", test_fails_at_once);
  g_test_add_func ("/profiler-bad/crashes", test_crashes);
  g_test_add_func ("/profiler-bad/fails-now-and-then", test_fails_now_and_then);
  g_test_add_func ("/profiler-bad/never-ends", test_never_ends);
  g_test_add_func ("/profiler-bad/never-ends-in-all", test_never_ends_in_all);
  g_test_add_func ("/profiler-bad/ignores-exit", test_ignores_exit);
  g_test_add_func ("/profiler-bad/prepare", test_prepare);
  g_test_add_func ("/profiler-bad/prepare-fails", test_prepare_fails);
  g_test_add_func ("/profiler-bad/task-timeout", test_task_timeout);
  g_test_add_func ("/profiler-bad/reads-input", test_reads_input);
  g_test_add_func ("/profiler-bad/python-fails", test_python_fails);
  return support_run_tests ();
}

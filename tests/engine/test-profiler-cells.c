/* test-profiler-cells.c: which cells come of what a user chooses, and what they are called.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-catalogue.h"
#include "lsc-main-thread.h"
#include "lsc-profiler-cells.h"
#include "test-support.h"

static const LscExecutorKind modes[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_ASYNC,
                                         LSC_EXECUTOR_THREADS, LSC_EXECUTOR_PROCESSES };
static const guint           counts[] = { 1, 2, 8 };

typedef struct
{
  LscExecutorKind executor;
  guint           n_workers;
  gint            input;
  const char     *command;
} Expected;

static void
assert_cells (LscProfilerCells *cells, const Expected *expected, guint n_expected)
{
  guint                  n;
  const LscProfilerCell *found = lsc_profiler_cells_get (cells, &n);

  g_assert_cmpuint (n, ==, n_expected);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (found[i].executor, ==, expected[i].executor);
      g_assert_cmpuint (found[i].n_workers, ==, expected[i].n_workers);
      g_assert_cmpint (found[i].input, ==, expected[i].input);
      g_assert_cmpstr (found[i].command, ==, expected[i].command);
    }
}

/* `...`: settings, name and value, NULL. */
static LscProfilerCells *G_GNUC_NULL_TERMINATED
make_cells (const char *workload_id, LscTextList *inputs, guint n_kinds, guint n_counts, ...)
{
  LscProfilerCells *cells = lsc_profiler_cells_new ();
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new (workload_id);
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autoptr (LscTextList) owned = inputs;
  va_list     more;
  const char *id;

  va_start (more, n_counts);
  while ((id = va_arg (more, const char *)) != NULL)
    g_assert_true (lsc_settings_set (settings, id, va_arg (more, const char *), NULL));
  va_end (more);
  lsc_profiler_cells_add (cells, workload, settings, inputs, modes, n_kinds, counts, n_counts);
  return cells;
}

static void
test_modes (void)
{
  const Expected expected[] = {
    { LSC_EXECUTOR_SEQUENTIAL, 1, -1, "ramen, sequential" },
    { LSC_EXECUTOR_ASYNC, 1, -1, "ramen, async" },
    { LSC_EXECUTOR_THREADS, 1, -1, "ramen, threads, 1 worker" },
    { LSC_EXECUTOR_THREADS, 2, -1, "ramen, threads, 2 workers" },
    { LSC_EXECUTOR_THREADS, 8, -1, "ramen, threads, 8 workers" },
    { LSC_EXECUTOR_PROCESSES, 1, -1, "ramen, processes, 1 worker" },
    { LSC_EXECUTOR_PROCESSES, 2, -1, "ramen, processes, 2 workers" },
    { LSC_EXECUTOR_PROCESSES, 8, -1, "ramen, processes, 8 workers" },
  };
  g_autoptr (LscProfilerCells) cells =
      make_cells ("ramen", support_make_inputs ("1", "2", NULL), 4, 3, NULL);

  assert_cells (cells, expected, G_N_ELEMENTS (expected));
}

/* Whatever modes were chosen: its functions are what is compared. Its companion is added to it. */
static void
test_suite (void)
{
  const Expected expected[] = {
    { LSC_EXECUTOR_SEQUENTIAL, 1, 0, "structures-c build_set" },
    { LSC_EXECUTOR_SEQUENTIAL, 1, 1, "structures-c build_tuple" },
    { LSC_EXECUTOR_SEQUENTIAL, 1, 0, "structures-python build_set" },
    { LSC_EXECUTOR_SEQUENTIAL, 1, 1, "structures-python build_tuple" },
  };
  g_autoptr (LscTextList) inputs = support_make_inputs ("build_set", "build_tuple", NULL);
  g_autoptr (LscProfilerCells) cells =
      make_cells ("structures-c", g_object_ref (inputs), 4, 3, NULL);
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("structures-c");
  g_autoptr (LscWorkload) companion =
      lsc_builtin_workload_new (lsc_workload_get_companion (workload));
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (companion);

  lsc_profiler_cells_add (cells, companion, settings, inputs, modes, 1, counts, 1);
  assert_cells (cells, expected, G_N_ELEMENTS (expected));
}

/* A command that is run once is called as it is typed; its input is in place. */
static void
test_command (void)
{
  const Expected once[] = { { LSC_EXECUTOR_SEQUENTIAL, 1, -1, "gzip -9 'a file' -c" } };
  const Expected many[] = { { LSC_EXECUTOR_SEQUENTIAL, 1, -1, "gzip -9 {}, sequential" } };
  const Expected script[] = { { LSC_EXECUTOR_SEQUENTIAL, 1, -1, "sleep 1; true" } };
  const Expected repeated[] = { { LSC_EXECUTOR_SEQUENTIAL, 1, -1, "true" } };
  g_autoptr (LscProfilerCells) a = make_cells ("command", support_make_inputs ("a file", NULL), 1,
                                               1, "command", "gzip -9 {} -c", NULL);
  g_autoptr (LscProfilerCells) b = make_cells ("command", support_make_inputs ("x", "y", NULL), 1,
                                               1, "command", "gzip -9 {}", NULL);
  g_autoptr (LscProfilerCells) c = make_cells ("command", support_make_inputs ("1", NULL), 1, 1,
                                               "command", "sleep 1; true", "shell", "true", NULL);
  g_autoptr (LscProfilerCells) d = make_cells ("command", support_make_inputs ("1", NULL), 1, 1,
                                               "inputs", "repeat", "command", "true", NULL);

  assert_cells (a, once, 1);
  assert_cells (b, many, 1);
  assert_cells (c, script, 1);
  assert_cells (d, repeated, 1);
}

/* A function is known by its name, and where it is from. */
static void
test_function (void)
{
  const Expected from_file[] = { { LSC_EXECUTOR_SEQUENTIAL, 1, -1,
                                   "thumbs.py: shrink, sequential" } };
  const Expected from_code[] = { { LSC_EXECUTOR_SEQUENTIAL, 1, -1, "shrink, sequential" } };
  g_autoptr (LscProfilerCells) a =
      make_cells ("python", support_make_inputs ("1", NULL), 1, 1, "source", "file", "file",
                  "/home/somebody/thumbs.py", "function", "shrink", NULL);
  g_autoptr (LscProfilerCells) b = make_cells ("python", support_make_inputs ("1", NULL), 1, 1,
                                               "source", "code", "function", "shrink", NULL);

  assert_cells (a, from_file, 1);
  assert_cells (b, from_code, 1);
}

/* They own what they name. */
static void
test_ownership (void)
{
  LscTextList *inputs = support_make_inputs ("7", NULL);
  g_autoptr (LscProfilerCells) cells = make_cells ("primes", g_object_ref (inputs), 1, 1, NULL);
  guint n;

  g_object_unref (inputs);
  g_assert_cmpstr (lsc_text_list_get (lsc_profiler_cells_get (cells, &n)->inputs, 0, NULL), ==,
                   "7");
}

int
main (int argc, char **argv)
{
  lsc_main_thread_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profiler-cells/modes", test_modes);
  g_test_add_func ("/profiler-cells/suite", test_suite);
  g_test_add_func ("/profiler-cells/command", test_command);
  g_test_add_func ("/profiler-cells/function", test_function);
  g_test_add_func ("/profiler-cells/ownership", test_ownership);
  return g_test_run ();
}

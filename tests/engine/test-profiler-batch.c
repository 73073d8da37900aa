/* test-profiler-batch.c: calls that are too short for a clock are made in a row.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-profiler-batch.h"
#include "lsc-profiler-cells.h"
#include "mock-profiler.h"
#include "test-support.h"

#define MIN_BATCH_S 0.010

static const LscExecutorKind modes[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS };
static const guint           counts[] = { 1, 2 };

static double call_s[4];

static double
get_call_s (guint cell)
{
  return call_s[cell];
}

/* In sequence and on 1 and 2 threads; or input by input. */
static MockRig *
run_rig (const char  *workload_id,
         gboolean     by_input,
         LscTextList *inputs,
         double       first_s,
         guint        n_told)
{
  const MockWorld world = { .get_call_s = get_call_s, .first_s = first_s, .n_told = n_told };
  g_autoptr (LscProfilerCells) cells = lsc_profiler_cells_new ();
  const LscProfilerCell *list;
  LscRunOptions          run;
  MockRig               *rig;
  guint                  n;

  support_options_init (&run, workload_id, inputs, LSC_EXECUTOR_SEQUENTIAL, 1);
  if (lsc_settings_find_parameter (run.settings, "command") != NULL)
    g_assert_true (lsc_settings_set (run.settings, "command", "true", NULL));
  if (by_input)
    lsc_profiler_cells_add_inputs (cells, run.workload, run.settings, run.inputs);
  else
    lsc_profiler_cells_add_modes (cells, run.workload, run.settings, run.inputs, modes, 2, counts,
                                  2);
  list = lsc_profiler_cells_get (cells, &n);
  rig = mock_rig_new_with_cells (list, n, &world,
                                 &(LscProfilerOptions){ .max_rounds = 2, .seed = 5 });
  mock_rig_run (rig);
  support_options_clear (&run);
  return rig;
}

static guint
get_n_calls (MockRig *rig, guint cell)
{
  return lsc_profile_get_cell (mock_rig_get_profile (rig), cell)->n_calls;
}

static double
get_wall_s (MockRig *rig, guint cell)
{
  guint            n;
  const LscSample *samples = lsc_profile_get_samples (mock_rig_get_profile (rig), cell, &n);

  g_assert_cmpuint (n, ==, 2);
  return samples[0].wall_ns / LSC_NS_PER_S;
}

static double
get_warm_up_s (MockRig *rig, guint cell)
{
  return lsc_profile_get_cell (mock_rig_get_profile (rig), cell)->warm_up_ns / LSC_NS_PER_S;
}

/* Times are in whole ns. */
#define assert_close(a, b) g_assert_cmpfloat_with_epsilon (a, b, 2e-9)

/* The same number of calls in each mode, enough for the quickest; the start of the process is in
 * none of the figures. */
static void
test_modes (void)
{
  g_autoptr (MockRig) rig = NULL;

  call_s[0] = 100e-6;
  call_s[1] = 60e-6;
  call_s[2] = 30e-6;
  rig = run_rig ("primes", FALSE, support_make_inputs ("7", "8", "9", NULL), 0, 3);

  g_assert_cmpfloat (get_n_calls (rig, 2) * call_s[2], >=, MIN_BATCH_S);
  g_assert_cmpfloat (get_n_calls (rig, 2) * call_s[2], <, 2 * MIN_BATCH_S);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (get_n_calls (rig, i), ==, get_n_calls (rig, 2));
      assert_close (get_wall_s (rig, i), call_s[i]);
      assert_close (get_warm_up_s (rig, i), call_s[i]);
    }
}

/* One mode alone is too short: all of them are called more often. */
static void
test_one_is_short (void)
{
  g_autoptr (MockRig) rig = NULL;

  call_s[0] = 16e-3;
  call_s[1] = 17e-3;
  call_s[2] = 8e-3;
  rig = run_rig ("primes", FALSE, support_make_inputs ("7", NULL), 0, 1);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (get_n_calls (rig, i), ==, get_n_calls (rig, 0));
  g_assert_cmpuint (get_n_calls (rig, 0), >, 1);
  g_assert_cmpuint (get_n_calls (rig, 0), <=, 4);
}

static void
test_long (void)
{
  g_autoptr (MockRig) rig = NULL;

  call_s[0] = call_s[1] = call_s[2] = 10e-3;
  rig = run_rig ("primes", FALSE, support_make_inputs ("7", NULL), 0, 1);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (get_n_calls (rig, i), ==, 1);
      assert_close (get_wall_s (rig, i), 10e-3 + MOCK_START_UP_S);
      assert_close (get_warm_up_s (rig, i), 10e-3 + MOCK_START_UP_S);
    }
  /* Nothing had to be looked at. */
  g_assert_cmpuint (rig->runs->len, ==, 3 * 3);
}

/* A first call of 9 ms hides that the others take a microsecond: it does not count. */
static void
test_slow_first (void)
{
  g_autoptr (MockRig) rig = NULL;

  call_s[0] = call_s[1] = call_s[2] = 1e-6;
  rig = run_rig ("primes", FALSE, support_make_inputs ("7", NULL), 9e-3, 1);
  g_assert_cmpuint (get_n_calls (rig, 0), >=, 10000);
  g_assert_cmpuint (get_n_calls (rig, 0), <, 100000);
  assert_close (get_warm_up_s (rig, 0), 9e-3 + 1e-6);
}

/* ---- inputs by themselves -------------------------------------------------------------------- */

/* Each has as many calls as it needs, and no figure has the start of its process, though one of
 * them is long enough by itself: they are compared. */
static void
test_inputs (void)
{
  g_autoptr (MockRig) rig = NULL;

  call_s[0] = 1e-6;
  call_s[1] = 1e-3;
  call_s[2] = 0.2;
  rig = run_rig ("primes", TRUE, support_make_inputs ("7", "100", "1000", NULL), 0, 1);
  g_assert_cmpuint (get_n_calls (rig, 0), >=, 10000);
  g_assert_cmpuint (get_n_calls (rig, 1), >=, 10);
  g_assert_cmpuint (get_n_calls (rig, 1), <=, 30);
  g_assert_cmpuint (get_n_calls (rig, 2), ==, 2);
  for (guint i = 0; i < 3; i++)
    assert_close (get_wall_s (rig, i), call_s[i]);
}

/* All of them are long: they are measured as any other program is. */
static void
test_long_inputs (void)
{
  g_autoptr (MockRig) rig = NULL;

  call_s[0] = call_s[1] = 0.2;
  rig = run_rig ("primes", TRUE, support_make_inputs ("7", "100", NULL), 0, 1);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (get_n_calls (rig, i), ==, 1);
      assert_close (get_wall_s (rig, i), 0.2 + MOCK_START_UP_S);
    }
}

/* Of a suite the functions are compared, not the programs around them; one that times each of its
 * ten calls itself is asked for once. */
static void
test_suite (void)
{
  g_autoptr (MockRig) timed = NULL;
  g_autoptr (MockRig) once = NULL;

  call_s[0] = call_s[1] = 0.3;
  timed =
      run_rig ("structures-c", TRUE, support_make_inputs ("build_set", "build_list", NULL), 0, 10);
  once =
      run_rig ("structures-c", TRUE, support_make_inputs ("build_set", "build_list", NULL), 0, 1);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (get_n_calls (timed, i), ==, 10);
      assert_close (get_wall_s (timed, i), 0.03);
      assert_close (get_warm_up_s (timed, i), 0.03);
      g_assert_cmpuint (get_n_calls (once, i), ==, 2);
      assert_close (get_wall_s (once, i), 0.3);
    }
}

/* ---- what is never called in a row ----------------------------------------------------------- */

/* A command is a process, however short it is. */
static void
test_command (void)
{
  g_autoptr (MockRig) rig = NULL;

  call_s[0] = call_s[1] = 1e-3;
  rig = run_rig ("command", TRUE, support_make_inputs ("1", "2", NULL), 0, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (get_n_calls (rig, i), ==, 1);
      assert_close (get_wall_s (rig, i), 1e-3 + MOCK_START_UP_S);
    }
  g_assert_cmpuint (rig->runs->len, ==, 2 * 3);
}

/* Who does not say that it made so many calls is not believed to have. */
static void
test_silent (void)
{
  g_autoptr (MockRig) rig = NULL;

  call_s[0] = call_s[1] = call_s[2] = 1e-3;
  rig = run_rig ("primes", FALSE, support_make_inputs ("7", NULL), 0, 0);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (get_n_calls (rig, i), ==, 1);
      assert_close (get_wall_s (rig, i), 1e-3 + MOCK_START_UP_S);
    }
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/profiler-batch/modes", test_modes);
  g_test_add_func ("/profiler-batch/one-is-short", test_one_is_short);
  g_test_add_func ("/profiler-batch/long", test_long);
  g_test_add_func ("/profiler-batch/slow-first", test_slow_first);
  g_test_add_func ("/profiler-batch/inputs", test_inputs);
  g_test_add_func ("/profiler-batch/long-inputs", test_long_inputs);
  g_test_add_func ("/profiler-batch/suite", test_suite);
  g_test_add_func ("/profiler-batch/command", test_command);
  g_test_add_func ("/profiler-batch/silent", test_silent);
  return support_run_tests ();
}

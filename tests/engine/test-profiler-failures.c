/* test-profiler-failures.c: cells that fail, break or take too long, beside others that do not.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "mock-profiler.h"
#include "test-support.h"

/* In all of these the first cell is well, and the second is not. */
#define N_ROUNDS 24u

static double
get_wall_s (guint cell, guint run)
{
  return run % 2 == 0 ? 1 : 2;
}

static MockRig *
run_rig (MockEnd (*get_end) (guint cell, guint run), gint64 cell_timeout_ns)
{
  const MockWorld world = { .get_wall_s = get_wall_s, .get_end = get_end };
  MockRig        *rig = mock_rig_new (2, &world,
                                      &(LscProfilerOptions){ .max_rounds = N_ROUNDS,
                                                             .cell_timeout_ns = cell_timeout_ns,
                                                             .watched = TRUE });

  mock_rig_run (rig);
  g_assert_cmpuint (rig->n_finished, ==, 1);
  return rig;
}

static const char *
get_problem (MockRig *rig, guint cell)
{
  return lsc_profile_get_cell (mock_rig_get_profile (rig), cell)->problem;
}

/* The other one was measured to the end. */
static void
assert_well (MockRig *rig)
{
  g_assert_cmpint (lsc_profile_get_end (mock_rig_get_profile (rig)), ==, LSC_PROFILE_ROUNDS);
  g_assert_cmpuint (mock_rig_count (rig, 0, LSC_SAMPLE_DONE), ==, N_ROUNDS);
  g_assert_null (get_problem (rig, 0));
  g_assert_null (lsc_profiler_get_error (rig->profiler));
}

/* ---- failing --------------------------------------------------------------------------------- */

static MockEnd
fails (guint cell, guint run)
{
  return cell == 1 ? MOCK_FAILS : MOCK_DONE;
}

/* The warm-up and the first sample: then it is enough. */
static void
test_always (void)
{
  g_autoptr (MockRig) rig = run_rig (fails, 0);

  assert_well (rig);
  g_assert_cmpuint (mock_rig_count (rig, 1, LSC_SAMPLE_FAILED), ==, 1);
  g_assert_cmpuint (g_array_index (rig->n_runs, guint, 1), ==, 2);
  /* What the task said is part of the sentence. */
  g_assert_nonnull (strstr (get_problem (rig, 1), "output 0"));
}

static MockEnd
fails_now_and_then (guint cell, guint run)
{
  return cell == 1 && run % 3 == 0 ? MOCK_FAILS : MOCK_DONE;
}

/* Of the runs 1 to 24 those that can be divided by 3. Run 0, the warm-up, fails as well. */
static void
test_now_and_then (void)
{
  g_autoptr (MockRig) rig = run_rig (fails_now_and_then, 0);
  guint            n;
  const LscSample *samples;

  assert_well (rig);
  g_assert_null (get_problem (rig, 1));
  g_assert_cmpuint (mock_rig_count (rig, 1, LSC_SAMPLE_FAILED), ==, 8);
  g_assert_cmpuint (mock_rig_count (rig, 1, LSC_SAMPLE_DONE), ==, 16);
  samples = lsc_profile_get_samples (mock_rig_get_profile (rig), 1, &n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (samples[i].round, ==, i);
      g_assert_cmpint (samples[i].status, ==,
                       (i + 1) % 3 == 0 ? LSC_SAMPLE_FAILED : LSC_SAMPLE_DONE);
      /* How far it came is kept. */
      g_assert_cmpfloat (samples[i].wall_ns, >, 0);
    }
}

static MockEnd
fails_at_first (guint cell, guint run)
{
  return cell == 1 && run == 0 ? MOCK_FAILS : MOCK_DONE;
}

static void
test_at_first (void)
{
  g_autoptr (MockRig) rig = run_rig (fails_at_first, 0);

  assert_well (rig);
  g_assert_null (get_problem (rig, 1));
  g_assert_cmpuint (mock_rig_count (rig, 1, LSC_SAMPLE_DONE), ==, N_ROUNDS);
}

static MockEnd
fails_later (guint cell, guint run)
{
  return cell == 1 && run > 5 ? MOCK_FAILS : MOCK_DONE;
}

/* Whatever it needed is not there any more. What was measured stays. */
static void
test_later (void)
{
  g_autoptr (MockRig) rig = run_rig (fails_later, 0);

  assert_well (rig);
  g_assert_nonnull (get_problem (rig, 1));
  g_assert_cmpuint (mock_rig_count (rig, 1, LSC_SAMPLE_DONE), ==, 5);
  g_assert_cmpuint (mock_rig_count (rig, 1, LSC_SAMPLE_FAILED), ==, 10);
}

static MockEnd
breaks (guint cell, guint run)
{
  return cell == 1 ? MOCK_BREAKS : MOCK_DONE;
}

/* Its warm-up could not be run at all: nothing of it is measured. */
static void
test_breaks (void)
{
  g_autoptr (MockRig) rig = run_rig (breaks, 0);

  assert_well (rig);
  g_assert_cmpstr (get_problem (rig, 1), ==, "It is refused.");
  g_assert_cmpuint (g_array_index (rig->n_runs, guint, 1), ==, 1);
}

static MockEnd
all_break (guint cell, guint run)
{
  return MOCK_BREAKS;
}

static MockEnd
all_fail (guint cell, guint run)
{
  return cell == 0 ? MOCK_FAILS : MOCK_BREAKS;
}

static void
test_nothing_left (void)
{
  g_autoptr (MockRig) alike = run_rig (all_break, 0);
  g_autoptr (MockRig) mixed = run_rig (all_fail, 0);

  g_assert_cmpint (lsc_profile_get_end (mock_rig_get_profile (alike)), ==, LSC_PROFILE_FAILED);
  g_assert_cmpuint (alike->samples->len, ==, 0);
  g_assert_error (lsc_profiler_get_error (alike->profiler), LSC_ENGINE_ERROR,
                  LSC_ENGINE_ERROR_REFUSED);

  g_assert_cmpint (lsc_profile_get_end (mock_rig_get_profile (mixed)), ==, LSC_PROFILE_FAILED);
  g_assert_cmpuint (mixed->samples->len, ==, 1);
  g_assert_error (lsc_profiler_get_error (mixed->profiler), LSC_ENGINE_ERROR,
                  LSC_ENGINE_ERROR_NOTHING_MEASURED);
  g_assert_nonnull (
      strstr (lsc_profiler_get_error (mixed->profiler)->message, get_problem (mixed, 0)));
}

/* ---- taking too long ------------------------------------------------------------------------- */

/* Far longer than the others take. */
#define SHORT_NS (500 * LSC_NS_PER_MS)

static MockEnd
hangs (guint cell, guint run)
{
  return cell == 1 ? MOCK_HANGS : MOCK_DONE;
}

/* Twice in a row: the warm-up and the first sample. */
static void
test_too_long (void)
{
  g_autoptr (MockRig) rig = run_rig (hangs, SHORT_NS);

  assert_well (rig);
  g_assert_cmpuint (mock_rig_count (rig, 1, LSC_SAMPLE_TIMED_OUT), ==, 1);
  g_assert_cmpint (rig->calls.n_terminates, ==, 2);
  g_assert_nonnull (strstr (get_problem (rig, 1), "500"));
}

static MockEnd
hangs_now_and_then (guint cell, guint run)
{
  return cell == 1 && run % 8 == 3 ? MOCK_HANGS : MOCK_DONE;
}

static void
test_too_long_now_and_then (void)
{
  g_autoptr (MockRig) rig = run_rig (hangs_now_and_then, SHORT_NS);

  assert_well (rig);
  g_assert_null (get_problem (rig, 1));
  g_assert_cmpuint (mock_rig_count (rig, 1, LSC_SAMPLE_TIMED_OUT), ==, 3);
  g_assert_cmpuint (mock_rig_count (rig, 1, LSC_SAMPLE_DONE), ==, 21);
}

/* ---- refused at once ------------------------------------------------------------------------- */

static void
assert_refused (const char *workload_id, gint input, LscExecutorKind kind, const char *part)
{
  LscRunOptions      run;
  LscProfilerCell    cell;
  LscProfilerOptions options = { .cells = &cell, .n_cells = 1 };
  g_autoptr (GError) error = NULL;

  support_options_init (&run, workload_id, support_repeat_input ("7", 1), kind, 1);
  cell = (LscProfilerCell){ .workload = run.workload,
                            .settings = run.settings,
                            .inputs = run.inputs,
                            .input = input,
                            .executor = kind,
                            .n_workers = 1 };
  g_assert_null (lsc_profiler_new (&options, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, part));
  support_options_clear (&run);
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;

  assert_refused ("loop", -1, LSC_EXECUTOR_THREADS, "until they are asked to end");
  assert_refused ("primes", 0, LSC_EXECUTOR_THREADS, "in sequence only");
  assert_refused ("primes", 1, LSC_EXECUTOR_SEQUENTIAL, "There is no input 2");
  g_assert_null (lsc_profiler_new (&(LscProfilerOptions){ 0 }, &error));
  g_assert_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/profiler-failures/always", test_always);
  g_test_add_func ("/profiler-failures/now-and-then", test_now_and_then);
  g_test_add_func ("/profiler-failures/at-first", test_at_first);
  g_test_add_func ("/profiler-failures/later", test_later);
  g_test_add_func ("/profiler-failures/breaks", test_breaks);
  g_test_add_func ("/profiler-failures/nothing-left", test_nothing_left);
  g_test_add_func ("/profiler-failures/too-long", test_too_long);
  g_test_add_func ("/profiler-failures/too-long-now-and-then", test_too_long_now_and_then);
  g_test_add_func ("/profiler-failures/refused", test_refused);
  return support_run_tests ();
}

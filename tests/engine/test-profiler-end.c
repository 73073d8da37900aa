/* test-profiler-end.c: what ends an experiment, and what is left of one that is ended.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-samples.h"
#include "mock-profiler.h"
#include "test-support.h"

static double
get_wall_s (guint cell, guint run)
{
  return 1;
}

/* Half as long, or half as long again: never narrow. */
static double
get_wide_wall_s (guint cell, guint run)
{
  return run % 2 == 0 ? 0.5 : 1.5;
}

/* The second cell is wide, the others are not. */
static double
get_mixed_wall_s (guint cell, guint run)
{
  return cell == 1 ? get_wide_wall_s (cell, run) : 1;
}

static const MockWorld steady = { .get_wall_s = get_wall_s };
static const MockWorld wide = { .get_wall_s = get_wide_wall_s };

static void
assert_counts (MockRig *rig, guint n_cells, guint n_rounds)
{
  for (guint i = 0; i < n_cells; i++)
    g_assert_cmpuint (mock_rig_count (rig, i, LSC_SAMPLE_DONE), ==, n_rounds);
  g_assert_cmpuint (rig->samples->len, ==, n_cells * n_rounds);
  g_assert_cmpuint (rig->n_finished, ==, 1);
}

#define assert_end(rig, end) \
  g_assert_cmpint (lsc_profile_get_end (mock_rig_get_profile (rig)), ==, end)

/* ---- precise --------------------------------------------------------------------------------- */

static void
test_precise (void)
{
  g_autoptr (MockRig) rig = mock_rig_new (3, &steady, &(LscProfilerOptions){ .title = "Steady" });
  LscProfile *profile = mock_rig_get_profile (rig);

  g_assert_cmpstr (lsc_profile_get_title (profile), ==, "Steady");
  assert_end (rig, LSC_PROFILE_GOES_ON);
  mock_rig_run (rig);
  assert_end (rig, LSC_PROFILE_PRECISE);
  assert_counts (rig, 3, MAX (LSC_PROFILER_MIN_ROUNDS, LSC_MIN_FOR_PRECISION));
  g_assert_null (lsc_profiler_get_error (rig->profiler));
  g_assert_cmpint (lsc_profile_get_start_us (profile), >, 0);
}

/* One that is wide keeps all of them going: each round has every cell. */
static void
test_one_is_wide (void)
{
  const MockWorld mixed = { .get_wall_s = get_mixed_wall_s };
  g_autoptr (MockRig) rig = mock_rig_new (3, &mixed, &(LscProfilerOptions){ .max_rounds = 25 });

  mock_rig_run (rig);
  assert_end (rig, LSC_PROFILE_ROUNDS);
  assert_counts (rig, 3, 25);
}

/* A width that the wide one keeps to: 0.5 s of 1 s or less. */
static void
test_asked_width (void)
{
  g_autoptr (MockRig) rig =
      mock_rig_new (1, &wide, &(LscProfilerOptions){ .width = 1.1, .min_rounds = 20 });

  mock_rig_run (rig);
  assert_end (rig, LSC_PROFILE_PRECISE);
  assert_counts (rig, 1, 20);
}

/* ---- rounds ---------------------------------------------------------------------------------- */

static void
test_rounds (void)
{
  const guint asked[] = { 1, 2, 9 };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (MockRig) rig =
          mock_rig_new (2, &steady, &(LscProfilerOptions){ .max_rounds = asked[i] });

      mock_rig_run (rig);
      assert_end (rig, LSC_PROFILE_ROUNDS);
      assert_counts (rig, 2, asked[i]);
      g_assert_cmpuint (lsc_profiler_get_round (rig->profiler), ==, asked[i] - 1);
    }
}

/* More at least than the default at most: as many as were asked for. */
static void
test_many_at_least (void)
{
  g_autoptr (MockRig) rig = mock_rig_new (1, &wide, &(LscProfilerOptions){ .min_rounds = 60 });

  mock_rig_run (rig);
  assert_counts (rig, 1, 60);
}

/* ---- time: each run takes a second ----------------------------------------------------------- */

typedef struct
{
  gint64 max_time_ns;
  guint  n_samples; /* of two cells together */
} TimeCase;

static void
test_time (void)
{
  const TimeCase cases[] = {
    /* Two warm-ups, then one round whatever the time. */
    { 1, 2 },
    { 2 * LSC_NS_PER_S, 2 },
    { 4 * LSC_NS_PER_S, 2 },
    /* The second round begins before the end, and is not finished. */
    { 4 * LSC_NS_PER_S + 1, 3 },
    { 5 * LSC_NS_PER_S, 3 },
    { 10 * LSC_NS_PER_S, 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MockRig) rig =
          mock_rig_new (2, &steady, &(LscProfilerOptions){ .max_time_ns = cases[i].max_time_ns });

      mock_rig_run (rig);
      assert_end (rig, LSC_PROFILE_TIME);
      g_assert_cmpuint (rig->samples->len, ==, cases[i].n_samples);
      g_assert_cmpuint (mock_rig_count (rig, 0, LSC_SAMPLE_DONE), >=, 1);
      g_assert_cmpuint (mock_rig_count (rig, 1, LSC_SAMPLE_DONE), >=, 1);
    }
}

/* ---- stopped --------------------------------------------------------------------------------- */

static guint hanging_run;

static MockEnd
first_hangs (guint cell, guint run)
{
  return cell == 0 && run == hanging_run ? MOCK_HANGS : MOCK_DONE;
}

static const MockWorld hanging = { .get_wall_s = get_wall_s, .get_end = first_hangs };

typedef struct
{
  MockRig *rig;
  guint    n_runs;
} Until;

static gboolean
hangs (gpointer user_data)
{
  const Until *until = user_data;
  LscRun      *run = lsc_profiler_get_current_run (until->rig->profiler);

  return g_array_index (until->rig->n_runs, guint, 0) == until->n_runs &&
         lsc_profiler_get_current_cell (until->rig->profiler) == 0 && run != NULL &&
         lsc_run_get_state (run) == LSC_RUN_RUNNING;
}

/* What was measured stays, the run under way is no sample. */
static void
test_stop (void)
{
  void (*const ways[]) (LscProfiler *) = { lsc_profiler_stop, lsc_profiler_terminate };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (MockRig) rig = NULL;

      hanging_run = 4;
      rig = mock_rig_new (2, &hanging, &(LscProfilerOptions){ .seed = 1 });
      lsc_profiler_start (rig->profiler);
      support_wait (hangs, &(Until){ rig, 5 });
      ways[i](rig->profiler);
      ways[i](rig->profiler);
      g_assert_false (lsc_profiler_is_over (rig->profiler));
      mock_rig_wait (rig);

      assert_end (rig, LSC_PROFILE_STOPPED);
      g_assert_cmpuint (mock_rig_count (rig, 0, LSC_SAMPLE_DONE), ==, 3);
      g_assert_cmpuint (mock_rig_count (rig, 0, LSC_SAMPLE_FAILED), ==, 0);
      g_assert_cmpuint (mock_rig_count (rig, 1, LSC_SAMPLE_DONE), >=, 3);
      g_assert_cmpint (lsc_profiler_get_current_cell (rig->profiler), ==, -1);
      g_assert_null (lsc_profiler_get_current_run (rig->profiler));
      g_assert_cmpfloat (lsc_profiler_get_fraction (rig->profiler), ==, 1);
      g_assert_cmpint (lsc_profiler_get_time_left_ns (rig->profiler), ==, 0);
      g_assert_cmpuint (rig->n_finished, ==, 1);
      g_assert_cmpint (rig->calls.n_terminates, ==, (gint)i);

      /* Nothing more happens to it. */
      lsc_profiler_start (rig->profiler);
      lsc_profiler_stop (rig->profiler);
      assert_end (rig, LSC_PROFILE_STOPPED);
    }
}

static void
test_stop_warm_up (void)
{
  g_autoptr (MockRig) rig = NULL;

  hanging_run = 0;
  rig = mock_rig_new (2, &hanging, &(LscProfilerOptions){ .watched = TRUE });
  lsc_profiler_start (rig->profiler);
  g_assert_true (lsc_profiler_is_warming_up (rig->profiler));
  g_assert_cmpint (lsc_profiler_get_time_left_ns (rig->profiler), ==, -1);
  support_wait (hangs, &(Until){ rig, 1 });
  lsc_profiler_stop (rig->profiler);
  mock_rig_wait (rig);

  assert_end (rig, LSC_PROFILE_STOPPED);
  g_assert_cmpuint (rig->samples->len, ==, 0);
  g_assert_cmpfloat (lsc_profile_get_cell (mock_rig_get_profile (rig), 0)->warm_up_ns, ==, -1);
  g_assert_true (lsc_run_is_over (lsc_profiler_get_run (rig->profiler, 0)));
  g_assert_null (lsc_profiler_get_run (rig->profiler, 1));
}

static void
test_stop_before_start (void)
{
  g_autoptr (MockRig) rig = mock_rig_new (2, &steady, &(LscProfilerOptions){ 0 });

  lsc_profiler_stop (rig->profiler);
  g_assert_true (lsc_profiler_is_over (rig->profiler));
  mock_rig_run (rig);
  assert_end (rig, LSC_PROFILE_STOPPED);
  g_assert_cmpuint (rig->runs->len, ==, 0);
  g_assert_cmpuint (rig->n_finished, ==, 1);
}

static void
stop_at_third_cb (LscProfiler *profiler, guint cell, gpointer user_data)
{
  if (((MockRig *)user_data)->samples->len == 3)
    lsc_profiler_stop (profiler);
}

/* From within its own signals, between two runs. */
static void
test_stop_between (void)
{
  g_autoptr (MockRig) rig = mock_rig_new (2, &steady, &(LscProfilerOptions){ 0 });

  g_signal_connect (rig->profiler, "sample-added", G_CALLBACK (stop_at_third_cb), rig);
  mock_rig_run (rig);
  assert_end (rig, LSC_PROFILE_STOPPED);
  g_assert_cmpuint (rig->samples->len, ==, 3);
  g_assert_cmpuint (rig->runs->len, ==, 5);
}

static gboolean
was_freed (gpointer user_data)
{
  MockRig *rig = user_data;

  return (guint)g_atomic_int_get (&rig->calls.n_freed) == rig->runs->len;
}

/* Given up while it goes on: its run is terminated, and it says nothing more. */
static void
test_finalize (void)
{
  g_autoptr (MockRig) rig = NULL;
  LscProfiler *profiler;

  hanging_run = 2;
  rig = mock_rig_new (1, &hanging, &(LscProfilerOptions){ 0 });
  lsc_profiler_start (rig->profiler);
  support_wait (hangs, &(Until){ rig, 3 });
  rig->n_changed = 0;
  profiler = g_steal_pointer (&rig->profiler);
  g_assert_finalize_object (profiler);
  support_wait (was_freed, rig);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (rig->calls.n_terminates, ==, 1);
  g_assert_cmpuint (rig->n_changed + rig->n_finished, ==, 0);
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/profiler-end/precise", test_precise);
  g_test_add_func ("/profiler-end/one-is-wide", test_one_is_wide);
  g_test_add_func ("/profiler-end/asked-width", test_asked_width);
  g_test_add_func ("/profiler-end/rounds", test_rounds);
  g_test_add_func ("/profiler-end/many-at-least", test_many_at_least);
  g_test_add_func ("/profiler-end/time", test_time);
  g_test_add_func ("/profiler-end/stop", test_stop);
  g_test_add_func ("/profiler-end/stop-warm-up", test_stop_warm_up);
  g_test_add_func ("/profiler-end/stop-before-start", test_stop_before_start);
  g_test_add_func ("/profiler-end/stop-between", test_stop_between);
  g_test_add_func ("/profiler-end/finalize", test_finalize);
  return support_run_tests ();
}

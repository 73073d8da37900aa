/* mock-profiler.c: experiments in which nothing is run: times and failures as a test wants them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-profiler.h"
#include "test-support.h"

static GError *broken;

static MockEnd
get_end (MockRig *self, guint cell, guint run)
{
  return self->world.get_end != NULL ? self->world.get_end (cell, run) : MOCK_DONE;
}

static LscExecutor *
make_executor (guint cell, gpointer user_data)
{
  MockRig   *self = user_data;
  guint     *n_runs = &g_array_index (self->n_runs, guint, cell);
  MockEnd    end = get_end (self, cell, (*n_runs)++);
  guint      n_tasks = lsc_text_list_get_n (LSC_PROFILER_PART (self->profiler, cell)->inputs);
  MockScript script = {
    .n_tasks = n_tasks,
    .n_to_end = end == MOCK_HANGS || end == MOCK_BREAKS ? 0 : n_tasks,
    .failing_task = end == MOCK_FAILS ? 0 : G_MAXUINT,
    .error = end == MOCK_BREAKS ? broken : NULL,
  };

  g_array_append_val (self->runs, cell);
  return mock_executor_new (&script, &self->calls);
}

static gint64
get_wall_ns (MockRig *self, guint cell, gint64 *tasks_ns, guint *n_calls)
{
  LscProfilerPart *part = LSC_PROFILER_PART (self->profiler, cell);
  guint            run = g_array_index (self->n_runs, guint, cell) - 1;
  double           wall_s;

  *n_calls = self->profiler->phase == LSC_PROFILER_WARM_UP ? 1 : part->n_calls;
  if (self->world.get_call_s != NULL)
    {
      double tasks_s = self->world.first_s + *n_calls * self->world.get_call_s (cell);

      *tasks_ns = (gint64)(tasks_s * LSC_NS_PER_S);
      return *tasks_ns + (gint64)(MOCK_START_UP_S * LSC_NS_PER_S);
    }
  wall_s = self->world.get_wall_s (cell, run);
  *tasks_ns = (gint64)(wall_s * 0.75 * LSC_NS_PER_S);
  return (gint64)(wall_s * LSC_NS_PER_S);
}

static void
get_usage (guint cell, LscRun *run, LscRunUsage *usage, gpointer user_data)
{
  MockRig *self = user_data;
  guint    n_calls;
  gint64   tasks_ns;
  gint64   wall_ns = get_wall_ns (self, cell, &tasks_ns, &n_calls);

  *usage = (LscRunUsage){
    .begin_ns = 1,
    .wall_ns = wall_ns,
    .start_up_ns = wall_ns - tasks_ns,
    .tasks_ns = tasks_ns,
    .user_ns = wall_ns / 2,
    .system_ns = wall_ns / 8,
    .peak_rss_bytes = 1000 + cell,
    .sum_rss_bytes = 2000 + cell,
    .n_voluntary = 3,
    .n_involuntary = 4,
    .n_minor_faults = 5,
    .n_major_faults = 6,
    .n_calls = (guint64)n_calls * self->world.n_told,
    .calls_ns = tasks_ns,
  };
  lsc_clock_advance (self->clock, wall_ns);
}

static void
changed_cb (LscProfiler *profiler, gpointer user_data)
{
  ((MockRig *)user_data)->n_changed++;
}

static void
run_added_cb (LscProfiler *profiler, guint cell, LscRun *run, gpointer user_data)
{
  MockRig *self = user_data;

  g_assert_true (lsc_profiler_get_run (profiler, cell) == run);
  g_assert_true (lsc_profiler_get_current_run (profiler) == run);
  g_ptr_array_add (self->added, g_object_ref (run));
}

static void
sample_added_cb (LscProfiler *profiler, guint cell, gpointer user_data)
{
  MockRig *self = user_data;

  g_array_append_val (self->samples, cell);
}

static void
finished_cb (LscProfiler *profiler, gpointer user_data)
{
  g_assert_true (lsc_profiler_is_over (profiler));
  ((MockRig *)user_data)->n_finished++;
}

MockRig *
mock_rig_new_with_cells (const LscProfilerCell    *cells,
                         guint                     n,
                         const MockWorld          *world,
                         const LscProfilerOptions *options)
{
  MockRig           *self = g_new0 (MockRig, 1);
  LscProfilerOptions own = *options;
  g_autoptr (GError) error = NULL;
  const LscProfilerHooks hooks = { make_executor, get_usage, self };

  if (broken == NULL)
    broken = g_error_new_literal (LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_REFUSED, "It is refused.");
  self->world = *world;
  self->clock = lsc_clock_new_fake (1000 * LSC_NS_PER_S);
  self->runs = g_array_new (FALSE, FALSE, sizeof (guint));
  self->n_runs = g_array_new (FALSE, TRUE, sizeof (guint));
  g_array_set_size (self->n_runs, n);
  self->samples = g_array_new (FALSE, FALSE, sizeof (guint));
  self->added = g_ptr_array_new_with_free_func (g_object_unref);

  own.cells = cells;
  own.n_cells = n;
  own.clock = self->clock;
  self->profiler = lsc_profiler_new_with_hooks (&own, &hooks, &error);
  g_assert_no_error (error);
  g_signal_connect (self->profiler, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->profiler, "run-added", G_CALLBACK (run_added_cb), self);
  g_signal_connect (self->profiler, "sample-added", G_CALLBACK (sample_added_cb), self);
  g_signal_connect (self->profiler, "finished", G_CALLBACK (finished_cb), self);
  return self;
}

MockRig *
mock_rig_new (guint n, const MockWorld *world, const LscProfilerOptions *options)
{
  g_autofree LscProfilerCell *cells = g_new0 (LscProfilerCell, n);
  LscRunOptions               run;
  MockRig                    *self;

  support_options_init (&run, "empty", support_repeat_input ("1", 1), LSC_EXECUTOR_THREADS, 1);
  for (guint i = 0; i < n; i++)
    cells[i] = (LscProfilerCell){ .workload = run.workload,
                                  .settings = run.settings,
                                  .inputs = run.inputs,
                                  .input = -1,
                                  .executor = run.executor,
                                  .n_workers = i + 1,
                                  .command = "mock" };
  self = mock_rig_new_with_cells (cells, n, world, options);
  support_options_clear (&run);
  return self;
}

void
mock_rig_free (MockRig *self)
{
  g_clear_object (&self->profiler);
  g_clear_object (&self->clock);
  g_array_unref (self->runs);
  g_array_unref (self->n_runs);
  g_array_unref (self->samples);
  g_ptr_array_unref (self->added);
  g_free (self);
}

static gboolean
has_finished (gpointer user_data)
{
  return ((MockRig *)user_data)->n_finished > 0;
}

void
mock_rig_wait (MockRig *self)
{
  support_wait (has_finished, self);
}

void
mock_rig_run (MockRig *self)
{
  lsc_profiler_start (self->profiler);
  mock_rig_wait (self);
}

LscProfile *
mock_rig_get_profile (MockRig *self)
{
  return lsc_profiler_get_profile (self->profiler);
}

guint
mock_rig_count (MockRig *self, guint cell, LscSampleStatus status)
{
  return lsc_profile_count_samples (mock_rig_get_profile (self), cell, status);
}

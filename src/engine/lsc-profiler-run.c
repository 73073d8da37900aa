/* lsc-profiler-run.c: one run of a cell, and what becomes of it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-profiler"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-profiler-batch.h"
#include "lsc-profiler-private.h"
#include "lsc-run-private.h"
#include "lsc-sources.h"
#include "lsc-units.h"

/* What has failed so often in a row will not do anything else. */
#define MAX_FAILED    10u
#define MAX_TIMED_OUT 2u
/* Decades, and far from where times end. */
#define MAX_TIMEOUT_NS (G_MAXINT64 / 8)

/* ---- it begins ------------------------------------------------------------------------------- */

static gboolean
guard_cb (gpointer user_data)
{
  LscProfiler *self = user_data;

  g_clear_pointer (&self->guard, g_source_unref);
  self->timed_out = !self->stopped;
  lsc_run_terminate (self->run);
  return G_SOURCE_REMOVE;
}

void
lsc_profiler_guard_run (LscProfiler *self, gint64 time_ns)
{
  lsc_source_drop (&self->guard);
  /* Rounded up, so that nothing is ended before its time. */
  self->guard =
      g_timeout_source_new ((guint)MIN ((time_ns + LSC_NS_PER_MS - 1) / LSC_NS_PER_MS, G_MAXINT32));
  g_source_set_callback (self->guard, guard_cb, self, NULL);
  g_source_attach (self->guard, self->context);
}

static void
run_changed_cb (LscRun *run, gpointer user_data)
{
  lsc_profiler_say_changed (user_data);
}

static void run_finished_cb (LscRun *run, gpointer user_data);

/* Of one call; 0: none. */
static gint64
get_call_timeout_ns (LscProfiler *self, LscProfilerPart *part)
{
  gint64 timeout_ns = self->timeout_ns;
  guint  n_retries;

  if (timeout_ns == 0)
    lsc_workload_get_limits (part->workload, part->settings, &timeout_ns, &n_retries);
  return timeout_ns;
}

/* 0: as the settings say, if they do. */
static gint64
get_timeout_ns (LscProfiler *self, LscProfilerPart *part, guint n_calls)
{
  if (n_calls <= 1)
    return self->timeout_ns;
  return MIN (get_call_timeout_ns (self, part), MAX_TIMEOUT_NS / n_calls) * n_calls;
}

static LscRun *
make_run (LscProfiler *self, guint cell, GError **error)
{
  LscProfilerPart    *part = LSC_PROFILER_PART (self, cell);
  gboolean            is_warm_up = self->phase == LSC_PROFILER_WARM_UP;
  guint               n_calls = is_warm_up ? 1 : part->n_calls;
  const LscRunOptions options = {
    .workload = part->workload,
    .settings = is_warm_up ? part->settings : part->measured_settings,
    .inputs = part->inputs,
    .executor = part->executor,
    .n_workers = part->n_workers,
    .one_core = self->one_core,
    .n_retries = is_warm_up ? self->n_retries : 0,
    .timeout_ns = get_timeout_ns (self, part, n_calls),
    .grace_ns = self->grace_ns,
    .measured = !is_warm_up || !self->watched,
    .n_calls = n_calls,
  };
  LscExecutor *executor = NULL;

  if (self->hooks.make_executor != NULL)
    executor = self->hooks.make_executor (cell, self->hooks.user_data);
  return lsc_run_new_with_executor (&options, executor, error);
}

static LscRun *
make_prepare (LscProfiler *self, GError **error)
{
  const LscRunOptions options = {
    .workload = self->prepare.workload,
    .settings = self->prepare.settings,
    .inputs = self->prepare.inputs,
    .executor = LSC_EXECUTOR_SEQUENTIAL,
    .n_workers = 1,
    .grace_ns = self->grace_ns,
    .measured = TRUE,
    .n_calls = 1,
  };

  return lsc_run_new (&options, error);
}

/* FALSE: it can't be run, and the profile says why. */
static gboolean
start_run (LscProfiler *self, guint cell)
{
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (self->context);
  self->run = self->prepares ? make_prepare (self, &error) : make_run (self, cell, &error);
  g_main_context_pop_thread_default (self->context);
  if (self->run == NULL)
    {
      lsc_profile_set_problem (self->profile, cell, error->message);
      if (self->error == NULL)
        self->error = g_steal_pointer (&error);
      return FALSE;
    }

  self->timed_out = FALSE;
  g_signal_connect (self->run, "changed", G_CALLBACK (run_changed_cb), self);
  g_signal_connect (self->run, "finished", G_CALLBACK (run_finished_cb), self);
  lsc_run_start (self->run);
  if (self->cell_timeout_ns > 0)
    lsc_profiler_guard_run (self, self->cell_timeout_ns);
  return TRUE;
}

static gboolean
begin_own_run (LscProfiler *self, guint cell)
{
  LscProfilerPart *part = LSC_PROFILER_PART (self, cell);

  if (!start_run (self, cell))
    return FALSE;
  if (self->phase == LSC_PROFILER_WARM_UP && self->watched)
    {
      part->warm_up_run = g_object_ref (self->run);
      lsc_profiler_say_run_added (self, cell);
    }
  return TRUE;
}

gboolean
lsc_profiler_begin_run (LscProfiler *self, guint cell)
{
  self->current = (gint)cell;
  self->run_start_ns = lsc_clock_get_now_ns (self->clock);
  self->prepares = self->prepare.workload != NULL;
  return self->prepares ? start_run (self, cell) : begin_own_run (self, cell);
}

void
lsc_profiler_drop_run (LscProfiler *self)
{
  lsc_source_drop (&self->guard);
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_clear_object (&self->run);
}

/* ---- it is over ------------------------------------------------------------------------------ */

static void
get_usage (LscProfiler *self, guint cell, LscRunUsage *usage)
{
  if (self->hooks.get_usage != NULL)
    self->hooks.get_usage (cell, self->run, usage, self->hooks.user_data);
  else
    lsc_run_get_usage (self->run, usage);
}

static void
set_problem (LscProfiler *self, guint cell, LscSampleStatus status)
{
  g_autofree char *text = NULL;
  g_autofree char *limit = NULL;

  if (status == LSC_SAMPLE_TIMED_OUT && self->timed_out)
    {
      limit = lsc_format_duration (self->cell_timeout_ns);
      /* Translators: %s is a duration such as "2.00 s". */
      text =
          g_strdup_printf (_ ("It takes longer than %s, which is as long as it may take."), limit);
    }
  else if (status == LSC_SAMPLE_TIMED_OUT)
    {
      limit = lsc_format_duration (get_call_timeout_ns (self, LSC_PROFILER_PART (self, cell)));
      /* Translators: %s is a duration such as "2.00 s". */
      text = g_strdup_printf (_ ("A task of it takes longer than %s, which is as long as it may "
                                 "take."),
                              limit);
    }
  else
    text = lsc_profiler_describe_failure (self->run);
  lsc_profile_set_problem (self->profile, cell, text);
}

/* Whether it is worth while to go on with it. What fails now and then is shown as that; what fails
 * the first time and the second will do so each time. */
static void
count_failure (LscProfiler *self, guint cell, LscSampleStatus status)
{
  LscProfilerPart *part = LSC_PROFILER_PART (self, cell);
  gboolean         is_warm_up = self->phase == LSC_PROFILER_WARM_UP;
  guint            limit = part->warm_up_failed && part->n_done == 0 ? 2 : MAX_FAILED;

  part->n_failed = status == LSC_SAMPLE_DONE ? 0 : part->n_failed + 1;
  part->n_timed_out = status == LSC_SAMPLE_TIMED_OUT ? part->n_timed_out + 1 : 0;
  part->n_done += status == LSC_SAMPLE_DONE && !is_warm_up;
  if (is_warm_up)
    part->warm_up_failed = status != LSC_SAMPLE_DONE;
  else if (part->n_failed >= limit || part->n_timed_out >= MAX_TIMED_OUT)
    set_problem (self, cell, status);

  /* One run of it takes more than all were allowed: there is no time for another try. */
  if (is_warm_up && self->timed_out && lsc_profiler_is_late (self))
    set_problem (self, cell, status);

  /* It was not its tasks that failed: it can't be run. */
  if (is_warm_up && lsc_run_get_error (self->run) != NULL)
    {
      set_problem (self, cell, status);
      if (self->error == NULL)
        self->error = g_error_copy (lsc_run_get_error (self->run));
    }
}

/* Each interpreter once: cells may have different ones. */
static void
note_interpreter (LscProfiler *self, const char *name)
{
  LscConditions   *conditions = lsc_profile_get_conditions (self->profile);
  g_autofree char *before = g_steal_pointer (&conditions->python);
  g_auto (GStrv) names = g_strsplit (before != NULL ? before : "", ", ", -1);

  if (before == NULL)
    conditions->python = g_strdup (name);
  else if (name == NULL || g_strv_contains ((const char *const *)names, name))
    conditions->python = g_steal_pointer (&before);
  else
    conditions->python = g_strdup_printf ("%s, %s", before, name);
}

static void
take_warm_up (LscProfiler *self, guint cell, const LscRunUsage *usage)
{
  LscProfilerPart *part = LSC_PROFILER_PART (self, cell);
  LscRunLock       lock = lsc_run_get_lock (self->run);

  part->first = *usage;
  note_interpreter (self, lsc_run_get_interpreter (self->run));
  lsc_profile_set_warm_up (self->profile, cell, (double)usage->wall_ns);
  if (lock != LSC_RUN_LOCK_UNKNOWN)
    lsc_profile_set_lock (self->profile, cell,
                          lock == LSC_RUN_LOCK_ON ? LSC_PROFILE_LOCK_ON : LSC_PROFILE_LOCK_OFF);
}

static void
take_sample (LscProfiler       *self,
             guint              cell,
             LscSampleStatus    status,
             gint               exit,
             const LscRunUsage *usage)
{
  LscProfilerPart       *part = LSC_PROFILER_PART (self, cell);
  const LscProfilerCalls calls = { part->n_calls, part->is_single };
  LscSample              sample = { .round = self->round, .status = status, .exit = exit };

  lsc_profiler_fill_sample (self->run, usage, &calls, &sample);
  lsc_profile_add_sample (self->profile, cell, &sample);
}

static void
take_run (LscProfiler *self, guint cell)
{
  LscProfilerPart *part = LSC_PROFILER_PART (self, cell);
  LscRunUsage      usage;
  LscSampleStatus  status;
  double           duration_ns;
  gint             exit;

  get_usage (self, cell, &usage);
  duration_ns = (double)(lsc_clock_get_now_ns (self->clock) - self->run_start_ns);
  status = lsc_profiler_judge (self->run, self->timed_out, self->ignores_exit, &exit);
  switch (self->phase)
    {
    case LSC_PROFILER_WARM_UP:
      part->expected_ns = duration_ns;
      take_warm_up (self, cell, &usage);
      count_failure (self, cell, status);
      break;
    case LSC_PROFILER_BATCHES:
      part->expected_ns = duration_ns;
      lsc_profiler_batch_look (self, cell, status == LSC_SAMPLE_DONE ? &usage : NULL);
      break;
    case LSC_PROFILER_ROUNDS:
      g_array_append_val (part->durations_ns, duration_ns);
      take_sample (self, cell, status, exit, &usage);
      count_failure (self, cell, status);
      break;
    case LSC_PROFILER_READY:
    case LSC_PROFILER_OVER:
    default:
      g_assert_not_reached ();
    }
}

static char *
describe_prepare (LscProfiler *self, gint exit)
{
  const GError    *error = lsc_run_get_error (self->run);
  g_autofree char *limit = NULL;

  if (error != NULL)
    return g_strdup (error->message);
  /* One that was ended because it took too long may end with a status of its own. */
  if (exit > 0 && !self->timed_out)
    return g_strdup_printf (_ ("What prepares it ends with exit status %d."), exit);
  if (!self->timed_out)
    return g_strdup (_ ("What prepares it fails."));
  limit = lsc_format_duration (self->cell_timeout_ns);
  /* Translators: %s is a duration such as "2.00 s". */
  return g_strdup_printf (_ ("What prepares it takes longer than %s, which is as long as it may "
                             "take."),
                          limit);
}

/* What is prepared badly would be measured as something else. */
static void
take_prepared (LscProfiler *self, guint cell)
{
  gint             exit;
  LscSampleStatus  status = lsc_profiler_judge (self->run, self->timed_out, FALSE, &exit);
  g_autofree char *problem = NULL;

  self->is_prepared = status == LSC_SAMPLE_DONE;
  if (self->is_prepared)
    return;
  problem = describe_prepare (self, exit);
  lsc_profile_set_problem (self->profile, cell, problem);
}

static gboolean
go_on_cb (gpointer user_data)
{
  g_autoptr (LscProfiler) self = g_object_ref (user_data);
  gboolean is_prepared = self->is_prepared && !self->stopped;

  g_clear_pointer (&self->next, g_source_unref);
  self->is_prepared = FALSE;
  if (!is_prepared || !begin_own_run (self, (guint)self->current))
    lsc_profiler_go_on (self);
  return G_SOURCE_REMOVE;
}

/* First whoever shows what was measured does so: it would cost the next run a core. */
static void
go_on_later (LscProfiler *self)
{
  self->next = g_idle_source_new ();
  g_source_set_callback (self->next, go_on_cb, self, NULL);
  g_source_attach (self->next, self->context);
}

static void
run_finished_cb (LscRun *run, gpointer user_data)
{
  g_autoptr (LscProfiler) self = g_object_ref (user_data);
  guint    cell = (guint)self->current;
  gboolean is_sample = self->phase == LSC_PROFILER_ROUNDS && !self->stopped && !self->prepares;

  if (!self->stopped && self->prepares)
    take_prepared (self, cell);
  else if (!self->stopped)
    take_run (self, cell);
  self->prepares = FALSE;
  lsc_profiler_drop_run (self);
  if (is_sample)
    lsc_profiler_say_sample_added (self, cell);
  go_on_later (self);
}

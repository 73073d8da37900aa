/* lsc-calibration.c: how fast this machine does a workload's unit of work.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. What is found is kept by the worker program's name for the
 * workload: a user's file shares it with the built-in that it is made of.
 */

#define G_LOG_DOMAIN "lsc-calibration"

#include "config.h"

#include "lsc-calibration.h"
#include "lsc-main-thread.h"
#include "lsc-run.h"
#include "lsc-samples.h"

/* The CPU time of a task that is shorter is too coarse, and its wall time is taken. */
#define MIN_CPU_NS (LSC_NS_PER_MS)
/* Of what the tasks took for a unit. */
#define QUANTILE 0.75
/* Of a run with many. */
#define MAX_TASKS 500u
/* So much faster or slower is not chance. */
#define MAX_RATIO 1.5

typedef struct
{
  LscRun      *run;
  LscWorkload *workload;
  LscSettings *settings;
  GPtrArray   *tasks; /* (element-type GTask): who waits for it */
} Measurement;

static GHashTable *known;   /* program id -> double* */
static GHashTable *ongoing; /* program id -> Measurement */

static void
measurement_free (gpointer data)
{
  Measurement *self = data;

  g_clear_object (&self->run);
  g_clear_object (&self->workload);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->tasks, g_ptr_array_unref);
  g_free (self);
}

static double
get_ns_per_unit (LscWorkload   *workload,
                 LscSettings   *settings,
                 const LscTask *task,
                 const char    *input)
{
  g_autoptr (LscTextList) one = lsc_text_list_new ();
  gint64 time_ns = task->end_ns - task->start_ns;
  double cost;

  if (time_ns >= MIN_CPU_NS)
    time_ns = task->user_ns + task->system_ns;
  lsc_text_list_append (one, input, -1);
  lsc_text_list_freeze (one);
  cost = lsc_workload_get_total_cost (workload, settings, one);
  return cost > 0 ? (double)time_ns / cost : 0;
}

/* Not the fastest: where a virtual machine's host takes its cores away, Linux takes that off the
 * CPU time of whoever runs when it is told of it. A task of 4 ms is then said to have used 0.3 ms;
 * with more than the cores can do going on, so are four in ten. Nothing makes it much too large. */
double
lsc_calibration_evaluate (LscRecording *recording, LscWorkload *workload, LscSettings *settings)
{
  LscTaskTable *tasks;
  guint         step;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));
  double value = 0;

  g_return_val_if_fail (LSC_IS_RECORDING (recording), 0);
  g_return_val_if_fail (LSC_IS_WORKLOAD (workload), 0);

  tasks = lsc_recording_get_tasks (recording);
  step = lsc_task_table_get_n (tasks) / MAX_TASKS + 1;
  for (guint i = 0; i < lsc_task_table_get_n (tasks); i += step)
    {
      LscTask task;
      double  ns_per_unit;

      lsc_task_table_get (tasks, i, &task);
      if (task.status != LSC_TASK_DONE)
        continue;
      ns_per_unit =
          get_ns_per_unit (workload, settings, &task, lsc_task_table_get_input (tasks, i));
      if (ns_per_unit > 0)
        g_array_append_val (all, ns_per_unit);
    }
  lsc_stats_quantile ((const double *)(gpointer)all->data, all->len, QUANTILE, &value);
  return value;
}

static void
return_value (GTask *task, double value)
{
  double *copy = g_new (double, 1);

  *copy = value;
  g_task_return_pointer (task, copy, g_free);
}

static void
run_finished_cb (LscRun *run, gpointer user_data)
{
  g_autofree char *id = NULL;
  Measurement     *self;
  double           value = 0;
  gpointer         key;

  if (!g_hash_table_steal_extended (ongoing, user_data, &key, (gpointer *)&self))
    return;
  id = key;
  if (lsc_run_get_state (run) == LSC_RUN_FINISHED)
    value = lsc_calibration_evaluate (lsc_run_get_recording (run), self->workload, self->settings);
  if (value > 0)
    g_hash_table_insert (known, g_strdup (id), g_memdup2 (&value, sizeof value));

  for (guint i = 0; i < self->tasks->len; i++)
    {
      GTask        *task = g_ptr_array_index (self->tasks, i);
      const GError *error = lsc_run_get_error (run);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        return_value (task, value);
    }
  measurement_free (self);
}

static LscRun *
make_run (Measurement *self, GError **error)
{
  g_autoptr (LscTextList) inputs = lsc_workload_make_calibration_inputs (self->workload);
  const LscRunOptions options = {
    .workload = self->workload,
    .settings = self->settings,
    .inputs = inputs,
    .executor = LSC_EXECUTOR_SEQUENTIAL,
    .n_workers = 1,
  };

  return inputs != NULL ? lsc_run_new (&options, error) : NULL;
}

static void
begin (GTask *task, LscWorkload *workload, const char *id)
{
  g_autoptr (GError) error = NULL;
  Measurement *self = g_new0 (Measurement, 1);
  char        *key;

  self->workload = g_object_ref (workload);
  self->settings = lsc_workload_new_settings (workload);
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->run = make_run (self, &error);
  if (self->run == NULL)
    {
      if (error != NULL)
        g_task_return_error (task, g_steal_pointer (&error));
      else
        return_value (task, 0);
      measurement_free (self);
      return;
    }

  key = g_strdup (id);
  g_ptr_array_add (self->tasks, g_object_ref (task));
  g_hash_table_insert (ongoing, key, self);
  g_signal_connect (self->run, "finished", G_CALLBACK (run_finished_cb), key);
  lsc_run_start (self->run);
}

void
lsc_calibration_get_async (LscWorkload        *workload,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  const char  *id;
  Measurement *measurement;

  lsc_assert_main_thread ();
  g_return_if_fail (LSC_IS_WORKLOAD (workload));

  g_task_set_source_tag (task, lsc_calibration_get_async);
  if (known == NULL)
    {
      known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      ongoing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, measurement_free);
    }

  id = lsc_workload_get_program_id (workload);
  if (lsc_calibration_peek (workload) > 0)
    {
      return_value (task, lsc_calibration_peek (workload));
      return;
    }
  measurement = g_hash_table_lookup (ongoing, id);
  if (measurement != NULL)
    g_ptr_array_add (measurement->tasks, g_object_ref (task));
  else
    begin (task, workload, id);
}

double
lsc_calibration_get_finish (GAsyncResult *result, GError **error)
{
  g_autofree double *value = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, lsc_calibration_get_async), 0);

  value = g_task_propagate_pointer (G_TASK (result), error);
  return value != NULL ? *value : 0;
}

double
lsc_calibration_peek (LscWorkload *workload)
{
  const double *value;

  lsc_assert_main_thread ();
  g_return_val_if_fail (LSC_IS_WORKLOAD (workload), 0);

  if (lsc_workload_get_ns_per_unit (workload) > 0)
    return lsc_workload_get_ns_per_unit (workload);
  if (known == NULL)
    return 0;
  value = g_hash_table_lookup (known, lsc_workload_get_program_id (workload));
  return value != NULL ? *value : 0;
}

gboolean
lsc_calibration_is_off (double expected, double actual)
{
  return expected > 0 && actual > 0 &&
         (actual > expected * MAX_RATIO || expected > actual * MAX_RATIO);
}

void
lsc_calibration_learn (LscWorkload *workload, LscSettings *settings, LscRecording *recording)
{
  const char *id;
  double      value;

  lsc_assert_main_thread ();
  g_return_if_fail (LSC_IS_WORKLOAD (workload));

  id = lsc_workload_get_program_id (workload);
  if (known == NULL || !g_hash_table_contains (known, id))
    return;
  value = lsc_calibration_evaluate (recording, workload, settings);
  if (lsc_calibration_is_off (lsc_calibration_peek (workload), value))
    g_hash_table_insert (known, g_strdup (id), g_memdup2 (&value, sizeof value));
}

gint64
lsc_calibration_expect_ns (double          total_cost,
                           double          ns_per_unit,
                           LscExecutorKind kind,
                           guint           n_workers,
                           guint           n_cores,
                           guint           n_tasks)
{
  guint n_at_once = 1;

  /* How much of the waiting overlaps can't be told from a sum. */
  if (ns_per_unit <= 0 || total_cost < 0 || kind == LSC_EXECUTOR_ASYNC)
    return -1;
  if (lsc_executor_kind_has_workers (kind))
    n_at_once = MAX (MIN (MIN (n_workers, n_cores), n_tasks), 1);

  return (gint64)(total_cost * ns_per_unit / n_at_once);
}

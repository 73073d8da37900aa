/* lsc-comparison.c: the same work in several modes, one after another.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-comparison"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-comparison-private.h"
#include "lsc-main-thread.h"
#include "lsc-run-private.h"

struct _LscComparison
{
  GObject parent_instance;

  /* Owned: made at once, so that what is wrong with one is known before any starts. */
  GPtrArray *runs;
  guint      n_begun;
  gboolean   stopped;
  gboolean   over;
};

enum
{
  CHANGED,
  RUN_ADDED,
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscComparison, lsc_comparison, G_TYPE_OBJECT)

static void begin_next (LscComparison *self);

static void
run_changed_cb (LscRun *run, gpointer user_data)
{
  LscComparison *self = user_data;

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
end (LscComparison *self)
{
  self->over = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[FINISHED], 0);
}

static void
run_finished_cb (LscRun *run, gpointer user_data)
{
  g_autoptr (LscComparison) self = g_object_ref (user_data);

  if (self->over)
    return;
  if (self->stopped || self->n_begun == self->runs->len)
    end (self);
  else
    begin_next (self);
}

static void
begin_next (LscComparison *self)
{
  LscRun *run = g_ptr_array_index (self->runs, self->n_begun);

  self->n_begun++;
  lsc_run_start (run);
  g_signal_emit (self, signals[RUN_ADDED], 0, run);
}

/* ---- the type ------------------------------------------------------------------------ */

static void
lsc_comparison_finalize (GObject *object)
{
  LscComparison *self = LSC_COMPARISON (object);

  for (guint i = 0; i < self->runs->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->runs, i), self);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  G_OBJECT_CLASS (lsc_comparison_parent_class)->finalize (object);
}

static void
lsc_comparison_class_init (LscComparisonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_comparison_finalize;

  signals[CHANGED] = g_signal_new ("changed", LSC_TYPE_COMPARISON, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[RUN_ADDED] = g_signal_new ("run-added", LSC_TYPE_COMPARISON, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, LSC_TYPE_RUN);
  signals[FINISHED] = g_signal_new ("finished", LSC_TYPE_COMPARISON, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
lsc_comparison_init (LscComparison *self)
{
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
}

LscComparison *
lsc_comparison_new_with_executors (const LscRunOptions   *options,
                                   const LscExecutorKind *kinds,
                                   guint                  n_kinds,
                                   LscExecutor *const    *executors,
                                   GError               **error)
{
  g_autoptr (LscComparison) self = NULL;

  lsc_assert_main_thread ();
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (kinds != NULL || n_kinds == 0, NULL);

  if (n_kinds == 0)
    {
      g_set_error_literal (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_UNSUPPORTED,
                           _ ("Choose at least one mode."));
      return NULL;
    }

  self = g_object_new (LSC_TYPE_COMPARISON, NULL);
  for (guint i = 0; i < n_kinds; i++)
    {
      g_autofree char *folder = NULL;
      LscRunOptions    own = *options;
      LscRun          *run;

      own.executor = kinds[i];
      if (options->output_folder != NULL)
        folder =
            g_build_filename (options->output_folder, lsc_executor_kind_get_nick (kinds[i]), NULL);
      own.output_folder = folder;
      run = lsc_run_new_with_executor (&own, executors != NULL ? g_object_ref (executors[i]) : NULL,
                                       error);
      if (run == NULL)
        return NULL;
      g_signal_connect (run, "changed", G_CALLBACK (run_changed_cb), self);
      g_signal_connect (run, "finished", G_CALLBACK (run_finished_cb), self);
      g_ptr_array_add (self->runs, run);
    }
  return g_steal_pointer (&self);
}

LscComparison *
lsc_comparison_new (const LscRunOptions   *options,
                    const LscExecutorKind *kinds,
                    guint                  n_kinds,
                    GError               **error)
{
  return lsc_comparison_new_with_executors (options, kinds, n_kinds, NULL, error);
}

/* ---- running --------------------------------------------------------------------------- */

void
lsc_comparison_start (LscComparison *self)
{
  lsc_assert_main_thread ();
  g_return_if_fail (LSC_IS_COMPARISON (self));

  if (self->n_begun == 0 && !self->stopped)
    begin_next (self);
}

static void
stop (LscComparison *self, void (*stop_run) (LscRun *run))
{
  LscRun *current = lsc_comparison_get_current (self);

  if (self->over)
    return;
  self->stopped = TRUE;
  if (current != NULL)
    stop_run (current);
  else if (self->n_begun == 0)
    end (self);
}

void
lsc_comparison_stop (LscComparison *self)
{
  lsc_assert_main_thread ();
  g_return_if_fail (LSC_IS_COMPARISON (self));

  stop (self, lsc_run_stop);
}

void
lsc_comparison_terminate (LscComparison *self)
{
  lsc_assert_main_thread ();
  g_return_if_fail (LSC_IS_COMPARISON (self));

  stop (self, lsc_run_terminate);
}

/* ---- what there is to know ----------------------------------------------------------------- */

gboolean
lsc_comparison_is_over (LscComparison *self)
{
  g_return_val_if_fail (LSC_IS_COMPARISON (self), TRUE);

  return self->over;
}

guint
lsc_comparison_get_n_modes (LscComparison *self)
{
  g_return_val_if_fail (LSC_IS_COMPARISON (self), 0);

  return self->runs->len;
}

guint
lsc_comparison_get_n_runs (LscComparison *self)
{
  g_return_val_if_fail (LSC_IS_COMPARISON (self), 0);

  return self->n_begun;
}

LscRun *
lsc_comparison_get_run (LscComparison *self, guint index)
{
  g_return_val_if_fail (LSC_IS_COMPARISON (self), NULL);

  return index < self->n_begun ? g_ptr_array_index (self->runs, index) : NULL;
}

LscRun *
lsc_comparison_get_current (LscComparison *self)
{
  LscRun *last;

  g_return_val_if_fail (LSC_IS_COMPARISON (self), NULL);

  if (self->over || self->n_begun == 0)
    return NULL;
  last = g_ptr_array_index (self->runs, self->n_begun - 1);
  return lsc_run_is_over (last) ? NULL : last;
}

static double
get_run_fraction (LscRun *run)
{
  if (lsc_run_is_over (run))
    return 1.0;
  return (double)lsc_run_get_n_finished (run) / lsc_run_get_n_tasks (run);
}

double
lsc_comparison_get_fraction (LscComparison *self)
{
  double sum = 0;

  g_return_val_if_fail (LSC_IS_COMPARISON (self), 0);

  if (self->over)
    return 1.0;
  for (guint i = 0; i < self->n_begun; i++)
    sum += get_run_fraction (g_ptr_array_index (self->runs, i));
  return sum / self->runs->len;
}

gint64
lsc_comparison_get_time_left_ns (LscComparison *self)
{
  LscRun *current = lsc_comparison_get_current (self);
  gint64  left_ns;
  gint64  sum_ns = 0;

  g_return_val_if_fail (LSC_IS_COMPARISON (self), -1);

  if (self->over)
    return 0;
  if (current == NULL)
    return -1;
  left_ns = lsc_run_get_time_left_ns (current);
  if (left_ns < 0)
    return -1;

  /* The modes to come take what those so far took on average: the best guess
   * that needs to know nothing about them. */
  for (guint i = 0; i < self->n_begun; i++)
    sum_ns += lsc_run_get_elapsed_ns (g_ptr_array_index (self->runs, i));
  sum_ns += left_ns;
  return left_ns + sum_ns / self->n_begun * (self->runs->len - self->n_begun);
}

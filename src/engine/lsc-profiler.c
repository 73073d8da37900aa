/* lsc-profiler.c: an experiment: the same cells, measured round after round.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The object: what was asked for, its signals, its ends. What comes next is in
 * lsc-profiler-next.c, a single run in lsc-profiler-run.c.
 */

#define G_LOG_DOMAIN "lsc-profiler"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-main-thread.h"
#include "lsc-profiler-private.h"
#include "lsc-sources.h"

#define CHANGED_INTERVAL_MS 50
#define TICK_MS             500

enum
{
  CHANGED,
  RUN_ADDED,
  SAMPLE_ADDED,
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscProfiler, lsc_profiler, G_TYPE_OBJECT)

/* ---- what it says ---------------------------------------------------------------------------- */

static gboolean
pause_over_cb (gpointer user_data)
{
  LscProfiler *self = user_data;

  if (!self->has_news)
    {
      g_clear_pointer (&self->pause, g_source_unref);
      return G_SOURCE_REMOVE;
    }
  self->has_news = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_CONTINUE;
}

static GSource *
attach_timer (LscProfiler *self, guint interval_ms, GSourceFunc func)
{
  GSource *source = g_timeout_source_new (interval_ms);

  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, self->context);
  return source;
}

void
lsc_profiler_say_changed (LscProfiler *self)
{
  if (self->pause != NULL)
    {
      self->has_news = TRUE;
      return;
    }
  self->pause = attach_timer (self, CHANGED_INTERVAL_MS, pause_over_cb);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
lsc_profiler_say_run_added (LscProfiler *self, guint cell)
{
  g_signal_emit (self, signals[RUN_ADDED], 0, cell, LSC_PROFILER_PART (self, cell)->warm_up_run);
}

void
lsc_profiler_say_sample_added (LscProfiler *self, guint cell)
{
  g_signal_emit (self, signals[SAMPLE_ADDED], 0, cell);
  lsc_profiler_say_changed (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  lsc_profiler_say_changed (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
say_over_cb (gpointer user_data)
{
  g_autoptr (LscProfiler) self = g_object_ref (user_data);

  g_clear_pointer (&self->idle, g_source_unref);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[FINISHED], 0);
  return G_SOURCE_REMOVE;
}

/* Where all cells have one reason, that is it. */
static void
explain (LscProfiler *self)
{
  const char *problem = lsc_profile_get_cell (self->profile, 0)->problem;

  for (guint i = 0; i < self->parts->len; i++)
    if (g_strcmp0 (problem, lsc_profile_get_cell (self->profile, i)->problem) != 0)
      {
        g_clear_error (&self->error);
        g_set_error (&self->error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NOTHING_MEASURED,
                     /* Translators: %s is a sentence that says what is wrong with the first. */
                     _ ("Nothing is left that could be measured. The first: %s"), problem);
        return;
      }
  if (self->error == NULL)
    g_set_error_literal (&self->error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NOTHING_MEASURED,
                         problem);
}

void
lsc_profiler_end (LscProfiler *self, LscProfileEnd end)
{
  self->phase = LSC_PROFILER_OVER;
  self->current = -1;
  lsc_source_drop (&self->pause);
  lsc_source_drop (&self->tick);
  if (self->has_begun)
    lsc_machine_measure_since (&self->begin, lsc_profile_get_conditions (self->profile));
  lsc_profile_set_end (self->profile, end);
  if (end == LSC_PROFILE_FAILED)
    explain (self);
  else
    g_clear_error (&self->error);

  self->idle = g_idle_source_new ();
  g_source_set_priority (self->idle, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->idle, say_over_cb, self, NULL);
  g_source_attach (self->idle, self->context);
}

/* ---- its life -------------------------------------------------------------------------------- */

void
lsc_profiler_start (LscProfiler *self)
{
  lsc_assert_main_thread ();
  g_return_if_fail (LSC_IS_PROFILER (self));

  if (self->phase != LSC_PROFILER_READY)
    return;
  self->phase = LSC_PROFILER_WARM_UP;
  self->has_begun = TRUE;
  self->start_ns = lsc_clock_get_now_ns (self->clock);
  self->begin = lsc_machine_mark ();
  lsc_profile_take_conditions (self->profile, lsc_machine_read_conditions ());
  lsc_profile_set_start_us (self->profile, g_get_real_time ());
  self->tick = attach_timer (self, TICK_MS, tick_cb);
  lsc_profiler_go_on (self);
}

/* FALSE: there is nothing to end. */
static gboolean
begin_stop (LscProfiler *self)
{
  if (self->phase == LSC_PROFILER_OVER)
    return FALSE;
  self->stopped = TRUE;
  if (self->phase == LSC_PROFILER_READY)
    lsc_profiler_end (self, LSC_PROFILE_STOPPED);
  return self->run != NULL;
}

void
lsc_profiler_stop (LscProfiler *self)
{
  lsc_assert_main_thread ();
  g_return_if_fail (LSC_IS_PROFILER (self));

  if (self->stopped || !begin_stop (self))
    return;
  lsc_run_stop (self->run);
  /* What it does is of no use any more: a task that does not see the stop is not waited for. */
  lsc_profiler_guard_run (self, self->grace_ns);
}

void
lsc_profiler_terminate (LscProfiler *self)
{
  lsc_assert_main_thread ();
  g_return_if_fail (LSC_IS_PROFILER (self));

  if (begin_stop (self))
    lsc_run_terminate (self->run);
}

/* ---- the type -------------------------------------------------------------------------------- */

static void
part_clear (gpointer data)
{
  LscProfilerPart *part = data;

  g_clear_object (&part->workload);
  g_clear_object (&part->settings);
  g_clear_object (&part->measured_settings);
  g_clear_object (&part->inputs);
  g_clear_object (&part->warm_up_run);
  g_clear_pointer (&part->durations_ns, g_array_unref);
}

static void
lsc_profiler_finalize (GObject *object)
{
  LscProfiler *self = LSC_PROFILER (object);

  lsc_profiler_drop_run (self);
  lsc_source_drop (&self->pause);
  lsc_source_drop (&self->tick);
  lsc_source_drop (&self->next);
  lsc_source_drop (&self->idle);
  g_clear_pointer (&self->parts, g_array_unref);
  g_clear_object (&self->profile);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->prepare.workload);
  g_clear_object (&self->prepare.settings);
  g_clear_object (&self->prepare.inputs);
  g_free (self->order);
  G_OBJECT_CLASS (lsc_profiler_parent_class)->finalize (object);
}

static void
lsc_profiler_class_init (LscProfilerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_profiler_finalize;

  signals[CHANGED] = g_signal_new ("changed", LSC_TYPE_PROFILER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[RUN_ADDED] = g_signal_new ("run-added", LSC_TYPE_PROFILER, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, LSC_TYPE_RUN);
  signals[SAMPLE_ADDED] = g_signal_new ("sample-added", LSC_TYPE_PROFILER, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[FINISHED] = g_signal_new ("finished", LSC_TYPE_PROFILER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
}

static void
lsc_profiler_init (LscProfiler *self)
{
  self->parts = g_array_new (FALSE, TRUE, sizeof (LscProfilerPart));
  g_array_set_clear_func (self->parts, part_clear);
  self->profile = lsc_profile_new ();
  self->context = g_main_context_ref_thread_default ();
  self->current = -1;
}

/* ---- what there is to know ------------------------------------------------------------------- */

LscProfile *
lsc_profiler_get_profile (LscProfiler *self)
{
  g_return_val_if_fail (LSC_IS_PROFILER (self), NULL);

  return self->profile;
}

gboolean
lsc_profiler_is_over (LscProfiler *self)
{
  g_return_val_if_fail (LSC_IS_PROFILER (self), TRUE);

  return self->phase == LSC_PROFILER_OVER;
}

const GError *
lsc_profiler_get_error (LscProfiler *self)
{
  g_return_val_if_fail (LSC_IS_PROFILER (self), NULL);

  return self->phase == LSC_PROFILER_OVER ? self->error : NULL;
}

gint
lsc_profiler_get_current_cell (LscProfiler *self)
{
  g_return_val_if_fail (LSC_IS_PROFILER (self), -1);

  return self->current;
}

gboolean
lsc_profiler_is_warming_up (LscProfiler *self)
{
  g_return_val_if_fail (LSC_IS_PROFILER (self), FALSE);

  return self->phase == LSC_PROFILER_WARM_UP || self->phase == LSC_PROFILER_BATCHES;
}

guint
lsc_profiler_get_round (LscProfiler *self)
{
  g_return_val_if_fail (LSC_IS_PROFILER (self), 0);

  return self->round;
}

LscRun *
lsc_profiler_get_run (LscProfiler *self, guint cell)
{
  g_return_val_if_fail (LSC_IS_PROFILER (self), NULL);
  g_return_val_if_fail (cell < self->parts->len, NULL);

  return LSC_PROFILER_PART (self, cell)->warm_up_run;
}

LscRun *
lsc_profiler_get_current_run (LscProfiler *self)
{
  g_return_val_if_fail (LSC_IS_PROFILER (self), NULL);

  return self->run;
}

/* lsc-session-measure.c: a session measures: the profiler, its strips and what they say.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. What this thread does while a sample is taken is time that the sample may miss: a
 * report is made, and drawn, once a second at most, and the rarer the longer that takes.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-session-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-bars.h"
#include "lsc-main-thread.h"
#include "lsc-preferences.h"
#include "lsc-profiler-cells.h"
#include "lsc-units.h"

/* How often the profile is shown while it is measured, and the share of the time that may take. */
#define SHOW_US    1000000
#define SHOW_SHARE 100

/* ---- strips ------------------------------------------------------------------- */

static gboolean
has_several_counts (LscProfile *profile, const LscProfileCell *cell)
{
  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    {
      const LscProfileCell *other = lsc_profile_get_cell (profile, i);

      if (other->executor == cell->executor && other->n_workers != cell->n_workers)
        return TRUE;
    }
  return FALSE;
}

/* What the mode alone does not tell: the function, or the number of workers. */
static void
name_strip (LscSession *self, guint strip, guint cell)
{
  const LscProfileCell *of = lsc_profile_get_cell (self->profile, cell);
  g_autofree char      *workers = NULL;

  if (of->input != NULL)
    {
      lsc_scene_set_strip_name (self->scene, strip, of->input,
                                lsc_session_get_language_label (self, of));
      lsc_scene_get_strip (self->scene, strip)->collapsed = TRUE;
      return;
    }
  if (!has_several_counts (self->profile, of))
    return;
  workers = g_strdup_printf (ngettext ("%u worker", "%u workers", of->n_workers), of->n_workers);
  lsc_scene_set_strip_name (self->scene, strip, lsc_executor_kind_get_label (of->executor),
                            workers);
}

gint
lsc_session_find_strip (LscSession *self, guint cell)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), -1);

  for (guint i = 0; lsc_session_shows_profile (self) && i < self->strip_cells->len; i++)
    if (g_array_index (self->strip_cells, guint, i) == cell)
      return (gint)i;
  return -1;
}

static void
set_note (LscStrip *strip, const char *note)
{
  g_free (strip->note);
  strip->note = g_strdup (note);
}

/* In words: the time of a call, and a bar that is as long as a run, are not of one scale. */
static void
show_call (LscStrip *strip, const LscCellFigures *figures, const char *verdict)
{
  g_autofree char *time = lsc_format_duration ((gint64)figures->wall.median);
  g_autofree char *call = NULL;
  g_autofree char *note = NULL;

  /* Translators: how long one call of a function takes, and of how many samples that is the
   * median: "38.2 ms a call, n=24" */
  call = g_strdup_printf (_ ("%s a call, n=%u"), time, figures->n);
  note = verdict != NULL ? g_strdup_printf ("%s   %s", call, verdict) : g_steal_pointer (&call);
  set_note (strip, note);
}

static void
show_figures (LscSession *self, guint strip)
{
  guint                 cell = g_array_index (self->strip_cells, guint, strip);
  const LscProfileCell *of = lsc_profile_get_cell (self->profile, cell);
  const LscCellFigures *figures = lsc_report_get_figures (self->report, cell);
  g_autofree char      *verdict = lsc_report_dup_verdict (self->report, cell);

  if (of->problem != NULL)
    set_note (lsc_scene_get_strip (self->scene, strip), of->problem);
  if (figures->n == 0)
    return;
  if (of->input != NULL || of->n_calls > 1)
    {
      show_call (lsc_scene_get_strip (self->scene, strip), figures, verdict);
      return;
    }
  lsc_bars_measure_strip (self->scene, strip, self->report, cell);
}

/* ---- showing ------------------------------------------------------------------ */

static void
show_profile (LscSession *self)
{
  gint64 began_us = g_get_monotonic_time ();

  g_clear_handle_id (&self->show_id, g_source_remove);
  g_clear_object (&self->report);
  self->report = lsc_report_new (self->profile);
  for (guint i = 0; i < self->strip_cells->len; i++)
    show_figures (self, i);
  lsc_session_update_title (self);
  /* How far it is, too. */
  lsc_session_tell (self, "profile-changed");
  self->shown_us = g_get_monotonic_time ();
  self->showing_us = self->shown_us - began_us;
  self->told_us = self->shown_us;
}

static gboolean
show_cb (gpointer user_data)
{
  LscSession *self = user_data;

  self->show_id = 0;
  show_profile (self);
  return G_SOURCE_REMOVE;
}

/* At once, between two samples, where the last time is long enough ago. */
static void
sample_added_cb (LscSession *self)
{
  gint64 pause_us = MAX (SHOW_US, self->showing_us * SHOW_SHARE);
  gint64 left_us = self->shown_us + pause_us - g_get_monotonic_time ();

  if (left_us <= 0)
    show_profile (self);
  else if (self->show_id == 0)
    self->show_id = g_timeout_add ((guint)(left_us / 1000) + 1, show_cb, self);
}

static void
run_added_cb (LscSession *self, guint cell, LscRun *run)
{
  guint strip = lsc_session_add_strip (self, run);

  g_array_append_val (self->strip_cells, cell);
  name_strip (self, strip, cell);
  lsc_session_tell (self, "scene-changed");
}

static void
changed_cb (LscSession *self)
{
  gint64   now_us = g_get_monotonic_time ();
  gboolean was_warming_up = self->warms_up;

  self->warms_up = lsc_profiler_is_warming_up (self->profiler);
  if (!self->warms_up && !was_warming_up && now_us - self->told_us < SHOW_US)
    return;
  self->told_us = now_us;
  lsc_session_sync_scene (self);
  lsc_session_tell (self, "changed");
  if (was_warming_up && !self->warms_up)
    lsc_session_tell (self, "scene-changed");
}

/* ---- the end ------------------------------------------------------------------ */

static guint
count_samples (LscProfile *profile)
{
  guint n = 0;

  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    n += lsc_profile_count_samples (profile, i, LSC_SAMPLE_DONE);
  return n;
}

static void
say_end (LscSession *self)
{
  const GError    *error = lsc_profiler_get_error (self->profiler);
  guint            n = count_samples (self->profile);
  g_autofree char *message = NULL;

  if (error != NULL)
    message = g_strdup (error->message);
  else if (lsc_profile_get_end (self->profile) != LSC_PROFILE_STOPPED)
    return;
  else if (n == 0)
    message = g_strdup (_ ("Stopped before anything was measured"));
  else
    message = g_strdup_printf (ngettext ("Stopped. The %u sample until then is kept.",
                                         "Stopped. The %u samples until then are kept.", n),
                               n);
  lsc_session_say (self, message);
}

static void
finished_cb (LscSession *self)
{
  lsc_session_sync_scene (self);
  lsc_session_set_state (self, LSC_SESSION_IDLE);
  show_profile (self);
  lsc_session_tell (self, "changed");
  lsc_session_tell (self, "scene-changed");
  say_end (self);
  lsc_session_tell (self, "finished");
}

void
lsc_session_drop_profiler (LscSession *self)
{
  g_clear_handle_id (&self->show_id, g_source_remove);
  if (self->profiler == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->profiler, self);
  g_clear_object (&self->profiler);
}

/* ---- the start ---------------------------------------------------------------- */

static LscProfilerCells *
make_cells (LscSession *self, GArray *counts)
{
  LscProfilerCells *cells = lsc_profiler_cells_new ();
  LscInputs        *companion = lsc_session_get_companion_inputs (self);
  LscExecutorKind   kinds[LSC_N_EXECUTOR_KINDS];
  guint             n_kinds = lsc_session_get_kinds (self, kinds);
  const guint      *values = (const guint *)(gpointer)counts->data;

  lsc_profiler_cells_add (cells, self->workload, lsc_inputs_get_settings (self->inputs),
                          lsc_inputs_get_list (self->inputs), kinds, n_kinds, values, counts->len);
  lsc_profiler_cells_set_sized_for (cells, self->workload,
                                    lsc_inputs_get_sized_for_ns (self->inputs, NULL));
  if (companion != NULL)
    lsc_profiler_cells_add (cells, self->companion, lsc_inputs_get_settings (companion),
                            lsc_inputs_get_list (companion), kinds, n_kinds, values, counts->len);
  return cells;
}

static LscProfiler *
make_profiler (LscSession *self, GError **error)
{
  g_autoptr (GArray) counts = lsc_session_get_counts (self, error);
  g_autoptr (LscProfilerCells) cells = NULL;
  LscProfilerOptions options = { 0 };

  if (counts == NULL)
    return NULL;
  cells = make_cells (self, counts);
  options.cells = lsc_profiler_cells_get (cells, &options.n_cells);
  options.title = lsc_workload_get_name (self->workload);
  options.one_core = self->one_core;
  options.grace_ns = lsc_preferences_get_grace_ns ();
  options.min_rounds = self->measure->min_rounds;
  options.max_rounds = self->measure->max_rounds;
  options.max_time_ns = self->measure->max_seconds * LSC_NS_PER_S;
  /* A single run that takes longer than all of them may: a program that never ends, mostly. */
  options.cell_timeout_ns = options.max_time_ns;
  options.watched = TRUE;
  return lsc_profiler_new (&options, error);
}

void
lsc_session_start_measuring (LscSession *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscProfiler) profiler = make_profiler (self, &error);

  if (profiler == NULL)
    {
      lsc_session_set_state (self, LSC_SESSION_IDLE);
      lsc_session_say_error (self, error);
      return;
    }
  lsc_session_replace_scene (self);
  self->profiler = g_steal_pointer (&profiler);
  g_set_object (&self->profile, lsc_profiler_get_profile (self->profiler));
  g_array_set_size (self->strip_cells, 0);
  self->told_us = 0;
  self->warms_up = TRUE;
  self->max_rounds = self->measure->max_rounds;
  g_signal_connect_object (self->profiler, "run-added", G_CALLBACK (run_added_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->profiler, "sample-added", G_CALLBACK (sample_added_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->profiler, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->profiler, "finished", G_CALLBACK (finished_cb), self,
                           G_CONNECT_SWAPPED);
  show_profile (self);
  lsc_session_set_state (self, LSC_SESSION_RUNNING);
  lsc_profiler_start (self->profiler);
}

LscProfile *
lsc_session_get_profile (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);
  return self->profile;
}

LscReport *
lsc_session_get_report (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);
  return self->report;
}

void
lsc_session_set_reference (LscSession *self, guint cell)
{
  g_return_if_fail (LSC_IS_SESSION (self));
  g_return_if_fail (self->profile != NULL && cell < lsc_profile_get_n_cells (self->profile));

  lsc_profile_set_reference (self->profile, cell);
  show_profile (self);
}

gboolean
lsc_session_shows_profile (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), FALSE);
  return self->profiler != NULL;
}

gboolean
lsc_session_is_measuring (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), FALSE);
  return self->state != LSC_SESSION_IDLE && self->measures;
}

gboolean
lsc_session_is_watching (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), FALSE);

  if (self->state != LSC_SESSION_RUNNING && self->state != LSC_SESSION_STOPPING)
    return FALSE;
  for (guint i = 0; i < lsc_scene_get_n_strips (self->scene); i++)
    if (lsc_scene_get_strip (self->scene, i)->live)
      return TRUE;
  return !self->measures;
}

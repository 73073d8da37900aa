/* lsc-session-answer.c: what a session has to show: strips, progress, the answer in words.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-session-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-headline.h"
#include "lsc-main-thread.h"
#include "lsc-units.h"

/* ---- pictures ----------------------------------------------------------------- */

/* The answer heads a picture; the question does while there is none. */
void
lsc_session_update_title (LscSession *self)
{
  g_autofree char *headline = lsc_session_dup_headline (self);

  lsc_scene_set_title (self->scene,
                       headline != NULL ? headline : lsc_workload_get_question (self->workload));
}

/* As it was when the run began. */
void
lsc_session_update_subtitle (LscSession *self)
{
  g_autoptr (GString) subtitle = g_string_new (lsc_workload_get_name (self->workload));
  g_autofree char *summary = lsc_inputs_dup_summary (self->inputs, TRUE);
  g_autofree char *machine = lsc_engine_dup_machine ();

  if (*summary != '\0')
    g_string_append_printf (subtitle, " · %s", summary);
  g_string_append (subtitle, " · ");
  g_string_append_printf (subtitle, ngettext ("%u worker", "%u workers", self->n_workers),
                          self->n_workers);
  if (self->one_core)
    g_string_append_printf (subtitle, " · %s", _ ("one core"));
  g_string_append_printf (subtitle, " · %s", machine);
  lsc_scene_set_subtitle (self->scene, subtitle->str);
}

static char *
dup_strip_note (LscRun *run)
{
  const GError *error = lsc_run_get_error (run);
  guint         n_failed = lsc_run_get_n_finished (run) - lsc_run_get_n_done (run);

  if (lsc_run_get_state (run) == LSC_RUN_FAILED && error != NULL)
    return g_strdup (error->message);
  if (lsc_run_get_state (run) == LSC_RUN_STOPPED)
    return g_strdup (_ ("stopped"));
  if (lsc_run_get_state (run) == LSC_RUN_FINISHED && n_failed > 0)
    return g_strdup_printf (ngettext ("%u task failed", "%u tasks failed", n_failed), n_failed);
  return NULL;
}

void
lsc_session_sync_scene (LscSession *self)
{
  guint n;

  g_return_if_fail (LSC_IS_SESSION (self));
  lsc_assert_main_thread ();

  n = MIN (lsc_session_get_n_runs (self), lsc_scene_get_n_strips (self->scene));
  for (guint i = 0; i < n; i++)
    {
      LscRun   *run = lsc_comparison_get_run (self->comparison, i);
      LscStrip *strip = lsc_scene_get_strip (self->scene, i);

      /* One that was over the last time has not changed. */
      if (!strip->live && strip->now_ns > 0)
        continue;
      strip->now_ns = lsc_run_get_elapsed_ns (run);
      strip->live = !lsc_run_is_over (run);
      strip->failed = lsc_run_get_state (run) == LSC_RUN_FAILED;
      if (!strip->live)
        {
          g_free (strip->note);
          strip->note = dup_strip_note (run);
        }
    }
}

/* ---- progress ----------------------------------------------------------------- */

double
lsc_session_get_fraction (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), 0);

  if (self->comparison == NULL || self->state == LSC_SESSION_PREPARING)
    return 0;
  return lsc_comparison_get_fraction (self->comparison);
}

char *
lsc_session_dup_progress (LscSession *self)
{
  LscRun          *run;
  g_autofree char *done = NULL;
  g_autofree char *all = NULL;
  g_autofree char *tasks = NULL;
  g_autofree char *left = NULL;
  gint64           left_ns;
  guint            n_tasks;

  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);

  if (self->state == LSC_SESSION_STOPPING)
    return g_strdup (_ ("Stopping…"));
  run = self->state == LSC_SESSION_RUNNING ? lsc_comparison_get_current (self->comparison) : NULL;
  if (run == NULL)
    return g_strdup (_ ("Preparing…"));

  n_tasks = lsc_run_get_n_tasks (run);
  done = lsc_format_count (lsc_run_get_n_finished (run));
  all = lsc_format_count (n_tasks);
  /* Translators: a mode, then how many of its tasks are done: "Threads: 12 of 48 tasks" */
  tasks = g_strdup_printf (ngettext ("%s: %s of %s task", "%s: %s of %s tasks", n_tasks),
                           lsc_executor_kind_get_label (lsc_run_get_executor (run)), done, all);
  /* What is stopped one by one says nothing about when the others will be. */
  left_ns = lsc_workload_is_endless (self->workload)
                ? -1
                : lsc_comparison_get_time_left_ns (self->comparison);
  if (left_ns < 0)
    return g_steal_pointer (&tasks);
  left = lsc_format_expected (left_ns);
  /* Translators: how far it is, and "about 3 s": "Threads: 12 of 48 tasks, about 3 s left" */
  return g_strdup_printf (_ ("%s, %s left"), tasks, left);
}

/* Whether what was run is what would be run now; the lines of a list are not compared. */
static gboolean
is_as_it_was (LscSession *self)
{
  LscTextList *list = lsc_inputs_get_list (self->inputs);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) now = NULL;

  if (list == NULL || self->run_settings == NULL || lsc_session_get_n_runs (self) == 0 ||
      lsc_text_list_get_n (list) != lsc_run_get_n_tasks (lsc_session_get_run (self, 0)))
    return FALSE;
  before = lsc_settings_serialize (self->run_settings);
  now = lsc_settings_serialize (lsc_inputs_get_settings (self->inputs));
  return g_bytes_equal (before, now);
}

/* By the machine's speed at this, or by how long it took. */
char *
lsc_session_dup_expectation (LscSession *self)
{
  gint64           expected_ns;
  g_autofree char *time = NULL;
  LscRun          *run;

  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);

  if (lsc_workload_is_endless (self->workload))
    return g_strdup (_ ("Runs until you stop it"));
  expected_ns = lsc_inputs_get_expected_ns (self->inputs);
  if (expected_ns > 0)
    {
      time = lsc_format_expected (expected_ns);
      /* Translators: %s is "about 3 s" */
      return g_strdup_printf (_ ("%s in sequence"), time);
    }
  if (!is_as_it_was (self))
    return NULL;
  run = lsc_session_get_run (self, 0);
  if (lsc_run_get_state (run) != LSC_RUN_FINISHED)
    return NULL;
  time = lsc_format_duration (lsc_run_get_elapsed_ns (run));
  /* Translators: a mode, and how long it took: "Sequential took 2.1 s last time" */
  return g_strdup_printf (_ ("%s took %s last time"),
                          lsc_executor_kind_get_label (lsc_run_get_executor (run)), time);
}

/* ---- what came of it ---------------------------------------------------------- */

guint
lsc_session_get_n_runs (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), 0);
  return self->comparison != NULL ? lsc_comparison_get_n_runs (self->comparison) : 0;
}

LscRun *
lsc_session_get_run (LscSession *self, guint index)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);
  g_return_val_if_fail (index < lsc_session_get_n_runs (self), NULL);
  return lsc_comparison_get_run (self->comparison, index);
}

static guint
get_figures (LscSession *self, LscRunFigures *figures)
{
  guint n = MIN (lsc_session_get_n_runs (self), LSC_N_EXECUTOR_KINDS);

  for (guint i = 0; i < n; i++)
    lsc_run_get_figures (lsc_comparison_get_run (self->comparison, i), &figures[i]);
  return n;
}

char *
lsc_session_dup_headline (LscSession *self)
{
  LscRunFigures figures[LSC_N_EXECUTOR_KINDS];
  guint         n;

  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);

  n = get_figures (self, figures);
  return n > 0 ? lsc_headline_dup_title (figures, n) : NULL;
}

char *
lsc_session_dup_detail (LscSession *self)
{
  LscRunFigures figures[LSC_N_EXECUTOR_KINDS];
  guint         n;

  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);

  n = get_figures (self, figures);
  return n > 0 ? lsc_headline_dup_detail (figures, n, lsc_engine_get_n_cores ()) : NULL;
}

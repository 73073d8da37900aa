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

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-calibration.h"
#include "lsc-headline.h"
#include "lsc-load.h"
#include "lsc-main-thread.h"
#include "lsc-units.h"

/* Of the processes that a sample starts, about. */
#define START_NS (50 * LSC_NS_PER_MS)

/* ---- progress ----------------------------------------------------------------- */

double
lsc_session_get_fraction (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), 0);

  if (self->state == LSC_SESSION_PREPARING)
    return 0;
  if (self->profiler != NULL)
    return lsc_profiler_get_fraction (self->profiler);
  return self->comparison != NULL ? lsc_comparison_get_fraction (self->comparison) : 0;
}

/* With how long it takes, where that is known. */
static char *
add_time_left (char *progress, gint64 left_ns)
{
  g_autofree char *so_far = progress;
  g_autofree char *left = NULL;

  if (left_ns < 0)
    return g_steal_pointer (&so_far);
  left = lsc_format_expected (left_ns);
  /* Translators: how far it is, and "about 3 s": "Threads: 12 of 48 tasks, about 3 s left" */
  return g_strdup_printf (_ ("%s, %s left"), so_far, left);
}

static char *
dup_run_progress (LscSession *self)
{
  LscRun          *run = lsc_comparison_get_current (self->comparison);
  g_autofree char *done = NULL;
  g_autofree char *all = NULL;
  char            *tasks;
  guint            n_tasks;

  if (run == NULL)
    return g_strdup (_ ("Preparing…"));
  n_tasks = lsc_run_get_n_tasks (run);
  done = lsc_format_count (lsc_run_get_n_finished (run));
  all = lsc_format_count (n_tasks);
  /* Translators: a mode, then how many of its tasks are done: "Threads: 12 of 48 tasks" */
  tasks = g_strdup_printf (ngettext ("%s: %s of %s task", "%s: %s of %s tasks", n_tasks),
                           lsc_executor_kind_get_label (lsc_run_get_executor (run)), done, all);
  /* What is stopped one by one says nothing about when the others will be. */
  return add_time_left (tasks, lsc_workload_is_endless (self->workload)
                                   ? -1
                                   : lsc_comparison_get_time_left_ns (self->comparison));
}

const char *
lsc_session_get_language_label (LscSession *self, const LscProfileCell *cell)
{
  LscWorkload *workload = self->workload;

  if (self->companion != NULL &&
      strcmp (cell->workload_id, lsc_workload_get_id (self->companion)) == 0)
    workload = self->companion;
  /* Translators: behind the name of a function */
  return lsc_workload_get_kind (workload) == LSC_WORKLOAD_PYTHON ? _ ("in Python") : _ ("in C");
}

/* "Threads, 4 workers", "build_set, in C" */
static char *
dup_cell_name (LscSession *self, guint cell)
{
  const LscProfileCell *of = lsc_profile_get_cell (self->profile, cell);
  g_autofree char      *workers = NULL;

  if (of->input != NULL)
    /* Translators: a function, and "in Python" */
    return g_strdup_printf (_ ("%s, %s"), of->input, lsc_session_get_language_label (self, of));
  if (!lsc_executor_kind_has_workers (of->executor))
    return g_strdup (lsc_executor_kind_get_label (of->executor));
  workers = g_strdup_printf (ngettext ("%u worker", "%u workers", of->n_workers), of->n_workers);
  /* Translators: a mode, and "4 workers" */
  return g_strdup_printf (_ ("%s, %s"), lsc_executor_kind_get_label (of->executor), workers);
}

static char *
dup_measure_progress (LscSession *self)
{
  gint             cell = lsc_profiler_get_current_cell (self->profiler);
  g_autofree char *name = NULL;
  char            *text;

  if (cell < 0)
    return g_strdup (_ ("Preparing…"));
  name = dup_cell_name (self, (guint)cell);
  if (lsc_profiler_is_warming_up (self->profiler))
    /* Translators: "Warming up: Threads, 4 workers (2 of 7)" */
    text = g_strdup_printf (_ ("Warming up: %s (%d of %u)"), name, cell + 1,
                            lsc_profile_get_n_cells (self->profile));
  else
    /* Translators: "Round 7 of at most 50: Threads, 4 workers" */
    text = g_strdup_printf (_ ("Round %u of at most %u: %s"),
                            lsc_profiler_get_round (self->profiler) + 1, self->max_rounds, name);
  return add_time_left (text, lsc_profiler_get_time_left_ns (self->profiler));
}

char *
lsc_session_dup_progress (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);

  if (self->state == LSC_SESSION_STOPPING)
    return g_strdup (_ ("Stopping…"));
  if (self->state != LSC_SESSION_RUNNING)
    return g_strdup (_ ("Preparing…"));
  return self->profiler != NULL ? dup_measure_progress (self) : dup_run_progress (self);
}

/* ---- how long it takes -------------------------------------------------------- */

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

static gboolean
is_done_in_sequence (LscRun *run)
{
  return lsc_run_get_executor (run) == LSC_EXECUTOR_SEQUENTIAL &&
         lsc_run_get_state (run) == LSC_RUN_FINISHED;
}

/* In sequence, of what would be run now. NULL: there is none. */
static LscRun *
find_last_in_sequence (LscSession *self)
{
  if (!is_as_it_was (self))
    return NULL;
  for (guint i = 0; i < lsc_session_get_n_runs (self); i++)
    {
      LscRun *run = lsc_session_get_run (self, i);

      if (is_done_in_sequence (run))
        return run;
    }
  return NULL;
}

void
lsc_session_learn_speed (LscSession *self)
{
  for (guint i = 0; i < lsc_session_get_n_runs (self); i++)
    {
      LscRun *run = lsc_session_get_run (self, i);

      if (is_done_in_sequence (run))
        lsc_calibration_learn (self->run_workload, self->run_settings, lsc_run_get_recording (run));
    }
}

static char *
dup_expected (LscSession *self, gint64 expected_ns)
{
  LscRun          *run = find_last_in_sequence (self);
  g_autofree char *time = lsc_format_expected (expected_ns);
  g_autofree char *took = NULL;

  if (run == NULL ||
      !lsc_calibration_is_off ((double)expected_ns, (double)lsc_run_get_elapsed_ns (run)))
    /* Translators: %s is "about 3 s" */
    return g_strdup_printf (_ ("%s in sequence"), time);
  took = lsc_format_duration (lsc_run_get_elapsed_ns (run));
  /* Translators: a mode, how long it took, and what was expected: "Sequential took 8.6 s last time,
   * not about 3 s" */
  return g_strdup_printf (_ ("%s took %s last time, not %s"),
                          lsc_executor_kind_get_label (LSC_EXECUTOR_SEQUENTIAL), took, time);
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
    return dup_expected (self, expected_ns);
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

/* Of a mode, as far as anything is known: what it took, else what it would if nothing but the
 * cores kept it from being faster. */
static gint64
expect_mode_ns (LscSession *self, LscExecutorKind kind, guint n_workers, gboolean as_it_was)
{
  gint64 in_sequence_ns = lsc_inputs_get_expected_ns (self->inputs);
  guint  n_tasks = lsc_text_list_get_n (lsc_inputs_get_list (self->inputs));
  guint  n_cores = self->one_core ? 1 : lsc_engine_get_n_cores ();

  for (guint i = 0; as_it_was && i < lsc_session_get_n_runs (self); i++)
    {
      LscRun *run = lsc_session_get_run (self, i);

      if (lsc_run_get_executor (run) == kind && lsc_run_get_n_workers (run) == n_workers &&
          lsc_run_get_state (run) == LSC_RUN_FINISHED)
        return lsc_run_get_elapsed_ns (run);
    }
  if (in_sequence_ns < 0)
    return -1;
  if (!lsc_executor_kind_has_workers (kind) ||
      (kind == LSC_EXECUTOR_THREADS &&
       lsc_workload_get_kind (self->workload) == LSC_WORKLOAD_PYTHON))
    return in_sequence_ns;
  return lsc_calibration_expect_ns ((double)in_sequence_ns, 1, kind, n_workers, n_cores, n_tasks);
}

static gint64
expect_suite_ns (LscSession *self)
{
  LscInputs *companion = lsc_session_get_companion_inputs (self);
  gint64     start_ns = START_NS * lsc_text_list_get_n (lsc_inputs_get_list (self->inputs));
  gint64     own_ns = lsc_inputs_get_expected_ns (self->inputs);
  gint64     beside_ns = companion != NULL ? lsc_inputs_get_expected_ns (companion) : 0;

  if (own_ns < 0 || beside_ns < 0)
    return -1;
  return own_ns + beside_ns + (companion != NULL ? 2 : 1) * start_ns;
}

/* Of every cell once. */
static gint64
expect_round_ns (LscSession *self)
{
  g_autoptr (GArray) counts = lsc_session_get_counts (self, NULL);
  LscExecutorKind kinds[LSC_N_EXECUTOR_KINDS];
  guint           n_kinds = lsc_session_get_kinds (self, kinds);
  gboolean        as_it_was = is_as_it_was (self);
  gint64          sum_ns = 0;

  if (lsc_inputs_get_list (self->inputs) == NULL || counts == NULL)
    return -1;
  if (lsc_session_is_suite (self))
    return expect_suite_ns (self);
  for (guint i = 0; i < n_kinds; i++)
    for (guint j = 0; j < (lsc_executor_kind_has_workers (kinds[i]) ? counts->len : 1); j++)
      {
        guint  n = lsc_executor_kind_has_workers (kinds[i]) ? g_array_index (counts, guint, j) : 1;
        gint64 mode_ns = expect_mode_ns (self, kinds[i], n, as_it_was);

        if (mode_ns < 0)
          return -1;
        sum_ns += mode_ns + START_NS;
      }
  return sum_ns;
}

char *
lsc_session_dup_measure_expectation (LscSession *self, gboolean in_full)
{
  gint64           round_ns;
  gint64           limit_ns = self->measure->max_seconds * LSC_NS_PER_S;
  gint64           least_ns;
  gint64           most_ns;
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;

  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);

  if (!lsc_session_can_measure (self, NULL))
    return NULL;
  round_ns = expect_round_ns (self);
  if (round_ns < 0)
    return NULL;
  /* A warm-up, and at least one round. */
  least_ns = MAX (MIN (round_ns * (self->measure->min_rounds + 1), limit_ns), 2 * round_ns);
  most_ns = MAX (MIN (round_ns * (self->measure->max_rounds + 1), limit_ns), 2 * round_ns);
  least = lsc_format_expected (least_ns);
  most = lsc_format_expected (most_ns);
  if (!in_full)
    return g_steal_pointer (&least);
  if (strcmp (least, most) == 0)
    /* Translators: %s is "about 1 min" */
    return g_strdup_printf (_ ("Measuring takes %s."), least);
  /* Translators: both are times such as "about 1 min" */
  return g_strdup_printf (_ ("Measuring takes %s, or %s where times vary."), least, most);
}

char *
lsc_session_dup_expectations (LscSession *self)
{
  g_autofree char *once = lsc_session_dup_expectation (self);
  g_autofree char *measuring = NULL;

  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);

  if (self->state == LSC_SESSION_IDLE)
    measuring = lsc_session_dup_measure_expectation (self, FALSE);
  if (measuring == NULL)
    return g_steal_pointer (&once);
  if (once == NULL)
    /* Translators: %s is a time: "measuring about 1 min" */
    return g_strdup_printf (_ ("measuring %s"), measuring);
  /* Translators: how long the work takes, and how long measuring it takes: "about 3 s in sequence,
   * measuring about 1 min" */
  return g_strdup_printf (_ ("%s, measuring %s"), once, measuring);
}

/* ---- what came of it ---------------------------------------------------------- */

guint
lsc_session_get_n_runs (LscSession *self)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), 0);
  if (self->profiler != NULL)
    return self->strip_cells->len;
  return self->comparison != NULL ? lsc_comparison_get_n_runs (self->comparison) : 0;
}

LscRun *
lsc_session_get_run (LscSession *self, guint index)
{
  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);
  g_return_val_if_fail (index < lsc_session_get_n_runs (self), NULL);
  if (self->profiler != NULL)
    return lsc_profiler_get_run (self->profiler, g_array_index (self->strip_cells, guint, index));
  return lsc_comparison_get_run (self->comparison, index);
}

static guint
get_figures (LscSession *self, LscRunFigures *figures)
{
  guint n = MIN (lsc_session_get_n_runs (self), LSC_N_EXECUTOR_KINDS);

  for (guint i = 0; i < n; i++)
    {
      LscRun       *run = lsc_comparison_get_run (self->comparison, i);
      LscRecording *recording = lsc_run_get_recording (run);

      lsc_run_get_figures (run, &figures[i]);
      figures[i].is_loaded = recording != NULL && lsc_load_was_there (recording);
    }
  return n;
}

char *
lsc_session_dup_headline (LscSession *self)
{
  LscRunFigures figures[LSC_N_EXECUTOR_KINDS];
  guint         n;

  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);

  if (self->profiler != NULL)
    return self->report != NULL ? lsc_report_dup_headline (self->report) : NULL;
  n = get_figures (self, figures);
  return n > 0 ? lsc_headline_dup_title (figures, n) : NULL;
}

char *
lsc_session_dup_detail (LscSession *self)
{
  LscRunFigures figures[LSC_N_EXECUTOR_KINDS];
  guint         n;

  g_return_val_if_fail (LSC_IS_SESSION (self), NULL);

  if (self->profiler != NULL)
    return self->report != NULL ? lsc_report_dup_detail (self->report) : NULL;
  n = get_figures (self, figures);
  return n > 0 ? lsc_headline_dup_detail (figures, n, lsc_engine_get_n_cores ()) : NULL;
}

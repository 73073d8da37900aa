/* lsc-report-detail.c: how it was measured, and why it came out so.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-mode-sentences.h"
#include "lsc-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Threads that gain less than this gain nothing, as far as a lock is concerned. */
#define LOCK_RATIO 1.1
/* Handing the lock over costs some time, but not as much as this. */
#define LOCK_COST 1.5
/* Cores in use in sequence, at least, of work that computes; the rest is the start. */
#define MIN_COMPUTING 0.8
/* Cores in use in sequence, at most, of work that mostly waits. */
#define MAX_WAITING 0.5
/* The share of the cores that is in use, at least, where workers have to share them. */
#define MIN_SHARED 0.5

static const LscProfileCell *
get_cell (LscReport *self, guint cell)
{
  return lsc_profile_get_cell (self->profile, cell);
}

/* ---- how it was measured -------------------------------------------------------------- */

/* In the last round some cells had their turn, and others had not. */
static gboolean
is_last_round_cut (LscReport *self, guint n_rounds)
{
  gboolean some = FALSE;
  gboolean all = TRUE;

  for (guint i = 0; i < self->n_cells; i++)
    {
      guint            n;
      const LscSample *samples = lsc_profile_get_samples (self->profile, i, &n);
      gboolean         has = n > 0 && samples[n - 1].round + 1 == n_rounds;

      if (get_cell (self, i)->problem != NULL)
        continue;
      some = some || has;
      all = all && has;
    }
  return some && !all;
}

static char *
say_stopped (LscReport *self, guint n)
{
  if (is_last_round_cut (self, n))
    return g_strdup_printf (_ ("Stopped in round %u; the figures are from what was measured until "
                               "then."),
                            n);
  return g_strdup_printf (ngettext ("Stopped after %u round; the figures are from it.",
                                    "Stopped after %u rounds; the figures are from these.", n),
                          n);
}

/* Of several cells, whose order was random. */
static char *
say_rounds_in_random_order (LscProfileEnd end, guint n)
{
  switch (end)
    {
    case LSC_PROFILE_GOES_ON:
      return g_strdup_printf (
          ngettext ("%u round so far, in random order.", "%u rounds so far, in random order.", n),
          n);
    case LSC_PROFILE_PRECISE:
      return g_strdup_printf (
          ngettext ("Measured in %u round, in random order, until all was precise enough.",
                    "Measured in %u rounds, in random order, until all was precise enough.", n),
          n);
    case LSC_PROFILE_TIME:
      return g_strdup_printf (
          ngettext ("Measured in %u round, in random order, until the time was up.",
                    "Measured in %u rounds, in random order, until the time was up.", n),
          n);
    case LSC_PROFILE_ROUNDS:
    case LSC_PROFILE_STOPPED:
    case LSC_PROFILE_FAILED:
    default:
      return g_strdup_printf (ngettext ("Measured in %u round, in random order.",
                                        "Measured in %u rounds, in random order.", n),
                              n);
    }
}

static char *
say_rounds_as_they_came (LscProfileEnd end, guint n)
{
  switch (end)
    {
    case LSC_PROFILE_GOES_ON:
      return g_strdup_printf (ngettext ("%u round so far.", "%u rounds so far.", n), n);
    case LSC_PROFILE_PRECISE:
      return g_strdup_printf (ngettext ("Measured in %u round, until it was precise enough.",
                                        "Measured in %u rounds, until it was precise enough.", n),
                              n);
    case LSC_PROFILE_TIME:
      return g_strdup_printf (ngettext ("Measured in %u round, until the time was up.",
                                        "Measured in %u rounds, until the time was up.", n),
                              n);
    case LSC_PROFILE_ROUNDS:
    case LSC_PROFILE_STOPPED:
    case LSC_PROFILE_FAILED:
    default:
      return g_strdup_printf (ngettext ("Measured in %u round.", "Measured in %u rounds.", n), n);
    }
}

static void
add_rounds (LscReport *self, GString *text)
{
  LscProfileEnd end = lsc_profile_get_end (self->profile);
  guint         n = lsc_profile_get_n_rounds (self->profile);

  if (n == 0)
    return;
  if (end == LSC_PROFILE_STOPPED)
    lsc_take_sentence (text, say_stopped (self, n));
  else if (end == LSC_PROFILE_FAILED)
    lsc_take_sentence (text,
                       g_strdup_printf (ngettext ("Ended after %u round: nothing was left that "
                                                  "could be measured.",
                                                  "Ended after %u rounds: nothing was left that "
                                                  "could be measured.",
                                                  n),
                                        n));
  else if (self->n_cells > 1 && lsc_profile_get_seed (self->profile) != 0)
    lsc_take_sentence (text, say_rounds_in_random_order (end, n));
  else
    lsc_take_sentence (text, say_rounds_as_they_came (end, n));
}

/* ---- why ------------------------------------------------------------------------------ */

/* Its time over the cell's is surely from `low` to `high`. */
static gboolean
is_within (const LscVerdict *verdict, double low, double high)
{
  return verdict->low >= low && verdict->high <= high;
}

static gboolean
waits_in_sequence (const LscCellFigures *async, const LscCellFigures *sequential)
{
  return async->verdict.kind == LSC_VERDICT_FASTER && sequential->cores <= MAX_WAITING;
}

/* One that computes all the time, and the same work on threads. */
static gboolean
is_bound_by_lock (const LscCellFigures *threads, const LscCellFigures *sequential)
{
  return is_within (&threads->verdict, 1 / LOCK_COST, LOCK_RATIO) &&
         sequential->cores >= MIN_COMPUTING && threads->cores <= 2 - MIN_COMPUTING;
}

/* What the figures say of the cell, at most once each. Unknown cores, NAN, say nothing. */
typedef enum
{
  WHY_ASYNC = 1 << 0,
  WHY_LOCK = 1 << 1,
  WHY_NO_LOCK = 1 << 2,
} Why;

static Why
find_why (LscReport *self, guint index)
{
  const LscProfileCell *cell = get_cell (self, index);
  const LscCellFigures *figures = &self->figures[index];
  const LscProfileCell *other;
  const LscCellFigures *sequential;
  gboolean              may_be_parallel;

  if (figures->verdict.kind == LSC_VERDICT_NONE || figures->reference < 0)
    return 0;
  other = get_cell (self, (guint)figures->reference);
  if (other->executor != LSC_EXECUTOR_SEQUENTIAL || !lsc_report_is_same_work (cell, other))
    return 0;

  sequential = &self->figures[figures->reference];
  may_be_parallel = cell->executor == LSC_EXECUTOR_THREADS && cell->n_workers > 1 &&
                    !cell->one_core && lsc_profile_get_conditions (self->profile)->n_cores > 1;
  if (cell->executor == LSC_EXECUTOR_ASYNC && waits_in_sequence (figures, sequential))
    return WHY_ASYNC;
  if (may_be_parallel && cell->lock == LSC_PROFILE_LOCK_ON &&
      is_bound_by_lock (figures, sequential))
    return WHY_LOCK;
  if (may_be_parallel && cell->lock == LSC_PROFILE_LOCK_OFF && figures->verdict.low > LOCK_RATIO)
    return WHY_NO_LOCK;
  return 0;
}

static void
add_why (LscReport *self, GString *text)
{
  Why why = 0;

  for (guint i = 0; i < self->n_cells; i++)
    why |= find_why (self, i);

  if (why & WHY_ASYNC)
    lsc_take_sentence (text,
                       g_strdup (_ ("Why? While one task waits, async goes on with another.")));
  if (why & WHY_LOCK)
    lsc_take_sentence (text, g_strdup (_ ("Why? The interpreter’s lock (GIL) lets one thread "
                                          "compute at a time.")));
  if (why & WHY_NO_LOCK)
    lsc_take_sentence (text, g_strdup (_ ("Why? This Python runs without its lock (GIL): its "
                                          "threads compute at the same time.")));
}

/* ---- how many workers ----------------------------------------------------------------- */

static gboolean
gains_anything (LscReport *self, const LscSweep *sweep)
{
  for (guint i = 0; i < sweep->n; i++)
    {
      if (self->figures[sweep->points[i].cell].verdict.kind == LSC_VERDICT_FASTER)
        return TRUE;
    }
  return FALSE;
}

static char *
say_enough (const LscSweep *sweep, gboolean with_mode)
{
  const char *mode = lsc_executor_kind_get_label (sweep->executor);
  guint       n = sweep->points[sweep->enough].n_workers;
  guint       next = sweep->points[sweep->enough + 1].n_workers;
  gboolean    is_last = (guint)sweep->enough + 2 == sweep->n;

  /* Translators: numbers of workers; %s is a mode such as "Processes". The plural is that of the
   * first number. */
  if (is_last && with_mode)
    return g_strdup_printf (ngettext ("%s: %u worker is enough; %u are not faster.",
                                      "%s: %u workers are enough; %u are not faster.", n),
                            mode, n, next);
  if (is_last)
    return g_strdup_printf (ngettext ("%u worker is enough: %u are not faster.",
                                      "%u workers are enough: %u are not faster.", n),
                            n, next);
  if (with_mode)
    return g_strdup_printf (ngettext ("%s: %u worker is enough; more are not faster.",
                                      "%s: %u workers are enough; more are not faster.", n),
                            mode, n);
  return g_strdup_printf (ngettext ("%u worker is enough: more are not faster.",
                                    "%u workers are enough: more are not faster.", n),
                          n);
}

static void
add_enough (LscReport *self, GString *text)
{
  guint n_told = 0;

  /* Of several workloads, the picture says it better. */
  if (self->groups->len > 1)
    return;
  for (guint i = 0; i < self->sweeps->len; i++)
    n_told += gains_anything (self, g_ptr_array_index (self->sweeps, i));
  for (guint i = 0; i < self->sweeps->len; i++)
    {
      const LscSweep *sweep = g_ptr_array_index (self->sweeps, i);

      if (sweep->enough >= 0 && (guint)sweep->enough + 1 < sweep->n && gains_anything (self, sweep))
        lsc_take_sentence (text, say_enough (sweep, n_told > 1));
    }
}

static void
add_shared_cores (LscReport *self, GString *text)
{
  guint n_cores = lsc_profile_get_conditions (self->profile)->n_cores;
  guint n_workers = 0;

  for (guint i = 0; i < self->n_cells; i++)
    {
      const LscProfileCell *cell = get_cell (self, i);

      /* Those that wait most of the time do not need one each. */
      if (lsc_executor_kind_has_workers (cell->executor) && !cell->one_core &&
          self->figures[i].cores >= MIN_SHARED * n_cores)
        n_workers = MAX (n_workers, cell->n_workers);
    }
  if (n_cores > 0 && n_workers > n_cores)
    lsc_take_sentence (text, lsc_mode_sentence_shared (n_workers, n_cores));
}

static void
add_explanation (LscReport *self, GString *text)
{
  add_why (self, text);
  add_enough (self, text);
  add_shared_cores (self, text);
}

char *
lsc_report_dup_explanation (LscReport *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (LSC_IS_REPORT (self), NULL);

  add_explanation (self, text);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

char *
lsc_report_dup_memory_note (LscReport *self)
{
  g_return_val_if_fail (LSC_IS_REPORT (self), NULL);

  for (guint i = 0; i < self->n_cells; i++)
    if (isfinite (self->figures[i].memory.median))
      return g_strdup (_ ("Memory is the most that the largest process had, not the sum of all."));
  return NULL;
}

char *
lsc_report_dup_detail (LscReport *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (LSC_IS_REPORT (self), NULL);

  add_rounds (self, text);
  add_explanation (self, text);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

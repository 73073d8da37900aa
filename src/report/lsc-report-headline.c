/* lsc-report-headline.c: the answer in words: what is sure, and what is not yet known as that.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sentences are whole and put one after another. Of one group: one for each mode. What is compared
 * otherwise, or in several groups, is summed up in lsc-report-summary.c.
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-mode-sentences.h"
#include "lsc-report-summary-private.h"
#include "lsc-verdict-words.h"

#include <glib/gi18n-lib.h>

/* What there is to say of a mode, in this order. */
typedef enum
{
  SAYS_FASTER,
  SAYS_SAME, /* no number of workers gains anything */
  SAYS_SLOWER,
  SAYS_UNKNOWN,
  SAYS_FAILED,
  SAYS_NOTHING,
} Says;

typedef struct
{
  LscExecutorKind executor;
  Says            says;
  guint           cell; /* which it is said of */
  guint           n_worker_counts;
} ModeAnswer;

static const LscCellFigures *
get_figures (LscReport *self, guint cell)
{
  return &self->figures[cell];
}

/* ---- an answer for each mode ---------------------------------------------------------- */

/* Where the sweep says that fewer workers are as good as the best, these. */
static guint
prefer_enough (LscReport *self, guint best)
{
  for (guint i = 0; i < self->sweeps->len; i++)
    {
      const LscSweep *sweep = g_ptr_array_index (self->sweeps, i);

      for (guint k = 0; k < sweep->n; k++)
        {
          guint enough;

          if (sweep->points[k].cell != best || sweep->enough < 0)
            continue;
          enough = sweep->points[sweep->enough].cell;
          if (get_figures (self, enough)->verdict.kind == LSC_VERDICT_FASTER)
            return enough;
        }
    }
  return best;
}

static gboolean
has_failed (LscReport *self, guint cell)
{
  const LscCellFigures *figures = get_figures (self, cell);

  return figures->n == 0 && (figures->n_failed + figures->n_timed_out > 0 ||
                             lsc_profile_get_cell (self->profile, cell)->problem != NULL);
}

/* Whether it is the same or slower than in sequence may not be known; that it gains nothing is. */
static gboolean
gains_nothing (LscReport *self, const LscCellFigures *figures)
{
  return figures->verdict.high <= 1 + LSC_DEFAULT_BAND && figures->reference >= 0 &&
         lsc_profile_get_cell (self->profile, (guint)figures->reference)->executor ==
             LSC_EXECUTOR_SEQUENTIAL;
}

/* How it counts in the choice of what is said of its mode. */
static Says
get_says (LscReport *self, guint cell)
{
  const LscCellFigures *figures = get_figures (self, cell);

  switch (figures->verdict.kind)
    {
    case LSC_VERDICT_FASTER:
      return SAYS_FASTER;
    case LSC_VERDICT_SAME:
      return SAYS_SAME;
    case LSC_VERDICT_SLOWER:
      return SAYS_SLOWER;
    case LSC_VERDICT_UNKNOWN:
      return gains_nothing (self, figures) ? SAYS_SAME : SAYS_UNKNOWN;
    case LSC_VERDICT_NONE:
    default:
      return has_failed (self, cell) ? SAYS_FAILED : SAYS_NOTHING;
    }
}

static void
take_cell (LscReport *self, ModeAnswer *answer, guint cell)
{
  static const guint weight[] = {
    [SAYS_FASTER] = 5, [SAYS_UNKNOWN] = 4, [SAYS_SAME] = 3,
    [SAYS_SLOWER] = 2, [SAYS_FAILED] = 1,  [SAYS_NOTHING] = 0,
  };
  Says says = get_says (self, cell);

  if (weight[says] < weight[answer->says])
    return;
  if (weight[says] == weight[answer->says] &&
      !(get_figures (self, cell)->verdict.ratio > get_figures (self, answer->cell)->verdict.ratio))
    return;
  answer->says = says;
  answer->cell = cell;
}

static guint
count_workers (LscReport *self, const LscReportGroup *group, LscExecutorKind executor)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < group->cells->len; i++)
    {
      const LscProfileCell *cell =
          lsc_profile_get_cell (self->profile, g_array_index (group->cells, guint, i));

      if (cell->executor == executor)
        g_hash_table_add (seen, GUINT_TO_POINTER (cell->n_workers));
    }
  return g_hash_table_size (seen);
}

static ModeAnswer
answer_mode (LscReport *self, const LscReportGroup *group, LscExecutorKind executor)
{
  ModeAnswer answer = { .executor = executor, .says = SAYS_NOTHING };

  answer.cell = g_array_index (group->cells, guint, 0);
  answer.n_worker_counts = count_workers (self, group, executor);
  for (guint i = 0; i < group->cells->len; i++)
    {
      guint index = g_array_index (group->cells, guint, i);

      if (lsc_profile_get_cell (self->profile, index)->executor == executor &&
          (gint)index != group->reference)
        take_cell (self, &answer, index);
    }
  if (answer.says == SAYS_FASTER)
    answer.cell = prefer_enough (self, answer.cell);
  return answer;
}

static gint
compare_answers (gconstpointer a, gconstpointer b, gpointer report)
{
  const ModeAnswer *first = a;
  const ModeAnswer *second = b;
  double            difference;

  if (first->says != second->says)
    return first->says < second->says ? -1 : 1;
  difference = get_figures (report, second->cell)->verdict.ratio -
               get_figures (report, first->cell)->verdict.ratio;
  return (difference > 0) - (difference < 0);
}

/* ---- its sentence --------------------------------------------------------------------- */

static char *
say_gains_nothing (LscExecutorKind executor)
{
  switch (executor)
    {
    case LSC_EXECUTOR_ASYNC:
      return g_strdup (_ ("Async gains nothing."));
    case LSC_EXECUTOR_THREADS:
      return g_strdup (_ ("Threads gain nothing."));
    case LSC_EXECUTOR_PROCESSES:
      return g_strdup (_ ("Processes gain nothing."));
    case LSC_EXECUTOR_CLUSTER:
      return g_strdup (_ ("The cluster gains nothing."));
    case LSC_EXECUTOR_SEQUENTIAL:
    default:
      return g_strdup (_ ("In sequence it is the same."));
    }
}

/* The mode's name says which one is meant. */
static gboolean
is_only_of_its_mode (LscReport *self, const LscReportGroup *group, guint cell)
{
  LscExecutorKind executor = lsc_profile_get_cell (self->profile, cell)->executor;
  guint           n = 0;

  for (guint i = 0; i < group->cells->len; i++)
    n += lsc_profile_get_cell (self->profile, g_array_index (group->cells, guint, i))->executor ==
         executor;
  return n == 1;
}

static char *
say_answer (LscReport            *self,
            const LscReportGroup *group,
            const ModeAnswer     *answer,
            const char           *label,
            gboolean              is_first)
{
  guint             reference = (guint)group->reference;
  LscExecutorKind   against = lsc_profile_get_cell (self->profile, reference)->executor;
  const LscVerdict *verdict = &get_figures (self, answer->cell)->verdict;
  g_autofree char  *by = NULL;

  if (answer->says == SAYS_UNKNOWN)
    return g_strdup_printf (_ ("%s: not yet known."), label);
  if (answer->says == SAYS_FAILED)
    return g_strdup_printf (_ ("%s: failed."), label);
  if (answer->says == SAYS_SAME && against == LSC_EXECUTOR_SEQUENTIAL)
    return say_gains_nothing (answer->executor);

  /* "than threads" is not enough where there are several of them. */
  if (is_first && (answer->executor == against || !is_only_of_its_mode (self, group, reference)))
    return lsc_report_say_against (self, answer->cell, reference, label);
  if (answer->says == SAYS_SAME)
    return is_first ? lsc_report_say_against (self, answer->cell, reference, label)
                    : g_strdup_printf (_ ("%s: the same."), label);

  by = lsc_verdict_dup_amount (verdict);
  return answer->says == SAYS_FASTER
             ? lsc_mode_sentence_faster (label, answer->executor, against, is_first, by)
             : lsc_mode_sentence_slower (label, against, is_first, by);
}

/* It says what it is compared with: the next need not. */
static gboolean
says_against (LscReport *self, const LscReportGroup *group, const ModeAnswer *answer)
{
  if (answer->says == SAYS_SAME)
    return lsc_profile_get_cell (self->profile, (guint)group->reference)->executor !=
           LSC_EXECUTOR_SEQUENTIAL;
  return answer->says == SAYS_FASTER || answer->says == SAYS_SLOWER;
}

/* "Processes", or "Processes, 4 workers" where there are several numbers. */
static char *
dup_mode_label (LscReport *self, const ModeAnswer *answer)
{
  if (answer->n_worker_counts > 1 && answer->says != SAYS_UNKNOWN && answer->says != SAYS_FAILED)
    return lsc_report_dup_own_label (self, answer->cell);
  return g_strdup (lsc_executor_kind_get_label (answer->executor));
}

static void
say_modes (LscReport *self, const LscReportGroup *group, GString *text)
{
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (ModeAnswer));
  gboolean all_slower = TRUE;
  gboolean all_unknown = TRUE;
  gboolean is_first = TRUE;

  for (guint kind = 0; kind < LSC_N_EXECUTOR_KINDS; kind++)
    {
      ModeAnswer answer = answer_mode (self, group, (LscExecutorKind)kind);

      if (answer.says == SAYS_NOTHING)
        continue;
      all_slower = all_slower && answer.says == SAYS_SLOWER;
      all_unknown = all_unknown && answer.says == SAYS_UNKNOWN;
      g_array_append_val (answers, answer);
    }
  g_array_sort_with_data (answers, compare_answers, self);

  if (all_unknown && answers->len > 0)
    {
      lsc_take_sentence (text, g_strdup (_ ("It is not yet known which is faster.")));
      return;
    }
  if (all_slower && answers->len > 0 && is_only_of_its_mode (self, group, (guint)group->reference))
    {
      lsc_take_sentence (
          text, lsc_mode_sentence_fastest (
                    lsc_profile_get_cell (self->profile, (guint)group->reference)->executor));
      is_first = FALSE;
    }
  for (guint i = 0; i < answers->len; i++)
    {
      const ModeAnswer *answer = &g_array_index (answers, ModeAnswer, i);
      g_autofree char  *label = dup_mode_label (self, answer);

      lsc_take_sentence (text, say_answer (self, group, answer, label, is_first));
      is_first = is_first && !says_against (self, group, answer);
    }
}

/* ---- the whole ------------------------------------------------------------------------ */

static gboolean
is_of_modes (LscReport *self, const LscReportGroup *group)
{
  const LscProfileCell *first =
      lsc_profile_get_cell (self->profile, g_array_index (group->cells, guint, 0));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < group->cells->len; i++)
    {
      const LscProfileCell *cell =
          lsc_profile_get_cell (self->profile, g_array_index (group->cells, guint, i));

      if (!lsc_report_is_same_work (first, cell) ||
          !g_hash_table_add (
              seen, GUINT_TO_POINTER (cell->n_workers * LSC_N_EXECUTOR_KINDS + cell->executor)))
        return FALSE;
    }
  return TRUE;
}

char *
lsc_report_dup_headline (LscReport *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const LscReportGroup *group;

  g_return_val_if_fail (LSC_IS_REPORT (self), NULL);

  if (self->groups->len == 0)
    return NULL;
  group = g_ptr_array_index (self->groups, 0);
  if (self->groups->len > 1)
    lsc_report_say_groups (self, text);
  else if (group->reference < 0 || group->cells->len == 1)
    lsc_report_say_alone (self, group, text);
  else if (is_of_modes (self, group))
    say_modes (self, group, text);
  else
    lsc_report_say_cells (self, group, text);

  if (text->len == 0 && !lsc_report_goes_on (self))
    lsc_report_say_too_little (self, text);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

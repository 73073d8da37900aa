/* lsc-report-summary.c: the headline, where it is not of modes alone.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-mode-sentences.h"
#include "lsc-report-summary-private.h"
#include "lsc-units.h"
#include "lsc-verdict-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A headline has no more sentences than this of cells or groups; the picture has them all. */
#define MAX_SENTENCES 3u

static guint
get_cell (const LscReportGroup *group, guint index)
{
  return g_array_index (group->cells, guint, index);
}

static const LscVerdict *
get_verdict (LscReport *self, guint cell)
{
  return &self->figures[cell].verdict;
}

char *
lsc_report_say_against (LscReport *self, guint cell, guint reference, const char *label)
{
  const LscVerdict *verdict = get_verdict (self, cell);
  g_autofree char  *other = lsc_report_dup_own_label (self, reference);
  g_autofree char  *by = NULL;

  if (verdict->kind == LSC_VERDICT_SAME)
    /* Translators: the names of two things that were measured. */
    return g_strdup_printf (_ ("%s: the same as “%s”."), label, other);
  if (verdict->kind == LSC_VERDICT_UNKNOWN || verdict->kind == LSC_VERDICT_NONE)
    return g_strdup_printf (_ ("%s: not yet known."), label);

  by = lsc_verdict_dup_amount (verdict);
  /* Translators: the name of what was measured, a figure such as "1.9×" or "5 %", the name of what
   * it is compared with. */
  if (verdict->kind == LSC_VERDICT_FASTER)
    return g_strdup_printf (_ ("%s: %s faster than “%s”."), label, by, other);
  return g_strdup_printf (_ ("%s: %s slower than “%s”."), label, by, other);
}

/* ---- one cell ------------------------------------------------------------------------- */

static char *
format_ns (double ns)
{
  return lsc_format_duration (llround (ns));
}

static void
say_time (LscReport *self, guint cell, GString *text)
{
  const LscCellFigures *figures = &self->figures[cell];
  g_autofree char      *label = lsc_report_dup_full_label (self, cell);
  g_autofree char      *time = NULL;
  g_autofree char      *low = NULL;
  g_autofree char      *high = NULL;

  /* While it goes on, not before it is worth anything. */
  if (figures->n == 0 || (isnan (figures->low) && lsc_report_goes_on (self)))
    return;
  time = format_ns (figures->wall.median);
  if (isnan (figures->low))
    {
      lsc_take_sentence (text, g_strdup_printf (_ ("%s: %s."), label, time));
      return;
    }
  low = format_ns (figures->low);
  high = format_ns (figures->high);
  /* Translators: the name of what was measured, its time, and the ends of that time's interval:
   * "Threads, 2 workers: 1.62 s (1.60 s to 1.65 s)." */
  lsc_take_sentence (text, g_strdup_printf (_ ("%s: %s (%s to %s)."), label, time, low, high));
}

void
lsc_report_say_alone (LscReport *self, const LscReportGroup *group, GString *text)
{
  gsize before = text->len;

  for (guint i = 0; i < group->cells->len && text->len == before; i++)
    say_time (self, get_cell (group, i), text);
}

void
lsc_report_say_too_little (LscReport *self, GString *text)
{
  gboolean was_stopped = lsc_profile_get_end (self->profile) == LSC_PROFILE_STOPPED;
  guint    n_measured = 0;
  guint    measured = 0;
  gboolean is_alike = TRUE;

  for (guint i = 0; i < self->n_cells; i++)
    {
      if (self->figures[i].n > 0)
        {
          n_measured++;
          measured = i;
        }
      /* Nobody knows what would have come of it. */
      was_stopped = was_stopped && !(self->figures[i].warnings & LSC_WARNING_FAILURES) &&
                    lsc_profile_get_cell (self->profile, i)->problem == NULL;
      is_alike = is_alike && !(self->figures[i].warnings & LSC_WARNING_NOT_ALIKE);
    }
  if (n_measured == 0 && was_stopped)
    lsc_take_sentence (text, g_strdup (_ ("Nothing was measured.")));
  else if (n_measured == 0)
    lsc_take_sentence (text, g_strdup (_ ("Nothing could be measured.")));
  else if (n_measured == 1)
    {
      g_autofree char *label = lsc_report_dup_full_label (self, measured);

      /* Translators: the name of what was measured: nothing else gave any figures. */
      lsc_take_sentence (text, g_strdup_printf (_ ("Only “%s” was measured."), label));
    }
  else if (!is_alike)
    lsc_take_sentence (text, g_strdup (_ ("What was measured cannot be compared.")));
  else
    lsc_take_sentence (text, g_strdup (_ ("Too few rounds to tell what is faster.")));
}

/* ---- several cells of a group --------------------------------------------------------- */

/* The one that is surely the fastest, or the slowest, of all; -1: none is. */
static gint
find_extreme (LscReport *self, const LscReportGroup *group, LscVerdictKind kind)
{
  gint found = -1;

  for (guint i = 0; i < group->cells->len; i++)
    {
      const LscVerdict *verdict = get_verdict (self, get_cell (group, i));
      const LscVerdict *best = found >= 0 ? get_verdict (self, (guint)found) : NULL;

      if (verdict->kind != kind)
        continue;
      if (best == NULL || (kind == LSC_VERDICT_FASTER ? verdict->ratio > best->ratio
                                                      : verdict->ratio < best->ratio))
        found = (gint)get_cell (group, i);
    }
  return found;
}

static guint
count_verdicts (LscReport *self, const LscReportGroup *group, LscVerdictKind kind)
{
  guint n = 0;

  for (guint i = 0; i < group->cells->len; i++)
    n += get_verdict (self, get_cell (group, i))->kind == kind;
  return n;
}

static void
say_cell (LscReport *self, guint cell, guint reference, GString *text)
{
  g_autofree char *label = lsc_report_dup_full_label (self, cell);

  lsc_take_sentence (text, lsc_report_say_against (self, cell, reference, label));
}

void
lsc_report_say_cells (LscReport *self, const LscReportGroup *group, GString *text)
{
  guint n = group->cells->len;
  guint n_unknown = count_verdicts (self, group, LSC_VERDICT_UNKNOWN);
  gint  fastest = find_extreme (self, group, LSC_VERDICT_FASTER);
  gint  slowest = find_extreme (self, group, LSC_VERDICT_SLOWER);

  if (n <= MAX_SENTENCES + 1)
    {
      for (guint i = 0; i < n; i++)
        if (get_verdict (self, get_cell (group, i))->kind != LSC_VERDICT_NONE)
          say_cell (self, get_cell (group, i), (guint)group->reference, text);
      return;
    }

  if (fastest >= 0)
    say_cell (self, (guint)fastest, (guint)group->reference, text);
  if (slowest >= 0)
    say_cell (self, (guint)slowest, (guint)group->reference, text);
  if (fastest < 0 && slowest < 0 && n_unknown == 0 &&
      count_verdicts (self, group, LSC_VERDICT_SAME) == n - 1)
    lsc_take_sentence (text, g_strdup (_ ("All are the same.")));
  if (n_unknown > 0)
    lsc_take_sentence (text, g_strdup_printf (ngettext ("%u of %u is not yet known.",
                                                        "%u of %u are not yet known.", n_unknown),
                                              n_unknown, n));
}

/* ---- two workloads over the same inputs ----------------------------------------------- */

/* How a workload does against the other, over all groups. */
typedef struct
{
  guint  n_faster;
  guint  n_slower;
  guint  n_same;
  guint  n_unknown;
  guint  n;
  guint  least_cell; /* of the faster, or of the slower ones, by how much */
  guint  most_cell;
  double least;
  double most;
} Tally;

/* The only cell of the workload in the group; -1: none, or several. */
static gint
find_cell_of (LscReport *self, const LscReportGroup *group, const char *workload_id)
{
  gint found = -1;

  for (guint i = 0; i < group->cells->len; i++)
    {
      guint cell = get_cell (group, i);

      if (g_strcmp0 (lsc_profile_get_cell (self->profile, cell)->workload_id, workload_id) != 0)
        continue;
      if (found >= 0)
        return -1;
      found = (gint)cell;
    }
  return found;
}

/* Every group compares the same two workloads, by one cell each, the same way round. */
static gboolean
is_of_two_workloads (LscReport *self, const char **reference_id, const char **other_id)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      const LscReportGroup *group = g_ptr_array_index (self->groups, i);
      guint                 other;

      if (group->cells->len != 2 || group->reference < 0)
        return FALSE;
      other = get_cell (group, get_cell (group, 0) == (guint)group->reference ? 1 : 0);
      if (i == 0)
        {
          *reference_id =
              lsc_profile_get_cell (self->profile, (guint)group->reference)->workload_id;
          *other_id = lsc_profile_get_cell (self->profile, other)->workload_id;
        }
      if (g_strcmp0 (*reference_id, *other_id) == 0 ||
          find_cell_of (self, group, *reference_id) != group->reference ||
          find_cell_of (self, group, *other_id) != (gint)other)
        return FALSE;
    }
  return TRUE;
}

static Tally
tally (LscReport *self, const char *workload_id, LscVerdictKind range_of)
{
  Tally sum = { .n = self->groups->len, .least = INFINITY };

  for (guint i = 0; i < self->groups->len; i++)
    {
      guint cell = (guint)find_cell_of (self, g_ptr_array_index (self->groups, i), workload_id);
      const LscVerdict *verdict = get_verdict (self, cell);
      double by = verdict->kind == LSC_VERDICT_FASTER ? verdict->ratio : 1 / verdict->ratio;

      sum.n_faster += verdict->kind == LSC_VERDICT_FASTER;
      sum.n_slower += verdict->kind == LSC_VERDICT_SLOWER;
      sum.n_same += verdict->kind == LSC_VERDICT_SAME;
      sum.n_unknown += verdict->kind == LSC_VERDICT_UNKNOWN;
      if (verdict->kind != range_of)
        continue;
      if (by < sum.least)
        {
          sum.least = by;
          sum.least_cell = cell;
        }
      if (by > sum.most)
        {
          sum.most = by;
          sum.most_cell = cell;
        }
    }
  return sum;
}

/* "3.1× to 15×", or "3.1×" where that is all. */
static char *
dup_range (LscReport *self, const Tally *sum)
{
  g_autofree char *least = lsc_verdict_dup_amount (get_verdict (self, sum->least_cell));
  g_autofree char *most = lsc_verdict_dup_amount (get_verdict (self, sum->most_cell));

  if (g_str_equal (least, most))
    return g_steal_pointer (&least);
  /* Translators: from the least to the most: "5 % to 3.1×". */
  return g_strdup_printf (_ ("%s to %s"), least, most);
}

static void
say_tally (LscReport *self, const char *label, const char *other, const char *id, GString *text)
{
  Tally            sum = tally (self, id, LSC_VERDICT_SLOWER);
  gboolean         is_slower = sum.n_slower > 0 && sum.n_slower >= sum.n_faster;
  guint            n_same = sum.n_same;
  g_autofree char *range = NULL;

  if (!is_slower)
    sum = tally (self, id, LSC_VERDICT_FASTER);
  if (sum.n_faster + sum.n_slower > 0)
    range = dup_range (self, &sum);

  /* Translators: names of two workloads, such as "Python" and "C"; in how many of how many of the
   * things that both did; by how much, such as "3.1× to 15×". */
  if (is_slower)
    lsc_take_sentence (text, g_strdup_printf (_ ("%s: slower than %s in %u of %u (%s)."), label,
                                              other, sum.n_slower, sum.n, range));
  if (!is_slower && sum.n_faster > 0)
    lsc_take_sentence (text, g_strdup_printf (_ ("%s: faster than %s in %u of %u (%s)."), label,
                                              other, sum.n_faster, sum.n, range));
  if (is_slower && sum.n_faster > 0)
    lsc_take_sentence (text, g_strdup_printf (_ ("Faster in %u."), sum.n_faster));
  if (!is_slower && sum.n_slower > 0)
    lsc_take_sentence (text, g_strdup_printf (_ ("Slower in %u."), sum.n_slower));
  if (n_same > 0 && sum.n_faster + sum.n_slower == 0)
    lsc_take_sentence (
        text, g_strdup_printf (_ ("%s: the same as %s in %u of %u."), label, other, n_same, sum.n));
  else if (n_same > 0)
    lsc_take_sentence (text, g_strdup_printf (_ ("The same in %u."), n_same));
  if (sum.n_unknown > 0)
    lsc_take_sentence (text, g_strdup_printf (_ ("Not yet known in %u."), sum.n_unknown));
}

/* ---- several groups ------------------------------------------------------------------- */

static void
say_group (LscReport *self, const LscReportGroup *group, GString *text)
{
  gint                  fastest = find_extreme (self, group, LSC_VERDICT_FASTER);
  const LscProfileCell *reference;

  if (group->cells->len == 1)
    {
      lsc_report_say_alone (self, group, text);
      return;
    }
  if (group->reference < 0)
    return;

  reference = lsc_profile_get_cell (self->profile, (guint)group->reference);
  if (fastest >= 0 && reference->executor == LSC_EXECUTOR_SEQUENTIAL &&
      lsc_report_is_same_work (reference, lsc_profile_get_cell (self->profile, (guint)fastest)))
    {
      g_autofree char *label = lsc_report_dup_full_label (self, (guint)fastest);
      g_autofree char *by = lsc_verdict_dup_amount (get_verdict (self, (guint)fastest));

      lsc_take_sentence (text,
                         lsc_mode_sentence_faster (
                             label, lsc_profile_get_cell (self->profile, (guint)fastest)->executor,
                             reference->executor, TRUE, by));
    }
  else if (fastest >= 0)
    say_cell (self, (guint)fastest, (guint)group->reference, text);
  else if (count_verdicts (self, group, LSC_VERDICT_UNKNOWN) > 0)
    lsc_take_sentence (text, g_strdup_printf (_ ("%s: not yet known."), group->name));
  else if (count_verdicts (self, group, LSC_VERDICT_SAME) +
               count_verdicts (self, group, LSC_VERDICT_SLOWER) ==
           group->cells->len - 1)
    {
      g_autofree char *label = lsc_report_dup_own_label (self, (guint)group->reference);

      /* Translators: a workload's name, then what it is compared with, such as "Sequential". */
      lsc_take_sentence (
          text, g_strdup_printf (_ ("%s: nothing is faster than “%s”."), group->name, label));
    }
}

void
lsc_report_say_groups (LscReport *self, GString *text)
{
  const char *reference_id = NULL;
  const char *other_id = NULL;

  if (is_of_two_workloads (self, &reference_id, &other_id))
    {
      const LscReportGroup *first = g_ptr_array_index (self->groups, 0);
      guint                 cell = (guint)find_cell_of (self, first, other_id);
      g_autofree char      *label = lsc_report_dup_own_label (self, cell);
      g_autofree char      *other = lsc_report_dup_own_label (self, (guint)first->reference);

      say_tally (self, label, other, other_id, text);
      return;
    }
  for (guint i = 0; i < MIN (self->groups->len, MAX_SENTENCES); i++)
    say_group (self, g_ptr_array_index (self->groups, i), text);
}

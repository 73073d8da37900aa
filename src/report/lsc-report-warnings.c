/* lsc-report-warnings.c: what keeps a reader from trusting the figures too much.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-report-private.h"
#include "lsc-report-warnings-private.h"
#include "lsc-units.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The warm-up took far longer: so many times the median, and longer than any sample, by so much. */
#define SLOW_FIRST        1.5
#define SLOW_FIRST_MIN_NS 5e6
/* The middle half of the samples lies further apart than this share of the median. */
#define WIDE_SPREAD 0.1
/* Far off by Tukey's measure, and by this share of the median: less moves no figure. */
#define FAR_OFF 0.05
/* Most of what was timed was the start, or it is that short that a clock's own cost shows. */
#define START_SHARE    0.5
#define SHORT_NS       1e6
#define SHORT_BATCH_NS 100.0
/* More cells than this with one and the same warning get one sentence. */
#define MAX_NAMED 2u

/* The gravest first; a busy machine comes after so many of them. */
static const LscCellWarnings kinds[] = {
  LSC_WARNING_NO_FIGURES, LSC_WARNING_FAILURES,   LSC_WARNING_NOT_ALIKE,
  LSC_WARNING_MODES,      LSC_WARNING_SPREAD,     LSC_WARNING_OUTLIERS,
  LSC_WARNING_SHORT,      LSC_WARNING_SLOW_FIRST, LSC_WARNING_FEW,
};
#define N_GRAVE 3

/* ---- flags ---------------------------------------------------------------------------- */

static double
get_spread (const LscCellFigures *figures)
{
  return (figures->wall.upper_quartile - figures->wall.lower_quartile) / figures->wall.median;
}

/* Those that lie far off. */
static guint
count_outliers (LscReport *self, guint cell)
{
  const LscReportWalls *walls = &self->walls[cell];
  double                median = self->figures[cell].wall.median;
  guint                 n = 0;

  for (guint i = 0; i < walls->n; i++)
    n +=
        walls->outliers[i] == LSC_OUTLIER_FAR && fabs (walls->walls[i] - median) > FAR_OFF * median;
  return n;
}

static gboolean
is_short (const LscProfileCell *cell, const LscCellFigures *figures)
{
  if (cell->n_calls > 1)
    return figures->wall.median < SHORT_BATCH_NS;
  if (isnan (figures->start_up))
    return figures->wall.median < SHORT_NS;
  return figures->start_up > START_SHARE * figures->wall.median;
}

/* A batch's warm-up is another thing than one call. */
static gboolean
is_slow_first (const LscProfileCell *cell, const LscCellFigures *figures)
{
  return cell->n_calls <= 1 && cell->warm_up_ns > SLOW_FIRST * figures->wall.median &&
         cell->warm_up_ns > figures->wall.max + SLOW_FIRST_MIN_NS;
}

static LscCellWarnings
find_warnings (LscReport *self, guint index)
{
  const LscProfileCell *cell = lsc_profile_get_cell (self->profile, index);
  const LscCellFigures *figures = &self->figures[index];
  LscCellWarnings       warnings = 0;
  double                m_value;

  if (figures->n_failed + figures->n_timed_out > 0)
    warnings |= LSC_WARNING_FAILURES;
  if (figures->n == 0)
    {
      if (!lsc_report_can_be_reference (self, index))
        warnings |= LSC_WARNING_NO_FIGURES;
      return warnings;
    }

  if (figures->reference >= 0 &&
      !lsc_report_is_alike (cell, lsc_profile_get_cell (self->profile, (guint)figures->reference)))
    warnings |= LSC_WARNING_NOT_ALIKE;
  if (is_short (cell, figures))
    warnings |= LSC_WARNING_SHORT;
  if (is_slow_first (cell, figures))
    warnings |= LSC_WARNING_SLOW_FIRST;
  if (figures->n < LSC_MIN_FOR_INTERVAL)
    return warnings | LSC_WARNING_FEW;

  if (get_spread (figures) > WIDE_SPREAD)
    warnings |= LSC_WARNING_SPREAD;
  if (count_outliers (self, index) > 0)
    warnings |= LSC_WARNING_OUTLIERS;
  if (lsc_stats_modality (self->walls[index].walls, figures->n, &m_value) &&
      m_value > LSC_MANY_MODES)
    warnings |= LSC_WARNING_MODES;
  return warnings;
}

void
lsc_report_flag_warnings (LscReport *self)
{
  for (guint i = 0; i < self->n_cells; i++)
    self->figures[i].warnings = find_warnings (self, i);
}

/* ---- sentences of one cell ------------------------------------------------------------ */

static char *
format_ns (double ns)
{
  return lsc_format_duration (llround (MIN (ns, 1e18)));
}

static char *
say_no_figures (LscReport *self, guint cell, const char *label)
{
  const char *problem = lsc_profile_get_cell (self->profile, cell)->problem;

  if (problem != NULL && *problem != '\0')
    /* Translators: the name of what was measured, and what is wrong with it. */
    return g_strdup_printf (_ ("%s: %s"), label, problem);
  return g_strdup_printf (_ ("%s: nothing could be measured."), label);
}

static char *
say_failures (LscReport *self, guint cell, const char *label)
{
  const LscCellFigures *figures = &self->figures[cell];
  guint                 n_bad = figures->n_failed + figures->n_timed_out;
  guint                 n_all = figures->n + n_bad;

  if (figures->n_no_time == n_bad)
    return g_strdup_printf (_ ("%s: %u of %u times are 0, or no times at all; they are not in the "
                               "figures."),
                            label, n_bad, n_all);
  if (figures->n == 0 && figures->n_failed == 0)
    return g_strdup_printf (
        ngettext ("%s: it timed out in %u round.", "%s: it timed out in all %u rounds.", n_all),
        label, n_all);
  if (figures->n == 0)
    return g_strdup_printf (
        ngettext ("%s: it failed in %u round.", "%s: it failed in all %u rounds.", n_all), label,
        n_all);
  if (figures->n_failed == 0)
    return g_strdup_printf (_ ("%s: it timed out in %u of %u rounds, which are not in the "
                               "figures."),
                            label, n_bad, n_all);
  return g_strdup_printf (_ ("%s: it failed in %u of %u rounds, which are not in the figures."),
                          label, n_bad, n_all);
}

static char *
say_slow_first (LscReport *self, guint cell, const char *label)
{
  const LscProfileCell *profile_cell = lsc_profile_get_cell (self->profile, cell);
  g_autofree char      *first = format_ns (profile_cell->warm_up_ns);
  g_autofree char      *median = format_ns (self->figures[cell].wall.median);

  return g_strdup_printf (_ ("%s: the first run took %s, the others %s; it is not in the figures."),
                          label, first, median);
}

static char *
say_spread (LscReport *self, guint cell, const char *label)
{
  g_autofree char *spread = lsc_format_percent (get_spread (&self->figures[cell]));

  /* Translators: %s are the name of what was measured and a share such as "14 %". */
  return g_strdup_printf (_ ("%s: the middle half of the samples lies %s of the median apart."),
                          label, spread);
}

static char *
say_outliers (LscReport *self, guint cell, const char *label)
{
  guint n = count_outliers (self, cell);

  return g_strdup_printf (ngettext ("%s: %u of %u samples lies far off; it is in the figures.",
                                    "%s: %u of %u samples lie far off; they are in the figures.",
                                    n),
                          label, n, self->figures[cell].n);
}

static char *
say_short (LscReport *self, guint cell, const char *label)
{
  g_autofree char *median = format_ns (self->figures[cell].wall.median);
  g_autofree char *start_up = NULL;

  if (lsc_profile_get_cell (self->profile, cell)->n_calls > 1 ||
      isnan (self->figures[cell].start_up))
    return g_strdup_printf (_ ("%s: %s is so short that measuring it shows in the figure."), label,
                            median);
  start_up = format_ns (self->figures[cell].start_up);
  return g_strdup_printf (_ ("%s: %s of its %s are the start, before the first task."), label,
                          start_up, median);
}

static char *
say_few (LscReport *self, guint cell, const char *label)
{
  guint n = self->figures[cell].n;

  return g_strdup_printf (ngettext ("%s: %u sample is too few for an interval; it takes %u.",
                                    "%s: %u samples are too few for an interval; it takes %u.", n),
                          label, n, LSC_MIN_FOR_INTERVAL);
}

static char *
say_modes (const char *label)
{
  return g_strdup_printf (_ ("%s: the samples fall into several groups; the median may lie between "
                             "them."),
                          label);
}

static char *
say_not_alike (LscReport *self, guint cell, const char *label)
{
  g_autofree char *other = lsc_report_dup_own_label (self, (guint)self->figures[cell].reference);

  /* Translators: the names of two things that were measured. */
  if (lsc_profile_get_cell (self->profile, cell)->n_calls > 1)
    return g_strdup_printf (_ ("%s: its calls are timed by themselves, “%s” with its start: they "
                               "cannot be compared."),
                            label, other);
  return g_strdup_printf (
      _ ("%s: it is timed with its start, the calls of “%s” by themselves: they "
         "cannot be compared."),
      label, other);
}

static char *
say_one (LscReport *self, guint cell, LscCellWarnings warning)
{
  g_autofree char *label = lsc_report_dup_full_label (self, cell);

  switch (warning)
    {
    case LSC_WARNING_NO_FIGURES:
      return say_no_figures (self, cell, label);
    case LSC_WARNING_FAILURES:
      return say_failures (self, cell, label);
    case LSC_WARNING_NOT_ALIKE:
      return say_not_alike (self, cell, label);
    case LSC_WARNING_MODES:
      return say_modes (label);
    case LSC_WARNING_SPREAD:
      return say_spread (self, cell, label);
    case LSC_WARNING_OUTLIERS:
      return say_outliers (self, cell, label);
    case LSC_WARNING_SLOW_FIRST:
      return say_slow_first (self, cell, label);
    case LSC_WARNING_SHORT:
      return say_short (self, cell, label);
    case LSC_WARNING_FEW:
    default:
      return say_few (self, cell, label);
    }
}

/* ---- many cells with the same --------------------------------------------------------- */

/* How bad it is, to name the worst. */
static double
get_weight (LscReport *self, guint cell, LscCellWarnings warning)
{
  const LscCellFigures *figures = &self->figures[cell];

  switch (warning)
    {
    case LSC_WARNING_FAILURES:
      return (double)(figures->n_failed + figures->n_timed_out) /
             (figures->n + figures->n_failed + figures->n_timed_out);
    case LSC_WARNING_SPREAD:
      return get_spread (figures);
    case LSC_WARNING_OUTLIERS:
      return (double)count_outliers (self, cell) / figures->n;
    case LSC_WARNING_SLOW_FIRST:
      return lsc_profile_get_cell (self->profile, cell)->warm_up_ns / figures->wall.median;
    case LSC_WARNING_SHORT:
      return -figures->wall.median;
    case LSC_WARNING_FEW:
      return -(double)figures->n;
    case LSC_WARNING_NO_FIGURES:
    case LSC_WARNING_NOT_ALIKE:
    case LSC_WARNING_MODES:
    default:
      return 0;
    }
}

static guint
find_worst (LscReport *self, GArray *cells, LscCellWarnings warning)
{
  guint worst = g_array_index (cells, guint, 0);

  for (guint i = 1; i < cells->len; i++)
    {
      guint cell = g_array_index (cells, guint, i);

      if (get_weight (self, cell, warning) > get_weight (self, worst, warning))
        worst = cell;
    }
  return worst;
}

/* Of failures and what they led to, the problem says more. */
static gboolean
says (LscReport *self, guint cell, LscCellWarnings warning)
{
  LscCellWarnings warnings = self->figures[cell].warnings;
  gboolean        has_problem = lsc_profile_get_cell (self->profile, cell)->problem != NULL;

  if (warning == LSC_WARNING_FAILURES && (warnings & LSC_WARNING_NO_FIGURES) && has_problem)
    return FALSE;
  if (warning == LSC_WARNING_NO_FIGURES && (warnings & LSC_WARNING_FAILURES) && !has_problem)
    return FALSE;
  /* There will be more of them. */
  if (warning == LSC_WARNING_FEW && lsc_report_goes_on (self))
    return FALSE;
  return (warnings & warning) != 0;
}

/* The worst in full, then how many others. */
static void
add_kind (LscReport *self, LscCellWarnings warning, GPtrArray *sentences)
{
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *worst = NULL;

  for (guint i = 0; i < self->n_cells; i++)
    {
      if (says (self, i, warning))
        g_array_append_val (cells, i);
    }

  if (cells->len <= MAX_NAMED)
    {
      for (guint i = 0; i < cells->len; i++)
        g_ptr_array_add (sentences, say_one (self, g_array_index (cells, guint, i), warning));
      return;
    }
  worst = say_one (self, find_worst (self, cells, warning), warning);
  /* Translators: a warning of one thing that was measured, a whole sentence; then how many others
   * there are that the same holds for. */
  g_ptr_array_add (sentences,
                   g_strdup_printf (ngettext ("%s There is %u other like it.",
                                              "%s There are %u others like it.", cells->len - 1),
                                    worst, cells->len - 1));
}

char **
lsc_report_dup_warnings (LscReport *self)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new ();

  g_return_val_if_fail (LSC_IS_REPORT (self), NULL);

  for (guint i = 0; i < N_GRAVE; i++)
    add_kind (self, kinds[i], sentences);
  lsc_report_add_busy_machine (self, sentences);
  for (guint i = N_GRAVE; i < G_N_ELEMENTS (kinds); i++)
    add_kind (self, kinds[i], sentences);
  lsc_report_add_machine (self, sentences);

  g_ptr_array_add (sentences, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&sentences), FALSE);
}

char **
lsc_report_dup_cell_warnings (LscReport *self, guint cell)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new ();

  g_return_val_if_fail (LSC_IS_REPORT (self), NULL);
  g_return_val_if_fail (cell < self->n_cells, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (says (self, cell, kinds[i]))
      g_ptr_array_add (sentences, say_one (self, cell, kinds[i]));

  g_ptr_array_add (sentences, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&sentences), FALSE);
}

/* lsc-report-verdict.c: what is said of one cell, beside its bar.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-report-private.h"
#include "lsc-verdict-words.h"

#include <glib/gi18n-lib.h>

/* NULL: none failed. */
static char *
say_failures (const LscCellFigures *figures)
{
  guint n_bad = figures->n_failed + figures->n_timed_out;
  guint n_all = figures->n + n_bad;

  if (n_bad == 0)
    return NULL;
  if (figures->n_no_time == n_bad)
    return g_strdup_printf (
        ngettext ("no time in %u of %u round", "no time in %u of %u rounds", n_all), n_bad, n_all);
  if (figures->n_failed == 0)
    return g_strdup_printf (
        ngettext ("timed out in %u of %u round", "timed out in %u of %u rounds", n_all), n_bad,
        n_all);
  return g_strdup_printf (ngettext ("failed in %u of %u round", "failed in %u of %u rounds", n_all),
                          n_bad, n_all);
}

/* What the samples that are done say. */
static char *
say_comparison (LscReport *self, guint cell)
{
  const LscCellFigures *figures = &self->figures[cell];

  if (figures->n == 0 || figures->reference < 0 ||
      lsc_report_get_group_of (self, cell)->cells->len < 2)
    return NULL;
  if ((guint)figures->reference == cell)
    /* Translators: the others are compared with this one. */
    return g_strdup (_ ("reference"));
  if (self->figures[figures->reference].n == 0)
    return NULL;
  if (figures->warnings & LSC_WARNING_NOT_ALIKE)
    return g_strdup (_ ("not comparable"));
  if (figures->verdict.kind == LSC_VERDICT_NONE)
    return g_strdup (_ ("not yet known"));
  return lsc_verdict_dup_words (&figures->verdict, FALSE);
}

char *
lsc_report_dup_verdict (LscReport *self, guint cell)
{
  g_autofree char *comparison = NULL;
  g_autofree char *failures = NULL;
  const char      *problem;

  g_return_val_if_fail (LSC_IS_REPORT (self), NULL);
  g_return_val_if_fail (cell < self->n_cells, NULL);

  comparison = say_comparison (self, cell);
  failures = say_failures (&self->figures[cell]);
  problem = lsc_profile_get_cell (self->profile, cell)->problem;

  if (self->figures[cell].n == 0 && problem != NULL && *problem != '\0')
    return g_strdup (problem);
  if (comparison != NULL && failures != NULL)
    /* Translators: "1.31× faster (1.24–1.39); failed in 3 of 10 rounds" */
    return g_strdup_printf (_ ("%s; %s"), comparison, failures);
  return comparison != NULL ? g_steal_pointer (&comparison) : g_steal_pointer (&failures);
}

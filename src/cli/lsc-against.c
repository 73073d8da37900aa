/* lsc-against.c: a profile against an earlier one, for a terminal.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-against.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-columns.h"
#include "lsc-number.h"
#include "lsc-report.h"
#include "lsc-units.h"

#define MAX_NAME     60u
#define MAX_TEXT     2000u
#define MEDIAN_WIDTH 12u

static char *
dup_name (LscProfile *profile, guint cell)
{
  const char *command = lsc_profile_get_cell (profile, cell)->command;

  return lsc_make_printable (command != NULL ? command : "", -1, MAX_NAME);
}

static char *
dup_median (LscReport *report, gint cell)
{
  double median_ns = cell >= 0 ? lsc_report_get_figures (report, (guint)cell)->wall.median : NAN;

  return isfinite (median_ns) ? lsc_format_duration ((gint64)llround (median_ns)) : g_strdup ("–");
}

typedef struct
{
  LscBaseline *baseline;
  LscProfile  *profile;
  LscReport   *report;
  LscReport   *old_report;
  guint        name_width;
  FILE        *stream;
} Printer;

static void
print_line (const Printer *self, guint cell)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gint             old = lsc_baseline_get_old_cell (self->baseline, cell);
  g_autofree char *name = dup_name (self->profile, cell);
  g_autofree char *before = dup_median (self->old_report, old);
  g_autofree char *after = dup_median (self->report, (gint)cell);
  g_autofree char *verdict = lsc_baseline_dup_verdict (self->baseline, cell);
  const char      *text = verdict;

  lsc_columns_append (line, name, self->name_width, FALSE);
  lsc_columns_append (line, before, MEDIAN_WIDTH, TRUE);
  g_string_append (line, "  →");
  lsc_columns_append (line, after, MEDIAN_WIDTH, TRUE);
  if (text == NULL)
    text = old >= 0 ? _ ("too little to compare") : _ ("not in the earlier one");
  fprintf (self->stream, "%s  %s\n", line->str, text);
}

static void
print_head (const char *old_name, const char *new_name, FILE *stream)
{
  g_autofree char *old_quoted = lsc_quote_path (old_name);
  g_autofree char *new_quoted = new_name != NULL ? lsc_quote_path (new_name) : NULL;

  if (new_name == NULL)
    /* Translators: the head of a list of verdicts; %s is an earlier profile's file name. */
    fprintf (stream, _ ("Compared with %s:\n"), old_quoted);
  else
    /* Translators: the head of a list of verdicts; file names, the later one first. */
    fprintf (stream, _ ("%s compared with %s:\n"), new_quoted, old_quoted);
}

void
lsc_against_print (LscBaseline *baseline,
                   LscProfile  *profile,
                   LscProfile  *old,
                   const char  *old_name,
                   const char  *new_name,
                   FILE        *stream)
{
  g_auto (GStrv) warnings = lsc_baseline_dup_warnings (baseline);
  g_autoptr (LscReport) report = lsc_report_new (profile);
  g_autoptr (LscReport) old_report = lsc_report_new (old);
  Printer printer = { baseline, profile, report, old_report, 0, stream };
  guint   n_cells = lsc_profile_get_n_cells (profile);

  for (guint i = 0; i < n_cells; i++)
    {
      g_autofree char *name = dup_name (profile, i);

      printer.name_width = MAX (printer.name_width, lsc_columns_measure (name));
    }
  print_head (old_name, new_name, stream);
  for (guint i = 0; warnings[i] != NULL; i++)
    {
      g_autofree char *safe = lsc_make_printable (warnings[i], -1, MAX_TEXT);

      fprintf (stream, "! %s\n", safe);
    }
  for (guint i = 0; i < n_cells; i++)
    print_line (&printer, i);
}

void
lsc_against_tell_warnings (LscBaseline *baseline)
{
  g_auto (GStrv) warnings = lsc_baseline_dup_warnings (baseline);

  for (guint i = 0; warnings[i] != NULL; i++)
    {
      g_autofree char *safe = lsc_make_printable (warnings[i], -1, MAX_TEXT);

      lsc_cli_note ("! %s", safe);
    }
}

gboolean
lsc_against_tell_slower (LscBaseline *baseline, LscProfile *profile, double percent)
{
  gboolean any = FALSE;

  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    {
      g_autofree char *name = dup_name (profile, i);
      g_autofree char *verdict = NULL;

      /* Nobody shall take that for a test that was passed. */
      if (lsc_baseline_get_old_cell (baseline, i) >= 0 &&
          lsc_baseline_get_verdict (baseline, i)->kind == LSC_VERDICT_NONE)
        lsc_cli_note (_ ("%s: too little to tell whether it is slower."), name);
      if (!lsc_baseline_is_slower (baseline, i, percent))
        continue;
      any = TRUE;
      verdict = lsc_baseline_dup_verdict (baseline, i);
      /* Translators: what was measured, a verdict ("12 % slower (8-16 %) than before"), a number.
       */
      lsc_cli_note (_ ("%s: %s; more than %g %% slower counts as a failure."), name, verdict,
                    percent);
    }
  return any;
}

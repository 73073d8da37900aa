/* lsc-profile-markdown.c: a profile as a table to put into a report.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As hyperfine's: one unit for the whole table. Where it tells a ratio of means, this tells the
 * verdict.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-profile-tables.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-new-file.h"

typedef struct
{
  const char *name;
  double      ns;
} Unit;

/* So that the smallest median has a digit before the point. */
static const Unit *
choose_unit (LscReport *report)
{
  static const Unit units[] = { { "s", 1e9 }, { "ms", 1e6 }, { "µs", 1e3 }, { "ns", 1.0 } };
  double            smallest_ns = NAN;
  guint             i;

  for (guint cell = 0; cell < lsc_report_get_n_cells (report); cell++)
    smallest_ns = fmin (smallest_ns, lsc_report_get_figures (report, cell)->wall.median);
  for (i = 0; i + 1 < G_N_ELEMENTS (units) && smallest_ns < units[i].ns; i++)
    ;
  return &units[i];
}

/* Nothing in it ends a cell of the table or is taken for markup. */
static void
write_code (FILE *stream, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  fputs (strchr (valid, '`') != NULL ? "`` " : "`", stream);
  for (const char *c = valid; *c != '\0'; c++)
    if (*c == '|')
      fputs ("\\|", stream);
    else
      fputc (g_ascii_iscntrl (*c) ? ' ' : *c, stream);
  fputs (strchr (valid, '`') != NULL ? " ``" : "`", stream);
}

/* Four figures of what is measured: no more are sure. */
static void
write_number (FILE *stream, double value, const Unit *unit)
{
  double number = value / unit->ns;

  if (!isfinite (number))
    fputs ("", stream);
  else if (number < 10.0)
    fprintf (stream, "%.3f", number);
  else if (number < 100.0)
    fprintf (stream, "%.2f", number);
  else
    fprintf (stream, "%.1f", number);
}

static void
write_memory (FILE *stream, double bytes)
{
  if (isfinite (bytes))
    fprintf (stream, "%.1f", bytes / 1e6);
}

static void
write_row (FILE *stream, LscProfile *profile, LscReport *report, guint index, const Unit *unit)
{
  const LscCellFigures *figures = lsc_report_get_figures (report, index);
  g_autofree char      *verdict = lsc_report_dup_verdict (report, index);

  fputs ("| ", stream);
  write_code (stream, lsc_profile_get_cell (profile, index)->command);
  fputs (" | ", stream);
  write_number (stream, figures->wall.median, unit);
  fputs (" | ", stream);
  if (isfinite (figures->low))
    {
      write_number (stream, figures->low, unit);
      fputs ("–", stream);
      write_number (stream, figures->high, unit);
    }
  fputs (" | ", stream);
  write_number (stream, figures->wall.mean, unit);
  if (isfinite (figures->wall.deviation))
    {
      fputs (" ± ", stream);
      write_number (stream, figures->wall.deviation, unit);
    }
  fputs (" | ", stream);
  write_number (stream, figures->wall.min, unit);
  fputs (" | ", stream);
  write_number (stream, figures->wall.max, unit);
  fputs (" | ", stream);
  write_memory (stream, figures->memory.median);
  fprintf (stream, " | %u | ", figures->n);
  for (const char *c = verdict != NULL ? verdict : ""; *c != '\0'; c++)
    if (*c == '|')
      fputs ("\\|", stream);
    else
      fputc (g_ascii_iscntrl (*c) ? ' ' : *c, stream);
  fputs (" |\n", stream);
}

void
lsc_profile_markdown_write (LscProfile *profile, LscReport *report, FILE *stream)
{
  const Unit      *unit;
  g_autofree char *subtitle = NULL;
  g_autofree char *memory = NULL;

  g_return_if_fail (LSC_IS_PROFILE (profile));
  g_return_if_fail (LSC_IS_REPORT (report));

  unit = choose_unit (report);
  subtitle = lsc_report_dup_subtitle (report);
  /* Translators: heads of a table's columns; %s is a unit such as ms. */
  fprintf (stream,
           _ ("| Command | Median [%s] | 95 %% interval | Mean [%s] | Min [%s] | Max [%s] | "
              "Memory [MB] | Runs | Verdict |\n"),
           unit->name, unit->name, unit->name, unit->name);
  fputs ("|:---|---:|---:|---:|---:|---:|---:|---:|:---|\n", stream);
  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    write_row (stream, profile, report, i, unit);
  if (subtitle != NULL)
    fprintf (stream, "\n%s\n", subtitle);
  memory = lsc_report_dup_memory_note (report);
  if (memory != NULL)
    fprintf (stream, "\n%s\n", memory);
}

gboolean
lsc_profile_markdown_save (LscProfile *profile, LscReport *report, const char *path, GError **error)
{
  LscNewFile *file = lsc_new_file_open (path, error);

  if (file == NULL)
    return FALSE;
  lsc_profile_markdown_write (profile, report, lsc_new_file_get_stream (file));
  return lsc_new_file_finish (file, error);
}

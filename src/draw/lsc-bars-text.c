/* lsc-bars-text.c: a timing bar in words and in figures.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-bars-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lsc-units.h"

char *
lsc_bars_format_time (double time_ns)
{
  if (!(time_ns < 100.0))
    return lsc_format_duration ((gint64)llround (MIN (time_ns, 9e18)));

  /* Translators: nanoseconds, with three digits: "3.41 ns". */
  return g_strdup_printf (_ ("%.*f\u00a0ns"), time_ns < 10.0 ? 2 : 1, MAX (time_ns, 0.0));
}

/* Without a verdict there is nothing to be sure of; nor without an interval. */
static gboolean
is_known (const LscCellFigures *of, guint cell)
{
  if (!isfinite (of->low) || !isfinite (of->high))
    return FALSE;
  if (of->verdict.kind == LSC_VERDICT_NONE)
    return of->reference < 0 || of->reference == (gint)cell;

  return of->verdict.kind != LSC_VERDICT_UNKNOWN;
}

void
lsc_bars_fill_figures (LscStripFigures *figures, LscReport *report, guint cell)
{
  const LscCellFigures *of = lsc_report_get_figures (report, cell);
  guint                 n_walls = 0;
  const double         *walls = lsc_report_get_walls (report, cell, &n_walls);
  const LscOutlier     *outliers = lsc_report_get_outliers (report, cell);

  *figures = (LscStripFigures){
    .n = of->n,
    .median_ns = of->n > 0 ? of->wall.median : NAN,
    .low_ns = of->low,
    .high_ns = of->high,
    .min_ns = of->n > 0 ? of->wall.min : NAN,
    .lower_quartile_ns = of->n > 0 ? of->wall.lower_quartile : NAN,
    .upper_quartile_ns = of->n > 0 ? of->wall.upper_quartile : NAN,
    .walls_ns = n_walls > 0 ? g_memdup2 (walls, n_walls * sizeof *walls) : NULL,
    .outliers =
        n_walls > 0 && outliers != NULL ? g_memdup2 (outliers, n_walls * sizeof *outliers) : NULL,
    .n_walls = n_walls,
    .verdict = lsc_report_dup_verdict (report, cell),
    .is_sure = of->verdict.kind == LSC_VERDICT_FASTER,
    .is_known = is_known (of, cell),
    .cores = of->cores,
    .memory = of->memory.median,
  };
}

void
lsc_bars_measure_strip (LscScene *scene, guint strip, LscReport *report, guint cell)
{
  LscStripFigures figures;

  g_return_if_fail (LSC_IS_SCENE (scene));
  g_return_if_fail (LSC_IS_REPORT (report));
  g_return_if_fail (cell < lsc_report_get_n_cells (report));

  lsc_bars_fill_figures (&figures, report, cell);
  lsc_scene_set_measured (scene, strip, figures.n > 0 ? &figures : NULL);
  lsc_strip_figures_clear (&figures);
}

static void
append (GString *text, const char *separator, char *part)
{
  g_string_append_printf (text, "%s%s", separator, part);
  g_free (part);
}

static void
append_times (GString *text, const LscCellFigures *of)
{
  g_autofree char *median = lsc_bars_format_time (of->wall.median);
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  /* Translators: of several runs: "median 3.19 s". */
  append (text, ": ", g_strdup_printf (_ ("median %s"), median));
  if (!isfinite (of->low) || !isfinite (of->high))
    return;

  low = lsc_bars_format_time (of->low);
  high = lsc_bars_format_time (of->high);
  /* Translators: where the median surely lies: "95 % interval 3.15 s to 3.24 s". */
  append (text, ", ", g_strdup_printf (_ ("95 %% interval %s to %s"), low, high));
}

char *
lsc_bars_dup_cell_text (LscReport *report, guint cell)
{
  const LscCellFigures *of;
  GString              *text;
  g_autofree char      *name = NULL;
  g_autofree char      *detail = NULL;
  g_autofree char      *verdict = NULL;

  g_return_val_if_fail (LSC_IS_REPORT (report), NULL);
  g_return_val_if_fail (cell < lsc_report_get_n_cells (report), NULL);

  of = lsc_report_get_figures (report, cell);
  verdict = lsc_report_dup_verdict (report, cell);
  lsc_report_dup_cell_label (report, cell, &name, &detail);
  text = g_string_new (name);
  if (detail != NULL)
    g_string_append_printf (text, ", %s", detail);

  if (of->n > 0)
    append_times (text, of);
  if (verdict != NULL)
    g_string_append_printf (text, "%s%s", of->n > 0 ? ", " : ": ", verdict);
  if (of->n > 0)
    /* Translators: how many measured runs the figures are of. */
    append (text, "; ", g_strdup_printf (ngettext ("%u run", "%u runs", of->n), of->n));
  if (of->n_failed + of->n_timed_out > 0)
    /* Translators: runs that failed or took too long, and are not in the figures. */
    append (text, ", ", g_strdup_printf (_ ("%u more not done"), of->n_failed + of->n_timed_out));
  if (isfinite (of->memory.median))
    {
      g_autofree char *memory = lsc_format_bytes ((guint64)of->memory.median);

      /* Translators: of the largest process of a run: "peak memory 15 MB". */
      append (text, "; ", g_strdup_printf (_ ("peak memory %s"), memory));
    }

  return g_string_free (text, FALSE);
}

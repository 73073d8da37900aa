/* lsc-inspector-measured.c: what there is to say about what was measured.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-inspector-measured.h"

#include <glib/gi18n-lib.h>

#include "lsc-cell-name.h"
#include "lsc-inspector-facts-private.h"
#include "lsc-measurement-columns.h"
#include "lsc-units.h"

/* Whoever needs all of them at once has the table. */
#define MAX_CELLS 12

typedef struct
{
  LscFactsBuilder base;
  LscProfile     *profile;
  LscReport      *report;
  LscBaseline    *baseline; /* nullable */
} Builder;

/* ---- rows ---------------------------------------------------------------------------- */

/* Without the others beside it a heading may be too short. */
static const char *
get_label (LscMeasurement column)
{
  switch ((guint)column)
    {
    case LSC_MEASUREMENT_SAMPLES:
      return _ ("Samples");
    case LSC_MEASUREMENT_USER:
      return _ ("User time");
    case LSC_MEASUREMENT_SYSTEM:
      return _ ("System time");
    case LSC_MEASUREMENT_CORES:
      return _ ("Cores in use");
    case LSC_MEASUREMENT_MEMORY:
      return _ ("Peak memory");
    case LSC_MEASUREMENT_ALL_MEMORY:
      /* Translators: the memory of all processes of a run together; below "Peak memory" */
      return _ ("All processes");
    default:
      return lsc_measurement_column_get_title (column);
    }
}

/* There is little place beside the label: "3.15 s–3.24 s". Takes the text. */
static char *
without_spaces (char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " – ", -1);

  g_free (text);
  return g_strjoinv ("–", parts);
}

static void
add_figure (Builder *builder, LscMeasurementRow *row, LscMeasurement column)
{
  g_autofree char *value = lsc_measurement_row_dup_text (row, column);

  if (*value == '\0')
    return;
  if (column == LSC_MEASUREMENT_INTERVAL)
    value = without_spaces (value);
  if (column == LSC_MEASUREMENT_VERDICT)
    {
      /* It says what it is, and needs the whole width. */
      lsc_facts_add (&builder->base, LSC_FACT_TEXT, NULL, g_steal_pointer (&value));
      return;
    }
  lsc_facts_add_hinted (&builder->base, get_label (column), g_steal_pointer (&value),
                        lsc_measurement_column_get_explanation (column));
}

/* ---- a cell -------------------------------------------------------------------------- */

static void
add_figures (Builder *builder, guint cell)
{
  g_autoptr (LscMeasurementRow) row =
      lsc_measurement_row_new (builder->profile, builder->report, builder->baseline, cell);

  add_figure (builder, row, LSC_MEASUREMENT_VERDICT);
  for (guint i = LSC_MEASUREMENT_WHAT + 1; i < LSC_N_MEASUREMENTS; i++)
    if (i != LSC_MEASUREMENT_VERDICT)
      add_figure (builder, row, i);
}

/* How it was measured. */
static void
add_conditions (Builder *builder, const LscProfileCell *cell)
{
  LscFactsBuilder *facts = &builder->base;

  if (cell->warm_up_ns >= 0)
    /* Translators: the first run, which is not among those that the figures are of */
    lsc_facts_add_hinted (facts, _ ("Warm-up"), lsc_format_duration ((gint64)cell->warm_up_ns),
                          _ ("The first run; it is not in the figures"));
  if (cell->n_tasks > 0)
    lsc_facts_add_count (facts, _ ("Tasks"), cell->n_tasks);
  if (cell->n_calls > 1)
    /* Translators: how often a function was called in a row for one sample */
    lsc_facts_add_hinted (facts, _ ("Calls a sample"), lsc_format_count (cell->n_calls),
                          _ ("One call is too short for a clock: the times are of one of them"));
  if (cell->one_core)
    lsc_facts_add (facts, LSC_FACT_ROW, _ ("One core"), g_strdup (_ ("Yes")));
  if (cell->lock != LSC_PROFILE_LOCK_UNKNOWN)
    /* Translators: Python's global interpreter lock: on or off */
    lsc_facts_add (facts, LSC_FACT_ROW, _ ("Interpreter’s lock"),
                   g_strdup (cell->lock == LSC_PROFILE_LOCK_ON ? _ ("on") : _ ("off")));
  if (cell->settings != NULL && *cell->settings != '\0')
    lsc_facts_add (facts, LSC_FACT_ROW, _ ("Settings"), g_strdup (cell->settings));
}

static void
add_cell (Builder *builder, guint cell)
{
  g_autofree char *name = lsc_cell_dup_name (builder->report, cell);
  g_auto (GStrv) warnings = lsc_report_dup_cell_warnings (builder->report, cell);

  lsc_facts_add (&builder->base, LSC_FACT_HEADING, name, NULL);
  add_figures (builder, cell);
  add_conditions (builder, lsc_profile_get_cell (builder->profile, cell));
  for (guint i = 0; warnings[i] != NULL; i++)
    lsc_facts_add (&builder->base, LSC_FACT_TEXT, NULL, g_strdup (warnings[i]));
}

/* ---- all of it ----------------------------------------------------------------------- */

static void
add_in_short (Builder *builder, guint cell)
{
  static const LscMeasurement columns[] = { LSC_MEASUREMENT_VERDICT, LSC_MEASUREMENT_MEDIAN,
                                            LSC_MEASUREMENT_INTERVAL, LSC_MEASUREMENT_BASELINE };
  g_autofree char            *name = lsc_cell_dup_name (builder->report, cell);
  g_autoptr (LscMeasurementRow) row =
      lsc_measurement_row_new (builder->profile, builder->report, builder->baseline, cell);
  guint n_samples = lsc_report_get_figures (builder->report, cell)->n;

  /* Translators: how many samples the figures are of */
  lsc_facts_add (&builder->base, LSC_FACT_HEADING, name, g_strdup_printf (_ ("n = %u"), n_samples));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_figure (builder, row, columns[i]);
}

static void
add_profile (Builder *builder)
{
  guint n = lsc_report_get_n_cells (builder->report);

  if (n <= MAX_CELLS)
    for (guint i = 0; i < n; i++)
      add_in_short (builder, i);
  else
    {
      lsc_facts_add (&builder->base, LSC_FACT_HEADING, lsc_profile_get_title (builder->profile),
                     NULL);
      lsc_facts_add_count (&builder->base, _ ("Bars"), n);
      lsc_facts_add_count (&builder->base, _ ("Rounds"),
                           lsc_profile_get_n_rounds (builder->profile));
    }
  lsc_facts_add (&builder->base, LSC_FACT_TEXT, NULL,
                 g_strdup (_ ("Click a bar or a row to see all of its figures.")));
}

GPtrArray *
lsc_inspector_facts_new_measured (LscProfile  *profile,
                                  LscReport   *report,
                                  LscBaseline *baseline,
                                  gint         cell)
{
  Builder builder = {
    .base.facts = lsc_facts_array_new (),
    .profile = profile,
    .report = report,
    .baseline = baseline,
  };

  if (profile == NULL || report == NULL)
    {
      lsc_facts_add (&builder.base, LSC_FACT_HEADING, _ ("Nothing to see yet"), NULL);
      lsc_facts_add (&builder.base, LSC_FACT_TEXT, NULL,
                     g_strdup (_ ("What is measured is told here in figures.")));
    }
  else if (cell >= 0 && (guint)cell < lsc_report_get_n_cells (report))
    add_cell (&builder, (guint)cell);
  else
    add_profile (&builder);
  return builder.base.facts;
}

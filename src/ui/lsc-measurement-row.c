/* lsc-measurement-row.c: one cell of a profile, as a row of the table.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-measurement-row.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-cell-name.h"
#include "lsc-units.h"

struct _LscMeasurementRow
{
  GObject parent_instance;

  guint          cell;
  guint          n_workers; /* 0: a mode that has none */
  LscCellFigures figures;
  LscVerdict     against_old;

  /* Owned */
  char *what;
  char *verdict;  /* nullable */
  char *baseline; /* nullable */
};

G_DEFINE_FINAL_TYPE (LscMeasurementRow, lsc_measurement_row, G_TYPE_OBJECT)

static guint changed_signal;

/* ---- what it is of ------------------------------------------------------------------- */

static gboolean
take_text (char **place, char *text)
{
  gboolean is_other = g_strcmp0 (*place, text) != 0;

  g_free (*place);
  *place = text;
  return is_other;
}

static void
update (LscMeasurementRow *self, LscProfile *profile, LscReport *report, LscBaseline *baseline)
{
  const LscProfileCell *cell = lsc_profile_get_cell (profile, self->cell);
  const LscCellFigures *figures = lsc_report_get_figures (report, self->cell);
  gboolean              is_other = memcmp (&self->figures, figures, sizeof *figures) != 0;

  /* As a block: with it the gaps between the fields, for the comparison. */
  memcpy (&self->figures, figures, sizeof *figures);
  self->n_workers = lsc_executor_kind_has_workers (cell->executor) ? cell->n_workers : 0;
  self->against_old = (LscVerdict){ .ratio = NAN, .low = NAN, .high = NAN, .confidence = NAN };
  if (baseline != NULL)
    self->against_old = *lsc_baseline_get_verdict (baseline, self->cell);
  is_other |= take_text (&self->what, lsc_cell_dup_name (report, self->cell));
  is_other |= take_text (&self->verdict, lsc_report_dup_verdict (report, self->cell));
  is_other |= take_text (&self->baseline,
                         baseline != NULL ? lsc_baseline_dup_verdict (baseline, self->cell) : NULL);
  if (is_other)
    g_signal_emit (self, changed_signal, 0);
}

static void
fit_length (GListStore *rows, guint n)
{
  guint n_now = g_list_model_get_n_items (G_LIST_MODEL (rows));
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = n_now; i < n; i++)
    {
      LscMeasurementRow *row = g_object_new (LSC_TYPE_MEASUREMENT_ROW, NULL);

      row->cell = i;
      g_ptr_array_add (added, row);
    }
  if (n != n_now)
    g_list_store_splice (rows, MIN (n, n_now), n_now > n ? n_now - n : 0, added->pdata, added->len);
}

void
lsc_measurement_rows_update (GListStore  *rows,
                             LscProfile  *profile,
                             LscReport   *report,
                             LscBaseline *baseline)
{
  g_return_if_fail (G_IS_LIST_STORE (rows));
  g_return_if_fail (LSC_IS_PROFILE (profile));
  g_return_if_fail (LSC_IS_REPORT (report));

  fit_length (rows, lsc_report_get_n_cells (report));
  for (guint i = 0; i < lsc_report_get_n_cells (report); i++)
    {
      g_autoptr (LscMeasurementRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      update (row, profile, report, baseline);
    }
}

LscMeasurementRow *
lsc_measurement_row_new (LscProfile *profile, LscReport *report, LscBaseline *baseline, guint cell)
{
  LscMeasurementRow *self = g_object_new (LSC_TYPE_MEASUREMENT_ROW, NULL);

  self->cell = cell;
  update (self, profile, report, baseline);
  return self;
}

/* ---- figures ------------------------------------------------------------------------- */

/* What kind of figure a column has. */
typedef enum
{
  KIND_WHAT,
  KIND_WORKERS,
  KIND_SAMPLES,
  KIND_INTERVAL,
  KIND_VERDICT,
  KIND_BASELINE,
  KIND_TIME, /* from here on: one of the figures, with its unit */
  KIND_BYTES,
  KIND_COUNT,
  KIND_CORES,
} Kind;

static const struct
{
  Kind  kind;
  gsize offset;
} columns[LSC_N_MEASUREMENTS] = {
  [LSC_MEASUREMENT_WHAT] = { KIND_WHAT, 0 },
  [LSC_MEASUREMENT_WORKERS] = { KIND_WORKERS, 0 },
  [LSC_MEASUREMENT_SAMPLES] = { KIND_SAMPLES, 0 },
  [LSC_MEASUREMENT_MEDIAN] = { KIND_TIME, offsetof (LscCellFigures, wall.median) },
  [LSC_MEASUREMENT_INTERVAL] = { KIND_INTERVAL, 0 },
  [LSC_MEASUREMENT_MIN] = { KIND_TIME, offsetof (LscCellFigures, wall.min) },
  [LSC_MEASUREMENT_LOWER_QUARTILE] = { KIND_TIME, offsetof (LscCellFigures, wall.lower_quartile) },
  [LSC_MEASUREMENT_UPPER_QUARTILE] = { KIND_TIME, offsetof (LscCellFigures, wall.upper_quartile) },
  [LSC_MEASUREMENT_MAX] = { KIND_TIME, offsetof (LscCellFigures, wall.max) },
  [LSC_MEASUREMENT_MEAN] = { KIND_TIME, offsetof (LscCellFigures, wall.mean) },
  [LSC_MEASUREMENT_DEVIATION] = { KIND_TIME, offsetof (LscCellFigures, wall.deviation) },
  [LSC_MEASUREMENT_USER] = { KIND_TIME, offsetof (LscCellFigures, user) },
  [LSC_MEASUREMENT_SYSTEM] = { KIND_TIME, offsetof (LscCellFigures, system) },
  [LSC_MEASUREMENT_START_UP] = { KIND_TIME, offsetof (LscCellFigures, start_up) },
  [LSC_MEASUREMENT_CORES] = { KIND_CORES, offsetof (LscCellFigures, cores) },
  [LSC_MEASUREMENT_MEMORY] = { KIND_BYTES, offsetof (LscCellFigures, memory.median) },
  [LSC_MEASUREMENT_ALL_MEMORY] = { KIND_BYTES, offsetof (LscCellFigures, sum_memory) },
  [LSC_MEASUREMENT_WAITS] = { KIND_COUNT, offsetof (LscCellFigures, n_voluntary) },
  [LSC_MEASUREMENT_PUSHES] = { KIND_COUNT, offsetof (LscCellFigures, n_involuntary) },
  [LSC_MEASUREMENT_MINOR_FAULTS] = { KIND_COUNT, offsetof (LscCellFigures, n_minor_faults) },
  [LSC_MEASUREMENT_MAJOR_FAULTS] = { KIND_COUNT, offsetof (LscCellFigures, n_major_faults) },
  [LSC_MEASUREMENT_VERDICT] = { KIND_VERDICT, 0 },
  [LSC_MEASUREMENT_BASELINE] = { KIND_BASELINE, 0 },
};

static double
get_ratio (const LscVerdict *verdict)
{
  return verdict->kind != LSC_VERDICT_NONE ? verdict->ratio : NAN;
}

/* NAN where it is not known, or is no number. */
static double
get_number (LscMeasurementRow *self, LscMeasurement column)
{
  switch (columns[column].kind)
    {
    case KIND_WORKERS:
      return self->n_workers;
    case KIND_SAMPLES:
      return self->figures.n;
    case KIND_INTERVAL: /* how wide it is, for its size */
      return (self->figures.high - self->figures.low) / self->figures.wall.median;
    case KIND_VERDICT:
      return get_ratio (&self->figures.verdict);
    case KIND_BASELINE:
      return get_ratio (&self->against_old);
    case KIND_TIME:
    case KIND_BYTES:
    case KIND_COUNT:
    case KIND_CORES:
      return self->figures.n > 0 ? G_STRUCT_MEMBER (double, &self->figures, columns[column].offset)
                                 : NAN;
    case KIND_WHAT:
    default:
      return NAN;
    }
}

static char *
dup_samples (const LscCellFigures *figures)
{
  g_autofree char *n = lsc_format_count (figures->n);
  guint            n_bad = figures->n_failed + figures->n_timed_out;

  if (n_bad == 0)
    return g_steal_pointer (&n);
  /* Translators: how many samples there are, and how many more failed or took too long */
  return g_strdup_printf (_ ("%s, %u failed"), n, n_bad);
}

static char *
dup_interval (const LscCellFigures *figures)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (!isfinite (figures->low) || !isfinite (figures->high))
    /* Translators: there is no interval of the median before there are six samples */
    return g_strdup (_ ("not yet"));
  low = lsc_format_duration (llround (figures->low));
  high = lsc_format_duration (llround (figures->high));
  return g_strdup_printf ("%s – %s", low, high);
}

static char *
dup_figure (LscMeasurementRow *self, LscMeasurement column)
{
  double value = get_number (self, column);

  /* One value has no deviation. */
  if (self->figures.n == 0 || (column == LSC_MEASUREMENT_DEVIATION && self->figures.n < 2))
    return g_strdup ("");
  if (!isfinite (value))
    return g_strdup (_ ("unknown"));
  if (columns[column].kind == KIND_BYTES)
    return lsc_format_bytes ((guint64)MAX (value, 0));
  if (columns[column].kind == KIND_COUNT)
    return lsc_format_count ((guint64)llround (MAX (value, 0)));
  if (columns[column].kind == KIND_CORES)
    return g_strdup_printf ("%.2f", value);
  return lsc_format_duration (llround (value));
}

char *
lsc_measurement_row_dup_text (LscMeasurementRow *self, LscMeasurement column)
{
  g_return_val_if_fail (LSC_IS_MEASUREMENT_ROW (self), NULL);
  g_return_val_if_fail (column < LSC_N_MEASUREMENTS, NULL);

  switch (columns[column].kind)
    {
    case KIND_WHAT:
      return g_strdup (self->what);
    case KIND_WORKERS:
      return self->n_workers > 0 ? lsc_format_count (self->n_workers) : g_strdup ("");
    case KIND_SAMPLES:
      return dup_samples (&self->figures);
    case KIND_INTERVAL:
      return self->figures.n > 0 ? dup_interval (&self->figures) : g_strdup ("");
    case KIND_VERDICT:
      return g_strdup (self->verdict != NULL ? self->verdict : "");
    case KIND_BASELINE:
      return g_strdup (self->baseline != NULL ? self->baseline : "");
    case KIND_TIME:
    case KIND_BYTES:
    case KIND_COUNT:
    case KIND_CORES:
    default:
      return dup_figure (self, column);
    }
}

int
lsc_measurement_row_compare (LscMeasurementRow *a, LscMeasurementRow *b, LscMeasurement column)
{
  double x = get_number (a, column);
  double y = get_number (b, column);

  if (column == LSC_MEASUREMENT_WHAT)
    return g_utf8_collate (a->what, b->what);
  if (isnan (x) || isnan (y))
    return (isnan (x) ? 1 : 0) - (isnan (y) ? 1 : 0);
  return (x > y ? 1 : 0) - (x < y ? 1 : 0);
}

/* ---- the object ---------------------------------------------------------------------- */

guint
lsc_measurement_row_get_cell (LscMeasurementRow *self)
{
  g_return_val_if_fail (LSC_IS_MEASUREMENT_ROW (self), 0);
  return self->cell;
}

gboolean
lsc_measurement_row_is_in_trouble (LscMeasurementRow *self)
{
  g_return_val_if_fail (LSC_IS_MEASUREMENT_ROW (self), FALSE);
  return (self->figures.warnings & (LSC_WARNING_FAILURES | LSC_WARNING_NO_FIGURES)) != 0;
}

LscVerdictKind
lsc_measurement_row_get_verdict (LscMeasurementRow *self, LscMeasurement column)
{
  g_return_val_if_fail (LSC_IS_MEASUREMENT_ROW (self), LSC_VERDICT_NONE);
  return column == LSC_MEASUREMENT_BASELINE ? self->against_old.kind : self->figures.verdict.kind;
}

static void
lsc_measurement_row_finalize (GObject *object)
{
  LscMeasurementRow *self = LSC_MEASUREMENT_ROW (object);

  g_free (self->what);
  g_free (self->verdict);
  g_free (self->baseline);
  G_OBJECT_CLASS (lsc_measurement_row_parent_class)->finalize (object);
}

static void
lsc_measurement_row_class_init (LscMeasurementRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_measurement_row_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
lsc_measurement_row_init (LscMeasurementRow *self)
{
  self->what = g_strdup ("");
}

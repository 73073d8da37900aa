/* lsc-measurement-row.h: one cell of a profile, as a row of the table.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Rows stay the same objects while samples come in, so that a selection stays.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-baseline.h"
#include "lsc-report.h"

G_BEGIN_DECLS

/* In the order in which they stand. */
typedef enum
{
  LSC_MEASUREMENT_WHAT,
  LSC_MEASUREMENT_WORKERS,
  LSC_MEASUREMENT_MEDIAN,
  LSC_MEASUREMENT_INTERVAL,
  LSC_MEASUREMENT_VERDICT,
  LSC_MEASUREMENT_BASELINE,
  LSC_MEASUREMENT_SAMPLES,
  LSC_MEASUREMENT_MIN,
  LSC_MEASUREMENT_LOWER_QUARTILE,
  LSC_MEASUREMENT_UPPER_QUARTILE,
  LSC_MEASUREMENT_MAX,
  LSC_MEASUREMENT_MEAN,
  LSC_MEASUREMENT_DEVIATION,
  LSC_MEASUREMENT_USER,
  LSC_MEASUREMENT_SYSTEM,
  LSC_MEASUREMENT_START_UP,
  LSC_MEASUREMENT_CORES,
  LSC_MEASUREMENT_MEMORY,
  LSC_MEASUREMENT_ALL_MEMORY,
  LSC_MEASUREMENT_WAITS,
  LSC_MEASUREMENT_PUSHES,
  LSC_MEASUREMENT_MINOR_FAULTS,
  LSC_MEASUREMENT_MAJOR_FAULTS,
  LSC_N_MEASUREMENTS
} LscMeasurement;

#define LSC_TYPE_MEASUREMENT_ROW (lsc_measurement_row_get_type ())
G_DECLARE_FINAL_TYPE (LscMeasurementRow, lsc_measurement_row, LSC, MEASUREMENT_ROW, GObject)

/* Signal "changed" (void): it says something else. */

/* Brings a list of rows in line with the report: a row for each cell, in the profile's order.
 * `baseline`: nullable. */
void lsc_measurement_rows_update (GListStore  *rows,
                                  LscProfile  *profile,
                                  LscReport   *report,
                                  LscBaseline *baseline);

/* One by itself, as it is now. `baseline`: nullable. */
LscMeasurementRow *lsc_measurement_row_new (LscProfile  *profile,
                                            LscReport   *report,
                                            LscBaseline *baseline,
                                            guint        cell) G_GNUC_WARN_UNUSED_RESULT;

guint lsc_measurement_row_get_cell (LscMeasurementRow *self);
/* Whether something is wrong with it: samples failed, or none could be made. */
gboolean lsc_measurement_row_is_in_trouble (LscMeasurementRow *self);
/* Against its reference; against the baseline. */
LscVerdictKind lsc_measurement_row_get_verdict (LscMeasurementRow *self, LscMeasurement column);
/* Never NULL; translated. */
char *lsc_measurement_row_dup_text (LscMeasurementRow *self,
                                    LscMeasurement     column) G_GNUC_WARN_UNUSED_RESULT;
/* For sorting: what is unknown comes last. */
int lsc_measurement_row_compare (LscMeasurementRow *a, LscMeasurementRow *b, LscMeasurement column);

G_END_DECLS

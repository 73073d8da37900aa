/* lsc-measurement-columns.h: the columns of the table of measurements.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-measurement-row.h"

G_BEGIN_DECLS

/* Makes all columns; which of them are shown is said by the next. */
void lsc_measurement_columns_append (GtkColumnView *view);
/* One flag a column. */
void lsc_measurement_columns_show (GtkColumnView *view, const gboolean *is_shown);

/* "median": for settings and actions. */
const char *lsc_measurement_column_get_nick (LscMeasurement column);
/* Translated. */
const char *lsc_measurement_column_get_title (LscMeasurement column);
/* What it is, in a sentence; translated; nullable. */
const char *lsc_measurement_column_get_explanation (LscMeasurement column);
/* Where nothing was chosen. */
gboolean lsc_measurement_column_is_default (LscMeasurement column);

/* The headings and these rows (of LscMeasurementRow), all of them where `rows` is NULL, as text
 * with tabs, as spreadsheets paste it; with the columns that are shown. */
char *lsc_measurement_columns_dup_text (GtkColumnView   *view,
                                        const GtkBitset *rows) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

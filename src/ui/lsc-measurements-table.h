/* lsc-measurements-table.h: the figures of a profile, a row for each cell.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. As high as its rows: for a scroller; scrolls sideways by itself.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-baseline.h"
#include "lsc-report.h"

G_BEGIN_DECLS

#define LSC_TYPE_MEASUREMENTS_TABLE (lsc_measurements_table_get_type ())
G_DECLARE_FINAL_TYPE (LscMeasurementsTable,
                      lsc_measurements_table,
                      LSC,
                      MEASUREMENTS_TABLE,
                      GtkWidget)

/* Property "columns" (GStrv): the nicks of those that are shown; empty: the usual ones.
 * Signals "cell-activated" (guint cell); "selection-changed"; "menu" (double x, double y): a row
 * wants one. */

/* Brings the rows in line; selection, order and focus stay while the profile is the same. All NULL:
 * no rows. */
void lsc_measurements_table_update (LscMeasurementsTable *self,
                                    LscProfile           *profile,
                                    LscReport            *report,
                                    LscBaseline          *baseline);

/* The first selected row's cell; -1: none is. */
gint lsc_measurements_table_get_selected (LscMeasurementsTable *self);
/* The selected rows, or all, with a head line, as text with tabs. */
char *lsc_measurements_table_dup_text (LscMeasurementsTable *self,
                                       gboolean              all) G_GNUC_WARN_UNUSED_RESULT;

/* What shows and hides columns: actions for the prefix "columns", and a menu of them. Borrowed. */
GActionGroup *lsc_measurements_table_get_column_actions (LscMeasurementsTable *self);
GMenuModel   *lsc_measurements_table_get_column_menu (LscMeasurementsTable *self);

G_END_DECLS

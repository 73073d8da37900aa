/* lsc-row-growth.h: lets a list view have its rows a few at a time.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. A list view makes some 200 rows, seen or not, which takes longer than a
 * frame has: so many at a time once they are seen, until it has them all. Its widgets
 * stay for other rows.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Part of whoever has the view. */
typedef struct
{
  GtkWidget         *widget; /* borrowed: rows are made while it is mapped */
  GListModel        *model;  /* borrowed */
  GtkSliceListModel *slice;  /* borrowed */
  guint              source;
} LscRowGrowth;

/* What the view should be given in place of the model. */
GtkSliceListModel *lsc_row_growth_init (LscRowGrowth *growth,
                                        GtkWidget    *widget,
                                        GListModel   *model) G_GNUC_WARN_UNUSED_RESULT;
void               lsc_row_growth_clear (LscRowGrowth *growth);
/* The widget is mapped. */
void lsc_row_growth_go (LscRowGrowth *growth);
/* Before there may be more rows: those to come are made in steps. */
void lsc_row_growth_hold (LscRowGrowth *growth);
/* Before all rows are replaced: the new ones are made in steps. */
void lsc_row_growth_restart (LscRowGrowth *growth);
/* After the model has changed. */
void lsc_row_growth_changed (LscRowGrowth *growth);

G_END_DECLS

/* lsc-column-view.h: what GTK 4.8's column view has no call for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A column of numbers: its heading stands where they do, at the right. */
void lsc_column_view_set_is_number (GtkColumnViewColumn *column, gboolean is_number);
/* After columns were added or moved. */
void lsc_column_view_align_headings (GtkColumnView *view);
/* Of a column that is shown, by its title; NULL: it is not. */
GtkWidget *lsc_column_view_find_heading (GtkColumnView *view, GtkColumnViewColumn *column);

/* Says that `child` is what the item shows; for lsc_column_view_pick (). */
void lsc_column_view_set_child (GtkListItem *item, GtkWidget *child);
/* The row at a point of the view; GTK_INVALID_LIST_POSITION: none. */
guint lsc_column_view_pick (GtkColumnView *view, double x, double y);

G_END_DECLS

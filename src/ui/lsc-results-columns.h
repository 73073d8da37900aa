/* lsc-results-columns.h: what the columns of the results show.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-results-model.h"

G_BEGIN_DECLS

/* A sentence about a row, for the tooltip of its result; NULL for none. */
typedef char *(*LscResultsDescribeFunc) (LscResultsRow *row, gpointer user_data);

/* `user_data` must live as long as the view. */
void lsc_results_columns_append (GtkColumnView         *view,
                                 LscResultsDescribeFunc describe,
                                 gpointer               user_data);
/* Shows those columns that have something to say about these tasks. */
void lsc_results_columns_show (GtkColumnView *view, LscTaskTraits traits);
/* By what the user wants them sorted: a click on a heading. The view's sorter changes then. */
void lsc_results_columns_read_sort (GtkColumnView *view, LscResultsQuery *query);

/* The headings, and a row, as text with tabs, as spreadsheets paste it; with the columns of
 * `traits`. */
void lsc_results_columns_append_headings (GString *text, LscTaskTraits traits);
void lsc_results_columns_append_text (GString      *text,
                                      LscTaskTable *tasks,
                                      guint         index,
                                      LscTaskTraits traits);

/* A symbol that tells a status apart without colour. */
const char *lsc_results_status_icon (LscTaskStatus status);

G_END_DECLS

/* lsc-results-save.h: asks for a file and saves results there.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-task-table.h"

G_BEGIN_DECLS

/* Says how it went: with a toast of the window that `widget` is in, or a dialog when it failed.
 * `order` as for lsc_results_csv_save_async(). */
void lsc_results_save (GtkWidget *widget, LscTaskTable *tasks, GArray *order);

G_END_DECLS

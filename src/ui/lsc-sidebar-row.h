/* lsc-sidebar-row.h: a row of the list of workloads and opened files.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Its menu, for the user's own workloads, activates win.edit-workload and others with
 * the workload's id.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-workload.h"

G_BEGIN_DECLS

/* Of an LscWorkload, or an LscOpenedRecording. */
GtkWidget *lsc_sidebar_row_new (gpointer item) G_GNUC_WARN_UNUSED_RESULT;
gpointer   lsc_sidebar_row_get_item (GtkWidget *row);
/* Turns while it runs; NULL for files. */
GtkWidget *lsc_sidebar_row_get_spinner (GtkWidget *row);
/* Closes it; NULL for workloads. */
GtkWidget *lsc_sidebar_row_get_close (GtkWidget *row);

G_END_DECLS

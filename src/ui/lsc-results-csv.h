/* lsc-results-csv.h: results as comma-separated values, as RFC 4180 has them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lsc-task-table.h"

G_BEGIN_DECLS

/* In quotes when it has to be. */
void lsc_results_csv_append_field (GString *text, const char *field);
void lsc_results_csv_append_header (GString *text);
void lsc_results_csv_append_row (GString *text, LscTaskTable *tasks, guint index);

/* Writes on a worker thread. The old file stays until the new one is whole. `order` (guint,
 * nullable): which tasks, and in which order; it is not changed meanwhile. */
void     lsc_results_csv_save_async (LscTaskTable       *tasks,
                                     GArray             *order,
                                     GFile              *file,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gboolean lsc_results_csv_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS

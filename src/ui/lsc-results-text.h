/* lsc-results-text.h: results as text with tabs, as spreadsheets paste it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lsc-task-table.h"

G_BEGIN_DECLS

/* Made on a worker thread. `indices` (guint, nullable): which tasks, and in which order; not
 * changed meanwhile. */
void lsc_results_text_async (GObject            *source,
                             LscTaskTable       *tasks,
                             GArray             *indices,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data);
char *
lsc_results_text_finish (GAsyncResult *result) G_GNUC_WARN_UNUSED_RESULT; /* NULL: cancelled */

G_END_DECLS

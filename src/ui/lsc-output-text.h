/* lsc-output-text.h: the output as text, made and saved off the main thread.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lsc-output-query.h"

G_BEGIN_DECLS

/* What the query shows of the store: as text, or, with a file, written there; the old file stays
 * until the new one is whole. `tasks` is nullable. */
void lsc_output_text_async (GObject              *source,
                            LscOutputStore       *store,
                            LscTaskTable         *tasks,
                            const LscOutputQuery *query,
                            GFile                *file,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data);
/* The text; "" when it went into a file. NULL: an error, or cancelled. */
char *lsc_output_text_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* lsc-preferences.h: what is kept from one start to the next.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The one instance, borrowed. NULL where the schema is not installed: nothing is kept then. */
GSettings *lsc_preferences_get (void);

/* The folder in which all that tasks print is kept; NULL: none. */
char *lsc_preferences_dup_output_folder (void) G_GNUC_WARN_UNUSED_RESULT;
void  lsc_preferences_set_output_folder (const char *folder);
/* A folder in it for the run of a workload that begins now; NULL: none. */
char *lsc_preferences_dup_run_folder (const char *workload_id) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the user wants to see that workload's code; FALSE: has not said. */
gboolean lsc_preferences_lookup_code_shown (const char *workload_id, gboolean *is_shown);
void     lsc_preferences_set_code_shown (const char *workload_id, gboolean is_shown);

/* From SIGTERM to SIGKILL, for a worker that is terminated; 0: nothing was chosen. */
gint64 lsc_preferences_get_grace_ns (void);

G_END_DECLS

/* lsc-run-place.h: the folder of a run, where its shared memory lies.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The run's thread; a few quick calls to file systems that are memory where
 * there is one.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A new, empty folder with room for so many bytes, in the first of: the user's
 * runtime folder, /dev/shm, the folder for temporary files. */
char *lsc_run_place_make (guint64 size_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same where programs outside the sandbox see it, too, by the same path. */
char *lsc_run_place_make_shared (guint64 size_bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Removes run folders in `folder` that nobody uses any more: both the engine and the
 * launcher were killed. Younger ones than `age_s` may just be made. */
void lsc_run_place_clean (const char *folder, gint64 age_s);
/* With the files in it; does nothing when it is gone already. */
void lsc_run_place_remove (const char *path);

G_END_DECLS

/* lsc-place.h: files that come whole or not at all, and never in another's place.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocking; any thread. Errors are what the system says ("No space left on device"), for a sentence
 * that tells what was tried.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes the folder, and those that it is in. */
gboolean lsc_place_folder (const char *folder, GError **error);
/* A file in place of an old one, or of none. */
gboolean lsc_place_over (const char *path, const char *text, gsize length, GError **error);
/* A file where there is none; G_FILE_ERROR_EXIST when there is. */
gboolean lsc_place_new (const char *path, const char *text, gsize length, GError **error);
/* Moves a file to where there is none. */
gboolean lsc_place_move (const char *from, const char *to, GError **error);

G_END_DECLS

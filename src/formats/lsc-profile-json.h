/* lsc-profile-json.h: a profile as JSON in hyperfine's shape.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * hyperfine's own keys are exactly its own, in seconds: its scripts read these files. What it has
 * no key for stands under "lanescope", so that a saved profile reopens as the same profile.
 * All block. A profile belongs to the thread that calls.
 */

#pragma once

#include <stdio.h>

#include "lsc-profile.h"

G_BEGIN_DECLS

gboolean lsc_profile_json_save (LscProfile *profile, const char *path, GError **error);
/* What goes wrong shows in `stream`. */
void lsc_profile_json_write (LscProfile *profile, FILE *stream);

/* A saved profile, or what hyperfine exported: then what it does not tell is unknown, and its
 * commands are cells without a workload's id, each named by its command. A message says what is
 * wrong and where. */
LscProfile *lsc_profile_json_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LscProfile *
lsc_profile_json_parse (const char *text, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the file begins as such a file does. */
gboolean lsc_profile_json_probe (const char *path);
/* Whether it is JSON by its beginning or its name, and so a profile, or meant to be one: reading it
 * tells what is wrong with it. */
gboolean lsc_profile_json_is_meant (const char *path);

G_END_DECLS

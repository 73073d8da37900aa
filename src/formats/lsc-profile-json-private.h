/* lsc-profile-json-private.h: what the parts of lsc-profile-json share.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-json-read.h"
#include "lsc-profile.h"

G_BEGIN_DECLS

#define LSC_PROFILE_JSON_VERSION 1

/* More can't be compared in a time that anybody would wait for. */
#define LSC_PROFILE_MAX_CELLS   2000u
#define LSC_PROFILE_MAX_SAMPLES 10000u /* of a cell, and rounds */

/* All cells, of both lists, in the order of their numbers. */
gboolean lsc_profile_json_read_cells (LscProfile *profile,
                                      JsonArray  *results,
                                      JsonArray  *unmeasured,
                                      GError    **error);

/* `results`: what hyperfine exported. */
LscProfile *lsc_hyperfine_read (JsonArray *results, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

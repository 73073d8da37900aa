/* lsc-profile-table.h: a profile as a table with bars, for a terminal.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdio.h>

#include "lsc-bars.h"

G_BEGIN_DECLS

/* All that is known: title, a row for each cell, what it means, what to beware of. */
void
lsc_profile_table_print (LscProfile *profile, LscReport *report, LscBarsOrder order, FILE *stream);
/* A line for each cell while it is measured, in the profile's order, `width` places wide:
 * (element-type utf8). */
GPtrArray *lsc_profile_table_make_lines (LscProfile *profile,
                                         LscReport  *report,
                                         guint       width) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

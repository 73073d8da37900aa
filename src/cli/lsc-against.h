/* lsc-against.h: a profile against an earlier one, for a terminal.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdio.h>

#include "lsc-baseline.h"

G_BEGIN_DECLS

/* What makes the two hard to compare, first of all; then a line for each cell of `profile`. The
 * names are the files', for people; `new_name` NULL: what was measured just now. */
void lsc_against_print (LscBaseline *baseline,
                        LscProfile  *profile,
                        LscProfile  *old,
                        const char  *old_name,
                        const char  *new_name,
                        FILE        *stream);
/* Only what makes them hard to compare, on standard error: where the list is not printed. */
void lsc_against_tell_warnings (LscBaseline *baseline);
/* Whether something is surely slower by more than `percent`: said on standard error. */
gboolean lsc_against_tell_slower (LscBaseline *baseline, LscProfile *profile, double percent);

G_END_DECLS

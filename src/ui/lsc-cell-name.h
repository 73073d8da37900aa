/* lsc-cell-name.h: what a cell of a profile is called where it stands by itself.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-report.h"

G_BEGIN_DECLS

/* The name of the cell's group, borrowed; NULL: there is only one. */
const char *lsc_cell_get_group_name (LscReport *report, guint cell);
/* "Threads, 4 workers", "Build a set · Python". */
char *lsc_cell_dup_name (LscReport *report, guint cell) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

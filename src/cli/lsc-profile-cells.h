/* lsc-profile-cells.h: the cells that lanescope-cli profile is to measure.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-profile-request.h"
#include "lsc-profiler-cells.h"

G_BEGIN_DECLS

/* Sizes inputs to the machine where they are to be: runs the default main context meanwhile. */
LscProfilerCells *lsc_profile_cells_make (LscProfileRequest *request,
                                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* What is measured, as a title. */
char *lsc_profile_cells_dup_title (const LscProfileRequest *request) G_GNUC_WARN_UNUSED_RESULT;
/* The cell that --reference names: its number, from 1, its command, its mode or its workload. */
gboolean
lsc_profile_cells_find (LscProfile *profile, const char *text, guint *cell, GError **error);

G_END_DECLS

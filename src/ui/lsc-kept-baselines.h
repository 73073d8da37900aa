/* lsc-kept-baselines.h: profiles that are kept to compare later ones with, one for each workload.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files in the user's data folder, as lsc-profile-json.h writes them. Small, and read and written
 * at once, on any thread.
 */

#pragma once

#include "lsc-profile.h"

G_BEGIN_DECLS

/* Where the baseline of a profile's workload is, or would be. */
char    *lsc_kept_baselines_dup_path (LscProfile *profile) G_GNUC_WARN_UNUSED_RESULT;
gboolean lsc_kept_baselines_has (LscProfile *profile);

/* What the inputs of the workload's baseline were sized for, as LscProfileCell.sized_for_ns; 0:
 * there is none, or they were not. */
double lsc_kept_baselines_find_sized_for_ns (const char *workload_id);

/* What was there before, for whoever changes their mind; NULL: nothing was. */
typedef struct
{
  char   *path;
  GBytes *before; /* nullable */
} LscBaselineChange;

void lsc_baseline_change_free (LscBaselineChange *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscBaselineChange, lsc_baseline_change_free)

/* In place of the one that is there. NULL with an error: nothing was changed; as below. */
LscBaselineChange *lsc_kept_baselines_keep (LscProfile *profile,
                                            GError    **error) G_GNUC_WARN_UNUSED_RESULT;
LscBaselineChange *lsc_kept_baselines_remove (LscProfile *profile,
                                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean           lsc_kept_baselines_undo (const LscBaselineChange *change, GError **error);

G_END_DECLS

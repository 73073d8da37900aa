/* lsc-profile-figures.h: what hyperfine's files tell of each cell.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of the samples that are done. Any thread that has the profile.
 */

#pragma once

#include "lsc-profile.h"
#include "lsc-samples.h"

G_BEGIN_DECLS

typedef struct
{
  LscSummary wall;    /* ns; all NAN where nothing is done */
  double     user_ns; /* means; NAN where one is unknown */
  double     system_ns;
} LscProfileFigures;

void lsc_profile_get_figures (LscProfile *profile, guint cell, LscProfileFigures *figures);

/* What cells may differ in: hyperfine's parameters, which its scripts plot against. */
typedef enum
{
  LSC_PROFILE_PARAMETER_WORKLOAD = 1 << 0,
  LSC_PROFILE_PARAMETER_INPUT = 1 << 1,
  LSC_PROFILE_PARAMETER_EXECUTOR = 1 << 2,
  LSC_PROFILE_PARAMETER_WORKERS = 1 << 3,
} LscProfileParameters;

#define LSC_N_PROFILE_PARAMETERS 4

/* Those that are not the same in all cells. */
LscProfileParameters lsc_profile_find_parameters (LscProfile *profile);
/* "workers": untranslated. */
const char *lsc_profile_parameter_get_name (LscProfileParameters parameter);
char       *lsc_profile_dup_parameter (const LscProfileCell *cell,
                                       LscProfileParameters  parameter) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

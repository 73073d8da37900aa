/* lsc-structures-shared.h: what the data structures in C and in Python have in common.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-workload.h"

G_BEGIN_DECLS

/* The last is the interpreter: not for C. */
#define LSC_N_STRUCTURES_PARAMETERS 4u

extern const LscParameter lsc_structures_parameters[LSC_N_STRUCTURES_PARAMETERS];

/* The names of the functions that the settings choose, frozen. */
LscTextList *lsc_structures_list (LscSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/* As LscWorkloadClass.check_input. */
gboolean lsc_structures_check (const char *text, gsize length, GError **error);

G_END_DECLS

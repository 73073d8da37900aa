/* lsc-structures-shared.h: what the data structures in C and in Python have in common.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-structures-build.h"
#include "lsc-workload.h"

G_BEGIN_DECLS

/* The last is the interpreter: not for C. */
#define LSC_N_STRUCTURES_PARAMETERS 4u

extern const LscParameter lsc_structures_parameters[LSC_N_STRUCTURES_PARAMETERS];

/* What a number costs in one of the functions, in units of the workload's own. */
typedef struct
{
  const char *id;
  double      cost;
} LscStructureCost;

/* As LscWorkloadClass.make_inputs: the names of the functions that the settings choose. */
LscTextList *lsc_structures_make_inputs (LscWorkload *workload,
                                         LscSettings *settings,
                                         double       ns_per_unit,
                                         GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* As LscWorkloadClass.check_input. */
gboolean
lsc_structures_check_input (LscWorkload *workload, const char *text, gsize length, GError **error);
/* What a task costs; `costs` has all LSC_N_STRUCTURES functions. */
double lsc_structures_get_cost_of (LscSettings            *settings,
                                   const LscStructureCost *costs,
                                   const char             *text,
                                   gsize                   length);

G_END_DECLS

/* lsc-structures.h: the built-in workload that builds sets, lists, tuples and strings in C.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_STRUCTURES (lsc_structures_get_type ())
G_DECLARE_FINAL_TYPE (LscStructures, lsc_structures, LSC, STRUCTURES, LscWorkload)

LscWorkload *lsc_structures_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

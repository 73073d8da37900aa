/* lsc-ramen.h: the built-in workload that cooks.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_RAMEN (lsc_ramen_get_type ())
G_DECLARE_FINAL_TYPE (LscRamen, lsc_ramen, LSC, RAMEN, LscWorkload)

LscWorkload *lsc_ramen_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

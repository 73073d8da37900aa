/* lsc-loop.h: the built-in workload that goes on until it is told to stop.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_LOOP (lsc_loop_get_type ())
G_DECLARE_FINAL_TYPE (LscLoop, lsc_loop, LSC, LOOP, LscWorkload)

LscWorkload *lsc_loop_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

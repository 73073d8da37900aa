/* lsc-gil.h: the built-in lesson about Python's threads and the lock of its interpreter.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-python-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_GIL (lsc_gil_get_type ())
G_DECLARE_FINAL_TYPE (LscGil, lsc_gil, LSC, GIL, LscPythonWorkload)

LscWorkload *lsc_gil_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

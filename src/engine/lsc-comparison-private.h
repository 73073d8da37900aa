/* lsc-comparison-private.h: what tests need of a comparison.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-comparison.h"
#include "lsc-executor.h"

G_BEGIN_DECLS

/* One executor for each kind (borrowed: references are taken); NULL for worker processes. */
LscComparison *lsc_comparison_new_with_executors (const LscRunOptions   *options,
                                                  const LscExecutorKind *kinds,
                                                  guint                  n_kinds,
                                                  LscExecutor *const    *executors,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

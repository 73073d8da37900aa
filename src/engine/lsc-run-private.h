/* lsc-run-private.h: what tests need of a run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-executor.h"
#include "lsc-run.h"

G_BEGIN_DECLS

/* A run on an executor of one's own (transfer full), which is handed to the run's
 * thread; no program is looked for and no process started. */
LscRun *lsc_run_new_with_executor (const LscRunOptions *options,
                                   LscExecutor         *executor,
                                   GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

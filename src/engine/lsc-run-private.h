/* lsc-run-private.h: the parts of a run among themselves, and what tests need.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-executor.h"
#include "lsc-recorder.h"
#include "lsc-run.h"

G_BEGIN_DECLS

/* Checks what can be checked without starting anything. */
gboolean lsc_run_check_options (const LscRunOptions *options, GError **error);
/* What the settings say, where the run itself says nothing. */
void lsc_run_apply_limits (LscRunOptions *options);
/* Settings of a run outside the sandbox: files and folders as they are named there. */
void lsc_run_prepare_outside (LscRunOptions *options);
/* NULL, or why no worker of such a run can be asked for it. */
const char *lsc_run_check_request (const LscRunOptions *options, LscLaneRequest request);
/* The newest lane of a worker, whatever became of it; NULL: it has not begun. */
LscLane *lsc_run_find_lane (LscRecording *recording, guint worker);

/* The recorder of a run with these options, which says what it is. */
LscRecorder *lsc_run_make_recorder (const LscRunOptions *options,
                                    gint64               origin_ns,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* A run on an executor of one's own (transfer full), which is handed to the run's
 * thread; no program is looked for and no process started. */
LscRun *lsc_run_new_with_executor (const LscRunOptions *options,
                                   LscExecutor         *executor,
                                   GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* lsc-follow.h: a run, from its start to its end, on the terminal.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both run the default main context until they are done.
 */

#pragma once

#include "lsc-results.h"
#include "lsc-run.h"

G_BEGIN_DECLS

/* Starts the run and returns when it is over. A signal asks it to stop; another one, or the grace
 * time (0: the default), kills it. Prints `results` as they come. */
void lsc_follow_run (LscRun *run, LscResults *results, gint64 grace_ns, gboolean quiet);

/* The inputs that the settings name. Where they are to be sized to the machine, they are for
 * `sized_for_ns` (nullable), or, where that is 0, for what the machine is found to do, which is
 * then told there. NULL with an error; a signal is one, too. */
LscTextList *lsc_follow_inputs (LscWorkload *workload,
                                LscSettings *settings,
                                double      *sized_for_ns,
                                GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether standard error is a terminal on which a line can be drawn anew. */
gboolean lsc_follow_can_redraw (void);

G_END_DECLS

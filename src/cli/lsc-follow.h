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

/* ns for a unit of the workload's work; 0 with an error set, or when a signal came. */
double lsc_follow_calibration (LscWorkload *workload, GError **error);

G_END_DECLS

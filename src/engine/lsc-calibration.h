/* lsc-calibration.h: how fast this machine does a workload's unit of work.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; runs the workload's calibration inputs in sequence in a worker
 * process, once for each program in this process's life, and remembers.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-recording.h"
#include "lsc-workload.h"

G_BEGIN_DECLS

void lsc_calibration_get_async (LscWorkload        *workload,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
/* ns for a unit; 0 with an error set, or without one when the workload needs none. */
double lsc_calibration_get_finish (GAsyncResult *result, GError **error);
/* What is known already; 0: nothing. */
double lsc_calibration_peek (LscWorkload *workload);

/* What a unit took in the tasks of a run that are done. 0: can't be told. */
double
lsc_calibration_evaluate (LscRecording *recording, LscWorkload *workload, LscSettings *settings);

/* Whether what took so long was expected to take another time, by more than half of it. */
gboolean lsc_calibration_is_off (double expected, double actual);
/* After a run of one task after another, of a workload that was measured: where it took another
 * time, that is what is known from then on. */
void lsc_calibration_learn (LscWorkload *workload, LscSettings *settings, LscRecording *recording);

/* Expected wall time in a mode: work / min (workers, cores, tasks), plus nothing. -1 when unknown.
 */
gint64 lsc_calibration_expect_ns (double          total_cost,
                                  double          ns_per_unit,
                                  LscExecutorKind kind,
                                  guint           n_workers,
                                  guint           n_cores,
                                  guint           n_tasks);

G_END_DECLS

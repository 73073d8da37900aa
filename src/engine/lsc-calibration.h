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

/* Expected wall time in a mode: work / min (workers, cores, tasks), plus nothing. -1 when unknown.
 */
gint64 lsc_calibration_expect_ns (double          total_cost,
                                  double          ns_per_unit,
                                  LscExecutorKind kind,
                                  guint           n_workers,
                                  guint           n_cores,
                                  guint           n_tasks);

G_END_DECLS

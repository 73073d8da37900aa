/* lsc-worker-modes.h: the ways in which a worker runs its tasks.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All run until no more tasks come, and retire their lanes. The main thread.
 */

#pragma once

#include "lsc-task-class.h"
#include "lsc-task-pipe.h"
#include "lsc-worker-lane.h"

typedef struct
{
  LscSegment    *segment;
  LscTaskPipe   *tasks;
  LscResultPipe *results;
  const LscTaskClass *class;
  LscSettings *settings;
  guint        n_threads;
  gint64       timeout_ns; /* 0: none */
  guint        n_calls;    /* of each task, in a row */
  /* Says that the worker can begin. */
  void (*ready) (LscResultPipe *results);
} LscWorkerMode;

/* One task after another, on this thread, which is lane 0. */
void lsc_worker_run_sequential (const LscWorkerMode *mode);
/* All tasks at once, taking turns on this thread, which is lane 0. */
void lsc_worker_run_async (const LscWorkerMode *mode);
/* On a pool of threads, each a lane. FALSE, before anything has begun, when they can't be had. */
gboolean lsc_worker_run_threads (const LscWorkerMode *mode, GError **error);

/* lsc-worker-executor.h: tasks on worker processes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to the run's thread. Sequential, threads and processes are the same
 * thing with different numbers: P worker processes with T lanes each.
 */

#pragma once

#include "lsc-collector.h"
#include "lsc-executor-kind.h"
#include "lsc-executor.h"
#include "lsc-python-host.h"

G_BEGIN_DECLS

/* Workers that die this often in a row, in one place, without a task: the run gives up. */
#define LSC_MAX_FRUITLESS_DEATHS 3

typedef struct
{
  LscExecutorKind kind;
  guint           n_workers;
  gboolean        one_core;
  guint           n_retries;
  gint64          timeout_ns; /* 0: none */
  guint           n_calls;    /* of each task, in a row */
  gboolean        is_measured;
  LscObserveMode  observe;
  gint64          grace_ns;   /* from SIGTERM to SIGKILL, when one worker is to be ended */
  const char     *program_id; /* what the worker knows the workload by; borrowed, as all below */
  GBytes         *settings;
  LscTextList    *inputs;
  const char     *worker_program;
  /* Runs the tasks in place of the worker program: one process, with a lane for each thread or
   * process of Python's own pool. Nullable. */
  const LscPythonHost *python_host;
  const char          *launcher_program;
  gboolean             is_outside; /* of the sandbox */
  LscCollector        *collector;
  gint64               origin_ns; /* of the recording */
} LscWorkerExecutorOptions;

#define LSC_TYPE_WORKER_EXECUTOR (lsc_worker_executor_get_type ())
G_DECLARE_FINAL_TYPE (LscWorkerExecutor, lsc_worker_executor, LSC, WORKER_EXECUTOR, LscExecutor)

LscExecutor *
lsc_worker_executor_new (const LscWorkerExecutorOptions *options) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

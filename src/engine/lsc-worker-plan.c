/* lsc-worker-plan.c: what the worker executor starts, and how large it makes it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-worker-plan"

#include "config.h"

#include "lsc-worker-executor-private.h"

#define MAX_RINGS_BYTES (G_GUINT64_CONSTANT (64) << 20)
#define PIPES_BYTES     (16u << 20)
#define MAX_PIPE_BYTES  (1u << 20)

guint64
lsc_worker_executor_get_rings_bytes (LscWorkerExecutor *self)
{
  return (guint64)self->n_slots * self->n_lanes * self->ring_capacity * sizeof (LscRecord);
}

void
lsc_worker_executor_choose_sizes (LscWorkerExecutor *self, guint n_workers, guint n_tasks)
{
  guint n_processes = self->kind == LSC_EXECUTOR_PROCESSES ? MIN (n_workers, n_tasks) : 1;

  self->n_slots = self->is_python ? 1 : n_processes;
  self->n_lanes = self->is_python ? n_processes : 1;
  if (self->kind == LSC_EXECUTOR_THREADS)
    self->n_lanes = n_workers;
  self->ring_capacity = LSC_RING_DEFAULT_CAPACITY;
  while (self->ring_capacity > LSC_MIN_RING_CAPACITY &&
         lsc_worker_executor_get_rings_bytes (self) > MAX_RINGS_BYTES)
    self->ring_capacity /= 2;

  /* Two for each process; 0 leaves them as they are. */
  self->pipe_bytes = MIN (PIPES_BYTES / (2 * self->n_slots), MAX_PIPE_BYTES);
  if (self->pipe_bytes < 2 * 65536)
    self->pipe_bytes = 0;
}

void
lsc_worker_executor_set_program (LscWorkerExecutor *self, const LscWorkerExecutorOptions *options)
{
  const LscPythonHost *host = options->python_host;

  self->is_python = host != NULL;
  self->worker_program = g_strdup (host != NULL ? host->program : options->worker_program);
  self->worker_arguments = host != NULL ? g_strdupv (host->arguments) : NULL;
  self->worker_environment = host != NULL ? g_strdupv (host->environment) : NULL;
}

void
lsc_worker_executor_watch_pid (gpointer user_data, gint32 pid)
{
  LscWorkerExecutor *self = user_data;

  if (self->house.launcher != NULL &&
      (self->house.phase == LSC_PHASE_RUNNING || self->house.phase == LSC_PHASE_ENDING))
    lsc_launcher_client_watch (self->house.launcher, pid);
}

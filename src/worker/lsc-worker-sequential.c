/* lsc-worker-sequential.c: one task after another, on the main thread.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#define G_LOG_DOMAIN "lanescope-worker"

#include "lsc-task-runner.h"
#include "lsc-worker-modes.h"

void
lsc_worker_run_sequential (const LscWorkerMode *mode)
{
  g_autofree LscWorkerLane *lane = g_new (LscWorkerLane, 1);
  g_autofree LscTaskRunner *runner = g_new (LscTaskRunner, 1);
  LscPipeState              state = LSC_PIPE_READY;

  mode->tasks->is_of_one_lane = TRUE;
  lsc_worker_lane_start (lane, mode->segment, mode->results, 0);
  lsc_task_runner_init (runner, lane, mode->class, mode->settings);
  lsc_task_runner_set_n_calls (runner, mode->n_calls);
  mode->ready (mode->results);

  while (state != LSC_PIPE_END)
    {
      LscWireTask task;

      while ((state = lsc_task_pipe_next (mode->tasks, &task)) == LSC_PIPE_READY)
        lsc_task_runner_run (runner, task.index, task.input, task.input_length);
      if (state == LSC_PIPE_END)
        break;

      state = lsc_task_pipe_fill (mode->tasks);
      if (state == LSC_PIPE_EMPTY)
        {
          lsc_worker_lane_flush (lane, FALSE);
          state = lsc_task_pipe_wait (mode->tasks);
        }
    }

  lsc_worker_lane_retire (lane);
  lsc_task_runner_clear (runner);
}

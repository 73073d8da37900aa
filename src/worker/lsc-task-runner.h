/* lsc-task-runner.h: one task after another, step by step.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A runner belongs to the thread of its lane. It holds the one task that it is
 * on; whoever wants several under way at once has several runners on a lane.
 */

#pragma once

#include "lsc-task-class.h"
#include "lsc-worker-lane.h"

#define LSC_RUNNER_MAX_DEPTH 16
#define LSC_RUNNER_MAX_NAMES 64

typedef struct
{
  const char *name; /* static */
  guint32     id;
} LscSpanName;

typedef struct
{
  LscTaskContext context; /* first: tasks know the runner by it */

  LscWorkerLane *lane;       /* borrowed */
  const LscTaskClass *class; /* static */
  LscSettings *settings;
  gpointer     data;

  guint32       index;
  LscTaskStatus status;
  gint64        start_ns;
  char         *input; /* NUL-terminated copy */
  gsize         input_length;
  gsize         input_capacity;
  char         *result;
  gsize         result_length;
  gsize         result_capacity;

  /* What the last WAIT was for. */
  gint64 wait_until_ns; /* 0: no time */
  int    wait_fd;       /* -1: no descriptor */
  short  wait_events;

  guint       depth; /* open spans inside the task */
  LscSpanName names[LSC_RUNNER_MAX_NAMES];
  guint       n_names;
} LscTaskRunner;

/* Copies `settings`. */
void lsc_task_runner_init (LscTaskRunner *runner,
                           LscWorkerLane *lane,
                           const LscTaskClass *class,
                           LscSettings *settings);
void lsc_task_runner_clear (LscTaskRunner *runner);

/* The pieces: begin; step until it is done; end. A stop that was asked for makes
 * step say DONE. `input` is copied. */
LscStep
lsc_task_runner_begin (LscTaskRunner *runner, guint32 index, const char *input, gsize length);
LscStep lsc_task_runner_step (LscTaskRunner *runner);
void    lsc_task_runner_end (LscTaskRunner *runner);
/* Waits here for what the last step named: AGAIN; or DONE after a stop. */
LscStep lsc_task_runner_wait (LscTaskRunner *runner);

/* All of it, waiting in place. */
void lsc_task_runner_run (LscTaskRunner *runner, guint32 index, const char *input, gsize length);

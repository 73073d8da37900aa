/* lsc-task-runner.h: one task after another, step by step.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A runner belongs to the thread of its lane. It holds the one task that it is
 * on; whoever wants several under way at once has several runners on a lane.
 *
 * A task may be called many times in a row, from its init to its clear, as one task: what one
 * call takes is too short for a clock. What it prints and the steps inside it are told of the first
 * call alone; the result is the last one's.
 */

#pragma once

#include "lsc-task-class.h"
#include "lsc-worker-lane.h"

#define LSC_RUNNER_MAX_DEPTH 16

/* A step that the task is in. */
typedef struct
{
  guint32 name;
  guint16 category;
} LscOpenSpan;

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

  guint   n_calls;  /* how often each task is called */
  guint   n_called; /* before this call, of this task */
  guint   n_done;   /* calls that came to their end */
  gint64  calls_begin_ns;
  guint64 n_told; /* calls that the task has told itself */
  gint64  told_ns;

  guint       depth; /* open spans inside the task */
  LscOpenSpan open[LSC_RUNNER_MAX_DEPTH];
  gboolean    told_to_stop; /* one that sees to its stop itself was woken up for it */

  /* Of one among several on its lane: what its turns used so far. */
  gboolean takes_turns;
  guint64  user_ns;
  guint64  system_ns;
} LscTaskRunner;

/* Shares `settings`, which belong to the lane's thread. */
void lsc_task_runner_init (LscTaskRunner *runner,
                           LscWorkerLane *lane,
                           const LscTaskClass *class,
                           LscSettings *settings);
/* Before the first task. Those that don't end by themselves are called once all the same. */
void lsc_task_runner_set_n_calls (LscTaskRunner *runner, guint n_calls);
void lsc_task_runner_clear (LscTaskRunner *runner);

/* The pieces: prepare, which copies the input; begin; step until it is done; end. A stop
 * that was asked for makes step say DONE. */
void
lsc_task_runner_prepare (LscTaskRunner *runner, guint32 index, const char *input, gsize length);
LscStep lsc_task_runner_begin (LscTaskRunner *runner);
LscStep lsc_task_runner_step (LscTaskRunner *runner);
void    lsc_task_runner_end (LscTaskRunner *runner);
/* Waits here for what the last step named: AGAIN; or DONE after a stop. */
LscStep lsc_task_runner_wait (LscTaskRunner *runner);

/* All of it, waiting in place. */
void lsc_task_runner_run (LscTaskRunner *runner, guint32 index, const char *input, gsize length);

/* One that takes turns gives up the thread after a step, and gets it again for the next one or
 * for its end. */
void lsc_task_runner_pause (LscTaskRunner *runner);
void lsc_task_runner_resume (LscTaskRunner *runner);
/* The task ends in this way, whatever it was about to do. `reason`: nullable. */
void lsc_task_runner_give_up (LscTaskRunner *runner, LscTaskStatus status, const char *reason);
/* After a stop was asked for: whether a task that waits goes on, to see to it itself. */
gboolean lsc_task_runner_take_stop (LscTaskRunner *runner);

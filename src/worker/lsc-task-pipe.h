/* lsc-task-pipe.h: where tasks come from.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The worker's main thread.
 */

#pragma once

#include <glib.h>

#include "lsc-segment.h"
#include "lsc-wire.h"

typedef struct
{
  int           fd; /* non-blocking */
  LscWireReader reader;
  LscSegment   *segment;        /* borrowed; its stop flag ends the waiting */
  gboolean      is_of_one_lane; /* what that lane is asked for ends the waiting as well */
  int           wake_fd;        /* what can be read from it ends a wait; -1: none */
} LscTaskPipe;

typedef enum
{
  LSC_PIPE_READY, /* there is a task; there is more to read */
  LSC_PIPE_EMPTY, /* nothing at the moment */
  LSC_PIPE_END,   /* no more will come, or a stop was asked for */
} LscPipeState;

/* The next task that has been read already; its input is valid until the next fill. */
LscPipeState lsc_task_pipe_next (LscTaskPipe *pipe, LscWireTask *task);
/* Reads what there is, without waiting. */
LscPipeState lsc_task_pipe_fill (LscTaskPipe *pipe);
/* Waits until there is something, or for a moment: READY, END, or EMPTY to look around. */
LscPipeState lsc_task_pipe_wait (LscTaskPipe *pipe);

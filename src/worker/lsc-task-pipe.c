/* lsc-task-pipe.c: where tasks come from.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#define G_LOG_DOMAIN "lanescope-worker"

#include "lsc-task-pipe.h"

#include <errno.h>
#include <poll.h>

/* A request wakes nobody up: an idle worker looks for it. */
#define LOOK_INTERVAL_MS 50

static gboolean
is_over (LscTaskPipe *pipe)
{
  return lsc_segment_stop_requested (pipe->segment) ||
         (pipe->is_of_one_lane && lsc_segment_get_asked (pipe->segment, 0) != 0);
}

LscPipeState
lsc_task_pipe_next (LscTaskPipe *pipe, LscWireTask *task)
{
  LscWireFrame frame;
  int          got;

  if (is_over (pipe))
    return LSC_PIPE_END;
  got = lsc_wire_next (&pipe->reader, &frame);
  if (got == 0)
    return LSC_PIPE_EMPTY;
  if (got < 0 || !lsc_wire_get_task (&frame, task))
    return LSC_PIPE_END;
  return LSC_PIPE_READY;
}

LscPipeState
lsc_task_pipe_fill (LscTaskPipe *pipe)
{
  long n = lsc_wire_fill (&pipe->reader, pipe->fd);

  if (n > 0)
    return LSC_PIPE_READY;
  return n < 0 && errno == EAGAIN ? LSC_PIPE_EMPTY : LSC_PIPE_END;
}

LscPipeState
lsc_task_pipe_wait (LscTaskPipe *pipe)
{
  /* A negative descriptor is passed over. */
  struct pollfd fds[] = { { .fd = pipe->fd, .events = POLLIN },
                          { .fd = pipe->wake_fd, .events = POLLIN } };

  poll (fds, G_N_ELEMENTS (fds), LOOK_INTERVAL_MS);
  if (is_over (pipe))
    return LSC_PIPE_END;
  return fds[0].revents != 0 ? LSC_PIPE_READY : LSC_PIPE_EMPTY;
}

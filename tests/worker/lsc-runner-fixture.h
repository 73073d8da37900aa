/* lsc-runner-fixture.h: a runner of tasks on this thread, with the segment and the pipe of a
 * worker.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-task-runner.h"

typedef struct
{
  LscSegment   *segment;
  LscResultPipe pipe;
  int           read_end;
  LscWorkerLane lane;
  LscTaskRunner runner;
  LscSettings  *settings; /* none */
  LscWireReader reader;
} Fixture;

void fixture_set_up (Fixture *fixture, const LscTaskClass *class);
void fixture_tear_down (Fixture *fixture);
/* The next one that was sent, asserted to be there. */
LscWireFrame fixture_next_frame (Fixture *fixture);

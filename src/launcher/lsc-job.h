/* lsc-job.h: a process and all that comes from it, wherever it has gone.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdint.h>

#include "lsc-child.h"

/* A signal to the process that was started with that id (`child`; NULL: it has ended), to what
 * descends from it, and to what has lost its parent but still has the id in its environment. With
 * SIGKILL all are stopped first, so that none can fork away. */
void lsc_job_kill (LscChildTable *children, uint32_t id, const LscChild *child, int number);

/* lsc-start.h: from a request to a process: its words, its environment, its counters.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-child.h"
#include "lsc-places.h"

/* Starts what was asked for and puts it into the table. `answer` says what came of it; false
 * when it could not be started. */
bool
lsc_start (LscChildTable *table, const LscPending *pending, uint32_t place, LscWireChild *answer);
/* Runs a program that does nothing, to its end, so that the first one which is measured finds what
 * starting takes as a later one does: in memory, and in the caches. */
void lsc_start_warm_up (void);

/* lsc-sweep.h: ends what a launcher has left behind that was killed.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stddef.h>

/* Kills every process that has this run in its environment, and what descends from those; removes
 * the run's folder. How many could not be ended. */
size_t lsc_sweep (const char *run_folder);

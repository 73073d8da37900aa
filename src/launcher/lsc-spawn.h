/* lsc-spawn.h: starts one process, quickly and with nothing but what it is given.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdint.h>
#include <sys/types.h>

/* The kernel passes no more with one packet. */
#define LSC_SPAWN_MAX_FDS 253

/* Starts argv[0] (looked up in PATH) with fds[i] as its descriptor i and no
 * others, in a process group of its own, with default signals, and so that it
 * dies with the calling thread. Returns the pid, or -1 with errno set to what
 * kept it from being started. The descriptors stay the caller's. */
pid_t lsc_spawn (char *const *argv, const int *fds, uint32_t n_fds);

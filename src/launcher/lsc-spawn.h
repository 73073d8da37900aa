/* lsc-spawn.h: starts one process, quickly and with nothing but what it is given.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "lsc-wire.h"

/* The kernel passes no more with one packet. */
#define LSC_SPAWN_MAX_FDS 253

typedef struct
{
  const char  *program; /* tried first; NULL: argv[0] is looked up in the PATH of its environment */
  char *const *argv;
  char *const *environment;
  const char  *folder; /* "": where the launcher is */
  const int   *fds;    /* fds[i] becomes descriptor i; there are no others */
  uint32_t     n_fds;
  bool         one_core;
  /* The process is there, and waits: what watching it needs is made ready now. It is let go
   * when this returns. */
  void (*watch) (pid_t pid, void *user_data);
  void *user_data;
} LscSpawn;

/* What is started from now on may have so many open files; as many as this process unless it is
 * called. */
void lsc_spawn_set_max_files (uint64_t n);

/* Starts it in a process group of its own, with default signals, and so that it dies
 * with the calling thread. Returns the pid, or -1 with errno set to what kept it from
 * being started, and where. The descriptors stay the caller's. */
pid_t lsc_spawn (const LscSpawn *spawn, LscWireStage *stage);

/* lsc-proc-status.h: how a process that somebody else waits for has ended.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only.
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* To be opened while it lives. -1 with errno set. */
int lsc_proc_status_open (pid_t pid);

/* Its wait status, once somebody has waited for it (since Linux 6.15). */
bool lsc_proc_status_read (int pidfd, uint32_t *status);

/* Whether the kernel tells this user, in the process's stat, how it has ended while nobody has
 * waited for it yet. */
bool lsc_proc_status_may_know (pid_t pid);

/* lsc-proc-files.h: opening and reading files of /proc.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "lsc-proc-text.h"

/* Enough for a line about one thread. */
#define LSC_PROC_LINE_SIZE 1024

/* /proc/PID/NAME, or, with a tid, /proc/PID/task/TID/NAME. -1 with errno set. */
int lsc_proc_open (pid_t pid, pid_t tid, const char *name);

/* From its begin. The length; -1 with errno set: ESRCH when whose file it is has gone. */
ssize_t lsc_proc_read (int fd, char *text, size_t size);

/* Opens, reads and closes it. */
ssize_t lsc_proc_read_file (pid_t pid, pid_t tid, const char *name, char *text, size_t size);

/* False when it has gone. `tid` 0: the sum over the process's threads. */
bool lsc_proc_read_stat (pid_t pid, pid_t tid, LscProcStat *stat);

/* What it is called; false when that can't be known any more. */
bool lsc_proc_read_name (pid_t pid, char name[LSC_PROC_NAME_SIZE]);

/* Each number that is a name in a folder of /proc: the processes in /proc itself, the threads in
 * /proc/PID/task. */
typedef void (*LscProcIdFunc) (pid_t id, void *user_data);
void lsc_proc_each_id (const char *path, LscProcIdFunc func, void *user_data);

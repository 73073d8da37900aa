/* lsc-proc-status.c: how a process that somebody else waits for has ended.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-proc-status.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* As in <linux/pidfd.h> of Linux 6.15, which is newer than the system that this is built on. */
typedef struct
{
  uint64_t mask;
  uint64_t cgroup;
  uint32_t ids[11];
  int32_t  exit_code;
  uint64_t reserved;
} PidfdInfo;

_Static_assert(sizeof (PidfdInfo) == 72, "part of the kernel's interface");

#define INFO_EXIT      (UINT64_C (1) << 3)
#define PIDFD_GET_INFO _IOWR (0xFF, 11, PidfdInfo)

int
lsc_proc_status_open (pid_t pid)
{
  return (int)syscall (SYS_pidfd_open, pid, 0);
}

bool
lsc_proc_status_read (int pidfd, uint32_t *status)
{
  PidfdInfo info = { .mask = INFO_EXIT };

  if (pidfd < 0 || ioctl (pidfd, PIDFD_GET_INFO, &info) != 0 || (info.mask & INFO_EXIT) == 0)
    return false;
  *status = (uint32_t)info.exit_code;
  return true;
}

bool
lsc_proc_status_may_know (pid_t pid)
{
  char        path[32];
  struct stat info;

  snprintf (path, sizeof path, "/proc/%d", (int)pid);
  return geteuid () == 0 || (stat (path, &info) == 0 && info.st_uid == geteuid ());
}

/* lsc-proc-reason.c: what a thread waits for, from where in the kernel it does.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The kernel's own functions are no promise, so their names are compared by what they begin with,
 * and the system call is asked where they don't say.
 */

#include "config.h"

#include "lsc-proc-reason.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

typedef struct
{
  const char *prefix;
  LscReason   reason;
} Prefix;

static const Prefix places[] = {
  { "futex_", LSC_REASON_LOCK },
  { "do_futex", LSC_REASON_LOCK },
  { "__futex", LSC_REASON_LOCK },
  { "rt_mutex", LSC_REASON_LOCK },
  { "locks_lock_", LSC_REASON_LOCK },
  { "fcntl_setlk", LSC_REASON_LOCK },
  { "posix_lock", LSC_REASON_LOCK },
  { "do_semtimedop", LSC_REASON_LOCK },
  { "__do_semtimedop", LSC_REASON_LOCK },
  { "rwsem_", LSC_REASON_LOCK },
  { "__mutex_lock", LSC_REASON_LOCK },
  { "anon_pipe_", LSC_REASON_PIPE },
  { "pipe_", LSC_REASON_PIPE },
  { "fifo_open", LSC_REASON_PIPE },
  { "wait_for_partner", LSC_REASON_PIPE },
  { "poll_schedule_timeout", LSC_REASON_POLL },
  { "do_poll", LSC_REASON_POLL },
  { "do_select", LSC_REASON_POLL },
  { "do_sys_poll", LSC_REASON_POLL },
  { "do_epoll_wait", LSC_REASON_POLL },
  { "ep_poll", LSC_REASON_POLL },
  { "io_cqring_wait", LSC_REASON_POLL },
  { "do_wait_intr", LSC_REASON_POLL }, /* an eventfd that is read */
  { "do_wait", LSC_REASON_CHILD },
  { "kernel_wait", LSC_REASON_CHILD },
  { "kernel_clone", LSC_REASON_CHILD }, /* vfork: until the child has executed */
  { "_do_fork", LSC_REASON_CHILD },
  { "wait_for_vfork_done", LSC_REASON_CHILD },
  { "hrtimer_nanosleep", LSC_REASON_SLEEP },
  { "do_nanosleep", LSC_REASON_SLEEP },
  { "common_nsleep", LSC_REASON_SLEEP },
  { "unix_", LSC_REASON_NETWORK },
  { "__unix_", LSC_REASON_NETWORK },
  { "inet_", LSC_REASON_NETWORK },
  { "__inet_", LSC_REASON_NETWORK },
  { "tcp_", LSC_REASON_NETWORK },
  { "udp_", LSC_REASON_NETWORK },
  { "sk_", LSC_REASON_NETWORK },
  { "sock_", LSC_REASON_NETWORK },
  { "__skb_", LSC_REASON_NETWORK },
  { "skb_", LSC_REASON_NETWORK },
  { "netlink_", LSC_REASON_NETWORK },
  { "vsock_", LSC_REASON_NETWORK },
  { "rpc_", LSC_REASON_NETWORK },
  { "nfs_", LSC_REASON_NETWORK },
  { "n_tty_", LSC_REASON_TERMINAL },
  { "tty_", LSC_REASON_TERMINAL },
  { "do_signal_stop", LSC_REASON_STOPPED },
  { "do_jobctl_trap", LSC_REASON_STOPPED },
  { "ptrace_", LSC_REASON_STOPPED },
  { "do_freezer_trap", LSC_REASON_STOPPED },
  { "io_schedule", LSC_REASON_DISK },
  { "folio_wait", LSC_REASON_DISK },
  { "__folio_lock", LSC_REASON_DISK },
  { "wait_on_page", LSC_REASON_DISK },
  { "__lock_page", LSC_REASON_DISK },
  { "filemap_", LSC_REASON_DISK },
  { "bit_wait_io", LSC_REASON_DISK },
  { "out_of_line_wait", LSC_REASON_DISK },
  { "blk_", LSC_REASON_DISK },
  { "blkdev_", LSC_REASON_DISK },
  { "submit_bio", LSC_REASON_DISK },
  { "jbd2_", LSC_REASON_DISK },
  { "ext4_", LSC_REASON_DISK },
  { "xfs_", LSC_REASON_DISK },
  { "xlog_", LSC_REASON_DISK },
  { "btrfs_", LSC_REASON_DISK },
  { "balance_dirty_pages", LSC_REASON_DISK },
  { "wait_on_buffer", LSC_REASON_DISK },
  { "__wait_on_buffer", LSC_REASON_DISK },
  { "request_wait_answer", LSC_REASON_DISK }, /* a file system in user space */
  { "fuse_", LSC_REASON_DISK },
  /* Each waits for something that only its caller knows. */
  { "wait_woken", LSC_REASON_UNKNOWN },
  { "schedule", LSC_REASON_UNKNOWN },
  { "__schedule", LSC_REASON_UNKNOWN },
  { "wait_for_completion", LSC_REASON_UNKNOWN },
  { "__wait_for_common", LSC_REASON_UNKNOWN },
};

static bool
has_prefix (const char *text, size_t length, const char *prefix)
{
  size_t n = strlen (prefix);

  return length >= n && memcmp (text, prefix, n) == 0;
}

LscReason
lsc_proc_reason_from_place (const char *text, size_t length)
{
  if (length == 0 || text[0] == '0')
    return LSC_REASON_UNKNOWN;
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
    if (has_prefix (text, length, places[i].prefix))
      return places[i].reason;
  return LSC_REASON_OTHER;
}

/* ---- system calls ------------------------------------------------------------------- */

static LscReason
get_call_reason (long call)
{
  switch (call)
    {
    case SYS_futex:
    case SYS_flock:
#ifdef SYS_semop
    case SYS_semop:
#endif
#ifdef SYS_semtimedop
    case SYS_semtimedop:
#endif
      return LSC_REASON_LOCK;
#ifdef SYS_poll
    case SYS_poll:
#endif
#ifdef SYS_select
    case SYS_select:
#endif
#ifdef SYS_epoll_wait
    case SYS_epoll_wait:
#endif
    case SYS_ppoll:
    case SYS_pselect6:
    case SYS_epoll_pwait:
      return LSC_REASON_POLL;
    case SYS_wait4:
    case SYS_waitid:
#ifdef SYS_vfork
    case SYS_vfork:
#endif
      return LSC_REASON_CHILD;
    case SYS_nanosleep:
    case SYS_clock_nanosleep:
      return LSC_REASON_SLEEP;
    case SYS_connect:
    case SYS_accept:
    case SYS_accept4:
    case SYS_recvfrom:
    case SYS_recvmsg:
    case SYS_recvmmsg:
    case SYS_sendto:
    case SYS_sendmsg:
    case SYS_sendmmsg:
      return LSC_REASON_NETWORK;
    case SYS_fsync:
    case SYS_fdatasync:
    case SYS_sync:
    case SYS_syncfs:
    case SYS_msync:
      return LSC_REASON_DISK;
    default:
      return LSC_REASON_OTHER;
    }
}

static bool
depends_on_descriptor (long call)
{
  switch (call)
    {
    case SYS_read:
    case SYS_write:
    case SYS_readv:
    case SYS_writev:
    case SYS_pread64:
    case SYS_pwrite64:
    case SYS_ioctl:
    case SYS_splice:
      return true;
    default:
      return false;
    }
}

LscReason
lsc_proc_reason_from_call (const char *text, size_t length, int *fd)
{
  char  line[64];
  char *end;
  long  call;

  *fd = -1;
  if (length > sizeof line - 1)
    length = sizeof line - 1;
  memcpy (line, text, length);
  line[length] = '\0';
  /* "running", or -1 for one that is in no system call: it waits for a page. */
  call = strtol (line, &end, 10);
  if (end == line || call < 0)
    return LSC_REASON_UNKNOWN;
  if (depends_on_descriptor (call))
    {
      unsigned long number = strtoul (end, NULL, 16);

      if (number <= INT32_MAX)
        *fd = (int)number;
      return LSC_REASON_UNKNOWN;
    }
  return get_call_reason (call);
}

LscReason
lsc_proc_reason_from_link (const char *text, size_t length)
{
  static const Prefix links[] = {
    { "pipe:", LSC_REASON_PIPE },         { "socket:", LSC_REASON_NETWORK },
    { "/dev/pts/", LSC_REASON_TERMINAL }, { "/dev/ptmx", LSC_REASON_TERMINAL },
    { "/dev/tty", LSC_REASON_TERMINAL },  { "/dev/console", LSC_REASON_TERMINAL },
    { "/dev/", LSC_REASON_OTHER },        { "/proc/", LSC_REASON_OTHER },
    { "/sys/", LSC_REASON_OTHER },        { "/", LSC_REASON_DISK },
  };

  for (size_t i = 0; i < sizeof links / sizeof links[0]; i++)
    if (has_prefix (text, length, links[i].prefix))
      return links[i].reason;
  return LSC_REASON_OTHER;
}

/* lsc-spawn.c: starts one process, quickly and with nothing but what it is given.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The child borrows the launcher's memory until it executes (as in vfork and
 * posix_spawn): nothing is copied, and a failing exec leaves its errno in a
 * variable that the launcher reads. posix_spawn itself can't ask for
 * PR_SET_PDEATHSIG. The child calls what is safe there and nothing else.
 */

#include "config.h"

#include "lsc-spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* execvp keeps a path on it, and the argument vector once more for a script
 * without #!; only what is used is ever mapped. */
#define STACK_SIZE (2u << 20)

typedef struct
{
  char *const *argv;
  const int   *fds;
  uint32_t     n_fds;
  int         *moved; /* room for LSC_SPAWN_MAX_FDS */
  pid_t        parent;
  volatile int error;
} Start;

static int
move_descriptors (const Start *start)
{
  /* Out of the way first: a source may have the number of another's target. */
  for (uint32_t i = 0; i < start->n_fds; i++)
    {
      start->moved[i] = fcntl (start->fds[i], F_DUPFD_CLOEXEC, (int)start->n_fds);
      if (start->moved[i] < 0)
        return -1;
    }

  for (uint32_t i = 0; i < start->n_fds; i++)
    if (dup2 (start->moved[i], (int)i) < 0)
      return -1;

  /* All of ours close on exec anyway; ones of a library might not. Kernels
   * before 5.11 don't know the flag. */
  close_range (start->n_fds, ~0u, CLOSE_RANGE_CLOEXEC);
  return 0;
}

static void
reset_signals (void)
{
  struct sigaction action = { .sa_handler = SIG_DFL };
  sigset_t         none;

  for (int number = 1; number < NSIG; number++)
    sigaction (number, &action, NULL);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

static int
child_main (void *data)
{
  Start *start = data;

  setpgid (0, 0);
  if (move_descriptors (start) != 0 || prctl (PR_SET_PDEATHSIG, SIGKILL) != 0)
    {
      start->error = errno;
      _exit (127);
    }
  /* The launcher may have died before the line above: nobody would tell us. */
  if (getppid () != start->parent)
    _exit (127);

  reset_signals ();
  execvp (start->argv[0], start->argv);
  start->error = errno;
  _exit (127);
}

static char *
get_stack_top (void)
{
  static char *stack;

  if (stack == NULL)
    {
      void *memory = mmap (NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);

      if (memory == MAP_FAILED)
        return NULL;
      stack = memory;
    }
  return stack + STACK_SIZE;
}

pid_t
lsc_spawn (char *const *argv, const int *fds, uint32_t n_fds)
{
  int      moved[LSC_SPAWN_MAX_FDS];
  Start    start = { argv, fds, n_fds, moved, getpid (), 0 };
  char    *stack_top = get_stack_top ();
  sigset_t all, before;
  pid_t    pid;
  int      error;

  if (stack_top == NULL)
    return -1;
  if (n_fds > LSC_SPAWN_MAX_FDS)
    {
      errno = EINVAL;
      return -1;
    }

  /* No handler of ours may run on the memory that the child borrows. */
  sigfillset (&all);
  sigprocmask (SIG_SETMASK, &all, &before);
  pid = clone (child_main, stack_top, CLONE_VM | CLONE_VFORK | SIGCHLD, &start);
  error = pid < 0 ? errno : start.error;
  sigprocmask (SIG_SETMASK, &before, NULL);

  if (pid > 0 && error != 0)
    {
      while (waitpid (pid, NULL, 0) < 0 && errno == EINTR)
        ;
      pid = -1;
    }
  errno = error;
  return pid;
}

/* lsc-spawn.c: starts one process, quickly and with nothing but what it is given.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The child borrows the launcher's memory until it executes (as in posix_spawn):
 * nothing is copied, and a failing exec leaves its errno in a variable that the
 * launcher reads. Other than after vfork both run: while the child puts its
 * descriptors in place, the launcher gets ready to watch it; at a barrier the child
 * waits for that. When it has executed or ended, the kernel clears a word for us.
 *
 * They share errno as well. Each reads its own right after the call that failed, and
 * past the barrier the launcher makes no call that fails. What the child calls is
 * safe there, and nothing else.
 */

#include "config.h"

#include "lsc-spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* execvpe keeps a path on it, and the argument vector once more for a script
 * without #!; only what is used is ever mapped. */
#define STACK_SIZE (2u << 20)

/* Where the child stands at the barrier. */
#define BARRIER_SHUT    0u
#define BARRIER_WAITING 1u /* and the child sleeps before it */
#define BARRIER_OPEN    2u

typedef struct
{
  const LscSpawn *spawn;
  pid_t           parent;
  uint32_t        barrier; /* futex */
  uint32_t        borrows; /* futex: 0 once the child has memory of its own, or none any more */
  LscWireStage    stage;   /* of an error */
  volatile int    error;
} Start;

/* A sanitizer keeps its accounts of the stack in the memory that is shared here. */
#define RUNS_IN_CHILD __attribute__ ((no_sanitize ("address")))

static uint64_t max_files;

static void
futex_wait (uint32_t *word, uint32_t value)
{
  syscall (SYS_futex, word, FUTEX_WAIT, value, NULL, NULL, 0);
}

static void
futex_wake (uint32_t *word)
{
  syscall (SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

/* ---- the child ------------------------------------------------------------------- */

RUNS_IN_CHILD static void __attribute__ ((noreturn)) fail (Start *start, LscWireStage stage)
{
  start->error = errno;
  start->stage = stage;
  _exit (127);
}

/* Sources that have the number of another's target go out of the way first. */
RUNS_IN_CHILD static int
place_descriptors (const LscSpawn *spawn)
{
  int      sources[LSC_SPAWN_MAX_FDS];
  uint32_t n = spawn->n_fds;

  for (uint32_t i = 0; i < n; i++)
    {
      sources[i] = spawn->fds[i];
      if (sources[i] < (int)n)
        sources[i] = fcntl (sources[i], F_DUPFD_CLOEXEC, (int)n);
      if (sources[i] < 0)
        return -1;
    }
  for (uint32_t i = 0; i < n; i++)
    if (dup2 (sources[i], (int)i) < 0)
      return -1;

  /* All of ours close on exec anyway; ones of a library might not. Kernels
   * before 5.11 don't know the flag. */
  close_range (n, ~0u, CLOSE_RANGE_CLOEXEC);
  return 0;
}

RUNS_IN_CHILD static int
use_one_core (void)
{
  cpu_set_t allowed, one;

  if (sched_getaffinity (0, sizeof allowed, &allowed) != 0)
    return -1;
  for (int core = 0; core < CPU_SETSIZE; core++)
    if (CPU_ISSET (core, &allowed))
      {
        CPU_ZERO (&one);
        CPU_SET (core, &one);
        return sched_setaffinity (0, sizeof one, &one);
      }
  return -1;
}

RUNS_IN_CHILD static int
limit_files (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur <= max_files)
    return 0;
  limit.rlim_cur = max_files;
  return setrlimit (RLIMIT_NOFILE, &limit);
}

RUNS_IN_CHILD static void
wait_at_barrier (uint32_t *barrier)
{
  uint32_t shut = BARRIER_SHUT;

  if (!__atomic_compare_exchange_n (barrier, &shut, BARRIER_WAITING, false, __ATOMIC_ACQ_REL,
                                    __ATOMIC_ACQUIRE))
    return;
  while (__atomic_load_n (barrier, __ATOMIC_ACQUIRE) == BARRIER_WAITING)
    futex_wait (barrier, BARRIER_WAITING);
}

RUNS_IN_CHILD static int
child_main (void *data)
{
  Start          *start = data;
  const LscSpawn *spawn = start->spawn;
  sigset_t        none;

  setpgid (0, 0);
  if (place_descriptors (spawn) != 0 || prctl (PR_SET_PDEATHSIG, SIGKILL) != 0 ||
      (max_files > 0 && limit_files () != 0) || (spawn->one_core && use_one_core () != 0))
    fail (start, LSC_WIRE_STAGE_PROCESS);
  /* The launcher may have died before the line above: nobody would tell us. */
  if (getppid () != start->parent)
    _exit (127);
  if (spawn->folder[0] != '\0' && chdir (spawn->folder) != 0)
    fail (start, LSC_WIRE_STAGE_FOLDER);

  wait_at_barrier (&start->barrier);
  /* What the launcher has handlers for is the default again after exec; it ignores nothing. */
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  if (spawn->program != NULL)
    execve (spawn->program, spawn->argv, spawn->environment);
  /* Shared as well: its PATH is the one that counts. */
  environ = (char **)spawn->environment;
  execvp (spawn->argv[0], spawn->argv);
  fail (start, LSC_WIRE_STAGE_PROGRAM);
}

/* ---- the launcher ------------------------------------------------------------------ */

void
lsc_spawn_set_max_files (uint64_t n)
{
  struct rlimit limit;

  max_files = n;
  /* Who started us may not have been the one who knows how many are needed. */
  if (getrlimit (RLIMIT_NOFILE, &limit) == 0)
    {
      limit.rlim_cur = limit.rlim_max;
      setrlimit (RLIMIT_NOFILE, &limit);
    }
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

static void
open_barrier (uint32_t *barrier)
{
  if (__atomic_exchange_n (barrier, BARRIER_OPEN, __ATOMIC_ACQ_REL) == BARRIER_WAITING)
    futex_wake (barrier);
}

static pid_t
start_child (Start *start, char *stack_top)
{
  const LscSpawn *spawn = start->spawn;
  pid_t pid = clone (child_main, stack_top, CLONE_VM | CLONE_CHILD_CLEARTID | SIGCHLD, start, NULL,
                     NULL, &start->borrows);

  if (pid < 0)
    {
      start->error = errno;
      return -1;
    }
  if (spawn->watch != NULL)
    spawn->watch (pid, spawn->user_data);
  open_barrier (&start->barrier);
  while (__atomic_load_n (&start->borrows, __ATOMIC_ACQUIRE) != 0)
    futex_wait (&start->borrows, 1);
  return pid;
}

pid_t
lsc_spawn (const LscSpawn *spawn, LscWireStage *stage)
{
  Start    start = { .spawn = spawn, .parent = getpid (), .barrier = BARRIER_SHUT, .borrows = 1 };
  char    *stack_top = get_stack_top ();
  char   **own_environment = environ;
  sigset_t all, before;
  pid_t    pid;

  *stage = LSC_WIRE_STAGE_PROCESS;
  if (stack_top == NULL)
    return -1;
  if (spawn->n_fds > LSC_SPAWN_MAX_FDS)
    {
      errno = EINVAL;
      return -1;
    }

  /* No handler of ours may run on the memory that the child borrows. */
  sigfillset (&all);
  sigprocmask (SIG_SETMASK, &all, &before);
  pid = start_child (&start, stack_top);
  environ = own_environment;
  sigprocmask (SIG_SETMASK, &before, NULL);

  if (pid > 0 && start.error != 0)
    {
      while (waitpid (pid, NULL, __WALL) < 0 && errno == EINTR)
        ;
      pid = -1;
    }
  *stage = start.stage;
  errno = start.error;
  return pid;
}

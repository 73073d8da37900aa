/* lsc-scene.c: programs that the tests of probe watch, and what they know of themselves.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only.
 *
 *   lsc-scene threads PROCESSES THREADS   compute, sleep, yield and wait for each other; a line for
 *                                         each thread: lsc-seen.h has what it says
 *   lsc-scene turns N                     two threads that hand a byte to and fro, N times; a line
 *   lsc-scene exec                        a thread that is not the first executes "sleep"
 *   lsc-scene vfork                       executes "true" by vfork; its pid
 *   lsc-scene daemon                      leaves a process in a session of its own; its pid
 *   lsc-scene stopped                     stops a process that computes, and lets it go on; its pid
 *   lsc-scene named                       names a thread, and itself; both tids
 *   lsc-scene again                       two processes that follow each other with the same pid
 */

#include "config.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_THREADS 256

static uint64_t
get_ns (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void
sleep_ms (unsigned ms)
{
  struct timespec time = { ms / 1000, ms % 1000 * 1000000L };

  nanosleep (&time, NULL);
}

static void
compute_us (unsigned us)
{
  uint64_t end_ns = get_ns (CLOCK_MONOTONIC) + us * 1000u;

  while (get_ns (CLOCK_MONOTONIC) < end_ns)
    ;
}

/* ---- what a thread knows of itself ---------------------------------------------------- */

/* When each look at the kernel's accounts began and ended, and what there was between both. */
typedef struct
{
  int      tid;
  uint64_t begin_ns[2];
  uint64_t end_ns[2];
  long     n_voluntary;
  long     n_involuntary;
  uint64_t cpu_ns;
} Account;

static void
open_account (Account *account)
{
  struct rusage usage;

  account->tid = gettid ();
  account->begin_ns[0] = get_ns (CLOCK_MONOTONIC);
  getrusage (RUSAGE_THREAD, &usage);
  account->cpu_ns = get_ns (CLOCK_THREAD_CPUTIME_ID);
  account->begin_ns[1] = get_ns (CLOCK_MONOTONIC);
  account->n_voluntary = usage.ru_nvcsw;
  account->n_involuntary = usage.ru_nivcsw;
}

static void
close_account (Account *account)
{
  struct rusage usage;

  account->end_ns[0] = get_ns (CLOCK_MONOTONIC);
  getrusage (RUSAGE_THREAD, &usage);
  account->cpu_ns = get_ns (CLOCK_THREAD_CPUTIME_ID) - account->cpu_ns;
  account->end_ns[1] = get_ns (CLOCK_MONOTONIC);
  account->n_voluntary = usage.ru_nvcsw - account->n_voluntary;
  account->n_involuntary = usage.ru_nivcsw - account->n_involuntary;
}

static void
print_account (const Account *account)
{
  printf ("%d %lu %lu %lu %lu %ld %ld %lu\n", account->tid, account->begin_ns[0],
          account->begin_ns[1], account->end_ns[0], account->end_ns[1], account->n_voluntary,
          account->n_involuntary, account->cpu_ns);
}

/* ---- threads ---------------------------------------------------------------------------- */

static pthread_mutex_t shared = PTHREAD_MUTEX_INITIALIZER;
static Account         accounts[MAX_THREADS];

static void *
mix_cb (void *data)
{
  Account *account = data;
  unsigned seed = (unsigned)(account - accounts) * 77u + (unsigned)getpid ();

  open_account (account);
  for (unsigned i = 0; i < 40; i++)
    switch (rand_r (&seed) % 5)
      {
      case 0:
        sleep_ms (1 + (unsigned)rand_r (&seed) % 3);
        break;
      case 1:
        pthread_mutex_lock (&shared);
        compute_us (100);
        pthread_mutex_unlock (&shared);
        break;
      case 2:
        sched_yield ();
        break;
      default:
        compute_us ((unsigned)rand_r (&seed) % 1000);
        break;
      }
  close_account (account);
  return NULL;
}

static void
run_threads (unsigned n)
{
  pthread_t threads[MAX_THREADS];

  for (unsigned i = 0; i < n; i++)
    pthread_create (&threads[i], NULL, mix_cb, &accounts[i]);
  for (unsigned i = 0; i < n; i++)
    pthread_join (threads[i], NULL);
  for (unsigned i = 0; i < n; i++)
    print_account (&accounts[i]);
  /* A pipe takes so much in one piece, and nobody else's comes between. */
  fflush (stdout);
}

static void
run_processes (unsigned n_processes, unsigned n_threads)
{
  for (unsigned i = 0; i < n_processes; i++)
    if (fork () == 0)
      {
        run_threads (n_threads);
        _exit (0);
      }
  while (wait (NULL) > 0)
    ;
}

/* ---- turns ------------------------------------------------------------------------------- */

static int      pipes[2][2];
static unsigned n_turns;

static void *
answer_cb (void *data)
{
  char byte;

  open_account (&accounts[1]);
  for (unsigned i = 0; i < n_turns; i++)
    if (read (pipes[0][0], &byte, 1) != 1 || write (pipes[1][1], &byte, 1) != 1)
      abort ();
  close_account (&accounts[1]);
  return NULL;
}

static void
take_turns (unsigned n)
{
  pthread_t thread;
  char      byte = 0;

  n_turns = n;
  if (pipe (pipes[0]) != 0 || pipe (pipes[1]) != 0)
    abort ();
  pthread_create (&thread, NULL, answer_cb, NULL);
  open_account (&accounts[0]);
  for (unsigned i = 0; i < n; i++)
    if (write (pipes[0][1], &byte, 1) != 1 || read (pipes[1][0], &byte, 1) != 1)
      abort ();
  close_account (&accounts[0]);
  pthread_join (thread, NULL);
  print_account (&accounts[0]);
  print_account (&accounts[1]);
}

/* ---- lives ----------------------------------------------------------------------------- */

static void *
sleep_cb (void *data)
{
  sleep_ms (20);
  return NULL;
}

static void *
exec_cb (void *data)
{
  sleep_ms (2);
  printf ("%d %d\n", getpid (), gettid ());
  fflush (stdout);
  execlp ("sleep", "sleep", "0.01", NULL);
  abort ();
}

static void
exec_from_thread (void)
{
  pthread_t threads[2];

  pthread_create (&threads[0], NULL, sleep_cb, NULL);
  pthread_create (&threads[1], NULL, exec_cb, NULL);
  pause ();
}

static void
run_by_vfork (void)
{
  pid_t pid = vfork ();

  if (pid == 0)
    {
      execlp ("true", "true", NULL);
      _exit (127);
    }
  waitpid (pid, NULL, 0);
  printf ("%d\n", pid);
}

static void
leave_daemon (void)
{
  if (fork () == 0)
    {
      setsid ();
      if (fork () == 0)
        {
          printf ("%d\n", getpid ());
          fflush (stdout);
          sleep_ms (30);
          _exit (9);
        }
      _exit (0);
    }
  wait (NULL);
}

static void
stop_and_continue (void)
{
  pid_t pid = fork ();

  if (pid == 0)
    for (;;)
      compute_us (1000);
  sleep_ms (10);
  kill (pid, SIGSTOP);
  waitpid (pid, NULL, WUNTRACED);
  sleep_ms (20);
  kill (pid, SIGCONT);
  sleep_ms (10);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  printf ("%d\n", pid);
}

static void *
named_cb (void *data)
{
  *(int *)data = gettid ();
  sleep_ms (20);
  return NULL;
}

static void
give_names (void)
{
  pthread_t thread;
  int       tid = 0;

  pthread_create (&thread, NULL, named_cb, &tid);
  pthread_setname_np (thread, "by another");
  prctl (PR_SET_NAME, "by itself");
  pthread_join (thread, NULL);
  printf ("%d %d\n", getpid (), tid);
}

/* Only where we may choose a pid: in a namespace of our own. */
static int
use_again (void)
{
  char  text[16];
  pid_t last = 0;

  for (int i = 0; i < 2; i++)
    {
      pid_t pid;

      if (i == 1)
        {
          int fd = open ("/proc/sys/kernel/ns_last_pid", O_WRONLY);
          int length = snprintf (text, sizeof text, "%d", last - 1);

          if (fd < 0 || write (fd, text, (size_t)length) != length)
            return 77;
        }
      pid = fork ();
      if (pid == 0)
        _exit (0);
      waitpid (pid, NULL, 0);
      printf ("%d\n", pid);
      last = pid;
    }
  return 0;
}

int
main (int argc, char **argv)
{
  const char *what = argc > 1 ? argv[1] : "";

  if (strcmp (what, "threads") == 0 && argc == 4)
    run_processes ((unsigned)atoi (argv[2]), (unsigned)atoi (argv[3]));
  else if (strcmp (what, "turns") == 0 && argc == 3)
    take_turns ((unsigned)atoi (argv[2]));
  else if (strcmp (what, "exec") == 0)
    exec_from_thread ();
  else if (strcmp (what, "vfork") == 0)
    run_by_vfork ();
  else if (strcmp (what, "daemon") == 0)
    leave_daemon ();
  else if (strcmp (what, "stopped") == 0)
    stop_and_continue ();
  else if (strcmp (what, "named") == 0)
    give_names ();
  else if (strcmp (what, "again") == 0)
    return use_again ();
  else
    return 2;
  return 0;
}

/* lsc-watch-cost.c: runs a program as the launcher would, watched or not.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   lsc-watch-cost USES BUDGET PROGRAM [ARG...]
 *
 * USES: LSC_PROBE_* bits; 0: nobody watches. BUDGET: permille of a core. Prints: how long it took,
 * ns; CPU time that the program took, and that watching took, ns; how many records there were; how
 * many were lost.
 */

#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lsc-probe.h"
#include "lsc-ring.h"

#define RING     1
#define CAPACITY 65536u

typedef struct
{
  LscSegment *segment;
  LscProbe   *probe; /* NULL: nobody watches */
  uint64_t    n_records;
  uint64_t    n_lost;
} Watcher;

static uint64_t
get_cpu_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static uint64_t
get_programs_cpu_ns (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000u +
         (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000u;
}

/* As the collector does, which is another program: not part of the cost. */
static uint64_t
read_records (Watcher *watcher)
{
  static LscRecord records[4096];
  uint64_t         begin_ns = get_cpu_ns ();
  size_t           n;

  while ((n = lsc_segment_read (watcher->segment, RING, records, 4096)) > 0)
    for (size_t i = 0; i < n; i++)
      {
        watcher->n_records++;
        if (records[i].kind == LSC_RECORD_LOSS)
          watcher->n_lost += records[i].value;
      }
  return get_cpu_ns () - begin_ns;
}

static void
watcher_init (Watcher *watcher, const LscProbeOptions *options)
{
  char path[64];

  snprintf (path, sizeof path, "/dev/shm/lsc-watch-cost-%d", (int)getpid ());
  watcher->segment = lsc_segment_create (path, 2, CAPACITY);
  if (watcher->segment == NULL)
    {
      perror (path);
      exit (2);
    }
  unlink (path);
  if (options->uses != 0)
    watcher->probe = lsc_probe_new (watcher->segment, RING, options);
}

static int
open_signals (void)
{
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGCHLD);
  sigprocmask (SIG_BLOCK, &set, NULL);
  return signalfd (-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* False when nothing is left. */
static bool
reap (Watcher *watcher)
{
  int   status;
  pid_t pid;

  while ((pid = waitpid (-1, &status, WNOHANG)) > 0)
    if (watcher->probe != NULL)
      lsc_probe_add_end (watcher->probe, pid, status, lsc_trace_now_ns ());
  return pid == 0 || errno != ECHILD;
}

static pid_t
start_program (char **argv)
{
  pid_t pid = vfork ();

  if (pid == 0)
    {
      sigset_t none;

      sigemptyset (&none);
      sigprocmask (SIG_SETMASK, &none, NULL);
      execvp (argv[0], argv);
      _exit (127);
    }
  return pid;
}

int
main (int argc, char **argv)
{
  Watcher                 watcher = { 0 };
  int                     signals = open_signals ();
  uint64_t                begin_ns, end_ns, cpu_ns, reading_ns = 0;
  struct signalfd_siginfo info;
  LscProbeOptions         options = { 0 };
  pid_t                   pid;

  if (argc < 4)
    return 2;
  options.uses = (uint32_t)atoi (argv[1]);
  options.budget_permille = (uint32_t)atoi (argv[2]);
  prctl (PR_SET_CHILD_SUBREAPER, 1);
  watcher_init (&watcher, &options);

  cpu_ns = get_cpu_ns ();
  begin_ns = lsc_trace_now_ns ();
  pid = start_program (argv + 3);
  if (watcher.probe != NULL)
    lsc_probe_add_start (watcher.probe, pid, begin_ns);

  while (reap (&watcher))
    {
      struct pollfd fds[] = {
        { .fd = signals, .events = POLLIN },
        { .fd = watcher.probe != NULL ? lsc_probe_get_fd (watcher.probe) : -1, .events = POLLIN },
      };

      poll (fds, 2, -1);
      while (read (signals, &info, sizeof info) > 0)
        ;
      if (fds[1].revents != 0)
        lsc_probe_dispatch (watcher.probe);
      reading_ns += read_records (&watcher);
    }
  end_ns = lsc_trace_now_ns ();
  lsc_probe_free (watcher.probe);
  cpu_ns = get_cpu_ns () - cpu_ns - reading_ns;
  read_records (&watcher);
  printf ("%lu %lu %lu %lu %lu\n", end_ns - begin_ns, get_programs_cpu_ns (), cpu_ns,
          watcher.n_records, watcher.n_lost);
  return 0;
}

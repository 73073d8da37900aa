/* lsc-watched.c: programs whose slow-down by being watched is measured.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   lsc-watched compute THREADS STEPS   each thread counts so far
 *   lsc-watched turns SECONDS           two threads on one core wake each other; prints for each
 *                                       tenth of a second, to standard error: how often, and the
 * CPU time of both, ns
 */

#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAX_THREADS 64
#define MAX_TENTHS  600

static uint64_t      n_steps;
static int           pipes[2][2];
static unsigned long counts[MAX_TENTHS];
static uint64_t      cpu_ns[MAX_TENTHS + 1];

static uint64_t
get_ns (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void *
compute_cb (void *data)
{
  volatile uint64_t sum = 0;

  for (uint64_t i = 0; i < n_steps; i++)
    sum += i;
  return NULL;
}

static void
compute (unsigned n)
{
  pthread_t threads[MAX_THREADS];

  for (unsigned i = 0; i < n && i < MAX_THREADS; i++)
    pthread_create (&threads[i], NULL, compute_cb, NULL);
  for (unsigned i = 0; i < n && i < MAX_THREADS; i++)
    pthread_join (threads[i], NULL);
}

static void *
answer_cb (void *data)
{
  char byte;

  while (read (pipes[0][0], &byte, 1) == 1 && write (pipes[1][1], &byte, 1) == 1)
    ;
  return NULL;
}

static void
take_turns (unsigned seconds)
{
  pthread_t thread;
  char      byte = 0;
  uint64_t  begin_ns = get_ns (CLOCK_MONOTONIC);
  unsigned  tenth = 0, next;
  cpu_set_t one;

  CPU_ZERO (&one);
  CPU_SET (sched_getcpu (), &one);
  sched_setaffinity (0, sizeof one, &one);
  if (pipe (pipes[0]) != 0 || pipe (pipes[1]) != 0)
    abort ();
  pthread_create (&thread, NULL, answer_cb, NULL);
  while (tenth < 10 * seconds && tenth < MAX_TENTHS)
    {
      if (write (pipes[0][1], &byte, 1) != 1 || read (pipes[1][0], &byte, 1) != 1)
        abort ();
      counts[tenth]++;
      next = (unsigned)((get_ns (CLOCK_MONOTONIC) - begin_ns) / 100000000u);
      while (tenth < next && tenth < MAX_TENTHS)
        cpu_ns[++tenth] = get_ns (CLOCK_PROCESS_CPUTIME_ID);
    }
  close (pipes[0][1]);
  pthread_join (thread, NULL);
  for (unsigned i = 0; i < 10 * seconds && i < MAX_TENTHS; i++)
    fprintf (stderr, "%lu %lu\n", counts[i], cpu_ns[i + 1] - cpu_ns[i]);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && strcmp (argv[1], "compute") == 0)
    {
      n_steps = strtoull (argv[3], NULL, 10);
      compute ((unsigned)atoi (argv[2]));
    }
  else if (argc == 3 && strcmp (argv[1], "turns") == 0)
    take_turns ((unsigned)atoi (argv[2]));
  else
    return 2;
  return 0;
}

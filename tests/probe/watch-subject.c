/* watch-subject.c: a program that does what is hard to watch.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   waits             threads that each wait for something else, named after it, until SIGTERM
 *   spins N           N threads that compute, on one core, until SIGTERM
 *   gives-back        takes 64 MB and gives them back, over and over, until SIGTERM
 *   exec-thread ARG.. another thread than the first executes a program
 *   first-ends        the first thread ends, another one calls exit (3) later
 *   daemon            leaves a grandchild in a session of its own, which ends with 5
 *   forks N           N children, one after another, that end with 1
 */

#include "config.h"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int             ends[2]; /* of a pipe that nobody writes into */
static int             sockets[2];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void
wait_for_child (void)
{
  pid_t pid = fork ();

  if (pid == 0)
    {
      prctl (PR_SET_NAME, "child");
      for (;;)
        pause ();
    }
  waitpid (pid, NULL, 0);
}

static void *
wait_cb (void *data)
{
  const char        *name = data;
  char               byte;
  struct pollfd      fd = { .fd = ends[0], .events = POLLIN };
  struct epoll_event event;

  prctl (PR_SET_NAME, name);
  if (strcmp (name, "lock") == 0)
    pthread_mutex_lock (&lock);
  else if (strcmp (name, "pipe") == 0)
    (void)!read (ends[0], &byte, 1);
  else if (strcmp (name, "poll") == 0)
    poll (&fd, 1, -1);
  else if (strcmp (name, "epoll") == 0)
    epoll_wait (epoll_create1 (0), &event, 1, -1);
  else if (strcmp (name, "network") == 0)
    (void)!read (sockets[0], &byte, 1);
  else if (strcmp (name, "sleep") == 0)
    nanosleep (&(struct timespec){ 1000, 0 }, NULL);
  else if (strcmp (name, "wait") == 0)
    wait_for_child ();
  return NULL;
}

static void
run_waits (void)
{
  static const char *const names[] = {
    "lock", "pipe", "poll", "epoll", "network", "sleep", "wait"
  };
  pthread_t thread;

  pthread_mutex_lock (&lock);
  (void)!pipe (ends);
  socketpair (AF_UNIX, SOCK_STREAM, 0, sockets);
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    pthread_create (&thread, NULL, wait_cb, (void *)names[i]);
  for (;;)
    pause ();
}

static void *
spin_cb (void *data)
{
  for (volatile unsigned n = 0;; n++)
    ;
  return NULL;
}

static void
run_spins (int n)
{
  pthread_t thread;
  cpu_set_t cores;

  CPU_ZERO (&cores);
  CPU_SET (sched_getcpu (), &cores);
  sched_setaffinity (0, sizeof cores, &cores);
  for (int i = 0; i < n; i++)
    pthread_create (&thread, NULL, spin_cb, NULL);
  for (;;)
    pause ();
}

static void *
exec_cb (void *data)
{
  char **argv = data;

  execvp (argv[0], argv);
  _exit (127);
}

static void *
exit_cb (void *data)
{
  pthread_join (*(pthread_t *)data, NULL);
  exit (3);
}

static void
run_daemon (void)
{
  if (fork () != 0)
    return;
  setsid ();
  if (fork () != 0)
    _exit (0);
  prctl (PR_SET_NAME, "stray");
  nanosleep (&(struct timespec){ 0, 200000000 }, NULL);
  _exit (5);
}

/* Takes memory and gives it back, over and over, until it is ended. */
static void
run_gives_back (void)
{
  const size_t size = 64 * 1024 * 1024;

  for (;;)
    {
      char *memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

      if (memory == MAP_FAILED)
        exit (1);
      memset (memory, 1, size);
      nanosleep (&(struct timespec){ 0, 700000000 }, NULL);
      munmap (memory, size);
      nanosleep (&(struct timespec){ 0, 300000000 }, NULL);
    }
}

int
main (int argc, char **argv)
{
  pthread_t        thread;
  static pthread_t first;

  if (strcmp (argv[1], "waits") == 0)
    run_waits ();
  else if (strcmp (argv[1], "gives-back") == 0)
    run_gives_back ();
  else if (strcmp (argv[1], "spins") == 0)
    run_spins (atoi (argv[2]));
  else if (strcmp (argv[1], "exec-thread") == 0)
    {
      pthread_create (&thread, NULL, exec_cb, argv + 2);
      pthread_join (thread, NULL);
    }
  else if (strcmp (argv[1], "first-ends") == 0)
    {
      first = pthread_self ();
      pthread_create (&thread, NULL, exit_cb, &first);
      pthread_exit (NULL);
    }
  else if (strcmp (argv[1], "daemon") == 0)
    run_daemon ();
  else if (strcmp (argv[1], "forks") == 0)
    for (int i = 0; i < atoi (argv[2]); i++)
      {
        pid_t pid = fork ();

        if (pid == 0)
          _exit (1);
        waitpid (pid, NULL, 0);
      }
  return 0;
}

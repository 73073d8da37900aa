/* lsc-tree.c: finds and kills everything that descends from this process.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One look at /proc is not a moment: what forks while it is read may be missed.
 * So it is done again until wait says that there are no children. A process is
 * signalled through a pidfd, and only if its parent is still one of ours when
 * the pidfd is open, so that a number that was used again hits nobody else.
 */

#include "config.h"

#include "lsc-tree.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define LIMIT_NS INT64_C (5000000000)
/* From this pass on everything is stopped first, so that it can't fork away. */
#define STOP_FIRST_PASS 3

typedef struct
{
  pid_t pid;
  pid_t parent;
  bool  ours;
} Process;

typedef struct
{
  Process *items;
  size_t   n;
  size_t   capacity;
} ProcessList;

static int64_t
now_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec * INT64_C (1000000000) + time.tv_nsec;
}

/* The parent of `pid`; 0 when there is no such process. Zombies count: one whose
 * first thread has ended reads as a zombie and still runs. */
static pid_t
read_parent (pid_t pid)
{
  char        path[32];
  char        text[512];
  const char *name_end;
  int         parent;
  int         fd;
  ssize_t     n;

  snprintf (path, sizeof path, "/proc/%d/stat", (int)pid);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return 0;
  n = read (fd, text, sizeof text - 1);
  close (fd);
  if (n <= 0)
    return 0;
  text[n] = '\0';

  /* "pid (name) state parent ...", and a name may hold anything. */
  name_end = strrchr (text, ')');
  if (name_end == NULL || sscanf (name_end + 1, " %*c %d", &parent) != 1)
    return 0;
  return parent;
}

static bool
list_add (ProcessList *list, pid_t pid, pid_t parent)
{
  if (list->n == list->capacity)
    {
      size_t   capacity = list->capacity > 0 ? 2 * list->capacity : 256;
      Process *items = realloc (list->items, capacity * sizeof *items);

      if (items == NULL)
        return false;
      list->items = items;
      list->capacity = capacity;
    }
  list->items[list->n++] = (Process){ pid, parent, false };
  return true;
}

static int
compare_pids (const void *a, const void *b)
{
  pid_t first = ((const Process *)a)->pid;
  pid_t second = ((const Process *)b)->pid;

  return (first > second) - (first < second);
}

/* Whatever descends from us has `ours` set afterwards. */
static void
mark_descendants (ProcessList *list)
{
  pid_t self = getpid ();
  bool  again = true;

  qsort (list->items, list->n, sizeof *list->items, compare_pids);
  while (again)
    {
      again = false;
      for (size_t i = 0; i < list->n; i++)
        {
          Process        key = { .pid = list->items[i].parent };
          const Process *parent;

          if (list->items[i].ours)
            continue;
          parent = bsearch (&key, list->items, list->n, sizeof key, compare_pids);
          if (key.pid == self || (parent != NULL && parent->ours))
            {
              list->items[i].ours = true;
              again = true;
            }
        }
    }
}

static void
find_processes (ProcessList *list)
{
  DIR           *folder = opendir ("/proc");
  struct dirent *entry;

  list->n = 0;
  if (folder == NULL)
    return;
  while ((entry = readdir (folder)) != NULL)
    {
      pid_t pid, parent;

      if (!isdigit ((unsigned char)entry->d_name[0]))
        continue;
      pid = (pid_t)strtol (entry->d_name, NULL, 10);
      parent = read_parent (pid);
      if (parent != 0 && !list_add (list, pid, parent))
        break;
    }
  closedir (folder);
  mark_descendants (list);
}

static void
signal_process (const Process *process, int number)
{
  int   pidfd = (int)syscall (SYS_pidfd_open, process->pid, 0);
  pid_t parent;

  if (pidfd < 0)
    {
      /* Before Linux 5.3 the number has to do. */
      if (errno == ENOSYS)
        kill (process->pid, number);
      return;
    }
  parent = read_parent (process->pid);
  if (parent == process->parent || parent == getpid ())
    syscall (SYS_pidfd_send_signal, pidfd, number, NULL, 0);
  close (pidfd);
}

static size_t
signal_descendants (ProcessList *list, int number)
{
  size_t n = 0;

  find_processes (list);
  for (size_t i = 0; i < list->n; i++)
    if (list->items[i].ours)
      {
        signal_process (&list->items[i], number);
        n++;
      }
  return n;
}

size_t
lsc_tree_kill (LscTreeReap reap, void *user_data)
{
  ProcessList list = { NULL, 0, 0 };
  int64_t     end_ns = now_ns () + LIMIT_NS;
  size_t      n = 0;

  for (int pass = 1;; pass++)
    {
      int pause_ms = pass < 10 ? 1 : 20;

      if (pass >= STOP_FIRST_PASS)
        signal_descendants (&list, SIGSTOP);
      n = signal_descendants (&list, SIGKILL);
      if (!reap (user_data))
        {
          n = 0;
          break;
        }
      if (now_ns () > end_ns)
        break;
      poll (NULL, 0, pause_ms);
    }
  free (list.items);
  return n;
}

/* lsc-tree.c: finds, signals and kills what descends from this process.
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

#include "lsc-proc-files.h"

#define LIMIT_NS INT64_C (5000000000)
/* From this pass on everything is stopped first, so that it can't fork away. */
#define STOP_FIRST_PASS 3
#define MAX_STOP_PASSES 20

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
  LscProcStat stat;

  return lsc_proc_read_stat (pid, 0, &stat) ? stat.parent : 0;
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

/* What is at the top, and whatever descends from it, has `ours` set afterwards. */
static void
mark_descendants (ProcessList *list, LscTreeTop top, void *user_data)
{
  bool again = true;

  if (list->n > 0)
    qsort (list->items, list->n, sizeof *list->items, compare_pids);
  for (size_t i = 0; i < list->n; i++)
    list->items[i].ours = top (list->items[i].pid, list->items[i].parent, user_data);
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
          if (parent != NULL && parent->ours)
            {
              list->items[i].ours = true;
              again = true;
            }
        }
    }
}

static void
add_process_cb (pid_t pid, void *user_data)
{
  pid_t parent = read_parent (pid);

  if (parent != 0)
    (void)list_add (user_data, pid, parent);
}

static void
find_processes (ProcessList *list, LscTreeTop top, void *user_data)
{
  list->n = 0;
  lsc_proc_each_id ("/proc", add_process_cb, list);
  mark_descendants (list, top, user_data);
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
signal_found (const ProcessList *list, int number)
{
  size_t n = 0;

  for (size_t i = 0; i < list->n; i++)
    if (list->items[i].ours)
      {
        signal_process (&list->items[i], number);
        n++;
      }
  return n;
}

bool
lsc_tree_everything (pid_t pid, pid_t parent, void *user_data)
{
  return parent == getpid ();
}

/* Signals those of `list` that are not in `told`, which is sorted, and adds them to it. */
static size_t
tell_new (const ProcessList *list, ProcessList *told, int number)
{
  size_t n_known = told->n;

  for (size_t i = 0; i < list->n; i++)
    {
      const Process *process = &list->items[i];

      if (!process->ours ||
          (n_known > 0 && bsearch (process, told->items, n_known, sizeof *process, compare_pids)))
        continue;
      signal_process (process, number);
      signal_process (process, SIGCONT);
      if (!list_add (told, process->pid, process->parent))
        break;
    }
  if (told->n > n_known)
    qsort (told->items, told->n, sizeof *told->items, compare_pids);
  return told->n - n_known;
}

void
lsc_tree_signal (LscTreeTop top, void *user_data, int number)
{
  ProcessList list = { NULL, 0, 0 };
  ProcessList told = { NULL, 0, 0 };

  /* Each is told once. What was forked during one look is found by the next. */
  for (int pass = 0; pass < MAX_STOP_PASSES; pass++)
    {
      find_processes (&list, top, user_data);
      if (tell_new (&list, &told, number) == 0)
        break;
    }
  free (list.items);
  free (told.items);
}

size_t
lsc_tree_end (LscTreeTop top, void *user_data)
{
  ProcessList list = { NULL, 0, 0 };
  size_t      n_stopped = 0;

  /* Until a look finds no more than the one before: what is stopped makes nothing new. */
  for (int pass = 0; pass < MAX_STOP_PASSES; pass++)
    {
      size_t n;

      find_processes (&list, top, user_data);
      n = signal_found (&list, SIGSTOP);
      if (n <= n_stopped)
        break;
      n_stopped = n;
    }
  n_stopped = signal_found (&list, SIGKILL);
  free (list.items);
  return n_stopped;
}

size_t
lsc_tree_kill (LscTreeReap reap, void *user_data)
{
  ProcessList list = { NULL, 0, 0 };
  int64_t     end_ns = now_ns () + LIMIT_NS;
  size_t      n = 0;

  /* Without a child there is nobody further down either: what loses its parent becomes one. */
  if (!reap (user_data))
    return 0;

  for (int pass = 1;; pass++)
    {
      int pause_ms = pass < 10 ? 1 : 20;

      if (pass >= STOP_FIRST_PASS)
        {
          find_processes (&list, lsc_tree_everything, NULL);
          signal_found (&list, SIGSTOP);
        }
      find_processes (&list, lsc_tree_everything, NULL);
      n = signal_found (&list, SIGKILL);
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

/* ---- marks ------------------------------------------------------------------------ */

/* Grows `text` to hold all of it; its length, 0 when it can't be read. */
static size_t
read_environment (pid_t pid, char **text)
{
  char    path[32];
  size_t  length = 0, capacity = 0;
  ssize_t n = 1;
  int     fd;

  snprintf (path, sizeof path, "/proc/%d/environ", (int)pid);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  while (fd >= 0 && n > 0)
    {
      char *larger = capacity - length > 1 ? *text : realloc (*text, capacity += 16384);

      if (larger == NULL)
        break;
      *text = larger;
      n = read (fd, *text + length, capacity - length - 1);
      length += n > 0 ? (size_t)n : 0;
    }
  if (fd >= 0)
    close (fd);
  return length;
}

bool
lsc_tree_has_marks (pid_t pid, const char *mark, const char *other_mark)
{
  char  *text = NULL;
  size_t length = read_environment (pid, &text);
  bool   has_mark = false;
  bool   has_other = other_mark == NULL;

  if (length > 0)
    text[length] = '\0';
  for (const char *at = text; at != NULL && at < text + length; at += strlen (at) + 1)
    {
      has_mark = has_mark || strcmp (at, mark) == 0;
      has_other = has_other || strcmp (at, other_mark) == 0;
    }
  free (text);
  return has_mark && has_other;
}

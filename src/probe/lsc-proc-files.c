/* lsc-proc-files.c: opening and reading files of /proc.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-proc-files.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
lsc_proc_open (pid_t pid, pid_t tid, const char *name)
{
  char path[64];

  if (tid != 0)
    snprintf (path, sizeof path, "/proc/%d/task/%d/%s", (int)pid, (int)tid, name);
  else
    snprintf (path, sizeof path, "/proc/%d/%s", (int)pid, name);
  return open (path, O_RDONLY | O_CLOEXEC);
}

ssize_t
lsc_proc_read (int fd, char *text, size_t size)
{
  return pread (fd, text, size, 0);
}

ssize_t
lsc_proc_read_file (pid_t pid, pid_t tid, const char *name, char *text, size_t size)
{
  int     fd = lsc_proc_open (pid, tid, name);
  ssize_t n = -1;

  if (fd >= 0)
    {
      n = lsc_proc_read (fd, text, size);
      close (fd);
    }
  return n;
}

bool
lsc_proc_read_stat (pid_t pid, pid_t tid, LscProcStat *stat)
{
  char    text[LSC_PROC_LINE_SIZE];
  ssize_t n = lsc_proc_read_file (pid, tid, "stat", text, sizeof text);

  return n > 0 && lsc_proc_parse_stat (text, (size_t)n, stat);
}

bool
lsc_proc_read_name (pid_t pid, char name[LSC_PROC_NAME_SIZE])
{
  char    text[64];
  ssize_t n = lsc_proc_read_file (pid, 0, "comm", text, sizeof text);
  size_t  length;

  if (n <= 0)
    return false;
  length = (size_t)n - (text[n - 1] == '\n' ? 1 : 0);
  if (length > LSC_PROC_NAME_SIZE - 1)
    length = LSC_PROC_NAME_SIZE - 1;
  memcpy (name, text, length);
  name[length] = '\0';
  return length > 0;
}

void
lsc_proc_each_id (const char *path, LscProcIdFunc func, void *user_data)
{
  DIR           *folder = opendir (path);
  struct dirent *entry;

  if (folder == NULL)
    return;
  while ((entry = readdir (folder)) != NULL)
    {
      char *end;
      long  id = strtol (entry->d_name, &end, 10);

      if (id > 0 && id <= INT32_MAX && *end == '\0')
        func ((pid_t)id, user_data);
    }
  closedir (folder);
}

/* lsc-run-folder.c: the folder of a run, removed when the launcher ends.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-run-folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <stdbool.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define SEMAPHORE_FOLDER "/dev/shm"

int
lsc_run_folder_open (const char *path)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

  /* For as long as this process lives nobody takes the folder for a dead run's. Where
   * there are no locks, nobody can. */
  if (fd >= 0)
    flock (fd, LOCK_SH | LOCK_NB);
  return fd;
}

static bool
is_same (int fd, const char *path)
{
  struct stat opened, named;

  return fstat (fd, &opened) == 0 && lstat (path, &named) == 0 && opened.st_dev == named.st_dev &&
         opened.st_ino == named.st_ino;
}

static int
remove_files (DIR *folder)
{
  struct dirent *entry;
  int            n = 0;

  rewinddir (folder);
  while ((entry = readdir (folder)) != NULL)
    {
      struct stat info;

      if (fstatat (dirfd (folder), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
          (S_ISREG (info.st_mode) || S_ISSOCK (info.st_mode)) &&
          unlinkat (dirfd (folder), entry->d_name, 0) == 0)
        n++;
    }
  return n;
}

/* Named semaphores that Python's processes had together: glibc keeps them there. */
static void
remove_semaphores (const char *path)
{
  const char    *base = strrchr (path, '/') != NULL ? strrchr (path, '/') + 1 : path;
  size_t         length = strlen (base);
  DIR           *folder = opendir (SEMAPHORE_FOLDER);
  struct dirent *entry;

  while (folder != NULL && length > 0 && (entry = readdir (folder)) != NULL)
    {
      const char *name = entry->d_name;

      if (strncmp (name, "sem.", 4) == 0 && strncmp (name + 4, base, length) == 0 &&
          name[4 + length] == '-')
        unlinkat (dirfd (folder), name, 0);
    }
  if (folder != NULL)
    closedir (folder);
}

void
lsc_run_folder_remove (int fd, const char *path)
{
  bool same = is_same (fd, path);
  DIR *folder = fdopendir (fd);

  if (folder == NULL)
    {
      close (fd);
      return;
    }
  /* Reading on while files go may pass some over. */
  while (remove_files (folder) > 0)
    ;
  closedir (folder);
  if (same)
    rmdir (path);
  remove_semaphores (path);
}

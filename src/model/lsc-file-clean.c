/* lsc-file-clean.c: removes what crashes have left in the cache folder, after a while.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A temporary recording goes with its window; one whose window died stays, so
 * that it can be opened. Its lock has died too, which tells it from those that
 * are being written. Any thread.
 */

#include "config.h"

#include "lsc-file-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
is_temporary (const char *name)
{
  return g_str_has_prefix (name, "run-") && g_str_has_suffix (name, ".lanescope");
}

static gboolean
is_left (int fd, gint64 age_s)
{
  struct stat info;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    return FALSE;
  if (g_get_real_time () / G_USEC_PER_SEC - info.st_mtime < age_s)
    return FALSE;
  return flock (fd, LOCK_EX | LOCK_NB) == 0;
}

void
lsc_file_clean_folder (const char *folder, gint64 age_s)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      int              fd;

      if (!is_temporary (name))
        continue;
      fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
      if (fd < 0)
        continue;
      if (is_left (fd, age_s))
        g_unlink (path);
      close (fd);
    }
}

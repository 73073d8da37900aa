/* lsc-place.c: files that come whole or not at all, and never in another's place.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <glib/gstdio.h>

/* The user's own, as the folder of their data is. */
#define FOLDER_MODE 0700
#define FILE_MODE   0644

static gboolean
fail (GError **error, int code)
{
  g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (code), g_strerror (code));
  return FALSE;
}

gboolean
lsc_place_folder (const char *folder, GError **error)
{
  return g_mkdir_with_parents (folder, FOLDER_MODE) == 0 ? TRUE : fail (error, errno);
}

static gboolean
write_all (int fd, const char *text, gsize length)
{
  while (length > 0)
    {
      gssize n_written = write (fd, text, length);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        return FALSE;
      text += n_written;
      length -= (gsize)n_written;
    }
  return TRUE;
}

/* A whole file under a name that nobody looks for; NULL with errno. */
static char *
write_beside (const char *path, const char *text, gsize length)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary = g_build_filename (folder, ".lanescope-XXXXXX", NULL);
  int              fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, FILE_MODE);
  int              code = 0;

  if (fd < 0)
    return NULL;
  if (!write_all (fd, text, length) || fsync (fd) != 0)
    code = errno;
  if (close (fd) != 0 && code == 0)
    code = errno;
  if (code == 0)
    return g_steal_pointer (&temporary);

  g_unlink (temporary);
  errno = code;
  return NULL;
}

/* Some file systems know only one of the two ways. */
static int
rename_new (const char *from, const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return -1;
  if (link (from, to) != 0)
    return -1;
  return g_unlink (from);
}

gboolean
lsc_place_over (const char *path, const char *text, gsize length, GError **error)
{
  g_autofree char *temporary = write_beside (path, text, length);
  int              code;

  if (temporary == NULL)
    return fail (error, errno);
  if (g_rename (temporary, path) == 0)
    return TRUE;

  code = errno;
  g_unlink (temporary);
  return fail (error, code);
}

gboolean
lsc_place_new (const char *path, const char *text, gsize length, GError **error)
{
  g_autofree char *temporary = write_beside (path, text, length);
  int              code;

  if (temporary == NULL)
    return fail (error, errno);
  if (rename_new (temporary, path) == 0)
    return TRUE;

  code = errno;
  g_unlink (temporary);
  return fail (error, code);
}

gboolean
lsc_place_move (const char *from, const char *to, GError **error)
{
  return rename_new (from, to) == 0 ? TRUE : fail (error, errno);
}

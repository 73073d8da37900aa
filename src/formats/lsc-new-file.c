/* lsc-new-file.c: a file that takes the old one's place when it is whole.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Written beside it under another name, then renamed.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-new-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

struct _LscNewFile
{
  char *path;
  char *temporary_path;
  FILE *stream;
};

G_DEFINE_QUARK (lsc - formats - error, lsc_formats_error)

static void
set_error (GError **error, const char *path, int code)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, LSC_FORMATS_ERROR, LSC_FORMATS_ERROR_WRITE,
               _ ("The file “%s” could not be written: %s"), name, g_strerror (code));
}

static void
lsc_new_file_free (LscNewFile *self)
{
  if (self->stream != NULL)
    fclose (self->stream);
  if (self->temporary_path != NULL)
    g_unlink (self->temporary_path);
  g_free (self->temporary_path);
  g_free (self->path);
  g_free (self);
}

/* What a new file of this process would be allowed to; mkstemp() makes them private. */
static mode_t
get_usual_mode (void)
{
  mode_t mask = umask (0);

  umask (mask);
  return 0666 & ~mask;
}

LscNewFile *
lsc_new_file_open (const char *path, GError **error)
{
  LscNewFile *self;
  int         fd;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (LscNewFile, 1);
  self->path = g_strdup (path);
  self->temporary_path = g_strconcat (path, ".XXXXXX", NULL);

  fd = g_mkstemp_full (self->temporary_path, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      set_error (error, path, errno);
      g_clear_pointer (&self->temporary_path, g_free);
      lsc_new_file_free (self);
      return NULL;
    }
  fchmod (fd, get_usual_mode ());
  self->stream = fdopen (fd, "w");
  if (self->stream == NULL)
    {
      set_error (error, path, errno);
      close (fd);
      lsc_new_file_free (self);
      return NULL;
    }
  return self;
}

FILE *
lsc_new_file_get_stream (LscNewFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->stream;
}

gboolean
lsc_new_file_finish (LscNewFile *self, GError **error)
{
  gboolean fine;

  g_return_val_if_fail (self != NULL, FALSE);

  errno = 0;
  fine = fflush (self->stream) == 0 && !ferror (self->stream) && fsync (fileno (self->stream)) == 0;
  if (fine)
    {
      FILE *stream = g_steal_pointer (&self->stream);

      fine = fclose (stream) == 0 && g_rename (self->temporary_path, self->path) == 0;
    }

  if (fine)
    g_clear_pointer (&self->temporary_path, g_free);
  else
    /* A write that failed earlier has not left its number. */
    set_error (error, self->path, errno != 0 ? errno : EIO);
  lsc_new_file_free (self);
  return fine;
}

/* lsc-output-files.c: all that tasks print, in files.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Few files are open at a time, those that were written last; one that was closed is
 * opened again to append.
 */

#define G_LOG_DOMAIN "lsc-output-files"

#include "config.h"

#include "lsc-output-files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lsc-engine-error.h"
#include "lsc-record.h"

#define MAX_OPEN 64

typedef struct
{
  LscOutputKind kind;
  guint32       task;
  guint         worker; /* 0 for a task's */
  int           fd;     /* -1: none here */
  guint64       used;   /* when: larger is later */
} OpenFile;

struct _LscOutputFiles
{
  char    *folder;
  OpenFile open[MAX_OPEN];
  guint    n_open;
  guint64  n_uses;
  gboolean has_failed;
  guint64  n_missing;
};

/* ---- the folder ---------------------------------------------------------------------------- */

static gboolean
is_ours (const char *name)
{
  return (g_str_has_prefix (name, "task-") || g_str_has_prefix (name, "worker-")) &&
         (g_str_has_suffix (name, ".out") || g_str_has_suffix (name, ".err"));
}

static gboolean
set_error (GError **error, const char *folder, int code)
{
  g_autofree char *shown = g_filename_display_name (folder);

  g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_OUTPUT_FOLDER,
               /* Translators: a folder, and the reason as the system says it. */
               _ ("The output can’t be kept in %s: %s."), shown, g_strerror (code));
  return FALSE;
}

gboolean
lsc_output_files_check (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = NULL;
  g_autofree char *shown = g_filename_display_name (folder);
  const char      *name;

  if (!g_file_test (folder, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return set_error (error, folder, ENOTDIR);
  if (g_access (folder, W_OK | X_OK) != 0)
    return set_error (error, folder, errno);

  dir = g_dir_open (folder, 0, error);
  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (is_ours (name))
      {
        g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_OUTPUT_FOLDER,
                     /* Translators: a folder, and the name of a file in it. */
                     _ ("%s has the output of another run already (%s). Choose another folder, or "
                        "empty this one."),
                     shown, name);
        return FALSE;
      }
  return TRUE;
}

LscOutputFiles *
lsc_output_files_new (const char *folder, GError **error)
{
  LscOutputFiles *self;

  if (!lsc_output_files_check (folder, error))
    return NULL;
  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      set_error (error, folder, errno);
      return NULL;
    }
  self = g_new0 (LscOutputFiles, 1);
  self->folder = g_strdup (folder);
  return self;
}

void
lsc_output_files_free (LscOutputFiles *self)
{
  for (guint i = 0; i < self->n_open; i++)
    close (self->open[i].fd);
  g_free (self->folder);
  g_free (self);
}

/* ---- files ----------------------------------------------------------------------------------- */

static OpenFile *
find_open (LscOutputFiles *self, LscOutputKind kind, guint32 task, guint worker)
{
  for (guint i = 0; i < self->n_open; i++)
    if (self->open[i].task == task && self->open[i].kind == kind && self->open[i].worker == worker)
      return &self->open[i];
  return NULL;
}

static void
close_file (LscOutputFiles *self, OpenFile *file)
{
  close (file->fd);
  *file = self->open[--self->n_open];
}

static void
make_room (LscOutputFiles *self)
{
  OpenFile *oldest = &self->open[0];

  if (self->n_open < MAX_OPEN)
    return;
  for (guint i = 1; i < self->n_open; i++)
    if (self->open[i].used < oldest->used)
      oldest = &self->open[i];
  close_file (self, oldest);
}

static OpenFile *
open_file (LscOutputFiles *self, LscOutputKind kind, guint32 task, guint worker)
{
  OpenFile        *file = find_open (self, kind, task, worker);
  const char      *suffix = kind == LSC_OUTPUT_STDERR ? "err" : "out";
  g_autofree char *path = NULL;
  int              fd;

  if (file != NULL)
    return file;
  if (task != LSC_NO_TASK)
    path = g_strdup_printf ("%s/task-%06u.%s", self->folder, task + 1, suffix);
  else
    path = g_strdup_printf ("%s/worker-%03u.%s", self->folder, worker, suffix);
  make_room (self);
  fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0666);
  if (fd < 0)
    return NULL;
  file = &self->open[self->n_open++];
  *file = (OpenFile){ kind, task, worker, fd, 0 };
  return file;
}

/* How much of it was written; all, or errno tells why not. */
static gsize
write_all (int fd, const char *bytes, gsize length)
{
  gsize written = 0;

  while (written < length)
    {
      gssize n = write (fd, bytes + written, length - written);

      if (n < 0 && errno != EINTR)
        break;
      written += n > 0 ? (gsize)n : 0;
    }
  return written;
}

gboolean
lsc_output_files_write (LscOutputFiles *self,
                        LscOutputKind   kind,
                        guint32         task,
                        guint           worker,
                        const char     *bytes,
                        gsize           length,
                        GError        **error)
{
  OpenFile *file = NULL;
  gsize     written = 0;

  if (kind == LSC_OUTPUT_NOTE || length == 0)
    return TRUE;
  if (!self->has_failed)
    file = open_file (self, kind, task, task != LSC_NO_TASK ? 0 : worker);
  if (file != NULL)
    {
      file->used = ++self->n_uses;
      written = write_all (file->fd, bytes, length);
    }
  self->n_missing += length - written;
  if (written == length || self->has_failed)
    return TRUE;
  self->has_failed = TRUE;
  return set_error (error, self->folder, errno);
}

void
lsc_output_files_end_task (LscOutputFiles *self, guint32 task)
{
  for (guint i = self->n_open; i-- > 0;)
    if (self->open[i].task == task && self->open[i].worker == 0)
      close_file (self, &self->open[i]);
}

guint64
lsc_output_files_get_n_missing (LscOutputFiles *self)
{
  return self->n_missing;
}

/* lsc-run-place.c: the folder of a run, where its shared memory lies.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-run-place"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "lsc-engine-error.h"
#include "lsc-run-place.h"
#include "lsc-sandbox.h"

#define PREFIX           "lanescope-run-"
#define SEMAPHORE_FOLDER "/dev/shm"
/* From the making of a folder to the launcher's lock is a moment. */
#define KEPT_S 60

static gboolean
has_room (const char *folder, guint64 size_bytes)
{
  struct statvfs info;

  if (statvfs (folder, &info) != 0)
    return FALSE;

  /* A quarter more: a mapping of a full memory file system ends in SIGBUS. */
  return (guint64)info.f_bavail * info.f_frsize >= size_bytes + size_bytes / 4;
}

/* In a folder for everybody's files a name alone is no reason to remove anything. Besides segments
 * there are what Python's pool has for its processes: sockets, and shared memory. */
static gboolean
has_only_ours (const char *path)
{
  static const char *const prefixes[] = { "worker-", "listener-", "sock-", "pym-" };
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir == NULL)
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      gboolean is_ours = g_str_equal (name, "launcher");

      for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
        is_ours = is_ours || g_str_has_prefix (name, prefixes[i]);
      if (!is_ours)
        return FALSE;
    }
  return TRUE;
}

/* The launcher holds a lock on the folder of its run for as long as it lives. */
static gboolean
is_left (int fd, gint64 age_s)
{
  struct stat info;

  if (fstat (fd, &info) != 0 || info.st_uid != geteuid () || (info.st_mode & 0777) != 0700)
    return FALSE;
  if (g_get_real_time () / G_USEC_PER_SEC - info.st_mtime < age_s)
    return FALSE;
  return flock (fd, LOCK_EX | LOCK_NB) == 0;
}

void
lsc_run_place_clean (const char *folder, gint64 age_s)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      int              fd;

      if (!g_str_has_prefix (name, PREFIX))
        continue;
      fd = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
      if (fd < 0)
        continue;
      if (is_left (fd, age_s) && has_only_ours (path))
        lsc_run_place_remove (path);
      close (fd);
    }
}

static char *
try_folder (const char *folder, guint64 size_bytes)
{
  g_autofree char *path = NULL;

  lsc_run_place_clean (folder, KEPT_S);
  if (!has_room (folder, size_bytes))
    return NULL;

  path = g_build_filename (folder, PREFIX "XXXXXX", NULL);
  if (g_mkdtemp_full (path, 0700) == NULL)
    return NULL;

  return g_steal_pointer (&path);
}

char *
lsc_run_place_make (guint64 size_bytes, GError **error)
{
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");
  char       *path = NULL;

  if (runtime != NULL && g_path_is_absolute (runtime))
    {
      g_autofree char *own = g_build_filename (runtime, "lanescope", NULL);

      if (g_mkdir (own, 0700) == 0 || errno == EEXIST)
        path = try_folder (own, size_bytes);
    }
  if (path == NULL)
    path = try_folder ("/dev/shm", size_bytes);
  if (path == NULL)
    path = try_folder (g_get_tmp_dir (), size_bytes);

  if (path == NULL)
    {
      g_autofree char *size = g_format_size (size_bytes);

      /* Translators: the first %s is an amount of memory such as "16.8 MB", the second a folder. */
      g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
                   _ ("A run needs a folder with %s of space, and neither /dev/shm nor %s has it. "
                      "Make space there, or use fewer workers."),
                   size, g_get_tmp_dir ());
    }
  return path;
}

char *
lsc_run_place_make_shared (guint64 size_bytes, GError **error)
{
  const LscSandbox *sandbox = lsc_sandbox_get ();
  g_autofree char  *folder = NULL;
  char             *path = NULL;

  if (sandbox == NULL)
    return lsc_run_place_make (size_bytes, error);

  folder = lsc_sandbox_dup_shared_folder (sandbox);
  if (folder != NULL && g_mkdir_with_parents (folder, 0700) == 0)
    path = try_folder (folder, size_bytes);
  if (path == NULL)
    {
      g_autofree char *size = g_format_size (size_bytes);

      /* Translators: the first %s is a folder, the second an amount of memory such as "16.8 MB". */
      g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_SPAWN,
                   _ ("A run outside the sandbox needs a folder that both sides see, and %s can’t "
                      "be used or has less than %s of space. Make space there, or run in the "
                      "sandbox."),
                   folder != NULL ? folder : "$XDG_RUNTIME_DIR/app", size);
    }
  return path;
}

/* Named semaphores that Python's processes had together: glibc keeps them there. */
static void
remove_semaphores (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (SEMAPHORE_FOLDER, 0, NULL);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *prefix = g_strdup_printf ("sem.%s-", base);
  const char      *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (SEMAPHORE_FOLDER, name, NULL);

      if (g_str_has_prefix (name, prefix))
        g_unlink (file);
    }
}

void
lsc_run_place_remove (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  if (folder == NULL)
    return;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
  remove_semaphores (path);
}

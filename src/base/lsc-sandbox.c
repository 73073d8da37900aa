/* lsc-sandbox.c: the sandbox of a Flatpak, where this program is in one.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-sandbox"

#include "config.h"

#include "lsc-sandbox.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/xattr.h>

#define INFO_PATH "/.flatpak-info"
/* The portal's own name for it, on each file that it shows. */
#define DOCUMENT_ATTRIBUTE "user.document-portal.host-path"

struct _LscSandbox
{
  char    *app_id;
  char    *app_path;      /* outside, what is /app inside */
  char    *runtime_path;  /* and what is /usr */
  char    *instance_path; /* the app's folder in the user's home; the same on both sides */
  gboolean may_start_outside;
};

static gboolean
has_word (GKeyFile *file, const char *group, const char *key, const char *word)
{
  g_auto (GStrv) words = g_key_file_get_string_list (file, group, key, NULL, NULL);

  return words != NULL && g_strv_contains ((const char *const *)words, word);
}

/* With the bus as a whole comes the helper as well. */
static gboolean
may_talk (GKeyFile *file)
{
  g_autofree char *policy =
      g_key_file_get_string (file, "Session Bus Policy", LSC_SANDBOX_HELPER, NULL);

  return g_strcmp0 (policy, "talk") == 0 || g_strcmp0 (policy, "own") == 0 ||
         has_word (file, "Context", "sockets", "session-bus");
}

LscSandbox *
lsc_sandbox_load (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  LscSandbox *self;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return NULL;

  self = g_new0 (LscSandbox, 1);
  self->app_id = g_key_file_get_string (file, "Application", "name", NULL);
  self->app_path = g_key_file_get_string (file, "Instance", "app-path", NULL);
  self->runtime_path = g_key_file_get_string (file, "Instance", "runtime-path", NULL);
  self->instance_path = g_key_file_get_string (file, "Instance", "instance-path", NULL);
  self->may_start_outside = may_talk (file);
  return self;
}

void
lsc_sandbox_free (LscSandbox *self)
{
  g_free (self->app_id);
  g_free (self->app_path);
  g_free (self->runtime_path);
  g_free (self->instance_path);
  g_free (self);
}

const LscSandbox *
lsc_sandbox_get (void)
{
  static gsize       is_read;
  static LscSandbox *sandbox;

  if (g_once_init_enter (&is_read))
    {
      const char *path = g_getenv ("LSC_FLATPAK_INFO");

      sandbox = lsc_sandbox_load (path != NULL ? path : INFO_PATH);
      g_once_init_leave (&is_read, 1);
    }
  return sandbox;
}

gboolean
lsc_sandbox_may_start_outside (const LscSandbox *self)
{
  return self->may_start_outside;
}

char *
lsc_sandbox_dup_override (const LscSandbox *self)
{
  return g_strdup_printf ("flatpak override --user --talk-name=%s %s", LSC_SANDBOX_HELPER,
                          self->app_id != NULL ? self->app_id : LSC_APP_ID);
}

/* ---- paths ------------------------------------------------------------------------------- */

/* What follows `folder` in `path`; NULL when it does not lie in there. */
static const char *
get_rest (const char *path, const char *folder)
{
  gsize length = strlen (folder);

  if (strncmp (path, folder, length) != 0 || (path[length] != '/' && path[length] != '\0'))
    return NULL;
  return path + length;
}

/* 0: not known. */
static guint64
get_mount (const char *path)
{
  struct statx info;

  return statx (AT_FDCWD, path, 0, STATX_MNT_ID, &info) == 0 && (info.stx_mask & STATX_MNT_ID) != 0
             ? info.stx_mnt_id
             : 0;
}

/* Flatpak makes a sandbox's root in memory, with the way to each folder that it was given. Tests
 * have none like that. */
static gboolean
has_own_root (void)
{
  struct statfs root;

  return statfs ("/", &root) == 0 && root.f_type == TMPFS_MAGIC;
}

/* Whether a folder in the root or in /tmp is not the sandbox's own. */
static gboolean
is_given (const char *folder)
{
  guint64 mount = get_mount (folder);

  return has_own_root () && mount != 0 && mount != get_mount ("/") && mount != get_mount ("/tmp");
}

gboolean
lsc_sandbox_is_seen_outside (const char *folder)
{
  return lsc_sandbox_get () == NULL || !has_own_root () || get_mount (folder) == 0 ||
         is_given (folder);
}

char *
lsc_sandbox_dup_outer_path (const LscSandbox *self, const char *path)
{
  static const char *const inner[] = { "/bin", "/dev",  "/etc", "/lib", "/lib64", "/proc",
                                       "/run", "/sbin", "/sys", "/tmp", "/var" };
  g_autofree char         *whole = g_canonicalize_filename (path, NULL);
  const char              *rest;

  if ((rest = get_rest (whole, "/app")) != NULL)
    return self->app_path != NULL ? g_strconcat (self->app_path, rest, NULL) : NULL;
  if ((rest = get_rest (whole, "/usr")) != NULL)
    return self->runtime_path != NULL ? g_strconcat (self->runtime_path, rest, NULL) : NULL;
  if ((rest = get_rest (whole, "/run/host")) != NULL)
    return *rest != '\0' ? g_strdup (rest) : NULL;
  if (get_rest (whole, "/run/media") != NULL || get_rest (whole, "/run/user") != NULL ||
      get_rest (whole, "/var/home") != NULL ||
      (get_rest (whole, "/tmp") != NULL && is_given (whole)))
    return g_steal_pointer (&whole);

  for (guint i = 0; i < G_N_ELEMENTS (inner); i++)
    if (get_rest (whole, inner[i]) != NULL)
      return NULL;
  return strcmp (whole, "/") != 0 ? g_steal_pointer (&whole) : NULL;
}

char *
lsc_sandbox_dup_outer_folder (const LscSandbox *self)
{
  g_autofree char *here = g_get_current_dir ();
  char            *outer = lsc_sandbox_dup_outer_path (self, here);

  return outer != NULL ? outer : g_strdup (g_get_home_dir ());
}

/* The kernel names a mounted folder by its place in its own file system. When that is how the path
 * ends, the file system is mounted where it has to be for both sides to see the same; a runtime
 * folder that was moved elsewhere outside does not pass. */
static gboolean
is_same_outside (const char *folder)
{
  g_autofree char *text = NULL;
  /* It may be a link to where Flatpak mounts it. */
  char real[PATH_MAX];
  g_auto (GStrv) lines = NULL;
  gboolean is_same = FALSE;

  if (realpath (folder, real) == NULL ||
      !g_file_get_contents ("/proc/self/mountinfo", &text, NULL, NULL))
    return FALSE;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char root[1024], point[1024];

      if (sscanf (lines[i], "%*d %*d %*s %1023s %1023s", root, point) == 2 &&
          strcmp (point, real) == 0)
        is_same = g_str_has_suffix (folder, root) && strcmp (root, "/") != 0;
    }
  return is_same;
}

char *
lsc_sandbox_dup_shared_folder (const LscSandbox *self)
{
  const char      *runtime = g_getenv ("XDG_RUNTIME_DIR");
  g_autofree char *folder = NULL;

  if (runtime != NULL && self->app_id != NULL)
    {
      folder = g_build_filename (runtime, "app", self->app_id, NULL);
      if (is_same_outside (folder))
        return g_steal_pointer (&folder);
    }
  return self->instance_path != NULL
             ? g_build_filename (self->instance_path, "cache", "lanescope", "runs", NULL)
             : NULL;
}

char *
lsc_sandbox_dup_document_path (const char *path)
{
  char    outer[PATH_MAX];
  ssize_t length = getxattr (path, DOCUMENT_ATTRIBUTE, outer, sizeof outer - 1);

  if (length <= 0 || outer[0] != '/')
    return g_strdup (path);
  outer[length] = '\0';
  return g_strdup (outer);
}

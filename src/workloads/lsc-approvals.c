/* lsc-approvals.c: which workload files the user agreed to run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A key file: a key for each content, with the workload's name.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-approvals.h"

#include <glib/gi18n-lib.h>

#include "lsc-place.h"
#include "lsc-workload.h"

#define GROUP "Approved"

struct _LscApprovals
{
  char *path;
};

LscApprovals *
lsc_approvals_new (const char *path)
{
  LscApprovals *self = g_new0 (LscApprovals, 1);

  self->path = g_strdup (path);
  return self;
}

void
lsc_approvals_free (LscApprovals *self)
{
  g_free (self->path);
  g_free (self);
}

/* One that is not there, or broken, holds no approval: the user is asked again. */
static GKeyFile *
load (LscApprovals *self)
{
  g_autoptr (GKeyFile) key_file = g_key_file_new ();

  if (!g_key_file_load_from_file (key_file, self->path, G_KEY_FILE_KEEP_COMMENTS, NULL))
    {
      g_key_file_unref (key_file);
      key_file = g_key_file_new ();
    }
  return g_steal_pointer (&key_file);
}

static gboolean
save (LscApprovals *self, GKeyFile *key_file, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *text = NULL;
  gsize            length;

  text = g_key_file_to_data (key_file, &length, NULL);
  if (lsc_place_folder (folder, &local_error) &&
      lsc_place_over (self->path, text, length, &local_error))
    return TRUE;

  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
               /* Translators: a folder, and the system's reason. */
               _ ("It can’t be kept in %s that this workload may run: %s."), folder,
               local_error->message);
  return FALSE;
}

gboolean
lsc_approvals_contain (LscApprovals *self, const char *fingerprint)
{
  g_autoptr (GKeyFile) key_file = load (self);

  return g_key_file_has_key (key_file, GROUP, fingerprint, NULL);
}

gboolean
lsc_approvals_add (LscApprovals *self, const char *fingerprint, const char *name, GError **error)
{
  g_autoptr (GKeyFile) key_file = load (self);

  if (g_key_file_has_key (key_file, GROUP, fingerprint, NULL))
    return TRUE;
  g_key_file_set_string (key_file, GROUP, fingerprint, name);
  return save (self, key_file, error);
}

void
lsc_approvals_remove (LscApprovals *self, const char *fingerprint)
{
  g_autoptr (GKeyFile) key_file = load (self);
  g_autoptr (GError) error = NULL;

  /* What stays there belongs to a file that is gone. */
  if (g_key_file_remove_key (key_file, GROUP, fingerprint, NULL) && !save (self, key_file, &error))
    g_debug ("%s", error->message);
}

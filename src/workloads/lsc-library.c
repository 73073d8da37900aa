/* lsc-library.c: the user's own workloads: a folder of .workload files.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-library.h"

#include <string.h>
#include <time.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lsc-approvals.h"
#include "lsc-library-place.h"
#include "lsc-number.h"
#include "lsc-place.h"

/* How long the files of what was removed are kept. */
#define REMOVED_S (30 * 24 * 3600)

struct _LscLibrary
{
  GObject parent_instance;

  /* owned */
  char         *folder;
  char         *removed_folder;
  LscApprovals *approvals;
};

G_DEFINE_FINAL_TYPE (LscLibrary, lsc_library, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
lsc_library_finalize (GObject *object)
{
  LscLibrary *self = LSC_LIBRARY (object);

  g_free (self->folder);
  g_free (self->removed_folder);
  lsc_approvals_free (self->approvals);

  G_OBJECT_CLASS (lsc_library_parent_class)->finalize (object);
}

static void
lsc_library_class_init (LscLibraryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_library_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LSC_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
lsc_library_init (LscLibrary *self)
{
}

LscLibrary *
lsc_library_new (const char *folder)
{
  LscLibrary      *self = g_object_new (LSC_TYPE_LIBRARY, NULL);
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "lanescope", NULL);
  g_autofree char *approvals = NULL;

  if (folder == NULL)
    folder = own;
  approvals = g_build_filename (folder, "approved-workloads", NULL);
  self->folder = g_build_filename (folder, "workloads", NULL);
  self->removed_folder = g_build_filename (folder, "removed", NULL);
  self->approvals = lsc_approvals_new (approvals);
  return self;
}

LscLibrary *
lsc_library_get_default (void)
{
  static LscLibrary *library;

  if (library == NULL)
    library = lsc_library_new (NULL);
  return library;
}

const char *
lsc_library_get_folder (LscLibrary *self)
{
  g_return_val_if_fail (LSC_IS_LIBRARY (self), NULL);

  return self->folder;
}

/* ---- keeping ----------------------------------------------------------------------------- */

/* A new file with this text. */
static char *
place_text (LscLibrary *self, const char *name, const char *text, gsize length, GError **error)
{
  const LscNewWorkload content = { text, length, NULL };
  g_autoptr (GError) local_error = NULL;
  g_autofree char *quoted = NULL;
  char            *path = lsc_library_place (self->folder, name, &content, &local_error);

  if (path != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      return path;
    }
  quoted = lsc_quote (name, -1);
  /* Translators: a workload's name, a folder, and the system's reason. */
  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
               _ ("%s can’t be saved in %s: %s."), quoted, self->folder, local_error->message);
  return NULL;
}

/* The text was made here out of `workload`, of which the user knows what it executes. */
static gboolean
approve_text (LscLibrary  *self,
              LscWorkload *workload,
              const char  *text,
              gsize        length,
              GError     **error)
{
  g_autofree char *fingerprint = NULL;

  if (lsc_workload_get_kind (workload) == LSC_WORKLOAD_BUILTIN ||
      !lsc_library_is_approved (self, workload))
    return TRUE;
  fingerprint = lsc_workload_file_make_fingerprint (text, length);
  return lsc_approvals_add (self->approvals, fingerprint, lsc_workload_get_name (workload), error);
}

char *
lsc_library_add (LscLibrary *self, const LscWorkloadDraft *draft, GError **error)
{
  g_autofree char *text = NULL;
  gsize            length;

  g_return_val_if_fail (LSC_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  text = lsc_workload_file_format (draft, NULL, &length, error);
  if (text == NULL || !approve_text (self, draft->workload, text, length, error))
    return NULL;
  return place_text (self, draft->name, text, length, error);
}

/* The text that the workload was made of: what is there now, if nobody else has changed it. */
static char *
read_own_text (LscWorkload *workload, gsize *length, GError **error)
{
  g_autofree char *text = lsc_workload_file_read (lsc_workload_get_path (workload), length, error);
  g_autofree char *fingerprint = NULL;

  if (text == NULL)
    return NULL;
  fingerprint = lsc_workload_file_make_fingerprint (text, *length);
  if (strcmp (fingerprint, lsc_workload_file_get_fingerprint (LSC_WORKLOAD_FILE (workload))) == 0)
    return g_steal_pointer (&text);

  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
               _ ("The file of “%s” was changed by another program meanwhile. Nothing was done: "
                  "look at it again first."),
               lsc_workload_get_name (workload));
  return NULL;
}

gboolean
lsc_library_save (LscLibrary             *self,
                  LscWorkload            *workload,
                  const LscWorkloadDraft *draft,
                  GError                **error)
{
  const char *path = lsc_workload_get_path (workload);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *old_text = NULL;
  g_autofree char *text = NULL;
  gsize            length;

  g_return_val_if_fail (LSC_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (LSC_IS_WORKLOAD_FILE (workload), FALSE);
  g_return_val_if_fail (draft != NULL, FALSE);

  old_text = read_own_text (workload, &length, error);
  if (old_text == NULL)
    return FALSE;
  text = lsc_workload_file_format (draft, old_text, &length, error);
  if (text == NULL || !approve_text (self, workload, text, length, error))
    return FALSE;
  if (!lsc_place_over (path, text, length, &local_error))
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                   /* Translators: a workload's name, a folder, and the system's reason. */
                   _ ("“%s” can’t be saved in %s: %s. It is as it was."),
                   lsc_workload_get_name (workload), self->folder, local_error->message);
      return FALSE;
    }
  if (strcmp (old_text, text) != 0)
    lsc_approvals_remove (self->approvals,
                          lsc_workload_file_get_fingerprint (LSC_WORKLOAD_FILE (workload)));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

char *
lsc_library_duplicate (LscLibrary *self, LscWorkload *workload, GError **error)
{
  g_autoptr (LscSettings) settings = NULL;
  g_autofree char *name = NULL;
  g_autofree char *old_text = NULL;
  g_autofree char *text = NULL;
  gsize            length;

  g_return_val_if_fail (LSC_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (LSC_IS_WORKLOAD_FILE (workload), NULL);

  old_text = read_own_text (workload, &length, error);
  if (old_text == NULL)
    return NULL;
  settings = lsc_workload_new_settings (workload);
  /* Translators: the name of a workload's copy */
  name = g_strdup_printf (_ ("Copy of %s"), lsc_workload_get_name (workload));
  text = lsc_workload_file_format (
      &(const LscWorkloadDraft){
          .name = name,
          .summary = lsc_workload_get_summary (workload),
          .question = lsc_workload_get_question (workload),
          .workload = workload,
          .settings = settings,
      },
      old_text, &length, error);
  if (text == NULL || !approve_text (self, workload, text, length, error))
    return NULL;
  return place_text (self, name, text, length, error);
}

/* ---- removing ---------------------------------------------------------------------------- */

struct _LscRemoval
{
  char *path;    /* where it was */
  char *removed; /* where it is */
};

void
lsc_removal_free (LscRemoval *removal)
{
  g_free (removal->path);
  g_free (removal->removed);
  g_free (removal);
}

static void
forget_old (LscLibrary *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->removed_folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->removed_folder, name, NULL);
      GStatBuf         info;

      /* Moving a file changes this time, and not that of its content. */
      if (g_lstat (path, &info) == 0 && S_ISREG (info.st_mode) &&
          time (NULL) - info.st_ctime > REMOVED_S)
        g_unlink (path);
    }
}

LscRemoval *
lsc_library_remove (LscLibrary *self, LscWorkload *workload, GError **error)
{
  g_autoptr (LscRemoval) removal = g_new0 (LscRemoval, 1);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *base = NULL;
  g_autofree char *uuid = g_uuid_string_random ();

  g_return_val_if_fail (LSC_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (LSC_IS_WORKLOAD_FILE (workload), NULL);

  forget_old (self);
  base = g_strconcat (lsc_workload_get_id (workload), ".", uuid, LSC_WORKLOAD_FILE_ENDING, NULL);
  removal->path = g_strdup (lsc_workload_get_path (workload));
  removal->removed = g_build_filename (self->removed_folder, base, NULL);
  if (lsc_place_folder (self->removed_folder, &local_error) &&
      lsc_place_move (removal->path, removal->removed, &local_error))
    {
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      return g_steal_pointer (&removal);
    }

  /* Translators: a workload's name, a folder, and the system's reason. */
  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
               _ ("“%s” can’t be removed from %s: %s."), lsc_workload_get_name (workload),
               self->folder, local_error->message);
  return NULL;
}

char *
lsc_library_restore (LscLibrary *self, const LscRemoval *removal, GError **error)
{
  const LscNewWorkload content = { NULL, 0, removal->removed };
  g_autoptr (GError) local_error = NULL;
  g_autofree char *base = g_path_get_basename (removal->path);
  g_autofree char *stem = g_strndup (base, strlen (base) - strlen (LSC_WORKLOAD_FILE_ENDING));
  g_autofree char *path = NULL;

  g_return_val_if_fail (LSC_IS_LIBRARY (self), NULL);

  if (lsc_place_folder (self->folder, &local_error) &&
      lsc_place_move (removal->removed, removal->path, &local_error))
    path = g_strdup (removal->path);
  else if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_EXIST))
    {
      g_clear_error (&local_error);
      path = lsc_library_place (self->folder, stem, &content, &local_error);
    }

  if (path != NULL)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  else
    g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE,
                 _ ("The file could not be put back: %s. It is kept as “%s”."),
                 local_error->message, removal->removed);
  return g_steal_pointer (&path);
}

/* ---- coming and going -------------------------------------------------------------------- */

gboolean
lsc_library_export (LscLibrary *self, LscWorkload *workload, const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  gsize            length;

  g_return_val_if_fail (LSC_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (LSC_IS_WORKLOAD_FILE (workload), FALSE);

  text = lsc_workload_file_read (lsc_workload_get_path (workload), &length, error);
  if (text == NULL)
    return FALSE;
  if (lsc_place_over (path, text, length, &local_error))
    return TRUE;

  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_FILE, _ ("“%s” can’t be written: %s."),
               path, local_error->message);
  return FALSE;
}

char *
lsc_library_import (LscLibrary *self, const char *path, GError **error)
{
  g_autoptr (LscWorkload) workload = NULL;
  g_autofree char *text = NULL;
  gsize            length;

  g_return_val_if_fail (LSC_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  text = lsc_workload_file_read (path, &length, error);
  if (text == NULL)
    return NULL;
  workload = lsc_workload_file_parse (path, text, length, error);
  if (workload == NULL)
    return NULL;
  return place_text (self, lsc_workload_get_id (workload), text, length, error);
}

/* ---- approval ---------------------------------------------------------------------------- */

gboolean
lsc_library_is_approved (LscLibrary *self, LscWorkload *workload)
{
  g_return_val_if_fail (LSC_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (LSC_IS_WORKLOAD (workload), FALSE);

  /* What is part of this program is not foreign. */
  if (!LSC_IS_WORKLOAD_FILE (workload) || lsc_workload_get_kind (workload) == LSC_WORKLOAD_BUILTIN)
    return TRUE;
  return lsc_approvals_contain (self->approvals,
                                lsc_workload_file_get_fingerprint (LSC_WORKLOAD_FILE (workload)));
}

gboolean
lsc_library_approve (LscLibrary *self, LscWorkload *workload, GError **error)
{
  g_return_val_if_fail (LSC_IS_LIBRARY (self), FALSE);
  g_return_val_if_fail (LSC_IS_WORKLOAD (workload), FALSE);

  if (lsc_library_is_approved (self, workload))
    return TRUE;
  return lsc_approvals_add (self->approvals,
                            lsc_workload_file_get_fingerprint (LSC_WORKLOAD_FILE (workload)),
                            lsc_workload_get_name (workload), error);
}

/* lsc-kept-baselines.c: profiles that are kept to compare later ones with, one for each workload.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-kept-baselines.h"

#include <errno.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lsc-profile-json.h"

/* A file's name has 255 bytes at most. */
#define MAX_NAME_BYTES 120

/* ---- whose -------------------------------------------------------------------- */

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* "primes", "structures-c+structures-python"; what has no workload goes by its commands. */
static char *
dup_key (LscProfile *profile)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GString *key = g_string_new (NULL);

  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    {
      const LscProfileCell *cell = lsc_profile_get_cell (profile, i);
      const char           *id = cell->workload_id;

      if (id == NULL || *id == '\0')
        id = cell->command != NULL ? cell->command : "";
      if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        g_ptr_array_add (ids, (gpointer)id);
    }
  g_ptr_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (key, "%s%s", i > 0 ? "+" : "",
                            (const char *)g_ptr_array_index (ids, i));
  return g_string_free (key, FALSE);
}

static char *
dup_path_of_key (const char *key)
{
  g_autofree char *name = g_uri_escape_string (key, "+", FALSE);
  g_autofree char *file = NULL;

  if (strlen (name) > MAX_NAME_BYTES)
    {
      g_free (name);
      name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
    }
  file = g_strconcat (name, ".json", NULL);
  return g_build_filename (g_get_user_data_dir (), "lanescope", "baselines", file, NULL);
}

char *
lsc_kept_baselines_dup_path (LscProfile *profile)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (LSC_IS_PROFILE (profile), NULL);

  key = dup_key (profile);
  return dup_path_of_key (key);
}

double
lsc_kept_baselines_find_sized_for_ns (const char *workload_id)
{
  g_autofree char *path = dup_path_of_key (workload_id);
  g_autoptr (LscProfile) profile = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return 0.0;
  /* What is wrong with it is told when something is compared with it. */
  profile = lsc_profile_json_load (path, NULL);
  return profile != NULL ? lsc_profile_get_sized_for_ns (profile, workload_id) : 0.0;
}

gboolean
lsc_kept_baselines_has (LscProfile *profile)
{
  g_autofree char *path = lsc_kept_baselines_dup_path (profile);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* ---- changes ------------------------------------------------------------------ */

void
lsc_baseline_change_free (LscBaselineChange *change)
{
  g_free (change->path);
  g_clear_pointer (&change->before, g_bytes_unref);
  g_free (change);
}

/* What is there is kept for Undo; one that can't be read is not replaced unseen. */
static LscBaselineChange *
begin_change (LscProfile *profile, GError **error)
{
  g_autoptr (LscBaselineChange) change = g_new0 (LscBaselineChange, 1);
  g_autoptr (GError) problem = NULL;
  char *text;
  gsize length;

  change->path = lsc_kept_baselines_dup_path (profile);
  if (g_file_get_contents (change->path, &text, &length, &problem))
    change->before = g_bytes_new_take (text, length);
  else if (!g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return g_steal_pointer (&change);
}

LscBaselineChange *
lsc_kept_baselines_keep (LscProfile *profile, GError **error)
{
  g_autoptr (LscBaselineChange) change = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (LSC_IS_PROFILE (profile), NULL);

  change = begin_change (profile, error);
  if (change == NULL)
    return NULL;
  folder = g_path_get_dirname (change->path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno),
                   _ ("The folder %s can’t be made: %s"), folder, g_strerror (errno));
      return NULL;
    }
  if (!lsc_profile_json_save (profile, change->path, error))
    return NULL;
  return g_steal_pointer (&change);
}

static gboolean delete (const char *path, GError **error)
{
  if (g_remove (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, (gint)g_file_error_from_errno (errno),
               _ ("%s can’t be removed: %s"), path, g_strerror (errno));
  return FALSE;
}

LscBaselineChange *
lsc_kept_baselines_remove (LscProfile *profile, GError **error)
{
  g_autoptr (LscBaselineChange) change = NULL;

  g_return_val_if_fail (LSC_IS_PROFILE (profile), NULL);

  change = begin_change (profile, error);
  if (change == NULL || !delete (change->path, error))
    return NULL;
  return g_steal_pointer (&change);
}

gboolean
lsc_kept_baselines_undo (const LscBaselineChange *change, GError **error)
{
  gsize         length;
  gconstpointer text;

  g_return_val_if_fail (change != NULL, FALSE);

  if (change->before == NULL)
    return delete (change->path, error);
  text = g_bytes_get_data (change->before, &length);
  return g_file_set_contents (change->path, text, (gssize)length, error);
}

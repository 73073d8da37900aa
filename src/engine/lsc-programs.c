/* lsc-programs.c: finds the programs that belong to Lanescope.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-programs"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-programs.h"

#include "lsc-installed.h"

static GPtrArray *
list_folders (void)
{
  GPtrArray       *folders = g_ptr_array_new_with_free_func (g_free);
  const char      *chosen = g_getenv ("LSC_PROGRAM_DIR");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  if (chosen != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (chosen, G_SEARCHPATH_SEPARATOR_S, -1);

      for (guint i = 0; parts[i] != NULL; i++)
        {
          if (parts[i][0] != '\0')
            g_ptr_array_add (folders, g_canonicalize_filename (parts[i], NULL));
        }
    }
  if (self != NULL)
    g_ptr_array_add (folders, g_path_get_dirname (self));
  g_ptr_array_add (folders, lsc_installed_dup_path (LSC_LIBEXEC_DIR));

  return folders;
}

char *
lsc_programs_find (const char *name, GError **error)
{
  g_autoptr (GPtrArray) folders = list_folders ();
  g_autoptr (GString) looked = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < folders->len; i++)
    {
      const char      *folder = g_ptr_array_index (folders, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR) &&
          g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);

      if (looked->len > 0)
        g_string_append (looked, ", ");
      g_string_append (looked, folder);
    }

  /* Translators: the first %s is the name of a program, the second a list of folders. */
  g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_PROGRAM,
               _ ("The program %s, which is part of Lanescope, was not found in %s. Install "
                  "Lanescope again, or set LSC_PROGRAM_DIR to the folder it is in."),
               name, looked->str);
  return NULL;
}

char *
lsc_programs_find_data (const char *name, GError **error)
{
  g_autoptr (GPtrArray) folders = list_folders ();
  g_autofree char *data = lsc_installed_dup_path (LSC_PKGDATA_DIR);
  g_autofree char *installed = g_build_filename (data, name, NULL);

  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < folders->len; i++)
    {
      g_autofree char *above = g_path_get_dirname (g_ptr_array_index (folders, i));
      g_autofree char *path = g_build_filename (above, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  if (g_file_test (installed, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&installed);

  /* Translators: %s is the path of a file. */
  g_set_error (
      error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_PROGRAM,
      _ ("The file %s, which is part of Lanescope, was not found. Install Lanescope again, "
         "or set LSC_PROGRAM_DIR to the folder that its programs are in."),
      installed);
  return NULL;
}

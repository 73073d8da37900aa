/* lsc-library-place.c: under which name a workload comes into the user's folder.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-library-place.h"

#include <glib/gi18n-lib.h>

#include "lsc-builtins.h"
#include "lsc-place.h"
#include "lsc-workload-file.h"

/* A file's name, in bytes, without what makes it another one. */
#define MAX_STEM_BYTES 60
/* Nobody has so many of one name. */
#define MAX_NAMES 1000

/* "Sleep a little, twice" is kept as sleep-a-little-twice. */
static char *
dup_stem (const char *name)
{
  GString *stem = g_string_new (NULL);

  for (; *name != '\0' && stem->len < MAX_STEM_BYTES; name = g_utf8_next_char (name))
    {
      gunichar c = g_utf8_get_char (name);

      if (g_unichar_isalnum (c) || c == '_')
        g_string_append_unichar (stem, g_unichar_tolower (c));
      else if (stem->len > 0 && stem->str[stem->len - 1] != '-')
        g_string_append_c (stem, '-');
    }
  while (stem->len > 0 && stem->str[stem->len - 1] == '-')
    g_string_truncate (stem, stem->len - 1);
  if (stem->len == 0)
    g_string_assign (stem, "workload");
  return g_string_free (stem, FALSE);
}

static gboolean
place (const char *path, const LscNewWorkload *content, GError **error)
{
  if (content->from != NULL)
    return lsc_place_move (content->from, path, error);
  return lsc_place_new (path, content->text, content->length, error);
}

char *
lsc_library_place (const char           *folder,
                   const char           *name,
                   const LscNewWorkload *content,
                   GError              **error)
{
  g_autofree char *stem = dup_stem (name);

  if (!lsc_place_folder (folder, error))
    return NULL;
  for (guint i = 1; i <= MAX_NAMES; i++)
    {
      g_autoptr (GError) local_error = NULL;
      g_autofree char *id = i == 1 ? g_strdup (stem) : g_strdup_printf ("%s-%u", stem, i);
      g_autofree char *file_name = g_strconcat (id, LSC_WORKLOAD_FILE_ENDING, NULL);
      g_autofree char *path = g_build_filename (folder, file_name, NULL);

      if (lsc_builtins_contain (id))
        continue;
      if (place (path, content, &local_error))
        return g_steal_pointer (&path);
      if (!g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_EXIST))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                       _ ("There are too many files with such a name"));
  return NULL;
}

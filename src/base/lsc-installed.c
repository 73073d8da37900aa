/* lsc-installed.c: where what was installed is, also after the whole of it was moved.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-installed.h"

#include <string.h>

/* What follows the prefix, "/bin"; NULL for a path that is not below it. */
static const char *
get_below_prefix (const char *path)
{
  const gsize length = strlen (LSC_PREFIX);

  if (strncmp (path, LSC_PREFIX, length) != 0 || path[length] != '/')
    return NULL;
  return path + length;
}

char *
lsc_installed_dup_path (const char *path)
{
  const char      *below = get_below_prefix (path);
  const char      *bin = get_below_prefix (LSC_BIN_DIR);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *moved = NULL;

  if (below == NULL || bin == NULL || folder == NULL || !g_str_has_suffix (folder, bin))
    return g_strdup (path);

  folder[strlen (folder) - strlen (bin)] = '\0';
  moved = g_strconcat (folder, below, NULL);
  return g_file_test (moved, G_FILE_TEST_EXISTS) ? g_steal_pointer (&moved) : g_strdup (path);
}

/* lsc-program-path.c: where the program is that is started again and again.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * execvp tries each folder of PATH anew for every process: for a short command that is
 * some percent of its life.
 */

#include "config.h"

#include "lsc-program-path.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_SEARCH 8192

static const char *
get_path_variable (char *const *environment)
{
  for (; *environment != NULL; environment++)
    if (strncmp (*environment, "PATH=", 5) == 0)
      return *environment + 5;
  return NULL;
}

static bool
is_program (const char *path)
{
  struct stat info;

  return access (path, X_OK) == 0 && stat (path, &info) == 0 && S_ISREG (info.st_mode);
}

/* False also when a folder is named from the working folder, which is the child's. */
static bool
search (const char *name, const char *folders, char found[PATH_MAX])
{
  while (*folders == '/')
    {
      int length = (int)strcspn (folders, ":");
      int n = snprintf (found, PATH_MAX, "%.*s/%s", length, folders, name);

      if (n > 0 && n < PATH_MAX && is_program (found))
        return true;
      folders += length;
      if (*folders == ':')
        folders++;
    }
  return false;
}

const char *
lsc_program_path_find (const char *name, char *const *environment)
{
  static char known_name[NAME_MAX + 1];
  static char known_folders[MAX_SEARCH];
  static char found[PATH_MAX];
  static bool is_found;
  const char *folders = get_path_variable (environment);

  if (folders == NULL || *name == '\0' || strchr (name, '/') != NULL ||
      strlen (name) >= sizeof known_name || strlen (folders) >= sizeof known_folders)
    return NULL;
  if (strcmp (name, known_name) != 0 || strcmp (folders, known_folders) != 0)
    {
      strcpy (known_name, name);
      strcpy (known_folders, folders);
      is_found = search (name, folders, found);
    }
  return is_found ? found : NULL;
}

/* lsc-command-check.c: whether a command can be run here.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-command-check"

#include "config.h"

#include "lsc-command-check.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lsc-command.h"
#include "lsc-environment.h"
#include "lsc-number.h"
#include "lsc-outside.h"
#include "lsc-sandbox.h"

/* What execvp() looks in when there is no PATH. */
#define DEFAULT_PATH "/bin:/usr/bin"

static gboolean
check_folder (const char *folder, GError **error)
{
  g_autofree char *name = lsc_quote_path (folder);
  GStatBuf         info;

  if (*folder == '\0')
    return TRUE;
  if (g_stat (folder, &info) != 0)
    /* Translators: the first %s is a folder, the second the system's reason. */
    g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
                 _ ("The folder %s can’t be used: %s. Choose another one."), name,
                 g_strerror (errno));
  else if (!S_ISDIR (info.st_mode))
    g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
                 _ ("%s is not a folder that a command could be run in. Choose another one."),
                 name);
  else
    return TRUE;
  return FALSE;
}

static gboolean
is_program (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_REGULAR) && access (path, X_OK) == 0;
}

static void
set_not_in_sandbox (const char *name, GError **error)
{
  /* Translators: %s is the name of a program or its path, in quotes. */
  g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NOT_IN_SANDBOX,
               _ ("There is no program %s in the sandbox that Lanescope runs in."), name);
}

/* A name with a slash is a path, from the folder that the command is run in. */
static gboolean
check_path (const char *program, const char *folder, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (program, *folder != '\0' ? folder : NULL);
  g_autofree char *name = lsc_quote_path (program);

  if (is_program (path))
    return TRUE;
  if (!g_file_test (path, G_FILE_TEST_EXISTS) && lsc_sandbox_get () != NULL)
    set_not_in_sandbox (name, error);
  else if (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_PROGRAM,
                 _ ("There is no program %s. Is its path written as it should be?"), name);
  else if (g_file_test (path, G_FILE_TEST_IS_DIR))
    g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_PROGRAM,
                 _ ("%s is a folder, not a program."), name);
  else
    g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_PROGRAM,
                 _ ("%s can’t be executed. If it is a program, allow that: chmod +x."), name);
  return FALSE;
}

static const char *
get_search_path (char **changes)
{
  const char *path = g_getenv ("PATH");

  for (; *changes != NULL; changes++)
    {
      if (g_str_has_prefix (*changes, "PATH="))
        path = *changes + strlen ("PATH=");
      else if (strcmp (*changes, "PATH") == 0)
        path = NULL;
    }
  return path != NULL ? path : DEFAULT_PATH;
}

static gboolean
check_name (const char *program, const char *folder, char **changes, GError **error)
{
  g_auto (GStrv) places = g_strsplit (get_search_path (changes), ":", -1);
  g_autofree char *name = lsc_quote_path (program);

  for (guint i = 0; places[i] != NULL; i++)
    {
      g_autofree char *relative =
          g_build_filename (*places[i] != '\0' ? places[i] : ".", program, NULL);
      g_autofree char *path = g_canonicalize_filename (relative, *folder != '\0' ? folder : NULL);

      if (is_program (path))
        return TRUE;
    }
  if (lsc_sandbox_get () != NULL)
    {
      set_not_in_sandbox (name, error);
      return FALSE;
    }
  g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_PROGRAM,
               _ ("There is no program %s in the folders that PATH names. Install it, or write its "
                  "whole path."),
               name);
  return FALSE;
}

gboolean
lsc_command_check (LscSettings *settings, GError **error)
{
  g_autoptr (LscCommandLine) line = lsc_command_parse (settings, error);
  g_auto (GStrv) changes = NULL;
  const char *folder = lsc_settings_get (settings, "folder");
  const char *program;

  if (line == NULL)
    return FALSE;
  changes = lsc_environment_parse (lsc_settings_get (settings, "environment"), error);
  if (changes == NULL)
    return FALSE;
  /* What is there outside shows when it is started. */
  if (lsc_outside_is_chosen (settings))
    return TRUE;
  if (!check_folder (folder, error))
    return FALSE;

  program = lsc_command_line_get_program (line);
  if (program == NULL)
    return TRUE;
  return strchr (program, '/') != NULL ? check_path (program, folder, error)
                                       : check_name (program, folder, changes, error);
}

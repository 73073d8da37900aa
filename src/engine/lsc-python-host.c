/* lsc-python-host.c: finds the Python interpreter and Lanescope's Python side.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-python-host"

#include "config.h"

#include "lsc-python-host.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lsc-engine-error.h"
#include "lsc-environment.h"
#include "lsc-installed.h"
#include "lsc-outer-start.h"
#include "lsc-outside.h"
#include "lsc-programs.h"
#include "lsc-sandbox.h"

#define HOST_PATH "python/lanescope_host/__main__.py"

static void
set_missing (GError **error, const char *program, gboolean is_path)
{
  g_autofree char *shown = g_filename_display_name (program);
  g_autofree char *advice = lsc_outer_start_dup_advice ();

  if (lsc_sandbox_get () != NULL)
    {
      /* Translators: the first %s is the name of a program or its path, the second a sentence:
       * what to do. */
      g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NOT_IN_SANDBOX,
                   _ ("There is no Python “%s” in the sandbox that Lanescope runs in. %s"), shown,
                   advice);
      return;
    }

  if (is_path)
    /* Translators: %s is the path of a program. */
    g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_INTERPRETER,
                 _ ("There is no program %s that could be started. Choose a Python interpreter, "
                    "such as python3 or a virtual environment’s bin/python."),
                 shown);
  else
    /* Translators: %s is the name of a program, such as python3. */
    g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_INTERPRETER,
                 _ ("There is no program “%s” on this machine. Install Python 3.8 or later, or "
                    "choose an interpreter by its path."),
                 shown);
}

char *
lsc_python_find_interpreter (const char *program, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (program != NULL, NULL);

  if (strchr (program, G_DIR_SEPARATOR) == NULL)
    {
      path = *program != '\0' ? g_find_program_in_path (program) : NULL;
      if (path == NULL)
        {
          set_missing (error, program, FALSE);
          return NULL;
        }
      return g_canonicalize_filename (path, NULL);
    }

  if (g_str_has_prefix (program, "~/"))
    path = g_build_filename (g_get_home_dir (), program + 2, NULL);
  else
    path = g_canonicalize_filename (program, NULL);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || !g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    {
      set_missing (error, path, TRUE);
      return NULL;
    }
  return g_steal_pointer (&path);
}

char *
lsc_python_find_host (GError **error)
{
  return lsc_programs_find_data (HOST_PATH, error);
}

/* Who starts it looks for it there. */
static char *
dup_outer_interpreter (const char *program)
{
  return g_str_has_prefix (program, "~/") ? g_build_filename (g_get_home_dir (), program + 2, NULL)
                                          : g_strdup (program);
}

static void
take_outer_path (char **path)
{
  char *outer = lsc_sandbox_dup_outer_path (lsc_sandbox_get (), *path);

  if (outer == NULL)
    return;
  g_free (*path);
  *path = outer;
}

LscPythonHost *
lsc_python_host_new (LscSettings *settings, GError **error)
{
  g_autoptr (LscPythonHost) self = g_new0 (LscPythonHost, 1);
  g_autoptr (GStrvBuilder) builder = NULL;
  const char      *python = lsc_settings_get (settings, "python");
  const char      *environment = lsc_settings_get (settings, "environment");
  g_autofree char *host = lsc_python_find_host (error);
  g_autofree char *locale = lsc_installed_dup_path (LSC_LOCALE_DIR);
  gboolean         is_outside;

  if (host == NULL)
    return NULL;
  is_outside = lsc_outside_is_chosen (settings);
  if (is_outside)
    {
      take_outer_path (&host);
      take_outer_path (&locale);
    }
  self->program = is_outside
                      ? dup_outer_interpreter (python)
                      : lsc_python_find_interpreter (python != NULL ? python : "python3", error);
  if (self->program == NULL)
    return NULL;
  self->environment = lsc_environment_parse (environment != NULL ? environment : "", error);
  if (self->environment == NULL)
    return NULL;
  /* Unbuffered: what goes past our own streams is not held back. */
  builder = g_strv_builder_new ();
  g_strv_builder_add_many (builder, "-u", host, "--locale", locale, "--run", NULL);
  self->arguments = g_strv_builder_end (builder);
  return g_steal_pointer (&self);
}

void
lsc_python_host_free (LscPythonHost *self)
{
  g_free (self->program);
  g_strfreev (self->arguments);
  g_strfreev (self->environment);
  g_free (self);
}

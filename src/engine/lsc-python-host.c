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
#include "lsc-outside.h"
#include "lsc-programs.h"
#include "lsc-sandbox.h"

#define HOST_PATH "python/lanescope_host/__main__.py"

static void
set_missing (GError **error, const char *program, gboolean is_path)
{
  g_autofree char *shown = g_filename_display_name (program);

  if (lsc_sandbox_get () != NULL)
    {
      /* Translators: %s is the name of a program or its path. */
      g_set_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NOT_IN_SANDBOX,
                   _ ("There is no Python “%s” in the sandbox that Lanescope runs in."), shown);
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

static char *
find_interpreter_here (const char *program, GError **error)
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

static char *
dup_path (const char *path, gboolean is_outside)
{
  char *outer = is_outside ? lsc_sandbox_dup_outer_path (lsc_sandbox_get (), path) : NULL;

  return outer != NULL ? outer : g_strdup (path);
}

/* Outside, who starts it looks for it. */
static char *
find_interpreter (const char *program, gboolean is_outside, GError **error)
{
  if (!is_outside)
    return find_interpreter_here (program, error);
  return g_str_has_prefix (program, "~/") ? g_build_filename (g_get_home_dir (), program + 2, NULL)
                                          : g_strdup (program);
}

gboolean
lsc_python_place_find (LscPythonPlace *place,
                       const char     *program,
                       gboolean        is_outside,
                       GError        **error)
{
  g_autofree char *host = NULL;
  g_autofree char *locale = lsc_installed_dup_path (LSC_LOCALE_DIR);

  place->interpreter = find_interpreter (program, is_outside, error);
  if (place->interpreter == NULL)
    return FALSE;
  host = lsc_programs_find_data (HOST_PATH, error);
  if (host == NULL)
    return FALSE;
  place->host = dup_path (host, is_outside);
  place->locale = dup_path (locale, is_outside);
  return TRUE;
}

void
lsc_python_place_clear (LscPythonPlace *place)
{
  g_clear_pointer (&place->interpreter, g_free);
  g_clear_pointer (&place->host, g_free);
  g_clear_pointer (&place->locale, g_free);
}

LscPythonHost *
lsc_python_host_new (LscSettings *settings, GError **error)
{
  g_autoptr (LscPythonHost) self = g_new0 (LscPythonHost, 1);
  g_autoptr (GStrvBuilder) builder = NULL;
  const char *python = lsc_settings_get (settings, "python");
  const char *environment = lsc_settings_get (settings, "environment");
  g_auto (LscPythonPlace) place = { 0 };

  if (!lsc_python_place_find (&place, python != NULL ? python : "python3",
                              lsc_outside_is_chosen (settings), error))
    return NULL;
  self->program = g_steal_pointer (&place.interpreter);
  self->environment = lsc_environment_parse (environment != NULL ? environment : "", error);
  if (self->environment == NULL)
    return NULL;
  /* Unbuffered: what goes past our own streams is not held back. */
  builder = g_strv_builder_new ();
  g_strv_builder_add_many (builder, "-u", place.host, "--locale", place.locale, "--run", NULL);
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

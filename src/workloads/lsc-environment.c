/* lsc-environment.c: changes to the environment of what is started, as people write them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-environment.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-number.h"
#include "lsc-workload.h"

/* What Lanescope's own variables begin with. */
#define OWN_PREFIX "LANESCOPE_"

static gboolean
is_name (const char *text, gsize length)
{
  if (length == 0 || g_ascii_isdigit (text[0]))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '_')
      return FALSE;
  return TRUE;
}

static gboolean
check_line (const char *line, guint number, GError **error)
{
  g_autofree char *quoted = NULL;

  if (!is_name (line, strcspn (line, "=")))
    {
      quoted = lsc_quote (line, -1);
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
                   /* Translators: the number of a line, and what stands there. */
                   _ ("Environment, line %u: %s is neither NAME=VALUE nor a NAME that is to be "
                      "taken away."),
                   number, quoted);
      return FALSE;
    }
  if (g_str_has_prefix (line, OWN_PREFIX))
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
                   /* Translators: the number of a line, and the beginning of a variable's name. */
                   _ ("Environment, line %u: variables whose names begin with %s are Lanescope’s "
                      "own."),
                   number, OWN_PREFIX);
      return FALSE;
    }
  return TRUE;
}

char **
lsc_environment_parse (const char *text, GError **error)
{
  g_auto (GStrv) lines = NULL;
  g_autoptr (GStrvBuilder) changes = g_strv_builder_new ();

  g_return_val_if_fail (text != NULL, NULL);

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strchug (lines[i]);

      g_strdelimit (lines[i], "\r", '\0');
      if (*line == '\0')
        continue;
      if (!check_line (line, i + 1, error))
        return NULL;
      g_strv_builder_add (changes, line);
    }
  return g_strv_builder_end (changes);
}

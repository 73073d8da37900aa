/* lsc-settings-summary.c: settings as one line, for recordings and pictures.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-settings.h"

#include <string.h>

/* What comes behind it is the user's own. */
#define SEPARATOR "--"

/* ---- writing ------------------------------------------------------------------------ */

static gboolean
is_told (LscSettings *self, const LscParameter *parameter, const char *value)
{
  if (parameter->type == LSC_PARAMETER_LINES || parameter->type == LSC_PARAMETER_MULTILINE)
    return FALSE;
  if (!lsc_settings_is_used (self, parameter->id) || *value == '\0')
    return FALSE;
  return !parameter->advanced || !lsc_settings_is_default (self, parameter->id);
}

static gboolean
is_own (const LscParameter *parameter)
{
  return parameter->type == LSC_PARAMETER_TEXT || parameter->type == LSC_PARAMETER_FILE ||
         parameter->type == LSC_PARAMETER_FOLDER || parameter->type == LSC_PARAMETER_PROGRAM;
}

static gboolean
is_plain (const char *value)
{
  for (const char *at = value; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("._-+/:,@", *at) == NULL)
      return FALSE;
  return TRUE;
}

static void
append (GString *summary, const char *id, const char *value)
{
  g_autofree char *quoted = is_plain (value) ? g_strdup (value) : g_shell_quote (value);

  g_string_append_printf (summary, "%s%s=%s", summary->len > 0 ? " " : "", id, quoted);
}

char *
lsc_settings_dup_summary (LscSettings *self)
{
  g_autoptr (GString) own = g_string_new (NULL);
  GString            *summary = g_string_new (NULL);
  const LscParameter *parameters;
  guint               n;

  g_return_val_if_fail (LSC_IS_SETTINGS (self), NULL);

  parameters = lsc_settings_get_parameters (self, &n);
  for (guint i = 0; i < n; i++)
    {
      const char *value = lsc_settings_get (self, parameters[i].id);

      if (is_told (self, &parameters[i], value))
        append (is_own (&parameters[i]) ? own : summary, parameters[i].id, value);
    }
  if (own->len > 0)
    g_string_append_printf (summary, "%s" SEPARATOR " %s", summary->len > 0 ? " " : "", own->str);
  return g_string_free (summary, FALSE);
}

/* ---- reading ------------------------------------------------------------------------ */

gboolean
lsc_settings_apply_summary (LscSettings *self, const char *summary)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (LSC_IS_SETTINGS (self), FALSE);
  g_return_val_if_fail (summary != NULL, FALSE);

  if (!g_shell_parse_argv (summary, NULL, &words, &error))
    return g_error_matches (error, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *equals = strchr (words[i], '=');

      if (strcmp (words[i], SEPARATOR) == 0)
        continue;
      if (equals == NULL)
        return FALSE;
      *equals = '\0';
      if (lsc_settings_find_parameter (self, words[i]) == NULL)
        return FALSE;
      g_ptr_array_add (ids, words[i]);
      g_ptr_array_add (values, equals + 1);
    }
  return ids->len == 0 || lsc_settings_set_all (self, (const char *const *)ids->pdata,
                                                (const char *const *)values->pdata, ids->len, NULL);
}

char *
lsc_summary_dup_public (const char *summary)
{
  const char *own;

  g_return_val_if_fail (summary != NULL, NULL);

  if (g_str_has_prefix (summary, SEPARATOR " "))
    return g_strdup ("");
  /* What stands before it has no spaces in its values. */
  own = strstr (summary, " " SEPARATOR " ");
  return own != NULL ? g_strndup (summary, (gsize)(own - summary)) : g_strdup (summary);
}

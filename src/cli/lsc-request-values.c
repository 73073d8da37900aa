/* lsc-request-values.c: single values of options, and what several commands read alike.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-request-values.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-command-line.h"
#include "lsc-number.h"
#include "lsc-outside.h"
#include "lsc-request-inputs.h"

/* ---- single values --------------------------------------------------------------------------- */

gboolean
lsc_request_parse_count (const char *option,
                         const char *text,
                         guint       minimum,
                         guint       maximum,
                         guint      *count,
                         GError    **error)
{
  g_autofree char *quoted = NULL;
  guint64          number;

  if (lsc_number_parse (text, strlen (text), &number) && number >= minimum && number <= maximum)
    {
      *count = (guint)number;
      return TRUE;
    }

  quoted = lsc_quote (text, -1);
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("%s: %s is not a whole number from %u to %u."), option, quoted, minimum, maximum);
  return FALSE;
}

gboolean
lsc_request_parse_seconds (const char *option, const char *text, gint64 *time_ns, GError **error)
{
  g_autofree char *quoted = NULL;

  if (lsc_seconds_parse (text, time_ns) && *time_ns > 0)
    return TRUE;

  quoted = lsc_quote (text, -1);
  /* Translators: the first %s is an option such as --timeout. */
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("%s: %s is not a number of seconds such as 2.5."), option, quoted);
  return FALSE;
}

gboolean
lsc_request_parse_number (const char *option,
                          const char *text,
                          double      minimum,
                          double      maximum,
                          double     *number,
                          GError    **error)
{
  g_autofree char *quoted = NULL;
  char            *end = NULL;

  *number = g_ascii_strtod (text, &end);
  /* No spaces, no words such as "inf", no hexadecimals. */
  if (end != text && *end == '\0' && strspn (text, "0123456789.") == strlen (text) &&
      *number >= minimum && *number <= maximum)
    return TRUE;

  quoted = lsc_quote (text, -1);
  /* Translators: the first %s is an option such as --scale. */
  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("%s: %s is not a number from %g to %g."), option, quoted, minimum, maximum);
  return FALSE;
}

/* ---- settings -------------------------------------------------------------------------------- */

static void
prefix_set (GError **error, const char *id, const char *value)
{
  g_autofree char *shown_id = lsc_make_printable (id, -1, 40);
  g_autofree char *shown_value = lsc_make_printable (value, -1, 40);

  g_prefix_error (error, "--set %s=%s: ", shown_id, shown_value);
}

gboolean
lsc_request_split_settings (char **given, GPtrArray *ids, GPtrArray *values, GError **error)
{
  for (; given != NULL && *given != NULL; given++)
    {
      const char      *equals = strchr (*given, '=');
      g_autofree char *quoted = lsc_quote (*given, -1);

      if (equals == NULL || equals == *given)
        {
          g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                       _ ("--set: %s is not of the form NAME=VALUE."), quoted);
          return FALSE;
        }
      g_ptr_array_add (ids, g_strndup (*given, (gsize)(equals - *given)));
      g_ptr_array_add (values, g_strdup (equals + 1));
    }
  return TRUE;
}

gboolean
lsc_request_apply_settings (LscSettings *settings,
                            GPtrArray   *ids,
                            GPtrArray   *values,
                            GError     **error)
{
  for (guint i = 0; i < ids->len; i++)
    if (!lsc_settings_check (settings, ids->pdata[i], values->pdata[i], error))
      {
        prefix_set (error, ids->pdata[i], values->pdata[i]);
        return FALSE;
      }
  if (!lsc_settings_set_all (settings, (const char *const *)ids->pdata,
                             (const char *const *)values->pdata, ids->len, error))
    return FALSE;
  return lsc_request_inputs_check_use (settings, ids, values, error);
}

gboolean
lsc_request_set_host (LscSettings *settings, GError **error)
{
  if (lsc_settings_find_parameter (settings, LSC_OUTSIDE_ID) != NULL)
    return lsc_settings_set (settings, LSC_OUTSIDE_ID, LSC_OUTSIDE_HOST, error);

  g_set_error_literal (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                       _ ("--host: only commands and Python functions can run outside the sandbox; "
                          "Lanescope’s own workloads need nothing from there. Leave it out."));
  return FALSE;
}

/* ---- run -- COMMAND ------------------------------------------------------------------------ */

int
lsc_request_find_command (int argc, char **argv)
{
  int i;

  for (i = 1; i < argc && strcmp (argv[i], "--") != 0; i++)
    ;
  return i;
}

gboolean
lsc_request_check_command (char **words, char **settings, GError **error)
{
  if (*words == NULL)
    {
      g_set_error_literal (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                           _ ("There is no command after “--”."));
      return FALSE;
    }
  for (; settings != NULL && *settings != NULL; settings++)
    if (g_str_has_prefix (*settings, "command="))
      {
        g_set_error_literal (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                             _ ("--set command: the command is what follows “--”. Leave one of "
                                "them out."));
        return FALSE;
      }
  return TRUE;
}

gboolean
lsc_request_set_command (LscSettings *settings, char **words, GError **error)
{
  g_autofree char *text = lsc_settings_get_boolean (settings, "shell")
                              ? g_strjoinv (" ", words)
                              : lsc_command_line_quote ((const char *const *)words);

  return lsc_settings_set (settings, "command", text, error);
}

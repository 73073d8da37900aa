/* lsc-request-inputs.c: the inputs that --input and --inputs name.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-request-inputs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-cli.h"
#include "lsc-number.h"

/* Ten million inputs of a hundred bytes. */
#define MAX_STDIN_BYTES (1u << 30)

/* The parameter that takes a list of inputs; NULL for a workload that makes its own. */
static const LscParameter *
find_lines (LscSettings *settings)
{
  guint               n;
  const LscParameter *parameters = lsc_settings_get_parameters (settings, &n);

  for (guint i = 0; i < n; i++)
    if (parameters[i].type == LSC_PARAMETER_LINES)
      return &parameters[i];
  return NULL;
}

gboolean
lsc_request_inputs_prepare (LscSettings *settings, char **values, const char *path, GError **error)
{
  const LscParameter *lines = find_lines (settings);
  const char         *option = values != NULL ? "--input" : "--inputs";

  if (values == NULL && path == NULL)
    return TRUE;

  if (values != NULL && path != NULL)
    {
      g_set_error_literal (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE, _ ("--input and --inputs can’t be used together. Put all inputs into the file."));
      return FALSE;
    }
  if (lines == NULL)
    {
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE, _ ("%s: this workload makes its own inputs. Leave the option out."), option);
      return FALSE;
    }

  return lines->when_id == NULL || lsc_settings_set (settings, lines->when_id, lines->when_value, error);
}

gboolean
lsc_request_inputs_check (LscSettings *settings, char **values, const char *path, GError **error)
{
  const LscParameter *lines = find_lines (settings);

  if ((values == NULL && path == NULL) || lsc_settings_is_used (settings, lines->id))
    return TRUE;

  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE, _ ("%s means %s=%s, but --set makes it %s=%s. Leave one of them out."),
               values != NULL ? "--input" : "--inputs", lines->when_id, lines->when_value, lines->when_id, lsc_settings_get (settings, lines->when_id));
  return FALSE;
}

gboolean
lsc_request_inputs_check_use (LscSettings *settings, GPtrArray *ids, GPtrArray *values, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      const LscParameter *parameter = lsc_settings_find_parameter (settings, ids->pdata[i]);
      g_autofree char    *value = lsc_make_printable (values->pdata[i], -1, 40);

      if (lsc_settings_is_used (settings, parameter->id))
        continue;
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE, _ ("--set %s=%s would have no effect: it counts only with %s=%s."),
                   parameter->id, value, parameter->when_id, parameter->when_value);
      return FALSE;
    }
  return TRUE;
}

static GByteArray *
read_stdin (GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  char  block[65536];
  gsize n;

  errno = 0;
  while ((n = fread (block, 1, sizeof block, stdin)) > 0)
    {
      if (bytes->len + n > MAX_STDIN_BYTES)
        {
          g_set_error_literal (error, LSC_CLI_ERROR, LSC_CLI_ERROR_FILE, _ ("--inputs: standard input holds more than 1 GB."));
          return NULL;
        }
      g_byte_array_append (bytes, (const guint8 *)block, (guint)n);
    }
  if (ferror (stdin))
    {
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_FILE, _ ("--inputs: standard input can’t be read: %s."), g_strerror (errno));
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

static LscTextList *
read_file (LscWorkload *workload, const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  gsize            length;

  if (!g_file_get_contents (path, &text, &length, &local_error))
    {
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_FILE, "--inputs: %s", local_error->message);
      return NULL;
    }
  return lsc_workload_inputs_from_text (workload, text, length, path, error);
}

gboolean
lsc_request_inputs_read (LscWorkload *workload, char **values, const char *path, LscTextList **inputs, GError **error)
{
  if (values != NULL)
    *inputs = lsc_workload_inputs_from_values (workload, (const char *const *)values, error);
  else if (path != NULL && strcmp (path, "-") == 0)
    {
      g_autoptr (GByteArray) bytes = read_stdin (error);

      if (bytes != NULL)
        *inputs = lsc_workload_inputs_from_text (workload, bytes->data != NULL ? (const char *)bytes->data : "", bytes->len, _ ("standard input"), error);
    }
  else if (path != NULL)
    *inputs = read_file (workload, path, error);
  else
    return TRUE;

  return *inputs != NULL;
}

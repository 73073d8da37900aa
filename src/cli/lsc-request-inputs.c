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
#include <glib/gstdio.h>

#include "lsc-cli.h"
#include "lsc-number.h"

/* Ten million inputs of a hundred bytes. */
#define MAX_BYTES (1u << 30)

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
      g_set_error_literal (
          error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
          _ ("--input and --inputs can’t be used together. Put all inputs into the file."));
      return FALSE;
    }
  if (lines == NULL)
    {
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                   _ ("%s: this workload makes its own inputs. Leave the option out."), option);
      return FALSE;
    }

  return lines->when_id == NULL ||
         lsc_settings_set (settings, lines->when_id, lines->when_value, error);
}

gboolean
lsc_request_inputs_check (LscSettings *settings, char **values, const char *path, GError **error)
{
  const LscParameter *lines = find_lines (settings);

  if ((values == NULL && path == NULL) || lsc_settings_is_used (settings, lines->id))
    return TRUE;

  g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
               _ ("%s means %s=%s, but --set makes it %s=%s. Leave one of them out."),
               values != NULL ? "--input" : "--inputs", lines->when_id, lines->when_value,
               lines->when_id, lsc_settings_get (settings, lines->when_id));
  return FALSE;
}

gboolean
lsc_request_inputs_check_use (LscSettings *settings,
                              GPtrArray   *ids,
                              GPtrArray   *values,
                              GError     **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      const LscParameter *parameter = lsc_settings_find_parameter (settings, ids->pdata[i]);
      g_autofree char    *value = lsc_make_printable (values->pdata[i], -1, 40);

      if (lsc_settings_is_used (settings, parameter->id))
        continue;
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_USAGE,
                   _ ("--set %s=%s would have no effect: it counts only with %s=%s."),
                   parameter->id, value, parameter->when_id, parameter->when_value);
      return FALSE;
    }
  return TRUE;
}

/* Not g_file_get_contents(): a device or a pipe may never end. */
static GByteArray *
read_stream (FILE *stream, const char *name, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  char  block[65536];
  gsize n;

  errno = 0;
  while ((n = fread (block, 1, sizeof block, stream)) > 0)
    {
      if (bytes->len + n > MAX_BYTES)
        {
          /* Translators: %s is a file's name, or "standard input". */
          g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_FILE,
                       _ ("--inputs: %s holds more than 1 GB. Use fewer inputs."), name);
          return NULL;
        }
      g_byte_array_append (bytes, (const guint8 *)block, (guint)n);
    }
  if (ferror (stream))
    {
      /* Translators: the first %s is a file's name, or "standard input", the second the system's
       * reason. */
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_FILE, _ ("--inputs: %s can’t be read: %s."),
                   name, g_strerror (errno));
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

static GByteArray *
read_file (const char *path, GError **error)
{
  g_autofree char *name = lsc_quote_path (path);
  FILE            *stream = g_fopen (path, "rbe");
  GByteArray      *bytes;

  if (stream == NULL)
    {
      g_set_error (error, LSC_CLI_ERROR, LSC_CLI_ERROR_FILE, _ ("--inputs: %s can’t be read: %s."),
                   name, g_strerror (errno));
      return NULL;
    }
  bytes = read_stream (stream, name, error);
  fclose (stream);
  return bytes;
}

static LscTextList *
read_lines (LscWorkload *workload, const char *path, GError **error)
{
  gboolean    is_stdin = strcmp (path, "-") == 0;
  const char *name = is_stdin ? _ ("standard input") : path;
  g_autoptr (GByteArray) bytes =
      is_stdin ? read_stream (stdin, name, error) : read_file (path, error);

  if (bytes == NULL)
    return NULL;
  return lsc_workload_inputs_from_text (
      workload, bytes->data != NULL ? (const char *)bytes->data : "", bytes->len, name, error);
}

gboolean
lsc_request_inputs_read (LscWorkload  *workload,
                         char        **values,
                         const char   *path,
                         LscTextList **inputs,
                         GError      **error)
{
  if (values != NULL)
    *inputs = lsc_workload_inputs_from_values (workload, (const char *const *)values, error);
  else if (path != NULL)
    *inputs = read_lines (workload, path, error);
  else
    return TRUE;

  return *inputs != NULL;
}

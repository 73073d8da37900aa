/* lsc-execution.c: what a workload would execute, for a user who is asked whether it may.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-execution.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lsc-number.h"
#include "lsc-outside.h"

#define MAX_CODE_BYTES (1 << 20)

static void
part_free (gpointer data)
{
  LscExecutionPart *part = data;

  g_free (part->text);
  g_free (part);
}

/* Line by line: the lines stay, tabs become spaces. */
static char *
dup_printable (const char *text)
{
  GString *printable = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      g_autofree char *spaced = g_strjoinv ("    ", columns);
      g_autofree char *line = lsc_make_printable (spaced, -1, G_MAXUINT);

      g_string_append_printf (printable, "%s%s", i > 0 ? "\n" : "", line);
    }
  return g_strchomp (g_string_free (printable, FALSE));
}

/* All that is executed: of a Python file the whole of it, for that is what importing it does. */
static char *
dup_code (LscWorkload *workload, LscSettings *settings)
{
  const char *path = lsc_settings_get (settings, "file");
  char       *text = NULL;
  GStatBuf    info;

  if (lsc_workload_get_kind (workload) != LSC_WORKLOAD_PYTHON || path == NULL ||
      !lsc_settings_is_used (settings, "file"))
    return lsc_workload_dup_code (workload, settings);
  if (g_stat (path, &info) == 0 && S_ISREG (info.st_mode) && info.st_size <= MAX_CODE_BYTES &&
      g_file_get_contents (path, &text, NULL, NULL))
    return text;
  return g_strdup (_ ("The file can’t be shown: it is not there, or larger than 1 MB."));
}

static void
add_part (GPtrArray *parts, const char *label, const char *text, gboolean has_code)
{
  LscExecutionPart *part = g_new0 (LscExecutionPart, 1);

  part->label = label;
  part->text = dup_printable (text);
  part->has_code = has_code;
  g_ptr_array_add (parts, part);
}

/* What lsc_workload_dup_code() shows. */
static gboolean
is_code (const LscParameter *parameter)
{
  return strcmp (parameter->id, "command") == 0 || parameter->language != NULL;
}

static gboolean
is_told (const LscParameter *parameter)
{
  switch (parameter->type)
    {
    case LSC_PARAMETER_LINES:
    case LSC_PARAMETER_TEXT:
    case LSC_PARAMETER_MULTILINE:
    case LSC_PARAMETER_FILE:
    case LSC_PARAMETER_FOLDER:
    case LSC_PARAMETER_PROGRAM:
      return TRUE;
    case LSC_PARAMETER_INTEGER:
    case LSC_PARAMETER_CHOICE:
    case LSC_PARAMETER_SECONDS:
    case LSC_PARAMETER_SWITCH:
    default:
      return FALSE;
    }
}

GPtrArray *
lsc_execution_describe (LscWorkload *workload, LscSettings *settings)
{
  GPtrArray          *parts = g_ptr_array_new_with_free_func (part_free);
  g_autofree char    *code = dup_code (workload, settings);
  guint               n;
  const LscParameter *parameters = lsc_settings_get_parameters (settings, &n);

  if (code != NULL && *code != '\0')
    add_part (parts,
              lsc_workload_get_kind (workload) == LSC_WORKLOAD_COMMAND ? _ ("Command") : _ ("Code"),
              code, TRUE);
  for (guint i = 0; i < n; i++)
    {
      const char *value = lsc_settings_get (settings, parameters[i].id);

      if (!lsc_settings_is_used (settings, parameters[i].id))
        continue;
      if (parameters[i].type == LSC_PARAMETER_SWITCH &&
          lsc_settings_get_boolean (settings, parameters[i].id))
        add_part (parts, lsc_parameter_get_label (&parameters[i]), _ ("yes"), FALSE);
      else if (strcmp (parameters[i].id, LSC_OUTSIDE_ID) == 0 && lsc_outside_is_chosen (settings))
        add_part (parts, lsc_parameter_get_label (&parameters[i]),
                  _ ("On this computer, outside Flatpak’s sandbox"), FALSE);
      else if (is_told (&parameters[i]) && !is_code (&parameters[i]) && *value != '\0')
        add_part (parts, lsc_parameter_get_label (&parameters[i]), value,
                  parameters[i].type == LSC_PARAMETER_MULTILINE ||
                      parameters[i].type == LSC_PARAMETER_LINES);
    }
  return parts;
}

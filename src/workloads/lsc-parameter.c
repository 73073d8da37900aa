/* lsc-parameter.c: the texts of parameters, and what their values may be.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-parameter.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-number.h"
#include "lsc-sandbox.h"
#include "lsc-workload.h"

/* The empty text would be translated to the catalogue's head. */
static const char *
translate (const char *text)
{
  return text == NULL || *text == '\0' ? text : _ (text);
}

const char *
lsc_parameter_get_label (const LscParameter *parameter)
{
  return translate (parameter->label);
}

const char *
lsc_parameter_get_description (const LscParameter *parameter)
{
  return translate (parameter->description);
}

const char *
lsc_parameter_get_unit (const LscParameter *parameter)
{
  return translate (parameter->unit);
}

const char *
lsc_choice_get_label (const LscChoice *choice)
{
  return translate (choice->label);
}

const char *
lsc_parameter_type_get_nick (LscParameterType type)
{
  switch (type)
    {
    case LSC_PARAMETER_INTEGER:
      return "integer";
    case LSC_PARAMETER_CHOICE:
      return "choice";
    case LSC_PARAMETER_LINES:
      return "lines";
    case LSC_PARAMETER_TEXT:
      return "text";
    case LSC_PARAMETER_MULTILINE:
      return "multiline";
    case LSC_PARAMETER_FILE:
      return "file";
    case LSC_PARAMETER_FOLDER:
      return "folder";
    case LSC_PARAMETER_PROGRAM:
      return "program";
    case LSC_PARAMETER_SECONDS:
      return "seconds";
    case LSC_PARAMETER_SWITCH:
      return "switch";
    default:
      g_return_val_if_reached ("integer");
    }
}

gboolean
lsc_parameter_is_offered (const LscParameter *parameter)
{
  return !parameter->in_sandbox || lsc_sandbox_get () != NULL;
}

gboolean
lsc_parameter_is_number (const LscParameter *parameter)
{
  return parameter->type == LSC_PARAMETER_INTEGER || parameter->type == LSC_PARAMETER_SECONDS;
}

char *
lsc_parameter_format_limit (const LscParameter *parameter, guint64 limit)
{
  if (parameter->type == LSC_PARAMETER_SECONDS)
    return lsc_seconds_format ((gint64)limit);
  return g_strdup_printf ("%" G_GUINT64_FORMAT, limit);
}

static char *
normalize_integer (const LscParameter *parameter, const char *value, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (value));
  g_autofree char *quoted = NULL;
  g_autofree char *minimum = NULL;
  g_autofree char *maximum = NULL;
  guint64          number;

  if (lsc_number_parse (text, strlen (text), &number) && number >= parameter->minimum &&
      number <= parameter->maximum)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  quoted = lsc_quote (value, -1);
  minimum = g_strdup_printf ("%" G_GUINT64_FORMAT, parameter->minimum);
  maximum = g_strdup_printf ("%" G_GUINT64_FORMAT, parameter->maximum);
  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
               /* Translators: the name of a parameter, what was typed, two numbers. */
               _ ("%s: %s is not a whole number from %s to %s."),
               lsc_parameter_get_label (parameter), quoted, minimum, maximum);
  return NULL;
}

static char *
normalize_choice (const LscParameter *parameter, const char *value, GError **error)
{
  g_autoptr (GString) names = NULL;
  g_autofree char *quoted = NULL;

  for (const LscChoice *choice = parameter->choices; choice->value != NULL; choice++)
    if (strcmp (choice->value, value) == 0)
      return g_strdup (value);

  quoted = lsc_quote (value, -1);
  names = g_string_new (NULL);
  for (const LscChoice *choice = parameter->choices; choice->value != NULL; choice++)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", choice->value);
  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
               /* Translators: the name of a parameter, what was typed, what can be typed. */
               _ ("%s: %s is not one of these: %s."), lsc_parameter_get_label (parameter), quoted,
               names->str);
  return NULL;
}

static char *
normalize_seconds (const LscParameter *parameter, const char *value, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (value));
  g_autofree char *quoted = NULL;
  g_autofree char *minimum = NULL;
  g_autofree char *maximum = NULL;
  gint64           time_ns;

  if (lsc_seconds_parse (text, &time_ns) && (guint64)time_ns >= parameter->minimum &&
      (guint64)time_ns <= parameter->maximum)
    return lsc_seconds_format (time_ns);

  quoted = lsc_quote (value, -1);
  minimum = lsc_parameter_format_limit (parameter, parameter->minimum);
  maximum = lsc_parameter_format_limit (parameter, parameter->maximum);
  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
               /* Translators: the name of a parameter, what was typed, two numbers. */
               _ ("%s: %s is not a number of seconds from %s to %s, such as 2.5."),
               lsc_parameter_get_label (parameter), quoted, minimum, maximum);
  return NULL;
}

static char *
normalize_switch (const LscParameter *parameter, const char *value, GError **error)
{
  g_autofree char *quoted = NULL;

  if (strcmp (value, "true") == 0 || strcmp (value, "false") == 0)
    return g_strdup (value);

  quoted = lsc_quote (value, -1);
  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
               /* Translators: the name of a parameter, what was typed. */
               _ ("%s: %s is neither true nor false."), lsc_parameter_get_label (parameter),
               quoted);
  return NULL;
}

/* What is typed as text. The space around it is part of a text of many lines only. */
static char *
normalize_text (const LscParameter *parameter, const char *value, GError **error)
{
  gboolean         has_lines = parameter->type == LSC_PARAMETER_MULTILINE;
  g_autofree char *text = g_strdup (value);

  if (!g_utf8_validate (text, -1, NULL) && parameter->type != LSC_PARAMETER_FILE &&
      parameter->type != LSC_PARAMETER_FOLDER && parameter->type != LSC_PARAMETER_PROGRAM)
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
                   /* Translators: the name of a parameter. */
                   _ ("%s: This is not text in UTF-8."), lsc_parameter_get_label (parameter));
      return NULL;
    }
  if (!has_lines)
    g_strstrip (text);
  if (!has_lines && strchr (text, '\n') != NULL)
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
                   /* Translators: the name of a parameter. */
                   _ ("%s: Only one line is possible here."), lsc_parameter_get_label (parameter));
      return NULL;
    }
  if (strlen (text) < parameter->minimum)
    {
      g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_PARAMETER,
                   /* Translators: the name of a parameter. */
                   _ ("%s: Something has to be written here."),
                   lsc_parameter_get_label (parameter));
      return NULL;
    }
  return g_steal_pointer (&text);
}

char *
lsc_parameter_normalize (const LscParameter *parameter, const char *value, GError **error)
{
  switch (parameter->type)
    {
    case LSC_PARAMETER_INTEGER:
      return normalize_integer (parameter, value, error);
    case LSC_PARAMETER_CHOICE:
      return normalize_choice (parameter, value, error);
    case LSC_PARAMETER_LINES:
      /* Each line is the workload's to check, when it makes its inputs. */
      return g_strdup (value);
    case LSC_PARAMETER_SECONDS:
      return normalize_seconds (parameter, value, error);
    case LSC_PARAMETER_SWITCH:
      return normalize_switch (parameter, value, error);
    case LSC_PARAMETER_TEXT:
    case LSC_PARAMETER_MULTILINE:
    case LSC_PARAMETER_FILE:
    case LSC_PARAMETER_FOLDER:
    case LSC_PARAMETER_PROGRAM:
      return normalize_text (parameter, value, error);
    default:
      g_return_val_if_reached (NULL);
    }
}

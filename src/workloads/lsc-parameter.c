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
    default:
      g_return_val_if_reached ("integer");
    }
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
    default:
      g_return_val_if_reached (NULL);
    }
}

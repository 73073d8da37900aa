/* lsc-inputs-summary.c: what was typed about a workload, on one line.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-inputs.h"

#include <glib/gi18n-lib.h>

#include "lsc-units.h"

/* Of the choice where inputs come from, in every workload that has one. */
#define INPUTS_ID "inputs"
/* Of a text of the user's. */
#define MAX_OWN_CHARS 30

/* The user's own words are for the user: the complete text goes into pictures. */
static char *
dup_own_words (const LscParameter *parameter, const char *value)
{
  const char *end;

  if (*value == '\0' || parameter->advanced)
    return NULL;
  if (parameter->type == LSC_PARAMETER_FILE || parameter->type == LSC_PARAMETER_FOLDER)
    return g_path_get_basename (value);
  if (g_utf8_strlen (value, -1) <= MAX_OWN_CHARS)
    return g_strdup (value);
  end = g_utf8_offset_to_pointer (value, MAX_OWN_CHARS - 1);
  return g_strdup_printf ("%.*s…", (int)(end - value), value);
}

static gboolean
is_sized_as_baseline (LscInputs *self)
{
  gboolean is_baselines;

  lsc_inputs_get_sized_for_ns (self, &is_baselines);
  return is_baselines &&
         lsc_workload_is_sized (lsc_inputs_get_workload (self), lsc_inputs_get_settings (self));
}

static char *
dup_as_baseline (void)
{
  /* Translators: where the inputs come from: they are sized as those of the measurements that
   * were kept to compare with, not to the machine as it is now */
  return g_strdup (_ ("Sized as the baseline"));
}

static char *
dup_value_summary (LscInputs *self, const LscParameter *parameter, gboolean complete)
{
  const char      *value = lsc_inputs_get_text (self, parameter->id);
  const char      *unit = lsc_parameter_get_unit (parameter);
  LscTextList     *list = lsc_inputs_get_list (self);
  g_autofree char *count = NULL;

  switch (parameter->type)
    {
    case LSC_PARAMETER_CHOICE:
      if (g_str_equal (parameter->id, INPUTS_ID) && is_sized_as_baseline (self))
        return dup_as_baseline ();
      for (const LscChoice *choice = parameter->choices; choice->value != NULL; choice++)
        if (g_strcmp0 (choice->value, value) == 0)
          return g_strdup (lsc_choice_get_label (choice));
      return g_strdup (value);

    case LSC_PARAMETER_LINES:
      if (list == NULL)
        return NULL;
      count = lsc_format_count (lsc_text_list_get_n (list));
      return g_strdup_printf (ngettext ("%s input", "%s inputs", lsc_text_list_get_n (list)),
                              count);

    case LSC_PARAMETER_SWITCH:
      return g_strcmp0 (value, "true") == 0 ? g_strdup (lsc_parameter_get_label (parameter)) : NULL;

    case LSC_PARAMETER_TEXT:
    case LSC_PARAMETER_FILE:
    case LSC_PARAMETER_FOLDER:
      return complete ? NULL : dup_own_words (parameter, value);

    case LSC_PARAMETER_MULTILINE:
    case LSC_PARAMETER_PROGRAM:
      return NULL;

    case LSC_PARAMETER_INTEGER:
    case LSC_PARAMETER_SECONDS:
    default:
      if (unit != NULL)
        /* Translators: a parameter's name, its value and the value's unit: "Rounds 5 s" */
        return g_strdup_printf (_ ("%s %s %s"), lsc_parameter_get_label (parameter), value, unit);
      /* Translators: a parameter's name and its value: "From 1" */
      return g_strdup_printf (_ ("%s %s"), lsc_parameter_get_label (parameter), value);
    }
}

static char *
dup_count (LscTextList *list)
{
  guint            n = lsc_text_list_get_n (list);
  g_autofree char *count = lsc_format_count (n);

  return g_strdup_printf (ngettext ("%s task", "%s tasks", n), count);
}

/* Those whose names say the same in all workloads: "from", "to", "repeat". */
static gboolean
is_number_called (const LscParameter *parameter, const char *id)
{
  return parameter->type == LSC_PARAMETER_INTEGER && g_str_equal (parameter->id, id);
}

/* A choice needs no words where what it asks for is a name, or two numbers, by itself. */
static gboolean
is_told_by_another (LscInputs *self, const LscParameter *choice)
{
  LscSettings        *settings = lsc_inputs_get_settings (self);
  guint               n;
  const LscParameter *others = lsc_workload_get_parameters (lsc_inputs_get_workload (self), &n);

  for (guint i = 0; i < n; i++)
    {
      if (g_strcmp0 (others[i].when_id, choice->id) != 0 ||
          !lsc_settings_is_used (settings, others[i].id))
        continue;
      if (is_number_called (&others[i], "from") ||
          (others[i].type == LSC_PARAMETER_FILE &&
           *lsc_inputs_get_text (self, others[i].id) != '\0'))
        return TRUE;
    }
  return FALSE;
}

/* What is as it always is says nothing, but for what the inputs are made from; nor does what the
 * page says already. */
static gboolean
is_telling (LscInputs *self, const LscParameter *parameter, gboolean is_first)
{
  if (parameter->advanced || is_number_called (parameter, "to"))
    return FALSE;
  if (parameter->type == LSC_PARAMETER_TEXT &&
      lsc_workload_get_kind (lsc_inputs_get_workload (self)) == LSC_WORKLOAD_COMMAND)
    return FALSE;
  if (parameter->type == LSC_PARAMETER_CHOICE && is_told_by_another (self, parameter))
    return FALSE;
  return parameter->type == LSC_PARAMETER_LINES || is_number_called (parameter, "from") ||
         (is_first && parameter->type == LSC_PARAMETER_CHOICE) ||
         !lsc_settings_is_default (lsc_inputs_get_settings (self), parameter->id);
}

static char *
dup_short (LscInputs *self, const LscParameter *parameter)
{
  if (is_number_called (parameter, "from"))
    /* Translators: a range of numbers, the last one is part of it: "1 to 10" */
    return g_strdup_printf (_ ("%s to %s"), lsc_inputs_get_text (self, "from"),
                            lsc_inputs_get_text (self, "to"));
  if (is_number_called (parameter, "repeat") && parameter->when_id != NULL &&
      lsc_inputs_get_list (self) != NULL)
    return dup_count (lsc_inputs_get_list (self));
  return dup_value_summary (self, parameter, FALSE);
}

char *
lsc_inputs_dup_summary (LscInputs *self, gboolean complete)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  LscTextList        *list = lsc_inputs_get_list (self);
  const LscParameter *parameters;
  LscSettings        *settings;
  guint               n_about_inputs = 0;
  guint               n;

  g_return_val_if_fail (LSC_IS_INPUTS (self), NULL);

  settings = lsc_inputs_get_settings (self);
  parameters = lsc_workload_get_parameters (lsc_inputs_get_workload (self), &n);
  for (guint i = 0; i < n; i++)
    {
      char *part;

      if (!lsc_settings_is_used (settings, parameters[i].id))
        continue;
      if (!complete && !is_telling (self, &parameters[i], i == 0))
        continue;
      part = complete ? dup_value_summary (self, &parameters[i], TRUE)
                      : dup_short (self, &parameters[i]);
      if (part == NULL)
        continue;
      g_ptr_array_add (parts, part);
      n_about_inputs += parameters[i].in_sandbox ? 0 : 1;
    }
  if (n_about_inputs == 0 && !complete && list != NULL)
    g_ptr_array_insert (parts, 0, dup_count (list));
  if (lsc_settings_find_parameter (settings, INPUTS_ID) == NULL && is_sized_as_baseline (self))
    g_ptr_array_insert (parts, 0, dup_as_baseline ());
  g_ptr_array_add (parts, NULL);
  /* Translators: between the parts of a list such as "From 1, To 1000" */
  return g_strjoinv (_ (", "), (char **)parts->pdata);
}

/* lsc-parameter-help.c: what the window knows about a parameter's value, beside its field.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-parameter-help.h"

#include <glib/gi18n-lib.h>

#include "lsc-outside.h"

static gboolean
is_interpreter (const LscParameter *parameter)
{
  return parameter->type == LSC_PARAMETER_PROGRAM && g_strcmp0 (parameter->id, "python") == 0;
}

static gboolean
is_function (const LscParameter *parameter)
{
  return parameter->type == LSC_PARAMETER_TEXT && g_strcmp0 (parameter->id, "function") == 0;
}

/* ---- suggestions -------------------------------------------------------------- */

static void
suggest_interpreters (GStrvBuilder *values, GStrvBuilder *labels, gpointer user_data)
{
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  lsc_python_guide_suggest_interpreters (user_data, found);
  names = g_strv_builder_end (found);
  g_strv_builder_addv (values, (const char **)names);
  g_strv_builder_addv (labels, (const char **)names);
}

static void
suggest_functions (GStrvBuilder *values, GStrvBuilder *labels, gpointer user_data)
{
  GPtrArray *functions = lsc_python_guide_get_functions (user_data);

  for (guint i = 0; functions != NULL && i < functions->len; i++)
    {
      const LscPythonFunction *function = g_ptr_array_index (functions, i);
      g_autofree char         *signature = lsc_python_function_dup_signature (function);

      g_strv_builder_add (values, function->name);
      g_strv_builder_add (labels, signature);
    }
}

void
lsc_parameter_help_suggest (LscEntryEditor     *editor,
                            const LscParameter *parameter,
                            LscPythonGuide     *guide)
{
  g_return_if_fail (LSC_IS_ENTRY_EDITOR (editor));

  if (guide != NULL && is_interpreter (parameter))
    lsc_entry_editor_set_suggest (editor, suggest_interpreters, guide);
  else if (guide != NULL && is_function (parameter))
    lsc_entry_editor_set_suggest (editor, suggest_functions, guide);
}

/* ---- notes -------------------------------------------------------------------- */

static void
show_interpreter (LscEntryEditor *editor, LscPythonGuide *guide)
{
  const LscPythonInfo *info = lsc_python_guide_get_info (guide);
  const char          *problem = lsc_python_guide_get_info_problem (guide);
  g_autofree char     *summary = info != NULL ? lsc_python_info_dup_summary (info) : NULL;

  lsc_entry_editor_set_note (editor, problem != NULL ? problem : summary, problem != NULL);
}

static gboolean
is_unpacked (LscSettings *settings)
{
  return lsc_settings_find_parameter (settings, "unpack") != NULL &&
         lsc_settings_get_boolean (settings, "unpack");
}

static void
show_known_function (LscEntryEditor          *editor,
                     const LscPythonFunction *function,
                     LscSettings             *settings)
{
  g_autofree char *signature = lsc_python_function_dup_signature (function);
  g_autofree char *note = NULL;

  if (lsc_python_function_takes_one (function) || is_unpacked (settings))
    {
      lsc_entry_editor_set_note (editor, signature, FALSE);
      return;
    }
  note = g_strdup_printf (
      /* Translators: %s is a function's head, such as "def add(a, b)" */
      _ ("%s can’t be called with one argument. Make each input a tuple, and unpack it."),
      signature);
  lsc_entry_editor_set_note (editor, note, TRUE);
}

static void
show_function (LscEntryEditor *editor, LscPythonGuide *guide, LscSettings *settings)
{
  const char              *name = lsc_entry_editor_get_text (editor);
  const char              *problem = lsc_python_guide_get_code_problem (guide, NULL);
  GPtrArray               *functions = lsc_python_guide_get_functions (guide);
  const LscPythonFunction *function = lsc_python_guide_find_function (guide, name);
  g_autofree char         *note = NULL;

  if (problem != NULL)
    lsc_entry_editor_set_note (editor, problem, TRUE);
  else if (function != NULL)
    show_known_function (editor, function, settings);
  else if (functions == NULL)
    lsc_entry_editor_set_note (editor, NULL, FALSE);
  else if (functions->len == 0)
    lsc_entry_editor_set_note (editor, _ ("No function is defined there"), TRUE);
  else if (*name == '\0')
    {
      note =
          g_strdup_printf (ngettext ("%u function is defined there: choose it",
                                     "%u functions are defined there: choose one", functions->len),
                           functions->len);
      lsc_entry_editor_set_note (editor, note, FALSE);
    }
  else
    {
      note = g_strdup_printf (_ ("No function “%s” is defined there; see the suggestions"), name);
      lsc_entry_editor_set_note (editor, note, TRUE);
    }
}

void
lsc_parameter_help_show (LscEntryEditor     *editor,
                         const LscParameter *parameter,
                         LscPythonGuide     *guide,
                         LscSettings        *settings)
{
  g_return_if_fail (LSC_IS_ENTRY_EDITOR (editor));

  lsc_entry_editor_set_outside (editor, lsc_outside_is_chosen (settings));
  if (guide != NULL && is_interpreter (parameter))
    show_interpreter (editor, guide);
  else if (guide != NULL && is_function (parameter))
    show_function (editor, guide, settings);
}

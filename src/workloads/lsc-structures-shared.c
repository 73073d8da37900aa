/* lsc-structures-shared.c: what the data structures in C and in Python have in common.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-structures-shared.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-number.h"
#include "lsc-python-workload.h"

static const LscChoice function_choices[] = {
  { "all", N_ ("All eight") },
  { "build_set", N_ ("Build a set") },
  { "build_list", N_ ("Build a list") },
  { "build_tuple", N_ ("Build a tuple") },
  { "build_string", N_ ("Build a string") },
  { "add_to_set", N_ ("Add to a set in a loop") },
  { "append_to_list", N_ ("Append to a list in a loop") },
  { "set_comprehension", N_ ("Build a set of a known size (set comprehension)") },
  { "list_comprehension", N_ ("Build a list of a known size (list comprehension)") },
  { NULL, NULL },
};

const LscParameter lsc_structures_parameters[LSC_N_STRUCTURES_PARAMETERS] = {
  {
      .id = "functions",
      .label = N_ ("Functions"),
      .description = N_ ("What is built; each function is a task of its own."),
      .type = LSC_PARAMETER_CHOICE,
      .default_value = "all",
      .choices = function_choices,
  },
  {
      .id = "n",
      .label = N_ ("Numbers"),
      .description = N_ ("How many numbers each of them is built of: 0, 1, 2 and so on."),
      .type = LSC_PARAMETER_INTEGER,
      .default_value = "1000000",
      .minimum = 1,
      .maximum = 10000000,
  },
  {
      .id = "repeat",
      .label = N_ ("Repetitions"),
      .description = N_ ("How often each of them is built, within its task."),
      .type = LSC_PARAMETER_INTEGER,
      .default_value = "10",
      .minimum = 1,
      .maximum = 1000,
  },
  LSC_PYTHON_PARAMETER (N_ ("The interpreter: a name such as python3, or the path of one.")),
};

LscTextList *
lsc_structures_make_inputs (LscWorkload *workload,
                            LscSettings *settings,
                            double       ns_per_unit,
                            GError     **error)
{
  LscTextList *inputs = lsc_text_list_new ();
  const char  *function = lsc_settings_get (settings, "functions");

  for (guint i = 0; i < LSC_N_STRUCTURES; i++)
    if (strcmp (function, "all") == 0 || strcmp (function, lsc_structures[i].id) == 0)
      lsc_text_list_append (inputs, lsc_structures[i].id, -1);
  lsc_text_list_freeze (inputs);
  return inputs;
}

gboolean
lsc_structures_check_input (LscWorkload *workload, const char *text, gsize length, GError **error)
{
  g_autofree char *name = g_strndup (text, length);
  g_autofree char *quoted = NULL;
  g_autoptr (GString) names = NULL;

  if (lsc_structure_find (name) != NULL)
    return TRUE;

  quoted = lsc_quote (text, (gssize)length);
  names = g_string_new (lsc_structures[0].id);
  for (guint i = 1; i < LSC_N_STRUCTURES; i++)
    g_string_append_printf (names, ", %s", lsc_structures[i].id);
  g_set_error (error, LSC_WORKLOAD_ERROR, LSC_WORKLOAD_ERROR_INPUT,
               /* Translators: a name that was typed in, and the names that there are. */
               _ ("%s is none of the functions. There are: %s."), quoted, names->str);
  return FALSE;
}

double
lsc_structures_get_cost_of (LscSettings            *settings,
                            const LscStructureCost *costs,
                            const char             *text,
                            gsize                   length)
{
  double n = (double)lsc_settings_get_integer (settings, "n") *
             (double)lsc_settings_get_integer (settings, "repeat");

  for (guint i = 0; i < LSC_N_STRUCTURES; i++)
    if (strncmp (costs[i].id, text, length) == 0 && costs[i].id[length] == '\0')
      return n * costs[i].cost;
  return 0;
}

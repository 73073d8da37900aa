/* lsc-structures.c: the built-in workload that builds sets, lists, tuples and strings in C.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What there is to set; each function is a task. What they do is in
 * lsc-structures-build.c, how they are timed in lsc-structures-task.c.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-structures.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-number.h"
#include "lsc-structures-build.h"
#include "lsc-structures-code.h"
#include "lsc-structures-task.h"

struct _LscStructures
{
  LscWorkload parent_instance;
};

G_DEFINE_FINAL_TYPE (LscStructures, lsc_structures, LSC_TYPE_WORKLOAD)

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

static const LscParameter parameters[] = {
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
};

/* What a number costs, in units of one in a list of a known size. */
static const struct
{
  const char *id;
  double      cost;
} costs[] = {
  { "build_set", 8 },         { "build_list", 0.6 },       { "build_tuple", 0.3 },
  { "build_string", 13 },     { "add_to_set", 8 },         { "append_to_list", 1 },
  { "set_comprehension", 1 }, { "list_comprehension", 1 },
};

static const LscParameter *
lsc_structures_get_parameters (LscWorkload *workload, guint *n)
{
  *n = G_N_ELEMENTS (parameters);
  return parameters;
}

static LscSettings *
lsc_structures_new_settings (LscWorkload *workload, gboolean for_window)
{
  LscSettings *settings = lsc_settings_new (parameters, G_N_ELEMENTS (parameters));

  /* Two or three seconds in sequence: something to look at. */
  if (for_window)
    lsc_settings_set (settings, "repeat", "20", NULL);
  return settings;
}

static LscTextList *
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

static gboolean
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

static double
lsc_structures_get_cost (LscWorkload *workload,
                         LscSettings *settings,
                         const char  *text,
                         gsize        length)
{
  double n = (double)lsc_settings_get_integer (settings, "n") *
             (double)lsc_settings_get_integer (settings, "repeat");

  for (guint i = 0; i < G_N_ELEMENTS (costs); i++)
    if (strncmp (costs[i].id, text, length) == 0 && costs[i].id[length] == '\0')
      return n * costs[i].cost;
  return 0;
}

/* With the default settings some 40 ms. */
static LscTextList *
lsc_structures_make_calibration_inputs (LscWorkload *workload)
{
  LscTextList *inputs = lsc_text_list_new ();

  lsc_text_list_append (inputs, "list_comprehension", -1);
  lsc_text_list_freeze (inputs);
  return inputs;
}

static const LscTaskClass *
lsc_structures_get_task_class (LscWorkload *workload)
{
  return &lsc_structures_task_class;
}

static void
lsc_structures_class_init (LscStructuresClass *klass)
{
  LscWorkloadClass *workload_class = LSC_WORKLOAD_CLASS (klass);

  workload_class->get_parameters = lsc_structures_get_parameters;
  workload_class->new_settings = lsc_structures_new_settings;
  workload_class->make_inputs = lsc_structures_make_inputs;
  workload_class->check_input = lsc_structures_check_input;
  workload_class->get_cost = lsc_structures_get_cost;
  workload_class->make_calibration_inputs = lsc_structures_make_calibration_inputs;
  workload_class->get_task_class = lsc_structures_get_task_class;
}

static void
lsc_structures_init (LscStructures *self)
{
}

LscWorkload *
lsc_structures_new (void)
{
  /* clang-format off */
  return g_object_new (LSC_TYPE_STRUCTURES,
                       "id", "structures-c",
                       "name", _ ("Data structures in C"),
                       "summary", _ ("Builds sets, lists, tuples and a string of numbers in eight ways, each timed as itself."),
                       "question", _ ("What does it cost to build a set, a list, a tuple, a string?"),
                       "group", _ ("Learn"),
                       "code", structures_code,
                       NULL);
  /* clang-format on */
}

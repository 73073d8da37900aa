/* lsc-structures-python.c: the same eight data structures as in C, in Python.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The functions are in src/python/lanescope_tasks/structures_python.py.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-structures-python.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "lsc-structures-python-code.h"
#include "lsc-structures-shared.h"

struct _LscStructuresPython
{
  LscWorkload parent_instance;
};

G_DEFINE_FINAL_TYPE (LscStructuresPython, lsc_structures_python, LSC_TYPE_WORKLOAD)

/* What a number costs, in units of one in a list comprehension. */
static const struct
{
  const char *id;
  double      cost;
} costs[] = {
  { "build_set", 2 },           { "build_list", 0.6 },       { "build_tuple", 0.7 },
  { "build_string", 4.3 },      { "add_to_set", 2 },         { "append_to_list", 1.1 },
  { "set_comprehension", 1.7 }, { "list_comprehension", 1 },
};

static LscWorkloadKind
lsc_structures_python_get_kind (LscWorkload *workload)
{
  return LSC_WORKLOAD_PYTHON;
}

static const LscParameter *
lsc_structures_python_get_parameters (LscWorkload *workload, guint *n)
{
  *n = LSC_N_STRUCTURES_PARAMETERS;
  return lsc_structures_parameters;
}

static gboolean
lsc_structures_python_supports (LscWorkload    *workload,
                                LscSettings    *settings,
                                LscExecutorKind kind,
                                const char    **why_not)
{
  switch (kind)
    {
    case LSC_EXECUTOR_SEQUENTIAL:
    case LSC_EXECUTOR_THREADS:
    case LSC_EXECUTOR_PROCESSES:
      return TRUE;
    case LSC_EXECUTOR_ASYNC:
      *why_not = _ ("It only computes and never waits: on one thread there is nothing to overlap.");
      return FALSE;
    case LSC_EXECUTOR_CLUSTER:
    default:
      *why_not = _ ("Runs on several machines are not part of this version.");
      return FALSE;
    }
}

static LscTextList *
lsc_structures_python_make_inputs (LscWorkload *workload,
                                   LscSettings *settings,
                                   double       ns_per_unit,
                                   GError     **error)
{
  return lsc_structures_list (settings);
}

static gboolean
lsc_structures_python_check_input (LscWorkload *workload,
                                   const char  *text,
                                   gsize        length,
                                   GError     **error)
{
  return lsc_structures_check (text, length, error);
}

static double
lsc_structures_python_get_cost (LscWorkload *workload,
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

/* The quickest that is like the others: a fifth of a second. */
static LscTextList *
lsc_structures_python_make_calibration_inputs (LscWorkload *workload)
{
  LscTextList *inputs = lsc_text_list_new ();

  lsc_text_list_append (inputs, "build_list", -1);
  lsc_text_list_freeze (inputs);
  return inputs;
}

static void
lsc_structures_python_class_init (LscStructuresPythonClass *klass)
{
  LscWorkloadClass *workload_class = LSC_WORKLOAD_CLASS (klass);

  workload_class->get_kind = lsc_structures_python_get_kind;
  workload_class->get_parameters = lsc_structures_python_get_parameters;
  workload_class->supports = lsc_structures_python_supports;
  workload_class->make_inputs = lsc_structures_python_make_inputs;
  workload_class->check_input = lsc_structures_python_check_input;
  workload_class->get_cost = lsc_structures_python_get_cost;
  workload_class->make_calibration_inputs = lsc_structures_python_make_calibration_inputs;
}

static void
lsc_structures_python_init (LscStructuresPython *self)
{
}

LscWorkload *
lsc_structures_python_new (void)
{
  /* clang-format off */
  return g_object_new (LSC_TYPE_STRUCTURES_PYTHON,
                       "id", "structures-python",
                       "name", _ ("Data structures in Python"),
                       "summary", _ ("Builds sets, lists, tuples and a string of numbers in eight ways, each timed as itself."),
                       "question", _ ("What do the same sets, lists, tuples and strings cost in Python?"),
                       "group", _ ("Learn"),
                       "code", structures_python_code,
                       NULL);
  /* clang-format on */
}

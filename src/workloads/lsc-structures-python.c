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

#include <glib/gi18n-lib.h>

#include "lsc-structures-python-code.h"
#include "lsc-structures-shared.h"

struct _LscStructuresPython
{
  LscPythonWorkload parent_instance;
};

G_DEFINE_FINAL_TYPE (LscStructuresPython, lsc_structures_python, LSC_TYPE_PYTHON_WORKLOAD)

/* What a number costs, in units of one in a list comprehension. */
static const LscStructureCost costs[LSC_N_STRUCTURES] = {
  { "build_set", 2 },           { "build_list", 0.6 },       { "build_tuple", 0.7 },
  { "build_string", 4.3 },      { "add_to_set", 2 },         { "append_to_list", 1.1 },
  { "set_comprehension", 1.7 }, { "list_comprehension", 1 },
};

static const LscParameter *
lsc_structures_python_get_parameters (LscWorkload *workload, guint *n)
{
  *n = LSC_N_STRUCTURES_PARAMETERS;
  return lsc_structures_parameters;
}

static double
lsc_structures_python_get_cost (LscWorkload *workload,
                                LscSettings *settings,
                                const char  *text,
                                gsize        length)
{
  return lsc_structures_get_cost_of (settings, costs, text, length);
}

/* The quickest that is like the others: a fifth of a second each. */
static LscTextList *
lsc_structures_python_make_calibration_inputs (LscWorkload *workload)
{
  static const char *const names[] = { "build_list", NULL };

  return lsc_workload_repeat_inputs (names, 3);
}

static const char *
lsc_structures_python_get_companion (LscWorkload *workload)
{
  return "structures-c";
}

static void
lsc_structures_python_class_init (LscStructuresPythonClass *klass)
{
  LscWorkloadClass *workload_class = LSC_WORKLOAD_CLASS (klass);

  workload_class->get_parameters = lsc_structures_python_get_parameters;
  workload_class->make_inputs = lsc_structures_make_inputs;
  workload_class->check_input = lsc_structures_check_input;
  workload_class->get_cost = lsc_structures_python_get_cost;
  workload_class->make_calibration_inputs = lsc_structures_python_make_calibration_inputs;
  workload_class->get_companion = lsc_structures_python_get_companion;
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

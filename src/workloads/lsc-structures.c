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

#include <glib/gi18n-lib.h>

#include "lsc-structures-code.h"
#include "lsc-structures-shared.h"
#include "lsc-structures-task.h"

struct _LscStructures
{
  LscWorkload parent_instance;
};

G_DEFINE_FINAL_TYPE (LscStructures, lsc_structures, LSC_TYPE_WORKLOAD)

/* What a number costs, in units of one in a list of a known size. */
static const LscStructureCost costs[LSC_N_STRUCTURES] = {
  { "build_set", 8 },         { "build_list", 0.6 },       { "build_tuple", 0.3 },
  { "build_string", 13 },     { "add_to_set", 8 },         { "append_to_list", 1 },
  { "set_comprehension", 1 }, { "list_comprehension", 1 },
};

static const LscParameter *
lsc_structures_get_parameters (LscWorkload *workload, guint *n)
{
  *n = LSC_N_STRUCTURES_PARAMETERS - 1;
  return lsc_structures_parameters;
}

static LscSettings *
lsc_structures_new_settings (LscWorkload *workload, gboolean for_window)
{
  LscSettings *settings =
      lsc_settings_new (lsc_structures_parameters, LSC_N_STRUCTURES_PARAMETERS - 1);

  /* Two or three seconds in sequence: something to look at. */
  if (for_window)
    lsc_settings_set (settings, "repeat", "20", NULL);
  return settings;
}

static double
lsc_structures_get_cost (LscWorkload *workload,
                         LscSettings *settings,
                         const char  *text,
                         gsize        length)
{
  return lsc_structures_get_cost_of (settings, costs, text, length);
}

/* With the default settings some 40 ms each. */
static LscTextList *
lsc_structures_make_calibration_inputs (LscWorkload *workload)
{
  static const char *const names[] = { "list_comprehension", NULL };

  return lsc_workload_repeat_inputs (names, 5);
}

static const LscTaskClass *
lsc_structures_get_task_class (LscWorkload *workload)
{
  return &lsc_structures_task_class;
}

static const char *
lsc_structures_get_companion (LscWorkload *workload)
{
  return "structures-python";
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
  workload_class->get_companion = lsc_structures_get_companion;
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

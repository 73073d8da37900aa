/* lsc-builtins.c: the workloads that are part of the program: id and constructor.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-builtins.h"

#include <string.h>

#include "lsc-catalogue.h"
#include "lsc-command.h"
#include "lsc-empty-tasks.h"
#include "lsc-gil.h"
#include "lsc-loop.h"
#include "lsc-primes.h"
#include "lsc-python-function.h"
#include "lsc-ramen.h"
#include "lsc-structures-python.h"
#include "lsc-structures.h"

static const struct
{
  const char *id;
  LscWorkload *(*make) (void);
  /* Not to be run as it is: the user's own are made of it. Templates come last. */
  gboolean is_template;
} builtins[] = {
  { "primes", lsc_primes_new, FALSE },
  { "ramen", lsc_ramen_new, FALSE },
  { "loop", lsc_loop_new, FALSE },
  { "empty", lsc_empty_tasks_new, FALSE },
  { "structures-c", lsc_structures_new, FALSE },
  { "structures-python", lsc_structures_python_new, FALSE },
  { "gil", lsc_gil_new, FALSE },
  { "command", lsc_command_new, TRUE },
  { "python", lsc_python_function_workload_new, TRUE },
};

guint
lsc_builtins_get_n (void)
{
  return G_N_ELEMENTS (builtins);
}

const char *
lsc_builtins_get_id (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (builtins), NULL);

  return builtins[index].id;
}

gboolean
lsc_builtins_contain (const char *id)
{
  for (guint i = 0; i < lsc_builtins_get_n (); i++)
    if (strcmp (lsc_builtins_get_id (i), id) == 0)
      return TRUE;
  return FALSE;
}

gboolean
lsc_builtins_is_template (const char *id)
{
  g_return_val_if_fail (id != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (builtins); i++)
    if (strcmp (builtins[i].id, id) == 0)
      return builtins[i].is_template;
  return FALSE;
}

LscWorkload *
lsc_builtin_workload_new (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (builtins); i++)
    if (strcmp (builtins[i].id, id) == 0)
      return builtins[i].make ();
  return NULL;
}

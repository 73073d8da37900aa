/* lsc-report-machine.c: what the machine has to do with the figures.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a machine does not tell is said to be unknown, never taken for fine.
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-report-warnings-private.h"
#include "lsc-units.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Load average for each core, before; share of the time in which something waited for a core;
 * share of the cores' time that other guests took. */
#define BUSY_LOAD     0.5
#define BUSY_PRESSURE 0.1
#define BUSY_STEAL    0.01

static const char *const changing_governors[] = { "powersave", "ondemand", "conservative",
                                                  "schedutil", NULL };

/* A command's own processes, side by side. */
#define OWN_CORES 1.1

/* As many workers as there are cores wait for cores by themselves, and so may the processes of a
 * command that starts some: that is not from elsewhere. */
static gboolean
fills_the_cores (LscReport *self)
{
  guint n_cores = lsc_profile_get_conditions (self->profile)->n_cores;

  for (guint i = 0; i < self->n_cells; i++)
    {
      const LscProfileCell *cell = lsc_profile_get_cell (self->profile, i);

      if (cell->one_core || self->figures[i].cores > OWN_CORES * cell->n_workers ||
          (lsc_executor_kind_has_workers (cell->executor) && cell->n_workers >= n_cores))
        return TRUE;
    }
  return n_cores < 2;
}

gboolean
lsc_conditions_is_busy (const LscConditions *conditions)
{
  return conditions->n_cores > 0 && conditions->load_before > BUSY_LOAD * conditions->n_cores;
}

void
lsc_report_add_busy_machine (LscReport *self, GPtrArray *sentences)
{
  const LscConditions *conditions = lsc_profile_get_conditions (self->profile);

  if (conditions->steal > BUSY_STEAL)
    {
      g_autofree char *share = lsc_format_percent (conditions->steal);

      g_ptr_array_add (sentences,
                       g_strdup_printf (_ ("Other guests of this virtual machine’s host took %s "
                                           "of its cores’ time."),
                                        share));
    }
  if (lsc_conditions_is_busy (conditions))
    {
      g_autofree char *load = lsc_format_number (conditions->load_before, 1);

      g_ptr_array_add (
          sentences,
          g_strdup_printf (ngettext ("The machine was busy before it began: load %s on %u core.",
                                     "The machine was busy before it began: load %s on %u cores.",
                                     conditions->n_cores),
                           load, conditions->n_cores));
    }
  if (conditions->pressure > BUSY_PRESSURE && !fills_the_cores (self))
    {
      g_autofree char *share = lsc_format_percent (conditions->pressure);

      g_ptr_array_add (sentences,
                       g_strdup_printf (_ ("For %s of the time something waited for a core: other "
                                           "programs were at work."),
                                        share));
    }
}

static void
add_unknown (LscReport *self, GPtrArray *sentences)
{
  const LscConditions *conditions = lsc_profile_get_conditions (self->profile);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();
  g_autofree char *list = NULL;

  if (conditions->governor == NULL)
    /* Translators: these are parts of a list, behind "Not known of this machine:". */
    g_ptr_array_add (unknown, (gpointer)_ ("whether its clock frequency changes"));
  if (!isfinite (conditions->load_before))
    g_ptr_array_add (unknown, (gpointer)_ ("its load"));
  if (!isfinite (conditions->pressure))
    g_ptr_array_add (unknown, (gpointer)_ ("whether anything waited for a core"));
  if (!isfinite (conditions->steal))
    g_ptr_array_add (unknown, (gpointer)_ ("whether other guests of its host took time"));
  if (unknown->len == 0)
    return;
  g_ptr_array_add (unknown, NULL);

  if (conditions->cpu == NULL && conditions->kernel == NULL && unknown->len == 5)
    {
      g_ptr_array_add (sentences,
                       g_strdup (_ ("Nothing is known of the machine that the figures are from.")));
      return;
    }
  list = g_strjoinv (_ (", "), (char **)unknown->pdata);
  g_ptr_array_add (sentences, g_strdup_printf (_ ("Not known of this machine: %s."), list));
}

void
lsc_report_add_machine (LscReport *self, GPtrArray *sentences)
{
  const char *governor = lsc_profile_get_conditions (self->profile)->governor;

  /* Other programs' files, and two profiles side by side. */
  if (self->n_cells > 1 && lsc_profile_get_seed (self->profile) == 0 && !lsc_report_goes_on (self))
    g_ptr_array_add (sentences,
                     g_strdup (_ ("They were measured one after another, not by turns: what else "
                                  "the machine did meanwhile may look like a difference.")));
  if (governor != NULL && g_strv_contains (changing_governors, governor))
    /* Translators: %s is the governor's name, such as "powersave". */
    g_ptr_array_add (
        sentences, g_strdup_printf (_ ("The clock governor is “%s”: the frequency may change from "
                                       "one round to the next."),
                                    governor));
  add_unknown (self, sentences);
}

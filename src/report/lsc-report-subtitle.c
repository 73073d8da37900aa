/* lsc-report-subtitle.c: under a picture's title: how, and on what, it was measured.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-report-private.h"
#include "lsc-units.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Load for each core, at most, that leaves the figures alone. */
#define LOW_LOAD 0.25

static char *
say_size (LscReport *self)
{
  guint            n = lsc_profile_get_n_rounds (self->profile);
  g_autofree char *rounds = g_strdup_printf (ngettext ("%u round", "%u rounds", n), n);

  if (self->n_cells < 2)
    return g_steal_pointer (&rounds);
  /* Translators: %s is "24 rounds"; a cell is a workload in a mode, measured once a round. */
  if (lsc_profile_get_seed (self->profile) != 0)
    return g_strdup_printf (_ ("%s of %u cells in random order"), rounds, self->n_cells);
  return g_strdup_printf (_ ("%s of %u cells"), rounds, self->n_cells);
}

static char *
say_cores (LscReport *self)
{
  guint n_cores = lsc_profile_get_conditions (self->profile)->n_cores;

  if (lsc_report_is_on_one_core (self))
    return g_strdup (_ ("on one core"));
  if (n_cores == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%u core", "%u cores", n_cores), n_cores);
}

static char *
say_load (LscReport *self)
{
  const LscConditions *conditions = lsc_profile_get_conditions (self->profile);
  g_autofree char     *load = NULL;

  if (!isfinite (conditions->load_before))
    return g_strdup (_ ("load unknown"));
  if (conditions->n_cores > 0 && conditions->load_before <= LOW_LOAD * conditions->n_cores)
    return g_strdup (_ ("load low"));
  load = lsc_format_number (conditions->load_before, 1);
  /* Translators: the load average before anything was measured: "load 3.1". */
  return g_strdup_printf (_ ("load %s"), load);
}

static void
take_part (GPtrArray *parts, char *part)
{
  if (part != NULL && *part != '\0')
    g_ptr_array_add (parts, part);
  else
    g_free (part);
}

char *
lsc_report_dup_subtitle (LscReport *self)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const LscConditions *conditions;

  g_return_val_if_fail (LSC_IS_REPORT (self), NULL);

  conditions = lsc_profile_get_conditions (self->profile);
  take_part (parts, say_size (self));
  take_part (parts, say_cores (self));
  take_part (parts, g_strdup (conditions->python));
  take_part (parts, g_strdup (conditions->kernel));
  take_part (parts, say_load (self));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **)parts->pdata);
}

/* lsc-report.c: what a profile's samples say: figures, verdicts, warnings.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The object and its getters. What is in it is made in lsc-report-*.c.
 */

#define G_LOG_DOMAIN "lanescope-report"

#include "config.h"

#include "lsc-report-private.h"

G_DEFINE_FINAL_TYPE (LscReport, lsc_report, G_TYPE_OBJECT)

static void
lsc_report_finalize (GObject *object)
{
  LscReport *self = LSC_REPORT (object);

  for (guint i = 0; i < self->n_cells; i++)
    {
      g_free (self->walls[i].walls);
      g_free (self->walls[i].outliers);
      g_free (self->labels[i].name);
      g_free (self->labels[i].detail);
    }
  g_free (self->figures);
  g_free (self->walls);
  g_free (self->labels);
  g_free (self->group_of);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->sweeps);
  g_clear_object (&self->profile);
  G_OBJECT_CLASS (lsc_report_parent_class)->finalize (object);
}

static void
lsc_report_class_init (LscReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_report_finalize;
}

static void
lsc_report_init (LscReport *self)
{
  self->groups = g_ptr_array_new_with_free_func (lsc_report_group_free);
  self->sweeps = g_ptr_array_new_with_free_func (lsc_report_sweep_free);
}

LscReport *
lsc_report_new (LscProfile *profile)
{
  LscReport *self;

  g_return_val_if_fail (LSC_IS_PROFILE (profile), NULL);

  self = g_object_new (LSC_TYPE_REPORT, NULL);
  self->profile = lsc_profile_copy (profile);
  self->n_cells = lsc_profile_get_n_cells (profile);
  self->figures = g_new0 (LscCellFigures, self->n_cells);
  self->walls = g_new0 (LscReportWalls, self->n_cells);
  self->labels = g_new0 (LscReportLabel, self->n_cells);
  self->group_of = g_new0 (guint, self->n_cells);

  lsc_report_make_figures (self);
  lsc_report_make_groups (self);
  lsc_report_make_verdicts (self);
  lsc_report_make_labels (self);
  lsc_report_make_sweeps (self);
  lsc_report_flag_warnings (self);
  return self;
}

guint
lsc_report_get_n_cells (LscReport *self)
{
  g_return_val_if_fail (LSC_IS_REPORT (self), 0);
  return self->n_cells;
}

const LscCellFigures *
lsc_report_get_figures (LscReport *self, guint cell)
{
  g_return_val_if_fail (LSC_IS_REPORT (self), NULL);
  g_return_val_if_fail (cell < self->n_cells, NULL);
  return &self->figures[cell];
}

const double *
lsc_report_get_walls (LscReport *self, guint cell, guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  *n = 0;
  g_return_val_if_fail (LSC_IS_REPORT (self), NULL);
  g_return_val_if_fail (cell < self->n_cells, NULL);

  *n = self->walls[cell].n;
  return self->walls[cell].walls;
}

const LscOutlier *
lsc_report_get_outliers (LscReport *self, guint cell)
{
  g_return_val_if_fail (LSC_IS_REPORT (self), NULL);
  g_return_val_if_fail (cell < self->n_cells, NULL);
  return self->walls[cell].outliers;
}

/* ---- groups --------------------------------------------------------------------------- */

guint
lsc_report_get_n_groups (LscReport *self)
{
  g_return_val_if_fail (LSC_IS_REPORT (self), 0);
  return self->groups->len;
}

static const LscReportGroup *
get_group (LscReport *self, guint group)
{
  g_return_val_if_fail (LSC_IS_REPORT (self), NULL);
  g_return_val_if_fail (group < self->groups->len, NULL);
  return g_ptr_array_index (self->groups, group);
}

const char *
lsc_report_get_group_name (LscReport *self, guint group)
{
  const LscReportGroup *found = get_group (self, group);

  return found != NULL ? found->name : "";
}

const guint *
lsc_report_get_group_cells (LscReport *self, guint group, guint *n)
{
  const LscReportGroup *found = get_group (self, group);

  *n = found != NULL ? found->cells->len : 0;
  return found != NULL ? &g_array_index (found->cells, guint, 0) : NULL;
}

const LscReportGroup *
lsc_report_get_group_of (LscReport *self, guint cell)
{
  return g_ptr_array_index (self->groups, self->group_of[cell]);
}

/* ---- sweeps --------------------------------------------------------------------------- */

guint
lsc_report_get_n_sweeps (LscReport *self)
{
  g_return_val_if_fail (LSC_IS_REPORT (self), 0);
  return self->sweeps->len;
}

const LscSweep *
lsc_report_get_sweep (LscReport *self, guint sweep)
{
  g_return_val_if_fail (LSC_IS_REPORT (self), NULL);
  g_return_val_if_fail (sweep < self->sweeps->len, NULL);
  return g_ptr_array_index (self->sweeps, sweep);
}

/* ---- what several parts ask ----------------------------------------------------------- */

gboolean
lsc_report_goes_on (LscReport *self)
{
  return lsc_profile_get_end (self->profile) == LSC_PROFILE_GOES_ON;
}

gboolean
lsc_report_can_be_reference (LscReport *self, guint cell)
{
  return self->figures[cell].n > 0 ||
         (lsc_report_goes_on (self) && lsc_profile_get_cell (self->profile, cell)->problem == NULL);
}

gboolean
lsc_report_is_same_work (const LscProfileCell *a, const LscProfileCell *b)
{
  return g_strcmp0 (a->workload_id, b->workload_id) == 0 &&
         g_strcmp0 (a->settings, b->settings) == 0 && g_strcmp0 (a->input, b->input) == 0 &&
         !a->one_core == !b->one_core;
}

gboolean
lsc_report_is_alike (const LscProfileCell *a, const LscProfileCell *b)
{
  return (a->n_calls > 1) == (b->n_calls > 1);
}

gboolean
lsc_report_is_on_one_core (LscReport *self)
{
  for (guint i = 0; i < self->n_cells; i++)
    {
      if (!lsc_profile_get_cell (self->profile, i)->one_core)
        return FALSE;
    }
  return self->n_cells > 0;
}

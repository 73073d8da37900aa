/* lsc-strip-figures.c: the figures that a timing bar is drawn from.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-strip-figures-private.h"

#include <math.h>

/* A sample further off than that, in lengths of the bar with its whisker, is only pointed at. */
#define MAX_SAMPLE_REACH 1.5

LscStripFigures *
lsc_strip_figures_copy (const LscStripFigures *self)
{
  LscStripFigures *copy;

  if (self == NULL)
    return NULL;

  copy = g_memdup2 (self, sizeof *self);
  copy->n_walls = self->walls_ns != NULL ? self->n_walls : 0;
  copy->walls_ns = g_memdup2 (self->walls_ns, copy->n_walls * sizeof *self->walls_ns);
  copy->outliers = g_memdup2 (self->outliers, copy->n_walls * sizeof *self->outliers);
  copy->verdict = g_strdup (self->verdict);

  return copy;
}

void
lsc_strip_figures_clear (LscStripFigures *self)
{
  g_clear_pointer (&self->walls_ns, g_free);
  g_clear_pointer (&self->outliers, g_free);
  g_clear_pointer (&self->verdict, g_free);
  self->n_walls = 0;
}

void
lsc_strip_figures_free (LscStripFigures *self)
{
  if (self == NULL)
    return;

  lsc_strip_figures_clear (self);
  g_free (self);
}

gboolean
lsc_strip_figures_has_bar (const LscStripFigures *self)
{
  return isfinite (self->median_ns) && self->median_ns >= 0.0;
}

double
lsc_strip_figures_get_reach_ns (const LscStripFigures *self)
{
  double reach = 0.0;
  double most;

  if (!lsc_strip_figures_has_bar (self))
    return 0.0;

  reach = self->median_ns;
  if (isfinite (self->high_ns))
    reach = MAX (reach, self->high_ns);
  if (isfinite (self->upper_quartile_ns))
    reach = MAX (reach, self->upper_quartile_ns);

  most = MAX_SAMPLE_REACH * reach;
  for (guint i = 0; i < self->n_walls; i++)
    if (isfinite (self->walls_ns[i]) && self->walls_ns[i] <= most)
      reach = MAX (reach, self->walls_ns[i]);

  return reach;
}

gboolean
lsc_strip_is_measured (const LscStrip *strip)
{
  return strip->measured != NULL && lsc_strip_figures_has_bar (strip->measured);
}

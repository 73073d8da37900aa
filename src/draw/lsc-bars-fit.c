/* lsc-bars-fit.c: how much of a profile goes into a given height.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows get lower as cells become many, and until they fit; past the lowest, curves, memory that
 * stands below, and legend give way to the bars, then rows are left out and counted.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-bars-private.h"

/* Heights of a row's parts; see LscBarsDensity. */
static const LscBarsDensity densities[] = {
  { 30, 46.0, 6.0, 20.0, 30.0, 10.0, 32.0 },
  { 80, 32.0, 4.0, 15.0, 21.5, 7.0, 0.0 },
  { G_MAXUINT, 22.0, 3.0, 10.0, 14.5, 5.0, 0.0 },
  { G_MAXUINT, 15.0, 2.0, 11.0, 0.0, 0.0, 0.0 },
};

#define FLOOR       (G_N_ELEMENTS (densities) - 1)
#define FEWEST_ROWS 12u /* below that, other things give way to bars */

static double
place_with (LscBarsLayout *self, guint density)
{
  self->density = &densities[density];
  lsc_bars_layout_place_across (self);

  return lsc_bars_layout_place_down (self);
}

/* As few as needed. */
static void
hide_rows (LscBarsLayout *self)
{
  self->n_hidden = 0;
  while (self->rows->len - self->n_hidden > 1 &&
         lsc_bars_layout_place_down (self) > self->request.height_px)
    {
      double highest = lsc_bars_layout_row (self, 0)->height;
      double excess = self->height - self->request.height_px;
      guint  n = MAX ((guint)(excess / MAX (2.0 * highest, 1.0)), 1);

      self->n_hidden += MIN (n, self->rows->len - self->n_hidden - 1);
    }
  /* What is not shown does not shrink what is. */
  lsc_bars_layout_scale_times (self);
  if (self->with_memory)
    lsc_bars_layout_scale_memory (self);
  lsc_bars_layout_place_down (self);
}

/* As high rows as there is place for, from `density` on. FALSE: even the lowest are too high. */
static gboolean
fit_rows (LscBarsLayout *self, guint density)
{
  while (place_with (self, density) > self->request.height_px)
    {
      if (density >= FLOOR)
        return FALSE;
      density++;
    }
  return TRUE;
}

static void
fit_height (LscBarsLayout *self, guint density)
{
  gboolean *gives_way[] = { &self->with_charts, &self->with_memory, &self->with_legend };
  guint     fewest = MIN (FEWEST_ROWS, self->rows->len);

  if (fit_rows (self, density))
    return;

  hide_rows (self);
  for (guint i = 0; i < G_N_ELEMENTS (gives_way); i++)
    {
      if (self->rows->len - self->n_hidden >= fewest && self->height <= self->request.height_px)
        return;
      if (gives_way[i] == &self->with_memory && !self->memory_below)
        continue;
      *gives_way[i] = FALSE;
      self->n_hidden = 0;
      /* Its place is for all: rows may be higher again. */
      if (!fit_rows (self, density))
        hide_rows (self);
    }
}

void
lsc_bars_layout_place (LscBarsLayout *self)
{
  guint density = 0;

  self->own_axes = lsc_bars_layout_needs_own_axes (self);
  self->with_memory = self->request.with_memory && self->has_memory;
  self->with_charts = self->request.with_sweep && self->curves->len > 0;
  self->with_legend = self->request.with_legend && self->features != 0;
  while (self->rows->len > densities[density].max_cells)
    density++;

  if (self->request.height_px > 0.0)
    fit_height (self, density);
  else
    place_with (self, density);
}

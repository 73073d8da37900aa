/* lsc-bars-axis.c: scales from zero, their ticks, and how much place the bars take.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-bars-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lsc-layout-private.h"

/* Groups whose longest bars are so many times as long as another's get an axis each. */
#define MAX_GROUP_RATIO 50.0
/* Of the plot's width: shorter are the longest bars never made for what stands behind them. */
#define LEAST_BARS   0.45
#define LEAST_DENSE  0.3 /* where rows are as low as they get: two lines each are not better */
#define LEAST_MEMORY 0.3
#define MIN_TICK_PX  64.0
#define MIN_PLOT_PX  250.0
#define BAR_FONT_PX  12.5

/* ---- an axis -------------------------------------------------------------------------------- */

double
lsc_bars_axis_x (const LscBarsAxis *axis, double origin_x, double value)
{
  return origin_x + value * axis->px_per_unit;
}

double
lsc_bars_round_step (double least)
{
  static const double factors[] = { 1.0, 2.0, 5.0, 10.0 };
  double              power = pow (10.0, floor (log10 (MAX (least, 1e-12))));

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    if (power * factors[i] >= least * (1.0 - 1e-9))
      return power * factors[i];

  return power * 10.0;
}

/* Ticks up to the end, and the next one where the plot still has place for it. */
static void
set_ticks (LscBarsAxis *axis, double step, double width_px)
{
  axis->step = step;
  axis->n = (guint)floor (axis->end / step * (1.0 + 1e-12)) + 1;
  if (axis->n * step * axis->px_per_unit <= width_px)
    axis->n++;
}

static void
set_time_ticks (LscBarsAxis *axis, double width_px, double scale)
{
  double end = MAX (axis->end, 1.0);

  lsc_ruler_init (&axis->ruler, 0, (gint64)ceil (end), end * axis->px_per_unit,
                  MIN_TICK_PX * scale);
  set_ticks (axis, (double)axis->ruler.step_ns, width_px);
}

char *
lsc_bars_axis_format_time (const LscBarsAxis *axis, guint tick)
{
  /* The same in all languages. */
  if (tick == 0)
    return g_strdup ("0");

  return lsc_ruler_format (&axis->ruler, (gint64)(tick * axis->step));
}

char *
lsc_bars_axis_format_bytes (const LscBarsAxis *axis, guint tick)
{
  static const struct
  {
    double      bytes;
    const char *unit;
  } units[] = {
    { 1e12, NC_ ("unit", "TB") }, { 1e9, NC_ ("unit", "GB") }, { 1e6, NC_ ("unit", "MB") },
    { 1e3, NC_ ("unit", "kB") },  { 1.0, NC_ ("unit", "B") },
  };
  guint  chosen = 0;
  double step;
  int    decimals = 0;

  if (tick == 0)
    return g_strdup ("0");
  while (chosen + 1 < G_N_ELEMENTS (units) && axis->end < units[chosen].bytes)
    chosen++;
  for (step = axis->step / units[chosen].bytes; decimals < 3 && step < 1.0 - 1e-9; step *= 10.0)
    decimals++;

  /* The same in all languages: a number, a unit. */
  return g_strdup_printf ("%.*f %s", decimals, tick * axis->step / units[chosen].bytes,
                          g_dpgettext2 (NULL, "unit", units[chosen].unit));
}

/* ---- times ---------------------------------------------------------------------------------- */

static double
group_median (LscBarsLayout *self, guint group)
{
  double longest = NAN;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const LscBarsRow *row = lsc_bars_layout_row (self, i);

      if (row->group == group && lsc_strip_figures_has_bar (&row->figures))
        longest = fmax (longest, row->figures.median_ns);
    }

  return longest;
}

gboolean
lsc_bars_layout_needs_own_axes (LscBarsLayout *self)
{
  double shortest = NAN;
  double longest = NAN;

  for (guint i = 0; i < self->groups->len; i++)
    {
      double median = group_median (self, i);

      shortest = fmin (shortest, median);
      longest = fmax (longest, median);
    }

  return longest > MAX_GROUP_RATIO * shortest;
}

/* What stands behind a bar, px; `has_figure`: the figure too, since the bar is too short for it. */
static double
width_behind (LscBarsLayout *self, const LscBarsRow *row, gboolean has_figure)
{
  double s = self->scale;
  double gap = LSC_BARS_GAP_PX * s;
  double width = 0.0;

  if (has_figure)
    width += gap + lsc_bars_text_width (row->figure, BAR_FONT_PX, TRUE) * s;
  if (self->label_above)
    return width;
  if (row->verdict != NULL)
    width += gap + lsc_bars_text_width (row->verdict, BAR_FONT_PX, row->figures.is_sure) * s;
  if (row->count != NULL)
    width += gap + lsc_bars_text_width (row->count, LSC_SMALL_FONT_PX, FALSE) * s;

  return width;
}

/* FALSE: the bars would be shorter than is good. */
static gboolean
scale_axis (LscBarsLayout *self, guint index)
{
  LscBarsAxis *axis = &g_array_index (self->axes, LscBarsAxis, index);
  double       least = self->density->dots > 0.0 ? LEAST_BARS : LEAST_DENSE;
  double       room = self->plot_width;
  double       px_per_unit;
  gboolean     fits = TRUE;

  axis->end = 0.0;
  for (guint i = 0; i < lsc_bars_layout_n_shown (self); i++)
    {
      const LscBarsRow *row = lsc_bars_layout_row (self, i);

      if (row->axis == index)
        axis->end = MAX (axis->end, lsc_strip_figures_get_reach_ns (&row->figures));
    }
  if (!(axis->end > 0.0))
    {
      /* No bar, no scale: only the line where they will begin. */
      axis->px_per_unit = 0.0;
      axis->n = 1;
      return TRUE;
    }
  px_per_unit = room / axis->end;

  /* Twice: with the first scale some figures do not fit on their bars. */
  for (guint pass = 0; pass < 2; pass++)
    {
      double given = px_per_unit;

      for (guint i = 0; i < lsc_bars_layout_n_shown (self); i++)
        {
          const LscBarsRow *row = lsc_bars_layout_row (self, i);
          double            reach = lsc_strip_figures_get_reach_ns (&row->figures);
          double            figure = lsc_bars_text_width (row->figure, BAR_FONT_PX, TRUE);
          gboolean          outside;

          if (row->axis != index || reach <= 0.0)
            continue;
          outside =
              row->figures.median_ns * given < (figure + 2.0 * LSC_BARS_FIGURE_PX) * self->scale;
          px_per_unit = MIN (px_per_unit, (room - width_behind (self, row, outside)) / reach);
        }
    }
  if (px_per_unit < least * room / axis->end)
    {
      px_per_unit = least * room / axis->end;
      fits = FALSE;
    }
  axis->px_per_unit = px_per_unit;
  set_time_ticks (axis, room, self->scale);

  return fits;
}

gboolean
lsc_bars_layout_scale_times (LscBarsLayout *self)
{
  guint    n_axes = self->own_axes ? self->groups->len : 1;
  gboolean fits = self->label_above || self->plot_width >= MIN_PLOT_PX * self->scale;

  g_array_set_size (self->axes, n_axes);
  for (guint i = 0; i < lsc_bars_layout_n_shown (self); i++)
    {
      LscBarsRow *row = lsc_bars_layout_row (self, i);

      row->axis = self->own_axes ? row->group : 0;
    }
  for (guint i = 0; i < n_axes; i++)
    fits &= scale_axis (self, i);

  return fits;
}

/* ---- memory --------------------------------------------------------------------------------- */

void
lsc_bars_layout_scale_memory (LscBarsLayout *self)
{
  LscBarsAxis *axis = &self->memory_axis;
  double       figures = 0.0;
  double       room;

  axis->end = 1.0;
  for (guint i = 0; i < lsc_bars_layout_n_shown (self); i++)
    {
      const LscBarsRow *row = lsc_bars_layout_row (self, i);

      if (isfinite (row->memory))
        axis->end = MAX (axis->end, row->memory);
      if (isfinite (row->sum_memory))
        axis->end = MAX (axis->end, row->sum_memory);
      figures = MAX (figures, lsc_bars_text_width (row->memory_text, LSC_NAME_FONT_PX, FALSE));
    }

  room = MAX (self->memory_width - (figures + LSC_BARS_FIGURE_PX) * self->scale,
              LEAST_MEMORY * self->memory_width);
  axis->px_per_unit = MAX (room, 1.0) / axis->end;
  set_ticks (axis, lsc_bars_round_step (axis->end * MIN_TICK_PX * self->scale / MAX (room, 1.0)),
             self->memory_width);
}

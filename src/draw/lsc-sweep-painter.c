/* lsc-sweep-painter.c: speed-up and efficiency against the number of workers.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame. lsc-sweep-labels.c finds places for the words.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lsc-sweep-private.h"

#define BAND_ALPHA 0.18
#define LINE_PX    2.0

/* ---- markers -------------------------------------------------------------------------------- */

/* A shape for each mode, so that colour is not alone. */
void
lsc_sweep_marker (LscFrame *frame, LscExecutorKind executor, double x, double y)
{
  cairo_t *cr = frame->cr;
  double   r = LSC_MARKER_PX / 2.0 * frame->scale;

  switch (executor)
    {
    case LSC_EXECUTOR_THREADS:
      cairo_rectangle (cr, x - r * 0.9, y - r * 0.9, 1.8 * r, 1.8 * r);
      break;
    case LSC_EXECUTOR_PROCESSES:
      cairo_move_to (cr, x - 1.25 * r, y);
      cairo_line_to (cr, x, y - 1.25 * r);
      cairo_line_to (cr, x + 1.25 * r, y);
      cairo_line_to (cr, x, y + 1.25 * r);
      cairo_close_path (cr);
      break;
    case LSC_EXECUTOR_ASYNC:
      cairo_move_to (cr, x - 1.15 * r, y + r);
      cairo_line_to (cr, x, y - 1.15 * r);
      cairo_line_to (cr, x + 1.15 * r, y + r);
      cairo_close_path (cr);
      break;
    case LSC_EXECUTOR_CLUSTER:
      cairo_move_to (cr, x - 1.15 * r, y - r);
      cairo_line_to (cr, x, y + 1.15 * r);
      cairo_line_to (cr, x + 1.15 * r, y - r);
      cairo_close_path (cr);
      break;
    case LSC_EXECUTOR_SEQUENTIAL:
    default:
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, r, 0.0, 2.0 * G_PI);
      break;
    }
}

void
lsc_sweep_ring (LscFrame *frame, double x, double y)
{
  cairo_new_sub_path (frame->cr);
  cairo_arc (frame->cr, x, y, LSC_MARKER_PX * frame->scale, 0.0, 2.0 * G_PI);
  cairo_set_line_width (frame->cr, 1.5 * frame->scale);
  lsc_frame_set_color (frame, &frame->theme->text, 1.0);
  cairo_stroke (frame->cr);
}

/* ---- a curve -------------------------------------------------------------------------------- */

static void
paint_band (LscBarsFrame *frame, const LscBarsChart *chart, const LscBarsCurve *curve)
{
  LscFrame      *base = &frame->base;
  LscBarsLayout *layout = frame->layout;
  guint          first = 0;

  /* Stretches of points that have one. */
  while (first < curve->n)
    {
      guint end = first;

      while (end < curve->n && isfinite (curve->points[end].low) &&
             isfinite (curve->points[end].high))
        end++;
      for (guint i = first; i < end; i++)
        cairo_line_to (
            base->cr, lsc_bars_chart_x (layout, chart, curve->points[i].n_workers),
            lsc_bars_chart_y (chart, lsc_bars_chart_value (layout, chart, &curve->points[i],
                                                           curve->points[i].high)));
      for (guint i = end; i > first; i--)
        cairo_line_to (
            base->cr, lsc_bars_chart_x (layout, chart, curve->points[i - 1].n_workers),
            lsc_bars_chart_y (chart, lsc_bars_chart_value (layout, chart, &curve->points[i - 1],
                                                           curve->points[i - 1].low)));
      if (end > first)
        {
          cairo_close_path (base->cr);
          lsc_frame_set_color (base, &base->theme->executors[curve->executor], BAND_ALPHA);
          cairo_fill (base->cr);
        }
      first = end + 1;
    }
}

static void
paint_curve (LscBarsFrame *frame, const LscBarsChart *chart, const LscBarsCurve *curve)
{
  LscFrame       *base = &frame->base;
  const LscColor *color = &base->theme->executors[curve->executor];
  double          free_from = -1e9;
  double          x;
  double          y;

  for (guint i = 0; i < curve->n; i++)
    if (isfinite (curve->points[i].speed_up))
      {
        lsc_bars_chart_get_point (frame->layout, chart, &curve->points[i], &x, &y);
        cairo_line_to (base->cr, x, y);
      }
  cairo_set_line_width (base->cr, LINE_PX * base->scale);
  cairo_set_line_join (base->cr, CAIRO_LINE_JOIN_ROUND);
  lsc_frame_set_color (base, color, 1.0);
  cairo_stroke (base->cr);

  for (guint i = 0; i < curve->n; i++)
    {
      if (!isfinite (curve->points[i].speed_up))
        continue;
      lsc_bars_chart_get_point (frame->layout, chart, &curve->points[i], &x, &y);
      /* Very many are a line. */
      if (x < free_from && (gint)i != curve->enough && i + 1 < curve->n)
        continue;
      free_from = x + 1.4 * LSC_MARKER_PX * base->scale;
      lsc_sweep_marker (base, curve->executor, x, y);
      lsc_frame_set_color (base, color, 1.0);
      cairo_fill (base->cr);
      if ((gint)i == curve->enough && i + 1 < curve->n)
        lsc_sweep_ring (base, x, y);
    }
}

/* ---- what it is read by --------------------------------------------------------------------- */

static void
paint_values (LscBarsFrame *frame, const LscBarsChart *chart, LscChartKind kind)
{
  LscFrame *base = &frame->base;
  double    half = 0.5 / base->device;
  double    gap = 8.0 * base->scale;
  guint     n = (guint)floor (chart->most / chart->step + 1e-9);

  for (guint i = 0; i <= n; i++)
    {
      double           value = i * chart->step;
      double           y = lsc_frame_snap (base, lsc_bars_chart_y (chart, value)) + half;
      g_autofree char *label = NULL;
      const LscText   *text;

      cairo_move_to (base->cr, chart->x, y);
      cairo_line_to (base->cr, chart->x + chart->width, y);
      cairo_set_line_width (base->cr, 2.0 * half);
      lsc_frame_set_color (base, i == 0 ? &base->theme->separator : &base->theme->grid, 1.0);
      cairo_stroke (base->cr);
      if (kind == LSC_CHART_EFFICIENCY)
        /* Translators: on a scale: percent. */
        label = g_strdup_printf (_ ("%.0f %%"), value * 100.0);
      else
        /* Translators: on a scale: how many times as fast: "2×". */
        label = g_strdup_printf (_ ("%.*f×"), chart->step < 1.0 ? 1 : 0, value);
      text = lsc_text_cache_get (base->texts, LSC_TEXT_SMALL, label);
      lsc_frame_text (base, text, &base->theme->dim_text, chart->x - gap - text->width, y);
    }
}

static void
paint_workers (LscBarsFrame *frame, const LscBarsChart *chart)
{
  LscFrame          *base = &frame->base;
  LscBarsLayout     *layout = frame->layout;
  g_autofree guint8 *is_point = g_new0 (guint8, layout->max_workers + 2);
  double             s = base->scale;
  double             y = chart->y + chart->height + 11.0 * s;
  double             free_from = -1e9;
  const LscText     *text;

  for (guint i = 0; i < layout->curves->len; i++)
    {
      const LscBarsCurve *curve = &g_array_index (layout->curves, LscBarsCurve, i);

      for (guint k = 0; k < curve->n; k++)
        if (isfinite (curve->points[k].speed_up))
          is_point[MIN (curve->points[k].n_workers, layout->max_workers)] = 1;
    }
  is_point[1] = 1; /* where the ideal begins */
  for (guint n = 1; n <= layout->max_workers; n++)
    {
      g_autofree char *label = NULL;
      double           x;

      if (!is_point[n])
        continue;
      label = g_strdup_printf ("%u", n);
      text = lsc_text_cache_get (base->texts, LSC_TEXT_SMALL, label);
      x = lsc_bars_chart_x (layout, chart, n) - text->width / 2.0;
      if (x < free_from)
        continue;
      lsc_frame_text (base, text, &base->theme->dim_text, x, y);
      free_from = x + text->width + 5.0 * s;
    }

  /* Translators: below the numbers of a scale: threads or processes that work at once. */
  text = lsc_text_cache_get (base->texts, LSC_TEXT_SMALL, _ ("workers"));
  lsc_frame_text (base, text, &base->theme->dim_text, chart->x + (chart->width - text->width) / 2.0,
                  y + 15.0 * s);
}

static void
paint_ideal (LscBarsFrame *frame, const LscBarsChart *chart, LscChartKind kind)
{
  static const double dashes[] = { 4.0, 4.0 };
  LscFrame           *base = &frame->base;
  double              to = frame->layout->max_workers;
  double              from_value = 1.0;
  double              to_value = kind == LSC_CHART_EFFICIENCY ? 1.0 : to;

  if (to_value > chart->most)
    to = to_value = chart->most;

  cairo_save (base->cr);
  cairo_move_to (base->cr, lsc_bars_chart_x (frame->layout, chart, 1.0),
                 lsc_bars_chart_y (chart, from_value));
  cairo_line_to (base->cr, lsc_bars_chart_x (frame->layout, chart, to),
                 lsc_bars_chart_y (chart, to_value));
  cairo_set_dash (base->cr, dashes, 2, 0.0);
  cairo_set_line_width (base->cr, 1.5 * base->scale);
  lsc_frame_set_color (base, &base->theme->dim_text, 1.0);
  cairo_stroke (base->cr);
  cairo_restore (base->cr);
}

static void
paint_head (LscBarsFrame *frame, const LscBarsChart *chart, LscChartKind kind)
{
  LscFrame   *base = &frame->base;
  double      s = base->scale;
  double      room = chart->right - chart->left;
  const char *name = kind == LSC_CHART_EFFICIENCY ? _ ("Efficiency") : _ ("Speed-up");
  const char *detail =
      kind == LSC_CHART_EFFICIENCY ? _ ("speed-up for each worker") : frame->layout->sweep_caption;
  double         x = chart->left;
  const LscText *text = lsc_text_cache_fit_end (base->texts, LSC_TEXT_HEAD, name, room);

  if (text == NULL)
    return;
  lsc_frame_text (base, text, &base->theme->text, x, chart->head_y + 12.0 * s);
  x += text->width + LSC_BARS_GAP_PX * s;
  if (detail == NULL)
    return;
  text = lsc_text_cache_fit_end (base->texts, LSC_TEXT_SMALL, detail, chart->right - x);
  if (text != NULL)
    lsc_frame_text (base, text, &base->theme->dim_text, x, chart->head_y + 13.0 * s);
}

void
lsc_paint_sweep (LscBarsFrame *frame)
{
  LscBarsLayout *layout = frame->layout;

  for (guint kind = 0; kind < LSC_N_CHART_KINDS; kind++)
    {
      const LscBarsChart *chart = &layout->charts[kind];

      if (!chart->is_shown ||
          !lsc_bars_frame_sees (frame, chart->head_y,
                                chart->y + chart->height - chart->head_y + 60.0 * layout->scale))
        continue;
      paint_head (frame, chart, kind);
      paint_values (frame, chart, kind);
      paint_workers (frame, chart);
      paint_ideal (frame, chart, kind);
      for (guint i = 0; i < layout->curves->len; i++)
        paint_band (frame, chart, &g_array_index (layout->curves, LscBarsCurve, i));
      for (guint i = 0; i < layout->curves->len; i++)
        paint_curve (frame, chart, &g_array_index (layout->curves, LscBarsCurve, i));
      lsc_sweep_paint_labels (frame, chart, kind);
    }
}

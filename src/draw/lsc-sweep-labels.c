/* lsc-sweep-labels.c: names at the ends of the curves.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "lsc-sweep-private.h"

#define PITCH_PX  16.0
#define LEADER_PX 9.0 /* a label moved further than that has a line to its curve */

typedef struct
{
  const char         *words;
  const LscBarsCurve *curve; /* NULL: the ideal */
  double              x;     /* where it ends */
  double              y;
} Label;

static gint
compare_labels_cb (gconstpointer pa, gconstpointer pb)
{
  const Label *a = pa;
  const Label *b = pb;

  return (a->y > b->y) - (a->y < b->y);
}

void
lsc_sweep_spread (double *middles, guint n, double pitch, double top, double bottom)
{
  double limit = bottom;

  if (n == 0)
    return;

  /* Down from the top, then up from the bottom where that was too much. */
  for (guint i = 0; i < n; i++)
    middles[i] = MAX (middles[i], i == 0 ? top : middles[i - 1] + pitch);
  for (guint i = n; i > 0; i--)
    {
      middles[i - 1] = MIN (middles[i - 1], limit);
      limit = middles[i - 1] - pitch;
    }
}

/* The last point with a value; FALSE: there is none. */
static gboolean
find_end (LscBarsFrame *frame, const LscBarsChart *chart, const LscBarsCurve *curve, Label *label)
{
  for (guint i = curve->n; i > 0; i--)
    if (isfinite (curve->points[i - 1].speed_up))
      {
        lsc_bars_chart_get_point (frame->layout, chart, &curve->points[i - 1], &label->x,
                                  &label->y);
        label->words = curve->label;
        label->curve = curve;
        return TRUE;
      }

  return FALSE;
}

static void
init_ideal (LscBarsFrame *frame, const LscBarsChart *chart, LscChartKind kind, Label *label)
{
  double most = frame->layout->max_workers;
  double value = kind == LSC_CHART_EFFICIENCY ? 1.0 : most;

  if (value > chart->most)
    most = value = chart->most;
  label->words = _ ("ideal");
  label->x = lsc_bars_chart_x (frame->layout, chart, most);
  label->y = lsc_bars_chart_y (chart, value);
}

/* Whether a curve runs through a box. */
static gboolean
crosses (LscBarsFrame       *frame,
         const LscBarsChart *chart,
         const LscBarsCurve *curve,
         double              left,
         double              right,
         double              top,
         double              bottom)
{
  for (guint i = 1; i < curve->n; i++)
    {
      double x0;
      double y0;
      double x1;
      double y1;

      if (!isfinite (curve->points[i - 1].speed_up) || !isfinite (curve->points[i].speed_up))
        continue;
      lsc_bars_chart_get_point (frame->layout, chart, &curve->points[i - 1], &x0, &y0);
      lsc_bars_chart_get_point (frame->layout, chart, &curve->points[i], &x1, &y1);
      for (double x = MAX (x0, left); x <= MIN (x1, right); x += 2.0)
        {
          double y = y0 + (x - x0) / MAX (x1 - x0, 1.0) * (y1 - y0);

          if (y >= top && y <= bottom)
            return TRUE;
        }
    }

  return FALSE;
}

/* Right at the end of a curve that ends early, where nothing is in the way. */
static gboolean
paint_at_end (LscBarsFrame *frame, const LscBarsChart *chart, const Label *label)
{
  LscFrame      *base = &frame->base;
  double         s = base->scale;
  double         x = label->x + LSC_BARS_GAP_PX * s;
  double         right = chart->x + chart->width;
  double         half = PITCH_PX * s * 0.7;
  const LscText *text = lsc_text_cache_get (base->texts, LSC_TEXT_NAME, label->words);

  if (x + text->width > right)
    return FALSE;
  for (guint i = 0; i < frame->layout->curves->len; i++)
    {
      const LscBarsCurve *other = &g_array_index (frame->layout->curves, LscBarsCurve, i);
      Label               end = { 0 };

      if (other == label->curve || !find_end (frame, chart, other, &end))
        continue;
      if (crosses (frame, chart, other, x, x + text->width, label->y - half, label->y + half))
        return FALSE;
      /* Another's name may stand there. */
      if (end.x < right - LSC_BARS_GAP_PX * s && fabs (end.y - label->y) < 2.0 * half)
        return FALSE;
    }
  lsc_bars_frame_text (
      frame, text, label->curve != NULL ? &base->theme->text : &base->theme->dim_text, x, label->y);

  return TRUE;
}

static void
paint_label (LscBarsFrame *frame, const LscBarsChart *chart, const Label *label, double middle)
{
  LscFrame       *base = &frame->base;
  const LscTheme *theme = base->theme;
  double          s = base->scale;
  double          x = chart->x + chart->width + LSC_BARS_GAP_PX * s;
  const LscText  *text =
      lsc_text_cache_fit_end (base->texts, LSC_TEXT_NAME, label->words, chart->right - x);

  if (text == NULL)
    return;
  if (label->curve != NULL && fabs (middle - label->y) > LEADER_PX * s)
    {
      cairo_move_to (base->cr, label->x + LSC_MARKER_PX * s, label->y);
      cairo_line_to (base->cr, x - 2.0 * s, middle);
      cairo_set_line_width (base->cr, s);
      lsc_frame_set_color (base, &theme->executors[label->curve->executor], 0.8);
      cairo_stroke (base->cr);
    }
  lsc_frame_text (base, text, label->curve != NULL ? &theme->text : &theme->dim_text, x, middle);
}

void
lsc_sweep_paint_labels (LscBarsFrame *frame, const LscBarsChart *chart, LscChartKind kind)
{
  g_autoptr (GArray) labels = g_array_new (FALSE, TRUE, sizeof (Label));
  g_autofree double *middles = NULL;
  double             s = frame->base.scale;
  Label              ideal = { 0 };

  for (guint i = 0; i < frame->layout->curves->len; i++)
    {
      Label label = { 0 };

      if (find_end (frame, chart, &g_array_index (frame->layout->curves, LscBarsCurve, i),
                    &label) &&
          !paint_at_end (frame, chart, &label))
        g_array_append_val (labels, label);
    }
  init_ideal (frame, chart, kind, &ideal);
  if (!paint_at_end (frame, chart, &ideal))
    g_array_append_val (labels, ideal);
  g_array_sort (labels, compare_labels_cb);

  middles = g_new (double, labels->len + 1);
  for (guint i = 0; i < labels->len; i++)
    middles[i] = g_array_index (labels, Label, i).y;
  lsc_sweep_spread (middles, labels->len, PITCH_PX * s, chart->y,
                    chart->y + chart->height - PITCH_PX * s / 2.0);
  for (guint i = 0; i < labels->len; i++)
    paint_label (frame, chart, &g_array_index (labels, Label, i), middles[i]);
}

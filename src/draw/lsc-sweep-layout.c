/* lsc-sweep-layout.c: the curves of a worker sweep, and where they stand.
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

#define CHART_HEIGHT_PX 220.0
#define MAX_CHART_PX    760.0 /* a curve is not wider */
#define HEAD_PX         44.0  /* name and small print above */
#define FOOT_PX         38.0  /* numbers of workers, and the word */
#define VALUES_PX       44.0  /* to the left of the plot */
#define COLUMN_GAP_PX   34.0
#define BESIDE_PX       760.0
#define MIN_VALUE_PX    40.0 /* between two lines of the grid */
#define HEADROOM        1.12
#define MAX_IDEAL       2.5 /* the ideal is followed so many times as high as the curves are */

/* ---- what there is -------------------------------------------------------------------------- */

static gboolean
has_several_workloads (LscReport *report)
{
  for (guint i = 1; i < lsc_report_get_n_sweeps (report); i++)
    if (g_strcmp0 (lsc_report_get_sweep (report, i)->workload_name,
                   lsc_report_get_sweep (report, 0)->workload_name) != 0)
      return TRUE;

  return FALSE;
}

/* "against 1 in sequence"; NULL where the curves do not have the same. */
static char *
describe_reference (LscReport *report)
{
  const LscSweep  *first = lsc_report_get_sweep (report, 0);
  g_autofree char *name = NULL;
  g_autofree char *detail = NULL;

  for (guint i = 1; i < lsc_report_get_n_sweeps (report); i++)
    if (lsc_report_get_sweep (report, i)->reference != first->reference)
      return NULL;

  lsc_report_dup_cell_label (report, first->reference, &name, &detail);
  if (detail != NULL)
    /* Translators: what speed-ups are measured against: "against Processes, 1 worker". */
    return g_strdup_printf (_ ("against %s, %s"), name, detail);

  /* Translators: what speed-ups are measured against: "against Sequential". */
  return g_strdup_printf (_ ("against %s"), name);
}

void
lsc_bars_layout_collect_curves (LscBarsLayout *self, LscReport *report)
{
  guint    n = lsc_report_get_n_sweeps (report);
  gboolean several = n > 0 && has_several_workloads (report);

  if (n == 0)
    return;

  self->sweep_caption = describe_reference (report);
  for (guint i = 0; i < n; i++)
    {
      const LscSweep *sweep = lsc_report_get_sweep (report, i);
      const char     *mode = lsc_executor_kind_get_label (sweep->executor);
      LscBarsCurve curve = { .executor = sweep->executor, .n = sweep->n, .enough = sweep->enough };

      /* Translators: a workload and its mode: "Primes, Threads". */
      curve.label =
          several ? g_strdup_printf (_ ("%s, %s"), sweep->workload_name, mode) : g_strdup (mode);
      curve.points = g_memdup2 (sweep->points, sweep->n * sizeof *sweep->points);
      for (guint k = 0; k < curve.n; k++)
        {
          if (isfinite (curve.points[k].speed_up))
            self->max_workers = MAX (self->max_workers, curve.points[k].n_workers);
          if (isfinite (curve.points[k].low) && isfinite (curve.points[k].high))
            self->features |= LSC_BARS_BAND;
        }
      if (curve.enough >= 0 && (guint)curve.enough + 1 < curve.n)
        self->features |= LSC_BARS_ENOUGH;
      g_array_append_val (self->curves, curve);
    }
}

/* ---- where it stands ------------------------------------------------------------------------ */

static double
highest_value (LscBarsLayout *self, LscChartKind kind)
{
  double most = 1.0;

  for (guint i = 0; i < self->curves->len; i++)
    {
      const LscBarsCurve *curve = &g_array_index (self->curves, LscBarsCurve, i);

      for (guint k = 0; k < curve->n; k++)
        {
          const LscSweepPoint *point = &curve->points[k];
          double               value = isfinite (point->high) ? point->high : point->speed_up;

          if (kind == LSC_CHART_EFFICIENCY)
            value /= MAX (point->n_workers, 1);
          if (isfinite (value))
            most = MAX (most, value);
        }
    }

  return most;
}

static void
scale_chart (LscBarsLayout *self, LscBarsChart *chart, LscChartKind kind)
{
  double most = highest_value (self, kind);

  /* The ideal is shown whole unless all curves would lie flat below it. */
  if (kind == LSC_CHART_SPEED_UP)
    most = MAX (most, MIN (self->max_workers, MAX_IDEAL * most));
  chart->step = lsc_bars_round_step (most * MIN_VALUE_PX * self->scale / chart->height);
  if (kind == LSC_CHART_EFFICIENCY)
    chart->step = MAX (chart->step, 0.25);
  chart->most = ceil (most * (kind == LSC_CHART_SPEED_UP ? 1.0 : HEADROOM) / chart->step - 1e-9) *
                chart->step;
}

static double
labels_width (LscBarsLayout *self)
{
  /* Translators: beside a dashed line: what so many workers could gain at best. */
  double widest = lsc_bars_text_width (_ ("ideal"), LSC_NAME_FONT_PX, FALSE);

  for (guint i = 0; i < self->curves->len; i++)
    widest = MAX (widest, lsc_bars_text_width (g_array_index (self->curves, LscBarsCurve, i).label,
                                               LSC_NAME_FONT_PX, FALSE));

  return (widest + LSC_BARS_GAP_PX) * self->scale;
}

double
lsc_bars_layout_place_charts (LscBarsLayout *self, double y)
{
  double   s = self->scale;
  double   pad = LSC_BARS_PAD_PX * s;
  double   room = self->request.width_px - 2.0 * pad;
  guint    n = self->request.with_efficiency ? 2 : 1;
  gboolean beside = n > 1 && self->request.width_px >= BESIDE_PX * s;
  double   width = beside ? (room - COLUMN_GAP_PX * s) / 2.0 : room;
  double   labels = MIN (labels_width (self), width * 0.35);
  double   height = (HEAD_PX + CHART_HEIGHT_PX + FOOT_PX) * s;

  width = MIN (width, MAX_CHART_PX * s);
  for (guint kind = 0; kind < n; kind++)
    {
      LscBarsChart *chart = &self->charts[kind];

      chart->is_shown = TRUE;
      chart->left = floor (pad + (beside ? kind * (width + COLUMN_GAP_PX * s) : 0.0));
      chart->head_y = y;
      chart->right = chart->left + width;
      chart->x = chart->left + VALUES_PX * s;
      chart->y = y + HEAD_PX * s;
      chart->width = MAX (chart->right - labels - chart->x, 1.0);
      chart->height = CHART_HEIGHT_PX * s;
      scale_chart (self, chart, kind);
      if (!beside || kind + 1 == n)
        y += height;
      if (!beside && kind + 1 < n)
        y += LSC_BARS_GAP_PX * s;
    }

  return y;
}

void
lsc_bars_chart_get_point (LscBarsLayout       *self,
                          const LscBarsChart  *chart,
                          const LscSweepPoint *point,
                          double              *x,
                          double              *y)
{
  *x = lsc_bars_chart_x (self, chart, point->n_workers);
  *y = lsc_bars_chart_y (chart, lsc_bars_chart_value (self, chart, point, point->speed_up));
}

double
lsc_bars_chart_value (LscBarsLayout       *self,
                      const LscBarsChart  *chart,
                      const LscSweepPoint *point,
                      double               speed_up)
{
  if (chart == &self->charts[LSC_CHART_EFFICIENCY])
    return speed_up / MAX (point->n_workers, 1);

  return speed_up;
}

double
lsc_bars_chart_x (LscBarsLayout *self, const LscBarsChart *chart, double n_workers)
{
  double inset = LSC_MARKER_PX * self->scale;

  /* From one worker on. */
  return chart->x + inset +
         (n_workers - 1.0) / MAX (self->max_workers - 1.0, 1.0) * (chart->width - 2.0 * inset);
}

double
lsc_bars_chart_y (const LscBarsChart *chart, double value)
{
  return chart->y + chart->height - value / chart->most * chart->height;
}

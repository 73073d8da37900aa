/* lsc-bars-layout.c: where everything on the picture of a profile is, as numbers.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread. Copies what it shows; lsc-bars-rows.c collects it, lsc-bars-place.c places it.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-bars-private.h"

#include <math.h>

#include "lsc-layout-private.h"

/* How near to a point on a curve is on it. */
#define POINT_REACH_PX 10.0

G_DEFINE_FINAL_TYPE (LscBarsLayout, lsc_bars_layout, G_TYPE_OBJECT)

static void
row_clear (gpointer data)
{
  LscBarsRow *row = data;

  g_free (row->name);
  g_free (row->detail);
  g_free (row->figure);
  g_free (row->verdict);
  g_free (row->count);
  g_free (row->memory_text);
  lsc_strip_figures_clear (&row->figures);
}

static void
group_clear (gpointer data)
{
  LscBarsGroup *group = data;

  g_free (group->name);
}

static void
curve_clear (gpointer data)
{
  LscBarsCurve *curve = data;

  g_free (curve->label);
  g_free (curve->points);
}

static void
lsc_bars_layout_finalize (GObject *object)
{
  LscBarsLayout *self = LSC_BARS_LAYOUT (object);

  g_free (self->title);
  g_free (self->answer);
  g_free (self->explanation);
  g_free (self->subtitle);
  g_free (self->note);
  g_free (self->caption);
  g_free (self->sweep_caption);
  g_array_unref (self->rows);
  g_array_unref (self->groups);
  g_array_unref (self->axes);
  g_array_unref (self->curves);

  G_OBJECT_CLASS (lsc_bars_layout_parent_class)->finalize (object);
}

static void
lsc_bars_layout_class_init (LscBarsLayoutClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_bars_layout_finalize;
}

static void
lsc_bars_layout_init (LscBarsLayout *self)
{
  self->rows = g_array_new (FALSE, TRUE, sizeof (LscBarsRow));
  g_array_set_clear_func (self->rows, row_clear);
  self->groups = g_array_new (FALSE, TRUE, sizeof (LscBarsGroup));
  g_array_set_clear_func (self->groups, group_clear);
  self->axes = g_array_new (FALSE, TRUE, sizeof (LscBarsAxis));
  self->curves = g_array_new (FALSE, TRUE, sizeof (LscBarsCurve));
  g_array_set_clear_func (self->curves, curve_clear);
}

double
lsc_bars_text_width (const char *text, double font_px, gboolean bold)
{
  return text != NULL ? lsc_layout_text_width (text, font_px) * (bold ? 1.08 : 1.0) : 0.0;
}

LscBarsLayout *
lsc_bars_layout_new (LscProfile *profile, LscReport *report, const LscBarsRequest *request)
{
  LscBarsLayout *self;

  g_return_val_if_fail (LSC_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (LSC_IS_REPORT (report), NULL);
  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (lsc_report_get_n_cells (report) == lsc_profile_get_n_cells (profile), NULL);

  self = g_object_new (LSC_TYPE_BARS_LAYOUT, NULL);
  self->request = *request;
  self->scale = request->text_scale > 0.0 ? request->text_scale : 1.0;
  self->request.text_scale = self->scale;

  lsc_bars_layout_collect (self, profile, report);
  lsc_bars_layout_sort (self);
  if (request->with_sweep)
    lsc_bars_layout_collect_curves (self, report);
  lsc_bars_layout_place (self);
  self->request.note = NULL;
  self->request.against = NULL;

  return self;
}

/* ---- what others ask ------------------------------------------------------------------------ */

const LscBarsRequest *
lsc_bars_layout_get_request (LscBarsLayout *self)
{
  g_return_val_if_fail (LSC_IS_BARS_LAYOUT (self), NULL);

  return &self->request;
}

double
lsc_bars_layout_get_height (LscBarsLayout *self)
{
  g_return_val_if_fail (LSC_IS_BARS_LAYOUT (self), 0.0);

  return MAX (self->height, self->request.height_px);
}

guint
lsc_bars_layout_get_n_hidden (LscBarsLayout *self)
{
  g_return_val_if_fail (LSC_IS_BARS_LAYOUT (self), 0);

  return self->n_hidden;
}

static gint
find_point (LscBarsLayout *self, const LscBarsChart *chart, double x, double y)
{
  double nearest = POINT_REACH_PX * self->scale;
  gint   found = -1;

  if (!chart->is_shown || y < chart->y - nearest || y > chart->y + chart->height + nearest)
    return -1;

  for (guint i = 0; i < self->curves->len; i++)
    {
      const LscBarsCurve *curve = &g_array_index (self->curves, LscBarsCurve, i);

      for (guint k = 0; k < curve->n; k++)
        {
          double px;
          double py;
          double distance;

          lsc_bars_chart_get_point (self, chart, &curve->points[k], &px, &py);
          distance = hypot (x - px, y - py);
          if (distance > nearest)
            continue;
          nearest = distance;
          found = (gint)curve->points[k].cell;
        }
    }

  return found;
}

gint
lsc_bars_layout_find_cell (LscBarsLayout *self, double x, double y)
{
  g_return_val_if_fail (LSC_IS_BARS_LAYOUT (self), -1);

  if (x < 0.0 || x >= self->request.width_px)
    return -1;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const LscBarsRow *row = lsc_bars_layout_row (self, i);

      if (row->height > 0.0 && y >= row->y && y < row->y + row->height)
        return (gint)row->cell;
      if (row->memory_height > 0.0 && y >= row->memory_y && y < row->memory_y + row->memory_height)
        return (gint)row->cell;
    }
  for (guint kind = 0; kind < LSC_N_CHART_KINDS; kind++)
    {
      gint found = find_point (self, &self->charts[kind], x, y);

      if (found >= 0)
        return found;
    }

  return -1;
}

gint
lsc_bars_layout_get_position (LscBarsLayout *self, guint cell)
{
  g_return_val_if_fail (LSC_IS_BARS_LAYOUT (self), -1);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const LscBarsRow *row = lsc_bars_layout_row (self, i);

      if (row->cell == cell)
        return row->height > 0.0 ? (gint)i : -1;
    }

  return -1;
}

gint
lsc_bars_layout_get_nth_cell (LscBarsLayout *self, guint position)
{
  g_return_val_if_fail (LSC_IS_BARS_LAYOUT (self), -1);

  /* What is hidden comes last. */
  if (position + self->n_hidden >= self->rows->len)
    return -1;

  return (gint)lsc_bars_layout_row (self, position)->cell;
}

gboolean
lsc_bars_layout_get_cell_box (LscBarsLayout *self,
                              guint          cell,
                              double        *x,
                              double        *y,
                              double        *width,
                              double        *height)
{
  const LscBarsRow *row;
  gint              position;

  g_return_val_if_fail (LSC_IS_BARS_LAYOUT (self), FALSE);
  g_return_val_if_fail (x != NULL && y != NULL && width != NULL && height != NULL, FALSE);

  position = lsc_bars_layout_get_position (self, cell);
  if (position < 0)
    return FALSE;

  row = lsc_bars_layout_row (self, (guint)position);
  *x = LSC_BARS_PAD_PX * self->scale / 2.0;
  *y = row->y;
  *width = self->request.width_px - 2.0 * *x;
  *height = row->height;
  return TRUE;
}

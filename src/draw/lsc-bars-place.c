/* lsc-bars-place.c: gives everything on the picture of a profile its place.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From top to bottom: title, times with memory beside (or below) them, curves, legend.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-bars-private.h"

#include <math.h>

#include "lsc-layout-private.h"

#define MIN_GUTTER_PX   70.0
#define MAX_GUTTER_PX   250.0
#define MAX_GUTTER      0.32  /* of the width */
#define BESIDE_PX       740.0 /* narrower, and memory goes below the times */
#define MIN_MEMORY_PX   170.0
#define MAX_MEMORY_PX   320.0
#define MEMORY          0.21 /* of the width */
#define LABEL_GAP_PX    4.0  /* above the next name, where names stand above bars */
#define MAX_NARROW      0.45 /* of the width, for names beside memory where it is narrow */
#define MEMORY_GAP_PX   34.0
#define MAX_TITLE_LINES 3.0

/* ---- across --------------------------------------------------------------------------------- */

static double
label_width (const LscBarsRow *row, gboolean in_two_lines)
{
  double name = lsc_bars_text_width (row->name, LSC_NAME_FONT_PX, FALSE);
  double detail = lsc_bars_text_width (row->detail, LSC_SMALL_FONT_PX, FALSE);

  if (in_two_lines)
    return MAX (name, detail);

  return name + (row->detail != NULL ? 7.0 + detail : 0.0);
}

static double
gutter_width (LscBarsLayout *self, double share, gboolean in_two_lines)
{
  double s = self->scale;
  double longest = 0.0;

  for (guint i = 0; i < self->rows->len; i++)
    longest = MAX (longest, label_width (lsc_bars_layout_row (self, i), in_two_lines));

  longest = CLAMP (longest + LSC_BARS_GAP_PX, MIN_GUTTER_PX, MAX_GUTTER_PX) * s;
  return floor (MIN (longest, share * self->request.width_px));
}

static void
place_across (LscBarsLayout *self)
{
  double s = self->scale;
  double pad = LSC_BARS_PAD_PX * s;
  double right = self->request.width_px - pad;
  double gutter = gutter_width (self, MAX_GUTTER, self->density->two_lines > 0.0);

  self->memory_below = self->with_memory && self->request.width_px < BESIDE_PX * s;
  self->plot_x = pad + (self->label_above ? 0.0 : gutter);
  self->memory_x = self->plot_x;
  self->memory_width = right - self->memory_x;
  if (self->with_memory && !self->memory_below)
    {
      self->memory_width =
          floor (CLAMP (MEMORY * self->request.width_px, MIN_MEMORY_PX * s, MAX_MEMORY_PX * s));
      self->memory_x = floor (right - self->memory_width);
      right = self->memory_x - MEMORY_GAP_PX * s;
    }
  else if (self->with_memory)
    {
      /* Below the times, names stand beside the memory, in one line. */
      self->memory_x = MAX (self->plot_x, floor (pad + gutter_width (self, MAX_NARROW, FALSE)));
      self->memory_width = right - self->memory_x;
    }
  self->plot_width = MAX (right - self->plot_x, 1.0);
}

/* Whether name and verdict fit into one line above each bar. */
static gboolean
labels_fit (LscBarsLayout *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const LscBarsRow *row = lsc_bars_layout_row (self, i);
      double            width = label_width (row, FALSE) + LSC_BARS_GAP_PX;

      width += lsc_bars_text_width (row->verdict, LSC_NAME_FONT_PX, row->figures.is_sure);
      width += lsc_bars_text_width (row->count, LSC_SMALL_FONT_PX, FALSE);
      if (width * self->scale > self->plot_width)
        return FALSE;
    }

  return TRUE;
}

void
lsc_bars_layout_place_across (LscBarsLayout *self)
{
  self->label_above = FALSE;
  self->verdict_below = FALSE;
  place_across (self);
  if (!lsc_bars_layout_scale_times (self))
    {
      self->label_above = TRUE;
      place_across (self);
      lsc_bars_layout_scale_times (self);
      self->verdict_below = !labels_fit (self);
    }
  if (self->with_memory)
    lsc_bars_layout_scale_memory (self);
}

/* ---- down ----------------------------------------------------------------------------------- */

int
lsc_bars_layout_count_lines (LscBarsLayout *self, const char *text, double font_px, gboolean bold)
{
  double width = self->request.width_px - 2.0 * LSC_BARS_PAD_PX * self->scale;
  double lines;

  if (text == NULL)
    return 0;
  lines = ceil (lsc_bars_text_width (text, font_px, bold) * self->scale / MAX (width, 1.0));
  return (int)CLAMP (lines, 1.0, MAX_TITLE_LINES);
}

static double
place_title (LscBarsLayout *self)
{
  double height = LSC_BARS_PAD_PX;
  int    lines;

  if (!self->request.with_title)
    return LSC_BARS_PAD_PX / 2.0 * self->scale;

  if (self->title != NULL && *self->title != '\0')
    height += LSC_TITLE_LINE_PX;
  lines = lsc_bars_layout_count_lines (self, self->answer, LSC_HEAD_FONT_PX, TRUE) +
          lsc_bars_layout_count_lines (self, self->explanation, LSC_SUBTITLE_FONT_PX, FALSE) +
          lsc_bars_layout_count_lines (self, self->note, LSC_SUBTITLE_FONT_PX, FALSE) +
          lsc_bars_layout_count_lines (self, self->subtitle, LSC_SUBTITLE_FONT_PX, FALSE);
  height += lines * LSC_SUBTITLE_LINE_PX;

  return ceil ((height + LSC_BARS_GAP_PX) * self->scale);
}

double
lsc_bars_layout_get_above (LscBarsLayout *self)
{
  double height = 0.0;

  if (self->label_above)
    height += LSC_BARS_LABEL_PX;
  if (self->verdict_below)
    height += LSC_BARS_LINE_PX;

  return height * self->scale;
}

static double
row_height (LscBarsLayout *self, const LscBarsRow *row)
{
  double s = self->scale;

  /* Where a name stands above, no place is left for a bar that is none. */
  if (self->label_above && !lsc_strip_figures_has_bar (&row->figures))
    return lsc_bars_layout_get_above (self) + LSC_BARS_GAP_PX * s;

  return (self->density->row + (self->label_above ? LABEL_GAP_PX : 0.0)) * s +
         lsc_bars_layout_get_above (self);
}

static double
end_axis (LscBarsLayout *self, LscBarsAxis *axis, double y)
{
  axis->bottom = y;
  return y + LSC_BARS_TICKS_PX * self->scale;
}

static double
place_times (LscBarsLayout *self, double y)
{
  double s = self->scale;
  guint  n_shown = self->rows->len - self->n_hidden;

  self->caption_y = y + LSC_BARS_CAPTION_PX * s / 2.0;
  self->memory_caption_y = self->caption_y;
  y += LSC_BARS_CAPTION_PX * s;
  self->memory_axis.top = y;
  if (!self->own_axes)
    g_array_index (self->axes, LscBarsAxis, 0).top = y;

  for (guint i = 0; i < self->groups->len; i++)
    {
      LscBarsGroup *group = &g_array_index (self->groups, LscBarsGroup, i);

      group->head_y = group->memory_head_y = -1.0;
      if (group->first >= n_shown)
        continue;
      if (self->groups->len > 1)
        {
          group->head_y = y;
          y += LSC_BARS_GROUP_PX * s;
        }
      if (self->own_axes)
        g_array_index (self->axes, LscBarsAxis, i).top = y;
      for (guint k = group->first; k < MIN (group->first + group->n, n_shown); k++)
        {
          LscBarsRow *row = lsc_bars_layout_row (self, k);

          row->y = y;
          row->height = row_height (self, row);
          y += row->height;
        }
      if (self->own_axes)
        y = end_axis (self, &g_array_index (self->axes, LscBarsAxis, i), y);
    }
  if (!self->memory_below)
    self->memory_axis.bottom = y - (self->own_axes ? LSC_BARS_TICKS_PX * s : 0.0);
  if (!self->own_axes)
    y = end_axis (self, &g_array_index (self->axes, LscBarsAxis, 0), y);

  self->more_y = -1.0;
  if (self->n_hidden > 0)
    {
      self->more_y = y + LSC_BARS_MORE_PX * s / 2.0;
      y += LSC_BARS_MORE_PX * s;
    }

  return y;
}

static double
place_memory_below (LscBarsLayout *self, double y)
{
  double s = self->scale;
  double height = MIN (LSC_BARS_MEMORY_PX, self->density->row) * s;

  y += LSC_BARS_SECTION_PX * s;
  self->memory_caption_y = y + LSC_BARS_CAPTION_PX * s / 2.0;
  y += LSC_BARS_CAPTION_PX * s;
  self->memory_axis.top = y;
  for (guint i = 0; i < self->rows->len - self->n_hidden; i++)
    {
      LscBarsRow   *row = lsc_bars_layout_row (self, i);
      LscBarsGroup *group = &g_array_index (self->groups, LscBarsGroup, row->group);

      if (self->groups->len > 1 && i == group->first)
        {
          group->memory_head_y = y;
          y += LSC_BARS_MEMORY_PX * s;
        }
      row->memory_y = y;
      row->memory_height = height;
      y += height;
    }

  return end_axis (self, &self->memory_axis, y);
}

double
lsc_bars_layout_place_down (LscBarsLayout *self)
{
  double s = self->scale;
  double y;

  for (guint i = 0; i < self->rows->len; i++)
    {
      LscBarsRow *row = lsc_bars_layout_row (self, i);

      row->height = 0.0;
      row->memory_height = 0.0;
    }

  self->title_height = place_title (self);
  y = place_times (self, self->title_height);
  if (self->memory_below)
    y = place_memory_below (self, y);
  for (guint kind = 0; kind < LSC_N_CHART_KINDS; kind++)
    self->charts[kind].is_shown = FALSE;
  if (self->with_charts)
    y = lsc_bars_layout_place_charts (self, y + LSC_BARS_SECTION_PX * s);

  self->legend_y = -1.0;
  if (self->with_legend)
    {
      self->legend_y = y + LSC_BARS_GAP_PX * s;
      y = self->legend_y + lsc_bars_layout_legend_height (self);
    }
  self->height = ceil (y + LSC_BARS_GAP_PX * s);

  return self->height;
}

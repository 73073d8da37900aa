/* lsc-layout-rows.c: the rows of a timeline and their heights.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread. Rows get lower as lanes become many; a picture of a given height
 * takes the first density that fits and, past the last one, leaves lanes out and
 * says how many.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-curves-private.h"

/* A state's height is its share of the time: below ten pixels that can't be read. The last one,
 * without states, is for pictures only. */
static const LscDensity densities[] = {
  { 48, 16.0, 4.0, 5.0, 1.0, 10.0, 2.0 },      { 96, 13.0, 2.0, 4.0, 1.0, 10.0, 1.0 },
  { 256, 8.0, 1.0, 2.0, 1.0, 10.0, 1.0 },      { G_MAXUINT, 5.0, 0.5, 0.0, 0.0, 10.0, 0.0 },
  { G_MAXUINT, 5.0, 0.5, 0.0, 0.0, 0.0, 0.0 },
};

#define MAX_NESTED 3 /* depths below a task that are drawn */

#define BAND_HEIGHT_PX    24.0
#define PROCESS_HEIGHT_PX 22.0
#define MORE_HEIGHT_PX    20.0
#define CURVES_HEIGHT_PX  32.0
#define STRIP_GAP_PX      8.0 /* below a strip's last row */
#define NAME_PITCH_PX     14.0
/* ---- heights ---------------------------------------------------------------- */

static double
lane_height (const LscDensity *density, const LscLayoutLane *lane)
{
  guint  nested = lane->n_depths > 1 ? MIN (lane->n_depths - 1, MAX_NESTED) : 0;
  double height = density->block + 2.0 * density->pad;

  if (lane->is_bare && density->state > 0.0)
    return MAX (density->state + 2.0 * density->pad, density->block);
  height += nested * (density->depth + density->depth_gap);
  if (lane->has_states)
    height += density->state + density->state_gap;

  return height;
}

static double
row_height (const LscDensity *density, const LscLayoutLane *lane)
{
  if (lane->kind == LSC_ROW_CURVES)
    return CURVES_HEIGHT_PX;
  return lane->kind == LSC_ROW_LANE ? lane_height (density, lane) : PROCESS_HEIGHT_PX;
}

static double
strip_height (const LscLayoutStrip *strip)
{
  return LSC_STRIP_HEIGHT_PX + (strip->has_samples ? LSC_SAMPLES_PX : 0.0);
}

static double
strip_head_height (const LscLayoutStrip *strip)
{
  return strip_height (strip) + (strip->has_band ? BAND_HEIGHT_PX : 0.0) + STRIP_GAP_PX;
}

static double
total_height (const LscDensity *density, GArray *strips, GArray *lanes)
{
  double height = 0.0;

  for (guint i = 0; i < strips->len; i++)
    height += strip_head_height (&g_array_index (strips, LscLayoutStrip, i));
  for (guint i = 0; i < lanes->len; i++)
    height += row_height (density, &g_array_index (lanes, LscLayoutLane, i));

  return height;
}

/* With all lanes left out. */
static double
heads_height (GArray *strips)
{
  double height = 0.0;

  for (guint i = 0; i < strips->len; i++)
    height += strip_head_height (&g_array_index (strips, LscLayoutStrip, i)) + MORE_HEIGHT_PX;

  return height;
}

/* ---- the rows ---------------------------------------------------------------- */

static double
add_row (LscTimelineLayout   *self,
         LscRowKind           kind,
         guint                strip,
         double               y,
         double               height,
         const LscLayoutLane *lane)
{
  LscLayoutRow row = {
    .row = { .kind = kind, .strip = strip, .y = y, .height = height },
    .has_name = TRUE,
  };

  if (lane != NULL)
    {
      row.row.lane = lane->lane;
      row.life = lane->life;
      row.with_pid = lane->with_pid;
      row.row.n_more = lane->n_more;
      row.row.can_fold = lane->can_fold;
      row.row.is_folded = lane->is_folded;
      row.row.is_bare = lane->is_bare && self->density->state > 0.0;
    }
  g_array_append_val (self->rows, row);

  return y + height;
}

static double
place_strip (LscTimelineLayout    *self,
             guint                 index,
             const LscLayoutStrip *strip,
             GArray               *lanes,
             guint                 n_shown,
             double                y)
{
  double s = self->scale;
  double named_to = -1e9;
  guint  n_more = 0;

  y = add_row (self, LSC_ROW_STRIP, index, y, strip_height (strip) * s, NULL);
  if (strip->has_band)
    y = add_row (self, LSC_ROW_BAND, index, y, BAND_HEIGHT_PX * s, NULL);

  for (guint i = 0; i < strip->n; i++)
    {
      const LscLayoutLane *lane = &g_array_index (lanes, LscLayoutLane, strip->first + i);
      LscLayoutRow        *row;

      if (i >= n_shown)
        {
          n_more += lane->kind == LSC_ROW_LANE ? 1 : lane->is_folded ? lane->n_more : 0;
          continue;
        }
      y = add_row (self, lane->kind, index, y, row_height (self->density, lane) * s, lane);
      row = &g_array_index (self->rows, LscLayoutRow, self->rows->len - 1);
      /* Where rows are lower than text, names stand as close as they can. */
      row->has_name = row->row.height >= NAME_PITCH_PX * s || row->row.y >= named_to;
      if (row->has_name)
        named_to = row->row.y + NAME_PITCH_PX * s;
    }

  if (n_more > 0)
    {
      y = add_row (self, LSC_ROW_MORE, index, y, MORE_HEIGHT_PX * s, NULL);
      g_array_index (self->rows, LscLayoutRow, self->rows->len - 1).row.n_more = n_more;
    }

  return y + STRIP_GAP_PX * s;
}

/* How many rows of each strip fit into `height`: an equal share for each, and
 * what one does not need goes to the others. */
static void
share_height (LscTimelineLayout *self, GArray *strips, GArray *lanes, double height, guint *n_shown)
{
  double pitch = lane_height (self->density, &(LscLayoutLane){ 0 });
  double left = height;
  guint  n_open = strips->len;

  for (guint i = 0; i < strips->len; i++)
    {
      left -= strip_head_height (&g_array_index (strips, LscLayoutStrip, i)) + MORE_HEIGHT_PX;
      n_shown[i] = 0;
    }

  while (n_open > 0 && left >= pitch)
    {
      guint share = MAX ((guint)(left / pitch) / n_open, 1);

      n_open = 0;
      for (guint i = 0; i < strips->len && left >= pitch; i++)
        {
          const LscLayoutStrip *strip = &g_array_index (strips, LscLayoutStrip, i);
          guint                 n = MIN (MIN (share, strip->n - n_shown[i]), (guint)(left / pitch));

          for (guint k = 0; k < n; k++)
            left -= row_height (self->density, &g_array_index (lanes, LscLayoutLane,
                                                               strip->first + n_shown[i] + k));
          n_shown[i] += n;
          n_open += n_shown[i] < strip->n;
        }
    }
}

/* Lanes are worth more. */
static void
drop_curves (LscTimelineLayout *self, GArray *strips, GArray *lanes)
{
  lsc_layout_drop_curves (strips, lanes);
  self->features &= ~LSC_FEATURES_OF_CURVES;
}

void
lsc_layout_place_rows (LscTimelineLayout *self, GArray *strips, GArray *lanes, double room)
{
  g_autofree guint *n_shown = g_new (guint, strips->len + 1);
  guint             n_lanes = lanes->len;
  guint             chosen = 0;
  double            y = 0.0;

  while (n_lanes > densities[chosen].max_lanes)
    chosen++;
  if (room > 0.0)
    while (chosen + 1 < G_N_ELEMENTS (densities) &&
           total_height (&densities[chosen], strips, lanes) > room)
      chosen++;
  self->density = &densities[chosen];

  if (room > 0.0 && heads_height (strips) > room)
    for (guint i = 0; i < strips->len; i++)
      {
        g_array_index (strips, LscLayoutStrip, i).has_band = FALSE;
        g_array_index (strips, LscLayoutStrip, i).has_samples = FALSE;
      }
  if (room > 0.0 && total_height (self->density, strips, lanes) > room)
    drop_curves (self, strips, lanes);
  if (room > 0.0 && total_height (self->density, strips, lanes) > room)
    share_height (self, strips, lanes, room, n_shown);
  else
    for (guint i = 0; i < strips->len; i++)
      n_shown[i] = g_array_index (strips, LscLayoutStrip, i).n;

  for (guint i = 0; i < strips->len; i++)
    y = place_strip (self, i, &g_array_index (strips, LscLayoutStrip, i), lanes, n_shown[i], y);
  self->rows_height = y;
}

/* ---- inside a row --- */

void
lsc_timeline_layout_get_span_box (LscTimelineLayout *self,
                                  const LscRow      *row,
                                  guint              depth,
                                  double            *y,
                                  double            *height)
{
  const LscDensity *density;

  g_return_if_fail (LSC_IS_TIMELINE_LAYOUT (self));
  g_return_if_fail (row != NULL && y != NULL && height != NULL);

  density = self->density;
  if (row->is_bare)
    {
      lsc_timeline_layout_get_state_box (self, row, y, height);
      if (depth > 0)
        *height = 0.0;
      return;
    }
  *y = density->pad * self->scale;
  *height = density->block * self->scale;
  if (depth == 0)
    return;

  *y +=
      (density->block + density->depth_gap + (depth - 1) * (density->depth + density->depth_gap)) *
      self->scale;
  *height = depth <= MAX_NESTED ? density->depth * self->scale : 0.0;
}

void
lsc_timeline_layout_get_state_box (LscTimelineLayout *self,
                                   const LscRow      *row,
                                   double            *y,
                                   double            *height)
{
  *height = self->density->state * self->scale;
  *y = row->is_bare ? (row->height - *height) / 2.0
                    : row->height - self->density->pad * self->scale - *height;
}

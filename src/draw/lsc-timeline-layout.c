/* lsc-timeline-layout.c: where everything on a timeline is, as numbers.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread. Keeps a reference to the scene, since rows point at its
 * recordings' lanes. lsc-layout-rows.c places them.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-timeline-layout.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "lsc-curves-private.h"
#include "lsc-strip-figures-private.h"

#define RIGHT_PAD_PX      20.0
#define MIN_GUTTER_PX     132.0
#define MAX_GUTTER_PX     250.0
#define MAX_NAMES_TO_SIZE 500

G_DEFINE_FINAL_TYPE (LscTimelineLayout, lsc_timeline_layout, G_TYPE_OBJECT)

static void
lsc_timeline_layout_finalize (GObject *object)
{
  LscTimelineLayout *self = LSC_TIMELINE_LAYOUT (object);

  g_clear_object (&self->scene);
  g_array_unref (self->rows);
  lsc_layout_steps_clear (&self->steps);

  G_OBJECT_CLASS (lsc_timeline_layout_parent_class)->finalize (object);
}

static void
lsc_timeline_layout_class_init (LscTimelineLayoutClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_timeline_layout_finalize;
}

static void
lsc_timeline_layout_init (LscTimelineLayout *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (LscLayoutRow));
  self->scale = 1.0;
}

double
lsc_layout_text_width (const char *text, double font_px)
{
  double em = 0.0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    em += g_unichar_iswide (g_utf8_get_char (p)) ? 1.0 : 0.6;

  return em * font_px;
}

/* ---- what the scene has -------------------------------------------------------- */

static void
collect_lanes (LscTimelineLayout *self, GArray *strips, GArray *lanes)
{
  for (guint i = 0; i < lsc_scene_get_n_strips (self->scene); i++)
    {
      LscStrip      *strip = lsc_scene_get_strip (self->scene, i);
      LscLayoutStrip of = { .first = lanes->len };

      lsc_recording_begin_read (strip->recording);
      if (!strip->collapsed)
        {
          lsc_layout_collect_lanes (strip, lsc_scene_get_shows_curves (self->scene), lanes,
                                    &of.n_lane_rows, &self->features);
          lsc_layout_collect_steps (strip, &self->steps);
        }
      lsc_layout_collect_features (self, strip);
      lsc_recording_end_read (strip->recording);

      of.n = lanes->len - of.first;
      /* One lane says by itself when it is at work. */
      of.has_band =
          !strip->collapsed && (of.n_lane_rows > 1 || (strip->live && strip->n_workers > 1));
      if (of.has_band)
        self->features |= lsc_recording_get_observation (strip->recording) == LSC_SOURCE_EXACT
                              ? LSC_FEATURE_RUNNING_BAND
                              : LSC_FEATURE_BAND;
      of.has_samples = lsc_strip_is_measured (strip);
      g_array_append_val (strips, of);
    }
}

static double
head_width (const LscStrip *strip)
{
  double           width = lsc_layout_text_width (lsc_strip_get_name (strip), LSC_HEAD_FONT_PX);
  g_autofree char *detail = strip->name != NULL ? lsc_strip_dup_detail (strip) : NULL;

  if (detail != NULL)
    width += 7.0 + lsc_layout_text_width (detail, LSC_SMALL_FONT_PX);
  /* The same for any number of them. */
  else if (strip->name == NULL && lsc_executor_kind_has_workers (strip->executor))
    width += lsc_layout_text_width ("  88 workers", LSC_SMALL_FONT_PX);
  if (strip->measured != NULL)
    width = MAX (width, lsc_layout_text_width (_ ("watched once: %s"), LSC_SMALL_FONT_PX) +
                            lsc_layout_text_width ("3.31 s", LSC_SMALL_FONT_PX));

  return width;
}

static void
place_plot (LscTimelineLayout *self, GArray *lanes)
{
  double s = self->scale;
  double longest = 0.0;
  double gutter;

  for (guint i = 0; i < lsc_scene_get_n_strips (self->scene); i++)
    longest = MAX (longest, head_width (lsc_scene_get_strip (self->scene, i)));
  for (guint i = 0; i < MIN (lanes->len, MAX_NAMES_TO_SIZE); i++)
    {
      const LscLayoutLane *lane = &g_array_index (lanes, LscLayoutLane, i);
      g_autofree char     *name = NULL;
      double               width;

      if (lane->kind == LSC_ROW_CURVES)
        longest = MAX (longest, lsc_layout_text_width (LSC_LONGEST_CURVE_LABEL, LSC_SMALL_FONT_PX));
      if (lane->lane == NULL || lane->kind == LSC_ROW_CURVES)
        continue;
      name = lsc_lane_dup_label (lane->lane);
      width = lsc_layout_text_width (name, LSC_NAME_FONT_PX);
      if (lane->with_pid || lsc_layout_is_seen_thread (lane->lane))
        width += lsc_layout_text_width (" (1234567)", LSC_NAME_FONT_PX);
      longest = MAX (longest, width);
    }

  gutter = CLAMP (LSC_NAME_X_PX + longest + LSC_PAD_PX, MIN_GUTTER_PX, MAX_GUTTER_PX) * s;
  gutter = MIN (gutter, self->request.width_px * 0.35);
  self->plot_x = floor (gutter);
  self->plot_width = MAX (floor (self->request.width_px - self->plot_x - RIGHT_PAD_PX * s), 1.0);
}

static void
place_top (LscTimelineLayout *self)
{
  const char *subtitle = lsc_scene_get_subtitle (self->scene);
  double      width = self->request.width_px - 2.0 * LSC_PAD_PX * self->scale;

  if (!self->request.with_title)
    return;

  self->title_height = LSC_PAD_PX;
  if (lsc_scene_get_title (self->scene) != NULL)
    self->title_height += LSC_TITLE_LINE_PX;
  if (subtitle != NULL)
    {
      double lines = ceil (lsc_layout_text_width (subtitle, LSC_SUBTITLE_FONT_PX * self->scale) /
                           MAX (width, 1.0));

      self->title_height += CLAMP (lines, 1.0, 3.0) * LSC_SUBTITLE_LINE_PX;
    }
  self->title_height = ceil ((self->title_height + 4.0) * self->scale);
}

static void
place_legend (LscTimelineLayout *self)
{
  g_autoptr (GArray) items = NULL;
  double s = self->scale;
  double width = self->request.width_px - 2.0 * LSC_PAD_PX * s;
  double x = 0.0;
  guint  lines = 1;

  if (!self->request.with_legend || self->features == 0)
    return;

  items = lsc_timeline_layout_list_legend (self);
  for (guint i = 0; i < items->len; i++)
    {
      const char *label = g_array_index (items, LscLegendItem, i).label;
      double      item =
          (LSC_LEGEND_SWATCH_PX + 8.0 + lsc_layout_text_width (label, LSC_NAME_FONT_PX)) * s;

      if (x > 0.0 && x + item > width)
        {
          lines++;
          x = 0.0;
        }
      x += item + LSC_LEGEND_GAP_PX * s;
    }
  self->bottom_height = ceil ((lines * LSC_LEGEND_LINE_PX + LSC_PAD_PX) * s);
}

LscTimelineLayout *
lsc_timeline_layout_new (LscScene *scene, const LscLayoutRequest *request)
{
  g_autoptr (GArray) strips = g_array_new (FALSE, TRUE, sizeof (LscLayoutStrip));
  g_autoptr (GArray) lanes = g_array_new (FALSE, TRUE, sizeof (LscLayoutLane));
  LscTimelineLayout *self;
  double             room = 0.0;

  g_return_val_if_fail (LSC_IS_SCENE (scene), NULL);
  g_return_val_if_fail (request != NULL, NULL);

  self = g_object_new (LSC_TYPE_TIMELINE_LAYOUT, NULL);
  self->scene = g_object_ref (scene);
  self->request = *request;
  self->scale = request->text_scale > 0.0 ? request->text_scale : 1.0;
  self->request.text_scale = self->scale;

  self->plot_width = request->width_px * 0.75; /* about, for what needs it before it is known */
  collect_lanes (self, strips, lanes);
  place_plot (self, lanes);
  place_top (self);
  place_legend (self);
  if (request->height_px > 0.0)
    room = MAX (
        (request->height_px - lsc_timeline_layout_get_top_height (self) - self->bottom_height) /
            self->scale,
        1.0);
  lsc_layout_place_rows (self, strips, lanes, room);

  return self;
}

gboolean
lsc_timeline_layout_toggle_row (LscTimelineLayout *self, const LscRow *row)
{
  LscStrip *strip;

  g_return_val_if_fail (LSC_IS_TIMELINE_LAYOUT (self), FALSE);
  g_return_val_if_fail (row != NULL, FALSE);

  strip = lsc_scene_get_strip (self->scene, row->strip);
  if (row->kind == LSC_ROW_STRIP)
    strip->collapsed = !strip->collapsed;
  else if (!row->can_fold)
    return FALSE;
  else if (row->kind == LSC_ROW_REST)
    strip->shows_rest = row->is_folded;
  else if (row->kind == LSC_ROW_CORES)
    strip->shows_cores = row->is_folded;
  else
    lsc_scene_toggle_process (self->scene, row->strip, row->lane);
  return TRUE;
}

/* ---- what others ask --------------------------------------------------------- */

guint
lsc_timeline_layout_get_n_rows (LscTimelineLayout *self)
{
  g_return_val_if_fail (LSC_IS_TIMELINE_LAYOUT (self), 0);

  return self->rows->len;
}

const LscRow *
lsc_timeline_layout_get_row (LscTimelineLayout *self, guint index)
{
  g_return_val_if_fail (LSC_IS_TIMELINE_LAYOUT (self), NULL);
  g_return_val_if_fail (index < self->rows->len, NULL);

  return &g_array_index (self->rows, LscLayoutRow, index).row;
}

LscLane *
lsc_timeline_layout_get_life_lane (LscTimelineLayout *self, guint row)
{
  return g_array_index (self->rows, LscLayoutRow, row).life;
}

gboolean
lsc_timeline_layout_row_has_name (LscTimelineLayout *self, guint row)
{
  return g_array_index (self->rows, LscLayoutRow, row).has_name;
}

const LscRow *
lsc_timeline_layout_find_row (LscTimelineLayout *self, double y, guint *index)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (LSC_IS_TIMELINE_LAYOUT (self), NULL);

  high = self->rows->len;
  while (low < high)
    {
      guint         middle = low + (high - low) / 2;
      const LscRow *row = &g_array_index (self->rows, LscLayoutRow, middle).row;

      if (y < row->y)
        high = middle;
      else if (y >= row->y + row->height)
        low = middle + 1;
      else
        {
          if (index != NULL)
            *index = middle;
          return row;
        }
    }

  return NULL;
}

double
lsc_timeline_layout_get_rows_height (LscTimelineLayout *self)
{
  g_return_val_if_fail (LSC_IS_TIMELINE_LAYOUT (self), 0.0);

  return self->rows_height;
}

void
lsc_timeline_layout_get_plot (LscTimelineLayout *self, double *x, double *width)
{
  g_return_if_fail (LSC_IS_TIMELINE_LAYOUT (self));

  if (x != NULL)
    *x = self->plot_x;
  if (width != NULL)
    *width = self->plot_width;
}

double
lsc_timeline_layout_get_title_height (LscTimelineLayout *self)
{
  return self->title_height;
}

double
lsc_timeline_layout_get_top_height (LscTimelineLayout *self)
{
  g_return_val_if_fail (LSC_IS_TIMELINE_LAYOUT (self), 0.0);

  return self->title_height + LSC_RULER_HEIGHT_PX * self->scale;
}

double
lsc_timeline_layout_get_bottom_height (LscTimelineLayout *self)
{
  g_return_val_if_fail (LSC_IS_TIMELINE_LAYOUT (self), 0.0);

  return self->bottom_height;
}

double
lsc_timeline_layout_get_full_height (LscTimelineLayout *self)
{
  return lsc_timeline_layout_get_top_height (self) + self->rows_height +
         lsc_timeline_layout_get_bottom_height (self);
}

LscFeatures
lsc_timeline_layout_get_features (LscTimelineLayout *self)
{
  return self->features;
}

const LscLayoutRequest *
lsc_timeline_layout_get_request (LscTimelineLayout *self)
{
  g_return_val_if_fail (LSC_IS_TIMELINE_LAYOUT (self), NULL);

  return &self->request;
}

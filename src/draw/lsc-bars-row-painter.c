/* lsc-bars-row-painter.c: one cell: its name, its bar, its samples, its verdict.
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

#include "lsc-bars-painter-private.h"

#define CROSS_PX      7.0
#define CROSS_ROOM_PX 14.0

/* Where the parts of a row are, px. */
typedef struct
{
  double bar_y;
  double bar_middle;
  double bar_height;
  double label_middle;
  double right; /* edge of what may be drawn */
} RowPlace;

static RowPlace
place_of (const LscBarsFrame *frame, const LscBarsRow *row)
{
  const LscFrame       *base = &frame->base;
  const LscBarsDensity *density = frame->layout->density;
  double                s = base->scale;
  double                above = lsc_bars_layout_get_above (frame->layout);
  RowPlace              place = {
                 .bar_y = lsc_frame_snap (base, row->y + above + density->bar_y * s),
                 .bar_height = lsc_frame_snap (base, density->bar * s),
                 .right = frame->layout->plot_x + frame->layout->plot_width,
  };

  place.bar_middle = place.bar_y + place.bar_height / 2.0;
  place.label_middle = above > 0.0 ? row->y + LSC_BARS_LABEL_PX * s * 0.65 : place.bar_middle;
  return place;
}

/* ---- names ---------------------------------------------------------------------------------- */

static void
paint_label (LscBarsFrame *frame, const LscBarsRow *row, const RowPlace *place)
{
  LscFrame             *base = &frame->base;
  const LscBarsDensity *density = frame->layout->density;
  double                s = base->scale;
  double                right = frame->layout->plot_x - LSC_BARS_GAP_PX * s;
  double                room = right - LSC_BARS_PAD_PX * s / 2.0;
  const LscText        *text;

  if (frame->layout->label_above)
    {
      lsc_bars_paint_label (frame, row, frame->layout->plot_x, NAN, place->label_middle);
      return;
    }
  if (density->two_lines <= 0.0)
    {
      lsc_bars_paint_label (frame, row, NAN, right, place->label_middle);
      return;
    }

  text = lsc_text_cache_fit_middle (base->texts, LSC_TEXT_NAME, row->name, room);
  if (text != NULL)
    lsc_frame_text (base, text, &base->theme->text, right - text->width, place->label_middle);
  if (row->detail == NULL)
    return;
  text = lsc_text_cache_fit_end (base->texts, LSC_TEXT_SMALL, row->detail, room);
  if (text != NULL)
    lsc_frame_text (base, text, &base->theme->dim_text, right - text->width,
                    row->y + density->two_lines * s);
}

/* ---- words behind --------------------------------------------------------------------------- */

/* In the text's line from `x` on, up to the place's right edge; FALSE: there is none. */
static gboolean
paint_words (LscBarsFrame   *frame,
             LscTextRole     role,
             const char     *words,
             const LscColor *color,
             double          right,
             double          y_middle,
             double         *x)
{
  const LscText *text;

  if (words == NULL)
    return TRUE;
  text = lsc_text_cache_fit_end (frame->base.texts, role, words, right - *x);
  if (text == NULL)
    return FALSE;
  *x = lsc_bars_frame_text (frame, text, color, *x, y_middle) + LSC_BARS_GAP_PX * frame->base.scale;

  return TRUE;
}

/* Returns where it ends. */
static double
paint_verdict (LscBarsFrame     *frame,
               const LscBarsRow *row,
               const RowPlace   *place,
               double            x,
               double            y_middle)
{
  LscFrame       *base = &frame->base;
  const LscTheme *theme = base->theme;
  double          s = base->scale;
  LscTextRole     role = row->figures.is_sure ? LSC_TEXT_BAR : LSC_TEXT_NAME;
  const LscColor *color = row->has_failed        ? &theme->failed
                          : row->figures.is_sure ? &theme->text
                                                 : &theme->dim_text;

  if (row->has_failed)
    {
      cairo_set_line_width (base->cr, 1.8 * s);
      lsc_frame_set_color (base, color, 1.0);
      lsc_frame_cross (base, x + CROSS_PX * s / 2.0, y_middle, CROSS_PX * s);
      cairo_stroke (base->cr);
      x += CROSS_ROOM_PX * s;
    }
  paint_words (frame, role, row->verdict, color, place->right, y_middle, &x);
  paint_words (frame, LSC_TEXT_SMALL, row->count, &theme->dim_text, place->right, y_middle, &x);
  return x;
}

/* How wide the words are, to put them at the right. */
static double
verdict_width (LscBarsFrame *frame, const LscBarsRow *row)
{
  LscTextCache *texts = frame->base.texts;
  double        gap = LSC_BARS_GAP_PX * frame->base.scale;
  double        width = row->has_failed ? CROSS_ROOM_PX * frame->base.scale : 0.0;

  if (row->verdict != NULL)
    width += lsc_text_cache_get (texts, row->figures.is_sure ? LSC_TEXT_BAR : LSC_TEXT_NAME,
                                 row->verdict)
                 ->width;
  if (row->count != NULL)
    width += gap + lsc_text_cache_get (texts, LSC_TEXT_SMALL, row->count)->width;

  return width;
}

/* Returns where the bar's own line ends. */
static double
paint_behind (LscBarsFrame *frame, const LscBarsRow *row, const RowPlace *place, double x)
{
  const LscBarsLayout *layout = frame->layout;
  double               s = frame->base.scale;

  if (!layout->label_above)
    return paint_verdict (frame, row, place, x, place->bar_middle);
  if (layout->verdict_below)
    paint_verdict (frame, row, place, layout->plot_x, place->label_middle + LSC_BARS_LINE_PX * s);
  else
    paint_verdict (frame, row, place, place->right - verdict_width (frame, row),
                   place->label_middle);
  return x;
}

/* ---- the bar -------------------------------------------------------------------------------- */

/* On the bar where it fits, else behind it. Returns where the next text may begin. */
static double
paint_figure (LscBarsFrame       *frame,
              const LscBarsRow   *row,
              const RowPlace     *place,
              const LscTimingBar *bar)
{
  LscFrame      *base = &frame->base;
  double         s = base->scale;
  double         pad = LSC_BARS_FIGURE_PX * s;
  LscTextRole    role = frame->layout->density->bar < 14.0 ? LSC_TEXT_SMALL : LSC_TEXT_BAR;
  const LscText *text = lsc_text_cache_get (base->texts, role, row->figure);
  double         end = lsc_timing_bar_x (bar, row->figures.median_ns);
  double         inside = end;
  double         from = bar->origin_x;
  double         behind = lsc_timing_bar_get_right (bar) + LSC_BARS_GAP_PX * s;

  inside = fmin (inside, lsc_timing_bar_x (bar, row->figures.low_ns));
  inside = fmin (inside, lsc_timing_bar_x (bar, row->figures.lower_quartile_ns));
  /* The edge of the start-up is not to run through it. */
  if (isfinite (row->start_up_ns) &&
      lsc_timing_bar_x (bar, row->start_up_ns) < from + 2.0 * pad + text->width &&
      lsc_timing_bar_x (bar, row->start_up_ns) + text->width + 2.0 * pad <= inside)
    from = lsc_timing_bar_x (bar, row->start_up_ns);
  if (text->width + 2.0 * pad <= inside - from)
    {
      /* The hatching is not to run through it. */
      if (!row->figures.is_known)
        lsc_paint_unknown_ground (base, row->executor, from + pad / 2.0, bar->y + 2.0 * s,
                                  text->width + pad, bar->height - 4.0 * s);
      lsc_frame_text (base, text, &base->theme->text, from + pad, place->bar_middle);
      return behind;
    }
  if (behind + text->width > place->right)
    return behind;

  return lsc_bars_frame_text (frame, text, &base->theme->text, behind, place->bar_middle) +
         LSC_BARS_GAP_PX * s;
}

/* "→ 2 beyond, up to 9.31 s" behind the samples; before them where the bar leaves no place. Where
 * the samples are so near to the bar that words would touch its own, behind these, at `behind`. */
static void
paint_beyond (LscBarsFrame       *frame,
              const LscBarsRow   *row,
              const RowPlace     *place,
              const LscTimingBar *bar,
              guint               n_beyond,
              double              behind)
{
  LscFrame        *base = &frame->base;
  double           gap = LSC_BARS_GAP_PX * base->scale;
  double           middle = bar->dots_y + bar->dots_height / 2.0;
  double           most = 0.0;
  double           x;
  double           shown = row->figures.median_ns;
  g_autofree char *time = NULL;
  g_autofree char *words = NULL;
  const LscText   *text;

  for (guint i = 0; i < row->figures.n_walls; i++)
    {
      most = fmax (most, row->figures.walls_ns[i]);
      if (row->figures.walls_ns[i] <= bar->reach_ns)
        shown = fmax (shown, row->figures.walls_ns[i]);
    }
  x = lsc_timing_bar_x (bar, shown) + gap;
  time = lsc_bars_format_time (most);
  /* Translators: beside the dots of a bar: so many lie so far to the right that they are not drawn;
   * the arrow points to them. */
  words = g_strdup_printf (ngettext ("→ %u beyond: %s", "→ %u beyond, up to %s", n_beyond),
                           n_beyond, time);
  if (middle - place->bar_middle < LSC_BARS_LINE_PX * 0.75 * base->scale)
    {
      paint_words (frame, LSC_TEXT_SMALL, words, &base->theme->dim_text, place->right,
                   place->bar_middle, &behind);
      return;
    }
  text = lsc_text_cache_get (base->texts, LSC_TEXT_SMALL, words);
  if (x + text->width > place->right)
    x = lsc_timing_bar_x (bar, row->figures.min_ns) - gap - text->width;
  if (x >= bar->origin_x)
    lsc_bars_frame_text (frame, text, &base->theme->dim_text, x, middle);
}

void
lsc_paint_bars_row (LscBarsFrame *frame, const LscBarsRow *row)
{
  const LscBarsLayout  *layout = frame->layout;
  const LscBarsDensity *density = layout->density;
  const LscBarsAxis    *axis = &g_array_index (layout->axes, LscBarsAxis, row->axis);
  LscFrame             *base = &frame->base;
  double                s = base->scale;
  RowPlace              place = place_of (frame, row);
  guint                 n_beyond = 0;
  double                x = layout->plot_x + LSC_BARS_FIGURE_PX * s;
  LscTimingBar          bar = {
             .figures = &row->figures,
             .executor = row->executor,
             .start_up_ns = row->start_up_ns,
             .origin_x = layout->plot_x,
             .min_x = 0.0,
             .max_x = base->width,
             .px_per_ns = axis->px_per_unit,
             .reach_ns = fmax (axis->end, lsc_strip_figures_get_reach_ns (&row->figures)),
             .y = place.bar_y,
             .height = place.bar_height,
             .dots_y = place.bar_y + (density->dots_y - density->bar_y) * s,
             .dots_height = density->dots * s,
  };

  paint_label (frame, row, &place);
  if (lsc_strip_figures_has_bar (&row->figures))
    {
      lsc_paint_timing_bar (base, &bar);
      lsc_paint_samples (base, &bar, &n_beyond);
      x = paint_figure (frame, row, &place, &bar);
    }
  x = paint_behind (frame, row, &place, x);
  if (n_beyond > 0)
    paint_beyond (frame, row, &place, &bar, n_beyond, x);
}

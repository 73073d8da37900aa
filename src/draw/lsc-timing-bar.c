/* lsc-timing-bar.c: one timing bar: median from zero, quartiles, interval, samples.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame. The same on the timeline and in the picture of a
 * profile.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-timing-bar-private.h"

#include <math.h>

#define RADIUS_PX     3.0
#define EDGE_PX       2.5 /* the median's */
#define TICK_PX       1.5
#define CAP           0.5  /* of the bar's height */
#define QUARTILES     0.40 /* how much of the executor's colour their stretch has */
#define SAMPLE_ALPHA  0.55
#define OUTLIER_ALPHA 0.9
/* Neighbours in time lie far from each other in height, and the same sample always at the same. */
#define GOLDEN_SHARE 0.6180339887498949

double
lsc_timing_bar_get_right (const LscTimingBar *bar)
{
  double right = bar->figures->median_ns;

  right = fmax (right, bar->figures->high_ns);
  right = fmax (right, bar->figures->upper_quartile_ns);

  return lsc_timing_bar_x (bar, right);
}

void
lsc_paint_whisker (LscFrame       *frame,
                   const LscColor *color,
                   double          x0,
                   double          x1,
                   double          y_middle,
                   double          size)
{
  double half = 0.5 / frame->device;
  double s = frame->scale;

  x0 = lsc_frame_snap (frame, x0) + half;
  x1 = lsc_frame_snap (frame, x1) + half;
  y_middle = lsc_frame_snap (frame, y_middle) + half;
  size = floor (size / 2.0);
  cairo_move_to (frame->cr, x0, y_middle);
  cairo_line_to (frame->cr, x1, y_middle);
  cairo_move_to (frame->cr, x0, y_middle - size);
  cairo_line_to (frame->cr, x0, y_middle + size);
  cairo_move_to (frame->cr, x1, y_middle - size);
  cairo_line_to (frame->cr, x1, y_middle + size);
  cairo_set_line_width (frame->cr, 1.5 * s);
  lsc_frame_set_color (frame, color, 1.0);
  cairo_stroke (frame->cr);
}

void
lsc_paint_unknown_ground (LscFrame       *frame,
                          LscExecutorKind executor,
                          double          x,
                          double          y,
                          double          width,
                          double          height)
{
  LscColor ground = lsc_theme_get_unknown_ground (frame->theme, executor);

  cairo_rectangle (frame->cr, x, y, width, height);
  lsc_frame_set_color (frame, &ground, 1.0);
  cairo_fill (frame->cr);
}

void
lsc_paint_unknown (LscFrame       *frame,
                   LscExecutorKind executor,
                   double          x,
                   double          y,
                   double          width,
                   double          height)
{
  LscColor bar = lsc_theme_get_bar (frame->theme, executor);

  cairo_save (frame->cr);
  lsc_paint_unknown_ground (frame, executor, x, y, width, height);
  cairo_rectangle (frame->cr, x, y, width, height);
  cairo_clip (frame->cr);
  lsc_frame_set_color (frame, &bar, 1.0);
  lsc_frame_hatch (frame, x, y, width, height, 6.0 * frame->scale, TRUE);
  cairo_restore (frame->cr);
}

static void
paint_ground (LscFrame *frame, const LscTimingBar *bar, double x0, double x1)
{
  const LscTheme *theme = frame->theme;
  LscColor        ground = lsc_theme_get_bar (theme, bar->executor);

  if (bar->figures->is_known)
    {
      cairo_rectangle (frame->cr, x0, bar->y, x1 - x0, bar->height);
      lsc_frame_set_color (frame, &ground, 1.0);
      cairo_fill (frame->cr);
    }
  else
    lsc_paint_unknown (frame, bar->executor, x0, bar->y, x1 - x0, bar->height);

  if (isfinite (bar->start_up_ns))
    {
      double   end = lsc_frame_snap (frame, lsc_timing_bar_x (bar, bar->start_up_ns));
      LscColor pale = lsc_theme_get_start_up (theme, bar->executor);

      cairo_rectangle (frame->cr, x0, bar->y, MIN (end, x1) - x0, bar->height);
      lsc_frame_set_color (frame, &pale, 1.0);
      cairo_fill (frame->cr);
      cairo_rectangle (frame->cr, MIN (end, x1), bar->y, 1.0 / frame->device, bar->height);
      lsc_frame_set_color (frame, &theme->executors[bar->executor], 1.0);
      cairo_fill (frame->cr);
    }
}

/* A stretch over the bar's end: where the middle half of the samples lies. */
static void
paint_quartiles (LscFrame *frame, const LscTimingBar *bar)
{
  double x0 = lsc_timing_bar_x (bar, bar->figures->lower_quartile_ns);
  double x1 = lsc_timing_bar_x (bar, bar->figures->upper_quartile_ns);

  if (!(x1 - x0 >= 1.0 / frame->device))
    return;

  cairo_rectangle (frame->cr, x0, bar->y, x1 - x0, bar->height);
  lsc_frame_set_color (frame, &frame->theme->executors[bar->executor], QUARTILES);
  cairo_fill (frame->cr);
}

/* An outline that the eye finds on any page, and a strong edge at the median. */
static void
paint_edges (LscFrame *frame, const LscTimingBar *bar, double x0, double x1)
{
  const LscColor *strong = &frame->theme->executors[bar->executor];
  double          unit = 1.0 / frame->device;
  double          edge = lsc_frame_snap (frame, EDGE_PX * frame->scale);

  lsc_frame_set_color (frame, strong, 1.0);
  cairo_rectangle (frame->cr, x0, bar->y, x1 - x0, unit);
  cairo_rectangle (frame->cr, x0, bar->y + bar->height - unit, x1 - x0, unit);
  cairo_rectangle (frame->cr, x0, bar->y, unit, bar->height);
  cairo_rectangle (frame->cr, MAX (x1 - edge, x0), bar->y, MIN (edge, x1 - x0), bar->height);
  cairo_fill (frame->cr);
}

/* Over the lower edge, where no figure is. */
static void
paint_minimum (LscFrame *frame, const LscTimingBar *bar)
{
  double s = frame->scale;
  double width = MAX (lsc_frame_snap (frame, TICK_PX * s), 1.0 / frame->device);
  double x = lsc_frame_snap (frame, lsc_timing_bar_x (bar, bar->figures->min_ns));
  double top = bar->y + bar->height - lsc_frame_snap (frame, 3.0 * s);
  double below = bar->dots_height > 0.0 ? 3.0 : 1.0;

  if (!isfinite (x) || bar->figures->n < 2)
    return;

  cairo_rectangle (frame->cr, x, top, width, bar->y + bar->height - top + below * s);
  lsc_frame_set_color (frame, &frame->theme->text, 1.0);
  cairo_fill (frame->cr);
}

void
lsc_paint_timing_bar (LscFrame *frame, const LscTimingBar *bar)
{
  const LscStripFigures *figures = bar->figures;
  double                 x0 = lsc_frame_snap (frame, lsc_timing_bar_x (bar, 0.0));
  double x1 = MAX (lsc_frame_snap (frame, lsc_timing_bar_x (bar, figures->median_ns)),
                   x0 + 1.0 / frame->device);

  cairo_save (frame->cr);
  lsc_frame_rounded (frame, x0 - RADIUS_PX * frame->scale, bar->y,
                     x1 - x0 + RADIUS_PX * frame->scale, bar->height, 2.0 * frame->scale);
  cairo_clip (frame->cr);
  paint_ground (frame, bar, x0, x1);
  cairo_restore (frame->cr);
  paint_quartiles (frame, bar);
  paint_edges (frame, bar, x0, x1);
  paint_minimum (frame, bar);
  if (isfinite (figures->low_ns) && isfinite (figures->high_ns))
    lsc_paint_whisker (frame, &frame->theme->text, lsc_timing_bar_x (bar, figures->low_ns),
                       lsc_timing_bar_x (bar, figures->high_ns), bar->y + bar->height / 2.0,
                       bar->height * CAP);
}

/* ---- samples -------------------------------------------------------------------------------- */

void
lsc_paint_sample (LscFrame *frame, LscOutlier kind, double x, double y, double radius)
{
  cairo_t *cr = frame->cr;

  cairo_new_path (cr); /* a text leaves its point behind */
  switch (kind)
    {
    case LSC_OUTLIER_MILD:
      cairo_arc (cr, x, y, radius + 0.3 * frame->scale, 0.0, 2.0 * G_PI);
      cairo_set_line_width (cr, frame->scale);
      cairo_stroke (cr);
      break;
    case LSC_OUTLIER_FAR:
      radius += 1.2 * frame->scale;
      cairo_move_to (cr, x - radius, y);
      cairo_line_to (cr, x, y - radius);
      cairo_line_to (cr, x + radius, y);
      cairo_line_to (cr, x, y + radius);
      cairo_close_path (cr);
      cairo_set_line_width (cr, frame->scale);
      cairo_stroke (cr);
      break;
    case LSC_OUTLIER_NONE:
    default:
      cairo_arc (cr, x, y, radius, 0.0, 2.0 * G_PI);
      cairo_fill (cr);
      break;
    }
}

static gboolean
is_outlier (const LscStripFigures *figures, guint index)
{
  return figures->outliers != NULL && figures->outliers[index] != LSC_OUTLIER_NONE;
}

/* One dot as a mask: laying it down costs a tenth of filling a circle. */
static cairo_surface_t *
create_dot (const LscFrame *frame, double radius, double *reach)
{
  int              side = 2 * (int)ceil (radius * frame->device + 1.0);
  cairo_surface_t *dot = cairo_image_surface_create (CAIRO_FORMAT_A8, side, side);
  cairo_t         *cr = cairo_create (dot);

  cairo_arc (cr, side / 2.0, side / 2.0, radius * frame->device, 0.0, 2.0 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_set_device_scale (dot, frame->device, frame->device);
  *reach = side / 2.0 / frame->device;

  return dot;
}

/* Where a sample stands within its stretch; FALSE: it does not. */
static gboolean
place_sample (const LscTimingBar *bar, guint index, double radius, double *x, double *y)
{
  double share = fmod ((index + 1) * GOLDEN_SHARE, 1.0);

  *x = bar->origin_x + bar->figures->walls_ns[index] * bar->px_per_ns;
  *y = bar->dots_y + radius + share * (bar->dots_height - 2.0 * radius);

  /* Not a number is in no place. */
  return *x >= bar->min_x - radius && *x <= bar->max_x + radius;
}

void
lsc_paint_samples (LscFrame *frame, const LscTimingBar *bar, guint *n_beyond)
{
  const LscStripFigures *figures = bar->figures;
  double                 radius = MIN (1.8 * frame->scale, bar->dots_height / 3.0);
  double                 reach = 0.0;
  cairo_surface_t       *dot = NULL;
  guint                  n = 0;
  double                 x;
  double                 y;

  if (n_beyond != NULL)
    *n_beyond = 0;
  if (bar->dots_height <= 0.0 || figures->n_walls == 0)
    return;
  if (frame->in_pixels)
    dot = create_dot (frame, radius, &reach);

  lsc_frame_set_color (frame, &frame->theme->text, SAMPLE_ALPHA);
  cairo_new_path (frame->cr);
  for (guint i = 0; i < figures->n_walls; i++)
    {
      if (figures->walls_ns[i] > bar->reach_ns)
        n++;
      if (!(figures->walls_ns[i] <= bar->reach_ns) || is_outlier (figures, i) ||
          !place_sample (bar, i, radius, &x, &y))
        continue;
      if (dot != NULL)
        {
          cairo_mask_surface (frame->cr, dot, lsc_frame_snap (frame, x - reach),
                              lsc_frame_snap (frame, y - reach));
          continue;
        }
      cairo_new_sub_path (frame->cr);
      cairo_arc (frame->cr, x, y, radius, 0.0, 2.0 * G_PI);
    }
  cairo_fill (frame->cr);
  g_clear_pointer (&dot, cairo_surface_destroy);

  lsc_frame_set_color (frame, &frame->theme->text, OUTLIER_ALPHA);
  for (guint i = 0; i < figures->n_walls; i++)
    if (is_outlier (figures, i) && figures->walls_ns[i] <= bar->reach_ns &&
        place_sample (bar, i, radius, &x, &y))
      lsc_paint_sample (frame, figures->outliers[i], x, y, radius);
  if (n_beyond != NULL)
    *n_beyond = n;
}

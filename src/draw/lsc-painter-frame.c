/* lsc-painter-frame.c: the strokes that the painter's parts share.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread, the painter's, during one frame.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-painter-private.h"

#include <math.h>

/* How far an interval that goes on is drawn past the plot, so that its rounded
 * end and its outline are out of sight. */
#define OVERHANG_PX 6.0

/* Device pixels in a px that are looked at one by one. */
#define MAX_DEVICE 4.0

static double
get_device_scale (cairo_t *cr)
{
  double dx = 1.0;
  double dy = 0.0;
  double surface_x = 1.0;
  double surface_y = 1.0;

  cairo_user_to_device_distance (cr, &dx, &dy);
  cairo_surface_get_device_scale (cairo_get_group_target (cr), &surface_x, &surface_y);

  return CLAMP (fabs (dx) * surface_x, 1.0, MAX_DEVICE);
}

void
lsc_frame_init (LscFrame *frame, cairo_t *cr, const LscTheme *theme, LscTextCache *texts)
{
  frame->cr = cr;
  frame->theme = theme;
  frame->texts = texts;
  frame->scale = 1.0;
  frame->device = get_device_scale (cr);
  frame->in_pixels =
      cairo_surface_get_type (cairo_get_group_target (cr)) == CAIRO_SURFACE_TYPE_IMAGE;
}

double
lsc_frame_snap (const LscFrame *frame, double x)
{
  return floor (x * frame->device + 0.5) / frame->device;
}

gboolean
lsc_frame_interval (const LscFrame *frame, gint64 start_ns, gint64 end_ns, double *x0, double *x1)
{
  double unit = 1.0 / frame->device;

  if (end_ns < frame->view->from_ns || start_ns > frame->view->to_ns)
    return FALSE;

  *x0 = lsc_frame_snap (frame, MAX (lsc_frame_x (frame, start_ns), frame->plot_x - OVERHANG_PX));
  *x1 = lsc_frame_snap (frame, MIN (lsc_frame_x (frame, end_ns), frame->plot_right + OVERHANG_PX));
  if (*x1 < *x0 + unit)
    {
      *x0 = MIN (*x0, frame->plot_right - unit);
      *x1 = *x0 + unit;
    }
  *x1 = MAX (*x1, frame->plot_x + unit);

  return TRUE;
}

void
lsc_frame_touched (const LscFrame *frame, gint64 start_ns, gint64 end_ns, double *x0, double *x1)
{
  double left = MAX (lsc_frame_x (frame, start_ns), frame->plot_x - OVERHANG_PX);
  double right = MIN (lsc_frame_x (frame, end_ns), frame->plot_right + OVERHANG_PX);

  *x0 = floor (left * frame->device) / frame->device;
  *x1 = MAX (ceil (right * frame->device) / frame->device, *x0 + 1.0 / frame->device);
}

void
lsc_frame_set_color (const LscFrame *frame, const LscColor *color, double alpha)
{
  cairo_set_source_rgba (frame->cr, color->red, color->green, color->blue, color->alpha * alpha);
}

void
lsc_frame_rounded (const LscFrame *frame,
                   double          x,
                   double          y,
                   double          width,
                   double          height,
                   double          radius)
{
  cairo_t *cr = frame->cr;

  radius = MIN (radius, MIN (width, height) / 2.0);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0.0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0.0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3.0 * G_PI_2);
  cairo_close_path (cr);
}

void
lsc_frame_block (const LscFrame *frame,
                 double          x,
                 double          y,
                 double          width,
                 double          height,
                 double          radius)
{
  double r = floor (MIN (radius, MIN (width, height) / 2.0) * frame->device);
  double unit = 1.0 / frame->device;
  guint  n = 0;

  if (!frame->in_pixels)
    {
      lsc_frame_rounded (frame, x, y, width, height, radius);
      return;
    }

  /* Rows of pixels at top and bottom are shorter where the circle is. */
  for (double inset;
       n < r &&
       (inset = floor (r - sqrt (r * r - (r - n - 0.5) * (r - n - 0.5)) + 0.5) * unit) > 0.0;
       n++)
    {
      cairo_rectangle (frame->cr, x + inset, y + n * unit, width - 2.0 * inset, unit);
      cairo_rectangle (frame->cr, x + inset, y + height - (n + 1) * unit, width - 2.0 * inset,
                       unit);
    }
  cairo_rectangle (frame->cr, x, y + n * unit, width, height - 2.0 * n * unit);
}

void
lsc_frame_clip_plot (const LscFrame *frame, double y, double height)
{
  cairo_rectangle (frame->cr, frame->plot_x, y, frame->plot_right - frame->plot_x, height);
  cairo_clip (frame->cr);
}

void
lsc_frame_hatch (const LscFrame *frame,
                 double          x,
                 double          y,
                 double          width,
                 double          height,
                 double          pitch,
                 gboolean        rising)
{
  cairo_t *cr = frame->cr;
  double   from = floor ((x - height) / pitch) * pitch;

  for (double at = from; at < x + width; at += pitch)
    {
      cairo_move_to (cr, at, rising ? y + height : y);
      cairo_line_to (cr, at + height, rising ? y : y + height);
    }
  cairo_set_line_width (cr, 1.25 * frame->scale);
  cairo_stroke (cr);
}

/* A square of the hatching, which repeats. */
static cairo_pattern_t *
make_hatch (const LscFrame *frame, const LscColor *color, double alpha, double pitch)
{
  int              size = (int)lround (pitch * frame->device);
  cairo_surface_t *tile = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size, size);
  cairo_pattern_t *pattern;
  cairo_t         *cr;

  cairo_surface_set_device_scale (tile, frame->device, frame->device);
  cr = cairo_create (tile);
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * alpha);
  /* With the corners of those beside it. */
  for (double x = -2.0 * pitch; x <= pitch; x += pitch)
    {
      cairo_move_to (cr, x, 2.0 * pitch);
      cairo_line_to (cr, x + 3.0 * pitch, -pitch);
    }
  cairo_set_line_width (cr, 1.25 * frame->scale);
  cairo_stroke (cr);
  cairo_destroy (cr);

  pattern = cairo_pattern_create_for_surface (tile);
  cairo_surface_destroy (tile);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_REPEAT);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  return pattern;
}

void
lsc_frame_fill_hatched (const LscFrame *frame,
                        const LscColor *color,
                        double          alpha,
                        double          y,
                        double          height,
                        double          pitch)
{
  cairo_matrix_t   matrix;
  cairo_pattern_t *pattern;

  if (!frame->in_pixels)
    {
      cairo_save (frame->cr);
      cairo_clip (frame->cr);
      lsc_frame_set_color (frame, color, alpha);
      lsc_frame_hatch (frame, frame->plot_x, y, frame->plot_right - frame->plot_x, height, pitch,
                       TRUE);
      cairo_restore (frame->cr);
      return;
    }

  pitch = MAX (round (pitch * frame->device), 1.0) / frame->device;
  pattern = make_hatch (frame, color, alpha, pitch);
  cairo_matrix_init_translate (&matrix, 0.0, -(y + height));
  cairo_pattern_set_matrix (pattern, &matrix);
  cairo_set_source (frame->cr, pattern);
  cairo_fill (frame->cr);
  cairo_pattern_destroy (pattern);
}

void
lsc_frame_cross (const LscFrame *frame, double x, double y, double size)
{
  cairo_t *cr = frame->cr;
  double   r = size / 2.0;

  cairo_move_to (cr, x - r, y - r);
  cairo_line_to (cr, x + r, y + r);
  cairo_move_to (cr, x - r, y + r);
  cairo_line_to (cr, x + r, y - r);
}

void
lsc_frame_text (const LscFrame *frame,
                const LscText  *text,
                const LscColor *color,
                double          x,
                double          y_middle)
{
  lsc_frame_set_color (frame, color, 1.0);
  cairo_move_to (frame->cr, x, lsc_frame_snap (frame, y_middle - text->height / 2.0));
  pango_cairo_show_layout (frame->cr, text->layout);
  if (frame->text_boxes != NULL)
    {
      LscTextBox box = { x, y_middle - text->height / 2.0, text->width, text->height,
                         pango_layout_get_text (text->layout) };

      g_array_append_val (frame->text_boxes, box);
    }
}

void
lsc_frame_pill (const LscFrame *frame,
                const char     *text,
                const LscColor *ground,
                const LscColor *color,
                double          x,
                double          y_middle)
{
  const LscText *shaped = lsc_text_cache_get (frame->texts, LSC_TEXT_SMALL, text);
  double         width = shaped->width + 12.0 * frame->scale;
  double         height = shaped->height + 4.0 * frame->scale;
  double         left = lsc_frame_snap (frame, x - width / 2.0);

  left = MAX (MIN (left, frame->width - width - 2.0), frame->plot_x);
  lsc_frame_rounded (frame, left, lsc_frame_snap (frame, y_middle - height / 2.0), width, height,
                     height / 2.0);
  lsc_frame_set_color (frame, ground, 1.0);
  cairo_fill (frame->cr);
  lsc_frame_text (frame, shaped, color, left + 6.0 * frame->scale, y_middle);
}

/* lsc-pixels.c: the pixels of a picture, compared with the theme's colours.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-pixels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

guint32
lsc_pixel_at (cairo_surface_t *surface, int x, int y)
{
  const unsigned char *data = cairo_image_surface_get_data (surface);
  guint32              pixel;

  memcpy (&pixel, data + y * cairo_image_surface_get_stride (surface) + 4 * x, 4);
  return pixel & 0xffffff;
}

gboolean
lsc_pixel_is (guint32 pixel, const LscColor *color)
{
  return abs ((int)(pixel >> 16 & 0xff) - (int)lround (color->red * 255)) <= 2 &&
         abs ((int)(pixel >> 8 & 0xff) - (int)lround (color->green * 255)) <= 2 &&
         abs ((int)(pixel & 0xff) - (int)lround (color->blue * 255)) <= 2;
}

guint
lsc_pixels_count (cairo_surface_t *surface, const LscColor *color, int x0, int x1, int y0, int y1)
{
  guint n = 0;

  for (int y = MAX (y0, 0); y < MIN (y1, cairo_image_surface_get_height (surface)); y++)
    for (int x = MAX (x0, 0); x < MIN (x1, cairo_image_surface_get_width (surface)); x++)
      n += lsc_pixel_is (lsc_pixel_at (surface, x, y), color);

  return n;
}

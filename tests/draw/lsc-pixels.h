/* lsc-pixels.h: the pixels of a picture, compared with the theme's colours.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of image surfaces of CAIRO_FORMAT_RGB24 that have been flushed.
 */

#pragma once

#include <cairo.h>

#include "lsc-theme.h"

G_BEGIN_DECLS

/* 0xrrggbb */
guint32 lsc_pixel_at (cairo_surface_t *surface, int x, int y);
/* But for rounding. */
gboolean lsc_pixel_is (guint32 pixel, const LscColor *color);
/* How many of a colour there are in a part of the picture; what is outside of it counts as none. */
guint
lsc_pixels_count (cairo_surface_t *surface, const LscColor *color, int x0, int x1, int y0, int y1);

G_END_DECLS

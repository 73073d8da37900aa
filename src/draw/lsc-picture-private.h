/* lsc-picture-private.h: what all kinds of pictures share.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread, one for each call; blocks.
 */

#pragma once

#include <cairo.h>

#include "lsc-export.h"

G_BEGIN_DECLS

#define LSC_PICTURE_MIN_HEIGHT_PX 100.0

typedef struct
{
  const LscPictureOptions *options;
  const char              *title; /* nullable, borrowed; of the document */
  double                   width_px;
  double                   height_px; /* where none is given: to be set by who lays it out */
  double                   scale;     /* 1 but for PNG */
} LscPicture;

typedef void (*LscPictureDraw) (cairo_t *cr, const LscPicture *picture, gpointer user_data);

void lsc_picture_init (LscPicture *picture, const LscPictureOptions *options, const char *title);
/* How large text may get to fill a picture of a given height; 1: no larger. */
double   lsc_picture_get_largest_text (const LscPicture *picture);
gboolean lsc_picture_check_size (const LscPicture *picture, GError **error);
GBytes  *lsc_picture_make (const LscPicture *picture,
                           LscPictureDraw    draw,
                           gpointer          user_data,
                           GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean
lsc_picture_write (const char *path, GBytes *bytes, GCancellable *cancellable, GError **error);

G_END_DECLS

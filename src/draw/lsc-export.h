/* lsc-export.h: timelines as files and as picture data.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocking: for a worker thread. A file is replaced only when the new one is
 * whole on the disk.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-timeline-painter.h"

G_BEGIN_DECLS

#define LSC_DRAW_ERROR (lsc_draw_error_quark ())
GQuark lsc_draw_error_quark (void);

typedef enum
{
  LSC_DRAW_ERROR_WRITE,  /* The picture could not be written. */
  LSC_DRAW_ERROR_SIZE,   /* The picture would be too large, or too small to hold a timeline. */
  LSC_DRAW_ERROR_FORMAT, /* There is no such picture format. */
  LSC_DRAW_ERROR_EMPTY,  /* There is nothing to draw. */
} LscDrawError;

typedef enum
{
  LSC_PICTURE_PNG,
  LSC_PICTURE_SVG,
  LSC_PICTURE_PDF,
} LscPictureFormat;

typedef struct
{
  LscPictureFormat       format;
  double                 width_px;  /* 0: 1200 */
  double                 height_px; /* 0: as high as needed */
  double                 scale;     /* PNG: device pixels for a px; 0: 1 */
  LscThemeVariant        theme;
  gboolean               with_legend;
  const LscTimelineView *view; /* NULL: the whole run; of timelines only */
} LscPictureOptions;

/* By the file's ending. */
gboolean lsc_picture_format_from_path (const char *path, LscPictureFormat *format, GError **error);

gboolean lsc_export_picture (LscScene                *scene,
                             const LscPictureOptions *options,
                             const char              *path,
                             GCancellable            *cancellable,
                             GError                 **error);
GBytes  *lsc_export_picture_bytes (LscScene                *scene,
                                   const LscPictureOptions *options,
                                   GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* lsc-picture.h: what a picture is of: a timeline, or a profile's bars.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Has copies of all that it needs: a run may go on while a picture of it is made. Belongs to one
 * thread; a copy may go to another.
 */

#pragma once

#include "lsc-bars-export.h"
#include "lsc-export.h"

G_BEGIN_DECLS

#define LSC_TYPE_PICTURE (lsc_picture_get_type ())
G_DECLARE_FINAL_TYPE (LscPicture, lsc_picture, LSC, PICTURE, GObject)

/* `view`: what is on the screen, for options that ask for it; nullable. */
LscPicture *lsc_picture_new_timeline (LscScene              *scene,
                                      const LscTimelineView *view) G_GNUC_WARN_UNUSED_RESULT;
LscPicture *lsc_picture_new_bars (LscProfile           *profile,
                                  const LscBarsRequest *request) G_GNUC_WARN_UNUSED_RESULT;
LscPicture *lsc_picture_copy (LscPicture *self) G_GNUC_WARN_UNUSED_RESULT;

/* Whether it can show less than the whole: what is on the screen. */
gboolean               lsc_picture_has_view (LscPicture *self);
const LscTimelineView *lsc_picture_get_view (LscPicture *self);
/* Nullable. */
const char *lsc_picture_get_title (LscPicture *self);
void        lsc_picture_set_title (LscPicture *self, const char *title);

/* Block: for a worker thread. As lsc_export_picture () and lsc_export_picture_bytes (). */
gboolean lsc_picture_export (LscPicture              *self,
                             const LscPictureOptions *options,
                             const char              *path,
                             GCancellable            *cancellable,
                             GError                 **error);
GBytes  *lsc_picture_export_bytes (LscPicture              *self,
                                   const LscPictureOptions *options,
                                   GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* lsc-picture-job.h: pictures, made in the background.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Called on the main thread. The picture and the options are copied: a run may go
 * on, and the view may move, while it is made.
 */

#pragma once

#include <gdk/gdk.h>

#include "lsc-picture.h"

G_BEGIN_DECLS

/* The format goes by the path's ending. */
void     lsc_picture_save_async (LscPicture              *picture,
                                 const LscPictureOptions *options,
                                 const char              *path,
                                 GCancellable            *cancellable,
                                 GAsyncReadyCallback      callback,
                                 gpointer                 user_data);
gboolean lsc_picture_save_finish (GAsyncResult *result, GError **error);

void    lsc_picture_render_async (LscPicture              *picture,
                                  const LscPictureOptions *options,
                                  GCancellable            *cancellable,
                                  GAsyncReadyCallback      callback,
                                  gpointer                 user_data);
GBytes *lsc_picture_render_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* PNG data onto the clipboard, as bytes and as a texture. */
gboolean lsc_picture_copy_to_clipboard (GdkClipboard *clipboard, GBytes *png, GError **error);

/* `path`, with ".png" when it has no ending of a picture. */
char *lsc_picture_dup_path (const char *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

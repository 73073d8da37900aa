/* lsc-picture-dialog.h: a picture of the timeline, as it will be, before it is saved.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <adwaita.h>

#include "lsc-scene.h"
#include "lsc-timeline-painter.h"

G_BEGIN_DECLS

#define LSC_TYPE_PICTURE_DIALOG (lsc_picture_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LscPictureDialog, lsc_picture_dialog, LSC, PICTURE_DIALOG, AdwWindow)

/* Signals:
 *   "saved"  (const char *path)
 *   "copied" (void)
 */

/* The scene is copied. `view`: what is on the screen. `name`: suggested for the file, without
 * ending. */
LscPictureDialog *lsc_picture_dialog_new (GtkWindow             *parent,
                                          LscScene              *scene,
                                          const LscTimelineView *view,
                                          const char            *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

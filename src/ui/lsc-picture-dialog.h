/* lsc-picture-dialog.h: a picture, as it will be, before it is saved.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <adwaita.h>

#include "lsc-picture.h"

G_BEGIN_DECLS

#define LSC_TYPE_PICTURE_DIALOG (lsc_picture_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LscPictureDialog, lsc_picture_dialog, LSC, PICTURE_DIALOG, AdwWindow)

/* Signals:
 *   "saved"  (const char *path)
 *   "copied" (void)
 */

/* The picture is copied. `name`: suggested for the file, without ending. */
LscPictureDialog *lsc_picture_dialog_new (GtkWindow  *parent,
                                          LscPicture *picture,
                                          const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

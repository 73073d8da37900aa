/* lsc-bars-export.h: the picture of a profile as a file and as picture data.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As lsc-export.h: blocking, for a worker thread (then of a copy of the profile). A file is
 * replaced only when the new one is whole on the disk.
 */

#pragma once

#include "lsc-bars.h"
#include "lsc-export.h"

G_BEGIN_DECLS

/* `request`: what is to be in it (memory, sweep, efficiency, order); NULL: all of it, as measured.
 * Sizes, theme and legend come from `options`; title and subtitle are always there. */
gboolean lsc_export_bars (LscProfile              *profile,
                          LscReport               *report,
                          const LscBarsRequest    *request,
                          const LscPictureOptions *options,
                          const char              *path,
                          GCancellable            *cancellable,
                          GError                 **error);
GBytes  *lsc_export_bars_bytes (LscProfile              *profile,
                                LscReport               *report,
                                const LscBarsRequest    *request,
                                const LscPictureOptions *options,
                                GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

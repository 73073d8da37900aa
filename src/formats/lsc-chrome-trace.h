/* lsc-chrome-trace.h: a recording in the Trace Event Format of Chrome.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opens in Perfetto's and Chrome's viewers.
 */

#pragma once

#include "lsc-recording.h"

G_BEGIN_DECLS

/* Blocking. */
gboolean lsc_chrome_trace_write (LscRecording *recording, const char *path, GError **error);

G_END_DECLS

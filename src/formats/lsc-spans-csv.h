/* lsc-spans-csv.h: the spans of a recording as comma-separated values.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-recording.h"

G_BEGIN_DECLS

/* One row for each span, in the order of the lanes; RFC 4180, a head line, times in seconds with a
 * point. Blocking. */
gboolean lsc_spans_csv_write (LscRecording *recording, const char *path, GError **error);

G_END_DECLS

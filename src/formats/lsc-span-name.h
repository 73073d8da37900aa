/* lsc-span-name.h: what a span is called in other programs.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-recording.h"

G_BEGIN_DECLS

/* Its name; a task that has none is called by its input. Borrowed from the recording. */
const char *lsc_span_name_get (LscRecording *recording, const LscSpan *span);

G_END_DECLS

/* lsc-summary.h: what came of a run, as JSON for scripts.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdio.h>

#include "lsc-recording.h"

G_BEGIN_DECLS

/* The shape is promised: keys may be added, none may go. `recording` is finished. Written as it
 * goes: there may be millions of tasks. */
void lsc_summary_write (LscRecording *recording, FILE *stream);

G_END_DECLS

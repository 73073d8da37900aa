/* lsc-watching.h: how well it was seen what the threads of a run did, in words.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Thread-safe, within begin_read and end_read of the recording.
 */

#pragma once

#include "lsc-recording.h"

G_BEGIN_DECLS

/* Why not every switch was seen, and the one setting that would change that; NULL where all were
 * seen as well as was asked for, or nobody watched. */
char *lsc_watching_dup_limits (LscRecording *recording) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

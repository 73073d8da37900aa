/* lsc-follow-profile.h: a profile, from its start to its end, on the terminal.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-profiler.h"

G_BEGIN_DECLS

/* Starts it and returns when it is over: runs the default main context meanwhile. A signal ends it
 * and keeps what was measured; another one kills what is under way. On a terminal bars settle on
 * standard error, unless `quiet`. Where nothing limits how long a run may take, and
 * one does not end, it says what can be done, on whatever standard error is. */
void lsc_follow_profile (LscProfiler *profiler, gboolean quiet, gboolean is_limited);

G_END_DECLS

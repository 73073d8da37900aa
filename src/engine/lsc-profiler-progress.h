/* lsc-profiler-progress.h: how far an experiment is: what its samples say of that.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only reads; any thread that the profile belongs to.
 */

#pragma once

#include "lsc-profile.h"

G_BEGIN_DECLS

/* Whether the interval of every cell that has no problem is narrow enough: from `min_rounds`
 * samples on, half of it is at most `width` of the median. FALSE when no cell is left. */
gboolean lsc_profiler_is_precise (LscProfile *profile, guint min_rounds, double width);

/* How many rounds that will most likely take in all: the interval narrows with the root of their
 * number. At most `max_rounds`. */
guint
lsc_profiler_guess_rounds (LscProfile *profile, guint min_rounds, guint max_rounds, double width);

G_END_DECLS

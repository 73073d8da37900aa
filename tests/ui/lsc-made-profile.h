/* lsc-made-profile.h: a profile with figures that one can work out by hand, for tests.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-profile.h"

G_BEGIN_DECLS

/* Python that computes, as it is known to behave: in sequence about 3 s (cell 0), on 2 threads the
 * same (cell 1), in 2 processes half of it (cell 2). With `n` samples each, every one a hundredth
 * of its cell's time apart: the middle one of an odd number is exactly 3.00, 3.00 and 1.50 s. */
LscProfile *lsc_made_profile_new (guint n) G_GNUC_WARN_UNUSED_RESULT;
/* One more, of so long. */
void lsc_made_profile_add (LscProfile *profile, guint cell, double wall_s);

G_END_DECLS

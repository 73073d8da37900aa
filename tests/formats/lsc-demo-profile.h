/* lsc-demo-profile.h: a profile with everything in it that one can have, for tests.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-profile.h"

G_BEGIN_DECLS

/* Cell 0: 2, 1, 4 s (and a failed one), in sequence; CPU time 1.5 + 0.25 s each; peaks of 1,000,000
 * bytes and 1,000 more each. Cell 1, the reference: an input by itself on 2 threads, one of its two
 * samples timed out. Cell 2: could not be run. */
LscProfile *lsc_demo_profile_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

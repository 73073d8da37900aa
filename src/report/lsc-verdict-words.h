/* lsc-verdict-words.h: a verdict in words, whose figures never say anything else than its word.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure functions; any thread. Translated.
 */

#pragma once

#include "lsc-shift.h"

G_BEGIN_DECLS

/* "1.31× faster (1.24–1.39)", "5 % slower (3–7 %)", "same", "not yet known (1 % faster to 5 %
 * slower)"; `than_before`: "... than before". NULL for NONE. */
char *lsc_verdict_dup_words (const LscVerdict *verdict,
                             gboolean          than_before) G_GNUC_WARN_UNUSED_RESULT;
/* "1.31×", "5 %": how much faster or slower. Only for these two. */
char *lsc_verdict_dup_amount (const LscVerdict *verdict) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

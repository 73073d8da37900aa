/* lsc-mode-sentences.h: sentences that compare one way of running with another.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For headlines: of modes that ran once and of those that were measured. All return new strings,
 * translated. `label` is the mode's, or says more ("Processes, 4 workers"); `by` is a figure such
 * as "1.9×" or "5 %". The first sentence of a headline says what is compared with, the others do
 * not. Any thread.
 */

#pragma once

#include "lsc-executor-kind.h"

G_BEGIN_DECLS

/* "Threads: 1.9× faster than in sequence." */
char *lsc_mode_sentence_faster (const char     *label,
                                LscExecutorKind mode,
                                LscExecutorKind reference,
                                gboolean        is_first,
                                const char     *by) G_GNUC_WARN_UNUSED_RESULT;
/* "Threads: 1.9× slower than in sequence." */
char *lsc_mode_sentence_slower (const char     *label,
                                LscExecutorKind reference,
                                gboolean        is_first,
                                const char     *by) G_GNUC_WARN_UNUSED_RESULT;
/* "Threads are fastest." */
char *lsc_mode_sentence_fastest (LscExecutorKind mode) G_GNUC_WARN_UNUSED_RESULT;
/* "9 workers share 4 cores." */
char *lsc_mode_sentence_shared (guint n_workers, guint n_cores) G_GNUC_WARN_UNUSED_RESULT;

/* Appends the sentence behind a space, and frees it. */
void lsc_take_sentence (GString *text, char *sentence);

G_END_DECLS

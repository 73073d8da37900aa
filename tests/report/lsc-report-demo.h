/* lsc-report-demo.h: profiles for tests, told in a line.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-report.h"

G_BEGIN_DECLS

/* "S ms=3200; T4 ms=3190 cores=1.0 lock=on; P4 ms=1000 n=5 failed=3": cells with a semicolon
 * between them. Each begins with its mode's letter (S, A, T, P) and its workers (1). Then, each
 * with what it is if nothing is said: ms=100       about that long: the samples lie around it,
 * `spread` tells how far n=12         samples that are done spread=0.4   percent; the farthest lie
 * that far above and below failed=0     further samples that failed; timedout=0 the same cores=-
 * unknown lock=unknown; id=work; name=Work; input=-; settings=; command=; calls=1; warmup=-; mem=-;
 *   startup=-; onecore=0; problem=-   underscores in texts are spaces; - is none
 * Measured in random order on a machine with 4 cores of which all is known, and well; ended with
 * its rounds. */
LscProfile *lsc_demo_profile_new (const char *cells) G_GNUC_WARN_UNUSED_RESULT;
/* One more sample. */
void lsc_demo_profile_add_time (LscProfile *profile, guint cell, guint round, double ms);

/* Frees `text`; figures and their units hang together by no-break spaces, which are taken for
 * spaces. NULL equals NULL only. */
void lsc_demo_assert_text (char *text, const char *expected);
/* With a bar between the sentences; frees them. */
void lsc_demo_assert_sentences (char **sentences, const char *expected);
/* Two numbers, the same but for floating point's noise; NAN equals NAN. */
void lsc_demo_assert_near (double value, double expected);

G_END_DECLS

/* lsc-merge.h: puts what several observers see into order of time, and into a ring.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. Records come in any order and are held back until whoever adds them says up to
 * when everything is known. One thread.
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lsc-ring.h"
#include "lsc-segment.h"

typedef struct LscMerge LscMerge;

/* `ring` stays the caller's, must live as long, and is written by this alone. NULL when there is no
 * memory. */
LscMerge *lsc_merge_new (LscSegment *segment, LscRingWriter *ring);
/* What is held back still is forgotten: finish first. */
void lsc_merge_free (LscMerge *merge);

/* Takes one record, in any order. False when there is no memory for it: it is counted, and a LOSS
 * record will say so. */
bool lsc_merge_add (LscMerge *merge, const LscRecord *record);
/* The string id of a text in the segment, the same one for the same text. 0 when there is no space
 * for more. */
uint32_t lsc_merge_get_name (LscMerge *merge, const char *text);

/* Writes everything that is older than `horizon_ns`, in order of time; of the same time, in the
 * order in which it was added. What the ring has no room for waits until it has; where too much
 * waits the oldest is dropped and counted, and a LOSS record says so. */
void lsc_merge_advance (LscMerge *merge, uint64_t horizon_ns);
/* Writes all that is left: waits for whoever reads, but not for one who does not. What was lost in
 * the end is told, too: for that one place is always kept. */
void lsc_merge_finish (LscMerge *merge);

/* Records that came when younger ones were written already. They follow at once, with the time of
 * the youngest of these, so that time never goes back, and a MOVED record says how many they were.
 */
uint64_t lsc_merge_get_n_late (const LscMerge *merge);
/* Records that were not written: there was no memory, or no room in the ring. */
uint64_t lsc_merge_get_n_lost (const LscMerge *merge);

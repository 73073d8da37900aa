/* lsc-profiler-batch.h: how often a task that is too short for a clock is called in a row.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A batch takes 10 ms at least, without its first call, which is often slow. Cells that compare the
 * same work in several modes have batches of the same number of calls. The warm-up only makes a
 * guess: a look, which is a run that nobody watches and no sample, tells whether it will do.
 */

#pragma once

#include "lsc-profiler-private.h"

G_BEGIN_DECLS

#define LSC_PROFILER_MIN_BATCH_NS (10 * LSC_NS_PER_MS)

/* Before the first run: which cells belong together. */
void lsc_profiler_batch_group (LscProfiler *self);
/* After all warm-ups: the first guess. */
void lsc_profiler_batch_guess (LscProfiler *self);
/* The next cell that has to be looked at; -1: all batches are as long as they should be. */
gint lsc_profiler_batch_next (LscProfiler *self);
/* What a look found; NULL: it failed. */
void lsc_profiler_batch_look (LscProfiler *self, guint cell, const LscRunUsage *usage);
/* After all looks: the profile is told. */
void lsc_profiler_batch_settle (LscProfiler *self);

G_END_DECLS

/* lsc-perf-set.h: perf events on every core, for all that this thread starts from now on.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. One thread: the one that opens it. Its own events stay off; each child inherits them
 * and switches its own on when it executes, so that what is started costs no more than that, and
 * nothing is seen of us.
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lsc-merge.h"
#include "lsc-proc-watch.h"

typedef struct LscPerfSet LscPerfSet;

/* Tries, with rings of `n_pages` (a power of two), or of fewer where no more may be locked. 0: of
 * 1 MB, 32,768 switches; with more than four cores of less, but of 256 kB at least. NULL with errno
 * set: EACCES where the system allows it to no user, EPERM where a sandbox does not or nothing may
 * be locked, ENOSYS, ... */
LscPerfSet *lsc_perf_set_open (uint32_t n_pages);
/* Who is to be told which threads are seen; must live as long. */
void lsc_perf_set_set_watch (LscPerfSet *set, LscProcWatch *watch);
/* Closes them, on every thread that has inherited them. Drain first. */
void lsc_perf_set_free (LscPerfSet *set);

/* Descriptors, one a core, that can be read from when a ring holds 128 kB, or is half full. */
uint32_t lsc_perf_set_get_n_cores (const LscPerfSet *set);
int      lsc_perf_set_get_fd (const LscPerfSet *set, uint32_t i);
/* Of each ring, as they came to be. */
uint32_t lsc_perf_set_get_n_pages (const LscPerfSet *set);

/* Takes everything out of the rings. Until when everything is known: see
 * lsc_perf_set_get_horizon_ns(). */
void lsc_perf_set_drain (LscPerfSet *set, LscMerge *merge);
/* After the last drain: what was lost and not told by any record. */
void lsc_perf_set_tell_lost (LscPerfSet *set, LscMerge *merge);
/* The begin of the drain before the last one: records were seen to be late against the last one's
 * begin, by a microsecond, and never against that. */
uint64_t lsc_perf_set_get_horizon_ns (const LscPerfSet *set);

/* What watching has cost those that are watched, estimated, ns, on the core where it was most since
 * this was asked the last time. */
uint64_t lsc_perf_set_take_worst_ns (LscPerfSet *set);

/* lsc-sampler.h: looks into /proc, again and again, at the threads of a run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. What nobody tells it finds out: states of threads, what they wait for, and, where
 * nobody tells that either, which threads there are. It looks every 10 ms, and less often where
 * that would cost more than its budget. One thread.
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lsc-roster.h"

typedef struct LscSampler LscSampler;

/* What others tell, so that it need not find out. */
typedef struct
{
  bool lifecycle; /* every start and end */
  bool switches;  /* perf events tell of switches */
  bool statuses;  /* how processes end */
} LscSamplerOthers;

/* The roster and the merge stay the caller's. NULL when there is no memory. */
LscSampler *lsc_sampler_new (LscRoster *roster, LscMerge *merge);
void        lsc_sampler_free (LscSampler *sampler);

void lsc_sampler_set_others (LscSampler *sampler, const LscSamplerOthers *others);
/* How much of a core it may use; 20 permille unless it is called. */
void lsc_sampler_set_budget (LscSampler *sampler, uint32_t permille);
/* Perf events have told of all that started before that time. */
void lsc_sampler_set_known (LscSampler *sampler, uint64_t known_ns);
/* Something was lost: the next time it looks for all that there is. */
void lsc_sampler_search (LscSampler *sampler);

/* Looks at all that there is, for the last time. */
void lsc_sampler_finish (LscSampler *sampler, uint64_t now_ns);

/* When it wants to look next. */
uint64_t lsc_sampler_get_due_ns (const LscSampler *sampler);
/* Looks, if it is time: at so many that it takes a millisecond or two. */
void lsc_sampler_advance (LscSampler *sampler, uint64_t now_ns);

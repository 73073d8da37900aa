/* lsc-perf-sight.h: from what perf tells to records.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. One thread.
 */

#pragma once

#include "lsc-merge.h"
#include "lsc-perf-event.h"
#include "lsc-proc-watch.h"

#define LSC_PERF_N_EXECS 64u

/* All zero to begin with. */
typedef struct
{
  struct
  {
    uint32_t pid;
    uint64_t time_ns;
  } execs[LSC_PERF_N_EXECS]; /* the latest ones */
  uint32_t      n_execs;
  LscProcWatch *watch; /* borrowed; NULL: nobody wants to know who is there */
} LscPerfSight;

void lsc_perf_sight_add (LscPerfSight *sight, const LscPerfEvent *event, LscMerge *merge);

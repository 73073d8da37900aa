/* lsc-probe.h: watches everything that this process starts, as well as it is allowed to.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. One thread, the one that starts processes. What it sees goes as records (kinds from
 * LSC_RECORD_THREAD_START on) into one ring, in order of time.
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "lsc-segment.h"

/* What may be used. What is not allowed by the system is not used either. */
#define LSC_PROBE_PERF      1u
#define LSC_PROBE_CONNECTOR 2u
#define LSC_PROBE_PROC      4u

typedef struct
{
  uint32_t uses;            /* LSC_PROBE_* */
  uint32_t budget_permille; /* of a core: what watching may cost there; 0: no limit */
  uint32_t n_pages;         /* of a perf ring; 0: as many as are good */
} LscProbeOptions;

typedef struct LscProbe LscProbe;

/* Before anything is started that is to be watched. A WATCH record says what came of it. NULL with
 * errno set. */
LscProbe *lsc_probe_new (LscSegment *segment, uint32_t ring, const LscProbeOptions *options);
/* Writes what is left, and stops watching. */
void lsc_probe_free (LscProbe *probe);

/* Can be read from when lsc_probe_dispatch () has something to do: 25 to 250 times a second. */
int  lsc_probe_get_fd (const LscProbe *probe);
void lsc_probe_dispatch (LscProbe *probe);

/* What the caller has started, and what it has waited for. */
void lsc_probe_add_start (LscProbe *probe, pid_t pid, uint64_t time_ns);
void lsc_probe_add_end (LscProbe *probe, pid_t pid, int wait_status, uint64_t time_ns);
/* The caller tells of a process's CPU time and memory; of what it has started it always does. */
void lsc_probe_set_counted (LscProbe *probe, pid_t pid);

/* Records that came too late to be in their place, and have another time than their own. */
uint64_t lsc_probe_get_n_late (const LscProbe *probe);

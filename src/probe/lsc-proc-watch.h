/* lsc-proc-watch.h: watches a run without perf events, and beside them: the proc connector and
 * looks into /proc.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. What is seen goes into the merge: starts, names and ends, statuses, samples of states,
 * usage, counters. The run is whatever descends from this process, which must be a subreaper. One
 * thread.
 */

#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "lsc-merge.h"

typedef struct LscProcWatch LscProcWatch;

typedef struct
{
  bool     connector;       /* tries the proc connector */
  bool     samples;         /* looks into /proc */
  uint32_t permille;        /* of a core, that looks may cost; 0: 20 */
  int      connector_bytes; /* 0: the buffer is as large as may be */
} LscProcWatchOptions;

/* The merge stays the caller's. NULL when there is no memory. */
LscProcWatch *lsc_proc_watch_new (LscMerge *merge, const LscProcWatchOptions *options);
/* Whatever is not in the merge yet is forgotten. NULL is fine. */
void lsc_proc_watch_free (LscProcWatch *watch);

/* What it does of LSC_WATCH_LIFECYCLE, _SAMPLES and _STATUSES. */
uint32_t lsc_proc_watch_get_watched (const LscProcWatch *watch);

/* Perf events tell of starts, names, ends and switches from now on, or no longer do. */
void lsc_proc_watch_set_perf (LscProcWatch *watch, bool is_there);

/* ---- what others see ---- */

/* The launcher has started it; before it executes. */
void lsc_proc_watch_child (LscProcWatch *watch, pid_t pid, uint64_t time_ns);
/* The launcher has waited for it, whether it had started it or not. */
void lsc_proc_watch_reaped (LscProcWatch *watch, pid_t pid, uint32_t status, uint64_t time_ns);
/* Somebody else tells its CPU time and memory; of the launcher's own children that is so. */
void lsc_proc_watch_set_counted (LscProcWatch *watch, pid_t pid);
/* Somebody else has told already, and the merge knows, that this thread has started, of which a
 * perf event tells now. */
bool lsc_proc_watch_has_told_start (const LscProcWatch *watch, pid_t tid, uint64_t time_ns);
/* A perf event says so, and has told the merge. */
void lsc_proc_watch_perf_start (LscProcWatch *watch,
                                pid_t         tid,
                                pid_t         pid,
                                pid_t         maker_pid,
                                uint64_t      time_ns);
void
lsc_proc_watch_perf_execute (LscProcWatch *watch, pid_t pid, const char *name, uint64_t time_ns);
void lsc_proc_watch_perf_end (LscProcWatch *watch, pid_t tid, uint64_t time_ns);
/* It lives on, where no perf event comes from. */
void lsc_proc_watch_perf_hidden (LscProcWatch *watch, pid_t tid, uint64_t time_ns);

/* ---- from the loop ---- */

/* When lsc_proc_watch_advance() wants to be called at the latest. */
uint64_t lsc_proc_watch_get_due_ns (const LscProcWatch *watch);
/* A descriptor that can be read when it would be good to call it at once: names of what executes
 * are only to be had while it lives. -1 when there is no hurry. */
int lsc_proc_watch_get_fd (const LscProcWatch *watch);
/* Sees what there is to see. `known_ns`: perf events have told all up to then; UINT64_MAX where
 * there are none. */
void lsc_proc_watch_advance (LscProcWatch *watch, uint64_t now_ns, uint64_t known_ns);
/* The same, for the last time, when nothing is left that could be watched. */
void lsc_proc_watch_finish (LscProcWatch *watch);
/* Up to when all is in the merge that this will ever tell. */
uint64_t lsc_proc_watch_get_horizon_ns (const LscProcWatch *watch);

/* Events of the connector that were lost. */
uint64_t lsc_proc_watch_get_n_lost (const LscProcWatch *watch);

/* lsc-proc-text.h: what files of /proc say.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. From text to numbers: no file is opened. The text may be anything, since a process
 * chooses its own name; it need not end with NUL.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Threads of the kernel have longer names; of those the rest is left out. */
#define LSC_PROC_NAME_SIZE 16

/* /proc/PID/stat, and /proc/PID/task/TID/stat: there the times and faults are the thread's. */
typedef struct
{
  pid_t    id;
  char     name[LSC_PROC_NAME_SIZE];
  char     state; /* R, S, D, T, t, Z, X, I, P */
  pid_t    parent;
  bool     is_exiting; /* it is on its way out, whatever its state */
  uint64_t n_minor_faults;
  uint64_t n_major_faults;
  uint64_t user_ticks;
  uint64_t system_ticks;
  uint32_t n_threads; /* of the process */
  uint64_t start_ticks;
  uint64_t rss_pages;
  uint32_t core;      /* where it ran last */
  uint32_t exit_code; /* wait status of one that has ended, for whoever may know; else 0 */
} LscProcStat;

/* False when it is not such a line; `stat` is then as it was. */
bool lsc_proc_parse_stat (const char *text, size_t length, LscProcStat *stat);

/* schedstat, of a thread */
typedef struct
{
  uint64_t run_ns;   /* on a core */
  uint64_t delay_ns; /* ready, until it came onto one */
  uint64_t n_turns;  /* how often it came onto one */
} LscProcTurns;

bool lsc_proc_parse_turns (const char *text, size_t length, LscProcTurns *turns);

/* The number behind "NAME:" at the begin of a line, in bytes where the file says kB: status,
 * smaps_rollup. False when there is none. */
bool lsc_proc_parse_field (const char *text, size_t length, const char *name, uint64_t *value);

/* The next number of a list such as `children`; `*at` moves on. False at its end. */
bool lsc_proc_next_id (const char *text, size_t length, size_t *at, pid_t *id);

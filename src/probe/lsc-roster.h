/* lsc-roster.h: the threads and processes of a run that are known to be there.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. Whoever sees a thread start, be renamed or end tells it here: the roster writes what
 * is new into the merge, once, whoever saw it first. One thread.
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "lsc-merge.h"
#include "lsc-proc-text.h"

typedef struct LscRoster LscRoster;
typedef struct LscThread LscThread;

typedef struct
{
  pid_t      id;
  size_t     index;   /* in the roster */
  LscThread *threads; /* those that have not ended */
  pid_t      parent;
  uint64_t   start_ns;
  bool       is_child;   /* the launcher's: it tells how it ended */
  bool       is_counted; /* its CPU time and memory are told by somebody else */

  /* How it ended, as far as is known. */
  bool         has_status;
  LscSightKind status_sight;
  uint32_t     status;
  int          pidfd;     /* -1 */
  bool         has_first; /* its first thread has ended, before others */
  uint32_t     first_status;

  /* What its counters are made of. */
  uint64_t ended_turns;    /* of threads that have ended */
  uint64_t count_again_ns; /* at its counters */
  uint64_t weigh_again_ns; /* at its memory in full */
  uint64_t told[LSC_COUNTER_SWITCHES + 1];
  uint64_t peak_bytes; /* the most that was seen; 0 */
} LscProcess;

struct LscThread
{
  pid_t       id;
  size_t      index;                    /* in the roster */
  char        name[LSC_PROC_NAME_SIZE]; /* "": not known */
  LscProcess *process;
  LscThread  *next; /* of the process */
  LscThread **link; /* what points at this one */
  uint64_t    start_ns;
  uint64_t    perf_end_ns; /* when a perf event said that it ended; 0 */
  bool        is_by_perf;  /* perf events tell of it */
  bool        has_fork;    /* the connector has told of its start */
  bool        has_perf_fork;

  /* Looks at it: files that are held open, -1, and what was seen. */
  int          stat_fd;
  int          turns_fd;
  int          place_fd;
  int          children_fd;
  uint64_t     looked_ns;   /* 0: never */
  uint64_t     gone_ns;     /* it could not be found any more, and nobody told; 0 */
  uint64_t     switches_ns; /* when its switches were read; 0: never */
  LscProcTurns turns;
  uint64_t     n_voluntary;
  uint64_t     n_involuntary;
  uint64_t     user_ticks;
  uint64_t     system_ticks;
  int64_t      owed_ns; /* it ran so much longer than was shown */
  uint64_t     told_turns;
  uint64_t     told_value;
  uint16_t     told_state; /* LSC_STATE_UNKNOWN: nothing was told */
};

/* `merge` stays the caller's. NULL when there is no memory. */
LscRoster *lsc_roster_new (LscMerge *merge);
void       lsc_roster_free (LscRoster *roster);

LscThread  *lsc_roster_find (const LscRoster *roster, pid_t tid);
LscProcess *lsc_roster_find_process (const LscRoster *roster, pid_t pid);

/* In no order; what ends is replaced by the last. */
size_t     lsc_roster_get_n (const LscRoster *roster);
LscThread *lsc_roster_get (const LscRoster *roster, size_t index);

/* A thread is there. */
typedef struct
{
  uint64_t     time_ns;
  LscSightKind sight;
  pid_t        tid;
  pid_t        pid;
  pid_t        maker_tid; /* 0: not known */
  pid_t        maker_pid; /* 0: not known */
  const char  *name;      /* NULL: its maker's */
} LscSight;

/* The thread; one that is known already is left as it is. NULL when there is no memory. What a perf
 * event says is in the merge already, and is not written again. */
LscThread *lsc_roster_start (LscRoster *roster, const LscSight *sight);

/* Does nothing when that is its name. */
void lsc_roster_rename (LscRoster *roster, LscThread *thread, uint64_t time_ns, const char *name);

/* A process executes another program: what is left of it is its first thread. */
void lsc_roster_execute (LscRoster *roster, LscProcess *process, const LscSight *sight);

/* It lives on, unseen by perf events, which have told that it has ended. `sight->name` NULL: not
 * known. */
void lsc_roster_revive (LscRoster *roster, LscThread *thread, const LscSight *sight);

/* How a process will have ended when its last thread has. What was known first stays. */
void lsc_roster_set_status (LscProcess *process, uint32_t status, LscSightKind sight);

/* The thread has ended, and is forgotten: what it used, as of the last look at it, is written. With
 * the last one of a process goes the process. */
void lsc_roster_end (LscRoster *roster, LscThread *thread, uint64_t time_ns, LscSightKind sight);

/* The process has ended, and with it whatever threads of it are known still. */
void lsc_roster_end_process (LscRoster   *roster,
                             LscProcess  *process,
                             uint64_t     time_ns,
                             LscSightKind sight);

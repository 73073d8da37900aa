/* lsc-record.h: the fixed-size record that every thread writes about itself.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. A record is plain data: any thread may build one, only the owner
 * of a ring may write one into it.
 */

#pragma once

#include <stdint.h>

/* What a record says. Numbers are part of the shared-memory format: append only. */
typedef enum
{
  LSC_RECORD_NONE = 0,
  /* a lane begins; value = tid, name = its name. task = LSC_NO_TASK, or the pid of the thread's
   * process when that is not the one that the segment is of; then category = 1 when that one will
   * wait for it, so that what this process uses will be part of what is known of that one */
  LSC_RECORD_LANE_START = 1,
  /* a lane ends; its usage records come before. category = LscLaneEndKind, value = exit status or
   * signal */
  LSC_RECORD_LANE_END = 2,
  /* a span opens; name, category, task or LSC_NO_TASK */
  LSC_RECORD_SPAN_BEGIN = 3,
  /* the innermost open span closes; task, value = LscTaskStatus */
  LSC_RECORD_SPAN_END = 4,
  /* the lane enters a state; category = LscState, value = core */
  LSC_RECORD_STATE = 5,
  /* a counter has a new value; category = LscCounterKind, value */
  LSC_RECORD_COUNTER = 6,
  /* an instant; category = LscMarkKind, name = what it says, value */
  LSC_RECORD_MARK = 7,
  /* how much a lane used until its end; category = LscUsageKind, value */
  LSC_RECORD_USAGE = 8,

  /* What the launcher sees of any thread of the run, not what the thread says of itself. lane =
   * tid; task = pid of its process, LSC_NO_TASK where nobody told. In order of time, whoever saw
   * it.
   *
   * a thread is there; category = LscSightKind, name = its name (0: that of the thread that made
   * it), value = who made it: pid << 32 | tid, 0 unknown, or the launcher */
  LSC_RECORD_THREAD_START = 9,
  /* it has another name; category = 1: because it executes another program, and is on a core, value
   * = that core, UINT32_MAX where nobody tells. Other threads of its process are gone */
  LSC_RECORD_THREAD_NAME = 10,
  /* it has gone; category = LscSightKind: perf events and the connector tell when. Its process may
   * live on, and what it became by a set-uid program as well */
  LSC_RECORD_THREAD_END = 11,
  /* it goes onto a core, or off one: category = core. Off it, value = 1: pushed off, it could have
   * run on */
  LSC_RECORD_SWITCH_IN = 12,
  LSC_RECORD_SWITCH_OUT = 13,
  /* a look at it; category = LscState, value = reason << 16 | core: LscReason of one that waits.
   * LSC_STATE_NOT_RECORDED: it goes on, but nobody sees its switches any more */
  LSC_RECORD_SAMPLE = 14,
  /* what it used so far: category = LscUsageKind, value; of the whole process when lane = task */
  LSC_RECORD_THREAD_USAGE = 15,
  /* a process has gone: lane = task = pid, value = its wait status, category = LscSightKind */
  LSC_RECORD_PROCESS_END = 16,
  /* lane = a core, or LSC_ALL_CORES: `value` records of it were lost, since the time that is in
   * `name`, in microseconds before this one. Before that, value = 0: they are lost from now on */
  LSC_RECORD_LOSS = 17,
  /* what watches from now on: category = LSC_WATCH_* bits, value = errno of what was refused, name
   * = a word for it */
  LSC_RECORD_WATCH = 18,
  /* lane = LSC_ALL_CORES, value = how many records of these came so late that others with a later
   * time had been written: they have the time of these */
  LSC_RECORD_MOVED = 19,
} LscRecordKind;

/* Who has seen it. */
typedef enum
{
  LSC_SIGHT_LAUNCHER = 0,  /* started it, or waited for it */
  LSC_SIGHT_PERF = 1,      /* a perf event */
  LSC_SIGHT_CONNECTOR = 2, /* the kernel's proc connector */
  LSC_SIGHT_PROC = 3,      /* found in /proc: it may have been there for a while */
} LscSightKind;

/* What watches a run. */
#define LSC_WATCH_SWITCHES  1u /* every switch, by perf */
#define LSC_WATCH_LIFECYCLE 2u /* every start and end, by perf or the proc connector */
#define LSC_WATCH_SAMPLES   4u /* looks into /proc now and then */
#define LSC_WATCH_STATUSES  8u /* exit statuses of processes that others started */

#define LSC_ALL_CORES UINT32_MAX

/* What a thread waits for, as far as /proc tells. */
typedef enum
{
  LSC_REASON_UNKNOWN = 0,
  LSC_REASON_LOCK = 1,
  LSC_REASON_PIPE = 2,
  LSC_REASON_POLL = 3,
  LSC_REASON_CHILD = 4, /* the end of another process */
  LSC_REASON_DISK = 5,
  LSC_REASON_SLEEP = 6,
  LSC_REASON_NETWORK = 7,
  LSC_REASON_TERMINAL = 8,
  LSC_REASON_STOPPED = 9, /* by a signal or a debugger */
  LSC_REASON_OTHER = 10,
} LscReason;
#define LSC_N_REASONS 11

/* How a lane ended, and with it, for all but the first, its process. */
typedef enum
{
  LSC_LANE_END_RETURNED = 0,
  LSC_LANE_END_EXITED = 1,   /* value = exit status */
  LSC_LANE_END_SIGNALED = 2, /* value = signal */
} LscLaneEndKind;

/* How a task ended. "Running" and "pending" occur in tables, not in records. */
typedef enum
{
  LSC_TASK_PENDING = 0,
  LSC_TASK_RUNNING = 1,
  LSC_TASK_DONE = 2,
  LSC_TASK_FAILED = 3,
  LSC_TASK_CRASHED = 4,
  LSC_TASK_STOPPED = 5,
  LSC_TASK_TIMED_OUT = 6,
} LscTaskStatus;

/* What a lane was doing, as far as the kernel tells an ordinary user. */
typedef enum
{
  LSC_STATE_UNKNOWN = 0,
  LSC_STATE_RUNNING = 1,
  LSC_STATE_PREEMPTED = 2,
  LSC_STATE_WAITING = 3,
  LSC_STATE_BLOCKED = 4,
  LSC_STATE_NOT_RECORDED = 5,
} LscState;
#define LSC_N_STATES 6

typedef enum
{
  LSC_COUNTER_CPU_NS = 1,    /* CPU time used so far, ns */
  LSC_COUNTER_RSS_BYTES = 2, /* resident memory, bytes */
  LSC_COUNTER_PSS_BYTES = 3, /* the same, with what is shared divided among those that share it */
  LSC_COUNTER_FAULTS = 4,    /* page faults so far */
  LSC_COUNTER_SWITCHES = 5,  /* context switches so far */
} LscCounterKind;

typedef enum
{
  LSC_MARK_START = 1,
  LSC_MARK_STOP_ASKED = 2,
  LSC_MARK_EXEC = 3,
  LSC_MARK_EXIT = 4,
  LSC_MARK_SIGNAL = 5,
  LSC_MARK_JOIN_ASKED = 6,
  /* somebody has waited for the lane's end; value = exit status of a process */
  LSC_MARK_JOINED = 7,
  LSC_MARK_TERMINATE_ASKED = 8, /* name may say the signal */
} LscMarkKind;

typedef enum
{
  LSC_USAGE_USER_NS = 1,      /* CPU time in user mode */
  LSC_USAGE_SYSTEM_NS = 2,    /* CPU time in the kernel */
  LSC_USAGE_RUN_DELAY_NS = 3, /* ready, but waiting for a core */
  LSC_USAGE_VOLUNTARY = 4,    /* voluntary context switches */
  LSC_USAGE_INVOLUNTARY = 5,  /* involuntary context switches */
  LSC_USAGE_PEAK_RSS = 6,     /* bytes; of a process with a lane of its own in another's segment */
} LscUsageKind;

/* Categories of spans: an index into the palette. */
#define LSC_CATEGORY_TASK 0
#define LSC_N_CATEGORIES  6

#define LSC_NO_TASK UINT32_MAX

typedef struct
{
  uint64_t time_ns;  /* CLOCK_MONOTONIC */
  uint32_t lane;     /* number within the segment */
  uint16_t kind;     /* LscRecordKind */
  uint16_t category; /* by kind */
  uint32_t name;     /* string id of the segment, 0 for none */
  uint32_t task;     /* index of a task, or LSC_NO_TASK */
  uint64_t value;    /* by kind */
} LscRecord;

_Static_assert(sizeof (LscRecord) == 32, "a record is 32 bytes");

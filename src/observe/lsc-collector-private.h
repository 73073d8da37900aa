/* lsc-collector-private.h: the parts of the collector among themselves.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-collector.h"
#include "lsc-intake-private.h"
#include "lsc-observer.h"

G_BEGIN_DECLS

#define LSC_COLLECTOR_BATCH 512
/* In one drain, of one ring. */
#define LSC_COLLECTOR_MAX_PER_RING LSC_RING_DEFAULT_CAPACITY

/* A counter of a process that is not known yet. */
typedef struct
{
  gint32         pid;
  LscCounterKind kind;
  guint64        time_ns; /* CLOCK_MONOTONIC */
  guint64        value;
  gboolean       is_seen; /* by whoever watches: told late, and others may have told it */
} LscWaitingCounter;

/* Where the counters of a pid go. */
typedef struct
{
  LscLane *lane;      /* borrowed; NULL: it has ended */
  guint64  before_ns; /* CPU time used before, by others on the lane */
  gint64   last_ns[LSC_COUNTER_SWITCHES + 1];
  gboolean is_seen[LSC_COUNTER_SWITCHES + 1]; /* the last of its kind */
} LscCounterTarget;

struct _LscCollector
{
  GObject parent_instance;

  /* Owned */
  LscRecorder *recorder;
  GPtrArray   *processes; /* of LscIntakeProcess; handle - 1 is the index */
  LscSegment  *launcher;  /* nullable */
  GHashTable  *targets;   /* pid -> LscCounterTarget */
  GHashTable  *names;     /* string id of the launcher's segment -> of the recording */
  LscObserver *observer;  /* nullable */
  GArray      *waiting;   /* of LscWaitingCounter, oldest first */

  LscCollectorPidFunc pid_func;
  gpointer            pid_data;

  /* Borrowed, from processes */
  GPtrArray *living;

  LscIntake intake;
  guint64   n_lost_counters;
  guint64   n_bad_sights;
  gint64    last_sight_ns;
  guint     n_dead_targets;
  LscRecord buffer[LSC_COLLECTOR_BATCH];
};

/* What holds for the records that are read next. */
void lsc_collector_prepare (LscCollector *self);
/* The lane of a process that begins to write a segment. */
LscLane *
lsc_collector_start_process (LscCollector *self, gint32 pid, const char *name, gint64 time_ns);
gsize lsc_collector_drain_launcher (LscCollector *self);

G_END_DECLS

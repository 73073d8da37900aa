/* lsc-collector.h: drains rings into a recording.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to the run's thread. Owns the segments that it was given.
 */

#pragma once

#include "lsc-recorder.h"
#include "lsc-segment.h"

G_BEGIN_DECLS

#define LSC_TYPE_COLLECTOR (lsc_collector_get_type ())
G_DECLARE_FINAL_TYPE (LscCollector, lsc_collector, LSC, COLLECTOR, GObject)

/* One process that writes a segment. Handle; 0 is none. */
typedef guint LscCollectorProcess;

LscCollector *lsc_collector_new (LscRecorder *recorder) G_GNUC_WARN_UNUSED_RESULT;

/* Times are ns since the recording's origin.
 *
 * A worker process: takes the segment (transfer full), makes its process lane and
 * maps ring i to worker `first_worker + i`. */
LscCollectorProcess lsc_collector_add_worker (LscCollector *self,
                                              LscSegment   *segment,
                                              gint32        pid,
                                              guint         first_worker,
                                              const char   *name,
                                              gint64        time_ns);
/* The launcher's segment (transfer full), before all others. Ring 0 has counters; LscRecord.lane is
 * the pid. Those of a pid that is not known yet wait for it, a few thousand of them. Ring 1, where
 * there is one, has what the launcher sees of any thread of the run. */
void lsc_collector_add_launcher (LscCollector *self, LscSegment *segment);
/* The launcher's counters of a process that has no segment go to this lane, until
 * lsc_collector_forget_pid(). Workers' do so by themselves. Of processes that follow each other
 * on a lane the CPU time adds up. */
void lsc_collector_watch_pid (LscCollector *self, gint32 pid, LscLane *lane);
/* The lane is where the process runs, one after another: what is seen of it goes there. */
void lsc_collector_claim_place (LscCollector *self, gint32 pid, LscLane *lane);
void lsc_collector_forget_pid (LscCollector *self, gint32 pid);

/* Called when a process that has no segment of its own begins to write into one that was added:
 * its counters are wanted from then on. */
typedef void (*LscCollectorPidFunc) (gpointer user_data, gint32 pid);
void lsc_collector_set_pid_func (LscCollector *self, LscCollectorPidFunc func, gpointer user_data);

/* Empties every ring once. Returns how many records there were. */
gsize lsc_collector_drain (LscCollector *self);

/* The process is gone: empties its rings, closes its lanes at `time_ns` and what is open on them
 * with `open_status` (crashed, when a signal or an unexpected exit ended it), lets go of
 * the segment. `usage` is that of the process; nullable. */
void lsc_collector_process_exited (LscCollector       *self,
                                   LscCollectorProcess process,
                                   gint64              time_ns,
                                   int                 wait_status,
                                   const LscUsage     *usage,
                                   LscTaskStatus       open_status);

/* A mark on the lane of a ring, the latest one, or on that of the process (`ring` -1, or no lane
 * yet). `name` is nullable. */
void lsc_collector_add_mark (LscCollector       *self,
                             LscCollectorProcess process,
                             gint                ring,
                             gint64              time_ns,
                             LscMarkKind         kind,
                             const char         *name,
                             guint64             value);

/* The task a dead or living worker said it was on, LSC_NO_TASK for none, and when it
 * began (-1 for none). */
guint32  lsc_collector_get_task (LscCollector       *self,
                                 LscCollectorProcess process,
                                 guint               ring,
                                 gint64             *start_ns);
LscLane *lsc_collector_get_process_lane (LscCollector *self, LscCollectorProcess process);
/* The process whose thread was on a ring at a time, and what has become of its lane. One process's
 * rings may be written by processes that it has started. */
gint32 lsc_collector_get_writer (LscCollector       *self,
                                 LscCollectorProcess process,
                                 guint               ring,
                                 gint64              time_ns,
                                 LscLane           **lane);

/* Records that made no sense, or had something in them that did not: what a process
 * that went wild leaves. Those that were left out count as lost on their lanes as well. */
guint64 lsc_collector_get_n_bad (LscCollector *self);
/* See lsc_observer_get_n_unheard(). */
guint64 lsc_collector_get_n_unheard (LscCollector *self);
/* See lsc_observer_get_n_moved(). */
guint64 lsc_collector_get_n_moved (LscCollector *self);
/* How many threads and processes were seen that there are no lanes for any more. */
guint64 lsc_collector_get_n_beyond (LscCollector *self);
/* Counters of the launcher that found no room, or no process that they belong to. */
guint64 lsc_collector_get_n_lost_counters (LscCollector *self);

G_END_DECLS

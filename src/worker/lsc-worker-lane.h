/* lsc-worker-lane.h: what one thread of the worker says: records and results.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A lane belongs to its thread; the result pipe's lock is the only thing that
 * lanes share.
 */

#pragma once

#include <glib.h>

#include "lsc-ring.h"
#include "lsc-segment.h"
#include "lsc-wire.h"

/* As many results go out in one write at most: half of what the engine has under way,
 * so that it sends more while the other half is worked on. */
#define LSC_LANE_BATCH 32

#define LSC_LANE_MAX_NAMES 64

/* The end of the result pipe, for all lanes. */
typedef struct
{
  int    fd;
  GMutex lock; /* a lane's frames go out in one piece */
} LscResultPipe;

typedef struct
{
  gsize   at; /* where its frame is in `out` */
  guint64 wall_ns;
  guint64 user_ns; /* from before the batch */
  guint64 system_ns;
} LscPendingResult;

/* A name that the segment has already. */
typedef struct
{
  const char *name; /* static */
  guint32     id;
} LscSpanName;

typedef struct
{
  LscSegment    *segment; /* borrowed */
  LscResultPipe *pipe;    /* borrowed */
  guint32        number;  /* of its ring */
  LscRingWriter  ring;
  gboolean       collector_lost; /* the ring stayed full: it is not waited for */
  gboolean       tells_states;   /* its tasks wait: waiting is told from working */
  LscState       state;          /* the last one told */
  LscSpanName    names[LSC_LANE_MAX_NAMES];
  guint          n_names;

  LscWireBuffer    out;
  LscPendingResult pending[LSC_LANE_BATCH];
  guint            n_pending;
  gint64           first_pending_ns; /* when the oldest result came */

  /* CPU time of the thread when the batch began, and what the task that is
   * running got when a batch was sent during it. */
  gboolean batch_open;
  guint64  base_user_ns;
  guint64  base_system_ns;
  guint64  carried_user_ns;
  guint64  carried_system_ns;
  gint64   running_since_ns; /* start of the task, or the last time its CPU time was shared out */
} LscWorkerLane;

/* On the lane's own thread. */
void lsc_worker_lane_start (LscWorkerLane *lane,
                            LscSegment    *segment,
                            LscResultPipe *pipe,
                            guint32        number);
/* Sends what is pending, writes the usage and the lane's end. */
void lsc_worker_lane_retire (LscWorkerLane *lane);

/* Whether tasks on this lane are asked to end: all of the worker's, or this lane's. */
gboolean lsc_worker_lane_stop_requested (const LscWorkerLane *lane);
/* Whether it takes no more tasks. */
gboolean lsc_worker_lane_is_over (const LscWorkerLane *lane);

/* Between tasks: waits a little for the collector when the ring is nearly full. */
void lsc_worker_lane_make_room (LscWorkerLane *lane);
void lsc_worker_lane_task_begins (LscWorkerLane *lane, guint32 index, gint64 now_ns);
/* The task of this result, with its start and its end; its lane and its CPU time are filled in. */
void lsc_worker_lane_task_ends (LscWorkerLane *lane, LscWireResult *result);
/* For lanes on which several tasks are under way at once: a task takes the thread, and gives it
 * up; `start_ns` is the task's. What it used goes to the sums. */
void
lsc_worker_lane_turn_begins (LscWorkerLane *lane, guint32 index, gint64 start_ns, gint64 now_ns);
void lsc_worker_lane_turn_ends (LscWorkerLane *lane,
                                guint32        index,
                                guint8         status,
                                gint64         now_ns,
                                guint64       *user_ns,
                                guint64       *system_ns);
/* Says that a task has begun, where a look at the ring would not show it. */
void lsc_worker_lane_put_started (LscWorkerLane *lane, guint32 index, gint64 now_ns);
/* The result of a task that took turns; its lane is filled in. */
void lsc_worker_lane_put_result (LscWorkerLane *lane, LscWireResult *result, gint64 now_ns);

/* The string id of a static text. */
guint32 lsc_worker_lane_get_name (LscWorkerLane *lane, const char *name);
/* Nothing when it is in that state, or tells none. */
void lsc_worker_lane_set_state (LscWorkerLane *lane, LscState state, gint64 now_ns);
void lsc_worker_lane_mark (LscWorkerLane *lane, LscMarkKind kind, gint64 now_ns);
void lsc_worker_lane_span_begins (LscWorkerLane *lane,
                                  guint32        index,
                                  guint32        name,
                                  guint16        category,
                                  gint64         now_ns);
void lsc_worker_lane_span_ends (LscWorkerLane *lane, guint32 index, guint64 value, gint64 now_ns);
void lsc_worker_lane_print (LscWorkerLane *lane,
                            guint32        index,
                            const char    *text,
                            gsize          length,
                            gint64         now_ns);

/* Sends everything. While a task runs, too. */
void lsc_worker_lane_flush (LscWorkerLane *lane, gboolean task_runs);
/* The same if something has been waiting for too long. */
void lsc_worker_lane_flush_old (LscWorkerLane *lane, gboolean task_runs, gint64 now_ns);

static inline gint64
lsc_worker_now_ns (void)
{
  return (gint64)lsc_trace_now_ns ();
}

/* lsc-intake-private.h: what the records of one process mean.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to the collector and its thread.
 */

#pragma once

#include "lsc-observer.h"
#include "lsc-recorder.h"
#include "lsc-segment.h"

G_BEGIN_DECLS

#define LSC_INTAKE_MAX_STRING_SIZE 1024
#define LSC_INTAKE_UNKNOWN_USAGE   ((LscUsage){ -1, -1, -1, -1, -1, -1 })

/* What all processes of a run have in common. */
typedef struct
{
  LscRecorder *recorder; /* borrowed */
  gint64       origin_ns;
  gint64       latest_ns; /* of the recording; what claims to be later is not believed */
  guint        n_tasks;   /* what is not below is no task */
  guint64      n_bad;
  LscObserver *observer;    /* borrowed; NULL: nobody watches */
  gint64       patience_ns; /* until then somebody may say that he sees the states himself */
} LscIntake;

/* One ring, and the lane that its thread writes about. */
typedef struct
{
  LscLane *lane;          /* borrowed; NULL before its first record */
  LscLane *process_lane;  /* borrowed; of a process that has no segment of its own, else NULL */
  gint32   pid;           /* whose thread the lane is */
  gint64   start_ns;      /* of the lane */
  gboolean is_waited_for; /* by the process of the segment: its usage will be part of that one's */
  guint    n_lanes;
  gboolean has_ended;
  gint64   last_ns;
  guint    n_open; /* spans */
  LscUsage usage;  /* collected until the lane ends */
  guint64  n_lost; /* of the ring, as told to the recorder */
  guint64  n_lost_before_lane;
  guint64  n_dropped; /* records of the lane that meant nothing */
  GArray  *held;      /* of LscRecord: states that others may know better; nullable */
  guint32  name;      /* the last string id of the segment, and what it is in the recording */
  guint32  name_id;
  guint32  final_task; /* once the process is gone */
  guint64  final_task_start_ns;
} LscIntakeRing;

typedef struct
{
  LscIntake  *intake;  /* borrowed */
  LscSegment *segment; /* owned; NULL once the process is gone */
  LscLane    *lane;    /* borrowed */
  gint32      pid;
  gint64 children_user_ns; /* of processes that it has waited for and that said it themselves */
  gint64 children_system_ns;
  /* A process without a segment of its own begins to write, or has ended. */
  void (*process_started) (gpointer user_data, gint32 pid, LscLane *lane);
  void (*process_ended) (gpointer user_data, gint32 pid);
  gpointer    user_data;
  guint       first_worker;
  GHashTable *names; /* string id of the segment -> of the recording */
  guint       n_rings;

  LscIntakeRing rings[];
} LscIntakeProcess;

LscIntakeProcess *lsc_intake_process_new (LscIntake  *intake,
                                          LscSegment *segment,
                                          LscLane    *lane,
                                          gint32      pid,
                                          guint       first_worker);
void              lsc_intake_process_free (LscIntakeProcess *self);

/* Empties all rings, with `buffer` to read into. Stops at `max` records a ring, so that a writer
 * which is as fast can't hold it up for ever. */
gsize
lsc_intake_process_drain (LscIntakeProcess *self, LscRecord *buffer, gsize buffer_n, gsize max);
/* No more will come: ends the lanes, lets go of the segment. */
void lsc_intake_process_end (LscIntakeProcess *self,
                             gint64            time_ns,
                             LscLaneEnd        end,
                             gint              end_value,
                             LscTaskStatus     open_status);

/* Whose thread was on a ring at a time, and its lane (nullable). */
gint32
lsc_intake_process_get_writer (LscIntakeProcess *self, guint ring, gint64 time_ns, LscLane **lane);

/* What is later than a second from now is not possible. */
void lsc_intake_see_now (LscIntake *intake);
/* A time of the recording from one of a record: not before `earliest_ns`, not in
 * the future; counts those that were. */
gint64 lsc_intake_get_time (LscIntake *intake, guint64 time_ns, gint64 earliest_ns);

/* ---- lsc-intake-states.c ---- */

/* A state that the lane tells itself: put on it, left out where every switch of its thread is seen,
 * or held back until it is known whether they are. FALSE when it means nothing. */
gboolean lsc_intake_take_state (LscIntakeProcess *self,
                                LscIntakeRing    *ring,
                                const LscRecord  *record,
                                gint64            time_ns);
/* What was held back, as soon as it is known; at a lane's end (`is_over`) in any case. */
void lsc_intake_release_states (LscIntakeProcess *self, LscIntakeRing *ring, gboolean is_over);

/* ---- lsc-intake-lane.c ---- */

void lsc_intake_start_lane (LscIntakeProcess *self,
                            LscIntakeRing    *ring,
                            gint64            time_ns,
                            guint64           tid,
                            gint32            pid,
                            guint32           name);
void lsc_intake_end_lane (LscIntakeProcess *self,
                          LscIntakeRing    *ring,
                          gint64            time_ns,
                          LscLaneEnd        end,
                          gint              end_value,
                          LscTaskStatus     open_status);
/* TRUE when the lane is one that the record can be about. A thread that takes over the ring of one
 * that ended gets a lane of its own. */
gboolean lsc_intake_ensure_lane (LscIntakeProcess *self,
                                 LscIntakeRing    *ring,
                                 const LscRecord  *record,
                                 gint64            time_ns);

G_END_DECLS

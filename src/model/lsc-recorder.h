/* lsc-recorder.h: the one who appends to a recording.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Belongs to one thread from lsc_recorder_begin() to lsc_recorder_finish(). Times are
 * ns since the recording's origin and may come out of order between lanes, not
 * within one. Writing errors (a full disk) do not stop it: what can't be written
 * stays in memory, and lsc_recorder_get_error() tells.
 */

#pragma once

#include "lsc-recording.h"

G_BEGIN_DECLS

#define LSC_TYPE_RECORDER (lsc_recorder_get_type ())
G_DECLARE_FINAL_TYPE (LscRecorder, lsc_recorder, LSC, RECORDER, GObject)

/* `path`: the file to write, NULL for one in the user's cache folder that goes with
 * the recording. `inputs` is frozen; they are not written yet, because a million of
 * them take longer than a window may wait. */
LscRecorder *lsc_recorder_new (const char             *path,
                               const LscRecordingInfo *info,
                               LscTextList            *inputs,
                               gint64                  origin_ns,
                               GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* For a run whose timeline nobody will look at: keeps lanes, tasks, marks and output in memory,
 * passes spans, states and counters over, and has no file. */
LscRecorder *lsc_recorder_new_bare (const LscRecordingInfo *info,
                                    LscTextList            *inputs,
                                    gint64                  origin_ns) G_GNUC_WARN_UNUSED_RESULT;

/* Writes what is known already, the inputs above all. Whoever does not call it has
 * that done by the first writing. */
void lsc_recorder_begin (LscRecorder *self);

/* Borrowed; any thread may take a reference. */
LscRecording *lsc_recorder_get_recording (LscRecorder *self);

guint32  lsc_recorder_add_string (LscRecorder *self, const char *text);
LscLane *lsc_recorder_add_lane (LscRecorder *self,
                                LscLaneKind  kind,
                                LscLane     *parent,
                                LscSource    source,
                                gint32       pid,
                                gint32       tid,
                                guint        worker,
                                const char  *name,
                                gint64       start_ns);
void     lsc_recorder_begin_span (LscRecorder *self,
                                  LscLane     *lane,
                                  gint64       time_ns,
                                  guint32      name,
                                  guint        category,
                                  guint32      task);
/* Ends the innermost one; does nothing without one. */
void lsc_recorder_end_span (LscRecorder *self, LscLane *lane, gint64 time_ns, LscTaskStatus status);
/* The lane is in a state from now on; `name` is the core of one that runs, else an LscReason. */
void lsc_recorder_set_state (LscRecorder *self,
                             LscLane     *lane,
                             gint64       time_ns,
                             LscState     state,
                             guint        name);
/* The same, from a sample: it may have been in others in between. */
void lsc_recorder_set_sampled_state (LscRecorder *self,
                                     LscLane     *lane,
                                     gint64       time_ns,
                                     LscState     state,
                                     guint        name);
/* What the state that the lane is in is for, an LscReason, known only now. */
void lsc_recorder_explain_state (LscRecorder *self, LscLane *lane, guint reason);
/* It is in none from now on, as far as anybody knows. */
void lsc_recorder_end_states (LscRecorder *self, LscLane *lane, gint64 time_ns);
void lsc_recorder_add_counter (LscRecorder   *self,
                               LscLane       *lane,
                               gint64         time_ns,
                               LscCounterKind kind,
                               guint64        value);
void lsc_recorder_add_mark (LscRecorder *self,
                            LscLane     *lane,
                            gint64       time_ns,
                            LscMarkKind  kind,
                            guint32      name,
                            guint64      value);
/* Ends the lane and closes what is open on it with `status`. Negative members of
 * `usage` (nullable) leave what is known. */
void lsc_recorder_end_lane (LscRecorder  *self,
                            LscLane      *lane,
                            gint64        time_ns,
                            LscLaneEnd    end,
                            gint          end_value,
                            LscTaskStatus status);
/* How the run is watched from now on: see LscWatch. */
void lsc_recorder_add_watch (LscRecorder *self,
                             gint64       time_ns,
                             guint        watches,
                             gint         refusal,
                             guint32      word);
/* The lane has another name, or is known by another source, from now on. */
void lsc_recorder_rename_lane (LscRecorder *self, LscLane *lane, const char *name);
void lsc_recorder_set_source (LscRecorder *self, LscLane *lane, LscSource source);
/* The lane is of a thread or a process that was only seen: lsc_lane_is_own(). `creator` is the
 * process lane of whoever started it, nullable. To be called before anything else is said of the
 * lane. */
void lsc_recorder_set_seen (LscRecorder *self, LscLane *lane, LscLane *creator);
/* Who was only seen turns out to be one of the run's workers; 0 for the process of one. */
void lsc_recorder_adopt_lane (LscRecorder *self, LscLane *lane, guint worker, const char *name);
/* Whether the lane's states are told by somebody else and late: they may come after its end, are
 * cut there, and stay open until lsc_recorder_end_states(). */
void lsc_recorder_set_states_late (LscRecorder *self, LscLane *lane, gboolean are_late);
void lsc_recorder_set_usage (LscRecorder *self, LscLane *lane, const LscUsage *usage);
void lsc_recorder_set_lost (LscRecorder *self, LscLane *lane, guint64 n_lost);

/* Now and then (10 times a second is enough): writes what is old, frees what readers are done with.
 */
void          lsc_recorder_tick (LscRecorder *self, gint64 time_ns);
const GError *lsc_recorder_get_error (LscRecorder *self);
/* Closes all lanes, writes everything. */
void lsc_recorder_finish (LscRecorder *self, gint64 wall_ns);

G_END_DECLS

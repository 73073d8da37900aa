/* lsc-recorder-private.h: what a recorder knows, and how it writes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-recorder.h"
#include "lsc-recording-private.h"

struct _LscRecorder
{
  GObject parent_instance;

  /* Owned */
  LscRecording  *recording;
  LscBlockWriter writer; /* its file is the recording's */
  GPtrArray     *retired;
  GPtrArray     *changed_lanes; /* of LscLane, borrowed from the recording */

  guint64  n_strings_written;
  guint64  n_marks_written;
  guint64  n_watches_written;
  guint64  n_lines_written;
  gint64   last_write_ns;
  gboolean is_bare; /* nothing is written, and no detail kept */
  gboolean head_written;
  gboolean finished;
};

/* The lane goes to the file anew. */
void lsc_recorder_mark_changed (LscRecorder *self, LscLane *lane);
/* The newest block of a track is full: to the file, and from there into memory again. */
void lsc_recorder_write_full_block (LscRecorder *self,
                                    LscLane     *lane,
                                    LscTrackKind kind,
                                    guint        depth,
                                    LscTrack    *track);
/* What comes before everything else: about the run, and the inputs. Once. */
void lsc_recorder_write_head (LscRecorder *self);
/* All that is not in the file yet. */
void lsc_recorder_write_all (LscRecorder *self);

/* A time that a file takes, too: a writer that went wild may have told anything. */
gint64 lsc_recorder_see (LscRecorder *self, gint64 time_ns);
/* A time that is not before the end of what the track has; moved ones are counted. */
gint64 lsc_recorder_clamp_start (LscLane *lane, const LscTrack *track, gint64 time_ns);
void   lsc_recorder_open_at (LscOpen        *place,
                             const LscTrack *track,
                             gint64          time_ns,
                             guint32         name,
                             guint           category,
                             guint32         task);
/* What is open becomes an interval of the track. */
void lsc_recorder_append (LscRecorder   *self,
                          LscLane       *lane,
                          LscTrackKind   kind,
                          guint          depth,
                          LscTrack      *track,
                          const LscOpen *open,
                          gint64         end_ns,
                          guint8         status);

/* Readers look again when they met a change. Releasing stores keep their order. */
static inline void
lsc_recorder_begin_change (LscLane *lane)
{
  __atomic_store_n (&lane->open_seq, lane->open_seq + 1, __ATOMIC_RELAXED);
}

static inline void
lsc_recorder_end_change (LscLane *lane)
{
  __atomic_store_n (&lane->open_seq, lane->open_seq + 1, __ATOMIC_RELEASE);
}

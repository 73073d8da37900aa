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

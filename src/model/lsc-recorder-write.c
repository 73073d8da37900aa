/* lsc-recorder-write.c: what a recorder puts into the file, and when.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The recorder's thread. A full block is written once it is full; what else is
 * new is written in parts, which the full block replaces later. After an error
 * nothing is written any more, and everything stays in memory.
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-recorder-private.h"

#include "lsc-task-table-private.h"

void
lsc_recorder_mark_changed (LscRecorder *self, LscLane *lane)
{
  if (lane->changed)
    return;
  lane->changed = TRUE;
  g_ptr_array_add (self->changed_lanes, lane);
}

void
lsc_recorder_write_head (LscRecorder *self)
{
  if (self->head_written || self->is_bare)
    return;
  self->head_written = TRUE;
  lsc_block_writer_write_info (&self->writer, self->recording);
  if (self->recording->tasks != NULL)
    lsc_block_writer_write_inputs (&self->writer,
                                   lsc_task_table_get_inputs (self->recording->tasks));
}

/* Strings and lanes come before what mentions them. */
static void
write_names (LscRecorder *self)
{
  lsc_recorder_write_head (self);
  if (lsc_log_get_n (&self->recording->strings) > self->n_strings_written)
    {
      lsc_block_writer_write_strings (&self->writer, self->recording, self->n_strings_written);
      self->n_strings_written = lsc_log_get_n (&self->recording->strings);
    }
  for (guint i = 0; i < self->changed_lanes->len; i++)
    {
      LscLane *lane = (LscLane *)g_ptr_array_index (self->changed_lanes, i);

      lsc_block_writer_write_lane (&self->writer, lane);
      lane->changed = FALSE;
    }
  g_ptr_array_set_size (self->changed_lanes, 0);
}

void
lsc_recorder_write_full_block (LscRecorder *self,
                               LscLane     *lane,
                               LscTrackKind kind,
                               guint        depth,
                               LscTrack    *track)
{
  guint64       block = track->n / LSC_BLOCK_INTERVALS - 1;
  guint64       offset = 0;
  gconstpointer mapped;

  if (self->writer.error != NULL)
    return;
  write_names (self);
  lsc_block_writer_write_intervals (&self->writer, lane, kind, depth, track,
                                    block * LSC_BLOCK_INTERVALS, track->n, &offset);
  if (self->writer.error != NULL)
    return;
  track->n_written = track->n;
  mapped = lsc_file_map (self->writer.file, offset);
  if (mapped != NULL)
    lsc_track_replace_block (track, block, (const LscInterval *)mapped, self->retired);
}

/* The part of the last block that is not in the file yet. */
static void
write_rest (LscRecorder *self, LscLane *lane, LscTrackKind kind, guint depth)
{
  LscTrack *track = lsc_lane_get_track (lane, kind, depth);

  if (track == NULL || track->n_written == track->n)
    return;
  lsc_block_writer_write_intervals (&self->writer, lane, kind, depth, track, track->n_written,
                                    track->n, NULL);
  track->n_written = track->n;
}

static void
write_lane_rest (LscRecorder *self, LscLane *lane)
{
  for (guint depth = 0; depth < lane->n_depths; depth++)
    write_rest (self, lane, LSC_TRACK_SPANS, depth);
  write_rest (self, lane, LSC_TRACK_STATES, 0);
  for (guint kind = 1; kind < LSC_N_COUNTERS; kind++)
    {
      guint64 n = lsc_lane_get_n_counters (lane, kind);

      if (n > lane->n_counters_written[kind])
        lsc_block_writer_write_counters (&self->writer, lane, kind, lane->n_counters_written[kind]);
      lane->n_counters_written[kind] = n;
    }
}

void
lsc_recorder_write_all (LscRecorder *self)
{
  LscRecording *recording = self->recording;
  guint64       n_lines = lsc_output_store_get_n_lines (recording->output);

  if (self->is_bare)
    return;
  write_names (self);
  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    write_lane_rest (self, lsc_recording_get_lane (recording, i));
  if (lsc_log_get_n (&recording->marks) > self->n_marks_written)
    lsc_block_writer_write_marks (&self->writer, recording, self->n_marks_written);
  self->n_marks_written = lsc_log_get_n (&recording->marks);
  if (lsc_log_get_n (&recording->watches) > self->n_watches_written)
    lsc_block_writer_write_watches (&self->writer, recording, self->n_watches_written);
  self->n_watches_written = lsc_log_get_n (&recording->watches);

  if (recording->tasks != NULL)
    {
      g_autoptr (GArray) rows = lsc_task_table_take_journal (recording->tasks);

      if (rows != NULL)
        lsc_block_writer_write_tasks (&self->writer, recording->tasks, rows);
    }
  if (n_lines > self->n_lines_written)
    lsc_block_writer_write_output (&self->writer, recording->output, self->n_lines_written);
  self->n_lines_written = n_lines;
}

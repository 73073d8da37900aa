/* lsc-recording-save.c: a finished recording as a file of its own.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Written anew from what the recording holds, beside its goal, and put in its
 * place when it is whole on the disk. Any thread; blocks.
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-recording-private.h"

#include <glib/gi18n-lib.h>

static gboolean
go_on (LscBlockWriter *writer, GCancellable *cancellable)
{
  if (writer->error == NULL)
    g_cancellable_set_error_if_cancelled (cancellable, &writer->error);
  return writer->error == NULL;
}

static void
write_track (LscBlockWriter *writer,
             const LscLane  *lane,
             LscTrackKind    kind,
             guint           depth,
             GCancellable   *cancellable)
{
  const LscTrack *track = lsc_lane_get_track (lane, kind, depth);
  guint64         n = track != NULL ? lsc_track_get_n (track) : 0;

  for (guint64 from = 0; from < n && go_on (writer, cancellable); from += LSC_BLOCK_INTERVALS)
    lsc_block_writer_write_intervals (writer, lane, kind, depth, track, from,
                                      MIN (from + LSC_BLOCK_INTERVALS, n), NULL);
}

static void
write_all (LscRecording *self, LscBlockWriter *writer, GCancellable *cancellable)
{
  lsc_block_writer_write_info (writer, self);
  if (self->tasks != NULL)
    lsc_block_writer_write_inputs (writer, lsc_task_table_get_inputs (self->tasks));
  lsc_block_writer_write_strings (writer, self, 0);
  for (guint i = 0; i < lsc_recording_get_n_lanes (self); i++)
    lsc_block_writer_write_lane (writer, lsc_recording_get_lane (self, i));

  for (guint i = 0; i < lsc_recording_get_n_lanes (self) && go_on (writer, cancellable); i++)
    {
      const LscLane *lane = lsc_recording_get_lane (self, i);

      for (guint depth = 0; depth < lsc_lane_get_n_depths (lane); depth++)
        write_track (writer, lane, LSC_TRACK_SPANS, depth, cancellable);
      write_track (writer, lane, LSC_TRACK_STATES, 0, cancellable);
      for (guint kind = 1; kind < LSC_N_COUNTERS; kind++)
        lsc_block_writer_write_counters (writer, lane, kind, 0);
    }
  lsc_block_writer_write_marks (writer, self, 0);
  lsc_block_writer_write_watches (writer, self, 0);
  if (self->tasks != NULL && go_on (writer, cancellable))
    lsc_block_writer_write_tasks (writer, self->tasks, NULL);
  if (go_on (writer, cancellable))
    {
      lsc_block_writer_write_cuts (writer, self->output);
      lsc_block_writer_write_output (writer, self->output, 0);
    }
  if (self->whole)
    lsc_block_writer_write_end (writer, self);
}

gboolean
lsc_recording_save (LscRecording *self, const char *path, GCancellable *cancellable, GError **error)
{
  LscBlockWriter writer = { 0 };
  gboolean       saved = FALSE;

  if (!lsc_recording_is_finished (self))
    {
      g_set_error (error, LSC_MODEL_ERROR, LSC_MODEL_ERROR_WRITE,
                   _ ("The run is still going on. Save its recording when it has finished."));
      return FALSE;
    }
  writer.file = lsc_file_new_beside (path, error);
  if (writer.file == NULL)
    return FALSE;

  write_all (self, &writer, cancellable);
  if (go_on (&writer, cancellable))
    saved = lsc_file_commit (writer.file, &writer.error);
  if (writer.error != NULL)
    g_propagate_error (error, writer.error);
  lsc_file_free (writer.file);
  return saved;
}

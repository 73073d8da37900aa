/* lsc-spans-csv.c: the spans of a recording as comma-separated values.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-spans-csv.h"

#include "lsc-csv.h"
#include "lsc-new-file.h"
#include "lsc-span-name.h"

#define HEAD "lane,kind,pid,tid,worker,depth,name,task,status,start_s,end_s,duration_s\r\n"

typedef struct
{
  FILE         *stream;
  LscRecording *recording;
  LscLane      *lane;
} Writer;

/* Whole numbers only: no locale changes them. */
static void
write_seconds (FILE *stream, gint64 time_ns)
{
  fprintf (stream, ",%" G_GINT64_FORMAT ".%09d", time_ns / 1000000000, (int)(time_ns % 1000000000));
}

static void
write_span (const LscSpan *span, gpointer user_data)
{
  Writer *writer = user_data;

  lsc_csv_write_text (writer->stream, lsc_lane_get_name (writer->lane));
  fprintf (writer->stream, ",%s,%d,%d,%u,%u,",
           lsc_lane_get_kind (writer->lane) == LSC_LANE_PROCESS ? "process" : "thread",
           lsc_lane_get_pid (writer->lane), lsc_lane_get_tid (writer->lane),
           lsc_lane_get_worker (writer->lane), span->depth);
  lsc_csv_write_text (writer->stream, lsc_span_name_get (writer->recording, span));
  if (span->task == LSC_NO_TASK)
    fputs (",,", writer->stream);
  else
    fprintf (writer->stream, ",%u,", span->task);
  fputs (lsc_task_status_get_nick (span->status), writer->stream);
  write_seconds (writer->stream, span->start_ns);
  write_seconds (writer->stream, span->end_ns);
  write_seconds (writer->stream, span->end_ns - span->start_ns);
  fputs ("\r\n", writer->stream);
}

gboolean
lsc_spans_csv_write (LscRecording *recording, const char *path, GError **error)
{
  LscNewFile *file;
  Writer      writer = { .recording = recording };
  gint64      end_ns;

  g_return_val_if_fail (LSC_IS_RECORDING (recording), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  file = lsc_new_file_open (path, error);
  if (file == NULL)
    return FALSE;

  writer.stream = lsc_new_file_get_stream (file);
  fputs (HEAD, writer.stream);
  end_ns = lsc_recording_get_last_ns (recording) + 1;
  lsc_recording_begin_read (recording);
  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    {
      writer.lane = lsc_recording_get_lane (recording, i);
      /* What is on a core's lane is no task. */
      if (lsc_lane_get_kind (writer.lane) == LSC_LANE_CORE)
        continue;
      for (guint depth = 0; depth < lsc_lane_get_n_depths (writer.lane); depth++)
        lsc_lane_foreach_span (writer.lane, depth, 0, end_ns, end_ns, write_span, &writer);
    }
  lsc_recording_end_read (recording);

  return lsc_new_file_finish (file, error);
}

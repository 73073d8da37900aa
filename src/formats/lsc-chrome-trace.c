/* lsc-chrome-trace.c: a recording in the Trace Event Format of Chrome.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times are microseconds with three digits behind the point: nothing of the
 * nanoseconds is lost. Written as it goes: a recording may hold millions of spans.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-chrome-trace.h"

#include <json-glib/json-glib.h>

#include "lsc-new-file.h"
#include "lsc-span-name.h"

typedef struct
{
  FILE         *stream;
  LscRecording *recording;
  LscLane      *lane;
  gboolean      has_events;
} Writer;

static char *
to_json (const char *text)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  json_node_set_string (node, valid);
  return json_to_string (node, FALSE);
}

static void
begin_event (Writer *writer)
{
  fputs (writer->has_events ? ",\n" : "\n", writer->stream);
  writer->has_events = TRUE;
}

static void
write_microseconds (Writer *writer, const char *key, gint64 time_ns)
{
  fprintf (writer->stream, ",\"%s\":%" G_GINT64_FORMAT ".%03d", key, time_ns / 1000,
           (int)(time_ns % 1000));
}

/* A place where processes follow each other has no ids of its own: its number tells it from
 * others. */
static int
get_pid (const LscLane *lane)
{
  return lsc_lane_get_pid (lane) > 0 ? lsc_lane_get_pid (lane) : (int)lsc_lane_get_worker (lane);
}

static int
get_tid (const LscLane *lane)
{
  return lsc_lane_get_tid (lane) > 0 ? lsc_lane_get_tid (lane) : (int)lsc_lane_get_worker (lane);
}

static void
write_span (const LscSpan *span, gpointer user_data)
{
  Writer          *writer = user_data;
  g_autofree char *name = to_json (lsc_span_name_get (writer->recording, span));

  begin_event (writer);
  fprintf (writer->stream, "{\"ph\":\"X\",\"pid\":%d,\"tid\":%d,\"cat\":\"%s\",\"name\":%s",
           get_pid (writer->lane), get_tid (writer->lane),
           span->category == LSC_CATEGORY_TASK ? "task" : "step", name);
  write_microseconds (writer, "ts", span->start_ns);
  write_microseconds (writer, "dur", span->end_ns - span->start_ns);
  fprintf (writer->stream, ",\"args\":{\"status\":\"%s\"", lsc_task_status_get_nick (span->status));
  if (span->task != LSC_NO_TASK)
    fprintf (writer->stream, ",\"task\":%u", span->task);
  fputs ("}}", writer->stream);
}

static gboolean
write_counter (gint64 time_ns, guint64 value, gpointer user_data)
{
  Writer *writer = user_data;

  begin_event (writer);
  fprintf (writer->stream, "{\"ph\":\"C\",\"pid\":%d,\"name\":\"RSS\"", get_pid (writer->lane));
  write_microseconds (writer, "ts", time_ns);
  fprintf (writer->stream, ",\"args\":{\"bytes\":%" G_GUINT64_FORMAT "}}", value);
  return TRUE;
}

static void
write_lane (Writer *writer, gint64 end_ns)
{
  g_autofree char *name = to_json (lsc_lane_get_name (writer->lane));
  gboolean         is_process = lsc_lane_get_kind (writer->lane) == LSC_LANE_PROCESS;

  begin_event (writer);
  fprintf (writer->stream,
           "{\"ph\":\"M\",\"pid\":%d,\"tid\":%d,\"name\":\"%s\",\"args\":{\"name\":%s}}",
           get_pid (writer->lane), get_tid (writer->lane),
           is_process ? "process_name" : "thread_name", name);

  for (guint depth = 0; depth < lsc_lane_get_n_depths (writer->lane); depth++)
    lsc_lane_foreach_span (writer->lane, depth, 0, end_ns, end_ns, write_span, writer);
  if (is_process)
    lsc_recording_foreach_counter (writer->recording, writer->lane, LSC_COUNTER_RSS_BYTES, 0,
                                   end_ns, write_counter, writer);
}

static void
write_marks (Writer *writer)
{
  static const char *const kinds[] = {
    [LSC_MARK_START] = "start", [LSC_MARK_STOP_ASKED] = "stop asked", [LSC_MARK_EXEC] = "exec",
    [LSC_MARK_EXIT] = "exit",   [LSC_MARK_SIGNAL] = "signal",
  };

  for (guint i = 0; i < lsc_recording_get_n_marks (writer->recording); i++)
    {
      LscMark          mark;
      g_autofree char *text = NULL;

      lsc_recording_get_mark (writer->recording, i, &mark);
      text = to_json (lsc_recording_get_string (writer->recording, mark.name));
      begin_event (writer);
      fprintf (writer->stream, "{\"ph\":\"i\",\"s\":\"%s\",\"pid\":%d,\"tid\":%d,\"name\":\"%s\"",
               mark.lane == NULL ? "g" : "t", mark.lane == NULL ? 0 : get_pid (mark.lane),
               mark.lane == NULL ? 0 : get_tid (mark.lane),
               mark.kind < G_N_ELEMENTS (kinds) && kinds[mark.kind] != NULL ? kinds[mark.kind]
                                                                            : "mark");
      write_microseconds (writer, "ts", mark.time_ns);
      fprintf (writer->stream, ",\"args\":{\"text\":%s}}", text);
    }
}

static void
write_head (Writer *writer)
{
  LscRecordingInfo info;
  g_autofree char *workload = NULL;
  g_autofree char *machine = NULL;

  lsc_recording_get_info (writer->recording, &info);
  workload = to_json (info.workload_id);
  machine = to_json (info.machine);
  fprintf (writer->stream,
           "{\"displayTimeUnit\":\"ms\",\"otherData\":{\"workload\":%s,\"executor\":\"%s\","
           "\"workers\":\"%u\",\"machine\":%s},\n\"traceEvents\":[",
           workload, lsc_executor_kind_get_nick (info.executor), info.n_workers, machine);
}

gboolean
lsc_chrome_trace_write (LscRecording *recording, const char *path, GError **error)
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
  end_ns = lsc_recording_get_last_ns (recording) + 1;
  write_head (&writer);
  lsc_recording_begin_read (recording);
  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    {
      writer.lane = lsc_recording_get_lane (recording, i);
      if (lsc_lane_is_own (writer.lane))
        write_lane (&writer, end_ns);
    }
  write_marks (&writer);
  lsc_recording_end_read (recording);
  fputs ("\n]}\n", writer.stream);

  return lsc_new_file_finish (file, error);
}

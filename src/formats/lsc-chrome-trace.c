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

#include "lsc-lane-counters.h"
#include "lsc-new-file.h"
#include "lsc-span-name.h"

typedef struct
{
  FILE         *stream;
  LscRecording *recording;
  LscLane      *lane;
  int           states_tid; /* of the row that its states are on */
  int           n_cores;
  gboolean      has_events;
} Writer;

/* Numbers that no process and no thread has: the kernel's end at 4194304. */
#define CORES_PID  (1 << 30)
#define STATES_TID (1 << 30)

static const char *const states[LSC_N_STATES] = {
  [LSC_STATE_UNKNOWN] = "unknown",      [LSC_STATE_RUNNING] = "running",
  [LSC_STATE_PREEMPTED] = "pushed off", [LSC_STATE_WAITING] = "waiting",
  [LSC_STATE_BLOCKED] = "blocked",      [LSC_STATE_NOT_RECORDED] = "not recorded",
};

static const char *const reasons[LSC_N_REASONS] = {
  [LSC_REASON_UNKNOWN] = "unknown",   [LSC_REASON_LOCK] = "lock",
  [LSC_REASON_PIPE] = "pipe",         [LSC_REASON_POLL] = "poll",
  [LSC_REASON_CHILD] = "child",       [LSC_REASON_DISK] = "disk",
  [LSC_REASON_SLEEP] = "sleep",       [LSC_REASON_NETWORK] = "network",
  [LSC_REASON_TERMINAL] = "terminal", [LSC_REASON_STOPPED] = "stopped",
  [LSC_REASON_OTHER] = "other",
};

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

/* What is on a core: who runs there. */
static void
write_turn (const LscSpan *span, gpointer user_data)
{
  Writer          *writer = user_data;
  g_autofree char *name = to_json (lsc_recording_get_string (writer->recording, span->name));

  begin_event (writer);
  fprintf (writer->stream, "{\"ph\":\"X\",\"pid\":%d,\"tid\":%d,\"cat\":\"core\",\"name\":%s",
           CORES_PID, writer->states_tid, name);
  write_microseconds (writer, "ts", span->start_ns);
  write_microseconds (writer, "dur", span->end_ns - span->start_ns);
  if (span->task < lsc_recording_get_n_lanes (writer->recording))
    {
      const LscLane *lane = lsc_recording_get_lane (writer->recording, span->task);

      fprintf (writer->stream, ",\"args\":{\"pid\":%d,\"tid\":%d}", get_pid (lane), get_tid (lane));
    }
  fputc ('}', writer->stream);
}

static void
write_state (const LscStatePiece *piece, gpointer user_data)
{
  Writer *writer = user_data;

  begin_event (writer);
  fprintf (writer->stream, "{\"ph\":\"X\",\"pid\":%d,\"tid\":%d,\"cat\":\"state\",\"name\":\"%s\"",
           lsc_lane_get_kind (writer->lane) == LSC_LANE_CORE ? CORES_PID : get_pid (writer->lane),
           writer->states_tid, states[MIN (piece->state, LSC_N_STATES - 1)]);
  write_microseconds (writer, "ts", piece->start_ns);
  write_microseconds (writer, "dur", piece->end_ns - piece->start_ns);
  fputs (",\"args\":{", writer->stream);
  if (piece->state != LSC_STATE_NOT_RECORDED)
    fprintf (writer->stream, "\"seen\":\"%s\"", piece->sampled ? "sampled" : "exact");
  if (piece->state == LSC_STATE_RUNNING && piece->core_or_reason != LSC_CORE_UNKNOWN)
    fprintf (writer->stream, ",\"core\":%u", piece->core_or_reason);
  else if ((piece->state == LSC_STATE_WAITING || piece->state == LSC_STATE_BLOCKED) &&
           piece->core_or_reason != LSC_REASON_UNKNOWN && piece->core_or_reason < LSC_N_REASONS)
    fprintf (writer->stream, ",\"for\":\"%s\"", reasons[piece->core_or_reason]);
  fputs ("}}", writer->stream);
}

static void
begin_counter (Writer *writer, const char *name, gint64 time_ns)
{
  begin_event (writer);
  fprintf (writer->stream, "{\"ph\":\"C\",\"pid\":%d,\"name\":\"%s\"", get_pid (writer->lane),
           name);
  write_microseconds (writer, "ts", time_ns);
}

static void
write_bytes (Writer *writer, const char *name, gint64 time_ns, guint64 value)
{
  begin_counter (writer, name, time_ns);
  fprintf (writer->stream, ",\"args\":{\"bytes\":%" G_GUINT64_FORMAT "}}", value);
}

static gboolean
write_rss (gint64 time_ns, guint64 value, gpointer user_data)
{
  write_bytes (user_data, "RSS", time_ns, value);
  return TRUE;
}

static gboolean
write_pss (gint64 time_ns, guint64 value, gpointer user_data)
{
  write_bytes (user_data, "PSS", time_ns, value);
  return TRUE;
}

/* What was used from here to the next look: a track holds a value until the next one. Behind the
 * last it must not go on for ever. */
static gboolean
write_cores (gint64 time_ns, guint64 value, gpointer user_data)
{
  Writer *writer = user_data;
  double  cores = 0.0;
  char    text[G_ASCII_DTOSTR_BUF_SIZE];

  (void)lsc_lane_find_cores (writer->lane, time_ns + 1, &cores);
  begin_counter (writer, "CPU", time_ns);
  fprintf (writer->stream, ",\"args\":{\"cores\":%s}}",
           g_ascii_formatd (text, sizeof text, "%.4f", cores));
  return TRUE;
}

static gboolean
get_first (gint64 time_ns, guint64 value, gpointer user_data)
{
  *(gint64 *)user_data = time_ns;
  return FALSE;
}

static void
write_counters (Writer *writer, gint64 end_ns)
{
  LscLane *lane = writer->lane;
  gint64   first_ns = -1;
  double   cores;

  lsc_recording_foreach_counter (writer->recording, lane, LSC_COUNTER_CPU_NS, 0, end_ns, get_first,
                                 &first_ns);
  if (first_ns > lsc_lane_get_start_ns (lane) &&
      lsc_lane_find_cores (lane, lsc_lane_get_start_ns (lane), &cores))
    write_cores (lsc_lane_get_start_ns (lane), 0, writer);
  lsc_recording_foreach_counter (writer->recording, lane, LSC_COUNTER_CPU_NS, 0, end_ns,
                                 write_cores, writer);
  lsc_recording_foreach_counter (writer->recording, lane, LSC_COUNTER_RSS_BYTES, 0, end_ns,
                                 write_rss, writer);
  lsc_recording_foreach_counter (writer->recording, lane, LSC_COUNTER_PSS_BYTES, 0, end_ns,
                                 write_pss, writer);
}

static void
write_row_name (Writer *writer, const char *kind, int pid, int tid, const char *name)
{
  g_autofree char *text = to_json (name);

  begin_event (writer);
  fprintf (writer->stream,
           "{\"ph\":\"M\",\"pid\":%d,\"tid\":%d,\"name\":\"%s\",\"args\":{\"name\":%s}}", pid, tid,
           kind, text);
}

/* What was only seen has nothing else on its row; next to tasks, whose ends are not those of
 * states, they have one of their own. */
static void
write_states (Writer *writer, gint64 end_ns)
{
  g_autofree char *name = NULL;

  if (!lsc_lane_has_states (writer->lane))
    return;
  writer->states_tid = get_tid (writer->lane);
  if (lsc_lane_is_own (writer->lane))
    {
      writer->states_tid += STATES_TID;
      name = g_strconcat (lsc_lane_get_name (writer->lane), ": states", NULL);
      write_row_name (writer, "thread_name", get_pid (writer->lane), writer->states_tid, name);
    }
  lsc_lane_foreach_state (writer->lane, 0, end_ns, end_ns, write_state, writer);
}

static void
write_core (Writer *writer, gint64 end_ns)
{
  /* By its number in the order of their names, from 1. */
  writer->states_tid = ++writer->n_cores;
  if (writer->n_cores == 1)
    write_row_name (writer, "process_name", CORES_PID, 0, "cores");
  write_row_name (writer, "thread_name", CORES_PID, writer->states_tid,
                  lsc_lane_get_name (writer->lane));
  lsc_lane_foreach_span (writer->lane, 0, 0, end_ns, end_ns, write_turn, writer);
  lsc_lane_foreach_state (writer->lane, 0, end_ns, end_ns, write_state, writer);
}

static void
write_lane (Writer *writer, gint64 end_ns)
{
  gboolean is_process = lsc_lane_get_kind (writer->lane) == LSC_LANE_PROCESS;

  if (lsc_lane_get_kind (writer->lane) == LSC_LANE_CORE)
    {
      write_core (writer, end_ns);
      return;
    }
  write_row_name (writer, is_process ? "process_name" : "thread_name", get_pid (writer->lane),
                  get_tid (writer->lane), lsc_lane_get_name (writer->lane));
  for (guint depth = 0; depth < lsc_lane_get_n_depths (writer->lane); depth++)
    lsc_lane_foreach_span (writer->lane, depth, 0, end_ns, end_ns, write_span, writer);
  write_states (writer, end_ns);
  if (is_process)
    write_counters (writer, end_ns);
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
      write_lane (&writer, end_ns);
    }
  write_marks (&writer);
  lsc_recording_end_read (recording);
  fputs ("\n]}\n", writer.stream);

  return lsc_new_file_finish (file, error);
}

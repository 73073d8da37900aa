/* lsc-recording-open.c: makes a recording of a file, as far as it can be trusted.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks are taken in order; the first that is cut, damaged or says what can't
 * be ends the reading, and what came before it is the recording. Full blocks of
 * intervals are used where they are mapped; their nodes are made anew. Nothing
 * is allocated by a number of the file's that its bytes don't bear out.
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-recording-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-output-store-private.h"
#include "lsc-pack-private.h"

typedef struct
{
  LscRecording *recording;
  LscTextList  *inputs; /* until the first block that is of something else */
  gboolean      has_info;
  gboolean      ended;
  GPtrArray    *garbage; /* retired memory; nobody reads yet */
} Opening;

static gboolean
is_time (gint64 time_ns)
{
  return time_ns > -LSC_MAX_TIME_NS && time_ns < LSC_MAX_TIME_NS;
}

static gboolean
read_info (Opening *opening, LscUnpack *unpack)
{
  LscRecordingInfo info = { 0 };
  gboolean         has_tasks;

  opening->recording->origin_ns = (gint64)lsc_unpack_u64 (unpack);
  info.wall_start_us = (gint64)lsc_unpack_u64 (unpack);
  info.executor = (LscExecutorKind)lsc_unpack_u32 (unpack);
  info.n_workers = lsc_unpack_u32 (unpack);
  info.one_core = lsc_unpack_u32 (unpack) != 0;
  info.n_cores = lsc_unpack_u32 (unpack);
  has_tasks = lsc_unpack_u32 (unpack) != 0;
  info.workload_id = lsc_unpack_text (unpack, NULL);
  info.workload_name = lsc_unpack_text (unpack, NULL);
  info.settings = lsc_unpack_text (unpack, NULL);
  info.machine = lsc_unpack_text (unpack, NULL);
  if (unpack->broken || opening->has_info || (guint)info.executor >= LSC_N_EXECUTOR_KINDS)
    return FALSE;

  lsc_recording_set_info (opening->recording, &info);
  opening->has_info = TRUE;
  if (has_tasks)
    opening->inputs = lsc_text_list_new ();
  return TRUE;
}

static gboolean
read_inputs (Opening *opening, const LscBlockHead *head, LscUnpack *unpack)
{
  if (opening->inputs == NULL || head->first != lsc_text_list_get_n (opening->inputs))
    return FALSE;
  for (guint32 i = 0; i < head->count; i++)
    {
      gsize       length;
      const char *text = lsc_unpack_text (unpack, &length);

      if (text == NULL)
        return FALSE;
      lsc_text_list_append (opening->inputs, text, (gssize)length);
    }
  return TRUE;
}

static void
end_inputs (Opening *opening)
{
  if (opening->inputs == NULL)
    return;
  lsc_text_list_freeze (opening->inputs);
  opening->recording->tasks = lsc_task_table_new (opening->inputs);
  g_clear_object (&opening->inputs);
}

static gboolean
read_strings (Opening *opening, const LscBlockHead *head, LscUnpack *unpack)
{
  LscRecording *recording = opening->recording;

  if (head->first != lsc_log_get_n (&recording->strings) + 1)
    return FALSE;
  for (guint32 i = 0; i < head->count; i++)
    {
      const char *text = lsc_unpack_text (unpack, NULL);

      /* The same text twice would shift the ids of all that follow. */
      if (text == NULL || lsc_recording_add_string (recording, text) != head->first + i)
        return FALSE;
    }
  return TRUE;
}

static LscLane *
get_lane (Opening *opening, guint32 index)
{
  if (index >= lsc_recording_get_n_lanes (opening->recording))
    return NULL;
  return lsc_recording_get_lane (opening->recording, index);
}

static gboolean
read_lane (Opening *opening, const LscBlockHead *head, LscUnpack *unpack)
{
  guint32     kind = lsc_unpack_u32 (unpack);
  guint32     source = lsc_unpack_u32 (unpack);
  guint32     parent_index = lsc_unpack_u32 (unpack);
  LscLane    *parent = parent_index == G_MAXUINT32 ? NULL : get_lane (opening, parent_index);
  LscLane     fields = { 0 };
  LscLane    *lane;
  LscLane    *creator = NULL;
  const char *name;

  fields.is_own = TRUE;
  fields.pid = (gint32)lsc_unpack_u32 (unpack);
  fields.tid = (gint32)lsc_unpack_u32 (unpack);
  fields.worker = lsc_unpack_u32 (unpack);
  fields.start_ns = (gint64)lsc_unpack_u64 (unpack);
  fields.end_ns = (gint64)lsc_unpack_u64 (unpack);
  fields.end = (gint32)lsc_unpack_u32 (unpack);
  fields.end_value = (gint32)lsc_unpack_u32 (unpack);
  for (guint i = 0; i < G_N_ELEMENTS (fields.usage); i++)
    {
      gint64 value = (gint64)lsc_unpack_u64 (unpack);

      fields.usage[i] = CLAMP (value, -1, LSC_MAX_TIME_NS); /* sums of them stay numbers */
    }
  fields.n_lost = lsc_unpack_u64 (unpack);
  fields.n_refused = lsc_unpack_u64 (unpack);
  fields.n_clamped = lsc_unpack_u64 (unpack);
  name = lsc_unpack_text (unpack, NULL);
  if (unpack->left > 0)
    {
      guint32 creator_index;

      fields.is_own = lsc_unpack_u32 (unpack) != 0;
      creator_index = lsc_unpack_u32 (unpack);
      creator = creator_index < head->lane ? get_lane (opening, creator_index) : NULL;
    }
  if (unpack->broken || name == NULL || kind > LSC_LANE_CORE || source > LSC_SOURCE_EXACT)
    return FALSE;
  if ((guint32)fields.end > LSC_LANE_SIGNALED || !is_time (fields.start_ns) ||
      !is_time (fields.end_ns) || (parent == NULL && parent_index != G_MAXUINT32) ||
      head->lane > lsc_recording_get_n_lanes (opening->recording) ||
      (parent != NULL && parent_index >= head->lane))
    return FALSE;

  lane = get_lane (opening, head->lane);
  if (lane == NULL)
    {
      lane = lsc_lane_new (head->lane, (LscLaneKind)kind, parent, (LscSource)source, NULL);
      lsc_recording_add_lane (opening->recording, lane);
    }
  lane->name = lsc_recording_keep_text (opening->recording, name);
  lane->source = source;
  lane->is_own = fields.is_own;
  lane->creator = creator;
  lane->pid = fields.pid;
  lane->tid = fields.tid;
  lane->worker = fields.worker;
  lane->start_ns = fields.start_ns;
  lane->end_ns = fields.end_ns;
  lane->end = fields.end;
  lane->end_value = fields.end_value;
  memcpy (lane->usage, fields.usage, sizeof lane->usage);
  lane->n_lost = fields.n_lost;
  lane->n_refused = fields.n_refused;
  lane->n_clamped = fields.n_clamped;
  lsc_recording_see_time (opening->recording, MAX (lane->start_ns, lane->end_ns));
  return TRUE;
}

/* ---- intervals --------------------------------------------------------------------- */

static gboolean
check_intervals (const LscInterval *intervals, guint n, gint64 last_end_ns)
{
  for (guint i = 0; i < n; i++)
    {
      if (intervals[i].start_ns < last_end_ns || intervals[i].start_ns >= LSC_MAX_TIME_NS)
        return FALSE;
      last_end_ns = lsc_interval_get_end (&intervals[i]);
    }
  return TRUE;
}

/* Where what is before an ordinal of the last block ends. */
static gint64
get_end_before (const LscTrack *track, guint64 ordinal)
{
  return ordinal > 0 ? lsc_interval_get_end (lsc_track_get (track, ordinal - 1)) : 0;
}

static gboolean
read_intervals (Opening *opening, const LscBlockHead *head, gconstpointer payload)
{
  const LscInterval *intervals = (const LscInterval *)payload;
  LscTrackKind       kind = head->type == LSC_BLOCK_STATES ? LSC_TRACK_STATES : LSC_TRACK_SPANS;
  LscLane           *lane = get_lane (opening, head->lane);
  LscTrack          *track;
  gboolean is_full = head->count == LSC_BLOCK_INTERVALS && head->first % LSC_BLOCK_INTERVALS == 0;

  if (lane == NULL || head->depth >= LSC_LANE_MAX_DEPTHS || head->count == 0 ||
      head->count > LSC_BLOCK_INTERVALS)
    return FALSE;
  if (head->length != head->count * sizeof (LscInterval))
    return FALSE;
  track = lsc_lane_get_track (lane, kind, head->depth);
  if (track == NULL && head->first != 0)
    return FALSE;
  track = lsc_lane_ensure_track (lane, kind, head->depth);

  /* A full block takes the place of its parts; anything else comes next. */
  if (head->first != track->n &&
      !(is_full && head->first <= track->n && track->n - head->first < LSC_BLOCK_INTERVALS))
    return FALSE;
  if (!check_intervals (intervals, head->count, get_end_before (track, head->first)))
    return FALSE;

  if (is_full)
    lsc_track_append_mapped (track, intervals);
  else
    for (guint i = 0; i < head->count; i++)
      lsc_track_append (track, &intervals[i], opening->garbage);
  lsc_recording_see_time (opening->recording, track->last_end_ns);
  return TRUE;
}

/* ---- counters, marks, tasks, output ---------------------------------------------------- */

static gboolean
read_counter (Opening *opening, const LscBlockHead *head, LscUnpack *unpack)
{
  LscLane    *lane = get_lane (opening, head->lane);
  LscCounter *counter;
  gint64      last_ns = G_MININT64;

  if (lane == NULL || head->depth == 0)
    return FALSE;
  /* A newer program's may be more. */
  if (head->depth >= LSC_N_COUNTERS)
    return head->type == LSC_BLOCK_MORE_COUNTER;
  counter = lsc_lane_ensure_counter (lane, head->depth);
  if (head->first != counter->values.n)
    return FALSE;
  if (counter->values.n > 0)
    last_ns = LSC_LOG_AT (&counter->values, LscCounterValue, counter->values.n - 1)->time_ns;
  for (guint32 i = 0; i < head->count; i++)
    {
      LscCounterValue sample = { (gint64)lsc_unpack_u64 (unpack), lsc_unpack_u64 (unpack) };

      if (unpack->broken || sample.time_ns < last_ns || !is_time (sample.time_ns) ||
          sample.value > G_MAXINT64)
        return FALSE;
      last_ns = sample.time_ns;
      lsc_counter_push (counter, head->depth, sample.time_ns, sample.value);
      lsc_recording_see_time (opening->recording, sample.time_ns);
    }
  return TRUE;
}

static gboolean
read_marks (Opening *opening, const LscBlockHead *head, LscUnpack *unpack)
{
  LscRecording *recording = opening->recording;

  if (head->first != recording->marks.n)
    return FALSE;
  for (guint32 i = 0; i < head->count; i++)
    {
      const LscStoredMark *mark =
          (const LscStoredMark *)lsc_unpack_bytes (unpack, sizeof (LscStoredMark));

      if (mark == NULL || !is_time (mark->time_ns) ||
          (mark->lane != G_MAXUINT32 && get_lane (opening, mark->lane) == NULL))
        return FALSE;
      *LSC_LOG_NEXT (&recording->marks, LscStoredMark) = *mark;
      lsc_log_publish (&recording->marks);
      lsc_recording_see_time (recording, mark->time_ns);
    }
  return TRUE;
}

static gboolean
read_watches (Opening *opening, const LscBlockHead *head, LscUnpack *unpack)
{
  LscRecording *recording = opening->recording;

  if (head->first != recording->watches.n)
    return FALSE;
  for (guint32 i = 0; i < head->count; i++)
    {
      const LscStoredWatch *watch =
          (const LscStoredWatch *)lsc_unpack_bytes (unpack, sizeof (LscStoredWatch));

      if (watch == NULL || !is_time (watch->time_ns))
        return FALSE;
      *LSC_LOG_NEXT (&recording->watches, LscStoredWatch) = *watch;
      lsc_log_publish (&recording->watches);
    }
  return TRUE;
}

static gboolean
read_tasks (Opening *opening, const LscBlockHead *head, LscUnpack *unpack)
{
  LscTaskTable *tasks = opening->recording->tasks;

  if (tasks == NULL)
    return FALSE;
  for (guint32 i = 0; i < head->count; i++)
    {
      LscStoredTask stored = { 0 };
      gconstpointer at = lsc_unpack_bytes (unpack, sizeof stored);
      gsize         length;
      const char   *output = lsc_unpack_text (unpack, &length);
      LscTask       task;

      if (at != NULL)
        memcpy (&stored, at, sizeof stored);
      if (unpack->broken || stored.index >= lsc_task_table_get_n (tasks) ||
          stored.status > LSC_TASK_TIMED_OUT)
        return FALSE;
      if (!is_time (stored.start_ns) || !is_time (stored.end_ns))
        return FALSE;
      task = (LscTask){
        .status = (LscTaskStatus)stored.status,
        .exit = stored.exit,
        .signal = stored.signal,
        .worker = stored.worker,
        .pid = stored.pid,
        .attempts = stored.attempts,
        .start_ns = stored.start_ns,
        .end_ns = stored.end_ns,
        .user_ns = stored.user_ns,
        .system_ns = stored.system_ns,
        .peak_rss_bytes = stored.peak_rss_bytes,
      };
      lsc_task_table_set (tasks, stored.index, &task, output, (gssize)length);
    }
  return TRUE;
}

static gboolean
read_output (Opening *opening, const LscBlockHead *head, LscUnpack *unpack)
{
  for (guint32 i = 0; i < head->count; i++)
    {
      guint32     kind = lsc_unpack_u32 (unpack);
      guint32     task = lsc_unpack_u32 (unpack);
      guint32     worker = lsc_unpack_u32 (unpack);
      gint64      time_ns = (gint64)lsc_unpack_u64 (unpack);
      gsize       length;
      const char *text = lsc_unpack_text (unpack, &length);

      if (text == NULL || kind > LSC_OUTPUT_NOTE)
        return FALSE;
      if (!lsc_output_store_restore (opening->recording->output, head->first + i,
                                     (LscOutputKind)kind, task, worker, time_ns, text, length))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_cuts (Opening *opening, const LscBlockHead *head, LscUnpack *unpack)
{
  for (guint32 i = 0; i < head->count; i++)
    {
      guint32 task = lsc_unpack_u32 (unpack);
      guint64 number = lsc_unpack_u64 (unpack);
      guint64 n = lsc_unpack_u64 (unpack);

      if (unpack->broken || n == 0)
        return FALSE;
      lsc_output_store_restore_cut (opening->recording->output, task, number, n);
    }
  return TRUE;
}

static gboolean
read_end (Opening *opening, LscUnpack *unpack)
{
  LscRecording *recording = opening->recording;
  gint64        wall_ns = (gint64)lsc_unpack_u64 (unpack);
  gint64        last_ns = (gint64)lsc_unpack_u64 (unpack);
  guint64       n_lines = lsc_unpack_u64 (unpack);

  if (unpack->broken || wall_ns < 0 || !is_time (wall_ns) || !is_time (last_ns))
    return FALSE;
  if (!lsc_output_store_restore_n_lines (recording->output, n_lines))
    return FALSE;
  lsc_recording_see_time (recording, last_ns);
  recording->wall_ns = wall_ns;
  recording->whole = TRUE;
  opening->ended = TRUE;
  return TRUE;
}

/* ---- the whole -------------------------------------------------------------------------- */

static gboolean
read_block (Opening *opening, const LscBlockHead *head, gconstpointer payload)
{
  LscUnpack unpack = { (const guint8 *)payload, head->length, FALSE };

  if (head->type == LSC_BLOCK_PAD)
    return TRUE;
  if (!opening->has_info && head->type != LSC_BLOCK_INFO)
    return FALSE;
  if (head->type != LSC_BLOCK_INFO && head->type != LSC_BLOCK_INPUTS)
    end_inputs (opening);

  switch (head->type)
    {
    case LSC_BLOCK_INFO:
      return read_info (opening, &unpack);
    case LSC_BLOCK_INPUTS:
      return read_inputs (opening, head, &unpack);
    case LSC_BLOCK_STRINGS:
      return read_strings (opening, head, &unpack);
    case LSC_BLOCK_LANE:
      return read_lane (opening, head, &unpack);
    case LSC_BLOCK_SPANS:
    case LSC_BLOCK_STATES:
      return read_intervals (opening, head, payload);
    case LSC_BLOCK_COUNTER:
    case LSC_BLOCK_MORE_COUNTER:
      return read_counter (opening, head, &unpack);
    case LSC_BLOCK_MARKS:
      return read_marks (opening, head, &unpack);
    case LSC_BLOCK_WATCHES:
      return read_watches (opening, head, &unpack);
    case LSC_BLOCK_TASKS:
      return read_tasks (opening, head, &unpack);
    case LSC_BLOCK_OUTPUT:
      return read_output (opening, head, &unpack);
    case LSC_BLOCK_CUTS:
      return read_cuts (opening, head, &unpack);
    case LSC_BLOCK_END:
      return read_end (opening, &unpack);
    default:
      return TRUE;
    }
}

LscRecording *
lsc_recording_open (const char *path, guint64 *n_dropped_bytes, GError **error)
{
  g_autoptr (LscRecording) recording = NULL;
  g_autoptr (GPtrArray) garbage = g_ptr_array_new_with_free_func (g_free);
  Opening       opening = { .garbage = garbage };
  LscFile      *file = lsc_file_open (path, error);
  guint64       offset = LSC_FILE_HEAD_BYTES;
  guint64       good = offset;
  LscBlockHead  head;
  gconstpointer payload;

  if (file == NULL)
    return NULL;
  recording = lsc_recording_new ();
  recording->file = file;
  opening.recording = recording;
  while (!opening.ended && lsc_file_next (file, &offset, &head, &payload))
    {
      if (!read_block (&opening, &head, payload))
        break;
      good = offset;
    }
  end_inputs (&opening);
  if (!opening.has_info)
    {
      g_set_error (error, LSC_MODEL_ERROR, LSC_MODEL_ERROR_BROKEN,
                   _ ("This recording is damaged; nothing of it could be read."));
      return NULL;
    }
  if (recording->wall_ns < 0)
    recording->wall_ns = recording->last_ns;
  lsc_recording_sum_up (recording);
  if (n_dropped_bytes != NULL)
    *n_dropped_bytes = lsc_file_get_size (file) - good;
  return g_steal_pointer (&recording);
}

/* lsc-recorder.c: appends to a recording and to its file.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread. A full block goes to the file at once and is mapped from there;
 * what else is new goes at the next tick, at the latest a second after it came.
 * Memory that a reader may still be looking at is retired and freed at a tick
 * when no reader is at work. When the file can't be written, everything stays
 * in memory and the error is kept.
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-recorder-private.h"

#include "lsc-lane-counters.h"
#include "lsc-task-table-private.h"

/* How long something may be in memory only. */
#define MAX_AGE_NS (G_GINT64_CONSTANT (1000) * 1000 * 1000)

G_DEFINE_FINAL_TYPE (LscRecorder, lsc_recorder, G_TYPE_OBJECT)

static void
lsc_recorder_dispose (GObject *object)
{
  LscRecorder *self = LSC_RECORDER (object);

  if (self->recording != NULL && !self->finished)
    lsc_recorder_finish (self, lsc_recording_get_last_ns (self->recording));

  G_OBJECT_CLASS (lsc_recorder_parent_class)->dispose (object);
}

static void
lsc_recorder_finalize (GObject *object)
{
  LscRecorder *self = LSC_RECORDER (object);

  if (self->recording != NULL)
    {
      /* The last chance: wait for a reader that is at work. */
      lsc_recording_begin_read (self->recording);
      g_ptr_array_set_size (self->retired, 0);
      lsc_recording_end_read (self->recording);
    }
  g_ptr_array_unref (self->retired);
  g_ptr_array_unref (self->changed_lanes);
  g_clear_error (&self->writer.error);
  g_clear_object (&self->recording);

  G_OBJECT_CLASS (lsc_recorder_parent_class)->finalize (object);
}

static void
lsc_recorder_class_init (LscRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lsc_recorder_dispose;
  G_OBJECT_CLASS (klass)->finalize = lsc_recorder_finalize;
}

static void
lsc_recorder_init (LscRecorder *self)
{
  self->retired = g_ptr_array_new_with_free_func (g_free);
  self->changed_lanes = g_ptr_array_new ();
}

LscRecorder *
lsc_recorder_new (const char             *path,
                  const LscRecordingInfo *info,
                  LscTextList            *inputs,
                  gint64                  origin_ns,
                  GError                **error)
{
  g_autoptr (GError) file_error = NULL;
  LscFile     *file = lsc_file_new (path, &file_error);
  LscRecorder *self;

  if (file == NULL && path != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&file_error));
      return NULL;
    }
  self = LSC_RECORDER (g_object_new (LSC_TYPE_RECORDER, NULL));
  self->recording = lsc_recording_new ();
  self->recording->origin_ns = origin_ns;
  self->recording->file = file;
  lsc_recording_set_info (self->recording, info);
  if (inputs != NULL)
    {
      self->recording->tasks = lsc_task_table_new (inputs);
      lsc_task_table_start_journal (self->recording->tasks);
    }
  self->writer.file = file;
  self->writer.error = g_steal_pointer (&file_error);

  return self;
}

LscRecorder *
lsc_recorder_new_bare (const LscRecordingInfo *info, LscTextList *inputs, gint64 origin_ns)
{
  LscRecorder *self = LSC_RECORDER (g_object_new (LSC_TYPE_RECORDER, NULL));

  self->is_bare = TRUE;
  self->recording = lsc_recording_new ();
  self->recording->origin_ns = origin_ns;
  lsc_recording_set_info (self->recording, info);
  if (inputs != NULL)
    self->recording->tasks = lsc_task_table_new (inputs);
  return self;
}

void
lsc_recorder_begin (LscRecorder *self)
{
  lsc_recorder_write_head (self);
}

LscRecording *
lsc_recorder_get_recording (LscRecorder *self)
{
  return self->recording;
}

const GError *
lsc_recorder_get_error (LscRecorder *self)
{
  return self->writer.error;
}

gint64
lsc_recorder_see (LscRecorder *self, gint64 time_ns)
{
  time_ns = CLAMP (time_ns, 0, LSC_MAX_TIME_NS - 1);
  lsc_recording_see_time (self->recording, time_ns);
  return time_ns;
}

/* ---- ticks --------------------------------------------------------------------------- */

void
lsc_recorder_tick (LscRecorder *self, gint64 time_ns)
{
  time_ns = lsc_recorder_see (self, time_ns);
  if (time_ns - self->last_write_ns >= MAX_AGE_NS)
    {
      self->last_write_ns = time_ns;
      lsc_recorder_write_all (self);
    }
  if (self->retired->len > 0 && pthread_mutex_trylock (&self->recording->read_lock) == 0)
    {
      g_ptr_array_set_size (self->retired, 0);
      pthread_mutex_unlock (&self->recording->read_lock);
    }
}

/* ---- what happens ------------------------------------------------------------------------ */

guint32
lsc_recorder_add_string (LscRecorder *self, const char *text)
{
  return lsc_recording_add_string (self->recording, text);
}

LscLane *
lsc_recorder_add_lane (LscRecorder *self,
                       LscLaneKind  kind,
                       LscLane     *parent,
                       LscSource    source,
                       gint32       pid,
                       gint32       tid,
                       guint        worker,
                       const char  *name,
                       gint64       start_ns)
{
  LscLane *lane = lsc_lane_new (lsc_recording_get_n_lanes (self->recording), kind, parent, source,
                                lsc_recording_keep_text (self->recording, name));

  lane->pid = pid;
  lane->tid = tid;
  lane->worker = worker;
  lane->start_ns = lsc_recorder_see (self, start_ns);
  lsc_recording_add_lane (self->recording, lane);
  lsc_recorder_mark_changed (self, lane);
  return lane;
}

/* A time that is not before the end of what the track has; moved ones are counted. */
gint64
lsc_recorder_clamp_start (LscLane *lane, const LscTrack *track, gint64 time_ns)
{
  if (time_ns >= track->last_end_ns)
    return time_ns;
  __atomic_fetch_add (&lane->n_clamped, 1, __ATOMIC_RELAXED);
  return track->last_end_ns;
}

void
lsc_recorder_open_at (LscOpen        *place,
                      const LscTrack *track,
                      gint64          time_ns,
                      guint32         name,
                      guint           category,
                      guint32         task)
{
  __atomic_store_n (&place->start_ns, time_ns, __ATOMIC_RELEASE);
  __atomic_store_n (&place->name_task, (guint64)name << 32 | task, __ATOMIC_RELEASE);
  __atomic_store_n (&place->ordinal, track->n, __ATOMIC_RELEASE);
  __atomic_store_n (&place->category, category, __ATOMIC_RELEASE);
}

void
lsc_recorder_append (LscRecorder   *self,
                     LscLane       *lane,
                     LscTrackKind   kind,
                     guint          depth,
                     LscTrack      *track,
                     const LscOpen *open,
                     gint64         end_ns,
                     guint8         status)
{
  gint64      duration_ns = end_ns - open->start_ns;
  LscInterval interval = { .start_ns = open->start_ns,
                           .name = (guint32)(open->name_task >> 32),
                           .task = (guint32)open->name_task };

  if (duration_ns < 0 || duration_ns > LSC_INTERVAL_MAX_NS)
    {
      __atomic_fetch_add (&lane->n_clamped, 1, __ATOMIC_RELAXED);
      duration_ns = CLAMP (duration_ns, 0, LSC_INTERVAL_MAX_NS);
    }
  interval.bits = lsc_interval_pack (duration_ns, lsc_open_get_category (open), status);
  if (lsc_track_append (track, &interval, self->retired))
    lsc_recorder_write_full_block (self, lane, kind, depth, track);
}

static void
refuse (LscRecorder *self, LscLane *lane)
{
  __atomic_fetch_add (&lane->n_refused, 1, __ATOMIC_RELAXED);
  lsc_digest_add_lost (&self->recording->digest, 1);
}

void
lsc_recorder_begin_span (LscRecorder *self,
                         LscLane     *lane,
                         gint64       time_ns,
                         guint32      name,
                         guint        category,
                         guint32      task)
{
  guint     depth = lane->n_open;
  LscTrack *track;

  time_ns = lsc_recorder_see (self, time_ns);
  if (self->is_bare)
    return;
  if (depth >= LSC_LANE_MAX_DEPTHS)
    {
      lane->n_too_deep++;
      refuse (self, lane);
      return;
    }
  track = lsc_lane_ensure_track (lane, LSC_TRACK_SPANS, depth);
  time_ns = lsc_recorder_clamp_start (lane, track, time_ns);
  lsc_recorder_begin_change (lane);
  lsc_recorder_open_at (&lane->open[depth], track, time_ns, name, MIN (category, LSC_N_LOOKS - 1),
                        task);
  __atomic_store_n (&lane->n_open, depth + 1, __ATOMIC_RELEASE);
  lsc_recorder_end_change (lane);
}

void
lsc_recorder_end_span (LscRecorder *self, LscLane *lane, gint64 time_ns, LscTaskStatus status)
{
  guint depth;

  time_ns = lsc_recorder_see (self, time_ns);
  if (lane->n_too_deep > 0)
    {
      lane->n_too_deep--;
      return;
    }
  if (lane->n_open == 0)
    return;
  depth = lane->n_open - 1;
  /* First onto the track, then off the stack: a reader may meet both, never none. */
  lsc_recorder_append (self, lane, LSC_TRACK_SPANS, depth, lane->spans[depth], &lane->open[depth],
                       time_ns, (guint8)status);
  lsc_recorder_begin_change (lane);
  __atomic_store_n (&lane->n_open, depth, __ATOMIC_RELEASE);
  lsc_recorder_end_change (lane);
}

void
lsc_recorder_add_counter (LscRecorder   *self,
                          LscLane       *lane,
                          gint64         time_ns,
                          LscCounterKind kind,
                          guint64        value)
{
  gboolean is_sampled;

  time_ns = lsc_recorder_see (self, time_ns);
  if (self->is_bare)
    return;
  if (kind <= 0 || (guint)kind >= LSC_N_COUNTERS)
    {
      refuse (self, lane);
      lsc_recorder_mark_changed (self, lane);
      return;
    }
  /* More is nobody's figure, and a file with it counts as damaged. */
  lsc_counter_append (lsc_lane_ensure_counter (lane, kind), kind, time_ns, MIN (value, G_MAXINT64));
  if (kind == LSC_COUNTER_CPU_NS)
    lsc_digest_add_account (&self->recording->digest, lane);
  else if (kind == LSC_COUNTER_RSS_BYTES && lane->kind == LSC_LANE_PROCESS)
    lsc_recording_see_peak (self->recording, -1, lsc_lane_get_peak_rss (lane, &is_sampled));
}

void
lsc_recorder_add_mark (LscRecorder *self,
                       LscLane     *lane,
                       gint64       time_ns,
                       LscMarkKind  kind,
                       guint32      name,
                       guint64      value)
{
  LscStoredMark *mark = LSC_LOG_NEXT (&self->recording->marks, LscStoredMark);

  time_ns = lsc_recorder_see (self, time_ns);
  mark->time_ns = time_ns;
  mark->lane = lane != NULL ? lane->index : G_MAXUINT32;
  mark->kind = kind;
  mark->name = name;
  mark->value = value;
  lsc_log_publish (&self->recording->marks);
}

void
lsc_recorder_set_usage (LscRecorder *self, LscLane *lane, const LscUsage *usage)
{
  const gint64 values[] = { usage->user_ns,     usage->system_ns,     usage->run_delay_ns,
                            usage->n_voluntary, usage->n_involuntary, usage->peak_rss_bytes };
  gboolean     is_sampled;
  gint64       before_bytes = lsc_lane_get_peak_rss (lane, &is_sampled);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (values[i] >= 0)
      __atomic_store_n (&lane->usage[i], values[i], __ATOMIC_RELAXED);
  lsc_digest_add_account (&self->recording->digest, lane);
  if (lane->kind == LSC_LANE_PROCESS && usage->peak_rss_bytes >= 0)
    lsc_recording_see_peak (self->recording, before_bytes,
                            lsc_lane_get_peak_rss (lane, &is_sampled));
  lsc_recorder_mark_changed (self, lane);
}

void
lsc_recorder_set_lost (LscRecorder *self, LscLane *lane, guint64 n_lost)
{
  if (n_lost == lane->n_lost)
    return;
  lsc_digest_add_lost (&self->recording->digest, n_lost - lane->n_lost);
  __atomic_store_n (&lane->n_lost, n_lost, __ATOMIC_RELAXED);
  lsc_recorder_mark_changed (self, lane);
}

void
lsc_recorder_end_lane (LscRecorder  *self,
                       LscLane      *lane,
                       gint64        time_ns,
                       LscLaneEnd    end,
                       gint          end_value,
                       LscTaskStatus status)
{
  time_ns = lsc_recorder_see (self, time_ns);
  while (lane->n_open > 0)
    {
      lane->n_too_deep = 0;
      lsc_recorder_end_span (self, lane, time_ns, status);
    }
  if (!lane->states_are_late)
    lsc_recorder_end_states (self, lane, time_ns);

  for (guint kind = 1; lane->counters != NULL && kind < LSC_N_COUNTERS; kind++)
    lsc_counter_settle (&lane->counters[kind], kind);

  __atomic_store_n (&lane->end_value, end_value, __ATOMIC_RELAXED);
  __atomic_store_n (&lane->end, end, __ATOMIC_RELAXED);
  __atomic_store_n (&lane->end_ns, MAX (time_ns, lane->start_ns), __ATOMIC_RELEASE);
  lsc_recorder_mark_changed (self, lane);
}

void
lsc_recorder_finish (LscRecorder *self, gint64 wall_ns)
{
  LscRecording *recording = self->recording;

  g_return_if_fail (!self->finished);
  self->finished = TRUE;

  wall_ns = lsc_recorder_see (self, wall_ns);
  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i);

      if (lane->end_ns < 0)
        lsc_recorder_end_lane (self, lane, MAX (wall_ns, lane->start_ns), LSC_LANE_RETIRED, 0,
                               LSC_TASK_STOPPED);
      lsc_recorder_end_states (self, lane, lane->end_ns);
    }
  lsc_output_store_flush (recording->output);
  __atomic_store_n (&recording->whole, TRUE, __ATOMIC_RELAXED);
  __atomic_store_n (&recording->wall_ns, wall_ns, __ATOMIC_RELEASE);

  lsc_recorder_write_all (self);
  lsc_block_writer_write_end (&self->writer, recording);
  lsc_recorder_tick (self, recording->last_ns);
}

/* lsc-recording.c: what a recording holds.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Owns its lanes, strings, marks, task table, output and file. Everything that
 * grows does so in logs that never move, so that readers need no lock for it;
 * the read lock only keeps retired memory from being freed under a reader.
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-recording-private.h"

#include "lsc-lane-counters.h"

G_DEFINE_QUARK (lsc - model - error - quark, lsc_model_error)

G_DEFINE_FINAL_TYPE (LscRecording, lsc_recording, G_TYPE_OBJECT)

static void
clear_info (LscRecordingInfo *info)
{
  g_free ((char *)info->workload_id);
  g_free ((char *)info->workload_name);
  g_free ((char *)info->settings);
  g_free ((char *)info->machine);
  *info = (LscRecordingInfo){ 0 };
}

static void
lsc_recording_finalize (GObject *object)
{
  LscRecording *self = LSC_RECORDING (object);

  for (guint64 i = 0; i < lsc_log_get_n (&self->lanes); i++)
    lsc_lane_free (*LSC_LOG_AT (&self->lanes, LscLane *, i));
  lsc_log_clear (&self->lanes);
  lsc_log_clear (&self->strings);
  lsc_log_clear (&self->marks);
  lsc_log_clear (&self->watches);
  lsc_digest_clear (&self->digest);
  g_hash_table_unref (self->string_ids);
  g_string_chunk_free (self->texts);
  g_clear_object (&self->output);
  g_clear_object (&self->tasks);
  g_clear_pointer (&self->file, lsc_file_free);
  clear_info (&self->info);
  pthread_mutex_destroy (&self->read_lock);

  G_OBJECT_CLASS (lsc_recording_parent_class)->finalize (object);
}

static void
lsc_recording_class_init (LscRecordingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lsc_recording_finalize;
}

static void
lsc_recording_init (LscRecording *self)
{
  pthread_mutexattr_t attributes;

  pthread_mutexattr_init (&attributes);
  pthread_mutexattr_settype (&attributes, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init (&self->read_lock, &attributes);
  pthread_mutexattr_destroy (&attributes);

  self->wall_ns = -1;
  lsc_digest_init (&self->digest);
  self->output = lsc_output_store_new (LSC_RECORDING_OUTPUT_BYTES);
  self->texts = g_string_chunk_new (4096);
  self->string_ids = g_hash_table_new (g_str_hash, g_str_equal);
}

LscRecording *
lsc_recording_new (void)
{
  return LSC_RECORDING (g_object_new (LSC_TYPE_RECORDING, NULL));
}

/* ---- filling ------------------------------------------------------------------------ */

void
lsc_recording_set_info (LscRecording *self, const LscRecordingInfo *info)
{
  LscRecordingInfo copy = *info;

  copy.workload_id = g_strdup (info->workload_id);
  copy.workload_name = g_strdup (info->workload_name);
  copy.settings = g_strdup (info->settings);
  copy.machine = g_strdup (info->machine);
  clear_info (&self->info);
  self->info = copy;
}

guint32
lsc_recording_add_string (LscRecording *self, const char *text)
{
  g_autofree char *mended = NULL;
  gpointer         known;
  char            *kept;

  if (!g_utf8_validate (text, -1, NULL))
    text = mended = g_utf8_make_valid (text, -1);
  known = g_hash_table_lookup (self->string_ids, text);
  if (known != NULL)
    return GPOINTER_TO_UINT (known);

  kept = g_string_chunk_insert (self->texts, text);
  *LSC_LOG_NEXT (&self->strings, char *) = kept;
  lsc_log_publish (&self->strings);
  g_hash_table_insert (self->string_ids, kept, GUINT_TO_POINTER ((guint)self->strings.n));
  return (guint32)self->strings.n;
}

const char *
lsc_recording_keep_text (LscRecording *self, const char *text)
{
  g_autofree char *mended = NULL;

  if (text == NULL)
    return "";
  if (!g_utf8_validate (text, -1, NULL))
    text = mended = g_utf8_make_valid (text, -1);
  return g_string_chunk_insert_const (self->texts, text);
}

void
lsc_recording_add_lane (LscRecording *self, LscLane *lane)
{
  lane->read_lock = &self->read_lock;
  *LSC_LOG_NEXT (&self->lanes, LscLane *) = lane;
  lsc_log_publish (&self->lanes);
  lsc_digest_add_lane (&self->digest, lane);
}

void
lsc_recording_see_peak (LscRecording *self, gint64 before_bytes, gint64 peak_bytes)
{
  if (lsc_digest_see_peak (&self->digest, before_bytes, peak_bytes))
    return;

  __atomic_store_n (&self->digest.peak_rss_bytes, -1, __ATOMIC_RELAXED);
  for (guint i = 0; i < lsc_recording_get_n_lanes (self); i++)
    {
      LscLane *lane = lsc_recording_get_lane (self, i);
      gboolean is_sampled;

      if (lane->kind == LSC_LANE_PROCESS)
        lsc_digest_see_peak (&self->digest, -1, lsc_lane_get_peak_rss (lane, &is_sampled));
    }
}

void
lsc_recording_sum_up (LscRecording *self)
{
  for (guint i = 0; i < lsc_recording_get_n_lanes (self); i++)
    {
      LscLane *lane = lsc_recording_get_lane (self, i);
      gboolean is_sampled;

      lsc_lane_sum_up (lane);
      if (lane->worker > 0)
        lsc_digest_add_worker (&self->digest, lane);
      if (lane->kind == LSC_LANE_PROCESS)
        lsc_digest_see_peak (&self->digest, -1, lsc_lane_get_peak_rss (lane, &is_sampled));
      lsc_digest_add_account (&self->digest, lane);
      lsc_digest_add_lost (&self->digest, lsc_lane_get_n_lost (lane));
    }
}

void
lsc_recording_see_time (LscRecording *self, gint64 time_ns)
{
  if (time_ns > self->last_ns)
    __atomic_store_n (&self->last_ns, time_ns, __ATOMIC_RELAXED);
}

/* ---- reading ------------------------------------------------------------------------- */

void
lsc_recording_get_info (LscRecording *self, LscRecordingInfo *info)
{
  *info = self->info;
}

gint64
lsc_recording_get_origin_ns (LscRecording *self)
{
  return self->origin_ns;
}

gboolean
lsc_recording_is_finished (LscRecording *self)
{
  return lsc_recording_get_wall_ns (self) >= 0;
}

gboolean
lsc_recording_is_whole (LscRecording *self)
{
  return __atomic_load_n (&self->whole, __ATOMIC_RELAXED);
}

gint64
lsc_recording_get_wall_ns (LscRecording *self)
{
  return __atomic_load_n (&self->wall_ns, __ATOMIC_ACQUIRE);
}

gint64
lsc_recording_get_last_ns (LscRecording *self)
{
  return __atomic_load_n (&self->last_ns, __ATOMIC_RELAXED);
}

void
lsc_recording_begin_read (LscRecording *self)
{
  pthread_mutex_lock (&self->read_lock);
}

void
lsc_recording_end_read (LscRecording *self)
{
  pthread_mutex_unlock (&self->read_lock);
}

guint
lsc_recording_get_n_lanes (LscRecording *self)
{
  return (guint)lsc_log_get_n (&self->lanes);
}

LscLane *
lsc_recording_get_lane (LscRecording *self, guint index)
{
  g_return_val_if_fail (index < lsc_log_get_n (&self->lanes), NULL);

  return *LSC_LOG_AT (&self->lanes, LscLane *, index);
}

guint64
lsc_recording_get_n_lost (LscRecording *self)
{
  return __atomic_load_n (&self->digest.n_lost, __ATOMIC_RELAXED);
}

guint64
lsc_recording_get_shape (LscRecording *self)
{
  return __atomic_load_n (&self->digest.shape, __ATOMIC_ACQUIRE);
}

guint
lsc_recording_get_n_worker_lanes (LscRecording *self)
{
  return (guint)lsc_log_get_n (&self->digest.workers);
}

LscLane *
lsc_recording_get_worker_lane (LscRecording *self, guint index)
{
  g_return_val_if_fail (index < lsc_log_get_n (&self->digest.workers), NULL);

  return *LSC_LOG_AT (&self->digest.workers, LscLane *, index);
}

const char *
lsc_recording_get_string (LscRecording *self, guint32 id)
{
  if (id == 0 || id > lsc_log_get_n (&self->strings))
    return "";
  return *LSC_LOG_AT (&self->strings, const char *, id - 1);
}

guint
lsc_recording_get_n_strings (LscRecording *self)
{
  return (guint)lsc_log_get_n (&self->strings);
}

LscTaskTable *
lsc_recording_get_tasks (LscRecording *self)
{
  return self->tasks;
}

LscOutputStore *
lsc_recording_get_output (LscRecording *self)
{
  return self->output;
}

guint
lsc_recording_get_n_marks (LscRecording *self)
{
  return (guint)lsc_log_get_n (&self->marks);
}

void
lsc_recording_get_mark (LscRecording *self, guint index, LscMark *mark)
{
  const LscStoredMark *stored;

  *mark = (LscMark){ 0 };
  g_return_if_fail (index < lsc_log_get_n (&self->marks));

  stored = LSC_LOG_AT (&self->marks, LscStoredMark, index);
  mark->time_ns = stored->time_ns;
  mark->lane = stored->lane < lsc_recording_get_n_lanes (self)
                   ? lsc_recording_get_lane (self, stored->lane)
                   : NULL;
  mark->kind = (LscMarkKind)stored->kind;
  mark->name = stored->name;
  mark->value = stored->value;
}

/* observer-support.c: an observer, and records for it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "observer-support.h"

static void
started_cb (gpointer user_data, gint32 pid, LscLane *lane)
{
  g_assert_cmpint (lsc_lane_get_pid (lane), ==, pid);
  g_string_append_printf (user_data, "+%d ", pid);
}

static void
ended_cb (gpointer user_data, gint32 pid)
{
  g_string_append_printf (user_data, "-%d ", pid);
}

void
scene_set_up (Scene *scene, gconstpointer data)
{
  const LscRecordingInfo info = { .workload_id = "test" };
  LscObserverEvents      events = { started_cb, ended_cb, NULL };
  g_autoptr (GError) error = NULL;

  scene->events = g_string_new (NULL);
  events.user_data = scene->events;
  scene->recorder = lsc_recorder_new (NULL, &info, NULL, 0, &error);
  g_assert_no_error (error);
  scene->recording = lsc_recorder_get_recording (scene->recorder);
  scene->observer = lsc_observer_new (scene->recorder, &events);
}

void
scene_tear_down (Scene *scene, gconstpointer data)
{
  lsc_observer_free (scene->observer);
  g_object_unref (scene->recorder);
  g_string_free (scene->events, TRUE);
}

/* ---- records ------------------------------------------------------------------------------ */

static gboolean
take (Scene *scene, gint64 us, LscRecord record, const char *name)
{
  guint32 id = name != NULL ? lsc_recorder_add_string (scene->recorder, name) : 0;

  record.time_ns = (guint64)(us * US);
  return lsc_observer_take (scene->observer, &record, us * US, id);
}

gboolean
scene_watch (Scene *scene, gint64 us, guint watches, int refusal, const char *word)
{
  return take (scene, us,
               (LscRecord){ .kind = LSC_RECORD_WATCH,
                            .category = (guint16)watches,
                            .task = LSC_NO_TASK,
                            .value = (guint64)refusal },
               word);
}

gboolean
scene_start (Scene *scene, gint64 us, guint tid, guint pid, LscSightKind sight, guint maker)
{
  return take (scene, us,
               (LscRecord){ .kind = LSC_RECORD_THREAD_START,
                            .lane = tid,
                            .task = pid,
                            .category = (guint16)sight,
                            .value = (guint64)maker << 32 | maker },
               NULL);
}

gboolean
scene_exec (Scene *scene, gint64 us, guint tid, const char *name, guint core)
{
  return take (
      scene, us,
      (LscRecord){
          .kind = LSC_RECORD_THREAD_NAME, .lane = tid, .task = tid, .category = 1, .value = core },
      name);
}

gboolean
scene_name (Scene *scene, gint64 us, guint tid, guint pid, const char *name)
{
  return take (scene, us, (LscRecord){ .kind = LSC_RECORD_THREAD_NAME, .lane = tid, .task = pid },
               name);
}

gboolean
scene_in (Scene *scene, gint64 us, guint tid, guint pid, guint core)
{
  return take (
      scene, us,
      (LscRecord){
          .kind = LSC_RECORD_SWITCH_IN, .lane = tid, .task = pid, .category = (guint16)core },
      NULL);
}

gboolean
scene_out (Scene *scene, gint64 us, guint tid, guint pid, gboolean is_preempted)
{
  return scene_leave (scene, us, tid, pid, LSC_CORE_UNKNOWN, is_preempted);
}

gboolean
scene_leave (Scene *scene, gint64 us, guint tid, guint pid, guint core, gboolean is_preempted)
{
  return take (scene, us,
               (LscRecord){ .kind = LSC_RECORD_SWITCH_OUT,
                            .lane = tid,
                            .task = pid,
                            .category = (guint16)core,
                            .value = is_preempted ? 1 : 0 },
               NULL);
}

static gboolean
take_end (Scene *scene, gint64 us, guint tid, guint pid, LscSightKind sight)
{
  return take (
      scene, us,
      (LscRecord){
          .kind = LSC_RECORD_THREAD_END, .lane = tid, .task = pid, .category = (guint16)sight },
      NULL);
}

gboolean
scene_end (Scene *scene, gint64 us, guint tid, guint pid)
{
  return take_end (scene, us, tid, pid, LSC_SIGHT_PERF);
}

gboolean
scene_miss (Scene *scene, gint64 us, guint tid, guint pid)
{
  return take_end (scene, us, tid, pid, LSC_SIGHT_PROC);
}

gboolean
scene_hear_end (Scene *scene, gint64 us, guint tid, guint pid)
{
  return take_end (scene, us, tid, pid, LSC_SIGHT_CONNECTOR);
}

gboolean
scene_end_process (Scene *scene, gint64 us, guint pid, int wait_status)
{
  return take (
      scene, us,
      (LscRecord){
          .kind = LSC_RECORD_PROCESS_END, .lane = pid, .task = pid, .value = (guint64)wait_status },
      NULL);
}

gboolean
scene_sample (Scene   *scene,
              gint64   us,
              guint    tid,
              guint    pid,
              LscState state,
              guint    reason,
              guint    core)
{
  return take (scene, us,
               (LscRecord){ .kind = LSC_RECORD_SAMPLE,
                            .lane = tid,
                            .task = pid,
                            .category = (guint16)state,
                            .value = (guint64)reason << 16 | core },
               NULL);
}

gboolean
scene_usage (Scene *scene, gint64 us, guint tid, guint pid, LscUsageKind kind, guint64 value)
{
  return take (scene, us,
               (LscRecord){ .kind = LSC_RECORD_THREAD_USAGE,
                            .lane = tid,
                            .task = pid,
                            .category = (guint16)kind,
                            .value = value },
               NULL);
}

gboolean
scene_lose (Scene *scene, gint64 us, guint core, gint64 since_us, guint n)
{
  return take (scene, us,
               (LscRecord){ .kind = LSC_RECORD_LOSS,
                            .lane = core,
                            .name = (guint32)(us - since_us),
                            .task = LSC_NO_TASK,
                            .value = n },
               NULL);
}

gboolean
scene_begin_loss (Scene *scene, gint64 us, guint core)
{
  return scene_lose (scene, us, core, us, 0);
}

gboolean
scene_lose_messages (Scene *scene, gint64 us, guint n)
{
  return take (scene, us,
               (LscRecord){ .kind = LSC_RECORD_LOSS,
                            .category = LSC_SIGHT_CONNECTOR,
                            .lane = LSC_ALL_CORES,
                            .task = LSC_NO_TASK,
                            .value = n },
               NULL);
}

/* ---- what came of it ------------------------------------------------------------------------ */

LscLane *
scene_find (Scene *scene, LscLaneKind kind, const char *name)
{
  for (guint i = lsc_recording_get_n_lanes (scene->recording); i > 0; i--)
    {
      LscLane *lane = lsc_recording_get_lane (scene->recording, i - 1);

      if (lsc_lane_get_kind (lane) == kind && g_str_equal (lsc_lane_get_name (lane), name))
        return lane;
    }
  g_error ("There is no lane “%s”.", name);
}

guint
scene_count (Scene *scene, LscLaneKind kind)
{
  guint n = 0;

  for (guint i = 0; i < lsc_recording_get_n_lanes (scene->recording); i++)
    n += lsc_lane_get_kind (lsc_recording_get_lane (scene->recording, i)) == kind;
  return n;
}

char *
scene_tell (Scene *scene, LscLane *lane, gint64 now_us)
{
  static const char letters[LSC_N_STATES] = { 'u', 'R', 'p', 'w', 'b', 'x' };
  GString          *text = g_string_new (NULL);
  LscStatePiece     piece;

  for (gint64 at_ns = lsc_lane_get_start_ns (lane); at_ns < now_us * US;)
    {
      if (!lsc_lane_find_state (lane, at_ns, now_us * US, &piece) || piece.end_ns <= at_ns)
        {
          at_ns += US;
          continue;
        }
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append_printf (text, "%s%c", piece.sampled ? "~" : "", letters[piece.state]);
      if (piece.state == LSC_STATE_RUNNING && piece.core_or_reason == LSC_CORE_UNKNOWN)
        g_string_append_c (text, '?');
      else if (piece.state == LSC_STATE_RUNNING || piece.core_or_reason != 0)
        g_string_append_printf (text, "%u", piece.core_or_reason);
      g_string_append_printf (text, ":%" G_GINT64_FORMAT, (piece.end_ns - piece.start_ns) / US);
      at_ns = piece.end_ns;
    }
  return g_string_free (text, FALSE);
}

void
scene_check (Scene *scene, LscLane *lane, gint64 now_us, const char *expected)
{
  g_autofree char *told = scene_tell (scene, lane, now_us);

  g_assert_cmpstr (told, ==, expected);
  g_assert_cmpuint (lsc_lane_get_n_clamped (lane), ==, 0);
}

/* lsc-intake.c: what the records of one process mean.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The collector's thread. A record may be garbage, when the process that wrote it
 * went wild: each field is checked before it is passed on, and what was not
 * believed is counted.
 */

#define G_LOG_DOMAIN "lsc-observe"

#include "config.h"

#include "lsc-clock.h"
#include "lsc-intake-private.h"
#include "lsc-ring.h"

#define FUTURE_NS LSC_NS_PER_S

LscIntakeProcess *
lsc_intake_process_new (LscIntake  *intake,
                        LscSegment *segment,
                        LscLane    *lane,
                        gint32      pid,
                        guint       first_worker)
{
  guint             n_rings = lsc_segment_get_n_rings (segment);
  LscIntakeProcess *self = g_malloc0 (sizeof *self + n_rings * sizeof self->rings[0]);

  self->intake = intake;
  self->segment = segment;
  self->lane = lane;
  self->pid = pid;
  self->first_worker = first_worker;
  self->names = g_hash_table_new (NULL, NULL);
  self->n_rings = n_rings;
  for (guint i = 0; i < n_rings; i++)
    {
      self->rings[i].usage = LSC_INTAKE_UNKNOWN_USAGE;
      self->rings[i].final_task = LSC_NO_TASK;
    }
  return self;
}

void
lsc_intake_process_free (LscIntakeProcess *self)
{
  g_clear_pointer (&self->segment, lsc_segment_close);
  g_clear_pointer (&self->names, g_hash_table_unref);
  for (guint i = 0; i < self->n_rings; i++)
    g_clear_pointer (&self->rings[i].held, g_array_unref);
  g_free (self);
}

void
lsc_intake_see_now (LscIntake *intake)
{
  intake->latest_ns = (gint64)lsc_trace_now_ns () - intake->origin_ns + FUTURE_NS;
}

gint64
lsc_intake_get_time (LscIntake *intake, guint64 time_ns, gint64 earliest_ns)
{
  gint64 relative_ns = (gint64)(time_ns - (guint64)intake->origin_ns);

  /* Records are written while others are read, and this thread may have had to wait for a core. */
  if (G_UNLIKELY (relative_ns > intake->latest_ns))
    lsc_intake_see_now (intake);
  if (G_LIKELY (relative_ns >= earliest_ns && relative_ns <= intake->latest_ns))
    return relative_ns;

  intake->n_bad++;
  return CLAMP (relative_ns, earliest_ns, MAX (earliest_ns, intake->latest_ns));
}

static guint32
get_name (LscIntakeProcess *self, LscIntakeRing *ring, guint32 name)
{
  char             text[LSC_INTAKE_MAX_STRING_SIZE];
  g_autofree char *valid = NULL;
  gpointer         known;

  if (name == 0)
    return 0;
  if (name == ring->name)
    return ring->name_id;

  if (!g_hash_table_lookup_extended (self->names, GUINT_TO_POINTER (name), NULL, &known))
    {
      if (!lsc_segment_get_string (self->segment, name, text, sizeof text))
        {
          self->intake->n_bad++;
          return 0;
        }
      valid = g_utf8_make_valid (text, -1);
      known = GUINT_TO_POINTER (lsc_recorder_add_string (self->intake->recorder, valid));
      g_hash_table_insert (self->names, GUINT_TO_POINTER (name), known);
    }

  ring->name = name;
  ring->name_id = GPOINTER_TO_UINT (known);
  return ring->name_id;
}

static guint32
get_task (LscIntakeProcess *self, guint32 task)
{
  if (task == LSC_NO_TASK || task < self->intake->n_tasks)
    return task;

  self->intake->n_bad++;
  return LSC_NO_TASK;
}

/* ---- records ---------------------------------------------------------------------- */

static gboolean
set_usage (LscUsage *usage, guint kind, guint64 value)
{
  if (value > G_MAXINT64)
    return FALSE;

  switch (kind)
    {
    case LSC_USAGE_USER_NS:
      usage->user_ns = (gint64)value;
      return TRUE;
    case LSC_USAGE_SYSTEM_NS:
      usage->system_ns = (gint64)value;
      return TRUE;
    case LSC_USAGE_RUN_DELAY_NS:
      usage->run_delay_ns = (gint64)value;
      return TRUE;
    case LSC_USAGE_VOLUNTARY:
      usage->n_voluntary = (gint64)value;
      return TRUE;
    case LSC_USAGE_INVOLUNTARY:
      usage->n_involuntary = (gint64)value;
      return TRUE;
    case LSC_USAGE_PEAK_RSS:
      usage->peak_rss_bytes = (gint64)value;
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
take_span_begin (LscIntakeProcess *self,
                 LscIntakeRing    *ring,
                 const LscRecord  *record,
                 gint64            time_ns)
{
  guint category = record->category;

  if (category >= LSC_N_CATEGORIES)
    {
      self->intake->n_bad++;
      category = LSC_CATEGORY_TASK;
    }
  lsc_recorder_begin_span (self->intake->recorder, ring->lane, time_ns,
                           get_name (self, ring, record->name), category,
                           get_task (self, record->task));
  ring->n_open++;
  return TRUE;
}

static gboolean
take_span_end (LscIntakeProcess *self, LscIntakeRing *ring, const LscRecord *record, gint64 time_ns)
{
  LscTaskStatus status = LSC_TASK_FAILED;

  if (ring->n_open == 0)
    return FALSE;

  if (record->value >= LSC_TASK_DONE && record->value <= LSC_TASK_TIMED_OUT)
    status = (LscTaskStatus)record->value;
  else
    self->intake->n_bad++;
  lsc_recorder_end_span (self->intake->recorder, ring->lane, time_ns, status);
  ring->n_open--;
  return TRUE;
}

static gboolean
take_counter (LscIntakeProcess *self, LscIntakeRing *ring, const LscRecord *record, gint64 time_ns)
{
  if (record->category != LSC_COUNTER_CPU_NS && record->category != LSC_COUNTER_RSS_BYTES)
    return FALSE;

  lsc_recorder_add_counter (self->intake->recorder, ring->lane, time_ns,
                            (LscCounterKind)record->category, record->value);
  return TRUE;
}

static gboolean
take_mark (LscIntakeProcess *self, LscIntakeRing *ring, const LscRecord *record, gint64 time_ns)
{
  if (record->category < LSC_MARK_START || record->category > LSC_MARK_TERMINATE_ASKED)
    return FALSE;

  lsc_recorder_add_mark (self->intake->recorder, ring->lane, time_ns, (LscMarkKind)record->category,
                         get_name (self, ring, record->name), record->value);
  return TRUE;
}

/* What is open on a lane that ended so: by itself, or because it died. */
static gboolean
take_lane_end (LscIntakeProcess *self, LscIntakeRing *ring, const LscRecord *record, gint64 time_ns)
{
  if (record->category > LSC_LANE_END_SIGNALED || record->value > G_MAXINT)
    return FALSE;

  if (record->category == LSC_LANE_END_EXITED)
    lsc_intake_end_lane (self, ring, time_ns, LSC_LANE_EXITED, (gint)record->value,
                         record->value == 0 ? LSC_TASK_STOPPED : LSC_TASK_CRASHED);
  else if (record->category == LSC_LANE_END_SIGNALED)
    lsc_intake_end_lane (self, ring, time_ns, LSC_LANE_SIGNALED, (gint)record->value,
                         LSC_TASK_CRASHED);
  else
    lsc_intake_end_lane (self, ring, time_ns, LSC_LANE_RETIRED, 0, LSC_TASK_STOPPED);
  return TRUE;
}

/* FALSE when it meant nothing. */
static gboolean
take_record (LscIntakeProcess *self, LscIntakeRing *ring, const LscRecord *record)
{
  gint64 time_ns;

  if (record->kind == LSC_RECORD_NONE || record->kind > LSC_RECORD_USAGE)
    return FALSE;

  time_ns = lsc_intake_get_time (self->intake, record->time_ns, ring->last_ns);
  ring->last_ns = time_ns;
  if (!lsc_intake_ensure_lane (self, ring, record, time_ns))
    return FALSE;

  switch ((LscRecordKind)record->kind)
    {
    case LSC_RECORD_LANE_START:
      return TRUE;
    case LSC_RECORD_LANE_END:
      return take_lane_end (self, ring, record, time_ns);
    case LSC_RECORD_SPAN_BEGIN:
      return take_span_begin (self, ring, record, time_ns);
    case LSC_RECORD_SPAN_END:
      return take_span_end (self, ring, record, time_ns);
    case LSC_RECORD_STATE:
      return lsc_intake_take_state (self, ring, record, time_ns);
    case LSC_RECORD_COUNTER:
      return take_counter (self, ring, record, time_ns);
    case LSC_RECORD_MARK:
      return take_mark (self, ring, record, time_ns);
    case LSC_RECORD_USAGE:
      return set_usage (&ring->usage, record->category, record->value);
    case LSC_RECORD_NONE:
    case LSC_RECORD_THREAD_START:
    case LSC_RECORD_THREAD_NAME:
    case LSC_RECORD_THREAD_END:
    case LSC_RECORD_SWITCH_IN:
    case LSC_RECORD_SWITCH_OUT:
    case LSC_RECORD_SAMPLE:
    case LSC_RECORD_THREAD_USAGE:
    case LSC_RECORD_PROCESS_END:
    case LSC_RECORD_LOSS:
    case LSC_RECORD_WATCH:
    case LSC_RECORD_MOVED:
    default:
      /* Nothing, or what only the launcher may say. */
      return FALSE;
    }
}

/* ---- draining ----------------------------------------------------------------------- */

static void
tell_lost (LscIntakeProcess *self, guint i)
{
  LscIntakeRing *ring = &self->rings[i];
  guint64        n_lost = lsc_segment_get_lost (self->segment, i);

  /* Before there is a lane it waits for one. */
  if (ring->lane == NULL)
    return;

  ring->n_lost = n_lost;
  lsc_recorder_set_lost (self->intake->recorder, ring->lane,
                         n_lost - ring->n_lost_before_lane + ring->n_dropped);
}

gsize
lsc_intake_process_drain (LscIntakeProcess *self, LscRecord *buffer, gsize buffer_n, gsize max)
{
  gsize n_all = 0;

  for (guint i = 0; i < self->n_rings; i++)
    {
      LscIntakeRing *ring = &self->rings[i];
      gsize          n_ring = 0;
      gsize          n;

      do
        {
          n = lsc_segment_read (self->segment, i, buffer, buffer_n);
          for (gsize k = 0; k < n; k++)
            if (G_UNLIKELY (!take_record (self, ring, &buffer[k])))
              {
                self->intake->n_bad++;
                ring->n_dropped++;
              }
          n_ring += n;
        }
      while (n == buffer_n && n_ring < max);

      if (ring->held != NULL)
        lsc_intake_release_states (self, ring, FALSE);
      tell_lost (self, i);
      n_all += n_ring;
    }
  return n_all;
}

void
lsc_intake_process_end (LscIntakeProcess *self,
                        gint64            time_ns,
                        LscLaneEnd        end,
                        gint              end_value,
                        LscTaskStatus     open_status)
{
  for (guint i = 0; i < self->n_rings; i++)
    {
      LscIntakeRing *ring = &self->rings[i];

      ring->final_task = lsc_segment_get_task (self->segment, i, &ring->final_task_start_ns);
      /* Lost before the first record, and then it died. */
      if (ring->lane == NULL && lsc_segment_get_lost (self->segment, i) + ring->n_dropped > 0)
        {
          lsc_intake_start_lane (self, ring, time_ns, 0, 0, 0);
          tell_lost (self, i);
        }
      if (ring->lane != NULL && !ring->has_ended)
        lsc_intake_end_lane (self, ring, MAX (time_ns, ring->last_ns), end, end_value, open_status);
    }
  g_clear_pointer (&self->segment, lsc_segment_close);
  g_clear_pointer (&self->names, g_hash_table_unref);
}

gint32
lsc_intake_process_get_writer (LscIntakeProcess *self, guint ring, gint64 time_ns, LscLane **lane)
{
  LscRecording *recording = lsc_recorder_get_recording (self->intake->recorder);

  *lane = self->rings[ring].lane;
  if (*lane == NULL)
    return self->pid;
  if (time_ns >= self->rings[ring].start_ns)
    return self->rings[ring].pid;

  /* An earlier one, which is rare. */
  for (guint i = lsc_recording_get_n_lanes (recording); i > 0; i--)
    {
      LscLane *earlier = lsc_recording_get_lane (recording, i - 1);

      if (lsc_lane_get_worker (earlier) == self->first_worker + ring &&
          lsc_lane_get_start_ns (earlier) <= time_ns)
        {
          *lane = earlier;
          break;
        }
    }
  return lsc_lane_get_pid (*lane);
}

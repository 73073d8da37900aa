/* lsc-usage-meter.c: adds up what the processes of a run used.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-usage-meter"

#include "config.h"

#include "lsc-usage-meter.h"

void
lsc_usage_meter_init (LscUsageMeter *self)
{
  *self = (LscUsageMeter){ .n_at_once = 1 };
  self->peaks = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
lsc_usage_meter_clear (LscUsageMeter *self)
{
  g_clear_pointer (&self->peaks, g_array_unref);
}

void
lsc_usage_meter_set_n_at_once (LscUsageMeter *self, guint n_at_once)
{
  self->n_at_once = MAX (n_at_once, 1);
}

/* ---- processes -------------------------------------------------------------------------- */

static void
keep_largest (GArray *peaks, guint max, gint64 bytes)
{
  guint at = peaks->len;

  while (at > 0 && g_array_index (peaks, gint64, at - 1) < bytes)
    at--;
  if (at >= max)
    return;
  g_array_insert_val (peaks, at, bytes);
  if (peaks->len > max)
    g_array_set_size (peaks, max);
}

static gint64
add_up (const GArray *peaks)
{
  gint64 sum = 0;

  for (guint i = 0; i < peaks->len; i++)
    sum += g_array_index (peaks, gint64, i);
  return sum;
}

void
lsc_usage_meter_add_begin (LscUsageMeter *self, const LscWireChild *child)
{
  if (self->n_begun++ == 0)
    self->sums.begin_ns = (gint64)child->time_ns;
}

void
lsc_usage_meter_add_end (LscUsageMeter *self, const LscWireChild *child)
{
  LscRunUsage *sums = &self->sums;
  gint64       peak_bytes = (gint64)child->peak_rss_bytes;

  /* One that others left behind is nobody's end. */
  if (child->id != 0)
    self->n_ended++;
  sums->user_ns += (gint64)child->user_ns;
  sums->system_ns += (gint64)child->system_ns;
  sums->n_voluntary += (gint64)child->n_voluntary;
  sums->n_involuntary += (gint64)child->n_involuntary;
  sums->n_minor_faults += (gint64)child->n_minor_faults;
  sums->n_major_faults += (gint64)child->n_major_faults;
  sums->peak_rss_bytes = MAX (sums->peak_rss_bytes, peak_bytes);
  keep_largest (self->peaks, self->n_at_once, peak_bytes);
}

void
lsc_usage_meter_add_calls (LscUsageMeter *self, guint64 n_calls, guint64 calls_ns)
{
  self->sums.n_calls += n_calls;
  self->sums.calls_ns += (gint64)MIN (calls_ns, (guint64)G_MAXINT64 / 4096);
}

LscRunUsage
lsc_usage_meter_get (const LscUsageMeter *self)
{
  LscRunUsage usage;

  /* One that nobody waited for has used nobody knows what. */
  lsc_run_usage_init (&usage);
  if (self->n_begun > 0 && self->n_begun == self->n_ended)
    {
      usage = self->sums;
      usage.sum_rss_bytes = add_up (self->peaks);
    }
  usage.begin_ns = self->sums.begin_ns;
  usage.n_calls = self->sums.n_calls;
  usage.calls_ns = self->sums.calls_ns;
  usage.wall_ns = usage.start_up_ns = usage.tasks_ns = -1;
  return usage;
}

/* ---- the whole -------------------------------------------------------------------------- */

void
lsc_run_usage_init (LscRunUsage *usage)
{
  *usage = (LscRunUsage){
    .wall_ns = -1,
    .start_up_ns = -1,
    .tasks_ns = -1,
    .user_ns = -1,
    .system_ns = -1,
    .peak_rss_bytes = -1,
    .sum_rss_bytes = -1,
    .n_voluntary = -1,
    .n_involuntary = -1,
    .n_minor_faults = -1,
    .n_major_faults = -1,
  };
}

void
lsc_run_usage_set_tasks (LscRunUsage *usage, gint64 first_start_ns, gint64 last_end_ns)
{
  if (usage->begin_ns == 0 || first_start_ns < 0 || last_end_ns < 0)
    return;

  usage->wall_ns = last_end_ns - usage->begin_ns;
  usage->start_up_ns = first_start_ns - usage->begin_ns;
  usage->tasks_ns = last_end_ns - first_start_ns;
}

void
lsc_run_usage_set_pool (LscRunUsage *usage, LscRecording *recording, guint n_at_once)
{
  g_autoptr (GArray) peaks = g_array_new (FALSE, FALSE, sizeof (gint64));

  /* The first is the one that has the pool. */
  for (guint i = 1; i < lsc_recording_get_n_lanes (recording); i++)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i);
      LscUsage own;

      if (lsc_lane_get_kind (lane) != LSC_LANE_PROCESS || !lsc_lane_is_own (lane))
        continue;
      lsc_lane_get_usage (lane, &own);
      if (own.peak_rss_bytes > 0)
        keep_largest (peaks, n_at_once, own.peak_rss_bytes);
    }
  if (peaks->len > 0 && usage->sum_rss_bytes >= 0)
    usage->sum_rss_bytes = MAX (add_up (peaks), usage->sum_rss_bytes);
}

/* lsc-recording-figures.c: figures over all lanes: who was busy, how much CPU, how much memory.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading threads.
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-recording-private.h"

#include <math.h>

/* ---- lanes at work ------------------------------------------------------------------ */

/* Spreads a piece over the pixels that it lies on. */
static void
add_piece (const LscPiece *piece, gint64 from_ns, double ns_per_px, guint n_px, float *lanes)
{
  double a = (double)(piece->start_ns - from_ns) / ns_per_px;
  double b = (double)(piece->end_ns - from_ns) / ns_per_px;
  guint  first, last;

  a = MAX (a, 0);
  b = MIN (b, n_px);
  if (a >= b)
    return;
  first = (guint)a;
  last = MIN ((guint)b, n_px - 1);
  for (guint px = first; px <= last; px++)
    lanes[px] += (float)(MAX (MIN (b, px + 1.0) - MAX (a, px), 0) * piece->coverage);
}

void
lsc_recording_query_busy (LscRecording *self,
                          gint64        from_ns,
                          gint64        to_ns,
                          guint         n_px,
                          gint64        now_ns,
                          float        *lanes)
{
  g_autoptr (GArray) pieces = NULL;

  g_return_if_fail (to_ns > from_ns && n_px > 0);

  for (guint i = 0; i < n_px; i++)
    lanes[i] = 0;
  pieces = g_array_new (FALSE, FALSE, sizeof (LscPiece));
  for (guint i = 0; i < lsc_recording_get_n_lanes (self); i++)
    {
      LscLane *lane = lsc_recording_get_lane (self, i);
      gboolean by_state = lsc_lane_has_states (lane);

      if (lane->worker == 0)
        continue;
      /* A task that waits is no work, where the lane tells the one from the other. */
      lsc_lane_query (lane, by_state ? LSC_TRACK_STATES : LSC_TRACK_SPANS, 0, from_ns, to_ns, n_px,
                      now_ns, pieces);
      for (guint j = 0; j < pieces->len; j++)
        {
          const LscPiece *piece = &g_array_index (pieces, LscPiece, j);

          if (!by_state || piece->category == LSC_STATE_RUNNING)
            add_piece (piece, from_ns, (double)(to_ns - from_ns) / n_px, n_px, lanes);
        }
    }
}

/* ---- CPU and memory ---------------------------------------------------------------------- */

static gboolean
get_last_counter (const LscLane *lane, LscCounterKind kind, guint64 *value)
{
  guint64 n = lsc_log_get_n (&lane->counters[kind]);

  if (n == 0)
    return FALSE;
  *value = LSC_LOG_AT (&lane->counters[kind], LscCounterValue, n - 1)->value;
  return TRUE;
}

/* -1: nobody told. */
static gint64
get_lane_cpu_ns (const LscLane *lane)
{
  LscUsage usage;
  guint64  counted;

  lsc_lane_get_usage (lane, &usage);
  if (lsc_lane_get_end_ns (lane) >= 0 && usage.user_ns >= 0 && usage.system_ns >= 0)
    return usage.user_ns + usage.system_ns;
  if (get_last_counter (lane, LSC_COUNTER_CPU_NS, &counted))
    return (gint64)MIN (counted, G_MAXINT64);
  if (usage.user_ns >= 0 && usage.system_ns >= 0)
    return usage.user_ns + usage.system_ns;
  return -1;
}

gint64
lsc_recording_get_cpu_ns (LscRecording *self)
{
  gint64 sum_ns = -1;

  for (guint i = 0; i < lsc_recording_get_n_lanes (self); i++)
    {
      const LscLane *lane = lsc_recording_get_lane (self, i);
      gint64         cpu_ns = lane->kind == LSC_LANE_PROCESS ? get_lane_cpu_ns (lane) : -1;

      if (cpu_ns >= 0)
        sum_ns = MAX (sum_ns, 0) + MIN (cpu_ns, G_MAXINT64 / 4096);
    }
  return sum_ns;
}

double
lsc_recording_get_mean_running (LscRecording *self, gint64 now_ns)
{
  gint64 cpu_ns = lsc_recording_get_cpu_ns (self);
  gint64 wall_ns = lsc_recording_get_wall_ns (self);
  gint64 elapsed_ns = wall_ns >= 0 ? wall_ns : now_ns;

  if (cpu_ns < 0 || elapsed_ns <= 0)
    return -1;
  return (double)cpu_ns / (double)elapsed_ns;
}

gint64
lsc_recording_get_peak_rss_bytes (LscRecording *self)
{
  gint64 peak_bytes = -1;

  for (guint i = 0; i < lsc_recording_get_n_lanes (self); i++)
    {
      const LscLane *lane = lsc_recording_get_lane (self, i);
      LscUsage       usage;

      if (lane->kind != LSC_LANE_PROCESS)
        continue;
      lsc_lane_get_usage (lane, &usage);
      peak_bytes = MAX (peak_bytes, usage.peak_rss_bytes);
    }
  return peak_bytes;
}

void
lsc_recording_foreach_counter (LscRecording  *self,
                               LscLane       *lane,
                               LscCounterKind kind,
                               gint64         from_ns,
                               gint64         to_ns,
                               LscCounterFunc func,
                               gpointer       user_data)
{
  const LscLog *log;
  guint64       lo = 0;
  guint64       n, hi;

  g_return_if_fail (kind > 0 && (guint)kind < LSC_N_COUNTERS);

  log = &lane->counters[kind];
  n = hi = lsc_log_get_n (log);
  while (lo < hi)
    {
      guint64 middle = lo + (hi - lo) / 2;

      if (LSC_LOG_AT (log, LscCounterValue, middle)->time_ns < from_ns)
        lo = middle + 1;
      else
        hi = middle;
    }
  for (; lo < n; lo++)
    {
      const LscCounterValue *sample = LSC_LOG_AT (log, LscCounterValue, lo);

      if (sample->time_ns >= to_ns || !func (sample->time_ns, sample->value, user_data))
        return;
    }
}

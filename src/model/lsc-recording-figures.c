/* lsc-recording-figures.c: figures over all lanes: who was busy, how much CPU, how much memory.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading threads.
 */

#define G_LOG_DOMAIN "Lanescope-model"

#include "config.h"

#include "lsc-lane-counters.h"
#include "lsc-recording-private.h"

/* What seeing one switch costs whoever is seen, measured on a ping-pong between two threads. */
#define SWITCH_COST_NS G_GUINT64_CONSTANT (1100)

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

static void
add_spans (LscLane *lane,
           gint64   from_ns,
           gint64   to_ns,
           guint    n_px,
           gint64   now_ns,
           float   *lanes,
           GArray  *pieces)
{
  lsc_lane_query (lane, LSC_TRACK_SPANS, 0, from_ns, to_ns, n_px, now_ns, pieces);
  for (guint i = 0; i < pieces->len; i++)
    add_piece (&g_array_index (pieces, LscPiece, i), from_ns, (double)(to_ns - from_ns) / n_px,
               n_px, lanes);
}

static void
add_states (LscLane *lane,
            LscState state,
            gint64   from_ns,
            gint64   to_ns,
            guint    n_px,
            gint64   now_ns,
            float   *lanes,
            GArray  *pieces)
{
  lsc_lane_query_states (lane, from_ns, to_ns, n_px, now_ns, pieces);
  for (guint i = 0; i < pieces->len; i++)
    {
      const LscStatePiece *piece = &g_array_index (pieces, LscStatePiece, i);
      const LscPiece       part = { .start_ns = piece->start_ns,
                                    .end_ns = piece->end_ns,
                                    .coverage = piece->shares[state] };

      add_piece (&part, from_ns, (double)(to_ns - from_ns) / n_px, n_px, lanes);
    }
}

gboolean
lsc_recording_query_running (LscRecording *self,
                             gint64        from_ns,
                             gint64        to_ns,
                             guint         n_px,
                             gint64        now_ns,
                             float        *lanes,
                             float        *unknown)
{
  g_autoptr (GArray) pieces = NULL;
  g_autoptr (GArray) states = NULL;
  gboolean is_exact = lsc_recording_get_observation (self) == LSC_SOURCE_EXACT;

  g_return_val_if_fail (to_ns > from_ns && n_px > 0, FALSE);

  for (guint i = 0; i < n_px; i++)
    lanes[i] = unknown[i] = 0;
  if (!is_exact)
    return FALSE;

  pieces = g_array_new (FALSE, FALSE, sizeof (LscPiece));
  states = g_array_new (FALSE, FALSE, sizeof (LscStatePiece));
  for (guint64 i = 0; i < lsc_log_get_n (&self->digest.cores); i++)
    {
      LscLane *lane = *LSC_LOG_AT (&self->digest.cores, LscLane *, i);

      add_spans (lane, from_ns, to_ns, n_px, now_ns, lanes, pieces);
      add_states (lane, LSC_STATE_NOT_RECORDED, from_ns, to_ns, n_px, now_ns, unknown, states);
    }
  /* Of any core: then something is missing in the sum. */
  for (guint i = 0; i < n_px; i++)
    unknown[i] = MIN (unknown[i], 1);
  return TRUE;
}

/* Whether the states of a worker's lane say when it works. A place of commands has those of one
 * thread among many. */
static gboolean
tells_work (const LscLane *lane)
{
  LscSource source = lsc_lane_get_source (lane);

  return lsc_lane_has_states (lane) &&
         (source == LSC_SOURCE_OWN ||
          (source == LSC_SOURCE_EXACT && lane->kind == LSC_LANE_THREAD));
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
  g_autoptr (GArray) states = NULL;

  g_return_if_fail (to_ns > from_ns && n_px > 0);

  for (guint i = 0; i < n_px; i++)
    lanes[i] = 0;
  pieces = g_array_new (FALSE, FALSE, sizeof (LscPiece));
  states = g_array_new (FALSE, FALSE, sizeof (LscStatePiece));
  for (guint i = 0; i < lsc_recording_get_n_worker_lanes (self); i++)
    {
      LscLane *lane = lsc_recording_get_worker_lane (self, i);

      /* A task that waits is no work, where the one is told from the other. */
      if (tells_work (lane))
        add_states (lane, LSC_STATE_RUNNING, from_ns, to_ns, n_px, now_ns, lanes, states);
      else
        add_spans (lane, from_ns, to_ns, n_px, now_ns, lanes, pieces);
    }
}

void
lsc_recording_query_tasks (LscRecording *self,
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
  for (guint i = 0; i < lsc_recording_get_n_worker_lanes (self); i++)
    add_spans (lsc_recording_get_worker_lane (self, i), from_ns, to_ns, n_px, now_ns, lanes,
               pieces);
}

/* ---- how it was watched ------------------------------------------------------------------ */

guint
lsc_recording_get_n_watches (LscRecording *self)
{
  return (guint)lsc_log_get_n (&self->watches);
}

void
lsc_recording_get_watch (LscRecording *self, guint index, LscWatch *watch)
{
  const LscStoredWatch *stored;

  *watch = (LscWatch){ .word = "" };
  g_return_if_fail (index < lsc_log_get_n (&self->watches));

  stored = LSC_LOG_AT (&self->watches, LscStoredWatch, index);
  watch->time_ns = stored->time_ns;
  watch->watches = stored->watches;
  watch->refusal = stored->refusal;
  watch->word = lsc_recording_get_string (self, stored->word);
}

LscSource
lsc_recording_get_observation (LscRecording *self)
{
  guint watches = 0;

  for (guint64 i = 0; i < lsc_log_get_n (&self->watches); i++)
    watches |= LSC_LOG_AT (&self->watches, LscStoredWatch, i)->watches;
  if ((watches & LSC_WATCH_SWITCHES) != 0)
    return LSC_SOURCE_EXACT;
  return (watches & LSC_WATCH_SAMPLES) != 0 ? LSC_SOURCE_SAMPLED : LSC_SOURCE_OWN;
}

gint64
lsc_recording_get_watch_cost_ns (LscRecording *self)
{
  guint64 n = 0;

  if (lsc_recording_get_observation (self) != LSC_SOURCE_EXACT)
    return -1;
  for (guint64 i = 0; i < lsc_log_get_n (&self->digest.cores); i++)
    n += lsc_lane_get_n_spans (*LSC_LOG_AT (&self->digest.cores, LscLane *, i), 0);
  return (gint64)(n * SWITCH_COST_NS);
}

/* ---- CPU and memory ---------------------------------------------------------------------- */

/* -1: nobody told. */
static gint64
get_lane_cpu_ns (const LscLane *lane)
{
  LscUsage usage;
  guint64  counted;
  gint64   told_ns = -1;

  lsc_lane_get_usage (lane, &usage);
  if (lsc_lane_get_end_ns (lane) >= 0 && usage.user_ns >= 0 && usage.system_ns >= 0)
    return usage.user_ns + usage.system_ns;
  if (lsc_lane_get_last_counter (lane, LSC_COUNTER_CPU_NS, &counted))
    told_ns = (gint64)MIN (counted, G_MAXINT64);
  /* Of a place of commands: those that have ended, with what they waited for. */
  if (usage.user_ns >= 0 && usage.system_ns >= 0)
    told_ns = MAX (told_ns, usage.user_ns + usage.system_ns);
  return told_ns;
}

gint64
lsc_recording_get_cpu_ns (LscRecording *self)
{
  gint64 sum_ns = -1;

  for (guint64 i = 0; i < lsc_log_get_n (&self->digest.accounts); i++)
    {
      const LscLane *lane = *LSC_LOG_AT (&self->digest.accounts, LscLane *, i);
      gint64         cpu_ns = lsc_lane_is_own (lane) ? get_lane_cpu_ns (lane) : -1;

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
  return __atomic_load_n (&self->digest.peak_rss_bytes, __ATOMIC_RELAXED);
}

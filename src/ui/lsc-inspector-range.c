/* lsc-inspector-range.c: what there is to say about a range of time.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-inspector-facts-private.h"
#include "lsc-timeline-text.h"

/* The lanes with the most in it. */
#define MAX_LANES 8

typedef struct
{
  LscLane     *lane;
  LscRangeSum  tasks;
  LscStateSums states; /* zeros where nobody saw any */
  gint64       weight_ns;
} LaneSum;

static int
compare_sums (gconstpointer a, gconstpointer b)
{
  const LaneSum *sum_a = a;
  const LaneSum *sum_b = b;

  return (sum_a->weight_ns < sum_b->weight_ns) - (sum_a->weight_ns > sum_b->weight_ns);
}

/* What the kernel saw of it; else what it said itself. */
static gboolean
has_seen_states (LscLane *lane)
{
  return lsc_lane_has_states (lane) && lsc_lane_get_source (lane) != LSC_SOURCE_OWN;
}

/* Of lanes that do something; cores only say it once more. */
static GArray *
sum_lanes (const LscStrip *strip, gint64 from_ns, gint64 to_ns)
{
  GArray *sums = g_array_new (FALSE, FALSE, sizeof (LaneSum));

  for (guint i = 0; i < lsc_recording_get_n_lanes (strip->recording); i++)
    {
      LaneSum  sum = { .lane = lsc_recording_get_lane (strip->recording, i) };
      gboolean is_worker =
          lsc_lane_get_worker (sum.lane) > 0 && lsc_lane_get_n_depths (sum.lane) > 0;

      if (lsc_lane_get_kind (sum.lane) == LSC_LANE_CORE ||
          (!is_worker && !has_seen_states (sum.lane)))
        continue;
      if (is_worker)
        lsc_lane_sum (sum.lane, LSC_TRACK_SPANS, 0, from_ns, to_ns, strip->now_ns, &sum.tasks);
      if (has_seen_states (sum.lane))
        lsc_lane_sum_states (sum.lane, from_ns, to_ns, strip->now_ns, &sum.states);
      sum.weight_ns =
          has_seen_states (sum.lane) ? sum.states.ns[LSC_STATE_RUNNING] : sum.tasks.covered_ns;
      g_array_append_val (sums, sum);
    }
  g_array_sort (sums, compare_sums);
  return sums;
}

static void
add_tasks (LscFactsBuilder *builder, GArray *sums, gint64 range_ns)
{
  guint64 n_spans = 0;
  guint   n_workers = 0;
  gint64  covered_ns = 0;

  for (guint i = 0; i < sums->len; i++)
    {
      const LaneSum *sum = &g_array_index (sums, LaneSum, i);

      n_spans += sum->tasks.n_spans;
      covered_ns += sum->tasks.covered_ns;
      n_workers += lsc_lane_get_worker (sum->lane) > 0;
    }
  lsc_facts_add_count (builder, _ ("Tasks"), (gint64)n_spans);
  /* Translators: how many lanes had a task on average */
  lsc_facts_add (
      builder, LSC_FACT_ROW, _ ("Lanes at work"),
      g_strdup_printf (_ ("%.2f of %u"), (double)covered_ns / (double)range_ns, n_workers));
}

/* Of all lanes that were seen; a number of switches only where none of them is without one. */
static void
add_states (LscFactsBuilder *builder, GArray *sums, gint64 range_ns)
{
  LscStateSums     all = { 0 };
  LscRecordingInfo info;
  guint            n_seen = 0;
  gboolean         is_exact = TRUE;

  for (guint i = 0; i < sums->len; i++)
    {
      const LaneSum *sum = &g_array_index (sums, LaneSum, i);

      if (!has_seen_states (sum->lane))
        continue;
      n_seen++;
      is_exact = is_exact && lsc_lane_get_source (sum->lane) == LSC_SOURCE_EXACT;
      for (guint state = 0; state < LSC_N_STATES; state++)
        all.ns[state] += sum->states.ns[state];
      all.n_switches = all.n_switches < 0 || sum->states.n_switches < 0
                           ? -1
                           : all.n_switches + sum->states.n_switches;
      all.n_migrations = all.n_migrations < 0 || sum->states.n_migrations < 0
                             ? -1
                             : all.n_migrations + sum->states.n_migrations;
    }
  if (n_seen == 0)
    return;

  lsc_recording_get_info (builder->strip->recording, &info);
  /* Translators: how many cores the run's threads had on average, of how many there are */
  lsc_facts_add (builder, LSC_FACT_ROW, _ ("Cores busy"),
                 g_strdup_printf (_ ("%.2f of %u"),
                                  (double)all.ns[LSC_STATE_RUNNING] / (double)range_ns,
                                  info.one_core ? 1 : MAX (info.n_cores, 1)));
  lsc_facts_add_duration (builder, _ ("Running"), all.ns[LSC_STATE_RUNNING]);
  /* Where it was not seen there may have been some. */
  if (is_exact || all.ns[LSC_STATE_PREEMPTED] > 0)
    lsc_facts_add_duration (builder, _ ("Pre-empted"), all.ns[LSC_STATE_PREEMPTED]);
  lsc_facts_add_duration (builder, _ ("Waiting"),
                          all.ns[LSC_STATE_WAITING] + all.ns[LSC_STATE_BLOCKED]);
  if (all.ns[LSC_STATE_NOT_RECORDED] > 0)
    lsc_facts_add_duration (builder, _ ("Not recorded"), all.ns[LSC_STATE_NOT_RECORDED]);
  lsc_facts_add_count (builder, _ ("Left a core"), all.n_switches);
  lsc_facts_add_count (builder, _ ("Changed cores"), all.n_migrations);
}

static void
add_lane (LscFactsBuilder *builder, const LaneSum *sum, gint64 range_ns)
{
  g_autofree char *name = lsc_timeline_text_lane_name (builder->strip, sum->lane);
  char            *states = NULL;

  if (has_seen_states (sum->lane))
    states = lsc_facts_dup_states (&sum->states, range_ns);
  if (states != NULL && lsc_lane_get_source (sum->lane) == LSC_SOURCE_SAMPLED)
    {
      g_autofree char *plain = states;

      /* Translators: what a thread did in a range of time, as far as looks now and then tell: "98 %
       * running (sampled)" */
      states = g_strdup_printf (_ ("%s (sampled)"), plain);
    }
  lsc_facts_add (builder, LSC_FACT_ROW, name,
                 states != NULL ? states : lsc_facts_dup_share (sum->weight_ns, range_ns));
}

/* How what was seen of all of them is known; NULL: nothing was seen. */
static const char *
get_source (GArray *sums)
{
  guint n_seen = 0;

  for (guint i = 0; i < sums->len; i++)
    {
      LscLane *lane = g_array_index (sums, LaneSum, i).lane;

      if (!has_seen_states (lane))
        continue;
      if (lsc_lane_get_source (lane) != LSC_SOURCE_EXACT)
        return lsc_timeline_text_source (LSC_SOURCE_SAMPLED);
      n_seen++;
    }
  return n_seen > 0 ? lsc_timeline_text_source (LSC_SOURCE_EXACT) : NULL;
}

static void
add_strip_range (LscFactsBuilder *builder, gint64 from_ns, gint64 to_ns)
{
  const LscStrip  *strip = builder->strip;
  g_autofree char *label = lsc_strip_dup_label (strip);
  g_autoptr (GArray) sums = sum_lanes (strip, from_ns, to_ns);

  lsc_facts_add (builder, LSC_FACT_HEADING, label, g_strdup (get_source (sums)));
  add_tasks (builder, sums, to_ns - from_ns);
  add_states (builder, sums, to_ns - from_ns);
  lsc_facts_add_range_counters (builder, from_ns, to_ns);
  for (guint i = 0; i < MIN (sums->len, MAX_LANES); i++)
    if (g_array_index (sums, LaneSum, i).weight_ns > 0)
      add_lane (builder, &g_array_index (sums, LaneSum, i), to_ns - from_ns);
}

void
lsc_facts_add_range (LscFactsBuilder *builder, LscScene *scene, gint64 from_ns, gint64 to_ns)
{
  lsc_facts_add (builder, LSC_FACT_HEADING, _ ("Selected range"), NULL);
  lsc_facts_add_duration (builder, _ ("Duration"), to_ns - from_ns);
  lsc_facts_add_duration (builder, _ ("From"), from_ns);
  lsc_facts_add_duration (builder, _ ("To"), to_ns);
  for (guint i = 0; i < lsc_scene_get_n_strips (scene); i++)
    {
      builder->strip = lsc_scene_get_strip (scene, i);
      lsc_recording_begin_read (builder->strip->recording);
      add_strip_range (builder, from_ns, to_ns);
      lsc_recording_end_read (builder->strip->recording);
    }
}

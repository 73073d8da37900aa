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
  LscLane    *lane;
  LscRangeSum sum;
} LaneSum;

static int
compare_sums (gconstpointer a, gconstpointer b)
{
  const LaneSum *sum_a = a;
  const LaneSum *sum_b = b;

  return (sum_a->sum.covered_ns < sum_b->sum.covered_ns) -
         (sum_a->sum.covered_ns > sum_b->sum.covered_ns);
}

static void
add_strip_range (LscFactsBuilder *builder, gint64 from_ns, gint64 to_ns)
{
  const LscStrip  *strip = builder->strip;
  g_autofree char *label = lsc_strip_dup_label (strip);
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (LaneSum));
  guint64 n_spans = 0;
  gint64  covered_ns = 0;

  for (guint i = 0; i < lsc_recording_get_n_lanes (strip->recording); i++)
    {
      LaneSum sum = { .lane = lsc_recording_get_lane (strip->recording, i) };

      if (lsc_lane_get_worker (sum.lane) == 0 || lsc_lane_get_n_depths (sum.lane) == 0)
        continue;
      lsc_lane_sum (sum.lane, LSC_TRACK_SPANS, 0, from_ns, to_ns, strip->now_ns, &sum.sum);
      n_spans += sum.sum.n_spans;
      covered_ns += sum.sum.covered_ns;
      g_array_append_val (sums, sum);
    }
  lsc_facts_add (builder, LSC_FACT_HEADING, label, NULL);
  lsc_facts_add_count (builder, _ ("Tasks"), (gint64)n_spans);
  /* Translators: how many lanes had a task on average */
  lsc_facts_add (builder, LSC_FACT_ROW, _ ("Lanes at work"),
                 g_strdup_printf (_ ("%.2f of %u"), (double)covered_ns / (double)(to_ns - from_ns),
                                  sums->len));
  g_array_sort (sums, compare_sums);
  for (guint i = 0;
       i < MIN (sums->len, MAX_LANES) && g_array_index (sums, LaneSum, i).sum.covered_ns > 0; i++)
    {
      const LaneSum   *sum = &g_array_index (sums, LaneSum, i);
      g_autofree char *name = lsc_timeline_text_lane_name (strip, sum->lane);

      lsc_facts_add (builder, LSC_FACT_ROW, name,
                     lsc_facts_dup_share (sum->sum.covered_ns, to_ns - from_ns));
    }
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

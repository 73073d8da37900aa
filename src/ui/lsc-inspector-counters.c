/* lsc-inspector-counters.c: what there is to say about what a process used.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread, within begin_read and end_read of the recording. The figures are samples: what came
 * after the last one is not in them, and the row says so.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-inspector-facts-private.h"
#include "lsc-lane-counters.h"
#include "lsc-timeline-text.h"
#include "lsc-units.h"

LscLane *
lsc_facts_get_process (const LscStrip *strip, LscLane *lane)
{
  LscLane *life = lsc_timeline_get_life (strip, lane);
  LscLane *parent = lsc_lane_get_parent (lane);

  if (lsc_lane_get_kind (life) == LSC_LANE_PROCESS)
    return life;
  /* One thread stands for its process; the others are only part of it. */
  return parent != NULL && lsc_lane_get_tid (lane) == lsc_lane_get_pid (parent) ? parent : NULL;
}

static gint64
get_life_ns (const LscStrip *strip, const LscLane *process)
{
  gint64 end_ns = lsc_lane_get_end_ns (process);

  return (end_ns >= 0 ? end_ns : strip->now_ns) - lsc_lane_get_start_ns (process);
}

/* How often the kernel took its threads off a core, where each of them was seen to its end. */
static void
add_switches (LscFactsBuilder *builder, const LscLane *process)
{
  LscRecording *recording = builder->strip->recording;
  LscUsage      own;
  gint64        n_voluntary = 0;
  gint64        n_involuntary = 0;
  guint         n_threads = 0;

  lsc_lane_get_usage (process, &own);
  if (own.n_voluntary >= 0)
    return;
  for (guint i = lsc_lane_get_index (process) + 1; i < lsc_recording_get_n_lanes (recording); i++)
    {
      const LscLane *lane = lsc_recording_get_lane (recording, i);
      LscUsage       usage;

      if (lsc_lane_get_parent (lane) != process)
        continue;
      lsc_lane_get_usage (lane, &usage);
      if (usage.n_voluntary < 0 || usage.n_involuntary < 0)
        return;
      n_threads++;
      n_voluntary += usage.n_voluntary;
      n_involuntary += usage.n_involuntary;
    }
  if (n_threads == 0)
    return;
  lsc_facts_add_count (builder, _ ("Waits of its threads"), n_voluntary);
  lsc_facts_add_count (builder, _ ("Its threads pushed off"), n_involuntary);
}

static void
add_memory (LscFactsBuilder *builder, LscLane *process)
{
  gint64   now_ns = builder->strip->now_ns;
  guint64  bytes;
  gboolean is_sampled;
  gint64   peak_bytes = lsc_lane_get_peak_rss (process, &is_sampled);

  if (lsc_lane_get_end_ns (process) < 0 &&
      lsc_lane_get_last_counter (process, LSC_COUNTER_RSS_BYTES, &bytes))
    lsc_facts_add_bytes (builder, _ ("Memory now"), (gint64)bytes);
  if (!is_sampled)
    lsc_facts_add_bytes (builder, _ ("Peak memory"), peak_bytes);
  else if (peak_bytes > 0)
    {
      g_autofree char *text = lsc_format_bytes ((guint64)peak_bytes);

      lsc_facts_add_hinted (
          builder, _ ("Peak memory"),
          /* Translators: memory at its most, as far as looks now and then tell. */
          g_strdup_printf (_ ("%s, sampled"), text),
          _ ("The most that was seen: it may have been more for a short time"));
    }
  if (lsc_lane_get_peak (process, LSC_COUNTER_PSS_BYTES, 0, G_MAXINT64, now_ns, &bytes))
    {
      g_autofree char *text = lsc_format_bytes (bytes);

      lsc_facts_add_hinted (
          /* Translators: memory of a process, what it shares with others divided among them. */
          builder, _ ("Peak, shares divided"), g_strdup_printf (_ ("%s, sampled"), text),
          _ ("PSS: memory that several processes share is divided among them. Of several processes "
             "these figures can be added up"));
    }
}

void
lsc_facts_add_task_peak (LscFactsBuilder *builder, LscLane *lane, gint64 own_bytes)
{
  LscLane         *process;
  gint64           bytes;
  gboolean         is_sampled;
  g_autofree char *text = NULL;

  if (own_bytes > 0)
    {
      lsc_facts_add_hinted (builder, _ ("Peak memory"), lsc_format_bytes ((guint64)own_bytes),
                            _ ("The most that the task’s process had, or one of the children that "
                               "it waited for"));
      return;
    }
  process = lane != NULL && lsc_lane_get_kind (lane) != LSC_LANE_PROCESS
                ? lsc_lane_get_parent (lane)
                : lane;
  if (process == NULL || lsc_lane_get_kind (process) != LSC_LANE_PROCESS)
    return;
  bytes = lsc_lane_get_peak_rss (process, &is_sampled);
  if (bytes <= 0)
    return;
  text = lsc_format_bytes ((guint64)bytes);
  lsc_facts_add_hinted (
      /* Translators: the most memory that the process had in which a task ran. */
      builder, _ ("Peak of its process"),
      is_sampled ? g_strdup_printf (_ ("%s, sampled"), text) : g_steal_pointer (&text),
      _ ("Of the process over its whole life, with all tasks that it ran: of one task alone the "
         "kernel does not tell it"));
}

void
lsc_facts_add_counters (LscFactsBuilder *builder, LscLane *process)
{
  gint64  life_ns = get_life_ns (builder->strip, process);
  guint64 cpu_ns;
  guint64 count;

  if (life_ns > 0 && lsc_lane_sum_counter (process, LSC_COUNTER_CPU_NS, 0, G_MAXINT64, &cpu_ns))
    lsc_facts_add_hinted (builder, _ ("Cores used"),
                          /* Translators: how many cores a process used on average: "0.98 on
                             average". */
                          g_strdup_printf (_ ("%.2f on average"), (double)cpu_ns / (double)life_ns),
                          _ ("All threads of the process together, without other processes"));
  add_memory (builder, process);
  if (lsc_lane_get_last_counter (process, LSC_COUNTER_FAULTS, &count))
    {
      g_autofree char *text = lsc_format_count (count);

      lsc_facts_add_hinted (builder, _ ("Page faults"), g_strdup_printf (_ ("%s, sampled"), text),
                            _ ("How often memory had to be provided: up to the last look at it"));
    }
  add_switches (builder, process);
}

/* ---- a range ---------------------------------------------------------------------------- */

void
lsc_facts_add_range_counters (LscFactsBuilder *builder, gint64 from_ns, gint64 to_ns)
{
  const LscStrip *strip = builder->strip;
  LscLane        *largest = NULL;
  guint64         most_bytes = 0;
  guint64         sum_ns = 0;
  gboolean        has_cpu = FALSE;

  for (guint i = 0; i < lsc_recording_get_n_lanes (strip->recording); i++)
    {
      LscLane *lane = lsc_recording_get_lane (strip->recording, i);
      guint64  cpu_ns;
      guint64  bytes;

      if (lsc_lane_get_kind (lane) != LSC_LANE_PROCESS)
        continue;
      if (lsc_lane_sum_counter (lane, LSC_COUNTER_CPU_NS, from_ns, to_ns, &cpu_ns))
        {
          has_cpu = TRUE;
          sum_ns += cpu_ns;
        }
      if (lsc_lane_get_peak (lane, LSC_COUNTER_RSS_BYTES, from_ns, to_ns, strip->now_ns, &bytes) &&
          bytes > most_bytes)
        {
          most_bytes = bytes;
          largest = lane;
        }
    }
  if (has_cpu)
    lsc_facts_add_hinted (
        builder, _ ("Mean CPU"),
        g_strdup_printf (_ ("%.2f cores, sampled"), (double)sum_ns / (double)(to_ns - from_ns)),
        _ ("CPU time of all processes that lived for longer than a tenth of a second"));
  if (largest != NULL)
    {
      g_autofree char *text = lsc_format_bytes (most_bytes);
      g_autofree char *name = lsc_timeline_text_lane_name (strip, largest);

      /* Translators: memory, and the process that had it: "45 MB, make (4711)". */
      lsc_facts_add_hinted (builder, _ ("Peak memory"), g_strdup_printf (_ ("%s, %s"), text, name),
                            _ ("The largest process within the range, as far as it was looked at"));
    }
}

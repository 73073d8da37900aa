/* lsc-timeline-counters.c: what a row of curves says, in words.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread, within begin_read and end_read of the strip's recording.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-lane-counters.h"
#include "lsc-timeline-text.h"
#include "lsc-units.h"

static void
add_line (GString *text, char *line)
{
  g_string_append_printf (text, "%s\n", line);
  g_free (line);
}

char *
lsc_timeline_text_counters_at (const LscStrip *strip, LscLane *process, gint64 time_ns)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = lsc_timeline_text_lane_name (strip, process);
  double           cores;
  guint64          bytes;

  if (lsc_lane_find_cores (process, time_ns, &cores))
    /* Translators: how much of the cores a process used at some time: "0.98 cores used". */
    add_line (text, g_strdup_printf (_ ("%.2f cores used"), cores));
  if (lsc_lane_find_memory (process, LSC_COUNTER_RSS_BYTES, time_ns, strip->now_ns, &bytes))
    {
      g_autofree char *amount = lsc_format_bytes (bytes);

      /* Translators: how much memory a process had at some time: "45 MB of memory". */
      add_line (text, g_strdup_printf (_ ("%s of memory"), amount));
    }
  if (lsc_lane_find_memory (process, LSC_COUNTER_PSS_BYTES, time_ns, strip->now_ns, &bytes))
    {
      g_autofree char *amount = lsc_format_bytes (bytes);

      /* Translators: the same, what it shares with other processes divided among them. */
      add_line (text, g_strdup_printf (_ ("%s with what is shared divided"), amount));
    }
  if (text->len == 0)
    return NULL;
  /* Translators: figures of a process that come from looks now and then: its name. */
  g_string_append_printf (text, _ ("%s, sampled"), name);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
lsc_timeline_text_counters (const LscStrip *strip, LscLane *process)
{
  g_autofree char *name = lsc_timeline_text_lane_name (strip, process);
  g_autofree char *cpu = NULL;
  g_autofree char *memory = NULL;
  guint64          cpu_ns = 0;
  guint64          bytes = 0;

  if (lsc_lane_sum_counter (process, LSC_COUNTER_CPU_NS, 0, G_MAXINT64, &cpu_ns))
    cpu = lsc_format_duration ((gint64)cpu_ns);
  if (lsc_lane_get_peak (process, LSC_COUNTER_RSS_BYTES, 0, G_MAXINT64, strip->now_ns, &bytes))
    memory = lsc_format_bytes (bytes);
  if (cpu != NULL && memory != NULL)
    /* Translators: a process, its CPU time, its memory at its most. */
    return g_strdup_printf (_ ("%s: %s of CPU time, up to %s of memory"), name, cpu, memory);
  if (cpu != NULL)
    /* Translators: a process, its CPU time. */
    return g_strdup_printf (_ ("%s: %s of CPU time"), name, cpu);
  if (memory != NULL)
    /* Translators: a process, its memory at its most. */
    return g_strdup_printf (_ ("%s: up to %s of memory"), name, memory);
  /* One look at it: by how much something grew is not known yet. */
  return g_steal_pointer (&name);
}

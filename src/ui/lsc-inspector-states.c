/* lsc-inspector-states.c: what there is to say about the states of a lane.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread, within begin_read and end_read of the recording. Nothing is said that
 * was not seen: where switches were not recorded there is no number of them.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "lsc-inspector-facts-private.h"
#include "lsc-units.h"

static void
add_share (LscFactsBuilder *builder,
           const char      *label,
           gint64           part_ns,
           gint64           whole_ns,
           const char      *hint)
{
  if (part_ns > 0)
    lsc_facts_add_hinted (builder, label, lsc_facts_dup_share (part_ns, whole_ns), hint);
}

/* Of a lane that tells by itself when it works. */
static void
add_own (LscFactsBuilder *builder, const LscStateSums *sums, gint64 whole_ns)
{
  /* Translators: for so long a thread, or a task, did something */
  lsc_facts_add (builder, LSC_FACT_ROW, _ ("Worked"),
                 lsc_facts_dup_share (sums->ns[LSC_STATE_RUNNING], whole_ns));
  /* Translators: for so long a thread, or a task, waited for something to happen */
  lsc_facts_add (builder, LSC_FACT_ROW, _ ("Waited"),
                 lsc_facts_dup_share (sums->ns[LSC_STATE_WAITING], whole_ns));
}

static void
add_seen (LscFactsBuilder *builder, const LscStateSums *sums, gint64 whole_ns)
{
  lsc_facts_add_hinted (builder, _ ("Running"),
                        lsc_facts_dup_share (sums->ns[LSC_STATE_RUNNING], whole_ns),
                        _ ("It was on a core"));
  add_share (builder, _ ("Pre-empted"), sums->ns[LSC_STATE_PREEMPTED], whole_ns,
             _ ("It could have run on, but was pushed off its core"));
  add_share (builder, _ ("Waiting"), sums->ns[LSC_STATE_WAITING], whole_ns,
             _ ("It waited for something, or had got it and waited for a core: the kernel does not "
                "tell where the one ends and the other begins"));
  add_share (builder, _ ("Blocked"), sums->ns[LSC_STATE_BLOCKED], whole_ns,
             _ ("It was seen waiting for something"));
  add_share (builder, _ ("Not recorded"), sums->ns[LSC_STATE_NOT_RECORDED], whole_ns,
             _ ("Records were lost, or watching was given up because it cost too much"));
  lsc_facts_add_count (builder, _ ("Left a core"), sums->n_switches);
  lsc_facts_add_count (builder, _ ("Changed cores"), sums->n_migrations);
}

void
lsc_facts_add_states (LscFactsBuilder *builder, LscLane *lane, gint64 from_ns, gint64 to_ns)
{
  LscStateSums sums;

  if (!lsc_lane_has_states (lane) || to_ns <= from_ns)
    return;

  lsc_lane_sum_states (lane, from_ns, to_ns, builder->strip->now_ns, &sums);
  if (lsc_lane_get_source (lane) == LSC_SOURCE_OWN)
    add_own (builder, &sums, to_ns - from_ns);
  else
    add_seen (builder, &sums, to_ns - from_ns);
}

/* NULL for nothing, so that it is left out. */
static char *
dup_percent (gint64 part_ns, gint64 range_ns)
{
  return part_ns > 0 ? lsc_format_percent ((double)part_ns / (double)range_ns) : NULL;
}

static void
append (GString *text, char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", part);
  g_free (part);
}

char *
lsc_facts_dup_states (const LscStateSums *sums, gint64 range_ns)
{
  g_autofree char *running = dup_percent (sums->ns[LSC_STATE_RUNNING], range_ns);
  g_autofree char *preempted = dup_percent (sums->ns[LSC_STATE_PREEMPTED], range_ns);
  g_autofree char *waiting =
      dup_percent (sums->ns[LSC_STATE_WAITING] + sums->ns[LSC_STATE_BLOCKED], range_ns);
  g_autofree char *gap = dup_percent (sums->ns[LSC_STATE_NOT_RECORDED], range_ns);
  GString         *text = g_string_new (NULL);

  /* Translators: these stand beside a thread: what it did in a range of time, "98 % running" */
  if (running != NULL)
    append (text, g_strdup_printf (_ ("%s running"), running));
  if (preempted != NULL)
    append (text, g_strdup_printf (_ ("%s pre-empted"), preempted));
  if (waiting != NULL)
    append (text, g_strdup_printf (_ ("%s waiting"), waiting));
  if (gap != NULL)
    append (text, g_strdup_printf (_ ("%s not recorded"), gap));
  return g_string_free (text, text->len == 0);
}

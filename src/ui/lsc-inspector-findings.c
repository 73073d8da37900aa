/* lsc-inspector-findings.c: what a run shows that one should look at.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. A finished recording does not change: what was found in it is kept with it.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-findings.h"
#include "lsc-inspector-facts-private.h"

static GPtrArray *
get_findings (const LscStrip *strip)
{
  static GQuark quark;
  GPtrArray    *findings;

  if (quark == 0)
    quark = g_quark_from_static_string ("lsc-findings");
  findings = g_object_get_qdata (G_OBJECT (strip->recording), quark);
  if (findings == NULL)
    {
      findings = lsc_findings_new (strip->recording, strip->now_ns);
      g_object_set_qdata_full (G_OBJECT (strip->recording), quark, findings,
                               (GDestroyNotify)g_ptr_array_unref);
    }
  return findings;
}

void
lsc_facts_add_findings (LscFactsBuilder *builder)
{
  GPtrArray *findings;

  if (builder->strip->live || !lsc_recording_is_finished (builder->strip->recording))
    return;
  findings = get_findings (builder->strip);
  for (guint i = 0; i < findings->len; i++)
    {
      const LscFinding *finding = g_ptr_array_index (findings, i);
      LscFact          *fact;

      lsc_facts_add (builder, LSC_FACT_FINDING, NULL, g_strdup (finding->text));
      fact = g_ptr_array_index (builder->facts, builder->facts->len - 1);
      fact->from_ns = finding->from_ns;
      fact->to_ns = finding->to_ns;
    }
}

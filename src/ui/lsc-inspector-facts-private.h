/* lsc-inspector-facts-private.h: the parts of the inspector's facts among themselves.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include "lsc-inspector-facts.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray      *facts;
  const LscStrip *strip;
  LscWorkload    *workload;
  LscSettings    *settings;
} LscFactsBuilder;

/* Takes the value. */
void lsc_facts_add (LscFactsBuilder *builder, LscFactKind kind, const char *label, char *value);
/* Nothing for a negative one: nobody could tell. */
void lsc_facts_add_duration (LscFactsBuilder *builder, const char *label, gint64 duration_ns);
void lsc_facts_add_count (LscFactsBuilder *builder, const char *label, gint64 count);
/* "3.05 s  98 %" */
char *lsc_facts_dup_share (gint64 part_ns, gint64 whole_ns) G_GNUC_WARN_UNUSED_RESULT;

/* Of all strips, between two times. */
void lsc_facts_add_range (LscFactsBuilder *builder, LscScene *scene, gint64 from_ns, gint64 to_ns);

G_END_DECLS

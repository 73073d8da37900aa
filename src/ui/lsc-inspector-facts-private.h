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

/* An empty one. */
GPtrArray *lsc_facts_array_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* Takes the value. */
void lsc_facts_add (LscFactsBuilder *builder, LscFactKind kind, const char *label, char *value);
/* A row; `hint` (nullable) says what the label means. */
void
lsc_facts_add_hinted (LscFactsBuilder *builder, const char *label, char *value, const char *hint);
/* Nothing for a negative one: nobody could tell. */
void lsc_facts_add_duration (LscFactsBuilder *builder, const char *label, gint64 duration_ns);
void lsc_facts_add_count (LscFactsBuilder *builder, const char *label, gint64 count);
/* Nothing for none. */
void lsc_facts_add_bytes (LscFactsBuilder *builder, const char *label, gint64 bytes);
/* "3.05 s  98 %" */
char *lsc_facts_dup_share (gint64 part_ns, gint64 whole_ns) G_GNUC_WARN_UNUSED_RESULT;

/* The process that a lane stands for; NULL: it is one thread among several. */
LscLane *lsc_facts_get_process (const LscStrip *strip, LscLane *lane);
/* What was counted of a process of the builder's strip. */
void lsc_facts_add_counters (LscFactsBuilder *builder, LscLane *process);
/* `own_bytes`: of the task alone, -1 unknown; then what its process had, and it is said so. `lane`
 * NULL: not known. */
void lsc_facts_add_task_peak (LscFactsBuilder *builder, LscLane *lane, gint64 own_bytes);
/* Of all processes of the strip. */
void lsc_facts_add_range_counters (LscFactsBuilder *builder, gint64 from_ns, gint64 to_ns);
/* What a lane of the builder's strip did between two times, as far as anybody knows. */
void lsc_facts_add_states (LscFactsBuilder *builder, LscLane *lane, gint64 from_ns, gint64 to_ns);
/* "98 % running", "25 % running, 2 % pushed off": of a range, in short. NULL: nobody knows. */
char *lsc_facts_dup_states (const LscStateSums *sums, gint64 range_ns) G_GNUC_WARN_UNUSED_RESULT;

/* What the builder's strip shows that one should look at, as far as it has been found; nothing
 * while it goes on. */
void lsc_facts_add_findings (LscFactsBuilder *builder);

/* The builder's strip: what was measured of it, and its run. */
void lsc_facts_add_strip (LscFactsBuilder *builder, gboolean in_full);
/* Of all strips, between two times. */
void lsc_facts_add_range (LscFactsBuilder *builder, LscScene *scene, gint64 from_ns, gint64 to_ns);

G_END_DECLS

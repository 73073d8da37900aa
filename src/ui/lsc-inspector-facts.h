/* lsc-inspector-facts.h: what there is to say about what has the focus.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words and figures only; no widgets.
 */

#pragma once

#include "lsc-timeline.h"
#include "lsc-workload.h"

G_BEGIN_DECLS

typedef enum
{
  LSC_FACT_HEADING, /* label; value: a short remark beside it, nullable */
  LSC_FACT_ROW,     /* label, value */
  LSC_FACT_TEXT,    /* value: a sentence */
  LSC_FACT_FINDING, /* value: a sentence; where it can be seen */
} LscFactKind;

typedef struct
{
  LscFactKind kind;
  char       *label;
  char       *value;
  char       *hint;    /* nullable: what the label means */
  gint64      from_ns; /* of FINDING */
  gint64      to_ns;
} LscFact;

/* (element-type LscFact). `scene`, `workload` and `settings` are nullable. */
GPtrArray *lsc_inspector_facts_new (LscScene               *scene,
                                    const LscTimelineFocus *focus,
                                    LscWorkload            *workload,
                                    LscSettings            *settings) G_GNUC_WARN_UNUSED_RESULT;

/* The value of the first row with that label (translated); NULL for none. */
const char *lsc_inspector_facts_find (GPtrArray *facts, const char *label);

/* Looks for what there is to find in runs that are over, where nobody has looked yet; `found` is
 * called after each: lsc_inspector_find_finish() keeps it for lsc_inspector_facts_new(). */
void lsc_inspector_find (LscScene *scene, gpointer asker, GAsyncReadyCallback found);
void lsc_inspector_find_finish (GAsyncResult *result);

G_END_DECLS

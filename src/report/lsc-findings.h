/* lsc-findings.h: what a recording shows that a person should look at, in words.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread; not within begin_read and end_read, which it uses lane by lane: with very many
 * workers it takes longer than a frame has. From exact data only: where a worker's switches were
 * not all seen, nothing is found. A finding is no warning: it may be just what was to be shown.
 */

#pragma once

#include "lsc-recording.h"

G_BEGIN_DECLS

typedef enum
{
  LSC_FINDING_TURNS,   /* several had work, and one at a time ran: they wait for each other */
  LSC_FINDING_CROWDED, /* they were pushed off their cores: more workers than cores */
  LSC_FINDING_LOADED,  /* they were pushed off their cores, and not by each other */
  LSC_FINDING_WAITED,  /* they mostly waited, with work left: more workers would hide that */
} LscFindingKind;

typedef struct
{
  LscFindingKind kind;
  char          *text;    /* one or two sentences; owned */
  gint64         from_ns; /* where it can be seen well, as the timeline's times */
  gint64         to_ns;
} LscFinding;

/**
 * lsc_findings_new:
 * @recording: finished, or up to @now_ns
 * @now_ns: how far it has come
 *
 * Returns: (transfer full) (element-type LscFinding): the most telling first; often empty
 */
GPtrArray *lsc_findings_new (LscRecording *recording, gint64 now_ns) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

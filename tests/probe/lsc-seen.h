/* lsc-seen.h: a program, run under LscProbe, and all that was seen of it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "lsc-probe.h"
#include "lsc-record.h"

typedef struct
{
  GArray     *records; /* of LscRecord, as they came */
  char       *output;  /* what the program printed */
  int         wait_status;
  gint32      pid;
  guint64     n_late;   /* records that were not in their place */
  gint64      steal_ns; /* by a hypervisor, from all cores, meanwhile */
  LscSegment *segment;  /* for names */
} LscSeen;

typedef struct
{
  LscProbeOptions probe;
  gboolean        is_blind; /* nothing is taken out of the rings before the end */
} LscSeenOptions;

/* To be called first. The tests are an ordinary user's: root gives up what it has. */
void lsc_seen_become_user (void);

/* Whether perf may be used; says so where not, and fails where it must be (in CI). */
gboolean lsc_seen_may_use_perf (void);

/* `...`: the program and its arguments, NULL. Returns when nothing that it started is left. */
LscSeen *lsc_seen_run (const LscSeenOptions *options, ...) G_GNUC_NULL_TERMINATED;
void     lsc_seen_free (LscSeen *seen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscSeen, lsc_seen_free)

/* How many records of that kind there are of a lane (0: of any). */
guint lsc_seen_count (LscSeen *seen, LscRecordKind kind, guint32 lane);
/* The first of these at or after `*at`, which then is past it; NULL: there is none. */
const LscRecord *lsc_seen_find (LscSeen *seen, guint *at, LscRecordKind kind, guint32 lane);
char            *lsc_seen_dup_name (LscSeen *seen, const LscRecord *record);

/* What a thread of lsc-scene says of itself. The looks at its accounts lie between the two times of
 * each pair. */
typedef struct
{
  guint   tid;
  guint64 begin_ns[2];
  guint64 end_ns[2];
  long    n_voluntary;
  long    n_involuntary;
  guint64 cpu_ns;
} LscSceneThread;

/* Of LscSceneThread. */
GArray *lsc_seen_parse_threads (LscSeen *seen);

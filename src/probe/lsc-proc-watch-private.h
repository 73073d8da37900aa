/* lsc-proc-watch-private.h: what the parts of the watch share.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-connector.h"
#include "lsc-proc-watch.h"
#include "lsc-roster.h"
#include "lsc-sampler.h"

typedef struct
{
  LscConnectorEvent *items;
  size_t             n;
  size_t             capacity;
} LscHeldEvents;

typedef struct
{
  pid_t *items;
  size_t n;
  size_t capacity;
} LscIds;

typedef enum
{
  LSC_PERF_TELLS_START,
  LSC_PERF_TELLS_EXEC,
  LSC_PERF_TELLS_HIDDEN,
  LSC_PERF_TELLS_END,
} LscPerfTellingKind;

typedef struct
{
  uint64_t           time_ns;
  LscPerfTellingKind kind;
  pid_t              tid;
  pid_t              pid;
  pid_t              maker_pid;
  char               name[LSC_PROC_NAME_SIZE]; /* what was executed */
} LscPerfTelling;

typedef struct
{
  LscPerfTelling *items;
  size_t          n;
  size_t          capacity;
} LscPerfTellings;

struct LscProcWatch
{
  LscMerge       *merge; /* borrowed */
  LscRoster      *roster;
  LscConnector   *connector; /* nullable */
  LscSampler     *sampler;   /* nullable */
  bool            has_perf;
  uint64_t        perf_until_ns; /* they told as much, where they are there no more */
  LscHeldEvents   events;        /* of the connector, until perf events have told as much */
  LscPerfTellings tellings;      /* of perf events, since the last round */
  LscIds          children;      /* of the launcher, that it has not waited for yet */
  LscIds          ended;         /* threads of which perf events say that they have */
  uint64_t        read_due_ns;   /* of the connector */
  uint64_t        read_ns;       /* when it was read last */
  uint64_t        interval_ns;   /* from then until it is due */
  int64_t         hurry_ns;      /* CPU time that may be spent on reading it at once */
  uint64_t        horizon_ns;
  uint64_t        n_lost;    /* as told */
  uint64_t        lost_ns;   /* when the connector lost something last, or before */
  uint64_t        n_dropped; /* events for which there was no memory */
};

/* False when there is no memory. */
bool lsc_ids_add (LscIds *ids, pid_t id);

/* ---- lsc-proc-watch-connector.c ---- */

/* Returns how many messages there were, of all processes of the machine. */
size_t lsc_proc_watch_read_connector (LscProcWatch *self, uint64_t now_ns);
/* Takes what was read, as far as perf events have told of the same time. */
void lsc_proc_watch_take_events (LscProcWatch *self, uint64_t known_ns);

/* ---- lsc-proc-watch-perf.c ---- */

/* Perf events have told what the thread did at that time, or will. */
bool
lsc_proc_watch_is_by_perf (const LscProcWatch *self, const LscThread *thread, uint64_t time_ns);
/* Takes what they have told in this round. */
void lsc_proc_watch_take_tellings (LscProcWatch *self);
/* Looks after those that have ended as perf events have it. */
void lsc_proc_watch_confirm_ends (LscProcWatch *self, uint64_t now_ns, uint64_t known_ns);

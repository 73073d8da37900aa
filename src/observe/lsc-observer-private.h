/* lsc-observer-private.h: the parts of the observer among themselves.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-observer.h"

G_BEGIN_DECLS

#define LSC_OBSERVER_MAX_CORES 4096u

/* Counted: its threads and the table of processes hold it. */
typedef struct
{
  gint32     pid;
  LscLane   *lane;    /* borrowed; NULL: there were too many */
  GPtrArray *threads; /* of LscSeenThread that are alive */
  guint      n_execs;
  guint      category; /* of its threads' spans on cores */
  gboolean   is_claimed;
  gboolean   has_ended;
  gint64     end_ns;
} LscSeenProcess;

typedef struct
{
  gint32          tid;
  LscSeenProcess *process;
  LscLane        *lane; /* borrowed; nullable */
  guint32         name; /* string id */
  gboolean        is_claimed;
  gboolean        is_alive; /* FALSE: only claimed so far, or ended */
  gboolean        has_ended;
  gboolean        is_exact;      /* its switches are seen */
  gboolean        is_lost;       /* a loss goes on, and it may be where nothing is seen */
  gboolean        is_unresolved; /* since a loss nothing was seen of it: the gap may have ended */
  gboolean        has_gap;
  gboolean        has_state;
  gboolean        is_sampled; /* the state is */
  LscState        state;
  guint           state_name;
  gint64          since_ns;
  gint64          gap_end_ns;
  guint           core;   /* the last that it ran on, LSC_CORE_UNKNOWN */
  guint           sights; /* 1 << LscSightKind of those that said that it started */
  gint64          n_voluntary;
  gint64          n_involuntary;
  gint64          run_delay_before_ns; /* of others on the same lane */
  gint64          end_ns;
  GList           link; /* among those that have ended */
} LscSeenThread;

typedef struct
{
  LscLane       *lane;   /* borrowed; NULL before it was used */
  LscSeenThread *thread; /* borrowed; who runs on it, as far as is known */
  guint64        n_lost;
  gboolean       is_losing;
  gint64         known_ns; /* up to here it has been told what is not recorded */
  gint64         left_ns;  /* the last span's end */
} LscSeenCore;

struct _LscObserver
{
  LscRecorder      *recorder;
  LscObserverEvents events;
  GHashTable       *threads;   /* tid -> LscSeenThread, owned */
  GHashTable       *processes; /* pid -> LscSeenProcess, owned */
  GArray           *cores;     /* of LscSeenCore */
  guint             n_losing;  /* of them */
  gint64            known_ns;  /* the same of all */
  gint64            lost_ns;   /* when the last loss was over */
  GQueue            ended;     /* of LscSeenThread, by their links, the oldest first */
  guint             n_lanes;
  guint64           n_beyond;
  guint64           n_unheard;
  guint64           n_moved;
  guint             n_processes;
  guint             watches; /* now */
  guint             watched; /* ever */
  gboolean          has_watch;
};

/* ---- lsc-observer-threads.c: who is there ---- */

/* NULL when it is not known. */
LscSeenThread  *lsc_observer_find (LscObserver *self, guint32 tid);
LscSeenProcess *lsc_observer_find_process (LscObserver *self, guint32 pid);
/* In place of whatever had the number. */
LscSeenProcess *lsc_observer_new_process (LscObserver *self, gint32 pid);
LscSeenThread  *lsc_observer_new_thread (LscObserver *self, LscSeenProcess *process, gint32 tid);
/* It is not alive. */
void lsc_observer_forget (LscObserver *self, LscSeenThread *thread);
/* The thread of a record: made, with its process, when nobody told of it before. NULL for garbage.
 */
LscSeenThread *lsc_observer_ensure (LscObserver *self, const LscRecord *record, gint64 time_ns);
gboolean
lsc_observer_start (LscObserver *self, const LscRecord *record, gint64 time_ns, guint32 name);
gboolean
     lsc_observer_rename (LscObserver *self, const LscRecord *record, gint64 time_ns, guint32 name);
void lsc_observer_end (LscObserver *self, LscSeenThread *thread, gint64 time_ns);
/* The same of one that is gone, while its own end was not seen. */
void     lsc_observer_end_unseen (LscObserver *self, LscSeenThread *thread, gint64 time_ns);
gboolean lsc_observer_end_process (LscObserver *self, const LscRecord *record, gint64 time_ns);
gboolean lsc_observer_set_usage (LscObserver *self, const LscRecord *record);
/* Those that ended long ago, and their tables. */
void lsc_observer_forget_old (LscObserver *self, gint64 time_ns);
void lsc_seen_thread_free (LscSeenThread *thread);
void lsc_seen_process_unref (LscSeenProcess *process);

/* ---- lsc-observer-states.c: what they do ---- */

void lsc_observer_put_state (LscObserver   *self,
                             LscSeenThread *thread,
                             gint64         time_ns,
                             LscState       state,
                             guint          name,
                             gboolean       is_sampled);
/* It is on no core that tells of switches; where one does not, it may be there. */
void lsc_observer_put_off_core (LscObserver   *self,
                                LscSeenThread *thread,
                                gint64         time_ns,
                                LscState       state);
/* Nobody has looked at it yet, since it was there. */
void lsc_observer_put_unseen (LscObserver *self, LscSeenThread *thread);
/* NULL: there is no such core. */
LscSeenCore *lsc_observer_get_core (LscObserver *self, guint number, gint64 time_ns);
void         lsc_observer_end_core_span (LscObserver *self, LscSeenCore *core, gint64 time_ns);
void lsc_observer_run (LscObserver *self, LscSeenThread *thread, gint64 time_ns, guint core);
/* Nobody runs where it ran. */
void     lsc_observer_leave_core (LscObserver *self, LscSeenThread *thread, gint64 time_ns);
gboolean lsc_observer_switch_in (LscObserver *self, const LscRecord *record, gint64 time_ns);
gboolean lsc_observer_switch_out (LscObserver *self, const LscRecord *record, gint64 time_ns);
gboolean lsc_observer_sample (LscObserver *self, const LscRecord *record, gint64 time_ns);

/* ---- lsc-observer-losses.c: what nobody saw ---- */

/* What it did since a loss, now that it goes onto a core, goes off one, or ends. */
void lsc_observer_resolve_in (LscObserver *self, LscSeenThread *thread);
void lsc_observer_resolve_out (LscObserver *self, LscSeenThread *thread, guint core);
void lsc_observer_resolve_end (LscObserver *self, LscSeenThread *thread);
/* Nothing that it may have done in between is known. */
void     lsc_observer_put_gap (LscObserver *self, LscSeenThread *thread, gint64 time_ns);
gboolean lsc_observer_lose (LscObserver *self, const LscRecord *record, gint64 time_ns);
gboolean
lsc_observer_watch (LscObserver *self, const LscRecord *record, gint64 time_ns, guint32 name);

G_END_DECLS

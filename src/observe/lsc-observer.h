/* lsc-observer.h: what the launcher's records of threads and processes mean.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Makes a lane for each process, thread and core that was seen, and tells what each was doing.
 * Threads that are the run's own have lanes already: their states go there. Belongs to the
 * collector and its thread. Records come in order of time, 20 to 100 ms late; they may lack others,
 * and may be garbage.
 */

#pragma once

#include "lsc-recorder.h"

G_BEGIN_DECLS

/* Threads and processes that are seen beyond so many lanes have none. */
#define LSC_OBSERVER_MAX_LANES 20000u

typedef struct _LscObserver LscObserver;

/* A process has begun, or has ended, and has this lane, which is not the run's own. */
typedef struct
{
  void (*process_started) (gpointer user_data, gint32 pid, LscLane *lane);
  void (*process_ended) (gpointer user_data, gint32 pid);
  gpointer user_data;
} LscObserverEvents;

/* `recorder` is borrowed. */
LscObserver *lsc_observer_new (LscRecorder *recorder, const LscObserverEvents *events);
void         lsc_observer_free (LscObserver *self);

/* Takes a record of a kind from LSC_RECORD_THREAD_START to LSC_RECORD_MOVED. `time_ns` is the
 * recording's; `name` is the record's as a string id of the recording, 0 for none. FALSE when it
 * meant nothing. */
gboolean
lsc_observer_take (LscObserver *self, const LscRecord *record, gint64 time_ns, guint32 name);

/* ---- the run's own ------------------------------------------------------------------------ */

/* The process has this lane: threads of it that are seen belong there. */
void lsc_observer_claim_process (LscObserver *self, gint32 pid, LscLane *lane);
/* The thread has this lane, which the run ends. A lane may be claimed for one after another. */
void lsc_observer_claim_thread (LscObserver *self, gint32 pid, gint32 tid, LscLane *lane);
/* The lane that was made for a thread or a process which turns out to be the run's own: it is
 * theirs from now on, has this name, and is ended by the run. NULL when there is none. */
LscLane *lsc_observer_adopt_thread (LscObserver *self,
                                    gint32       pid,
                                    gint32       tid,
                                    guint        worker,
                                    const char  *name);
LscLane *lsc_observer_adopt_process (LscObserver *self, gint32 pid, const char *name);

/* ---- questions ------------------------------------------------------------------------------ */

/* LSC_WATCH_* bits of all that watched so far; FALSE: nobody has said anything yet. */
gboolean lsc_observer_get_watched (LscObserver *self, guint *watches);
/* How many messages about beginnings and ends, of the whole machine, were lost while they were all
 * there was: short processes may be missing. */
guint64 lsc_observer_get_n_unheard (LscObserver *self);
/* Records that came too late to be in their place, and have another time than their own. */
guint64 lsc_observer_get_n_moved (LscObserver *self);
/* How many had no lane any more. */
guint64 lsc_observer_get_n_beyond (LscObserver *self);

G_END_DECLS

/* lsc-fake-kernel.h: a kernel that makes threads do things at random, and tells of them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it tells is what the real one was seen to tell, in that order, and what happened is kept as
 * well: it is never made of what was told.
 */

#pragma once

#include "lsc-lane.h"

G_BEGIN_DECLS

#define FAKE_N_CORES 4

/* A thread was in a state. */
typedef struct
{
  gint64   start_ns;
  gint64   end_ns;
  LscState state; /* RUNNING, PREEMPTED, WAITING */
  guint    core;
  guint    reason; /* what a look told of a wait */
} FakePiece;

/* All that belongs onto the lanes of a thread's number, or onto one lane that is claimed for it. */
typedef struct
{
  guint    tid;
  LscLane *lane;   /* nullable */
  GArray  *pieces; /* of FakePiece */
  gboolean has_lost_start;
  gboolean has_lost_end;
} FakeTrack;

typedef struct
{
  guint      tid;
  guint      pid;
  gboolean   is_alive;
  FakeTrack *track;
  FakePiece  now;
  gint64     start_ns;
  gint64     end_ns;
  gint64     n_voluntary;
  gint64     n_involuntary;
  gboolean   is_claimed;
  gboolean   has_lost; /* something that it did was not told */
} FakeThread;

/* Nothing that happened on this core in between was told, or on any (LSC_ALL_CORES). */
typedef struct
{
  guint   core;
  gint64  from_ns; /* as told */
  gint64  to_ns;
  guint64 n;
} FakeLoss;

typedef struct
{
  gint64   last_ns; /* of what it told */
  gboolean is_losing;
  guint64  n_lost;
  guint    tid; /* 0: nobody runs */
} FakeCore;

/* `name` is nullable. */
typedef void (*FakeSendFunc) (gpointer user_data, const LscRecord *record, const char *name);

typedef struct
{
  GRand       *rand;
  FakeSendFunc send;
  gpointer     user_data;
  gboolean     is_losing; /* now and then */
  guint        next_tid;
  guint        n_tids; /* numbers are given again after so many */
  gint64       now_ns;
  gint64       unwatched_ns; /* -1 while it tells of switches */
  FakeCore     cores[FAKE_N_CORES];
  FakeCore     all;     /* what it is to send is lost */
  GPtrArray   *threads; /* of FakeThread, all that ever were */
  GHashTable  *living;  /* tid -> FakeThread */
  GHashTable  *tracks;  /* tid -> FakeTrack */
  GPtrArray   *claimed; /* of FakeTrack with lanes */
  GArray      *losses;  /* of FakeLoss */
} FakeKernel;

FakeKernel *fake_kernel_new (guint32 seed, gboolean is_losing, FakeSendFunc send, gpointer data);
void        fake_kernel_free (FakeKernel *self);

/* One of the launcher's children; `lane` is where it belongs, nullable. NULL: no number is free. */
FakeThread *fake_kernel_spawn (FakeKernel *self, LscLane *lane);
/* What a thread is doing, and what it does from now on, is on another lane. */
void        fake_kernel_move (FakeKernel *self, FakeThread *thread, LscLane *lane);
FakeThread *fake_kernel_pick (FakeKernel *self);
/* By a thread or a process. */
gboolean fake_kernel_is_taken (FakeKernel *self, guint number);
/* The number that the next one will have; 0: none. */
guint fake_kernel_get_next_tid (FakeKernel *self);

/* Something happens. */
void fake_kernel_step (FakeKernel *self);
/* It does not tell of switches any more, only what looks see. */
void fake_kernel_stop_switches (FakeKernel *self);
/* All end; what was lost is told. */
void fake_kernel_finish (FakeKernel *self);

G_END_DECLS

/* lsc-hand-off.h: one thread leaves its core, and another goes onto one.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading threads, between lsc_recording_begin_read() and lsc_recording_end_read(). From exact
 * states only. It is what was seen, and no more: nobody knows that the one made the other run.
 */

#pragma once

#include "lsc-lane.h"

G_BEGIN_DECLS

typedef struct
{
  LscLane *from;    /* who ran */
  LscLane *to;      /* who ran then */
  gint64   left_ns; /* when the first one left its core */
  gint64   ran_ns;  /* when the other one went onto one: a little before, where both ran a moment */
  gint64   rested_ns; /* when its turn before that ended; -1: it had none */
  gint64   turn_ns;   /* how long the shorter of the two turns was */
} LscHandOff;

/**
 * lsc_hand_off_find:
 * @lanes: among these
 * @time_ns: after this time, or before it
 * @step: 1: the next one; -1: the last one before
 *
 * Where two stretches on a core of two lanes meet. Those much shorter than the lane's usual ones
 * are none: who waits for a lock wakes up for a moment, now and then, to ask for it.
 */
gboolean lsc_hand_off_find (LscLane *const *lanes,
                            guint           n_lanes,
                            gint64          time_ns,
                            int             step,
                            gint64          now_ns,
                            LscHandOff     *hand_off);
/* The nearest one, at most so far from a time. */
gboolean lsc_hand_off_find_near (LscLane *const *lanes,
                                 guint           n_lanes,
                                 gint64          time_ns,
                                 gint64          reach_ns,
                                 gint64          now_ns,
                                 LscHandOff     *hand_off);

G_END_DECLS

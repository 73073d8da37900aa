/* lsc-world.h: a made-up kernel, and what is told of what its threads do.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-collector.h"
#include "lsc-fake-kernel.h"
#include "lsc-ring.h"
#include "observer-support.h"

G_BEGIN_DECLS

#define N_PLACES 2u

typedef struct
{
  Scene       scene;
  FakeKernel *kernel;
  LscLane    *places[N_PLACES];
  guint       place_tids[N_PLACES];
  guint32     seed;
  gint64      end_ns;
  GPtrArray  *states; /* by lane, of LscStatePiece */

  /* What is told goes through a ring; NULL: it does not. */
  LscCollector *collector;
  LscSegment   *segment;
  LscRingWriter ring;
} World;

/* With a ring that is full all the time, or straight to the observer. */
void world_set_up (World *world, gboolean has_ring);
void world_tear_down (World *world);
/* Something is lost now and then; switches are not seen any more from the middle on. */
void world_run (World *world, gboolean is_losing, gboolean is_stopped);
void world_check (World *world, gboolean is_losing);

/* ---- among its parts ---- */

/* What is told of a lane, or of all lanes of a number; of LscStatePiece. */
GArray *world_get_states (World *world, LscLane *lane);
GArray *world_read_track (World *world, const FakeTrack *track);
/* ---- lsc-world-losses.c: what is told is so, even where not all is ---- */
void world_check_true (World *world, const FakeTrack *track);
void world_check_core_gaps (World *world, guint core);

G_END_DECLS

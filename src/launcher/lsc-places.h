/* lsc-places.h: what waits to be started, and the places where it can run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The engine sends ahead what is to be started, so that no round trip through it
 * costs a core idle time when a place becomes free.
 */

#pragma once

#include "lsc-link.h"

/* A request with the memory and the descriptors that it needs; owned by whoever has it. */
typedef struct LscPending
{
  struct LscPending *next;
  LscWireSpawn       spawn; /* points into `bytes` */
  int               *fds;   /* into `bytes` as well */
  uint32_t           n_fds;
  _Alignas(8) uint8_t bytes[];
} LscPending;

typedef struct
{
  LscPending *first;
  LscPending *last;
  uint8_t    *states;
  uint32_t    n;
  uint32_t    n_free;
} LscPlaces;

/* Takes the descriptors out of the packet. NULL: it is no request that can be understood, or
 * (with errno ENOMEM) there is no memory. */
LscPending *lsc_pending_new (LscPacket *packet);
/* Closes the descriptors; NULL is fine. */
void lsc_pending_free (LscPending *pending);

/* Once. False when there is no memory, or it was done already. */
bool lsc_places_set (LscPlaces *places, uint32_t n);
void lsc_places_close (LscPlaces *places, uint32_t place);
/* Forgets what waits. */
void lsc_places_drop_waiting (LscPlaces *places);
void lsc_places_clear (LscPlaces *places);

/* Takes the request. */
void lsc_places_add (LscPlaces *places, LscPending *pending);
/* The next to be started, and where; NULL when none waits or no place is free. The place is
 * taken then, until it is released. */
LscPending *lsc_places_take (LscPlaces *places, uint32_t *place);
void        lsc_places_release (LscPlaces *places, uint32_t place);

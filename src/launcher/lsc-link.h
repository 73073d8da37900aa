/* lsc-link.h: the launcher's end of the socket to the engine.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>

#include "lsc-spawn.h"
#include "lsc-wire.h"

typedef struct
{
  int           fd;
  LscWireBuffer out; /* frames that the socket did not take yet */
} LscLink;

/* One packet: its frame, and the descriptors that came with it. */
typedef struct
{
  LscWireFrame frame;
  int          fds[LSC_SPAWN_MAX_FDS];
  uint32_t     n_fds;
} LscPacket;

typedef enum
{
  LSC_LINK_PACKET,
  LSC_LINK_NOTHING, /* for the moment */
  LSC_LINK_END,     /* the engine is gone, or is not to be understood */
} LscLinkState;

/* The packet is valid until the next call; its descriptors are the caller's to close. */
LscLinkState lsc_link_receive (LscLink *link, LscPacket *packet);
void         lsc_packet_close_fds (LscPacket *packet);

/* Sends what the socket takes of `out`, several frames a packet. False when the engine is gone. */
bool lsc_link_flush (LscLink *link);

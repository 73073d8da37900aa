/* lsc-packet-queue.h: packets on their way to the launcher.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The run's thread. What does not fit into the socket waits with its descriptors
 * and goes out from the main context.
 */

#pragma once

#include <glib.h>

#include "lsc-wire.h"

G_BEGIN_DECLS

#define LSC_PACKET_MAX_FDS 16

typedef struct
{
  int           socket; /* borrowed; -1: what is sent is dropped */
  GMainContext *context;
  GSource      *source;
  GQueue        packets;
} LscPacketQueue;

void lsc_packet_queue_init (LscPacketQueue *self, int socket, GMainContext *context);
/* Drops what waits. */
void lsc_packet_queue_clear (LscPacketQueue *self);

/* One frame, which is taken out of the buffer, with descriptors that are closed here. */
void
lsc_packet_queue_send (LscPacketQueue *self, LscWireBuffer *buffer, const int *fds, guint n_fds);

G_END_DECLS

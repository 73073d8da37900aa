/* lsc-connector.h: the kernel's proc connector: every start, exec, name and end on the machine.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libc only. Open to ordinary users since Linux 6.6, in the first namespaces only: elsewhere it
 * says nothing. One thread.
 */

#pragma once

#include "lsc-connector-event.h"

typedef struct LscConnector LscConnector;

/* 0: as large as an ordinary user may have it. */
#define LSC_CONNECTOR_LARGEST 0

/* Asks for it, and makes sure by a child of its own that is over when this returns. NULL with errno
 * set: EPERM when it is not allowed, ENODATA when it is, and nothing is told.
 * `buffer_bytes`: how much may wait to be read. */
LscConnector *lsc_connector_open (int buffer_bytes);
/* Also tells the kernel that nobody listens any more. NULL is fine. */
void lsc_connector_close (LscConnector *connector);

/* To be polled: it can be read. */
int lsc_connector_get_fd (const LscConnector *connector);

/* Takes each event that is there, in the order in which it came. Those of one core are in order of
 * time. */
typedef void (*LscConnectorFunc) (const LscConnectorEvent *event, void *user_data);
/* Returns how many messages there were, also of kinds that concern nobody. */
size_t lsc_connector_read (LscConnector *connector, LscConnectorFunc func, void *user_data);

/* How many events the kernel could not tell: those that are known by what came later, and one for
 * each time that it said so, when it is not known of how many. */
uint64_t lsc_connector_get_n_lost (const LscConnector *connector);

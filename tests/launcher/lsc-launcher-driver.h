/* lsc-launcher-driver.h: a launcher, as the engine would use it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "lsc-segment.h"
#include "lsc-wire.h"

typedef struct
{
  int         socket;
  GPid        pid; /* 0 when it has ended */
  char       *folder;
  LscSegment *segment;
  /* Its writing end goes to the children only: who reads the end knows that all are gone. */
  int           life_read;
  int           life_write;
  LscWireReader reader;
} Driver;

typedef struct
{
  guint32            id;
  guint32            flags;
  const char *const *words;
  const char *const *environment;
  const char        *folder;
  const int         *fds;
  guint              n_fds;
  guint              n_said;
} DriverRequest;

void driver_start (Driver *driver);
/* Closes the socket, waits until all is gone. */
void driver_finish (Driver *driver);

/* Descriptors 0 /dev/null, 1 and 2 the life pipe. `...`: the words, NULL. */
void driver_spawn (Driver *driver, guint32 id, ...) G_GNUC_NULL_TERMINATED;
void driver_spawn_fds (Driver            *driver,
                       guint32            id,
                       const char *const *words,
                       const int         *fds,
                       guint              n_fds,
                       guint              n_said);
void driver_request (Driver *driver, const DriverRequest *request);
/* With the descriptors of driver_spawn(). */
void driver_spawn_script (Driver            *driver,
                          guint32            id,
                          guint32            flags,
                          const char        *folder,
                          const char *const *environment,
                          const char        *script);
void driver_send (Driver *driver, LscWireBuffer *buffer);

/* Waits for the next frame. */
LscWireType driver_receive (Driver *driver, LscWireChild *child, guint32 *n_survivors);
/* Waits for SPAWNED, then for EXITED, of that id. */
void driver_expect_spawned (Driver *driver, guint32 id, LscWireChild *child);
void driver_expect_exited (Driver *driver, guint32 id, LscWireChild *child);

/* A line that a child wrote on the life pipe; free it. */
char *driver_read_line (Driver *driver);
/* Waits until no child holds the life pipe any more. */
void driver_expect_all_gone (Driver *driver);
/* Waits for the launcher's own end. */
int driver_wait_launcher (Driver *driver);

/* lsc-worker-driver.h: a worker over pipes, as the engine would drive it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "lsc-executor-kind.h"
#include "lsc-segment.h"
#include "lsc-wire.h"

typedef struct
{
  GPid          pid;
  char         *path;
  LscSegment   *segment;
  int           tasks;
  int           results;
  LscWireBuffer out;
  LscWireReader reader;
} Driver;

void driver_start (Driver *driver, guint n_rings);
/* Waits for its end; the status as wait tells it. */
int  driver_wait (Driver *driver);
void driver_close_tasks (Driver *driver);
void driver_clear (Driver *driver);
void driver_send (Driver *driver);
/* Sends the setup. */
void
driver_set_up (Driver *driver, LscExecutorKind executor, guint n_threads, const char *workload);
/* With settings (key NUL value NUL ...) and a timeout. */
void driver_set_up_with (Driver         *driver,
                         LscExecutorKind executor,
                         guint           n_threads,
                         const char     *workload,
                         const char     *settings,
                         gsize           settings_length,
                         gint64          timeout_ns);
/* Not sent yet. */
void driver_put (Driver *driver, guint32 index, const char *input);
/* Waits for a frame. FALSE: the pipe has ended. */
gboolean driver_next (Driver *driver, LscWireFrame *frame);
void     driver_expect_ready (Driver *driver);
/* The next result; printed text and starts are passed over. FALSE: the end. */
gboolean driver_next_result (Driver *driver, LscWireResult *result);
void     expect_exit (Driver *driver, int status);

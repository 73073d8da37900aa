/* lsc-run-requests.h: what the main thread asks a run's thread for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sending never waits. What was sent arrives in the receiving thread's context.
 */

#pragma once

#include "lsc-lane-request.h"

G_BEGIN_DECLS

typedef enum
{
  LSC_REQUEST_NONE,
  LSC_REQUEST_STOP,
  LSC_REQUEST_TERMINATE,
} LscRequest;

typedef struct
{
  /* For the run: the strongest one so far, each once. */
  void (*requested) (gpointer user_data, LscRequest request);
  /* For one worker, from 1; in order. */
  void (*asked) (gpointer user_data, guint worker, LscLaneRequest request);
} LscRequestFuncs;

typedef struct _LscRunRequests LscRunRequests;

LscRunRequests *lsc_run_requests_new (const LscRequestFuncs *funcs,
                                      gpointer               user_data) G_GNUC_WARN_UNUSED_RESULT;
void            lsc_run_requests_free (LscRunRequests *self);

/* The main thread: */
void lsc_run_requests_send (LscRunRequests *self, LscRequest request);
void lsc_run_requests_ask (LscRunRequests *self, guint worker, LscLaneRequest request);

/* The receiving thread: nothing arrives before, or after. */
void lsc_run_requests_attach (LscRunRequests *self, GMainContext *context);
void lsc_run_requests_detach (LscRunRequests *self);

G_END_DECLS

/* lsc-run-requests.c: what the main thread asks a run's thread for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An atomic and a queue, and a source that is made ready when there is something
 * in them.
 */

#define G_LOG_DOMAIN "lsc-run-requests"

#include "config.h"

#include "lsc-run-requests.h"

/* What one worker is asked for. */
typedef struct
{
  guint          worker;
  LscLaneRequest request;
} Ask;

struct _LscRunRequests
{
  const LscRequestFuncs *funcs;
  gpointer               user_data;
  GSource               *source;
  GAsyncQueue           *asks;    /* of Ask */
  gint                   request; /* atomic: LscRequest */

  /* The receiving thread's. */
  gint seen_request;
};

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  /* Asleep until somebody sets it ready again. */
  g_source_set_ready_time (source, -1);
  return callback (user_data);
}

static GSourceFuncs source_funcs = {
  .dispatch = dispatch,
};

static gboolean
source_cb (gpointer user_data)
{
  LscRunRequests *self = user_data;
  gint            request = g_atomic_int_get (&self->request);
  Ask            *ask;

  while ((ask = g_async_queue_try_pop (self->asks)) != NULL)
    {
      self->funcs->asked (self->user_data, ask->worker, ask->request);
      g_free (ask);
    }
  if (request > self->seen_request)
    {
      self->seen_request = request;
      self->funcs->requested (self->user_data, (LscRequest)request);
    }
  return G_SOURCE_CONTINUE;
}

LscRunRequests *
lsc_run_requests_new (const LscRequestFuncs *funcs, gpointer user_data)
{
  LscRunRequests *self = g_new0 (LscRunRequests, 1);

  self->funcs = funcs;
  self->user_data = user_data;
  self->asks = g_async_queue_new_full (g_free);
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_callback (self->source, source_cb, self, NULL);
  return self;
}

void
lsc_run_requests_free (LscRunRequests *self)
{
  g_source_unref (self->source);
  g_async_queue_unref (self->asks);
  g_free (self);
}

void
lsc_run_requests_send (LscRunRequests *self, LscRequest request)
{
  if (g_atomic_int_get (&self->request) >= (gint)request)
    return;

  g_atomic_int_set (&self->request, (gint)request);
  g_source_set_ready_time (self->source, 0);
}

void
lsc_run_requests_ask (LscRunRequests *self, guint worker, LscLaneRequest request)
{
  Ask *ask = g_new (Ask, 1);

  *ask = (Ask){ worker, request };
  g_async_queue_push (self->asks, ask);
  g_source_set_ready_time (self->source, 0);
}

void
lsc_run_requests_attach (LscRunRequests *self, GMainContext *context)
{
  g_source_attach (self->source, context);
}

void
lsc_run_requests_detach (LscRunRequests *self)
{
  g_source_destroy (self->source);
}

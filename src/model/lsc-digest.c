/* lsc-digest.c: what is known of all lanes of a recording together.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The thread that fills the recording.
 */

#include "config.h"

#include "lsc-digest-private.h"

#include "lsc-lane-private.h"

static void
add (LscLog *log, LscLane *lane)
{
  *LSC_LOG_NEXT (log, LscLane *) = lane;
  lsc_log_publish (log);
}

void
lsc_digest_init (LscDigest *self)
{
  self->peak_rss_bytes = -1;
}

void
lsc_digest_clear (LscDigest *self)
{
  lsc_log_clear (&self->workers);
  lsc_log_clear (&self->cores);
  lsc_log_clear (&self->accounts);
}

void
lsc_digest_add_lane (LscDigest *self, LscLane *lane)
{
  lane->digest = self;
  if (lane->kind == LSC_LANE_CORE)
    add (&self->cores, lane);
  if (lane->worker > 0)
    lsc_digest_add_worker (self, lane);
  lsc_digest_change_shape (self);
}

void
lsc_digest_add_worker (LscDigest *self, LscLane *lane)
{
  if (lane->in_workers)
    return;
  lane->in_workers = TRUE;
  add (&self->workers, lane);
  lsc_digest_change_shape (self);
}

void
lsc_digest_add_account (LscDigest *self, LscLane *lane)
{
  if (lane->in_accounts || lane->kind != LSC_LANE_PROCESS || !lane->is_own)
    return;
  lane->in_accounts = TRUE;
  add (&self->accounts, lane);
}

void
lsc_digest_change_shape (LscDigest *self)
{
  __atomic_fetch_add (&self->shape, 1, __ATOMIC_RELEASE);
}

void
lsc_digest_add_lost (LscDigest *self, guint64 n)
{
  __atomic_fetch_add (&self->n_lost, n, __ATOMIC_RELAXED);
}

gboolean
lsc_digest_see_peak (LscDigest *self, gint64 before_bytes, gint64 peak_bytes)
{
  if (peak_bytes < before_bytes && before_bytes == self->peak_rss_bytes)
    return FALSE;
  if (peak_bytes > self->peak_rss_bytes)
    __atomic_store_n (&self->peak_rss_bytes, peak_bytes, __ATOMIC_RELAXED);
  return TRUE;
}

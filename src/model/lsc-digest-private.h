/* lsc-digest-private.h: what is known of all lanes of a recording together.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kept up as data arrives, so that a frame need not look at each of 20,000 lanes. The thread that
 * fills the recording changes it; what is read is atomic.
 */

#pragma once

#include "lsc-log-private.h"

G_BEGIN_DECLS

typedef struct _LscLane LscLane;

typedef struct
{
  LscLog  workers;  /* LscLane *: has a worker's number */
  LscLog  cores;    /* LscLane * */
  LscLog  accounts; /* LscLane *: processes of the run's own of which CPU time is known */
  guint64 n_lost;
  gint64  peak_rss_bytes; /* -1: of no process known */
  guint64 shape;
} LscDigest;

void lsc_digest_init (LscDigest *self);
void lsc_digest_clear (LscDigest *self);

/* A lane that is there from now on. */
void lsc_digest_add_lane (LscDigest *self, LscLane *lane);
/* Each may be called again for the same lane. */
void lsc_digest_add_worker (LscDigest *self, LscLane *lane);
void lsc_digest_add_account (LscDigest *self, LscLane *lane);
/* There is another row, or one looks another way. */
void lsc_digest_change_shape (LscDigest *self);
void lsc_digest_add_lost (LscDigest *self, guint64 n);
/* Of a process. FALSE: it may have been the largest, and is less now: look at all of them. */
gboolean lsc_digest_see_peak (LscDigest *self, gint64 before_bytes, gint64 peak_bytes);

G_END_DECLS

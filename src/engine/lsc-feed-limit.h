/* lsc-feed-limit.h: how many tasks a worker process may have at once.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pure function. Far enough ahead that a worker never waits for the engine, not
 * so far that tasks wait behind one worker while another has nothing to do.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LSC_FEED_MAX_AHEAD        64    /* of a process among others */
#define LSC_FEED_MAX_SHARED_AHEAD 4096  /* of a process that is the only one */
#define LSC_FEED_MAX_OPEN         10000 /* of a process that has them all under way at once */

typedef struct
{
  gboolean overlaps; /* tasks wait side by side: those that were given are under way */
  guint    n_processes;
  guint    n_lanes; /* of each */
  guint    ring_capacity;
  guint    n_waiting; /* tasks that nobody has yet */
  gboolean has_ended_any;
  gint64   expected_ns; /* for a task, when it has */
} LscFeedSituation;

guint lsc_feed_limit_get (const LscFeedSituation *situation);

G_END_DECLS

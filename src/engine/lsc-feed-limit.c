/* lsc-feed-limit.c: how many tasks a worker process may have at once.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lsc-feed-limit"

#include "config.h"

#include "lsc-clock.h"
#include "lsc-feed-limit.h"

/* A process has at most so much work before it. A lane of a process with one
 * shared queue may have more: no other has to wait for it. */
#define AHEAD_NS        (10 * LSC_NS_PER_MS)
#define SHARED_AHEAD_NS (20 * LSC_NS_PER_MS)

static guint
get_shared_limit (const LscFeedSituation *situation)
{
  /* Records that fit into the rings between two drains bound this as well: then
   * none can be lost, however late the run's thread comes. */
  guint max = MIN (LSC_FEED_MAX_SHARED_AHEAD, situation->ring_capacity / 8);
  guint ahead;

  if (!situation->has_ended_any)
    return 4 * situation->n_lanes;

  ahead = (guint)MIN (SHARED_AHEAD_NS / MAX (situation->expected_ns, 1), max);
  return MAX (MIN (ahead * situation->n_lanes, max), 2 * situation->n_lanes);
}

guint
lsc_feed_limit_get (const LscFeedSituation *situation)
{
  guint ahead;
  guint share;

  /* What is not given can't wait yet. Its rings have room: its lane sees to that in each turn. */
  if (situation->overlaps)
    return LSC_FEED_MAX_OPEN;
  if (situation->n_processes == 1)
    return get_shared_limit (situation);
  if (!situation->has_ended_any)
    return 1;

  ahead = 1 + (guint)MIN (AHEAD_NS / MAX (situation->expected_ns, 1), LSC_FEED_MAX_AHEAD - 1);
  /* Towards the end of the list all get less: nobody queues what another could begin. */
  share = MAX (situation->n_waiting / (2 * situation->n_processes), 1);
  return MIN (ahead, share);
}

/* test-feed-limit.c: how far ahead workers are given tasks.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-feed-limit.h"

#define US G_GINT64_CONSTANT (1000)
#define MS G_GINT64_CONSTANT (1000000)

static guint
limit (guint n_processes, guint n_lanes, guint n_waiting, gint64 expected_ns)
{
  return lsc_feed_limit_get (&(LscFeedSituation){
      .n_processes = n_processes,
      .n_lanes = n_lanes,
      .ring_capacity = 65536,
      .n_waiting = n_waiting,
      .has_ended_any = expected_ns >= 0,
      .expected_ns = expected_ns,
  });
}

/* Nothing is known: one each, so that all begin. */
static void
test_unknown (void)
{
  g_assert_cmpuint (limit (2, 1, 1000000, -1), ==, 1);
  g_assert_cmpuint (limit (512, 1, 1000000, -1), ==, 1);
  /* A shared queue keeps every lane in work. */
  g_assert_cmpuint (limit (1, 8, 1000000, -1), >=, 2 * 8);
}

/* Short tasks: many, so that a trip to the engine is shared by many. Long ones: what
 * waits behind one worker is at most some 10 ms of work. */
static void
test_durations (void)
{
  g_assert_cmpuint (limit (2, 1, 1000000, 0), ==, 64);
  g_assert_cmpuint (limit (2, 1, 1000000, 1 * US), ==, 64);
  g_assert_cmpuint (limit (2, 1, 1000000, 1 * MS), ==, 11);
  g_assert_cmpuint (limit (2, 1, 1000000, 6 * MS), ==, 2);
  g_assert_cmpuint (limit (2, 1, 1000000, 11 * MS), ==, 1);
  g_assert_cmpuint (limit (2, 1, 1000000, 3600 * 1000 * MS), ==, 1);

  for (gint64 ns = 1; ns < 100 * MS; ns *= 3)
    g_assert_cmpint ((limit (2, 1, 1000000, ns) - 1) * ns, <=, 10 * MS);
}

/* Near the end nobody queues what an idle one could begin. */
static void
test_end_of_list (void)
{
  g_assert_cmpuint (limit (2, 1, 4000, 1 * US), ==, 64);
  g_assert_cmpuint (limit (2, 1, 40, 1 * US), ==, 10);
  g_assert_cmpuint (limit (2, 1, 3, 1 * US), ==, 1);
  g_assert_cmpuint (limit (2, 1, 0, 1 * US), ==, 1);
  g_assert_cmpuint (limit (8, 1, 15, 1 * US), ==, 1);
}

/* One process: lanes take from one queue, so it may be long; never beyond what the rings hold. */
static void
test_shared (void)
{
  g_assert_cmpuint (limit (1, 1, 1000000, 1 * US), ==, 4096);
  g_assert_cmpuint (limit (1, 2, 3, 1 * US), ==, 4096);
  g_assert_cmpuint (limit (1, 4, 1000000, 1000 * MS), ==, 8);
  g_assert_cmpuint (limit (1, 512, 1000000, 1000 * MS), ==, 1024);
  g_assert_cmpuint (lsc_feed_limit_get (&(LscFeedSituation){ .n_processes = 1,
                                                             .n_lanes = 2,
                                                             .ring_capacity = 4096,
                                                             .n_waiting = 9999,
                                                             .has_ended_any = TRUE,
                                                             .expected_ns = 1 }),
                    ==, 512);
}

/* Tasks that wait side by side: all that are given can wait at once, however long they take. */
static void
test_overlapping (void)
{
  LscFeedSituation situation = {
    .overlaps = TRUE, .n_processes = 1, .n_lanes = 1, .ring_capacity = 4096, .n_waiting = 1000000
  };

  g_assert_cmpuint (lsc_feed_limit_get (&situation), ==, 10000);
  situation.has_ended_any = TRUE;
  situation.expected_ns = 3600 * 1000 * MS;
  g_assert_cmpuint (lsc_feed_limit_get (&situation), ==, 10000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/feed-limit/unknown", test_unknown);
  g_test_add_func ("/engine/feed-limit/durations", test_durations);
  g_test_add_func ("/engine/feed-limit/end-of-list", test_end_of_list);
  g_test_add_func ("/engine/feed-limit/shared", test_shared);
  g_test_add_func ("/engine/feed-limit/overlapping", test_overlapping);
  return g_test_run ();
}

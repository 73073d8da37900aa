/* test-observer-random.c: whatever threads do, what is told of them is what they did.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A kernel that is made up does things at random, remembers them, and tells of them as the launcher
 * does of the real one. Where nothing was lost, lanes say exactly that; where something was, they
 * say nothing that is not so.
 */

#include "config.h"

#include "lsc-test-cache.h"
#include "lsc-world.h"

static void
test_seeds (guint n_seeds, gboolean is_losing, gboolean is_stopped, gboolean has_ring)
{
  const char *only = g_getenv ("LSC_TEST_SEED");

  for (guint i = 0; i < n_seeds; i++)
    {
      World world = { .seed = only != NULL ? (guint32)g_ascii_strtoull (only, NULL, 10) : i };

      g_test_message ("seed %u", world.seed);
      world_set_up (&world, has_ring);
      world_run (&world, is_losing, is_stopped);
      world_check (&world, is_losing);
      world_tear_down (&world);
    }
}

static void
test_all_told (void)
{
  test_seeds (40, FALSE, FALSE, FALSE);
}

static void
test_stopped (void)
{
  test_seeds (20, FALSE, TRUE, FALSE);
}

static void
test_losses (void)
{
  test_seeds (500, TRUE, FALSE, FALSE);
}

static void
test_ring (void)
{
  test_seeds (20, FALSE, TRUE, TRUE);
}

static void
test_ring_losses (void)
{
  test_seeds (20, TRUE, FALSE, TRUE);
}

int
main (int argc, char *argv[])
{
  char *cache;
  int   status;

  g_test_init (&argc, &argv, NULL);
  cache = lsc_test_cache_enter ();
  g_test_add_func ("/observer/random/all-told", test_all_told);
  g_test_add_func ("/observer/random/stopped", test_stopped);
  g_test_add_func ("/observer/random/losses", test_losses);
  g_test_add_func ("/observer/random/ring", test_ring);
  g_test_add_func ("/observer/random/ring-losses", test_ring_losses);
  status = g_test_run ();
  lsc_test_cache_leave (cache);
  return status;
}

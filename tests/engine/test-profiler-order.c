/* test-profiler-order.c: the order of cells in each round.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lsc-profiler-order.h"
#include "mock-profiler.h"
#include "test-support.h"

#define N_CELLS 5u

static void
test_permutation (void)
{
  for (guint n = 1; n <= 40; n++)
    for (guint round = 0; round < 20; round++)
      {
        guint    order[40];
        gboolean seen[40] = { FALSE };

        lsc_profiler_make_order (11, round, n, order);
        for (guint i = 0; i < n; i++)
          {
            g_assert_cmpuint (order[i], <, n);
            g_assert_false (seen[order[i]]);
            seen[order[i]] = TRUE;
          }
      }
}

/* Each of the six orders of three cells as often as any other: 1000 times of 6000, 28.9 off at one
 * standard deviation of the binomial distribution; five of them are never seen by chance. */
static void
test_fair (void)
{
  guint counts[27] = { 0 };
  guint n_orders = 0;

  for (guint round = 0; round < 6000; round++)
    {
      guint order[3];

      lsc_profiler_make_order (20261127, round, 3, order);
      counts[order[0] * 9 + order[1] * 3 + order[2]]++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      if (counts[i] == 0)
        continue;
      n_orders++;
      g_assert_cmpuint (counts[i], >, 1000 - 145);
      g_assert_cmpuint (counts[i], <, 1000 + 145);
    }
  g_assert_cmpuint (n_orders, ==, 6);
}

/* Both halves of the seed matter, and one that differs in a bit is another order. */
static void
test_seeds (void)
{
  const guint64 seeds[] = { 1, 2, G_GUINT64_CONSTANT (1) << 32, G_MAXUINT64 };
  guint         orders[G_N_ELEMENTS (seeds)][30];

  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      guint again[30];

      lsc_profiler_make_order (seeds[i], 3, 30, orders[i]);
      lsc_profiler_make_order (seeds[i], 3, 30, again);
      g_assert_cmpmem (orders[i], sizeof orders[i], again, sizeof again);
      for (guint j = 0; j < i; j++)
        g_assert_cmpint (memcmp (orders[i], orders[j], sizeof orders[i]), !=, 0);
    }
  for (guint i = 0; i < 20; i++)
    {
      guint64 seed = lsc_profiler_choose_seed ();

      g_assert_cmpuint (seed, >, 0);
      g_assert_cmpuint (seed, <=, G_MAXUINT32);
    }
}

/* ---- as it is run ---------------------------------------------------------------------------- */

static double
get_uneven_wall_s (guint cell, guint run)
{
  return run % 2 == 0 ? 1 : 2;
}

static const MockWorld world = { .get_wall_s = get_uneven_wall_s };

static guint
get_run (MockRig *rig, guint index)
{
  g_assert_cmpuint (index, <, rig->runs->len);
  return g_array_index (rig->runs, guint, index);
}

/* The warm-up in the order of the cells; then every cell once in each round, in the order that the
 * seed gives. */
static void
test_run (void)
{
  g_autoptr (MockRig) rig =
      mock_rig_new (N_CELLS, &world, &(LscProfilerOptions){ .seed = 4711, .max_rounds = 6 });
  guint n_sorted = 0;

  mock_rig_run (rig);
  g_assert_cmpuint (rig->runs->len, ==, N_CELLS * 7);
  for (guint i = 0; i < N_CELLS; i++)
    g_assert_cmpuint (get_run (rig, i), ==, i);
  for (guint round = 0; round < 6; round++)
    {
      guint order[N_CELLS];

      lsc_profiler_make_order (4711, round, N_CELLS, order);
      for (guint i = 0; i < N_CELLS; i++)
        {
          g_assert_cmpuint (get_run (rig, N_CELLS * (round + 1) + i), ==, order[i]);
          n_sorted += order[i] == i;
        }
    }
  g_assert_cmpuint (n_sorted, <, N_CELLS * 6);
  g_assert_cmpuint (lsc_profile_get_seed (mock_rig_get_profile (rig)), ==, 4711);
  g_assert_cmpuint (lsc_profile_get_n_rounds (mock_rig_get_profile (rig)), ==, 6);
}

/* A cell that is out does not change the order of the others. */
static MockEnd
second_fails (guint cell, guint run)
{
  return cell == 1 ? MOCK_FAILS : MOCK_DONE;
}

static void
test_without_one (void)
{
  const MockWorld          failing = { .get_wall_s = get_uneven_wall_s, .get_end = second_fails };
  const LscProfilerOptions options = { .seed = 99, .max_rounds = 5 };
  g_autoptr (MockRig) whole = mock_rig_new (N_CELLS, &world, &options);
  g_autoptr (MockRig) rig = mock_rig_new (N_CELLS, &failing, &options);
  guint at = N_CELLS * 2; /* the warm-up and the first round have all */

  mock_rig_run (whole);
  mock_rig_run (rig);
  for (guint i = N_CELLS * 2; i < whole->runs->len; i++)
    {
      if (get_run (whole, i) != 1)
        g_assert_cmpuint (get_run (rig, at++), ==, get_run (whole, i));
    }
  g_assert_cmpuint (at, ==, rig->runs->len);
}

/* One that nobody chose is kept, and gives the same order again. */
static void
test_chosen_seed (void)
{
  g_autoptr (MockRig) first = mock_rig_new (N_CELLS, &world, &(LscProfilerOptions){ 0 });
  guint64 seed = lsc_profile_get_seed (mock_rig_get_profile (first));
  g_autoptr (MockRig) second =
      mock_rig_new (N_CELLS, &world, &(LscProfilerOptions){ .seed = seed });

  g_assert_cmpuint (seed, !=, 0);
  mock_rig_run (first);
  mock_rig_run (second);
  g_assert_cmpmem (first->runs->data, first->runs->len * sizeof (guint), second->runs->data,
                   second->runs->len * sizeof (guint));
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/profiler-order/permutation", test_permutation);
  g_test_add_func ("/profiler-order/fair", test_fair);
  g_test_add_func ("/profiler-order/seeds", test_seeds);
  g_test_add_func ("/profiler-order/run", test_run);
  g_test_add_func ("/profiler-order/without-one", test_without_one);
  g_test_add_func ("/profiler-order/chosen-seed", test_chosen_seed);
  return support_run_tests ();
}

/* test-basics.c: clocks, names of executors, the window's thread.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <time.h>

#include "lsc-clock.h"
#include "lsc-executor-kind.h"
#include "lsc-main-thread.h"

static void
test_fake_clock (void)
{
  g_autoptr (LscClock) clock = lsc_clock_new_fake (5 * LSC_NS_PER_S);

  g_assert_cmpint (lsc_clock_get_now_ns (clock), ==, 5 * LSC_NS_PER_S);
  lsc_clock_advance (clock, 30 * LSC_NS_PER_MS);
  lsc_clock_advance (clock, 0);
  lsc_clock_advance (clock, 12);
  g_assert_cmpint (lsc_clock_get_now_ns (clock), ==, G_GINT64_CONSTANT (5030000012));
}

static void
test_system_clock (void)
{
  LscClock       *clock = lsc_clock_get_system ();
  struct timespec before;
  struct timespec after;
  gint64          now_ns;

  g_assert_true (clock == lsc_clock_get_system ());
  clock_gettime (CLOCK_MONOTONIC, &before);
  now_ns = lsc_clock_get_now_ns (clock);
  clock_gettime (CLOCK_MONOTONIC, &after);
  g_assert_cmpint (now_ns, >=, before.tv_sec * LSC_NS_PER_S + before.tv_nsec);
  g_assert_cmpint (now_ns, <=, after.tv_sec * LSC_NS_PER_S + after.tv_nsec);
}

static void
test_system_clock_stands (void)
{
  g_test_expect_message ("lsc-base", G_LOG_LEVEL_CRITICAL, "*is_fake*");
  lsc_clock_advance (lsc_clock_get_system (), 1);
  g_test_assert_expected_messages ();
}

static void
test_executor_kinds (void)
{
  static const struct
  {
    LscExecutorKind kind;
    const char     *nick;
    const char     *label;
    gboolean        has_workers;
  } kinds[] = {
    { LSC_EXECUTOR_SEQUENTIAL, "sequential", "Sequential", FALSE },
    { LSC_EXECUTOR_ASYNC, "async", "Async", FALSE },
    { LSC_EXECUTOR_THREADS, "threads", "Threads", TRUE },
    { LSC_EXECUTOR_PROCESSES, "processes", "Processes", TRUE },
    { LSC_EXECUTOR_CLUSTER, "cluster", "Cluster", TRUE },
  };
  LscExecutorKind kind = LSC_EXECUTOR_ASYNC;

  g_assert_cmpuint (G_N_ELEMENTS (kinds), ==, LSC_N_EXECUTOR_KINDS);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_assert_cmpstr (lsc_executor_kind_get_nick (kinds[i].kind), ==, kinds[i].nick);
      g_assert_cmpstr (lsc_executor_kind_get_label (kinds[i].kind), ==, kinds[i].label);
      g_assert_cmpint (lsc_executor_kind_has_workers (kinds[i].kind), ==, kinds[i].has_workers);
      g_assert_true (lsc_executor_kind_from_nick (kinds[i].nick, &kind));
      g_assert_cmpint (kind, ==, kinds[i].kind);
    }

  kind = LSC_EXECUTOR_THREADS;
  g_assert_false (lsc_executor_kind_from_nick ("Threads", &kind));
  g_assert_false (lsc_executor_kind_from_nick ("", &kind));
  g_assert_cmpint (kind, ==, LSC_EXECUTOR_THREADS);
}

static gpointer
is_main_thread (gpointer data)
{
  return GINT_TO_POINTER (lsc_main_thread_is_current ());
}

static gboolean
ask_thread (void)
{
  return GPOINTER_TO_INT (g_thread_join (g_thread_new ("asked", is_main_thread, NULL)));
}

static void
test_main_thread (void)
{
  g_assert_true (lsc_main_thread_is_current ());
  g_assert_true (ask_thread ());

  lsc_main_thread_init ();
  g_assert_true (lsc_main_thread_is_current ());
  g_assert_false (ask_thread ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/clock/fake", test_fake_clock);
  g_test_add_func ("/base/clock/system", test_system_clock);
  g_test_add_func ("/base/clock/system-stands", test_system_clock_stands);
  g_test_add_func ("/base/executor-kind/names", test_executor_kinds);
  g_test_add_func ("/base/main-thread/current", test_main_thread);

  return g_test_run ();
}

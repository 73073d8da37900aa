/* test-refused.c: where perf is not allowed the probe says so, and why, and goes on.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-perf-set.h"
#include "lsc-refuse.h"
#include "lsc-seen.h"

/* What any user may have, unless somebody has changed kernel.perf_event_mlock_kb. */
#define N_PAGES 64u

static const LscSeenOptions perf_only = { .probe = { .uses = LSC_PROBE_PERF } };

/* The program runs to its end all the same; its begin and end are what whoever started it knows. */
static void
assert_unseen (int error)
{
  g_autoptr (LscSeen) seen = lsc_seen_run (&perf_only, "sleep", "0.01", NULL);
  guint            at = 0;
  const LscRecord *watch = lsc_seen_find (seen, &at, LSC_RECORD_WATCH, 0);
  g_autofree char *word = lsc_seen_dup_name (seen, watch);

  g_assert_cmpint (seen->wait_status, ==, 0);
  g_assert_cmpuint (watch->category, ==, 0);
  g_assert_cmpuint (watch->value, ==, (guint)error);
  g_assert_cmpstr (word, ==, "perf");
  g_assert_nonnull (lsc_seen_find (seen, &at, LSC_RECORD_THREAD_START, (guint32)seen->pid));
  g_assert_nonnull (lsc_seen_find (seen, &at, LSC_RECORD_PROCESS_END, (guint32)seen->pid));
  g_assert_cmpuint (seen->records->len, ==, 3);
}

/* In a process of its own: a filter stays. */
static void
test_filter (gconstpointer data)
{
  int error = GPOINTER_TO_INT (data);

  if (g_test_subprocess ())
    {
      g_assert_no_errno (lsc_refuse (SYS_perf_event_open, LSC_REFUSE_ANY, error));
      assert_unseen (error);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* What a user may lock is used up: rings become smaller, then there are none, and when it is given
 * back all is as before. */
static void
test_nothing_to_lock (void)
{
  LscPerfSet *sets[64];
  guint       n = 0;
  guint32     least = N_PAGES;

  if (!lsc_seen_may_use_perf ())
    return;
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  g_assert_no_errno (setrlimit (RLIMIT_MEMLOCK, &(struct rlimit){ 0, 0 }));
  while (n < G_N_ELEMENTS (sets) && (sets[n] = lsc_perf_set_open (N_PAGES)) != NULL)
    {
      least = MIN (least, lsc_perf_set_get_n_pages (sets[n]));
      n++;
    }
  if (n == G_N_ELEMENTS (sets))
    {
      /* As root, or with kernel.perf_event_paranoid -1. */
      g_test_message ("this user may lock as much as it wants");
    }
  else
    {
      g_assert_cmpint (errno, ==, EPERM);
      g_assert_cmpuint (n, >, 1);
      g_assert_cmpuint (least, <, N_PAGES);
      assert_unseen (EPERM);
    }
  while (n > 0)
    lsc_perf_set_free (sets[--n]);
  sets[0] = lsc_perf_set_open (N_PAGES);
  g_assert_nonnull (sets[0]);
  g_assert_cmpuint (lsc_perf_set_get_n_pages (sets[0]), ==, N_PAGES);
  lsc_perf_set_free (sets[0]);
}

/* More switches than watching may cost: no more of them are seen, a record says since when, and the
 * program goes on. */
static void
test_budget (void)
{
  const LscSeenOptions poor = { .probe = { .uses = LSC_PROBE_PERF, .budget_permille = 1 } };
  guint                at = 0;

  if (!lsc_seen_may_use_perf ())
    return;
  {
    g_autoptr (LscSeen) seen =
        lsc_seen_run (&poor, "timeout", "-s", "KILL", "3", SCENE, "turns", "1000000000", NULL);
    const LscRecord *first = lsc_seen_find (seen, &at, LSC_RECORD_WATCH, 0);
    const LscRecord *watch = lsc_seen_find (seen, &at, LSC_RECORD_WATCH, 0);
    g_autofree char *word = NULL;

    g_assert_nonnull (watch);
    word = lsc_seen_dup_name (seen, watch);
    g_assert_cmpstr (word, ==, "budget");
    g_assert_cmpuint (watch->category, ==, 0);
    g_assert_cmpuint (watch->time_ns - first->time_ns, >=, 900000000);
    g_assert_cmpuint (lsc_seen_count (seen, LSC_RECORD_SWITCH_OUT, 0), >, 1000);
    for (guint i = at; i < seen->records->len; i++)
      g_assert_cmpuint (g_array_index (seen->records, LscRecord, i).kind, ==,
                        LSC_RECORD_PROCESS_END);
    g_assert_nonnull (lsc_seen_find (seen, &at, LSC_RECORD_PROCESS_END, (guint32)seen->pid));
  }
}

int
main (int argc, char **argv)
{
  lsc_seen_become_user ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/refused/eperm", GINT_TO_POINTER (EPERM), test_filter);
  g_test_add_data_func ("/refused/eacces", GINT_TO_POINTER (EACCES), test_filter);
  g_test_add_data_func ("/refused/enosys", GINT_TO_POINTER (ENOSYS), test_filter);
  g_test_add_func ("/refused/nothing-to-lock", test_nothing_to_lock);
  g_test_add_func ("/refused/budget", test_budget);
  return g_test_run ();
}

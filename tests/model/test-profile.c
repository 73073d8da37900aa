/* test-profile.c: an experiment, its cells and its samples.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib.h>

#include "lsc-profile.h"

static const LscProfileCell first_cell = {
  .workload_id = (char *)"structures-c",
  .workload_name = (char *)"Data structures in C",
  .input = (char *)"build_set",
  .command = (char *)"structures-c build_set",
  .settings = (char *)"n=10",
  .inputs = (char *)"0123456789abcdef",
  .executor = LSC_EXECUTOR_SEQUENTIAL,
  .n_workers = 1,
  .one_core = TRUE,
  .n_tasks = 1,
  .n_calls = 20,
  .warm_up_ns = 1.5e6,
  .lock = LSC_PROFILE_LOCK_OFF,
};

static const LscProfileCell second_cell = {
  .workload_id = (char *)"primes",
  .command = (char *)"primes, threads, 2 workers",
  .executor = LSC_EXECUTOR_THREADS,
  .n_workers = 2,
  .n_tasks = 6,
  .warm_up_ns = -1,
};

static LscSample
make_sample (guint round, LscSampleStatus status)
{
  return (LscSample){ .round = round,
                      .status = status,
                      .exit = status == LSC_SAMPLE_FAILED ? 3 : 0,
                      .wall_ns = 1e9 + round,
                      .user_ns = 2e9,
                      .system_ns = 3e8,
                      .start_up_ns = 4e6,
                      .peak_rss_bytes = 5000000,
                      .sum_rss_bytes = 6000000,
                      .n_voluntary = 7,
                      .n_involuntary = 8,
                      .n_minor_faults = 9,
                      .n_major_faults = -1 };
}

static void
add_samples (LscProfile *profile, guint cell, const LscSampleStatus *statuses, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      LscSample sample = make_sample (i, statuses[i]);

      lsc_profile_add_sample (profile, cell, &sample);
    }
}

static LscProfile *
make_profile (void)
{
  const LscSampleStatus statuses[] = { LSC_SAMPLE_DONE, LSC_SAMPLE_FAILED, LSC_SAMPLE_TIMED_OUT,
                                       LSC_SAMPLE_DONE, LSC_SAMPLE_DONE };
  LscProfile           *profile = lsc_profile_new ();

  lsc_profile_set_title (profile, "A title");
  lsc_profile_set_start_us (profile, 1234567);
  lsc_profile_set_seed (profile, G_MAXUINT64);
  g_assert_cmpuint (lsc_profile_add_cell (profile, &first_cell), ==, 0);
  g_assert_cmpuint (lsc_profile_add_cell (profile, &second_cell), ==, 1);
  add_samples (profile, 0, statuses, G_N_ELEMENTS (statuses));
  add_samples (profile, 1, statuses, 3);
  lsc_profile_set_problem (profile, 1, "It fails.");
  lsc_profile_set_reference (profile, 1);
  lsc_profile_set_end (profile, LSC_PROFILE_TIME);
  lsc_profile_get_conditions (profile)->cpu = g_strdup ("A processor");
  lsc_profile_get_conditions (profile)->load_before = 0.5;
  return profile;
}

static void
test_empty (void)
{
  g_autoptr (LscProfile) profile = lsc_profile_new ();

  g_assert_cmpstr (lsc_profile_get_title (profile), ==, "");
  g_assert_cmpuint (lsc_profile_get_n_cells (profile), ==, 0);
  g_assert_cmpuint (lsc_profile_get_n_rounds (profile), ==, 0);
  g_assert_cmpuint (lsc_profile_get_reference (profile), ==, 0);
  g_assert_cmpint (lsc_profile_get_end (profile), ==, LSC_PROFILE_GOES_ON);
  g_assert_nonnull (lsc_profile_get_conditions (profile));
  lsc_profile_set_title (profile, NULL);
  g_assert_cmpstr (lsc_profile_get_title (profile), ==, "");
}

static void
test_counts (void)
{
  g_autoptr (LscProfile) profile = make_profile ();
  guint            n;
  const LscSample *samples = lsc_profile_get_samples (profile, 0, &n);

  g_assert_cmpuint (n, ==, 5);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat (samples[i].wall_ns, ==, 1e9 + i);
  g_assert_cmpuint (lsc_profile_count_samples (profile, 0, LSC_SAMPLE_DONE), ==, 3);
  g_assert_cmpuint (lsc_profile_count_samples (profile, 0, LSC_SAMPLE_FAILED), ==, 1);
  g_assert_cmpuint (lsc_profile_count_samples (profile, 0, LSC_SAMPLE_TIMED_OUT), ==, 1);
  g_assert_cmpuint (lsc_profile_count_samples (profile, 1, LSC_SAMPLE_DONE), ==, 1);
  /* The round of the last sample was begun, though not every cell was in it. */
  g_assert_cmpuint (lsc_profile_get_n_rounds (profile), ==, 5);
}

/* What is set later changes nothing else, and one call is the least there can be. */
static void
test_cells (void)
{
  g_autoptr (LscProfile) profile = make_profile ();
  const LscProfileCell *cell = lsc_profile_get_cell (profile, 0);

  g_assert_true (cell->command != first_cell.command);
  g_assert_cmpstr (cell->command, ==, first_cell.command);
  g_assert_cmpuint (lsc_profile_get_cell (profile, 1)->n_calls, ==, 1);
  g_assert_cmpint (lsc_profile_get_cell (profile, 1)->lock, ==, LSC_PROFILE_LOCK_UNKNOWN);

  lsc_profile_set_n_calls (profile, 0, 40);
  lsc_profile_set_warm_up (profile, 0, 2.5e6);
  lsc_profile_set_lock (profile, 0, LSC_PROFILE_LOCK_ON);
  lsc_profile_set_problem (profile, 0, "No");
  /* The same text, taken from the cell itself. */
  lsc_profile_set_problem (profile, 0, lsc_profile_get_cell (profile, 0)->problem);
  cell = lsc_profile_get_cell (profile, 0);
  g_assert_cmpuint (cell->n_calls, ==, 40);
  g_assert_cmpfloat (cell->warm_up_ns, ==, 2.5e6);
  g_assert_cmpint (cell->lock, ==, LSC_PROFILE_LOCK_ON);
  g_assert_cmpstr (cell->problem, ==, "No");
  lsc_profile_set_problem (profile, 0, NULL);
  g_assert_null (lsc_profile_get_cell (profile, 0)->problem);
  g_assert_cmpstr (lsc_profile_get_cell (profile, 1)->problem, ==, "It fails.");
}

static void
assert_same_cell (const LscProfileCell *a, const LscProfileCell *b)
{
  g_assert_cmpstr (a->workload_id, ==, b->workload_id);
  g_assert_cmpstr (a->workload_name, ==, b->workload_name);
  g_assert_cmpstr (a->input, ==, b->input);
  g_assert_cmpstr (a->command, ==, b->command);
  g_assert_cmpstr (a->settings, ==, b->settings);
  g_assert_cmpstr (a->inputs, ==, b->inputs);
  g_assert_cmpint (a->executor, ==, b->executor);
  g_assert_cmpuint (a->n_workers, ==, b->n_workers);
  g_assert_cmpint (a->one_core, ==, b->one_core);
  g_assert_cmpuint (a->n_tasks, ==, b->n_tasks);
  g_assert_cmpuint (a->n_calls, ==, b->n_calls);
  g_assert_cmpfloat (a->warm_up_ns, ==, b->warm_up_ns);
  g_assert_cmpint (a->lock, ==, b->lock);
  g_assert_cmpstr (a->problem, ==, b->problem);
}

/* A copy is the same, lives longer, and what is done to the one is not done to the other. */
static void
test_copy (void)
{
  LscProfile *original = make_profile ();
  g_autoptr (LscProfile) same = make_profile ();
  g_autoptr (LscProfile) copy = lsc_profile_copy (original);
  LscSample sample = make_sample (5, LSC_SAMPLE_DONE);

  lsc_profile_add_sample (original, 1, &sample);
  lsc_profile_set_title (original, "Another");
  lsc_profile_set_problem (original, 0, "Something");
  lsc_profile_get_conditions (original)->load_before = 9;
  g_assert_finalize_object (original);

  g_assert_cmpstr (lsc_profile_get_title (copy), ==, "A title");
  g_assert_cmpint (lsc_profile_get_start_us (copy), ==, 1234567);
  g_assert_cmpuint (lsc_profile_get_seed (copy), ==, G_MAXUINT64);
  g_assert_cmpuint (lsc_profile_get_n_rounds (copy), ==, 5);
  g_assert_cmpuint (lsc_profile_get_reference (copy), ==, 1);
  g_assert_cmpint (lsc_profile_get_end (copy), ==, LSC_PROFILE_TIME);
  g_assert_cmpstr (lsc_profile_get_conditions (copy)->cpu, ==, "A processor");
  g_assert_cmpfloat (lsc_profile_get_conditions (copy)->load_before, ==, 0.5);
  g_assert_cmpuint (lsc_profile_get_n_cells (copy), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      guint            n_copied;
      guint            n;
      const LscSample *copied = lsc_profile_get_samples (copy, i, &n_copied);
      const LscSample *expected = lsc_profile_get_samples (same, i, &n);

      assert_same_cell (lsc_profile_get_cell (copy, i), lsc_profile_get_cell (same, i));
      g_assert_cmpmem (copied, n_copied * sizeof (LscSample), expected, n * sizeof (LscSample));
    }
}

static void
test_no_samples (void)
{
  g_autoptr (LscProfile) profile = lsc_profile_new ();
  guint n = 1;

  lsc_profile_add_cell (profile, &second_cell);
  g_assert_null (lsc_profile_get_samples (profile, 0, &n));
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (lsc_profile_count_samples (profile, 0, LSC_SAMPLE_DONE), ==, 0);
}

/* ---- nicks: what files have ------------------------------------------------------------------ */

static void
test_nicks (void)
{
  static const char *const ends[] = {
    "goes-on", "precise", "rounds", "time", "stopped", "failed",
  };
  static const char *const statuses[] = { "done", "failed", "timed-out" };
  static const char *const locks[] = { "unknown", "on", "off" };
  LscProfileEnd            end = LSC_PROFILE_TIME;
  LscSampleStatus          status = LSC_SAMPLE_FAILED;
  LscProfileLock           lock = LSC_PROFILE_LOCK_ON;

  g_assert_false (lsc_profile_end_from_nick ("Rounds", &end));
  g_assert_false (lsc_profile_end_from_nick (NULL, &end));
  g_assert_cmpint (end, ==, LSC_PROFILE_TIME);
  g_assert_false (lsc_sample_status_from_nick ("", &status));
  g_assert_cmpint (status, ==, LSC_SAMPLE_FAILED);
  g_assert_false (lsc_profile_lock_from_nick ("on ", &lock));
  g_assert_cmpint (lock, ==, LSC_PROFILE_LOCK_ON);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_assert_cmpstr (lsc_profile_end_get_nick ((LscProfileEnd)i), ==, ends[i]);
      g_assert_true (lsc_profile_end_from_nick (ends[i], &end));
      g_assert_cmpuint (end, ==, i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_assert_cmpstr (lsc_sample_status_get_nick ((LscSampleStatus)i), ==, statuses[i]);
      g_assert_true (lsc_sample_status_from_nick (statuses[i], &status));
      g_assert_cmpuint (status, ==, i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (locks); i++)
    {
      g_assert_cmpstr (lsc_profile_lock_get_nick ((LscProfileLock)i), ==, locks[i]);
      g_assert_true (lsc_profile_lock_from_nick (locks[i], &lock));
      g_assert_cmpuint (lock, ==, i);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/empty", test_empty);
  g_test_add_func ("/profile/counts", test_counts);
  g_test_add_func ("/profile/cells", test_cells);
  g_test_add_func ("/profile/copy", test_copy);
  g_test_add_func ("/profile/no-samples", test_no_samples);
  g_test_add_func ("/profile/nicks", test_nicks);
  return g_test_run ();
}

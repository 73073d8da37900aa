/* test-odd.c: whatever is in a profile, a report can be made of it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Profiles of random cells and samples, as a broken file may hold them. Nothing is critical, texts
 * are texts, and no figure that is said to be there is none.
 */

#include "config.h"

#include "lsc-baseline.h"
#include "lsc-report-demo.h"

#include <math.h>

#define N_PROFILES 300u

static const char *
choose_text (GRand *random)
{
  static const char *const texts[] = { NULL,           "",          "a",       "n=1 -- x=2",
                                       "structures-c", "build_set", "command", "Übung “%s” %n" };

  return texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))];
}

static double
choose_number (GRand *random)
{
  static const double odd[] = { NAN, INFINITY, -INFINITY, 0, -1, 1e-300, 1e300, 1 };

  if (g_rand_int_range (random, 0, 4) == 0)
    return odd[g_rand_int_range (random, 0, G_N_ELEMENTS (odd))];
  return g_rand_double_range (random, 1e6, 2e6);
}

static void
add_samples (LscProfile *profile, guint cell, GRand *random)
{
  guint n = (guint)g_rand_int_range (random, 0, 20);

  for (guint i = 0; i < n; i++)
    {
      LscSample sample = {
        .round = g_rand_boolean (random) ? i : g_rand_int (random),
        .status = (LscSampleStatus)g_rand_int_range (random, 0, 3),
        .wall_ns = choose_number (random),
        .user_ns = choose_number (random),
        .system_ns = choose_number (random),
        .start_up_ns = choose_number (random),
        .peak_rss_bytes = g_rand_int (random) - (gint64)G_MAXUINT / 2,
        .sum_rss_bytes = G_MAXINT64,
        .n_voluntary = G_MININT64,
      };

      lsc_profile_add_sample (profile, cell, &sample);
    }
}

static void
fill_conditions (LscConditions *conditions, GRand *random)
{
  conditions->machine = g_strdup (choose_text (random));
  conditions->cpu = g_strdup (choose_text (random));
  conditions->kernel = g_strdup (choose_text (random));
  conditions->governor = g_strdup (choose_text (random));
  conditions->python = g_strdup (choose_text (random));
  conditions->n_cores = g_rand_boolean (random) ? 0 : g_rand_int (random);
  conditions->load_before = choose_number (random);
  conditions->pressure = choose_number (random);
  conditions->steal = choose_number (random);
}

static LscProfile *
make_profile (GRand *random)
{
  LscProfile *profile = lsc_profile_new ();
  guint       n = (guint)g_rand_int_range (random, 0, 12);

  for (guint i = 0; i < n; i++)
    {
      LscProfileCell cell = {
        .workload_id = (char *)choose_text (random),
        .workload_name = (char *)choose_text (random),
        .input = (char *)choose_text (random),
        .command = (char *)choose_text (random),
        .settings = (char *)choose_text (random),
        .problem = (char *)(g_rand_boolean (random) ? NULL : choose_text (random)),
        .executor = (LscExecutorKind)g_rand_int_range (random, 0, LSC_N_EXECUTOR_KINDS),
        .n_workers =
            g_rand_boolean (random) ? (guint)g_rand_int_range (random, 0, 4) : g_rand_int (random),
        .one_core = g_rand_boolean (random),
        .n_tasks = g_rand_int (random),
        .n_calls = g_rand_boolean (random) ? 1 : g_rand_int (random),
        .warm_up_ns = choose_number (random),
        .lock = (LscProfileLock)g_rand_int_range (random, 0, 3),
      };

      add_samples (profile, lsc_profile_add_cell (profile, &cell), random);
    }
  if (n > 0)
    lsc_profile_set_reference (profile, (guint)g_rand_int_range (random, 0, (gint)n));
  lsc_profile_set_end (profile, (LscProfileEnd)g_rand_int_range (random, 0, 6));
  lsc_profile_set_seed (profile, g_rand_int_range (random, 0, 3));
  fill_conditions (lsc_profile_get_conditions (profile), random);
  return profile;
}

static void
check_text (char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
  g_assert_true (text == NULL || *text != '\0');
  g_free (text);
}

static void
check_texts (char **texts)
{
  for (guint i = 0; texts[i] != NULL; i++)
    check_text (g_strdup (texts[i]));
  g_strfreev (texts);
}

static void
check_cell (LscReport *report, guint cell)
{
  const LscCellFigures *figures = lsc_report_get_figures (report, cell);
  g_autofree char      *name = NULL;
  g_autofree char      *detail = NULL;
  guint                 n;

  lsc_report_get_walls (report, cell, &n);
  g_assert_cmpuint (n, ==, figures->n);
  g_assert_true ((n > 0) == !isnan (figures->wall.median));
  g_assert_true (n < LSC_MIN_FOR_INTERVAL || figures->low <= figures->high);
  g_assert_cmpint (figures->reference, <, (gint)lsc_report_get_n_cells (report));
  if (figures->verdict.kind != LSC_VERDICT_NONE)
    {
      g_assert_cmpint (figures->reference, >=, 0);
      g_assert_cmpint (figures->reference, !=, (gint)cell);
      g_assert_cmpfloat (figures->verdict.low, <=, figures->verdict.ratio);
      g_assert_cmpfloat (figures->verdict.ratio, <=, figures->verdict.high);
    }
  lsc_report_dup_cell_label (report, cell, &name, &detail);
  g_assert_nonnull (name);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  check_text (lsc_report_dup_verdict (report, cell));
}

static void
check_report (LscReport *report)
{
  guint n_in_groups = 0;

  for (guint i = 0; i < lsc_report_get_n_cells (report); i++)
    check_cell (report, i);
  for (guint i = 0; i < lsc_report_get_n_groups (report); i++)
    {
      guint n;

      g_assert_nonnull (lsc_report_get_group_name (report, i));
      lsc_report_get_group_cells (report, i, &n);
      g_assert_cmpuint (n, >, 0);
      n_in_groups += n;
    }
  g_assert_cmpuint (n_in_groups, ==, lsc_report_get_n_cells (report));
  for (guint i = 0; i < lsc_report_get_n_sweeps (report); i++)
    {
      const LscSweep *sweep = lsc_report_get_sweep (report, i);

      g_assert_cmpuint (sweep->n, >, 1);
      g_assert_cmpint (sweep->enough, <, (gint)sweep->n);
      for (guint k = 1; k < sweep->n; k++)
        g_assert_cmpuint (sweep->points[k - 1].n_workers, <, sweep->points[k].n_workers);
    }
  check_text (lsc_report_dup_headline (report));
  check_text (lsc_report_dup_detail (report));
  check_text (lsc_report_dup_subtitle (report));
  check_texts (lsc_report_dup_warnings (report));
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32)g_test_rand_int ());

  for (guint i = 0; i < N_PROFILES; i++)
    {
      g_autoptr (LscProfile) profile = make_profile (random);
      g_autoptr (LscProfile) old = make_profile (random);
      g_autoptr (LscReport) report = lsc_report_new (profile);
      g_autoptr (LscBaseline) baseline = lsc_baseline_new (profile, old);

      check_report (report);
      check_texts (lsc_baseline_dup_warnings (baseline));
      for (guint k = 0; k < lsc_profile_get_n_cells (profile); k++)
        check_text (lsc_baseline_dup_verdict (baseline, k));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/odd/random", test_random);
  return g_test_run ();
}

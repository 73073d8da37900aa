/* test-baseline.c: a profile against an older one.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where all samples are the same (spread=0), so are the ends of the interval. The one in
 * test_is_slower () is R's: wilcox.test (log (a), log (b), conf.int = TRUE, exact = TRUE).
 */

#include "config.h"

#include "lsc-baseline.h"
#include "lsc-report-demo.h"

#include <math.h>

static LscBaseline *
make (const char *now, const char *before)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new (now);
  g_autoptr (LscProfile) old = lsc_demo_profile_new (before);

  return lsc_baseline_new (profile, old);
}

/* "1 0 -": the old cell of each. */
static void
assert_matches (const char *now, const char *before, const char *expected, guint n_missing)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new (now);
  g_autoptr (LscBaseline) baseline = make (now, before);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < lsc_profile_get_n_cells (profile); i++)
    {
      gint old = lsc_baseline_get_old_cell (baseline, i);

      g_string_append (text, i > 0 ? " " : "");
      if (old < 0)
        g_string_append (text, "-");
      else
        g_string_append_printf (text, "%d", old);
    }
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_cmpuint (lsc_baseline_get_n_missing (baseline), ==, n_missing);
}

static void
test_matching (void)
{
  assert_matches ("S; T2; T4", "T4; S; T2", "1 2 0", 0);
  assert_matches ("S; T2; T4", "T2; P4", "- 0 -", 1);
  assert_matches ("S id=a; S id=b; S id=a settings=n=2", "S id=a settings=n=2; S id=a", "1 - 0", 0);
  assert_matches ("S input=a; S input=b; S", "S input=b", "- 0 -", 0);
  assert_matches ("S; S onecore=1", "S onecore=1", "- 0", 0);
  /* Twice the same: one after the other. */
  assert_matches ("S; S; S", "S; S", "0 1 -", 0);
  assert_matches ("S", "", "-", 0);
  /* Another program's file knows commands only. */
  assert_matches ("S command=gzip_-9; S command=gzip_-1",
                  "S id=- settings=- command=gzip_-1; S id=- settings=- command=gzip_-9", "1 0", 0);
  assert_matches ("S id=- settings=- command=a", "S id=- settings=- command=b", "-", 1);
  /* The same command, but both say that they are something else. */
  assert_matches ("S command=work", "T4 command=work", "-", 1);
}

static void
test_verdicts (void)
{
  g_autoptr (LscBaseline) baseline =
      make ("S ms=100 spread=0; T4 ms=112 spread=0; P4 ms=100; A ms=50; T2; T3 n=0",
            "S ms=112 spread=0; T4 ms=100 spread=0; P4 ms=100; A ms=100 n=0; T3");

  lsc_demo_assert_text (lsc_baseline_dup_verdict (baseline, 0),
                        "1.120× faster (1.120–1.120) than before");
  lsc_demo_assert_text (lsc_baseline_dup_verdict (baseline, 1),
                        "12.0 % slower (12.0–12.0 %) than before");
  lsc_demo_assert_text (lsc_baseline_dup_verdict (baseline, 2), "same as before");
  for (guint i = 3; i < 6; i++)
    {
      g_assert_cmpint (lsc_baseline_get_verdict (baseline, i)->kind, ==, LSC_VERDICT_NONE);
      lsc_demo_assert_text (lsc_baseline_dup_verdict (baseline, i), NULL);
      g_assert_false (lsc_baseline_is_slower (baseline, i, 0));
    }
  g_assert_cmpint (lsc_baseline_get_verdict (baseline, 0)->kind, ==, LSC_VERDICT_FASTER);
  g_assert_cmpint (lsc_baseline_get_verdict (baseline, 1)->kind, ==, LSC_VERDICT_SLOWER);
  g_assert_false (lsc_baseline_is_slower (baseline, 0, 0));
}

/* The whole interval is beyond: 1.274 to 1.309 here. */
static void
test_is_slower (void)
{
  static const double now[] = { 102.1, 99.8, 100.4, 101.7, 98.9, 100.9, 99.5, 103.2, 100.0, 101.1 };
  static const double before[] = { 78.3, 77.1, 76.9, 79.4, 78.0, 77.7, 80.1, 76.5, 78.8, 77.4 };
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S n=0");
  g_autoptr (LscProfile) old = lsc_demo_profile_new ("S n=0");
  g_autoptr (LscBaseline) baseline = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (now); i++)
    {
      lsc_demo_profile_add_time (profile, 0, i, now[i]);
      lsc_demo_profile_add_time (old, 0, i, before[i]);
    }
  baseline = lsc_baseline_new (profile, old);
  lsc_demo_assert_text (lsc_baseline_dup_verdict (baseline, 0),
                        "29 % slower (27–31 %) than before");
  g_assert_true (lsc_baseline_is_slower (baseline, 0, 0));
  g_assert_true (lsc_baseline_is_slower (baseline, 0, 27.4));
  g_assert_false (lsc_baseline_is_slower (baseline, 0, 27.5));
  g_assert_false (lsc_baseline_is_slower (baseline, 0, 30));
}

static void
test_not_alike (void)
{
  g_autoptr (LscBaseline) baseline = make ("S ms=1 calls=100; T2", "S ms=30; T2");

  g_assert_cmpint (lsc_baseline_get_verdict (baseline, 0)->kind, ==, LSC_VERDICT_NONE);
  g_assert_cmpint (lsc_baseline_get_verdict (baseline, 1)->kind, ==, LSC_VERDICT_SAME);
  lsc_demo_assert_sentences (lsc_baseline_dup_warnings (baseline),
                             "1 cannot be compared: one of the two is timed with its start, the "
                             "other by single calls.");
}

/* One sample a side shows nothing, however much slower it is. */
static void
test_too_few (void)
{
  g_autoptr (LscBaseline) baseline = make ("S ms=900 n=1", "S ms=100 n=1");

  g_assert_false (lsc_baseline_is_slower (baseline, 0, 0));
  g_assert_cmpint (lsc_baseline_get_verdict (baseline, 0)->kind, ==, LSC_VERDICT_NONE);
}

/* ---- warnings ------------------------------------------------------------------------- */

static void
replace (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static void
assert_warnings (LscProfile *profile, LscProfile *old, const char *expected)
{
  g_autoptr (LscBaseline) baseline = lsc_baseline_new (profile, old);

  lsc_demo_assert_sentences (lsc_baseline_dup_warnings (baseline), expected);
}

static void
test_machine (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S");
  g_autoptr (LscProfile) old = lsc_demo_profile_new ("S");
  LscConditions *before = lsc_profile_get_conditions (old);

  assert_warnings (profile, old, "");

  replace (&before->machine, NULL);
  assert_warnings (profile, old, "It is not known whether both were measured on the same machine.");
  replace (&before->machine, "m2");
  assert_warnings (profile, old,
                   "ANOTHER MACHINE: the old figures are from a machine of the same kind, but not "
                   "from this one. Differences may be the machines’.");
  before->n_cores = 8;
  replace (&before->cpu, "Other CPU");
  /* It comes first, whatever else there is. */
  replace (&before->kernel, "Linux 6.1.0");
  assert_warnings (
      profile, old,
      "ANOTHER MACHINE: the old figures are from another one (Other CPU, 8 cores; this "
      "one: Test CPU, 4 cores). Differences may be the machines’."
      "|Another kernel: Linux 6.1.0 before, Linux 6.18.5 now.");
}

static void
test_differences (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S; T2; P4");
  g_autoptr (LscProfile) old = lsc_demo_profile_new ("S; T4");
  LscConditions *before = lsc_profile_get_conditions (old);

  replace (&before->python, "Python 3.11.7");
  replace (&before->governor, "powersave");
  before->load_before = 3;
  assert_warnings (profile, old,
                   "Another clock governor: powersave before, performance now."
                   "|The machine was busy when the old figures were measured."
                   "|2 of what was measured are not in the old profile."
                   "|1 of the old profile was not measured again.");
  lsc_profile_get_conditions (profile)->load_before = 9;
  assert_warnings (profile, old,
                   "Another clock governor: powersave before, performance now."
                   "|The machine was busy both times."
                   "|2 of what was measured are not in the old profile."
                   "|1 of the old profile was not measured again.");
  lsc_profile_get_conditions (profile)->load_before = 0.1;
  replace (&lsc_profile_get_conditions (profile)->python, "Python 3.13.1");
  replace (&before->governor, "performance");
  before->load_before = 0.1;
  assert_warnings (profile, old,
                   "Another Python: Python 3.11.7 before, Python 3.13.1 now."
                   "|2 of what was measured are not in the old profile."
                   "|1 of the old profile was not measured again.");
}

static void
test_nothing_in_common (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S");
  g_autoptr (LscProfile) old = lsc_demo_profile_new ("T4");

  assert_warnings (profile, old, "The two have nothing in common that could be compared.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/baseline/matching", test_matching);
  g_test_add_func ("/report/baseline/verdicts", test_verdicts);
  g_test_add_func ("/report/baseline/is-slower", test_is_slower);
  g_test_add_func ("/report/baseline/not-alike", test_not_alike);
  g_test_add_func ("/report/baseline/too-few", test_too_few);
  g_test_add_func ("/report/baseline/machine", test_machine);
  g_test_add_func ("/report/baseline/differences", test_differences);
  g_test_add_func ("/report/baseline/nothing-in-common", test_nothing_in_common);
  return g_test_run ();
}

/* test-warnings.c: what keeps a reader from trusting the figures too much.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ten samples of a spread of 20 % have their quartiles at -7 and +7 % (R: quantile (type = 7)).
 */

#include "config.h"

#include "lsc-report-demo.h"

#include <math.h>

typedef struct
{
  const char *cells;
  const char *warnings;
} Case;

#define NOT_IN_FIGURES ", which are not in the figures."

static const Case cases[] = {
  { "", "" },
  { "S; T4", "" },
  { "S n=10 spread=20; T4",
    "Sequential: the middle half of the samples lies 14 % of the median apart." },
  { "S n=10 spread=14", "" },
  { "S n=10 spread=14.5",
    "Sequential: the middle half of the samples lies 10 % of the median apart." },

  { "S; T4 failed=3", "Threads, 4 workers: it failed in 3 of 15 rounds" NOT_IN_FIGURES },
  { "S; T4 timedout=3", "Threads, 4 workers: it timed out in 3 of 15 rounds" NOT_IN_FIGURES },
  { "S; T4 timedout=3 failed=1", "Threads, 4 workers: it failed in 4 of 16 rounds" NOT_IN_FIGURES },
  /* What another program's file may hold: it takes its own cost off, and ends at 0. */
  { "S; T4 notime=3",
    "Threads, 4 workers: 3 of 15 times are 0, or no times at all; they are not in the figures." },
  { "S; T4 notime=3 failed=1", "Threads, 4 workers: it failed in 4 of 16 rounds" NOT_IN_FIGURES },
  { "S; T4 n=0 failed=1", "Threads, 4 workers: it failed in 1 round." },
  { "S; T4 n=0 failed=10", "Threads, 4 workers: it failed in all 10 rounds." },
  { "S; T4 n=0 timedout=10", "Threads, 4 workers: it timed out in all 10 rounds." },
  { "S; T4 n=0 failed=1 problem=“foo”_is_not_there.", "Threads, 4 workers: “foo” is not there." },
  { "S; T4 n=0", "Threads, 4 workers: nothing could be measured." },

  { "S warmup=180",
    "Sequential: the first run took 180 ms, the others 100 ms; it is not in the figures." },
  { "S warmup=140", "" },
  /* Of little importance in itself. */
  { "S ms=1 startup=0.1 warmup=3", "" },
  /* A batch's warm-up is another thing. */
  { "S calls=1000 warmup=3000", "" },

  { "S n=1", "Sequential: 1 sample is too few for an interval; it takes 6." },
  { "S n=5", "Sequential: 5 samples are too few for an interval; it takes 6." },
  { "S n=6", "" },

  { "S ms=10 startup=6",
    "Sequential: 6.00 ms of its 10.0 ms are the start, before the first task." },
  { "S ms=10 startup=4", "" },
  { "S ms=0.9", "Sequential: 900 µs is so short that measuring it shows in the figure." },
  { "S ms=0.00009 calls=1000",
    "Sequential: 90 ns is so short that measuring it shows in the figure." },
  { "S ms=0.002 calls=1000", "" },

  { "S ms=30; T4 ms=1 calls=100", "Threads, 4 workers: its calls are timed by themselves, "
                                  "“Sequential” with its start: they cannot "
                                  "be compared." },
  { "S ms=1 calls=100; T4 ms=30",
    "Threads, 4 workers: it is timed with its start, the calls of “Sequential” by themselves: they "
    "cannot be compared." },

  /* The gravest first; the worst by name, if there are many. */
  { "S n=10 spread=20; A n=5; T4 failed=3; P4 n=0 failed=1",
    "Threads, 4 workers: it failed in 3 of 15 rounds" NOT_IN_FIGURES
    "|Processes, 4 workers: it failed in 1 round."
    "|Sequential: the middle half of the samples lies 14 % of the median apart."
    "|Async: 5 samples are too few for an interval; it takes 6." },
  { "S failed=1; T1 failed=1; T2 failed=9; T3 failed=1",
    "Threads, 2 workers: it failed in 9 of 21 rounds" NOT_IN_FIGURES
    " There are 3 others like it." },
  { "S n=10 spread=16; T1 n=10 spread=18; T2 n=10 spread=17",
    "Threads, 1 worker: the middle half of the samples lies 13 % of the median apart. There are 2 "
    "others like it." },
  { "S id=a name=Primes; T4 id=a name=Primes failed=3; S id=b name=Ramen n=5",
    "Primes, Threads, 4 workers: it failed in 3 of 15 rounds" NOT_IN_FIGURES
    "|Ramen: 5 samples are too few for an interval; it takes 6." },
};

static void
test_cells (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LscProfile) profile = lsc_demo_profile_new (cases[i].cells);
      g_autoptr (LscReport) report = lsc_report_new (profile);

      g_test_message ("%s", cases[i].cells);
      lsc_demo_assert_sentences (lsc_report_dup_warnings (report), cases[i].warnings);
    }
}

/* Each for itself, where all of them together get one sentence. */
static void
test_of_one_cell (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S n=20; T4 n=5; P2 n=4; P4 n=3 failed=1");
  g_autoptr (LscReport) report = lsc_report_new (profile);

  lsc_demo_assert_sentences (lsc_report_dup_cell_warnings (report, 0), "");
  lsc_demo_assert_sentences (lsc_report_dup_cell_warnings (report, 2),
                             "Processes, 2 workers: 4 samples are too few for an interval; it "
                             "takes 6.");
  lsc_demo_assert_sentences (lsc_report_dup_cell_warnings (report, 3),
                             "Processes, 4 workers: it failed in 1 of 4 rounds, which are not in "
                             "the figures."
                             "|Processes, 4 workers: 3 samples are too few for an interval; it "
                             "takes 6.");
}

/* They stay in the figures, and are said. */
static void
test_outliers (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S n=20 spread=1");
  g_autoptr (LscReport) one = NULL;
  g_autoptr (LscReport) two = NULL;
  const LscOutlier *outliers;

  lsc_demo_profile_add_time (profile, 0, 20, 150);
  one = lsc_report_new (profile);
  outliers = lsc_report_get_outliers (one, 0);
  g_assert_cmpint (outliers[19], ==, LSC_OUTLIER_NONE);
  g_assert_cmpint (outliers[20], ==, LSC_OUTLIER_FAR);
  lsc_demo_assert_near (lsc_report_get_figures (one, 0)->wall.max, 150e6);
  lsc_demo_assert_sentences (lsc_report_dup_warnings (one),
                             "Sequential: 1 of 21 samples lies far off; it is in the figures.");

  lsc_demo_profile_add_time (profile, 0, 21, 70);
  two = lsc_report_new (profile);
  lsc_demo_assert_sentences (lsc_report_dup_warnings (two),
                             "Sequential: 2 of 22 samples lie far off; they are in the figures.");
}

/* Far off only by Tukey's measure: less than a twentieth. */
static void
test_outliers_of_no_weight (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S n=20 spread=0.01");
  g_autoptr (LscReport) report = NULL;

  lsc_demo_profile_add_time (profile, 0, 20, 104.9);
  report = lsc_report_new (profile);
  g_assert_cmpint (lsc_report_get_outliers (report, 0)[20], ==, LSC_OUTLIER_FAR);
  lsc_demo_assert_sentences (lsc_report_dup_warnings (report), "");
}

static void
test_several_modes (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S n=15 ms=100");
  g_autoptr (LscReport) report = NULL;

  for (guint i = 0; i < 15; i++)
    lsc_demo_profile_add_time (profile, 0, 15 + i, 104 + 0.01 * i);
  report = lsc_report_new (profile);
  g_assert_true (lsc_report_get_figures (report, 0)->warnings & LSC_WARNING_MODES);
  lsc_demo_assert_sentences (
      lsc_report_dup_warnings (report),
      "Sequential: the samples fall into several groups; the median may lie between them.");
}

/* Few are only a start. */
static void
test_live (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S n=2; T4 n=0; P4 n=0 failed=1");
  g_autoptr (LscReport) report = NULL;

  lsc_profile_set_end (profile, LSC_PROFILE_GOES_ON);
  report = lsc_report_new (profile);
  lsc_demo_assert_sentences (lsc_report_dup_warnings (report),
                             "Processes, 4 workers: it failed in 1 round.");
}

/* ---- the machine ---------------------------------------------------------------------- */

static void
assert_machine (LscProfile *profile, const char *warnings)
{
  g_autoptr (LscReport) report = lsc_report_new (profile);

  lsc_demo_assert_sentences (lsc_report_dup_warnings (report), warnings);
}

static void
test_busy (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S; T3");
  LscConditions *conditions = lsc_profile_get_conditions (profile);

  conditions->load_before = 2.0;
  assert_machine (profile, "");
  conditions->load_before = 2.4;
  assert_machine (profile, "The machine was busy before it began: load 2.4 on 4 cores.");
  conditions->load_before = 0.1;
  /* What was measured makes load itself. */
  conditions->load_after = 8;
  assert_machine (profile, "");

  conditions->steal = 0.06;
  assert_machine (profile,
                  "Other guests of this virtual machine’s host took 6 % of its cores’ time.");
  conditions->steal = 0.005;
  conditions->pressure = 0.31;
  assert_machine (profile, "For 31 % of the time something waited for a core: other programs were "
                           "at work.");
}

/* Four workers on four cores wait for cores by themselves. */
static void
test_own_pressure (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S; T4");

  lsc_profile_get_conditions (profile)->pressure = 0.31;
  assert_machine (profile, "");
}

/* One command at a time, which starts several programs itself. */
static void
test_own_processes (void)
{
  g_autoptr (LscProfile) several = lsc_demo_profile_new ("S cores=2.5");
  g_autoptr (LscProfile) one = lsc_demo_profile_new ("S cores=1");

  lsc_profile_get_conditions (several)->pressure = 0.31;
  assert_machine (several, "");
  lsc_profile_get_conditions (one)->pressure = 0.31;
  assert_machine (one, "For 31 % of the time something waited for a core: other programs were at "
                       "work.");
}

/* In an order that is none, what changes meanwhile looks like a difference. */
static void
test_not_by_turns (void)
{
  g_autoptr (LscProfile) two = lsc_demo_profile_new ("S; T4");
  g_autoptr (LscProfile) one = lsc_demo_profile_new ("S");

  lsc_profile_set_seed (two, 0);
  lsc_profile_set_seed (one, 0);
  assert_machine (two, "They were measured one after another, not by turns: what else the machine "
                       "did meanwhile may look like a difference.");
  assert_machine (one, "");
}

static void
test_governor (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S");
  LscConditions *conditions = lsc_profile_get_conditions (profile);

  g_free (conditions->governor);
  conditions->governor = g_strdup ("powersave");
  assert_machine (profile, "The clock governor is “powersave”: the frequency may change from one "
                           "round to the next.");
}

/* Never taken for fine. */
static void
test_unknown (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S");
  LscConditions *conditions = lsc_profile_get_conditions (profile);

  g_clear_pointer (&conditions->governor, g_free);
  assert_machine (profile, "Not known of this machine: whether its clock frequency changes.");
  conditions->steal = NAN;
  assert_machine (profile,
                  "Not known of this machine: whether its clock frequency changes, whether "
                  "other guests of its host took time.");
  conditions->load_before = conditions->pressure = NAN;
  assert_machine (profile, "Not known of this machine: whether its clock frequency changes, its "
                           "load, whether anything waited for a core, whether other guests of its "
                           "host took time.");
  lsc_profile_take_conditions (profile, lsc_conditions_new ());
  assert_machine (profile, "Nothing is known of the machine that the figures are from.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/warnings/cells", test_cells);
  g_test_add_func ("/report/warnings/of-one-cell", test_of_one_cell);
  g_test_add_func ("/report/warnings/outliers", test_outliers);
  g_test_add_func ("/report/warnings/outliers-of-no-weight", test_outliers_of_no_weight);
  g_test_add_func ("/report/warnings/several-modes", test_several_modes);
  g_test_add_func ("/report/warnings/live", test_live);
  g_test_add_func ("/report/warnings/busy", test_busy);
  g_test_add_func ("/report/warnings/own-pressure", test_own_pressure);
  g_test_add_func ("/report/warnings/own-processes", test_own_processes);
  g_test_add_func ("/report/warnings/not-by-turns", test_not_by_turns);
  g_test_add_func ("/report/warnings/governor", test_governor);
  g_test_add_func ("/report/warnings/unknown", test_unknown);
  return g_test_run ();
}

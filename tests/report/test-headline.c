/* test-headline.c: the answer in words, how it was measured, and why it came out so.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Samples lie so close together that what differs by a few percent is sure; with spread=9 it is
 * not.
 */

#include "config.h"

#include "lsc-report-demo.h"

typedef struct
{
  const char *cells;
  const char *headline;
} Case;

static const Case modes[] = {
  { "", NULL },
  { "S ms=3200; T4 ms=3200; P4 ms=1000",
    "Processes: 3.2× faster than in sequence. Threads gain nothing." },
  { "S ms=3200; P4 ms=1000; T4 ms=1600; A ms=800",
    "Async: 4.0× faster than in sequence, on one thread. Processes: 3.2× faster. Threads: 2.0× "
    "faster." },
  /* The order of cells is not the order of sentences. */
  { "T4 ms=3210; P4 ms=1000; S ms=3200",
    "Processes: 3.2× faster than threads. Sequential: the same." },
  { "S ms=1000; T4 ms=1300; P4 ms=2000",
    "Sequential is fastest. Threads: 30 % slower. Processes: 2.0× slower." },
  { "S ms=1000; T4 ms=1300; P4 ms=500",
    "Processes: 2.0× faster than in sequence. Threads: 30 % slower." },
  { "S ms=1000; T4 ms=1300; P4 ms=1000",
    "Processes gain nothing. Threads: 30 % slower than in sequence." },
  { "S ms=1000; A ms=1001", "Async gains nothing." },
  /* What is not known is not told as anything else. */
  { "S ms=1000; T4 spread=15 ms=1000; P4 ms=500",
    "Processes: 2.0× faster than in sequence. Threads: not yet known." },
  { "S ms=1000; T4 spread=15 ms=1000", "It is not yet known which is faster." },
  { "S ms=1000; T4 spread=15 ms=1000; P4 ms=1000 spread=15",
    "It is not yet known which is faster." },
  /* The same or slower, which of them is not known: R says 1.0098 to 1.0588 of its time. */
  { "S ms=1000 spread=4; T4 ms=1034 spread=4; P4 ms=500",
    "Processes: 2.0× faster than in sequence. Threads gain nothing." },
  { "P4 ms=1000 spread=4; T4 ms=1034 spread=4", "It is not yet known which is faster." },
  /* Of a batch, and not: two things. */
  { "S ms=1 calls=100; T4 ms=30", "What was measured cannot be compared." },
  { "S ms=1 calls=100; T4 ms=30; P4 ms=0.5 calls=200", "Processes: 2.0× faster than in sequence." },
  { "S ms=1000; T4 n=0 failed=12; P4 ms=500",
    "Processes: 2.0× faster than in sequence. Threads: failed." },
  { "S ms=1000; T4 n=0 problem=It_is_not_there.", "Threads: failed." },
  { "S n=0 failed=12; T4 ms=1000; P4 ms=500",
    "Processes: 2.0× faster than threads. Sequential: failed." },
  { "S n=0 failed=12; T4 n=0 failed=12", "Nothing could be measured." },
  { "S n=2; T4 n=2 ms=50", "Too few rounds to tell what is faster." },
  /* However many rounds there are. */
  { "S id=command command=a n=12 spread=0.4; S id=command command=b n=0 failed=12",
    "Only “a” was measured." },
  /* On one line, and no longer than a sentence bears; its end tells it from others. */
  { "S id=command command=a\n\tb_0123456789012345678901234567890123456789012345678901234567890",
    "a b 012345678901234567890123456789012345…2345678901234567890: 100 ms (99.8 ms to 100 ms)." },
  { "P4 ms=500 n=0 problem=No.", "Nothing could be measured." },

  /* Several numbers of workers: the best that is sure. */
  { "S ms=3200; T2 ms=3200; T4 ms=3230; P2 ms=1600; P4 ms=1000",
    "Processes, 4 workers: 3.2× faster than in sequence. Threads gain nothing." },
  /* More of them are not better: the fewer. */
  { "S ms=3200; P2 ms=1600; P4 ms=1599", "Processes, 2 workers: 2.0× faster than in sequence." },
  { "S ms=3200; T2 ms=3200; T4 ms=3200 spread=15", "It is not yet known which is faster." },
  /* Some the same, some slower: none gains. */
  { "S ms=3200; T2 ms=3200; T4 ms=3900", "Threads gain nothing." },
  { "S ms=3200; T2 ms=3900; T4 ms=4200",
    "Sequential is fastest. Threads, 2 workers: 22 % slower." },
  { "P1 ms=3200; P2 ms=1600; P4 ms=1000",
    "Processes, 4 workers: 3.2× faster than “Processes, 1 worker”." },
  { "P1 ms=3200; P2 ms=1600; T4 ms=6400",
    "Processes, 2 workers: 2.0× faster than “Processes, 1 worker”. Threads: 2.0× slower." },
  { "P1 ms=3200; P2 ms=3200; T4 ms=1600",
    "Threads: 2.0× faster than “Processes, 1 worker”. Processes, 2 workers: the same." },

  /* The third from each side of 12 samples: 3192.3 and 3205.1 ms (pbinom). */
  { "S ms=3200", "Sequential: 3.20 s (3.19 s to 3.21 s)." },
  { "T1 ms=1620 n=1", "Threads, 1 worker: 1.62 s." },
};

/* Groups, inputs, commands. */
static const Case others[] = {
  { "S id=structures-c input=a ms=10; S id=structures-c input=b ms=10; S id=structures-python "
    "input=a "
    "ms=31; S id=structures-python input=b ms=150",
    "Python: slower than C in 2 of 2 (3.1× to 15×)." },
  { "S id=structures-c input=a ms=10; S id=structures-c input=b ms=10; S id=structures-c input=c "
    "ms=10; S id=structures-python input=a ms=31; S id=structures-python input=b ms=5; S "
    "id=structures-python input=c ms=10.01",
    "Python: slower than C in 1 of 3 (3.1×). Faster in 1. The same in 1." },
  { "S id=structures-c input=a ms=10; S id=structures-c input=b ms=10; S id=structures-python "
    "input=a "
    "ms=5; S id=structures-python input=b ms=10.3 spread=9",
    "Python: faster than C in 1 of 2 (2.0×). Not yet known in 1." },
  { "S id=structures-c input=a ms=10; S id=structures-c input=b ms=10; S id=structures-python "
    "input=a "
    "ms=10; S id=structures-python input=b ms=10",
    "Python: the same as C in 2 of 2." },

  { "S input=a ms=10; S input=b ms=20; S input=c ms=5",
    "b: 2.0× slower than “a”. c: 2.0× faster than “a”." },
  { "S input=a ms=10; S input=b ms=20; S input=c ms=5; S input=d ms=30; S input=e ms=9 spread=30; "
    "S "
    "input=f ms=2",
    "f: 5.0× faster than “a”. d: 3.0× slower than “a”. 1 of 6 is not yet known." },
  { "S input=a; S input=b; S input=c; S input=d; S input=e", "All are the same." },
  { "S id=- name=x command=gzip_-9 settings=- ms=300; S id=- name=y command=gzip_-1 settings=- "
    "ms=100",
    "gzip -1: 3.0× faster than “gzip -9”." },

  { "S id=p name=Primes ms=3200; P4 id=p name=Primes ms=1000; S id=r name=Ramen ms=900; A id=r "
    "name=Ramen ms=300",
    "Primes, Processes, 4 workers: 3.2× faster than in sequence. Ramen, Async: 3.0× faster than in "
    "sequence, on one thread." },
  { "S id=p name=Primes; T4 id=p name=Primes; S id=r name=Ramen; T4 id=r name=Ramen ms=101 "
    "spread=20",
    "Primes: nothing is faster than “Sequential”. Ramen: not yet known." },
  { "S id=p name=Primes ms=3200; S id=r name=Ramen ms=900",
    "Primes: 3.20 s (3.19 s to 3.21 s). Ramen: 900 ms (898 ms to 901 ms)." },
};

static void
assert_headlines (const Case *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LscProfile) profile = lsc_demo_profile_new (cases[i].cells);
      g_autoptr (LscReport) report = lsc_report_new (profile);

      g_test_message ("%s", cases[i].cells);
      lsc_demo_assert_text (lsc_report_dup_headline (report), cases[i].headline);
    }
}

static void
test_modes (void)
{
  assert_headlines (modes, G_N_ELEMENTS (modes));
}

static void
test_others (void)
{
  assert_headlines (others, G_N_ELEMENTS (others));
}

/* As long as it goes on, nothing is told before it is worth anything. */
static void
test_live (void)
{
  static const Case cases[] = {
    { "S n=0; T4 n=0", NULL },
    { "S n=3; T4 n=2", NULL },
    { "S n=3", NULL },
    { "S n=6 ms=3200", "Sequential: 3.20 s (3.19 s to 3.21 s)." },
    { "S n=8 ms=3200; P4 n=7 ms=1000; T4 n=0", "Processes: 3.2× faster than in sequence." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LscProfile) profile = lsc_demo_profile_new (cases[i].cells);
      g_autoptr (LscReport) report = NULL;

      lsc_profile_set_end (profile, LSC_PROFILE_GOES_ON);
      report = lsc_report_new (profile);
      lsc_demo_assert_text (lsc_report_dup_headline (report), cases[i].headline);
    }
}

/* ---- beside the bars ------------------------------------------------------------------ */

static void
assert_verdicts (const char *cells, const char *expected)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new (cells);
  g_autoptr (LscReport) report = lsc_report_new (profile);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < lsc_report_get_n_cells (report); i++)
    {
      g_autofree char *verdict = lsc_report_dup_verdict (report, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", verdict != NULL ? verdict : "-");
    }
  lsc_demo_assert_text (g_string_free (g_steal_pointer (&text), FALSE), expected);
}

static void
test_verdicts (void)
{
  assert_verdicts ("S; T4; P4 n=0", "reference|same|-");
  /* Nothing to compare with. */
  assert_verdicts ("S", "-");
  assert_verdicts ("S failed=1", "failed in 1 of 13 rounds");
  assert_verdicts ("S; T4 failed=1; P4 timedout=4; A failed=1 timedout=1",
                   "reference|same; failed in 1 of 13 rounds|same; timed out in 4 of 16 rounds|"
                   "same; failed in 2 of 14 rounds");
  assert_verdicts ("S; T4 n=0 failed=1; P4 n=0 timedout=2",
                   "reference|failed in 1 of 1 round|timed out in 2 of 2 rounds");
  assert_verdicts ("S; T4 n=0 failed=3 problem=It_ended_with_status_1.",
                   "reference|It ended with status 1.");
  assert_verdicts ("S ms=1 calls=100; T4 ms=30", "reference|not comparable");
  assert_verdicts ("S ms=1000 spread=4; T4 ms=1034 spread=4",
                   "reference|not yet known (0.9–5.9 % slower)");
  assert_verdicts ("S; T4 n=1", "reference|not yet known");
}

/* ---- how, and why --------------------------------------------------------------------- */

static void
assert_detail (const char *cells, LscProfileEnd end, guint64 seed, const char *detail)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new (cells);
  g_autoptr (LscReport) report = NULL;

  lsc_profile_set_end (profile, end);
  lsc_profile_set_seed (profile, seed);
  report = lsc_report_new (profile);
  lsc_demo_assert_text (lsc_report_dup_detail (report), detail);
}

static void
test_rounds (void)
{
  assert_detail ("S n=0; T2 n=0", LSC_PROFILE_GOES_ON, 1, NULL);
  assert_detail ("S n=1; T2 n=0", LSC_PROFILE_GOES_ON, 1, "1 round so far, in random order.");
  assert_detail ("S n=7; T2 n=7", LSC_PROFILE_GOES_ON, 1, "7 rounds so far, in random order.");
  assert_detail ("S n=24; T2 n=24", LSC_PROFILE_ROUNDS, 1,
                 "Measured in 24 rounds, in random order.");
  assert_detail ("S n=24; T2 n=24", LSC_PROFILE_PRECISE, 1,
                 "Measured in 24 rounds, in random order, until all was precise enough.");
  assert_detail ("S n=24; T2 n=24", LSC_PROFILE_TIME, 1,
                 "Measured in 24 rounds, in random order, until the time was up.");
  assert_detail ("S n=1; T2 n=1", LSC_PROFILE_STOPPED, 1,
                 "Stopped after 1 round; the figures are from it.");
  assert_detail ("S n=7; T2 n=7", LSC_PROFILE_STOPPED, 1,
                 "Stopped after 7 rounds; the figures are from these.");
  assert_detail ("S n=7; T2 n=6", LSC_PROFILE_STOPPED, 1,
                 "Stopped in round 7; the figures are from what was measured until then.");
  /* One of which nothing more is measured does not cut a round. */
  assert_detail ("S n=7; T2 n=0 failed=1 problem=No.", LSC_PROFILE_STOPPED, 1,
                 "Stopped after 7 rounds; the figures are from these.");
  assert_detail ("S n=0 failed=2 problem=No.", LSC_PROFILE_FAILED, 1,
                 "Ended after 2 rounds: nothing was left that could be measured.");
  /* One cell, or another program's file, has no random order. */
  assert_detail ("S n=1", LSC_PROFILE_ROUNDS, 1, "Measured in 1 round.");
  assert_detail ("S n=9; T2 n=9", LSC_PROFILE_ROUNDS, 0, "Measured in 9 rounds.");
}

#define ROUNDS   "Measured in 12 rounds, in random order."
#define WHY_LOCK " Why? The interpreter’s lock (GIL) lets one thread compute at a time."
#define WHY_FREE \
  " Why? This Python runs without its lock (GIL): its threads compute at the same time."

static void
test_why (void)
{
  static const Case cases[] = {
    { "S ms=3200 cores=0.99 lock=on; T4 ms=3210 cores=1.02 lock=on", ROUNDS WHY_LOCK },
    { "S ms=3200 cores=0.99 lock=on; T4 ms=4000 cores=1.02 lock=on", ROUNDS WHY_LOCK },
    /* Once, for all of them. */
    { "S ms=3200 cores=0.99 lock=on; T2 ms=3210 cores=1.02 lock=on; T4 ms=3210 cores=1.02 lock=on",
      ROUNDS WHY_LOCK },
    /* The interpreter has not said so; the cores say otherwise, or nothing; it waits; it gains; one
     * thread; one core. */
    { "S ms=3200 cores=0.99; T4 ms=3210 cores=1.02", ROUNDS },
    { "S ms=3200 cores=0.99 lock=on; T4 ms=3210 cores=1.9 lock=on", ROUNDS },
    { "S ms=3200 lock=on; T4 ms=3210 lock=on", ROUNDS },
    { "S ms=3200 cores=0.1 lock=on; T4 ms=3210 cores=0.1 lock=on", ROUNDS },
    { "S ms=3200 cores=0.99 lock=on; T4 ms=1600 cores=1.02 lock=on", ROUNDS },
    { "S ms=3200 cores=0.99 lock=on; T1 ms=3200 cores=1.02 lock=on", ROUNDS },
    { "S ms=3200 cores=0.99 lock=on onecore=1; T4 ms=3200 cores=0.99 lock=on onecore=1", ROUNDS },
    { "T2 ms=3200 cores=0.99 lock=on; T4 ms=3200 cores=0.99 lock=on", ROUNDS },

    { "S ms=3200 cores=0.99 lock=off; T4 ms=900 cores=3.6 lock=off", ROUNDS WHY_FREE },
    { "S ms=3200 cores=0.99 lock=off; T4 ms=3100 cores=3.6 lock=off", ROUNDS },

    { "S ms=900 cores=0.1; A ms=300 cores=0.3",
      ROUNDS " Why? While one task waits, async goes on with another." },
    { "S ms=900 cores=0.9; A ms=300 cores=0.9", ROUNDS },
    { "S ms=900 cores=0.1; A ms=900 cores=0.1", ROUNDS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].cells);
      assert_detail (cases[i].cells, LSC_PROFILE_ROUNDS, 1, cases[i].headline);
    }
}

static void
test_enough (void)
{
  assert_detail ("S ms=3200; P2 ms=1600; P4 ms=1600", LSC_PROFILE_ROUNDS, 1,
                 ROUNDS " 2 workers are enough: 4 are not faster.");
  assert_detail ("S ms=3200; P1 ms=1600; P2 ms=1600; P4 ms=1700", LSC_PROFILE_ROUNDS, 1,
                 ROUNDS " 1 worker is enough: more are not faster.");
  assert_detail (
      "S ms=3200; P2 ms=1600; P4 ms=1600; T2 ms=1600; T4 ms=900; T8 ms=899", LSC_PROFILE_ROUNDS, 1,
      ROUNDS " Processes: 2 workers are enough; 4 are not faster. Threads: 4 workers are "
             "enough; 8 are not faster.");
  /* The more, the faster; not yet known; gains nothing anyway. */
  assert_detail ("S ms=3200; P2 ms=1600; P4 ms=900", LSC_PROFILE_ROUNDS, 1, ROUNDS);
  assert_detail ("S ms=3200; P2 ms=1600; P4 ms=1620 spread=9", LSC_PROFILE_ROUNDS, 1, ROUNDS);
  assert_detail ("S ms=3200; T2 ms=3200; T4 ms=3200", LSC_PROFILE_ROUNDS, 1, ROUNDS);
  /* On a machine with 4 cores. */
  assert_detail ("S ms=3200; P8 ms=900 cores=3.7", LSC_PROFILE_ROUNDS, 1,
                 ROUNDS " 8 workers share 4 cores.");
  assert_detail ("S ms=3200; P8 ms=900 cores=0.7", LSC_PROFILE_ROUNDS, 1, ROUNDS);
}

static void
test_subtitle (void)
{
  g_autoptr (LscProfile) profile = lsc_demo_profile_new ("S; T4");
  LscConditions *conditions = lsc_profile_get_conditions (profile);
  g_autoptr (LscReport) report = lsc_report_new (profile);
  g_autoptr (LscReport) busy = NULL;
  g_autoptr (LscReport) unknown = NULL;
  g_autoptr (LscProfile) lone = lsc_demo_profile_new ("S n=1 onecore=1");
  g_autoptr (LscReport) alone = lsc_report_new (lone);

  lsc_demo_assert_text (lsc_report_dup_subtitle (report),
                        "12 rounds of 2 cells in random order · 4 cores · Linux 6.18.5 · load low");
  lsc_demo_assert_text (lsc_report_dup_subtitle (alone),
                        "1 round · on one core · Linux 6.18.5 · load low");

  conditions->python = g_strdup ("Python 3.11.7");
  conditions->load_before = 3.14;
  busy = lsc_report_new (profile);
  lsc_demo_assert_text (lsc_report_dup_subtitle (busy),
                        "12 rounds of 2 cells in random order · 4 cores · Python 3.11.7 · Linux "
                        "6.18.5 · load 3.1");

  lsc_profile_take_conditions (profile, lsc_conditions_new ());
  lsc_profile_set_seed (profile, 0);
  unknown = lsc_report_new (profile);
  lsc_demo_assert_text (lsc_report_dup_subtitle (unknown), "12 rounds of 2 cells · load unknown");
}

/* Stopped before anything was measured: that is no failure. */
static void
test_stopped_at_once (void)
{
  static const struct
  {
    const char *cells;
    const char *headline;
  } stopped[] = { { "S n=0; T4 n=0", "Nothing was measured." },
                  { "S n=0; T4 n=0 problem=No.", "Nothing could be measured." },
                  { "S n=0; T4 n=0 failed=1", "Nothing could be measured." } };

  for (guint i = 0; i < G_N_ELEMENTS (stopped); i++)
    {
      g_autoptr (LscProfile) profile = lsc_demo_profile_new (stopped[i].cells);
      g_autoptr (LscReport) report = NULL;
      g_autofree char *headline = NULL;

      lsc_profile_set_end (profile, LSC_PROFILE_STOPPED);
      report = lsc_report_new (profile);
      headline = lsc_report_dup_headline (report);
      g_assert_cmpstr (headline, ==, stopped[i].headline);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/headline/modes", test_modes);
  g_test_add_func ("/report/headline/others", test_others);
  g_test_add_func ("/report/headline/live", test_live);
  g_test_add_func ("/report/headline/verdicts", test_verdicts);
  g_test_add_func ("/report/headline/rounds", test_rounds);
  g_test_add_func ("/report/headline/why", test_why);
  g_test_add_func ("/report/headline/enough", test_enough);
  g_test_add_func ("/report/headline/subtitle", test_subtitle);
  g_test_add_func ("/report/headline/stopped-at-once", test_stopped_at_once);
  return g_test_run ();
}

/* test-measure.c: Measure precisely, without a display: choices, strips, what is kept.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "lsc-catalogue.h"
#include "lsc-command.h"
#include "lsc-main-thread.h"
#include "lsc-session.h"
#include "lsc-wait-until.h"

/* About 10 ms each: long enough to be measured with the start of their process. */
#define PRIME  "112272535095293"
#define PRIMES PRIME "\n" PRIME "\n" PRIME "\n" PRIME "\n" PRIME "\n" PRIME

/* ---- choices ------------------------------------------------------------------ */

static char *
describe_counts (const LscMeasureChoices *choices, guint chosen, guint n_cores, guint max_workers)
{
  g_autoptr (GArray) counts =
      lsc_measure_choices_get_counts (choices, chosen, n_cores, max_workers, NULL);
  GString *text = g_string_new (NULL);

  if (counts == NULL)
    g_string_append (text, "wrong");
  for (guint i = 0; counts != NULL && i < counts->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", g_array_index (counts, guint, i));
  return g_string_free (text, FALSE);
}

static void
check_list (const char *list, const char *expected)
{
  g_autoptr (LscMeasureChoices) choices = lsc_measure_choices_new ();
  g_autofree char *found = NULL;

  choices->workers = LSC_MEASURE_LIST;
  g_free (choices->list);
  choices->list = g_strdup (list);
  found = describe_counts (choices, 3, 2, 16);
  g_assert_cmpstr (found, ==, expected);
}

/* What was typed, in order and each once; what is no number of workers is refused. */
static void
test_lists (void)
{
  check_list ("1, 2, 4", "1 2 4");
  check_list ("8 2,2   1", "1 2 8");
  check_list ("16", "16");
  check_list (",3,", "3");
  check_list ("", "wrong");
  check_list (" , ", "wrong");
  check_list ("0", "wrong");
  check_list ("17", "wrong");
  check_list ("-1", "wrong");
  check_list ("+2", "wrong");
  check_list ("2.5", "wrong");
  check_list ("1, two", "wrong");
  check_list ("99999999999999999999", "wrong");
  check_list ("1,2,3,4,5,6,7,8,9,10,11,12", "1 2 3 4 5 6 7 8 9 10 11 12");
  check_list ("1,2,3,4,5,6,7,8,9,10,11,12,13", "wrong");
}

static void
check_doubling (guint n_cores, guint max_workers, const char *expected)
{
  g_autoptr (LscMeasureChoices) choices = lsc_measure_choices_new ();
  g_autofree char *found = NULL;

  choices->workers = LSC_MEASURE_DOUBLING;
  found = describe_counts (choices, 3, n_cores, max_workers);
  g_assert_cmpstr (found, ==, expected);
}

/* Past the cores, where more workers stop being of use, and the cores themselves. */
static void
test_doubling (void)
{
  check_doubling (1, 16, "1 2");
  check_doubling (2, 16, "1 2 4");
  check_doubling (4, 16, "1 2 4 8");
  check_doubling (6, 24, "1 2 4 6 8");
  check_doubling (64, 16, "1 2 4 8 16");
}

static void
test_kept_choices (void)
{
  g_autoptr (LscMeasureChoices) choices = lsc_measure_choices_new ();
  g_autoptr (LscMeasureChoices) again = NULL;
  g_autoptr (LscMeasureChoices) mended = NULL;
  g_autoptr (GVariant) packed = NULL;
  g_autoptr (GVariant) wrong = NULL;
  g_autofree char *chosen = describe_counts (choices, 3, 2, 16);

  g_assert_cmpstr (chosen, ==, "3");
  choices->workers = LSC_MEASURE_LIST;
  choices->min_rounds = 7;
  choices->max_rounds = 9;
  choices->max_seconds = 42;
  choices->with_companion = FALSE;
  packed = g_variant_ref_sink (lsc_measure_choices_pack (choices));
  again = lsc_measure_choices_unpack (packed);
  g_assert_true (lsc_measure_choices_equal (choices, again));

  /* Somebody wrote it by hand. */
  wrong = g_variant_ref_sink (
      g_variant_new_parsed ("('no such', '', @u 0, @u 4000000000, @u 0, true)"));
  mended = lsc_measure_choices_unpack (wrong);
  g_assert_cmpint (mended->workers, ==, LSC_MEASURE_CHOSEN);
  g_assert_cmpuint (mended->min_rounds, ==, 1);
  g_assert_cmpuint (mended->max_rounds, ==, LSC_MEASURE_MAX_ROUNDS);
  g_assert_cmpuint (mended->max_seconds, ==, LSC_MEASURE_MIN_SECONDS);
}

/* ---- a session ---------------------------------------------------------------- */

typedef struct
{
  LscSession *session;
  char       *message; /* the last one */
  guint       n_finished;
  guint       n_scenes;
  guint       n_profiles;
} Fixture;

static void
message_cb (Fixture *fixture, const char *message)
{
  g_free (fixture->message);
  fixture->message = g_strdup (message);
}

static void
finished_cb (Fixture *fixture)
{
  fixture->n_finished++;
}

static void
scene_replaced_cb (Fixture *fixture)
{
  fixture->n_scenes++;
}

static void
profile_changed_cb (Fixture *fixture)
{
  fixture->n_profiles++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new (data);

  fixture->session = lsc_session_new (workload);
  g_signal_connect_swapped (fixture->session, "message", G_CALLBACK (message_cb), fixture);
  g_signal_connect_swapped (fixture->session, "finished", G_CALLBACK (finished_cb), fixture);
  g_signal_connect_swapped (fixture->session, "scene-replaced", G_CALLBACK (scene_replaced_cb),
                            fixture);
  g_signal_connect_swapped (fixture->session, "profile-changed", G_CALLBACK (profile_changed_cb),
                            fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->session);
  g_free (fixture->message);
}

static void
choose (LscSession *session, const char *list, guint n_rounds)
{
  g_autoptr (LscMeasureChoices) choices = lsc_measure_choices_new ();

  if (list != NULL)
    {
      choices->workers = LSC_MEASURE_LIST;
      g_free (choices->list);
      choices->list = g_strdup (list);
    }
  choices->min_rounds = n_rounds;
  choices->max_rounds = n_rounds;
  lsc_session_set_measure_choices (session, choices);
}

static void
choose_modes (LscSession *session, gboolean sequential, gboolean threads, gboolean processes)
{
  lsc_session_set_mode (session, LSC_EXECUTOR_SEQUENTIAL, sequential);
  lsc_session_set_mode (session, LSC_EXECUTOR_THREADS, threads);
  lsc_session_set_mode (session, LSC_EXECUTOR_PROCESSES, processes);
}

static void
set_list (LscSession *session, const char *lines)
{
  LscInputs *inputs = lsc_session_get_inputs (session);

  lsc_inputs_set_text (inputs, "inputs", "list");
  lsc_inputs_set_text (inputs, "numbers", lines);
}

static guint
count_done (LscSession *session)
{
  LscProfile *profile = lsc_session_get_profile (session);
  guint       n = 0;

  for (guint i = 0; profile != NULL && i < lsc_profile_get_n_cells (profile); i++)
    n += lsc_profile_count_samples (profile, i, LSC_SAMPLE_DONE);
  return n;
}

static int
compare_walls (const void *a, const void *b)
{
  double first = ((const LscSample *)a)->wall_ns;
  double second = ((const LscSample *)b)->wall_ns;

  return (first > second) - (first < second);
}

/* By sorting. */
static double
get_median (LscProfile *profile, guint cell)
{
  guint                 n;
  const LscSample      *samples = lsc_profile_get_samples (profile, cell, &n);
  g_autofree LscSample *sorted = g_memdup2 (samples, n * sizeof *samples);

  qsort (sorted, n, sizeof *sorted, compare_walls);
  return n % 2 == 1 ? sorted[n / 2].wall_ns
                    : (sorted[n / 2 - 1].wall_ns + sorted[n / 2].wall_ns) / 2;
}

static void
check_strip (LscSession *session, guint cell, guint n_samples, const char *label)
{
  LscProfile      *profile = lsc_session_get_profile (session);
  gint             index = lsc_session_find_strip (session, cell);
  g_autofree char *own_label = NULL;
  LscStrip        *strip;

  g_assert_cmpint (index, >=, 0);
  strip = lsc_scene_get_strip (lsc_session_get_scene (session), (guint)index);
  own_label = lsc_strip_dup_label (strip);
  g_assert_cmpstr (own_label, ==, label);
  g_assert_false (strip->live);
  g_assert_false (strip->failed);
  g_assert_true (strip->recording ==
                 lsc_run_get_recording (lsc_session_get_run (session, (guint)index)));
  g_assert_cmpint (lsc_profile_get_cell (profile, cell)->executor, ==, strip->executor);
  g_assert_cmpuint (lsc_profile_get_cell (profile, cell)->n_workers, ==, strip->n_workers);

  g_assert_cmpuint (lsc_profile_count_samples (profile, cell, LSC_SAMPLE_DONE), ==, n_samples);
  g_assert_nonnull (strip->measured);
  g_assert_cmpuint (strip->measured->n, ==, n_samples);
  g_assert_cmpuint (strip->measured->n_walls, ==, n_samples);
  g_assert_cmpfloat_with_epsilon (strip->measured->median_ns, get_median (profile, cell), 1);
  g_assert_cmpfloat (strip->measured->low_ns, <=, strip->measured->median_ns);
  g_assert_cmpfloat (strip->measured->high_ns, >=, strip->measured->median_ns);
}

/* Each mode at each number of workers: one watched run, and the figures of all rounds beside it. */
static void
test_measure (Fixture *fixture, gconstpointer data)
{
  LscSession      *session = fixture->session;
  g_autofree char *headline = NULL;

  set_list (session, PRIMES);
  choose_modes (session, TRUE, TRUE, FALSE);
  choose (session, "2, 1", 6);
  g_assert_null (lsc_session_get_profile (session));
  lsc_session_measure (session);
  wait_until (fixture->n_finished == 1);

  g_assert_cmpint (lsc_session_get_state (session), ==, LSC_SESSION_IDLE);
  g_assert_cmpuint (fixture->n_scenes, ==, 1);
  g_assert_cmpuint (fixture->n_profiles, >=, 2);
  g_assert_null (fixture->message);
  g_assert_cmpuint (lsc_profile_get_n_cells (lsc_session_get_profile (session)), ==, 3);
  g_assert_cmpuint (lsc_profile_get_n_rounds (lsc_session_get_profile (session)), ==, 6);
  g_assert_cmpuint (lsc_session_get_n_runs (session), ==, 3);
  check_strip (session, 0, 6, "Sequential");
  check_strip (session, 1, 6, "Threads, 1 worker");
  check_strip (session, 2, 6, "Threads, 2 workers");

  headline = lsc_session_dup_headline (session);
  g_assert_nonnull (headline);
  g_assert_cmpstr (lsc_scene_get_title (lsc_session_get_scene (session)), ==, headline);
}

/* The profile stays to be looked at; what the timeline shows is of the run. */
static void
test_run_after (Fixture *fixture, gconstpointer data)
{
  LscSession *session = fixture->session;
  LscProfile *profile;
  LscStrip   *strip;

  set_list (session, PRIMES);
  choose_modes (session, TRUE, FALSE, FALSE);
  choose (session, NULL, 2);
  lsc_session_measure (session);
  wait_until (fixture->n_finished == 1);
  profile = lsc_session_get_profile (session);
  g_assert_true (lsc_session_shows_profile (session));
  g_assert_cmpint (lsc_session_find_strip (session, 0), ==, 0);

  lsc_session_start (session);
  g_assert_false (lsc_session_is_measuring (session));
  wait_until (fixture->n_finished == 2);
  g_assert_true (lsc_session_get_profile (session) == profile);
  g_assert_nonnull (lsc_session_get_report (session));
  g_assert_false (lsc_session_shows_profile (session));
  g_assert_cmpint (lsc_session_find_strip (session, 0), ==, -1);
  strip = lsc_scene_get_strip (lsc_session_get_scene (session), 0);
  g_assert_null (strip->measured);
  g_assert_cmpint (lsc_run_get_elapsed_ns (lsc_session_get_run (session, 0)), ==, strip->now_ns);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  LscSession      *session = fixture->session;
  g_autofree char *progress = NULL;
  g_autofree char *count = NULL;
  guint            n;

  set_list (session, PRIMES);
  choose_modes (session, TRUE, FALSE, TRUE);
  choose (session, NULL, LSC_MEASURE_MAX_ROUNDS);
  lsc_session_measure (session);
  wait_until (count_done (session) >= 3);
  g_assert_true (lsc_session_is_measuring (session));
  g_assert_false (lsc_session_is_watching (session));
  progress = lsc_session_dup_progress (session);
  g_assert_true (g_str_has_prefix (progress, "Round "));
  g_assert_nonnull (strstr (progress, "of at most 1000"));
  lsc_session_start (session); /* one at a time */
  lsc_session_stop (session);
  g_assert_cmpint (lsc_session_get_state (session), ==, LSC_SESSION_STOPPING);
  wait_until (fixture->n_finished == 1);

  g_assert_cmpint (lsc_session_get_state (session), ==, LSC_SESSION_IDLE);
  g_assert_cmpuint (fixture->n_scenes, ==, 1);
  g_assert_cmpint (lsc_profile_get_end (lsc_session_get_profile (session)), ==,
                   LSC_PROFILE_STOPPED);
  n = count_done (session);
  g_assert_cmpuint (n, >=, 3);
  count = g_strdup_printf (" %u samples ", n);
  g_assert_nonnull (strstr (fixture->message, count));
  g_assert_cmpuint (lsc_report_get_figures (lsc_session_get_report (session), 0)->n +
                        lsc_report_get_figures (lsc_session_get_report (session), 1)->n,
                    ==, n);
}

/* While it still warms up, with tasks that take long. */
static void
test_stop_early (Fixture *fixture, gconstpointer data)
{
  LscSession      *session = fixture->session;
  g_autofree char *progress = NULL;

  set_list (session, "18446744073709551557\n18446744073709551557");
  choose_modes (session, TRUE, FALSE, TRUE);
  lsc_session_measure (session);
  wait_until (lsc_session_get_n_runs (session) == 1 &&
              lsc_run_get_elapsed_ns (lsc_session_get_run (session, 0)) > 0);
  g_assert_true (lsc_session_is_watching (session));
  progress = lsc_session_dup_progress (session);
  g_assert_true (g_str_has_prefix (progress, "Warming up: Sequential (1 of 2)"));
  lsc_session_stop (session);
  wait_until (fixture->n_finished == 1);
  g_assert_cmpuint (count_done (session), ==, 0);
  g_assert_nonnull (fixture->message);
  g_assert_cmpstr (lsc_scene_get_strip (lsc_session_get_scene (session), 0)->note, ==, "stopped");

  /* And again. */
  set_list (session, PRIMES);
  choose (session, NULL, 1);
  lsc_session_measure (session);
  wait_until (fixture->n_finished == 2);
  g_assert_cmpuint (count_done (session), ==, 2);
}

/* Nothing of it can be measured: that is said, on its strip too. */
static void
test_failure (Fixture *fixture, gconstpointer data)
{
  LscSession *session = fixture->session;
  LscStrip   *strip;

  lsc_inputs_set_text (lsc_session_get_inputs (session), "command", "false");
  choose_modes (session, TRUE, FALSE, FALSE);
  choose (session, NULL, 10);
  lsc_session_measure (session);
  wait_until (fixture->n_finished == 1);
  g_assert_cmpint (lsc_profile_get_end (lsc_session_get_profile (session)), ==, LSC_PROFILE_FAILED);
  g_assert_nonnull (fixture->message);
  strip = lsc_scene_get_strip (lsc_session_get_scene (session), 0);
  g_assert_nonnull (strip->note);
  g_assert_null (strip->measured);
}

/* ---- what is not measured ----------------------------------------------------- */

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  LscSession *session = fixture->session;
  const char *hint;

  g_assert_true (lsc_session_can_measure (session, &hint));
  g_assert_null (hint);
  g_assert_true (lsc_session_can_choose_counts (session, NULL));
  choose (session, "1, 2, many", 2);
  g_assert_false (lsc_session_can_measure (session, &hint));
  g_assert_nonnull (strstr (hint, "many"));
  g_assert_true (lsc_session_can_run (session, NULL));
  lsc_session_measure (session);
  g_assert_cmpint (lsc_session_get_state (session), ==, LSC_SESSION_IDLE);
  g_assert_nonnull (strstr (fixture->message, "many"));

  /* In sequence there is one worker, whatever the list says. */
  choose_modes (session, TRUE, FALSE, FALSE);
  lsc_session_set_mode (session, LSC_EXECUTOR_ASYNC, FALSE);
  g_assert_false (lsc_session_can_choose_counts (session, &hint));
  g_assert_nonnull (hint);
  g_assert_true (lsc_session_can_measure (session, NULL));

  choose_modes (session, FALSE, FALSE, FALSE);
  g_assert_false (lsc_session_can_measure (session, &hint));
  g_assert_nonnull (hint);
  g_assert_cmpuint (fixture->n_scenes, ==, 0);
}

static void
test_endless (Fixture *fixture, gconstpointer data)
{
  const char *hint;

  g_assert_false (lsc_session_can_measure (fixture->session, &hint));
  g_assert_nonnull (hint);
  lsc_session_measure (fixture->session);
  g_assert_cmpint (lsc_session_get_state (fixture->session), ==, LSC_SESSION_IDLE);
  g_assert_cmpstr (fixture->message, ==, hint);
}

/* ---- a suite ------------------------------------------------------------------ */

static void
check_suite_strips (LscSession *session, guint n)
{
  LscProfile *profile = lsc_session_get_profile (session);

  g_assert_cmpuint (lsc_profile_get_n_cells (profile), ==, n);
  g_assert_cmpuint (lsc_scene_get_n_strips (lsc_session_get_scene (session)), ==, n);
  for (guint i = 0; i < n; i++)
    {
      LscStrip *strip = lsc_scene_get_strip (lsc_session_get_scene (session),
                                             (guint)lsc_session_find_strip (session, i));

      g_assert_true (strip->collapsed);
      g_assert_cmpstr (strip->name, ==, lsc_profile_get_cell (profile, i)->input);
      g_assert_cmpuint (lsc_profile_count_samples (profile, i, LSC_SAMPLE_DONE), ==, 1);
    }
}

/* Each function by itself, in C and in Python; the modes have no say. */
static void
test_suite (Fixture *fixture, gconstpointer data)
{
  LscSession *session = fixture->session;
  g_autoptr (LscMeasureChoices) choices = NULL;

  lsc_inputs_set_text (lsc_session_get_inputs (session), "n", "1000");
  lsc_inputs_set_text (lsc_session_get_inputs (session), "repeat", "2");
  choose (session, NULL, 1);
  choose_modes (session, FALSE, FALSE, TRUE);
  g_assert_true (lsc_session_is_suite (session));
  g_assert_false (lsc_session_can_choose_counts (session, NULL));
  g_assert_cmpstr (lsc_workload_get_id (lsc_session_get_companion (session)), ==,
                   "structures-python");
  lsc_session_measure (session);
  wait_until (fixture->n_finished == 1);
  check_suite_strips (session, 16);
  g_assert_cmpstr (lsc_scene_get_strip (lsc_session_get_scene (session), 0)->detail, ==, "in C");
  g_assert_cmpstr (lsc_scene_get_strip (lsc_session_get_scene (session), 8)->detail, ==,
                   "in Python");
  g_assert_cmpstr (lsc_profile_get_cell (lsc_session_get_profile (session), 0)->workload_id, ==,
                   "structures-c");
  g_assert_cmpstr (lsc_profile_get_cell (lsc_session_get_profile (session), 8)->workload_id, ==,
                   "structures-python");
  /* It was given the same work. */
  g_assert_nonnull (
      strstr (lsc_profile_get_cell (lsc_session_get_profile (session), 8)->settings, "1000"));

  choices = lsc_measure_choices_copy (lsc_session_get_measure_choices (session));
  choices->with_companion = FALSE;
  lsc_session_set_measure_choices (session, choices);
  lsc_session_measure (session);
  wait_until (fixture->n_finished == 2);
  check_suite_strips (session, 8);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  lsc_main_thread_init ();

#define add(path, workload, function) \
  g_test_add (path, Fixture, workload, set_up, function, tear_down)
  g_test_add_func ("/measure/lists", test_lists);
  g_test_add_func ("/measure/doubling", test_doubling);
  g_test_add_func ("/measure/kept-choices", test_kept_choices);
  add ("/measure/measure", "primes", test_measure);
  add ("/measure/run-after", "primes", test_run_after);
  add ("/measure/stop", "primes", test_stop);
  add ("/measure/stop-early", "primes", test_stop_early);
  add ("/measure/failure", "command", test_failure);
  add ("/measure/refusals", "primes", test_refusals);
  add ("/measure/endless", "loop", test_endless);
  add ("/measure/suite", "structures-c", test_suite);
  return g_test_run ();
}

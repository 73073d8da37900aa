/* test-session.c: what a workload's page shows, without a display.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lsc-catalogue.h"
#include "lsc-command.h"
#include "lsc-kept-baselines.h"
#include "lsc-kept-choices.h"
#include "lsc-main-thread.h"
#include "lsc-picture-job.h"
#include "lsc-python-function.h"
#include "lsc-session.h"
#include "lsc-wait-until.h"

typedef struct
{
  LscSession *session;
  char       *message; /* the last one */
  guint       n_finished;
  guint       n_scenes;
} Fixture;

static void
message_cb (LscSession *session, const char *message, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_free (fixture->message);
  fixture->message = g_strdup (message);
}

static void
finished_cb (LscSession *session, gpointer user_data)
{
  ((Fixture *)user_data)->n_finished++;
}

static void
scene_replaced_cb (LscSession *session, gpointer user_data)
{
  ((Fixture *)user_data)->n_scenes++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("primes");

  fixture->session = lsc_session_new (workload);
  g_signal_connect (fixture->session, "message", G_CALLBACK (message_cb), fixture);
  g_signal_connect (fixture->session, "finished", G_CALLBACK (finished_cb), fixture);
  g_signal_connect (fixture->session, "scene-replaced", G_CALLBACK (scene_replaced_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->session);
  g_free (fixture->message);
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

/* ---- what is typed ------------------------------------------------------------ */

static void
test_draft_is_kept (Fixture *fixture, gconstpointer data)
{
  LscInputs *inputs = lsc_session_get_inputs (fixture->session);

  lsc_inputs_set_text (inputs, "inputs", "range");
  lsc_inputs_set_text (inputs, "to", "12x");
  g_assert_cmpstr (lsc_inputs_get_text (inputs, "to"), ==, "12x");
  g_assert_nonnull (lsc_inputs_get_problem (inputs, "to"));
  g_assert_nonnull (lsc_inputs_get_first_problem (inputs));
  /* What passed last is still what would be run. */
  g_assert_cmpstr (lsc_settings_get (lsc_inputs_get_settings (inputs), "to"), ==, "1000000");

  lsc_inputs_set_text (inputs, "to", "18446744073709551615");
  g_assert_null (lsc_inputs_get_problem (inputs, "to"));
  g_assert_cmpuint (lsc_settings_get_integer (lsc_inputs_get_settings (inputs), "to"), ==,
                    G_MAXUINT64);
}

/* A field that is not shown keeps nobody from running. */
static void
test_hidden_problem (Fixture *fixture, gconstpointer data)
{
  LscInputs *inputs = lsc_session_get_inputs (fixture->session);

  lsc_inputs_set_text (inputs, "inputs", "range");
  lsc_inputs_set_text (inputs, "to", "");
  g_assert_nonnull (lsc_inputs_get_first_problem (inputs));
  set_list (fixture->session, "7");
  g_assert_null (lsc_inputs_get_first_problem (inputs));
  lsc_inputs_prepare (inputs);
  wait_until (lsc_inputs_is_ready (inputs));
  g_assert_cmpuint (lsc_text_list_get_n (lsc_inputs_get_list (inputs)), ==, 1);
}

static void
test_bad_line (Fixture *fixture, gconstpointer data)
{
  LscInputs *inputs = lsc_session_get_inputs (fixture->session);

  set_list (fixture->session, "7\n\n8\nnine\n");
  lsc_session_start (fixture->session);
  wait_until (lsc_session_get_state (fixture->session) == LSC_SESSION_IDLE);
  g_assert_nonnull (fixture->message);
  g_assert_nonnull (strstr (fixture->message, "nine"));
  g_assert_nonnull (strstr (lsc_inputs_get_problem (inputs, "numbers"), "nine"));
  g_assert_cmpuint (fixture->n_scenes, ==, 0);

  set_list (fixture->session, "7\n\n8\n9\n");
  wait_until (lsc_inputs_is_ready (inputs));
  g_assert_null (lsc_inputs_get_first_problem (inputs));
  g_assert_cmpuint (lsc_text_list_get_n (lsc_inputs_get_list (inputs)), ==, 3);
}

/* The last of many changes counts, whatever was being made meanwhile. */
static void
test_last_change_counts (Fixture *fixture, gconstpointer data)
{
  LscInputs *inputs = lsc_session_get_inputs (fixture->session);

  lsc_inputs_prepare (inputs);
  lsc_inputs_set_text (inputs, "inputs", "range");
  lsc_inputs_set_text (inputs, "chunk", "1");
  for (guint i = 1; i <= 50; i++)
    {
      g_autofree char *to = g_strdup_printf ("%u", i * 1000);

      lsc_inputs_set_text (inputs, "to", to);
      g_main_context_iteration (NULL, FALSE);
    }
  wait_until (lsc_inputs_is_ready (inputs));
  g_assert_cmpuint (lsc_text_list_get_n (lsc_inputs_get_list (inputs)), ==, 50000);
}

/* What is sized to the machine is sized as what was kept to be compared with, and says so. */
static void
test_sized_as_baseline (Fixture *fixture, gconstpointer data)
{
  LscWorkload         *workload = lsc_session_get_workload (fixture->session);
  const LscProfileCell cell = { .workload_id = (char *)"primes",
                                .workload_name = (char *)"Primes",
                                .sized_for_ns = 2000.0,
                                .n_workers = 1,
                                .n_calls = 1,
                                .warm_up_ns = -1 };
  g_autoptr (LscProfile) profile = lsc_profile_new ();
  g_autoptr (LscInputs) inputs = lsc_inputs_new (workload);
  g_autoptr (LscBaselineChange) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;
  gboolean         is_baselines;

  lsc_profile_add_cell (profile, &cell);
  kept = lsc_kept_baselines_keep (profile, &error);
  g_assert_no_error (error);
  lsc_inputs_set_text (inputs, "inputs", "machine");
  lsc_inputs_prepare (inputs);
  wait_until (lsc_inputs_is_ready (inputs));
  g_assert_cmpfloat (lsc_inputs_get_sized_for_ns (inputs, &is_baselines), ==, 2000.0);
  g_assert_true (is_baselines);
  summary = lsc_inputs_dup_summary (inputs, FALSE);
  g_assert_nonnull (strstr (summary, "Sized as the baseline"));

  /* Without one, for the machine as it is; a list is not sized. */
  g_assert_true (lsc_kept_baselines_undo (kept, &error));
  lsc_inputs_set_text (inputs, "inputs", "list");
  wait_until (lsc_inputs_is_ready (inputs));
  g_assert_cmpfloat (lsc_inputs_get_sized_for_ns (inputs, &is_baselines), ==, 0.0);
  g_assert_false (is_baselines);
  lsc_inputs_set_text (inputs, "inputs", "machine");
  wait_until (lsc_inputs_is_ready (inputs));
  g_assert_cmpfloat (lsc_inputs_get_sized_for_ns (inputs, &is_baselines), >, 0.0);
  g_assert_cmpfloat (lsc_inputs_get_sized_for_ns (inputs, &is_baselines), <, 2000.0);
  g_assert_false (is_baselines);
}

/* What was typed comes back; what a workload itself has changed since does not get overwritten. */
static void
test_kept_values (Fixture *fixture, gconstpointer data)
{
  LscWorkload *workload = lsc_session_get_workload (fixture->session);
  LscInputs   *inputs = lsc_session_get_inputs (fixture->session);
  g_autoptr (LscInputs) again = lsc_inputs_new (workload);
  g_autoptr (GVariant) nothing = g_variant_ref_sink (lsc_kept_choices_pack (inputs));
  g_autoptr (GVariant) kept = NULL;
  g_autoptr (GVariant) stale = NULL;

  g_assert_cmpuint (g_variant_n_children (nothing), ==, 0);
  set_list (fixture->session, "7\n8");
  lsc_inputs_set_text (inputs, "to", "12x"); /* did not pass */
  kept = g_variant_ref_sink (lsc_kept_choices_pack (inputs));
  g_assert_cmpuint (g_variant_n_children (kept), ==, 2);
  lsc_kept_choices_unpack (again, kept);
  g_assert_cmpstr (lsc_inputs_get_text (again, "inputs"), ==, "list");
  g_assert_cmpstr (lsc_inputs_get_text (again, "numbers"), ==, "7\n8");
  g_assert_cmpstr (lsc_inputs_get_text (again, "to"), ==, "1000000");

  /* Of another default, not allowed, of no parameter. */
  stale = g_variant_ref_sink (
      g_variant_new_parsed ("{'to': ('999', '5'), 'chunk': ('1000', '-1'), 'no such': ('', 'x')}"));
  lsc_kept_choices_unpack (again, stale);
  g_assert_cmpstr (lsc_inputs_get_text (again, "to"), ==, "1000000");
  g_assert_cmpstr (lsc_inputs_get_text (again, "chunk"), ==, "1000");
  g_assert_null (lsc_inputs_get_first_problem (again));
}

/* The modes come back, unless none of them can be run any more. */
static void
test_kept_modes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscSession) again = lsc_session_new (lsc_session_get_workload (fixture->session));
  g_autoptr (GVariant) kept = NULL;
  g_autoptr (GVariant) stale = NULL;

  choose_modes (fixture->session, FALSE, FALSE, TRUE);
  lsc_session_set_n_workers (fixture->session, 7);
  kept = g_variant_ref_sink (lsc_kept_choices_pack_modes (fixture->session));
  lsc_kept_choices_unpack_modes (again, kept);
  g_assert_false (lsc_session_get_mode (again, LSC_EXECUTOR_SEQUENTIAL));
  g_assert_false (lsc_session_get_mode (again, LSC_EXECUTOR_THREADS));
  g_assert_true (lsc_session_get_mode (again, LSC_EXECUTOR_PROCESSES));
  g_assert_cmpuint (lsc_session_get_n_workers (again), ==, 7);

  stale =
      g_variant_ref_sink (g_variant_new_parsed ("(['cluster', 'no such mode'], @u 4000000000)"));
  lsc_kept_choices_unpack_modes (again, stale);
  g_assert_true (lsc_session_get_mode (again, LSC_EXECUTOR_PROCESSES));
  g_assert_cmpuint (lsc_session_get_n_workers (again), ==, lsc_session_get_max_workers ());
}

/* ---- choices ------------------------------------------------------------------ */

static void
test_modes (Fixture *fixture, gconstpointer data)
{
  const char *hint;

  g_assert_true (lsc_session_can_run (fixture->session, NULL));
  choose_modes (fixture->session, FALSE, FALSE, FALSE);
  g_assert_false (lsc_session_can_run (fixture->session, &hint));
  g_assert_nonnull (hint);
  lsc_session_start (fixture->session);
  g_assert_cmpint (lsc_session_get_state (fixture->session), ==, LSC_SESSION_IDLE);
  g_assert_cmpstr (fixture->message, ==, hint);

  /* What the workload does not support can't be chosen. */
  lsc_session_set_mode (fixture->session, LSC_EXECUTOR_CLUSTER, TRUE);
  g_assert_false (lsc_session_get_mode (fixture->session, LSC_EXECUTOR_CLUSTER));
}

/* ---- running ------------------------------------------------------------------ */

static void
test_run (Fixture *fixture, gconstpointer data)
{
  /* Held, so that its address is not used again. */
  g_autoptr (LscScene) before = g_object_ref (lsc_session_get_scene (fixture->session));
  LscScene        *scene;
  g_autofree char *headline = NULL;

  set_list (fixture->session, "112272535095293\n7\n8\n9");
  choose_modes (fixture->session, TRUE, TRUE, FALSE);
  g_assert_null (lsc_session_get_run_settings (fixture->session));
  lsc_session_start (fixture->session);
  wait_until (fixture->n_finished == 1);

  g_assert_cmpint (lsc_session_get_state (fixture->session), ==, LSC_SESSION_IDLE);
  g_assert_cmpuint (fixture->n_scenes, ==, 1);
  scene = lsc_session_get_scene (fixture->session);
  g_assert_true (scene != before);
  g_assert_cmpuint (lsc_scene_get_n_strips (scene), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      LscStrip *strip = lsc_scene_get_strip (scene, i);

      g_assert_false (strip->live);
      g_assert_false (strip->failed);
      g_assert_null (strip->note);
      g_assert_cmpint (strip->now_ns, >, 0);
      g_assert_cmpuint (lsc_run_get_n_done (lsc_session_get_run (fixture->session, i)), ==, 4);
    }
  g_assert_cmpint (lsc_scene_get_strip (scene, 0)->executor, ==, LSC_EXECUTOR_SEQUENTIAL);
  g_assert_cmpint (lsc_scene_get_strip (scene, 1)->executor, ==, LSC_EXECUTOR_THREADS);

  headline = lsc_session_dup_headline (fixture->session);
  g_assert_nonnull (headline);
  g_assert_cmpstr (lsc_scene_get_title (scene), ==, headline);
  g_assert_cmpstr (lsc_settings_get (lsc_session_get_run_settings (fixture->session), "inputs"), ==,
                   "list");
}

/* What can't be known beforehand is what it took, as long as nothing was changed. */
static void
test_expectation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("empty");
  g_autoptr (LscSession) session = lsc_session_new (workload);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *back = NULL;

  lsc_inputs_set_text (lsc_session_get_inputs (session), "tasks", "100");
  choose_modes (session, FALSE, TRUE, FALSE);
  before = lsc_session_dup_expectation (session);
  g_assert_null (before);
  lsc_session_start (session);
  wait_until (lsc_session_get_state (session) == LSC_SESSION_IDLE);
  after = lsc_session_dup_expectation (session);
  g_assert_true (g_str_has_prefix (after, "Threads took "));

  lsc_inputs_set_text (lsc_session_get_inputs (session), "tasks", "200");
  wait_until (lsc_inputs_is_ready (lsc_session_get_inputs (session)));
  changed = lsc_session_dup_expectation (session);
  g_assert_null (changed);
  lsc_inputs_set_text (lsc_session_get_inputs (session), "tasks", "100");
  wait_until (lsc_inputs_is_ready (lsc_session_get_inputs (session)));
  back = lsc_session_dup_expectation (session);
  g_assert_cmpstr (back, ==, after);
}

/* One mode at a time, with a worker for each loop; nobody says when it will be over. */
static void
test_endless (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("loop");
  g_autoptr (LscSession) session = lsc_session_new (workload);
  g_autofree char *expectation = lsc_session_dup_expectation (session);
  g_autofree char *progress = NULL;
  LscRun          *run;

  g_assert_cmpstr (expectation, ==, "Runs until you stop it");
  g_assert_true (lsc_session_get_mode (session, LSC_EXECUTOR_THREADS));
  g_assert_false (lsc_session_get_mode (session, LSC_EXECUTOR_PROCESSES));
  g_assert_cmpuint (lsc_session_get_n_workers (session), ==, 3);

  lsc_session_start (session);
  wait_until (lsc_session_get_n_runs (session) == 1 &&
              lsc_run_can_ask (lsc_session_get_run (session, 0), 1, LSC_LANE_ASK_STOP, NULL));
  run = lsc_session_get_run (session, 0);
  lsc_run_ask (run, 1, LSC_LANE_ASK_STOP);
  wait_until (lsc_run_get_n_finished (run) == 1);
  progress = lsc_session_dup_progress (session);
  g_assert_cmpstr (progress, ==, "Threads: 1 of 3 tasks");
  lsc_session_stop (session);
  wait_until (lsc_session_get_state (session) == LSC_SESSION_IDLE);
}

static void
check_summary_now (LscInputs *inputs, const char *expected)
{
  g_autofree char *summary = lsc_inputs_dup_summary (inputs, FALSE);

  g_assert_cmpstr (summary, ==, expected);
}

static void
check_summary (LscInputs *inputs, const char *expected)
{
  wait_until (lsc_inputs_is_ready (inputs));
  check_summary_now (inputs, expected);
}

/* What tells one run from another; the user's own words stay off pictures. */
static void
test_summary (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscWorkload) loop = lsc_builtin_workload_new ("loop");
  g_autoptr (LscInputs) loops = lsc_inputs_new (loop);
  g_autoptr (LscWorkload) command = lsc_command_new ();
  g_autoptr (LscInputs) commands = lsc_inputs_new (command);
  g_autoptr (LscWorkload) function = lsc_python_function_workload_new ();
  g_autoptr (LscInputs) functions = lsc_inputs_new (function);
  LscInputs       *inputs = lsc_session_get_inputs (fixture->session);
  g_autofree char *picture = NULL;

  lsc_inputs_prepare (inputs);
  check_summary (inputs, "Sized to this machine");
  lsc_inputs_set_text (inputs, "inputs", "range");
  lsc_inputs_set_text (inputs, "to", "5000");
  check_summary (inputs, "1 to 5000");
  lsc_inputs_set_text (inputs, "chunk", "50");
  check_summary (inputs, "1 to 5000, Numbers for each task 50");

  lsc_inputs_set_text (commands, "command", "echo {}");
  lsc_inputs_prepare (commands);
  check_summary (commands, "1 task");
  lsc_inputs_set_text (commands, "repeat", "20");
  check_summary (commands, "20 tasks");
  lsc_inputs_set_text (commands, "inputs", "range");
  check_summary (commands, "1 to 10");
  lsc_inputs_set_text (commands, "inputs", "list");
  lsc_inputs_set_text (commands, "list", "a\nb");
  check_summary (commands, "A list, 2 inputs");

  check_summary_now (functions, "A file");
  lsc_inputs_set_text (functions, "file", "/no/such/thumbs.py");
  lsc_inputs_set_text (functions, "function", "square");
  check_summary_now (functions, "thumbs.py, square");

  lsc_inputs_prepare (loops);
  check_summary (loops, "3 tasks");
  lsc_inputs_set_text (loops, "what", "secret words that go on for longer than a line");
  check_summary (loops, "secret words that go on for l…");
  picture = lsc_inputs_dup_summary (loops, TRUE);
  g_assert_null (strstr (picture, "secret"));
}

/* Values that are changed while it runs belong to the next run. */
static void
test_change_while_running (Fixture *fixture, gconstpointer data)
{
  set_list (fixture->session, "7\n8");
  choose_modes (fixture->session, FALSE, FALSE, TRUE);
  lsc_session_start (fixture->session);
  wait_until (lsc_session_get_state (fixture->session) == LSC_SESSION_RUNNING);
  set_list (fixture->session, "1\n2\n3\nfour");
  lsc_session_start (fixture->session); /* one at a time */
  wait_until (fixture->n_finished == 1);
  g_assert_cmpuint (fixture->n_scenes, ==, 1);
  g_assert_cmpuint (lsc_run_get_n_done (lsc_session_get_run (fixture->session, 0)), ==, 2);
}

/* Long enough that it is certainly still running. */
static void
start_long (LscSession *session)
{
  LscInputs *inputs = lsc_session_get_inputs (session);

  lsc_inputs_set_text (inputs, "inputs", "range");
  lsc_inputs_set_text (inputs, "to", "10000000000");
  lsc_inputs_set_text (inputs, "chunk", "1000000");
  choose_modes (session, TRUE, TRUE, FALSE);
  lsc_session_start (session);
  wait_until (lsc_session_get_n_runs (session) > 0 &&
              lsc_run_get_elapsed_ns (lsc_session_get_run (session, 0)) > 0);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_autofree char *progress = NULL;

  start_long (fixture->session);
  progress = lsc_session_dup_progress (fixture->session);
  g_assert_nonnull (strstr (progress, "10"));
  lsc_session_stop (fixture->session);
  g_assert_cmpint (lsc_session_get_state (fixture->session), ==, LSC_SESSION_STOPPING);
  wait_until (fixture->n_finished == 1);
  g_assert_cmpint (lsc_session_get_state (fixture->session), ==, LSC_SESSION_IDLE);
  /* The mode after it did not begin. */
  g_assert_cmpuint (lsc_session_get_n_runs (fixture->session), ==, 1);
  g_assert_nonnull (lsc_scene_get_strip (lsc_session_get_scene (fixture->session), 0)->note);

  /* And again. */
  set_list (fixture->session, "7");
  lsc_session_start (fixture->session);
  wait_until (fixture->n_finished == 2);
  g_assert_cmpuint (lsc_session_get_n_runs (fixture->session), ==, 2);
}

static void
test_terminate (Fixture *fixture, gconstpointer data)
{
  start_long (fixture->session);
  lsc_session_terminate (fixture->session);
  wait_until (fixture->n_finished == 1);
  g_assert_cmpuint (lsc_session_get_n_runs (fixture->session), ==, 1);
  g_assert_cmpint (lsc_run_get_state (lsc_session_get_run (fixture->session, 0)), ==,
                   LSC_RUN_STOPPED);
}

/* Stop while its inputs are still being made. */
static void
test_stop_early (Fixture *fixture, gconstpointer data)
{
  LscInputs *inputs = lsc_session_get_inputs (fixture->session);

  lsc_session_start (fixture->session);
  g_assert_cmpint (lsc_session_get_state (fixture->session), ==, LSC_SESSION_PREPARING);
  lsc_session_stop (fixture->session);
  g_assert_cmpint (lsc_session_get_state (fixture->session), ==, LSC_SESSION_IDLE);
  wait_until (lsc_inputs_is_ready (inputs));
  g_assert_cmpuint (fixture->n_scenes, ==, 0);
}

static void
gone_cb (gpointer data, GObject *where_it_was)
{
  g_atomic_pointer_set ((gpointer *)data, g_thread_self ());
}

/* What the last run recorded may be large: the window's thread does not wait until it is gone. */
static void
test_old_recording (Fixture *fixture, gconstpointer data)
{
  gpointer thread = NULL;

  choose_modes (fixture->session, TRUE, FALSE, FALSE);
  set_list (fixture->session, "7\n8\n9");
  lsc_session_start (fixture->session);
  wait_until (fixture->n_finished == 1);
  g_object_weak_ref (
      G_OBJECT (lsc_scene_get_strip (lsc_session_get_scene (fixture->session), 0)->recording),
      gone_cb, &thread);

  lsc_session_start (fixture->session);
  wait_until (fixture->n_finished == 2);
  while (g_atomic_pointer_get (&thread) == NULL)
    g_thread_yield ();
  g_assert_true (thread != g_thread_self ());
}

/* ---- pictures ----------------------------------------------------------------- */

static void
test_picture_path (void)
{
  g_autofree char *with = lsc_picture_dup_path ("/tmp/primes.svg");
  g_autofree char *without = lsc_picture_dup_path ("/tmp/primes");
  g_autofree char *other = lsc_picture_dup_path ("/tmp/primes.2");

  g_assert_cmpstr (with, ==, "/tmp/primes.svg");
  g_assert_cmpstr (without, ==, "/tmp/primes.png");
  g_assert_cmpstr (other, ==, "/tmp/primes.2.png");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  lsc_main_thread_init ();

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  add ("/session/draft-is-kept", test_draft_is_kept);
  add ("/session/hidden-problem", test_hidden_problem);
  add ("/session/bad-line", test_bad_line);
  add ("/session/last-change-counts", test_last_change_counts);
  add ("/session/sized-as-baseline", test_sized_as_baseline);
  add ("/session/kept-values", test_kept_values);
  add ("/session/kept-modes", test_kept_modes);
  add ("/session/modes", test_modes);
  add ("/session/run", test_run);
  add ("/session/summary", test_summary);
  add ("/session/endless", test_endless);
  add ("/session/expectation", test_expectation);
  add ("/session/change-while-running", test_change_while_running);
  add ("/session/stop", test_stop);
  add ("/session/terminate", test_terminate);
  add ("/session/stop-early", test_stop_early);
  add ("/session/old-recording", test_old_recording);
  g_test_add_func ("/session/picture-path", test_picture_path);
  return g_test_run ();
}

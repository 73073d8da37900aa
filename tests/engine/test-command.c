/* test-command.c: commands through the real launcher: what becomes of each task.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <signal.h>
#include <string.h>

#include <glib/gstdio.h>

#include "test-support.h"

static LscRun *
new_run (LscTextList *inputs, guint n_workers, LscRunOptions *options, ...)
{
  g_autoptr (GError) error = NULL;
  LscRunOptions own = { 0 };
  LscRun       *run;
  va_list       list;
  const char   *id;

  support_options_init (&own, "command", inputs, LSC_EXECUTOR_PROCESSES, n_workers);
  if (options != NULL)
    {
      own.timeout_ns = options->timeout_ns;
      own.n_retries = options->n_retries;
      own.one_core = options->one_core;
      own.grace_ns = options->grace_ns;
    }
  va_start (list, options);
  while ((id = va_arg (list, const char *)) != NULL)
    {
      lsc_settings_set (own.settings, id, va_arg (list, const char *), &error);
      g_assert_no_error (error);
    }
  va_end (list);
  run = lsc_run_new (&own, &error);
  g_assert_no_error (error);
  support_options_clear (&own);
  return run;
}

static void
run_all (LscRun *run)
{
  lsc_run_start (run);
  support_wait_over (run);
}

static LscTaskTable *
get_tasks (LscRun *run)
{
  return lsc_recording_get_tasks (lsc_run_get_recording (run));
}

static LscTask
get_task (LscRun *run, guint index)
{
  LscTask task;

  lsc_task_table_get (get_tasks (run), index, &task);
  return task;
}

#define assert_output(run, index, text) \
  g_assert_cmpstr (lsc_task_table_get_output (get_tasks (run), index), ==, text)

/* ---- results ---------------------------------------------------------------------------- */

/* Each task's own output, in input order, whatever order they end in. */
static void
test_results (void)
{
  g_autoptr (LscRun) run = new_run (
      support_make_inputs ("0.2", "0.1", "0", NULL), 3, NULL, "command",
      "sleep {}; echo slept {}; echo aside >&2; printf 'no newline'", "shell", "true", NULL);

  run_all (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
  assert_output (run, 0, "slept 0.2\nno newline");
  assert_output (run, 1, "slept 0.1\nno newline");
  assert_output (run, 2, "slept 0\nno newline");
  for (guint i = 0; i < 3; i++)
    {
      LscTask task = get_task (run, i);

      g_assert_cmpint (task.status, ==, LSC_TASK_DONE);
      g_assert_cmpint (task.exit, ==, 0);
      g_assert_cmpint (task.pid, >, 0);
      g_assert_cmpint (task.peak_rss_bytes, >, 0);
      g_assert_cmpint (task.end_ns, >, task.start_ns);
    }
}

static void
test_endings (void)
{
  const struct
  {
    const char   *script;
    LscTaskStatus status;
    int           exit;
    int           signal;
    const char   *output;
  } cases[] = {
    { "exit 0", LSC_TASK_DONE, 0, 0, "" },
    { "echo out; exit 3", LSC_TASK_FAILED, 3, 0, "out" },
    { "echo why >&2; exit 1", LSC_TASK_FAILED, 1, 0, "why" },
    { "kill -KILL $$", LSC_TASK_CRASHED, -1, SIGKILL, "" },
    { "printf 'bad \\377 byte\\n'", LSC_TASK_DONE, 0, 0, "bad \357\277\275 byte" },
  };
  LscTextList *inputs = lsc_text_list_new ();
  g_autoptr (LscRun) run = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    lsc_text_list_append (inputs, cases[i].script, -1);
  lsc_text_list_freeze (inputs);
  run = new_run (inputs, 2, NULL, "command", "sh -c {}", NULL);
  run_all (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LscTask task = get_task (run, i);

      g_assert_cmpint (task.status, ==, cases[i].status);
      g_assert_cmpint (task.exit, ==, cases[i].exit);
      g_assert_cmpint (task.signal, ==, cases[i].signal);
      assert_output (run, i, cases[i].output);
    }
}

/* More than a pipe holds, all of it in the result; more than a result holds, cut with a note. */
static void
test_much_output (void)
{
  g_autoptr (LscRun) run = new_run (support_make_inputs ("300000", "5000000", NULL), 2, NULL,
                                    "command", "sh -c 'yes | head -c {}'", NULL);
  const char *output;

  run_all (run);
  g_assert_cmpuint (lsc_run_get_n_done (run), ==, 2);
  output = lsc_task_table_get_output (get_tasks (run), 0);
  g_assert_cmpuint (strlen (output), ==, 299999);
  output = lsc_task_table_get_output (get_tasks (run), 1);
  g_assert_cmpuint (strlen (output), <, 2u << 20);
  g_assert_nonnull (strstr (output, "[… 5000000 bytes in all]"));
}

/* What outlives its command has its output open: the task ends without it, and what it prints
 * later is still its task's. */
static void
test_output_that_stays_open (void)
{
  g_autoptr (LscRun) run = new_run (
      support_make_inputs ("first", "second", NULL), 1, NULL, "command",
      "(sleep 0.1; echo late {}; exec sleep 1000) & echo now {}; test {} = first || sleep 0.3",
      "shell", "true", NULL);
  LscOutputStore *store;
  gboolean        has_late = FALSE;

  run_all (run);
  g_assert_cmpuint (lsc_run_get_n_done (run), ==, 2);
  assert_output (run, 0, "now first");
  g_assert_cmpint (get_task (run, 0).end_ns - get_task (run, 0).start_ns, <, 5 * LSC_NS_PER_S);
  store = lsc_recording_get_output (lsc_run_get_recording (run));
  for (guint64 i = 0; i < lsc_output_store_get_n_lines (store); i++)
    {
      LscOutputLine line;

      g_assert_true (lsc_output_store_get_line (store, i, &line));
      if (g_str_equal (line.text, "late first"))
        {
          g_assert_cmpuint (line.task, ==, 0);
          has_late = TRUE;
        }
      lsc_output_line_clear (&line);
    }
  g_assert_true (has_late);
}

/* ---- how they are started --------------------------------------------------------------- */

static void
test_surroundings (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanescope-folder-XXXXXX", NULL);
  g_autofree char *expected = g_strdup_printf ("%s one two gone", folder);
  LscRunOptions    options = { .one_core = TRUE };
  g_autoptr (LscRun) run =
      new_run (support_make_inputs ("1", NULL), 1, &options, "command",
               "echo \"$(pwd) $A ${LSC_GONE-gone}\"; cat; grep -c .; grep Cpus_allowed_list "
               "/proc/self/status",
               "shell", "true", "folder", folder, "environment", "A=one two\nLSC_GONE", NULL);
  g_auto (GStrv) lines = NULL;

  g_setenv ("LSC_GONE", "here", TRUE);
  run_all (run);
  lines = g_strsplit (lsc_task_table_get_output (get_tasks (run), 0), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_cmpstr (lines[0], ==, expected);
  /* Nothing to read. */
  g_assert_cmpstr (lines[1], ==, "0");
  g_assert_null (strpbrk (lines[2] + strlen ("Cpus_allowed_list:\t"), ",-"));
  g_rmdir (folder);
}

static void
test_sequential_is_one_at_a_time (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscRun) run = NULL;
  LscRunOptions options;

  support_options_init (&options, "command", support_repeat_input ("0.02", 4),
                        LSC_EXECUTOR_SEQUENTIAL, 1);
  g_assert_true (lsc_settings_set (options.settings, "command", "sleep {}", &error));
  run = lsc_run_new (&options, &error);
  g_assert_no_error (error);
  support_options_clear (&options);
  run_all (run);
  for (guint i = 1; i < 4; i++)
    g_assert_cmpint (get_task (run, i).start_ns, >=, get_task (run, i - 1).end_ns);
  g_assert_cmpuint (support_count_lanes (run, LSC_LANE_PROCESS), ==, 1);
}

/* ---- what goes wrong ---------------------------------------------------------------------- */

static void
test_timeout (void)
{
  LscRunOptions options = { .timeout_ns = 200 * LSC_NS_PER_MS };
  g_autoptr (LscRun) run = new_run (support_make_inputs ("0", "1000", NULL), 2, &options, "command",
                                    "sh -c 'echo begun; exec sleep {}'", NULL);

  run_all (run);
  g_assert_cmpint (get_task (run, 0).status, ==, LSC_TASK_DONE);
  g_assert_cmpint (get_task (run, 1).status, ==, LSC_TASK_TIMED_OUT);
  g_assert_cmpint (get_task (run, 1).signal, ==, SIGTERM);
  assert_output (run, 1, "begun");
}

/* A file counts the attempts. */
static void
test_retry (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanescope-retry-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "count", NULL);
  LscRunOptions    options = { .n_retries = 2 };
  g_autoptr (LscRun) run = new_run (support_make_inputs ("3", "9", NULL), 1, &options, "command",
                                    "echo x >> count-{}; test $(wc -l < count-{}) = {}", "shell",
                                    "true", "folder", folder, NULL);

  run_all (run);
  g_assert_cmpint (get_task (run, 0).status, ==, LSC_TASK_DONE);
  g_assert_cmpuint (get_task (run, 0).attempts, ==, 3);
  g_assert_cmpint (get_task (run, 1).status, ==, LSC_TASK_FAILED);
  g_assert_cmpuint (get_task (run, 1).attempts, ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *count = g_build_filename (folder, i == 0 ? "count-3" : "count-9", NULL);

      g_assert_cmpint (g_unlink (count), ==, 0);
    }
  g_rmdir (folder);
}

/* Some can be started, some can't. */
static void
test_programs_that_are_not_there (void)
{
  g_autoptr (LscRun) run =
      new_run (support_make_inputs ("/nowhere/program", "/etc/passwd", "/bin/true", NULL), 1, NULL,
               "command", "{}", NULL);

  run_all (run);
  g_assert_no_error (lsc_run_get_error (run));
  g_assert_cmpint (get_task (run, 0).status, ==, LSC_TASK_FAILED);
  assert_output (run, 0, "there is no program “/nowhere/program”");
  g_assert_cmpint (get_task (run, 1).status, ==, LSC_TASK_FAILED);
  g_assert_nonnull (strstr (lsc_task_table_get_output (get_tasks (run), 1), "can’t be executed"));
  g_assert_cmpint (get_task (run, 2).status, ==, LSC_TASK_DONE);
}

static void
test_none_can_be_started (void)
{
  g_autoptr (LscRun) run =
      new_run (support_repeat_input ("/nowhere/program", 30), 2, NULL, "command", "{}", NULL);

  run_all (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FAILED);
  g_assert_error (lsc_run_get_error (run), LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_PROGRAM);
  g_assert_cmpuint (support_count_status (run, LSC_TASK_FAILED), ==, 30);
}

static void
test_refused_before_it_starts (void)
{
  const char *const cases[][2] = {
    { "command", "lanescope-no-such-program" },
    { "command", "/etc" },
    { "command", "echo 'open" },
    { "folder", "/nowhere/at/all" },
    { "folder", "/etc/passwd" },
    { "environment", "not a name" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      LscRunOptions options;

      support_options_init (&options, "command", support_make_inputs ("1", NULL),
                            LSC_EXECUTOR_PROCESSES, 1);
      g_assert_true (lsc_settings_set (options.settings, "command", "true", &error));
      g_assert_true (lsc_settings_set (options.settings, cases[i][0], cases[i][1], &error));
      g_assert_null (lsc_run_new (&options, &error));
      g_assert_nonnull (error);
      support_options_clear (&options);
    }
}

/* ---- what is seen --------------------------------------------------------------------------- */

static void
test_lanes (void)
{
  g_autoptr (LscRun) run = new_run (support_repeat_input ("40000", 6), 2, NULL, "command",
                                    "sh -c 'i=0; while [ $i -lt {} ]; do i=$((i+1)); done'", NULL);
  LscRecording *recording;
  gint64        cpu_ns = 0;
  guint64       n_spans = 0;
  guint         n_places = 0;

  run_all (run);
  recording = lsc_run_get_recording (run);
  for (guint i = 0; i < 6; i++)
    cpu_ns += get_task (run, i).user_ns + get_task (run, i).system_ns;
  lsc_recording_begin_read (recording);
  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i);

      if (!lsc_lane_is_own (lane))
        continue;
      g_assert_cmpuint (lsc_lane_get_worker (lane), ==, ++n_places);
      g_assert_cmpint (lsc_lane_get_end (lane), ==, LSC_LANE_RETIRED);
      n_spans += lsc_lane_get_n_spans (lane, 0);
    }
  lsc_recording_end_read (recording);
  g_assert_cmpuint (n_places, ==, 2);
  g_assert_cmpuint (n_spans, ==, 6);
  g_assert_cmpint (lsc_recording_get_cpu_ns (recording), ==, cpu_ns);
}

/* ---- one place ------------------------------------------------------------------------------- */

/* And the first has said that it is up. */
static gboolean
both_run (gpointer user_data)
{
  return support_count_status (user_data, LSC_TASK_RUNNING) == 2 &&
         lsc_output_store_get_n_lines (
             lsc_recording_get_output (lsc_run_get_recording (user_data))) > 0;
}

static LscLane *
get_lane (LscRun *run, guint worker)
{
  LscRecording *recording = lsc_run_get_recording (run);

  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    if (lsc_lane_get_worker (lsc_recording_get_lane (recording, i)) == worker)
      return lsc_recording_get_lane (recording, i);
  g_assert_not_reached ();
}

/* One is asked to end, deaf to SIGTERM or not; the other place does the rest. */
static void
ask_one (LscLaneRequest request, const char *first, LscLaneEnd end, int value)
{
  LscRunOptions options = { .grace_ns = 100 * LSC_NS_PER_MS };
  g_autoptr (LscRun) run = new_run (support_make_inputs (first, "sleep 0.5", "true", "true", NULL),
                                    2, &options, "command", "sh -c {}", NULL);
  guint worker;

  lsc_run_start (run);
  support_wait (both_run, run);
  worker = get_task (run, 0).worker;
  g_assert_true (lsc_run_can_ask (run, worker, request, NULL));
  lsc_run_ask (run, worker, request);
  support_wait_over (run);

  g_assert_cmpint (get_task (run, 0).status, ==, LSC_TASK_STOPPED);
  for (guint i = 1; i < 4; i++)
    {
      g_assert_cmpint (get_task (run, i).status, ==, LSC_TASK_DONE);
      g_assert_cmpuint (get_task (run, i).worker, !=, worker);
    }
  lsc_recording_begin_read (lsc_run_get_recording (run));
  g_assert_cmpint (lsc_lane_get_end (get_lane (run, worker)), ==, end);
  g_assert_cmpint (lsc_lane_get_end_value (get_lane (run, worker)), ==, value);
  lsc_recording_end_read (lsc_run_get_recording (run));
}

static void
test_ask_stop (void)
{
  ask_one (LSC_LANE_ASK_STOP, "echo up; exec sleep 1000", LSC_LANE_SIGNALED, SIGTERM);
  ask_one (LSC_LANE_ASK_STOP, "trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done",
           LSC_LANE_EXITED, 7);
}

static void
test_ask_terminate (void)
{
  ask_one (LSC_LANE_TERMINATE, "trap '' TERM; echo up; while :; do sleep 1000; done",
           LSC_LANE_SIGNALED, SIGKILL);
}

/* Both are: nobody is left to do the last two. */
static void
test_ask_join (void)
{
  g_autoptr (LscRun) run = new_run (support_make_inputs ("0.2", "0.2", "0", "0", NULL), 2, NULL,
                                    "command", "sh -c 'echo up; exec sleep {}'", NULL);

  lsc_run_start (run);
  support_wait (both_run, run);
  lsc_run_ask (run, 1, LSC_LANE_ASK_JOIN);
  lsc_run_ask (run, 2, LSC_LANE_ASK_JOIN);
  support_wait_over (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_STOPPED);
  g_assert_cmpint (get_task (run, 0).status, ==, LSC_TASK_DONE);
  g_assert_cmpint (get_task (run, 1).status, ==, LSC_TASK_DONE);
  g_assert_cmpuint (support_count_status (run, LSC_TASK_STOPPED), ==, 2);
  lsc_recording_begin_read (lsc_run_get_recording (run));
  g_assert_cmpint (lsc_lane_get_end (get_lane (run, 1)), ==, LSC_LANE_RETIRED);
  lsc_recording_end_read (lsc_run_get_recording (run));
}

int
main (int argc, char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/engine/command/results", test_results);
  g_test_add_func ("/engine/command/endings", test_endings);
  g_test_add_func ("/engine/command/much-output", test_much_output);
  g_test_add_func ("/engine/command/output-that-stays-open", test_output_that_stays_open);
  g_test_add_func ("/engine/command/surroundings", test_surroundings);
  g_test_add_func ("/engine/command/sequential", test_sequential_is_one_at_a_time);
  g_test_add_func ("/engine/command/timeout", test_timeout);
  g_test_add_func ("/engine/command/retry", test_retry);
  g_test_add_func ("/engine/command/programs-that-are-not-there", test_programs_that_are_not_there);
  g_test_add_func ("/engine/command/none-can-be-started", test_none_can_be_started);
  g_test_add_func ("/engine/command/refused-before-it-starts", test_refused_before_it_starts);
  g_test_add_func ("/engine/command/lanes", test_lanes);
  g_test_add_func ("/engine/command/ask-stop", test_ask_stop);
  g_test_add_func ("/engine/command/ask-terminate", test_ask_terminate);
  g_test_add_func ("/engine/command/ask-join", test_ask_join);
  return support_run_tests ();
}

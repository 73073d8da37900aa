/* test-measured.c: runs that are samples: what they took, and that nobody watched.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is expected comes from the task table, whose rows are made in another way, or from what the
 * commands are known to need.
 */

#include "config.h"

#include <signal.h>
#include <string.h>

#include <glib/gstdio.h>

#include "test-support.h"

#define MB 1048576
/* Takes far longer than a test may. */
#define LONG_PRIME "18446744073709551557"

static char *cache_folder;

static LscRun *G_GNUC_NULL_TERMINATED
new_measured (const char     *workload,
              LscTextList    *inputs,
              LscExecutorKind kind,
              guint           n_workers,
              gint64          timeout_ns,
              ...)
{
  g_autoptr (GError) error = NULL;
  LscRunOptions options;
  LscRun       *run;
  va_list       list;
  const char   *id;

  support_options_init (&options, workload, inputs, kind, n_workers);
  options.measured = TRUE;
  options.timeout_ns = timeout_ns;
  va_start (list, timeout_ns);
  while ((id = va_arg (list, const char *)) != NULL)
    {
      lsc_settings_set (options.settings, id, va_arg (list, const char *), &error);
      g_assert_no_error (error);
    }
  va_end (list);
  run = lsc_run_new (&options, &error);
  g_assert_no_error (error);
  support_options_clear (&options);
  return run;
}

/* A script for a shell, once for each input. */
static LscRun *
new_script (LscTextList    *inputs,
            LscExecutorKind kind,
            guint           n_workers,
            gint64          timeout_ns,
            const char     *script)
{
  return new_measured ("command", inputs, kind, n_workers, timeout_ns, "command", script, "shell",
                       "true", NULL);
}

static LscRun *
new_command (const char *command, gint64 timeout_ns)
{
  return new_measured ("command", support_make_inputs ("1", NULL), LSC_EXECUTOR_SEQUENTIAL, 1,
                       timeout_ns, "command", command, NULL);
}

static LscRunUsage
run_all (LscRun *run)
{
  LscRunUsage usage;

  lsc_run_start (run);
  support_wait_over (run);
  lsc_run_get_usage (run, &usage);
  return usage;
}

static LscTask
get_task (LscRun *run, guint index)
{
  LscTask task;

  lsc_task_table_get (lsc_recording_get_tasks (lsc_run_get_recording (run)), index, &task);
  return task;
}

static const char *
get_output (LscRun *run, guint index)
{
  return lsc_task_table_get_output (lsc_recording_get_tasks (lsc_run_get_recording (run)), index);
}

/* All lines that were kept, one after another; notes apart from what was printed. */
static GString *
read_lines (LscRun *run, gboolean notes)
{
  LscOutputStore *store = lsc_recording_get_output (lsc_run_get_recording (run));
  GString        *text = g_string_new (NULL);
  LscOutputLine   line;

  for (guint64 i = 0; i < lsc_output_store_get_n_lines (store); i++)
    if (lsc_output_store_get_line (store, i, &line))
      {
        if ((line.kind == LSC_OUTPUT_NOTE) == notes)
          g_string_append_printf (text, "%s\n", line.text);
        lsc_output_line_clear (&line);
      }
  return text;
}

static void
assert_no_notes (LscRun *run)
{
  g_autoptr (GString) notes = read_lines (run, TRUE);

  g_assert_cmpstr (notes->str, ==, "");
}

/* From the table: when the first task began and the last one ended, CLOCK_MONOTONIC. */
static void
find_tasks_times (LscRun *run, gint64 *first_ns, gint64 *last_ns)
{
  gint64 origin_ns = lsc_recording_get_origin_ns (lsc_run_get_recording (run));

  *first_ns = G_MAXINT64;
  *last_ns = 0;
  for (guint i = 0; i < lsc_run_get_n_tasks (run); i++)
    {
      LscTask task = get_task (run, i);

      g_assert_cmpint (task.status, ==, LSC_TASK_DONE);
      *first_ns = MIN (*first_ns, task.start_ns + origin_ns);
      *last_ns = MAX (*last_ns, task.end_ns + origin_ns);
    }
}

/* ---- figures ------------------------------------------------------------------------------ */

/* A command is a task: both begin and end with its process. */
static void
test_command (void)
{
  g_autoptr (LscRun) run = new_command ("dd if=/dev/zero of=/dev/null bs=50M count=1", 0);
  LscRunUsage usage = run_all (run);
  LscTask     task = get_task (run, 0);

  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
  g_assert_cmpint (usage.begin_ns, >, 0);
  g_assert_cmpint (usage.start_up_ns, ==, 0);
  g_assert_cmpint (usage.wall_ns, ==, task.end_ns - task.start_ns);
  g_assert_cmpint (usage.tasks_ns, ==, usage.wall_ns);
  g_assert_cmpint (usage.user_ns, ==, task.user_ns);
  g_assert_cmpint (usage.system_ns, ==, task.system_ns);
  /* Its buffer, filled, and what any small program has beside. */
  g_assert_cmpint (usage.peak_rss_bytes, >, 50 * MB);
  g_assert_cmpint (usage.peak_rss_bytes, <, 60 * MB);
  g_assert_cmpint (usage.sum_rss_bytes, ==, usage.peak_rss_bytes);
  g_assert_cmpint (usage.n_minor_faults, >, 0);
  g_assert_cmpint (usage.n_major_faults, >=, 0);
  g_assert_cmpint (usage.n_voluntary, >=, 0);
  g_assert_cmpint (usage.n_involuntary, >=, 0);
  g_assert_cmpuint (usage.n_calls, ==, 0);
  assert_no_notes (run);
}

/* The largest of one; those that run at once together; those one after another not. */
static void
test_memory_of_several (void)
{
  const char *const script = "exec dd if=/dev/zero of=/dev/null bs={}M count=1 2>/dev/null";
  g_autoptr (LscRun) at_once = new_script (support_make_inputs ("20", "60", "40", NULL),
                                           LSC_EXECUTOR_PROCESSES, 2, 0, script);
  g_autoptr (LscRun) in_turn = new_script (support_make_inputs ("20", "60", "40", NULL),
                                           LSC_EXECUTOR_SEQUENTIAL, 1, 0, script);
  LscRunUsage usage = run_all (at_once);

  g_assert_cmpint (usage.peak_rss_bytes, >, 60 * MB);
  g_assert_cmpint (usage.peak_rss_bytes, <, 70 * MB);
  g_assert_cmpint (usage.sum_rss_bytes, >, 100 * MB);
  g_assert_cmpint (usage.sum_rss_bytes, <, 120 * MB);

  usage = run_all (in_turn);
  g_assert_cmpint (usage.sum_rss_bytes, ==, usage.peak_rss_bytes);
  g_assert_cmpint (usage.peak_rss_bytes, >, 60 * MB);
}

/* What a command leaves behind has used is part of it, also when nobody waits for it. */
static void
test_left_behind (void)
{
  g_autoptr (LscRun) run =
      new_script (support_make_inputs ("1", NULL), LSC_EXECUTOR_SEQUENTIAL, 1, 0,
                  "F=$(mktemp -u); mkfifo $F; (i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; "
                  "echo >$F; exec sleep 1000) & read x <$F; rm $F; times");
  LscRunUsage usage = run_all (run);
  LscTask     task = get_task (run, 0);

  g_assert_cmpint (task.status, ==, LSC_TASK_DONE);
  g_assert_cmpint (usage.wall_ns, ==, task.end_ns - task.start_ns);
  /* 300,000 turns of a shell's loop: nowhere less than this. */
  g_assert_cmpint (usage.user_ns + usage.system_ns, >, task.user_ns + task.system_ns + 10000000);
  assert_no_notes (run);
}

static void
check_workers (const char *workload, LscTextList *inputs, LscExecutorKind kind)
{
  g_autoptr (LscRun) run = new_measured (workload, inputs, kind, 2, 0, NULL);
  LscRunUsage usage = run_all (run);
  gint64      first_ns;
  gint64      last_ns;

  g_assert_no_error (lsc_run_get_error (run));
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
  if (g_str_equal (workload, "gil"))
    g_assert_true (g_str_has_prefix (lsc_run_get_interpreter (run), "Python 3."));
  else
    g_assert_null (lsc_run_get_interpreter (run));
  find_tasks_times (run, &first_ns, &last_ns);
  g_assert_cmpint (usage.begin_ns, >=, lsc_recording_get_origin_ns (lsc_run_get_recording (run)));
  g_assert_cmpint (usage.begin_ns, <, first_ns);
  g_assert_cmpint (usage.start_up_ns, ==, first_ns - usage.begin_ns);
  g_assert_cmpint (usage.tasks_ns, ==, last_ns - first_ns);
  g_assert_cmpint (usage.wall_ns, ==, usage.start_up_ns + usage.tasks_ns);
  g_assert_cmpint (usage.user_ns + usage.system_ns, >, 0);
  g_assert_cmpint (usage.peak_rss_bytes, >, MB);
  if (kind == LSC_EXECUTOR_PROCESSES)
    g_assert_cmpint (usage.sum_rss_bytes, >, usage.peak_rss_bytes);
  else
    g_assert_cmpint (usage.sum_rss_bytes, ==, usage.peak_rss_bytes);
  g_assert_cmpint (usage.n_minor_faults, >, 0);
  assert_no_notes (run);
}

static void
test_workers (void)
{
  const LscExecutorKind kinds[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS,
                                    LSC_EXECUTOR_PROCESSES };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      check_workers ("primes", support_repeat_input ("1000003", 8), kinds[i]);
      check_workers ("gil", support_repeat_input ("1000003", 8), kinds[i]);
    }
}

/* ---- calls -------------------------------------------------------------------------------- */

static void
check_calls (const char     *workload,
             const char     *input,
             LscExecutorKind kind,
             guint           n_calls,
             guint           n_builds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LscRun) run = NULL;
  LscRunOptions options;
  LscRunUsage   usage;

  support_options_init (&options, workload, support_repeat_input (input, 3), kind, 2);
  options.measured = TRUE;
  options.n_calls = n_calls;
  if (lsc_settings_find_parameter (options.settings, "repeat") != NULL)
    {
      g_assert_true (lsc_settings_set (options.settings, "n", "1000", NULL));
      g_assert_true (lsc_settings_set (options.settings, "repeat", "5", NULL));
    }
  run = lsc_run_new (&options, &error);
  g_assert_no_error (error);
  support_options_clear (&options);
  usage = run_all (run);
  g_assert_cmpuint (lsc_run_get_n_done (run), ==, 3);
  g_assert_cmpuint (usage.n_calls, ==, 3 * MAX (n_calls, 1) * n_builds);
  g_assert_cmpint (usage.calls_ns, >, 0);
  /* Two at once, at most. */
  g_assert_cmpint (usage.calls_ns, <=, 2 * usage.tasks_ns);
}

static void
test_calls (void)
{
  const LscExecutorKind kinds[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS,
                                    LSC_EXECUTOR_PROCESSES };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint n_calls = 0; n_calls <= 50; n_calls += 50)
      {
        check_calls ("primes", "10007", kinds[i], n_calls, 1);
        check_calls ("gil", "10007", kinds[i], n_calls, 1);
        check_calls ("structures-c", "build_set", kinds[i], n_calls, 5);
        check_calls ("structures-python", "build_set", kinds[i], n_calls, 5);
      }
}

/* ---- nobody watches ----------------------------------------------------------------------- */

static gboolean
count_cb (gint64 time_ns, guint64 value, gpointer user_data)
{
  ++*(guint *)user_data;
  return TRUE;
}

static guint
count_counters (LscRecording *recording, LscLane *lane)
{
  guint n = 0;

  lsc_recording_foreach_counter (recording, lane, LSC_COUNTER_CPU_NS, 0, G_MAXINT64, count_cb, &n);
  lsc_recording_foreach_counter (recording, lane, LSC_COUNTER_RSS_BYTES, 0, G_MAXINT64, count_cb,
                                 &n);
  return n;
}

/* Long enough that the launcher would have looked twice. */
static void
test_nobody_watches (void)
{
  g_autoptr (LscRun) command = new_command ("sleep 0.2", 0);
  g_autoptr (LscRun) workers = new_measured ("primes", support_repeat_input ("1000003", 100),
                                             LSC_EXECUTOR_PROCESSES, 2, 0, NULL);
  g_autoptr (GDir) folder = NULL;
  LscRun *const runs[] = { command, workers };

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      LscRecording *recording;

      run_all (runs[i]);
      recording = lsc_run_get_recording (runs[i]);
      g_assert_cmpuint (lsc_recording_get_n_lanes (recording), >, 0);
      for (guint k = 0; k < lsc_recording_get_n_lanes (recording); k++)
        {
          LscLane *lane = lsc_recording_get_lane (recording, k);

          g_assert_cmpuint (lsc_lane_get_n_depths (lane), ==, 0);
          g_assert_false (lsc_lane_has_states (lane));
          g_assert_cmpuint (count_counters (recording, lane), ==, 0);
        }
      assert_no_notes (runs[i]);
    }
  folder = g_dir_open (cache_folder, 0, NULL);
  g_assert_nonnull (folder);
  g_assert_null (g_dir_read_name (folder));
}

static double
measure_true (void)
{
  double sum = 0;

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (LscRun) run = new_command ("true", 0);
      LscRunUsage usage = run_all (run);

      g_assert_cmpint (get_task (run, 0).status, ==, LSC_TASK_DONE);
      sum += (double)usage.peak_rss_bytes;
    }
  return sum / 60;
}

/* However large whoever measures is. */
static void
test_memory_is_its_own (void)
{
  double           alone = measure_true ();
  g_autofree char *held = g_malloc (500000000);
  double           beside;

  memset (held, 1, 500000000);
  beside = measure_true ();
  g_test_message ("true: %.0f bytes, beside 500 MB %.0f bytes", alone, beside);
  g_assert_cmpfloat (beside, <, alone * 1.05);
  g_assert_cmpfloat (beside, >, alone * 0.95);
}

/* ---- what goes wrong ------------------------------------------------------------------------ */

static void
test_not_there (void)
{
  g_autoptr (LscRun) run =
      new_script (support_make_inputs ("1", NULL), LSC_EXECUTOR_SEQUENTIAL, 1, 0, "exit 3");
  g_autoptr (LscRun) none = NULL;
  LscRunUsage usage = run_all (run);

  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
  g_assert_cmpint (get_task (run, 0).status, ==, LSC_TASK_FAILED);
  g_assert_cmpint (get_task (run, 0).exit, ==, 3);
  g_assert_cmpint (usage.wall_ns, >, 0);
  g_assert_cmpint (usage.peak_rss_bytes, >, 0);

  /* It is executed only then: nothing is known of what never was. */
  none = new_measured ("command", support_make_inputs ("/no/such/program", NULL),
                       LSC_EXECUTOR_SEQUENTIAL, 1, 0, "command", "{}", NULL);
  usage = run_all (none);
  g_assert_error (lsc_run_get_error (none), LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_PROGRAM);
  g_assert_cmpint (usage.begin_ns, ==, 0);
  g_assert_cmpint (usage.wall_ns, ==, -1);
  g_assert_cmpint (usage.user_ns, ==, -1);
  g_assert_cmpint (usage.peak_rss_bytes, ==, -1);
}

static void
test_never_ends (void)
{
  g_autoptr (LscRun) command = new_command ("sleep 1000", 200 * LSC_NS_PER_MS);
  g_autoptr (LscRun) worker = new_measured ("primes", support_make_inputs (LONG_PRIME, NULL),
                                            LSC_EXECUTOR_SEQUENTIAL, 1, 200 * LSC_NS_PER_MS, NULL);
  LscRunUsage usage = run_all (command);

  g_assert_cmpint (get_task (command, 0).status, ==, LSC_TASK_TIMED_OUT);
  g_assert_cmpint (usage.wall_ns, >=, 200 * LSC_NS_PER_MS);

  usage = run_all (worker);
  g_assert_cmpint (get_task (worker, 0).status, ==, LSC_TASK_TIMED_OUT);
  g_assert_cmpint (usage.tasks_ns, >=, 200 * LSC_NS_PER_MS);
}

/* It is read, so that the command goes on; and little of it is kept, which is said. */
static void
test_prints_without_end (void)
{
  g_autoptr (LscRun) run = new_command ("yes 0123456789", 400 * LSC_NS_PER_MS);
  g_autoptr (LscRun) much = new_command ("head -c 50000000 /dev/zero", 0);
  g_autoptr (GString) printed = NULL;
  g_autoptr (GString) notes = NULL;
  LscRunUsage usage = run_all (run);

  g_assert_cmpint (get_task (run, 0).status, ==, LSC_TASK_TIMED_OUT);
  g_assert_cmpint (usage.user_ns + usage.system_ns, >, 0);
  printed = read_lines (run, FALSE);
  notes = read_lines (run, TRUE);
  g_assert_cmpuint (printed->len, >, 0);
  g_assert_cmpuint (printed->len, <=, 64 * 1024);
  g_assert_cmpstr (notes->str, ==,
                   "What the tasks printed from here on was read and not kept: this run was "
                   "measured.\n");
  g_assert_cmpuint (strlen (get_output (run, 0)), <, 1024);

  /* Far more than a pipe holds. */
  run_all (much);
  g_assert_cmpint (get_task (much, 0).status, ==, LSC_TASK_DONE);
}

/* There is nothing to read, and nothing to wait for. */
static void
test_reads_standard_input (void)
{
  g_autoptr (LscRun) run = new_command ("wc -c", 0);

  run_all (run);
  g_assert_cmpint (get_task (run, 0).status, ==, LSC_TASK_DONE);
  g_assert_cmpstr (get_output (run, 0), ==, "0");
}

static gboolean
has_begun (gpointer user_data)
{
  LscRun *run = user_data;

  return lsc_run_get_recording (run) != NULL && get_task (run, 0).status == LSC_TASK_RUNNING;
}

static void
check_end (const char *workload, const char *input, gboolean terminates)
{
  g_autoptr (LscRun) run =
      new_measured (workload, support_make_inputs (input, NULL), LSC_EXECUTOR_SEQUENTIAL, 1, 0,
                    g_str_equal (workload, "command") ? "command" : NULL, "sleep {}", NULL);
  LscRunUsage usage;

  lsc_run_start (run);
  support_wait (has_begun, run);
  if (terminates)
    lsc_run_terminate (run);
  else
    lsc_run_stop (run);
  support_wait_over (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_STOPPED);
  g_assert_cmpint (get_task (run, 0).status, ==, LSC_TASK_STOPPED);
  lsc_run_get_usage (run, &usage);
  g_assert_cmpint (usage.wall_ns, >, 0);
  g_assert_cmpint (usage.user_ns, >=, 0);
}

static void
test_stop (void)
{
  check_end ("command", "1000", FALSE);
  check_end ("command", "1000", TRUE);
  check_end ("primes", LONG_PRIME, FALSE);
  check_end ("primes", LONG_PRIME, TRUE);
}

/* A sample whose worker dies is told as any run's is. */
static void
test_killed_worker (void)
{
  g_autoptr (LscRun) run = new_measured ("primes", support_make_inputs (LONG_PRIME, NULL),
                                         LSC_EXECUTOR_SEQUENTIAL, 1, 0, NULL);
  g_autoptr (GArray) pids = NULL;

  lsc_run_start (run);
  support_wait (has_begun, run);
  pids = support_list_pids (run);
  g_assert_no_errno (kill (g_array_index (pids, gint32, 0), SIGKILL));
  support_wait_over (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
  g_assert_cmpint (get_task (run, 0).status, ==, LSC_TASK_CRASHED);
  g_assert_cmpint (get_task (run, 0).signal, ==, SIGKILL);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  support_init (&argc, &argv);
  cache_folder = g_dir_make_tmp ("lanescope-test-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("XDG_CACHE_HOME", cache_folder, TRUE);
  g_test_add_func ("/engine/measured/command", test_command);
  g_test_add_func ("/engine/measured/memory-of-several", test_memory_of_several);
  g_test_add_func ("/engine/measured/left-behind", test_left_behind);
  g_test_add_func ("/engine/measured/workers", test_workers);
  g_test_add_func ("/engine/measured/calls", test_calls);
  g_test_add_func ("/engine/measured/nobody-watches", test_nobody_watches);
  g_test_add_func ("/engine/measured/memory-is-its-own", test_memory_is_its_own);
  g_test_add_func ("/engine/measured/not-there", test_not_there);
  g_test_add_func ("/engine/measured/never-ends", test_never_ends);
  g_test_add_func ("/engine/measured/prints-without-end", test_prints_without_end);
  g_test_add_func ("/engine/measured/reads-standard-input", test_reads_standard_input);
  g_test_add_func ("/engine/measured/stop", test_stop);
  g_test_add_func ("/engine/measured/killed-worker", test_killed_worker);
  result = support_run_tests ();
  g_rmdir (cache_folder);
  g_free (cache_folder);
  return result;
}

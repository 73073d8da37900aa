/* test-run-python.c: Python functions through the real engine, launcher and interpreter.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "lsc-catalogue.h"
#include "test-support.h"

static const LscExecutorKind pool_kinds[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS,
                                              LSC_EXECUTOR_PROCESSES };

/* ---- runs ------------------------------------------------------------------------------- */

/* A run of `function` in `code`; the inputs are taken. `...`: more settings, NULL. */
static LscRun *G_GNUC_NULL_TERMINATED
new_run (const char     *code,
         const char     *function,
         LscTextList    *inputs,
         LscExecutorKind kind,
         guint           n_workers,
         ...)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("python");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autoptr (LscTextList) owned = inputs;
  g_autoptr (GError) error = NULL;
  LscRunOptions options = {
    .workload = workload,
    .settings = settings,
    .inputs = inputs,
    .executor = kind,
    .n_workers = n_workers,
  };
  const char *id;
  va_list     more;
  LscRun     *run;

  g_assert_true (lsc_settings_set (settings, "source", "code", NULL));
  g_assert_true (lsc_settings_set (settings, "code", code, NULL));
  g_assert_true (lsc_settings_set (settings, "function", function, NULL));
  va_start (more, n_workers);
  while ((id = va_arg (more, const char *)) != NULL)
    g_assert_true (lsc_settings_set (settings, id, va_arg (more, const char *), NULL));
  va_end (more);

  run = lsc_run_new (&options, &error);
  g_assert_no_error (error);
  return run;
}

static void
run_to_end (LscRun *run)
{
  lsc_run_start (run);
  support_wait_over (run);
  g_assert_no_error (lsc_run_get_error (run));
}

static const char *
get_output (LscRun *run, guint index)
{
  return lsc_task_table_get_output (lsc_recording_get_tasks (lsc_run_get_recording (run)), index);
}

static LscTask
get_task (LscRun *run, guint index)
{
  LscTask task;

  lsc_task_table_get (lsc_recording_get_tasks (lsc_run_get_recording (run)), index, &task);
  return task;
}

/* All that was said of that kind and task, line by line. */
static char *
dup_printed (LscRun *run, LscOutputKind kind, guint32 task)
{
  LscOutputStore *store = lsc_recording_get_output (lsc_run_get_recording (run));
  GString        *text = g_string_new (NULL);
  LscOutputLine   line;

  for (guint64 i = 0; i < lsc_output_store_get_n_lines (store); i++)
    {
      if (!lsc_output_store_get_line (store, i, &line))
        continue;
      if (line.kind == kind && line.task == task)
        g_string_append_printf (text, "%s\n", line.text);
      lsc_output_line_clear (&line);
    }
  return g_string_free (text, FALSE);
}

static void
assert_notes (LscRun *run, const char *part)
{
  g_autofree char *notes = dup_printed (run, LSC_OUTPUT_NOTE, LSC_NO_TASK);

  g_assert_nonnull (strstr (notes, part));
}

/* Of the kind, in the order of their workers. */
static GPtrArray *
list_lanes (LscRun *run, LscLaneKind kind)
{
  LscRecording *recording = lsc_run_get_recording (run);
  GPtrArray    *lanes = g_ptr_array_new ();

  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i);

      if (lsc_lane_get_kind (lane) == kind && lsc_lane_is_own (lane))
        g_ptr_array_add (lanes, lane);
    }
  return lanes;
}

/* ---- every mode ------------------------------------------------------------------------- */

#define IS_PRIME             \
  "from math import isqrt\n" \
  "def is_prime(n):\n"       \
  "    return n > 1 and all(n % d for d in range(2, min(n, isqrt(n) + 1)))\n"

/* Python's six numbers; the answers as its documentation has them. */
static void
test_six_answers (void)
{
  static const char *const expected[] = { "True", "True", "True", "True", "True", "False" };

  for (guint k = 0; k < G_N_ELEMENTS (pool_kinds); k++)
    {
      LscTextList *inputs =
          support_make_inputs ("112272535095293", "112582705942171", "112272535095293",
                               "115280095190773", "115797848077099", "1099726899285419", NULL);
      g_autoptr (LscRun) run = new_run (IS_PRIME, "is_prime", inputs, pool_kinds[k], 2, NULL);

      run_to_end (run);
      g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FINISHED);
      for (guint i = 0; i < 6; i++)
        {
          LscTask task = get_task (run, i);

          g_assert_cmpstr (get_output (run, i), ==, expected[i]);
          g_assert_cmpint (task.end_ns, >, task.start_ns);
          g_assert_cmpint (task.user_ns, >, 0);
          g_assert_cmpint (task.pid, >, 0);
        }
    }
}

static void
test_lesson (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (pool_kinds); k++)
    {
      g_autoptr (LscRun) run = support_new_run (
          "gil", support_make_inputs ("97", "91", "1000003", NULL), pool_kinds[k], 2);

      run_to_end (run);
      g_assert_cmpstr (get_output (run, 0), ==, "True");
      g_assert_cmpstr (get_output (run, 1), ==, "False");
      g_assert_cmpstr (get_output (run, 2), ==, "True");
    }
}

/* Waiting overlaps: nobody goes on before all four are there. */
static void
test_async (void)
{
  g_autoptr (LscRun) run =
      new_run ("import asyncio\n"
               "here = 0\n"
               "async def meet(n):\n"
               "    global here\n"
               "    here += 1\n"
               "    while here < 4:\n"
               "        await asyncio.sleep(0.001)\n"
               "    return here\n",
               "meet", support_repeat_input ("1", 4), LSC_EXECUTOR_ASYNC, 1, NULL);
  g_autoptr (GPtrArray) threads = NULL;

  run_to_end (run);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (get_output (run, i), ==, "4");
  threads = list_lanes (run, LSC_LANE_THREAD);
  g_assert_cmpuint (threads->len, ==, 1);
  g_assert_cmpuint (lsc_lane_get_n_spans (threads->pdata[0], 0), >, 4);
  g_assert_true (lsc_lane_has_states (threads->pdata[0]));
}

/* ---- lanes ------------------------------------------------------------------------------ */

static void
test_threads (void)
{
  g_autoptr (LscRun) run =
      new_run ("import threading\n"
               "both = threading.Barrier(2)\n"
               "def meet(n):\n"
               "    both.wait(60)\n"
               "    return threading.get_native_id()\n",
               "meet", support_repeat_input ("1", 2), LSC_EXECUTOR_THREADS, 2, NULL);
  g_autoptr (GPtrArray) processes = NULL;
  g_autoptr (GPtrArray) threads = NULL;

  run_to_end (run);
  processes = list_lanes (run, LSC_LANE_PROCESS);
  threads = list_lanes (run, LSC_LANE_THREAD);
  g_assert_cmpuint (processes->len, ==, 1);
  g_assert_cmpuint (threads->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      LscTask          task = get_task (run, i);
      LscLane         *lane = threads->pdata[task.worker - 1];
      g_autofree char *tid = g_strdup_printf ("%d", lsc_lane_get_tid (lane));

      g_assert_cmpstr (get_output (run, i), ==, tid);
      g_assert_true (lsc_lane_get_parent (lane) == processes->pdata[0]);
      g_assert_cmpint (lsc_lane_get_end (lane), ==, LSC_LANE_RETIRED);
    }
}

static void
check_processes (const char *method)
{
  g_autoptr (LscRun) run = new_run ("import os, time\n"
                                    "def burn(n):\n"
                                    "    end = time.process_time() + 0.1\n"
                                    "    while time.process_time() < end: pass\n"
                                    "    return os.getpid()\n",
                                    "burn", support_repeat_input ("1", 6), LSC_EXECUTOR_PROCESSES,
                                    2, "start-method", method, NULL);
  g_autoptr (GPtrArray) processes = NULL;
  g_autoptr (GPtrArray) threads = NULL;
  gint64 sum_ns = 0;
  guint  workers = 0; /* a bit for each that has a thread */

  run_to_end (run);
  processes = list_lanes (run, LSC_LANE_PROCESS);
  threads = list_lanes (run, LSC_LANE_THREAD);
  g_assert_cmpuint (processes->len, ==, 3);
  g_assert_cmpuint (threads->len, ==, 2);
  for (guint i = 0; i < 6; i++)
    {
      LscTask          task = get_task (run, i);
      g_autofree char *pid = g_strdup_printf ("%d", task.pid);

      g_assert_cmpstr (get_output (run, i), ==, pid);
    }
  for (guint i = 0; i < processes->len; i++)
    {
      LscUsage usage;

      lsc_lane_get_usage (processes->pdata[i], &usage);
      g_assert_cmpint (usage.user_ns, >=, 0);
      g_assert_cmpint (usage.peak_rss_bytes, >, 1 << 20);
      g_assert_cmpint (lsc_lane_get_end (processes->pdata[i]), ==, LSC_LANE_EXITED);
      sum_ns += usage.user_ns + usage.system_ns;
    }
  for (guint i = 0; i < threads->len; i++)
    {
      LscLane *parent = lsc_lane_get_parent (threads->pdata[i]);

      g_assert_cmpint (lsc_lane_get_pid (parent), ==, lsc_lane_get_pid (threads->pdata[i]));
      workers |= 1u << lsc_lane_get_worker (threads->pdata[i]);
    }
  /* Whichever began first. */
  g_assert_cmphex (workers, ==, 1u << 1 | 1u << 2);
  /* Six tenths of a second, and the interpreters' own: what was used twice would be twice that. */
  g_assert_cmpint (sum_ns, ==, lsc_recording_get_cpu_ns (lsc_run_get_recording (run)));
  g_assert_cmpint (sum_ns, >=, 6 * LSC_NS_PER_S / 10);
  g_assert_cmpint (lsc_lane_get_pid (processes->pdata[0]), !=, get_task (run, 0).pid);
  {
    LscUsage host;

    lsc_lane_get_usage (processes->pdata[0], &host);
    g_assert_cmpint (host.user_ns, <, 6 * LSC_NS_PER_S / 10);
  }
}

static void
test_processes (void)
{
  check_processes ("fork");
  check_processes ("spawn");
  check_processes ("forkserver");
}

/* ---- what goes wrong ---------------------------------------------------------------------- */

static void
test_exception (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (pool_kinds); k++)
    {
      g_autoptr (LscRun) run =
          new_run ("def fail(n):\n    print('before', n)\n    raise ValueError('no %d' % n)\n",
                   "fail", support_make_inputs ("1", "2", NULL), pool_kinds[k], 2, NULL);
      g_autofree char *out = NULL;
      g_autofree char *trace = NULL;

      run_to_end (run);
      g_assert_cmpuint (support_count_status (run, LSC_TASK_FAILED), ==, 2);
      g_assert_cmpstr (get_output (run, 1), ==, "ValueError: no 2");
      out = dup_printed (run, LSC_OUTPUT_STDOUT, 1);
      trace = dup_printed (run, LSC_OUTPUT_STDERR, 1);
      g_assert_cmpstr (out, ==, "before 2\n");
      g_assert_true (g_str_has_prefix (trace, "Traceback (most recent call last):\n"));
      g_assert_nonnull (strstr (trace, "line 3, in fail\n"));
      g_assert_true (g_str_has_suffix (trace, "ValueError: no 2\n"));
    }
}

static void
test_crashes (void)
{
  g_autoptr (LscRun) run = new_run ("import os, signal\n"
                                    "def die(n):\n"
                                    "    if n == 2: os.kill(os.getpid(), signal.SIGSEGV)\n"
                                    "    if n == 3: os._exit(7)\n"
                                    "    return n\n",
                                    "die", support_make_inputs ("1", "2", "3", "4", NULL),
                                    LSC_EXECUTOR_PROCESSES, 2, NULL);
  LscTask task;

  run_to_end (run);
  g_assert_cmpstr (get_output (run, 0), ==, "1");
  g_assert_cmpstr (get_output (run, 3), ==, "4");
  task = get_task (run, 1);
  g_assert_cmpint (task.status, ==, LSC_TASK_CRASHED);
  g_assert_cmpint (task.signal, ==, SIGSEGV);
  task = get_task (run, 2);
  g_assert_cmpint (task.status, ==, LSC_TASK_CRASHED);
  g_assert_cmpint (task.exit, ==, 7);
  assert_notes (run, "Python gives up its whole pool then.");
}

/* On threads all that the process had dies with it; what had not begun is run by another. */
static void
test_thread_crash (void)
{
  g_autoptr (LscRun) run =
      new_run ("import os\ndef die(n):\n    if n == 2: os._exit(7)\n    return n\n", "die",
               support_make_inputs ("1", "2", "3", NULL), LSC_EXECUTOR_SEQUENTIAL, 1, NULL);
  LscTask task;

  run_to_end (run);
  task = get_task (run, 1);
  g_assert_cmpint (task.status, ==, LSC_TASK_CRASHED);
  g_assert_cmpint (task.exit, ==, 7);
  g_assert_cmpstr (get_output (run, 0), ==, "1");
  g_assert_cmpstr (get_output (run, 2), ==, "3");
}

static void
test_retry (void)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "tried", NULL);
  g_autoptr (LscRun) run = new_run ("import os\n"
                                    "def once(path):\n"
                                    "    if os.path.exists(path): return 'again'\n"
                                    "    open(path, 'w').close()\n"
                                    "    os._exit(1)\n",
                                    "once", support_make_inputs (path, NULL),
                                    LSC_EXECUTOR_PROCESSES, 1, "retry", "1", NULL);

  run_to_end (run);
  g_assert_cmpstr (get_output (run, 0), ==, "again");
  g_assert_cmpuint (get_task (run, 0).attempts, ==, 2);
  g_unlink (path);
}

static void
assert_refused (const char *code, const char *function, const char *part)
{
  g_autoptr (LscRun) run =
      new_run (code, function, support_make_inputs ("1", NULL), LSC_EXECUTOR_THREADS, 2, NULL);

  lsc_run_start (run);
  support_wait_over (run);
  g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_FAILED);
  g_assert_error (lsc_run_get_error (run), LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_PYTHON_FILE);
  g_assert_nonnull (strstr (lsc_run_get_error (run)->message, part));
}

static void
test_refused (void)
{
  assert_refused ("def f(:\n", "f", "<code>, line 1: ");
  assert_refused ("import no_such_module_here\n", "f", "needs the module “no_such_module_here”");
  assert_refused ("def one(n): pass\ndef two(n): pass\n", "f", "It has: one, two.");
}

static void
test_no_interpreter (void)
{
  g_autoptr (LscWorkload) workload = lsc_builtin_workload_new ("gil");
  g_autoptr (LscSettings) settings = lsc_workload_new_settings (workload);
  g_autoptr (LscTextList) inputs = support_make_inputs ("7", NULL);
  g_autoptr (GError) error = NULL;
  const LscRunOptions options = {
    .workload = workload, .settings = settings, .inputs = inputs, .n_workers = 1
  };

  g_assert_true (lsc_settings_set (settings, "python", "no-such-python", NULL));
  g_assert_null (lsc_run_new (&options, &error));
  g_assert_error (error, LSC_ENGINE_ERROR, LSC_ENGINE_ERROR_NO_INTERPRETER);
  g_assert_nonnull (strstr (error->message, "“no-such-python”"));
}

/* ---- the end ------------------------------------------------------------------------------ */

static gboolean
has_printed (gpointer user_data)
{
  LscOutputStore *store = lsc_recording_get_output (lsc_run_get_recording (user_data));

  return lsc_output_store_get_n_lines (store) > 0;
}

static void
test_stop (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (pool_kinds); k++)
    {
      g_autoptr (LscRun) run =
          new_run ("import time\n"
                   "def rest(n):\n"
                   "    print('here', flush=True)\n"
                   "    time.sleep(1000)\n",
                   "rest", support_repeat_input ("1", 50), pool_kinds[k], 2, NULL);

      lsc_run_start (run);
      support_wait (has_printed, run);
      lsc_run_stop (run);
      support_wait_over (run);
      g_assert_cmpint (lsc_run_get_state (run), ==, LSC_RUN_STOPPED);
      g_assert_cmpuint (support_count_status (run, LSC_TASK_STOPPED), ==, 50);
      /* Sleeping threads can't be woken by anybody. */
      if (pool_kinds[k] == LSC_EXECUTOR_THREADS)
        assert_notes (run, "nobody can interrupt what runs on a Python thread");
    }
}

static void
test_terminate (void)
{
  g_autoptr (LscRun) run = new_run ("import os, time\n"
                                    "def rest(n):\n"
                                    "    print(os.getpid(), flush=True)\n"
                                    "    time.sleep(1000)\n",
                                    "rest", support_repeat_input ("1", 2), LSC_EXECUTOR_PROCESSES,
                                    2, "start-method", "forkserver", NULL);
  g_autoptr (GArray) pids = NULL;

  lsc_run_start (run);
  support_wait (has_printed, run);
  lsc_run_terminate (run);
  support_wait_over (run);
  pids = support_list_pids (run);
  for (guint i = 0; i < pids->len; i++)
    support_wait_gone (g_array_index (pids, gint32, i));
}

static void
test_timeout (void)
{
  g_autoptr (LscRun) run = new_run ("import time\ndef rest(n):\n    time.sleep(n)\n    return n\n",
                                    "rest", support_make_inputs ("0", "1000", "0", NULL),
                                    LSC_EXECUTOR_PROCESSES, 1, "timeout", "0.5", NULL);

  run_to_end (run);
  g_assert_cmpint (get_task (run, 0).status, ==, LSC_TASK_DONE);
  g_assert_cmpint (get_task (run, 1).status, ==, LSC_TASK_TIMED_OUT);
  g_assert_cmpint (get_task (run, 2).status, ==, LSC_TASK_DONE);
}

static void
test_environment (void)
{
  g_autoptr (LscRun) run =
      new_run ("import os\ndef look(name): return os.environ.get(name) + '|' + os.getcwd()\n",
               "look", support_make_inputs ("LSC_TRIED", NULL), LSC_EXECUTOR_PROCESSES, 1,
               "environment", "LSC_TRIED=a=b c\n", "folder", "/", NULL);

  run_to_end (run);
  g_assert_cmpstr (get_output (run, 0), ==, "a=b c|/");
}

int
main (int argc, char *argv[])
{
  support_init (&argc, &argv);

  g_test_add_func ("/python/six-answers", test_six_answers);
  g_test_add_func ("/python/lesson", test_lesson);
  g_test_add_func ("/python/async", test_async);
  g_test_add_func ("/python/threads", test_threads);
  g_test_add_func ("/python/processes", test_processes);
  g_test_add_func ("/python/exception", test_exception);
  g_test_add_func ("/python/crashes", test_crashes);
  g_test_add_func ("/python/thread-crash", test_thread_crash);
  g_test_add_func ("/python/retry", test_retry);
  g_test_add_func ("/python/refused", test_refused);
  g_test_add_func ("/python/no-interpreter", test_no_interpreter);
  g_test_add_func ("/python/stop", test_stop);
  g_test_add_func ("/python/terminate", test_terminate);
  g_test_add_func ("/python/timeout", test_timeout);
  g_test_add_func ("/python/environment", test_environment);

  return support_run_tests ();
}

/* test-worker.c: the real worker over pipes, as the engine would drive it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-worker-driver.h"

/* Takes seconds to test: the largest prime below 2^64. */
#define ENDLESS_INPUT "18446744073709551557"

/* ---- results -------------------------------------------------------------------------------- */

static const struct
{
  const char   *input;
  const char   *output;
  LscTaskStatus status;
} numbers[] = {
  { "7", "True", LSC_TASK_DONE },
  { "8", "False", LSC_TASK_DONE },
  { "not a number", NULL, LSC_TASK_FAILED },
  { "7919", "True", LSC_TASK_DONE },
  { "7917", "False", LSC_TASK_DONE },
};

static void
check_results (LscExecutorKind executor, guint n_threads)
{
  gboolean      seen[G_N_ELEMENTS (numbers)] = { FALSE };
  LscWireResult result;
  Driver        driver;

  driver_start (&driver, n_threads);
  driver_set_up (&driver, executor, n_threads, "primes");
  for (guint32 i = 0; i < G_N_ELEMENTS (numbers); i++)
    driver_put (&driver, i, numbers[i].input);
  driver_send (&driver);
  driver_expect_ready (&driver);
  driver_close_tasks (&driver);

  while (driver_next_result (&driver, &result))
    {
      g_assert_cmpuint (result.index, <, G_N_ELEMENTS (numbers));
      g_assert_false (seen[result.index]);
      seen[result.index] = TRUE;
      g_assert_cmpuint (result.lane, <, n_threads);
      g_assert_cmpuint (result.status, ==, numbers[result.index].status);
      if (numbers[result.index].output != NULL)
        g_assert_cmpmem (result.output, result.output_length, numbers[result.index].output,
                         strlen (numbers[result.index].output));
      else
        g_assert_cmpuint (result.output_length, >, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_true (seen[i]);
  expect_exit (&driver, 0);
  driver_clear (&driver);
}

static void
test_results (void)
{
  check_results (LSC_EXECUTOR_SEQUENTIAL, 1);
  check_results (LSC_EXECUTOR_PROCESSES, 1);
  check_results (LSC_EXECUTOR_THREADS, 1);
  check_results (LSC_EXECUTOR_THREADS, 4);
}

/* A window of tasks under way, one more for every result, as the engine does it. */
static void
check_many (LscExecutorKind executor, guint n_threads, guint window)
{
  enum
  {
    N = 20000
  };
  g_autofree guint8 *seen = g_new0 (guint8, N);
  guint32            n_sent = 0;
  guint              n_ended = 0;
  LscWireResult      result;
  LscRecord          records[256];
  Driver             driver;

  driver_start (&driver, n_threads);
  driver_set_up (&driver, executor, n_threads, "empty");
  driver_expect_ready (&driver);
  while (n_ended < N)
    {
      while (n_sent < N && n_sent - n_ended < window)
        {
          char input[16];

          g_snprintf (input, sizeof input, "%u", n_sent);
          driver_put (&driver, n_sent++, input);
        }
      driver_send (&driver);
      g_assert_true (driver_next_result (&driver, &result));
      g_assert_cmpuint (result.status, ==, LSC_TASK_DONE);
      g_assert_cmpuint (seen[result.index]++, ==, 0);
      n_ended++;
      for (guint ring = 0; ring < n_threads; ring++)
        while (lsc_segment_read (driver.segment, ring, records, G_N_ELEMENTS (records)) > 0)
          ;
    }
  driver_close_tasks (&driver);
  g_assert_false (driver_next_result (&driver, &result));
  expect_exit (&driver, 0);
  for (guint ring = 0; ring < n_threads; ring++)
    g_assert_cmpuint (lsc_segment_get_lost (driver.segment, ring), ==, 0);
  driver_clear (&driver);
}

static void
test_many (void)
{
  /* One at a time: every task finds its thread asleep. */
  check_many (LSC_EXECUTOR_SEQUENTIAL, 1, 1);
  check_many (LSC_EXECUTOR_THREADS, 2, 1);
  check_many (LSC_EXECUTOR_THREADS, 3, 3);
  check_many (LSC_EXECUTOR_PROCESSES, 1, 64);
  check_many (LSC_EXECUTOR_THREADS, 4, 256);
}

/* ---- lanes ----------------------------------------------------------------------------------- */

static void
test_every_thread_is_a_lane (void)
{
  enum
  {
    N_THREADS = 4
  };
  guint64       tids[N_THREADS] = { 0 };
  guint         n_task_spans = 0;
  LscWireResult result;
  Driver        driver;

  driver_start (&driver, N_THREADS);
  driver_set_up (&driver, LSC_EXECUTOR_THREADS, N_THREADS, "empty");
  for (guint32 i = 0; i < 100; i++)
    driver_put (&driver, i, "1");
  driver_send (&driver);
  driver_close_tasks (&driver);
  driver_expect_ready (&driver);
  while (driver_next_result (&driver, &result))
    ;
  expect_exit (&driver, 0);

  for (guint ring = 0; ring < N_THREADS; ring++)
    {
      LscRecord     record;
      LscRecordKind last = LSC_RECORD_NONE;
      guint         n_usage = 0;

      while (lsc_segment_read (driver.segment, ring, &record, 1) == 1)
        {
          g_assert_cmpuint (record.lane, ==, ring);
          if (last == LSC_RECORD_NONE)
            {
              g_assert_cmpuint (record.kind, ==, LSC_RECORD_LANE_START);
              tids[ring] = record.value;
            }
          n_usage += record.kind == LSC_RECORD_USAGE;
          n_task_spans += record.kind == LSC_RECORD_SPAN_BEGIN;
          last = record.kind;
        }
      g_assert_cmpuint (last, ==, LSC_RECORD_LANE_END);
      g_assert_cmpuint (n_usage, >=, 4);
      g_assert_cmpuint (tids[ring], >, 0);
      g_assert_cmpuint (tids[ring], !=, driver.pid);
      for (guint other = 0; other < ring; other++)
        g_assert_cmpuint (tids[ring], !=, tids[other]);
    }
  g_assert_cmpuint (n_task_spans, ==, 100);
  driver_clear (&driver);
}

static void
test_one_core (void)
{
  LscWireSetup setup = {
    .n_threads = 2, .executor = LSC_EXECUTOR_THREADS, .one_core = 1, .workload = "empty"
  };
  cpu_set_t allowed;
  Driver    driver;

  driver_start (&driver, 2);
  setup.segment = driver.path;
  lsc_wire_put_setup (&driver.out, &setup);
  driver_send (&driver);
  driver_expect_ready (&driver);
  g_assert_no_errno (sched_getaffinity (driver.pid, sizeof allowed, &allowed));
  g_assert_cmpint (CPU_COUNT (&allowed), ==, 1);
  driver_close_tasks (&driver);
  expect_exit (&driver, 0);
  driver_clear (&driver);
}

/* ---- stopping and dying ---------------------------------------------------------------------- */

static void
wait_for_task (Driver *driver, guint ring, guint32 index)
{
  guint64 start_ns;

  while (lsc_segment_get_task (driver->segment, ring, &start_ns) != index)
    g_usleep (1000);
  g_assert_cmpuint (start_ns, >, 0);
}

static void
test_stop (void)
{
  const struct
  {
    LscExecutorKind executor;
    guint           n_threads;
  } cases[] = {
    { LSC_EXECUTOR_PROCESSES, 1 },
    { LSC_EXECUTOR_THREADS, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LscWireResult result;
      Driver        driver;

      driver_start (&driver, 1);
      driver_set_up (&driver, cases[i].executor, cases[i].n_threads, "primes");
      driver_put (&driver, 0, ENDLESS_INPUT);
      driver_put (&driver, 1, "7");
      driver_send (&driver);
      driver_expect_ready (&driver);
      wait_for_task (&driver, 0, 0);

      /* The pipe stays open: the flag is enough. */
      lsc_segment_request_stop (driver.segment);
      g_assert_true (driver_next_result (&driver, &result));
      g_assert_cmpuint (result.index, ==, 0);
      g_assert_cmpuint (result.status, ==, LSC_TASK_STOPPED);
      /* The other one never began. */
      g_assert_false (driver_next_result (&driver, &result));
      expect_exit (&driver, 0);
      driver_clear (&driver);
    }
}

static void
test_stop_when_idle (void)
{
  const LscExecutorKind executors[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS };

  for (guint i = 0; i < G_N_ELEMENTS (executors); i++)
    {
      Driver driver;

      driver_start (&driver, 2);
      driver_set_up (&driver, executors[i], 2, "empty");
      driver_expect_ready (&driver);
      lsc_segment_request_stop (driver.segment);
      expect_exit (&driver, 0);
      driver_clear (&driver);
    }
}

/* What the engine needs to know who killed a worker: the task that it was on, and
 * the results from before. */
static void
test_killed (void)
{
  LscWireResult result;
  Driver        driver;

  driver_start (&driver, 1);
  driver_set_up (&driver, LSC_EXECUTOR_PROCESSES, 1, "primes");
  driver_put (&driver, 3, "7");
  driver_put (&driver, 4, "8");
  driver_put (&driver, 5, ENDLESS_INPUT);
  driver_put (&driver, 6, "9");
  driver_send (&driver);
  driver_expect_ready (&driver);
  g_assert_true (driver_next_result (&driver, &result));
  g_assert_cmpuint (result.index, ==, 3);
  g_assert_true (driver_next_result (&driver, &result));
  g_assert_cmpuint (result.index, ==, 4);
  wait_for_task (&driver, 0, 5);

  kill (driver.pid, SIGKILL);
  g_assert_cmpint (driver_wait (&driver), ==, SIGKILL);
  g_assert_false (driver_next_result (&driver, &result));
  g_assert_cmpuint (lsc_segment_get_task (driver.segment, 0, &(guint64){ 0 }), ==, 5);
  driver_clear (&driver);
}

static void
test_engine_gone (void)
{
  const LscExecutorKind executors[] = { LSC_EXECUTOR_PROCESSES, LSC_EXECUTOR_THREADS };

  for (guint i = 0; i < G_N_ELEMENTS (executors); i++)
    {
      Driver driver;

      driver_start (&driver, 1);
      driver_set_up (&driver, executors[i], 1, "empty");
      driver_expect_ready (&driver);
      close (driver.results);
      driver.results = -1;
      for (guint32 n = 0; n < 1000; n++)
        driver_put (&driver, n, "1");
      driver_send (&driver);
      /* Without being told to: its results go nowhere. */
      expect_exit (&driver, 0);
      driver_clear (&driver);
    }
}

/* ---- setups that can't be used --------------------------------------------------------------- */

static void
expect_refused (Driver *driver, const char *part)
{
  LscWireFrame     frame;
  const char      *text;
  g_autofree char *why = NULL;
  guint32          length;

  g_assert_true (driver_next (driver, &frame));
  g_assert_true (lsc_wire_get_text (&frame, &text, &length));
  why = g_strndup (text, length);
  g_assert_nonnull (strstr (why, part));
  g_assert_false (driver_next (driver, &frame));
  expect_exit (driver, 1);
  driver_clear (driver);
}

static void
test_refused (void)
{
  LscWireSetup setup = { .n_threads = 1, .executor = LSC_EXECUTOR_PROCESSES, .workload = "primes" };
  Driver       driver;

  driver_start (&driver, 1);
  driver_set_up (&driver, LSC_EXECUTOR_PROCESSES, 1, "no-such-workload");
  expect_refused (&driver, "no-such-workload");

  driver_start (&driver, 1);
  driver_set_up (&driver, LSC_EXECUTOR_CLUSTER, 1, "primes");
  expect_refused (&driver, "way");

  driver_start (&driver, 2);
  driver_set_up (&driver, LSC_EXECUTOR_THREADS, 3, "primes");
  expect_refused (&driver, "3 threads, but 2 rings");

  driver_start (&driver, 1);
  setup.segment = "/nowhere/segment";
  lsc_wire_put_setup (&driver.out, &setup);
  driver_send (&driver);
  expect_refused (&driver, "/nowhere/segment");

  driver_start (&driver, 1);
  setup.segment = driver.path;
  setup.settings = "no-such-setting\0001";
  setup.settings_length = 18;
  lsc_wire_put_setup (&driver.out, &setup);
  driver_send (&driver);
  expect_refused (&driver, "");

  driver_start (&driver, 1);
  driver_put (&driver, 0, "7");
  driver_send (&driver);
  expect_refused (&driver, "not a setup");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  g_test_add_func ("/worker/results", test_results);
  g_test_add_func ("/worker/many", test_many);
  g_test_add_func ("/worker/every-thread-is-a-lane", test_every_thread_is_a_lane);
  g_test_add_func ("/worker/one-core", test_one_core);
  g_test_add_func ("/worker/stop", test_stop);
  g_test_add_func ("/worker/stop-when-idle", test_stop_when_idle);
  g_test_add_func ("/worker/killed", test_killed);
  g_test_add_func ("/worker/engine-gone", test_engine_gone);
  g_test_add_func ("/worker/refused", test_refused);
  return g_test_run ();
}

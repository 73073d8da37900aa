/* test-worker-lanes.c: lanes of the real worker that are asked to end, one by one.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "lsc-worker-driver.h"

/* Nobody waits for the next round. */
#define HOURLY "interval\0003600"

/* Until a line of each of the first `n` tasks has come. */
static void
wait_for_lines (Driver *driver, guint n)
{
  guint seen = 0;

  while (seen != (1u << n) - 1)
    {
      LscWireFrame  frame;
      LscWireOutput output;

      g_assert_true (driver_next (driver, &frame));
      if (!lsc_wire_get_output (&frame, &output))
        continue;
      g_assert_cmpmem (output.bytes, output.length, "do WORK\n", 8);
      seen |= 1u << output.index;
    }
}

/* The text that comes before the result, and the result. */
static LscWireResult
expect_retired (Driver *driver)
{
  LscWireFrame  frame;
  LscWireOutput output;
  LscWireResult result;

  g_assert_true (driver_next (driver, &frame));
  g_assert_true (lsc_wire_get_output (&frame, &output));
  g_assert_cmpmem (output.bytes, output.length, "retired\n", 8);
  g_assert_true (driver_next (driver, &frame));
  g_assert_true (lsc_wire_get_result (&frame, &result));
  g_assert_cmpuint (result.index, ==, output.index);
  g_assert_cmpuint (result.status, ==, LSC_TASK_DONE);
  g_assert_cmpmem (result.output, result.output_length, "1", 1);
  return result;
}

static void
start_loops (Driver *driver, LscExecutorKind executor, guint n_threads, guint n_loops)
{
  driver_start (driver, n_threads);
  driver_set_up_with (driver, executor, n_threads, "loop", HOURLY, sizeof HOURLY, 0);
  for (guint32 i = 0; i < n_loops; i++)
    driver_put (driver, i, "loop");
  driver_send (driver);
  driver_expect_ready (driver);
}

/* Kinds of the last two records of a ring. */
static void
read_end (Driver *driver, guint ring, LscRecord last[2])
{
  LscRecord record;

  while (lsc_segment_read (driver->segment, ring, &record, 1) == 1)
    {
      last[0] = last[1];
      last[1] = record;
    }
}

static void
expect_joined (Driver *driver, guint ring)
{
  LscRecord last[2] = { 0 };

  read_end (driver, ring, last);
  g_assert_cmpuint (last[0].kind, ==, LSC_RECORD_LANE_END);
  g_assert_cmpuint (last[1].kind, ==, LSC_RECORD_MARK);
  g_assert_cmpuint (last[1].category, ==, LSC_MARK_JOINED);
  g_assert_cmpuint (last[1].time_ns, >=, last[0].time_ns);
}

/* One thread after the other is asked; the third one ends with the worker. Nothing is sent, and
 * the task pipe stays open: the requests are enough. */
static void
test_threads (void)
{
  Driver        driver;
  LscWireResult result;
  guint         lane_of[3];
  guint         first, second;

  start_loops (&driver, LSC_EXECUTOR_THREADS, 3, 3);
  wait_for_lines (&driver, 3);
  for (guint ring = 0; ring < 3; ring++)
    lane_of[lsc_segment_get_task (driver.segment, ring, NULL)] = ring;

  first = lane_of[1];
  lsc_segment_ask (driver.segment, first, LSC_ASKED_STOP);
  result = expect_retired (&driver);
  g_assert_cmpuint (result.index, ==, 1);
  g_assert_cmpuint (result.lane, ==, first);

  /* The others go on. */
  second = lane_of[2];
  lsc_segment_ask (driver.segment, second, LSC_ASKED_STOP);
  result = expect_retired (&driver);
  g_assert_cmpuint (result.index, ==, 2);
  g_assert_cmpuint (lsc_segment_get_task (driver.segment, lane_of[0], NULL), ==, 0);

  lsc_segment_request_stop (driver.segment);
  result = expect_retired (&driver);
  g_assert_cmpuint (result.index, ==, 0);
  g_assert_false (driver_next_result (&driver, &result));
  expect_exit (&driver, 0);
  for (guint ring = 0; ring < 3; ring++)
    expect_joined (&driver, ring);
  driver_clear (&driver);
}

/* A worker whose lanes have all been asked ends, whatever waits in its pipe. */
static void
test_all_lanes (void)
{
  const struct
  {
    LscExecutorKind executor;
    guint           n_threads;
    guint           n_loops;
  } cases[] = {
    { LSC_EXECUTOR_PROCESSES, 1, 1 },
    { LSC_EXECUTOR_THREADS, 2, 2 },
    { LSC_EXECUTOR_ASYNC, 1, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Driver        driver;
      LscWireResult result;

      start_loops (&driver, cases[i].executor, cases[i].n_threads, cases[i].n_loops);
      wait_for_lines (&driver, cases[i].n_loops);
      if (cases[i].executor != LSC_EXECUTOR_ASYNC)
        {
          driver_put (&driver, 7, "never");
          driver_send (&driver);
        }
      for (guint ring = 0; ring < cases[i].n_threads; ring++)
        lsc_segment_ask (driver.segment, ring, LSC_ASKED_STOP);
      for (guint n = 0; n < cases[i].n_loops; n++)
        {
          g_assert_true (driver_next_result (&driver, &result));
          g_assert_cmpuint (result.status, ==, LSC_TASK_DONE);
          g_assert_cmpuint (result.index, !=, 7);
        }
      g_assert_false (driver_next_result (&driver, &result));
      expect_exit (&driver, 0);
      driver_clear (&driver);
    }
}

/* To be joined is not to be stopped: the task goes on to its end, and is the last one. */
static void
test_join (void)
{
  const LscExecutorKind executors[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS };

  for (guint i = 0; i < G_N_ELEMENTS (executors); i++)
    {
      Driver        driver;
      LscWireFrame  frame;
      LscWireOutput output;
      LscWireResult result;

      driver_start (&driver, 1);
      driver_set_up_with (&driver, executors[i], 1, "ramen", "speed\000200", 10, 0);
      driver_put (&driver, 0, "first");
      driver_put (&driver, 1, "second");
      driver_send (&driver);
      driver_expect_ready (&driver);
      g_assert_true (driver_next (&driver, &frame));
      g_assert_true (lsc_wire_get_output (&frame, &output));
      lsc_segment_ask (driver.segment, 0, LSC_ASKED_JOIN);
      g_assert_true (driver_next_result (&driver, &result));
      g_assert_cmpuint (result.index, ==, 0);
      g_assert_cmpuint (result.status, ==, LSC_TASK_DONE);
      g_assert_false (driver_next_result (&driver, &result));
      expect_exit (&driver, 0);
      driver_clear (&driver);
    }
}

/* Whoever has nothing to do notices as well. */
static void
test_idle (void)
{
  const LscExecutorKind executors[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_ASYNC,
                                        LSC_EXECUTOR_THREADS };

  for (guint i = 0; i < G_N_ELEMENTS (executors); i++)
    {
      Driver driver;

      driver_start (&driver, 1);
      driver_set_up (&driver, executors[i], 1, "ramen");
      driver_expect_ready (&driver);
      lsc_segment_ask (driver.segment, 0, LSC_ASKED_JOIN);
      expect_exit (&driver, 0);
      if (executors[i] == LSC_EXECUTOR_THREADS)
        expect_joined (&driver, 0);
      driver_clear (&driver);
    }
}

/* A stop of the whole worker in every mode: each loop says its last word and is done. */
static void
test_stop (void)
{
  const LscExecutorKind executors[] = { LSC_EXECUTOR_PROCESSES, LSC_EXECUTOR_ASYNC,
                                        LSC_EXECUTOR_THREADS };

  for (guint i = 0; i < G_N_ELEMENTS (executors); i++)
    {
      Driver        driver;
      LscWireResult result;

      start_loops (&driver, executors[i], 1, 1);
      wait_for_lines (&driver, 1);
      lsc_segment_request_stop (driver.segment);
      expect_retired (&driver);
      g_assert_false (driver_next_result (&driver, &result));
      expect_exit (&driver, 0);
      driver_clear (&driver);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/lanes/threads", test_threads);
  g_test_add_func ("/worker/lanes/all-lanes", test_all_lanes);
  g_test_add_func ("/worker/lanes/join", test_join);
  g_test_add_func ("/worker/lanes/idle", test_idle);
  g_test_add_func ("/worker/lanes/stop", test_stop);
  return g_test_run ();
}

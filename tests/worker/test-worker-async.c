/* test-worker-async.c: tasks that take turns on the real worker's one thread.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What overlaps is seen in the order of what the worker says and records, not in
 * how long anything took.
 */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lsc-worker-driver.h"

#define N_BOWLS 4

/* A kitchen ten times as fast; one as it is; one in which everything takes ages. */
#define QUICK "speed\0001000"
#define PLAIN "speed\000100"
#define SLOW  "speed\00010"

static void
set_up_kitchen (Driver *driver, LscExecutorKind executor, const char *settings, gsize length)
{
  driver_set_up_with (driver, executor, 1, "ramen", settings, length, 0);
  for (guint32 i = 0; i < N_BOWLS; i++)
    {
      g_autofree char *name = g_strdup_printf ("bowl %u", i + 1);

      driver_put (driver, i, name);
    }
  driver_send (driver);
}

typedef struct
{
  guint n_started;
  guint n_boiled;
  guint n_served; /* lines */
  guint n_results;
  guint n_boiled_at_first_served;
  guint n_started_at_first_boiled;
} Progress;

static void
take_frame (Progress *progress, const LscWireFrame *frame)
{
  LscWireStarted started;
  LscWireOutput  output;
  LscWireResult  result;

  if (lsc_wire_get_started (frame, &started))
    {
      g_assert_cmpuint (started.index, ==, progress->n_started++);
      g_assert_cmpuint (started.lane, ==, 0);
      return;
    }
  if (lsc_wire_get_output (frame, &output))
    {
      g_autofree char *boiled = g_strdup_printf ("bowl %u: the water boils\n", output.index + 1);
      g_autofree char *served = g_strdup_printf ("bowl %u: served\n", output.index + 1);
      g_autofree char *line = g_strndup (output.bytes, output.length);

      if (g_str_equal (line, boiled))
        {
          if (progress->n_boiled++ == 0)
            progress->n_started_at_first_boiled = progress->n_started;
          return;
        }
      g_assert_cmpstr (line, ==, served);
      if (progress->n_served++ == 0)
        progress->n_boiled_at_first_served = progress->n_boiled;
      return;
    }
  g_assert_true (lsc_wire_get_result (frame, &result));
  g_assert_cmpuint (result.status, ==, LSC_TASK_DONE);
  g_assert_cmpmem (result.output, result.output_length, "served", 6);
  g_assert_cmpuint (result.end_ns, >, result.start_ns);
  g_assert_cmpuint (result.user_ns + result.system_ns, >, 0);
  g_assert_cmpuint (result.user_ns + result.system_ns, <=, result.end_ns - result.start_ns);
  progress->n_results++;
}

static Progress
cook (LscExecutorKind executor, Driver *driver)
{
  Progress     progress = { 0 };
  LscWireFrame frame;

  driver_start (driver, 1);
  set_up_kitchen (driver, executor, QUICK, sizeof QUICK);
  driver_expect_ready (driver);
  driver_close_tasks (driver);
  while (driver_next (driver, &frame))
    take_frame (&progress, &frame);
  expect_exit (driver, 0);
  g_assert_cmpuint (progress.n_results, ==, N_BOWLS);
  g_assert_cmpuint (progress.n_boiled, ==, N_BOWLS);
  g_assert_cmpuint (progress.n_served, ==, N_BOWLS);
  return progress;
}

/* Every pot is on before the first one boils, and all have boiled before the first bowl is served:
 * that one has longer to go than any other has to wait. */
static void
test_overlap (void)
{
  Driver   driver;
  Progress progress = cook (LSC_EXECUTOR_ASYNC, &driver);

  g_assert_cmpuint (progress.n_started_at_first_boiled, ==, N_BOWLS);
  g_assert_cmpuint (progress.n_boiled_at_first_served, ==, N_BOWLS);
  driver_clear (&driver);
}

/* The same tasks on a thread that waits: one bowl after the other, and nobody says "started",
 * because the ring shows it. */
static void
test_no_overlap (void)
{
  Driver    driver;
  Progress  progress = cook (LSC_EXECUTOR_SEQUENTIAL, &driver);
  guint     n_waiting = 0;
  guint     state = LSC_STATE_UNKNOWN;
  LscRecord record;

  g_assert_cmpuint (progress.n_started, ==, 0);
  g_assert_cmpuint (progress.n_boiled_at_first_served, ==, 1);
  while (lsc_segment_read (driver.segment, 0, &record, 1) == 1)
    if (record.kind == LSC_RECORD_STATE)
      {
        /* It works, waits, works; between two bowls it is in no state. */
        g_assert_cmpuint (record.category, !=, state);
        g_assert_true (record.category == LSC_STATE_RUNNING || state == LSC_STATE_RUNNING);
        state = record.category;
        n_waiting += state == LSC_STATE_WAITING;
      }
  g_assert_cmpuint (state, ==, LSC_STATE_UNKNOWN);
  g_assert_cmpuint (n_waiting, >=, N_BOWLS);
  g_assert_cmpuint (n_waiting, <=, 2 * N_BOWLS);
  driver_clear (&driver);
}

typedef struct
{
  guint n_turns[N_BOWLS];
  guint depth;
  guint max_depth;
  guint last_state;
} Lane;

static void
take_record (Lane *lane, const LscRecord *record)
{
  switch (record->kind)
    {
    case LSC_RECORD_SPAN_BEGIN:
      if (lane->depth++ == 0)
        {
          g_assert_cmpuint (record->category, ==, LSC_CATEGORY_TASK);
          /* Told before the turn begins, or with it. */
          g_assert_cmpuint (lane->last_state, ==, LSC_STATE_RUNNING);
          lane->n_turns[record->task]++;
        }
      lane->max_depth = MAX (lane->max_depth, lane->depth);
      break;
    case LSC_RECORD_SPAN_END:
      g_assert_cmpuint (lane->depth, >, 0);
      lane->depth--;
      g_assert_cmpuint (record->value, ==, LSC_TASK_DONE);
      break;
    case LSC_RECORD_STATE:
      /* It goes to sleep between turns. */
      g_assert_cmpuint (lane->depth, ==, 0);
      g_assert_cmpuint (record->category, !=, lane->last_state);
      lane->last_state = record->category;
      break;
    default:
      break;
    }
}

/* Turns follow each other and never overlap; each bowl has three: before the boiling, between it
 * and the cooking, after that. */
static void
test_turns (void)
{
  Driver    driver;
  Lane      lane = { 0 };
  LscRecord record;

  cook (LSC_EXECUTOR_ASYNC, &driver);
  while (lsc_segment_read (driver.segment, 0, &record, 1) == 1)
    take_record (&lane, &record);
  for (guint i = 0; i < N_BOWLS; i++)
    g_assert_cmpuint (lane.n_turns[i], ==, 3);
  g_assert_cmpuint (lane.depth, ==, 0);
  /* A task and its step: the steps that go on are begun again inside the turn. */
  g_assert_cmpuint (lane.max_depth, ==, 2);
  g_assert_cmpuint (lane.last_state, ==, LSC_STATE_UNKNOWN);
  g_assert_cmpuint (lsc_segment_get_task (driver.segment, 0, NULL), ==, LSC_NO_TASK);
  driver_clear (&driver);
}

static void
wait_for_starts (Driver *driver)
{
  LscWireFrame   frame;
  LscWireStarted started;

  for (guint i = 0; i < N_BOWLS; i++)
    {
      g_assert_true (driver_next (driver, &frame));
      g_assert_true (lsc_wire_get_started (&frame, &started));
    }
}

/* Whether they wait or compute; the pipe stays open. */
static void
test_stop (void)
{
  for (guint by_lane = 0; by_lane < 2; by_lane++)
    {
      LscWireResult result;
      Driver        driver;

      driver_start (&driver, 1);
      set_up_kitchen (&driver, LSC_EXECUTOR_ASYNC, SLOW, sizeof SLOW);
      driver_expect_ready (&driver);
      wait_for_starts (&driver);
      if (by_lane)
        lsc_segment_ask (driver.segment, 0, LSC_ASKED_STOP);
      else
        lsc_segment_request_stop (driver.segment);
      for (guint i = 0; i < N_BOWLS; i++)
        {
          g_assert_true (driver_next_result (&driver, &result));
          g_assert_cmpuint (result.status, ==, LSC_TASK_STOPPED);
        }
      g_assert_false (driver_next_result (&driver, &result));
      expect_exit (&driver, 0);
      driver_clear (&driver);
    }
}

/* A kitchen of ages, and a second for each bowl: they end while they wait, one by one, and the
 * worker goes on. */
static void
test_timeout (void)
{
  LscWireResult result;
  Driver        driver;

  driver_start (&driver, 1);
  driver_set_up_with (&driver, LSC_EXECUTOR_ASYNC, 1, "ramen", SLOW, sizeof SLOW,
                      G_GINT64_CONSTANT (500000000));
  driver_put (&driver, 0, "a");
  driver_put (&driver, 1, "b");
  driver_send (&driver);
  driver_expect_ready (&driver);
  driver_close_tasks (&driver);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (driver_next_result (&driver, &result));
      g_assert_cmpuint (result.status, ==, LSC_TASK_TIMED_OUT);
      g_assert_cmpuint (result.output_length, >, 20);
      g_assert_cmpmem (result.output, 20, "took longer than 500", 20);
      g_assert_cmpuint (result.end_ns - result.start_ns, >=, 500000000);
    }
  g_assert_false (driver_next_result (&driver, &result));
  expect_exit (&driver, 0);
  driver_clear (&driver);
}

/* Thousands at once, more than there are places in the pipe. */
static void
test_many (void)
{
  enum
  {
    N = 3000
  };
  g_autofree guint8 *seen = g_new0 (guint8, N);
  LscRecord          records[256];
  LscWireFrame       frame;
  LscWireResult      result;
  Driver             driver;
  guint              n = 0;

  driver_start (&driver, 1);
  driver_set_up_with (&driver, LSC_EXECUTOR_ASYNC, 1, "ramen", "speed\00010000", 12, 0);
  for (guint32 i = 0; i < N; i++)
    driver_put (&driver, i, "bowl");
  driver_send (&driver);
  driver_close_tasks (&driver);
  while (driver_next (&driver, &frame))
    {
      while (lsc_segment_read (driver.segment, 0, records, G_N_ELEMENTS (records)) > 0)
        ;
      if (!lsc_wire_get_result (&frame, &result))
        continue;
      g_assert_cmpuint (result.status, ==, LSC_TASK_DONE);
      g_assert_cmpuint (seen[result.index]++, ==, 0);
      n++;
    }
  g_assert_cmpuint (n, ==, N);
  expect_exit (&driver, 0);
  g_assert_cmpuint (lsc_segment_get_lost (driver.segment, 0), ==, 0);
  driver_clear (&driver);
}

/* The lane's state after what there is by now. */
static guint
read_state (Driver *driver, guint state)
{
  LscRecord record;

  while (lsc_segment_read (driver->segment, 0, &record, 1) > 0)
    if (record.kind == LSC_RECORD_STATE)
      state = record.category;
  return state;
}

/* FALSE when all were done, or it had gone on, before it was stopped. */
static gboolean
stop_while_waiting (Driver *driver)
{
  guint state = LSC_STATE_RUNNING;
  int   status;

  while ((state = read_state (driver, state)) == LSC_STATE_RUNNING)
    g_usleep (1000);
  if (state != LSC_STATE_WAITING)
    return FALSE;
  kill (driver->pid, SIGSTOP);
  g_assert_cmpint (waitpid (driver->pid, &status, WUNTRACED), ==, driver->pid);
  g_assert_true (WIFSTOPPED (status));
  return read_state (driver, state) == LSC_STATE_WAITING;
}

/* Where the cook gets little of a core there are always some hands at work: then one bowl alone,
 * for which there is nothing to do but to wait, again and again. */
static void
stop_while_one_waits (Driver *driver)
{
  LscWireFrame   frame;
  LscWireStarted started;
  LscWireResult  result;
  guint32        index = N_BOWLS;

  do
    {
      kill (driver->pid, SIGCONT);
      driver_put (driver, index, "one more");
      driver_send (driver);
      do
        g_assert_true (driver_next (driver, &frame));
      while (!lsc_wire_get_started (&frame, &started) || started.index != index);
      index++;
      if (stop_while_waiting (driver))
        return;
      kill (driver->pid, SIGCONT);
      do
        g_assert_true (driver_next_result (driver, &result));
      while (result.index != index - 1);
    }
  while (TRUE);
}

/* Those that waited when it died are nobody's: its ring names the one on the thread, or none. */
static void
test_killed_while_all_wait (void)
{
  LscWireResult result;
  Driver        driver;

  driver_start (&driver, 1);
  set_up_kitchen (&driver, LSC_EXECUTOR_ASYNC, PLAIN, sizeof PLAIN);
  driver_expect_ready (&driver);
  wait_for_starts (&driver);
  if (!stop_while_waiting (&driver))
    {
      kill (driver.pid, SIGCONT);
      for (guint i = 0; i < N_BOWLS; i++)
        g_assert_true (driver_next_result (&driver, &result));
      stop_while_one_waits (&driver);
    }
  kill (driver.pid, SIGKILL);
  g_assert_cmpint (driver_wait (&driver), ==, SIGKILL);
  g_assert_cmpuint (lsc_segment_get_task (driver.segment, 0, NULL), ==, LSC_NO_TASK);
  driver_clear (&driver);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/async/overlap", test_overlap);
  g_test_add_func ("/worker/async/no-overlap", test_no_overlap);
  g_test_add_func ("/worker/async/turns", test_turns);
  g_test_add_func ("/worker/async/stop", test_stop);
  g_test_add_func ("/worker/async/timeout", test_timeout);
  g_test_add_func ("/worker/async/many", test_many);
  g_test_add_func ("/worker/async/killed-while-all-wait", test_killed_while_all_wait);
  return g_test_run ();
}

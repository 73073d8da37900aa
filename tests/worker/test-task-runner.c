/* test-task-runner.c: tasks of all kinds, stepped by a runner on this thread.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "lsc-runner-fixture.h"

static void
run (Fixture *fixture, guint32 index, const char *input)
{
  lsc_task_runner_run (&fixture->runner, index, input, strlen (input));
}

static void
expect_result (Fixture *fixture, guint32 index, LscTaskStatus status, const char *text)
{
  LscWireFrame  frame;
  LscWireResult result;

  lsc_worker_lane_flush (&fixture->lane, FALSE);
  frame = fixture_next_frame (fixture);
  g_assert_true (lsc_wire_get_result (&frame, &result));
  g_assert_cmpuint (result.index, ==, index);
  g_assert_cmpuint (result.status, ==, status);
  g_assert_cmpuint (result.end_ns, >=, result.start_ns);
  g_assert_cmpuint (result.user_ns + result.system_ns, <=, result.end_ns - result.start_ns);
  g_assert_cmpmem (result.output, result.output_length, text, strlen (text));
}

static LscRecord
expect_record (Fixture *fixture, LscRecordKind kind, guint32 task)
{
  LscRecord record = { 0 };

  g_assert_cmpuint (lsc_segment_read (fixture->segment, 0, &record, 1), ==, 1);
  g_assert_cmpuint (record.kind, ==, kind);
  g_assert_cmpuint (record.task, ==, task);
  return record;
}

static void
expect_no_record (Fixture *fixture)
{
  LscRecord record;

  g_assert_cmpuint (lsc_segment_read (fixture->segment, 0, &record, 1), ==, 0);
}

/* ---- spans, output, result -------------------------------------------------------------- */

typedef struct
{
  guint n_steps;
} Talker;

static LscStep
talker_step (gpointer data, LscTaskContext *context)
{
  Talker *talker = data;

  /* Zeroed for every task. */
  g_assert_cmpuint (talker->n_steps, <, 2);
  if (talker->n_steps++ == 0)
    {
      context->begin_span (context, "chop", 2);
      context->print (context, "chopping\n", -1);
      context->end_span (context);
      return LSC_STEP_AGAIN;
    }
  context->begin_span (context, "cook", 3);
  context->set_result (context, "not this", -1);
  context->set_result (context, "soup!", 4);
  return LSC_STEP_DONE;
}

static const LscTaskClass talker_class = { .size = sizeof (Talker), .step = talker_step };

static void
expect_span (Fixture *fixture, guint32 task, const char *name, guint category)
{
  LscRecord begin = expect_record (fixture, LSC_RECORD_SPAN_BEGIN, task);
  LscRecord end = expect_record (fixture, LSC_RECORD_SPAN_END, task);
  char      text[64];

  g_assert_true (lsc_segment_get_string (fixture->segment, begin.name, text, sizeof text));
  g_assert_cmpstr (text, ==, name);
  g_assert_cmpuint (begin.category, ==, category);
  g_assert_cmpuint (end.time_ns, >=, begin.time_ns);
}

static void
test_spans_output_result (void)
{
  Fixture       fixture;
  LscWireOutput output;
  LscWireFrame  frame;
  LscRecord     record;

  fixture_set_up (&fixture, &talker_class);
  record = expect_record (&fixture, LSC_RECORD_LANE_START, LSC_NO_TASK);
  g_assert_cmpuint (record.value, ==, getpid ());

  for (guint32 i = 0; i < 3; i++)
    {
      run (&fixture, i, "x");
      g_assert_cmpuint (lsc_segment_get_task (fixture.segment, 0, &(guint64){ 0 }), ==,
                        LSC_NO_TASK);

      record = expect_record (&fixture, LSC_RECORD_SPAN_BEGIN, i);
      g_assert_cmpuint (record.category, ==, LSC_CATEGORY_TASK);
      g_assert_cmpuint (record.name, ==, 0);
      expect_span (&fixture, i, "chop", 2);
      /* Left open by the task. */
      expect_span (&fixture, i, "cook", 3);
      record = expect_record (&fixture, LSC_RECORD_SPAN_END, i);
      g_assert_cmpuint (record.value, ==, LSC_TASK_DONE);
      expect_no_record (&fixture);
    }

  lsc_worker_lane_flush (&fixture.lane, FALSE);
  for (guint32 i = 0; i < 3; i++)
    {
      frame = fixture_next_frame (&fixture);
      g_assert_true (lsc_wire_get_output (&frame, &output));
      g_assert_cmpuint (output.index, ==, i);
      g_assert_cmpuint (output.stream, ==, 1);
      g_assert_cmpmem (output.bytes, output.length, "chopping\n", 9);
      expect_result (&fixture, i, LSC_TASK_DONE, "soup");
    }
  fixture_tear_down (&fixture);
}

/* ---- failures ---------------------------------------------------------------------------- */

static guint n_cleared;

static gboolean
failer_init (gpointer        data,
             LscTaskContext *context,
             LscSettings    *settings,
             const char     *input,
             gsize           length)
{
  g_assert_cmpint (input[length], ==, '\0');
  if (strcmp (input, "bad") == 0)
    {
      context->fail (context, "bad input");
      return FALSE;
    }
  return strcmp (input, "silent") != 0;
}

static LscStep
failer_step (gpointer data, LscTaskContext *context)
{
  context->fail (context, "no luck");
  context->set_result (context, "but a result", -1);
  return LSC_STEP_DONE;
}

static void
failer_clear (gpointer data)
{
  n_cleared++;
}

static const LscTaskClass failer_class = { .size = 8,
                                           .init = failer_init,
                                           .step = failer_step,
                                           .clear = failer_clear };

static void
test_failures (void)
{
  Fixture fixture;

  n_cleared = 0;
  fixture_set_up (&fixture, &failer_class);
  run (&fixture, 1, "bad");
  run (&fixture, 2, "silent");
  run (&fixture, 3, "fine");
  expect_result (&fixture, 1, LSC_TASK_FAILED, "bad input");
  expect_result (&fixture, 2, LSC_TASK_FAILED, "The input can't be used");
  expect_result (&fixture, 3, LSC_TASK_FAILED, "no luck");
  g_assert_cmpuint (n_cleared, ==, 3);
  fixture_tear_down (&fixture);
}

/* ---- inputs and results of every length ----------------------------------------------------- */

static gboolean
echo_init (gpointer        data,
           LscTaskContext *context,
           LscSettings    *settings,
           const char     *input,
           gsize           length)
{
  context->set_result (context, input, (gssize)length);
  return TRUE;
}

static LscStep
echo_step (gpointer data, LscTaskContext *context)
{
  return LSC_STEP_DONE;
}

static const LscTaskClass echo_class = { .size = 0, .init = echo_init, .step = echo_step };

static void
test_lengths (void)
{
  const gsize      lengths[] = { 0, 1, 255, 256, 300, 50000, 3, 0 };
  g_autofree char *text = g_malloc (50001);
  Fixture          fixture;

  memset (text, 'y', 50000);
  text[50000] = '\0';
  fixture_set_up (&fixture, &echo_class);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      const char *end = text + 50000 - lengths[i];

      lsc_task_runner_run (&fixture.runner, i, end, lengths[i]);
      expect_result (&fixture, i, LSC_TASK_DONE, end);
    }
  fixture_tear_down (&fixture);
}

static LscStep
huge_step (gpointer data, LscTaskContext *context)
{
  g_autofree char *text = g_malloc (LSC_WIRE_MAX_FRAME);

  memset (text, 'z', LSC_WIRE_MAX_FRAME);
  context->set_result (context, text, LSC_WIRE_MAX_FRAME);
  return LSC_STEP_DONE;
}

static const LscTaskClass huge_class = { .size = 0, .step = huge_step };

static void
test_result_too_long (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, &huge_class);
  run (&fixture, 5, "");
  expect_result (&fixture, 5, LSC_TASK_FAILED, "The result is longer than 16 MB");
  fixture_tear_down (&fixture);
}

/* ---- waiting --------------------------------------------------------------------------------- */

static void
burn (LscTaskContext *context)
{
  gint64 end_ns = context->get_now_ns (context) + 30 * 1000000;

  while (context->get_now_ns (context) < end_ns)
    ;
}

static struct
{
  Fixture *fixture;
  int      fds[2];
  gint64   wake_ns;
} waiter;

typedef struct
{
  guint n_steps;
} Waiter;

static LscStep
waiter_step (gpointer data, LscTaskContext *context)
{
  Waiter       *self = data;
  struct pollfd fd = { .fd = waiter.fixture->read_end, .events = POLLIN };

  switch (self->n_steps++)
    {
    case 0:
      burn (context);
      return LSC_STEP_AGAIN;
    case 1:
      /* The result of the task before did not wait for this one's end. */
      g_assert_cmpint (poll (&fd, 1, 0), ==, 1);
      waiter.wake_ns = context->get_now_ns (context) + 3 * 1000000;
      context->wait_until (context, waiter.wake_ns);
      return LSC_STEP_WAIT;
    case 2:
      g_assert_cmpint (context->get_now_ns (context), >=, waiter.wake_ns);
      context->wait_fd (context, waiter.fds[1], TRUE);
      return LSC_STEP_WAIT;
    case 3:
      g_assert_cmpint (write (waiter.fds[1], "x", 1), ==, 1);
      context->wait_fd (context, waiter.fds[0], FALSE);
      return LSC_STEP_WAIT;
    default:
      fd.fd = waiter.fds[0];
      g_assert_cmpint (poll (&fd, 1, 0), ==, 1);
      context->set_result (context, "woken", -1);
      return LSC_STEP_DONE;
    }
}

static gboolean
waiter_init (gpointer        data,
             LscTaskContext *context,
             LscSettings    *settings,
             const char     *input,
             gsize           length)
{
  if (*input == 'w')
    return TRUE;
  context->fail (context, "first");
  return FALSE;
}

static const LscTaskClass waiter_class = { .size = sizeof (Waiter),
                                           .init = waiter_init,
                                           .step = waiter_step };

static void
test_waiting (void)
{
  Fixture fixture;

  fixture_set_up (&fixture, &waiter_class);
  waiter.fixture = &fixture;
  g_assert_no_errno (pipe2 (waiter.fds, O_CLOEXEC));
  run (&fixture, 1, "first");
  run (&fixture, 2, "wait");
  expect_result (&fixture, 1, LSC_TASK_FAILED, "first");
  expect_result (&fixture, 2, LSC_TASK_DONE, "woken");
  close (waiter.fds[0]);
  close (waiter.fds[1]);
  fixture_tear_down (&fixture);
}

/* ---- stopping -------------------------------------------------------------------------------- */

static guint n_steps_after_stop;

static LscStep
endless_step (gpointer data, LscTaskContext *context)
{
  LscTaskRunner *runner = (LscTaskRunner *)context;

  if (context->stop_requested (context))
    n_steps_after_stop++;
  lsc_segment_request_stop (runner->lane->segment);
  if (*runner->input == 'w')
    {
      context->wait_until (context, G_MAXINT64);
      return LSC_STEP_WAIT;
    }
  return LSC_STEP_AGAIN;
}

static const LscTaskClass endless_class = { .size = 0,
                                            .step = endless_step,
                                            .clear = failer_clear };

static void
test_stop (void)
{
  const char *const inputs[] = { "again", "wait" };

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      Fixture   fixture;
      LscRecord record;

      n_cleared = n_steps_after_stop = 0;
      fixture_set_up (&fixture, &endless_class);
      run (&fixture, 1, inputs[i]);
      expect_result (&fixture, 1, LSC_TASK_STOPPED, "");
      g_assert_cmpuint (n_cleared, ==, 1);
      g_assert_cmpuint (n_steps_after_stop, ==, 0);
      expect_record (&fixture, LSC_RECORD_LANE_START, LSC_NO_TASK);
      expect_record (&fixture, LSC_RECORD_SPAN_BEGIN, 1);
      record = expect_record (&fixture, LSC_RECORD_SPAN_END, 1);
      g_assert_cmpuint (record.value, ==, LSC_TASK_STOPPED);
      fixture_tear_down (&fixture);
    }
}

/* ---- usage ----------------------------------------------------------------------------------- */

static LscStep
burner_step (gpointer data, LscTaskContext *context)
{
  burn (context);
  return LSC_STEP_DONE;
}

static const LscTaskClass burner_class = { .size = 0, .step = burner_step };

static void
test_usage (void)
{
  Fixture       fixture;
  LscWireFrame  frame;
  LscWireResult result;
  LscRecord     record;
  guint64       usage[LSC_USAGE_INVOLUNTARY + 1] = { 0 };
  guint64       cpu_ns = 0;

  fixture_set_up (&fixture, &burner_class);
  for (guint i = 0; i < 2; i++)
    {
      run (&fixture, i, "");
      frame = fixture_next_frame (&fixture);
      g_assert_true (lsc_wire_get_result (&frame, &result));
      cpu_ns += result.user_ns + result.system_ns;
    }
  g_assert_cmpuint (cpu_ns, >, 0);

  /* At the end the lane tells its own account, then that it ends. */
  lsc_worker_lane_retire (&fixture.lane);
  while (lsc_segment_read (fixture.segment, 0, &record, 1) == 1 && record.kind != LSC_RECORD_USAGE)
    ;
  while (record.kind == LSC_RECORD_USAGE)
    {
      g_assert_cmpuint (record.category, <=, LSC_USAGE_INVOLUNTARY);
      usage[record.category] = record.value;
      g_assert_cmpuint (lsc_segment_read (fixture.segment, 0, &record, 1), ==, 1);
    }
  g_assert_cmpuint (record.kind, ==, LSC_RECORD_LANE_END);
  expect_no_record (&fixture);
  g_assert_cmpuint (usage[LSC_USAGE_USER_NS] + usage[LSC_USAGE_SYSTEM_NS], >=, cpu_ns);
  fixture_tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/task-runner/spans-output-result", test_spans_output_result);
  g_test_add_func ("/task-runner/failures", test_failures);
  g_test_add_func ("/task-runner/lengths", test_lengths);
  g_test_add_func ("/task-runner/result-too-long", test_result_too_long);
  g_test_add_func ("/task-runner/waiting", test_waiting);
  g_test_add_func ("/task-runner/stop", test_stop);
  g_test_add_func ("/task-runner/usage", test_usage);
  return g_test_run ();
}

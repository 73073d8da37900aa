/* test-task-batch.c: a task that is called many times in a row, as one task.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lsc-runner-fixture.h"

/* What the tasks below were called for. */
static guint       n_inits, n_clears;
static LscSegment *segment_to_stop;

static void
set_up (Fixture *fixture, const LscTaskClass *class, guint n_calls)
{
  fixture_set_up (fixture, class);
  lsc_task_runner_set_n_calls (&fixture->runner, n_calls);
  n_inits = n_clears = 0;
  segment_to_stop = fixture->segment;
}

static void
tear_down (Fixture *fixture)
{
  /* What was begun was ended, each time. */
  g_assert_cmpuint (n_clears, ==, n_inits);
  fixture_tear_down (fixture);
}

/* Runs a task and reads up to its result; `printed` gets what it printed. */
static LscWireResult
run (Fixture *fixture, const char *input, GString *printed)
{
  LscWireFrame  frame;
  LscWireResult result;
  LscWireOutput output;

  lsc_task_runner_run (&fixture->runner, 3, input, strlen (input));
  lsc_worker_lane_flush (&fixture->lane, FALSE);
  for (;;)
    {
      frame = fixture_next_frame (fixture);
      if (lsc_wire_get_result (&frame, &result))
        break;
      g_assert_true (lsc_wire_get_output (&frame, &output));
      g_string_append_len (printed, output.bytes, output.length);
    }
  g_assert_cmpuint (result.index, ==, 3);
  g_assert_cmpuint (result.calls_ns, <=, result.end_ns - result.start_ns);
  return result;
}

static guint
count_records (Fixture *fixture, LscRecordKind kind)
{
  LscRecord record;
  guint     n = 0;

  while (lsc_segment_read (fixture->segment, 0, &record, 1) == 1)
    n += record.kind == kind;
  return n;
}

/* ---- tasks --------------------------------------------------------------------------------- */

typedef struct
{
  char  input[16];
  guint n_steps;
} Call;

static gboolean
call_init (gpointer        data,
           LscTaskContext *context,
           LscSettings    *settings,
           const char     *input,
           gsize           length)
{
  Call *call = data;

  /* As new as the first time. */
  g_assert_cmpuint (call->n_steps, ==, 0);
  g_assert_cmpstr (call->input, ==, "");
  g_strlcpy (call->input, input, sizeof call->input);
  n_inits++;
  return TRUE;
}

static void
call_clear (gpointer data)
{
  n_clears++;
}

/* Three steps, with a span, some words, and the number of the call as its result. */
static LscStep
call_step (gpointer data, LscTaskContext *context)
{
  Call            *call = data;
  g_autofree char *result = NULL;

  if (call->n_steps++ == 0)
    {
      context->begin_span (context, "inside", 1);
      context->print (context, "words\n", -1);
      return LSC_STEP_AGAIN;
    }
  if (call->n_steps == 2)
    {
      context->wait_until (context, context->get_now_ns (context) + 1000);
      return LSC_STEP_WAIT;
    }
  context->end_span (context);
  result = g_strdup_printf ("%s %u", call->input, n_inits);
  context->set_result (context, result, -1);
  return LSC_STEP_DONE;
}

static const LscTaskClass call_class = {
  .size = sizeof (Call),
  .init = call_init,
  .step = call_step,
  .clear = call_clear,
};

static LscStep
teller_step (gpointer data, LscTaskContext *context)
{
  context->tell_call (context, 7);
  context->tell_call (context, 5);
  return LSC_STEP_DONE;
}

static const LscTaskClass teller_class = {
  .size = sizeof (Call),
  .init = call_init,
  .step = teller_step,
  .clear = call_clear,
};

static LscStep
stopper_step (gpointer data, LscTaskContext *context)
{
  if (n_inits == 3)
    lsc_segment_request_stop (segment_to_stop);
  return LSC_STEP_DONE;
}

static const LscTaskClass stopper_class = {
  .size = sizeof (Call),
  .init = call_init,
  .step = stopper_step,
  .clear = call_clear,
};

static LscStep
failing_step (gpointer data, LscTaskContext *context)
{
  if (n_inits == 3)
    context->fail (context, "the third time");
  return LSC_STEP_DONE;
}

static const LscTaskClass failing_class = {
  .size = sizeof (Call),
  .init = call_init,
  .step = failing_step,
  .clear = call_clear,
};

static const LscTaskClass endless_class = {
  .size = sizeof (Call),
  .init = call_init,
  .step = failing_step,
  .clear = call_clear,
  .sees_stop = TRUE,
};

/* ---- tests ---------------------------------------------------------------------------------- */

static void
test_once (void)
{
  g_autoptr (GString) printed = g_string_new (NULL);
  Fixture       fixture;
  LscWireResult result;

  set_up (&fixture, &call_class, 0);
  result = run (&fixture, "x", printed);
  g_assert_cmpuint (result.n_calls, ==, 1);
  g_assert_cmpuint (result.calls_ns, ==, result.end_ns - result.start_ns);
  tear_down (&fixture);
}

/* One task, one span of it and of what is inside, one text: and many calls. */
static void
test_in_a_row (void)
{
  g_autoptr (GString) printed = g_string_new (NULL);
  Fixture       fixture;
  LscWireResult result;

  set_up (&fixture, &call_class, 100);
  result = run (&fixture, "x", printed);
  g_assert_cmpuint (result.status, ==, LSC_TASK_DONE);
  g_assert_cmpuint (result.n_calls, ==, 100);
  g_assert_cmpuint (n_inits, ==, 100);
  /* Each of them waits for a microsecond. */
  g_assert_cmpuint (result.calls_ns, >=, 100000);
  g_assert_cmpmem (result.output, result.output_length, "x 100", 5);
  g_assert_cmpstr (printed->str, ==, "words\n");
  g_assert_cmpuint (count_records (&fixture, LSC_RECORD_SPAN_BEGIN), ==, 2);

  /* The next one begins anew. */
  result = run (&fixture, "y", printed);
  g_assert_cmpuint (result.n_calls, ==, 100);
  g_assert_cmpmem (result.output, result.output_length, "y 200", 5);
  g_assert_cmpuint (count_records (&fixture, LSC_RECORD_SPAN_END), ==, 2);
  tear_down (&fixture);
}

static void
test_told (void)
{
  Fixture       fixture;
  LscWireResult result;

  set_up (&fixture, &teller_class, 0);
  result = run (&fixture, "", NULL);
  g_assert_cmpuint (result.n_calls, ==, 2);
  g_assert_cmpuint (result.calls_ns, ==, 12);
  tear_down (&fixture);

  set_up (&fixture, &teller_class, 10);
  result = run (&fixture, "", NULL);
  g_assert_cmpuint (result.n_calls, ==, 20);
  g_assert_cmpuint (result.calls_ns, ==, 120);
  tear_down (&fixture);
}

static void
test_stopped (void)
{
  Fixture       fixture;
  LscWireResult result;

  set_up (&fixture, &stopper_class, 1000000);
  result = run (&fixture, "", NULL);
  g_assert_cmpuint (result.status, ==, LSC_TASK_STOPPED);
  g_assert_cmpuint (result.n_calls, ==, 3);
  g_assert_cmpuint (n_inits, ==, 3);
  tear_down (&fixture);
}

static void
test_failed (void)
{
  Fixture       fixture;
  LscWireResult result;

  set_up (&fixture, &failing_class, 1000000);
  result = run (&fixture, "", NULL);
  g_assert_cmpuint (result.status, ==, LSC_TASK_FAILED);
  g_assert_cmpuint (result.n_calls, ==, 2);
  g_assert_cmpmem (result.output, result.output_length, "the third time", 14);
  tear_down (&fixture);
}

/* One that ends when it is told to would never come to its second call. */
static void
test_endless (void)
{
  Fixture       fixture;
  LscWireResult result;

  set_up (&fixture, &endless_class, 10);
  result = run (&fixture, "", NULL);
  g_assert_cmpuint (result.status, ==, LSC_TASK_DONE);
  g_assert_cmpuint (result.n_calls, ==, 1);
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/batch/once", test_once);
  g_test_add_func ("/worker/batch/in-a-row", test_in_a_row);
  g_test_add_func ("/worker/batch/told", test_told);
  g_test_add_func ("/worker/batch/stopped", test_stopped);
  g_test_add_func ("/worker/batch/failed", test_failed);
  g_test_add_func ("/worker/batch/endless", test_endless);
  return g_test_run ();
}

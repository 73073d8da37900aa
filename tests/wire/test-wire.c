/* test-wire.c: frames arrive as they were sent, however they are cut; broken ones are refused.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <string.h>
#include <unistd.h>

#include "lsc-wire.h"

static const LscWireSetup the_setup = {
  7,     2, 1, "primes", "/run/user/1000/x y", "a\0001\0b\0\0", 7, G_GUINT64_CONSTANT (2500000000),
  100000
};
static const LscWireTask   the_task = { 0xfffffffe, "112272535095293", 15 };
static const LscWireResult the_result = {
  9, 3, 2, 1, G_MAXUINT64, 3, 4, 12, 5000000000, "Tr\0ue", 5
};
static const LscWireOutput  the_output = { G_MAXUINT32, 1, 2, 77, "line\n", 5 };
static const LscWireStarted the_started = { 3, 4, G_MAXUINT64 };
static const LscWireSpawn   the_spawn = { 5, LSC_WIRE_SPAWN_QUEUED, 3, 3,         2, "sh\0-c\0\0",
                                          7, "A=b c\0D\0",          8, "/tmp/x y" };
static const LscWireChild   the_child = { 5, 4711, ENOENT, 9, 11, 2, 1, 2, 3, 4, 5, 6, 7, 8 };

static const LscWireObserve the_observe = { LSC_WIRE_OBSERVE_PERF | LSC_WIRE_OBSERVE_PROC, 50 };

#define N_FRAMES 18

static void
put_all (LscWireBuffer *buffer)
{
  const LscWireTask empty = { 0, NULL, 0 };

  lsc_wire_put_setup (buffer, &the_setup);
  lsc_wire_put_task (buffer, &the_task);
  lsc_wire_put_task (buffer, &empty);
  lsc_wire_put_ready (buffer);
  lsc_wire_put_refused (buffer, "no such thing");
  lsc_wire_put_result (buffer, &the_result);
  lsc_wire_put_output (buffer, &the_output);
  lsc_wire_put_started (buffer, &the_started);
  lsc_wire_put_spawn (buffer, &the_spawn);
  lsc_wire_put_kill (buffer, 5, -9, LSC_WIRE_TREE);
  lsc_wire_put_plain (buffer, LSC_WIRE_KILL_ALL);
  lsc_wire_put_child (buffer, LSC_WIRE_SPAWNED, &the_child);
  lsc_wire_put_child (buffer, LSC_WIRE_EXITED, &the_child);
  lsc_wire_put_all_gone (buffer, 2);
  lsc_wire_put_number (buffer, LSC_WIRE_PLACES, 512);
  lsc_wire_put_number (buffer, LSC_WIRE_WATCH, 4792);
  lsc_wire_put_plain (buffer, LSC_WIRE_MEASURE);
  lsc_wire_put_observe (buffer, &the_observe);
}

static void
check_worker_frame (const LscWireFrame *frame, guint n)
{
  LscWireSetup   setup;
  LscWireTask    task;
  LscWireResult  result;
  LscWireOutput  output;
  LscWireStarted started;
  const char    *text;
  guint32        length;

  switch (n)
    {
    case 0:
      g_assert_true (lsc_wire_get_setup (frame, &setup));
      g_assert_cmpuint (setup.n_threads, ==, 7);
      g_assert_cmpuint (setup.executor, ==, 2);
      g_assert_cmpuint (setup.one_core, ==, 1);
      g_assert_cmpstr (setup.workload, ==, "primes");
      g_assert_cmpstr (setup.segment, ==, "/run/user/1000/x y");
      g_assert_cmpmem (setup.settings, setup.settings_length, "a\0001\0b\0\0", 7);
      g_assert_cmpuint (setup.timeout_ns, ==, G_GUINT64_CONSTANT (2500000000));
      g_assert_cmpuint (setup.n_calls, ==, 100000);
      break;
    case 1:
      g_assert_true (lsc_wire_get_task (frame, &task));
      g_assert_cmpuint (task.index, ==, 0xfffffffe);
      g_assert_cmpmem (task.input, task.input_length, "112272535095293", 15);
      break;
    case 2:
      g_assert_true (lsc_wire_get_task (frame, &task));
      g_assert_cmpuint (task.index, ==, 0);
      g_assert_cmpuint (task.input_length, ==, 0);
      break;
    case 3:
      g_assert_cmpint (frame->type, ==, LSC_WIRE_READY);
      break;
    case 4:
      g_assert_true (lsc_wire_get_text (frame, &text, &length));
      g_assert_cmpmem (text, length, "no such thing", 13);
      break;
    case 5:
      g_assert_true (lsc_wire_get_result (frame, &result));
      g_assert_cmpuint (result.index, ==, 9);
      g_assert_cmpuint (result.lane, ==, 3);
      g_assert_cmpuint (result.status, ==, 2);
      g_assert_cmpuint (result.start_ns, ==, 1);
      g_assert_cmpuint (result.end_ns, ==, G_MAXUINT64);
      g_assert_cmpuint (result.user_ns, ==, 3);
      g_assert_cmpuint (result.system_ns, ==, 4);
      g_assert_cmpuint (result.n_calls, ==, 12);
      g_assert_cmpuint (result.calls_ns, ==, 5000000000);
      g_assert_cmpmem (result.output, result.output_length, "Tr\0ue", 5);
      break;
    case 6:
      g_assert_true (lsc_wire_get_output (frame, &output));
      g_assert_cmpuint (output.index, ==, G_MAXUINT32);
      g_assert_cmpuint (output.lane, ==, 1);
      g_assert_cmpuint (output.stream, ==, 2);
      g_assert_cmpuint (output.time_ns, ==, 77);
      g_assert_cmpmem (output.bytes, output.length, "line\n", 5);
      break;
    case 7:
      g_assert_true (lsc_wire_get_started (frame, &started));
      g_assert_cmpuint (started.index, ==, 3);
      g_assert_cmpuint (started.lane, ==, 4);
      g_assert_cmpuint (started.time_ns, ==, G_MAXUINT64);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
check_launcher_frame (const LscWireFrame *frame, guint n)
{
  LscWireSpawn   spawn;
  LscWireChild   child;
  LscWireObserve observe;
  LscWireScope   scope;
  guint32        id;
  gint32         number;

  switch (n)
    {
    case 7:
      g_assert_true (lsc_wire_get_spawn (frame, &spawn));
      g_assert_cmpuint (spawn.id, ==, 5);
      g_assert_cmpuint (spawn.n_fds, ==, 3);
      g_assert_cmpuint (spawn.n_argv, ==, 3);
      g_assert_cmpuint (spawn.flags, ==, LSC_WIRE_SPAWN_QUEUED);
      g_assert_cmpuint (spawn.n_environment, ==, 2);
      g_assert_cmpmem (spawn.argv, spawn.argv_length, "sh\0-c\0\0", 7);
      g_assert_cmpmem (spawn.environment, spawn.environment_length, "A=b c\0D\0", 8);
      g_assert_cmpstr (spawn.folder, ==, "/tmp/x y");
      break;
    case 8:
      g_assert_true (lsc_wire_get_kill (frame, &id, &number, &scope));
      g_assert_cmpuint (id, ==, 5);
      g_assert_cmpint (scope, ==, LSC_WIRE_TREE);
      g_assert_cmpint (number, ==, -9);
      break;
    case 9:
      g_assert_cmpint (frame->type, ==, LSC_WIRE_KILL_ALL);
      break;
    case 10:
    case 11:
      g_assert_cmpint (frame->type, ==, n == 10 ? LSC_WIRE_SPAWNED : LSC_WIRE_EXITED);
      memset (&child, 0xff, sizeof child);
      g_assert_true (lsc_wire_get_child (frame, &child));
      g_assert_cmpmem (&child, sizeof child, &the_child, sizeof the_child);
      break;
    case 12:
      g_assert_true (lsc_wire_get_all_gone (frame, &id));
      g_assert_cmpuint (id, ==, 2);
      break;
    case 13:
      g_assert_cmpint (frame->type, ==, LSC_WIRE_PLACES);
      g_assert_true (lsc_wire_get_number (frame, &id));
      g_assert_cmpuint (id, ==, 512);
      break;
    case 14:
      g_assert_cmpint (frame->type, ==, LSC_WIRE_WATCH);
      g_assert_true (lsc_wire_get_number (frame, &id));
      g_assert_cmpuint (id, ==, 4792);
      break;
    case 15:
      g_assert_cmpint (frame->type, ==, LSC_WIRE_MEASURE);
      g_assert_cmpuint (frame->length, ==, 0);
      break;
    case 16:
      g_assert_true (lsc_wire_get_observe (frame, &observe));
      g_assert_cmpuint (observe.uses, ==, LSC_WIRE_OBSERVE_PERF | LSC_WIRE_OBSERVE_PROC);
      g_assert_cmpuint (observe.budget_permille, ==, 50);
      break;
    default:
      g_assert_not_reached ();
    }
}

static guint
drain (LscWireReader *reader, guint n)
{
  LscWireFrame frame;
  int          got;

  while ((got = lsc_wire_next (reader, &frame)) == 1)
    {
      if (n < 8)
        check_worker_frame (&frame, n);
      else
        check_launcher_frame (&frame, n - 1);
      n++;
    }
  g_assert_cmpint (got, ==, 0);
  return n;
}

static void
test_round_trip_split_at_every_byte (void)
{
  LscWireBuffer buffer = { 0 };

  put_all (&buffer);
  g_assert_false (buffer.failed);

  for (gsize split = 0; split <= buffer.length; split++)
    {
      LscWireReader reader = { 0 };
      guint         n = 0;
      int           fds[2];

      g_assert_no_errno (pipe2 (fds, O_CLOEXEC));
      if (split > 0)
        {
          g_assert_cmpint (write (fds[1], buffer.data, split), ==, split);
          g_assert_cmpint (lsc_wire_fill (&reader, fds[0]), ==, split);
          n = drain (&reader, n);
        }
      g_assert_cmpuint (n, <=, N_FRAMES);
      if (split < buffer.length)
        {
          g_assert_cmpuint (n, <, N_FRAMES);
          g_assert_cmpint (write (fds[1], buffer.data + split, buffer.length - split), ==,
                           buffer.length - split);
          g_assert_cmpint (lsc_wire_fill (&reader, fds[0]), ==, buffer.length - split);
          n = drain (&reader, n);
        }
      g_assert_cmpuint (n, ==, N_FRAMES);

      close (fds[1]);
      g_assert_cmpint (lsc_wire_fill (&reader, fds[0]), ==, 0);
      close (fds[0]);
      lsc_wire_reader_clear (&reader);
    }
  lsc_wire_buffer_clear (&buffer);
}

static gboolean
any_getter_takes (const LscWireFrame *frame)
{
  LscWireSetup   setup;
  LscWireTask    task;
  LscWireResult  result;
  LscWireOutput  output;
  LscWireStarted started;
  LscWireSpawn   spawn;
  LscWireChild   child;
  LscWireScope   scope;
  LscWireObserve observe;
  const char    *text;
  guint32        number;
  gint32         signal;

  return lsc_wire_get_observe (frame, &observe) || lsc_wire_get_setup (frame, &setup) ||
         lsc_wire_get_task (frame, &task) || lsc_wire_get_result (frame, &result) ||
         lsc_wire_get_output (frame, &output) || lsc_wire_get_spawn (frame, &spawn) ||
         lsc_wire_get_child (frame, &child) || lsc_wire_get_text (frame, &text, &number) ||
         lsc_wire_get_started (frame, &started) ||
         lsc_wire_get_kill (frame, &number, &signal, &scope) ||
         lsc_wire_get_all_gone (frame, &number) || lsc_wire_get_number (frame, &number);
}

/* A body that lost bytes at its end, or got some, is nobody's. */
static void
test_wrong_lengths (void)
{
  LscWireBuffer buffer = { 0 };
  LscWireReader reader = { 0 };
  LscWireFrame  frame;

  put_all (&buffer);
  /* The reader's memory is given, as a fill would have left it. */
  reader = (LscWireReader){ buffer.data, 0, buffer.length, buffer.capacity };
  while (lsc_wire_next (&reader, &frame) == 1)
    {
      g_autofree guint8 *copy = g_malloc0 (frame.length + 1);

      if (frame.length == 0)
        continue;
      memcpy (copy, frame.body, frame.length);
      g_assert_true (any_getter_takes (&frame));
      for (guint32 length = 0; length < frame.length; length++)
        {
          /* Exactly that much memory, so that a sanitizer sees a step too far. */
          g_autofree guint8 *cut = g_memdup2 (copy, length);
          LscWireFrame       cut_frame = { frame.type, cut, length };

          g_assert_false (any_getter_takes (&cut_frame));
        }
      g_assert_false (any_getter_takes (&(LscWireFrame){ frame.type, copy, frame.length + 1 }));
    }
  lsc_wire_buffer_clear (&buffer);
}

/* A SPAWN of so many words, said to be in these three bytes; no changes to the environment, no
 * folder. */
static gboolean
takes_spawn (guint8 n_words, const char *words)
{
  guint8       body[36] = { [0] = 1, [12] = n_words, [20] = 3, [31] = 1 };
  LscWireFrame frame = { LSC_WIRE_SPAWN, body, sizeof body };

  memcpy (body + 24, words, 3);
  return any_getter_takes (&frame);
}

static void
test_broken_frames (void)
{
  const guint32 lengths[] = { 0, LSC_WIRE_MAX_FRAME + 1, G_MAXUINT32 };
  LscWireFrame  frame;

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      guint8        bytes[8] = { 0 };
      LscWireReader reader = { bytes, 0, sizeof bytes, sizeof bytes };

      memcpy (bytes, &lengths[i], 4);
      g_assert_cmpint (lsc_wire_next (&reader, &frame), ==, -1);
    }

  /* A text that claims more than there is; a SPAWN with a word too few, without its last NUL. */
  g_assert_false (any_getter_takes (
      &(LscWireFrame){ LSC_WIRE_TASK, (const guint8 *)"\1\0\0\0\xff\xff\xff\xff", 8 }));
  g_assert_false (takes_spawn (2, "sh\0"));
  g_assert_false (takes_spawn (0, "sh\0"));
  g_assert_false (takes_spawn (1, "sh!"));
  g_assert_true (takes_spawn (1, "sh\0"));
  /* A setup whose workload holds a NUL before its end. */
  g_assert_false (any_getter_takes (&(LscWireFrame){
      LSC_WIRE_SETUP,
      (const guint8 *)"\1\0\0\0\1\0\3\0\0\0a\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 34 }));
  g_assert_true (any_getter_takes (&(LscWireFrame){
      LSC_WIRE_SETUP,
      (const guint8 *)"\1\0\0\0\1\0\3\0\0\0ab\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 34 }));
}

/* What a worker has to say about itself may be nothing, the lock, or that and its interpreter. */
static void
test_ready (void)
{
  const guint8 bytes[] = { LSC_WIRE_LOCK_ON, 6, 0, 0, 0, 'P', 'y', ' ', '3', '.', '1' };
  LscWireReady ready;

  g_assert_true (lsc_wire_get_ready (&(LscWireFrame){ LSC_WIRE_READY, bytes, 0 }, &ready));
  g_assert_cmpint (ready.lock, ==, LSC_WIRE_LOCK_UNKNOWN);
  g_assert_cmpuint (ready.interpreter_length, ==, 0);
  g_assert_true (lsc_wire_get_ready (&(LscWireFrame){ LSC_WIRE_READY, bytes, 1 }, &ready));
  g_assert_cmpint (ready.lock, ==, LSC_WIRE_LOCK_ON);
  g_assert_true (lsc_wire_get_ready (&(LscWireFrame){ LSC_WIRE_READY, bytes, 11 }, &ready));
  g_assert_cmpint (ready.lock, ==, LSC_WIRE_LOCK_ON);
  g_assert_cmpmem (ready.interpreter, ready.interpreter_length, "Py 3.1", 6);

  /* A part of the text; another lock; another frame. */
  for (guint32 length = 2; length < 11; length++)
    g_assert_false (lsc_wire_get_ready (&(LscWireFrame){ LSC_WIRE_READY, bytes, length }, &ready));
  g_assert_false (
      lsc_wire_get_ready (&(LscWireFrame){ LSC_WIRE_READY, (const guint8 *)"\3", 1 }, &ready));
  g_assert_false (lsc_wire_get_ready (&(LscWireFrame){ LSC_WIRE_TASK, bytes, 0 }, &ready));
}

/* A pipe that is full takes the rest later; order and content stay. */
static void
test_full_pipe (void)
{
  LscWireBuffer buffer = { 0 };
  LscWireReader reader = { 0 };
  LscWireFrame  frame;
  LscWireTask   task;
  guint32       n_read = 0;
  int           fds[2];
  int           state;

  g_assert_no_errno (pipe2 (fds, O_CLOEXEC | O_NONBLOCK));
  for (guint32 i = 0; i < 50000; i++)
    lsc_wire_put_task (&buffer, &(LscWireTask){ i, "12345678", 8 });
  g_assert_cmpint (lsc_wire_flush (&buffer, fds[1]), ==, 0);

  do
    {
      state = lsc_wire_flush (&buffer, fds[1]);
      g_assert_cmpint (state, >=, 0);
      while (lsc_wire_fill (&reader, fds[0]) > 0)
        while (lsc_wire_next (&reader, &frame) == 1)
          {
            g_assert_true (lsc_wire_get_task (&frame, &task));
            g_assert_cmpuint (task.index, ==, n_read);
            g_assert_cmpmem (task.input, task.input_length, "12345678", 8);
            n_read++;
          }
    }
  while (state == 0);
  g_assert_cmpuint (n_read, ==, 50000);
  g_assert_cmpuint (buffer.length, ==, 0);

  g_assert_cmpint (lsc_wire_fill (&reader, fds[0]), ==, -1);
  g_assert_cmpint (errno, ==, EAGAIN);
  close (fds[0]);
  close (fds[1]);
  lsc_wire_buffer_clear (&buffer);
  lsc_wire_reader_clear (&reader);
}

static void
test_long_frames (void)
{
  /* The longest: length counts the type, index and the text's own length too. */
  const guint32      longest = LSC_WIRE_MAX_FRAME - 1 - 8;
  g_autofree char   *text = g_malloc (longest + 1);
  LscWireBuffer      buffer = { 0 };
  LscWireReader      reader = { 0 };
  LscWireFrame       frame;
  LscWireTask        task;
  g_autofree guint8 *copy = NULL;

  memset (text, 'x', longest + 1);
  lsc_wire_put_task (&buffer, &(LscWireTask){ 1, text, longest });
  g_assert_false (buffer.failed);
  reader = (LscWireReader){ buffer.data, 0, buffer.length, buffer.capacity };
  g_assert_cmpint (lsc_wire_next (&reader, &frame), ==, 1);
  g_assert_true (lsc_wire_get_task (&frame, &task));
  g_assert_cmpmem (task.input, task.input_length, text, longest);

  /* One more is refused and says so; the buffer stays refused until it is cleared. */
  lsc_wire_put_task (&buffer, &(LscWireTask){ 1, text, longest + 1 });
  g_assert_true (buffer.failed);
  g_assert_cmpint (lsc_wire_flush (&buffer, STDOUT_FILENO), ==, -1);
  lsc_wire_buffer_clear (&buffer);
  lsc_wire_put_ready (&buffer);
  g_assert_false (buffer.failed);
  g_assert_cmpuint (buffer.length, ==, 5);
  lsc_wire_buffer_clear (&buffer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/round-trip-split-at-every-byte", test_round_trip_split_at_every_byte);
  g_test_add_func ("/wire/wrong-lengths", test_wrong_lengths);
  g_test_add_func ("/wire/broken-frames", test_broken_frames);
  g_test_add_func ("/wire/ready", test_ready);
  g_test_add_func ("/wire/full-pipe", test_full_pipe);
  g_test_add_func ("/wire/long-frames", test_long_frames);
  return g_test_run ();
}

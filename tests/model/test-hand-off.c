/* test-hand-off.c: where one thread leaves its core and another goes onto one.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Threads whose every switch is written down here: what is to be found follows from that.
 */

#include "config.h"

#include "lsc-hand-off.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"

#define US      G_GINT64_CONSTANT (1000)
#define MS      (1000 * US)
#define N_TURNS 40

typedef struct
{
  LscRecorder *recorder;
  LscLane     *lanes[3];
} Fixture;

static LscLane *
add_lane (Fixture *fixture, LscLaneKind kind, LscSource source, guint number)
{
  g_autofree char *name = g_strdup_printf ("worker %u", number);

  return lsc_recorder_add_lane (fixture->recorder, kind, NULL, source, 1, (gint)number, number,
                                name, 0);
}

static void
set_up (Fixture *fixture, LscSource source, guint n_lanes)
{
  LscRecordingInfo info = { .executor = LSC_EXECUTOR_THREADS, .n_workers = n_lanes };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (GError) error = NULL;

  lsc_text_list_freeze (inputs);
  fixture->recorder = lsc_recorder_new (NULL, &info, inputs, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_lanes; i++)
    fixture->lanes[i] = add_lane (fixture, LSC_LANE_THREAD, source, i + 1);
}

static void
tear_down (Fixture *fixture)
{
  lsc_recorder_finish (fixture->recorder, N_TURNS * 5 * MS);
  g_clear_object (&fixture->recorder);
}

static void
set_state (Fixture *fixture, guint lane, gint64 time_ns, LscState state, guint name)
{
  lsc_recorder_set_state (fixture->recorder, fixture->lanes[lane], time_ns, state, name);
}

/* Two threads with one lock: every 5 ms the one gives it to the other, who runs 12 µs later. In
 * the middle of its wait the other wakes up for 3 µs to ask for it. */
static void
fill_turns (Fixture *fixture)
{
  for (gint64 i = 0; i < N_TURNS; i++)
    {
      guint  runs = (guint)(i % 2);
      gint64 at_ns = i * 5 * MS;

      set_state (fixture, runs, at_ns + 12 * US, LSC_STATE_RUNNING, runs);
      set_state (fixture, !runs, at_ns + 2500 * US, LSC_STATE_RUNNING, !runs);
      set_state (fixture, !runs, at_ns + 2503 * US, LSC_STATE_WAITING, LSC_REASON_LOCK);
      set_state (fixture, runs, at_ns + 5 * MS, LSC_STATE_WAITING, LSC_REASON_LOCK);
    }
}

static gboolean
find (Fixture *fixture, guint n_lanes, gint64 time_ns, int step, LscHandOff *hand_off)
{
  LscRecording *recording = lsc_recorder_get_recording (fixture->recorder);
  gboolean      found;

  lsc_recording_begin_read (recording);
  found = lsc_hand_off_find (fixture->lanes, n_lanes, time_ns, step, N_TURNS * 5 * MS, hand_off);
  lsc_recording_end_read (recording);
  return found;
}

/* From one to the next and back: each of them, and none of the moments in which the waiting one
 * asks. */
static void
test_turns (void)
{
  Fixture    fixture;
  LscHandOff hand_off = { .ran_ns = -1 };
  gint64     n = 0;

  set_up (&fixture, LSC_SOURCE_EXACT, 2);
  fill_turns (&fixture);

  while (find (&fixture, 2, hand_off.ran_ns, 1, &hand_off))
    {
      n++;
      g_assert_cmpint (hand_off.left_ns, ==, n * 5 * MS);
      g_assert_cmpint (hand_off.ran_ns, ==, n * 5 * MS + 12 * US);
      g_assert_true (hand_off.from == fixture.lanes[(n - 1) % 2]);
      g_assert_true (hand_off.to == fixture.lanes[n % 2]);
      g_assert_cmpint (hand_off.turn_ns, ==, 5 * MS - 12 * US);
      g_assert_cmpint (hand_off.rested_ns, ==, n == 1 ? -1 : (n - 1) * 5 * MS);
    }
  g_assert_cmpint (n, ==, N_TURNS - 1);

  for (hand_off.ran_ns = G_MAXINT64 / 2; find (&fixture, 2, hand_off.ran_ns, -1, &hand_off); n--)
    g_assert_cmpint (hand_off.left_ns, ==, n * 5 * MS);
  g_assert_cmpint (n, ==, 0);
  tear_down (&fixture);
}

static void
test_near (void)
{
  Fixture       fixture;
  LscHandOff    hand_off;
  LscRecording *recording;
  gint64        now_ns = N_TURNS * 5 * MS;

  set_up (&fixture, LSC_SOURCE_EXACT, 2);
  fill_turns (&fixture);
  recording = lsc_recorder_get_recording (fixture.recorder);
  lsc_recording_begin_read (recording);
  g_assert_true (lsc_hand_off_find_near (fixture.lanes, 2, 21 * MS, 2 * MS, now_ns, &hand_off));
  g_assert_cmpint (hand_off.left_ns, ==, 20 * MS);
  g_assert_true (lsc_hand_off_find_near (fixture.lanes, 2, 24 * MS, 2 * MS, now_ns, &hand_off));
  g_assert_cmpint (hand_off.left_ns, ==, 25 * MS);
  g_assert_true (
      lsc_hand_off_find_near (fixture.lanes, 2, 25 * MS + 12 * US, 0, now_ns, &hand_off));
  g_assert_false (lsc_hand_off_find_near (fixture.lanes, 2, 22 * MS, MS, now_ns, &hand_off));
  lsc_recording_end_read (recording);
  tear_down (&fixture);
}

/* Of two that run side by side none takes over; a gap that is long is none. */
static void
test_none (void)
{
  Fixture    fixture;
  LscHandOff hand_off;

  set_up (&fixture, LSC_SOURCE_EXACT, 2);
  for (gint64 i = 0; i < 10; i++)
    {
      set_state (&fixture, 0, 10 * i * MS, LSC_STATE_RUNNING, 0);
      set_state (&fixture, 0, (10 * i + 9) * MS, LSC_STATE_PREEMPTED, 0);
    }
  set_state (&fixture, 1, 0, LSC_STATE_RUNNING, 1);
  set_state (&fixture, 1, 150 * MS, LSC_STATE_WAITING, 0);
  set_state (&fixture, 0, 155 * MS, LSC_STATE_RUNNING, 0);
  set_state (&fixture, 0, 160 * MS, LSC_STATE_WAITING, 0);
  g_assert_false (find (&fixture, 2, -1, 1, &hand_off));
  tear_down (&fixture);
}

/* A turn that goes on after a moment off the core is the same thread's, also where another has just
 * left its own. */
static void
test_goes_on (void)
{
  Fixture    fixture;
  LscHandOff hand_off;

  set_up (&fixture, LSC_SOURCE_EXACT, 2);
  set_state (&fixture, 0, 0, LSC_STATE_RUNNING, 0);
  set_state (&fixture, 0, 10 * MS - 20 * US, LSC_STATE_WAITING, 0);
  set_state (&fixture, 1, 0, LSC_STATE_RUNNING, 1);
  set_state (&fixture, 1, 10 * MS, LSC_STATE_PREEMPTED, 0);
  set_state (&fixture, 1, 10 * MS + 50 * US, LSC_STATE_RUNNING, 1);
  set_state (&fixture, 1, 20 * MS, LSC_STATE_WAITING, 0);
  g_assert_false (find (&fixture, 2, -1, 1, &hand_off));
  tear_down (&fixture);
}

/* Whoever names a lane twice is told of no hand-off from it to itself. */
static void
test_twice (void)
{
  Fixture    fixture;
  LscHandOff hand_off;

  set_up (&fixture, LSC_SOURCE_EXACT, 1);
  for (gint64 i = 0; i < 10; i++)
    {
      set_state (&fixture, 0, 10 * i * MS, LSC_STATE_RUNNING, 0);
      set_state (&fixture, 0, 10 * i * MS + 9950 * US, LSC_STATE_WAITING, LSC_REASON_CHILD);
    }
  fixture.lanes[1] = fixture.lanes[0];
  g_assert_false (find (&fixture, 2, -1, 1, &hand_off));
  tear_down (&fixture);
}

/* Of three: the one that left last before. */
static void
test_three (void)
{
  Fixture    fixture;
  LscHandOff hand_off;

  set_up (&fixture, LSC_SOURCE_EXACT, 3);
  for (guint i = 0; i < 2; i++)
    {
      set_state (&fixture, i, 0, LSC_STATE_RUNNING, i);
      set_state (&fixture, i, 10 * MS + i * 50 * US, LSC_STATE_WAITING, 0);
    }
  set_state (&fixture, 2, 10 * MS + 55 * US, LSC_STATE_RUNNING, 1);
  set_state (&fixture, 2, 20 * MS, LSC_STATE_WAITING, 0);
  g_assert_true (find (&fixture, 3, -1, 1, &hand_off));
  g_assert_true (hand_off.from == fixture.lanes[1] && hand_off.to == fixture.lanes[2]);
  g_assert_cmpint (hand_off.left_ns, ==, 10 * MS + 50 * US);
  /* Only among those that are asked for. */
  g_assert_false (find (&fixture, 2, -1, 1, &hand_off));
  tear_down (&fixture);
}

/* Who runs now has no end yet. */
static void
test_live (void)
{
  Fixture    fixture;
  LscHandOff hand_off;

  set_up (&fixture, LSC_SOURCE_EXACT, 2);
  set_state (&fixture, 0, 0, LSC_STATE_RUNNING, 0);
  set_state (&fixture, 0, 100 * MS, LSC_STATE_WAITING, 0);
  set_state (&fixture, 1, 100 * MS - 5 * US, LSC_STATE_RUNNING, 1);
  g_assert_true (find (&fixture, 2, -1, 1, &hand_off));
  g_assert_cmpint (hand_off.left_ns - hand_off.ran_ns, ==, 5 * US);
  g_assert_true (find (&fixture, 2, G_MAXINT64 / 2, -1, &hand_off));
  g_assert_true (hand_off.to == fixture.lanes[1]);
  tear_down (&fixture);
}

static void
test_sampled (void)
{
  Fixture    fixture;
  LscHandOff hand_off;

  set_up (&fixture, LSC_SOURCE_SAMPLED, 2);
  fill_turns (&fixture);
  g_assert_false (find (&fixture, 2, -1, 1, &hand_off));
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  char *cache;
  int   status;

  g_test_init (&argc, &argv, NULL);
  cache = lsc_test_cache_enter ();

  g_test_add_func ("/hand-off/turns", test_turns);
  g_test_add_func ("/hand-off/near", test_near);
  g_test_add_func ("/hand-off/none", test_none);
  g_test_add_func ("/hand-off/goes-on", test_goes_on);
  g_test_add_func ("/hand-off/twice", test_twice);
  g_test_add_func ("/hand-off/three", test_three);
  g_test_add_func ("/hand-off/live", test_live);
  g_test_add_func ("/hand-off/sampled", test_sampled);

  status = g_test_run ();
  lsc_test_cache_leave (cache);
  return status;
}

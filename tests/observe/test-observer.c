/* test-observer.c: what is made of what the launcher sees, trap by trap.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The records are those that the kernel was seen to send; what they must come to was worked out by
 * hand, in microseconds.
 */

#include "config.h"

#include <errno.h>
#include <signal.h>

#include "lsc-test-cache.h"
#include "lsc-clock.h"
#include "observer-support.h"

#define EXACT (LSC_WATCH_SWITCHES | LSC_WATCH_LIFECYCLE)

/* Status words as wait4 gives them. */
#define EXITED(status) ((status) << 8)

/* Process 5 is started by the launcher, makes child 6, waits for it. */
static void
test_life (Scene *scene, gconstpointer data)
{
  LscLane     *make, *gcc, *thread;
  LscUsage     usage;
  LscStateSums sums;
  LscSpan      span;

  g_assert_true (scene_watch (scene, 0, EXACT, 0, NULL));
  g_assert_true (scene_start (scene, 10, 5, 5, LSC_SIGHT_LAUNCHER, 1));
  g_assert_true (scene_exec (scene, 20, 5, "make", 1));
  g_assert_true (scene_out (scene, 50, 5, 5, TRUE));
  g_assert_true (scene_in (scene, 60, 5, 5, 0));
  g_assert_true (scene_start (scene, 70, 6, 6, LSC_SIGHT_PERF, 5));
  g_assert_true (scene_out (scene, 80, 5, 5, FALSE));
  g_assert_true (scene_in (scene, 81, 6, 6, 0));
  g_assert_true (scene_exec (scene, 90, 6, "gcc", 0));
  g_assert_true (scene_end (scene, 190, 6, 6));
  /* Its last switch comes after its end, and changes nothing; what it used comes then, too. */
  g_assert_true (scene_out (scene, 191, 6, 6, FALSE));
  g_assert_true (scene_usage (scene, 190, 6, 6, LSC_USAGE_RUN_DELAY_NS, 1234));
  g_assert_true (scene_usage (scene, 190, 6, 6, LSC_USAGE_VOLUNTARY, 99));
  g_assert_true (scene_in (scene, 195, 5, 5, 1));
  g_assert_true (scene_end_process (scene, 200, 6, EXITED (2)));
  g_assert_true (scene_end (scene, 210, 5, 5));
  g_assert_true (scene_end_process (scene, 220, 5, SIGKILL));

  make = scene_find (scene, LSC_LANE_PROCESS, "make");
  gcc = scene_find (scene, LSC_LANE_PROCESS, "gcc");
  g_assert_cmpuint (scene_count (scene, LSC_LANE_PROCESS), ==, 2);
  g_assert_cmpuint (scene_count (scene, LSC_LANE_THREAD), ==, 2);
  g_assert_cmpuint (scene_count (scene, LSC_LANE_CORE), ==, 2);
  g_assert_true (lsc_lane_get_creator (gcc) == make);
  g_assert_false (lsc_lane_is_own (gcc));
  g_assert_cmpint (lsc_lane_get_end (gcc), ==, LSC_LANE_EXITED);
  g_assert_cmpint (lsc_lane_get_end_value (gcc), ==, 2);
  /* When it ended, not when that was told. */
  g_assert_cmpint (lsc_lane_get_end_ns (gcc), ==, 190 * US);
  g_assert_cmpint (lsc_lane_get_end (make), ==, LSC_LANE_SIGNALED);
  g_assert_cmpint (lsc_lane_get_end_value (make), ==, SIGKILL);
  g_assert_cmpstr (scene->events->str, ==, "+5 +6 -6 -5 ");

  thread = scene_find (scene, LSC_LANE_THREAD, "make");
  g_assert_true (lsc_lane_get_parent (thread) == make);
  g_assert_cmpint (lsc_lane_get_source (thread), ==, LSC_SOURCE_EXACT);
  scene_check (scene, thread, 500, "R1:30 p:10 R0:20 w:115 R1:15");
  lsc_lane_get_usage (thread, &usage);
  g_assert_cmpint (usage.n_voluntary, ==, 1);
  g_assert_cmpint (usage.n_involuntary, ==, 1);
  lsc_lane_sum_states (thread, 0, 500 * US, 500 * US, &sums);
  g_assert_cmpint (sums.n_migrations, ==, 2);

  thread = scene_find (scene, LSC_LANE_THREAD, "gcc");
  scene_check (scene, thread, 500, "w:11 R0:109");
  lsc_lane_get_usage (thread, &usage);
  g_assert_cmpint (usage.run_delay_ns, ==, 1234);
  g_assert_cmpint (usage.n_voluntary, ==, 0);

  /* Who was on core 0: make, then gcc. */
  {
    LscLane *core = scene_find (scene, LSC_LANE_CORE, "core 0");

    g_assert_cmpuint (lsc_lane_get_n_spans (core, 0), ==, 2);
    g_assert_true (lsc_lane_find_span (core, 0, 100 * US, 500 * US, &span));
    g_assert_cmpint (span.start_ns, ==, 81 * US);
    g_assert_cmpint (span.end_ns, ==, 190 * US);
    g_assert_cmpuint (span.task, ==, lsc_lane_get_index (thread));
  }
}

/* Where only the connector tells, what was executed may be over before its name was read; where all
 * but its end was lost there is nothing to end. */
static void
test_nameless (Scene *scene, gconstpointer data)
{
  scene_watch (scene, 0, LSC_WATCH_LIFECYCLE, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_CONNECTOR, 1);
  scene_name (scene, 11, 5, 5, "make");
  g_assert_true (scene_exec (scene, 20, 5, NULL, 0));
  g_assert_true (scene_exec (scene, 30, 5, NULL, 0));
  g_assert_true (scene_end (scene, 40, 6, 6));
  g_assert_cmpuint (scene_count (scene, LSC_LANE_PROCESS), ==, 1);
  scene_find (scene, LSC_LANE_THREAD, "make");
  g_assert_cmpuint (lsc_recording_get_n_marks (scene->recording), ==, 1);
}

/* Thread 7 of process 5 executes: the first thread is said to have ended, then it is the first
 * thread that has executed. Number 7 never ends. */
static void
test_exec_of_thread (Scene *scene, gconstpointer data)
{
  scene_watch (scene, 0, EXACT, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_LAUNCHER, 1);
  scene_exec (scene, 20, 5, "python", 1);
  scene_start (scene, 30, 7, 5, LSC_SIGHT_PERF, 5);
  scene_in (scene, 40, 7, 5, 0);
  scene_out (scene, 50, 5, 5, FALSE);
  g_assert_true (scene_end (scene, 60, 5, 5));
  g_assert_true (scene_exec (scene, 61, 5, "sleep", 0));
  g_assert_true (scene_end (scene, 100, 5, 5));
  g_assert_true (scene_end_process (scene, 101, 5, EXITED (0)));

  g_assert_cmpuint (scene_count (scene, LSC_LANE_PROCESS), ==, 1);
  g_assert_cmpuint (scene_count (scene, LSC_LANE_THREAD), ==, 3);
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "sleep"), 500, "R0:39");
  for (guint i = 0; i < lsc_recording_get_n_lanes (scene->recording); i++)
    {
      LscLane *lane = lsc_recording_get_lane (scene->recording, i);

      if (lsc_lane_get_tid (lane) == 7)
        {
          g_assert_cmpint (lsc_lane_get_end_ns (lane), ==, 61 * US);
          scene_check (scene, lane, 500, "w:10 R0:21");
        }
    }
  g_assert_cmpstr (scene->events->str, ==, "+5 -5 ");
  /* The second program of a process is marked. */
  g_assert_cmpuint (lsc_recording_get_n_marks (scene->recording), ==, 1);
}

/* A program that runs as another user: perf loses it, the process goes on, and its child is found
 * in /proc. */
static void
test_set_uid (Scene *scene, gconstpointer data)
{
  LscLane *thread;

  scene_watch (scene, 0, EXACT | LSC_WATCH_SAMPLES, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_LAUNCHER, 1);
  scene_exec (scene, 20, 5, "sudo", 1);
  g_assert_true (scene_sample (scene, 26, 5, 5, LSC_STATE_NOT_RECORDED, 0, 0));
  g_assert_true (scene_sample (scene, 40, 5, 5, LSC_STATE_RUNNING, 0, 1));
  g_assert_true (scene_sample (scene, 60, 5, 5, LSC_STATE_WAITING, LSC_REASON_CHILD, 0));
  scene_start (scene, 62, 6, 6, LSC_SIGHT_CONNECTOR, 5);
  scene_name (scene, 63, 6, 6, "id");
  g_assert_true (scene_sample (scene, 70, 6, 6, LSC_STATE_BLOCKED, LSC_REASON_DISK, 0));
  scene_end (scene, 90, 6, 6);
  g_assert_true (scene_end_process (scene, 100, 5, EXITED (1)));

  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "id"), 500, "~u:8 ~b5:20");
  thread = scene_find (scene, LSC_LANE_THREAD, "sudo");
  scene_check (scene, thread, 500, "R1:6 x:14 ~R1:20 ~w4:40");
  g_assert_cmpint (lsc_lane_get_source (thread), ==, LSC_SOURCE_SAMPLED);
  g_assert_cmpint (lsc_lane_get_end_ns (thread), ==, 100 * US);
  g_assert_cmpint (lsc_lane_get_end_value (scene_find (scene, LSC_LANE_PROCESS, "sudo")), ==, 1);
}

/* The same number for two threads, the end of the first of which was lost. */
static void
test_number_again (Scene *scene, gconstpointer data)
{
  LscLane *first, *second;

  scene_watch (scene, 0, EXACT, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_LAUNCHER, 1);
  scene_start (scene, 20, 7, 5, LSC_SIGHT_PERF, 5);
  scene_name (scene, 21, 7, 5, "first");
  scene_in (scene, 30, 7, 5, 0);
  /* Two of the observers say it; that is one thread. */
  scene_start (scene, 40, 8, 8, LSC_SIGHT_CONNECTOR, 5);
  scene_start (scene, 41, 8, 8, LSC_SIGHT_PERF, 5);
  g_assert_cmpuint (scene_count (scene, LSC_LANE_PROCESS), ==, 2);

  scene_start (scene, 50, 7, 9, LSC_SIGHT_PERF, 8);
  scene_name (scene, 51, 7, 9, "second");
  scene_in (scene, 60, 7, 9, 0);
  scene_end (scene, 70, 7, 9);

  first = scene_find (scene, LSC_LANE_THREAD, "first");
  second = scene_find (scene, LSC_LANE_THREAD, "second");
  g_assert_cmpint (lsc_lane_get_end_ns (first), ==, 50 * US);
  scene_check (scene, first, 500, "w:10 R0:20");
  scene_check (scene, second, 500, "w:10 R0:10");
  g_assert_cmpint (lsc_lane_get_pid (second), ==, 9);
}

/* How somebody left a core was not seen: nobody runs twice, no two on one core. */
static void
test_missing (Scene *scene, gconstpointer data)
{
  scene_watch (scene, 0, EXACT, 0, NULL);
  for (guint pid = 5; pid <= 6; pid++)
    scene_start (scene, 10, pid, pid, LSC_SIGHT_PERF, 1);
  scene_name (scene, 11, 5, 5, "a");
  scene_name (scene, 11, 6, 6, "b");
  scene_in (scene, 20, 5, 5, 0);
  scene_in (scene, 30, 6, 6, 0);
  scene_in (scene, 40, 6, 6, 1);
  scene_out (scene, 50, 5, 5, FALSE);
  scene_out (scene, 60, 6, 6, FALSE);
  /* Who was never heard of goes off a core. */
  g_assert_true (scene_out (scene, 70, 9, 9, TRUE));

  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "a"), 100, "w:10 R0:10 u:20 w:50");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "b"), 100, "w:20 R0:10 R1:20 w:40");
  g_assert_cmpuint (lsc_lane_get_n_spans (scene_find (scene, LSC_LANE_CORE, "core 0"), 0), ==, 2);
}

/* Who makes a thread may have to wait for a core between the connector's word and that of perf
 * events, which is left out then. */
static void
test_heard_first (Scene *scene, gconstpointer data)
{
  scene_watch (scene, 0, EXACT, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_CONNECTOR, 1);
  scene_name (scene, 11, 5, 5, "a");
  scene_in (scene, 30, 5, 5, 1);
  scene_leave (scene, 50, 5, 5, 1, FALSE);
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "a"), 60, "w:20 R1:20 w:10");
  g_assert_cmpint (lsc_lane_get_source (scene_find (scene, LSC_LANE_THREAD, "a")), ==,
                   LSC_SOURCE_EXACT);
  /* In between it may have been seen nowhere. */
  scene_start (scene, 100, 6, 6, LSC_SIGHT_CONNECTOR, 1);
  scene_name (scene, 101, 6, 6, "b");
  scene_lose (scene, 120, 0, 105, 3);
  scene_in (scene, 130, 6, 6, 0);
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "b"), 140, "R0:10");
}

/* ---- samples ------------------------------------------------------------------------------------
 */

/* Where switches are seen, a look only says what a wait is for; where not, it is all there is. */
static void
test_samples (Scene *scene, gconstpointer data)
{
  LscLane *thread;

  scene_watch (scene, 0, EXACT | LSC_WATCH_SAMPLES, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_LAUNCHER, 1);
  scene_exec (scene, 20, 5, "a", 0);
  scene_out (scene, 30, 5, 5, FALSE);
  scene_sample (scene, 40, 5, 5, LSC_STATE_WAITING, LSC_REASON_LOCK, 0);
  scene_sample (scene, 45, 5, 5, LSC_STATE_RUNNING, 0, 3);
  scene_in (scene, 50, 5, 5, 0);
  scene_sample (scene, 60, 5, 5, LSC_STATE_WAITING, LSC_REASON_PIPE, 0);
  scene_out (scene, 70, 5, 5, FALSE);
  thread = scene_find (scene, LSC_LANE_THREAD, "a");
  scene_check (scene, thread, 80, "R0:10 w1:20 R0:20 w:10");
  g_assert_cmpint (lsc_lane_get_source (thread), ==, LSC_SOURCE_EXACT);

  /* It costs too much: from here on looks are all there is. */
  scene_watch (scene, 100, LSC_WATCH_LIFECYCLE | LSC_WATCH_SAMPLES, 0, "budget");
  scene_sample (scene, 120, 5, 5, LSC_STATE_WAITING, LSC_REASON_PIPE, 0);
  scene_sample (scene, 130, 5, 5, LSC_STATE_WAITING, LSC_REASON_PIPE, 0);
  scene_sample (scene, 140, 5, 5, LSC_STATE_RUNNING, 0, 2);
  scene_check (scene, thread, 150, "R0:10 w1:20 R0:20 w:30 x:20 ~w2:20 ~R2:10");
  g_assert_cmpint (lsc_lane_get_source (thread), ==, LSC_SOURCE_SAMPLED);
  scene_check (scene, scene_find (scene, LSC_LANE_CORE, "core 0"), 150, "x:50");
  g_assert_cmpint (lsc_recording_get_observation (scene->recording), ==, LSC_SOURCE_EXACT);

  /* One that comes later was never seen otherwise. */
  scene_start (scene, 150, 6, 6, LSC_SIGHT_CONNECTOR, 5);
  scene_name (scene, 151, 6, 6, "b");
  scene_sample (scene, 160, 6, 6, LSC_STATE_BLOCKED, LSC_REASON_DISK, 0);
  scene_end (scene, 170, 6, 6);
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "b"), 200, "~u:10 ~b5:10");
}

/* ---- the run's own
 * ---------------------------------------------------------------------------------- */

static LscLane *
add_own (Scene *scene, LscLaneKind kind, LscLane *parent, gint32 pid, guint worker, gint64 us)
{
  g_autofree char *name = g_strdup_printf ("worker %u", worker);

  return lsc_recorder_add_lane (scene->recorder, kind, parent, LSC_SOURCE_OWN, pid, pid, worker,
                                name, us * US);
}

/* Places of commands: one process after another on one lane, with children beside it. */
static void
test_place (Scene *scene, gconstpointer data)
{
  LscLane *place = add_own (scene, LSC_LANE_PROCESS, NULL, 0, 1, 0);
  LscUsage usage;

  scene_watch (scene, 0, EXACT, 0, NULL);
  for (guint i = 0; i < 2; i++)
    {
      guint  pid = 5 + 10 * i;
      gint64 us = 100 * i;

      /* The launcher's word is quicker than what is seen. */
      lsc_observer_claim_process (scene->observer, (gint32)pid, place);
      lsc_observer_claim_thread (scene->observer, (gint32)pid, (gint32)pid, place);
      scene_start (scene, us + 10, pid, pid, LSC_SIGHT_LAUNCHER, 1);
      scene_exec (scene, us + 20, pid, "sh", 0);
      scene_start (scene, us + 25, pid + 1, pid, LSC_SIGHT_PERF, pid);
      scene_start (scene, us + 26, pid + 2, pid + 2, LSC_SIGHT_PERF, pid);
      scene_out (scene, us + 30, pid, pid, FALSE);
      scene_end (scene, us + 35, pid + 1, pid);
      scene_end (scene, us + 40, pid + 2, pid + 2);
      scene_in (scene, us + 45, pid, pid, 1);
      scene_usage (scene, us + 50, pid, pid, LSC_USAGE_RUN_DELAY_NS, 700);
      scene_end (scene, us + 50, pid, pid);
      scene_end_process (scene, us + 51, pid, EXITED (0));
    }

  scene_check (scene, place, 300, "R0:10 w:15 R1:5 R0:10 w:15 R1:5");
  g_assert_cmpstr (lsc_lane_get_name (place), ==, "worker 1");
  g_assert_cmpint (lsc_lane_get_end_ns (place), ==, -1);
  g_assert_true (lsc_lane_is_own (place));
  lsc_lane_get_usage (place, &usage);
  g_assert_cmpint (usage.run_delay_ns, ==, 1400);
  g_assert_cmpint (usage.n_voluntary, ==, -1);
  /* A thread belongs to the place, a child is a process of its own, whose creator is the place. */
  g_assert_cmpuint (scene_count (scene, LSC_LANE_PROCESS), ==, 3);
  g_assert_cmpuint (scene_count (scene, LSC_LANE_THREAD), ==, 4);
  g_assert_true (lsc_lane_get_parent (lsc_recording_get_lane (scene->recording, 2)) == place);
  g_assert_true (lsc_lane_get_creator (lsc_recording_get_lane (scene->recording, 3)) == place);
  g_assert_cmpstr (scene->events->str, ==, "+7 -7 +17 -17 ");
}

/* A worker's thread says itself that it has ended, before what it did last was told. */
static void
test_worker (Scene *scene, gconstpointer data)
{
  LscLane *process = add_own (scene, LSC_LANE_PROCESS, NULL, 5, 0, 0);
  LscLane *thread = add_own (scene, LSC_LANE_THREAD, process, 5, 1, 30);

  lsc_observer_claim_process (scene->observer, 5, process);
  lsc_observer_claim_thread (scene->observer, 5, 6, thread);
  lsc_recorder_end_lane (scene->recorder, thread, 100 * US, LSC_LANE_RETIRED, 0, LSC_TASK_DONE);

  scene_watch (scene, 0, EXACT, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_LAUNCHER, 1);
  scene_start (scene, 30, 6, 5, LSC_SIGHT_PERF, 5);
  scene_in (scene, 40, 6, 5, 0);
  scene_out (scene, 60, 6, 5, TRUE);
  scene_in (scene, 70, 6, 5, 1);
  scene_end (scene, 105, 6, 5);
  scene_check (scene, thread, 300, "w:10 R0:20 p:10 R1:30");
  /* Its number is given to another one: that is none of the run's. */
  scene_start (scene, 200, 6, 9, LSC_SIGHT_PERF, 5);
  scene_in (scene, 210, 6, 9, 0);
  scene_check (scene, thread, 300, "w:10 R0:20 p:10 R1:30");
  /* The main thread's, the other thread's. */
  g_assert_cmpuint (scene_count (scene, LSC_LANE_THREAD), ==, 3);
}

/* A thread of a pool takes its ring long after it was seen. */
static void
test_adopt (Scene *scene, gconstpointer data)
{
  LscLane *process, *thread;

  scene_watch (scene, 0, EXACT, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_LAUNCHER, 1);
  scene_exec (scene, 20, 5, "python3", 0);
  scene_start (scene, 30, 6, 5, LSC_SIGHT_PERF, 5);
  scene_in (scene, 40, 6, 5, 1);
  g_assert_null (lsc_observer_adopt_thread (scene->observer, 5, 7, 1, "worker 1"));
  g_assert_null (lsc_observer_adopt_thread (scene->observer, 4, 6, 1, "worker 1"));
  process = lsc_observer_adopt_process (scene->observer, 5, "worker 1");
  thread = lsc_observer_adopt_thread (scene->observer, 5, 6, 1, "worker 1");
  g_assert_true (lsc_lane_get_parent (thread) == process);
  g_assert_null (lsc_observer_adopt_thread (scene->observer, 5, 6, 1, "worker 1"));
  g_assert_cmpuint (lsc_lane_get_worker (thread), ==, 1);
  g_assert_true (lsc_lane_is_own (process));

  /* Nobody takes the name away again, and the run ends them. */
  scene_name (scene, 50, 6, 5, "ThreadPoolExecu");
  scene_out (scene, 60, 6, 5, FALSE);
  scene_end (scene, 70, 6, 5);
  scene_end (scene, 71, 5, 5);
  scene_end_process (scene, 72, 5, EXITED (3));
  g_assert_cmpstr (lsc_lane_get_name (thread), ==, "worker 1");
  g_assert_cmpint (lsc_lane_get_end_ns (thread), ==, -1);
  g_assert_cmpint (lsc_lane_get_end_ns (process), ==, -1);
  scene_check (scene, thread, 300, "w:10 R1:20 w:10");
}

/* The word of the launcher came late: what was seen before stays where it was. */
static void
test_late_claim (Scene *scene, gconstpointer data)
{
  LscLane *place;
  LscLane *before;

  scene_watch (scene, 0, EXACT, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_LAUNCHER, 1);
  scene_exec (scene, 20, 5, "sh", 0);
  before = scene_find (scene, LSC_LANE_THREAD, "sh");
  place = add_own (scene, LSC_LANE_PROCESS, NULL, 0, 1, 12);
  lsc_observer_claim_process (scene->observer, 5, place);
  lsc_observer_claim_thread (scene->observer, 5, 5, place);
  scene_out (scene, 40, 5, 5, FALSE);
  scene_end (scene, 50, 5, 5);
  scene_check (scene, place, 300, "R0:20 w:10");
  g_assert_cmpint (lsc_lane_get_end_ns (before), ==, 20 * US);
}

/* What was only sampled stays so. */
static void
test_late_claim_of_sampled (Scene *scene, gconstpointer data)
{
  LscLane *place;

  scene_watch (scene, 0, LSC_WATCH_LIFECYCLE | LSC_WATCH_SAMPLES, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_CONNECTOR, 1);
  scene_sample (scene, 20, 5, 5, LSC_STATE_RUNNING, 0, 1);
  place = add_own (scene, LSC_LANE_PROCESS, NULL, 0, 1, 12);
  lsc_observer_claim_process (scene->observer, 5, place);
  lsc_observer_claim_thread (scene->observer, 5, 5, place);
  scene_end (scene, 50, 5, 5);
  scene_check (scene, place, 300, "~R1:30");
  g_assert_cmpint (lsc_lane_get_source (place), ==, LSC_SOURCE_SAMPLED);
}

/* ---- much and wrong
 * ---------------------------------------------------------------------------------- */

static void
test_many (Scene *scene, gconstpointer data)
{
  guint n = LSC_OBSERVER_MAX_LANES / 2 + 50;

  scene_watch (scene, 0, EXACT, 0, NULL);
  for (guint i = 0; i < n; i++)
    {
      guint pid = 100 + i;

      scene_start (scene, 10 * i, pid, pid, LSC_SIGHT_PERF, 1);
      scene_in (scene, 10 * i + 2, pid, pid, 0);
      scene_end (scene, 10 * i + 8, pid, pid);
      scene_end_process (scene, 10 * i + 9, pid, EXITED (0));
    }
  g_assert_cmpuint (scene_count (scene, LSC_LANE_PROCESS), ==, LSC_OBSERVER_MAX_LANES / 2);
  g_assert_cmpuint (scene_count (scene, LSC_LANE_THREAD), ==, LSC_OBSERVER_MAX_LANES / 2);
  g_assert_cmpuint (lsc_observer_get_n_beyond (scene->observer), ==, 50);
  /* On the core all of them were seen. */
  g_assert_cmpuint (lsc_lane_get_n_spans (scene_find (scene, LSC_LANE_CORE, "core 0"), 0), ==, n);
}

static void
test_garbage (Scene *scene, gconstpointer data)
{
  g_assert_false (scene_start (scene, 1, 0, 5, LSC_SIGHT_PERF, 1));
  g_assert_false (scene_start (scene, 1, G_MAXUINT32, 5, LSC_SIGHT_PERF, 1));
  g_assert_false (scene_start (scene, 1, 5, 0, LSC_SIGHT_PERF, 1));
  g_assert_false (scene_start (scene, 1, 5, 5, (LscSightKind)9, 1));
  g_assert_false (scene_name (scene, 1, 5, 5, NULL));
  g_assert_false (scene_in (scene, 1, 5, 5, 60000));
  g_assert_false (scene_end (scene, 1, 0, 5));
  g_assert_false (scene_exec (scene, 1, 0, NULL, 0));
  g_assert_false (scene_end (scene, 1, G_MAXUINT32, 5));
  g_assert_false (scene_sample (scene, 1, 5, 5, (LscState)6, 0, 0));
  g_assert_false (scene_sample (scene, 1, 5, 5, LSC_STATE_WAITING, LSC_N_REASONS, 0));
  g_assert_false (scene_usage (scene, 1, 5, 5, (LscUsageKind)7, 1));
  g_assert_false (scene_usage (scene, 1, 5, 5, LSC_USAGE_USER_NS, G_MAXUINT64));
  g_assert_false (scene_lose (scene, 1, 60000, 0, 1));
  /* Neither exited nor ended by a signal. */
  g_assert_false (scene_end_process (scene, 1, 5, 0x137f));
  g_assert_cmpuint (lsc_recording_get_n_lanes (scene->recording), ==, 0);
}

#define ADD(path, func) g_test_add (path, Scene, NULL, scene_set_up, func, scene_tear_down)

int
main (int argc, char *argv[])
{
  char *cache;
  int   status;

  g_test_init (&argc, &argv, NULL);
  cache = lsc_test_cache_enter ();
  ADD ("/observer/life", test_life);
  ADD ("/observer/nameless", test_nameless);
  ADD ("/observer/exec-of-thread", test_exec_of_thread);
  ADD ("/observer/set-uid", test_set_uid);
  ADD ("/observer/number-again", test_number_again);
  ADD ("/observer/missing", test_missing);
  ADD ("/observer/heard-first", test_heard_first);
  ADD ("/observer/samples", test_samples);
  ADD ("/observer/place", test_place);
  ADD ("/observer/worker", test_worker);
  ADD ("/observer/adopt", test_adopt);
  ADD ("/observer/late-claim", test_late_claim);
  ADD ("/observer/late-claim-of-sampled", test_late_claim_of_sampled);
  ADD ("/observer/many", test_many);
  ADD ("/observer/garbage", test_garbage);
  status = g_test_run ();
  lsc_test_cache_leave (cache);
  return status;
}

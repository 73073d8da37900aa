/* test-observer-losses.c: what is made of what the launcher sees where something of it is lost.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times are microseconds; what each record must come to was worked out by hand.
 */

#include "config.h"

#include "lsc-test-cache.h"
#include "observer-support.h"

#define EXACT (LSC_WATCH_SWITCHES | LSC_WATCH_LIFECYCLE)

/* Status words as wait4 gives them. */
#define EXITED(status) ((status) << 8)

/* a runs on core 1, b waits, c runs on core 0; then what happened on core 0 between 100 and 150 is
 * lost. */
static void
test_loss (Scene *scene, gconstpointer data)
{
  static const char *const names[] = { "a", "b", "c", "d" };
  LscUsage                 usage;

  scene_watch (scene, 0, EXACT, 0, NULL);
  for (guint i = 0; i < 4; i++)
    {
      scene_start (scene, 10, 5 + i, 5 + i, LSC_SIGHT_PERF, 1);
      scene_name (scene, 11, 5 + i, 5 + i, names[i]);
    }
  scene_in (scene, 20, 5, 5, 1);
  scene_in (scene, 20, 7, 7, 0);
  g_assert_true (scene_lose (scene, 150, 0, 100, 37));
  scene_leave (scene, 200, 5, 5, 1, FALSE);
  /* c goes off: it has been on that core since then. b goes on: it was off all, but whether it
   * waited or was pushed off is not known. d is never seen again. */
  scene_leave (scene, 205, 7, 7, 0, FALSE);
  scene_in (scene, 210, 6, 6, 0);
  scene_leave (scene, 230, 6, 6, 0, FALSE);

  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "a"), 300, "w:10 R1:180 w:100");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "b"), 300, "w:90 x:50 u:60 R0:20 w:70");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "c"), 300, "w:10 R0:80 x:50 R0:55 w:95");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "d"), 300, "w:90 x:200");
  scene_check (scene, scene_find (scene, LSC_LANE_CORE, "core 0"), 300, "x:50");
  g_assert_cmpuint (lsc_lane_get_n_spans (scene_find (scene, LSC_LANE_CORE, "core 0"), 0), ==, 3);
  g_assert_cmpuint (lsc_recording_get_n_lost (scene->recording), ==, 37);

  /* Whose switches were not all counted has no count. */
  scene_end (scene, 300, 6, 6);
  lsc_lane_get_usage (scene_find (scene, LSC_LANE_THREAD, "b"), &usage);
  g_assert_cmpint (usage.n_voluntary, ==, -1);
}

/* Three threads and three cores. What happens on core 0 from 100 on is lost, and others go on being
 * seen meanwhile. */
static void
set_up_loss (Scene *scene)
{
  static const char *const names[] = { "a", "b", "c" };

  scene_watch (scene, 0, EXACT, 0, NULL);
  for (guint i = 0; i < 3; i++)
    {
      scene_start (scene, 10, 5 + i, 5 + i, LSC_SIGHT_PERF, 1);
      scene_name (scene, 11, 5 + i, 5 + i, names[i]);
    }
  scene_in (scene, 20, 6, 6, 1);
  scene_in (scene, 20, 7, 7, 2);
  g_assert_true (scene_begin_loss (scene, 100, 0));
}

/* One that is not seen on another core may be on this one: nothing is said of it, also not while
 * the loss goes on. */
static void
test_loss_goes_on (Scene *scene, gconstpointer data)
{
  set_up_loss (scene);
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "a"), 105, "w:90 x:5");
  scene_check (scene, scene_find (scene, LSC_LANE_CORE, "core 0"), 105, "x:5");

  scene_leave (scene, 110, 6, 6, 1, TRUE);
  scene_in (scene, 120, 5, 5, 1);
  scene_leave (scene, 130, 5, 5, 1, FALSE);
  /* A look tells what it does now, not what it does until the loss is over. */
  scene_sample (scene, 135, 5, 5, LSC_STATE_WAITING, LSC_REASON_PIPE, 0);
  scene_start (scene, 140, 8, 8, LSC_SIGHT_PERF, 7);
  scene_name (scene, 141, 8, 8, "d");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "a"), 145, "w:90 x:20 R1:10 x:15");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "b"), 145, "w:10 R1:90 x:35");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "c"), 145, "w:10 R2:125");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "d"), 145, "x:5");

  g_assert_true (scene_lose (scene, 150, 0, 100, 9));
  scene_sample (scene, 160, 5, 5, LSC_STATE_WAITING, LSC_REASON_PIPE, 0);
  scene_leave (scene, 170, 6, 6, 0, TRUE);
  scene_in (scene, 180, 8, 8, 0);
  scene_end (scene, 190, 8, 8);
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "a"), 200, "w:90 x:20 R1:10 x:30 w2:40");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "b"), 200, "w:10 R1:90 x:40 R0:20 p:30");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "c"), 200, "w:10 R2:180");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "d"), 200, "x:10 u:30 R0:10");
  scene_check (scene, scene_find (scene, LSC_LANE_CORE, "core 0"), 200, "x:50");
  g_assert_cmpuint (lsc_recording_get_n_lost (scene->recording), ==, 9);
}

/* Where one loss is over another one goes on: then it is not known yet what anybody does. */
static void
test_two_losses (Scene *scene, gconstpointer data)
{
  set_up_loss (scene);
  g_assert_true (scene_begin_loss (scene, 120, 1));
  g_assert_true (scene_lose (scene, 150, 0, 100, 3));
  scene_check (scene, scene_find (scene, LSC_LANE_CORE, "core 0"), 160, "x:50");
  scene_check (scene, scene_find (scene, LSC_LANE_CORE, "core 1"), 160, "x:40");
  /* a left core 0, on which all was seen again: since when it was there is known. */
  scene_start (scene, 155, 8, 8, LSC_SIGHT_PERF, 7);
  scene_name (scene, 156, 8, 8, "d");
  scene_in (scene, 165, 8, 8, 3);
  scene_leave (scene, 170, 5, 5, 0, FALSE);
  g_assert_true (scene_lose (scene, 200, 1, 120, 4));
  scene_in (scene, 210, 5, 5, 0);
  scene_leave (scene, 220, 6, 6, 1, FALSE);
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "a"), 230,
               "w:90 x:50 R0:20 x:30 u:10 R0:20");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "b"), 230, "w:10 R1:100 x:80 R1:20 w:10");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "c"), 230, "w:10 R2:210");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "d"), 230, "x:10 R3:65");
  scene_check (scene, scene_find (scene, LSC_LANE_CORE, "core 0"), 230, "x:50");
  scene_check (scene, scene_find (scene, LSC_LANE_CORE, "core 1"), 230, "x:80");
  g_assert_cmpuint (lsc_recording_get_n_lost (scene->recording), ==, 7);
}

/* That a loss was over may be lost as well, with all else. */
static void
test_loss_within_loss (Scene *scene, gconstpointer data)
{
  set_up_loss (scene);
  scene_lose (scene, 200, LSC_ALL_CORES, 130, 8);
  scene_in (scene, 210, 5, 5, 0);
  scene_leave (scene, 220, 7, 7, 2, FALSE);
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "a"), 230, "w:90 x:100 u:10 R0:20");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "c"), 230, "w:10 R2:110 x:70 R2:20 w:10");
  scene_check (scene, scene_find (scene, LSC_LANE_CORE, "core 0"), 230, "x:100");
  scene_check (scene, scene_find (scene, LSC_LANE_CORE, "core 2"), 230, "x:70");
}

/* The connector tells of an end a little later than perf events would have: that one was lost. */
static void
test_loss_and_message (Scene *scene, gconstpointer data)
{
  set_up_loss (scene);
  scene_lose (scene, 150, 0, 100, 3);
  g_assert_true (scene_hear_end (scene, 190, 5, 5));
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "a"), 230, "w:90 x:90");
}

/* What is seen first after a loss is that it executes: it is on this core. Who was on one before
 * may have been another thread, which has its number since then. */
static void
test_loss_and_exec (Scene *scene, gconstpointer data)
{
  scene_watch (scene, 0, EXACT, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_PERF, 1);
  scene_in (scene, 20, 5, 5, 0);
  scene_lose (scene, 50, 0, 30, 3);
  scene_exec (scene, 60, 5, "a", 1);
  scene_end (scene, 100, 5, 5);
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "a"), 200, "w:10 R0:10 x:30 R1:40");
}

/* The proc connector tells of an exec, but not where; and its text may be gone by then. */
static void
test_exec_somewhere (Scene *scene, gconstpointer data)
{
  LscLane *thread;

  scene_watch (scene, 0, EXACT, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_PERF, 1);
  scene_name (scene, 11, 5, 5, "a");
  scene_in (scene, 20, 5, 5, 2);
  g_assert_true (scene_exec (scene, 60, 5, NULL, G_MAXUINT32));
  thread = scene_find (scene, LSC_LANE_THREAD, "a");
  scene_end (scene, 100, 5, 5);
  scene_check (scene, thread, 200, "w:10 R2:80");
  g_assert_cmpuint (lsc_lane_get_n_spans (scene_find (scene, LSC_LANE_CORE, "core 2"), 0), ==, 1);
}

/* A look after a loss tells that a thread waits, not since when; of one that can run it tells
 * nothing.
 */
static void
test_loss_and_look (Scene *scene, gconstpointer data)
{
  scene_watch (scene, 0, EXACT | LSC_WATCH_SAMPLES, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_PERF, 1);
  scene_name (scene, 11, 5, 5, "a");
  scene_in (scene, 20, 5, 5, 0);
  scene_lose (scene, 50, 0, 30, 3);
  scene_sample (scene, 60, 5, 5, LSC_STATE_RUNNING, 0, 0);
  scene_sample (scene, 80, 5, 5, LSC_STATE_WAITING, LSC_REASON_PIPE, 0);
  scene_in (scene, 90, 5, 5, 0);
  scene_end (scene, 100, 5, 5);
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "a"), 200, "w:10 R0:10 x:50 w2:10 R0:10");
}

/* An end that was not seen when it was, but noticed later, does not say that the thread ran. */
static void
test_loss_and_late_end (Scene *scene, gconstpointer data)
{
  scene_watch (scene, 0, EXACT, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_PERF, 1);
  scene_name (scene, 11, 5, 5, "a");
  scene_in (scene, 20, 5, 5, 0);
  scene_lose (scene, 50, 0, 30, 3);
  g_assert_true (scene_end_process (scene, 90, 5, EXITED (0)));
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "a"), 200, "w:10 R0:10 x:60");
}

/* Of all cores at once, and a thread that ends without having been seen again. */
static void
test_loss_of_all (Scene *scene, gconstpointer data)
{
  scene_watch (scene, 0, EXACT, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_PERF, 1);
  scene_name (scene, 11, 5, 5, "a");
  scene_in (scene, 20, 5, 5, 1);
  scene_lose (scene, 150, LSC_ALL_CORES, 100, 5);
  /* A second one before anything else was seen: one gap. */
  scene_lose (scene, 200, LSC_ALL_CORES, 160, 6);
  scene_end (scene, 250, 5, 5);
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "a"), 300, "w:10 R1:80 x:100 R?:50");
  scene_lose_messages (scene, 260, 77);
  g_assert_cmpuint (lsc_observer_get_n_unheard (scene->observer), ==, 0);
  g_assert_cmpuint (lsc_recording_get_n_lost (scene->recording), ==, 11);
}

/* A thread whose end was lost, too: that its process is over does not say that it ran until then.
 * One whose start was lost is called as its process is. */
static void
test_lost_end (Scene *scene, gconstpointer data)
{
  scene_watch (scene, 0, EXACT, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_PERF, 1);
  scene_exec (scene, 11, 5, "main", 0);
  scene_out (scene, 15, 5, 5, FALSE);
  scene_start (scene, 20, 6, 5, LSC_SIGHT_PERF, 5);
  scene_name (scene, 21, 6, 5, "lost");
  scene_in (scene, 30, 6, 5, 1);
  scene_start (scene, 40, 8, 5, LSC_SIGHT_PERF, 5);
  scene_name (scene, 41, 8, 5, "missed");
  scene_lose (scene, 100, LSC_ALL_CORES, 50, 5);
  scene_in (scene, 110, 7, 5, 1);
  scene_in (scene, 150, 5, 5, 0);
  scene_miss (scene, 180, 8, 5);
  scene_end (scene, 200, 5, 5);
  scene_end_process (scene, 201, 5, EXITED (0));
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "lost"), 300, "w:10 R1:20 x:151");
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "missed"), 300, "w:10 x:130");
  g_assert_cmpint (lsc_lane_get_tid (scene_find (scene, LSC_LANE_THREAD, "main")), ==, 7);
}

/* All but its end was lost of a process that is the run's own: its last switch says no more. */
static void
test_lost_start_of_own (Scene *scene, gconstpointer data)
{
  LscLane *place = lsc_recorder_add_lane (scene->recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN,
                                          0, 0, 1, "worker 1", 0);

  lsc_observer_claim_process (scene->observer, 5, place);
  lsc_observer_claim_thread (scene->observer, 5, 5, place);
  scene_watch (scene, 0, EXACT, 0, NULL);
  scene_lose (scene, 50, LSC_ALL_CORES, 10, 4);
  scene_end (scene, 60, 5, 5);
  scene_leave (scene, 61, 5, 5, 0, FALSE);
  scene_end_process (scene, 90, 5, EXITED (0));
  scene_check (scene, place, 200, "");
}

/* Where switches are not seen, messages about processes are all there is. */
static void
test_loss_of_messages (Scene *scene, gconstpointer data)
{
  scene_watch (scene, 0, LSC_WATCH_LIFECYCLE | LSC_WATCH_SAMPLES, 0, NULL);
  scene_start (scene, 10, 5, 5, LSC_SIGHT_CONNECTOR, 1);
  scene_name (scene, 11, 5, 5, "a");
  scene_sample (scene, 20, 5, 5, LSC_STATE_RUNNING, 0, 0);
  g_assert_true (scene_lose_messages (scene, 30, 77));
  g_assert_cmpuint (lsc_observer_get_n_unheard (scene->observer), ==, 77);
  scene_check (scene, scene_find (scene, LSC_LANE_THREAD, "a"), 50, "~u:10 ~R0:30");
  g_assert_cmpuint (scene_count (scene, LSC_LANE_CORE), ==, 0);
}

#define ADD(path, func) g_test_add (path, Scene, NULL, scene_set_up, func, scene_tear_down)

int
main (int argc, char *argv[])
{
  char *cache;
  int   status;

  g_test_init (&argc, &argv, NULL);
  cache = lsc_test_cache_enter ();
  ADD ("/observer/loss", test_loss);
  ADD ("/observer/loss-goes-on", test_loss_goes_on);
  ADD ("/observer/two-losses", test_two_losses);
  ADD ("/observer/loss-within-loss", test_loss_within_loss);
  ADD ("/observer/loss-and-message", test_loss_and_message);
  ADD ("/observer/loss-and-exec", test_loss_and_exec);
  ADD ("/observer/exec-somewhere", test_exec_somewhere);
  ADD ("/observer/loss-and-look", test_loss_and_look);
  ADD ("/observer/loss-and-late-end", test_loss_and_late_end);
  ADD ("/observer/loss-of-all", test_loss_of_all);
  ADD ("/observer/lost-end", test_lost_end);
  ADD ("/observer/lost-start-of-own", test_lost_start_of_own);
  ADD ("/observer/loss-of-messages", test_loss_of_messages);
  status = g_test_run ();
  lsc_test_cache_leave (cache);
  return status;
}

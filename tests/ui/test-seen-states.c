/* test-seen-states.c: what the inspector says of lanes whose every switch was seen.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Expectations are worked out by hand from the states below. A run of 1 s on 2 cores:
 *
 *   ms          0   100  200  300  400  500  600  700  800  900 1000
 *   worker      R0...........|P........|R1..................|W......|
 *   helper      W............|R0...................|W...............|
 */

#include "config.h"

#include <errno.h>
#include <string.h>

#include "lsc-clock.h"
#include "lsc-inspector-facts.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"
#include "lsc-timeline-text.h"

#define MS LSC_NS_PER_MS

typedef struct
{
  LscScene *scene;
  LscLane  *worker;
  LscLane  *helper;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const LscRecordingInfo info = {
    .workload_id = "t", .workload_name = "T", .n_workers = 1, .n_cores = 2
  };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscRecorder) recorder = NULL;
  LscLane *process;

  lsc_text_list_append (inputs, "x", -1);
  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  fixture->worker = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_EXACT, 10,
                                           10, 1, "worker 1", 0);
  lsc_recorder_begin_span (recorder, fixture->worker, 0, 0, LSC_CATEGORY_TASK, 0);
  lsc_recorder_set_state (recorder, fixture->worker, 0, LSC_STATE_RUNNING, 0);
  lsc_recorder_set_state (recorder, fixture->worker, 300 * MS, LSC_STATE_PREEMPTED, 0);
  lsc_recorder_set_state (recorder, fixture->worker, 500 * MS, LSC_STATE_RUNNING, 1);
  lsc_recorder_set_state (recorder, fixture->worker, 900 * MS, LSC_STATE_WAITING, LSC_REASON_LOCK);
  lsc_recorder_end_span (recorder, fixture->worker, 1000 * MS, LSC_TASK_DONE);

  process = lsc_recorder_add_lane (recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_EXACT, 20, 20, 0,
                                   "cc1", 0);
  lsc_recorder_set_seen (recorder, process, NULL);
  fixture->helper = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, process, LSC_SOURCE_EXACT, 20,
                                           20, 0, "cc1", 0);
  lsc_recorder_set_seen (recorder, fixture->helper, NULL);
  lsc_recorder_set_state (recorder, fixture->helper, 0, LSC_STATE_WAITING, 0);
  lsc_recorder_set_state (recorder, fixture->helper, 300 * MS, LSC_STATE_RUNNING, 0);
  lsc_recorder_set_state (recorder, fixture->helper, 700 * MS, LSC_STATE_WAITING, 0);
  lsc_recorder_end_lane (recorder, fixture->helper, 1000 * MS, LSC_LANE_RETIRED, 0, LSC_TASK_DONE);
  lsc_recorder_end_lane (recorder, process, 1000 * MS, LSC_LANE_EXITED, 3, LSC_TASK_FAILED);
  lsc_recorder_finish (recorder, 1000 * MS);

  fixture->scene = lsc_scene_new ();
  lsc_scene_add_strip (fixture->scene, lsc_recorder_get_recording (recorder), LSC_EXECUTOR_THREADS,
                       1);
  lsc_scene_get_strip (fixture->scene, 0)->now_ns = 1000 * MS;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->scene);
}

/* With ordinary spaces. */
static void
assert_fact (GPtrArray *facts, const char *label, const char *expected)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *value = NULL;
  const char      *found = lsc_inspector_facts_find (facts, label);

  g_assert_nonnull (found);
  parts = g_strsplit (found, "\u00a0", -1);
  value = g_strjoinv (" ", parts);
  g_assert_cmpstr (value, ==, expected);
}

static void
test_lane (Fixture *fixture, gconstpointer data)
{
  LscTimelineFocus focus = { .strip = 0, .lane = fixture->worker };
  g_autoptr (GPtrArray) facts = lsc_inspector_facts_new (fixture->scene, &focus, NULL, NULL);

  g_assert_cmpstr (((LscFact *)g_ptr_array_index (facts, 0))->value, ==, "exact");
  assert_fact (facts, "Running", "700 ms   70 %");
  assert_fact (facts, "Pre-empted", "200 ms   20 %");
  assert_fact (facts, "Waiting", "100 ms   10 %");
  assert_fact (facts, "Left a core", "2");
  assert_fact (facts, "Changed cores", "1");
  g_assert_null (lsc_inspector_facts_find (facts, "Not recorded"));
  g_assert_null (lsc_inspector_facts_find (facts, "Worked"));
}

/* 250 to 750 ms: the worker ran 50 + 250, the helper 400: 1.4 cores of 2. */
static void
test_range (Fixture *fixture, gconstpointer data)
{
  LscTimelineFocus focus = { .strip = -1, .range_from_ns = 250 * MS, .range_to_ns = 750 * MS };
  g_autoptr (GPtrArray) facts = lsc_inspector_facts_new (fixture->scene, &focus, NULL, NULL);

  assert_fact (facts, "Tasks", "1");
  assert_fact (facts, "Lanes at work", "1.00 of 1");
  assert_fact (facts, "Cores busy", "1.40 of 2");
  assert_fact (facts, "Running", "700 ms");
  assert_fact (facts, "Pre-empted", "200 ms");
  assert_fact (facts, "Waiting", "100 ms");
  assert_fact (facts, "Left a core", "2");
  assert_fact (facts, "Changed cores", "1");
  assert_fact (facts, "worker 1", "60 % running, 40 % pre-empted");
  assert_fact (facts, "cc1 (20)", "80 % running, 20 % waiting");
}

/* How the lanes of the first strip are known: it stands beside its name. */
static void
assert_source (GPtrArray *facts, const char *expected)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const LscFact *fact = g_ptr_array_index (facts, i);

      if (fact->kind == LSC_FACT_HEADING && g_strcmp0 (fact->label, "Threads") == 0)
        {
          g_assert_cmpstr (fact->value, ==, expected);
          return;
        }
    }
  g_assert_not_reached ();
}

/* Of one that was only looked at: so much is said of it, and that it is an estimate; no number of
 * switches, which nobody counted. */
static void
test_sampled_range (Fixture *fixture, gconstpointer data)
{
  const LscRecordingInfo info = { .workload_id = "t", .workload_name = "T", .n_workers = 1 };
  LscTimelineFocus focus = { .strip = -1, .range_from_ns = 200 * MS, .range_to_ns = 600 * MS };
  g_autoptr (LscScene) scene = lsc_scene_new ();
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscRecorder) recorder = NULL;
  g_autoptr (GPtrArray) facts = NULL;
  LscLane *lane;

  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  lane = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_SAMPLED, 1, 1, 1,
                                "worker 1", 0);
  lsc_recorder_set_sampled_state (recorder, lane, 0, LSC_STATE_RUNNING, 0);
  lsc_recorder_set_sampled_state (recorder, lane, 400 * MS, LSC_STATE_WAITING, 0);
  lsc_recorder_finish (recorder, 1000 * MS);
  lsc_scene_add_strip (scene, lsc_recorder_get_recording (recorder), LSC_EXECUTOR_THREADS, 1);
  lsc_scene_get_strip (scene, 0)->now_ns = 1000 * MS;

  facts = lsc_inspector_facts_new (scene, &focus, NULL, NULL);
  assert_fact (facts, "worker 1", "50 % running, 50 % waiting (sampled)");
  assert_fact (facts, "Running", "200 ms");
  assert_source (facts, "sampled");
  /* Looks do not tell this from running. */
  g_assert_null (lsc_inspector_facts_find (facts, "Pre-empted"));
  g_assert_null (lsc_inspector_facts_find (facts, "Left a core"));
  g_assert_null (lsc_inspector_facts_find (facts, "Changed cores"));

  g_clear_pointer (&facts, g_ptr_array_unref);
  facts = lsc_inspector_facts_new (fixture->scene, &focus, NULL, NULL);
  assert_source (facts, "exact");
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  const LscStrip  *strip = lsc_scene_get_strip (fixture->scene, 0);
  g_autofree char *text = NULL;

  lsc_recording_begin_read (strip->recording);
  text = lsc_timeline_text_lane (strip, fixture->helper);
  lsc_recording_end_read (strip->recording);
  g_assert_nonnull (strstr (text, "cc1 (20): 400"));
  g_assert_true (g_str_has_suffix (text, "running, exited with status 3"));
}

static void
assert_state (Fixture *fixture, gint64 at_ms, gint64 px_ms, const char *expected)
{
  const LscStrip  *strip = lsc_scene_get_strip (fixture->scene, 0);
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *plain = NULL;

  lsc_recording_begin_read (strip->recording);
  text = lsc_timeline_text_state (strip, fixture->worker, at_ms * MS, px_ms * MS);
  lsc_recording_end_read (strip->recording);
  g_assert_nonnull (text);
  parts = g_strsplit (text, "\u00a0", -1);
  plain = g_strjoinv (" ", parts);
  g_assert_cmpstr (plain, ==, expected);
}

/* What the pointer is on; where a pixel holds more than that, it is not picked out. */
static void
test_moments (Fixture *fixture, gconstpointer data)
{
  assert_state (fixture, 50, 1, "on core 0: 300 ms");
  assert_state (fixture, 400, 1, "pushed off its core: 200 ms");
  assert_state (fixture, 700, 1, "on core 1: 400 ms");
  assert_state (fixture, 950, 1, "waiting for a lock: 100 ms");
  assert_state (fixture, 950, 200, "It was switched often here; zoom in to see what it did");
}

/* Why it was not seen exactly is said once; what watching cost, by how often a core changed. */
static void
test_watching (Fixture *fixture, gconstpointer data)
{
  const LscRecordingInfo info = { .workload_id = "t", .workload_name = "T", .n_workers = 1 };
  LscTimelineFocus       focus = { .strip = -1 };
  g_autoptr (GPtrArray) facts = NULL;
  guint n = 0;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (LscTextList) inputs = lsc_text_list_new ();
      g_autoptr (LscRecorder) recorder = NULL;

      lsc_text_list_append (inputs, "x", -1);
      lsc_text_list_freeze (inputs);
      recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
      lsc_recorder_add_watch (recorder, 0, LSC_WATCH_SAMPLES, EACCES, 0);
      lsc_recorder_finish (recorder, 1000 * MS);
      lsc_scene_add_strip (fixture->scene, lsc_recorder_get_recording (recorder),
                           LSC_EXECUTOR_PROCESSES, 1);
    }
  facts = lsc_inspector_facts_new (fixture->scene, &focus, NULL, NULL);
  for (guint i = 0; i < facts->len; i++)
    {
      const LscFact *fact = g_ptr_array_index (facts, i);

      n += fact->value != NULL && strstr (fact->value, "kernel.perf_event_paranoid=2") != NULL;
    }
  g_assert_cmpuint (n, ==, 1);
  g_assert_null (lsc_inspector_facts_find (facts, "Watching cost"));
}

/* ---- what is found ------------------------------------------------------------------- */

static void
found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  guint *n_found = g_object_get_data (object, "n-found");

  lsc_inspector_find_finish (result);
  (*n_found)++;
}

/* One worker on one of two cores, pushed off it half of the time: not by the run's own threads. */
static void
add_loaded (LscScene *scene)
{
  const LscRecordingInfo info = {
    .workload_id = "t", .workload_name = "T", .n_workers = 1, .n_cores = 2
  };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscRecorder) recorder = NULL;
  LscLane *worker;
  LscLane *core;

  lsc_text_list_append (inputs, "x", -1);
  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  lsc_recorder_add_watch (recorder, 0, LSC_WATCH_SWITCHES, 0, 0);
  worker = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_EXACT, 1, 1, 1,
                                  "worker 1", 0);
  core = lsc_recorder_add_lane (recorder, LSC_LANE_CORE, NULL, LSC_SOURCE_EXACT, -1, 0, 0, "core 0",
                                0);
  lsc_recorder_begin_span (recorder, worker, 0, 0, LSC_CATEGORY_TASK, 0);
  for (gint64 at_ms = 0; at_ms < 1000; at_ms += 10)
    {
      lsc_recorder_set_state (recorder, worker, at_ms * MS, LSC_STATE_RUNNING, 0);
      lsc_recorder_begin_span (recorder, core, at_ms * MS, 0, 0, LSC_NO_TASK);
      lsc_recorder_end_span (recorder, core, (at_ms + 5) * MS, LSC_TASK_DONE);
      lsc_recorder_set_state (recorder, worker, (at_ms + 5) * MS, LSC_STATE_PREEMPTED, 0);
    }
  lsc_recorder_finish (recorder, 1000 * MS);
  lsc_scene_add_strip (scene, lsc_recorder_get_recording (recorder), LSC_EXECUTOR_THREADS, 1);
  lsc_scene_get_strip (scene, lsc_scene_get_n_strips (scene) - 1)->now_ns = 1000 * MS;
}

static guint
count_findings (LscScene *scene)
{
  LscTimelineFocus focus = { .strip = -1 };
  g_autoptr (GPtrArray) facts = lsc_inspector_facts_new (scene, &focus, NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < facts->len; i++)
    n += ((LscFact *)g_ptr_array_index (facts, i))->kind == LSC_FACT_FINDING;
  return n;
}

/* It is looked for elsewhere, once for each run that is over, and told from then on. */
static void
test_found (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GObject) asker = g_object_new (G_TYPE_OBJECT, NULL);
  LscStrip *first = lsc_scene_get_strip (fixture->scene, 0);
  guint     n_found = 0;

  g_object_set_data (asker, "n-found", &n_found);
  add_loaded (fixture->scene);
  first->live = TRUE;
  for (guint i = 0; i < 3; i++)
    lsc_inspector_find (fixture->scene, asker, found_cb);
  g_assert_cmpuint (count_findings (fixture->scene), ==, 0);
  while (n_found < 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_findings (fixture->scene), ==, 1);

  /* The other one, now that it is over: it has nothing. */
  first->live = FALSE;
  for (guint i = 0; i < 3; i++)
    lsc_inspector_find (fixture->scene, asker, found_cb);
  while (n_found < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_findings (fixture->scene), ==, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (n_found, ==, 2);
}

int
main (int argc, char **argv)
{
  char *cache;
  int   status;

  g_test_init (&argc, &argv, NULL);
  cache = lsc_test_cache_enter ();
#define ADD(name, func) g_test_add ("/seen-states/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("lane", test_lane);
  ADD ("range", test_range);
  ADD ("sampled-range", test_sampled_range);
  ADD ("words", test_words);
  ADD ("moments", test_moments);
  ADD ("found", test_found);
  ADD ("watching", test_watching);
  status = g_test_run ();
  lsc_test_cache_leave (cache);
  return status;
}

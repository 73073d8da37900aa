/* test-curves.c: what a process used: its row on the timeline, the inspector, what is said.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run of one second: worker 1 used half a core all the time and had 40 MB, half of it shared with
 * another. Needs a display: run by run-under-xvfb.sh.
 */

#include "config.h"

#include <adwaita.h>

#include "lsc-clock.h"
#include "lsc-inspector-facts.h"
#include "lsc-recorder.h"
#include "lsc-timeline-item.h"
#include "lsc-timeline-private.h"
#include "lsc-timeline-text.h"

#define MS LSC_NS_PER_MS
#define MB G_GUINT64_CONSTANT (1000000)

static LscLane *
add_worker (LscRecorder *recorder, gint32 pid, guint worker, guint64 cpu_ms)
{
  g_autofree char *name = g_strdup_printf ("worker %u", worker);
  LscLane *process = lsc_recorder_add_lane (recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN, pid,
                                            pid, worker, name, 0);

  lsc_recorder_begin_span (recorder, process, 0, 0, LSC_CATEGORY_TASK, LSC_NO_TASK);
  for (guint i = 1; i <= 10; i++)
    lsc_recorder_add_counter (recorder, process, i * 100 * MS, LSC_COUNTER_CPU_NS,
                              cpu_ms * i / 10 * MS);
  return process;
}

static LscScene *
make_scene (void)
{
  const LscRecordingInfo info = { .workload_id = "t", .n_workers = 2, .n_cores = 2 };
  g_autoptr (LscRecorder) recorder = lsc_recorder_new (NULL, &info, NULL, 0, NULL);
  LscScene *scene = lsc_scene_new ();
  LscLane  *process = add_worker (recorder, 11, 1, 500);

  lsc_recorder_add_counter (recorder, process, 100 * MS, LSC_COUNTER_RSS_BYTES, 40 * MB);
  lsc_recorder_add_counter (recorder, process, 100 * MS, LSC_COUNTER_PSS_BYTES, 20 * MB);
  lsc_recorder_add_counter (recorder, process, 100 * MS, LSC_COUNTER_FAULTS, 123);
  add_worker (recorder, 12, 2, 0);
  lsc_recorder_finish (recorder, 1000 * MS);
  lsc_scene_add_strip (scene, lsc_recorder_get_recording (recorder), LSC_EXECUTOR_PROCESSES, 2);
  return scene;
}

typedef struct
{
  GtkWidget   *window;
  LscTimeline *timeline;
  LscScene    *scene;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = gtk_window_new ();
  fixture->timeline = lsc_timeline_new ();
  fixture->scene = make_scene ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->timeline));
  lsc_timeline_set_scene (fixture->timeline, fixture->scene);
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (lsc_timeline_ensure_layout (fixture->timeline) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->scene);
}

static LscTimelineItem *
find_item (LscTimeline *timeline, const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (timeline)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (LSC_IS_TIMELINE_ITEM (child) && gtk_widget_get_visible (child) &&
        g_str_equal (lsc_timeline_item_get_label (LSC_TIMELINE_ITEM (child)), label))
      return LSC_TIMELINE_ITEM (child);
  return NULL;
}

#define SAID "worker 1 (11): 500\u00a0ms of CPU time, up to 40\u00a0MB of memory"

/* On and off; a scene that comes later has it, too. */
static void
test_toggle (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscScene) other = make_scene ();

  lsc_timeline_a11y_update (fixture->timeline);
  g_assert_null (find_item (fixture->timeline, SAID));
  g_object_set (fixture->timeline, "shows-curves", TRUE, NULL);
  lsc_timeline_a11y_update (fixture->timeline);
  g_assert_nonnull (find_item (fixture->timeline, SAID));
  lsc_timeline_set_scene (fixture->timeline, other);
  g_assert_true (lsc_scene_get_shows_curves (other));
  lsc_timeline_set_scene (fixture->timeline, fixture->scene);
  g_object_set (fixture->timeline, "shows-curves", FALSE, NULL);
  lsc_timeline_a11y_update (fixture->timeline);
  g_assert_null (find_item (fixture->timeline, SAID));
}

/* Down goes from lane to lane: a row of curves is part of the one above it. */
static void
test_keyboard (Fixture *fixture, gconstpointer data)
{
  LscTimelineFocus focus;

  g_object_set (fixture->timeline, "shows-curves", TRUE, NULL);
  for (guint i = 0; i < 2; i++)
    g_assert_true (lsc_timeline_move_lane (fixture->timeline, 1));
  lsc_timeline_get_focus (fixture->timeline, &focus);
  g_assert_nonnull (focus.lane);
  g_assert_cmpuint (lsc_lane_get_worker (focus.lane), ==, 1);
  g_assert_true (lsc_timeline_move_lane (fixture->timeline, 1));
  lsc_timeline_get_focus (fixture->timeline, &focus);
  g_assert_cmpuint (lsc_lane_get_worker (focus.lane), ==, 2);
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  LscStrip        *strip = lsc_scene_get_strip (fixture->scene, 0);
  LscLane         *process = lsc_recording_get_lane (strip->recording, 0);
  g_autofree char *inside = lsc_timeline_text_counters_at (strip, process, 550 * MS);
  g_autofree char *early = lsc_timeline_text_counters_at (strip, process, 50 * MS);
  g_autofree char *after = lsc_timeline_text_counters_at (strip, process, 2000 * MS);

  g_assert_cmpstr (inside, ==,
                   "0.50 cores used\n40\u00a0MB of memory\n20\u00a0MB with what is shared "
                   "divided\nworker 1 (11), sampled");
  /* Memory was not looked at yet. */
  g_assert_cmpstr (early, ==, "0.50 cores used\nworker 1 (11), sampled");
  g_assert_null (after);
}

static void
test_facts (Fixture *fixture, gconstpointer data)
{
  LscStrip        *strip = lsc_scene_get_strip (fixture->scene, 0);
  LscTimelineFocus focus = { .strip = 0, .lane = lsc_recording_get_lane (strip->recording, 0) };
  g_autoptr (GPtrArray) lane = lsc_inspector_facts_new (fixture->scene, &focus, NULL, NULL);
  g_autoptr (GPtrArray) range = NULL;

  g_assert_cmpstr (lsc_inspector_facts_find (lane, "Cores used"), ==, "0.50 on average");
  g_assert_cmpstr (lsc_inspector_facts_find (lane, "Peak memory"), ==, "40\u00a0MB, sampled");
  g_assert_cmpstr (lsc_inspector_facts_find (lane, "Peak, shares divided"), ==,
                   "20\u00a0MB, sampled");
  g_assert_cmpstr (lsc_inspector_facts_find (lane, "Page faults"), ==, "123, sampled");

  focus = (LscTimelineFocus){ .strip = -1, .range_from_ns = 200 * MS, .range_to_ns = 600 * MS };
  range = lsc_inspector_facts_new (fixture->scene, &focus, NULL, NULL);
  g_assert_cmpstr (lsc_inspector_facts_find (range, "Mean CPU"), ==, "0.50 cores, sampled");
  g_assert_cmpstr (lsc_inspector_facts_find (range, "Peak memory"), ==,
                   "40\u00a0MB, worker 1 (11)");
}

/* A command has a process of its own; of a task on a worker only the worker's peak is known. */
static void
test_task_peaks (void)
{
  const LscRecordingInfo info = { .workload_id = "t", .n_workers = 1, .n_cores = 2 };
  const LscUsage         usage = { -1, -1, -1, -1, -1, 55 * MB };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscScene) scene = lsc_scene_new ();
  g_autoptr (LscRecorder) recorder = NULL;
  LscTimelineFocus focus = { .strip = 0, .has_span = TRUE };
  LscLane         *process;

  for (guint i = 0; i < 2; i++)
    lsc_text_list_append (inputs, "in", -1);
  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  process = lsc_recorder_add_lane (recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN, 11, 11, 0,
                                   "worker 1", 0);
  focus.lane = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, process, LSC_SOURCE_OWN, 11, 12, 1,
                                      "worker 1", 0);
  for (guint i = 0; i < 2; i++)
    {
      const LscTask task = { .status = LSC_TASK_DONE,
                             .exit = -1,
                             .start_ns = i * 100 * MS,
                             .end_ns = (i + 1) * 100 * MS,
                             .peak_rss_bytes = i == 0 ? -1 : 7 * (gint64)MB };

      lsc_recorder_begin_span (recorder, focus.lane, task.start_ns, 0, LSC_CATEGORY_TASK, i);
      lsc_recorder_end_span (recorder, focus.lane, task.end_ns, LSC_TASK_DONE);
      lsc_task_table_set (lsc_recording_get_tasks (lsc_recorder_get_recording (recorder)), i, &task,
                          "out", 3);
    }
  lsc_recorder_add_counter (recorder, process, 100 * MS, LSC_COUNTER_RSS_BYTES, 40 * MB);
  lsc_scene_add_strip (scene, lsc_recorder_get_recording (recorder), LSC_EXECUTOR_THREADS, 1);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) facts = NULL;

      g_assert_true (lsc_lane_find_span (focus.lane, 0, (i == 1 ? 110 : 10) * MS,
                                         (i == 1 ? 120 : 20) * MS, &focus.span));
      facts = lsc_inspector_facts_new (scene, &focus, NULL, NULL);
      g_assert_cmpstr (lsc_inspector_facts_find (facts, "Peak memory"), ==,
                       i == 1 ? "7\u00a0MB" : NULL);
      g_assert_cmpstr (lsc_inspector_facts_find (facts, "Peak of its process"), ==,
                       i == 0   ? "40\u00a0MB, sampled"
                       : i == 2 ? "55\u00a0MB"
                                : NULL);
      if (i == 1)
        lsc_recorder_set_usage (recorder, process, &usage);
    }
}

/* The row of a process with one thread is that thread's: it has the figures of both. */
static void
test_facts_of_main_thread (Fixture *fixture, gconstpointer data)
{
  const LscRecordingInfo info = { .workload_id = "t", .n_workers = 1, .n_cores = 2 };
  g_autoptr (LscRecorder) recorder = lsc_recorder_new (NULL, &info, NULL, 0, NULL);
  g_autoptr (LscScene) scene = lsc_scene_new ();
  g_autoptr (GPtrArray) facts = NULL;
  LscTimelineFocus focus = { .strip = 0 };
  LscLane         *process = add_worker (recorder, 21, 1, 500);
  LscUsage         usage;

  focus.lane = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, process, LSC_SOURCE_EXACT, 21, 21,
                                      1, "worker 1", 0);
  lsc_lane_get_usage (process, &usage);
  usage.peak_rss_bytes = 60 * MB;
  lsc_recorder_set_usage (recorder, process, &usage);
  lsc_recorder_finish (recorder, 1000 * MS);
  lsc_scene_add_strip (scene, lsc_recorder_get_recording (recorder), LSC_EXECUTOR_SEQUENTIAL, 1);

  facts = lsc_inspector_facts_new (scene, &focus, NULL, NULL);
  g_assert_cmpstr (lsc_inspector_facts_find (facts, "Peak memory"), ==, "60\u00a0MB");
  g_assert_cmpstr (lsc_inspector_facts_find (facts, "Cores used"), ==, "0.50 on average");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, func) g_test_add ("/ui/curves/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("toggle", test_toggle);
  ADD ("keyboard", test_keyboard);
  ADD ("words", test_words);
  ADD ("facts", test_facts);
  g_test_add_func ("/ui/curves/task-peaks", test_task_peaks);
  ADD ("facts-of-main-thread", test_facts_of_main_thread);
  return g_test_run ();
}

/* test-timeline.c: the timeline, the inspector and the pages on recordings that are always the
 * same.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Needs a display: run by run-under-xvfb.sh.
 */

#include "config.h"

#include <adwaita.h>

#include "lsc-clock.h"
#include "lsc-demo-recording.h"
#include "lsc-inspector.h"
#include "lsc-inspector-facts.h"
#include "lsc-layout-private.h"
#include "lsc-output-page.h"
#include "lsc-recorder.h"
#include "lsc-results-page.h"
#include "lsc-settle.h"
#include "lsc-timeline-item.h"
#include "lsc-timeline-private.h"
#include "lsc-timeline-text.h"
#include "lsc-units.h"

#define N_WORKERS 3
#define N_TASKS   24

static LscScene *
make_scene (void)
{
  static const LscExecutorKind kinds[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_THREADS,
                                           LSC_EXECUTOR_PROCESSES };
  LscScene                    *scene = lsc_scene_new ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (LscRecording) recording = lsc_demo_recording_new (kinds[i], N_WORKERS, N_TASKS);
      guint index = lsc_scene_add_strip (scene, recording, kinds[i], i == 0 ? 1 : N_WORKERS);

      lsc_scene_get_strip (scene, index)->now_ns = lsc_recording_get_wall_ns (recording);
    }
  return scene;
}

typedef struct
{
  GtkWidget   *window;
  LscTimeline *timeline;
  LscScene    *scene;
  guint        n_focus_changes;
} Fixture;

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = gtk_window_new ();
  fixture->timeline = lsc_timeline_new ();
  fixture->scene = make_scene ();
  g_signal_connect_swapped (fixture->timeline, "focus-changed", G_CALLBACK (count_cb),
                            &fixture->n_focus_changes);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->timeline));
  lsc_timeline_set_scene (fixture->timeline, fixture->scene);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle (400);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GtkWidget *timeline = GTK_WIDGET (fixture->timeline);

  g_object_add_weak_pointer (G_OBJECT (timeline), (gpointer *)&timeline);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle (50);
  g_assert_null (timeline);
  g_assert_finalize_object (fixture->scene);
}

/* As the key does. */
static void
press (Fixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->timeline), action, NULL));
}

static guint
count_items (LscTimeline *timeline)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (timeline)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += LSC_IS_TIMELINE_ITEM (child) && gtk_widget_get_visible (child);
  return n;
}

static LscTimelineItem *
find_item (LscTimeline *timeline, const char *prefix)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (timeline)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (LSC_IS_TIMELINE_ITEM (child) && gtk_widget_get_visible (child) &&
          g_str_has_prefix (lsc_timeline_item_get_label (LSC_TIMELINE_ITEM (child)), prefix))
        return LSC_TIMELINE_ITEM (child);
    }
  return NULL;
}

static void
test_view (Fixture *fixture, gconstpointer data)
{
  LscTimelineView whole;
  LscTimelineView view;

  lsc_timeline_get_view (fixture->timeline, &whole);
  g_assert_cmpint (whole.from_ns, ==, 0);
  g_assert_cmpint (whole.to_ns, >=, lsc_scene_get_end_ns (fixture->scene));

  press (fixture, "timeline.zoom-in");
  lsc_timeline_get_view (fixture->timeline, &view);
  g_assert_cmpint (view.to_ns - view.from_ns, <, whole.to_ns);

  press (fixture, "timeline.pan-left");
  press (fixture, "timeline.pan-left");
  press (fixture, "timeline.pan-left");
  press (fixture, "timeline.pan-left");
  lsc_timeline_get_view (fixture->timeline, &view);
  g_assert_cmpint (view.from_ns, ==, 0);
  g_assert_cmpint (view.to_ns, <, whole.to_ns);
  press (fixture, "timeline.fit");
  lsc_timeline_get_view (fixture->timeline, &view);
  g_assert_cmpint (view.from_ns, ==, 0);
  g_assert_cmpint (view.to_ns, ==, whole.to_ns);

  lsc_timeline_show_range (fixture->timeline, whole.to_ns / 2, whole.to_ns / 2 + whole.to_ns / 10);
  lsc_timeline_get_view (fixture->timeline, &view);
  g_assert_cmpint (view.from_ns, <=, whole.to_ns / 2);
  g_assert_cmpint (view.to_ns, >=, whole.to_ns / 2 + whole.to_ns / 10);
  g_assert_cmpint (view.to_ns - view.from_ns, <, whole.to_ns / 5);
}

static void
test_list_of_lanes (Fixture *fixture, gconstpointer data)
{
  LscTimelineItem *item;
  LscTimelineFocus focus;

  /* Heads and lanes of three modes at least. */
  g_assert_cmpuint (count_items (fixture->timeline), >=, 3 + 1 + N_WORKERS + N_WORKERS);
  g_assert_nonnull (
      find_item (fixture->timeline, lsc_executor_kind_get_label (LSC_EXECUTOR_THREADS)));

  item = find_item (fixture->timeline, "worker 2");
  g_assert_nonnull (item);
  gtk_widget_activate_action (GTK_WIDGET (item), "item.pick", NULL);
  lsc_timeline_get_focus (fixture->timeline, &focus);
  g_assert_nonnull (focus.lane);
  g_assert_cmpuint (lsc_lane_get_worker (focus.lane), ==, 2);
  g_assert_cmpuint (fixture->n_focus_changes, >, 0);
}

static void
test_scene_goes (Fixture *fixture, gconstpointer data)
{
  LscTimelineFocus focus;
  LscTimelineItem *item = find_item (fixture->timeline, "worker 1");

  gtk_widget_activate_action (GTK_WIDGET (item), "item.pick", NULL);
  lsc_scene_clear (fixture->scene);
  lsc_timeline_scene_changed (fixture->timeline);
  settle (250);
  lsc_timeline_get_focus (fixture->timeline, &focus);
  g_assert_cmpint (focus.strip, ==, -1);
  g_assert_null (focus.lane);
  g_assert_cmpuint (count_items (fixture->timeline), ==, 0);
}

/* A live run of one lane; its recorder is the caller's. */
static LscRecorder *
make_live_scene (LscScene **scene)
{
  const LscRecordingInfo info = { .workload_id = "t", .workload_name = "T", .n_workers = 1 };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  LscRecorder *recorder;
  LscStrip    *strip;

  lsc_text_list_append (inputs, "x", -1);
  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  lsc_recorder_begin_span (recorder,
                           lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_OWN,
                                                  1, 1, 1, "worker 1", 0),
                           0, 0, LSC_CATEGORY_TASK, 0);
  *scene = lsc_scene_new ();
  lsc_scene_add_strip (*scene, lsc_recorder_get_recording (recorder), LSC_EXECUTOR_THREADS, 1);
  strip = lsc_scene_get_strip (*scene, 0);
  strip->now_ns = 100 * LSC_NS_PER_MS;
  strip->live = TRUE;
  return recorder;
}

static gboolean
has_feature (LscTimeline *timeline, LscFeatures feature)
{
  LscTimelineLayout *layout = lsc_timeline_ensure_layout (timeline);

  g_assert_nonnull (layout);
  return (lsc_timeline_layout_get_features (layout) & feature) != 0;
}

static guint
count_legend (LscTimeline *timeline)
{
  g_autoptr (GArray) items =
      lsc_timeline_layout_list_legend (lsc_timeline_ensure_layout (timeline));

  return items->len;
}

/* What is asked of a lane, a new kind of step, and a task that fails, is drawn and explained while
 * the run goes on. */
static void
test_live_events (Fixture *fixture, gconstpointer data)
{
  const LscTask task = { .status = LSC_TASK_FAILED, .worker = 1, .end_ns = 90 * LSC_NS_PER_MS };
  g_autoptr (LscScene) scene = NULL;
  g_autoptr (LscRecorder) recorder = make_live_scene (&scene);
  LscRecording *recording = lsc_recorder_get_recording (recorder);

  lsc_timeline_set_scene (fixture->timeline, scene);
  g_assert_false (has_feature (fixture->timeline, LSC_FEATURE_JOIN_ASKED));

  lsc_recorder_add_mark (recorder, lsc_recording_get_lane (recording, 0), 50 * LSC_NS_PER_MS,
                         LSC_MARK_JOIN_ASKED, 0, 0);
  lsc_timeline_scene_changed (fixture->timeline);
  g_assert_true (has_feature (fixture->timeline, LSC_FEATURE_JOIN_ASKED));
  g_assert_false (has_feature (fixture->timeline, LSC_FEATURE_FAILED));

  for (guint i = 0; i < 3; i++)
    {
      const char *names[] = { "boil", "chop", "serve" };
      LscLane    *lane = lsc_recording_get_lane (recording, 0);
      guint       n = count_legend (fixture->timeline);

      lsc_recorder_begin_span (recorder, lane, (60 + 10 * i) * LSC_NS_PER_MS,
                               lsc_recorder_add_string (recorder, names[i]), i + 1, LSC_NO_TASK);
      lsc_recorder_end_span (recorder, lane, (65 + 10 * i) * LSC_NS_PER_MS, LSC_TASK_DONE);
      lsc_timeline_scene_changed (fixture->timeline);
      g_assert_cmpuint (count_legend (fixture->timeline), ==, n + 1);
    }

  lsc_task_table_set (lsc_recording_get_tasks (recording), 0, &task, NULL, 0);
  lsc_timeline_scene_changed (fixture->timeline);
  g_assert_true (has_feature (fixture->timeline, LSC_FEATURE_FAILED));
  lsc_timeline_set_scene (fixture->timeline, fixture->scene);
}

static void
test_follow (Fixture *fixture, gconstpointer data)
{
  LscStrip       *strip = lsc_scene_get_strip (fixture->scene, 2);
  gint64          end_ns = strip->now_ns;
  LscTimelineView view;

  strip->live = TRUE;
  strip->now_ns = end_ns / 2;
  lsc_timeline_scene_changed (fixture->timeline);
  g_assert_true (lsc_timeline_get_follow (fixture->timeline));

  /* Away from the live edge it is left alone. */
  lsc_timeline_show_range (fixture->timeline, 0, end_ns / 10);
  g_assert_false (lsc_timeline_get_follow (fixture->timeline));
  lsc_timeline_get_view (fixture->timeline, &view);
  strip->now_ns = end_ns * 3 / 4;
  lsc_timeline_scene_changed (fixture->timeline);
  lsc_timeline_get_view (fixture->timeline, &view);
  g_assert_cmpint (view.from_ns, ==, 0);
  g_assert_cmpint (view.to_ns, <, end_ns / 2);

  lsc_timeline_set_follow (fixture->timeline, TRUE);
  lsc_timeline_get_view (fixture->timeline, &view);
  g_assert_cmpint (view.from_ns, <=, strip->now_ns);
  g_assert_cmpint (view.to_ns, >=, strip->now_ns);
  strip->live = FALSE;
  strip->now_ns = end_ns;
}

/* ---- the inspector ------------------------------------------------------------------- */

static const char *
get_heading (GPtrArray *facts)
{
  return ((LscFact *)g_ptr_array_index (facts, 0))->label;
}

static void
test_facts_of_nothing (void)
{
  LscTimelineFocus focus = { .strip = -1 };
  g_autoptr (GPtrArray) facts = lsc_inspector_facts_new (NULL, &focus, NULL, NULL);

  g_assert_cmpuint (facts->len, >, 0);
}

static void
test_facts_of_strip (void)
{
  g_autoptr (LscScene) scene = make_scene ();
  LscTimelineFocus focus = { .strip = 1 };
  g_autoptr (GPtrArray) facts = lsc_inspector_facts_new (scene, &focus, NULL, NULL);
  LscTaskTable *tasks = lsc_recording_get_tasks (lsc_scene_get_strip (scene, 1)->recording);

  g_assert_cmpstr (get_heading (facts), ==, lsc_executor_kind_get_label (LSC_EXECUTOR_THREADS));
  g_assert_cmpstr (lsc_inspector_facts_find (facts, "Tasks"), ==, "24");
  g_assert_cmpstr (lsc_inspector_facts_find (facts, "Workers"), ==, "3");
  g_assert_cmpint (
      atoi (lsc_inspector_facts_find (facts, lsc_task_status_get_label (LSC_TASK_CRASHED))), ==,
      (int)lsc_task_table_get_n_with_status (tasks, LSC_TASK_CRASHED));
}

/* What was measured is told from the run that was watched, in the inspector and to who points at
 * it. */
static void
test_facts_of_measured_strip (void)
{
  g_autoptr (LscScene) scene = make_scene ();
  LscStrip             *strip = lsc_scene_get_strip (scene, 1);
  LscTimelineFocus      focus = { .strip = 1 };
  LscTimelineFocus      nowhere = { .strip = -1 };
  g_autofree char      *watched = lsc_format_duration (strip->now_ns);
  g_autofree char      *median = lsc_format_duration (7777 * G_GINT64_CONSTANT (1000000));
  g_autofree char      *text = NULL;
  const LscStripFigures figures = { .n = 12,
                                    .median_ns = 7777e6,
                                    .low_ns = 7e9,
                                    .high_ns = 8e9,
                                    .min_ns = 7e9,
                                    .lower_quartile_ns = 7e9,
                                    .upper_quartile_ns = 8e9,
                                    .verdict = (char *)"same" };
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GPtrArray) all = NULL;

  lsc_scene_set_measured (scene, 1, &figures);
  facts = lsc_inspector_facts_new (scene, &focus, NULL, NULL);
  g_assert_cmpstr (lsc_inspector_facts_find (facts, "Median"), ==, median);
  g_assert_cmpstr (lsc_inspector_facts_find (facts, "Samples"), ==, "12");
  g_assert_cmpstr (((LscFact *)g_ptr_array_index (facts, 1))->value, ==, "same");
  g_assert_cmpstr (lsc_inspector_facts_find (facts, "Time"), ==, watched);

  all = lsc_inspector_facts_new (scene, &nowhere, NULL, NULL);
  g_assert_cmpstr (lsc_inspector_facts_find (all, "Median"), ==, median);
  g_assert_cmpstr (lsc_inspector_facts_find (all, "The watched run"), ==, watched);

  text = lsc_timeline_text_strip (strip);
  g_assert_nonnull (strstr (text, median));
  g_assert_nonnull (strstr (text, watched));
}

static void
test_facts_of_lane_that_crashed (void)
{
  g_autoptr (LscScene) scene = make_scene ();
  LscRecording    *recording = lsc_scene_get_strip (scene, 2)->recording;
  LscTimelineFocus focus = { .strip = 2 };

  for (guint i = 0; i < lsc_recording_get_n_lanes (recording); i++)
    {
      LscLane *lane = lsc_recording_get_lane (recording, i);

      if (lsc_lane_get_end (lane) == LSC_LANE_SIGNALED)
        focus.lane = lane;
    }
  g_assert_nonnull (focus.lane);
  {
    g_autoptr (GPtrArray) facts = lsc_inspector_facts_new (scene, &focus, NULL, NULL);

    g_assert_cmpstr (lsc_inspector_facts_find (facts, "State"), ==, "killed by SIGSEGV");
  }
}

/* One task on one lane: works for 10 ms, waits for 70, works for 20. In turns it has the thread
 * for these two times. */
static LscScene *
make_waiting_scene (LscExecutorKind executor)
{
  const LscRecordingInfo info = { .workload_id = "t", .workload_name = "T", .n_workers = 1 };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscRecorder) recorder = NULL;
  LscScene *scene = lsc_scene_new ();
  LscTask   task = { .status = LSC_TASK_DONE, .worker = 1, .end_ns = 100 * LSC_NS_PER_MS };
  LscLane  *lane;

  lsc_text_list_append (inputs, "x", -1);
  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  lane =
      lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_OWN, 1, 1, 1, "lane", 0);
  lsc_recorder_begin_span (recorder, lane, 0, 0, LSC_CATEGORY_TASK, 0);
  lsc_recorder_set_state (recorder, lane, 0, LSC_STATE_RUNNING, 0);
  if (executor == LSC_EXECUTOR_ASYNC)
    lsc_recorder_end_span (recorder, lane, 10 * LSC_NS_PER_MS, LSC_TASK_DONE);
  lsc_recorder_set_state (recorder, lane, 10 * LSC_NS_PER_MS, LSC_STATE_WAITING, 0);
  lsc_recorder_set_state (recorder, lane, 80 * LSC_NS_PER_MS, LSC_STATE_RUNNING, 0);
  if (executor == LSC_EXECUTOR_ASYNC)
    lsc_recorder_begin_span (recorder, lane, 80 * LSC_NS_PER_MS, 0, LSC_CATEGORY_TASK, 0);
  lsc_recorder_end_span (recorder, lane, 100 * LSC_NS_PER_MS, LSC_TASK_DONE);
  lsc_recorder_end_lane (recorder, lane, 100 * LSC_NS_PER_MS, LSC_LANE_RETIRED, 0, LSC_TASK_DONE);
  lsc_task_table_set (lsc_recording_get_tasks (lsc_recorder_get_recording (recorder)), 0, &task,
                      NULL, 0);
  lsc_recorder_finish (recorder, 100 * LSC_NS_PER_MS);
  lsc_scene_add_strip (scene, lsc_recorder_get_recording (recorder), executor, 1);
  lsc_scene_get_strip (scene, 0)->now_ns = 100 * LSC_NS_PER_MS;
  return scene;
}

static void
assert_fact (GPtrArray *facts, const char *label, const char *beginning)
{
  const char *value = lsc_inspector_facts_find (facts, label);

  g_assert_nonnull (value);
  if (!g_str_has_prefix (value, beginning))
    g_error ("%s: %s, not %s", label, value, beginning);
}

static void
test_facts_of_waiting (void)
{
  const LscExecutorKind executors[] = { LSC_EXECUTOR_SEQUENTIAL, LSC_EXECUTOR_ASYNC };

  for (guint i = 0; i < G_N_ELEMENTS (executors); i++)
    {
      g_autoptr (LscScene) scene = make_waiting_scene (executors[i]);
      LscRecording    *recording = lsc_scene_get_strip (scene, 0)->recording;
      LscTimelineFocus focus = { .strip = 0, .lane = lsc_recording_get_lane (recording, 0) };
      g_autoptr (GPtrArray) of_lane = lsc_inspector_facts_new (scene, &focus, NULL, NULL);
      g_autoptr (GPtrArray) of_task = NULL;

      assert_fact (of_lane, "Worked", "30");
      assert_fact (of_lane, "Waited", "70");

      focus.has_span =
          lsc_lane_find_span (focus.lane, 0, 90 * LSC_NS_PER_MS, 100 * LSC_NS_PER_MS, &focus.span);
      g_assert_true (focus.has_span);
      of_task = lsc_inspector_facts_new (scene, &focus, NULL, NULL);
      assert_fact (of_task, "Took", "100");
      assert_fact (of_task, "Worked", "30");
      assert_fact (of_task, "Waited", "70");
      if (executors[i] == LSC_EXECUTOR_ASYNC)
        {
          assert_fact (of_task, "Turns", "2");
          assert_fact (of_task, "This turn", "20");
        }
      else
        g_assert_null (lsc_inspector_facts_find (of_task, "Turns"));
    }
}

static void
test_facts_of_task (void)
{
  g_autoptr (LscScene) scene = make_scene ();
  LscStrip        *strip = lsc_scene_get_strip (scene, 0);
  LscTimelineFocus focus = { .strip = 0 };
  LscTaskTable    *tasks = lsc_recording_get_tasks (strip->recording);

  for (guint i = 0; i < lsc_recording_get_n_lanes (strip->recording); i++)
    {
      LscLane *lane = lsc_recording_get_lane (strip->recording, i);

      if (lsc_lane_get_worker (lane) == 1 && lsc_lane_get_n_depths (lane) > 0)
        focus.lane = lane;
    }
  g_assert_nonnull (focus.lane);
  lsc_recording_begin_read (strip->recording);
  focus.has_span = lsc_lane_next_span (focus.lane, 0, -1, strip->now_ns, &focus.span);
  lsc_recording_end_read (strip->recording);
  g_assert_true (focus.has_span);
  {
    g_autoptr (GPtrArray) facts = lsc_inspector_facts_new (scene, &focus, NULL, NULL);

    g_assert_cmpstr (lsc_inspector_facts_find (facts, "Input"), ==,
                     lsc_task_table_get_input (tasks, focus.span.task));
    g_assert_nonnull (lsc_inspector_facts_find (facts, "Took"));
    g_assert_cmpstr (lsc_inspector_facts_find (facts, "Worker"), ==, "1");
  }
}

static void
test_facts_of_range (void)
{
  g_autoptr (LscScene) scene = make_scene ();
  LscTimelineFocus focus = { .strip = -1,
                             .range_from_ns = 0,
                             .range_to_ns = lsc_scene_get_end_ns (scene) };
  g_autoptr (GPtrArray) facts = lsc_inspector_facts_new (scene, &focus, NULL, NULL);
  guint n_headings = 0;

  for (guint i = 0; i < facts->len; i++)
    n_headings += ((LscFact *)g_ptr_array_index (facts, i))->kind == LSC_FACT_HEADING;
  /* The range, and each of the modes in it. */
  g_assert_cmpuint (n_headings, ==, 1 + 3);
  g_assert_cmpstr (lsc_inspector_facts_find (facts, "Tasks"), ==, "24");
}

/* ---- widgets that come and go --------------------------------------------------------- */

static void
test_pages (void)
{
  g_autoptr (LscScene) scene = make_scene ();
  GtkWidget      *window = gtk_window_new ();
  GtkWidget      *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  LscResultsPage *results = lsc_results_page_new ();
  LscOutputPage  *output = lsc_output_page_new ();
  LscInspector   *inspector = lsc_inspector_new ();
  gpointer        alive[] = { results, output, inspector };

  gtk_box_append (GTK_BOX (box), GTK_WIDGET (results));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (output));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (inspector));
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  settle (100);

  lsc_results_page_set_scene (results, scene, NULL, NULL);
  lsc_output_page_set_scene (output, scene);
  settle (200);
  lsc_scene_clear (scene);
  lsc_results_page_scene_changed (results);
  lsc_output_page_scene_changed (output);
  settle (100);

  for (guint i = 0; i < G_N_ELEMENTS (alive); i++)
    g_object_add_weak_pointer (alive[i], &alive[i]);
  gtk_window_destroy (GTK_WINDOW (window));
  settle (50);
  for (guint i = 0; i < G_N_ELEMENTS (alive); i++)
    g_assert_null (alive[i]);
}

/* An update of the list ends in an allocation, which must not ask for the next update. */
static void
test_rests (Fixture *fixture, gconstpointer data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->timeline));
  guint          n_frames = 0;

  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (count_cb), &n_frames);
  lsc_timeline_a11y_update (fixture->timeline);
  g_assert_cmpuint (fixture->timeline->a11y_timer, ==, 0);
  while (n_frames == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->timeline->a11y_timer, ==, 0);
  g_signal_handlers_disconnect_by_data (clock, &n_frames);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/ui/timeline/view", Fixture, NULL, set_up, test_view, tear_down);
  g_test_add ("/ui/timeline/list-of-lanes", Fixture, NULL, set_up, test_list_of_lanes, tear_down);
  g_test_add ("/ui/timeline/rests", Fixture, NULL, set_up, test_rests, tear_down);
  g_test_add ("/ui/timeline/scene-goes", Fixture, NULL, set_up, test_scene_goes, tear_down);
  g_test_add ("/ui/timeline/live-events", Fixture, NULL, set_up, test_live_events, tear_down);
  g_test_add ("/ui/timeline/follow", Fixture, NULL, set_up, test_follow, tear_down);
  g_test_add_func ("/ui/inspector/nothing", test_facts_of_nothing);
  g_test_add_func ("/ui/inspector/strip", test_facts_of_strip);
  g_test_add_func ("/ui/inspector/measured-strip", test_facts_of_measured_strip);
  g_test_add_func ("/ui/inspector/lane-that-crashed", test_facts_of_lane_that_crashed);
  g_test_add_func ("/ui/inspector/waiting", test_facts_of_waiting);
  g_test_add_func ("/ui/inspector/task", test_facts_of_task);
  g_test_add_func ("/ui/inspector/range", test_facts_of_range);
  g_test_add_func ("/ui/pages", test_pages);

  return g_test_run ();
}

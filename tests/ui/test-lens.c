/* test-lens.c: the lens on the timeline, and the way from one hand-off to the next.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Needs a display: run by run-under-xvfb.sh. Two threads with one lock: each 5 ms the one gives it
 * to the other, who runs 12 µs later on the other core; in the middle of its wait it wakes up for 3
 * µs. Each thing is expected from that.
 */

#include "config.h"

#include <adwaita.h>

#include "lsc-recorder.h"
#include "lsc-settle.h"
#include "lsc-timeline-private.h"

#define US      G_GINT64_CONSTANT (1000)
#define MS      (1000 * US)
#define N_TURNS 200
#define END_NS  (N_TURNS * 5 * MS)

/* Beside the source: a process that is a lane itself, as a command's place is. */
#define WITH_PLACE 0x100u

typedef struct
{
  GtkWidget   *window;
  LscTimeline *timeline;
  LscScene    *scene;
} Fixture;

static void
add_turns (LscRecorder *recorder, LscLane *lanes[2])
{
  for (gint64 i = 0; i < N_TURNS; i++)
    {
      LscLane *runs = lanes[i % 2];
      LscLane *waits = lanes[(i + 1) % 2];
      gint64   at_ns = i * 5 * MS;

      lsc_recorder_set_state (recorder, runs, at_ns + 12 * US, LSC_STATE_RUNNING, (guint)(i % 2));
      lsc_recorder_set_state (recorder, waits, at_ns + 2500 * US, LSC_STATE_RUNNING,
                              (guint)((i + 1) % 2));
      lsc_recorder_set_state (recorder, waits, at_ns + 2503 * US, LSC_STATE_WAITING,
                              LSC_REASON_LOCK);
      lsc_recorder_set_state (recorder, runs, at_ns + 5 * MS, LSC_STATE_WAITING, LSC_REASON_LOCK);
    }
}

static void
add_place (LscRecorder *recorder, LscSource source)
{
  LscLane *place =
      lsc_recorder_add_lane (recorder, LSC_LANE_PROCESS, NULL, source, 9, 9, 3, "worker 3", 0);

  lsc_recorder_set_state (recorder, place, 0, LSC_STATE_RUNNING, 0);
  for (gint64 i = 1; i <= 10; i++)
    lsc_recorder_add_counter (recorder, place, i * END_NS / 10, LSC_COUNTER_CPU_NS,
                              (guint64)(i * END_NS / 20));
}

static LscRecording *
make_recording (LscSource source, gboolean with_place)
{
  const LscRecordingInfo info = {
    .executor = LSC_EXECUTOR_THREADS, .workload_id = "t", .workload_name = "T", .n_workers = 2
  };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscRecorder) recorder = NULL;
  LscLane *lanes[2];

  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
    {
      g_autofree char *name = g_strdup_printf ("thread %u", i + 1);

      lanes[i] = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, NULL, source, 1, (gint)i + 2,
                                        i + 1, name, 0);
    }
  if (with_place)
    add_place (recorder, source);
  add_turns (recorder, lanes);
  lsc_recorder_finish (recorder, END_NS);
  return g_object_ref (lsc_recorder_get_recording (recorder));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  guint how = GPOINTER_TO_UINT (data);
  g_autoptr (LscRecording) recording =
      make_recording ((LscSource)(how & ~WITH_PLACE), (how & WITH_PLACE) != 0);

  fixture->scene = lsc_scene_new ();
  lsc_scene_add_strip (fixture->scene, recording, LSC_EXECUTOR_THREADS, 2);
  lsc_scene_get_strip (fixture->scene, 0)->now_ns = END_NS;
  fixture->window = gtk_window_new ();
  fixture->timeline = lsc_timeline_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 500);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->timeline));
  lsc_timeline_set_scene (fixture->timeline, fixture->scene);
  gtk_window_present (GTK_WINDOW (fixture->window));
  settle (300);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  settle (50);
  g_assert_finalize_object (fixture->scene);
}

static void
press (Fixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->timeline), action, NULL));
}

/* How many pixels of it are the colour of what runs. */
static guint
count_running (Fixture *fixture)
{
  GtkWidget      *widget = GTK_WIDGET (fixture->timeline);
  const LscColor *color = &fixture->timeline->theme->running;
  guint32         expected = (guint32)(color->red * 255 + 0.5) << 16 |
                     (guint32)(color->green * 255 + 0.5) << 8 | (guint32)(color->blue * 255 + 0.5);
  GtkSnapshot     *snapshot = gtk_snapshot_new ();
  GskRenderNode   *node;
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cairo_t *cr = cairo_create (surface);
  guint    n = 0;

  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      n += (*(guint32 *)(gpointer)(cairo_image_surface_get_data (surface) +
                                   y * cairo_image_surface_get_stride (surface) + 4 * x) &
            0xffffff) == expected;
  cairo_surface_destroy (surface);
  return n;
}

static void
assert_words (Fixture *fixture, const char *expected)
{
  g_auto (GStrv) parts = g_strsplit (lsc_timeline_lens_get_words (fixture->timeline), "\u00a0", -1);
  g_autofree char *words = g_strjoinv (" ", parts);

  g_assert_cmpstr (words, ==, expected);
}

/* By key from one to the next: it can be seen, the lane that runs then has the focus, and the words
 * say what happened. */
static void
test_next (Fixture *fixture, gconstpointer data)
{
  LscTimelineView  view;
  LscTimelineFocus focus;

  press (fixture, "timeline.next-hand-off");
  assert_words (fixture, "thread 1 left core 0 after 4.99 ms, waiting for a lock.\n"
                         "thread 2 ran on core 1.\n"
                         "Between them: 12.0 µs.");
  press (fixture, "timeline.next-hand-off");
  /* Since the end of its turn, with the moment in which it asked. */
  assert_words (fixture, "thread 2 left core 1 after 4.99 ms, waiting for a lock.\n"
                         "thread 1 ran on core 0 after 5.01 ms, mostly waiting for a lock.\n"
                         "Between them: 12.0 µs.");
  lsc_timeline_get_view (fixture->timeline, &view);
  g_assert_cmpint (view.from_ns, <, 10 * MS);
  g_assert_cmpint (view.to_ns, >, 10 * MS + 12 * US);
  /* A gap of 12 µs is a pixel or more. */
  g_assert_cmpint (view.to_ns - view.from_ns, <=, 3 * MS);
  lsc_timeline_get_focus (fixture->timeline, &focus);
  g_assert_cmpstr (lsc_lane_get_name (focus.lane), ==, "thread 1");

  press (fixture, "timeline.previous-hand-off");
  lsc_timeline_get_view (fixture->timeline, &view);
  g_assert_cmpint (view.from_ns, <, 5 * MS);
  g_assert_cmpint (view.to_ns, >, 5 * MS + 12 * US);
  g_assert_false (lsc_timeline_go_to_hand_off (fixture->timeline, -1));
}

/* Of the whole run nothing can be told apart; in the lens two turns can. */
static void
test_lens (Fixture *fixture, gconstpointer data)
{
  guint    before = count_running (fixture);
  gboolean is_on = FALSE;
  guint    magnified;

  press (fixture, "timeline.lens");
  g_object_get (fixture->timeline, "lens", &is_on, NULL);
  g_assert_true (is_on);
  magnified = count_running (fixture);
  /* One of two runs all the time: in the lens that is half of its two rows, less the labels. */
  g_assert_cmpuint (magnified, >, before + 300 * 10);
  press (fixture, "timeline.lens");
  g_object_get (fixture->timeline, "lens", &is_on, NULL);
  g_assert_false (is_on);
  g_assert_cmpuint (count_running (fixture), ==, before);
}

static GtkEventController *
find_keys (Fixture *fixture)
{
  g_autoptr (GListModel) controllers =
      gtk_widget_observe_controllers (GTK_WIDGET (fixture->timeline));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        return controller;
    }
  return NULL;
}

/* While the key is down, and however often it repeats. */
static void
test_held (Fixture *fixture, gconstpointer data)
{
  GtkEventController *keys = find_keys (fixture);
  guint               before = count_running (fixture);
  gboolean            is_handled = FALSE;

  for (guint i = 0; i < 3; i++)
    {
      g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_z, 0, 0, &is_handled);
      g_assert_true (is_handled);
    }
  g_assert_cmpuint (count_running (fixture), >, before);
  g_signal_emit_by_name (keys, "key-released", GDK_KEY_z, 0, 0);
  g_assert_cmpuint (count_running (fixture), ==, before);
  /* Control and Z is something else. */
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_z, 0, GDK_CONTROL_MASK, &is_handled);
  g_assert_false (is_handled);
}

/* With the lens on, the next one comes under it; the view stays as wide as it was. */
static void
test_next_in_lens (Fixture *fixture, gconstpointer data)
{
  LscTimelineView before;
  LscTimelineView after;

  lsc_timeline_show_range (fixture->timeline, 0, END_NS / 2);
  lsc_timeline_get_view (fixture->timeline, &before);
  lsc_timeline_set_lens (fixture->timeline, TRUE);
  press (fixture, "timeline.next-hand-off");
  lsc_timeline_get_view (fixture->timeline, &after);
  g_assert_cmpint (after.to_ns - after.from_ns, ==, before.to_ns - before.from_ns);
  g_assert_nonnull (lsc_timeline_lens_get_words (fixture->timeline));
}

/* A range says what is in it, and not what was found before. */
static void
test_range_after (Fixture *fixture, gconstpointer data)
{
  press (fixture, "timeline.next-hand-off");
  g_assert_nonnull (lsc_timeline_lens_get_words (fixture->timeline));
  lsc_timeline_set_range (fixture->timeline, 0, END_NS / 2);
  g_assert_null (lsc_timeline_lens_get_words (fixture->timeline));
}

/* Looks now and then tell of no switch: nothing is claimed. */
static void
test_sampled (Fixture *fixture, gconstpointer data)
{
  g_assert_false (lsc_timeline_go_to_hand_off (fixture->timeline, 1));
  g_assert_null (lsc_timeline_lens_get_words (fixture->timeline));
}

/* A lane is one lane, also where what it used has a row below it. */
static void
test_curves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) before = lsc_timeline_list_lens_lanes (fixture->timeline, 0, FALSE);
  g_autoptr (GArray) after = NULL;
  guint n_rows = lsc_timeline_layout_get_n_rows (fixture->timeline->layout);

  g_object_set (fixture->timeline, "shows-curves", TRUE, NULL);
  while (lsc_timeline_ensure_layout (fixture->timeline) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (lsc_timeline_layout_get_n_rows (fixture->timeline->layout), ==, n_rows + 1);
  after = lsc_timeline_list_lens_lanes (fixture->timeline, 0, FALSE);
  g_assert_cmpuint (before->len, ==, 3);
  g_assert_cmpuint (after->len, ==, 3);
}

/* What was found is of a recording that is gone. */
static void
test_scene_goes (Fixture *fixture, gconstpointer data)
{
  lsc_timeline_set_lens (fixture->timeline, TRUE);
  press (fixture, "timeline.next-hand-off");
  lsc_scene_clear (fixture->scene);
  lsc_timeline_scene_changed (fixture->timeline);
  settle (50);
  g_assert_null (lsc_timeline_lens_get_words (fixture->timeline));
  g_assert_false (lsc_timeline_go_to_hand_off (fixture->timeline, 1));
}

#define ADD(name, source, func) \
  g_test_add ("/lens/" name, Fixture, GUINT_TO_POINTER (source), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("next", LSC_SOURCE_EXACT, test_next);
  ADD ("on-and-off", LSC_SOURCE_EXACT, test_lens);
  ADD ("held", LSC_SOURCE_EXACT, test_held);
  ADD ("next-in-lens", LSC_SOURCE_EXACT, test_next_in_lens);
  ADD ("range-after", LSC_SOURCE_EXACT, test_range_after);
  ADD ("sampled", LSC_SOURCE_SAMPLED, test_sampled);
  ADD ("curves", LSC_SOURCE_EXACT | WITH_PLACE, test_curves);
  ADD ("scene-goes", LSC_SOURCE_EXACT, test_scene_goes);

  return g_test_run ();
}

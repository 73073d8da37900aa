/* test-lanes.c: what a lane says of itself: steps, waiting, what it was asked for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "lsc-clock.h"
#include "lsc-layout-private.h"
#include "lsc-recorder.h"
#include "lsc-timeline-painter.h"

#define WIDTH 900
#define MS    LSC_NS_PER_MS
#define SEEN  ", on a core (height: share of the time), pushed off its core, waiting"

/* What is done to the one lane of a run. */
typedef struct
{
  const char *second_name; /* of a step with the first one's colour; NULL: none */
  gboolean    waits;
  guint       mark; /* an LscMarkKind; 0: none */
  LscSource   seen; /* how its states are known: from outside, unless it is OWN */
  gboolean    has_gap;
} Story;

static void
add_step (LscRecorder *recorder, LscLane *lane, const char *name, guint category, gint64 at_ms)
{
  lsc_recorder_begin_span (recorder, lane, at_ms * MS, lsc_recorder_add_string (recorder, name),
                           category, 0);
  lsc_recorder_end_span (recorder, lane, (at_ms + 30) * MS, LSC_TASK_DONE);
}

static LscScene *
new_scene (const Story *story)
{
  const LscRecordingInfo info = { .workload_id = "t", .workload_name = "T", .n_workers = 1 };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscRecorder) recorder = NULL;
  LscScene *scene = lsc_scene_new ();
  LscTask   task = { .status = LSC_TASK_DONE, .worker = 1, .end_ns = 100 * MS };
  LscLane  *lane;

  lsc_text_list_append (inputs, "x", -1);
  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  lane =
      lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_OWN, 1, 1, 1, "thread", 0);
  lsc_recorder_begin_span (recorder, lane, 0, 0, LSC_CATEGORY_TASK, 0);
  if (story->waits)
    {
      lsc_recorder_set_state (recorder, lane, 0, LSC_STATE_RUNNING, 0);
      lsc_recorder_set_state (recorder, lane, 30 * MS, LSC_STATE_WAITING, 0);
      lsc_recorder_set_state (recorder, lane, 60 * MS, LSC_STATE_RUNNING, 0);
    }
  if (story->seen == LSC_SOURCE_EXACT)
    lsc_recorder_set_state (recorder, lane, 0, LSC_STATE_RUNNING, 0);
  else if (story->seen == LSC_SOURCE_SAMPLED)
    lsc_recorder_set_sampled_state (recorder, lane, 0, LSC_STATE_RUNNING, 0);
  if (story->has_gap)
    lsc_recorder_set_state (recorder, lane, 50 * MS, LSC_STATE_NOT_RECORDED, 0);
  lsc_recorder_set_source (recorder, lane, story->seen);
  add_step (recorder, lane, "boil", 2, 0);
  add_step (recorder, lane, "chop", 1, 30);
  if (story->second_name != NULL)
    add_step (recorder, lane, story->second_name, 2, 60);
  if (story->mark != 0)
    lsc_recorder_add_mark (recorder, lane, 80 * MS, (LscMarkKind)story->mark, 0, 0);
  lsc_recorder_end_span (recorder, lane, 100 * MS, LSC_TASK_DONE);
  lsc_recorder_end_lane (recorder, lane, 100 * MS, LSC_LANE_RETIRED, 0, LSC_TASK_DONE);
  lsc_task_table_set (lsc_recording_get_tasks (lsc_recorder_get_recording (recorder)), 0, &task,
                      NULL, 0);
  lsc_recorder_finish (recorder, 100 * MS);
  lsc_scene_add_strip (scene, lsc_recorder_get_recording (recorder), LSC_EXECUTOR_THREADS, 1);
  lsc_scene_get_strip (scene, 0)->now_ns = 100 * MS;
  return scene;
}

static LscTimelineLayout *
new_layout (LscScene *scene)
{
  const LscLayoutRequest request = { .width_px = WIDTH, .text_scale = 1.0, .with_legend = TRUE };

  return lsc_timeline_layout_new (scene, &request);
}

/* "task, boil, chop" */
static char *
list_legend (const Story *story)
{
  g_autoptr (LscScene) scene = new_scene (story);
  g_autoptr (LscTimelineLayout) layout = new_layout (scene);
  g_autoptr (GArray) items = lsc_timeline_layout_list_legend (layout);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            g_array_index (items, LscLegendItem, i).label);
  return g_string_free (text, FALSE);
}

static void
test_legend (void)
{
  static const struct
  {
    Story       story;
    const char *legend;
  } cases[] = {
    { { NULL, FALSE, 0 }, "task, boil, chop" },
    { { "boil", FALSE, 0 }, "task, boil, chop" },
    /* One colour stands for two things: then no name is right. */
    { { "serve", FALSE, 0 }, "task, step of a task" },
    { { NULL, TRUE, 0 }, "task, boil, chop, working, waiting" },
    { { NULL, FALSE, LSC_MARK_STOP_ASKED }, "task, boil, chop, asked to stop" },
    { { NULL, FALSE, LSC_MARK_JOIN_ASKED }, "task, boil, chop, join asked for" },
    { { NULL, TRUE, LSC_MARK_JOINED }, "task, boil, chop, working, waiting, joined" },
    { { NULL, FALSE, LSC_MARK_TERMINATE_ASKED }, "task, boil, chop, told to terminate" },
    { { NULL, FALSE, LSC_MARK_EXEC }, "task, boil, chop" },
    { { NULL, FALSE, 0, LSC_SOURCE_EXACT }, "task, boil, chop" SEEN },
    { { NULL, FALSE, 0, LSC_SOURCE_EXACT, TRUE }, "task, boil, chop" SEEN ", not recorded" },
    { { NULL, FALSE, 0, LSC_SOURCE_SAMPLED },
      "task, boil, chop" SEEN ", paler: looked at now and then" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *legend = list_legend (&cases[i].story);

      g_assert_cmpstr (legend, ==, cases[i].legend);
    }
}

/* A run that could not begin: none of its tasks is drawn, so none is explained. */
static void
test_legend_of_nothing (void)
{
  const LscRecordingInfo info = { .workload_id = "t", .workload_name = "T", .n_workers = 1 };
  const LscLayoutRequest request = { .width_px = WIDTH, .text_scale = 1.0, .with_legend = TRUE };
  const LscTask          task = { .status = LSC_TASK_STOPPED };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscRecorder) recorder = NULL;
  g_autoptr (LscScene) scene = lsc_scene_new ();
  g_autoptr (LscTimelineLayout) layout = NULL;
  g_autoptr (GArray) items = NULL;
  LscRecording *recording;

  lsc_text_list_append (inputs, "x", -1);
  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  recording = lsc_recorder_get_recording (recorder);
  lsc_task_table_set (lsc_recording_get_tasks (recording), 0, &task, NULL, 0);
  lsc_recorder_finish (recorder, 1000);
  lsc_scene_add_strip (scene, recording, LSC_EXECUTOR_THREADS, 2);

  layout = lsc_timeline_layout_new (scene, &request);
  items = lsc_timeline_layout_list_legend (layout);
  g_assert_cmpuint (items->len, ==, 0);
}

/* The rows, without the legend. */
static GBytes *
draw_rows (const Story *story)
{
  g_autoptr (LscScene) scene = new_scene (story);
  g_autoptr (LscTimelineLayout) layout = new_layout (scene);
  g_autoptr (LscTimelinePainter) painter = lsc_timeline_painter_new (NULL);
  int              height = (int)ceil (lsc_timeline_layout_get_full_height (layout));
  int              rows = (int)(lsc_timeline_layout_get_top_height (layout) +
                   lsc_timeline_layout_get_rows_height (layout));
  LscTimelineView  view;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, height);
  cairo_t         *cr = cairo_create (surface);
  GBytes          *bytes;

  lsc_timeline_view_init_whole (&view, scene);
  lsc_timeline_painter_set_theme (painter, lsc_theme_get (LSC_THEME_LIGHT));
  lsc_timeline_painter_draw (painter, cr, scene, layout, &view, height);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       (gsize)rows * (gsize)cairo_image_surface_get_stride (surface));
  cairo_surface_destroy (surface);
  return bytes;
}

/* Each of them is seen, and looks like no other. */
static void
test_marks (void)
{
  static const guint kinds[] = { 0, LSC_MARK_STOP_ASKED, LSC_MARK_JOIN_ASKED, LSC_MARK_JOINED,
                                 LSC_MARK_TERMINATE_ASKED };
  GBytes            *pictures[G_N_ELEMENTS (kinds)];

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    pictures[i] = draw_rows (&(Story){ NULL, FALSE, kinds[i] });
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint k = 0; k < i; k++)
      g_assert_false (g_bytes_equal (pictures[i], pictures[k]));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_bytes_unref (pictures[i]);
}

/* Without waiting a lane is as high as it was, and has no strip of states. */
static void
test_states (void)
{
  static const Story plain = { NULL, FALSE, 0 };
  static const Story waiting = { NULL, TRUE, 0 };
  g_autoptr (LscScene) plain_scene = new_scene (&plain);
  g_autoptr (LscScene) waiting_scene = new_scene (&waiting);
  g_autoptr (LscTimelineLayout) plain_layout = new_layout (plain_scene);
  g_autoptr (LscTimelineLayout) waiting_layout = new_layout (waiting_scene);

  g_assert_cmpfloat (lsc_timeline_layout_get_rows_height (plain_layout), <,
                     lsc_timeline_layout_get_rows_height (waiting_layout));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/lanes/legend", test_legend);
  g_test_add_func ("/draw/lanes/legend-of-nothing", test_legend_of_nothing);
  g_test_add_func ("/draw/lanes/marks", test_marks);
  g_test_add_func ("/draw/lanes/states", test_states);
  return g_test_run ();
}

/* test-layout.c: where everything is, as numbers.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib.h>

#include "lsc-clock.h"
#include "lsc-draw-demo.h"
#include "lsc-timeline-painter.h"

static LscScene *
new_scene (const LscDrawDemo *demos, guint n)
{
  LscScene *scene = lsc_scene_new ();

  for (guint i = 0; i < n; i++)
    lsc_draw_demo_add (scene, &demos[i]);

  return scene;
}

static LscTimelineLayout *
new_layout (LscScene *scene, double width_px, double height_px)
{
  LscLayoutRequest request = {
    .width_px = width_px, .height_px = height_px, .text_scale = 1.0, .with_legend = TRUE
  };

  return lsc_timeline_layout_new (scene, &request);
}

/* "strip, lane thread 1, more 3, ...": the rows as one text. */
static char *
describe (LscTimelineLayout *layout)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (layout); i++)
    {
      static const char *const kinds[] = { "strip", "band", "process", "lane", "more" };
      const LscRow            *row = lsc_timeline_layout_get_row (layout, i);
      g_autofree char         *name = lsc_timeline_layout_dup_row_name (layout, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", kinds[row->kind]);
      if (*name != '\0')
        g_string_append_printf (text, " %s", name);
      if (row->kind == LSC_ROW_MORE)
        g_string_append_printf (text, " %u", row->n_more);
    }

  return g_string_free (text, FALSE);
}

static void
test_rows (void)
{
  static const struct
  {
    LscDrawDemo demo;
    const char *rows;
  } cases[] = {
    { { .executor = LSC_EXECUTOR_SEQUENTIAL, .n_tasks = 3, .task_ns = 1000000 },
      "strip, lane main thread" },
    { { .executor = LSC_EXECUTOR_ASYNC, .n_tasks = 3, .task_ns = 1000000 },
      "strip, lane main thread" },
    { { .executor = LSC_EXECUTOR_THREADS, .n_workers = 3, .n_tasks = 6, .task_ns = 1000000 },
      "strip, band, lane thread 1, lane thread 2, lane thread 3" },
    { { .executor = LSC_EXECUTOR_PROCESSES, .n_workers = 2, .n_tasks = 6, .task_ns = 1000000 },
      "strip, band, lane worker 1 (4791), lane worker 2 (4792)" },
    { { .executor = LSC_EXECUTOR_PROCESSES, .n_workers = 1, .n_tasks = 2, .task_ns = 1000000 },
      "strip, lane worker 1 (4791)" },
    /* The one that takes a dead worker's place stands below it. */
    { { .executor = LSC_EXECUTOR_PROCESSES,
        .n_workers = 2,
        .n_tasks = 6,
        .task_ns = 1000000,
        .even = TRUE,
        .crash_task = 1 },
      "strip, band, lane worker 1 (4791), lane worker 1 (4793), lane worker 2 (4792)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LscScene) scene = new_scene (&cases[i].demo, 1);
      g_autoptr (LscTimelineLayout) layout = new_layout (scene, 1000.0, 0.0);
      g_autofree char *rows = describe (layout);

      g_assert_cmpstr (rows, ==, cases[i].rows);
    }
}

static void
check_geometry (LscTimelineLayout *layout)
{
  double below = 0.0;

  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (layout); i++)
    {
      const LscRow *row = lsc_timeline_layout_get_row (layout, i);
      guint         found = G_MAXUINT;

      g_assert_cmpfloat (row->height, >, 0.0);
      g_assert_cmpfloat (row->y, >=, below - 1e-9);
      if (row->y > below + 1e-6)
        g_assert_null (lsc_timeline_layout_find_row (layout, (row->y + below) / 2.0, NULL));
      g_assert_true (lsc_timeline_layout_find_row (layout, row->y + row->height / 2.0, &found) ==
                     row);
      g_assert_cmpuint (found, ==, i);
      below = row->y + row->height;
    }
  g_assert_cmpfloat (lsc_timeline_layout_get_rows_height (layout), >=, below);
  g_assert_null (lsc_timeline_layout_find_row (layout, -1.0, NULL));
  g_assert_null (lsc_timeline_layout_find_row (
      layout, lsc_timeline_layout_get_rows_height (layout) + 1.0, NULL));
  g_assert_cmpfloat_with_epsilon (lsc_timeline_layout_get_full_height (layout),
                                  lsc_timeline_layout_get_top_height (layout) +
                                      lsc_timeline_layout_get_rows_height (layout) +
                                      lsc_timeline_layout_get_bottom_height (layout),
                                  1e-9);
}

static void
test_geometry (void)
{
  static const LscDrawDemo demos[] = {
    { .executor = LSC_EXECUTOR_SEQUENTIAL, .n_tasks = 3, .task_ns = 1000000 },
    { .executor = LSC_EXECUTOR_THREADS,
      .n_workers = 40,
      .n_tasks = 80,
      .task_ns = 1000000,
      .steps = TRUE,
      .states = TRUE },
    { .executor = LSC_EXECUTOR_PROCESSES, .n_workers = 4, .n_tasks = 8, .task_ns = 1000000 },
  };
  static const double widths[] = { 300.0, 600.0, 1100.0, 3000.0 };
  g_autoptr (LscScene) scene = new_scene (demos, G_N_ELEMENTS (demos));

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (LscTimelineLayout) layout = new_layout (scene, widths[i], 0.0);
      double x;
      double width;

      check_geometry (layout);
      lsc_timeline_layout_get_plot (layout, &x, &width);
      g_assert_cmpfloat (x, >=, 60.0);
      g_assert_cmpfloat (x, <=, 260.0);
      g_assert_cmpfloat (width, >=, widths[i] * 0.5);
      g_assert_cmpfloat (x + width, <=, widths[i]);
    }
}

/* Larger text makes everything larger, by as much. */
static void
test_text_scale (void)
{
  static const LscDrawDemo demo = {
    .executor = LSC_EXECUTOR_THREADS, .n_workers = 3, .n_tasks = 6, .task_ns = 1000000
  };
  g_autoptr (LscScene) scene = new_scene (&demo, 1);
  LscLayoutRequest request = { .width_px = 2000.0, .text_scale = 1.0, .with_legend = TRUE };
  g_autoptr (LscTimelineLayout) normal = lsc_timeline_layout_new (scene, &request);
  g_autoptr (LscTimelineLayout) large = NULL;

  request.text_scale = 2.0;
  large = lsc_timeline_layout_new (scene, &request);
  g_assert_cmpuint (lsc_timeline_layout_get_n_rows (large), ==,
                    lsc_timeline_layout_get_n_rows (normal));
  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (large); i++)
    g_assert_cmpfloat_with_epsilon (lsc_timeline_layout_get_row (large, i)->height,
                                    2.0 * lsc_timeline_layout_get_row (normal, i)->height, 1e-6);
  g_assert_cmpfloat_with_epsilon (lsc_timeline_layout_get_top_height (large),
                                  2.0 * lsc_timeline_layout_get_top_height (normal), 2.0);
}

static void
test_collapsed (void)
{
  static const LscDrawDemo demos[] = {
    { .executor = LSC_EXECUTOR_THREADS, .n_workers = 3, .n_tasks = 6, .task_ns = 1000000 },
    { .executor = LSC_EXECUTOR_SEQUENTIAL, .n_tasks = 3, .task_ns = 1000000 },
  };
  g_autoptr (LscScene) scene = new_scene (demos, G_N_ELEMENTS (demos));
  g_autoptr (LscTimelineLayout) layout = NULL;
  g_autofree char *rows = NULL;

  lsc_scene_get_strip (scene, 0)->collapsed = TRUE;
  layout = new_layout (scene, 1000.0, 0.0);
  rows = describe (layout);
  g_assert_cmpstr (rows, ==, "strip, strip, lane main thread");
}

/* Every lane is either there or counted. */
static void
test_too_little_height (void)
{
  static const LscDrawDemo demos[] = {
    { .executor = LSC_EXECUTOR_THREADS, .n_workers = 5, .n_tasks = 10, .task_ns = 1000000 },
    { .executor = LSC_EXECUTOR_PROCESSES, .n_workers = 300, .n_tasks = 300, .task_ns = 1000000 },
  };
  static const double heights[] = { 240.0, 320.0, 500.0, 900.0, 1700.0, 2600.0, 9000.0 };
  g_autoptr (LscScene) scene = new_scene (demos, G_N_ELEMENTS (demos));
  guint shown_before = 0;

  for (guint i = 0; i < G_N_ELEMENTS (heights); i++)
    {
      g_autoptr (LscTimelineLayout) layout = new_layout (scene, 1000.0, heights[i]);
      guint shown = 0;
      guint more = 0;
      guint small_strip = 0;

      check_geometry (layout);
      g_assert_cmpfloat (lsc_timeline_layout_get_full_height (layout), <=, heights[i]);
      for (guint k = 0; k < lsc_timeline_layout_get_n_rows (layout); k++)
        {
          const LscRow *row = lsc_timeline_layout_get_row (layout, k);

          shown += row->kind == LSC_ROW_LANE;
          small_strip += row->kind == LSC_ROW_LANE && row->strip == 0;
          more += row->kind == LSC_ROW_MORE ? row->n_more : 0;
        }
      g_assert_cmpuint (shown + more, ==, 305);
      g_assert_cmpuint (shown, >=, shown_before);
      /* A strip with few lanes is not crowded out by one with many. */
      if (heights[i] >= 320.0)
        g_assert_cmpuint (small_strip, ==, 5);
      shown_before = shown;
    }
  g_assert_cmpuint (shown_before, ==, 305);
}

static void
test_span_boxes (void)
{
  static const LscDrawDemo demo = { .executor = LSC_EXECUTOR_THREADS,
                                    .n_workers = 2,
                                    .n_tasks = 6,
                                    .task_ns = 1000000,
                                    .steps = TRUE };
  g_autoptr (LscScene) scene = new_scene (&demo, 1);
  g_autoptr (LscTimelineLayout) layout = new_layout (scene, 1000.0, 0.0);

  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (layout); i++)
    {
      const LscRow *row = lsc_timeline_layout_get_row (layout, i);
      double        task_y;
      double        task_height;
      double        step_y;
      double        step_height;

      if (row->kind != LSC_ROW_LANE)
        continue;
      lsc_timeline_layout_get_span_box (layout, row, 0, &task_y, &task_height);
      lsc_timeline_layout_get_span_box (layout, row, 1, &step_y, &step_height);
      g_assert_cmpfloat (task_height, ==, 16.0);
      g_assert_cmpfloat (step_height, >=, 3.0);
      g_assert_cmpfloat (task_y + task_height, <=, step_y);
      g_assert_cmpfloat (step_y + step_height, <=, row->height);
    }
}

static void
test_x_and_time (void)
{
  static const LscDrawDemo demo = { .executor = LSC_EXECUTOR_SEQUENTIAL,
                                    .n_tasks = 3,
                                    .task_ns = LSC_NS_PER_S };
  g_autoptr (LscScene) scene = new_scene (&demo, 1);
  g_autoptr (LscTimelineLayout) layout = new_layout (scene, 1234.0, 0.0);
  LscTimelineView view;
  double          x;
  double          width;

  lsc_timeline_layout_get_plot (layout, &x, &width);
  lsc_timeline_view_init_whole (&view, scene);
  g_assert_cmpint (view.from_ns, ==, 0);
  g_assert_cmpint (view.to_ns, >=, lsc_scene_get_end_ns (scene));
  g_assert_cmpint (view.to_ns, <=, lsc_scene_get_end_ns (scene) * 11 / 10);
  view.from_ns = 1000;
  view.to_ns = 3 * LSC_NS_PER_S;
  g_assert_cmpfloat_with_epsilon (lsc_timeline_view_ns_to_x (&view, layout, view.from_ns), x, 1e-9);
  g_assert_cmpfloat_with_epsilon (lsc_timeline_view_ns_to_x (&view, layout, view.to_ns), x + width,
                                  1e-9);
  for (gint64 time_ns = view.from_ns; time_ns < view.to_ns; time_ns += 1234567)
    g_assert_cmpint (ABS (lsc_timeline_view_x_to_ns (
                              &view, layout, lsc_timeline_view_ns_to_x (&view, layout, time_ns)) -
                          time_ns),
                     <=, 1);

  /* A view of nothing has a place for everything. */
  view.to_ns = view.from_ns;
  g_assert_cmpfloat (lsc_timeline_view_ns_to_x (&view, layout, 5), ==, x);
  g_assert_cmpint (lsc_timeline_view_x_to_ns (&view, layout, x + 5.0), ==, view.from_ns);
}

static void
test_empty (void)
{
  g_autoptr (LscScene) scene = lsc_scene_new ();
  g_autoptr (LscTimelineLayout) layout = new_layout (scene, 1000.0, 0.0);
  g_autoptr (LscTimelineLayout) nothing = new_layout (scene, 0.0, 0.0);
  static const LscDrawDemo demo = { .executor = LSC_EXECUTOR_THREADS, .n_workers = 2 };
  g_autoptr (LscScene) idle = new_scene (&demo, 1);
  g_autoptr (LscTimelineLayout) narrow = new_layout (idle, 0.0, 1.0);

  g_assert_cmpint (lsc_scene_get_end_ns (scene), ==, LSC_NS_PER_MS);
  g_assert_cmpuint (lsc_timeline_layout_get_n_rows (layout), ==, 0);
  g_assert_cmpfloat (lsc_timeline_layout_get_rows_height (layout), ==, 0.0);
  g_assert_null (lsc_timeline_layout_find_row (layout, 0.0, NULL));
  g_assert_cmpuint (lsc_timeline_layout_get_n_rows (nothing), ==, 0);
  g_assert_cmpuint (lsc_timeline_layout_get_n_rows (narrow), >=, 1);
}

static void
test_scene (void)
{
  static const LscDrawDemo demo = {
    .executor = LSC_EXECUTOR_THREADS, .n_workers = 2, .n_tasks = 4, .task_ns = LSC_NS_PER_S
  };
  static const LscDrawDemo running = { .executor = LSC_EXECUTOR_PROCESSES,
                                       .n_workers = 2,
                                       .n_tasks = 20,
                                       .task_ns = LSC_NS_PER_S,
                                       .live_ns = 3 * LSC_NS_PER_S };
  g_autoptr (LscScene) scene = new_scene (&demo, 1);
  g_autoptr (LscScene) copy = NULL;
  g_autoptr (LscRecording) half = lsc_draw_demo_new (&running);
  LscStrip *strip;

  lsc_scene_set_title (scene, "Title");
  lsc_scene_get_strip (scene, 0)->note = g_strdup ("a note");
  copy = lsc_scene_copy (scene);
  lsc_scene_set_title (scene, "Another");
  g_clear_pointer (&lsc_scene_get_strip (scene, 0)->note, g_free);
  lsc_scene_clear (scene);
  g_assert_cmpint (lsc_scene_get_end_ns (scene), ==, LSC_NS_PER_MS);

  g_assert_cmpuint (lsc_scene_get_n_strips (copy), ==, 1);
  strip = lsc_scene_get_strip (copy, 0);
  g_assert_cmpstr (strip->note, ==, "a note");
  g_assert_cmpstr (lsc_scene_get_title (copy), ==, "Title");
  g_assert_false (strip->live);
  g_assert_cmpint (strip->now_ns, ==, lsc_recording_get_wall_ns (strip->recording));
  g_assert_cmpint (lsc_scene_get_end_ns (copy), ==, strip->now_ns);

  /* A run is live, a file that ends early is not, and says so. */
  lsc_scene_add_strip (scene, half, LSC_EXECUTOR_PROCESSES, 2);
  g_assert_true (lsc_scene_get_strip (scene, 0)->live);
  lsc_scene_add_recording (scene, half);
  strip = lsc_scene_get_strip (scene, 1);
  g_assert_false (strip->live);
  g_assert_nonnull (strip->note);
  g_assert_cmpint (strip->executor, ==, LSC_EXECUTOR_PROCESSES);
  g_assert_cmpuint (strip->n_workers, ==, 2);

  /* The recorder and the recording hold each other while it is live. */
  g_object_set_data (G_OBJECT (half), "recorder", NULL);
}

static void
check_strip_texts (const LscStrip *strip, const char *name, const char *detail, const char *label)
{
  g_autofree char *own_detail = lsc_strip_dup_detail (strip);
  g_autofree char *own_label = lsc_strip_dup_label (strip);

  g_assert_cmpstr (lsc_strip_get_name (strip), ==, name);
  g_assert_cmpstr (own_detail, ==, detail);
  g_assert_cmpstr (own_label, ==, label);
}

/* The mode tells what a strip is of, unless it has a name of its own. */
static void
test_strip_names (void)
{
  static const LscDrawDemo demos[] = {
    { .executor = LSC_EXECUTOR_THREADS, .n_workers = 2, .n_tasks = 4, .task_ns = 1000000 },
    { .executor = LSC_EXECUTOR_SEQUENTIAL, .n_workers = 1, .n_tasks = 4, .task_ns = 1000000 },
  };
  g_autoptr (LscScene) scene = new_scene (demos, G_N_ELEMENTS (demos));
  g_autoptr (LscScene) copy = NULL;
  g_autoptr (LscTimelineLayout) before = new_layout (scene, 1000.0, 0.0);
  g_autoptr (LscTimelineLayout) after = NULL;
  double x_before;
  double x_after;
  double width;

  check_strip_texts (lsc_scene_get_strip (scene, 0), "Threads", "2 workers", "Threads");
  check_strip_texts (lsc_scene_get_strip (scene, 1), "Sequential", NULL, "Sequential");

  lsc_scene_set_strip_name (scene, 0, "Threads", "2 workers");
  lsc_scene_set_strip_name (scene, 1, "a function with a long name", NULL);
  copy = lsc_scene_copy (scene);
  lsc_scene_clear (scene);
  check_strip_texts (lsc_scene_get_strip (copy, 0), "Threads", "2 workers", "Threads, 2 workers");
  check_strip_texts (lsc_scene_get_strip (copy, 1), "a function with a long name", NULL,
                     "a function with a long name");
  /* There is room for it. */
  after = new_layout (copy, 1000.0, 0.0);
  lsc_timeline_layout_get_plot (before, &x_before, &width);
  lsc_timeline_layout_get_plot (after, &x_after, &width);
  g_assert_cmpfloat (x_after, >, x_before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/layout/rows", test_rows);
  g_test_add_func ("/draw/layout/geometry", test_geometry);
  g_test_add_func ("/draw/layout/text-scale", test_text_scale);
  g_test_add_func ("/draw/layout/collapsed", test_collapsed);
  g_test_add_func ("/draw/layout/too-little-height", test_too_little_height);
  g_test_add_func ("/draw/layout/span-boxes", test_span_boxes);
  g_test_add_func ("/draw/layout/x-and-time", test_x_and_time);
  g_test_add_func ("/draw/layout/empty", test_empty);
  g_test_add_func ("/draw/scene", test_scene);
  g_test_add_func ("/draw/strip-names", test_strip_names);

  return g_test_run ();
}

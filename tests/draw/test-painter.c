/* test-painter.c: is what happened on the picture?
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pixels are read back and compared with the theme's colours, so that no font
 * has a say in it.
 */

#include "config.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "lsc-clock.h"
#include "lsc-draw-demo.h"
#include "lsc-pixels.h"
#include "lsc-timeline-painter.h"

#define WIDTH 900

typedef struct
{
  LscScene          *scene;
  LscTimelineLayout *layout;
  LscTimelineView    view;
  const LscTheme    *theme;
  cairo_surface_t   *surface;
  int                height;
} Shot;

static void
shot_draw (Shot *shot)
{
  g_autoptr (LscTimelinePainter) painter = lsc_timeline_painter_new (NULL);
  cairo_t *cr;

  g_clear_pointer (&shot->surface, cairo_surface_destroy);
  shot->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, shot->height);
  cr = cairo_create (shot->surface);
  lsc_timeline_painter_set_theme (painter, shot->theme);
  lsc_timeline_painter_draw (painter, cr, shot->scene, shot->layout, &shot->view, shot->height);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (shot->surface);
}

/* Takes the scene. */
static void
shot_init (Shot *shot, LscScene *scene)
{
  LscLayoutRequest request = { .width_px = WIDTH, .text_scale = 1.0, .with_legend = TRUE };

  memset (shot, 0, sizeof *shot);
  shot->scene = scene;
  shot->theme = lsc_theme_get (LSC_THEME_LIGHT);
  shot->layout = lsc_timeline_layout_new (scene, &request);
  shot->height = (int)ceil (lsc_timeline_layout_get_full_height (shot->layout));
  lsc_timeline_view_init_whole (&shot->view, scene);
}

static void
shot_init_demo (Shot *shot, const LscDrawDemo *demo)
{
  LscScene *scene = lsc_scene_new ();

  lsc_draw_demo_add (scene, demo);
  shot_init (shot, scene);
  shot_draw (shot);
}

static void
shot_clear (Shot *shot)
{
  g_clear_pointer (&shot->surface, cairo_surface_destroy);
  g_clear_object (&shot->layout);
  g_clear_object (&shot->scene);
}

/* Where a row's blocks are in the picture. */
static void
get_block (const Shot *shot, const LscRow *row, int *y0, int *y1)
{
  double y;
  double height;

  lsc_timeline_layout_get_span_box (shot->layout, row, 0, &y, &height);
  *y0 = (int)lround (lsc_timeline_layout_get_top_height (shot->layout) + row->y + y);
  *y1 = *y0 + (int)lround (height);
}

static const LscRow *
nth_lane_row (const Shot *shot, guint nth)
{
  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (shot->layout); i++)
    {
      const LscRow *row = lsc_timeline_layout_get_row (shot->layout, i);

      if (row->kind == LSC_ROW_LANE && nth-- == 0)
        return row;
    }

  return NULL;
}

static int
plot_left (const Shot *shot)
{
  double x;

  lsc_timeline_layout_get_plot (shot->layout, &x, NULL);
  return (int)x;
}

static void
check_every_lane (const LscDrawDemo *demo, guint n_expected)
{
  Shot          shot;
  const LscRow *row;
  guint         n = 0;

  shot_init_demo (&shot, demo);
  for (; (row = nth_lane_row (&shot, n)) != NULL; n++)
    {
      int   y0;
      int   y1;
      guint n_pixels;

      get_block (&shot, row, &y0, &y1);
      n_pixels =
          lsc_pixels_count (shot.surface, &shot.theme->tasks[0], plot_left (&shot), WIDTH, y0, y1) +
          lsc_pixels_count (shot.surface, &shot.theme->tasks[1], plot_left (&shot), WIDTH, y0, y1);
      g_assert_cmpuint (n_pixels, >, 50);
    }
  g_assert_cmpuint (n, ==, n_expected);
  shot_clear (&shot);
}

static void
test_every_lane (void)
{
  static const LscDrawDemo few = {
    .executor = LSC_EXECUTOR_THREADS, .n_workers = 2, .n_tasks = 8, .task_ns = LSC_NS_PER_S
  };
  static const LscDrawDemo many = {
    .executor = LSC_EXECUTOR_PROCESSES, .n_workers = 70, .n_tasks = 280, .task_ns = LSC_NS_PER_S
  };
  static const LscDrawDemo very_many = {
    .executor = LSC_EXECUTOR_THREADS, .n_workers = 400, .n_tasks = 1600, .task_ns = LSC_NS_PER_S
  };

  check_every_lane (&few, 2);
  check_every_lane (&many, 70);
  check_every_lane (&very_many, 400);
}

/* 1 ns in an hour: still there, and where it was. */
static void
test_lone_span (void)
{
  g_autoptr (LscRecording) recording = lsc_draw_demo_new_lone_span (
      1800 * LSC_NS_PER_S, 1800 * LSC_NS_PER_S + 1, 3600 * LSC_NS_PER_S);
  LscScene *scene = lsc_scene_new ();
  Shot      shot;
  double    x;
  int       y0;
  int       y1;

  lsc_scene_add_recording (scene, recording);
  shot_init (&shot, scene);
  shot_draw (&shot);
  get_block (&shot, nth_lane_row (&shot, 0), &y0, &y1);
  x = lsc_timeline_view_ns_to_x (&shot.view, shot.layout, 1800 * LSC_NS_PER_S);
  g_assert_cmpuint (
      lsc_pixels_count (shot.surface, &shot.theme->merged, (int)x - 1, (int)x + 2, y0, y1), >=, 14);
  g_assert_cmpuint (
      lsc_pixels_count (shot.surface, &shot.theme->merged, plot_left (&shot), (int)x - 2, y0, y1),
      ==, 0);
  g_assert_cmpuint (lsc_pixels_count (shot.surface, &shot.theme->merged, (int)x + 3, WIDTH, y0, y1),
                    ==, 0);
  shot_clear (&shot);
}

static void
test_failed_among_many (void)
{
  static const LscDrawDemo demo = { .executor = LSC_EXECUTOR_SEQUENTIAL,
                                    .n_tasks = 20000,
                                    .task_ns = 50000,
                                    .even = TRUE,
                                    .fail_every = 15000 };
  static const LscDrawDemo well = {
    .executor = LSC_EXECUTOR_SEQUENTIAL, .n_tasks = 20000, .task_ns = 50000, .even = TRUE
  };
  Shot   shot;
  double x;
  int    y0;
  int    y1;

  shot_init_demo (&shot, &demo);
  get_block (&shot, nth_lane_row (&shot, 0), &y0, &y1);
  /* The 15,000th of 20,000 tasks of 50 µs, 2 ms after the start. */
  x = lsc_timeline_view_ns_to_x (&shot.view, shot.layout, 2 * LSC_NS_PER_MS + 14999 * 50000);
  g_assert_cmpuint (
      lsc_pixels_count (shot.surface, &shot.theme->failed, (int)x - 3, (int)x + 4, y0, y1), >=,
      (guint)(y1 - y0));
  g_assert_cmpuint (
      lsc_pixels_count (shot.surface, &shot.theme->failed, plot_left (&shot), (int)x - 4, y0, y1),
      ==, 0);
  g_assert_cmpuint (lsc_pixels_count (shot.surface, &shot.theme->failed, (int)x + 5, WIDTH, y0, y1),
                    ==, 0);
  shot_clear (&shot);

  shot_init_demo (&shot, &well);
  g_assert_cmpuint (lsc_pixels_count (shot.surface, &shot.theme->failed, 0, WIDTH, 0, shot.height),
                    ==, 0);
  g_assert_cmpuint (
      lsc_pixels_count (shot.surface, &shot.theme->merged, plot_left (&shot), WIDTH, y0, y1), >,
      9000);
  shot_clear (&shot);
}

/* Failed and stopped blocks differ from good ones by more than their colour: by lines. */
static void
test_patterns (void)
{
  static const LscDrawDemo demo = { .executor = LSC_EXECUTOR_SEQUENTIAL,
                                    .n_tasks = 4,
                                    .task_ns = LSC_NS_PER_S,
                                    .even = TRUE,
                                    .fail_every = 2,
                                    .stop_from = 3,
                                    .input = "" };
  Shot                     shot;
  guint                    changes[4] = { 0 };
  int                      y0;
  int                      y1;

  shot_init_demo (&shot, &demo);
  get_block (&shot, nth_lane_row (&shot, 0), &y0, &y1);
  for (guint i = 0; i < 4; i++)
    {
      /* Across the middle of the task, how often does the colour change? */
      int from = (int)lsc_timeline_view_ns_to_x (&shot.view, shot.layout,
                                                 i * LSC_NS_PER_S + LSC_NS_PER_S / 4);
      int to = (int)lsc_timeline_view_ns_to_x (&shot.view, shot.layout,
                                               i * LSC_NS_PER_S + LSC_NS_PER_S * 3 / 4);

      for (int x = from; x < to; x++)
        changes[i] += lsc_pixel_at (shot.surface, x, (y0 + y1) / 2) !=
                      lsc_pixel_at (shot.surface, x + 1, (y0 + y1) / 2);
    }
  g_assert_cmpuint (changes[0], ==, 0);
  g_assert_cmpuint (changes[1], >, 10);
  g_assert_cmpuint (changes[2], >, 10);
  g_assert_cmpuint (changes[3], >, 10);
  shot_clear (&shot);
}

/* A dead worker's lane ends with a mark; one that retired has none. */
static void
test_end_mark (void)
{
  static const LscDrawDemo demo = { .executor = LSC_EXECUTOR_PROCESSES,
                                    .n_workers = 2,
                                    .n_tasks = 40,
                                    .task_ns = LSC_NS_PER_S / 10,
                                    .even = TRUE,
                                    .crash_task = 11 };
  Shot                     shot;
  gint64                   end_ns;
  double                   x;
  int                      y0;
  int                      y1;

  shot_init_demo (&shot, &demo);
  get_block (&shot, nth_lane_row (&shot, 0), &y0, &y1);
  end_ns = lsc_lane_get_end_ns (nth_lane_row (&shot, 0)->lane);
  g_assert_cmpint (end_ns, <, LSC_NS_PER_S);
  x = lsc_timeline_view_ns_to_x (&shot.view, shot.layout, end_ns);
  g_assert_cmpuint (
      lsc_pixels_count (shot.surface, &shot.theme->failed, (int)x - 1, (int)x + 4, y0 - 2, y1 + 2),
      >=, 18);
  get_block (&shot, nth_lane_row (&shot, 2), &y0, &y1);
  g_assert_cmpuint (lsc_pixels_count (shot.surface, &shot.theme->failed, 0, WIDTH, y0, y1), ==, 0);
  shot_clear (&shot);
}

/* Whatever a block's label says, nothing of it is outside of the block. */
static void
test_label_inside (void)
{
  static const char *const inputs[] = { "1", "112272535095293",
                                        "a very long name of a thing that does not fit anywhere",
                                        "最長的名字最長的名字最長的名字", "two\nlines" };

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      LscDrawDemo demo = { .executor = LSC_EXECUTOR_SEQUENTIAL,
                           .n_tasks = 1,
                           .task_ns = LSC_NS_PER_S,
                           .even = TRUE,
                           .input = inputs[i] };

      for (gint64 view_s = 1; view_s < 40; view_s += 3)
        {
          Shot   shot;
          double x;
          int    y0;
          int    y1;

          shot_init_demo (&shot, &demo);
          shot.view.to_ns = view_s * LSC_NS_PER_S;
          shot_draw (&shot);
          get_block (&shot, nth_lane_row (&shot, 0), &y0, &y1);
          x = lsc_timeline_view_ns_to_x (&shot.view, shot.layout, LSC_NS_PER_S + 3 * LSC_NS_PER_MS);
          for (int y = y0 - 3; y < y1 + 3; y++)
            for (int px = (int)ceil (x) + 1; px < WIDTH; px++)
              {
                guint32 pixel = lsc_pixel_at (shot.surface, px, y);

                g_assert_true (lsc_pixel_is (pixel, &shot.theme->page) ||
                               lsc_pixel_is (pixel, &shot.theme->grid) ||
                               lsc_pixel_is (pixel, &shot.theme->separator));
              }
          shot_clear (&shot);
        }
    }
}

/* Scrolled rows do not run into the ruler or the legend. */
static void
test_scroll (void)
{
  static const LscDrawDemo demo = {
    .executor = LSC_EXECUTOR_THREADS, .n_workers = 20, .n_tasks = 60, .task_ns = LSC_NS_PER_S
  };
  Shot still;
  Shot scrolled;
  int  top;
  int  bottom;

  shot_init_demo (&still, &demo);
  shot_init_demo (&scrolled, &demo);
  still.height = scrolled.height = 300;
  scrolled.view.scroll_y_px = 77.0;
  shot_draw (&still);
  shot_draw (&scrolled);
  top = (int)lsc_timeline_layout_get_top_height (still.layout);
  bottom = 300 - (int)lsc_timeline_layout_get_bottom_height (still.layout);
  /* But for the line below the ruler, which says that there is more above. */
  for (int y = 0; y < 300; y++)
    for (int x = 0; x < WIDTH; x++)
      if (y < top - 1 || y >= bottom)
        g_assert_cmphex (lsc_pixel_at (still.surface, x, y), ==,
                         lsc_pixel_at (scrolled.surface, x, y));
  g_assert_true (
      lsc_pixel_is (lsc_pixel_at (scrolled.surface, 5, top - 1), &scrolled.theme->separator));

  /* What is 77 px down stands 77 px higher. */
  for (int y = top + 100; y < bottom - 1; y++)
    g_assert_cmphex (lsc_pixel_at (still.surface, plot_left (&still) + 300, y), ==,
                     lsc_pixel_at (scrolled.surface, plot_left (&still) + 300, y - 77));
  shot_clear (&still);
  shot_clear (&scrolled);
}

static void
test_overlays (void)
{
  static const LscDrawDemo demo = { .executor = LSC_EXECUTOR_SEQUENTIAL,
                                    .n_tasks = 4,
                                    .task_ns = LSC_NS_PER_S,
                                    .even = TRUE,
                                    .input = "" };
  Shot                     shot;
  LscColor                 tinted;
  const LscRow            *row;
  int                      x;
  int                      y0;
  int                      y1;

  shot_init_demo (&shot, &demo);
  row = nth_lane_row (&shot, 0);
  get_block (&shot, row, &y0, &y1);
  g_assert_cmpuint (lsc_pixels_count (shot.surface, &shot.theme->focus, 0, WIDTH, y0 - 4, y1 + 4),
                    ==, 0);

  /* The third task, from 2.002 to 3.002 s. */
  shot.view.focus_lane = row->lane;
  shot.view.focus_start_ns = 2 * LSC_NS_PER_S + 2 * LSC_NS_PER_MS;
  shot_draw (&shot);
  x = (int)lsc_timeline_view_ns_to_x (&shot.view, shot.layout, 5 * LSC_NS_PER_S / 2);
  g_assert_cmpuint (lsc_pixels_count (shot.surface, &shot.theme->focus, x, x + 1, y0 - 3, y1 + 3),
                    >=, 2);
  g_assert_cmpuint (lsc_pixels_count (shot.surface, &shot.theme->focus, plot_left (&shot), x - 150,
                                      y0 - 3, y1 + 3),
                    ==, 0);

  shot.view.focus_lane = NULL;
  shot.view.range_from_ns = 3 * LSC_NS_PER_S;
  shot.view.range_to_ns = LSC_NS_PER_S;
  shot_draw (&shot);
  tinted = lsc_color_mix (&shot.theme->page, &shot.theme->selection, 0.14);
  g_assert_true (lsc_pixel_is (lsc_pixel_at (shot.surface, x, y1 + 2), &tinted));
  /* Not at a tick of the ruler, where the grid would be. */
  x = (int)lsc_timeline_view_ns_to_x (&shot.view, shot.layout, 10 * LSC_NS_PER_S / 3);
  g_assert_true (lsc_pixel_is (lsc_pixel_at (shot.surface, x, y1 + 2), &shot.theme->page));

  shot.view.range_to_ns = shot.view.range_from_ns;
  shot.view.pointer_ns = 10 * LSC_NS_PER_S / 3;
  shot_draw (&shot);
  x = (int)lround (lsc_timeline_view_ns_to_x (&shot.view, shot.layout, shot.view.pointer_ns));
  g_assert_false (lsc_pixel_is (lsc_pixel_at (shot.surface, x, y1 + 2), &shot.theme->page));
  shot_clear (&shot);
}

/* A bar ends where the run ended, and starts at 0. */
static void
test_bar (void)
{
  static const LscDrawDemo demo = { .executor = LSC_EXECUTOR_PROCESSES,
                                    .n_workers = 2,
                                    .n_tasks = 4,
                                    .task_ns = LSC_NS_PER_S,
                                    .even = TRUE };
  Shot                     shot;
  LscColor                 bar;
  const LscRow            *row;
  double                   end;
  int                      y;

  shot_init_demo (&shot, &demo);
  bar = lsc_theme_get_bar (shot.theme, LSC_EXECUTOR_PROCESSES);
  row = lsc_timeline_layout_get_row (shot.layout, 0);
  y = (int)(lsc_timeline_layout_get_top_height (shot.layout) + row->y + 14);
  end = lsc_timeline_view_ns_to_x (&shot.view, shot.layout, lsc_scene_get_end_ns (shot.scene));
  g_assert_true (lsc_pixel_is (lsc_pixel_at (shot.surface, plot_left (&shot) + 4, y), &bar));
  g_assert_true (lsc_pixel_is (lsc_pixel_at (shot.surface, (int)end - 5, y), &bar));
  g_assert_false (lsc_pixel_is (lsc_pixel_at (shot.surface, (int)end + 2, y), &bar));
  g_assert_false (lsc_pixel_is (lsc_pixel_at (shot.surface, plot_left (&shot) - 2, y), &bar));
  shot_clear (&shot);
}

static void
test_themes (void)
{
  static const LscDrawDemo demo = {
    .executor = LSC_EXECUTOR_THREADS, .n_workers = 2, .n_tasks = 8, .task_ns = LSC_NS_PER_S
  };

  for (guint variant = 0; variant < LSC_N_THEME_VARIANTS; variant++)
    {
      Shot shot;

      shot_init_demo (&shot, &demo);
      shot.theme = lsc_theme_get (variant);
      shot_draw (&shot);
      g_assert_true (lsc_pixel_is (lsc_pixel_at (shot.surface, 1, 1), &shot.theme->page));
      g_assert_true (lsc_pixel_is (lsc_pixel_at (shot.surface, WIDTH - 2, shot.height - 2),
                                   &shot.theme->page));
      /* The mode's dot. */
      g_assert_cmpuint (lsc_pixels_count (shot.surface,
                                          &shot.theme->executors[LSC_EXECUTOR_THREADS], 0, 30, 0,
                                          shot.height),
                        >, 30);
      shot_clear (&shot);
    }
}

static void
test_nothing (void)
{
  static const LscDrawDemo idle = { .executor = LSC_EXECUTOR_THREADS, .n_workers = 2 };
  static const LscDrawDemo demo = {
    .executor = LSC_EXECUTOR_PROCESSES, .n_workers = 2, .n_tasks = 8, .task_ns = LSC_NS_PER_S
  };
  g_autoptr (LscTimelinePainter) painter = lsc_timeline_painter_new ("Sans 10");
  g_autoptr (LscTimelineLayout) flat = NULL;
  LscLayoutRequest request = { .width_px = 0.0 };
  Shot             shot;
  cairo_t         *cr;

  shot_init (&shot, lsc_scene_new ());
  shot.height = 50;
  shot_draw (&shot);
  shot_clear (&shot);

  shot_init_demo (&shot, &idle);
  shot_clear (&shot);

  /* Views without a length, far away, or absurdly long; pictures without a size. */
  shot_init_demo (&shot, &demo);
  shot.view.to_ns = shot.view.from_ns;
  shot_draw (&shot);
  shot.view.from_ns = 1000 * LSC_NS_PER_S;
  shot.view.to_ns = 1001 * LSC_NS_PER_S;
  shot_draw (&shot);
  shot.view.from_ns = 0;
  shot.view.to_ns = G_MAXINT64 / 4;
  shot_draw (&shot);
  cr = cairo_create (shot.surface);
  flat = lsc_timeline_layout_new (shot.scene, &request);
  lsc_timeline_painter_draw (painter, cr, shot.scene, flat, &shot.view, 100.0);
  lsc_timeline_painter_draw (painter, cr, shot.scene, shot.layout, &shot.view, 0.0);
  lsc_timeline_painter_draw (painter, cr, shot.scene, shot.layout, &shot.view, 3.0);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  shot_clear (&shot);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/painter/every-lane", test_every_lane);
  g_test_add_func ("/draw/painter/lone-span", test_lone_span);
  g_test_add_func ("/draw/painter/failed-among-many", test_failed_among_many);
  g_test_add_func ("/draw/painter/patterns", test_patterns);
  g_test_add_func ("/draw/painter/end-mark", test_end_mark);
  g_test_add_func ("/draw/painter/label-inside", test_label_inside);
  g_test_add_func ("/draw/painter/scroll", test_scroll);
  g_test_add_func ("/draw/painter/overlays", test_overlays);
  g_test_add_func ("/draw/painter/bar", test_bar);
  g_test_add_func ("/draw/painter/themes", test_themes);
  g_test_add_func ("/draw/painter/nothing", test_nothing);

  return g_test_run ();
}

/* test-bars-strip.c: the timing bar in the head of a strip of the timeline.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lsc-bars-demo.h"
#include "lsc-bars.h"
#include "lsc-clock.h"
#include "lsc-draw-demo.h"
#include "lsc-pixels.h"
#include "lsc-timeline-painter.h"

#define WIDTH 900
#define S     1e9

static const LscDrawDemo run = {
  .executor = LSC_EXECUTOR_THREADS,
  .n_workers = 2,
  .n_tasks = 4,
  .task_ns = LSC_NS_PER_S,
  .even = TRUE,
};

static LscScene *
new_scene (void)
{
  LscScene *scene = lsc_scene_new ();

  lsc_draw_demo_add (scene, &run);

  return scene;
}

static LscTimelineLayout *
new_layout (LscScene *scene)
{
  LscLayoutRequest request = { .width_px = WIDTH, .text_scale = 1.0, .with_legend = TRUE };

  return lsc_timeline_layout_new (scene, &request);
}

static cairo_surface_t *
draw (LscScene *scene, LscTimelineLayout *layout, const LscTimelineView *view)
{
  g_autoptr (LscTimelinePainter) painter = lsc_timeline_painter_new (NULL);
  int              height = (int)ceil (lsc_timeline_layout_get_full_height (layout));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, height);
  cairo_t         *cr = cairo_create (surface);

  lsc_timeline_painter_draw (painter, cr, scene, layout, view, height);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

/* A box of numbers, owned by nobody. */
static LscStripFigures
make_figures (double *walls, guint n)
{
  return (LscStripFigures){
    .n = n,
    .median_ns = 1.5 * S,
    .low_ns = 1.4 * S,
    .high_ns = 1.6 * S,
    .min_ns = 1.3 * S,
    .lower_quartile_ns = 1.45 * S,
    .upper_quartile_ns = 1.55 * S,
    .walls_ns = walls,
    .n_walls = n,
    .verdict = (char *)"1.40× faster (1.30–1.50)",
    .is_sure = TRUE,
    .is_known = TRUE,
  };
}

/* The head's middle row of pixels. */
static int
head_y (LscTimelineLayout *layout)
{
  return (int)(lsc_timeline_layout_get_top_height (layout) +
               lsc_timeline_layout_get_row (layout, 0)->y + 13.0 + 9.0);
}

/* The bar ends at the median on the timeline's own scale, not where the watched run did. */
static void
test_length (void)
{
  g_autoptr (LscScene) scene = new_scene ();
  g_autoptr (LscTimelineLayout) layout = NULL;
  const LscColor  *strong = &lsc_theme_get (LSC_THEME_LIGHT)->executors[LSC_EXECUTOR_THREADS];
  double           walls[] = { 1.3 * S, 1.5 * S, 1.7 * S };
  LscStripFigures  figures = make_figures (walls, G_N_ELEMENTS (walls));
  cairo_surface_t *surface;
  LscTimelineView  view;
  double           plot_x;
  double           plot_width;
  int              expected;
  int              edge = -1;

  lsc_scene_set_measured (scene, 0, &figures);
  layout = new_layout (scene);
  lsc_timeline_view_init_whole (&view, scene);
  surface = draw (scene, layout, &view);
  lsc_timeline_layout_get_plot (layout, &plot_x, &plot_width);
  expected = (int)lround (plot_x + 1.5 * S / (double)(view.to_ns - view.from_ns) * plot_width);

  /* Above the whisker. */
  for (int x = WIDTH - 1; x > (int)plot_x && edge < 0; x--)
    if (lsc_pixel_is (lsc_pixel_at (surface, x, head_y (layout) - 7), strong))
      edge = x;
  g_assert_cmpint (abs (edge + 1 - expected), <=, 1);
  cairo_surface_destroy (surface);
}

/* Whiskers and samples have place at the right, and a row of their own below the bar. */
static void
test_room (void)
{
  g_autoptr (LscScene) scene = new_scene ();
  g_autoptr (LscTimelineLayout) plain = new_layout (scene);
  g_autoptr (LscTimelineLayout) measured = NULL;
  gint64          wall_ns = lsc_scene_get_end_ns (scene);
  double          walls[] = { 1.3 * S, 2.4 * S, 90.0 * S };
  LscStripFigures figures = make_figures (walls, G_N_ELEMENTS (walls));

  /* Two tasks each for a second. */
  g_assert_cmpint (wall_ns, >=, 2 * LSC_NS_PER_S);
  g_assert_cmpint (wall_ns, <, 2.1 * S);

  figures.high_ns = 2.3 * S;
  lsc_scene_set_measured (scene, 0, &figures);
  /* As far as the samples, but for the one that would squeeze all else. */
  g_assert_cmpint (lsc_scene_get_end_ns (scene), ==, (gint64)(2.4 * S));
  measured = new_layout (scene);
  g_assert_cmpfloat (lsc_timeline_layout_get_row (measured, 0)->height, >,
                     lsc_timeline_layout_get_row (plain, 0)->height + 8.0);
  g_assert_cmpfloat (lsc_timeline_layout_get_bottom_height (measured), >=,
                     lsc_timeline_layout_get_bottom_height (plain));
}

/* The scene has figures of its own, as has a copy of it; they can be taken away. */
static void
test_ownership (void)
{
  g_autoptr (LscScene) scene = new_scene ();
  g_autoptr (LscScene) copy = NULL;
  double          walls[] = { 1.3 * S, 1.5 * S };
  LscOutlier      outliers[] = { LSC_OUTLIER_NONE, LSC_OUTLIER_FAR };
  LscStripFigures figures = make_figures (walls, 2);

  figures.outliers = outliers;
  lsc_scene_set_measured (scene, 0, &figures);
  walls[0] = 7.0;
  outliers[1] = LSC_OUTLIER_NONE;
  g_assert_cmpfloat (lsc_scene_get_strip (scene, 0)->measured->walls_ns[0], ==, 1.3 * S);
  g_assert_cmpint (lsc_scene_get_strip (scene, 0)->measured->outliers[1], ==, LSC_OUTLIER_FAR);

  copy = lsc_scene_copy (scene);
  lsc_scene_set_measured (scene, 0, NULL);
  g_assert_null (lsc_scene_get_strip (scene, 0)->measured);
  g_assert_cmpstr (lsc_scene_get_strip (copy, 0)->measured->verdict, ==,
                   "1.40× faster (1.30–1.50)");
  g_assert_cmpfloat (lsc_scene_get_strip (copy, 0)->measured->walls_ns[1], ==, 1.5 * S);
}

/* From a report, as it grows. */
static void
test_from_report (void)
{
  static const LscBarsDemo cells[] = {
    { .workload = "P", .executor = LSC_EXECUTOR_SEQUENTIAL, .n_workers = 1, .median_ns = 4.0 * S },
    { .workload = "P",
      .executor = LSC_EXECUTOR_THREADS,
      .n_workers = 2,
      .median_ns = 2.0 * S,
      .memory = 15e6 },
    { .workload = "P", .executor = LSC_EXECUTOR_PROCESSES, .n_workers = 2 },
  };
  g_autoptr (LscScene) scene = new_scene ();
  g_autoptr (LscProfile) few = lsc_bars_demo_new ("T", cells, 3, 3);
  g_autoptr (LscReport) early = lsc_report_new (few);
  g_autoptr (LscProfile) many = lsc_bars_demo_new ("T", cells, 3, 21);
  g_autoptr (LscReport) late = lsc_report_new (many);
  const LscStripFigures *measured;

  lsc_bars_measure_strip (scene, 0, early, 1);
  measured = lsc_scene_get_strip (scene, 0)->measured;
  g_assert_cmpuint (measured->n, ==, 3);
  g_assert_false (measured->is_known);

  lsc_bars_measure_strip (scene, 0, late, 1);
  measured = lsc_scene_get_strip (scene, 0)->measured;
  g_assert_cmpuint (measured->n, ==, 21);
  g_assert_cmpfloat (measured->median_ns, ==, 2.0 * S);
  g_assert_true (measured->is_known);
  g_assert_true (measured->is_sure);
  g_assert_nonnull (strstr (measured->verdict, "faster"));
  /* Beside a median stands nothing of another run. */
  g_assert_cmpfloat (measured->memory, >, 0.0);
  g_assert_cmpfloat (measured->memory, ==, lsc_report_get_figures (late, 1)->memory.median);
  g_assert_cmpfloat (measured->cores, ==, lsc_report_get_figures (late, 1)->cores);

  /* The reference is known, though there is no verdict of it. */
  lsc_bars_measure_strip (scene, 0, late, 0);
  measured = lsc_scene_get_strip (scene, 0)->measured;
  g_assert_true (measured->is_known);
  g_assert_false (measured->is_sure);

  lsc_bars_measure_strip (scene, 0, late, 2);
  g_assert_null (lsc_scene_get_strip (scene, 0)->measured);
}

/* Zoomed to a nanosecond far behind the bar, or into it, nothing breaks. */
static void
test_zoom (void)
{
  g_autoptr (LscScene) scene = new_scene ();
  g_autoptr (LscTimelineLayout) layout = NULL;
  const LscTheme *theme = lsc_theme_get (LSC_THEME_LIGHT);
  LscColor        bar = lsc_theme_get_bar (theme, LSC_EXECUTOR_THREADS);
  double          walls[] = { 1.3 * S, 1.5 * S, 1.7 * S };
  LscStripFigures figures = make_figures (walls, G_N_ELEMENTS (walls));
  LscTimelineView view;
  double          plot_x;
  double          plot_width;

  lsc_scene_set_measured (scene, 0, &figures);
  layout = new_layout (scene);
  lsc_timeline_layout_get_plot (layout, &plot_x, &plot_width);
  for (guint i = 0; i < 2; i++)
    {
      gint64           from_ns = i == 0 ? LSC_NS_PER_S : 2 * LSC_NS_PER_S;
      cairo_surface_t *surface;
      guint            n = 0;

      lsc_timeline_view_init_whole (&view, scene);
      view.from_ns = from_ns;
      view.to_ns = from_ns + 1;
      surface = draw (scene, layout, &view);
      for (int x = (int)plot_x; x < (int)(plot_x + plot_width); x++)
        n += lsc_pixel_is (lsc_pixel_at (surface, x, head_y (layout) - 7), &bar);
      /* At 1 s all of it is bar, at 2 s none. */
      if (i == 0)
        g_assert_cmpuint (n, >=, (guint)plot_width - 4);
      else
        g_assert_cmpuint (n, ==, 0);
      cairo_surface_destroy (surface);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/bars-strip/length", test_length);
  g_test_add_func ("/draw/bars-strip/room", test_room);
  g_test_add_func ("/draw/bars-strip/ownership", test_ownership);
  g_test_add_func ("/draw/bars-strip/from-report", test_from_report);
  g_test_add_func ("/draw/bars-strip/zoom", test_zoom);

  return g_test_run ();
}

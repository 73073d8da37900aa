/* test-curves.c: rows with what a process used: who has one, their scale, what is drawn.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run of one second of two processes: a worker that uses half a core from 100 ms to 900 ms and
 * has 40 MB, and a program of somebody's with two threads that uses two cores from 200 ms to
 * 600 ms and has 10 MB, for a moment 30.
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "lsc-clock.h"
#include "lsc-curves-private.h"
#include "lsc-pixels.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"
#include "lsc-timeline-painter.h"

#define MS        LSC_NS_PER_MS
#define MB        G_GUINT64_CONSTANT (1000000)
#define END_MS    1000
#define WIDTH_PX  1200
#define STEP_MS   50
#define BURST_MS  400
#define BURST_END (BURST_MS + 1)

typedef struct
{
  LscScene          *scene;
  LscTimelineLayout *layout;
} Fixture;

static void
use (LscRecorder *recorder, LscLane *process, gint64 from_ms, gint64 to_ms, double cores)
{
  for (gint64 at_ms = from_ms; at_ms <= to_ms; at_ms += STEP_MS)
    lsc_recorder_add_counter (recorder, process, at_ms * MS, LSC_COUNTER_CPU_NS,
                              (guint64)((double)(at_ms - from_ms) * cores * MS));
}

static LscLane *
add_worker (LscRecorder *recorder)
{
  LscLane *process = lsc_recorder_add_lane (recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_OWN, 11,
                                            11, 1, "worker 1", 0);

  lsc_recorder_begin_span (recorder, process, 0, 0, LSC_CATEGORY_TASK, LSC_NO_TASK);
  use (recorder, process, 100, 900, 0.5);
  lsc_recorder_add_counter (recorder, process, 100 * MS, LSC_COUNTER_RSS_BYTES, 40 * MB);
  lsc_recorder_add_counter (recorder, process, 300 * MS, LSC_COUNTER_PSS_BYTES, 20 * MB);
  return process;
}

static void
add_seen (LscRecorder *recorder)
{
  LscLane *process = lsc_recorder_add_lane (recorder, LSC_LANE_PROCESS, NULL, LSC_SOURCE_EXACT, 22,
                                            22, 0, "make", 200 * MS);

  lsc_recorder_set_seen (recorder, process, NULL);
  for (gint32 i = 0; i < 2; i++)
    {
      LscLane *thread = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, process, LSC_SOURCE_EXACT,
                                               22, 22 + i, 0, "make", 200 * MS);

      lsc_recorder_set_seen (recorder, thread, NULL);
      lsc_recorder_set_state (recorder, thread, 200 * MS, LSC_STATE_RUNNING, (guint)i);
      lsc_recorder_end_lane (recorder, thread, 600 * MS, LSC_LANE_RETIRED, 0, LSC_TASK_DONE);
    }
  use (recorder, process, 200, 600, 2.0);
  lsc_recorder_add_counter (recorder, process, 200 * MS, LSC_COUNTER_RSS_BYTES, 10 * MB);
  lsc_recorder_add_counter (recorder, process, BURST_MS * MS, LSC_COUNTER_RSS_BYTES, 30 * MB);
  lsc_recorder_add_counter (recorder, process, BURST_END * MS, LSC_COUNTER_RSS_BYTES, 10 * MB);
  lsc_recorder_end_lane (recorder, process, 600 * MS, LSC_LANE_EXITED, 0, LSC_TASK_DONE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const LscRecordingInfo info = { .workload_id = "t", .n_workers = 1, .n_cores = 4 };
  g_autoptr (LscRecorder) recorder = lsc_recorder_new (NULL, &info, NULL, 0, NULL);

  add_worker (recorder);
  add_seen (recorder);
  lsc_recorder_finish (recorder, END_MS * MS);
  fixture->scene = lsc_scene_new ();
  lsc_scene_add_strip (fixture->scene, lsc_recorder_get_recording (recorder),
                       LSC_EXECUTOR_PROCESSES, 1);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->layout);
  g_clear_object (&fixture->scene);
}

static void
lay_out (Fixture *fixture, double height_px)
{
  const LscLayoutRequest request = {
    .width_px = WIDTH_PX, .height_px = height_px, .text_scale = 1.0, .with_legend = TRUE
  };

  g_clear_object (&fixture->layout);
  fixture->layout = lsc_timeline_layout_new (fixture->scene, &request);
}

/* "worker 1 (11)", "~worker 1 (11)": its curves. */
static char *
list_rows (Fixture *fixture)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (fixture->layout); i++)
    {
      const LscRow    *row = lsc_timeline_layout_get_row (fixture->layout, i);
      g_autofree char *name = lsc_timeline_layout_dup_row_name (fixture->layout, i);

      if (row->lane != NULL)
        g_string_append_printf (text, "%s%s; ", row->kind == LSC_ROW_CURVES ? "~" : "", name);
    }
  return g_string_free (text, FALSE);
}

static void
assert_rows (Fixture *fixture, const char *expected)
{
  g_autofree char *rows = list_rows (fixture);

  g_assert_cmpstr (rows, ==, expected);
}

#define WITHOUT "worker 1 (11); make (22); main thread; make (23); "
#define WITH    "worker 1 (11); ~worker 1 (11); make (22); ~make (22); main thread; make (23); "

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LscScene) copy = NULL;

  lay_out (fixture, 0);
  assert_rows (fixture, WITHOUT);
  lsc_scene_set_shows_curves (fixture->scene, TRUE);
  lay_out (fixture, 0);
  assert_rows (fixture, WITH);

  /* A picture is made of a copy. */
  copy = lsc_scene_copy (fixture->scene);
  g_set_object (&fixture->scene, copy);
  lay_out (fixture, 0);
  assert_rows (fixture, WITH);
}

/* What a folded process used is still worth seeing. */
static void
test_folded (Fixture *fixture, gconstpointer data)
{
  lsc_scene_set_shows_curves (fixture->scene, TRUE);
  lay_out (fixture, 0);
  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (fixture->layout); i++)
    {
      const LscRow *row = lsc_timeline_layout_get_row (fixture->layout, i);

      if (row->kind == LSC_ROW_PROCESS)
        {
          g_assert_true (lsc_timeline_layout_toggle_row (fixture->layout, row));
          break;
        }
    }
  lay_out (fixture, 0);
  assert_rows (fixture, "worker 1 (11); ~worker 1 (11); make (22); ~make (22); ");
}

/* Lanes are worth more than curves, and the legend explains what is there. */
static void
test_no_room (Fixture *fixture, gconstpointer data)
{
  double full_px;

  lsc_scene_set_shows_curves (fixture->scene, TRUE);
  lay_out (fixture, 0);
  full_px = lsc_timeline_layout_get_full_height (fixture->layout);
  g_assert_cmpuint (lsc_timeline_layout_get_features (fixture->layout) & LSC_FEATURES_OF_CURVES, ==,
                    LSC_FEATURES_OF_CURVES);
  lay_out (fixture, full_px - 60);
  assert_rows (fixture, WITHOUT);
  g_assert_cmpuint (lsc_timeline_layout_get_features (fixture->layout) & LSC_FEATURES_OF_CURVES, ==,
                    0);
  lay_out (fixture, full_px);
  assert_rows (fixture, WITH);
}

/* Two cores are the most that anybody used, and 40 MB. */
static void
test_scale (Fixture *fixture, gconstpointer data)
{
  const LscRecordingInfo info = { .workload_id = "t", .n_workers = 1, .n_cores = 4 };
  g_autoptr (LscRecorder) recorder = lsc_recorder_new (NULL, &info, NULL, 0, NULL);
  LscCurveScale    scale;
  g_autofree char *cores = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *in_short = NULL;

  lsc_curve_scale_init (&scale, fixture->scene);
  g_assert_cmpuint (scale.cores, ==, 2);
  g_assert_cmpfloat (scale.bytes, ==, 50e6);
  cores = lsc_curve_scale_dup_cores (&scale);
  bytes = lsc_curve_scale_dup_bytes (&scale);
  g_assert_cmpstr (cores, ==, "CPU, up to 2 cores");
  g_assert_cmpstr (bytes, ==, "memory, up to 50\u00a0MB");

  /* Not far above the most of it, where a curve would be half as high as it could be. */
  lsc_recorder_add_counter (recorder, add_worker (recorder), 950 * MS, LSC_COUNTER_RSS_BYTES,
                            252 * MB);
  lsc_scene_add_strip (fixture->scene, lsc_recorder_get_recording (recorder),
                       LSC_EXECUTOR_PROCESSES, 1);
  lsc_curve_scale_init (&scale, fixture->scene);
  g_assert_cmpfloat (scale.bytes, ==, 300e6);
  in_short = lsc_curve_scale_dup_short_bytes (&scale);
  g_assert_cmpstr (in_short, ==, "≤ 300\u00a0MB");
}

/* ---- what is drawn -------------------------------------------------------------------------- */

static cairo_surface_t *
paint (Fixture *fixture, LscTimelineView *view)
{
  g_autoptr (LscTimelinePainter) painter = lsc_timeline_painter_new (NULL);
  double           height_px = lsc_timeline_layout_get_full_height (fixture->layout);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH_PX, (int)ceil (height_px));
  cairo_t *cr = cairo_create (surface);

  lsc_timeline_view_init_whole (view, fixture->scene);
  lsc_timeline_painter_draw (painter, cr, fixture->scene, fixture->layout, view, height_px);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static const LscRow *
find_curves (Fixture *fixture, const char *name)
{
  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (fixture->layout); i++)
    {
      const LscRow *row = lsc_timeline_layout_get_row (fixture->layout, i);

      if (row->kind == LSC_ROW_CURVES && g_str_equal (lsc_lane_get_name (row->lane), name))
        return row;
    }
  g_assert_not_reached ();
}

typedef struct
{
  cairo_surface_t *surface;
  LscColor         area;
  LscColor         line;
} Drawn;

/* How many pixels of a colour stand above each other at a time in a row of curves. */
static guint
count_at (Fixture               *fixture,
          const Drawn           *drawn,
          const LscTimelineView *view,
          const LscRow          *row,
          const LscColor        *color,
          gint64                 time_ms)
{
  double top = lsc_timeline_layout_get_top_height (fixture->layout) + row->y;
  int    x = (int)lsc_timeline_view_ns_to_x (view, fixture->layout, time_ms * MS);

  return lsc_pixels_count (drawn->surface, color, x, x + 1, (int)top, (int)(top + row->height));
}

/* Half of 40 MB is divided memory, at half of that height: a line with gaps, from its first value.
 */
static void
check_dashes (Fixture *fixture, const Drawn *drawn, const LscTimelineView *view, const LscRow *row)
{
  double top = lsc_timeline_layout_get_top_height (fixture->layout) + row->y;
  int    from = (int)lsc_timeline_view_ns_to_x (view, fixture->layout, 400 * MS);
  int    to = (int)lsc_timeline_view_ns_to_x (view, fixture->layout, 500 * MS);
  int    before = (int)lsc_timeline_view_ns_to_x (view, fixture->layout, 150 * MS);
  int    begin = (int)lsc_timeline_view_ns_to_x (view, fixture->layout, 280 * MS);
  int    half = (int)(top + row->height / 2);
  int    bottom = (int)(top + row->height);
  guint  with_dash = 0;

  for (int x = from; x < to; x++)
    with_dash += lsc_pixels_count (drawn->surface, &drawn->line, x, x + 1, half, bottom) > 0;
  g_assert_cmpfloat (with_dash, >=, 0.3 * (to - from));
  g_assert_cmpfloat (with_dash, <=, 0.8 * (to - from));
  g_assert_cmpuint (lsc_pixels_count (drawn->surface, &drawn->line, before, begin, half, bottom),
                    ==, 0);
}

/* A quarter of the height for half a core, all of it for two. */
static void
test_painted (Fixture *fixture, gconstpointer data)
{
  const LscTheme *theme = lsc_theme_get (LSC_THEME_LIGHT);
  LscTimelineView view;
  const LscRow   *worker;
  const LscRow   *make;
  Drawn           drawn = { .area = lsc_theme_get_cpu_area (theme), .line = theme->memory };
  guint           quarter;
  guint           all;

  lsc_scene_set_shows_curves (fixture->scene, TRUE);
  lay_out (fixture, 0);
  drawn.surface = paint (fixture, &view);
  worker = find_curves (fixture, "worker 1");
  make = find_curves (fixture, "make");

  quarter = count_at (fixture, &drawn, &view, worker, &drawn.area, 520);
  all = count_at (fixture, &drawn, &view, make, &drawn.area, 520);
  /* But for the line of memory that runs through it. */
  g_assert_cmpuint (all, >=, 20);
  g_assert_cmpfloat_with_epsilon ((double)quarter / (double)all, 0.25, 0.09);
  g_assert_cmpuint (count_at (fixture, &drawn, &view, make, &drawn.area, 150), ==, 0);
  g_assert_cmpuint (count_at (fixture, &drawn, &view, make, &drawn.area, 700), ==, 0);
  g_assert_cmpuint (count_at (fixture, &drawn, &view, worker, &drawn.area, 950), ==, 0);

  /* Memory is a line; what lasted for a thousandth of the run stands out as a stroke. */
  g_assert_cmpuint (count_at (fixture, &drawn, &view, worker, &drawn.line, 520), >=, 1);
  g_assert_cmpuint (count_at (fixture, &drawn, &view, worker, &drawn.line, 520), <=, 4);
  g_assert_cmpuint (count_at (fixture, &drawn, &view, worker, &drawn.line, 50), ==, 0);
  g_assert_cmpuint (count_at (fixture, &drawn, &view, make, &drawn.line, 700), ==, 0);
  check_dashes (fixture, &drawn, &view, worker);
  cairo_surface_destroy (drawn.surface);
}

static gboolean
is_near (guint32 pixel, const LscColor *color)
{
  const double parts[] = { color->red, color->green, color->blue };
  double       distance = 0;

  for (guint i = 0; i < 3; i++)
    distance += fabs (((pixel >> (16 - 8 * i)) & 0xff) / 255.0 - parts[i]);
  return distance < 0.35;
}

static void
test_burst (Fixture *fixture, gconstpointer data)
{
  const LscTheme  *theme = lsc_theme_get (LSC_THEME_LIGHT);
  LscTimelineView  view;
  cairo_surface_t *surface;
  const LscRow    *row;
  double           top;
  int              x;
  int              highest = G_MAXINT;
  int              usual = G_MAXINT;

  lsc_scene_set_shows_curves (fixture->scene, TRUE);
  lay_out (fixture, 0);
  surface = paint (fixture, &view);
  row = find_curves (fixture, "make");
  top = lsc_timeline_layout_get_top_height (fixture->layout) + row->y;
  x = (int)lsc_timeline_view_ns_to_x (&view, fixture->layout, BURST_MS * MS);
  for (int y = (int)(top + row->height) - 1; y >= (int)top; y--)
    {
      for (int near = x - 2; near <= x + 2; near++)
        if (is_near (lsc_pixel_at (surface, near, y), &theme->memory))
          highest = y;
      if (is_near (lsc_pixel_at (surface, x + 60, y), &theme->memory))
        usual = y;
    }
  g_assert_cmpint (usual, !=, G_MAXINT);
  /* 20 of 50 MB on 26 px. */
  g_assert_cmpint (usual - highest, >=, 8);
  g_assert_cmpint (usual - highest, <=, 13);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  char *cache;
  int   status;

  g_test_init (&argc, &argv, NULL);
  cache = lsc_test_cache_enter ();
#define ADD(name, func) g_test_add ("/draw/curves/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("rows", test_rows);
  ADD ("folded", test_folded);
  ADD ("no-room", test_no_room);
  ADD ("scale", test_scale);
  ADD ("painted", test_painted);
  ADD ("burst", test_burst);
  status = g_test_run ();
  lsc_test_cache_leave (cache);
  return status;
}

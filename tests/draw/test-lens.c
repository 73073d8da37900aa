/* test-lens.c: a hand-off, magnified.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two threads on 1 ms: the first runs for the first half, the other one from 510 µs on.
 */

#include "config.h"

#include <math.h>

#include "lsc-lens.h"
#include "lsc-pixels.h"
#include "lsc-recorder.h"
#include "lsc-test-cache.h"

#define US    G_GINT64_CONSTANT (1000)
#define WIDTH 560

typedef struct
{
  LscScene  *scene;
  LscLens   *lens;
  LscHandOff hand_off;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const LscRecordingInfo info = { .workload_id = "t", .workload_name = "T", .n_workers = 2 };
  g_autoptr (LscTextList) inputs = lsc_text_list_new ();
  g_autoptr (LscRecorder) recorder = NULL;
  LscLane *lanes[2];

  lsc_text_list_freeze (inputs);
  recorder = lsc_recorder_new (NULL, &info, inputs, 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
    lanes[i] = lsc_recorder_add_lane (recorder, LSC_LANE_THREAD, NULL, LSC_SOURCE_EXACT, 1,
                                      (gint)i + 1, i + 1, i == 0 ? "first" : "second", 0);
  lsc_recorder_set_state (recorder, lanes[0], 0, LSC_STATE_RUNNING, 0);
  lsc_recorder_set_state (recorder, lanes[0], 500 * US, LSC_STATE_WAITING, 0);
  lsc_recorder_set_state (recorder, lanes[1], 0, LSC_STATE_WAITING, 0);
  lsc_recorder_set_state (recorder, lanes[1], 510 * US, LSC_STATE_RUNNING, 1);
  lsc_recorder_finish (recorder, 1000 * US);

  fixture->scene = lsc_scene_new ();
  lsc_scene_add_strip (fixture->scene, lsc_recorder_get_recording (recorder), LSC_EXECUTOR_THREADS,
                       2);
  lsc_scene_get_strip (fixture->scene, 0)->now_ns = 1000 * US;
  fixture->hand_off =
      (LscHandOff){ .from = lanes[0], .to = lanes[1], .left_ns = 500 * US, .ran_ns = 510 * US };
  fixture->lens = lsc_lens_new ();
  lsc_lens_aim (fixture->lens, lsc_scene_get_strip (fixture->scene, 0), 0, 1000 * US, 505 * US,
                &fixture->hand_off);
  for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
    lsc_lens_add_lane (fixture->lens, lanes[i], lsc_lane_get_name (lanes[i]));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lsc_lens_free (fixture->lens);
  g_object_unref (fixture->scene);
}

static cairo_surface_t *
draw (Fixture *fixture)
{
  int              height = (int)lsc_lens_measure (fixture->lens, WIDTH);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, height);
  cairo_t         *cr = cairo_create (surface);

  lsc_lens_draw (fixture->lens, cr, WIDTH);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* The longest line of a colour in each line of pixels, of those at least so long: where it begins
 * and ends. They come from top to bottom. */
typedef struct
{
  int y;
  int from;
  int to;
} Line;

static Line
find_line (cairo_surface_t *surface, const LscColor *color, int y)
{
  Line best = { .y = y };
  int  from = -1;

  for (int x = 0; x <= WIDTH; x++)
    {
      gboolean is_it = x < WIDTH && lsc_pixel_is (lsc_pixel_at (surface, x, y), color);

      if (is_it && from < 0)
        from = x;
      if (!is_it && from >= 0)
        {
          if (x - from > best.to - best.from)
            best = (Line){ y, from, x };
          from = -1;
        }
    }
  return best;
}

/* What runs is as long as it ran, each on its row, and the one begins where the other ends. */
static void
test_turns (Fixture *fixture, gconstpointer data)
{
  for (guint variant = 0; variant < LSC_N_THEME_VARIANTS; variant++)
    {
      const LscTheme  *theme = lsc_theme_get (variant);
      cairo_surface_t *surface;
      Line             first = { 0 };
      Line             second = { 0 };
      double           px_per_us;

      lsc_lens_set_theme (fixture->lens, theme);
      surface = draw (fixture);
      for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
        {
          Line line = find_line (surface, &theme->running, y);

          if (line.to - line.from < 100)
            continue;
          if (first.to == 0 || line.from == first.from)
            first = line;
          else
            second = line;
        }
      g_assert_cmpint (second.y, >, first.y);
      /* 1000 µs from the one's beginning to the other's end. */
      px_per_us = (second.to - first.from) / 1000.0;
      g_assert_cmpfloat_with_epsilon ((first.to - first.from) / px_per_us, 500, 5);
      g_assert_cmpfloat_with_epsilon ((second.from - first.from) / px_per_us, 510, 5);
      cairo_surface_destroy (surface);
    }
}

/* What stands on a turn can be read. */
static void
test_label (Fixture *fixture, gconstpointer data)
{
  for (guint variant = 0; variant < LSC_N_THEME_VARIANTS; variant++)
    {
      const LscTheme  *theme = lsc_theme_get (variant);
      double           page = lsc_color_contrast (&theme->running, &theme->page);
      double           text = lsc_color_contrast (&theme->running, &theme->text);
      cairo_surface_t *surface;
      const LscColor  *color = page > text ? &theme->page : &theme->text;
      Line             box = { .y = -1, .from = WIDTH };
      int              bottom = 0;

      lsc_lens_set_theme (fixture->lens, theme);
      surface = draw (fixture);
      g_assert_cmpfloat (MAX (page, text), >=, 4.5);
      for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
        {
          Line line = find_line (surface, &theme->running, y);

          if (line.to - line.from < 100 || line.to >= WIDTH * 0.7)
            continue;
          box.y = box.y < 0 ? y : box.y;
          box.from = MIN (box.from, line.from);
          bottom = y + 1;
        }
      /* Letters at the beginning of the first turn, within its box. */
      g_assert_cmpuint (lsc_pixels_count (surface, color, box.from, box.from + 60, box.y, bottom),
                        >, 0);
      cairo_surface_destroy (surface);
    }
}

/* Room for all lanes and words, at any scale of the text. */
static void
test_measure (Fixture *fixture, gconstpointer data)
{
  const LscTheme  *theme = lsc_theme_get (LSC_THEME_LIGHT);
  cairo_surface_t *surface;
  double           bare = lsc_lens_measure (fixture->lens, WIDTH);
  double           with_words;

  lsc_lens_add_words (fixture->lens, "first left core 0.");
  with_words = lsc_lens_measure (fixture->lens, WIDTH);
  g_assert_cmpfloat (with_words, >, bare + 10);
  lsc_lens_set_theme (fixture->lens, theme);
  surface = draw (fixture);
  g_assert_cmpuint (
      lsc_pixels_count (surface, &theme->text, 0, WIDTH, (int)bare - 8, (int)with_words - 4), >,
      10);
  cairo_surface_destroy (surface);
  lsc_lens_set_text_scale (fixture->lens, 2);
  g_assert_cmpfloat (lsc_lens_measure (fixture->lens, 2 * WIDTH), >, 1.9 * with_words);
  /* Words that are too long for a line have two. */
  lsc_lens_set_text_scale (fixture->lens, 1);
  g_assert_cmpfloat (lsc_lens_measure (fixture->lens, 100), >, with_words + 10);

  /* Aimed anew it has forgotten them. */
  lsc_lens_aim (fixture->lens, lsc_scene_get_strip (fixture->scene, 0), 0, 10, 5, NULL);
  g_assert_cmpfloat (lsc_lens_measure (fixture->lens, WIDTH), <, bare);
  for (guint i = 0; i < 3 * LSC_LENS_MAX_LANES; i++)
    lsc_lens_add_lane (fixture->lens, fixture->hand_off.from, "first");
  g_assert_cmpfloat (lsc_lens_measure (fixture->lens, WIDTH), <, bare * LSC_LENS_MAX_LANES);
  cairo_surface_destroy (draw (fixture));
}

int
main (int argc, char **argv)
{
  char *cache;
  int   status;

  g_test_init (&argc, &argv, NULL);
  cache = lsc_test_cache_enter ();

  g_test_add ("/lens/turns", Fixture, NULL, set_up, test_turns, tear_down);
  g_test_add ("/lens/label", Fixture, NULL, set_up, test_label, tear_down);
  g_test_add ("/lens/measure", Fixture, NULL, set_up, test_measure, tear_down);

  status = g_test_run ();
  lsc_test_cache_leave (cache);
  return status;
}

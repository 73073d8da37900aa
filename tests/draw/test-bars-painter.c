/* test-bars-painter.c: is what was measured on the picture, and can all of it be read?
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pixels are read back and compared with the theme's colours; texts by where they were drawn.
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lsc-bars-demo.h"
#include "lsc-bars-painter-private.h"
#include "lsc-pixels.h"

#define S  1e9
#define MB 1e6

typedef struct
{
  LscBarsLayout   *layout;
  const LscTheme  *theme;
  cairo_surface_t *surface;
  GArray          *texts; /* of LscTextBox, with owned texts */
  int              width;
  int              height;
} Shot;

static void
text_box_clear (gpointer data)
{
  g_free ((char *)((LscTextBox *)data)->text);
}

static void
shot_draw (Shot *shot, gint focused_cell)
{
  g_autoptr (LscBarsPainter) painter = lsc_bars_painter_new (NULL);
  cairo_t *cr;

  shot->width = (int)shot->layout->request.width_px;
  shot->height = (int)ceil (lsc_bars_layout_get_height (shot->layout));
  shot->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, shot->width, shot->height);
  cr = cairo_create (shot->surface);
  lsc_bars_painter_set_theme (painter, shot->theme);
  lsc_bars_painter_set_text_boxes (painter, shot->texts);
  lsc_bars_painter_draw (painter, cr, shot->layout, focused_cell);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (shot->surface);
  for (guint i = 0; i < shot->texts->len; i++)
    {
      LscTextBox *box = &g_array_index (shot->texts, LscTextBox, i);

      box->text = g_strdup (box->text);
    }
  g_array_set_clear_func (shot->texts, text_box_clear);
}

static void
shot_init (Shot                 *shot,
           const LscBarsDemo    *cells,
           guint                 n,
           guint                 n_rounds,
           const LscBarsRequest *request,
           LscThemeVariant       theme)
{
  g_autoptr (LscProfile) profile = lsc_bars_demo_new ("Test", cells, n, n_rounds);
  g_autoptr (LscReport) report = lsc_report_new (profile);

  *shot = (Shot){ .theme = lsc_theme_get (theme) };
  shot->texts = g_array_new (FALSE, FALSE, sizeof (LscTextBox));
  shot->layout = lsc_bars_layout_new (profile, report, request);
  shot_draw (shot, -1);
}

static void
shot_clear (Shot *shot)
{
  g_clear_pointer (&shot->surface, cairo_surface_destroy);
  g_clear_pointer (&shot->texts, g_array_unref);
  g_clear_object (&shot->layout);
}

static const LscBarsRequest whole = {
  .width_px = 1100,
  .with_title = TRUE,
  .with_legend = TRUE,
  .with_memory = TRUE,
  .with_sweep = TRUE,
  .with_efficiency = TRUE,
};

static void
get_box (const Shot *shot, guint cell, int *y0, int *y1)
{
  double x;
  double y;
  double width;
  double height;

  g_assert_true (lsc_bars_layout_get_cell_box (shot->layout, cell, &x, &y, &width, &height));
  *y0 = (int)ceil (y);
  *y1 = (int)floor (y + height);
}

/* The last column in which a row has the colour on most of its bar's height; -1: none. */
static int
find_edge (const Shot *shot, guint cell, const LscColor *color, int from_x, int to_x)
{
  int y0;
  int y1;

  get_box (shot, cell, &y0, &y1);
  for (int x = MIN (to_x, shot->width) - 1; x >= from_x; x--)
    if (lsc_pixels_count (shot->surface, color, x, x + 1, y0, y1) >= 8)
      return x;

  return -1;
}

static const LscTextBox *
find_text (const Shot *shot, const char *text)
{
  for (guint i = 0; i < shot->texts->len; i++)
    {
      const LscTextBox *box = &g_array_index (shot->texts, LscTextBox, i);

      if (g_str_equal (box->text, text))
        return box;
    }

  return NULL;
}

static gboolean
has_text_part (const Shot *shot, const char *part)
{
  for (guint i = 0; i < shot->texts->len; i++)
    if (strstr (g_array_index (shot->texts, LscTextBox, i).text, part) != NULL)
      return TRUE;

  return FALSE;
}

/* ---- bars ----------------------------------------------------------------------------------- */

static const LscBarsDemo two[] = {
  { .workload = "P",
    .executor = LSC_EXECUTOR_SEQUENTIAL,
    .n_workers = 1,
    .median_ns = 4.0 * S,
    .memory = 40 * MB },
  { .workload = "P",
    .executor = LSC_EXECUTOR_PROCESSES,
    .n_workers = 2,
    .median_ns = 2.0 * S,
    .memory = 10 * MB,
    .sum_memory = 20 * MB },
};

/* A bar of 2 s ends where the scale says "2 s", and is half as long as one of 4 s. */
static void
test_lengths (void)
{
  for (guint theme = 0; theme < LSC_N_THEME_VARIANTS; theme++)
    {
      Shot              shot;
      const LscTextBox *zero;
      const LscTextBox *mark;
      int               first;
      int               second;
      int               left;
      int               end;

      shot_init (&shot, two, 2, 11, &whole, theme);
      left = (int)shot.layout->plot_x;
      end = (int)(shot.layout->plot_x + shot.layout->plot_width);
      first = find_edge (&shot, 0, &shot.theme->executors[LSC_EXECUTOR_SEQUENTIAL], left, end);
      second = find_edge (&shot, 1, &shot.theme->executors[LSC_EXECUTOR_PROCESSES], left, end);
      g_assert_cmpint (abs (first + 1 - left - 2 * (second + 1 - left)), <=, 2);

      zero = find_text (&shot, "0");
      mark = find_text (&shot, "2 s");
      if (mark == NULL)
        mark = find_text (&shot, "2.0 s");
      g_assert_nonnull (zero);
      g_assert_nonnull (mark);
      g_assert_cmpfloat (fabs (zero->x + zero->width / 2.0 - left), <=, 1.5);
      g_assert_cmpfloat (fabs (mark->x + mark->width / 2.0 - (second + 1)), <=, 1.5);
      shot_clear (&shot);
    }
}

/* 40 MB, and 10 MB that all processes make 20 MB. */
static void
test_memory (void)
{
  Shot shot;
  int  left;
  int  first;
  int  second;
  int  all;

  shot_init (&shot, two, 2, 11, &whole, LSC_THEME_LIGHT);
  left = (int)shot.layout->memory_x;
  first = find_edge (&shot, 0, &shot.theme->memory, left, shot.width) + 1 - left;
  /* Its part is solid, the edge of the whole is an outline. */
  all = find_edge (&shot, 1, &shot.theme->memory, left, shot.width) + 1 - left;
  second = 0;
  for (int x = left + 5; x < shot.width && second == 0; x++)
    {
      int y0;
      int y1;

      get_box (&shot, 1, &y0, &y1);
      if (lsc_pixels_count (shot.surface, &shot.theme->memory, x, x + 1, y0, y1) < 8)
        second = x - left;
    }
  g_assert_cmpint (first, >, 60);
  g_assert_cmpint (abs (first - 4 * second), <=, 4);
  g_assert_cmpint (abs (first - 2 * all), <=, 4);
  g_assert_nonnull (find_text (&shot, "40\u00a0MB"));
  g_assert_nonnull (find_text (&shot, "10 / 20\u00a0MB"));
  shot_clear (&shot);
}

/* Every sample has a dot of its own below the bar, at its time. */
static void
test_samples (void)
{
  static const LscBarsDemo spread[] = {
    { .workload = "P",
      .executor = LSC_EXECUTOR_SEQUENTIAL,
      .n_workers = 1,
      .median_ns = 1.0 * S,
      .spread = 0.6 },
  };
  Shot               shot;
  const LscBarsAxis *axis;
  int                y0;
  int                y1;

  shot_init (&shot, spread, 1, 9, &whole, LSC_THEME_LIGHT);
  axis = &g_array_index (shot.layout->axes, LscBarsAxis, 0);
  get_box (&shot, 0, &y0, &y1);
  for (guint i = 0; i < 9; i++)
    {
      /* As the demo makes them, without its shuffling. */
      double share = 2.0 * i / 8.0 - 1.0;
      double time_ns = S * (1.0 + 0.6 * share * fabs (share));
      int    x = (int)lround (shot.layout->plot_x + time_ns * axis->px_per_unit);
      guint  n_page =
          lsc_pixels_count (shot.surface, &shot.theme->page, x - 2, x + 3, y1 - 18, y1 - 2) +
          lsc_pixels_count (shot.surface, &shot.theme->grid, x - 2, x + 3, y1 - 18, y1 - 2);

      g_assert_cmpuint (n_page, <, 5 * 16 - 3);
    }
  shot_clear (&shot);
}

/* One run that took ten times as long does not squeeze the others, and is told of. */
static void
test_beyond (void)
{
  static const LscBarsDemo far[] = {
    { .workload = "P",
      .executor = LSC_EXECUTOR_SEQUENTIAL,
      .n_workers = 1,
      .median_ns = 1.0 * S,
      .spread = 0.02,
      .far = 10.0 },
  };
  Shot shot;
  int  end;

  shot_init (&shot, far, 1, 15, &whole, LSC_THEME_LIGHT);
  end = find_edge (&shot, 0, &shot.theme->executors[LSC_EXECUTOR_SEQUENTIAL],
                   (int)shot.layout->plot_x, (int)(shot.layout->plot_x + shot.layout->plot_width));
  g_assert_cmpfloat (end - shot.layout->plot_x, >, shot.layout->plot_width * 0.5);
  g_assert_true (has_text_part (&shot, "10.0\u00a0s"));
  shot_clear (&shot);
}

/* Where a longer bar makes the scale long enough, it has its dot. */
static void
test_not_beyond (void)
{
  static const LscBarsDemo cells[] = {
    { .workload = "P", .executor = LSC_EXECUTOR_SEQUENTIAL, .n_workers = 1, .median_ns = 4.0 * S },
    { .workload = "P",
      .executor = LSC_EXECUTOR_PROCESSES,
      .n_workers = 2,
      .median_ns = 1.0 * S,
      .far = 3.0 },
  };
  Shot               shot;
  const LscBarsAxis *axis;
  guint              n_page;
  int                x;
  int                y0;
  int                y1;

  shot_init (&shot, cells, 2, 11, &whole, LSC_THEME_LIGHT);
  g_assert_false (has_text_part (&shot, "beyond"));
  axis = &g_array_index (shot.layout->axes, LscBarsAxis, 0);
  x = (int)lround (shot.layout->plot_x + 3.0 * S * axis->px_per_unit);
  get_box (&shot, 1, &y0, &y1);
  n_page = lsc_pixels_count (shot.surface, &shot.theme->page, x - 4, x + 5, y1 - 18, y1 - 2) +
           lsc_pixels_count (shot.surface, &shot.theme->grid, x - 4, x + 5, y1 - 18, y1 - 2);
  g_assert_cmpuint (n_page, <, 9 * 16 - 8);
  shot_clear (&shot);
}

/* Within a row of its bar's pixels: hatched or not. */
static guint
count_changes (const Shot *shot, guint cell)
{
  int   y0;
  int   y1;
  guint n = 0;

  get_box (shot, cell, &y0, &y1);
  for (int x = (int)shot->layout->plot_x + 90; x < (int)shot->layout->plot_x + 200; x++)
    n += lsc_pixel_at (shot->surface, x, y0 + 10) != lsc_pixel_at (shot->surface, x + 1, y0 + 10);

  return n;
}

/* Three samples have no interval: nothing is known yet. */
static void
test_unknown (void)
{
  Shot known;
  Shot unknown;

  shot_init (&known, two, 2, 11, &whole, LSC_THEME_DARK);
  shot_init (&unknown, two, 2, 3, &whole, LSC_THEME_DARK);
  g_assert_cmpuint (count_changes (&known, 0), <=, 2);
  g_assert_cmpuint (count_changes (&unknown, 0), >=, 20);
  g_assert_nonnull (find_text (&unknown, "not yet known"));
  g_assert_null (find_text (&known, "not yet known"));
  shot_clear (&known);
  shot_clear (&unknown);
}

static void
test_failed (void)
{
  static const LscBarsDemo cells[] = {
    { .workload = "P", .executor = LSC_EXECUTOR_SEQUENTIAL, .n_workers = 1, .median_ns = 1.0 * S },
    { .workload = "P",
      .executor = LSC_EXECUTOR_PROCESSES,
      .n_workers = 2,
      .n_failed = 1,
      .problem = "gone" },
  };
  static const double widths[] = { 360, 1100 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      LscBarsRequest request = whole;
      Shot           shot;
      int            y0;
      int            y1;

      request.width_px = widths[i];
      shot_init (&shot, cells, 2, 11, &request, LSC_THEME_LIGHT);
      get_box (&shot, 1, &y0, &y1);
      /* The middle of strokes; their edges are paler. */
      g_assert_cmpuint (lsc_pixels_count (shot.surface, &shot.theme->failed, 0, shot.width, y0, y1),
                        >, 0);
      g_assert_cmpuint (lsc_pixels_count (shot.surface,
                                          &shot.theme->executors[LSC_EXECUTOR_PROCESSES], 0,
                                          shot.width, y0, y1),
                        ==, 0);
      g_assert_true (has_text_part (&shot, "gone"));
      get_box (&shot, 0, &y0, &y1);
      g_assert_cmpuint (lsc_pixels_count (shot.surface, &shot.theme->failed, 0, shot.width, y0, y1),
                        ==, 0);
      shot_clear (&shot);
    }
}

/* Before the first sample there is no scale, and nothing that looks like one. */
static void
test_nothing_yet (void)
{
  static const LscBarsDemo cells[] = {
    { .workload = "P", .executor = LSC_EXECUTOR_SEQUENTIAL, .n_workers = 1 },
    { .workload = "P", .executor = LSC_EXECUTOR_PROCESSES, .n_workers = 2 },
  };
  Shot shot;

  shot_init (&shot, cells, 2, 11, &whole, LSC_THEME_LIGHT);
  g_assert_true (has_text_part (&shot, "not measured yet"));
  g_assert_null (find_text (&shot, "0"));
  g_assert_false (has_text_part (&shot, " ns"));
  shot_clear (&shot);
}

static void
test_focus (void)
{
  Shot shot;
  int  y0;
  int  y1;

  shot_init (&shot, two, 2, 11, &whole, LSC_THEME_LIGHT);
  g_assert_cmpuint (
      lsc_pixels_count (shot.surface, &shot.theme->focus, 0, shot.width, 0, shot.height), ==, 0);
  cairo_surface_destroy (shot.surface);
  g_array_set_size (shot.texts, 0);
  g_array_set_clear_func (shot.texts, NULL);
  shot_draw (&shot, 1);
  get_box (&shot, 1, &y0, &y1);
  g_assert_cmpuint (lsc_pixels_count (shot.surface, &shot.theme->focus, 0, shot.width, y0, y1), >,
                    500);
  g_assert_cmpuint (lsc_pixels_count (shot.surface, &shot.theme->focus, 0, shot.width, 0, y0 - 1),
                    ==, 0);
  shot_clear (&shot);
}

/* ---- texts ---------------------------------------------------------------------------------- */

static const LscBarsDemo all_kinds[] = {
  { "Primes", NULL, LSC_EXECUTOR_SEQUENTIAL, 1, 3.10 * S, 0.05, .memory = 15 * MB },
  { "Primes", NULL, LSC_EXECUTOR_THREADS, 1, 3.12 * S, 0.03, .memory = 15 * MB },
  { "Primes", NULL, LSC_EXECUTOR_THREADS, 2, 3.16 * S, 0.09, .memory = 15 * MB },
  { "Primes", NULL, LSC_EXECUTOR_THREADS, 4, 3.19 * S, 0.12, .far = 9.0, .memory = 15 * MB },
  { "Primes", NULL, LSC_EXECUTOR_PROCESSES, 1, 3.25 * S, 0.04, .start_up_ns = 0.3 * S,
    .memory = 27 * MB },
  { "Primes", NULL, LSC_EXECUTOR_PROCESSES, 2, 1.63 * S, 0.07, .start_up_ns = 0.3 * S,
    .memory = 19 * MB, .sum_memory = 35 * MB },
  { "Primes", NULL, LSC_EXECUTOR_PROCESSES, 4, 0.98 * S, 0.16, .n_failed = 2, .memory = 19 * MB,
    .sum_memory = 72 * MB },
  { "Primes", NULL, LSC_EXECUTOR_PROCESSES, 8, .n_failed = 2, .problem = "no memory" },
  { "Primes", NULL, LSC_EXECUTOR_PROCESSES, 16 },
};

static const LscBarsDemo far_apart[] = {
  { "Addition", NULL, LSC_EXECUTOR_SEQUENTIAL, 1, 3.4, 0.03, .n_calls = 1000000 },
  { "Addition", NULL, LSC_EXECUTOR_THREADS, 4, 0.9, 0.2, .n_calls = 1000000 },
  { "Build", NULL, LSC_EXECUTOR_SEQUENTIAL, 1, 10800 * S, 0.03, .memory = 900 * MB },
  { "Build", NULL, LSC_EXECUTOR_PROCESSES, 4, 3111 * S, 0.03, .memory = 900 * MB,
    .sum_memory = 3400 * MB },
};

static void
assert_texts (const Shot *shot, const char *name, gboolean whole_texts)
{
  for (guint i = 0; i < shot->texts->len; i++)
    {
      const LscTextBox *a = &g_array_index (shot->texts, LscTextBox, i);

      if (a->x < -0.5 || a->y < -1.5 || a->x + a->width > shot->width + 0.5 ||
          a->y + a->height > shot->height + 1.5)
        g_error ("%s, %d wide: “%s” is cut off", name, shot->width, a->text);
      if (whole_texts && strstr (a->text, "…") != NULL)
        g_error ("%s, %d wide: “%s” is shortened", name, shot->width, a->text);
      for (guint k = i + 1; k < shot->texts->len; k++)
        {
          const LscTextBox *b = &g_array_index (shot->texts, LscTextBox, k);

          /* Lines may touch: fonts have some air above and below. */
          if (MIN (a->x + a->width, b->x + b->width) - MAX (a->x, b->x) > 1.0 &&
              MIN (a->y + a->height, b->y + b->height) - MAX (a->y, b->y) > a->height * 0.3)
            g_error ("%s, %d wide: “%s” and “%s” lie over each other", name, shot->width, a->text,
                     b->text);
        }
    }
}

/* At any width, size of text and height nothing covers or leaves the picture; nor is anything
 * shortened where there is place. */
static void
test_texts (void)
{
  static const double widths[] = { 300, 360, 420, 500, 640, 760, 900, 1100, 1500, 2400 };
  static const double scales[] = { 1.0, 1.5, 2.0 };
  static const double heights[] = { 0, 240, 500, 900 };
  static const struct
  {
    const char        *name;
    const LscBarsDemo *cells;
    guint              n;
    guint              n_rounds;
  } profiles[] = { { "all kinds", all_kinds, G_N_ELEMENTS (all_kinds), 24 },
                   { "begun", all_kinds, G_N_ELEMENTS (all_kinds), 2 },
                   { "far apart", far_apart, G_N_ELEMENTS (far_apart), 24 },
                   { "nothing", all_kinds, 0, 0 } };

  for (guint p = 0; p < G_N_ELEMENTS (profiles); p++)
    for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
      for (guint s = 0; s < G_N_ELEMENTS (scales); s++)
        for (guint h = 0; h < G_N_ELEMENTS (heights); h++)
          {
            LscBarsRequest request = whole;
            Shot           shot;

            request.width_px = widths[w];
            request.text_scale = scales[s];
            request.height_px = heights[h];
            shot_init (&shot, profiles[p].cells, profiles[p].n, profiles[p].n_rounds, &request,
                       LSC_THEME_LIGHT);
            /* A picture that is lower than one row of bars is cut. */
            if (shot.layout->height <= shot.height)
              assert_texts (&shot, profiles[p].name,
                            heights[h] <= 0.0 && widths[w] >= 760.0 * scales[s]);
            shot_clear (&shot);
          }
}

/* What is not shown is counted. */
static void
test_many (void)
{
  g_autofree LscBarsDemo *cells = g_new0 (LscBarsDemo, 200);
  g_autofree char        *words = NULL;
  LscBarsRequest          request = whole;
  Shot                    shot;

  for (guint i = 0; i < 200; i++)
    cells[i] = (LscBarsDemo){ .workload = "Many",
                              .executor = LSC_EXECUTOR_PROCESSES,
                              .n_workers = i + 1,
                              .median_ns = S,
                              .spread = 0.02,
                              .memory = 10 * MB };
  request.height_px = 600;
  shot_init (&shot, cells, 200, 11, &request, LSC_THEME_LIGHT);
  words = g_strdup_printf ("and %u more, not shown", lsc_bars_layout_get_n_hidden (shot.layout));
  g_assert_nonnull (find_text (&shot, words));
  assert_texts (&shot, "many", FALSE);
  shot_clear (&shot);

  request.height_px = 0;
  shot_init (&shot, cells, 200, 11, &request, LSC_THEME_LIGHT);
  g_assert_cmpuint (lsc_bars_layout_get_n_hidden (shot.layout), ==, 0);
  g_assert_false (has_text_part (&shot, "more, not shown"));
  assert_texts (&shot, "many, full height", TRUE);
  shot_clear (&shot);
}

/* What has to be known of a comparison stands below the title, what it says of each bar beside it.
 */
static void
test_against (void)
{
  static const LscBarsDemo cells[] = {
    { .workload = "W", .executor = LSC_EXECUTOR_SEQUENTIAL, .n_workers = 1, .median_ns = 2 * S },
    { .workload = "W", .executor = LSC_EXECUTOR_THREADS, .n_workers = 2, .median_ns = S },
  };
  static const char *const against[] = { "5 % slower than before", "", NULL };
  LscBarsRequest           request = whole;
  const LscTextBox        *words;
  Shot                     shot;
  int                      y0;
  int                      y1;

  request.note = "ANOTHER MACHINE: it is one.";
  request.against = against;
  shot_init (&shot, cells, G_N_ELEMENTS (cells), 11, &request, LSC_THEME_LIGHT);
  words = find_text (&shot, "5 % slower than before");
  g_assert_nonnull (words);
  get_box (&shot, 0, &y0, &y1);
  g_assert_cmpfloat (words->y, >=, y0);
  g_assert_cmpfloat (words->y, <=, y1);
  g_assert_cmpstr (shot.layout->note, ==, request.note);
  /* Whoever gave them may let go of them. */
  g_assert_null (lsc_bars_layout_get_request (shot.layout)->note);
  g_assert_null (lsc_bars_layout_get_request (shot.layout)->against);
  assert_texts (&shot, "against", TRUE);
  shot_clear (&shot);
}

/* The note takes a line of its own: nothing moves into it. */
static void
test_note_has_room (void)
{
  LscBarsRequest request = whole;
  Shot           without;
  Shot           with;
  int            top_without;
  int            top_with;
  int            bottom;

  shot_init (&without, all_kinds, G_N_ELEMENTS (all_kinds), 24, &request, LSC_THEME_LIGHT);
  request.note = "ANOTHER MACHINE";
  shot_init (&with, all_kinds, G_N_ELEMENTS (all_kinds), 24, &request, LSC_THEME_LIGHT);
  get_box (&without, 0, &top_without, &bottom);
  get_box (&with, 0, &top_with, &bottom);
  g_assert_cmpint (top_with, >=, top_without + 12);
  shot_clear (&with);
  shot_clear (&without);
}

/* What is outside of the clip is not touched, and what is inside looks the same. */
static void
test_clip (void)
{
  g_autoptr (LscBarsPainter) painter = lsc_bars_painter_new (NULL);
  Shot             shot;
  cairo_surface_t *part;
  cairo_t         *cr;
  int              top = 150;
  int              bottom = 260;

  shot_init (&shot, all_kinds, G_N_ELEMENTS (all_kinds), 24, &whole, LSC_THEME_LIGHT);
  part = cairo_image_surface_create (CAIRO_FORMAT_RGB24, shot.width, shot.height);
  cr = cairo_create (part);
  cairo_rectangle (cr, 0.0, top, shot.width, bottom - top);
  cairo_clip (cr);
  lsc_bars_painter_draw (painter, cr, shot.layout, -1);
  cairo_destroy (cr);
  cairo_surface_flush (part);
  for (int y = top; y < bottom; y++)
    g_assert_cmpmem (cairo_image_surface_get_data (part) +
                         y * cairo_image_surface_get_stride (part),
                     (gsize)shot.width * 4,
                     cairo_image_surface_get_data (shot.surface) +
                         y * cairo_image_surface_get_stride (shot.surface),
                     (gsize)shot.width * 4);
  cairo_surface_destroy (part);
  shot_clear (&shot);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/bars-painter/lengths", test_lengths);
  g_test_add_func ("/draw/bars-painter/memory", test_memory);
  g_test_add_func ("/draw/bars-painter/samples", test_samples);
  g_test_add_func ("/draw/bars-painter/beyond", test_beyond);
  g_test_add_func ("/draw/bars-painter/not-beyond", test_not_beyond);
  g_test_add_func ("/draw/bars-painter/unknown", test_unknown);
  g_test_add_func ("/draw/bars-painter/failed", test_failed);
  g_test_add_func ("/draw/bars-painter/nothing-yet", test_nothing_yet);
  g_test_add_func ("/draw/bars-painter/focus", test_focus);
  g_test_add_func ("/draw/bars-painter/texts", test_texts);
  g_test_add_func ("/draw/bars-painter/many", test_many);
  g_test_add_func ("/draw/bars-painter/against", test_against);
  g_test_add_func ("/draw/bars-painter/note-has-room", test_note_has_room);
  g_test_add_func ("/draw/bars-painter/clip", test_clip);

  return g_test_run ();
}

/* test-bars-layout.c: where the bars of a profile are.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "lsc-bars-demo.h"
#include "lsc-bars.h"
#include "lsc-sweep-private.h"

#define S  1e9
#define MB 1e6

static const LscBarsDemo mixed[] = {
  { .workload = "Primes",
    .executor = LSC_EXECUTOR_SEQUENTIAL,
    .n_workers = 1,
    .median_ns = 3.0 * S,
    .memory = 20 * MB },
  { .workload = "Primes", .executor = LSC_EXECUTOR_THREADS, .n_workers = 4, .n_failed = 3 },
  { .workload = "Primes",
    .executor = LSC_EXECUTOR_THREADS,
    .n_workers = 2,
    .median_ns = 1.5 * S,
    .memory = 30 * MB },
  { .workload = "Primes",
    .executor = LSC_EXECUTOR_PROCESSES,
    .n_workers = 2,
    .median_ns = 1.7 * S,
    .memory = 10 * MB },
};

static LscBarsLayout *
make_layout (const LscBarsDemo *cells, guint n, const LscBarsRequest *request)
{
  g_autoptr (LscProfile) profile = lsc_bars_demo_new ("Test", cells, n, 11);
  g_autoptr (LscReport) report = lsc_report_new (profile);

  return lsc_bars_layout_new (profile, report, request);
}

static const LscBarsRequest whole = {
  .width_px = 1000,
  .with_title = TRUE,
  .with_legend = TRUE,
  .with_memory = TRUE,
  .with_sweep = TRUE,
  .with_efficiency = TRUE,
};

/* ---- order ---------------------------------------------------------------------------------- */

static void
assert_order (LscBarsOrder order, const gint *expected, guint n)
{
  LscBarsRequest request = whole;
  g_autoptr (LscBarsLayout) layout = NULL;

  request.order = order;
  layout = make_layout (mixed, G_N_ELEMENTS (mixed), &request);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (lsc_bars_layout_get_nth_cell (layout, i), ==, expected[i]);
      g_assert_cmpint (lsc_bars_layout_get_position (layout, (guint)expected[i]), ==, i);
    }
  g_assert_cmpint (lsc_bars_layout_get_nth_cell (layout, n), ==, -1);
}

static void
test_order (void)
{
  /* By hand from the table above; what has no figures comes last. */
  static const gint as_measured[] = { 0, 1, 2, 3 };
  static const gint fastest[] = { 2, 3, 0, 1 };
  static const gint by_name[] = { 3, 0, 2, 1 };
  static const gint by_memory[] = { 3, 0, 2, 1 };

  assert_order (LSC_BARS_AS_MEASURED, as_measured, 4);
  assert_order (LSC_BARS_FASTEST_FIRST, fastest, 4);
  assert_order (LSC_BARS_BY_NAME, by_name, 4);
  assert_order (LSC_BARS_BY_MEMORY, by_memory, 4);
}

/* ---- places --------------------------------------------------------------------------------- */

static void
test_boxes (void)
{
  static const double widths[] = { 360, 600, 1000, 2400 };

  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      LscBarsRequest request = whole;
      g_autoptr (LscBarsLayout) layout = NULL;
      double below = 0.0;

      request.width_px = widths[w];
      layout = make_layout (mixed, G_N_ELEMENTS (mixed), &request);
      for (guint i = 0; i < G_N_ELEMENTS (mixed); i++)
        {
          double x;
          double y;
          double width;
          double height;

          g_assert_true (lsc_bars_layout_get_cell_box (layout, i, &x, &y, &width, &height));
          g_assert_cmpfloat (y, >=, below);
          g_assert_cmpfloat (x, >=, 0.0);
          g_assert_cmpfloat (x + width, <=, widths[w]);
          g_assert_cmpfloat (height, >, 10.0);
          below = y + height;
          for (double at = 1.0; at < height; at += height / 3.0)
            g_assert_cmpint (lsc_bars_layout_find_cell (layout, x + width / 2.0, y + at), ==, i);
        }
      g_assert_cmpfloat (below, <, lsc_bars_layout_get_height (layout));
      g_assert_cmpint (lsc_bars_layout_find_cell (layout, widths[w] / 2.0, 2.0), ==, -1);
      g_assert_cmpint (lsc_bars_layout_find_cell (layout, -5.0, below - 2.0), ==, -1);
    }
}

/* Where memory has its place below the times, names stand beside it whole, in one line. */
static void
test_names_beside_memory (void)
{
  gboolean seen[2] = { FALSE, FALSE };

  for (double width = 300.0; width < 700.0; width += 20.0)
    {
      LscBarsRequest request = whole;
      g_autoptr (LscBarsLayout) layout = NULL;

      request.width_px = width;
      layout = make_layout (mixed, G_N_ELEMENTS (mixed), &request);
      if (!layout->memory_below)
        continue;
      seen[layout->label_above ? 1 : 0] = TRUE;
      for (guint i = 0; i < layout->rows->len; i++)
        {
          const LscBarsRow *row = lsc_bars_layout_row (layout, i);
          double            words = lsc_bars_text_width (row->name, LSC_NAME_FONT_PX, FALSE) +
                         lsc_bars_text_width (row->detail, LSC_SMALL_FONT_PX, FALSE);

          g_assert_cmpfloat (layout->memory_x, >=, words + LSC_BARS_GAP_PX);
        }
    }
  g_assert_true (seen[0]);
  g_assert_true (seen[1]);
}

/* A profile that is only begun, or that has nothing. */
static void
test_empty (void)
{
  static const LscBarsDemo unmeasured[] = {
    { .workload = "Primes", .executor = LSC_EXECUTOR_SEQUENTIAL, .n_workers = 1 },
  };
  g_autoptr (LscBarsLayout) empty = make_layout (NULL, 0, &whole);
  g_autoptr (LscBarsLayout) begun = make_layout (unmeasured, 1, &whole);
  double x;
  double y;
  double width;
  double height;

  g_assert_cmpfloat (lsc_bars_layout_get_height (empty), >, 0.0);
  g_assert_cmpint (lsc_bars_layout_find_cell (empty, 500.0, 60.0), ==, -1);
  g_assert_cmpint (lsc_bars_layout_get_nth_cell (empty, 0), ==, -1);
  g_assert_true (lsc_bars_layout_get_cell_box (begun, 0, &x, &y, &width, &height));
}

static LscBarsDemo *
make_many (guint n)
{
  LscBarsDemo *cells = g_new0 (LscBarsDemo, n);

  for (guint i = 0; i < n; i++)
    cells[i] = (LscBarsDemo){ .workload = "Many",
                              .executor = LSC_EXECUTOR_PROCESSES,
                              .n_workers = i + 1,
                              .median_ns = S * (1.0 + 0.01 * i),
                              .spread = 0.02,
                              .memory = 10 * MB };

  return cells;
}

static void
test_given_height (void)
{
  static const double     heights[] = { 200, 300, 700, 1500, 9000 };
  g_autofree LscBarsDemo *cells = make_many (200);
  guint                   before = G_MAXUINT;

  for (guint h = 0; h < G_N_ELEMENTS (heights); h++)
    {
      LscBarsRequest request = whole;
      g_autoptr (LscBarsLayout) layout = NULL;
      guint n_shown = 0;
      guint n_hidden;

      request.height_px = heights[h];
      layout = make_layout (cells, 200, &request);
      n_hidden = lsc_bars_layout_get_n_hidden (layout);
      for (guint i = 0; i < 200; i++)
        {
          double x;
          double y;
          double width;
          double height;

          if (!lsc_bars_layout_get_cell_box (layout, i, &x, &y, &width, &height))
            continue;
          n_shown++;
          g_assert_cmpfloat (y + height, <=, heights[h]);
        }
      g_assert_cmpuint (n_shown + n_hidden, ==, 200);
      g_assert_cmpuint (n_shown, >, 0);
      g_assert_cmpfloat (lsc_bars_layout_get_height (layout), ==, heights[h]);
      g_assert_cmpint (lsc_bars_layout_get_nth_cell (layout, n_shown), ==, -1);
      g_assert_cmpuint (n_hidden, <=, before);
      before = n_hidden;
    }
  /* 200 rows of 15 px have place in 9000. */
  g_assert_cmpuint (before, ==, 0);
}

/* ---- axes ----------------------------------------------------------------------------------- */

static guint
count_axes (double first_ns, double second_ns)
{
  LscBarsDemo cells[] = {
    { .workload = "A", .executor = LSC_EXECUTOR_SEQUENTIAL, .n_workers = 1, .median_ns = first_ns },
    { .workload = "B",
      .executor = LSC_EXECUTOR_SEQUENTIAL,
      .n_workers = 1,
      .median_ns = second_ns },
  };
  g_autoptr (LscBarsLayout) layout = make_layout (cells, 2, &whole);

  return layout->axes->len;
}

static void
test_own_axes (void)
{
  g_assert_cmpuint (count_axes (1.0 * S, 1.0 * S), ==, 1);
  g_assert_cmpuint (count_axes (1.0 * S, 49.0 * S), ==, 1);
  g_assert_cmpuint (count_axes (1.0 * S, 51.0 * S), ==, 2);
  g_assert_cmpuint (count_axes (3.0, 3600.0 * 3.0 * S), ==, 2);
}

/* Ticks are round, in one unit, as far as the longest bar reaches and not much further. */
static void
test_ticks (void)
{
  static const struct
  {
    double      median_ns;
    const char *unit;
  } cases[] = { { 3.0, " ns" },    { 310.0, " ns" },    { 4200.0, " µs" },     { 7.7e6, " ms" },
                { 2.4 * S, " s" }, { 119.0 * S, " s" }, { 1800.0 * S, " min" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LscBarsDemo cell = { .workload = "A",
                           .executor = LSC_EXECUTOR_SEQUENTIAL,
                           .n_workers = 1,
                           .median_ns = cases[i].median_ns };
      g_autoptr (LscBarsLayout) layout = make_layout (&cell, 1, &whole);
      const LscBarsAxis *axis = &g_array_index (layout->axes, LscBarsAxis, 0);

      g_assert_cmpuint (axis->n, >=, 3);
      g_assert_cmpuint (axis->n, <=, 20);
      g_assert_cmpfloat (axis->step * (axis->n + 1), >, cases[i].median_ns);
      g_assert_cmpfloat (axis->step * (axis->n - 2), <=, cases[i].median_ns * 1.01);
      for (guint k = 1; k < axis->n; k++)
        {
          g_autofree char *label = lsc_bars_axis_format_time (axis, k);

          g_assert_true (g_str_has_suffix (label, cases[i].unit));
        }
    }
}

static void
test_round_steps (void)
{
  static const double cases[][2] = { { 1.0, 1.0 },   { 1.2, 2.0 }, { 3.0, 5.0 },  { 7.0, 10.0 },
                                     { 0.03, 0.05 }, { 1e9, 1e9 }, { 1.9e8, 2e8 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (lsc_bars_round_step (cases[i][0]), cases[i][1],
                                    cases[i][1] * 1e-9);
}

/* ---- curves --------------------------------------------------------------------------------- */

static void
test_points (void)
{
  static const LscBarsDemo cells[] = {
    { .workload = "P", .executor = LSC_EXECUTOR_SEQUENTIAL, .n_workers = 1, .median_ns = 4.0 * S },
    { .workload = "P", .executor = LSC_EXECUTOR_PROCESSES, .n_workers = 1, .median_ns = 4.0 * S },
    { .workload = "P", .executor = LSC_EXECUTOR_PROCESSES, .n_workers = 2, .median_ns = 2.0 * S },
    { .workload = "P", .executor = LSC_EXECUTOR_PROCESSES, .n_workers = 4, .median_ns = 2.0 * S },
  };
  g_autoptr (LscBarsLayout) layout = make_layout (cells, G_N_ELEMENTS (cells), &whole);
  const LscBarsChart *speed_up = &layout->charts[LSC_CHART_SPEED_UP];
  const LscBarsChart *efficiency = &layout->charts[LSC_CHART_EFFICIENCY];
  const LscBarsCurve *curve;
  double              x;
  double              y;

  g_assert_true (speed_up->is_shown);
  g_assert_true (efficiency->is_shown);
  g_assert_cmpuint (layout->curves->len, ==, 1);
  curve = &g_array_index (layout->curves, LscBarsCurve, 0);
  g_assert_cmpuint (curve->n, ==, 3);

  for (guint i = 0; i < curve->n; i++)
    {
      /* Speed-ups by hand: 4 / 4, 4 / 2, 4 / 2; a value stands so far above the foot. */
      double value = i == 0 ? 1.0 : 2.0;
      double share;

      lsc_bars_chart_get_point (layout, speed_up, &curve->points[i], &x, &y);
      share = (speed_up->y + speed_up->height - y) / speed_up->height;
      g_assert_cmpfloat_with_epsilon (share * speed_up->most, value, 1e-6);
      g_assert_cmpint (lsc_bars_layout_find_cell (layout, x + 2.0, y - 2.0), ==, i + 1);

      lsc_bars_chart_get_point (layout, efficiency, &curve->points[i], &x, &y);
      share = (efficiency->y + efficiency->height - y) / efficiency->height;
      g_assert_cmpfloat_with_epsilon (share * efficiency->most, value / (1u << i), 1e-6);
      g_assert_cmpint (lsc_bars_layout_find_cell (layout, x, y), ==, i + 1);
    }
}

static void
test_spread (void)
{
  GRand *rand = g_rand_new_with_seed (42);

  for (guint round = 0; round < 500; round++)
    {
      double middles[12];
      guint  n = (guint)g_rand_int_range (rand, 0, 13);

      for (guint i = 0; i < n; i++)
        middles[i] = g_rand_double_range (rand, -50.0, 250.0);
      for (guint i = 1; i < n; i++)
        for (guint k = i; k > 0 && middles[k] < middles[k - 1]; k--)
          {
            double kept = middles[k];

            middles[k] = middles[k - 1];
            middles[k - 1] = kept;
          }
      /* 12 of 16 px have place in 200. */
      lsc_sweep_spread (middles, n, 16.0, 0.0, 200.0);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpfloat (middles[i], >=, 0.0);
          g_assert_cmpfloat (middles[i], <=, 200.0);
          g_assert_true (i == 0 || middles[i] - middles[i - 1] >= 16.0 - 1e-9);
        }
    }
  g_rand_free (rand);
}

/* Units stand behind a space that does not break. */
static char *
with_plain_spaces (char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\u00a0", -1);

  g_free (text);
  return g_strjoinv (" ", parts);
}

/* ---- words ---------------------------------------------------------------------------------- */

static void
test_cell_text (void)
{
  g_autoptr (LscProfile) profile = lsc_bars_demo_new ("Test", mixed, G_N_ELEMENTS (mixed), 11);
  g_autoptr (LscReport) report = lsc_report_new (profile);
  g_autofree char *first = with_plain_spaces (lsc_bars_dup_cell_text (report, 0));
  g_autofree char *failed = lsc_bars_dup_cell_text (report, 1);
  g_autofree char *second = with_plain_spaces (lsc_bars_dup_cell_text (report, 2));

  /* All samples of a demo without spread are the same. */
  g_assert_cmpstr (first, ==,
                   "Sequential: median 3.00 s, 95 % interval 3.00 s to 3.00 s, reference; 11 runs; "
                   "peak memory 20 MB");
  g_assert_true (g_str_has_prefix (second, "Threads, 2 workers: median 1.50 s, 95 % interval "));
  g_assert_nonnull (strstr (second, "faster"));
  g_assert_true (g_str_has_prefix (failed, "Threads, 4 workers: "));
  g_assert_nonnull (strstr (failed, "failed"));
  g_assert_null (strstr (failed, "median"));
}

static void
test_times (void)
{
  static const struct
  {
    double      time_ns;
    const char *text;
  } cases[] = { { 0.3, "0.30 ns" },  { 3.414, "3.41 ns" }, { 34.14, "34.1 ns" },
                { 341.4, "341 ns" }, { 3.1e9, "3.10 s" },  { 0.0, "0.00 ns" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = with_plain_spaces (lsc_bars_format_time (cases[i].time_ns));

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/bars-layout/order", test_order);
  g_test_add_func ("/draw/bars-layout/boxes", test_boxes);
  g_test_add_func ("/draw/bars-layout/names-beside-memory", test_names_beside_memory);
  g_test_add_func ("/draw/bars-layout/empty", test_empty);
  g_test_add_func ("/draw/bars-layout/given-height", test_given_height);
  g_test_add_func ("/draw/bars-layout/own-axes", test_own_axes);
  g_test_add_func ("/draw/bars-layout/ticks", test_ticks);
  g_test_add_func ("/draw/bars-layout/round-steps", test_round_steps);
  g_test_add_func ("/draw/bars-layout/points", test_points);
  g_test_add_func ("/draw/bars-layout/spread", test_spread);
  g_test_add_func ("/draw/bars-layout/cell-text", test_cell_text);
  g_test_add_func ("/draw/bars-layout/times", test_times);

  return g_test_run ();
}

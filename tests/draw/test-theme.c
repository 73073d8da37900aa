/* test-theme.c: can everybody read it?
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib.h>
#include <math.h>

#include "lsc-theme.h"

#define TEXT   4.5
#define SHAPES 3.0

#define assert_contrast(a, b, least)                                                          \
  G_STMT_START                                                                                \
  {                                                                                           \
    double found = lsc_color_contrast (a, b);                                                 \
    if (found < (least))                                                                      \
      g_error ("theme %u: %s on %s has a contrast of %.2f, not %.1f", variant, #a, #b, found, \
               (double)(least));                                                              \
  }                                                                                           \
  G_STMT_END

static void
test_contrast_formula (void)
{
  LscColor black = { 0.0, 0.0, 0.0, 1.0 };
  LscColor white = { 1.0, 1.0, 1.0, 1.0 };
  LscColor grey = { 0x76 / 255.0, 0x76 / 255.0, 0x76 / 255.0, 1.0 };

  /* WCAG's own examples: 21, 1, and the lightest grey that passes on white. */
  g_assert_cmpfloat_with_epsilon (lsc_color_contrast (&black, &white), 21.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (lsc_color_contrast (&white, &white), 1.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (lsc_color_contrast (&grey, &white), 4.54, 0.01);
  g_assert_cmpfloat_with_epsilon (lsc_color_contrast (&white, &grey), 4.54, 0.01);
}

static void
test_text (void)
{
  for (guint variant = 0; variant < LSC_N_THEME_VARIANTS; variant++)
    {
      const LscTheme *theme = lsc_theme_get (variant);
      LscColor        failed = lsc_theme_get_failed_ground (theme);
      LscColor        stopped = lsc_theme_get_stopped_ground (theme);
      LscColor        running[2];

      assert_contrast (&theme->text, &theme->page, TEXT);
      assert_contrast (&theme->dim_text, &theme->page, TEXT);
      assert_contrast (&theme->failed, &theme->page, TEXT);
      for (guint i = 0; i < 2; i++)
        {
          running[i] = lsc_color_mix (&theme->page, &theme->tasks[i], 0.6);
          assert_contrast (&theme->text, &theme->tasks[i], TEXT);
          assert_contrast (&theme->text, &running[i], TEXT);
        }
      assert_contrast (&theme->text, &failed, TEXT);
      assert_contrast (&theme->text, &stopped, TEXT);
      /* In the pills over the ruler. */
      assert_contrast (&theme->page, &theme->selection, TEXT);
      assert_contrast (&theme->page, &theme->text, TEXT);
      for (guint kind = 0; kind < LSC_N_EXECUTOR_KINDS; kind++)
        {
          LscColor bar = lsc_theme_get_bar (theme, kind);

          LscColor unknown = lsc_theme_get_unknown_ground (theme, kind);
          LscColor start_up = lsc_theme_get_start_up (theme, kind);

          assert_contrast (&theme->text, &bar, TEXT);
          assert_contrast (&theme->text, &unknown, TEXT);
          assert_contrast (&theme->text, &start_up, TEXT);
        }
    }
}

static void
test_shapes (void)
{
  for (guint variant = 0; variant < LSC_N_THEME_VARIANTS; variant++)
    {
      const LscTheme *theme = lsc_theme_get (variant);
      LscColor        area = lsc_theme_get_cpu_area (theme);

      for (guint kind = 0; kind < LSC_N_EXECUTOR_KINDS; kind++)
        assert_contrast (&theme->executors[kind], &theme->page, SHAPES);
      assert_contrast (&theme->failed, &theme->page, SHAPES);
      assert_contrast (&theme->focus, &theme->page, SHAPES);
      assert_contrast (&theme->merged, &theme->page, SHAPES);
      assert_contrast (&theme->running, &theme->page, SHAPES);
      assert_contrast (&theme->preempted, &theme->page, SHAPES);
      assert_contrast (&theme->waiting, &theme->page, SHAPES);
      assert_contrast (&theme->band, &theme->page, SHAPES);
      assert_contrast (&theme->memory, &theme->page, SHAPES);
      assert_contrast (&theme->memory, &area, SHAPES);
      assert_contrast (&theme->running, &area, SHAPES);
      if (theme->task_edge.alpha > 0.0)
        assert_contrast (&theme->task_edge, &theme->page, SHAPES);
    }
}

/* A difference that a colour-blind reader sees too must be one of lightness or shape;
 * failed tasks carry a shape, merged ones must differ from blocks in lightness. */
static void
test_looks_differ (void)
{
  for (guint variant = 0; variant < LSC_N_THEME_VARIANTS; variant++)
    {
      const LscTheme *theme = lsc_theme_get (variant);

      assert_contrast (&theme->merged, &theme->tasks[0], 1.4);
      assert_contrast (&theme->tasks[0], &theme->tasks[1], 1.15);
    }
}

static void
test_mix (void)
{
  LscColor black = { 0.0, 0.0, 0.0, 1.0 };
  LscColor color = { 1.0, 0.5, 0.25, 1.0 };
  LscColor half = lsc_color_mix (&black, &color, 0.5);

  g_assert_cmpfloat (half.red, ==, 0.5);
  g_assert_cmpfloat (half.green, ==, 0.25);
  g_assert_cmpfloat (half.blue, ==, 0.125);
  g_assert_cmpfloat (half.alpha, ==, 1.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/theme/contrast-formula", test_contrast_formula);
  g_test_add_func ("/draw/theme/text", test_text);
  g_test_add_func ("/draw/theme/shapes", test_shapes);
  g_test_add_func ("/draw/theme/looks-differ", test_looks_differ);
  g_test_add_func ("/draw/theme/mix", test_mix);

  return g_test_run ();
}

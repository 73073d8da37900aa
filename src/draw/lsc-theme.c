/* lsc-theme.c: the four palettes and what is computed from them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constant data, any thread. The tests hold every pair that carries meaning to
 * 3:1 and every text to 4.5:1 against what it stands on.
 */

#define G_LOG_DOMAIN "lanescope-draw"
#include "config.h"

#include "lsc-theme.h"

#include <math.h>

/* clang-format off */
#define RGB(hex) { ((hex) >> 16 & 0xff) / 255.0, ((hex) >> 8 & 0xff) / 255.0, ((hex) & 0xff) / 255.0, 1.0 }
#define NO_COLOR { 0.0, 0.0, 0.0, 0.0 }

/* Okabe and Ito's, told apart by colour-blind readers. */
#define CATEGORIES { RGB (0x0072b2), RGB (0xe69f00), RGB (0x009e73), RGB (0xcc79a7), RGB (0x56b4e9), RGB (0xd55e00) }

static const LscTheme themes[LSC_N_THEME_VARIANTS] = {
  [LSC_THEME_LIGHT] = {
    .page = RGB (0xfafafa), .text = RGB (0x1f1f23), .dim_text = RGB (0x5e5e66),
    .grid = RGB (0xe4e4e8), .separator = RGB (0xd8d8dd),
    .focus = RGB (0x1c5fbf), .selection = RGB (0x1c71d8),
    .failed = RGB (0xc01c28), .band = RGB (0x5b7ea8),
    .executors = { RGB (0x2e80b8), RGB (0x16875f), RGB (0xb57100), RGB (0x00599c), RGB (0x8147b8) },
    .tasks = { RGB (0xb3d1f1), RGB (0xcfe2f8) }, .merged = RGB (0x5b95cf), .task_edge = NO_COLOR,
    .bar_weight = 0.55,
    .categories = CATEGORIES,
    .running = RGB (0x007352), .preempted = RGB (0xb57100), .waiting = RGB (0x8b8b92), .memory = RGB (0xb0568a),
  },
  [LSC_THEME_DARK] = {
    .page = RGB (0x222224), .text = RGB (0xf4f4f6), .dim_text = RGB (0xa3a3ab),
    .grid = RGB (0x353539), .separator = RGB (0x434348),
    .focus = RGB (0x8fbdff), .selection = RGB (0x78aeed),
    .failed = RGB (0xff7b72), .band = RGB (0x86a8d2),
    .executors = { RGB (0x74c1f2), RGB (0x4fcba0), RGB (0xf2ae3b), RGB (0x5aa5f7), RGB (0xc79bf2) },
    .tasks = { RGB (0x345b86), RGB (0x2a4769) }, .merged = RGB (0x5f96d2), .task_edge = NO_COLOR,
    .bar_weight = 0.48,
    .categories = CATEGORIES,
    .running = RGB (0x3ccb98), .preempted = RGB (0xf2ae3b), .waiting = RGB (0x7c7c84), .memory = RGB (0xd98fb8),
  },
  [LSC_THEME_LIGHT_CONTRAST] = {
    .page = RGB (0xffffff), .text = RGB (0x000000), .dim_text = RGB (0x33333a),
    .grid = RGB (0xb8b8c0), .separator = RGB (0x6a6a72),
    .focus = RGB (0x003f9e), .selection = RGB (0x0b57b8),
    .failed = RGB (0xa00010), .band = RGB (0x2f5688),
    .executors = { RGB (0x14639a), RGB (0x006644), RGB (0x8a5200), RGB (0x003f7d), RGB (0x632b9c) },
    .tasks = { RGB (0xa9ccf2), RGB (0xd8e8fb) }, .merged = RGB (0x3d7ab8), .task_edge = RGB (0x2a5f97),
    .bar_weight = 0.40,
    .categories = { RGB (0x005a91), RGB (0x9a6600), RGB (0x007555), RGB (0xa0487b), RGB (0x1f77ad), RGB (0xb04a00) },
    .running = RGB (0x005a3f), .preempted = RGB (0x8a5200), .waiting = RGB (0x5c5c64), .memory = RGB (0x8a2f66),
  },
  [LSC_THEME_DARK_CONTRAST] = {
    .page = RGB (0x000000), .text = RGB (0xffffff), .dim_text = RGB (0xd6d6de),
    .grid = RGB (0x5a5a62), .separator = RGB (0x9a9aa4),
    .focus = RGB (0xb8d6ff), .selection = RGB (0x9cc6ff),
    .failed = RGB (0xff9a92), .band = RGB (0xa9c8f0),
    .executors = { RGB (0x9bd6ff), RGB (0x72e6bd), RGB (0xffc457), RGB (0x86beff), RGB (0xdcb8ff) },
    .tasks = { RGB (0x2f5c92), RGB (0x1c3a5e) }, .merged = RGB (0x7fb2ea), .task_edge = RGB (0x8bbcf2),
    .bar_weight = 0.42,
    .categories = { RGB (0x4fa8dd), RGB (0xe69f00), RGB (0x22c997), RGB (0xdf96be), RGB (0x7cc8f2), RGB (0xf08642) },
    .running = RGB (0x5ce6b4), .preempted = RGB (0xffc457), .waiting = RGB (0xa8a8b0), .memory = RGB (0xf0aacf),
  },
};
/* clang-format on */

const LscTheme *
lsc_theme_get (LscThemeVariant variant)
{
  g_return_val_if_fail ((guint)variant < LSC_N_THEME_VARIANTS, &themes[LSC_THEME_LIGHT]);

  return &themes[variant];
}

LscColor
lsc_color_mix (const LscColor *a, const LscColor *b, double share)
{
  LscColor mixed = {
    .red = a->red + (b->red - a->red) * share,
    .green = a->green + (b->green - a->green) * share,
    .blue = a->blue + (b->blue - a->blue) * share,
    .alpha = a->alpha + (b->alpha - a->alpha) * share,
  };

  return mixed;
}

LscColor
lsc_theme_get_bar (const LscTheme *theme, LscExecutorKind kind)
{
  g_return_val_if_fail ((guint)kind < LSC_N_EXECUTOR_KINDS, theme->page);

  return lsc_color_mix (&theme->page, &theme->executors[kind], theme->bar_weight);
}

LscColor
lsc_theme_get_unknown_ground (const LscTheme *theme, LscExecutorKind kind)
{
  LscColor bar = lsc_theme_get_bar (theme, kind);

  return lsc_color_mix (&theme->page, &bar, 0.35);
}

LscColor
lsc_theme_get_cpu_area (const LscTheme *theme)
{
  return lsc_color_mix (&theme->page, &theme->running, 0.22);
}

LscColor
lsc_theme_get_start_up (const LscTheme *theme, LscExecutorKind kind)
{
  LscColor bar = lsc_theme_get_bar (theme, kind);

  return lsc_color_mix (&theme->page, &bar, 0.45);
}

LscColor
lsc_theme_get_failed_ground (const LscTheme *theme)
{
  return lsc_color_mix (&theme->page, &theme->failed, 0.16);
}

LscColor
lsc_theme_get_stopped_ground (const LscTheme *theme)
{
  return lsc_color_mix (&theme->page, &theme->waiting, 0.22);
}

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const LscColor *color)
{
  return 0.2126 * linear (color->red) + 0.7152 * linear (color->green) +
         0.0722 * linear (color->blue);
}

double
lsc_color_contrast (const LscColor *a, const LscColor *b)
{
  double la = luminance (a);
  double lb = luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}

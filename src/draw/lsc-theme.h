/* lsc-theme.h: the colours of everything that is drawn.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "lsc-executor-kind.h"

G_BEGIN_DECLS

typedef struct
{
  double red;
  double green;
  double blue;
  double alpha;
} LscColor;

typedef enum
{
  LSC_THEME_LIGHT,
  LSC_THEME_DARK,
  LSC_THEME_LIGHT_CONTRAST,
  LSC_THEME_DARK_CONTRAST,
} LscThemeVariant;

#define LSC_N_THEME_VARIANTS 4

typedef struct
{
  LscColor page;
  LscColor text;
  LscColor dim_text;
  LscColor grid;
  LscColor separator;
  LscColor focus;     /* the selected thing's outline */
  LscColor selection; /* a range */
  LscColor failed;
  LscColor band; /* lanes at work */
  LscColor executors[LSC_N_EXECUTOR_KINDS];
  LscColor tasks[2];   /* neighbours alternate */
  LscColor merged;     /* tasks too short to be blocks of their own */
  LscColor task_edge;  /* outline of a block; alpha 0: none */
  double   bar_weight; /* how much of its executor's colour a time bar has */
  LscColor categories[6];
  LscColor running;
  LscColor preempted;
  LscColor waiting;
  LscColor memory; /* its bars: no executor's colour */
} LscTheme;

/* Constant; any thread. */
const LscTheme *lsc_theme_get (LscThemeVariant variant);
/* A strip's time bar: the executor's colour, pale enough for text on it. */
LscColor lsc_theme_get_bar (const LscTheme *theme, LscExecutorKind kind);
/* The ground of a bar of which nothing is known yet, below its hatching. */
LscColor lsc_theme_get_unknown_ground (const LscTheme *theme, LscExecutorKind kind);
/* The part of a bar in which nothing but starting was done. */
LscColor lsc_theme_get_start_up (const LscTheme *theme, LscExecutorKind kind);
/* The area of the CPU that a process used, below its edge and the line of its memory. */
LscColor lsc_theme_get_cpu_area (const LscTheme *theme);
/* The ground of a failed task's hatching, on which its label is still read. */
LscColor lsc_theme_get_failed_ground (const LscTheme *theme);
/* The ground of a stopped task's. */
LscColor lsc_theme_get_stopped_ground (const LscTheme *theme);
/* `share` 0: all `a`; 1: all `b`. */
LscColor lsc_color_mix (const LscColor *a, const LscColor *b, double share);
/* WCAG 2 contrast ratio, 1 to 21, of two opaque colours. */
double lsc_color_contrast (const LscColor *a, const LscColor *b);

G_END_DECLS

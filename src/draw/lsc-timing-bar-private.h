/* lsc-timing-bar-private.h: one timing bar, on the timeline and in the picture of a profile.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <math.h>

#include "lsc-painter-private.h"
#include "lsc-strip-figures-private.h"

G_BEGIN_DECLS

typedef struct
{
  const LscStripFigures *figures; /* with a bar */
  LscExecutorKind        executor;
  double                 start_up_ns; /* NAN: none is shown */

  double origin_x; /* px of time 0; may be far out of sight */
  double min_x;    /* what lies beyond these edges is not drawn */
  double max_x;
  double px_per_ns;
  double reach_ns; /* samples further off are not drawn */
  double y;        /* of the bar */
  double height;
  double dots_y;      /* of the samples' stretch */
  double dots_height; /* 0: none are shown */
} LscTimingBar;

/* A little over the edges where it goes on: cairo counts no further than some millions. */
static inline double
lsc_timing_bar_x (const LscTimingBar *bar, double time_ns)
{
  double x = bar->origin_x + time_ns * bar->px_per_ns;

  return isfinite (x) ? CLAMP (x, bar->min_x - 24.0, bar->max_x + 24.0) : x;
}

/* Bar, quartiles, start-up, minimum, interval. */
void lsc_paint_timing_bar (LscFrame *frame, const LscTimingBar *bar);
/* The samples; those further off than `reach_ns` are counted in `n_beyond`. */
void lsc_paint_samples (LscFrame *frame, const LscTimingBar *bar, guint *n_beyond);
/* Right edge of bar, whisker and quartiles, px. */
double lsc_timing_bar_get_right (const LscTimingBar *bar);
/* Its end caps `size` high. */
void lsc_paint_whisker (LscFrame       *frame,
                        const LscColor *color,
                        double          x0,
                        double          x1,
                        double          y_middle,
                        double          size);
/* A sample: a dot, a ring where it lies off, a diamond where it lies far off. */
void lsc_paint_sample (LscFrame *frame, LscOutlier kind, double x, double y, double radius);
/* The hatching of a bar of which nothing is known yet, and its ground alone. */
void lsc_paint_unknown (LscFrame       *frame,
                        LscExecutorKind executor,
                        double          x,
                        double          y,
                        double          width,
                        double          height);
void lsc_paint_unknown_ground (LscFrame       *frame,
                               LscExecutorKind executor,
                               double          x,
                               double          y,
                               double          width,
                               double          height);

G_END_DECLS

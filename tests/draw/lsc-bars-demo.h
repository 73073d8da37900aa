/* lsc-bars-demo.h: profiles that were never measured, to be drawn.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-profile.h"

G_BEGIN_DECLS

/* What is 0 or NULL is left out. */
typedef struct
{
  const char     *workload; /* "Threads and the GIL" */
  const char     *input;    /* measured by itself */
  LscExecutorKind executor;
  guint           n_workers;
  double          median_ns;
  double          spread; /* of the samples, as a share of the median */
  double          far;    /* the last sample is so many times the median */
  double          start_up_ns;
  double          memory; /* bytes */
  double          sum_memory;
  guint           n; /* samples; 0: as many as rounds */
  guint           n_failed;
  guint           n_timed_out;
  guint           n_calls;
  const char     *problem;
} LscBarsDemo;

/* Samples lie evenly within median * (1 -+ spread) in an order that a seed shuffles: their median
 * is median_ns where their number is odd, and near it else. */
LscProfile *lsc_bars_demo_new (const char        *title,
                               const LscBarsDemo *cells,
                               guint              n_cells,
                               guint              n_rounds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

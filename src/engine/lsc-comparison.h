/* lsc-comparison.h: the same work in several modes, one after another.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Owns its runs. A mode that fails does not keep the others from
 * running; a stop ends the whole comparison.
 */

#pragma once

#include "lsc-run.h"

G_BEGIN_DECLS

#define LSC_TYPE_COMPARISON (lsc_comparison_get_type ())
G_DECLARE_FINAL_TYPE (LscComparison, lsc_comparison, LSC, COMPARISON, GObject)

/* Signals:
 *   "changed"   (void)          progress, at most 20 times a second
 *   "run-added" (LscRun *run)   a mode begins: a new strip
 *   "finished"  (void)
 */

/* `kinds`: the modes in order, without repeats. `options->executor` is not used; sequential and
 * async always get one worker. Each mode has a folder of its own in the `output_folder`. */
LscComparison *lsc_comparison_new (const LscRunOptions   *options,
                                   const LscExecutorKind *kinds,
                                   guint                  n_kinds,
                                   GError               **error) G_GNUC_WARN_UNUSED_RESULT;

void lsc_comparison_start (LscComparison *self);
void lsc_comparison_stop (LscComparison *self);
void lsc_comparison_terminate (LscComparison *self);

gboolean lsc_comparison_is_over (LscComparison *self);
/* How many modes were chosen, and how many have begun. */
guint   lsc_comparison_get_n_modes (LscComparison *self);
guint   lsc_comparison_get_n_runs (LscComparison *self);
LscRun *lsc_comparison_get_run (LscComparison *self, guint index); /* borrowed */
/* The one that goes on now; NULL for none. */
LscRun *lsc_comparison_get_current (LscComparison *self);
double  lsc_comparison_get_fraction (LscComparison *self);
gint64  lsc_comparison_get_time_left_ns (LscComparison *self); /* -1: can't be told */

G_END_DECLS

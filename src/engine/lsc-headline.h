/* lsc-headline.h: the answer in words, and nothing that the data does not support.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure functions; any thread. Translated.
 */

#pragma once

#include "lsc-comparison.h"

G_BEGIN_DECLS

/* What one run came to. */
typedef struct
{
  LscExecutorKind executor;
  guint           n_workers;
  LscRunState     state;
  guint           n_tasks;
  guint           n_done;
  gint64          wall_ns;
  double          mean_running; /* cores in use; -1 unknown */
  LscRunLock      lock;         /* unknown where one core explains what a lock would */
  gboolean        is_loaded;    /* other programs had the cores that it wanted */
} LscRunFigures;

/* All but is_loaded, which whoever knows it says. */
void lsc_run_get_figures (LscRun *run, LscRunFigures *figures);

/* "Processes: 1.9× faster than in sequence. Threads: 1.8× faster." NULL when there is nothing to
 * say yet. */
char *lsc_headline_dup_title (const LscRunFigures *figures, guint n) G_GNUC_WARN_UNUSED_RESULT;
/* "Each mode ran once: a difference of a few percent may be chance." and what went wrong. NULL for
 * none. */
char *lsc_headline_dup_detail (const LscRunFigures *figures,
                               guint                n,
                               guint                n_cores) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

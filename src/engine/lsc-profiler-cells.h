/* lsc-profiler-cells.h: the cells of an experiment, from what a user chooses.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Owns what its cells name. Belongs to one thread at a time.
 */

#pragma once

#include "lsc-profiler.h"

G_BEGIN_DECLS

typedef struct _LscProfilerCells LscProfilerCells;

LscProfilerCells *lsc_profiler_cells_new (void) G_GNUC_WARN_UNUSED_RESULT;
void              lsc_profiler_cells_free (LscProfilerCells *self);

/* The modes in order: sequential and async once, threads and processes once for each number of
 * workers. `inputs` is frozen. */
void lsc_profiler_cells_add_modes (LscProfilerCells      *self,
                                   LscWorkload           *workload,
                                   LscSettings           *settings,
                                   LscTextList           *inputs,
                                   const LscExecutorKind *kinds,
                                   guint                  n_kinds,
                                   const guint           *worker_counts,
                                   guint                  n_counts);
/* Each input by itself, in sequence. */
void lsc_profiler_cells_add_inputs (LscProfilerCells *self,
                                    LscWorkload      *workload,
                                    LscSettings      *settings,
                                    LscTextList      *inputs);
/* What "measure this" means: the inputs of a suite, the modes of anything else. */
void lsc_profiler_cells_add (LscProfilerCells      *self,
                             LscWorkload           *workload,
                             LscSettings           *settings,
                             LscTextList           *inputs,
                             const LscExecutorKind *kinds,
                             guint                  n_kinds,
                             const guint           *worker_counts,
                             guint                  n_counts);

/* What the inputs of that workload were sized for, as LscProfileCell.sized_for_ns. */
void lsc_profiler_cells_set_sized_for (LscProfilerCells *self,
                                       LscWorkload      *workload,
                                       double            sized_for_ns);

/* As long as nothing is added: for LscProfilerOptions.cells. */
const LscProfilerCell *lsc_profiler_cells_get (LscProfilerCells *self, guint *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscProfilerCells, lsc_profiler_cells_free)

G_END_DECLS

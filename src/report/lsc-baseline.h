/* lsc-baseline.h: one profile against an older one of the same cells.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made from two profiles as they are at that moment; immutable; any thread.
 */

#pragma once

#include "lsc-profile.h"
#include "lsc-shift.h"

G_BEGIN_DECLS

#define LSC_TYPE_BASELINE (lsc_baseline_get_type ())
G_DECLARE_FINAL_TYPE (LscBaseline, lsc_baseline, LSC, BASELINE, GObject)

/* Cells are the same when workload, input, settings, mode, workers and one_core are; where a file
 * says less (another program's), when their commands are. */
LscBaseline *lsc_baseline_new (LscProfile *profile, LscProfile *old) G_GNUC_WARN_UNUSED_RESULT;

/* The old profile's cell that is the same; -1: none. */
gint lsc_baseline_get_old_cell (LscBaseline *self, guint cell);
/* Of the cell against the old one; kind NONE where there is none. All corrected together. */
const LscVerdict *lsc_baseline_get_verdict (LscBaseline *self, guint cell);
/* Old cells that have no counterpart. */
guint lsc_baseline_get_n_missing (LscBaseline *self);
/* Whether a cell is surely slower than before by more than `percent`: its whole interval is. */
gboolean lsc_baseline_is_slower (LscBaseline *self, guint cell, double percent);

/* "1.12× faster (1.08–1.17) than before"; NULL: nothing to compare. Translated. */
char *lsc_baseline_dup_verdict (LscBaseline *self, guint cell) G_GNUC_WARN_UNUSED_RESULT;
/* That of each cell of the profile, "" where there is nothing to compare. NULL-terminated. */
char **lsc_baseline_dup_verdicts (LscBaseline *self) G_GNUC_WARN_UNUSED_RESULT;
/* What makes the two hard to compare, in sentences, the gravest first: another machine, another
 * kernel, another Python. NULL-terminated, may be empty. Translated. */
char **lsc_baseline_dup_warnings (LscBaseline *self) G_GNUC_WARN_UNUSED_RESULT;
/* The same as one text; NULL: there is nothing. */
char *lsc_baseline_dup_note (LscBaseline *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

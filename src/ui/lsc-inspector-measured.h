/* lsc-inspector-measured.h: what there is to say about what was measured.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Words and figures only; no widgets.
 */

#pragma once

#include "lsc-baseline.h"
#include "lsc-report.h"

G_BEGIN_DECLS

/* (element-type LscFact). All figures of a cell; -1: of the whole profile, in short. `report` is of
 * `profile`; both NULL: there is none. `baseline` is nullable. */
GPtrArray *lsc_inspector_facts_new_measured (LscProfile  *profile,
                                             LscReport   *report,
                                             LscBaseline *baseline,
                                             gint         cell) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* lsc-inputs.h: what was typed about a workload, and the inputs that come of it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; the inputs themselves are made on a worker thread. Keeps texts
 * that do not pass their check, with what is wrong, so that nothing that was
 * typed is lost.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_INPUTS (lsc_inputs_get_type ())
G_DECLARE_FINAL_TYPE (LscInputs, lsc_inputs, LSC, INPUTS, GObject)

/* Signals:
 *   "value-changed" (const char *id)  a parameter has another text, or another problem
 *   "changed"       (void)            the list, the expected time or what is wrong is another one
 */

LscInputs *lsc_inputs_new (LscWorkload *workload) G_GNUC_WARN_UNUSED_RESULT;

LscWorkload *lsc_inputs_get_workload (LscInputs *self);
/* The values that passed. */
LscSettings *lsc_inputs_get_settings (LscInputs *self);

/* As typed; NULL for no such parameter. */
const char *lsc_inputs_get_text (LscInputs *self, const char *id);
void        lsc_inputs_set_text (LscInputs *self, const char *id, const char *text);
/* What is wrong with a parameter; NULL: nothing. */
const char *lsc_inputs_get_problem (LscInputs *self, const char *id);
/* What keeps it from being run; NULL: nothing that is known. */
const char *lsc_inputs_get_first_problem (LscInputs *self);

/* Measures the machine's speed at this workload, then makes the list. Does nothing when that
 * was done. */
void lsc_inputs_prepare (LscInputs *self);
/* The list belongs to the values, or a problem is known. */
gboolean lsc_inputs_is_ready (LscInputs *self);
/* Frozen; NULL while it is made, or with a problem. */
LscTextList *lsc_inputs_get_list (LscInputs *self);
/* What the list was sized for, as LscProfileCell.sized_for_ns; 0: it was not sized.
 * `is_baselines` (nullable): so that it is the same as that of the baseline that was kept. */
double lsc_inputs_get_sized_for_ns (LscInputs *self, gboolean *is_baselines);
/* In sequence; -1 when it can't be told. */
gint64 lsc_inputs_get_expected_ns (LscInputs *self);

/* "Sized to this machine", "A range, Last number 1000". `complete`: for pictures, with what is as
 * it was, and without the user's own words and paths. */
char *lsc_inputs_dup_summary (LscInputs *self, gboolean complete) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

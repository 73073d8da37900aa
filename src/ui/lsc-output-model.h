/* lsc-output-model.h: the lines of an output store as a list, made when they are looked at.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Where lines of a task were cut there is one row that says so.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-output-store.h"

G_BEGIN_DECLS

#define LSC_TYPE_OUTPUT_ROW (lsc_output_row_get_type ())
G_DECLARE_FINAL_TYPE (LscOutputRow, lsc_output_row, LSC, OUTPUT_ROW, GObject)

/* With `n_cut`: this row stands for lines that were cut. */
const LscOutputLine *lsc_output_row_get_line (LscOutputRow *self);

#define LSC_TYPE_OUTPUT_MODEL (lsc_output_model_get_type ())
G_DECLARE_FINAL_TYPE (LscOutputModel, lsc_output_model, LSC, OUTPUT_MODEL, GObject)

LscOutputModel *lsc_output_model_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Nullable: no rows. */
void lsc_output_model_set_store (LscOutputModel *self, LscOutputStore *store);
/* Lines may have come, and been cut. */
void lsc_output_model_refresh (LscOutputModel *self);

G_END_DECLS

/* lsc-results-model.h: the rows of a task table as a list, made when they are looked at.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Holds no object for a row that nobody looks at: a million tasks
 * cost nothing until they are scrolled to. A row is a place in the list: when the list is
 * sorted in another way it becomes another task's, and says so.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-results-order.h"

G_BEGIN_DECLS

/* ---- a row ------------------------------------------------------------------------------- */

#define LSC_TYPE_RESULTS_ROW (lsc_results_row_get_type ())
G_DECLARE_FINAL_TYPE (LscResultsRow, lsc_results_row, LSC, RESULTS_ROW, GObject)

/* Property "status" (uint, LscTaskStatus): notified when the row has become another one, or another
 * task's. */

guint         lsc_results_row_get_index (LscResultsRow *self);
const char   *lsc_results_row_get_input (LscResultsRow *self);
const char   *lsc_results_row_get_output (LscResultsRow *self); /* "" for none */
LscTaskStatus lsc_results_row_get_status (LscResultsRow *self);
void          lsc_results_row_get_task (LscResultsRow *self, LscTask *task);

/* ---- all of them --------------------------------------------------------------------------- */

#define LSC_TYPE_RESULTS_MODEL (lsc_results_model_get_type ())
G_DECLARE_FINAL_TYPE (LscResultsModel, lsc_results_model, LSC, RESULTS_MODEL, GObject)

LscResultsModel *lsc_results_model_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Nullable: no rows. Rows that are held become those of the new table, and tell it. */
void          lsc_results_model_set_tasks (LscResultsModel *self, LscTaskTable *tasks);
LscTaskTable *lsc_results_model_get_tasks (LscResultsModel *self);
/* Which tasks, and in which order. With many tasks a thread finds out; until then the list is what
 * it was. */
void lsc_results_model_set_query (LscResultsModel *self, const LscResultsQuery *query);
const LscResultsQuery *lsc_results_model_get_query (LscResultsModel *self);
/* A thread is still finding out. */
gboolean lsc_results_model_is_busy (LscResultsModel *self);
/* Tasks may have ended. */
void lsc_results_model_refresh (LscResultsModel *self);
/* The task at a position, without an object. */
guint lsc_results_model_get_index (LscResultsModel *self, guint position);
/* The tasks in the list's order (guint), a reference; NULL: all in input order. */
GArray *lsc_results_model_ref_order (LscResultsModel *self) G_GNUC_WARN_UNUSED_RESULT;
/* How many row objects there are now. */
guint lsc_results_model_get_n_live (LscResultsModel *self);

G_END_DECLS

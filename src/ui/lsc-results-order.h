/* lsc-results-order.h: which tasks are listed, and in which order.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread: a task table may be read everywhere.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-task-table.h"

G_BEGIN_DECLS

typedef enum
{
  LSC_RESULTS_BY_NUMBER, /* in input order */
  LSC_RESULTS_BY_INPUT,
  LSC_RESULTS_BY_RESULT,
  LSC_RESULTS_BY_STATUS,
  LSC_RESULTS_BY_TIME,
  LSC_RESULTS_BY_WORKER,
  LSC_RESULTS_BY_EXIT,
  LSC_RESULTS_BY_ATTEMPTS,
  LSC_RESULTS_BY_CPU,
  LSC_RESULTS_BY_MEMORY,
} LscResultsBy;

typedef struct
{
  gboolean     failed_only; /* what failed, crashed or ran out of time */
  char        *text;        /* owned; in the input or in the result, in any case; NULL: all */
  LscResultsBy by;
  gboolean     descending;
} LscResultsQuery;

void lsc_results_query_set (LscResultsQuery *query, const LscResultsQuery *from);
void lsc_results_query_clear (LscResultsQuery *query);
/* Whether it lists all tasks in input order. */
gboolean lsc_results_query_is_plain (const LscResultsQuery *query);
gboolean lsc_results_query_equal (const LscResultsQuery *a, const LscResultsQuery *b);

/* Wall time and CPU time, ns; -1 where there is none. */
gint64 lsc_results_get_time_ns (const LscTask *task);
gint64 lsc_results_get_cpu_ns (const LscTask *task);

/* The tasks' indices (guint). What has no value comes last, either way; what is the same, in input
 * order. NULL when cancelled. */
GArray *lsc_results_order_new (LscTaskTable          *tasks,
                               const LscResultsQuery *query,
                               GCancellable          *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

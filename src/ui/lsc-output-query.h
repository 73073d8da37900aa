/* lsc-output-query.h: which lines of the output are shown.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain data: any thread, one at a time.
 */

#pragma once

#include "lsc-output-store.h"
#include "lsc-task-table.h"

G_BEGIN_DECLS

typedef enum
{
  LSC_OUTPUT_SHOW_ALL,
  LSC_OUTPUT_SHOW_STDOUT,
  LSC_OUTPUT_SHOW_STDERR,
  LSC_OUTPUT_SHOW_NOTES,
} LscOutputShow;

typedef struct
{
  LscOutputShow show;
  gboolean      failed_only; /* of tasks that failed, crashed or ran out of time */
  guint32       task;        /* LSC_NO_TASK: all */
  char         *text;        /* owned; in the line, in any case; NULL: all */
} LscOutputQuery;

void     lsc_output_query_set (LscOutputQuery *query, const LscOutputQuery *from);
void     lsc_output_query_clear (LscOutputQuery *query);
gboolean lsc_output_query_is_plain (const LscOutputQuery *query);
gboolean lsc_output_query_equal (const LscOutputQuery *a, const LscOutputQuery *b);
/* A place where lines were cut is shown with the lines of its task, but not where a text is looked
 * for. `tasks` is nullable. */
gboolean lsc_output_query_matches (const LscOutputQuery *query,
                                   const LscOutputLine  *line,
                                   LscTaskTable         *tasks);

/* "… 1,234 lines were cut here …" */
char *lsc_output_line_dup_text (const LscOutputLine *line) G_GNUC_WARN_UNUSED_RESULT;
/* "task 7, worker 2 (stderr)", "Lanescope". */
char *lsc_output_line_dup_from (const LscOutputLine *line) G_GNUC_WARN_UNUSED_RESULT;
/* The line with its end, and before it who says it, unless it is one task's standard output that is
 * asked for anyway. */
void lsc_output_line_append (const LscOutputLine *line, const LscOutputQuery *query, GString *text);

G_END_DECLS

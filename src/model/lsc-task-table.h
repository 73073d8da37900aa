/* lsc-task-table.h: what was asked of each task, and what came of it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A fixed number of rows, in input order. The run's thread sets a row when its
 * task has ended for good (retries change it once more before that is
 * announced); any thread may read: a row is published by its status, texts
 * never move. About 32 bytes a row above the bytes of input and output.
 */

#pragma once

#include <glib-object.h>

#include "lsc-text-list.h"
#include "lsc-record.h"

G_BEGIN_DECLS

typedef struct
{
  LscTaskStatus status;
  gint          exit;     /* exit status, -1 where there is none */
  gint          signal;   /* 0 for none */
  guint         worker;   /* 1-based; 0 for none */
  gint32        pid;      /* 0 for none */
  guint         attempts; /* how often it was started */
  gint64        start_ns; /* since the start of the recording; -1 when it never started */
  gint64        end_ns;   /* -1 when it has not ended */
  gint64        user_ns;
  gint64        system_ns;
  gint64        peak_rss_bytes; /* -1 unknown */
} LscTask;

/* What there is to say about tasks that not all of them have. */
typedef enum
{
  LSC_TASK_HAS_EXIT = 1 << 0, /* an exit status, or a signal */
  LSC_TASK_HAS_RETRIES = 1 << 1,
  LSC_TASK_HAS_CPU = 1 << 2,
  LSC_TASK_HAS_MEMORY = 1 << 3,
} LscTaskTraits;

LscTaskTraits lsc_task_get_traits (const LscTask *task);

/* What failed, crashed or ran out of time: not what was stopped. */
static inline gboolean
lsc_task_status_is_failure (LscTaskStatus status)
{
  return status == LSC_TASK_FAILED || status == LSC_TASK_CRASHED || status == LSC_TASK_TIMED_OUT;
}

#define LSC_TYPE_TASK_TABLE (lsc_task_table_get_type ())
G_DECLARE_FINAL_TYPE (LscTaskTable, lsc_task_table, LSC, TASK_TABLE, GObject)

/* `inputs` is frozen; one row for each. */
LscTaskTable *lsc_task_table_new (LscTextList *inputs) G_GNUC_WARN_UNUSED_RESULT;

guint        lsc_task_table_get_n (LscTaskTable *self);
LscTextList *lsc_task_table_get_inputs (LscTaskTable *self);
const char  *lsc_task_table_get_input (LscTaskTable *self, guint index);

/* The run's thread. `output` (the result, or for a failed task the reason) is
 * copied; may be NULL. */
void lsc_task_table_set (LscTaskTable  *self,
                         guint          index,
                         const LscTask *task,
                         const char    *output,
                         gssize         length);
/* The run's thread: the task is on a worker now. */
void lsc_task_table_set_running (LscTaskTable *self, guint index, guint worker, gint64 start_ns);

/* Any thread. A row that is not finished has only status, worker and start. */
void        lsc_task_table_get (LscTaskTable *self, guint index, LscTask *task);
const char *lsc_task_table_get_output (LscTaskTable *self, guint index);
/* How many rows have a final status; how many have this one. */
guint lsc_task_table_get_n_finished (LscTaskTable *self);
guint lsc_task_table_get_n_with_status (LscTaskTable *self, LscTaskStatus status);

/* Of all rows that were set. */
LscTaskTraits lsc_task_table_get_traits (LscTaskTable *self);

/* "done", "timed-out": for scripts. */
const char *lsc_task_status_get_nick (LscTaskStatus status);
/* "Done": translated. */
const char *lsc_task_status_get_label (LscTaskStatus status);

G_END_DECLS

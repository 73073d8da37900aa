/* lsc-task-output.h: what tasks print, passed on in the order of the inputs.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The task whose turn it is is passed on as it prints; what the others print waits, up to
 * a bound, and what is missing is counted. What a worker prints outside of its tasks does not
 * wait. Nothing is printed to standard output but what commands print there.
 */

#pragma once

#include <stdio.h>

#include "lsc-output-store.h"
#include "lsc-task-table.h"

G_BEGIN_DECLS

typedef struct _LscTaskOutput LscTaskOutput;

typedef struct
{
  FILE    *stdout_to;   /* where the tasks' standard output goes; NULL: it is told elsewhere */
  gboolean out_of_turn; /* nobody's turn ever ends: all is passed on at once, with its input */
  gboolean holds_last;  /* the last line may be what the result says: it waits for the turn's end */
} LscTaskOutputOptions;

LscTaskOutput *lsc_task_output_new (LscOutputStore             *store,
                                    LscTaskTable               *tasks,
                                    const LscTaskOutputOptions *options) G_GNUC_WARN_UNUSED_RESULT;
void           lsc_task_output_free (LscTaskOutput *self);

/* Whether there are lines that have not been looked at. */
gboolean lsc_task_output_has_more (LscTaskOutput *self);
/* Looks at all that there is by now, and passes on what is of task `turn`. */
void lsc_task_output_follow (LscTaskOutput *self, guint turn);
/* It is this task's turn now: passes on what it has printed so far. */
void lsc_task_output_set_turn (LscTaskOutput *self, guint turn);
/* Its turn is over: what was held is passed on, unless `result` (nullable) says the same. */
void lsc_task_output_end_turn (LscTaskOutput *self, const char *result);
/* Lines that were too many to be kept until they could be passed on. */
guint64 lsc_task_output_get_n_missed (LscTaskOutput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LscTaskOutput, lsc_task_output_free)

G_END_DECLS

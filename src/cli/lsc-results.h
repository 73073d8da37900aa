/* lsc-results.h: results as sentences, in the order of the inputs.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-recording.h"
#include "lsc-task-output.h"
#include "lsc-workload.h"

G_BEGIN_DECLS

typedef struct
{
  LscWorkload   *workload; /* borrowed */
  LscSettings   *settings; /* borrowed */
  gboolean       as_json;  /* results and problems are told in the summary */
  LscTaskTable  *tasks;    /* borrowed; NULL before the run has begun */
  LscTaskOutput *output;   /* owned; NULL before the run has begun */
  char          *name;     /* owned; of the only task, which has no input to name it by */
  guint          n_printed;
  guint          n_problems;
} LscResults;

/* The run has begun. */
void lsc_results_begin (LscResults *self, LscRecording *recording);
void lsc_results_clear (LscResults *self);

/* Whether there is something now that comes next in order. */
gboolean lsc_results_has_next (LscResults *self);
/* Results go to standard output, and what commands print there, which is their result; what failed
 * and what else tasks print go to standard error. Prints those that are next in order and known; at
 * the `end` all that are left. */
void lsc_results_print (LscResults *self, gboolean end);
/* What the run has to say, on standard error. */
void lsc_results_print_notes (LscRecording *recording);
/* "6 of 6 tasks done in 52 ms, 1.93 cores in use." */
char *lsc_results_dup_closing_line (LscRecording *recording) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LscResults, lsc_results_clear)

G_END_DECLS

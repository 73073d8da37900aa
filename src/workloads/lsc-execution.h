/* lsc-execution.h: what a workload would execute, for a user who is asked whether it may.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads files, runs nothing; any thread.
 */

#pragma once

#include "lsc-workload.h"

G_BEGIN_DECLS

/* What can't be printed, or would hide what stands beside it, is escaped in the texts. */
typedef struct
{
  const char *label;    /* translated */
  char       *text;     /* one line or many; what can't be printed is escaped */
  gboolean    has_code; /* of the kind that is read in a fixed-width font */
} LscExecutionPart;

/* (element-type LscExecutionPart): the command or the code first, then all texts and paths that the
 * settings hold. */
GPtrArray *lsc_execution_describe (LscWorkload *workload,
                                   LscSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

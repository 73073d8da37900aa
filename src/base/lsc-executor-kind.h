/* lsc-executor-kind.h: the ways in which tasks can be run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  LSC_EXECUTOR_SEQUENTIAL,
  LSC_EXECUTOR_ASYNC,
  LSC_EXECUTOR_THREADS,
  LSC_EXECUTOR_PROCESSES,
  LSC_EXECUTOR_CLUSTER,
} LscExecutorKind;

#define LSC_N_EXECUTOR_KINDS 5

/* "sequential", "threads": for scripts and files, never translated. */
const char *lsc_executor_kind_get_nick (LscExecutorKind kind);
gboolean    lsc_executor_kind_from_nick (const char *nick, LscExecutorKind *kind);
/* "Sequential", "Threads": translated, for people. */
const char *lsc_executor_kind_get_label (LscExecutorKind kind);
/* FALSE for those that run on one worker by nature. */
gboolean lsc_executor_kind_has_workers (LscExecutorKind kind);

G_END_DECLS

/* mock-executor.h: an executor that runs nothing, for what does not depend on processes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-executor.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_tasks;
  guint n_to_end;     /* so many tasks end, the last first; the rest waits for a stop */
  guint failing_task; /* G_MAXUINT: none */
  /* Ends with this instead, after those tasks. */
  const GError *error;
  /* Of each task, in ns; NULL: 1000 of time, and no CPU time. */
  const gint64 *wall_ns;
  const gint64 *cpu_ns;
} MockScript;

/* What was asked of it: atomics, they outlive the executor. */
typedef struct
{
  gint n_starts;
  gint n_stops;
  gint n_terminates;
  gint n_ticks;
  gint n_freed;
} MockCalls;

#define MOCK_TYPE_EXECUTOR (mock_executor_get_type ())
G_DECLARE_FINAL_TYPE (MockExecutor, mock_executor, MOCK, EXECUTOR, LscExecutor)

LscExecutor *mock_executor_new (const MockScript *script,
                                MockCalls        *calls) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

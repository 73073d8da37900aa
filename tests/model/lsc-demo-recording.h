/* lsc-demo-recording.h: a finished recording that is always the same, for tests that draw or show
 * one.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lsc-recording.h"

G_BEGIN_DECLS

/* `n_tasks` tasks of 5 to 40 ms spread over `n_workers` (1 for sequential and async), each with
 * two steps inside. Task n/3 fails and, with at least 3 tasks, task 2n/3 crashes; with
 * processes that ends its worker by SIGSEGV, and another takes its place. Every process has
 * CPU and memory counters and the usage at its end; each task prints a line. */
LscRecording *lsc_demo_recording_new (LscExecutorKind kind,
                                      guint           n_workers,
                                      guint           n_tasks) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

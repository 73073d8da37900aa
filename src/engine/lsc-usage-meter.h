/* lsc-usage-meter.h: adds up what the processes of a run used.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Part of whoever counts, and on its thread.
 */

#pragma once

#include "lsc-recording.h"
#include "lsc-run-usage.h"
#include "lsc-wire.h"

G_BEGIN_DECLS

typedef struct
{
  LscRunUsage sums;
  guint       n_at_once; /* processes */
  guint       n_begun;
  guint       n_ended;
  GArray     *peaks; /* of gint64: the largest, in falling order, `n_at_once` of them at most */
} LscUsageMeter;

void lsc_usage_meter_init (LscUsageMeter *self);
void lsc_usage_meter_clear (LscUsageMeter *self);
/* How many processes run at once; before the first of them. */
void lsc_usage_meter_set_n_at_once (LscUsageMeter *self, guint n_at_once);
void lsc_usage_meter_add_begin (LscUsageMeter *self, const LscWireChild *child);
void lsc_usage_meter_add_end (LscUsageMeter *self, const LscWireChild *child);
void lsc_usage_meter_add_calls (LscUsageMeter *self, guint64 n_calls, guint64 calls_ns);
/* What is known now; without the tasks' times. */
LscRunUsage lsc_usage_meter_get (const LscUsageMeter *self);

/* Nothing is known. */
void lsc_run_usage_init (LscRunUsage *usage);
/* From the tasks: the first one's start and the last one's end, CLOCK_MONOTONIC; -1: none. */
void lsc_run_usage_set_tasks (LscRunUsage *usage, gint64 first_start_ns, gint64 last_end_ns);
/* Of a pool of processes that one of ours has below it: each has told its own peak on its lane, and
 * wait4 knows only the largest. */
void lsc_run_usage_set_pool (LscRunUsage *usage, LscRecording *recording, guint n_at_once);

G_END_DECLS

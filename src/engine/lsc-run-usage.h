/* lsc-run-usage.h: what a run took: times, memory, switches and faults.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times of the clock are the launcher's and the workers' own, read where something happens, not
 * where it is heard of. Nothing is subtracted from any of them.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sums over all processes that the launcher started, as wait4 tells; with those that they had
 * waited for themselves and, in a measured run, what they left behind. -1: unknown. */
typedef struct
{
  gint64 begin_ns;    /* CLOCK_MONOTONIC: just before the launcher started the first process;
                         0: none, and then the next three are unknown */
  gint64 wall_ns;     /* from begin_ns to the last task's end */
  gint64 start_up_ns; /* from begin_ns to the first task's start */
  gint64 tasks_ns;    /* from the first task's start to the last task's end */

  gint64 user_ns;
  gint64 system_ns;
  gint64 peak_rss_bytes; /* of the largest process */
  gint64 sum_rss_bytes;  /* of as many of the largest as run at once, together */
  gint64 n_voluntary;    /* context switches */
  gint64 n_involuntary;
  gint64 n_minor_faults; /* of pages */
  gint64 n_major_faults;

  guint64 n_calls;  /* as the tasks tell; 0: they don't, as commands */
  gint64  calls_ns; /* what these took, summed */
} LscRunUsage;

G_END_DECLS

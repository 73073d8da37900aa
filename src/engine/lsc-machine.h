/* lsc-machine.h: the machine that runs are made on, and what else goes on there.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any thread. A few small files of /proc, /sys and /etc are read: quick, and no question to
 * anybody. What they do not say is unknown.
 */

#pragma once

#include "lsc-conditions.h"

G_BEGIN_DECLS

/* What the machine is, and its load now. What is only known later stays unknown: the load after,
 * the pressure and the steal, see below; and Python's version, which a run knows. */
LscConditions *lsc_machine_read_conditions (void) G_GNUC_WARN_UNUSED_RESULT;

/* How far some of the kernel's accounts were; a plain value. */
typedef struct
{
  gint64 time_ns;     /* CLOCK_MONOTONIC */
  gint64 pressure_ns; /* in which something waited for a core; -1 unknown, as all below */
  gint64 steal_ticks; /* that other guests of the host took, of all cores */
  gint64 all_ticks;
} LscMachineMark;

LscMachineMark lsc_machine_mark (void);
/* What went on since `begin`: sets the load after, the pressure and the steal. As often as wanted.
 * Of the pressure the runs themselves are a part, when more of their threads wanted to run than
 * there are cores. */
void lsc_machine_measure_since (const LscMachineMark *begin, LscConditions *conditions);

G_END_DECLS

/* lsc-timed-program.h: how long a program takes, from before its start to its end.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For benchmarks of the statistics alone: no launcher, no run, nothing of Lanescope in between.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `argv` begins with a path. What fails ends the benchmark with a message. */
double lsc_time_program (const char *const *argv);
/* How many steps of lsc-spin take so long, beyond what its start takes. */
guint64 lsc_calibrate_spin (const char *spin, double duration_ns);

G_END_DECLS

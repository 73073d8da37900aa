/* lsc-profiled-programs.h: how long programs take, as a profile says.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread, with LSC_PROGRAM_DIR set; waits until the profile is whole.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A profile with one cell for each command, so many rounds and no fewer. Cell i's time in round r
 * is times[i * n_rounds + r]. What fails ends the benchmark with a message. */
void lsc_profile_programs (const char *const *commands,
                           guint              n_commands,
                           guint              n_rounds,
                           guint64            seed,
                           double            *times);

G_END_DECLS

/* lsc-window-stretches.h: for how long the window's thread was busy at a time.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Everything between two polls of the main loop is one busy stretch.
 */

#pragma once

#include <glib.h>

/* From here on; before the first stage. */
void stretches_init (void);
/* Prints what the stage that ends took, and begins the next: its name, then figures, each with its
 * unit. NULL: it is not of interest. */
void stretches_end_stage (const char *name);

/* lsc-window-driver.h: the real window, driven by its actions.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <time.h>

#include "lsc-application.h"
#include "lsc-window-private.h"

/* NULL with a message on standard error. Call it before anything else. */
LscApplication *driver_start (void) G_GNUC_WARN_UNUSED_RESULT;
/* Opens the window; borrowed. */
LscWindow *driver_open_window (LscApplication *application);
/* The main loop turns so long. */
void   driver_pump (guint ms);
void   driver_act (LscWindow *window, const char *name, GVariant *parameter);
gint64 driver_read_clock_ns (clockid_t clock);

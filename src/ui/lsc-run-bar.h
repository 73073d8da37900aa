/* lsc-run-bar.h: how to run a workload: modes, workers, inputs, Run.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Its buttons activate win.run, win.stop, win.terminate and
 * win.measure.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-session.h"

G_BEGIN_DECLS

#define LSC_TYPE_RUN_BAR (lsc_run_bar_get_type ())
G_DECLARE_FINAL_TYPE (LscRunBar, lsc_run_bar, LSC, RUN_BAR, GtkWidget)

/* Signal "failed" (const char *message). */

void lsc_run_bar_set_session (LscRunBar *self, LscSession *session);
/* What keeps this workload from being run just now, such as another one's run; NULL: nothing. */
void lsc_run_bar_set_blocker (LscRunBar *self, const char *reason);
/* Opens the form. */
void lsc_run_bar_edit_inputs (LscRunBar *self);

G_END_DECLS

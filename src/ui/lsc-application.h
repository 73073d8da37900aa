/* lsc-application.h: the program: its actions, its settings, its one window.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LSC_TYPE_APPLICATION (lsc_application_get_type ())
G_DECLARE_FINAL_TYPE (LscApplication, lsc_application, LSC, APPLICATION, AdwApplication)

LscApplication *lsc_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* How the whole process holds on to memory; before anything else is done. */
void lsc_application_keep_frame_memory (void);

G_END_DECLS

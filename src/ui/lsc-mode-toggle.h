/* lsc-mode-toggle.h: a pill that chooses a mode; its dot has the mode's colour.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-executor-kind.h"

G_BEGIN_DECLS

#define LSC_TYPE_MODE_TOGGLE (lsc_mode_toggle_get_type ())
G_DECLARE_FINAL_TYPE (LscModeToggle, lsc_mode_toggle, LSC, MODE_TOGGLE, GtkToggleButton)

GtkWidget      *lsc_mode_toggle_new (LscExecutorKind kind) G_GNUC_WARN_UNUSED_RESULT;
LscExecutorKind lsc_mode_toggle_get_kind (LscModeToggle *self);
/* NULL: it can be chosen; else why not. */
void lsc_mode_toggle_set_why_not (LscModeToggle *self, const char *why_not);

G_END_DECLS

/* lsc-command-preview.h: the words that a command would be executed with, each for itself.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Executes nothing; looks for the program on PATH.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-settings.h"

G_BEGIN_DECLS

#define LSC_TYPE_COMMAND_PREVIEW (lsc_command_preview_get_type ())
G_DECLARE_FINAL_TYPE (LscCommandPreview, lsc_command_preview, LSC, COMMAND_PREVIEW, GtkWidget)

/* `input`: the first one; NULL: {} stands for it. Hides itself when there is no command. */
void lsc_command_preview_show (LscCommandPreview *self, LscSettings *settings, const char *input);

G_END_DECLS

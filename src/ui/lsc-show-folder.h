/* lsc-show-folder.h: the folder that a file is in, in the desktop's file manager.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void lsc_show_folder (GtkWindow *window, const char *path);

G_END_DECLS

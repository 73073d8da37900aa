/* lsc-output-lines.h: how a line of the output looks.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For a list of LscOutputRow. */
GtkListItemFactory *lsc_output_lines_factory_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* lsc-output-save.h: asks for a file and saves the output there.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-output-query.h"

G_BEGIN_DECLS

/* What the query shows. Says how it went: with a toast of the window that `widget` is in, or a
 * dialog when it failed. */
void lsc_output_save (GtkWidget            *widget,
                      LscOutputStore       *store,
                      LscTaskTable         *tasks,
                      const LscOutputQuery *query);

G_END_DECLS

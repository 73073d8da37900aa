/* lsc-file-chooser.h: the desktop's dialog for choosing a file.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As GTK's, but that it says so where there is none: in a sandbox it belongs to the portals, and
 * without them nothing is to be seen.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* In the order of gtk_file_chooser_native_new(); `parent` and `accept` are nullable. */
GtkFileChooserNative *lsc_file_chooser_new (const char          *title,
                                            GtkWindow           *parent,
                                            GtkFileChooserAction action,
                                            const char          *accept) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

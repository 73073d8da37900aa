/* lsc-save-dialog.h: asks for a file that something of a page is saved to, and says how it went.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* `data` lives as long as the dialog does. */
typedef void (*LscSaveFunc) (GtkWidget *widget, GFile *file, gpointer data);

/* In front of the window that `widget` is in. Calls `save` when a file was chosen; takes `data`. */
void lsc_save_dialog_show (GtkWidget     *widget,
                           const char    *title,
                           const char    *file_name,
                           LscSaveFunc    save,
                           gpointer       data,
                           GDestroyNotify free_data);
/* Of files that end in `suffix` ("csv"). */
void lsc_save_dialog_add_filter (GtkFileChooser *chooser, const char *name, const char *suffix);
/* With a toast of the window that `widget` is in, or with a dialog when there was an error. */
void lsc_save_dialog_say (GtkWidget    *widget,
                          const char   *saved,
                          const char   *not_saved,
                          const GError *error);

G_END_DECLS

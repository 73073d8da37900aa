/* lsc-sidebar.h: the list of workloads and opened files, with a search.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-catalogue.h"
#include "lsc-opened-file.h"

G_BEGIN_DECLS

#define LSC_TYPE_SIDEBAR (lsc_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (LscSidebar, lsc_sidebar, LSC, SIDEBAR, GtkWidget)

/* Signals, of what the user does:
 *   "chosen"      (LscWorkload *workload)
 *   "file-chosen" (LscOpenedFile *opened)
 *   "file-closed" (LscOpenedFile *opened)
 */

void lsc_sidebar_set_catalogue (LscSidebar *self, LscCatalogue *catalogue);
/* A list of LscOpenedFile, all of one group; after the catalogue, and those that were added. */
void lsc_sidebar_add_files (LscSidebar *self, GListModel *files);
/* A workload or a file. Brings the list in line; emits nothing. */
void lsc_sidebar_select (LscSidebar *self, GObject *item);
/* Shows that its run goes on; NULL for none. */
void lsc_sidebar_set_running (LscSidebar *self, LscWorkload *workload);
/* The run goes on, and nothing moves to show it: that would take from what is measured. */
void lsc_sidebar_set_still (LscSidebar *self, gboolean is_still);
void lsc_sidebar_focus_search (LscSidebar *self);

G_END_DECLS

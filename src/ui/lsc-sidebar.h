/* lsc-sidebar.h: the list of workloads and opened recordings, with a search.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-catalogue.h"
#include "lsc-opened-recording.h"

G_BEGIN_DECLS

#define LSC_TYPE_SIDEBAR (lsc_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (LscSidebar, lsc_sidebar, LSC, SIDEBAR, GtkWidget)

/* Signals, of what the user does:
 *   "chosen"           (LscWorkload *workload)
 *   "recording-chosen" (LscOpenedRecording *opened)
 *   "recording-closed" (LscOpenedRecording *opened)
 */

void lsc_sidebar_set_catalogue (LscSidebar *self, LscCatalogue *catalogue);
/* A list of LscOpenedRecording; once. */
void lsc_sidebar_set_recordings (LscSidebar *self, GListModel *recordings);
/* A workload or a recording. Brings the list in line; emits nothing. */
void lsc_sidebar_select (LscSidebar *self, GObject *item);
/* Shows that its run goes on; NULL for none. */
void lsc_sidebar_set_running (LscSidebar *self, LscWorkload *workload);
void lsc_sidebar_focus_search (LscSidebar *self);

G_END_DECLS

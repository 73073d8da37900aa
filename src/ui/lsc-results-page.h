/* lsc-results-page.h: the results, in input order, of one of the modes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. A million rows stay smooth: a list model that makes a row's
 * object when it is looked at, and a thread that searches and sorts.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-scene.h"
#include "lsc-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_RESULTS_PAGE (lsc_results_page_get_type ())
G_DECLARE_FINAL_TYPE (LscResultsPage, lsc_results_page, LSC, RESULTS_PAGE, GtkWidget)

/* Signals, for whoever has the other pages:
 *   "task-activated" (guint strip, guint task): where is it on the timeline?
 *   "task-output" (guint strip, guint task): what did it print?
 */

LscResultsPage *lsc_results_page_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* The strips are the modes to choose from. Nullable. */
void lsc_results_page_set_scene (LscResultsPage *self,
                                 LscScene       *scene,
                                 LscWorkload    *workload,
                                 LscSettings    *settings);
/* Strips were added or tasks have ended; at most a few times a second. */
void lsc_results_page_scene_changed (LscResultsPage *self);

G_END_DECLS

/* lsc-inspector.h: the panel at the side: everything about what has the focus, on the timeline
 * or among the measurements.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-measurements-page.h"
#include "lsc-timeline.h"
#include "lsc-workload.h"

G_BEGIN_DECLS

#define LSC_TYPE_INSPECTOR (lsc_inspector_get_type ())
G_DECLARE_FINAL_TYPE (LscInspector, lsc_inspector, LSC, INSPECTOR, GtkWidget)

LscInspector *lsc_inspector_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Follows the timeline's focus. */
void lsc_inspector_set_timeline (LscInspector *self, LscTimeline *timeline);
/* Follows the page's focus while measurements are what is looked at. */
void lsc_inspector_set_measurements (LscInspector *self, LscMeasurementsPage *page);
void lsc_inspector_show_measurements (LscInspector *self, gboolean are_shown);
/* Times have moved on, strips were added, or a run has ended. */
void lsc_inspector_scene_changed (LscInspector *self);
/* To put a result into words; nullable. */
void lsc_inspector_set_workload (LscInspector *self, LscWorkload *workload, LscSettings *settings);

G_END_DECLS

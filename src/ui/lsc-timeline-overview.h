/* lsc-timeline-overview.h: the whole run, small, with what is in view marked on it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. A child of the timeline: has a picture of its own that is made
 * anew about 4 times a second while live.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-scene.h"
#include "lsc-theme.h"

G_BEGIN_DECLS

#define LSC_TYPE_TIMELINE_OVERVIEW (lsc_timeline_overview_get_type ())
G_DECLARE_FINAL_TYPE (LscTimelineOverview, lsc_timeline_overview, LSC, TIMELINE_OVERVIEW, GtkWidget)

/* Signal "picked" (gint64 from_ns, gint64 to_ns): the user wants to see that. */

LscTimelineOverview *lsc_timeline_overview_new (void) G_GNUC_WARN_UNUSED_RESULT;

void lsc_timeline_overview_set_scene (LscTimelineOverview *self, LscScene *scene);
void lsc_timeline_overview_set_theme (LscTimelineOverview *self, const LscTheme *theme);
/* Where time is drawn within the widget. */
void lsc_timeline_overview_set_plot (LscTimelineOverview *self, double x, double width);
void lsc_timeline_overview_set_view (LscTimelineOverview *self,
                                     gint64               from_ns,
                                     gint64               to_ns,
                                     gint64               scale_ns);
/* There is more in the scene. `live`: more will come. */
void lsc_timeline_overview_scene_changed (LscTimelineOverview *self, gboolean live);

G_END_DECLS

/* lsc-workload-page.h: the Timeline page: a question, how to run it, the answer, the lanes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-lane-actions.h"
#include "lsc-opened-recording.h"
#include "lsc-session.h"
#include "lsc-timeline.h"

G_BEGIN_DECLS

#define LSC_TYPE_WORKLOAD_PAGE (lsc_workload_page_get_type ())
G_DECLARE_FINAL_TYPE (LscWorkloadPage, lsc_workload_page, LSC, WORKLOAD_PAGE, GtkWidget)

/* Signal "failed" (const char *message). */

/* Nullable. Shows what the session has, also of a run that goes on. */
void lsc_workload_page_set_session (LscWorkloadPage *self, LscSession *session);
/* Shows it in place of a session, with what it is in place of the choices. */
void lsc_workload_page_set_recording (LscWorkloadPage *self, LscOpenedRecording *opened);
/* What keeps the workload from being run just now; NULL: nothing. */
void         lsc_workload_page_set_blocker (LscWorkloadPage *self, const char *reason);
LscTimeline *lsc_workload_page_get_timeline (LscWorkloadPage *self);
/* Of the lane that has the focus in it. */
LscLaneActions *lsc_workload_page_get_lane_actions (LscWorkloadPage *self);

G_END_DECLS

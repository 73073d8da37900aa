/* lsc-lane-actions.h: what the worker of the focused lane can be asked for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Actions for keys ("lane.stop", "lane.join", "lane.terminate"), and what menus and
 * buttons show of them. There are none on a recording, or when the run is over.
 */

#pragma once

#include <gio/gio.h>

#include "lsc-lane-request.h"
#include "lsc-session.h"
#include "lsc-timeline.h"

G_BEGIN_DECLS

#define LSC_TYPE_LANE_ACTIONS (lsc_lane_actions_get_type ())
G_DECLARE_FINAL_TYPE (LscLaneActions, lsc_lane_actions, LSC, LANE_ACTIONS, GObject)

/* Signals:
 *   "changed" (void)                 another lane has the focus, or other things can be asked
 *   "refused" (void)  a key was pressed in vain: lsc_lane_actions_can_ask() says why
 */

LscLaneActions *lsc_lane_actions_new (LscTimeline *timeline) G_GNUC_WARN_UNUSED_RESULT;

/* Whose runs the timeline shows; NULL: a recording's, or none. */
void lsc_lane_actions_set_session (LscLaneActions *self, LscSession *session);
/* For gtk_widget_insert_action_group(), as "lane". */
GActionGroup *lsc_lane_actions_get_group (LscLaneActions *self);

/* Whether a lane of a run that goes on has the focus. */
gboolean lsc_lane_actions_has_lane (LscLaneActions *self);
/* FALSE with the reason. */
gboolean
     lsc_lane_actions_can_ask (LscLaneActions *self, LscLaneRequest request, const char **why_not);
void lsc_lane_actions_ask (LscLaneActions *self, LscLaneRequest request);

G_END_DECLS

/* lsc-lane-menu.h: buttons for what a lane's worker can be asked, with why not below them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Stands below the inspector, and in a popover on the lane.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-lane-actions.h"

G_BEGIN_DECLS

#define LSC_TYPE_LANE_MENU (lsc_lane_menu_get_type ())
G_DECLARE_FINAL_TYPE (LscLaneMenu, lsc_lane_menu, LSC, LANE_MENU, GtkWidget)

/* Signal "asked" (void): a button was pressed. Hidden while there is no lane to ask. */

/* Nullable. */
void lsc_lane_menu_set_actions (LscLaneMenu *self, LscLaneActions *actions);

/* In a popover at a point of `parent`, which it leaves by itself. NULL: there is no lane to ask. */
GtkPopover *lsc_lane_menu_popup (LscLaneActions *actions, GtkWidget *parent, double x, double y);

G_END_DECLS

/* lsc-conditions-list.h: under which conditions a profile was measured.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. What the machine does not tell is said to be unknown.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-profile.h"

G_BEGIN_DECLS

#define LSC_TYPE_CONDITIONS_LIST (lsc_conditions_list_get_type ())
G_DECLARE_FINAL_TYPE (LscConditionsList, lsc_conditions_list, LSC, CONDITIONS_LIST, GtkWidget)

/* As it is now; not kept. */
void lsc_conditions_list_show (LscConditionsList *self, LscProfile *profile);

G_END_DECLS

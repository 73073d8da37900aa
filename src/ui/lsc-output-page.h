/* lsc-output-page.h: what the tasks printed, live.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-scene.h"

G_BEGIN_DECLS

#define LSC_TYPE_OUTPUT_PAGE (lsc_output_page_get_type ())
G_DECLARE_FINAL_TYPE (LscOutputPage, lsc_output_page, LSC, OUTPUT_PAGE, GtkWidget)

/* Signal "task-activated" (guint strip, guint task): where is it on the timeline? */

LscOutputPage *lsc_output_page_new (void) G_GNUC_WARN_UNUSED_RESULT;

void lsc_output_page_set_scene (LscOutputPage *self, LscScene *scene);
void lsc_output_page_scene_changed (LscOutputPage *self);
/* Only what this task printed, until the user wants to see more. */
void lsc_output_page_show_task (LscOutputPage *self, guint strip, guint task);

G_END_DECLS

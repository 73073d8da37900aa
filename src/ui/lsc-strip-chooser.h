/* lsc-strip-chooser.h: which of the modes a page is about.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. A row of linked buttons, in sight when there is a choice. Goes to
 * the newest mode by itself until the user has chosen one.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-scene.h"

G_BEGIN_DECLS

#define LSC_TYPE_STRIP_CHOOSER (lsc_strip_chooser_get_type ())
G_DECLARE_FINAL_TYPE (LscStripChooser, lsc_strip_chooser, LSC, STRIP_CHOOSER, GtkWidget)

/* Signal "changed" (void): another strip is chosen. */

void lsc_strip_chooser_set_scene (LscStripChooser *self, LscScene *scene);
/* There are more strips, or fewer. */
void lsc_strip_chooser_scene_changed (LscStripChooser *self);
/* As if the user had. */
void lsc_strip_chooser_choose (LscStripChooser *self, guint strip);
/* -1: there is none. */
gint lsc_strip_chooser_get_strip (LscStripChooser *self);
/* The chosen one's recording, borrowed; NULL: there is none. */
LscRecording *lsc_strip_chooser_get_recording (LscStripChooser *self);

G_END_DECLS

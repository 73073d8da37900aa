/* lsc-measure-form.h: what a user may choose about measuring: workers, rounds, time.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Follows a session's choices, and changes them at once.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-session.h"

G_BEGIN_DECLS

#define LSC_TYPE_MEASURE_FORM (lsc_measure_form_get_type ())
G_DECLARE_FINAL_TYPE (LscMeasureForm, lsc_measure_form, LSC, MEASURE_FORM, GtkWidget)

/* Nullable. */
void lsc_measure_form_set_session (LscMeasureForm *self, LscSession *session);

G_END_DECLS

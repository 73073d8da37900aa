/* lsc-measurements-page.h: a profile: the answer, its bars, its figures.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Shows what it is given; whoever made the profile chooses another reference or
 * baseline when the user asks for it.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-bars.h"
#include "lsc-report.h"

G_BEGIN_DECLS

#define LSC_TYPE_MEASUREMENTS_PAGE (lsc_measurements_page_get_type ())
G_DECLARE_FINAL_TYPE (LscMeasurementsPage, lsc_measurements_page, LSC, MEASUREMENTS_PAGE, GtkWidget)

/* Property "columns" (GStrv): those of the table; empty: the usual ones.
 * Signals:
 *   "cell-activated"   (guint cell)  to the timeline of its watched run
 *   "reference-chosen" (guint cell)  the others are to be compared with this one
 *   "focus-changed"                  another bar or row is meant, or its figures are others
 * Expects the actions win.measure, .stop, .close-recording, .use-baseline, .open-baseline,
 * .keep-baseline and .remove-baseline of its window. */

LscMeasurementsPage *lsc_measurements_page_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* For every sample: drawn at most 10 times a second, and only when it is seen. `report` is of
 * `profile` as it is now. Both NULL: nothing was measured yet. */
void        lsc_measurements_page_set_profile (LscMeasurementsPage *self,
                                               LscProfile          *profile,
                                               LscReport           *report);
LscProfile *lsc_measurements_page_get_profile (LscMeasurementsPage *self);

/* An older profile that the shown one is compared with, and what it is called ("kept on 24 November
 * 2026"); NULL: none. */
void
lsc_measurements_page_set_baseline (LscMeasurementsPage *self, LscProfile *old, const char *name);
/* The profile is from a file: its name, and what else is known of it; NULL: it is not. */
void
lsc_measurements_page_set_file (LscMeasurementsPage *self, const char *name, const char *facts);
/* While measuring goes on: how far it is, in words, and from 0 to 1; NULL: it does not. */
void
lsc_measurements_page_set_progress (LscMeasurementsPage *self, const char *text, double fraction);
/* `when`: of which time the figures are, where the timeline is of another run; `why_not`: why
 * nothing can be measured now. Both nullable. */
void
lsc_measurements_page_set_words (LscMeasurementsPage *self, const char *when, const char *why_not);
/* All there is to say about the bar or row that has the focus, or about all of them in short; as
 * lsc_inspector_facts_new(). */
GPtrArray *lsc_measurements_page_make_facts (LscMeasurementsPage *self) G_GNUC_WARN_UNUSED_RESULT;
/* Something has the focus, and was measured here: its timeline can be asked for. */
gboolean lsc_measurements_page_has_timeline (LscMeasurementsPage *self);
/* Asks for it. */
void lsc_measurements_page_activate_focus (LscMeasurementsPage *self);
/* What the picture shows, for one that is exported. */
void lsc_measurements_page_get_request (LscMeasurementsPage *self, LscBarsRequest *request);

G_END_DECLS

/* lsc-timeline-item.h: what a screen reader sees of a row of the timeline.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Draws nothing and takes no clicks; has a role, a label, the
 * keyboard's focus. Stands for another row after scrolling.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LSC_TYPE_TIMELINE_ITEM (lsc_timeline_item_get_type ())
G_DECLARE_FINAL_TYPE (LscTimelineItem, lsc_timeline_item, LSC, TIMELINE_ITEM, GtkWidget)

/* Signal "picked" (void): an assistive technology wants the row to have the focus.
 * Widget actions: item.pick. */

LscTimelineItem *lsc_timeline_item_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Index of the row in the layout. */
void  lsc_timeline_item_set_row (LscTimelineItem *self, guint row);
guint lsc_timeline_item_get_row (LscTimelineItem *self);
/* Tells when they are other ones. `description` is nullable. */
void lsc_timeline_item_set_text (LscTimelineItem *self, const char *label, const char *description);
const char *lsc_timeline_item_get_label (LscTimelineItem *self);

G_END_DECLS

/* lsc-timeline.h: the widget that shows a scene, live, and moves about in it.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Draws only when something changed.
 */

#pragma once

#include <gtk/gtk.h>

#include "lsc-scene.h"
#include "lsc-timeline-painter.h"

G_BEGIN_DECLS

/* What has the focus: a lane, a span on it, a range of time. */
typedef struct
{
  gint       strip; /* -1: nothing */
  LscLane   *lane;  /* NULL: the strip itself, or a row that stands for several lanes */
  LscRowKind head;  /* LSC_ROW_REST, LSC_ROW_CORES: such a row; else LSC_ROW_STRIP */
  gboolean   has_span;
  LscSpan    span;
  gint64     range_from_ns; /* equal: no range */
  gint64     range_to_ns;
} LscTimelineFocus;

#define LSC_TYPE_TIMELINE (lsc_timeline_get_type ())
G_DECLARE_FINAL_TYPE (LscTimeline, lsc_timeline, LSC, TIMELINE, GtkWidget)

/* Properties: "follow" (gboolean): the view keeps up with the live edge; "text-scale" (double):
 * projector mode; "lens" (gboolean): a short stretch is magnified where the pointer or the focus
 * is; "shows-curves" (gboolean): rows with what each process used, also in pictures of the scene.
 * Signals "focus-changed" (void), and "menu" (double x, double y): the lane that
 * has the focus wants one. Keys for the actions lane.stop, .join and .terminate, which others have.
 * Widget actions: timeline.zoom-in, .zoom-out, .fit, .fit-selection, .follow, .pan-left,
 * .pan-right, .lens, .next-hand-off, .previous-hand-off. */

LscTimeline *lsc_timeline_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Keeps a reference. NULL: empty. Resets the view. */
void      lsc_timeline_set_scene (LscTimeline *self, LscScene *scene);
LscScene *lsc_timeline_get_scene (LscTimeline *self);
/* Strips were added, or their now_ns moved on: lays out again and draws. Cheap; call at most once a
 * frame. */
void lsc_timeline_scene_changed (LscTimeline *self);

void     lsc_timeline_zoom (LscTimeline *self, double factor, double x_px);
void     lsc_timeline_fit (LscTimeline *self);
void     lsc_timeline_show_range (LscTimeline *self, gint64 from_ns, gint64 to_ns);
gboolean lsc_timeline_get_follow (LscTimeline *self);
void     lsc_timeline_set_follow (LscTimeline *self, gboolean follow);

void lsc_timeline_get_focus (LscTimeline *self, LscTimelineFocus *focus);
/* Emits "menu" where the lane is that has the focus; FALSE: none has. */
gboolean lsc_timeline_open_menu (LscTimeline *self);
/* Puts the focus on a task's span, and shows it. FALSE: it is not on the timeline. */
gboolean lsc_timeline_focus_task (LscTimeline *self, guint strip, guint task);
/* Puts the focus on a strip's head, and shows all of it. FALSE: there is none. */
gboolean lsc_timeline_focus_strip (LscTimeline *self, guint strip);
void     lsc_timeline_set_lens (LscTimeline *self, gboolean is_on);
/* Shows where one thread took over from another: the next time after what has the focus or was
 * shown last (`step` 1), or the last before (-1). FALSE: there is none that was seen. */
gboolean lsc_timeline_go_to_hand_off (LscTimeline *self, int step);
/* What is on the screen: for "as on the screen" pictures. */
void lsc_timeline_get_view (LscTimeline *self, LscTimelineView *view);

G_END_DECLS

/* lsc-timeline-zoom.h: which part of the time is in view, as numbers.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure functions on a small struct: no widgets, no scene.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Nobody needs to see less than a microsecond from edge to edge. */
#define LSC_TIMELINE_ZOOM_MIN_NS G_GINT64_CONSTANT (1000)

typedef struct
{
  gint64   from_ns;
  gint64   to_ns;
  gint64   scale_ns; /* what the whole is: everything up to now, and room to grow while live */
  gboolean whole;    /* all of it is in view, and stays so */
  gboolean follow;   /* keep the live edge in view */
} LscTimelineZoom;

void lsc_timeline_zoom_init (LscTimelineZoom *self);

/* Time went on. `whole_ns`: what a view of everything has to span; `live_ns`: the edge that
 * moves, -1 when nothing does. TRUE when the view is another one.
 * While live the whole grows in steps, and a part is followed in pages: both leave most
 * frames with the same scale, so that little has to be drawn again. */
gboolean lsc_timeline_zoom_update (LscTimelineZoom *self, gint64 whole_ns, gint64 live_ns);

/* `factor` > 1 shows less time; what is at `anchor_ns` stays where it is. */
void lsc_timeline_zoom_by (LscTimelineZoom *self, double factor, gint64 anchor_ns);
void lsc_timeline_zoom_pan (LscTimelineZoom *self, gint64 delta_ns);
void lsc_timeline_zoom_fit (LscTimelineZoom *self);
/* That range and a little around it. */
void lsc_timeline_zoom_show (LscTimelineZoom *self, gint64 from_ns, gint64 to_ns);
/* As little panning as needed to have the time in view. */
void lsc_timeline_zoom_reveal (LscTimelineZoom *self, gint64 from_ns, gint64 to_ns);

gint64 lsc_timeline_zoom_get_span_ns (const LscTimelineZoom *self);

G_END_DECLS

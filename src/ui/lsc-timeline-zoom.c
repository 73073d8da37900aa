/* lsc-timeline-zoom.c: which part of the time is in view, as numbers.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-zoom.h"

#include "lsc-clock.h"

/* Beyond this share of the view the live edge turns the page. */
#define PAGE_AT 0.95
/* Where it is on the new page. */
#define PAGE_TO 0.75
/* How much the whole grows at once. */
#define GROW_BY 1.5
/* What a run that has just begun is shown in. */
#define FIRST_SCALE_NS LSC_NS_PER_S
/* Beside a range that is brought into view. */
#define MARGIN 0.04

void
lsc_timeline_zoom_init (LscTimelineZoom *self)
{
  *self = (LscTimelineZoom){
    .from_ns = 0,
    .to_ns = FIRST_SCALE_NS,
    .scale_ns = FIRST_SCALE_NS,
    .whole = TRUE,
    .follow = TRUE,
  };
}

gint64
lsc_timeline_zoom_get_span_ns (const LscTimelineZoom *self)
{
  return self->to_ns - self->from_ns;
}

/* Moves the view into [0, scale] and narrows it to that. */
static void
clamp (LscTimelineZoom *self)
{
  gint64 span_ns = CLAMP (self->to_ns - self->from_ns, LSC_TIMELINE_ZOOM_MIN_NS, self->scale_ns);

  self->from_ns = CLAMP (self->from_ns, 0, self->scale_ns - span_ns);
  self->to_ns = self->from_ns + span_ns;
}

static void
turn_page (LscTimelineZoom *self, gint64 live_ns)
{
  gint64 span_ns = self->to_ns - self->from_ns;

  if (live_ns >= self->from_ns && live_ns <= self->from_ns + (gint64)(span_ns * PAGE_AT))
    return;

  self->from_ns = MAX (live_ns - (gint64)(span_ns * PAGE_TO), 0);
  self->to_ns = self->from_ns + span_ns;
  /* The page ends where nothing is yet. */
  self->scale_ns = MAX (self->scale_ns, self->to_ns);
}

gboolean
lsc_timeline_zoom_update (LscTimelineZoom *self, gint64 whole_ns, gint64 live_ns)
{
  LscTimelineZoom before = *self;

  whole_ns = MAX (whole_ns, LSC_TIMELINE_ZOOM_MIN_NS);
  if (live_ns < 0)
    self->scale_ns = whole_ns;
  else if (live_ns > self->scale_ns * PAGE_AT)
    self->scale_ns = MAX (self->scale_ns, live_ns) * GROW_BY;
  self->scale_ns = MAX (self->scale_ns, live_ns < 0 ? whole_ns : MAX (whole_ns, FIRST_SCALE_NS));

  if (self->whole)
    lsc_timeline_zoom_fit (self);
  else if (self->follow && live_ns >= 0)
    turn_page (self, live_ns);
  clamp (self);

  return before.from_ns != self->from_ns || before.to_ns != self->to_ns ||
         before.scale_ns != self->scale_ns;
}

void
lsc_timeline_zoom_by (LscTimelineZoom *self, double factor, gint64 anchor_ns)
{
  double span_ns = self->to_ns - self->from_ns;
  double share;
  double new_span_ns;

  g_return_if_fail (factor > 0);

  anchor_ns = CLAMP (anchor_ns, self->from_ns, self->to_ns);
  share = (anchor_ns - self->from_ns) / span_ns;
  new_span_ns = MAX (span_ns / factor, (double)LSC_TIMELINE_ZOOM_MIN_NS);
  if (new_span_ns >= self->scale_ns)
    {
      lsc_timeline_zoom_fit (self);
      return;
    }

  self->whole = FALSE;
  self->from_ns = anchor_ns - (gint64)(new_span_ns * share + 0.5);
  self->to_ns = self->from_ns + (gint64)new_span_ns;
  clamp (self);
}

void
lsc_timeline_zoom_pan (LscTimelineZoom *self, gint64 delta_ns)
{
  gint64 span_ns = self->to_ns - self->from_ns;

  /* Before adding: a wild swipe must not overflow. */
  delta_ns = CLAMP (delta_ns, -self->scale_ns, self->scale_ns);
  self->from_ns += delta_ns;
  self->to_ns = self->from_ns + span_ns;
  clamp (self);
}

void
lsc_timeline_zoom_fit (LscTimelineZoom *self)
{
  self->whole = TRUE;
  self->from_ns = 0;
  self->to_ns = self->scale_ns;
}

void
lsc_timeline_zoom_show (LscTimelineZoom *self, gint64 from_ns, gint64 to_ns)
{
  gint64 span_ns = MAX (to_ns - from_ns, LSC_TIMELINE_ZOOM_MIN_NS / 2);
  gint64 margin_ns = MAX ((gint64)(span_ns * MARGIN), 1);

  if (span_ns >= self->scale_ns)
    {
      lsc_timeline_zoom_fit (self);
      return;
    }
  self->whole = FALSE;
  self->from_ns = from_ns - margin_ns;
  self->to_ns = from_ns + span_ns + margin_ns;
  clamp (self);
}

void
lsc_timeline_zoom_reveal (LscTimelineZoom *self, gint64 from_ns, gint64 to_ns)
{
  gint64 span_ns = self->to_ns - self->from_ns;
  gint64 margin_ns = span_ns * MARGIN;

  if (from_ns >= self->from_ns && to_ns <= self->to_ns)
    return;
  /* Longer than the view: its beginning is what counts. */
  if (from_ns < self->from_ns || to_ns - from_ns > span_ns)
    self->from_ns = from_ns - margin_ns;
  else
    self->from_ns = to_ns + margin_ns - span_ns;
  self->to_ns = self->from_ns + span_ns;
  clamp (self);
}

/* test-timeline-zoom.c: which part of the time is in view.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib.h>

#include "lsc-clock.h"
#include "lsc-timeline-zoom.h"

#define S LSC_NS_PER_S

/* A finished run of ten seconds, all in view. */
static LscTimelineZoom
make_whole (void)
{
  LscTimelineZoom zoom;

  lsc_timeline_zoom_init (&zoom);
  lsc_timeline_zoom_update (&zoom, 10 * S, -1);
  return zoom;
}

static void
test_whole (void)
{
  LscTimelineZoom zoom = make_whole ();

  g_assert_cmpint (zoom.from_ns, ==, 0);
  g_assert_cmpint (zoom.to_ns, ==, 10 * S);
  g_assert_true (zoom.whole);
  g_assert_false (lsc_timeline_zoom_update (&zoom, 10 * S, -1));
}

static void
test_zoom_keeps_anchor (void)
{
  LscTimelineZoom zoom = make_whole ();

  /* 4 s is at 40 % of the width, and stays there. */
  lsc_timeline_zoom_by (&zoom, 2, 4 * S);
  g_assert_false (zoom.whole);
  g_assert_cmpint (zoom.from_ns, ==, 2 * S);
  g_assert_cmpint (zoom.to_ns, ==, 7 * S);

  lsc_timeline_zoom_by (&zoom, 5, 2 * S);
  g_assert_cmpint (zoom.from_ns, ==, 2 * S);
  g_assert_cmpint (zoom.to_ns, ==, 3 * S);

  /* There and back again. */
  lsc_timeline_zoom_by (&zoom, 1 / 5.0, 2 * S);
  g_assert_cmpint (zoom.from_ns, ==, 2 * S);
  g_assert_cmpint (zoom.to_ns, ==, 7 * S);
}

static void
test_zoom_limits (void)
{
  LscTimelineZoom zoom = make_whole ();

  for (guint i = 0; i < 200; i++)
    {
      lsc_timeline_zoom_by (&zoom, 1.5, 3333333333);
      g_assert_cmpint (zoom.from_ns, <=, 3333333333);
      g_assert_cmpint (zoom.to_ns, >=, 3333333333);
    }
  g_assert_cmpint (lsc_timeline_zoom_get_span_ns (&zoom), ==, LSC_TIMELINE_ZOOM_MIN_NS);

  for (guint i = 0; i < 200; i++)
    lsc_timeline_zoom_by (&zoom, 1 / 1.5, 3333333333);
  g_assert_true (zoom.whole);
  g_assert_cmpint (zoom.from_ns, ==, 0);
  g_assert_cmpint (zoom.to_ns, ==, 10 * S);
}

static void
test_zoom_at_edge (void)
{
  LscTimelineZoom zoom = make_whole ();

  /* Out at the right edge: no emptiness behind the end. */
  lsc_timeline_zoom_by (&zoom, 10, 10 * S);
  g_assert_cmpint (zoom.from_ns, ==, 9 * S);
  lsc_timeline_zoom_by (&zoom, 0.5, 9 * S);
  g_assert_cmpint (zoom.from_ns, ==, 8 * S);
  g_assert_cmpint (zoom.to_ns, ==, 10 * S);
}

static void
test_pan (void)
{
  LscTimelineZoom zoom = make_whole ();

  lsc_timeline_zoom_show (&zoom, 4 * S, 5 * S);
  lsc_timeline_zoom_pan (&zoom, S);
  g_assert_cmpint (lsc_timeline_zoom_get_span_ns (&zoom), ==, S + 2 * (S / 25));
  g_assert_cmpint (zoom.from_ns, ==, 5 * S - S / 25);

  lsc_timeline_zoom_pan (&zoom, 100 * S);
  g_assert_cmpint (zoom.to_ns, ==, 10 * S);
  lsc_timeline_zoom_pan (&zoom, G_MININT64);
  g_assert_cmpint (zoom.from_ns, ==, 0);
  g_assert_cmpint (lsc_timeline_zoom_get_span_ns (&zoom), ==, S + 2 * (S / 25));
}

static void
test_show (void)
{
  LscTimelineZoom zoom = make_whole ();

  lsc_timeline_zoom_show (&zoom, 2 * S, 4 * S);
  g_assert_cmpint (zoom.from_ns, <, 2 * S);
  g_assert_cmpint (zoom.to_ns, >, 4 * S);
  g_assert_cmpint (lsc_timeline_zoom_get_span_ns (&zoom), <, 3 * S);

  /* A span of no length is still shown somewhere. */
  lsc_timeline_zoom_show (&zoom, 5 * S, 5 * S);
  g_assert_cmpint (lsc_timeline_zoom_get_span_ns (&zoom), ==, LSC_TIMELINE_ZOOM_MIN_NS);
  g_assert_cmpint (ABS (zoom.from_ns - 5 * S), <=, LSC_TIMELINE_ZOOM_MIN_NS);

  lsc_timeline_zoom_show (&zoom, 0, 10 * S);
  g_assert_true (zoom.whole);
}

static void
test_reveal (void)
{
  LscTimelineZoom zoom = make_whole ();
  LscTimelineZoom before;

  lsc_timeline_zoom_show (&zoom, 4 * S, 5 * S);
  before = zoom;
  lsc_timeline_zoom_reveal (&zoom, 4 * S + S / 2, 5 * S);
  g_assert_cmpint (zoom.from_ns, ==, before.from_ns);

  lsc_timeline_zoom_reveal (&zoom, 7 * S, 7 * S + S / 2);
  g_assert_cmpint (zoom.from_ns, <, 7 * S);
  g_assert_cmpint (zoom.to_ns, >, 7 * S + S / 2);
  g_assert_cmpint (zoom.to_ns, <, 8 * S);

  lsc_timeline_zoom_reveal (&zoom, 1 * S, 1 * S + S / 2);
  g_assert_cmpint (zoom.from_ns, <, 1 * S);
  g_assert_cmpint (zoom.from_ns, >, 0);

  /* Longer than the view: its beginning. */
  lsc_timeline_zoom_reveal (&zoom, 3 * S, 9 * S);
  g_assert_cmpint (zoom.from_ns, <=, 3 * S);
  g_assert_cmpint (zoom.to_ns, >, 3 * S);
}

/* While everything is in view the scale stays for most frames. */
static void
test_grows_in_steps (void)
{
  LscTimelineZoom zoom;
  guint           n_changes = 0;

  lsc_timeline_zoom_init (&zoom);
  for (gint64 now_ns = 0; now_ns <= 10 * S; now_ns += S / 50)
    {
      if (lsc_timeline_zoom_update (&zoom, now_ns, now_ns))
        n_changes++;
      g_assert_cmpint (zoom.from_ns, ==, 0);
      g_assert_cmpint (zoom.to_ns, >, now_ns);
    }
  /* 1, 1.5, 2.25, ...: ln 10 / ln 1.5 = 5.7 steps */
  g_assert_cmpuint (n_changes, >=, 5);
  g_assert_cmpuint (n_changes, <=, 7);

  /* At the end it fits what there is. */
  g_assert_true (lsc_timeline_zoom_update (&zoom, 10 * S, -1));
  g_assert_cmpint (zoom.to_ns, ==, 10 * S);
}

static void
test_follows_in_pages (void)
{
  LscTimelineZoom zoom;
  guint           n_changes = 0;
  gint64          span_ns;

  lsc_timeline_zoom_init (&zoom);
  lsc_timeline_zoom_update (&zoom, 4 * S, 4 * S);
  lsc_timeline_zoom_by (&zoom, 8, 4 * S);
  span_ns = lsc_timeline_zoom_get_span_ns (&zoom);
  for (gint64 now_ns = 4 * S; now_ns <= 8 * S; now_ns += S / 50)
    {
      gint64 from_ns = zoom.from_ns;

      lsc_timeline_zoom_update (&zoom, now_ns, now_ns);
      n_changes += from_ns != zoom.from_ns;
      g_assert_cmpint (zoom.from_ns, <=, now_ns);
      g_assert_cmpint (zoom.to_ns, >, now_ns);
      g_assert_cmpint (lsc_timeline_zoom_get_span_ns (&zoom), ==, span_ns);
    }
  /* 201 frames, a page a fifth of the view: 4 s over 0.2 spans at most, and a few at least. */
  g_assert_cmpuint (n_changes, >, 3);
  g_assert_cmpuint (n_changes, <=, (guint)(4.0 * S / (0.2 * span_ns)) + 2);
}

static void
test_stays_where_it_was_put (void)
{
  LscTimelineZoom zoom;

  lsc_timeline_zoom_init (&zoom);
  lsc_timeline_zoom_update (&zoom, 4 * S, 4 * S);
  lsc_timeline_zoom_show (&zoom, S, 2 * S);
  zoom.follow = FALSE;
  for (gint64 now_ns = 4 * S; now_ns <= 20 * S; now_ns += S)
    {
      LscTimelineZoom before = zoom;

      lsc_timeline_zoom_update (&zoom, now_ns, now_ns);
      g_assert_cmpint (zoom.from_ns, ==, before.from_ns);
      g_assert_cmpint (zoom.to_ns, ==, before.to_ns);
    }
}

/* A run that takes days: nothing overflows. */
static void
test_long_run (void)
{
  LscTimelineZoom zoom;
  gint64          long_ns = S * 3600 * 24 * 30;

  lsc_timeline_zoom_init (&zoom);
  lsc_timeline_zoom_update (&zoom, long_ns, -1);
  g_assert_cmpint (zoom.to_ns, ==, long_ns);
  lsc_timeline_zoom_by (&zoom, 1000000, long_ns / 2);
  g_assert_cmpint (ABS (lsc_timeline_zoom_get_span_ns (&zoom) - long_ns / 1000000), <=, 1);
  g_assert_cmpint (zoom.from_ns, <=, long_ns / 2);
  g_assert_cmpint (zoom.to_ns, >=, long_ns / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/timeline-zoom/whole", test_whole);
  g_test_add_func ("/ui/timeline-zoom/keeps-anchor", test_zoom_keeps_anchor);
  g_test_add_func ("/ui/timeline-zoom/limits", test_zoom_limits);
  g_test_add_func ("/ui/timeline-zoom/at-edge", test_zoom_at_edge);
  g_test_add_func ("/ui/timeline-zoom/pan", test_pan);
  g_test_add_func ("/ui/timeline-zoom/show", test_show);
  g_test_add_func ("/ui/timeline-zoom/reveal", test_reveal);
  g_test_add_func ("/ui/timeline-zoom/grows-in-steps", test_grows_in_steps);
  g_test_add_func ("/ui/timeline-zoom/follows-in-pages", test_follows_in_pages);
  g_test_add_func ("/ui/timeline-zoom/stays-where-it-was-put", test_stays_where_it_was_put);
  g_test_add_func ("/ui/timeline-zoom/long-run", test_long_run);

  return g_test_run ();
}

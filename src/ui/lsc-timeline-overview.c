/* lsc-timeline-overview.c: the whole run, small.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. One thin row a mode: how many of its lanes were at work, as the
 * strength of its colour.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-overview.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LIVE_INTERVAL_US 250000
#define PADDING_PX       6.0
#define GAP_PX           1.0
#define N_LEVELS         8
/* Wide enough to be caught with the mouse. */
#define MIN_MARK_PX 6.0
#define DRAG_PX     3.0

struct _LscTimelineOverview
{
  GtkWidget parent_instance;

  /* Owned */
  LscScene        *scene;
  cairo_surface_t *surface; /* NULL: has to be made */

  /* Borrowed */
  const LscTheme *theme;

  double plot_x;
  double plot_width;
  gint64 from_ns;
  gint64 to_ns;
  gint64 scale_ns;
  gint64 painted_us;
  guint  timer;

  double   drag_x;
  gint64   drag_from_ns;
  gint64   drag_to_ns;
  gboolean drag_moves; /* the mark; else a new range is drawn */
  gboolean dragged;
};

G_DEFINE_FINAL_TYPE (LscTimelineOverview, lsc_timeline_overview, GTK_TYPE_WIDGET)

static guint picked_signal;

/* ---- the picture ---------------------------------------------------------------------- */

static void
fill_strip (LscTimelineOverview *self, cairo_t *cr, const LscStrip *strip, double y, double height)
{
  const LscColor   *color = &self->theme->executors[strip->executor];
  guint             n_px = MAX ((guint)self->plot_width, 1);
  g_autofree float *lanes = g_new0 (float, n_px);
  double            full = MAX (strip->n_workers, 1);
  guint             start = 0;
  int               level = 0;

  lsc_recording_begin_read (strip->recording);
  lsc_recording_query_busy (strip->recording, 0, self->scale_ns, n_px, strip->now_ns, lanes);
  lsc_recording_end_read (strip->recording);

  /* Neighbours of the same strength are one rectangle. */
  for (guint i = 0; i <= n_px; i++)
    {
      int next = i < n_px ? (int)ceil (MIN (lanes[i] / full, 1.0) * N_LEVELS) : -1;

      if (next == level)
        continue;
      if (level > 0)
        {
          cairo_set_source_rgba (cr, color->red, color->green, color->blue,
                                 0.2 + 0.7 * level / N_LEVELS);
          cairo_rectangle (cr, start, y, i - start, height);
          cairo_fill (cr);
        }
      start = i;
      level = next;
    }
}

static void
ensure_surface (LscTimelineOverview *self)
{
  int      scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int      height = gtk_widget_get_height (GTK_WIDGET (self));
  guint    n_strips = lsc_scene_get_n_strips (self->scene);
  double   row = (height - 2 * PADDING_PX - (n_strips - 1) * GAP_PX) / MAX (n_strips, 1);
  cairo_t *cr;

  if (self->surface != NULL)
    return;
  self->surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, MAX ((int)self->plot_width, 1) * scale, MAX (height, 1) * scale);
  cairo_surface_set_device_scale (self->surface, scale, scale);
  cr = cairo_create (self->surface);
  for (guint i = 0; i < n_strips; i++)
    fill_strip (self, cr, lsc_scene_get_strip (self->scene, i), PADDING_PX + i * (row + GAP_PX),
                MAX (row, 1));
  cairo_destroy (cr);
  self->painted_us = g_get_monotonic_time ();
}

static double
ns_to_x (LscTimelineOverview *self, gint64 time_ns)
{
  return self->plot_x + (double)time_ns / MAX (self->scale_ns, 1) * self->plot_width;
}

static gint64
x_to_ns (LscTimelineOverview *self, double x)
{
  return (gint64)((CLAMP (x, self->plot_x, self->plot_x + self->plot_width) - self->plot_x) /
                  MAX (self->plot_width, 1) * self->scale_ns);
}

static gboolean
is_whole (LscTimelineOverview *self)
{
  return self->from_ns <= 0 && self->to_ns >= self->scale_ns;
}

static void
append_mark (LscTimelineOverview *self, GtkSnapshot *snapshot)
{
  GdkRGBA shade = { self->theme->page.red, self->theme->page.green, self->theme->page.blue, 0.65 };
  GdkRGBA edge = { self->theme->focus.red, self->theme->focus.green, self->theme->focus.blue, 1 };
  double  height = gtk_widget_get_height (GTK_WIDGET (self));
  double  x0 = ns_to_x (self, self->from_ns);
  double  x1 = MAX (ns_to_x (self, self->to_ns), x0 + MIN_MARK_PX);
  GskRoundedRect box;

  gtk_snapshot_append_color (
      snapshot, &shade, &GRAPHENE_RECT_INIT (self->plot_x, 0, MAX (x0 - self->plot_x, 0), height));
  gtk_snapshot_append_color (
      snapshot, &shade,
      &GRAPHENE_RECT_INIT (x1, 0, MAX (self->plot_x + self->plot_width - x1, 0), height));
  gsk_rounded_rect_init_from_rect (&box, &GRAPHENE_RECT_INIT (x0, 2, x1 - x0, height - 4), 4);
  gtk_snapshot_append_border (snapshot, &box, (float[4]){ 1.5, 1.5, 1.5, 1.5 },
                              (GdkRGBA[4]){ edge, edge, edge, edge });
}

static void
lsc_timeline_overview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LscTimelineOverview *self = LSC_TIMELINE_OVERVIEW (widget);
  GdkRGBA              base;
  GskRoundedRect       box;
  cairo_t             *cr;

  if (self->scene == NULL || self->theme == NULL || self->plot_width < 1)
    return;
  ensure_surface (self);
  base = (GdkRGBA){ self->theme->grid.red, self->theme->grid.green, self->theme->grid.blue, 0.5 };
  gsk_rounded_rect_init_from_rect (
      &box,
      &GRAPHENE_RECT_INIT (self->plot_x, 2, self->plot_width, gtk_widget_get_height (widget) - 4),
      4);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &base, &box.bounds);
  cr = gtk_snapshot_append_cairo (snapshot, &box.bounds);
  cairo_set_source_surface (cr, self->surface, self->plot_x, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  gtk_snapshot_pop (snapshot);
  if (!is_whole (self))
    append_mark (self, snapshot);
}

/* ---- the mouse ------------------------------------------------------------------------ */

static void
pick (LscTimelineOverview *self, gint64 from_ns, gint64 to_ns)
{
  gint64 span_ns = MAX (to_ns - from_ns, 1);

  from_ns = CLAMP (from_ns, 0, MAX (self->scale_ns - span_ns, 0));
  g_signal_emit (self, picked_signal, 0, from_ns, from_ns + span_ns);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, LscTimelineOverview *self)
{
  double x0 = ns_to_x (self, self->from_ns);
  double x1 = MAX (ns_to_x (self, self->to_ns), x0 + MIN_MARK_PX);

  self->drag_x = x;
  self->drag_from_ns = self->from_ns;
  self->drag_to_ns = self->to_ns;
  self->drag_moves = !is_whole (self) && x >= x0 - 2 && x <= x1 + 2;
  self->dragged = FALSE;
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, LscTimelineOverview *self)
{
  gint64 delta_ns;

  if (!self->dragged && fabs (dx) < DRAG_PX)
    return;
  self->dragged = TRUE;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (self->drag_moves)
    {
      delta_ns = (gint64)(dx / MAX (self->plot_width, 1) * self->scale_ns);
      pick (self, self->drag_from_ns + delta_ns, self->drag_to_ns + delta_ns);
    }
  else
    pick (self, x_to_ns (self, MIN (self->drag_x, self->drag_x + dx)),
          x_to_ns (self, MAX (self->drag_x, self->drag_x + dx)));
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, LscTimelineOverview *self)
{
  gint64 middle_ns = x_to_ns (self, self->drag_x);
  gint64 half_ns = (self->to_ns - self->from_ns) / 2;

  /* A click: there. */
  if (!self->dragged && !is_whole (self))
    pick (self, middle_ns - half_ns, middle_ns + half_ns);
}

/* ---- widget ---------------------------------------------------------------------------- */

static void
invalidate (LscTimelineOverview *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
timer_cb (gpointer data)
{
  LscTimelineOverview *self = data;

  self->timer = 0;
  invalidate (self);
  return G_SOURCE_REMOVE;
}

void
lsc_timeline_overview_scene_changed (LscTimelineOverview *self, gboolean live)
{
  gint64 left_us = self->painted_us + LIVE_INTERVAL_US - g_get_monotonic_time ();

  g_return_if_fail (LSC_IS_TIMELINE_OVERVIEW (self));

  if (!live || left_us <= 0)
    invalidate (self);
  else if (self->timer == 0)
    self->timer = g_timeout_add ((guint)(left_us / 1000 + 1), timer_cb, self);
}

void
lsc_timeline_overview_set_scene (LscTimelineOverview *self, LscScene *scene)
{
  g_return_if_fail (LSC_IS_TIMELINE_OVERVIEW (self));

  g_set_object (&self->scene, scene);
  invalidate (self);
}

void
lsc_timeline_overview_set_theme (LscTimelineOverview *self, const LscTheme *theme)
{
  g_return_if_fail (LSC_IS_TIMELINE_OVERVIEW (self));

  self->theme = theme;
  invalidate (self);
}

void
lsc_timeline_overview_set_plot (LscTimelineOverview *self, double x, double width)
{
  g_return_if_fail (LSC_IS_TIMELINE_OVERVIEW (self));

  if (self->plot_x == x && self->plot_width == width)
    return;
  self->plot_x = x;
  self->plot_width = width;
  invalidate (self);
}

void
lsc_timeline_overview_set_view (LscTimelineOverview *self,
                                gint64               from_ns,
                                gint64               to_ns,
                                gint64               scale_ns)
{
  g_return_if_fail (LSC_IS_TIMELINE_OVERVIEW (self));

  if (self->scale_ns != scale_ns)
    invalidate (self);
  self->from_ns = from_ns;
  self->to_ns = to_ns;
  self->scale_ns = scale_ns;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
lsc_timeline_overview_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  g_clear_pointer (&LSC_TIMELINE_OVERVIEW (widget)->surface, cairo_surface_destroy);
}

static void
lsc_timeline_overview_dispose (GObject *object)
{
  LscTimelineOverview *self = LSC_TIMELINE_OVERVIEW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_clear_object (&self->scene);
  G_OBJECT_CLASS (lsc_timeline_overview_parent_class)->dispose (object);
}

static void
lsc_timeline_overview_class_init (LscTimelineOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lsc_timeline_overview_dispose;
  widget_class->snapshot = lsc_timeline_overview_snapshot;
  widget_class->size_allocate = lsc_timeline_overview_size_allocate;

  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  gtk_widget_class_set_css_name (widget_class, "overview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lsc_timeline_overview_init (LscTimelineOverview *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Overview of the whole run"), -1);
}

LscTimelineOverview *
lsc_timeline_overview_new (void)
{
  return g_object_new (LSC_TYPE_TIMELINE_OVERVIEW, NULL);
}

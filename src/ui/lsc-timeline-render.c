/* lsc-timeline-render.c: from the scene to the screen.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. The painter draws into one of a few surfaces, which is kept:
 * the pointer's line and the range's figures go on top of it without painting
 * the lanes again.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-private.h"

#include <math.h>

#include "lsc-units.h"
#include "lsc-widget-style.h"

void
lsc_timeline_update_theme (LscTimeline *self)
{
  if (self->painter == NULL)
    return;
  self->theme = lsc_widget_style_get_theme ();
  lsc_timeline_painter_set_theme (self->painter, self->theme);
  lsc_timeline_overview_set_theme (self->overview, self->theme);
  lsc_timeline_invalidate (self);
}

/* The painter takes the family; sizes are the layout's, in proportion to the platform's. */
void
lsc_timeline_update_font (LscTimeline *self)
{
  double      scale;
  const char *family = lsc_widget_style_get_font (GTK_WIDGET (self), &scale);

  if (self->painter == NULL)
    return;
  if (scale > 0 && self->font_scale != scale)
    {
      self->font_scale = scale;
      g_clear_object (&self->layout);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }
  if (g_strcmp0 (family, self->font) != 0)
    {
      g_free (self->font);
      self->font = g_strdup (family);
      lsc_timeline_painter_set_font (self->painter, self->font);
    }
  lsc_timeline_invalidate (self);
}

void
lsc_timeline_render_init (LscTimeline *self)
{
  self->painter = lsc_timeline_painter_new (NULL);
  lsc_widget_style_follow_theme (G_CALLBACK (lsc_timeline_update_theme), self);
  lsc_timeline_update_theme (self);
  lsc_timeline_update_font (self);
}

void
lsc_timeline_render_clear (LscTimeline *self)
{
  for (guint i = 0; i < LSC_TIMELINE_N_SURFACES; i++)
    g_clear_pointer (&self->surfaces[i], cairo_surface_destroy);
  g_clear_pointer (&self->font, g_free);
}

/* ---- when --------------------------------------------------------------------------- */

void
lsc_timeline_invalidate (LscTimeline *self)
{
  g_clear_handle_id (&self->delayed_paint, g_source_remove);
  self->surface_valid = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
delayed_paint_cb (gpointer data)
{
  LscTimeline *self = data;

  self->delayed_paint = 0;
  lsc_timeline_invalidate (self);
  return G_SOURCE_REMOVE;
}

void
lsc_timeline_invalidate_live (LscTimeline *self)
{
  gint64 due_us = self->painted_us + self->paint_us * LSC_TIMELINE_LIVE_SHARE;
  gint64 now_us = g_get_monotonic_time ();

  if (self->delayed_paint != 0)
    return;
  if (now_us >= due_us)
    lsc_timeline_invalidate (self);
  else
    self->delayed_paint =
        g_timeout_add ((guint)((due_us - now_us) / 1000 + 1), delayed_paint_cb, self);
}

/* ---- painting ------------------------------------------------------------------------- */

static cairo_surface_t *
next_surface (LscTimeline *self, int width, int height, int scale)
{
  cairo_surface_t **surface;

  self->surface = (self->surface + 1) % LSC_TIMELINE_N_SURFACES;
  surface = &self->surfaces[self->surface];
  if (*surface != NULL && (cairo_image_surface_get_width (*surface) != width * scale ||
                           cairo_image_surface_get_height (*surface) != height * scale))
    g_clear_pointer (surface, cairo_surface_destroy);
  if (*surface == NULL)
    {
      *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width * scale, height * scale);
      cairo_surface_set_device_scale (*surface, scale, scale);
    }
  return *surface;
}

static void
paint (LscTimeline *self, LscTimelineLayout *layout, const graphene_rect_t *canvas)
{
  int              scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *surface =
      next_surface (self, (int)canvas->size.width, (int)canvas->size.height, scale);
  cairo_t        *cr = cairo_create (surface);
  gint64          start_us = g_get_monotonic_time ();
  LscTimelineView view;

  lsc_timeline_fill_view (self, &view);
  lsc_timeline_painter_draw (self->painter, cr, self->scene, layout, &view, canvas->size.height);
  cairo_destroy (cr);

  self->painted_us = g_get_monotonic_time ();
  self->paint_us = self->painted_us - start_us;
  self->surface_valid = TRUE;
  g_debug ("painted in %" G_GINT64_FORMAT " µs", self->paint_us);
}

static GdkRGBA
to_rgba (const LscColor *color, double alpha)
{
  return (GdkRGBA){ (float)color->red, (float)color->green, (float)color->blue,
                    (float)(color->alpha * alpha) };
}

static void
append_text (LscTimeline *self,
             GtkSnapshot *snapshot,
             const char  *text,
             double       x,
             double       y,
             double       right)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  GskRoundedRect box;
  GdkRGBA        page = to_rgba (&self->theme->page, 0.92);
  GdkRGBA        ink = to_rgba (&self->theme->text, 1);
  GdkRGBA        edge = to_rgba (&self->theme->separator, 1);
  int            width;
  int            height;

  pango_layout_get_pixel_size (layout, &width, &height);
  x = CLAMP (x - width / 2.0, 8, MAX (right - width - 8, 8));
  gsk_rounded_rect_init_from_rect (&box, &GRAPHENE_RECT_INIT (x - 8, y - 3, width + 16, height + 6),
                                   6);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &page, &box.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &box, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ edge, edge, edge, edge });
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

/* The pointer's line, and its time in the ruler. */
static void
append_pointer (LscTimeline           *self,
                GtkSnapshot           *snapshot,
                LscTimelineLayout     *layout,
                const graphene_rect_t *canvas)
{
  LscTimelineView  view;
  GdkRGBA          line = to_rgba (&self->theme->dim_text, 0.7);
  double           top = canvas->origin.y;
  double           bottom = canvas->size.height - lsc_timeline_layout_get_bottom_height (layout);
  g_autofree char *time = NULL;

  if (self->pointer_x < 0 || self->selecting)
    return;
  lsc_timeline_fill_view (self, &view);
  gtk_snapshot_append_color (
      snapshot, &line, &GRAPHENE_RECT_INIT (floor (self->pointer_x), top, 1, MAX (bottom, 0)));
  time = lsc_format_duration (lsc_timeline_view_x_to_ns (&view, layout, self->pointer_x));
  append_text (self, snapshot, time, self->pointer_x, top + 3, canvas->size.width);
}

static void
append_range (LscTimeline           *self,
              GtkSnapshot           *snapshot,
              LscTimelineLayout     *layout,
              const graphene_rect_t *canvas)
{
  LscTimelineView  view;
  g_autofree char *text = NULL;
  double           x0;
  double           x1;

  if (self->focus.range_from_ns == self->focus.range_to_ns)
    return;
  lsc_timeline_fill_view (self, &view);
  x0 = lsc_timeline_view_ns_to_x (&view, layout, self->focus.range_from_ns);
  x1 = lsc_timeline_view_ns_to_x (&view, layout, self->focus.range_to_ns);
  if (x1 < 0 || x0 > canvas->size.width)
    return;
  text = lsc_timeline_dup_range_text (self);
  append_text (self, snapshot, text, (MAX (x0, 0) + MIN (x1, canvas->size.width)) / 2,
               canvas->origin.y + lsc_timeline_layout_get_top_height (layout) + 4,
               canvas->size.width);
}

/* What happens at the hand-off that was gone to; the lens says it by itself. */
static void
append_hand_off (LscTimeline           *self,
                 GtkSnapshot           *snapshot,
                 LscTimelineLayout     *layout,
                 const graphene_rect_t *canvas)
{
  const char     *words = lsc_timeline_lens_get_words (self);
  LscTimelineView view;

  if (words == NULL || lsc_timeline_lens_is_shown (self) || self->lens.at_ns < self->zoom.from_ns ||
      self->lens.at_ns > self->zoom.to_ns)
    return;
  lsc_timeline_fill_view (self, &view);
  append_text (self, snapshot, words, lsc_timeline_view_ns_to_x (&view, layout, self->lens.at_ns),
               lsc_timeline_lens_get_y (self, canvas), canvas->size.width);
}

/* A strip's head has no lane for the painter to outline. */
static void
append_strip_focus (LscTimeline           *self,
                    GtkSnapshot           *snapshot,
                    LscTimelineLayout     *layout,
                    const graphene_rect_t *canvas)
{
  GskRoundedRect outline;
  GdkRGBA        color = to_rgba (&self->theme->focus, 1);
  double         top = lsc_timeline_layout_get_top_height (layout);
  double         bottom = canvas->size.height - lsc_timeline_layout_get_bottom_height (layout);

  if (!self->focus_visible || self->focus.strip < 0 || self->focus.lane != NULL)
    return;
  gtk_snapshot_push_clip (
      snapshot,
      &GRAPHENE_RECT_INIT (0, canvas->origin.y + top, canvas->size.width, MAX (bottom - top, 0)));
  for (guint i = 0; i < lsc_timeline_layout_get_n_rows (layout); i++)
    {
      const LscRow *row = lsc_timeline_layout_get_row (layout, i);
      double y = canvas->origin.y + top + row->y - gtk_adjustment_get_value (self->vadjustment);

      if (!lsc_timeline_row_has_focus (self, row))
        continue;
      gsk_rounded_rect_init_from_rect (
          &outline, &GRAPHENE_RECT_INIT (1, y, canvas->size.width - 2, row->height), 5);
      gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 2, 2, 2, 2 },
                                  (GdkRGBA[4]){ color, color, color, color });
    }
  gtk_snapshot_pop (snapshot);
}

void
lsc_timeline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LscTimeline       *self = LSC_TIMELINE (widget);
  LscTimelineLayout *layout = lsc_timeline_ensure_layout (self);
  graphene_rect_t    canvas;
  cairo_t           *cr;

  if (layout == NULL)
    {
      gtk_widget_snapshot_child (widget, self->hint, snapshot);
      return;
    }

  lsc_timeline_get_canvas (self, &canvas);
  if (!self->surface_valid)
    paint (self, layout, &canvas);
  cr = gtk_snapshot_append_cairo (snapshot, &canvas);
  cairo_set_source_surface (cr, self->surfaces[self->surface], canvas.origin.x, canvas.origin.y);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_destroy (cr);

  append_strip_focus (self, snapshot, layout, &canvas);
  append_pointer (self, snapshot, layout, &canvas);
  append_range (self, snapshot, layout, &canvas);
  append_hand_off (self, snapshot, layout, &canvas);
  gtk_widget_snapshot_child (widget, GTK_WIDGET (self->overview), snapshot);
  if (gtk_widget_get_child_visible (self->scrollbar))
    gtk_widget_snapshot_child (widget, self->scrollbar, snapshot);
  lsc_timeline_lens_snapshot (self, snapshot, &canvas);
}

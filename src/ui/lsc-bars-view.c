/* lsc-bars-view.c: the widget that shows a profile's bars: type, geometry, drawing.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. The layout belongs to a width and to the figures of a moment; it is made when it is
 * asked for.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-bars-view-private.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "lsc-cell-name.h"
#include "lsc-main-thread.h"
#include "lsc-widget-style.h"

#define MIN_WIDTH_PX     300
#define NATURAL_WIDTH_PX 900

G_DEFINE_FINAL_TYPE (LscBarsView, lsc_bars_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CELL_ACTIVATED,
  SIGNAL_FOCUS_CHANGED,
  SIGNAL_MENU,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- layout -------------------------------------------------------------------------- */

void
lsc_bars_view_get_request (LscBarsView *self, LscBarsRequest *request)
{
  g_return_if_fail (LSC_IS_BARS_VIEW (self));

  *request = (LscBarsRequest){
    .width_px = gtk_widget_get_width (GTK_WIDGET (self)),
    .text_scale = self->font_scale,
    .with_memory = TRUE,
    .with_sweep = TRUE,
    .with_efficiency = TRUE,
    .with_legend = TRUE,
    .order = self->order,
    .note = self->note,
    .against = (const char *const *)self->against,
  };
}

LscBarsLayout *
lsc_bars_view_ensure_layout (LscBarsView *self, int width)
{
  LscBarsRequest request;

  if (self->report == NULL || width <= 0)
    return NULL;
  if (self->layout != NULL && lsc_bars_layout_get_request (self->layout)->width_px == width)
    return self->layout;
  g_clear_object (&self->layout);
  lsc_bars_view_get_request (self, &request);
  request.width_px = width;
  self->layout = lsc_bars_layout_new (self->profile, self->report, &request);
  return self->layout;
}

static void
relayout (LscBarsView *self)
{
  g_clear_object (&self->layout);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The figures are others; the page stays as high as it is unless there is a reason. */
static void
refresh (LscBarsView *self)
{
  int    width = gtk_widget_get_width (GTK_WIDGET (self));
  double before = self->layout != NULL ? lsc_bars_layout_get_height (self->layout) : -1;

  g_clear_object (&self->layout);
  if (lsc_bars_view_ensure_layout (self, width) == NULL ||
      lsc_bars_layout_get_height (self->layout) != before)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- what is shown ------------------------------------------------------------------- */

void
lsc_bars_view_set_profile (LscBarsView *self,
                           LscProfile  *profile,
                           LscReport   *report,
                           LscBaseline *baseline)
{
  g_return_if_fail (LSC_IS_BARS_VIEW (self));
  g_return_if_fail ((profile == NULL) == (report == NULL));
  lsc_assert_main_thread ();

  if (g_set_object (&self->profile, profile))
    self->focus = -1;
  g_set_object (&self->report, report);
  g_set_object (&self->baseline, baseline);
  g_clear_pointer (&self->note, g_free);
  g_clear_pointer (&self->against, g_strfreev);
  if (baseline != NULL)
    {
      self->note = lsc_baseline_dup_note (baseline);
      self->against = lsc_baseline_dup_verdicts (baseline);
    }
  refresh (self);
  lsc_bars_view_items_update (self);
}

void
lsc_bars_view_set_order (LscBarsView *self, LscBarsOrder order)
{
  g_return_if_fail (LSC_IS_BARS_VIEW (self));

  if (self->order == order)
    return;
  self->order = order;
  relayout (self);
  lsc_bars_view_items_update (self);
}

char *
lsc_bars_view_dup_text (LscBarsView *self, guint cell)
{
  GString         *text;
  const char      *group;
  g_autofree char *figures = NULL;
  g_autofree char *against_old = NULL;

  g_return_val_if_fail (LSC_IS_BARS_VIEW (self), NULL);
  g_return_val_if_fail (self->report != NULL, NULL);

  text = g_string_new (NULL);
  group = lsc_cell_get_group_name (self->report, cell);
  figures = lsc_bars_dup_cell_text (self->report, cell);
  if (self->baseline != NULL)
    against_old = lsc_baseline_dup_verdict (self->baseline, cell);
  if (group != NULL)
    g_string_append_printf (text, "%s · ", group);
  if (against_old != NULL)
    /* Translators: all that is known of a bar; then how it compares with the baseline */
    g_string_append_printf (text, _ ("%s; baseline: %s"), figures, against_old);
  else
    g_string_append (text, figures);
  return g_string_free (text, FALSE);
}

gint64
lsc_bars_view_get_paint_us (LscBarsView *self)
{
  g_return_val_if_fail (LSC_IS_BARS_VIEW (self), 0);
  return self->paint_us;
}

/* ---- focus --------------------------------------------------------------------------- */

gint
lsc_bars_view_get_focus (LscBarsView *self)
{
  g_return_val_if_fail (LSC_IS_BARS_VIEW (self), -1);
  return self->focus;
}

static void
set_focus (LscBarsView *self, gint cell)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->focus == cell)
    return;
  self->focus = cell;
  g_signal_emit (self, signals[SIGNAL_FOCUS_CHANGED], 0);
}

/* What the keyboard is at stays: it has to be somewhere. */
void
lsc_bars_view_clear_focus (LscBarsView *self)
{
  g_return_if_fail (LSC_IS_BARS_VIEW (self));
  set_focus (self, -1);
}

gboolean
lsc_bars_view_focus_cell (LscBarsView *self, guint cell)
{
  LscBarsLayout *layout;

  g_return_val_if_fail (LSC_IS_BARS_VIEW (self), FALSE);

  layout = lsc_bars_view_ensure_layout (self, gtk_widget_get_width (GTK_WIDGET (self)));
  if (layout == NULL || lsc_bars_layout_get_position (layout, cell) < 0)
    return FALSE;
  set_focus (self, (gint)cell);
  return lsc_bars_view_items_grab_focus (self);
}

void
lsc_bars_view_activate_focus (LscBarsView *self)
{
  if (self->focus >= 0)
    g_signal_emit (self, signals[SIGNAL_CELL_ACTIVATED], 0, (guint)self->focus);
}

void
lsc_bars_view_emit_menu (LscBarsView *self, double x, double y)
{
  g_signal_emit (self, signals[SIGNAL_MENU], 0, x, y);
}

/* ---- drawing ------------------------------------------------------------------------- */

static void
update_theme (LscBarsView *self)
{
  lsc_bars_painter_set_theme (self->painter, lsc_widget_style_get_theme ());
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_font (LscBarsView *self)
{
  double      scale;
  const char *family = lsc_widget_style_get_font (GTK_WIDGET (self), &scale);

  if (scale > 0 && scale != self->font_scale)
    {
      self->font_scale = scale;
      relayout (self);
    }
  if (g_strcmp0 (family, self->font) != 0)
    {
      g_free (self->font);
      self->font = g_strdup (family);
      lsc_bars_painter_set_font (self->painter, self->font);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
lsc_bars_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LscBarsView   *self = LSC_BARS_VIEW (widget);
  int            width = gtk_widget_get_width (widget);
  LscBarsLayout *layout = lsc_bars_view_ensure_layout (self, width);
  gboolean       shows_focus = gtk_widget_get_focus_child (widget) != NULL;
  gint64         start_us = g_get_monotonic_time ();
  cairo_t       *cr;

  if (layout == NULL)
    return;
  cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)gtk_widget_get_height (widget)));
  lsc_bars_painter_draw (self->painter, cr, layout, shows_focus ? self->focus : -1);
  cairo_destroy (cr);
  self->paint_us = g_get_monotonic_time () - start_us;
}

/* ---- widget -------------------------------------------------------------------------- */

static GtkSizeRequestMode
lsc_bars_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
lsc_bars_view_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  LscBarsView   *self = LSC_BARS_VIEW (widget);
  LscBarsLayout *layout;

  *minimum_baseline = -1;
  *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH_PX;
      *natural = NATURAL_WIDTH_PX;
      return;
    }
  layout = lsc_bars_view_ensure_layout (self, for_size >= 0 ? for_size : NATURAL_WIDTH_PX);
  *minimum = layout != NULL ? (int)ceil (lsc_bars_layout_get_height (layout)) : 0;
  *natural = *minimum;
}

static void
lsc_bars_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lsc_bars_view_items_allocate (LSC_BARS_VIEW (widget));
}

static gboolean
lsc_bars_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  /* One stop for Tab: bars are walked with the arrow keys. */
  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;
  if (gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return gtk_widget_grab_focus (widget);
}

static gboolean
lsc_bars_view_grab_focus (GtkWidget *widget)
{
  LscBarsView   *self = LSC_BARS_VIEW (widget);
  LscBarsLayout *layout = lsc_bars_view_ensure_layout (self, gtk_widget_get_width (widget));

  if (layout == NULL)
    return FALSE;
  if (self->focus < 0)
    set_focus (self, lsc_bars_layout_get_nth_cell (layout, 0));
  gtk_widget_queue_draw (widget);
  return lsc_bars_view_items_grab_focus (self);
}

/* The outline comes and goes with the focus. */
static void
lsc_bars_view_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  GTK_WIDGET_CLASS (lsc_bars_view_parent_class)->set_focus_child (widget, child);
  gtk_widget_queue_draw (widget);
}

static void
lsc_bars_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (lsc_bars_view_parent_class)->css_changed (widget, change);
  update_font (LSC_BARS_VIEW (widget));
}

static void
lsc_bars_view_dispose (GObject *object)
{
  LscBarsView *self = LSC_BARS_VIEW (object);

  lsc_bars_view_items_clear (self);
  g_clear_object (&self->layout);
  g_clear_object (&self->profile);
  g_clear_object (&self->report);
  g_clear_object (&self->baseline);
  g_clear_pointer (&self->note, g_free);
  g_clear_pointer (&self->against, g_strfreev);
  G_OBJECT_CLASS (lsc_bars_view_parent_class)->dispose (object);
}

static void
lsc_bars_view_finalize (GObject *object)
{
  LscBarsView *self = LSC_BARS_VIEW (object);

  g_ptr_array_unref (self->items);
  g_object_unref (self->painter);
  g_free (self->font);
  G_OBJECT_CLASS (lsc_bars_view_parent_class)->finalize (object);
}

static void
lsc_bars_view_class_init (LscBarsViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lsc_bars_view_dispose;
  object_class->finalize = lsc_bars_view_finalize;
  widget_class->get_request_mode = lsc_bars_view_get_request_mode;
  widget_class->measure = lsc_bars_view_measure;
  widget_class->size_allocate = lsc_bars_view_size_allocate;
  widget_class->snapshot = lsc_bars_view_snapshot;
  widget_class->focus = lsc_bars_view_focus;
  widget_class->grab_focus = lsc_bars_view_grab_focus;
  widget_class->set_focus_child = lsc_bars_view_set_focus_child;
  widget_class->css_changed = lsc_bars_view_css_changed;

  signals[SIGNAL_CELL_ACTIVATED] =
      g_signal_new ("cell-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_FOCUS_CHANGED] =
      g_signal_new ("focus-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MENU] =
      g_signal_new ("menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  lsc_bars_view_input_class_init (widget_class);
  gtk_widget_class_set_css_name (widget_class, "bars");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
lsc_bars_view_init (LscBarsView *self)
{
  self->focus = -1;
  self->font_scale = 1;
  self->items = g_ptr_array_new ();
  self->painter = lsc_bars_painter_new (NULL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Bars"),
                                  -1);
  lsc_widget_style_follow_theme (G_CALLBACK (update_theme), self);
  update_theme (self);
  update_font (self);
  lsc_bars_view_input_init (self);
}

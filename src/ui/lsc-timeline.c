/* lsc-timeline.c: the widget that shows a scene: type, geometry, public functions.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. Owns a reference to the scene, the layout that was made from it
 * and the pictures of it; the recordings belong to the scene.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-main-thread.h"

#define MAX_TEXT_SCALE 3.0

G_DEFINE_FINAL_TYPE (LscTimeline, lsc_timeline, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_FOLLOW,
  PROP_TEXT_SCALE,
  PROP_LENS,
  PROP_SHOWS_CURVES,
  N_PROPS,
};

enum
{
  SIGNAL_FOCUS_CHANGED,
  SIGNAL_MENU,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

gint64
lsc_timeline_get_live_ns (LscTimeline *self)
{
  gint64 live_ns = -1;

  if (self->scene == NULL)
    return -1;
  for (guint i = 0; i < lsc_scene_get_n_strips (self->scene); i++)
    {
      LscStrip *strip = lsc_scene_get_strip (self->scene, i);

      if (strip->live)
        live_ns = MAX (live_ns, strip->now_ns);
    }
  return live_ns;
}

/* What a view of everything spans: the painter's word for pictures is ours too. */
static gint64
get_whole_ns (LscTimeline *self)
{
  LscTimelineView view;

  lsc_timeline_view_init_whole (&view, self->scene);
  return view.to_ns;
}

static void
update_overview (LscTimeline *self)
{
  lsc_timeline_overview_set_view (self->overview, self->zoom.from_ns, self->zoom.to_ns,
                                  self->zoom.scale_ns);
}

void
lsc_timeline_view_changed (LscTimeline *self)
{
  update_overview (self);
  lsc_timeline_invalidate (self);
  lsc_timeline_a11y_queue (self);
}

/* ---- the scene ----------------------------------------------------------------------- */

void
lsc_timeline_scene_changed (LscTimeline *self)
{
  gint64   live_ns;
  gboolean moved;

  g_return_if_fail (LSC_IS_TIMELINE (self));
  lsc_assert_main_thread ();

  gtk_widget_set_child_visible (self->hint, lsc_timeline_is_empty (self));
  gtk_widget_set_child_visible (GTK_WIDGET (self->overview), !lsc_timeline_is_empty (self));
  if (lsc_timeline_is_empty (self))
    {
      lsc_timeline_clear_focus (self);
      g_clear_object (&self->layout);
      lsc_timeline_a11y_queue (self);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      return;
    }

  if (lsc_timeline_layout_is_old (self))
    {
      g_clear_object (&self->layout);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }
  lsc_timeline_refresh_focus (self);
  live_ns = lsc_timeline_get_live_ns (self);
  moved = lsc_timeline_zoom_update (&self->zoom, get_whole_ns (self), live_ns);
  if (moved)
    update_overview (self);
  lsc_timeline_overview_scene_changed (self->overview, live_ns >= 0);
  if (live_ns >= 0)
    lsc_timeline_invalidate_live (self);
  else
    lsc_timeline_invalidate (self);
  lsc_timeline_a11y_queue (self);
}

void
lsc_timeline_set_scene (LscTimeline *self, LscScene *scene)
{
  g_return_if_fail (LSC_IS_TIMELINE (self));
  g_return_if_fail (scene == NULL || LSC_IS_SCENE (scene));
  lsc_assert_main_thread ();

  lsc_timeline_clear_focus (self);
  lsc_timeline_a11y_clear (self);
  g_clear_object (&self->layout);
  g_set_object (&self->scene, scene);
  if (scene != NULL)
    lsc_scene_set_shows_curves (scene, self->shows_curves);
  lsc_timeline_zoom_init (&self->zoom);
  gtk_adjustment_set_value (self->vadjustment, 0);
  lsc_timeline_overview_set_scene (self->overview, scene);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOW]);
  lsc_timeline_scene_changed (self);
  lsc_timeline_invalidate (self);
  update_overview (self);
}

LscScene *
lsc_timeline_get_scene (LscTimeline *self)
{
  g_return_val_if_fail (LSC_IS_TIMELINE (self), NULL);
  return self->scene;
}

void
lsc_timeline_get_focus (LscTimeline *self, LscTimelineFocus *focus)
{
  g_return_if_fail (LSC_IS_TIMELINE (self));
  *focus = self->focus;
}

void
lsc_timeline_get_view (LscTimeline *self, LscTimelineView *view)
{
  g_return_if_fail (LSC_IS_TIMELINE (self));
  lsc_timeline_fill_view (self, view);
}

void
lsc_timeline_emit_focus_changed (LscTimeline *self)
{
  g_signal_emit (self, signals[SIGNAL_FOCUS_CHANGED], 0);
}

void
lsc_timeline_emit_menu (LscTimeline *self, double x, double y)
{
  g_signal_emit (self, signals[SIGNAL_MENU], 0, x, y);
}

/* ---- widget ------------------------------------------------------------------------- */

static void
lsc_timeline_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 300 : 160;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 800 : 480;
  *minimum_baseline = -1;
  *natural_baseline = -1;
}

static void
lsc_timeline_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LscTimeline       *self = LSC_TIMELINE (widget);
  LscTimelineLayout *layout = lsc_timeline_ensure_layout (self);
  graphene_rect_t    canvas;
  double             x;
  double             plot_width;
  int                bar_width = 0;
  int                rows_height;

  gtk_widget_allocate (self->hint, width, height, -1, NULL);
  self->surface_valid = FALSE;
  if (layout == NULL)
    return;

  lsc_timeline_get_canvas (self, &canvas);
  lsc_timeline_update_adjustment (self, canvas.size.height);
  lsc_timeline_layout_get_plot (layout, &x, &plot_width);
  lsc_timeline_overview_set_plot (self->overview, x, plot_width);
  gtk_widget_allocate (GTK_WIDGET (self->overview), width, LSC_TIMELINE_OVERVIEW_PX, -1, NULL);

  gtk_widget_measure (self->scrollbar, GTK_ORIENTATION_HORIZONTAL, -1, &bar_width, NULL, NULL,
                      NULL);
  rows_height = (int)gtk_adjustment_get_page_size (self->vadjustment);
  gtk_widget_allocate (
      self->scrollbar, bar_width, MAX (rows_height, 40), -1,
      gsk_transform_translate (
          NULL,
          &GRAPHENE_POINT_INIT (width - bar_width,
                                canvas.origin.y + lsc_timeline_layout_get_top_height (layout))));
  lsc_timeline_a11y_allocate (self);
  /* Not each time: an update of the items ends in an allocation, too. */
  if (height != self->a11y_height)
    lsc_timeline_a11y_queue (self);
  self->a11y_height = height;
}

static gboolean
lsc_timeline_focus (GtkWidget *widget, GtkDirectionType direction)
{
  /* One stop for Tab: lanes are walked with the arrow keys. */
  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return FALSE;
  if (gtk_widget_get_focus_child (widget) != NULL || gtk_widget_is_focus (widget))
    return FALSE;
  return gtk_widget_grab_focus (widget);
}

static gboolean
lsc_timeline_grab_focus (GtkWidget *widget)
{
  LscTimeline *self = LSC_TIMELINE (widget);

  if (lsc_timeline_a11y_grab_focus (self))
    return TRUE;
  return GTK_WIDGET_CLASS (lsc_timeline_parent_class)->grab_focus (widget);
}

static void
lsc_timeline_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (lsc_timeline_parent_class)->css_changed (widget, change);
  lsc_timeline_update_font (LSC_TIMELINE (widget));
}

static void
scrolled_cb (LscTimeline *self)
{
  lsc_timeline_view_changed (self);
}

static void
show_curves (LscTimeline *self, gboolean shows, GParamSpec *pspec)
{
  if (self->shows_curves == shows)
    return;
  self->shows_curves = shows;
  if (self->scene != NULL)
    lsc_scene_set_shows_curves (self->scene, shows);
  g_clear_object (&self->layout);
  lsc_timeline_invalidate (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
lsc_timeline_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LscTimeline *self = LSC_TIMELINE (object);

  switch (id)
    {
    case PROP_FOLLOW:
      lsc_timeline_set_follow (self, g_value_get_boolean (value));
      break;
    case PROP_TEXT_SCALE:
      if (self->text_scale == g_value_get_double (value))
        break;
      self->text_scale = g_value_get_double (value);
      g_clear_object (&self->layout);
      lsc_timeline_invalidate (self);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_LENS:
      lsc_timeline_set_lens (self, g_value_get_boolean (value));
      break;
    case PROP_SHOWS_CURVES:
      show_curves (self, g_value_get_boolean (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lsc_timeline_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LscTimeline *self = LSC_TIMELINE (object);

  switch (id)
    {
    case PROP_FOLLOW:
      g_value_set_boolean (value, self->zoom.follow);
      break;
    case PROP_TEXT_SCALE:
      g_value_set_double (value, self->text_scale);
      break;
    case PROP_LENS:
      g_value_set_boolean (value, self->lens.is_on);
      break;
    case PROP_SHOWS_CURVES:
      g_value_set_boolean (value, self->shows_curves);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lsc_timeline_dispose (GObject *object)
{
  LscTimeline *self = LSC_TIMELINE (object);
  GtkWidget   *child;

  g_clear_handle_id (&self->delayed_paint, g_source_remove);
  g_clear_handle_id (&self->a11y_timer, g_source_remove);
  g_ptr_array_set_size (self->items, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->layout);
  g_clear_object (&self->painter);
  g_clear_object (&self->focus_recording);
  g_clear_object (&self->scene);
  g_clear_object (&self->vadjustment);
  G_OBJECT_CLASS (lsc_timeline_parent_class)->dispose (object);
}

static void
lsc_timeline_finalize (GObject *object)
{
  LscTimeline *self = LSC_TIMELINE (object);

  lsc_timeline_render_clear (self);
  lsc_timeline_lens_clear (self);
  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (lsc_timeline_parent_class)->finalize (object);
}

static void
lsc_timeline_class_init (LscTimelineClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = lsc_timeline_set_property;
  object_class->get_property = lsc_timeline_get_property;
  object_class->dispose = lsc_timeline_dispose;
  object_class->finalize = lsc_timeline_finalize;
  widget_class->measure = lsc_timeline_measure;
  widget_class->size_allocate = lsc_timeline_size_allocate;
  widget_class->snapshot = lsc_timeline_snapshot;
  widget_class->focus = lsc_timeline_focus;
  widget_class->grab_focus = lsc_timeline_grab_focus;
  widget_class->css_changed = lsc_timeline_css_changed;

  properties[PROP_FOLLOW] =
      g_param_spec_boolean ("follow", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TEXT_SCALE] =
      g_param_spec_double ("text-scale", NULL, NULL, 0.5, MAX_TEXT_SCALE, 1.0,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LENS] =
      g_param_spec_boolean ("lens", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOWS_CURVES] =
      g_param_spec_boolean ("shows-curves", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_FOCUS_CHANGED] =
      g_signal_new ("focus-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MENU] =
      g_signal_new ("menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);

  lsc_timeline_navigate_class_init (widget_class);
  lsc_timeline_lens_class_init (widget_class);
  lsc_timeline_hand_off_class_init (widget_class);
  lsc_timeline_keys_class_init (widget_class);

  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
lsc_timeline_init (LscTimeline *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  lsc_timeline_zoom_init (&self->zoom);
  self->focus.strip = -1;
  self->text_scale = 1;
  self->font_scale = 1;
  self->pointer_x = -1;
  self->pointer_y = -1;
  self->items = g_ptr_array_new ();

  self->vadjustment = g_object_ref_sink (gtk_adjustment_new (0, 0, 1, 40, 100, 1));
  g_signal_connect_swapped (self->vadjustment, "value-changed", G_CALLBACK (scrolled_cb), self);

  self->hint =
      gtk_label_new (_ ("Nothing has run yet.\nChoose one or more modes, then press Run."));
  gtk_label_set_justify (GTK_LABEL (self->hint), GTK_JUSTIFY_CENTER);
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_widget_set_parent (self->hint, widget);

  self->overview = lsc_timeline_overview_new ();
  gtk_widget_set_parent (GTK_WIDGET (self->overview), widget);
  gtk_widget_set_child_visible (GTK_WIDGET (self->overview), FALSE);
  g_signal_connect_object (self->overview, "picked", G_CALLBACK (lsc_timeline_show_exactly), self,
                           G_CONNECT_SWAPPED);

  self->scrollbar = gtk_scrollbar_new (GTK_ORIENTATION_VERTICAL, self->vadjustment);
  gtk_widget_set_parent (self->scrollbar, widget);
  gtk_widget_set_child_visible (self->scrollbar, FALSE);

  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Timeline"), -1);
  lsc_timeline_render_init (self);
  lsc_timeline_gestures_init (self);
  lsc_timeline_hover_init (self);
  lsc_timeline_lens_init (self);
}

LscTimeline *
lsc_timeline_new (void)
{
  return g_object_new (LSC_TYPE_TIMELINE, NULL);
}

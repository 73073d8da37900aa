/* lsc-wrap-layout.c: children side by side, on as many lines as the width asks for.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each child keeps its natural width (less only where a line is narrower than
 * it), unlike in a GtkFlowBox, whose columns are all as wide as the widest.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-wrap-layout.h"

struct _LscWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing_px;
  int line_spacing_px;
};

enum
{
  PROP_0,
  PROP_SPACING,
  PROP_LINE_SPACING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LscWrapLayout, lsc_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
get_child_width (GtkWidget *child, int line_px)
{
  int minimum;
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return CLAMP (line_px, minimum, natural);
}

static int
get_child_height (GtkWidget *child, int width_px)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width_px, NULL, &natural, NULL, NULL);
  return natural;
}

static GtkWidget *
next_visible (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* The line that begins with `child`: where it ends, and its height. */
static GtkWidget *
measure_line (LscWrapLayout *self, GtkWidget *child, int width_px, int *height_px)
{
  int x = 0;

  *height_px = 0;
  while (child != NULL)
    {
      int child_width = get_child_width (child, width_px);

      if (x > 0 && x + child_width > width_px)
        break;
      x += child_width + self->spacing_px;
      *height_px = MAX (*height_px, get_child_height (child, child_width));
      child = next_visible (gtk_widget_get_next_sibling (child));
    }
  return child;
}

static void
allocate_line (LscWrapLayout *self,
               GtkWidget     *widget,
               GtkWidget     *child,
               GtkWidget     *end,
               int            width_px,
               int            y,
               int            height_px)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int      x = 0;

  while (child != end)
    {
      int           child_width = get_child_width (child, width_px);
      int           child_height = get_child_height (child, child_width);
      GtkAllocation allocation = { x, y + (height_px - child_height) / 2, child_width,
                                   child_height };

      if (is_rtl)
        allocation.x = width_px - x - child_width;
      gtk_widget_size_allocate (child, &allocation, -1);
      x += child_width + self->spacing_px;
      child = next_visible (gtk_widget_get_next_sibling (child));
    }
}

static GtkSizeRequestMode
lsc_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (LscWrapLayout *self, GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = 0;
  *natural = 0;
  for (GtkWidget *child = next_visible (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_visible (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum;
      int child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? self->spacing_px : 0);
    }
}

static void
lsc_wrap_layout_measure (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  LscWrapLayout *self = LSC_WRAP_LAYOUT (manager);
  GtkWidget     *child;
  int            height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, widget, minimum, natural);
      return;
    }

  child = next_visible (gtk_widget_get_first_child (widget));
  while (child != NULL)
    {
      int line_height;

      child = measure_line (self, child, for_size < 0 ? G_MAXINT / 2 : for_size, &line_height);
      height += line_height + (height > 0 ? self->line_spacing_px : 0);
    }
  *minimum = *natural = height;
}

static void
lsc_wrap_layout_allocate (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  LscWrapLayout *self = LSC_WRAP_LAYOUT (manager);
  GtkWidget     *child = next_visible (gtk_widget_get_first_child (widget));
  int            y = 0;

  while (child != NULL)
    {
      int        line_height;
      GtkWidget *end = measure_line (self, child, width, &line_height);

      allocate_line (self, widget, child, end, width, y, line_height);
      y += line_height + self->line_spacing_px;
      child = end;
    }
}

static void
lsc_wrap_layout_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  LscWrapLayout *self = LSC_WRAP_LAYOUT (object);

  switch (prop_id)
    {
    case PROP_SPACING:
      g_value_set_int (value, self->spacing_px);
      break;
    case PROP_LINE_SPACING:
      g_value_set_int (value, self->line_spacing_px);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lsc_wrap_layout_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  LscWrapLayout *self = LSC_WRAP_LAYOUT (object);
  int           *field = prop_id == PROP_SPACING ? &self->spacing_px : &self->line_spacing_px;

  if (prop_id != PROP_SPACING && prop_id != PROP_LINE_SPACING)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  if (*field == g_value_get_int (value))
    return;
  *field = g_value_get_int (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
lsc_wrap_layout_class_init (LscWrapLayoutClass *klass)
{
  GObjectClass          *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = lsc_wrap_layout_get_property;
  object_class->set_property = lsc_wrap_layout_set_property;
  layout_class->get_request_mode = lsc_wrap_layout_get_request_mode;
  layout_class->measure = lsc_wrap_layout_measure;
  layout_class->allocate = lsc_wrap_layout_allocate;

  properties[PROP_SPACING] =
      g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LINE_SPACING] =
      g_param_spec_int ("line-spacing", NULL, NULL, 0, G_MAXINT, 0,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lsc_wrap_layout_init (LscWrapLayout *self)
{
}

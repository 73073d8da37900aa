/* lsc-mode-toggle.c: a pill that chooses a mode; its dot has the mode's colour.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-mode-toggle.h"

#include <glib/gi18n-lib.h>

#include "lsc-widget-style.h"

#define DOT_PX 12

struct _LscModeToggle
{
  GtkToggleButton parent_instance;

  /* Owned by the widget tree */
  GtkWidget *dot;
  GtkWidget *label;

  LscExecutorKind kind;
};

G_DEFINE_FINAL_TYPE (LscModeToggle, lsc_mode_toggle, GTK_TYPE_TOGGLE_BUTTON)

static void
draw_dot_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  LscModeToggle *self = user_data;
  LscColor       color = lsc_widget_style_get_theme ()->executors[self->kind];

  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
  cairo_arc (cr, width / 2.0, height / 2.0, MIN (width, height) / 2.0, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
lsc_mode_toggle_class_init (LscModeToggleClass *klass)
{
}

static void
lsc_mode_toggle_init (LscModeToggle *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->dot = gtk_drawing_area_new ();
  gtk_widget_set_valign (self->dot, GTK_ALIGN_CENTER);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->dot), DOT_PX);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->dot), DOT_PX);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->dot), draw_dot_cb, self, NULL);
  lsc_widget_style_follow_theme (G_CALLBACK (gtk_widget_queue_draw), self->dot);

  self->label = gtk_label_new (NULL);
  gtk_box_append (GTK_BOX (box), self->dot);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "mode-toggle");
}

GtkWidget *
lsc_mode_toggle_new (LscExecutorKind kind)
{
  LscModeToggle *self = g_object_new (LSC_TYPE_MODE_TOGGLE, NULL);

  self->kind = kind;
  gtk_label_set_label (GTK_LABEL (self->label), lsc_executor_kind_get_label (kind));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lsc_executor_kind_get_label (kind), -1);
  return GTK_WIDGET (self);
}

LscExecutorKind
lsc_mode_toggle_get_kind (LscModeToggle *self)
{
  g_return_val_if_fail (LSC_IS_MODE_TOGGLE (self), LSC_EXECUTOR_SEQUENTIAL);
  return self->kind;
}

static const char *
get_description (LscExecutorKind kind)
{
  switch (kind)
    {
    case LSC_EXECUTOR_SEQUENTIAL:
      return _ ("One task after another, on one thread");
    case LSC_EXECUTOR_ASYNC:
      return _ ("All tasks on one thread, which does other work while a task waits");
    case LSC_EXECUTOR_THREADS:
      return _ ("Tasks on the threads of one process");
    case LSC_EXECUTOR_PROCESSES:
      return _ ("Tasks on several worker processes");
    case LSC_EXECUTOR_CLUSTER:
    default:
      return _ ("Tasks on several machines");
    }
}

void
lsc_mode_toggle_set_why_not (LscModeToggle *self, const char *why_not)
{
  const char *text;

  g_return_if_fail (LSC_IS_MODE_TOGGLE (self));

  text = why_not != NULL ? why_not : get_description (self->kind);
  gtk_widget_set_sensitive (GTK_WIDGET (self), why_not == NULL);
  /* Another one is drawn again, also when it is the same. */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), text) == 0)
    return;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

/* lsc-strip-chooser.c: which of the modes a page is about.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-strip-chooser.h"

#include <glib/gi18n-lib.h>

struct _LscStripChooser
{
  GtkWidget parent_instance;

  /* Owned */
  LscScene  *scene;
  GPtrArray *recordings; /* of the strips that the buttons stand for; tells old strips from new */

  /* Children */
  GtkWidget *box;

  gint     strip;
  gboolean chosen; /* by the user */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (LscStripChooser, lsc_strip_chooser, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
choose (LscStripChooser *self, gint strip)
{
  GtkWidget *button = gtk_widget_get_first_child (self->box);

  self->updating = TRUE;
  for (gint i = 0; button != NULL; i++, button = gtk_widget_get_next_sibling (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), i == strip);
  self->updating = FALSE;
  self->strip = strip;
  g_signal_emit (self, changed_signal, 0);
}

static void
toggled_cb (GtkToggleButton *toggled, LscStripChooser *self)
{
  GtkWidget *button = gtk_widget_get_first_child (self->box);
  gint       i = 0;

  if (self->updating || !gtk_toggle_button_get_active (toggled))
    return;
  for (; button != NULL && button != GTK_WIDGET (toggled);
       button = gtk_widget_get_next_sibling (button))
    i++;
  self->chosen = TRUE;
  choose (self, i);
}

static void
append_button (LscStripChooser *self, const LscStrip *strip)
{
  g_autofree char *label = lsc_strip_dup_label (strip);
  GtkWidget       *button = gtk_toggle_button_new_with_label (label);
  GtkWidget       *first = gtk_widget_get_first_child (self->box);

  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (GTK_BOX (self->box), button);
  g_ptr_array_add (self->recordings, g_object_ref (strip->recording));
}

static void
clear (LscStripChooser *self)
{
  GtkWidget *child;

  self->updating = TRUE;
  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  self->updating = FALSE;
  g_ptr_array_set_size (self->recordings, 0);
}

/* Whether the buttons still stand for the first strips of the scene. */
static gboolean
is_current (LscStripChooser *self, guint n_strips)
{
  if (self->recordings->len > n_strips)
    return FALSE;
  for (guint i = 0; i < self->recordings->len; i++)
    {
      if (lsc_scene_get_strip (self->scene, i)->recording !=
          g_ptr_array_index (self->recordings, i))
        return FALSE;
    }
  return TRUE;
}

static void
update (LscStripChooser *self, gboolean anew)
{
  guint n_strips = self->scene != NULL ? lsc_scene_get_n_strips (self->scene) : 0;

  if (anew || !is_current (self, n_strips))
    {
      clear (self);
      self->chosen = FALSE;
      anew = TRUE;
    }
  if (!anew && self->recordings->len == n_strips)
    return;
  for (guint i = self->recordings->len; i < n_strips; i++)
    append_button (self, lsc_scene_get_strip (self->scene, i));
  gtk_widget_set_visible (GTK_WIDGET (self), n_strips > 1);
  if (!self->chosen)
    choose (self, (gint)n_strips - 1);
}

void
lsc_strip_chooser_scene_changed (LscStripChooser *self)
{
  g_return_if_fail (LSC_IS_STRIP_CHOOSER (self));
  update (self, FALSE);
}

void
lsc_strip_chooser_set_scene (LscStripChooser *self, LscScene *scene)
{
  g_return_if_fail (LSC_IS_STRIP_CHOOSER (self));
  update (self, g_set_object (&self->scene, scene));
}

void
lsc_strip_chooser_choose (LscStripChooser *self, guint strip)
{
  g_return_if_fail (LSC_IS_STRIP_CHOOSER (self));

  if ((gint)strip == self->strip || strip >= self->recordings->len)
    return;
  self->chosen = TRUE;
  choose (self, (gint)strip);
}

gint
lsc_strip_chooser_get_strip (LscStripChooser *self)
{
  g_return_val_if_fail (LSC_IS_STRIP_CHOOSER (self), -1);
  return self->strip;
}

LscRecording *
lsc_strip_chooser_get_recording (LscStripChooser *self)
{
  g_return_val_if_fail (LSC_IS_STRIP_CHOOSER (self), NULL);
  return self->strip >= 0 && (guint)self->strip < self->recordings->len
             ? g_ptr_array_index (self->recordings, self->strip)
             : NULL;
}

static void
lsc_strip_chooser_dispose (GObject *object)
{
  LscStripChooser *self = LSC_STRIP_CHOOSER (object);

  self->updating = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->scene);
  G_OBJECT_CLASS (lsc_strip_chooser_parent_class)->dispose (object);
}

static void
lsc_strip_chooser_finalize (GObject *object)
{
  g_ptr_array_unref (LSC_STRIP_CHOOSER (object)->recordings);
  G_OBJECT_CLASS (lsc_strip_chooser_parent_class)->finalize (object);
}

static void
lsc_strip_chooser_class_init (LscStripChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lsc_strip_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = lsc_strip_chooser_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lsc_strip_chooser_init (LscStripChooser *self)
{
  self->strip = -1;
  self->recordings = g_ptr_array_new_with_free_func (g_object_unref);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->box, "linked");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Mode"),
                                  -1);
}

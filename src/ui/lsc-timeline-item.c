/* lsc-timeline-item.c: what a screen reader sees of a row of the timeline.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-item.h"

struct _LscTimelineItem
{
  GtkWidget parent_instance;

  char *label;
  char *description;
  guint row;
};

G_DEFINE_FINAL_TYPE (LscTimelineItem, lsc_timeline_item, GTK_TYPE_WIDGET)

static guint picked_signal;

void
lsc_timeline_item_set_row (LscTimelineItem *self, guint row)
{
  g_return_if_fail (LSC_IS_TIMELINE_ITEM (self));
  self->row = row;
}

guint
lsc_timeline_item_get_row (LscTimelineItem *self)
{
  g_return_val_if_fail (LSC_IS_TIMELINE_ITEM (self), 0);
  return self->row;
}

static gboolean
replace (char **text, const char *new_text)
{
  if (g_strcmp0 (*text, new_text) == 0)
    return FALSE;
  g_free (*text);
  *text = g_strdup (new_text);
  return TRUE;
}

void
lsc_timeline_item_set_text (LscTimelineItem *self, const char *label, const char *description)
{
  g_return_if_fail (LSC_IS_TIMELINE_ITEM (self));

  if (replace (&self->label, label))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
  if (replace (&self->description, description))
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    description != NULL ? description : "", -1);
}

const char *
lsc_timeline_item_get_label (LscTimelineItem *self)
{
  g_return_val_if_fail (LSC_IS_TIMELINE_ITEM (self), NULL);
  return self->label;
}

static void
pick_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, picked_signal, 0);
}

static void
lsc_timeline_item_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  *minimum = 0;
  *natural = 0;
  *minimum_baseline = -1;
  *natural_baseline = -1;
}

static void
lsc_timeline_item_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
}

static void
lsc_timeline_item_finalize (GObject *object)
{
  LscTimelineItem *self = LSC_TIMELINE_ITEM (object);

  g_free (self->label);
  g_free (self->description);
  G_OBJECT_CLASS (lsc_timeline_item_parent_class)->finalize (object);
}

static void
lsc_timeline_item_class_init (LscTimelineItemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lsc_timeline_item_finalize;
  widget_class->measure = lsc_timeline_item_measure;
  widget_class->snapshot = lsc_timeline_item_snapshot;

  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "item.pick", NULL, pick_cb);
  gtk_widget_class_set_css_name (widget_class, "lane");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
lsc_timeline_item_init (LscTimelineItem *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

LscTimelineItem *
lsc_timeline_item_new (void)
{
  return g_object_new (LSC_TYPE_TIMELINE_ITEM, NULL);
}

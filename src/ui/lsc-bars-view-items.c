/* lsc-bars-view-items.c: the bars as a list, for screen readers and the keyboard's focus.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. As in the timeline: each bar has a child widget that draws nothing.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-bars-view-private.h"

#include "lsc-timeline-item.h"

/* While samples come in, a screen reader is told about once a second. */
#define TEXTS_MS 1000

static LscBarsLayout *
get_layout (LscBarsView *self)
{
  return lsc_bars_view_ensure_layout (self, gtk_widget_get_width (GTK_WIDGET (self)));
}

/* A screen reader has put the focus there. */
static void
picked_cb (LscBarsView *self, LscTimelineItem *item)
{
  LscBarsLayout *layout = get_layout (self);
  gint           cell =
      layout != NULL ? lsc_bars_layout_get_nth_cell (layout, lsc_timeline_item_get_row (item)) : -1;

  if (cell >= 0)
    lsc_bars_view_focus_cell (self, (guint)cell);
}

static void
ensure_items (LscBarsView *self, guint n)
{
  while (self->items->len < n)
    {
      LscTimelineItem *item = lsc_timeline_item_new ();

      lsc_timeline_item_set_row (item, self->items->len);
      g_signal_connect_object (item, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_set_parent (GTK_WIDGET (item), GTK_WIDGET (self));
      g_ptr_array_add (self->items, item);
    }
  for (guint i = 0; i < self->items->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->items, i), i < n);
}

static void
write_texts (LscBarsView *self)
{
  LscBarsLayout *layout = get_layout (self);

  self->has_texts = layout != NULL;
  for (guint i = 0; layout != NULL && i < self->items->len; i++)
    {
      gint             cell = lsc_bars_layout_get_nth_cell (layout, i);
      g_autofree char *text = cell >= 0 ? lsc_bars_view_dup_text (self, (guint)cell) : NULL;

      if (text != NULL)
        lsc_timeline_item_set_text (g_ptr_array_index (self->items, i), text, NULL);
    }
}

static gboolean
texts_cb (gpointer data)
{
  LscBarsView *self = data;

  self->items_timer = 0;
  write_texts (self);
  return G_SOURCE_REMOVE;
}

void
lsc_bars_view_items_update (LscBarsView *self)
{
  guint    n = self->report != NULL ? lsc_report_get_n_cells (self->report) : 0;
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  self->has_texts = self->has_texts && self->items->len >= n;
  ensure_items (self, n);
  if (!self->has_texts)
    write_texts (self);
  else if (self->items_timer == 0)
    self->items_timer = g_timeout_add (TEXTS_MS, texts_cb, self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  /* The focus stays with its bar, wherever that stands now. */
  if (had_focus)
    lsc_bars_view_items_grab_focus (self);
}

void
lsc_bars_view_items_allocate (LscBarsView *self)
{
  LscBarsLayout *layout = get_layout (self);

  if (!self->has_texts)
    write_texts (self);
  for (guint i = 0; layout != NULL && i < self->items->len; i++)
    {
      GtkWidget *item = g_ptr_array_index (self->items, i);
      gint       cell = lsc_bars_layout_get_nth_cell (layout, i);
      double     x = 0;
      double     y = 0;
      double     width = 1;
      double     height = 1;

      if (!gtk_widget_get_visible (item))
        continue;
      if (cell >= 0)
        lsc_bars_layout_get_cell_box (layout, (guint)cell, &x, &y, &width, &height);
      gtk_widget_allocate (
          item, MAX ((int)width, 1), MAX ((int)height, 1), -1,
          gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float)x, (float)y)));
    }
}

gboolean
lsc_bars_view_items_grab_focus (LscBarsView *self)
{
  LscBarsLayout *layout = get_layout (self);
  gint           position = -1;

  if (layout != NULL && self->focus >= 0)
    position = lsc_bars_layout_get_position (layout, (guint)self->focus);
  if (position < 0 || (guint)position >= self->items->len)
    return FALSE;
  if (gtk_widget_has_focus (g_ptr_array_index (self->items, position)))
    return TRUE;
  /* What it says may be out of date after another order. */
  write_texts (self);
  return gtk_widget_grab_focus (g_ptr_array_index (self->items, position));
}

void
lsc_bars_view_items_clear (LscBarsView *self)
{
  GtkWidget *child;

  g_clear_handle_id (&self->items_timer, g_source_remove);
  g_ptr_array_set_size (self->items, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

/* lsc-timeline-a11y.c: the timeline as a list, for screen readers and the keyboard's focus.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread. GtkAccessible can't be implemented on GTK 4.8, so each row in
 * sight has a child widget that draws nothing. They are used again after
 * scrolling, in the order of the rows.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-timeline-private.h"

#include <glib/gi18n-lib.h>

#include "lsc-timeline-item.h"
#include "lsc-timeline-text.h"

/* While a run goes on its figures are told about once a second. */
#define LIVE_MS 1000
#define REST_MS 150

static gboolean
is_listed (const LscRow *row)
{
  return row->kind != LSC_ROW_BAND && row->kind != LSC_ROW_MORE;
}

gboolean
lsc_timeline_is_in_sight (LscTimeline *self, const LscRow *row)
{
  double value = gtk_adjustment_get_value (self->vadjustment);

  return row->y + row->height > value &&
         row->y < value + gtk_adjustment_get_page_size (self->vadjustment);
}

static void
picked_cb (LscTimeline *self, LscTimelineItem *item)
{
  LscTimelineLayout *layout = lsc_timeline_ensure_layout (self);
  guint              row = lsc_timeline_item_get_row (item);

  if (layout != NULL && row < lsc_timeline_layout_get_n_rows (layout))
    {
      lsc_timeline_focus_row (self, lsc_timeline_layout_get_row (layout, row));
      gtk_widget_grab_focus (GTK_WIDGET (self));
    }
}

static LscTimelineItem *
ensure_item (LscTimeline *self, guint index)
{
  LscTimelineItem *item;

  if (index < self->items->len)
    return g_ptr_array_index (self->items, index);

  item = lsc_timeline_item_new ();
  g_signal_connect_object (item, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_before (GTK_WIDGET (item), GTK_WIDGET (self), self->scrollbar);
  g_ptr_array_add (self->items, item);
  return item;
}

static void
bind_item (LscTimeline *self, LscTimelineItem *item, guint index, const LscRow *row)
{
  const LscStrip  *strip = lsc_scene_get_strip (self->scene, row->strip);
  g_autofree char *label = NULL;
  g_autofree char *description = NULL;

  lsc_recording_begin_read (strip->recording);
  if (row->kind == LSC_ROW_STRIP)
    label = lsc_timeline_text_strip (strip);
  else if (row->kind == LSC_ROW_CURVES)
    label = lsc_timeline_text_counters (strip, row->lane);
  else if (row->lane != NULL && !row->can_fold)
    label = lsc_timeline_text_lane (strip, row->lane);
  else
    label = lsc_timeline_layout_dup_head (self->layout, index);
  if (lsc_timeline_row_has_focus (self, row) && self->focus.has_span)
    description = lsc_timeline_text_span (strip, &self->focus.span);
  else if (lsc_timeline_row_has_focus (self, row) && lsc_timeline_lens_get_words (self) != NULL)
    description = g_strdup (lsc_timeline_lens_get_words (self));
  else if (row->can_fold)
    /* Translators: of a row of the timeline that stands for others; a screen reader says it */
    description = g_strdup (row->is_folded ? _ ("folded") : _ ("unfolded"));
  lsc_recording_end_read (strip->recording);

  lsc_timeline_item_set_row (item, index);
  lsc_timeline_item_set_text (item, label, description);
  gtk_widget_set_visible (GTK_WIDGET (item), TRUE);
}

/* What the list is about: one sentence a mode. */
static void
describe (LscTimeline *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; self->scene != NULL && i < lsc_scene_get_n_strips (self->scene); i++)
    {
      const LscStrip  *strip = lsc_scene_get_strip (self->scene, i);
      g_autofree char *line = lsc_timeline_text_strip (strip);

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", line);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text->str, -1);
}

static LscTimelineItem *
find_focus_item (LscTimeline *self)
{
  for (guint i = 0; self->layout != NULL && i < self->items->len; i++)
    {
      LscTimelineItem *item = g_ptr_array_index (self->items, i);
      guint            row = lsc_timeline_item_get_row (item);

      if (gtk_widget_get_visible (GTK_WIDGET (item)) &&
          row < lsc_timeline_layout_get_n_rows (self->layout) &&
          lsc_timeline_row_has_focus (self, lsc_timeline_layout_get_row (self->layout, row)))
        return item;
    }
  return NULL;
}

void
lsc_timeline_a11y_update (LscTimeline *self)
{
  LscTimelineLayout *layout = lsc_timeline_ensure_layout (self);
  gboolean           had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  guint              n = 0;

  g_clear_handle_id (&self->a11y_timer, g_source_remove);
  for (guint i = 0; layout != NULL && i < lsc_timeline_layout_get_n_rows (layout); i++)
    {
      const LscRow *row = lsc_timeline_layout_get_row (layout, i);

      if (is_listed (row) && lsc_timeline_is_in_sight (self, row))
        bind_item (self, ensure_item (self, n++), i, row);
    }
  for (guint i = n; i < self->items->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->items, i), FALSE);
  describe (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));

  /* The focus stays with its lane, whichever child stands for that now. */
  if (had_focus)
    lsc_timeline_a11y_grab_focus (self);
}

static gboolean
update_cb (gpointer data)
{
  LscTimeline *self = data;

  self->a11y_timer = 0;
  lsc_timeline_a11y_update (self);
  return G_SOURCE_REMOVE;
}

void
lsc_timeline_a11y_queue (LscTimeline *self)
{
  if (self->a11y_timer == 0)
    self->a11y_timer =
        g_timeout_add (lsc_timeline_get_live_ns (self) >= 0 ? LIVE_MS : REST_MS, update_cb, self);
}

void
lsc_timeline_a11y_allocate (LscTimeline *self)
{
  graphene_rect_t canvas;
  double          top;

  if (self->layout == NULL)
    return;
  lsc_timeline_get_canvas (self, &canvas);
  top = canvas.origin.y + lsc_timeline_layout_get_top_height (self->layout) -
        gtk_adjustment_get_value (self->vadjustment);
  for (guint i = 0; i < self->items->len; i++)
    {
      LscTimelineItem *item = g_ptr_array_index (self->items, i);
      guint            index = lsc_timeline_item_get_row (item);
      const LscRow    *row;

      if (!gtk_widget_get_visible (GTK_WIDGET (item)) ||
          index >= lsc_timeline_layout_get_n_rows (self->layout))
        continue;
      row = lsc_timeline_layout_get_row (self->layout, index);
      gtk_widget_allocate (
          GTK_WIDGET (item), (int)canvas.size.width, MAX ((int)row->height, 1), -1,
          gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (0, (float)(top + row->y))));
    }
}

void
lsc_timeline_a11y_clear (LscTimeline *self)
{
  for (guint i = 0; i < self->items->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->items, i), FALSE);
}

gboolean
lsc_timeline_a11y_grab_focus (LscTimeline *self)
{
  LscTimelineItem *item = NULL;

  if (self->focus.strip >= 0)
    {
      item = find_focus_item (self);
      if (item == NULL && !self->updating_items)
        {
          self->updating_items = TRUE;
          lsc_timeline_a11y_update (self);
          self->updating_items = FALSE;
          item = find_focus_item (self);
        }
    }
  if (item == NULL)
    return FALSE;
  if (gtk_widget_has_focus (GTK_WIDGET (item)))
    return TRUE;
  return gtk_widget_grab_focus (GTK_WIDGET (item));
}

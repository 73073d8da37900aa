/* lsc-end-follower.c: keeps a list at its end while rows come, until the user scrolls up.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-end-follower.h"

static gboolean
scroll_cb (gpointer data)
{
  LscEndFollower *self = data;
  guint           n = g_list_model_get_n_items (self->model);

  self->source = 0;
  if (n > 0 && gtk_toggle_button_get_active (self->toggle))
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", n - 1);
  return G_SOURCE_REMOVE;
}

void
lsc_end_follower_go (LscEndFollower *self)
{
  /* A list that is not shown has no heights yet: it would come up empty. */
  if (self->source == 0 && gtk_toggle_button_get_active (self->toggle) &&
      gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    self->source = g_idle_add (scroll_cb, self);
}

/* Only what the user does counts, not what new rows do to the adjustment. */
static gboolean
wheel_cb (GtkEventControllerScroll *controller, double dx, double dy, LscEndFollower *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  if (dy < 0 && gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment))
    gtk_toggle_button_set_active (self->toggle, FALSE);
  return FALSE;
}

static gboolean
key_cb (LscEndFollower *self, guint key)
{
  if (key == GDK_KEY_Up || key == GDK_KEY_Page_Up || key == GDK_KEY_Home)
    gtk_toggle_button_set_active (self->toggle, FALSE);
  return FALSE;
}

static void
edge_cb (LscEndFollower *self, GtkPositionType edge)
{
  if (edge == GTK_POS_BOTTOM)
    gtk_toggle_button_set_active (self->toggle, TRUE);
}

static gboolean
scrollbar_cb (LscEndFollower *self, GtkScrollType scroll, double value)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  gtk_toggle_button_set_active (self->toggle,
                                value >= gtk_adjustment_get_upper (adjustment) -
                                             gtk_adjustment_get_page_size (adjustment) - 1);
  return FALSE;
}

static GtkWidget *
get_range (LscEndFollower *self)
{
  GtkWidget *range =
      gtk_widget_get_first_child (gtk_scrolled_window_get_vscrollbar (self->scroller));

  return GTK_IS_RANGE (range) ? range : NULL;
}

void
lsc_end_follower_init (LscEndFollower    *self,
                       GtkScrolledWindow *scroller,
                       GtkListView       *view,
                       GListModel        *model,
                       GtkToggleButton   *toggle)
{
  GtkEventController *wheel =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *keys = gtk_event_controller_key_new ();

  *self = (LscEndFollower){ scroller, view, model, toggle, 0 };
  gtk_event_controller_set_propagation_phase (wheel, GTK_PHASE_CAPTURE);
  g_signal_connect (wheel, "scroll", G_CALLBACK (wheel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (scroller), wheel);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (scroller), keys);
  g_signal_connect_swapped (scroller, "edge-reached", G_CALLBACK (edge_cb), self);
  g_signal_connect_swapped (toggle, "toggled", G_CALLBACK (lsc_end_follower_go), self);
  g_signal_connect_data (view, "map", G_CALLBACK (lsc_end_follower_go), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  if (get_range (self) != NULL)
    g_signal_connect_swapped (get_range (self), "change-value", G_CALLBACK (scrollbar_cb), self);
}

void
lsc_end_follower_clear (LscEndFollower *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->scroller == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->scroller, self);
  g_signal_handlers_disconnect_by_data (self->toggle, self);
  g_signal_handlers_disconnect_by_data (self->view, self);
  if (get_range (self) != NULL)
    g_signal_handlers_disconnect_by_data (get_range (self), self);
  self->scroller = NULL;
}

/* lsc-lane-menu.c: buttons for what a lane's worker can be asked, with why not below them.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread.
 */

#define G_LOG_DOMAIN "lanescope"

#include "config.h"

#include "lsc-lane-menu.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *button;
  GtkWidget *reason;
} Line;

struct _LscLaneMenu
{
  GtkWidget parent_instance;

  /* Owned */
  LscLaneActions *actions;

  /* Children */
  GtkWidget *box;

  Line lines[LSC_N_LANE_REQUESTS];
};

enum
{
  SIGNAL_ASKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LscLaneMenu, lsc_lane_menu, GTK_TYPE_WIDGET)

typedef struct
{
  const char *label;
  const char *tooltip;
} RequestText;

/* By LscLaneRequest. */
static const RequestText texts[LSC_N_LANE_REQUESTS] = {
  [LSC_LANE_ASK_STOP] = { N_ ("Ask to Stop"),
                          N_ ("Its task is asked to end, and it takes no more (X)") },
  [LSC_LANE_ASK_JOIN] = { N_ ("Join"),
                          N_ ("It ends its task, takes no more, and is waited for (J)") },
  [LSC_LANE_TERMINATE] = { N_ ("Terminate"),
                           N_ ("Its process gets SIGTERM, and SIGKILL when that does not end it "
                               "(Shift+Delete)") },
};

static void
update (LscLaneMenu *self)
{
  gboolean    has_lane = self->actions != NULL && lsc_lane_actions_has_lane (self->actions);
  const char *below = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), has_lane);
  /* From the last one up: a reason for several stands below them, once. */
  for (int i = LSC_N_LANE_REQUESTS - 1; has_lane && i >= 0; i--)
    {
      GtkLabel   *reason = GTK_LABEL (self->lines[i].reason);
      const char *why_not;
      gboolean    can = lsc_lane_actions_can_ask (self->actions, (LscLaneRequest)i, &why_not);

      gtk_widget_set_sensitive (self->lines[i].button, can);
      if (why_not != NULL && g_strcmp0 (gtk_label_get_label (reason), why_not) != 0)
        gtk_label_set_label (reason, why_not);
      gtk_widget_set_visible (GTK_WIDGET (reason),
                              why_not != NULL && g_strcmp0 (why_not, below) != 0);
      below = why_not;
    }
}

void
lsc_lane_menu_set_actions (LscLaneMenu *self, LscLaneActions *actions)
{
  g_return_if_fail (LSC_IS_LANE_MENU (self));
  g_return_if_fail (actions == NULL || LSC_IS_LANE_ACTIONS (actions));

  if (self->actions == actions)
    return;
  if (self->actions != NULL)
    g_signal_handlers_disconnect_by_func (self->actions, update, self);
  g_set_object (&self->actions, actions);
  if (actions != NULL)
    g_signal_connect_object (actions, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
clicked_cb (LscLaneMenu *self, GtkWidget *button)
{
  for (guint i = 0; i < LSC_N_LANE_REQUESTS; i++)
    if (self->lines[i].button == button)
      lsc_lane_actions_ask (self->actions, i);
  g_signal_emit (self, signals[SIGNAL_ASKED], 0);
}

/* ---- the widget --------------------------------------------------------------- */

static void
make_line (LscLaneMenu *self, LscLaneRequest request)
{
  Line *line = &self->lines[request];

  line->button = gtk_button_new_with_label (_ (texts[request].label));
  gtk_widget_set_tooltip_text (line->button, _ (texts[request].tooltip));
  if (request == LSC_LANE_TERMINATE)
    gtk_widget_add_css_class (line->button, "destructive-action");
  g_signal_connect_object (line->button, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);

  line->reason = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (line->reason), 0);
  gtk_label_set_wrap (GTK_LABEL (line->reason), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (line->reason), 28);
  gtk_widget_add_css_class (line->reason, "caption");
  gtk_widget_add_css_class (line->reason, "dim-label");
  gtk_widget_set_visible (line->reason, FALSE);

  gtk_box_append (GTK_BOX (self->box), line->button);
  gtk_box_append (GTK_BOX (self->box), line->reason);
}

static void
lsc_lane_menu_dispose (GObject *object)
{
  LscLaneMenu *self = LSC_LANE_MENU (object);

  g_clear_object (&self->actions);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (lsc_lane_menu_parent_class)->dispose (object);
}

static void
lsc_lane_menu_class_init (LscLaneMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lsc_lane_menu_dispose;

  signals[SIGNAL_ASKED] = g_signal_new ("asked", LSC_TYPE_LANE_MENU, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
lsc_lane_menu_init (LscLaneMenu *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  for (guint i = 0; i < LSC_N_LANE_REQUESTS; i++)
    make_line (self, i);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* ---- on the lane -------------------------------------------------------------- */

/* After the click that closed it has been told to everybody. The keys go on to what had them. */
static gboolean
unparent_cb (gpointer popover)
{
  GtkWidget *focus = g_object_get_data (popover, "focus");

  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  if (focus != NULL && gtk_widget_get_root (focus) != NULL)
    gtk_widget_grab_focus (focus);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

/* The run is over, or another lane has the focus. */
static void
hidden_cb (GtkWidget *menu, GParamSpec *pspec, GtkPopover *popover)
{
  if (!gtk_widget_get_visible (menu))
    gtk_popover_popdown (popover);
}

GtkPopover *
lsc_lane_menu_popup (LscLaneActions *actions, GtkWidget *parent, double x, double y)
{
  GtkWidget *menu;
  GtkWidget *popover;
  GtkWidget *focus;

  g_return_val_if_fail (LSC_IS_LANE_ACTIONS (actions), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);

  if (!lsc_lane_actions_has_lane (actions))
    return NULL;
  menu = g_object_new (LSC_TYPE_LANE_MENU, NULL);
  lsc_lane_menu_set_actions (LSC_LANE_MENU (menu), actions);
  popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){ (int)x, (int)y, 1, 1 });
  focus = gtk_root_get_focus (gtk_widget_get_root (parent));
  if (focus != NULL)
    g_object_set_data_full (G_OBJECT (popover), "focus", g_object_ref (focus), g_object_unref);
  gtk_widget_set_parent (popover, parent);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (menu, "asked", G_CALLBACK (gtk_popover_popdown), popover,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (menu, "notify::visible", G_CALLBACK (hidden_cb), popover, 0);
  gtk_popover_popup (GTK_POPOVER (popover));
  return GTK_POPOVER (popover);
}

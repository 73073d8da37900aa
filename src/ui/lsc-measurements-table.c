/* lsc-measurements-table.c: the figures of a profile, a row for each cell.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-measurements-table.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "lsc-column-view.h"
#include "lsc-main-thread.h"
#include "lsc-measurement-columns.h"

#define SCROLLBAR_PX 14

struct _LscMeasurementsTable
{
  GtkWidget parent_instance;

  GtkWidget     *scroller;
  GtkColumnView *view; /* in the scroller */

  /* Owned */
  LscProfile         *profile;
  GListStore         *rows;
  GtkMultiSelection  *selection;
  GSimpleActionGroup *actions;
  GMenu              *menu;

  gboolean is_chosen[LSC_N_MEASUREMENTS];
  gboolean has_baseline;
};

G_DEFINE_FINAL_TYPE (LscMeasurementsTable, lsc_measurements_table, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_COLUMNS,
  N_PROPS,
};

enum
{
  SIGNAL_CELL_ACTIVATED,
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_MENU,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

/* ---- columns ------------------------------------------------------------------------- */

/* What it is of is always there; the baseline when there is one. */
static gboolean
is_choice (LscMeasurement column)
{
  return column != LSC_MEASUREMENT_WHAT && column != LSC_MEASUREMENT_BASELINE;
}

static void
show_columns (LscMeasurementsTable *self)
{
  gboolean is_shown[LSC_N_MEASUREMENTS];

  for (guint i = 0; i < LSC_N_MEASUREMENTS; i++)
    is_shown[i] = is_choice (i) ? self->is_chosen[i] : TRUE;
  is_shown[LSC_MEASUREMENT_BASELINE] = self->has_baseline;
  lsc_measurement_columns_show (self->view, is_shown);
}

static void
set_chosen (LscMeasurementsTable *self, LscMeasurement column, gboolean is_chosen)
{
  const char *nick = lsc_measurement_column_get_nick (column);

  self->is_chosen[column] = is_chosen;
  if (is_choice (column))
    g_simple_action_set_state (
        G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), nick)),
        g_variant_new_boolean (is_chosen));
}

static void
change_state_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  LscMeasurementsTable *self = user_data;

  for (guint i = 0; i < LSC_N_MEASUREMENTS; i++)
    if (g_strcmp0 (lsc_measurement_column_get_nick (i), g_action_get_name (G_ACTION (action))) == 0)
      set_chosen (self, i, g_variant_get_boolean (state));
  show_columns (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLUMNS]);
}

static char **
dup_columns (LscMeasurementsTable *self)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  char        **columns;

  for (guint i = 0; i < LSC_N_MEASUREMENTS; i++)
    if (self->is_chosen[i] && is_choice (i))
      g_strv_builder_add (builder, lsc_measurement_column_get_nick (i));
  columns = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return columns;
}

static void
set_columns (LscMeasurementsTable *self, const char *const *columns)
{
  gboolean is_usual = columns == NULL || *columns == NULL;

  for (guint i = 0; i < LSC_N_MEASUREMENTS; i++)
    set_chosen (self, i,
                is_usual ? lsc_measurement_column_is_default (i)
                         : g_strv_contains (columns, lsc_measurement_column_get_nick (i)));
  show_columns (self);
}

static void
make_column_actions (LscMeasurementsTable *self)
{
  self->actions = g_simple_action_group_new ();
  self->menu = g_menu_new ();
  for (guint i = 0; i < LSC_N_MEASUREMENTS; i++)
    {
      const char *nick = lsc_measurement_column_get_nick (i);
      g_autoptr (GSimpleAction) action = NULL;
      g_autofree char *name = NULL;

      if (!is_choice (i))
        continue;
      action = g_simple_action_new_stateful (nick, NULL, g_variant_new_boolean (FALSE));
      g_signal_connect (action, "change-state", G_CALLBACK (change_state_cb), self);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
      name = g_strdup_printf ("columns.%s", nick);
      g_menu_append (self->menu, lsc_measurement_column_get_title (i), name);
    }
}

GActionGroup *
lsc_measurements_table_get_column_actions (LscMeasurementsTable *self)
{
  g_return_val_if_fail (LSC_IS_MEASUREMENTS_TABLE (self), NULL);
  return G_ACTION_GROUP (self->actions);
}

GMenuModel *
lsc_measurements_table_get_column_menu (LscMeasurementsTable *self)
{
  g_return_val_if_fail (LSC_IS_MEASUREMENTS_TABLE (self), NULL);
  return G_MENU_MODEL (self->menu);
}

/* ---- rows ---------------------------------------------------------------------------- */

static gboolean
is_in_order (LscMeasurementsTable *self)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  GtkSorter  *sorter = gtk_column_view_get_sorter (self->view);

  for (guint i = 1; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) before = g_list_model_get_item (model, i - 1);
      g_autoptr (GObject) row = g_list_model_get_item (model, i);

      if (gtk_sorter_compare (sorter, before, row) == GTK_ORDERING_LARGER)
        return FALSE;
    }
  return TRUE;
}

void
lsc_measurements_table_update (LscMeasurementsTable *self,
                               LscProfile           *profile,
                               LscReport            *report,
                               LscBaseline          *baseline)
{
  g_return_if_fail (LSC_IS_MEASUREMENTS_TABLE (self));
  g_return_if_fail ((profile == NULL) == (report == NULL));
  lsc_assert_main_thread ();

  if (g_set_object (&self->profile, profile))
    g_list_store_remove_all (self->rows);
  if (profile == NULL)
    return;
  lsc_measurement_rows_update (self->rows, profile, report, baseline);
  if (self->has_baseline != (baseline != NULL))
    {
      self->has_baseline = baseline != NULL;
      show_columns (self);
    }
  /* Rows change places only when they have to. */
  if (!is_in_order (self))
    gtk_sorter_changed (gtk_column_view_get_sorter (self->view), GTK_SORTER_CHANGE_DIFFERENT);
}

gint
lsc_measurements_table_get_selected (LscMeasurementsTable *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  g_autoptr (LscMeasurementRow) row = NULL;

  g_return_val_if_fail (LSC_IS_MEASUREMENTS_TABLE (self), -1);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (gtk_bitset_is_empty (selected))
    return -1;
  row = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_minimum (selected));
  return (gint)lsc_measurement_row_get_cell (row);
}

char *
lsc_measurements_table_dup_text (LscMeasurementsTable *self, gboolean all)
{
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (LSC_IS_MEASUREMENTS_TABLE (self), NULL);

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  all = all || gtk_bitset_is_empty (selected);
  return lsc_measurement_columns_dup_text (self->view, all ? NULL : selected);
}

static void
selection_changed_cb (LscMeasurementsTable *self)
{
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

/* ---- clicks and keys ----------------------------------------------------------------- */

static void
activate_cb (LscMeasurementsTable *self, guint position)
{
  g_autoptr (LscMeasurementRow) row =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_CELL_ACTIVATED], 0, lsc_measurement_row_get_cell (row));
}

/* A row that is not among the selected ones becomes the one. */
static void
secondary_click_cb (LscMeasurementsTable *self, int n_press, double x, double y)
{
  guint position = lsc_column_view_pick (self->view, x, y);

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->view), GTK_WIDGET (self), x, y, &x, &y);
  g_signal_emit (self, signals[SIGNAL_MENU], 0, x, y);
}

static gboolean
menu_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  double     x = 0;
  double     y = 0;

  if (focus == NULL || lsc_measurements_table_get_selected (LSC_MEASUREMENTS_TABLE (widget)) < 0)
    return FALSE;
  gtk_widget_translate_coordinates (focus, widget, 0, gtk_widget_get_height (focus), &x, &y);
  g_signal_emit (widget, signals[SIGNAL_MENU], 0, x, y);
  return TRUE;
}

/* GTK 4.8's scroller of columns keeps the wheel for itself, though it has nowhere to go. */
static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, LscMeasurementsTable *self)
{
  GtkWidget      *page = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  GtkAdjustment *adjustment;
  double         step = 1;

  if (page == NULL || (state & GDK_SHIFT_MASK) != 0 || fabs (dx) >= fabs (dy))
    return FALSE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page));
  /* As GTK does: a touchpad says pixels, a wheel says clicks. */
  if (gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL)
    step = pow (gtk_adjustment_get_page_size (adjustment), 2.0 / 3.0);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + dy * step);
  return TRUE;
}

/* ---- widget -------------------------------------------------------------------------- */

static void
lsc_measurements_table_set_property (GObject      *object,
                                     guint         id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_COLUMNS:
      set_columns (LSC_MEASUREMENTS_TABLE (object), g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lsc_measurements_table_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_COLUMNS:
      g_value_take_boxed (value, dup_columns (LSC_MEASUREMENTS_TABLE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lsc_measurements_table_dispose (GObject *object)
{
  LscMeasurementsTable *self = LSC_MEASUREMENTS_TABLE (object);

  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->profile);
  g_clear_object (&self->actions);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (lsc_measurements_table_parent_class)->dispose (object);
}

static void
lsc_measurements_table_class_init (LscMeasurementsTableClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = lsc_measurements_table_set_property;
  object_class->get_property = lsc_measurements_table_get_property;
  object_class->dispose = lsc_measurements_table_dispose;

  properties[PROP_COLUMNS] =
      g_param_spec_boxed ("columns", NULL, NULL, G_TYPE_STRV,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CELL_ACTIVATED] =
      g_signal_new ("cell-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_SELECTION_CHANGED] =
      g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MENU] =
      g_signal_new ("menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "measurements-table");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
make_view (LscMeasurementsTable *self)
{
  GtkSortListModel *sorted;
  GtkGesture       *click = gtk_gesture_click_new ();

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Measurements"), -1);
  /* The scrollbar lies below the last row, not on it. */
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->view), SCROLLBAR_PX);
  lsc_measurement_columns_append (self->view);

  self->rows = g_list_store_new (LSC_TYPE_MEASUREMENT_ROW);
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->rows)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (sorted));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (secondary_click_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
}

static void
lsc_measurements_table_init (LscMeasurementsTable *self)
{
  GtkEventController *scroll =
      gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  make_view (self);
  make_column_actions (self);
  set_columns (self, NULL);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (self->scroller, scroll);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

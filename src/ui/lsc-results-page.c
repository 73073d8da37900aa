/* lsc-results-page.c: the results of one of the modes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; searching, sorting, copying and saving are done by GTasks.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-results-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lsc-column-view.h"
#include "lsc-main-thread.h"
#include "lsc-results-columns.h"
#include "lsc-results-model.h"
#include "lsc-results-save.h"
#include "lsc-results-text.h"
#include "lsc-row-growth.h"
#include "lsc-strip-chooser.h"
#include "lsc-wrap-layout.h"
#include "lsc-timeline-text.h"
#include "lsc-units.h"

struct _LscResultsPage
{
  GtkWidget parent_instance;

  /* Template */
  GtkStack        *stack;
  LscStripChooser *chooser;
  GtkLabel        *counts;
  GtkSearchEntry  *search;
  GtkToggleButton *failed_only;
  GtkStack        *rows_stack;
  GtkColumnView   *view;
  GMenuModel      *row_menu;

  /* Owned */
  LscScene          *scene;
  LscWorkload       *workload;
  LscSettings       *settings;
  LscResultsModel   *model;
  GtkSliceListModel *slice; /* what the view knows of the model */
  GtkMultiSelection *selection;
  GCancellable      *copying; /* NULL: nothing is being copied */
  GtkWidget         *popover;

  LscRowGrowth growth;
};

G_DEFINE_FINAL_TYPE (LscResultsPage, lsc_results_page, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_TASK_ACTIVATED,
  SIGNAL_TASK_OUTPUT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* ---- what is shown ------------------------------------------------------------------- */

static void
update_counts (LscResultsPage *self)
{
  LscTaskTable    *tasks = lsc_results_model_get_tasks (self->model);
  guint            n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autofree char *counts = NULL;

  if (tasks == NULL)
    return;
  if (n < lsc_task_table_get_n (tasks))
    {
      guint            n_all = lsc_task_table_get_n (tasks);
      g_autofree char *shown = lsc_format_count (n);
      g_autofree char *all = lsc_format_count (n_all);

      /* Translators: how many tasks are listed, of all. */
      counts = g_strdup_printf (ngettext ("%s of %s task", "%s of %s tasks", n_all), shown, all);
    }
  else
    counts = lsc_timeline_text_counts (tasks);
  if (g_strcmp0 (counts, gtk_label_get_text (self->counts)) != 0)
    gtk_label_set_text (self->counts, counts);
  gtk_stack_set_visible_child_name (
      self->rows_stack, n > 0 || lsc_results_model_is_busy (self->model) ? "rows" : "none");
}

static void
items_changed_cb (LscResultsPage *self)
{
  lsc_row_growth_changed (&self->growth);
  update_counts (self);
}

static void
update (LscResultsPage *self)
{
  LscRecording *recording = lsc_strip_chooser_get_recording (self->chooser);
  LscTaskTable *tasks = recording != NULL ? lsc_recording_get_tasks (recording) : NULL;
  guint         n_failures;

  /* Without a table the old rows stay, unseen: between two runs they need not be made again. */
  if (tasks != NULL && tasks != lsc_results_model_get_tasks (self->model))
    {
      lsc_row_growth_hold (&self->growth);
      lsc_results_model_set_tasks (self->model, tasks);
    }
  gtk_stack_set_visible_child_name (self->stack, tasks != NULL ? "results" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.save", tasks != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.copy", tasks != NULL);
  if (tasks == NULL)
    return;

  lsc_results_model_refresh (self->model);
  lsc_results_columns_show (self->view, lsc_task_table_get_traits (tasks));
  update_counts (self);
  n_failures = lsc_task_table_get_n_with_status (tasks, LSC_TASK_FAILED) +
               lsc_task_table_get_n_with_status (tasks, LSC_TASK_CRASHED) +
               lsc_task_table_get_n_with_status (tasks, LSC_TASK_TIMED_OUT);
  gtk_widget_set_sensitive (GTK_WIDGET (self->failed_only),
                            n_failures > 0 || gtk_toggle_button_get_active (self->failed_only));
}

static void
query_changed_cb (LscResultsPage *self)
{
  LscResultsQuery query = {
    .failed_only = gtk_toggle_button_get_active (self->failed_only),
    .text = (char *)gtk_editable_get_text (GTK_EDITABLE (self->search)),
  };

  if (*query.text == '\0')
    query.text = NULL;
  lsc_results_columns_read_sort (self->view, &query);
  if (lsc_results_query_equal (&query, lsc_results_model_get_query (self->model)))
    return;
  /* Other tasks will stand where the selected ones do. */
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  lsc_row_growth_hold (&self->growth);
  lsc_results_model_set_query (self->model, &query);
  update (self);
}

static void
strip_changed_cb (LscResultsPage *self)
{
  /* A page of no failures would look like one of no results. */
  gtk_toggle_button_set_active (self->failed_only, FALSE);
  update (self);
}

static char *
describe_row (LscResultsRow *row, gpointer data)
{
  LscResultsPage *self = data;

  if (self->workload == NULL)
    return NULL;
  return lsc_workload_describe_result (self->workload, self->settings,
                                       lsc_results_row_get_input (row),
                                       lsc_results_row_get_output (row));
}

void
lsc_results_page_scene_changed (LscResultsPage *self)
{
  g_return_if_fail (LSC_IS_RESULTS_PAGE (self));
  lsc_assert_main_thread ();

  lsc_strip_chooser_scene_changed (self->chooser);
  update (self);
}

void
lsc_results_page_set_scene (LscResultsPage *self,
                            LscScene       *scene,
                            LscWorkload    *workload,
                            LscSettings    *settings)
{
  g_return_if_fail (LSC_IS_RESULTS_PAGE (self));
  g_return_if_fail (scene == NULL || LSC_IS_SCENE (scene));
  lsc_assert_main_thread ();

  if (g_set_object (&self->scene, scene))
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  g_set_object (&self->workload, workload);
  g_set_object (&self->settings, settings);
  lsc_strip_chooser_set_scene (self->chooser, scene);
  update (self);
}

/* ---- one of them --------------------------------------------------------------------- */

static void
emit_task (LscResultsPage *self, guint signal, guint position)
{
  gint strip = lsc_strip_chooser_get_strip (self->chooser);

  if (strip >= 0 && position < g_list_model_get_n_items (G_LIST_MODEL (self->slice)))
    g_signal_emit (self, signals[signal], 0, (guint)strip,
                   lsc_results_model_get_index (self->model, position));
}

static void
activate_cb (LscResultsPage *self, guint position)
{
  emit_task (self, SIGNAL_TASK_ACTIVATED, position);
}

/* The first that is selected. */
static guint
get_selected (LscResultsPage *self)
{
  g_autoptr (GtkBitset) positions =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  return gtk_bitset_is_empty (positions) ? GTK_INVALID_LIST_POSITION
                                         : gtk_bitset_get_minimum (positions);
}

static void
show_in_timeline_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscResultsPage *self = LSC_RESULTS_PAGE (widget);

  emit_task (self, SIGNAL_TASK_ACTIVATED, get_selected (self));
}

static void
show_output_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscResultsPage *self = LSC_RESULTS_PAGE (widget);

  emit_task (self, SIGNAL_TASK_OUTPUT, get_selected (self));
}

static void
pop_up (LscResultsPage *self, double x, double y)
{
  GdkRectangle point = { (int)x, (int)y, 1, 1 };

  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->row_menu);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &point);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* A row that is not among the selected ones becomes the one. */
static void
secondary_click_cb (LscResultsPage *self, int n_press, double x, double y)
{
  guint    position = lsc_column_view_pick (self->view, x, y);
  double   page_x;
  double   page_y;
  gboolean is_selected;

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  is_selected = gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position);
  if (!is_selected)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->view), GTK_WIDGET (self), x, y, &page_x,
                                    &page_y);
  pop_up (self, page_x, page_y);
}

static void
menu_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscResultsPage *self = LSC_RESULTS_PAGE (widget);
  GtkWidget      *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  double          x = 0;
  double          y = 0;

  if (get_selected (self) == GTK_INVALID_LIST_POSITION || focus == NULL)
    return;
  gtk_widget_translate_coordinates (focus, widget, 0, gtk_widget_get_height (focus), &x, &y);
  pop_up (self, x, y);
}

static void
clear_search_cb (LscResultsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
find_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (LSC_RESULTS_PAGE (widget)->search));
}

/* ---- copying ------------------------------------------------------------------------- */

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LscResultsPage  *self = LSC_RESULTS_PAGE (source);
  g_autofree char *text = lsc_results_text_finish (result);

  /* Cancelled by the next one, or by the end of the page. */
  if (text == NULL)
    return;
  g_clear_object (&self->copying);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

/* The selected rows; all that are listed when none is. */
static GArray *
list_indices (LscResultsPage *self)
{
  g_autoptr (GtkBitset) positions =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GArray       *indices;
  GtkBitsetIter iter;
  guint         position;

  if (gtk_bitset_is_empty (positions))
    return lsc_results_model_ref_order (self->model);
  indices = g_array_new (FALSE, FALSE, sizeof (guint));
  for (gboolean more = gtk_bitset_iter_init_first (&iter, positions, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      guint index = lsc_results_model_get_index (self->model, position);

      g_array_append_val (indices, index);
    }
  return indices;
}

static void
copy_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscResultsPage *self = LSC_RESULTS_PAGE (widget);
  g_autoptr (GArray) indices = list_indices (self);

  if (lsc_results_model_get_tasks (self->model) == NULL)
    return;
  if (self->copying != NULL)
    g_cancellable_cancel (self->copying);
  g_clear_object (&self->copying);
  self->copying = g_cancellable_new ();
  lsc_results_text_async (G_OBJECT (self), lsc_results_model_get_tasks (self->model), indices,
                          self->copying, copied_cb, NULL);
}

static void
save_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscResultsPage *self = LSC_RESULTS_PAGE (widget);
  g_autoptr (GArray) order = lsc_results_model_ref_order (self->model);

  lsc_results_save (widget, lsc_results_model_get_tasks (self->model), order);
}

/* ---- widget -------------------------------------------------------------------------- */

static void
lsc_results_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lsc_results_page_parent_class)->map (widget);
  lsc_row_growth_go (&LSC_RESULTS_PAGE (widget)->growth);
}

static void
lsc_results_page_dispose (GObject *object)
{
  LscResultsPage *self = LSC_RESULTS_PAGE (object);

  lsc_row_growth_clear (&self->growth);
  if (self->copying != NULL)
    g_cancellable_cancel (self->copying);
  g_clear_object (&self->copying);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (self->view != NULL)
    {
      /* Columns that go change the order; there is nobody left to ask for another. */
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
      gtk_column_view_set_model (self->view, NULL);
    }
  g_clear_pointer ((GtkWidget **)&self->stack, gtk_widget_unparent);
  self->view = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->slice);
  g_clear_object (&self->model);
  g_clear_object (&self->scene);
  g_clear_object (&self->workload);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (lsc_results_page_parent_class)->dispose (object);
}

static void
lsc_results_page_class_init (LscResultsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lsc_results_page_dispose;
  widget_class->map = lsc_results_page_map;

  g_type_ensure (LSC_TYPE_STRIP_CHOOSER);
  g_type_ensure (LSC_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/lanescope/Lanescope/lsc-results-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LscResultsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LscResultsPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, LscResultsPage, counts);
  gtk_widget_class_bind_template_child (widget_class, LscResultsPage, search);
  gtk_widget_class_bind_template_child (widget_class, LscResultsPage, failed_only);
  gtk_widget_class_bind_template_child (widget_class, LscResultsPage, rows_stack);
  gtk_widget_class_bind_template_child (widget_class, LscResultsPage, view);
  gtk_widget_class_bind_template_child (widget_class, LscResultsPage, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, strip_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);

  signals[SIGNAL_TASK_ACTIVATED] =
      g_signal_new ("task-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[SIGNAL_TASK_OUTPUT] =
      g_signal_new ("task-output", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_install_action (widget_class, "results.copy", NULL, copy_action_cb);
  gtk_widget_class_install_action (widget_class, "results.save", NULL, save_action_cb);
  gtk_widget_class_install_action (widget_class, "results.show-in-timeline", NULL,
                                   show_in_timeline_action_cb);
  gtk_widget_class_install_action (widget_class, "results.show-output", NULL,
                                   show_output_action_cb);
  gtk_widget_class_install_action (widget_class, "results.menu", NULL, menu_action_cb);
  gtk_widget_class_install_action (widget_class, "results.find", NULL, find_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "results.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "results.find",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "results.show-output", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "results.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "results.menu",
                                       NULL);
}

static void
lsc_results_page_init (LscResultsPage *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->model = lsc_results_model_new ();
  self->slice = lsc_row_growth_init (&self->growth, GTK_WIDGET (self), G_LIST_MODEL (self->model));
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->slice)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  lsc_results_columns_append (self->view, describe_row, self);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (query_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (secondary_click_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.save", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.copy", FALSE);
}

LscResultsPage *
lsc_results_page_new (void)
{
  return g_object_new (LSC_TYPE_RESULTS_PAGE, NULL);
}

/* lsc-results-page.c: the results, in input order, of one of the modes.
 *
 * Copyright The Lanescope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread; files are written by a GTask.
 */

#define G_LOG_DOMAIN "lanescope-ui"

#include "config.h"

#include "lsc-results-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "lsc-main-thread.h"
#include "lsc-results-columns.h"
#include "lsc-results-csv.h"
#include "lsc-results-model.h"
#include "lsc-strip-chooser.h"
#include "lsc-wrap-layout.h"
#include "lsc-timeline-text.h"

/* A list view makes some 200 rows, seen or not, which takes longer than a frame has: so
 * many at a time once the page is seen, until it has them all. They stay for other tables. */
#define ROWS_STEP 20
#define ROWS_ALL  240

struct _LscResultsPage
{
  GtkWidget parent_instance;

  /* Template */
  GtkStack        *stack;
  LscStripChooser *chooser;
  GtkLabel        *counts;
  GtkToggleButton *failed_only;
  GtkColumnView   *view;

  /* Owned */
  LscScene             *scene;
  LscWorkload          *workload;
  LscSettings          *settings;
  LscResultsModel      *model;
  GtkSliceListModel    *slice; /* what the view knows of the model */
  GtkMultiSelection    *selection;
  GtkFileChooserNative *file_chooser;

  guint grow_id;
};

G_DEFINE_FINAL_TYPE (LscResultsPage, lsc_results_page, GTK_TYPE_WIDGET)

/* ---- rows, a few at a time ------------------------------------------------------------ */

static gboolean
grow_cb (gpointer data)
{
  LscResultsPage *self = data;
  guint           n = gtk_slice_list_model_get_size (self->slice);
  gboolean        is_enough = n >= ROWS_ALL;

  gtk_slice_list_model_set_size (self->slice, is_enough ? G_MAXUINT : n + ROWS_STEP);
  if (is_enough)
    self->grow_id = 0;
  return is_enough ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* After the frame, so that it comes with every step. */
static void
grow (LscResultsPage *self)
{
  if (self->grow_id == 0 && gtk_slice_list_model_get_size (self->slice) < G_MAXUINT &&
      gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->grow_id = g_idle_add_full (G_PRIORITY_LOW, grow_cb, self, NULL);
}

/* Before there may be more rows: those to come are made in steps. */
static void
hold_rows (LscResultsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->slice));

  gtk_slice_list_model_set_size (self->slice, n >= ROWS_ALL ? G_MAXUINT : n);
  grow (self);
}

/* ---- what is shown ------------------------------------------------------------------- */

static void
update (LscResultsPage *self)
{
  LscRecording    *recording = lsc_strip_chooser_get_recording (self->chooser);
  LscTaskTable    *tasks = recording != NULL ? lsc_recording_get_tasks (recording) : NULL;
  g_autofree char *counts = NULL;
  guint            n_failures;

  /* Without a table the old rows stay, unseen: between two runs they need not be made again. */
  if (tasks != NULL && tasks != lsc_results_model_get_tasks (self->model))
    {
      hold_rows (self);
      lsc_results_model_set_tasks (self->model, tasks);
    }
  gtk_stack_set_visible_child_name (self->stack, tasks != NULL ? "results" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.save", tasks != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.copy", tasks != NULL);
  if (tasks == NULL)
    return;

  lsc_results_model_refresh (self->model);
  counts = lsc_timeline_text_counts (tasks);
  if (g_strcmp0 (counts, gtk_label_get_text (self->counts)) != 0)
    gtk_label_set_text (self->counts, counts);
  n_failures = lsc_task_table_get_n_with_status (tasks, LSC_TASK_FAILED) +
               lsc_task_table_get_n_with_status (tasks, LSC_TASK_CRASHED) +
               lsc_task_table_get_n_with_status (tasks, LSC_TASK_TIMED_OUT);
  gtk_widget_set_sensitive (GTK_WIDGET (self->failed_only),
                            n_failures > 0 || gtk_toggle_button_get_active (self->failed_only));
}

static void
strip_changed_cb (LscResultsPage *self)
{
  /* A page of no failures would look like one of no results. */
  gtk_toggle_button_set_active (self->failed_only, FALSE);
  update (self);
}

static void
failed_only_cb (LscResultsPage *self)
{
  hold_rows (self);
  lsc_results_model_set_failed_only (self->model, gtk_toggle_button_get_active (self->failed_only));
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

/* ---- copying ------------------------------------------------------------------------- */

static void
copy_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscResultsPage *self = LSC_RESULTS_PAGE (widget);
  LscTaskTable   *tasks = lsc_results_model_get_tasks (self->model);
  g_autoptr (GtkBitset) positions =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GString) text = g_string_new (NULL);
  GtkBitsetIter iter;
  guint         position;

  if (tasks == NULL || gtk_bitset_is_empty (positions))
    return;
  for (gboolean more = gtk_bitset_iter_init_first (&iter, positions, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    lsc_results_columns_append_text (text, tasks,
                                     lsc_results_model_get_index (self->model, position));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

/* ---- saving -------------------------------------------------------------------------- */

static void
show_error (LscResultsPage *self, const char *message)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _ ("The results were not saved"), message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LscResultsPage) self = data;
  g_autoptr (GError) error = NULL;
  GtkWidget *overlay;

  if (!lsc_results_csv_save_finish (result, &error))
    {
      show_error (self, error->message);
      return;
    }
  overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (_ ("Results saved")));
}

static void
file_chosen_cb (LscResultsPage *self, int response)
{
  LscTaskTable *tasks = lsc_results_model_get_tasks (self->model);

  if (response == GTK_RESPONSE_ACCEPT && tasks != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->file_chooser));

      lsc_results_csv_save_async (tasks, file, NULL, saved_cb, g_object_ref (self));
    }
  g_clear_object (&self->file_chooser);
}

static void
save_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LscResultsPage *self = LSC_RESULTS_PAGE (widget);
  GtkRoot        *root = gtk_widget_get_root (widget);

  g_clear_object (&self->file_chooser);
  self->file_chooser = gtk_file_chooser_native_new (
      _ ("Save results"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
      GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->file_chooser), TRUE);
  /* Translators: a proposed file name */
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->file_chooser), _ ("results.csv"));
  g_signal_connect_object (self->file_chooser, "response", G_CALLBACK (file_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->file_chooser));
}

/* ---- widget -------------------------------------------------------------------------- */

static void
lsc_results_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lsc_results_page_parent_class)->map (widget);
  grow (LSC_RESULTS_PAGE (widget));
}

static void
lsc_results_page_dispose (GObject *object)
{
  LscResultsPage *self = LSC_RESULTS_PAGE (object);

  g_clear_handle_id (&self->grow_id, g_source_remove);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->file_chooser);
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
  gtk_widget_class_bind_template_child (widget_class, LscResultsPage, failed_only);
  gtk_widget_class_bind_template_child (widget_class, LscResultsPage, view);
  gtk_widget_class_bind_template_callback (widget_class, strip_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, failed_only_cb);

  gtk_widget_class_install_action (widget_class, "results.copy", NULL, copy_action_cb);
  gtk_widget_class_install_action (widget_class, "results.save", NULL, save_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "results.copy",
                                       NULL);
}

static void
lsc_results_page_init (LscResultsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->model = lsc_results_model_new ();
  self->slice = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->model)), 0, 0);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->slice)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  lsc_results_columns_append (self->view, describe_row, self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.save", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.copy", FALSE);
}

LscResultsPage *
lsc_results_page_new (void)
{
  return g_object_new (LSC_TYPE_RESULTS_PAGE, NULL);
}
